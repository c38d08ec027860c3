"""What a statement rests on. Evidence is a value that travels with the statement, not a footnote."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class InputFigure:
    """A value that the officer gave, or one derived from such values by a stated rule.

    Attributes:
        field: field name as in `knowledge/topics`.
        value: the value given, or derived.
        section: section id under which it was given; None for the header of the report.
        rule: for a derived value, how it was computed, in Vietnamese ("1.794/1.941 × 100").
        operands: for a derived value, the names of the fields it was computed from.
    """

    field: str
    value: Any
    section: str | None = None
    rule: str | None = None
    operands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageQuote:
    """A verbatim span of a passage of the library.

    Attributes:
        document_id: id in the catalogue.
        location: heading path, parts joined by " > ".
        quote: the words as they stand in the passage.
        passage_id: id of the passage; None where the quote was taken from a document directly.
        page: 1-based page, where the source has pages.
        start, end: code point offsets of the quote in the passage's text.
    """

    document_id: str
    location: str
    quote: str
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class RegistryFact:
    """A fact of the registry of documents.

    Attributes:
        symbol: số ký hiệu, normalised.
        provision: "Điều 5 khoản 2", where the fact stands in one.
        field: which field of the entry bears the statement out ("date", "issuer", "title", "targets" …).
        value: the value of that field as text.
    """

    symbol: str
    provision: str | None = None
    field: str | None = None
    value: str | None = None


Evidence = InputFigure | PassageQuote | RegistryFact


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """The form that the command line and the page exchange."""
    match evidence:
        case InputFigure():
            data: dict[str, Any] = {"kind": "input", "field": evidence.field, "value": evidence.value}
            if evidence.section is not None:
                data["section"] = evidence.section
            if evidence.rule is not None:
                data["rule"] = evidence.rule
                data["operands"] = list(evidence.operands)
            return data
        case PassageQuote():
            return {
                "kind": "passage",
                "document_id": evidence.document_id,
                "location": evidence.location,
                "quote": evidence.quote,
                "page": evidence.page,
            }
        case RegistryFact():
            return {
                "kind": "registry",
                "symbol": evidence.symbol,
                "provision": evidence.provision,
                "field": evidence.field,
                "value": evidence.value,
            }
