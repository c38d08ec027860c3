"""Tables: a full grid, widths that Word keeps, a header row that repeats, rows that stay whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.docx.styles import set_style
from assistant.docx.text import Piece, add_pieces

Align = Literal["left", "center", "right"]
_CELL_STYLES: dict[Align, str] = {"left": "Ô chữ", "center": "Ô giữa", "right": "Ô số"}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, how its cells are aligned (figures to the right), its width in millimetres."""

    label: str
    align: Align
    width_mm: float


def column_widths(weights: Sequence[float], total_mm: float) -> list[float]:
    """Share `total_mm` out in proportion to `weights`, rounded to a tenth of a millimetre."""
    whole = sum(weights) or 1.0
    return [round(total_mm * weight / whole, 1) for weight in weights]


def grid(document: Any, rows: int, widths_mm: Sequence[float], *, borders: bool) -> Any:
    """A table of fixed widths with its `tblGrid`; `borders` draws every line, otherwise none is drawn."""
    table = document.add_table(rows=rows, cols=len(widths_mm))
    table.style = "Table Grid" if borders else "Normal Table"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths_mm, strict=True):
        column.set(qn("w:w"), str(Mm(width).twips))
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
        keep_whole(row)
    return table


def data_table(document: Any, columns: Sequence[TableColumn], rows: Sequence[Sequence[Sequence[Piece]]],
               *, bold_last: bool = False, small: bool = False) -> Any:  # fmt: skip
    """A table of figures.

    Args:
        rows: each a list of cells, each cell a list of pieces.
        bold_last: whether the last row is the total.
        small: whether the letters are those of crowded tables.
    """
    size = " nhỏ" if small else ""
    table = grid(document, len(rows) + 1, [column.width_mm for column in columns], borders=True)
    header = table.rows[0]
    _repeat(header)
    for cell, column in zip(header.cells, columns, strict=True):
        _fill(cell, [Piece(column.label)], f"Đầu bảng{size}")
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    last = len(rows) - 1
    for index, cells in enumerate(rows):
        target = table.rows[index + 1].cells
        for cell, pieces, column in zip(target, cells, columns, strict=True):
            runs = _fill(cell, pieces, _CELL_STYLES[column.align] + size)
            if any(piece.bold for piece in cells[0]) or (bold_last and index == last - 1):
                # the line of a group stays with its first row, the totals with the last one
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            if bold_last and index == last:
                for run in runs:
                    run.bold = True
    return table


def _fill(cell: Any, pieces: Sequence[Piece], style: str) -> list[Any]:
    paragraph = cell.paragraphs[0]
    set_style(paragraph, style)
    return add_pieces(paragraph, pieces)


def keep_whole(row: Any) -> None:
    """Do not break the row across pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
