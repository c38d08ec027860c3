"""What the finder, the registry and the verification hand to one another."""

import datetime
from dataclasses import dataclass
from typing import Literal, NamedTuple

System = Literal["state", "party", "law", "dispatch"]
Verdict = Literal[
    "malformed",
    "wrong_type",
    "wrong_number",
    "wrong_date",
    "wrong_issuer",
    "wrong_title",
    "superseded",
    "inconsistent",
    "incomplete",
    "unknown",
    "ok",
]
# gravest first: of several verdicts on one mention the first of this order is shown, the others stand under `also`
VERDICTS: tuple[Verdict, ...] = Verdict.__args__  # type: ignore[attr-defined]


class Span(NamedTuple):
    """Half-open range of code points, 0-based."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """A số ký hiệu taken apart.

    Attributes:
        number: serial number as written, zeros kept ("02", "66.7").
        year: the year in the symbol of a normative document, else None.
        code: type code ("NQ", "QĐ"); None for laws and công văn.
        organs: codes of the issuing bodies; for a công văn the body and the drafting unit; ("QH15",) for a law.
        system: whose way of writing the organ asks for: state (71/NQ-CP), party (57-NQ/TW), law (20/2023/QH15),
            dispatch (2960/SKHCN-CĐS).
        text: as written, with spaces, dashes and misread letters put right, separators left as they were.
        expected: as the form asks for; differs from `text` where the separators are wrong.
    """

    number: str
    year: int | None
    code: str | None
    organs: tuple[str, ...]
    system: System
    text: str
    expected: str

    @property
    def organ(self) -> str:
        return self.organs[0] if self.organs else ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A place inside a document: điểm a khoản 2 Điều 5.

    Attributes:
        text: in the canonical order, small to large ("điểm a khoản 2 Điều 5").
        start, end: span in the original text of the words that name it (shared by the members of a list).
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LegalReference:
    """One mention of a document. All spans count code points of the text as it was given.

    Attributes:
        text: the mention as written, from its type word to its symbol or to the date right beside it.
        start, end: its span.
        type: the document type it names, normalised ("Kế hoạch hành động" is a "Kế hoạch").
        type_written: the type word as written, white space put right; None where none is written.
        symbol: normalised symbol; the bare number for a short form; None for a law without a number.
        parsed: the symbol taken apart; None for short forms and laws without a number.
        date: the date of the document, None where none is written or the written one does not exist.
        date_text: the date as written.
        issuer, title: as written, white space put right.
        provisions: the places cited with it ("khoản 2 Điều 5").
        short_form: "Nghị quyết 57", "Đề án 06", "Nghị định này".
        resolved: full symbol; of a short form that of its antecedent, None where there is none or several.
        candidates: full symbols that a short form may stand for, where there are several.
        nested: the mention stands inside the title of another document.
        shared: names of fields that it has from its list ("issuer", "date", "type", "title").
        style: remarks on the writing that are no errors, as keys ("missing_so", "spaces", "letters").
    """

    text: str
    start: int
    end: int
    type: str | None
    type_written: str | None = None
    symbol: str | None = None
    parsed: Symbol | None = None
    symbol_span: Span | None = None
    date: datetime.date | None = None
    date_text: str | None = None
    date_span: Span | None = None
    issuer: str | None = None
    issuer_span: Span | None = None
    title: str | None = None
    title_span: Span | None = None
    provisions: tuple[Provision, ...] = ()
    short_form: bool = False
    resolved: str | None = None
    candidates: tuple[str, ...] = ()
    nested: bool = False
    shared: frozenset[str] = frozenset()
    style: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfReference:
    """The report's own number or date, which is no reference.

    Attributes:
        kind: "number" or "date".
        value: the symbol ("15/BC-UBND", "/BC-UBND" while the number is open) or the ISO date, None where incomplete.
    """

    kind: Literal["number", "date"]
    text: str
    start: int
    end: int
    value: str | None
