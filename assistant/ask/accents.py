"""The accents that a message typed without them most likely means: "chi tieu" is "chỉ tiêu", "cho chi hoi" has "chị"."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import syllables

_PAIR_WEIGHT = 30.0


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

    def restore(self, words: Sequence[str]) -> tuple[str, ...]:
        """The likeliest accented syllables for folded ones, one for one; "" for one that no text has."""
        best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
        for word in words:
            reached: dict[str, tuple[float, tuple[str, ...]]] = {}
            for mark in self._forms.get(word, [""]):
                score, path = max(
                    ((score + self._follows(last, mark), path) for last, (score, path) in best.items()),
                    key=lambda pair: pair[0],
                )
                reached[mark] = score, (*path, mark)
            best = reached
        return max(best.values(), key=lambda pair: pair[0])[1]

    def _follows(self, first: str, second: str) -> float:
        return math.log(0.5 + self._alone[second] ** 0.5 + _PAIR_WEIGHT * self._pairs[first, second])
