"""Typing slips in a question: the most plausible folded syllables for what was typed.

A syllable that Vietnamese does not have is replaced by one an edit away; one that it has may be replaced by a twin
that officers confuse (tr/ch, s/x, d/gi/r, l/n, n/ng, t/c, swapped letters) where its neighbours say so. What was typed
with accents that no word has is read by its accents first: "phiả" is "phải", no "phía". Neighbours are judged by
`knowledge/ask/syllables.txt`, counts of folded syllable pairs in Vietnamese law, and by the words of the library.
"""

import functools
import itertools
import math
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.ask.accents import AccentModel
from assistant.paths import KNOWLEDGE
from assistant.vietnamese.text import fold

_TWINS = (
    ("tr", "ch"), ("s", "x"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("l", "n"), ("ng", "ngh"),
    ("gi", "j"), ("d", "z"), ("ph", "f"),
)  # fmt: skip
_FINAL_TWINS = (("n", "ng"), ("n", "nh"), ("t", "c"), ("t", "ch"), ("c", "ch"), ("m", "n"))
# one sound, two spellings: "kí", "ký"
_OTHER_SPELLING = re.compile(r"^(h|k|l|m|s|t|qu)i$")
_LETTERS = f"{string.ascii_lowercase}ăâđêôơư"
# what Telex leaves of an accent that was typed twice or too late: "lieeuj", "chinhs"
_TELEX_TONE = re.compile(r"(?<=[a-z]{2})[sfrxj]$")
_TELEX_LETTERS = re.compile(r"([aeod])\1|(?<=[aou])w")
_VOWEL = re.compile("[aeiouy]")
_BACKOFF = -4.5
_UNKNOWN_COST = 9.0
_EDIT_COST = 3.0
_TWIN_COST = 5.5
_SWAP_COST = 5.0
_TRUSTED_COST = 3.0
_SLIP_COST = 0.5
_UNSURE_COST = 3.0
_SPELLING_COST = 1.0


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
    meant: Mapping[int, Mapping[str, float]] | None = None,
) -> list[str]:
    """The most plausible syllables for `words`, one for one.

    Args:
        words: folded syllables as typed.
        model: what is plausible.
        fixed: positions that are not to be touched (numbers and parts of symbols never are).
        trusted: positions typed with the accents of a known word: hardly slips.
        meant: position -> what its accents say was meant, with the cost (`by_accents`).
    """
    by_position = meant or {}
    lattice = [
        [(word, 0.0)]
        if i in fixed or not word.isalpha()
        else [
            (option, cost + (_TRUSTED_COST if i in trusted and option != word else 0.0))
            for option, cost in _candidates(word, model, by_position.get(i, {}))
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


def by_accents(mark: str, accents: AccentModel) -> Mapping[str, float]:
    """The folded syllables that a syllable typed with accents no word has may have been meant for, with their costs:
    twins confused, or, where it is no syllable at all, letters swapped, left out or doubled, so that a known word
    comes of it."""
    if mark.isascii() or len(mark) < 3 or accents.knows(mark):
        return {}
    twins = [*_with_twins(mark), *_ending(mark, _FINAL_TWINS)]
    if accents.well_formed(mark):
        return {fold(other): _TWIN_COST for other in twins if accents.knows(other)}
    for others, cost in ((_swapped(mark), _SLIP_COST), (twins, _SPELLING_COST), (_edited(mark), _UNSURE_COST)):
        if found := {fold(other): cost for other in others if accents.knows(other)}:
            return found
    return {}


def _candidates(word: str, model: SyllableModel, meant: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    slipped = _SLIP_COST in meant.values()
    known = word in model.alone and not slipped
    yield word, 0.0 if known else _UNKNOWN_COST
    if len(word) < 2 or not _VOWEL.search(word):
        # one letter, or a code such as "kh", "ctr"
        return
    seen = {word}
    for other, cost in itertools.chain(meant.items(), () if slipped else _near(word, known)):
        if other not in seen and other in model.alone:
            seen.add(other)
            yield other, cost


def _near(word: str, known: bool) -> Iterator[tuple[str, float]]:
    yield _OTHER_SPELLING.sub(r"\1y", word), _SPELLING_COST
    yield from ((other, _SWAP_COST if known else _EDIT_COST - 1) for other in _swapped(word))
    if not known:
        yield _TELEX_LETTERS.sub(r"\1", _TELEX_TONE.sub("", word)), _SLIP_COST
    yield from ((other, _TWIN_COST if known else _EDIT_COST) for other in _with_twins(word))
    if known or len(word) < 3:
        return
    yield from ((other, _EDIT_COST) for other in _ending(word, _FINAL_TWINS))
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :], _EDIT_COST + 0.5
    for i in range(len(word)):
        for letter in string.ascii_lowercase:
            yield word[:i] + letter + word[i + 1 :], _EDIT_COST + 1
    for i in range(len(word) + 1):
        for letter in string.ascii_lowercase:
            yield word[:i] + letter + word[i:], _EDIT_COST + 1


def _swapped(word: str) -> Iterator[str]:
    """The word with two neighbouring letters in the other order."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _edited(mark: str) -> Iterator[str]:
    """A syllable with accents with a letter more or less."""
    for i in range(len(mark) + 1):
        yield mark[:i] + mark[i + 1 :]
        yield from (mark[:i] + letter + mark[i:] for letter in _LETTERS)


def _with_twins(word: str) -> Iterator[str]:
    """The word with a sound at its beginning that is confused with its own."""
    for pair in _TWINS:
        for a, b in (pair, pair[::-1]):
            if word.startswith(a):
                yield b + word[len(a) :]


def _ending(word: str, twins: Iterable[tuple[str, str]]) -> Iterator[str]:
    for pair in twins:
        for a, b in (pair, pair[::-1]):
            if word.endswith(a):
                yield word[: -len(a)] + b
