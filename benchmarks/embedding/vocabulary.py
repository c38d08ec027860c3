"""Which features get a vector: frequent syllables, and pairs that belong together."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.library.features import FOLDED, JOINER, fold_syllable
from assistant.vietnamese.tokens import syllables

_MIN_DOCUMENTS = 10
_MIN_ASSOCIATION = 0.12  # NPMI below this: a free pair such as "của các"
_MAX_UNIGRAM = 12
_MAX_PAIR_SYLLABLE = 8
_MAX_DIGITS = 4


@dataclass(frozen=True, slots=True)
class VocabularySize:
    """How many features of each kind."""

    accented: int = 6000
    accented_pairs: int = 8000
    folded: int = 2500
    folded_pairs: int = 3500


def build_vocabulary(texts: Iterable[str], size: VocabularySize) -> dict[str, int]:
    """Feature -> row, chosen by how many of the texts hold it and, for pairs, by sqrt(df) * NPMI."""
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    total = 0
    for text in texts:
        words = syllables(text)
        single.update(set(words))
        pairs.update(set(itertools.pairwise(words)))
        total += 1
    folded_single: Counter[str] = Counter()
    for word, count in single.items():
        folded_single[fold_syllable(word)] += count
    folded_pairs: Counter[tuple[str, str]] = Counter()
    for (first, second), count in pairs.items():
        folded_pairs[fold_syllable(first), fold_syllable(second)] += count
    names = [
        *_unigrams(single, size.accented),
        *_pairs(pairs, single, total, size.accented_pairs),
        *(FOLDED + name for name in _unigrams(folded_single, size.folded)),
        *(FOLDED + name for name in _pairs(folded_pairs, folded_single, total, size.folded_pairs)),
    ]
    return {name: row for row, name in enumerate(names)}


def _unigrams(counts: Mapping[str, int], limit: int) -> list[str]:
    usable = [
        (count, word)
        for word, count in counts.items()
        if count >= _MIN_DOCUMENTS and len(word) <= _MAX_UNIGRAM and not (word.isdigit() and len(word) > _MAX_DIGITS)
    ]
    return [word for _, word in sorted(usable, key=lambda item: (-item[0], item[1]))[:limit]]


def _pairs(counts: Mapping[tuple[str, str], int], single: Mapping[str, int], total: int, limit: int) -> list[str]:
    scored: list[tuple[float, str]] = []
    for (first, second), count in counts.items():
        if count < _MIN_DOCUMENTS or count >= total or not (_is_word(first) and _is_word(second)):
            continue
        # folded counts add up over accents, so a pair may seem to outnumber its documents; the order is what counts
        association = math.log(count * total / (single[first] * single[second])) / -math.log(count / total)
        if association > _MIN_ASSOCIATION:
            scored.append((math.sqrt(count) * association, f"{first}{JOINER}{second}"))
    return [name for _, name in sorted(scored, key=lambda item: (-item[0], item[1]))[:limit]]


def _is_word(syllable: str) -> bool:
    return syllable.isalpha() and len(syllable) <= _MAX_PAIR_SYLLABLE
