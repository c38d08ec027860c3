"""Which documents and which communes a question names. The right document first: nothing else is worth as much."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.library.models import DocumentRecord
from assistant.library.query import SearchQuery
from assistant.library.validity import RegistryEntry
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables

K = TypeVar("K")

_LONGEST_TYPE = 4  # "chuong trinh hanh dong"
_SHORTEST_ALIAS = 2  # words
_CARRIES_OUT = ("bao cao", "thuc hien", "trien khai")
_REACH = 6  # words


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """What the documents of the library may be called; all keys folded, words separated by one space.

    Attributes:
        symbols: "57-nq/tw" -> document ids.
        numbers: ("nghi quyet", "57") -> document ids.
        titles: "luat giao dich dien tu", "de an 06" -> document ids.
        units: "xa tan doan" and "tan doan" -> units as the catalogue writes them.
        longest_unit: words of the longest of these.
    """

    symbols: Mapping[str, frozenset[str]]
    numbers: Mapping[tuple[str, str], frozenset[str]]
    titles: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]
    longest_unit: int

    @classmethod
    def of(cls, records: Iterable[DocumentRecord], entries: Iterable[RegistryEntry] = ()) -> "DocumentNames":
        """Names from the catalogue, and from the registry the aliases of documents that are in it."""
        symbols: dict[str, set[str]] = {}
        numbers: dict[tuple[str, str], set[str]] = {}
        titles: dict[str, set[str]] = {}
        units: dict[str, set[str]] = {}
        for record in records:
            who = record.identity
            if who.symbol:
                symbols.setdefault(fold(who.symbol), set()).add(record.id)
                number = folded_syllables(who.symbol)[0]
                if who.type and number.isdigit():
                    numbers.setdefault((_words(who.type), _plain(number)), set()).add(record.id)
            if who.title and _words(who.type or "") in ("luat", "bo luat"):
                kind, name = _words(who.type or ""), _words(who.title)
                titles.setdefault(name if name.startswith(kind) else f"{kind} {name}", set()).add(record.id)
            if who.unit:
                for name in _unit_names(who.unit):
                    units.setdefault(name, set()).add(who.unit)
        for entry in entries:
            for alias in entry.aliases:
                if fold(entry.symbol) in symbols and len(alias.split()) >= _SHORTEST_ALIAS:
                    titles.setdefault(_words(alias), set()).update(symbols[fold(entry.symbol)])
        longest = max((len(name.split()) for name in units), default=0)
        return cls(_frozen(symbols), _frozen(numbers), _frozen(titles), _frozen(units), longest)

    def documents(self, query: SearchQuery) -> frozenset[str]:
        """Ids of the documents that the question asks about; all of them where a short name fits several.

        A document that only says what a report or a plan carries out ("báo cáo thực hiện Nghị quyết 57") is not the
        one asked about.
        """
        words = folded_syllables(query.text)
        found: set[str] = set()
        for position, ids in self._mentions(query, words):
            if not _carried_out(words[:position]):
                found |= ids
        return frozenset(found)

    def _mentions(self, query: SearchQuery, words: Sequence[str]) -> Iterator[tuple[int, frozenset[str]]]:
        """Where, in words, each mention begins, and which documents it may mean."""
        text = f" {' '.join(words)} "
        named = [(_words(symbol), self.symbols.get(symbol, frozenset())) for symbol in query.symbols]
        for name, ids in [*named, *self.titles.items()]:
            start = text.find(f" {name} ")
            if ids and start >= 0:
                yield text.count(" ", 0, start), ids
        yield from self._numbered(words)

    def _numbered(self, words: Sequence[str]) -> Iterator[tuple[int, frozenset[str]]]:
        for position, word in enumerate(words):
            if not word.isdigit():
                continue
            end = position - 1 if position and words[position - 1] == "so" else position
            for length in range(1, min(_LONGEST_TYPE, end) + 1):
                ids = self.numbers.get((" ".join(words[end - length : end]), _plain(word)))
                if ids:
                    yield end - length, ids

    def named_units(self, query: SearchQuery) -> frozenset[str]:
        """Units, as the catalogue writes them, that the question names."""
        words = folded_syllables(query.text)
        runs = (" ".join(words[i : i + n]) for n in range(1, self.longest_unit + 1) for i in range(len(words) + 1 - n))
        return frozenset().union(*(self.units[run] for run in runs if run in self.units))


def _carried_out(before: Sequence[str]) -> bool:
    """Whether the words before a mention make it the matter of another document."""
    near = " ".join(before[-_REACH:])
    return any(re.search(rf"\b{words}\b", near) for words in _CARRIES_OUT)


def _words(text: str) -> str:
    return " ".join(folded_syllables(text))


def _plain(number: str) -> str:
    return number.lstrip("0") or number


def _unit_names(unit: str) -> list[str]:
    """ "xã Tân Đoàn, tỉnh Lạng Sơn" -> "xa tan doan", "tan doan"."""
    words = folded_syllables(unit.split(",")[0])
    return [" ".join(words), *([" ".join(words[1:])] if len(words) > 2 else [])]


def _frozen(names: Mapping[K, set[str]]) -> dict[K, frozenset[str]]:
    return {name: frozenset(ids) for name, ids in names.items()}
