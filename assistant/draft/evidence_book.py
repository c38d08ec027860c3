"""The evidence of a draft as a workbook: one line per figure, for the leader to tick off before signing."""

import io
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assistant.docx.letters import clean
from assistant.draft.model import Draft, DraftTable, Paragraph
from assistant.draft.sources import Names, field_labels, heading_line, shown_value
from assistant.evidence import Evidence, InputFigure, PassageQuote, RegistryFact
from assistant.output_files import write_whole

_COLUMNS = (
    ("TT", 6),
    ("Mục", 30),
    ("Nội dung trong báo cáo", 70),
    ("Số liệu, văn bản", 28),
    ("Chỉ tiêu số liệu", 30),
    ("Trường số liệu", 24),
    ("Giá trị đã nhập", 34),
    ("Cách tính", 34),
    ("Nguồn", 34),
    ("Đã đối chiếu", 14),
)
_WIDEST = 32_000


def write_evidence(draft: Draft, path: Path) -> None:
    """Write the workbook to `path`, wholly or not at all."""
    write_whole(path, evidence_bytes(draft))


def evidence_bytes(draft: Draft) -> bytes:
    """The workbook as bytes: evidence, gaps, problems, each on a sheet of its own."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Bằng chứng"
    _head(sheet, _COLUMNS)
    for number, row in enumerate(_rows(draft), start=1):
        sheet.append([number, *(_safe(value) for value in (*row, "☐"))])
    ticks = DataValidation(type="list", formula1='"☐,☑"', allow_blank=True)
    sheet.add_data_validation(ticks)
    ticks.add(f"J2:J{max(sheet.max_row, 2)}")
    _settle(sheet)
    _gaps(book.create_sheet("Còn thiếu"), draft)
    _problems(book.create_sheet("Cần xem lại"), draft)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(draft: Draft) -> Iterator[tuple[str, ...]]:
    names = Names.of(draft)
    for paragraph in draft.opening:
        yield from _paragraph_rows("Mở đầu", paragraph, names)
    for section in draft.sections:
        name = heading_line(section)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from _paragraph_rows(name, block, names)
            else:
                yield from _table_rows(name, block, names)
    for paragraph in draft.closing:
        yield from _paragraph_rows("Kết thúc", paragraph, names)


def _paragraph_rows(section: str, paragraph: Paragraph, names: Names) -> Iterator[tuple[str, ...]]:
    told: set[tuple[str, str]] = set()
    for span in sorted(paragraph.spans, key=lambda item: item.start):
        for item in span.mark.evidence:
            words = paragraph.text[span.start : span.end]
            if (key := (words, repr(item))) not in told:
                told.add(key)
                yield _row(section, paragraph.text, words, item, names)


def _table_rows(section: str, table: DraftTable, names: Names) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        line = " | ".join(cell.text for cell in row if cell.text)
        for cell in row:
            for item in cell.evidence:
                yield _row(section, f"{table.caption}: {line}", cell.text, item, names)


def _row(section: str, statement: str, words: str, item: Evidence, names: Names) -> tuple[str, ...]:
    called = name = value = rule = ""
    match item:
        case InputFigure():
            called = field_labels().get(item.field, "")
            name, value, rule = item.field, shown_value(item.value), item.rule or ""
        case RegistryFact():
            name, value = item.field or "", item.value or ""
        case PassageQuote():
            value = item.quote
    return section, statement, words, called, name, value, rule, names.source(item)


def _gaps(sheet: Worksheet, draft: Draft) -> None:
    _head(sheet, (("TT", 6), ("Mục", 40), ("Trường số liệu còn thiếu", 50)))
    gaps = [("Thông tin chung", name) for name in draft.header_missing]
    gaps += [(heading_line(section), name) for section in draft.sections for name in section.missing]
    for number, (place, name) in enumerate(gaps, start=1):
        sheet.append([number, _safe(place), _safe(name)])
    _settle(sheet)


def _problems(sheet: Worksheet, draft: Draft) -> None:
    _head(sheet, (("TT", 6), ("Mức độ", 14), ("Trường số liệu", 36), ("Nội dung", 100)))
    levels = {"error": "Sai", "warning": "Cần xem", "info": "Lưu ý"}
    for number, problem in enumerate(draft.problems, start=1):
        sheet.append([number, levels[problem.severity], _safe(problem.field), _safe(problem.message)])
    _settle(sheet)


def _head(sheet: Worksheet, columns: tuple[tuple[str, int], ...]) -> None:
    sheet.append([label for label, _ in columns])
    for index, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        cell = sheet.cell(1, index)
        cell.font = Font(name="Times New Roman", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="8C1D18")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.freeze_panes = "A2"


def _settle(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.font = Font(name="Times New Roman", size=11)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.auto_filter.ref = sheet.dimensions


def _safe(value: str) -> str:
    """Text that a spreadsheet shows as text: nothing of the inputs becomes a formula."""
    text = clean(value)[:_WIDEST]
    return f"'{text}" if text[:1] in "=+-@" and len(text) > 1 and not text[1:2].isspace() else text
