"""What asking needs of the library, and how it is quoted."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.ask.models import Source, Statement
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables

if TYPE_CHECKING:
    from assistant.library.library import Library
    from assistant.library.retrieval import Retriever


class Hit(Protocol):
    """A passage found, with its score."""

    @property
    def passage(self) -> Passage: ...

    @property
    def score(self) -> float: ...


class Shelf(Protocol):
    """The library as asking sees it; a page that stays open sees what another process adds or removes."""

    def generation(self) -> int:
        """Changes whenever the library does."""
        ...

    def documents(self) -> list[DocumentRecord]: ...

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document in order."""
        ...

    def search(self, query: str, k: int, kinds: Sequence[str] | None) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class EmptyShelf:
    """No library at all: what the program itself knows still answers."""

    def generation(self) -> int:
        return 0

    def documents(self) -> list[DocumentRecord]:
        return []

    def passages_of(self, document_id: str) -> list[Passage]:
        return []

    def search(self, query: str, k: int, kinds: Sequence[str] | None) -> Sequence[Hit]:
        return ()


class LibraryShelf:
    """The library and its retriever as a shelf."""

    def __init__(self, library: "Library", retriever: "Retriever") -> None:
        self._library = library
        self._retriever = retriever

    def generation(self) -> int:
        return self._library.generation()

    def documents(self) -> list[DocumentRecord]:
        return self._library.documents()

    def passages_of(self, document_id: str) -> list[Passage]:
        return self._library.passages_of(document_id)

    def search(self, query: str, k: int, kinds: Sequence[str] | None) -> Sequence[Hit]:
        from assistant.library.retrieval import Filters

        return self._retriever.search(query, k, Filters(kinds=frozenset(kinds or ())))


def quote_source(record: DocumentRecord, passage: Passage, start: int, end: int) -> Source:
    """The citation of `passage.text[start:end]`."""
    return Source(
        document_id=record.id,
        document_title=record.title,
        kind=record.kind,
        quote=passage.text[start:end],
        symbol=record.identity.symbol,
        location=passage.location_in(record.title),
        page=passage.page,
        passage_id=passage.id,
        start=start,
        end=end,
    )


_LONGEST_QUOTE = 1000


class BuiltinQuotes:
    """Finds the lines of the knowledge that ships in the builtin documents of the library.

    Where the builtin documents have not been ingested, the line itself is the quote.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._records = {record.id: record for record in shelf.documents() if record.kind == "builtin"}
        self._lines: dict[str, list[tuple[Passage, int]]] = {}
        for record_id in self._records:
            for passage in shelf.passages_of(record_id):
                self._index(passage)

    def _index(self, passage: Passage) -> None:
        offset = 0
        for line in passage.text.split("\n"):
            for text in _forms(line):
                self._lines.setdefault(text, []).append((passage, offset + line.find(text)))
            offset += len(line) + 1

    def source(self, texts: Iterable[str], document_id: str, title: str, location: str = "") -> Source:
        """The citation of the passage that has most of `texts`, quoting from the first to the last of them.

        Args:
            texts: lines of the knowledge, verbatim.
            document_id, title, location: how to cite them where no builtin document holds them.
        """
        wanted = list(dict.fromkeys(text for text in texts if text))
        places: dict[str, list[_Place]] = {}
        for text in wanted:
            for passage, start in self._lines.get(text, ()):
                places.setdefault(passage.id, []).append(_Place(passage, text, start, start + len(text)))
        best = max(places.values(), key=lambda found: _worth(found, document_id, location), default=None)
        if best is None:
            return Source(document_id, title, "builtin", "\n".join(wanted), location=location)
        start, end = _window(best)
        if end - start > _LONGEST_QUOTE:
            start, end = best[0].start, best[0].end
        passage = best[0].passage
        return quote_source(self._records[passage.document_id], passage, start, end)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one of the wanted texts stands."""

    passage: Passage
    text: str
    start: int
    end: int


def _worth(found: Sequence[_Place], document_id: str, location: str) -> tuple[int, bool, bool]:
    """How well a passage bears out the texts: how many of them it has, whether it is of the document meant."""
    passage = found[0].passage
    section, path = (" ".join(folded_syllables(text)) for text in (location.rpartition(" > ")[2], passage.heading_text))
    return len({place.text for place in found}), passage.document_id == document_id, section in path


def _window(found: Sequence[_Place]) -> tuple[int, int]:
    """The shortest stretch of a passage that has each of the texts found in it."""
    needed = len({place.text for place in found})
    ordered = sorted(found, key=lambda place: place.start)
    stretches: list[tuple[int, int]] = []
    for index, first in enumerate(ordered):
        seen: set[str] = set()
        end = first.end
        for place in ordered[index:]:
            seen.add(place.text)
            end = max(end, place.end)
            if len(seen) == needed:
                stretches.append((first.start, end))
                break
    return min(stretches, key=lambda stretch: stretch[1] - stretch[0])


_NUMBER = re.compile(r"^(?:Phụ lục [IVXL]+|Phần \d+|[A-Z]|[IVXL]+|\d+(?:\.\d+)*|[a-zđ])[.)]?\s+(?=\S)")
_BASIS = re.compile(r"\(căn cứ: ([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")


def _forms(line: str) -> set[str]:
    """The texts that one line of a builtin document may be known by: itself, without its list mark, label, number,
    note in brackets or list of columns; and each basis it names."""
    bare = line.strip().lstrip("-•*+# ").strip()
    forms = {line.strip(), bare, _NUMBER.sub("", bare)}
    if basis := _BASIS.search(bare):
        forms.update(part.strip() for part in basis.group(1).split(";"))
        forms.add(bare[: basis.start()].strip())
    for mark in (": ", ": các cột ", "; các cột: ", " (", " — "):
        head, found, tail = bare.partition(mark)
        if found:
            forms.update((head, tail))
        forms.add(bare.rpartition(mark)[0])
    return {form for text in forms for form in (text, text.rstrip(".;")) if form}


def words(text: str) -> int:
    """How many words a text has, as the limit on answers counts them."""
    return len(text.split())


def fitting(
    statements: Iterable[Statement], limit: int, cost: Callable[[Statement], int] = lambda said: words(said.text)
) -> list[Statement]:
    """As many statements from the front as the limit of words allows, one at least."""
    kept: list[Statement] = []
    room = limit
    for statement in statements:
        room -= cost(statement)
        if room < 0 and kept:
            break
        kept.append(statement)
    return kept
