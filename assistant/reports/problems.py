"""A problem of the inputs: something the officer should look at before signing."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold or was not understood.

    Attributes:
        severity: "error": wrong for certain; "warning": likely; "info": worth a look.
        field: "section.field" ("header.field" for the header; a bare name where it belongs to no section).
        message: one Vietnamese sentence; with a workbook it names the sheet and cell.
        section, fields: where, and every field concerned.
        rule: the arithmetic behind it ("1.794/1.941 = 92,43%"), where there is one.
        kind: "relation", "unknown_field", "value", "date", "range", "structure".
    """

    severity: Severity
    field: str
    message: str
    section: str | None = None
    fields: tuple[str, ...] = ()
    rule: str | None = None
    kind: str = "relation"
