"""Putting two rankings together, and near-duplicates out. Knows nothing of stores: ids, scores, vectors, texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.library.features import fold_syllable
from assistant.library.lexical import Match

Floats = npt.NDArray[np.float64]

_NUMBER = re.compile(r"\d+")
_SHINGLE = 3


class Scored(NamedTuple):
    """One candidate.

    Attributes:
        id: of the entry.
        document_id: of its document as the lexical index knows it; "" where it was found by meaning alone.
        score: fused, before any boost: 0 to 1, and above where the question's own phrases stand in the text.
        lexical: BM25, 0 where the entry holds none of the terms.
        cosine: with the question, None where no vector was at hand.
    """

    id: str
    document_id: str
    score: float
    lexical: float
    cosine: float | None


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts beside the BM25 score, which is brought to 0..1 (docs/benchmarks.md has the trials).

    Attributes:
        phrases: of the share of the question's word pairs that an entry holds, to the power of `phrase_power`: little
            where a citizen asks in his own words, much where the words of the text itself are asked.
        coherence: of a document many of whose entries were found, to the power of `coherence_power`: the right law
            first.
    """

    phrases: float = 1.2
    phrase_power: int = 4
    coherence: float = 0.1
    coherence_power: int = 8


def fuse(
    lexical: Sequence[Match],
    phrases: Mapping[str, float],
    cosines: Mapping[str, float],
    dense_weight: float,
    weights: Weights = Weights(),
) -> list[Scored]:
    """One score per candidate, best first.

    The two scores are brought to 0..1 over the candidates and added. Ranks are not fused: half and half by rank lost
    four points of nDCG@10.

    Args:
        lexical: found by their words.
        phrases: share, 0 to 1, of the question's word pairs, weighted by rarity, per entry.
        cosines: of these and of further candidates; an entry without one gets the lowest.
        dense_weight: share of the dense score; 0 leaves it out.
    """
    if not lexical:
        ranked = sorted(cosines.items(), key=lambda item: -item[1])
        return [Scored(i, "", cosine, 0.0, cosine) for i, cosine in ranked]
    bm25 = {match.entry_id: match.score for match in lexical}
    document_of = {match.entry_id: match.document_id for match in lexical}
    ids = list(dict.fromkeys([*bm25, *cosines]))
    # entries found by meaning alone stand below whatever was found by its words
    floor = min(bm25.values())
    fused = _min_max(np.array([bm25.get(i, floor) for i in ids]))
    fused += weights.phrases * np.array([phrases.get(i, 0.0) for i in ids]) ** weights.phrase_power
    if dense_weight > 0 and cosines:
        lowest = min(cosines.values())
        meaning = _min_max(np.array([cosines.get(i, lowest) for i in ids]))
        fused = (1 - dense_weight) * fused + dense_weight * meaning
    documents = [document_of.get(i, "") for i in ids]
    fused += weights.coherence * _coherence(fused, documents, weights.coherence_power)
    return [
        Scored(ids[at], documents[at], float(fused[at]), bm25.get(ids[at], 0.0), cosines.get(ids[at]))
        for at in np.argsort(-fused, kind="stable")
    ]


def _coherence(scores: Floats, documents: Sequence[str], power: int) -> Floats:
    """For each candidate, how much of the best scores its document gathers, 0 to 1."""
    mass: dict[str, float] = {}
    for document, score in zip(documents, np.minimum(scores, 1.0) ** power, strict=True):
        if document:
            mass[document] = mass.get(document, 0.0) + float(score)
    highest = max(mass.values(), default=0.0)
    return np.array([mass.get(document, 0.0) / highest if highest else 0.0 for document in documents])


def _min_max(values: Floats) -> Floats:
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.ones_like(values)


class Likeness:
    """What two texts are compared by; each sign is made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Runs of three words without figures."""
        # word by word through the cache of folded syllables: several times faster than folding the text
        words = [fold_syllable(word) for word in self._text.split() if not word[0].isdigit()]
        runs = zip(*(words[i:] for i in range(_SHINGLE)), strict=False)
        return frozenset(runs) or frozenset([tuple(words)])

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """All numbers of the text."""
        return tuple(sorted(_NUMBER.findall(self._text)))

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
