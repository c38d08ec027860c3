"""What officers call things in talk, and what documents write for them: `knowledge/ask/thesaurus.yaml`."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables, syllables

# a word, or the folded syllables of a phrase, that a document may have for it
Ways = tuple[tuple[str, ...], ...]
OtherWords = Mapping[str, Ways]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One way to say a thing.

    Attributes:
        said: its folded syllables.
        marks: the same with their accents.
        meant: which of them are read otherwise; the rest only has to stand there.
        written: folded, what documents have for it; nothing where the entry only hides shorter ones.
    """

    said: tuple[str, ...]
    marks: tuple[str, ...]
    meant: tuple[int, ...]
    written: Ways


@functools.cache
def _entries() -> Mapping[str, Sequence[_Entry]]:
    """Entries by their first folded syllable, the longest first."""
    found: dict[str, list[_Entry]] = {}
    for ways, written in load_knowledge("ask/thesaurus.yaml").items():
        others = tuple(tuple(folded_syllables(other)) for other in str(written).split("|") if other.strip())
        for way in ways.split("|"):
            entry = _entry(way.strip(), others)
            found.setdefault(entry.said[0], []).append(entry)
    return {first: sorted(entries, key=lambda entry: -len(entry.said)) for first, entries in found.items()}


def _entry(way: str, others: Ways) -> _Entry:
    marks = tuple(syllables(way))
    said = tuple(fold(mark) for mark in marks)
    bare = len(syllables(re.sub(r"\(.*?\)", "", way)))
    start = 0 if not way.startswith("(") else len(marks) - bare
    return _Entry(said, marks, tuple(range(start, start + bare)), tuple(other for other in others if other != said))


def everyday_phrases() -> Iterable[str]:
    """All that officers say, with accents."""
    return (" ".join(entry.marks) for entries in _entries().values() for entry in entries)


def written_for(words: Sequence[str], marks: Sequence[str] = ()) -> dict[str, Ways]:
    """For the words of talk among folded syllables, what documents write for them.

    Args:
        marks: the same with their accents, "" where they are not known: "lộ trình" has no "lo". Without them a lone
            syllable may be anything and is left out.
    """
    found: dict[str, Ways] = {}
    i = 0
    while i < len(words):
        entry = next((e for e in _entries().get(words[i], ()) if _stands(e, words, marks, i)), None)
        if entry is None:
            i += 1
            continue
        for at in entry.meant:
            word = entry.said[at]
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *entry.written)))
        i += len(entry.said)
    return {word: ways for word, ways in found.items() if ways}


def together(called: OtherWords) -> dict[Ways, frozenset[str]]:
    """The words that are written otherwise as one: "tiền nong", not "tiền" and "nong"."""
    found: dict[Ways, frozenset[str]] = {}
    for word, ways in called.items():
        found[ways] = found.get(ways, frozenset()) | {word}
    return found


def _stands(entry: _Entry, words: Sequence[str], marks: Sequence[str], i: int) -> bool:
    end = i + len(entry.said)
    if tuple(words[i:end]) != entry.said:
        return False
    if not marks:
        return len(entry.said) > 1
    return all(not mark or mark == wanted for mark, wanted in zip(marks[i:end], entry.marks, strict=True))
