"""Typing slips in a question: folded syllables that the library does not have, put right from those it has.

Two kinds are repaired: raw Telex keys ("dduwowngf" for đường, where the keyboard was not switched on) and one wrong,
missing, extra or swapped letter. Candidates are judged by their neighbours: what follows what in the library.
"""

import functools
import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.library.embedding import SHIPPED
from assistant.library.features import FOLDED, JOINER

_LETTERS = "abcdefghiklmnopqrstuvxy"
_TELEX_TONE = re.compile(r"[fsrxj]$")
_TELEX_LETTERS = (("dd", "d"), ("aa", "a"), ("aw", "a"), ("ee", "e"), ("oo", "o"), ("ow", "o"), ("uw", "u"), ("w", "u"))
# "nghieengfs": raw Telex of the longest syllable; the slips of a pasted line of code would fill the memory
_LONGEST = 10
# How often each slip is the cause, relative to one another.
_TELEX, _SWAPPED, _MISSING, _EXTRA = 6.0, 3.0, 1.5, 1.0
_UNSEEN_PAIR = 1e-4
_KNOWN_PAIR = 1e-3
_FREQUENCY_POWER = 0.15
# A syllable is suspect below this share of the entries, and a candidate must be well above it.
_SUSPECT_SHARE = 1 / 5000
_CANDIDATE_SHARE = 1 / 200


class TermCounts(Protocol):
    """In how many entries a folded syllable or bigram "a_b" occurs, and how many entries there are."""

    def document_frequency(self, term: str) -> int: ...
    def __len__(self) -> int: ...


def corrected(words: Sequence[str], counts: TermCounts) -> list[str]:
    """Folded syllables with slips put right; the same length, syllable for syllable."""
    repaired = list(words)
    for position, word in enumerate(words):
        if not _suspect(word, counts):
            continue
        candidates = _candidates(word, counts)
        before = repaired[position - 1] if position else None
        after = words[position + 1] if position + 1 < len(words) else None
        if candidates:
            score = functools.partial(_plausibility, before=before, after=after, counts=counts)
            repaired[position] = max(candidates, key=lambda item: score(item[0], item[1]))[0]
    return repaired


@functools.cache
def known_features() -> Mapping[str, int]:
    """Features of the embedding that ships: among them the folded syllables and pairs of ordinary Vietnamese."""
    tokenizer = json.loads((SHIPPED / "tokenizer.json").read_text("utf-8"))
    features: dict[str, int] = tokenizer["model"]["vocab"]
    return features


def _suspect(word: str, counts: TermCounts) -> bool:
    if not word.isascii() or not word.isalpha() or not 2 <= len(word) <= _LONGEST:
        return False
    found = counts.document_frequency(word)
    if found == 0:
        # a small library lacks many an ordinary word
        return FOLDED + word not in known_features() or len(counts) * _SUSPECT_SHARE >= 1
    return found <= len(counts) * _SUSPECT_SHARE


def _candidates(word: str, counts: TermCounts) -> list[tuple[str, float]]:
    enough = max(2, len(counts) * _CANDIDATE_SHARE)
    typed = _without_telex(word)
    found = {typed: _TELEX} if typed != word else {}
    for candidate, likelihood in _one_edit_away(word).items():
        found.setdefault(candidate, likelihood)
    return [item for item in found.items() if counts.document_frequency(item[0]) >= enough]


def _without_telex(word: str) -> str:
    word = _TELEX_TONE.sub("", word) if len(word) > 2 else word
    for keys, letter in _TELEX_LETTERS:
        word = word.replace(keys, letter)
    return word


@functools.lru_cache(maxsize=4096)
def _one_edit_away(word: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for i in range(len(word) - 1):
        found[word[:i] + word[i + 1] + word[i] + word[i + 2 :]] = _SWAPPED
    for i in range(len(word) + 1):
        for letter in _LETTERS:
            found.setdefault(word[:i] + letter + word[i:], _MISSING)
    for i in range(len(word)):
        found.setdefault(word[:i] + word[i + 1 :], _EXTRA)
    return found


def _plausibility(
    candidate: str, likelihood: float, *, before: str | None, after: str | None, counts: TermCounts
) -> float:
    """Log of: how often it stands between these neighbours, how likely the slip is, how frequent it is."""
    pairs = [(first, second) for first, second in ((before, candidate), (candidate, after)) if first and second]
    together = _UNSEEN_PAIR
    for first, second in pairs:
        other = second if first == candidate else first
        together += counts.document_frequency(f"{first}_{second}") / (1 + counts.document_frequency(other))
        if f"{FOLDED}{first}{JOINER}{second}" in known_features():
            together += _KNOWN_PAIR
    frequency = counts.document_frequency(candidate)
    return math.log(together) + math.log(likelihood) + _FREQUENCY_POWER * math.log(frequency)
