"""What a list of evidence says, taken apart once: its figures, dates, years, symbols and words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.evidence import Evidence, InputFigure, PassageQuote, RegistryFact
from assistant.grounding.spelled import find_spelled
from assistant.legal import Registry, find_references
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import Kind, find_quantities, noun_after
from assistant.vietnamese.text import canonical_tone, fold, nfc

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# the number of a heading at the beginning of a line
_HEADING = re.compile(r"^\s*(\d+(?:\.\d+)*|[IVXLC]+|[a-zđ])(?=[.)]\s)", re.MULTILINE)
_BARE_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class EvidenceFigure:
    """A figure of the evidence.

    Attributes:
        value: with its scale applied; percent as written.
        kind: "number", "percent", "points", "money"; "value" for a bare value whose unit stands elsewhere
            (an input, a registry value, a cell under a header): it bears out a figure of any kind.
        noun: what it counts, folded; "" where the text does not say.
        exact: False for the value of an input or a rule, which may be shown with fewer decimals.
    """

    value: Decimal
    kind: Kind | str
    noun: str = ""
    exact: bool = True


@dataclass(slots=True)
class EvidencePool:
    """Everything a sentence may say.

    Attributes:
        figures: figures with what they count.
        dates: full dates; months: (month, year) pairs; years: years named anywhere.
        symbols: folded symbols; laws: folded names of laws cited without one; count: pieces of evidence.
        text: all words, folded, one space between them; written: the same with their accents.
        places: folded locations, provisions and numbers of headings, for ordinals.
    """

    figures: list[EvidenceFigure] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)
    months: set[tuple[int, int]] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    symbols: set[str] = field(default_factory=set)
    laws: set[str] = field(default_factory=set)
    text: str = ""
    written: str = ""
    places: str = ""
    count: int = 0

    @classmethod
    def of(cls, evidence: Sequence[Evidence], registry: Registry | None = None) -> "EvidencePool":
        pool = cls(count=len(evidence))
        words: list[str] = []
        places: list[str] = []
        for piece in evidence:
            for text, bare in _texts(piece, registry):
                pool._read(text, bare)
                words.append(text)
            places.extend(_places(piece))
            if isinstance(piece, RegistryFact):
                pool.symbols.add(symbol_key(piece.symbol))
        pool.text = plain(" | ".join([*words, *places]))
        pool.written = _written(" | ".join([*words, *places]))
        pool.places = plain(" | ".join([*places, *(number for text in words for number in _HEADING.findall(text))]))
        return pool

    def says(self, words: str) -> bool:
        """Whether the evidence holds these words by themselves: "Điều 5" does not stand in "Điều 52"."""
        return _stands(plain(words), self.text)

    def names(self, name: str) -> bool:
        """Whether the evidence holds this name, with its accents: "Tân Bình" is not "Tân Bính"."""
        return _stands(_written(name), self.written)

    def cites(self, symbol: str) -> bool:
        """Whether the evidence names the document with this symbol, or with the number that is all of a short form."""
        key = symbol_key(symbol)
        if key.isdigit():
            return any(re.match(rf"{key}(?!\d)", known) for known in self.symbols)
        # a symbol that stands without its type may be no reference to `find_references`
        spaced = r"\s*".join(map(re.escape, re.split(r"(?<=[-/])|(?=[-/])", key)))
        return key in self.symbols or bool(re.search(rf"(?<![\w/-])0*{spaced}(?!\w|[-/]\w)", self.text))

    def cites_law(self, title: str) -> bool:
        """Whether the evidence names this law, and not only one whose longer name begins alike."""
        name = plain(title)
        longer = any(known.startswith(f"{name} ") for known in self.laws)
        return name in self.laws or (not longer and self.says(title))

    def _read(self, text: str, bare: bool) -> None:
        """Take the figures, dates and symbols of `text`; `bare`: a value whose unit stands elsewhere."""
        self.years.update(map(int, _YEAR.findall(text)))
        for mention in find_dates(text):
            self.months.add((mention.month, mention.year))
            if mention.value:
                self.dates.add(mention.value)
        for reference in find_references(text):
            if reference.symbol:
                self.symbols.add(symbol_key(reference.symbol))
            elif reference.title:
                self.laws.add(plain(reference.title))
        for quantity in find_quantities(text):
            noun = noun_after(text, quantity.end) if quantity.kind == "number" else ""
            self.figures.append(
                EvidenceFigure(quantity.value, "value" if bare else quantity.kind, noun, exact=not bare)
            )
        for spelled in find_spelled(text):
            noun = noun_after(text, spelled.end)
            self.figures.append(EvidenceFigure(Decimal(spelled.value), "number", noun))
        if not bare and (match := _BARE_NUMBER.fullmatch(text.strip())):
            self.figures.append(EvidenceFigure(_decimal(match.group()), "value"))


def plain(text: str) -> str:
    """Folded, with single spaces and plain dashes, for finding names and headings."""
    return " ".join(re.sub(r"[‐-―−]", "-", fold(nfc(text))).split())


def symbol_key(symbol: str) -> str:
    """A symbol without what writers vary: case, accents, spaces, kind of dash, leading zeros of its number."""
    return re.sub(r"^0+(?=\d)", "", plain(symbol).replace(" ", ""))


def _written(text: str) -> str:
    """As `plain`, with the accents kept."""
    return " ".join(re.sub(r"[‐-―−]", "-", canonical_tone(nfc(text)).lower()).split())


def _stands(words: str, text: str) -> bool:
    # a figure goes on behind a separator, a word does not: "Điều 5.1", but "quý III/2026"
    return bool(re.search(rf"(?<!\w)(?<!\d[./-]){re.escape(words)}(?!\w)(?!(?<=\d)[.,/]\d)", text))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(".", "").replace(",", "."))
    except InvalidOperation:
        return Decimal(0)


def _texts(piece: Evidence, registry: Registry | None) -> Iterator[tuple[str, bool]]:
    """The texts of one piece of evidence, each with whether its figures lack their unit."""
    match piece:
        case PassageQuote():
            quote = nfc(piece.quote)
            # the cells of a table row carry their unit in the header, which may be another cell of the quote
            yield quote, " | " in quote or "\t" in quote
        case RegistryFact():
            yield nfc(piece.symbol), False
            if piece.value is not None:
                yield nfc(piece.value), True
            if registry is not None:
                yield from ((text, False) for text in _entry_texts(piece.symbol, registry))
        case InputFigure():
            yield from ((text, True) for text in flat_values(piece.value))
            if piece.rule:
                yield nfc(piece.rule), True


def _entry_texts(symbol: str, registry: Registry) -> Iterator[str]:
    """What the registry says of the documents with this symbol, apart from their targets and provisions."""
    for document in registry.find(symbol):
        yield from map(str, (document.type, document.date, document.issuer, document.title) if document else ())
        yield from map(str, document.aliases)


def flat_values(value: Any) -> Iterator[str]:
    """Every scalar in a value of an input (lists, table rows and document entries taken apart), as NFC text."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from flat_values(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from flat_values(part)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, float | int | Decimal):
        yield format(Decimal(str(value)), "f").replace(".", ",")
    elif isinstance(value, datetime):
        yield value.date().isoformat()
    else:
        yield nfc(str(value))


def _places(piece: Evidence) -> Iterator[str]:
    match piece:
        case PassageQuote() if piece.location:
            yield nfc(piece.location)
        case RegistryFact() if piece.provision:
            yield nfc(piece.provision)
        case _:
            return
