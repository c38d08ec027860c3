"""Which documents and which communes a question names. The right document first: nothing else is worth as much."""

from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """What the documents of the library may be called; all keys folded, words separated by one space.

    Attributes:
        symbols: "57-nq/tw" -> document ids.
        numbers: ("nghi quyet", "57") -> document ids.
        titles: "luat giao dich dien tu", "de an 06" -> document ids.
        units: "xa tan doan" and "tan doan" -> units as the catalogue writes them.
    """

    symbols: Mapping[str, frozenset[str]]
    numbers: Mapping[tuple[str, str], frozenset[str]]
    titles: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]

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
        return cls(_frozen(symbols), _frozen(numbers), _frozen(titles), _frozen(units))

    def documents(self, query: SearchQuery) -> frozenset[str]:
        """Ids of the documents that the question names; all of them where a short name fits several."""
        found: set[str] = set()
        for symbol in query.symbols:
            found |= self.symbols.get(symbol, frozenset())
        text = f" {_words(query.text)} "
        for name, ids in self.titles.items():
            if f" {name} " in text:
                found |= ids
        return frozenset(found | self._numbered(text.split()))

    def _numbered(self, words: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for position, word in enumerate(words):
            if not word.isdigit():
                continue
            end = position - 1 if position and words[position - 1] == "so" else position
            for length in range(1, min(_LONGEST_TYPE, end) + 1):
                found |= self.numbers.get((" ".join(words[end - length : end]), _plain(word)), frozenset())
        return found

    def named_units(self, query: SearchQuery) -> frozenset[str]:
        """Units, as the catalogue writes them, that the question names."""
        text = f" {_words(query.text)} "
        return frozenset().union(*(units for name, units in self.units.items() if f" {name} " in text))


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
