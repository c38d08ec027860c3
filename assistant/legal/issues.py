"""What may be wrong with one mention, and the means the checks share."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

from assistant.legal.documents import RegistryDocument
from assistant.legal.models import LegalReference, Verdict
from assistant.legal.registry import Registry, Resolution

Severity = Literal["error", "warning", "info"]
SEVERITY: dict[Verdict, Severity] = {
    "malformed": "error",
    "wrong_type": "error",
    "wrong_number": "error",
    "wrong_date": "error",
    "wrong_issuer": "error",
    "wrong_title": "warning",
    "superseded": "warning",
    "inconsistent": "warning",
    "incomplete": "info",
    "unknown": "info",
    "ok": "info",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs.

    Attributes:
        field: "symbol", "type", "date", "issuer", "title" or "status".
        written: as the text has it.
        right: as it should be.
        source: where that is known from: an address, a rule of form, or the symbol of the document that says so.
    """

    field: str
    written: str | None
    right: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One verdict with its message and, where it is known, the right value."""

    verdict: Verdict
    message: str
    difference: Difference | None = None
    document: RegistryDocument | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One mention before the checks.

    Attributes:
        on: the day of the report.
        dated: `on` is the report's own day and not only today.
        cited: symbols that the text cites anywhere, as keys.
        first: the first full mention of its document.
        province: province of the reporting unit, folded name, where it is known.
        before, after: the words of the sentence right before and after the mention, in lower case.
    """

    reference: LegalReference
    resolution: Resolution
    registry: Registry
    on: datetime.date
    dated: bool
    cited: frozenset[str]
    first: bool
    province: str | None = None
    before: str = ""
    after: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def document(self) -> RegistryDocument | None:
        return self.resolution.document


def source_of(document: RegistryDocument) -> str | None:
    """An address that confirms the entry, if it has one."""
    return document.sources[0] if document.sources else document.source_document
