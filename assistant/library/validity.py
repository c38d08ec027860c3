"""Which documents of the library are still in force, as far as the registry knows."""

import datetime
import functools
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.library.models import DocumentRecord
from assistant.vietnamese.text import fold

_KEPT = 4096
REPEALED = frozenset({"replaced", "expired"})


class RegistryEntry(Protocol):
    """What retrieval needs of a registry document."""

    @property
    def symbol(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...
    @property
    def date(self) -> datetime.date | None: ...
    @property
    def status(self) -> str: ...
    @property
    def effective_to(self) -> datetime.date | None: ...


class RegistryDocuments(Protocol):
    """The registry, as far as retrieval knows it."""

    @property
    def documents(self) -> Iterable[RegistryEntry]: ...


class StatusBook:
    """Status of documents by their symbol and date."""

    def __init__(self, entries: Iterable[RegistryEntry]) -> None:
        self._entries: dict[str, list[RegistryEntry]] = {}
        for entry in entries:
            self._entries.setdefault(fold(entry.symbol), []).append(entry)
        # a search asks for every candidate, and candidates share their documents
        self._known = functools.lru_cache(_KEPT)(self._look_up)

    def status(self, record: DocumentRecord, on: datetime.date) -> str:
        """in_force, amended, replaced, expired or unknown at day `on`; "" where the registry has no such document."""
        who = record.identity
        return self._known(who.symbol, who.date, on) if who.symbol else ""

    def _look_up(self, symbol: str, date: str | None, on: datetime.date) -> str:
        entries = self._entries.get(fold(symbol), [])
        if date:
            # a symbol recurs over the years and from province to province
            entries = [entry for entry in entries if entry.date is None or str(entry.date) == date]
        if not entries:
            return ""
        entry = entries[0]
        if entry.effective_to is None:
            return entry.status
        if entry.effective_to < on:
            return "expired"
        return entry.status if entry.status not in REPEALED else "in_force"
