"""Abbreviations of administrative writing, read from `knowledge/abbreviations.yaml`."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.text import fold

_WORD = re.compile(r"(?<![\w/.-])[^\W\d_]+(?:&[^\W\d_]+|-XH)?(?![\w/-])")
_CONTEXT_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of an ambiguous abbreviation and the folded words near which it is the right one."""

    text: str
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """single: written in capitals, one reading. informal: as typed in messages, lower case. ambiguous: several."""

    single: Mapping[str, str]
    informal: Mapping[str, str]
    ambiguous: Mapping[str, tuple[Reading, ...]]


@functools.cache
def abbreviations() -> Abbreviations:
    data = load_knowledge("abbreviations.yaml")
    return Abbreviations(
        single=data["single"],
        informal=data["informal"],
        ambiguous={
            short: tuple(Reading(row["reading"], tuple(row["context"])) for row in rows)
            for short, rows in data["ambiguous"].items()
        },
    )


def expand(text: str, certain: bool = False) -> str:
    """`text` with every abbreviation of one reading written out, an ambiguous one only where a word near it decides,
    and never where only what is `certain` is asked for.

    For questions typed by officers; symbols ("71/NQ-CP") are left alone.

    >>> expand("mục CĐS của bc quý")
    'mục chuyển đổi số của báo cáo quý'
    """
    folded = fold(text)
    return _WORD.sub(lambda match: _expansion(match, folded, certain) or match.group(), text)


def _expansion(match: re.Match[str], folded: str, certain: bool) -> str | None:
    known = abbreviations()
    word = match.group()
    if word in known.single:
        return known.single[word]
    if rows := known.ambiguous.get(word):
        if certain:
            return None
        near = folded[max(0, match.start() - _CONTEXT_CHARACTERS) : match.start()]
        near += folded[match.end() : match.end() + _CONTEXT_CHARACTERS]
        fitting = [row.text for row in rows if any(re.search(rf"\b{re.escape(w)}\b", near) for w in row.context)]
        return fitting[0] if len(fitting) == 1 else None
    return known.informal.get(word.lower()) if word.islower() or word.lower() not in _upper_words() else None


@functools.cache
def _upper_words() -> frozenset[str]:
    """Lower-case forms of the ambiguous abbreviations, which a capitalised word must not be mistaken for."""
    return frozenset(short.lower() for short in abbreviations().ambiguous)
