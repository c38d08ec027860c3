"""What a list of evidence says, taken apart once: its figures, dates, years, symbols and words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Literal

from assistant.evidence import Evidence, InputFigure, PassageQuote, RegistryFact
from assistant.grounding.figures import Figure, find_figures
from assistant.legal import LegalReference, Registry, find_references
from assistant.legal.issuers import read_body
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import Kind
from assistant.vietnamese.text import canonical_tone, fold, nfc

PROVISION = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|chương|mục|phần|tiểu mục|phụ lục|quý|biểu|bảng|mẫu|câu)\s+"
    r"(?:số\s+)?(?P<number>\d+[a-zđ]?(?:\.\d+)*|[IVXLC]+|[a-zđ](?=\W|$))(?!\w|[.,]?\d|\s?%)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# "Đề án 06" goes by the number of the decision that approved it
_APPROVED = frozenset(("Đề án", "Chương trình", "Chiến lược", "Kế hoạch"))
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
        exact: False for the value of an input or a rule, which may be shown with fewer decimals.
        noun, bound, change: as of `Figure`.
    """

    value: Decimal
    kind: Kind | Literal["value"]
    exact: bool = True
    noun: str = ""
    bound: str = ""
    change: str = ""

    def bears_out(self, said: Figure) -> bool:
        """Whether a sentence may say `said` on the strength of this one."""
        return (
            self._same_value(said)
            and (self.kind in ("value", said.kind) or {self.kind, said.kind} == {"number", "money"})
            and _nouns_agree(said.noun, self.noun)
            # "trên 98%" is another statement than "98%", and a rise is no fall
            and (not said.bound or self.kind == "value" or self.bound == said.bound)
            and (not said.change or not self.change or self.change == said.change)
        )

    def _same_value(self, said: Figure) -> bool:
        if said.value == self.value:
            return True
        if self.exact or not said.decimals:
            return False
        return self.value.quantize(Decimal(1).scaleb(-said.decimals), rounding=ROUND_HALF_UP) == said.value


# head words of nouns that a report counts apart: "21 tổ" is not "21 ấp"
_DISTINCT = frozenset(
    (
        *("to", "ap", "thon", "xom", "ho", "van", "may", "cuoc", "lop", "nhiem", "chi", "nguoi", "thanh", "tin", "bai"),
        *("xa", "phuong", "tinh", "phan"),
    )
)


def _nouns_agree(said: str, known: str) -> bool:
    """Whether two counted nouns may be the same thing; unknown ones agree with all."""
    if not said or not known:
        return True
    first, second = said.split()[0], known.split()[0]
    return first == second or not ({first, second} <= _DISTINCT)


@dataclass(slots=True)
class EvidencePool:
    """Everything a sentence may say.

    Attributes:
        figures: figures with what they count.
        dates: full dates; months: (month, year) pairs; years: years named anywhere.
        symbols: folded symbols; types, bodies: by symbol, the types and issuing bodies (ids) that the evidence names;
            laws: folded names of laws cited without one; count: pieces of evidence.
        text: all words, folded, one space between them; written: the same with their accents.
        places: folded locations, provisions and numbers of headings, for ordinals.
    """

    figures: list[EvidenceFigure] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)
    months: set[tuple[int, int]] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    symbols: set[str] = field(default_factory=set)
    types: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, set[str]] = field(default_factory=dict)
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

    def _refer(self, reference: LegalReference) -> None:
        if reference.symbol is None:
            if reference.title:
                self.laws.add(plain(reference.title))
            return
        key = symbol_key(reference.symbol)
        self.symbols.add(key)
        if reference.type:
            self.types.setdefault(key, set()).add(reference.type)
        if reference.issuer and (body := read_body(reference.issuer).body):
            self.bodies.setdefault(key, set()).add(body.id)

    def says(self, words: str) -> bool:
        """Whether the evidence holds these words by themselves: "Điều 5" does not stand in "Điều 52"."""
        return _stands(plain(words), self.text)

    def names(self, name: str) -> bool:
        """Whether the evidence holds this name, with its accents: "Tân Bình" is not "Tân Bính"; of words all in
        capitals, which hide where a name ends, in two pieces."""
        shown = _written(name)
        breaks = [found.start() for found in re.finditer(" ", shown)] if name.isupper() else []
        pieces = [(shown,), *((shown[:at], shown[at + 1 :]) for at in breaks)]
        return any(all(_stands(piece, self.written) for piece in parts) for parts in pieces)

    def cites(self, symbol: str) -> bool:
        """Whether the evidence names the document with this symbol, or with the number that is all of a short form."""
        key = symbol_key(symbol)
        if key.isdigit():
            return bool(self._meant(key))
        # a symbol that stands without its type may be no reference to `find_references`
        spaced = r"\s*".join(map(re.escape, re.split(r"(?<=[-/])|(?=[-/])", key)))
        return key in self.symbols or bool(re.search(rf"(?<![\w/-])0*{spaced}(?!\w|[-/]\w)", self.text))

    def _meant(self, key: str) -> list[str]:
        """The keys of the documents of the evidence that a symbol or the number of a short form may mean."""
        if not key.isdigit():
            return [key] if key in self.symbols else []
        return [known for known in self.symbols if re.match(rf"{key}(?!\d)", known)]

    def agrees(self, reference: LegalReference) -> bool:
        """Whether type and issuer of a mention are those that the evidence gives the document, where it gives any."""
        meant = self._meant(symbol_key(reference.symbol or ""))
        by_number = reference.short_form and reference.type in _APPROVED
        types = set().union(*(self.types.get(key, ()) for key in meant if not by_number))
        bodies = set().union(*(self.bodies.get(key, ()) for key in meant))
        said = read_body(reference.issuer).body if reference.issuer else None
        return (not types or reference.type in (None, *types)) and (not bodies or said is None or said.id in bodies)

    def cites_law(self, title: str) -> bool:
        """Whether the evidence names this law, and not only one whose longer name begins alike."""
        name = plain(title)
        longer = any(known.startswith(f"{name} ") for known in self.laws)
        return name in self.laws or (not longer and self.says(title))

    def _read(self, text: str, bare: bool) -> None:
        """Take the figures, dates and symbols of `text`; `bare`: a value whose unit stands elsewhere."""
        # the numbers of symbols, dates and provisions count nothing
        taken = [match.span() for match in PROVISION.finditer(text)]
        self.years.update(map(int, _YEAR.findall(text)))
        for mention in find_dates(text):
            taken.append((mention.start, mention.end))
            self.months.add((mention.month, mention.year))
            if mention.value:
                self.dates.add(mention.value)
        for reference in find_references(text):
            taken.append((reference.start, reference.end))
            self._refer(reference)
        for figure in find_figures(text, taken):
            kind: Kind | Literal["value"] = "value" if bare else figure.kind
            self.figures.append(EvidenceFigure(figure.value, kind, not bare, figure.noun, figure.bound, figure.change))
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
