"""The registry of documents: looking one up by symbol, by alias or by words, and resolving a mention to its entry."""

import datetime
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.legal.documents import LAW_TYPES, RegistryDocument, read_documents
from assistant.legal.models import LegalReference
from assistant.legal.near import near_date
from assistant.legal.similar import title_similarity
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.text import fold

_NAMED_TYPES = (*LAW_TYPES, "Hiến pháp")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention stands for.

    Attributes:
        document: the entry; None where there is none or several fit.
        candidates: entries that fit, best first, where there are several.
        symbol: full symbol, also where several entries share it.
    """

    document: RegistryDocument | None
    candidates: tuple[RegistryDocument, ...] = ()
    symbol: str | None = None


class Registry:
    """Entries and their indexes. Symbols are not unique: every lookup gives a list."""

    def __init__(self, documents: Iterable[RegistryDocument]) -> None:
        self.documents: tuple[RegistryDocument, ...] = tuple(documents)
        self._by_key: dict[str, list[RegistryDocument]] = {}
        self._by_alias: dict[str, list[RegistryDocument]] = {}
        self._by_number: dict[tuple[str, str], list[RegistryDocument]] = {}
        self._by_law: dict[str, list[RegistryDocument]] = {}
        for document in self.documents:
            self._by_key.setdefault(symbol_key(document.symbol), []).append(document)
            for alias in document.aliases:
                self._by_alias.setdefault(_alias_key(alias), []).append(document)
                # "Luật CNTT 2006" is also called "Luật CNTT"
                if document.type in _NAMED_TYPES and alias[-4:].isdigit():
                    self._by_alias.setdefault(_alias_key(alias[:-4]), []).append(document)
            if document.title and document.type in _NAMED_TYPES:
                self._by_law.setdefault(_law_key(document.title), []).append(document)
            number = document.symbol.partition("/")[0].partition("-")[0].lstrip("0")
            self._by_number.setdefault((document.type.split()[0], number), []).append(document)

    @classmethod
    def load(cls, extra: Iterable[RegistryDocument] = ()) -> "Registry":
        """The entries that ship with the program, and `extra` ones (documents that the library ingested).

        An ingested document whose symbol and date are known already adds nothing.
        """
        shipped = _shipped()
        known = {(symbol_key(d.symbol), d.date) for d in shipped}
        return cls([*shipped, *(d for d in extra if (symbol_key(d.symbol), d.date) not in known)])

    @functools.cached_property
    def law_names(self) -> frozenset[str]:
        """Names of the laws."""
        return frozenset(d.title for d in self.documents if d.title and d.type in _NAMED_TYPES)

    def titles_of(self, symbol: str) -> Sequence[str]:
        """Titles of the entries under a symbol, longest first."""
        return sorted((d.title for d in self.find(symbol) if d.title), key=len, reverse=True)

    def find(self, symbol: str) -> list[RegistryDocument]:
        """Entries with this symbol, newest first; spaces, kind of dash and leading zeros do not matter."""
        found = self._by_key.get(symbol_key(symbol), [])
        return _newest_first(found)

    def get(self, symbol: str, date: datetime.date | None) -> RegistryDocument | None:
        """The entry with this symbol and date."""
        return next((d for d in self.find(symbol) if d.date == date), None)

    def pointed_at(self, document: RegistryDocument, symbol: str) -> RegistryDocument | None:
        """The entry that a document means by a symbol of its relations: of several the one that points back, else the
        newest."""
        found = self.find(symbol)
        back = (d for d in found if document.symbol in (*d.replaced_by, *d.replaces, *d.amended_by, *d.amends))
        return next(back, found[0] if found else None)

    def by_alias(self, alias: str) -> list[RegistryDocument]:
        """Entries known under a customary name ("Đề án 06")."""
        return list(self._by_alias.get(_alias_key(alias), []))

    def laws_named(self, name: str) -> list[RegistryDocument]:
        """Laws of this name, newest first (an old and a new law may share it)."""
        found = self._by_law.get(_law_key(name)) or [d for d in self.by_alias(name) if d.type in _NAMED_TYPES]
        return _newest_first(found)

    def numbered(self, kind: str, number: str) -> list[RegistryDocument]:
        """Entries of a type whose serial number is `number`, newest first."""
        found = self._by_number.get((kind.split()[0], number.lstrip("0")), [])
        fitting = [d for d in found if d.type.startswith(kind) or kind.startswith(d.type)]
        return _newest_first(fitting)

    def search(self, words: str, limit: int = 10) -> list[RegistryDocument]:
        """Entries whose symbol, title, issuer or alias holds every one of `words`, accents aside.

        First what is called so, then what is called so among other words, each newest first.
        """
        wanted = fold(words).split()
        hits = [d for d in self.documents if all(word in _haystack(d) for word in wanted)]
        hits.sort(key=lambda d: (_called(d, words), d.date or datetime.date.min), reverse=True)
        return hits[:limit]

    def resolve(self, reference: LegalReference, on: datetime.date | None = None) -> Resolution:
        """What a mention stands for, as of `on` (documents issued later are no candidates of a short form)."""
        if reference.parsed is not None:
            return self._resolve_full(reference, on)
        if reference.short_form:
            return self._resolve_short(reference, on)
        return self._resolve_law(reference, on)

    def _resolve_full(self, reference: LegalReference, on: datetime.date | None) -> Resolution:
        assert reference.parsed is not None
        symbol = reference.parsed.text
        found = self.find(symbol)
        if not found and reference.parsed.expected != symbol:
            found = self.find(reference.parsed.expected)
        return _best(found, reference, on, symbol)

    def _resolve_short(self, reference: LegalReference, on: datetime.date | None) -> Resolution:
        if reference.resolved:
            best = _best(self.find(reference.resolved), reference, on, reference.resolved)
            return Resolution(best.document, best.candidates, reference.resolved)
        if reference.candidates:
            entries = [d for symbol in reference.candidates for d in self.find(symbol)[:1]]
            return Resolution(None, tuple(entries))
        if not reference.symbol or not reference.type:
            return Resolution(None)
        alias = f"{reference.type} {reference.symbol}"
        named = [d for d in self.by_alias(alias) if _issued(d, on)]
        number = reference.symbol.partition("/")[0]
        found = [d for d in self.numbered(reference.type, number) if _issued(d, on) and not d.local]
        if reference.issuer:
            found = [d for d in found if d.issuer and _same_name(d.issuer, reference.issuer)] or found
        if reference.date:
            found = [d for d in found if d.date == reference.date] or found
        if not named and not reference.issuer and not reference.date:
            return Resolution(None, tuple(found))  # one number fits, but the registry does not hold every document
        merged = list({id(d): d for d in [*named, *found]}.values())
        if reference.type == "Đề án" and named:
            merged = named
        symbols = dict.fromkeys(d.symbol for d in merged)
        if len(symbols) == 1:
            best = _best(merged, reference, on, merged[0].symbol)
            return Resolution(best.document, best.candidates, merged[0].symbol)
        return Resolution(None, tuple(merged))

    def _resolve_law(self, reference: LegalReference, on: datetime.date | None) -> Resolution:
        found = self.laws_named(reference.title or "")
        if reference.date:
            exact = [d for d in found if d.date == reference.date]
            if exact:
                return Resolution(exact[0], (), exact[0].symbol)
        year = (reference.date_text or "").removeprefix("năm ")
        if year.isdigit():
            found = [d for d in found if d.date and d.date.year == int(year)] or []
        issued = [d for d in found if _issued(d, on)]
        if not issued:
            return Resolution(None, tuple(found))
        # of several laws of one name the one in force on that day
        valid = [d for d in issued if on is None or d.effective_to is None or d.effective_to > on]
        valid = (
            [d for d in valid if on is None or d.effective_from is None or d.effective_from <= on] or valid or issued
        )
        return Resolution(valid[0], (), valid[0].symbol)


def _alias_key(alias: str) -> str:
    return " ".join(alias.lower().replace(" số ", " ").split())


def _law_key(name: str) -> str:
    return " ".join(name.lower().replace(",", " ").replace("-", " ").split())


def _same_name(a: str, b: str) -> bool:
    from assistant.legal.issuers import read_body

    first, second = read_body(a), read_body(b)
    return first.body is not None and second.body is not None and first.body.id == second.body.id


def _newest_first(documents: Iterable[RegistryDocument]) -> list[RegistryDocument]:
    """Those without a date last."""
    return sorted(documents, key=lambda d: d.date or datetime.date.min, reverse=True)


def _issued(document: RegistryDocument, on: datetime.date | None) -> bool:
    return on is None or document.date is None or document.date <= on


def _called(document: RegistryDocument, words: str) -> int:
    """How nearly `words` are what the document is called: 2 its symbol, title or alias, 1 a part of one, 0 neither."""
    if symbol_key(document.symbol) == symbol_key(words):
        return 2
    wanted = " ".join(fold(words).split())
    short = [fold(name) for name in (document.symbol, f"{document.type} {document.symbol}", *document.aliases)]
    if wanted in (*short, fold(document.title or "")):
        return 2
    return int(any(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", name) for name in short))


def _haystack(document: RegistryDocument) -> str:
    return fold(
        " ".join([document.symbol, document.type, document.title or "", document.issuer or "", *document.aliases])
    )


def _best(
    found: Sequence[RegistryDocument], reference: LegalReference, on: datetime.date | None, symbol: str
) -> Resolution:
    """Of several documents of one symbol the one that date, then title, then the day of the report tell."""
    if reference.date and any(reference.date in d.other_dates for d in found):
        return Resolution(None, (), symbol)  # another document of the same number, of which only the date is known
    if len(found) <= 1:
        return Resolution(found[0] if found else None, (), symbol if found else None)
    titled = _by_title(found, reference)
    dated = [d for d in found if reference.date and d.date == reference.date]
    if titled and titled not in dated:
        return Resolution(titled, tuple(found), symbol)
    if dated:
        return Resolution(dated[0], (), symbol)
    if titled:
        return Resolution(titled, (), symbol)
    near = [d for d in found if reference.date and d.date and not d.local and near_date(reference.date, d.date)]
    if len(near) == 1 and not reference.title:
        return Resolution(near[0], (), symbol)
    if reference.date is None and reference.date_text is None:
        issued = [d for d in found if _issued(d, on)]
        if len(issued) == 1:
            return Resolution(issued[0], (), symbol)
    return Resolution(None, tuple(found), symbol)


def _by_title(found: Sequence[RegistryDocument], reference: LegalReference) -> RegistryDocument | None:
    """The one entry whose title the mention repeats, where it clearly repeats no other's."""
    if not reference.title:
        return None
    scored = sorted(((title_similarity(reference.title, d.title or ""), i) for i, d in enumerate(found)), reverse=True)
    best, second = scored[0], scored[1]
    return found[best[1]] if best[0] >= 0.6 and best[0] - second[0] >= 0.25 else None


@functools.cache
def _shipped() -> tuple[RegistryDocument, ...]:
    return tuple(read_documents())
