"""Typing slips in a question: the most plausible folded syllables for what was typed.

A syllable that Vietnamese does not have is replaced by one an edit away; one that it has may be replaced by a twin
that officers confuse (tr/ch, s/x, d/gi/r, l/n, swapped letters) where its neighbours say so. Neighbours are judged by
`knowledge/ask/syllables.txt`, counts of folded syllable pairs in Vietnamese law, and by the words of the library.
"""

import functools
import itertools
import math
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.paths import KNOWLEDGE

_TWINS = (("tr", "ch"), ("s", "x"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("l", "n"), ("i", "y"), ("ng", "ngh"))
_VOWEL = re.compile("[aeiouy]")
_BACKOFF = -4.5
_UNKNOWN_COST = 9.0
_EDIT_COST = 3.0
_TWIN_COST = 5.5
_SWAP_COST = 5.0
_TRUSTED_COST = 3.0


@dataclass(frozen=True, slots=True)
class SyllableModel:
    """Which folded syllables there are and which follow which.

    Attributes:
        alone: syllable -> log2 of its count.
        pairs: (first, second) -> log2 of the count of the pair.
    """

    alone: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]

    def follows(self, first: str, second: str) -> float:
        """How plausible `second` is after `first`, in nats, by a crude log probability."""
        pair = self.pairs.get((first, second))
        if pair is not None:
            return (pair - self.alone.get(first, pair)) * math.log(2)
        return _BACKOFF + (self.alone.get(second, 0) - 22) * math.log(2) * 0.5


@functools.cache
def legal_model() -> SyllableModel:
    """The counts that ship."""
    alone: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for line in (KNOWLEDGE / "ask" / "syllables.txt").read_text(encoding="utf-8").splitlines():
        first, count, *following = line.split(" ")
        alone[first] = int(count)
        for item in following:
            second, _, bucket = item.partition(":")
            pairs[first, second] = int(bucket)
    return SyllableModel(alone, pairs)


def model_with(texts: Iterable[Sequence[str]], weight: int = 12) -> SyllableModel:
    """The counts that ship plus the words of the library.

    Args:
        texts: folded syllables of titles, headings, names of communes …
        weight: log2 of the count that a pair seen there gets at least.
    """
    base = legal_model()
    alone, pairs = dict(base.alone), dict(base.pairs)
    for words in texts:
        for word in words:
            if word.isalpha():
                alone[word] = max(alone.get(word, 0), weight)
        for pair in itertools.pairwise(words):
            pairs[pair] = max(pairs.get(pair, 0), weight)
    return SyllableModel(alone, pairs)


def repair(
    words: Sequence[str],
    model: SyllableModel,
    fixed: frozenset[int] = frozenset(),
    trusted: frozenset[int] = frozenset(),
) -> list[str]:
    """The most plausible syllables for `words`, one for one.

    Args:
        words: folded syllables as typed.
        model: what is plausible.
        fixed: positions that are not to be touched (numbers and parts of symbols never are).
        trusted: positions typed with the accents of a known word: hardly slips.
    """
    lattice = [
        [(word, 0.0)]
        if i in fixed or not word.isalpha()
        else [
            (option, cost + (_TRUSTED_COST if i in trusted and option != word else 0.0))
            for option, cost in _candidates(word, model)
        ]
        for i, word in enumerate(words)
    ]
    best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for options in lattice:
        reached: dict[str, tuple[float, list[str]]] = {}
        for option, cost in options:
            reached[option] = max(
                (score + (model.follows(last, option) if last else 0.0) - cost, [*path, option])
                for last, (score, path) in best.items()
            )
        best = reached
    return max(best.values())[1] if words else []


def _candidates(word: str, model: SyllableModel) -> Iterator[tuple[str, float]]:
    known = word in model.alone
    yield word, 0.0 if known else _UNKNOWN_COST
    if len(word) < 2 or not _VOWEL.search(word):
        # one letter, or a code such as "kh", "ctr"
        return
    seen = {word}
    for other, cost in _near(word, known):
        if other not in seen and other in model.alone:
            seen.add(other)
            yield other, cost


def _near(word: str, known: bool) -> Iterator[tuple[str, float]]:
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], _SWAP_COST if known else _EDIT_COST - 1
    for first, second in _TWINS:
        for a, b in ((first, second), (second, first)):
            if word.startswith(a):
                yield b + word[len(a) :], _TWIN_COST if known else _EDIT_COST
    if known or len(word) < 3:
        return
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :], _EDIT_COST + 0.5
    for i in range(len(word)):
        for letter in string.ascii_lowercase:
            yield word[:i] + letter + word[i + 1 :], _EDIT_COST + 1
    for i in range(len(word) + 1):
        for letter in string.ascii_lowercase:
            yield word[:i] + letter + word[i:], _EDIT_COST + 1
