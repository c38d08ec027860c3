"""What officers call things in talk, and what documents write for them: `knowledge/ask/thesaurus.yaml`."""

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables, syllables

# the folded syllables of each word or phrase that a document may have for one of talk
Ways = tuple[tuple[str, ...], ...]
OtherWords = Mapping[str, Ways]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One way to say a thing.

    Attributes:
        said: its folded syllables.
        marks: the same with their accents.
        meant: positions of those that are read otherwise; the rest only has to stand there.
        written: folded, what documents have for it; nothing where the entry only hides shorter ones.
        sole: whether its syllables say it without accents as well.
    """

    said: tuple[str, ...]
    marks: tuple[str, ...]
    meant: tuple[int, ...]
    written: Ways
    sole: bool = False


@functools.cache
def _entries() -> Mapping[str, Sequence[_Entry]]:
    """Entries by their first folded syllable, the longest first."""
    known: dict[tuple[str, ...], _Entry] = {}
    lines = [
        ([way.strip() for way in ways.split("|")], [way.strip() for way in str(written).split("|") if way.strip()])
        for ways, written in load_knowledge("ask/thesaurus.yaml").items()
    ]
    for ways, written in lines:
        others = tuple(tuple(folded_syllables(other)) for other in written)
        for way in ways:
            entry = _entry(way, others)
            known[entry.marks] = entry
    # what documents write is said word for word where it stands whole: "quá hạn" has no "hạn"
    for entry in (_entry(way, ()) for _, written in lines for way in written):
        if len(entry.said) > 1:
            known.setdefault(entry.marks, entry)
    alike = Counter(entry.said for entry in known.values())
    found: dict[str, list[_Entry]] = {}
    for entry in sorted(known.values(), key=lambda entry: -len(entry.said)):
        sole = len(entry.said) > 1 and alike[entry.said] == 1
        found.setdefault(entry.said[0], []).append(replace(entry, sole=sole))
    return found


def _entry(way: str, others: Ways) -> _Entry:
    marks = tuple(syllables(way))
    said = tuple(fold(mark) for mark in marks)
    own = len(syllables(re.sub(r"\(.*?\)", "", way)))
    start = len(marks) - own if way.startswith("(") else 0
    return _Entry(said, marks, tuple(range(start, start + own)), tuple(other for other in others if other != said))


def everyday_phrases() -> Iterable[str]:
    """All that officers say, with accents."""
    return (" ".join(entry.marks) for entries in _entries().values() for entry in entries if entry.written)


def written_for(words: Sequence[str], marks: Sequence[Collection[str]], typed: bool) -> dict[str, Ways]:
    """For the words of talk among folded syllables, what documents write for them.

    Args:
        marks: for each the accents it may have, none where they are not known: "lộ trình" has no "lo".
        typed: whether they were typed; guessed ones are asked only where the syllables alone leave it open.
    """
    found: dict[str, Ways] = {}
    i = 0
    while i < len(words):
        entry = next((entry for entry in _entries().get(words[i], ()) if _stands(entry, words, marks, i, typed)), None)
        if entry is None:
            i += 1
            continue
        for at in entry.meant:
            word = entry.said[at]
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *entry.written)))
        i += len(entry.said)
    return {word: ways for word, ways in found.items() if ways}


def _stands(entry: _Entry, words: Sequence[str], marks: Sequence[Collection[str]], i: int, typed: bool) -> bool:
    end = i + len(entry.said)
    if tuple(words[i:end]) != entry.said:
        return False
    plain = not typed and entry.sole
    return plain or all(not known or mark in known for known, mark in zip(marks[i:end], entry.marks, strict=True))


def together(called: OtherWords) -> dict[Ways, frozenset[str]]:
    """The words that are written otherwise as one: "tiền nong", not "tiền" and "nong"."""
    found: dict[Ways, frozenset[str]] = {}
    for word, ways in called.items():
        found[ways] = found.get(ways, frozenset()) | {word}
    return found
