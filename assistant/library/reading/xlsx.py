"""Excel workbooks: every visible sheet as a table, the values as they are shown."""

import datetime
import io
import warnings
from decimal import Decimal
from typing import Any

from assistant.library.models import FileFormat, SourceDocument
from assistant.library.reading.builder import CellText, TextBuilder
from assistant.library.reading.package import OfficePackage, parse_xml

_MAX_ROWS = 50_000
_MAX_COLUMNS = 256
_BLANK_ROWS = 200


def read(data: bytes, name: str, file_format: FileFormat, progress: object = None) -> SourceDocument:
    """Read a workbook; formulas by the values stored with them."""
    package = OfficePackage(data, name)
    for part in package.names:
        if part.endswith((".xml", ".rels")) and b"<!" in (content := package.read(part)):
            parse_xml(content, name)
    builder = TextBuilder()
    notices: list[str] = []
    hidden: list[str] = []
    for table, sheet in enumerate(_sheets(data)):
        if sheet.sheet_state != "visible":
            hidden.append(str(sheet.title))
            continue
        builder.line(str(sheet.title), "heading", style="sheet", level=1)
        if _rows(sheet, builder, table):
            notices.append(f"Trang tính «{sheet.title}» quá dài, chỉ đọc {_MAX_ROWS} dòng đầu.")
    if hidden:
        notices.append(f"Có {len(hidden)} trang tính ẩn, đã bỏ ra ngoài.")
    has_rows = any(block.kind == "row" for block in builder.blocks)
    text = builder.text if has_rows else ""
    return SourceDocument(name, file_format, text, tuple(builder.blocks), (), tuple(hidden), tuple(notices))


def _sheets(data: bytes) -> list[Any]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of parts it does not know (data validation extensions); they hold no text
        warnings.simplefilter("ignore")
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    return list(workbook.worksheets)


def _rows(sheet: Any, builder: TextBuilder, table: int) -> bool:
    """Write the rows that hold something; True where the sheet was cut."""
    blank = 0
    for index, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS)):
        if index >= _MAX_ROWS:
            return True
        values = [_shown(cell) for cell in row]
        while values and not values[-1]:
            values.pop()
        if not values:
            blank += 1
            if blank > _BLANK_ROWS:
                return False
            continue
        blank = 0
        cells = [CellText([(value, None)] if value else [], column) for column, value in enumerate(values)]
        builder.row(cells, table, index, style=str(sheet.title))
    return False


def _shown(cell: Any) -> str:
    """The value as Vietnamese Excel shows it: comma for the decimals, no thousands separators, dd/mm/yyyy."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float):
        percent = "%" in str(getattr(cell, "number_format", "") or "")
        number = Decimal(str(value)) * 100 if percent else Decimal(str(value))
        rounded = number.quantize(Decimal("0.01")) if number != number.to_integral() else number
        plain = format(rounded.normalize() if rounded else Decimal(0), "f").replace(".", ",")
        return f"{plain}%" if percent else plain
    return " ".join(str(value).split())
