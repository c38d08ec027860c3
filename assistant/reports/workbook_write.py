"""The workbook an officer fills in: a sheet per part of the report, labels, units, examples, drop-downs, totals."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.output_files import write_whole
from assistant.reports import workbook_layout as layout
from assistant.reports.fields import TYPE_LABELS, Column, Field, record_columns
from assistant.reports.inputs import HEADER, Inputs, field_key, form_fields
from assistant.reports.types import ReportType, Section
from assistant.reports.values import plain_text
from assistant.reports.workbook_style import Style

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_GUIDE_LINES = (
    "Điền số liệu vào các ô màu vàng nhạt (bắt buộc, có dấu *) và màu trắng có viền ở cột «Số liệu kỳ này».",
    "Bỏ trống là chưa có số liệu: bản dự thảo để lại chỗ đánh dấu. Ghi 0 là có theo dõi nhưng không phát sinh.",
    "Số ghi liền hoặc có dấu chấm hàng nghìn đều được; phần trăm ghi 97,5 (không cần dấu %).",
    "Không biết chính xác thì ghi bằng chữ, ví dụ «trên 150»: báo cáo in nguyên văn, không đưa vào phép tính.",
    "Danh sách: mỗi ý một dòng. Bảng: mỗi bản ghi một dòng, thiếu dòng thì chèn thêm ở giữa bảng.",
    "Ô màu xám là tổng tự cộng, được bảo vệ. Ô tỷ lệ để trống thì chương trình tự tính từ tử số và mẫu số.",
    "Cột «Kỳ trước» chỉ để so sánh, không phải điền.",
)

_DOCUMENT_EXAMPLE = "Ví dụ: Quyết định | 23/QĐ-UBND | 12/07/2025 | Ủy ban nhân dân xã Mẫu | kiện toàn Ban Chỉ đạo"


def write_workbook(
    report_type: ReportType, path: Path, *, inputs: Inputs | None = None, previous: Inputs | None = None
) -> None:
    """Write the workbook, blank or with `inputs` in it, with the figures of `previous` beside.

    Raises:
        InputError: the file cannot be written.
    """
    book = build_workbook(report_type, inputs=inputs, previous=previous)
    buffer = io.BytesIO()
    book.save(buffer)
    write_whole(path, buffer.getvalue())


def build_workbook(
    report_type: ReportType, *, inputs: Inputs | None = None, previous: Inputs | None = None
) -> "Workbook":
    """The workbook in memory, see `write_workbook`."""
    from openpyxl import Workbook

    book = Workbook()
    guide = book.active or book.create_sheet()
    guide.title = layout.GUIDE
    writer = _Writer(report_type, book, inputs, previous)
    writer.guide(guide)
    writer.header(book.create_sheet(layout.HEADER_SHEET))
    for sheet in layout.sheets(report_type):
        writer.part(book.create_sheet(sheet.title), sheet.sections)
    writer.finish()
    return book


class _Writer:
    """Fills the sheets of one workbook, row by row."""

    def __init__(
        self, report_type: ReportType, book: "Workbook", inputs: Inputs | None, previous: Inputs | None
    ) -> None:
        self.report_type = report_type
        self.book = book
        self.inputs = inputs
        self.previous = previous
        self.style = Style(book)
        self.row = 1
        self.cells: dict[tuple[str, str], str] = {}

    def guide(self, sheet: "Worksheet") -> None:
        """The first sheet: what the form is for and how to fill it in."""
        lines = (self.report_type.name, "", *_GUIDE_LINES)
        for row, line in enumerate(lines, start=1):
            self.style.guide_line(sheet.cell(row, 1, line), title=row == 1)
        sheet.column_dimensions["A"].width = 110

    def header(self, sheet: "Worksheet") -> None:
        """Fields of the report as a whole."""
        self._start(sheet)
        for field in self.report_type.header:
            self._field(sheet, None, field)
        self.style.finish_sheet(sheet)

    def part(self, sheet: "Worksheet", sections: Sequence[Section]) -> None:
        """The sections of one sheet, each a block."""
        self._start(sheet)
        for section in sections:
            self.style.heading(sheet, self.row, layout.heading(self.report_type, section))
            self.row += 1
            self._place(section)
            for field in form_fields(self.report_type, section, self.inputs):
                self._field(sheet, section, field)
            self.row += 1
        self.style.finish_sheet(sheet)

    def _place(self, section: Section) -> None:
        """Note where each field of a block will stand, so that a total may add up fields below it."""
        row = self.row
        for field in form_fields(self.report_type, section, self.inputs):
            self.cells[section.id, field.name] = f"{_letter(layout.VALUE)}{row}"
            row += self._height(section, field)

    def finish(self) -> None:
        """Hidden sheets: what the reader must know, and the drop-down lists."""
        meta = self.book.create_sheet(layout.META)
        meta.append(["report_type", self.report_type.id])
        meta.sheet_state = "veryHidden"
        self.style.write_choices(layout.CHOICES)

    def _start(self, sheet: "Worksheet") -> None:
        for column, title in enumerate(layout.COLUMNS, start=1):
            self.style.column_head(sheet.cell(1, column, title))
        self.row = 2
        self.cells = {}

    def _field(self, sheet: "Worksheet", section: Section | None, field: Field) -> None:
        value = self._value(self.inputs, section, field.name)
        before = self._value(self.previous, section, field.name)
        if record_columns(field):
            self._table(sheet, section, field, value, before)
        elif field.type == "list":
            self._list(sheet, section, field, value, before)
        else:
            self._single(sheet, section, field, value, before)

    @staticmethod
    def _value(inputs: Inputs | None, section: Section | None, name: str) -> Any:
        if inputs is None:
            return None
        return inputs.header.get(name) if section is None else inputs.own(section.id, name)

    def _key(self, kind: str, section: Section | None, field: Field) -> str:
        return layout.written_key(f"{kind}:{field_key(section.id if section else HEADER, field.name)}")

    def _label_row(self, sheet: "Worksheet", field: Field, before: Any, row: int) -> None:
        mark = " (*)" if field.required else ""
        self.style.label(sheet.cell(row, layout.LABEL, field.label + mark), required=field.required)
        self.style.note(sheet.cell(row, layout.UNIT, field.unit_label or ""))
        example = "; ".join(field.example) if isinstance(field.example, list) else field.example
        self.style.example(sheet.cell(row, layout.EXAMPLE, _cell(example)), field)
        self.style.previous(sheet.cell(row, layout.PREVIOUS, _cell(before)), field)
        self.style.note(sheet.cell(row, layout.HELP, field.help or ""))

    def _single(self, sheet: "Worksheet", section: Section | None, field: Field, value: Any, before: Any) -> None:
        self._label_row(sheet, field, before, self.row)
        cell = sheet.cell(self.row, layout.VALUE)
        kind = "V"
        formula = self._total(section, field, value)
        if formula is not None:
            kind = "S"
            cell.value = formula
            self.style.total(cell, field)
        else:
            cell.value = _cell(value)
            self.style.entry(sheet, cell, field, required=field.required)
        sheet.cell(self.row, layout.KEY, self._key(kind, section, field))
        if section is not None and layout.computed_by(section, field) is not None and not field.help:
            self.style.note(sheet.cell(self.row, layout.HELP, "Để trống thì chương trình tự tính."))
        self.row += 1

    def _total(self, section: Section | None, field: Field, value: Any) -> str | None:
        """The formula of a protected total; None for a field to be filled in, or where the figures given disagree."""
        if section is None:
            return None
        parts = layout.total_parts(section, field.name)
        if not parts:
            return None
        if value is not None:
            given = [self._value(self.inputs, section, part) for part in parts]
            if not all(isinstance(v, int | Decimal) and not isinstance(v, bool) for v in given) or sum(given) != value:
                return None
        cells = [self.cells[section.id, part] for part in parts]
        blank = ",".join(f'{cell}=""' for cell in cells)
        return f'=IF(AND({blank}),"",{"+".join(f"N({cell})" for cell in cells)})'

    def _height(self, section: Section, field: Field) -> int:
        value = self._value(self.inputs, section, field.name)
        if record_columns(field):
            return 2 + _rows(field, value, self._value(self.previous, section, field.name)) + 1
        return _list_rows(value) if field.type == "list" else 1

    def _list(self, sheet: "Worksheet", section: Section | None, field: Field, value: Any, before: Any) -> None:
        items = value if isinstance(value, list) else []
        count = _list_rows(value)
        past = [plain_text(item) for item in before] if isinstance(before, list) else []
        past[count - 1 :] = ["\n".join(past[count - 1 :])] if past[count - 1 :] else []
        for position in range(count):
            if position == 0:
                self._label_row(sheet, field, None, self.row)
            if position < len(past):
                self.style.previous(sheet.cell(self.row, layout.PREVIOUS, past[position]), field)
            sheet.cell(self.row, layout.KEY, self._key("L", section, field))
            cell = sheet.cell(self.row, layout.VALUE, items[position] if position < len(items) else None)
            self.style.entry(sheet, cell, field, required=field.required)
            self.row += 1

    def _table(self, sheet: "Worksheet", section: Section | None, field: Field, value: Any, before: Any) -> None:
        # rows number themselves: a column for it would only be filled in wrongly
        known = (column for column in record_columns(field) if column.name != "stt")
        columns = [column for column in known if not column.extra or _used(value, column)]
        rows = _records(value)
        mark = " (*)" if field.required else ""
        self.style.label(sheet.cell(self.row, layout.LABEL, field.label + mark), required=field.required)
        self.style.note(sheet.cell(self.row, layout.VALUE, TYPE_LABELS[field.type]))
        if field.type in ("doc", "doc_list"):
            self.style.note(sheet.cell(self.row, layout.EXAMPLE, _DOCUMENT_EXAMPLE))
        keys = ",".join(column.name for column in columns)
        sheet.cell(self.row + 1, layout.KEY, f"{self._key('T', section, field)}|{keys}")
        for offset, column in enumerate(columns):
            unit = f" ({column.unit})" if column.unit and column.type != "percent" else ""
            head = sheet.cell(self.row + 1, layout.TABLE_START + offset, column.label + unit)
            self.style.table_head(head)
        count = _rows(field, value, before)
        for position in range(count):
            record = rows[position] if position < len(rows) else {}
            for offset, column in enumerate(columns):
                cell = sheet.cell(self.row + 2 + position, layout.TABLE_START + offset)
                cell.value = _cell(record.get(column.name))
                self.style.entry(sheet, cell, column, required=False)
        self._table_before(sheet, columns, rows, _records(before))
        self.row += 2 + count
        sheet.cell(self.row, layout.KEY, "E:")
        self.row += 1

    def _table_before(
        self, sheet: "Worksheet", columns: Sequence[Column], rows: Sequence[Mapping[str, Any]],
        before: Sequence[Mapping[str, Any]],
    ) -> None:  # fmt: skip
        """The table of the last period to the right of this one's, each record beside the one of the same name."""
        shown = [column for column in columns if any(record.get(column.name) is not None for record in before)]
        start = max(layout.TABLE_START + len(columns), layout.HELP + 1) + 1
        for offset, column in enumerate(shown):
            head = sheet.cell(self.row + 1, start + offset, f"Kỳ trước: {column.label}")
            self.style.table_head(head)
            self.style.widen(sheet, start + offset)
        for position, record in enumerate(_beside(rows, before, columns)):
            for offset, column in enumerate(shown):
                cell = sheet.cell(self.row + 2 + position, start + offset, _cell(record.get(column.name)))
                self.style.previous(cell, column)


def _used(value: Any, column: Column) -> bool:
    return isinstance(value, list) and any(
        isinstance(row, Mapping) and row.get(column.name) is not None for row in value
    )


def _records(value: Any) -> Sequence[Mapping[str, Any]]:
    found = value if isinstance(value, list) else [value]
    return [record for record in found if isinstance(record, Mapping)]


def _beside(
    rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]], columns: Sequence[Column]
) -> Sequence[Mapping[str, Any]]:
    """The records of the last period in the order of this one's by their text columns, the others after them."""
    names = [column.name for column in columns if column.type == "text"][:1]
    left = list(before)
    placed: list[Mapping[str, Any]] = []
    for row in rows:
        same = [record for record in left if names and record.get(names[0]) == row.get(names[0])]
        placed.append(same[0] if same else {})
        left = [record for record in left if not same or record is not same[0]]
    return [*placed, *left]


def _rows(field: Field, value: Any, before: Any) -> int:
    if field.type == "doc":
        return 1
    now, then = len(_records(value)), len(_records(before))
    # none of last period's records may be pushed below the table, not even where no name is the same
    return max(layout.TABLE_ROWS, now + 3, now + then if now and then else then)


def _list_rows(value: Any) -> int:
    return max(layout.LIST_ROWS, len(value) + 2) if isinstance(value, list) else layout.LIST_ROWS


def _cell(value: Any) -> Any:
    """A value as Excel keeps it; text that looks like a formula stays text."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if value is None or isinstance(value, int | float | date):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return plain_text(value)


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)
