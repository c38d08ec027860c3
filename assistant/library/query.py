"""A question as the indexes see it: abbreviations written out, slips put right, weighted folded terms."""

import itertools
import math
import re
from dataclasses import dataclass

from assistant.library.features import fold_syllable
from assistant.library.slips import TermCounts, corrected
from assistant.vietnamese.abbreviations import expand
from assistant.vietnamese.text import fold, nfc
from assistant.vietnamese.tokens import syllables

# A syllable that stands in more than half of a large index costs the most to look up and decides nothing.
_LARGE_INDEX = 2000
_COMMON_SHARE = 0.5
# Of a long question the rarest terms decide; the others only take time.
_MOST_TERMS = 50

_SYMBOL = re.compile(r"(?<![\w/])\d+(?:[./-][\wĐđ&]+)*[/-][\wĐđ&]+(?:[./-][\wĐđ&]+)*")
_PROVISION = re.compile(r"\b(dieu|chuong|phu luc|muc|phan)\s+(\d+(?:\.\d+)*|[ivxl]+)\b")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for.

    Attributes:
        text: as typed, NFC.
        folded: `text` without accents and in lower case, words separated by one space.
        words: folded syllables, abbreviations written out and slips put right.
        terms: `words` and their bigrams "a_b" with weights, for the lexical index.
        pairs: the bigrams that the index holds, with shares of their rarity that add up to 1.
        meaning: what is embedded: accents where they were typed, otherwise as `words`.
        symbols: document symbols in the question, folded, without spaces.
        provisions: labels such as "dieu 5" named in the question.
    """

    text: str
    folded: str
    words: tuple[str, ...]
    terms: tuple[tuple[str, float], ...]
    pairs: tuple[tuple[str, float], ...]
    meaning: str
    symbols: tuple[str, ...]
    provisions: tuple[str, ...]


def prepare_query(text: str, counts: TermCounts) -> SearchQuery:
    """Make a question ready for the index whose term counts are given."""
    text = nfc(text)
    accented = syllables(expand(text))
    folded = [fold_syllable(word) for word in accented]
    words = corrected(folded, counts)
    meaning = " ".join(
        typed if plain == right else right for typed, plain, right in zip(accented, folded, words, strict=True)
    )
    plain_text = " ".join(fold(text).split())
    return SearchQuery(
        text=text,
        folded=plain_text,
        words=tuple(words),
        terms=tuple((term, 1.0) for term in _terms(words, counts)),
        pairs=_pairs(words, counts),
        meaning=meaning,
        symbols=tuple(dict.fromkeys(match.group() for match in _SYMBOL.finditer(plain_text))),
        provisions=tuple(dict.fromkeys(" ".join(match.groups()) for match in _PROVISION.finditer(plain_text))),
    )


def rarity(term: str, counts: TermCounts) -> float:
    """Natural logarithm of how many times more entries there are than entries with the term, plus one."""
    return math.log(1 + len(counts) / (1 + counts.document_frequency(term)))


def _pairs(words: list[str], counts: TermCounts) -> tuple[tuple[str, float], ...]:
    pairs = dict.fromkeys(f"{first}_{second}" for first, second in itertools.pairwise(words))
    weights = {pair: rarity(pair, counts) for pair in pairs if counts.document_frequency(pair)}
    total = sum(weights.values())
    return tuple((pair, weight / total) for pair, weight in weights.items())


def _terms(words: list[str], counts: TermCounts) -> list[str]:
    common = len(counts) * _COMMON_SHARE if len(counts) >= _LARGE_INDEX else len(counts) + 1
    single = [word for word in dict.fromkeys(words) if counts.document_frequency(word) <= common]
    pairs = dict.fromkeys(f"{first}_{second}" for first, second in itertools.pairwise(words))
    # a question of nothing but common words is still a question
    terms = [*(single or dict.fromkeys(words)), *pairs]
    return terms if len(terms) <= _MOST_TERMS else sorted(terms, key=counts.document_frequency)[:_MOST_TERMS]
