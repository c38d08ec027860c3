"""The accents that a message most likely means: typed without them, "chi tieu" is "chỉ tiêu" and "chi oi" is "chị"."""

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import syllables

_PAIR_WEIGHT = 30.0
_LEFT_PLAIN = 1.5
_OTHER_ACCENT = 4.0


class AccentModel:
    """Which accented syllables there are and which follow which, counted in the texts of the program."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._alone: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            marks = syllables(text)
            self._alone.update(marks)
            self._pairs.update(itertools.pairwise(marks))
        self._forms: dict[str, list[str]] = {}
        for mark in self._alone:
            self._forms.setdefault(fold(mark), []).append(mark)
        parts = [_onset_and_rime(mark) for mark in self._alone]
        self._onsets, self._rimes = {onset for onset, _ in parts}, {rime for _, rime in parts}

    def knows(self, mark: str) -> bool:
        """Whether the texts have a syllable with these accents."""
        return mark in self._alone

    def well_formed(self, mark: str) -> bool:
        """Whether a syllable begins and ends as others do, with its tone where theirs is: "gữi" as "gửi", but "phiả"
        and "hcưa" as none."""
        onset, rime = _onset_and_rime(mark)
        return onset in self._onsets and rime in self._rimes

    def restore(self, words: Sequence[str], typed: Sequence[str] = ()) -> tuple[str, ...]:
        """The likeliest accented syllables for folded ones, one for one; "" for one that no text has.

        Args:
            typed: the same with the accents that were typed; those are kept unless their neighbours speak strongly
                for others. One without any accents may have been left so.
        """
        typed = typed or ("",) * len(words)
        best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
        for word, as_typed in zip(words, typed, strict=True):
            reached: dict[str, tuple[float, tuple[str, ...]]] = {}
            for mark in self._options(word, as_typed):
                score, path = max(
                    ((score + self._follows(last, mark), path) for last, (score, path) in best.items()),
                    key=lambda pair: pair[0],
                )
                reached[mark] = score - _cost(as_typed, mark), (*path, mark)
            best = reached
        return max(best.values(), key=lambda pair: pair[0])[1]

    def _options(self, word: str, as_typed: str) -> list[str]:
        forms = self._forms.get(word, [])
        if as_typed and as_typed not in forms:
            return [*forms, as_typed]
        return forms or [as_typed]

    def _follows(self, first: str, second: str) -> float:
        return math.log(0.5 + self._alone[second] ** 0.5 + _PAIR_WEIGHT * self._pairs[first, second])


_ONSET = re.compile(r"^(?:qu|gi(?=[^\Wbcdđghklmnpqrstvx])|[bcdđghklmnpqrstvx])*")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _onset_and_rime(mark: str) -> tuple[str, tuple[str, int]]:
    """The consonants before the first vowel of a syllable; the rest without its tone, and where the tone stands."""
    onset = _ONSET.match(mark)
    end = onset.end() if onset else 0
    letters: list[str] = []
    place = -1
    for letter in mark[end:]:
        parts = unicodedata.normalize("NFD", letter)
        if _TONES & set(parts):
            place = len(letters)
        letters.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)))
    return mark[:end], ("".join(letters), place)


def _cost(as_typed: str, mark: str) -> float:
    """How unlikely it is that `mark` was meant where `as_typed` stands."""
    if not as_typed or as_typed == mark:
        return 0.0
    return _LEFT_PLAIN if as_typed.isascii() else _OTHER_ACCENT
