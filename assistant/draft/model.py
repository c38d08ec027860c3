"""The draft: one model from which Word, the preview, the evidence workbook and the JSON are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.draft.marks import MarkedSpan
from assistant.evidence import Evidence

ParagraphKind = Literal["body", "bullet", "sub_bullet", "lead"]
Align = Literal["left", "center", "right"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the report.

    Attributes:
        key: stable name within the draft ("q_dvctt#dossiers.rec_total"): hand edits are kept under it.
        text: what it says, NFC, without marks.
        kind: body text, bullet ("- "), bullet below a bullet ("+ "), or lead-in ending with a colon.
        spans: figures, missing places and conflicts in `text`, by code points.
        evidence: everything that bears the paragraph out, each once, in order of appearance.
        edited: whether the officer rewrote it.
    """

    key: str
    text: str
    kind: ParagraphKind = "body"
    spans: tuple[MarkedSpan, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, what bears it out, whether it is a visible gap or names a group."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    highlighted: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, alignment of its cells."""

    label: str
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table of the report.

    Attributes:
        caption: its title, without number.
        unit_note: "Đơn vị tính: đồng" above the table, or "".
        has_total: whether the last row is the total.
        field: "section.field" whose records it shows; None for a table made of several fields.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit_note: str = ""
    has_total: bool = False
    field: str | None = None


Block = Paragraph | DraftTable


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A heading with what stands directly under it.

    Attributes:
        id: section id of the report type.
        number: generated number as printed ("II", "3.6", "a", "Phần I", "Phụ lục II"); "" for none.
        heading: heading text; "" where the section prints none.
        level: depth of the heading, 1 for the outermost.
        blocks: paragraphs and tables in order.
        missing: "section.field" of every required value that was not given.
        appendix: whether it stands after the signature.
        landscape: whether its page lies across.
        style: how the number is written: "part", "upper_alpha", "roman", "arabic", "nested", "lower_alpha", "none".
    """

    id: str
    number: str
    heading: str
    level: int
    blocks: tuple[Block, ...] = ()
    missing: tuple[str, ...] = ()
    appendix: bool = False
    landscape: bool = False
    style: str = "none"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[DraftTable, ...]:
        return tuple(block for block in self.blocks if isinstance(block, DraftTable))

    def rows(self) -> Iterator[tuple[str, DraftTable, tuple[Cell, ...]]]:
        """Each row of its tables with a key of its own, as paragraphs have."""
        for place, table in enumerate(self.tables, start=1):
            for number, row in enumerate(table.rows, start=1):
                yield f"{self.id}#bang_{place}.{number}", table, row


@dataclass(frozen=True, slots=True)
class DraftHeader:
    """What stands above the body and after it, apart from the opening and closing paragraphs.

    Attributes:
        superior, agency: lines of the letterhead, in capitals.
        number: "Số:      /BC-UBND".
        place_date: "Tân Đoàn, ngày      tháng 10 năm 2025".
        kind: "BÁO CÁO".
        subject: the subject (trích yếu).
        addressees, recipients: names without dashes and end marks.
        authority: lines above the signature, in capitals.
        signer: name of the signer; "" where it was not given.
        attached_to: the line "(Kèm theo Báo cáo số …)" of the annexes.
        evidence: the header values these lines were made from.
    """

    superior: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    place_date: str
    kind: str
    subject: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    signer: str
    attached_to: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """Something the officer must decide. `field` is "section.field", or the name of a header field."""

    severity: Severity
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class DraftUnsupported:
    """Words that the evidence of their paragraph does not bear out (there are none unless the officer edited)."""

    key: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted report, or one section of it (then `whole` is False).

    Attributes:
        header_missing: "header.field" of the required particulars of the whole report that were not given.
    """

    report_type: str
    title: str
    header: DraftHeader
    opening: tuple[Paragraph, ...]
    sections: tuple[DraftSection, ...]
    closing: tuple[Paragraph, ...]
    problems: tuple[DraftProblem, ...] = ()
    header_missing: tuple[str, ...] = ()
    unsupported: tuple[DraftUnsupported, ...] = ()
    whole: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything required that was not given, as "section.field"."""
        return (*self.header_missing, *(name for section in self.sections for name in section.missing))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order."""
        yield from self.opening
        for section in self.sections:
            if not section.appendix:
                yield from section.paragraphs
        yield from self.closing
        for section in self.sections:
            if section.appendix:
                yield from section.paragraphs
