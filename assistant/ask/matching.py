"""Which of some hundred known texts a question is about: BM25 over folded syllables and pairs, with coverage.

For the vocabulary of the program (sections, topics, documents of the registry): small, in memory, no library needed.
"""

import functools
import itertools
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.thesaurus import OtherWords, together

_K1, _B = 1.2, 0.6
_PAIR_WEIGHT = 1.4
# said in other words that documents have for it
CALLED = 0.8
NO_OTHERS: OtherWords = {}


@functools.cache
def stop_words() -> frozenset[str]:
    """Folded words that say how something is asked, not what about."""
    return frozenset(str(phrase_file()["stop"]).split())


@functools.cache
def word_set(key: str) -> frozenset[str]:
    """A list of single folded words of the phrase file."""
    return frozenset(str(phrase_file()[key]).split())


@functools.cache
def phrase_file() -> Mapping[str, object]:
    """`knowledge/ask/phrases.yaml`."""
    data: Mapping[str, object] = load_knowledge("ask/phrases.yaml")
    return data


def terms(words: Sequence[str]) -> list[str]:
    """Content syllables and pairs of neighbours that are not both stop words."""
    stop = stop_words()
    alone = [word for word in words if word not in stop]
    pairs = [f"{a}_{b}" for a, b in itertools.pairwise(words) if a not in stop or b not in stop]
    return alone + pairs


def spoken_shares(words: Collection[str], spoken: Set[str], called: OtherWords) -> dict[str, float]:
    """How far each of some words is among those of a question: said, or written for others of them."""
    have = frozenset(words)
    otherwise = (ways for word, ways in called.items() if word in spoken and word not in have)
    written = {word for ways in otherwise for way in ways if have.issuperset(way) for word in way}
    return {word: 1.0 if word in spoken else CALLED for word in have & (spoken | written)}


@dataclass(frozen=True, slots=True)
class Match:
    """How well one text fits a question.

    Attributes:
        index: of the text.
        score: BM25 with pairs; comparable only within one question.
        coverage: share of the question's content (by rarity) that the text has, 0-1.
        pairs: the same of its pairs of content words that stand together; 1 where it has none.
    """

    index: int
    score: float
    coverage: float
    pairs: float = 1.0


class TermIndex:
    """Texts made of weighted parts, ready to be matched."""

    def __init__(self, texts: Iterable[Sequence[tuple[Sequence[str], float]]]) -> None:
        """
        Args:
            texts: each a sequence of (folded syllables, weight of this part).
        """
        self._bags: list[dict[str, float]] = [self._bag(parts) for parts in texts]
        lengths = [sum(bag.values()) for bag in self._bags]
        mean = sum(lengths) / max(len(lengths), 1) or 1.0
        self._norms = [_K1 * (1 - _B + _B * length / mean) for length in lengths]
        frequency: Counter[str] = Counter(term for bag in self._bags for term in bag)
        self._idf = {term: math.log(1 + (len(self._bags) - n + 0.5) / (n + 0.5)) for term, n in frequency.items()}
        self._unknown = math.log(1 + len(self._bags) / 0.5) * 0.8
        self._postings: dict[str, list[int]] = {}
        for i, bag in enumerate(self._bags):
            for term in bag:
                self._postings.setdefault(term, []).append(i)

    @staticmethod
    def _bag(parts: Sequence[tuple[Sequence[str], float]]) -> dict[str, float]:
        bag: dict[str, float] = {}
        for words, weight in parts:
            for term in terms(words):
                bag[term] = bag.get(term, 0.0) + weight
        return bag

    def idf(self, term: str) -> float:
        """Rarity of a term; the highest for one no text has."""
        return self._idf.get(term, self._unknown)

    def has(self, index: int, term: str) -> bool:
        """Whether a text has a syllable or a pair of neighbours ("ha_tang")."""
        return term in self._bags[index]

    def match(
        self,
        words: Sequence[str],
        n: int = 10,
        keep: Callable[[int], bool] | None = None,
        called: OtherWords = NO_OTHERS,
    ) -> list[Match]:
        """The `n` best texts for the folded syllables of a question, best first.

        Args:
            called: what texts may write for words of it; that counts less than the words themselves.
        """
        query = Counter(terms(words))
        scores: dict[int, float] = {}
        covered: dict[int, float] = {}
        beside: dict[int, int] = {}
        solid = {term for term in query if "_" in term and not set(term.split("_")) & stop_words()}
        whole = 0.0
        for term in query:
            pair = "_" in term
            rarity = self.idf(term)
            if not pair:
                whole += rarity
            for i in self._postings.get(term, ()):
                scores[i] = scores.get(i, 0.0) + self._gain(term, i)
                if not pair:
                    covered[i] = covered.get(i, 0.0) + rarity
                elif term in solid:
                    beside[i] = beside.get(i, 0) + 1
        for i, (said, gain) in self._otherwise(query, called).items():
            scores[i] = scores.get(i, 0.0) + gain
            covered[i] = covered.get(i, 0.0) + CALLED * sum(map(self.idf, said))
            have = said | self._bags[i].keys()
            # what stands beside such a word stands together with it
            near = [term for term in solid if term not in self._bags[i] and said & {*term.split("_")}]
            beside[i] = beside.get(i, 0) + sum({*term.split("_")} <= have for term in near)
        found = [
            Match(
                i,
                score,
                covered.get(i, 0.0) / whole if whole else 0.0,
                beside.get(i, 0) / len(solid) if solid else 1.0,
            )
            for i, score in scores.items()
            if keep is None or keep(i)
        ]
        return sorted(found, key=lambda match: -match.score)[:n]

    def _gain(self, term: str, i: int) -> float:
        """What a term of a text counts."""
        weight = self._bags[i][term]
        gain = self.idf(term) * weight * (_K1 + 1) / (weight + self._norms[i])
        return gain * (_PAIR_WEIGHT if "_" in term else 1.0)

    def _otherwise(self, query: Mapping[str, int], called: OtherWords) -> dict[int, tuple[set[str], float]]:
        """For each text the words of a question that it has only under another name, and what that counts."""
        found: dict[int, tuple[set[str], float]] = {}
        for ways, names in together(called).items():
            asked = {name for name in names if name in query}
            best: dict[int, float] = {}
            for way in ways if asked else ():
                wanted = [term for term in terms(way) if "_" in term or len(way) == 1]
                places = [self._postings.get(term, ()) for term in wanted]
                for i in set(places[0]).intersection(*places[1:]) if places else ():
                    best[i] = max(best.get(i, 0.0), min(self._gain(term, i) for term in wanted))
            for i, gain in best.items():
                if missing := asked - self._bags[i].keys():
                    said, before = found.get(i, (set(), 0.0))
                    found[i] = said | missing, before + CALLED * gain
        return found
