"""Looks of the inputs workbook: colours, number formats, drop-downs, protection."""

from typing import TYPE_CHECKING, Any, TypeAlias

from assistant.reports import workbook_layout as layout
from assistant.reports.fields import Column, Field

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

# a Cell or MergedCell, which the stubs of openpyxl do not join
ExcelCell: TypeAlias = Any

_FORMATS = {"int": "#,##0", "money": "#,##0", "float": "0.##", "percent": "0.##", "date": "dd/mm/yyyy"}
_WIDTHS = (2, 46, 30, 14, 34, 22, 40, 24, 24, 24, 24, 24, 24)
# height of a line of the font of the form, and how many letters of it a unit of width takes
_LINE_PT, _LETTERS = 15.75, 1.15
_RED, _GREY, _BLUE = "8C1D18", "6B6B6B", "1F3864"


class Style:
    """Formats cells of one workbook and keeps its drop-down lists."""

    def __init__(self, book: "Workbook") -> None:
        from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

        self.book = book
        self.choices: dict[tuple[str, ...], str] = {}
        self.validations: dict[tuple[str, str], DataValidation] = {}
        side = Side(style="thin", color="BFBFBF")
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.wrap = Alignment(wrap_text=True, vertical="top")
        self.flat = Alignment(vertical="top")
        self.fills = {
            name: PatternFill("solid", start_color=color)
            for name, color in (("required", "FFF6D6"), ("head", "F2E9E8"), ("total", "E3E3E3"), ("title", "EFEFEF"))
        }
        self.unlocked = Protection(locked=False)

    def _font(self, cell: ExcelCell, **options: Any) -> None:
        from openpyxl.styles import Font

        cell.font = Font(name="Times New Roman", **{"size": 12, **options})
        cell.alignment = self.wrap

    def guide_line(self, cell: ExcelCell, *, title: bool) -> None:
        self._font(cell, bold=title, size=14 if title else 12)

    def column_head(self, cell: ExcelCell) -> None:
        self._font(cell, bold=True)
        cell.fill = self.fills["title"]

    def heading(self, sheet: "Worksheet", row: int, text: str) -> None:
        """The heading of a section's block, over all columns."""
        cell = sheet.cell(row, layout.LABEL, text)
        self._font(cell, bold=True, color=_RED)
        # it runs on over the empty cells beside it
        cell.alignment = self.flat
        for column in range(layout.LABEL, layout.HELP + 1):
            sheet.cell(row, column).fill = self.fills["head"]

    def label(self, cell: ExcelCell, *, required: bool) -> None:
        self._font(cell, bold=required)

    def note(self, cell: ExcelCell) -> None:
        self._font(cell, size=11, color=_GREY)

    def example(self, cell: ExcelCell, field: Field) -> None:
        self._font(cell, size=11, italic=True, color=_GREY)
        cell.number_format = _FORMATS.get(field.type, "General")
        self._left(cell)

    def widen(self, sheet: "Worksheet", column: int) -> None:
        """A column beyond those of `_WIDTHS`, as wide as a figure or a short text needs."""
        from openpyxl.utils import get_column_letter

        sheet.column_dimensions[get_column_letter(column)].width = 18

    def previous(self, cell: ExcelCell, field: Field | Column) -> None:
        self._font(cell, size=11, color=_BLUE)
        cell.number_format = _FORMATS.get(field.type, "General")
        self._left(cell)

    def _left(self, cell: ExcelCell) -> None:
        from openpyxl.styles import Alignment

        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")

    def table_head(self, cell: ExcelCell) -> None:
        """Head of a table's column."""
        self._font(cell, bold=True, size=11)
        cell.fill = self.fills["title"]
        cell.border = self.border

    def total(self, cell: ExcelCell, field: Field) -> None:
        """A protected total."""
        self._font(cell, bold=True)
        cell.fill = self.fills["total"]
        cell.border = self.border
        cell.number_format = _FORMATS.get(field.type, "General")

    def entry(self, sheet: "Worksheet", cell: ExcelCell, spec: Field | Column, *, required: bool) -> None:
        """A cell to fill in: unlocked, formatted, with its validation."""
        self._font(cell)
        cell.protection = self.unlocked
        cell.border = self.border
        if required:
            cell.fill = self.fills["required"]
        # text stays text: "07", "1/2" and "=x" are not turned into something else
        default = "@" if spec.type in ("text", "list", "choice", "bool") else "General"
        cell.number_format = _FORMATS.get(spec.type, default)
        if isinstance(cell.value, str):
            cell.data_type = "s"
        validation = self._validation(sheet, spec)
        if validation is not None:
            validation.add(cell)

    def _validation(self, sheet: "Worksheet", spec: Field | Column) -> "DataValidation | None":
        choices = ("có", "không") if spec.type == "bool" else spec.choices
        kind = "|".join(choices) if choices else f"{spec.type}:{getattr(spec, 'max', None)}"
        key = (sheet.title, kind)
        if key not in self.validations:
            validation = self._new_validation(spec, tuple(choices))
            if validation is None:
                return None
            sheet.add_data_validation(validation)
            self.validations[key] = validation
        return self.validations[key]

    def _new_validation(self, spec: Field | Column, choices: tuple[str, ...]) -> "DataValidation | None":
        from openpyxl.worksheet.datavalidation import DataValidation

        if choices:
            options = DataValidation(type="list", formula1=self._choice_range(choices), allow_blank=True)
            options.error, options.prompt = "Hãy chọn trong danh sách.", "Chọn trong danh sách"
        elif spec.type in ("int", "money"):
            options = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
            options.error = "Ô này cần số nguyên không âm. Vẫn giữ nếu chỉ biết bằng chữ, ví dụ «trên 150»."
        elif spec.type in ("percent", "float"):
            limit = getattr(spec, "max", None) or (100 if spec.type == "percent" else 10**12)
            options = DataValidation(type="decimal", operator="between", formula1="0", formula2=f"{limit:g}")
            options.error = f"Ô này cần số từ 0 đến {limit:g}. Vẫn giữ nếu chỉ biết bằng chữ."
            options.allow_blank = True
        elif spec.type == "date":
            options = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
            options.error = "Ô này cần một ngày, ví dụ 15/12/2025."
        else:
            return None
        # a warning may be overridden: some figures are only known in words
        options.errorStyle = "warning"
        options.errorTitle = "Kiểm tra lại"
        return options

    def _choice_range(self, choices: tuple[str, ...]) -> str:
        column = self.choices.setdefault(choices, chr(ord("A") + len(self.choices)))
        return f"'{layout.CHOICES}'!${column}$1:${column}${len(choices)}"

    def write_choices(self, title: str) -> None:
        """The hidden sheet that the drop-downs point to."""
        sheet = self.book.create_sheet(title)
        for choices, column in self.choices.items():
            for row, choice in enumerate(choices, start=1):
                sheet[f"{column}{row}"] = choice
        sheet.sheet_state = "hidden"

    def finish_sheet(self, sheet: "Worksheet") -> None:
        """Widths, frozen head, protection that lets rows be inserted and cells formatted, printing."""
        from openpyxl.worksheet.properties import PageSetupProperties

        for column, width in enumerate(_WIDTHS, start=1):
            sheet.column_dimensions[chr(ord("A") + column - 1)].width = width
        sheet.column_dimensions["A"].hidden = True
        for number, row in enumerate(sheet.iter_rows(min_row=2), start=2):
            lines = max(_lines(cell, sheet) for cell in row)
            if lines > 1:
                sheet.row_dimensions[number].height = lines * _LINE_PT
        sheet.freeze_panes = "C2"
        protection = sheet.protection
        protection.sheet = True
        protection.insertRows = protection.formatCells = protection.formatColumns = protection.formatRows = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(cell: ExcelCell, sheet: "Worksheet") -> int:
    """How many lines a wrapped cell takes: neither Excel nor Calc measures it before the cell is edited."""
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text or cell.value.startswith("="):
        return 1
    if cell.column == layout.KEY:
        return 1
    room = (sheet.column_dimensions[cell.column_letter].width or 8) * _LETTERS
    return sum(max(1, -(-len(line) // int(room))) for line in cell.value.split("\n"))
