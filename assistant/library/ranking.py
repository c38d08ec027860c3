"""Putting two rankings together, and near-duplicates out. Knows nothing of stores: ids, scores, vectors, texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.vietnamese.tokens import folded_syllables

Floats = npt.NDArray[np.float32]

_NUMBER = re.compile(r"\d+")
_SHINGLE = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate.

    Attributes:
        id: of the entry.
        score: fused, 0 to 1, before any boost.
        lexical: BM25, 0 where the entry holds none of the terms.
        cosine: with the question, None where no vector was at hand.
    """

    id: str
    score: float
    lexical: float
    cosine: float | None


def fuse(
    lexical: Sequence[tuple[str, float]], cosines: Mapping[str, float], weight: float, depth: int = 100
) -> list[Scored]:
    """Min-max both scores over the candidates and add them, the dense one with `weight`; best first.

    Ranks are not fused: half and half by rank lost four points of nDCG@10 (docs/benchmarks.md).

    Args:
        lexical: (id, BM25), best first; the first `depth` count.
        cosines: of these and of further candidates; an entry without one gets the lowest.
        weight: share of the dense score; 0 leaves the lexical order as it is.
    """
    bm25 = dict(lexical[:depth])
    ids = list(dict.fromkeys([*bm25, *cosines]))
    if not ids:
        return []
    words = np.array([bm25.get(i, 0.0) for i in ids])
    # entries found by meaning alone hold none of the terms that the last of the lexical ones still holds
    floor = min(bm25.values(), default=0.0)
    words = _min_max(np.maximum(words, floor))
    if weight > 0 and cosines:
        lowest = min(cosines.values())
        meaning = _min_max(np.array([cosines.get(i, lowest) for i in ids]))
        fused = (1 - weight) * words + weight * meaning if bm25 else meaning
    else:
        fused = words
    order = np.argsort(-fused, kind="stable")
    return [Scored(ids[i], float(fused[i]), bm25.get(ids[i], 0.0), cosines.get(ids[i])) for i in order]


def _min_max(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.ones_like(values)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts are compared by: runs of three words without figures, and the figures."""

    shingles: frozenset[tuple[str, ...]]
    figures: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Likeness":
        words = [word for word in folded_syllables(text) if not word.isdigit()]
        runs = zip(*(words[i:] for i in range(_SHINGLE)), strict=False)
        return cls(frozenset(runs) or frozenset([tuple(words)]), tuple(sorted(_NUMBER.findall(text))))

    def same_words(self, other: "Likeness", share: float) -> bool:
        """Whether they share at least `share` of the runs that either has."""
        smaller, larger = sorted((len(self.shingles), len(other.shingles)))
        if smaller < share * larger:
            return False
        common = len(self.shingles & other.shingles)
        return common >= share * (smaller + larger - common)

    def duplicates(self, other: "Likeness", share: float = 0.9) -> bool:
        """Nearly the same words and exactly the same figures: a report of another quarter is no duplicate."""
        return self.figures == other.figures and self.same_words(other, share)
