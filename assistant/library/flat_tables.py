"""Tables whose cells a conversion has put one below the other, made into rows again.

They are known by a line "TT" or "STT", the other column heads below it, and then row numbers that stand alone and
count up. Cells that were broken over two lines are joined where the first part is plainly unfinished.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.library.markers import ROMAN, find_marker, is_roman
from assistant.library.models import Block, Cell
from assistant.library.paragraph import Paragraph

_FIRST_HEAD = re.compile(r"^(?:s?tt|số tt)\.?$", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d{1,3})\.?$")
_GROUP = re.compile(r"^(?:[A-H]|[IVX]+(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})+)\.?$")
_UNFINISHED = re.compile(r"(?:\s(?:và|của|với|về|các|cho|tại|theo)|[,–-])$")
_TOTAL = re.compile(r"^(?:Tổng|Cộng|TỔNG|CỘNG)\b(?!.*[.;]$)")
_AMOUNT = re.compile(r"^[\d.,%\s-]+$")
_MAX_COLUMNS = 9
_SENTENCE = 8
_MAX_CELLS = 24
_LEAST_ROWS = 3
_MAX_HEAD = 80


def rebuild_tables(lines: list[Paragraph]) -> list[Paragraph]:
    """`lines` with every such table replaced by its rows."""
    rebuilt: list[Paragraph] = []
    tables = 1 + max((line.row.table or 0 for line in lines if line.row is not None), default=-1)
    index = 0
    while index < len(lines):
        rows, end = _table(lines, index) if _FIRST_HEAD.match(lines[index].text) else ([], index)
        if rows:
            rebuilt.extend(_row(cells, tables, number) for number, cells in enumerate(rows))
            tables += 1
            index = end
        else:
            rebuilt.append(lines[index])
            index += 1
    return rebuilt


def _table(lines: Sequence[Paragraph], start: int) -> tuple[list[list[Paragraph]], int]:
    """(rows with the cells of each, index after the table); no rows where this is no table."""
    head_end = start + 1
    while head_end < len(lines) and head_end - start <= _MAX_COLUMNS + 3 and not _starts_row(lines[head_end], 0):
        if lines[head_end].row is not None or len(lines[head_end].text) > _MAX_HEAD:
            return [], start
        head_end += 1
    head = _joined(lines[start:head_end], _MAX_COLUMNS)
    if not 2 <= len(head) <= _MAX_COLUMNS or head_end >= len(lines):
        return [], start
    rows: list[list[Paragraph]] = [head]
    index, last, numbered = head_end, 0, 0
    # "01" is the number of a row only where the first row has it so
    padded = lines[index].text.startswith("0")
    while index < len(lines) and _starts_row(lines[index], last):
        match = _NUMBER.match(lines[index].text)
        last = int(match.group(1)) if match else last
        numbered += match is not None
        end = index + 1
        while end < len(lines) and not _ends_table(lines[end]):
            if _starts_row(lines[end], last) and (padded or not lines[end].text.startswith("0")):
                break
            end += 1
        if end == len(lines) or lines[end].text.rstrip(".") != str(last + 1):
            end = _last_row_end(lines, index, end, len(head))
        rows.append(_joined(lines[index:end], len(head)))
        index = end
    if index < len(lines) and _TOTAL.match(lines[index].text):
        rows.append(_total_row(lines, index))
        index += len(rows[-1]) - 1
    return (rows, index) if numbered >= _LEAST_ROWS else ([], start)


def _last_row_end(lines: Sequence[Paragraph], start: int, end: int, columns: int) -> int:
    """Where a row that may be the last ends: behind the table stands a total, a heading or, once the row has all
    its cells, a sentence."""
    for at in range(start + 1, end):
        text = lines[at].text
        marker = find_marker(text)
        heading = marker is not None and marker.rank <= ROMAN and text.isupper()
        sentence = at - start >= columns and text[:1].isupper() and len(text.split()) >= _SENTENCE
        if heading or sentence or _TOTAL.match(text):
            return at
    # else it cannot be told from what follows
    return min(end, start + columns) if end - start > _MAX_CELLS else end


def _total_row(lines: Sequence[Paragraph], start: int) -> list[Paragraph]:
    """The line of totals with its figures, under the head of the names: it has no number of its own."""
    end = start + 1
    while end < len(lines) and _AMOUNT.match(lines[end].text):
        end += 1
    blank = replace(lines[start], text="", anchors=[], end=lines[start].start)
    return [blank, *(line.copy() for line in lines[start:end])]


def _starts_row(line: Paragraph, last: int) -> bool:
    match = _NUMBER.match(line.text)
    if match:
        return int(match.group(1)) in (1, last + 1)
    group = _GROUP.match(line.text)
    if group is None or line.row is not None:
        return False
    first = line.text.split(".")[0]
    return len(first) == 1 or is_roman(first) or first.isdigit()


def _ends_table(line: Paragraph) -> bool:
    marker = find_marker(line.text)
    return line.row is not None or (marker is not None and marker.label.startswith(("Phụ lục", "Nơi nhận", "Điều ")))


def _joined(lines: Sequence[Paragraph], columns: int) -> list[Paragraph]:
    """The cells of a row; while there are too many, unfinished ones are joined with the next."""
    cells = [line.copy() for line in lines]
    index = 1
    while len(cells) > 2 and index + 1 < len(cells):
        before, after = cells[index], cells[index + 1]
        unfinished = _UNFINISHED.search(before.text) is not None or after.text[:1].islower()
        if unfinished and (len(cells) > columns or _UNFINISHED.search(before.text)):
            before.join(after)
            del cells[index + 1]
        else:
            index += 1
    return cells


def _row(cells: Sequence[Paragraph], table: int, number: int) -> Paragraph:
    """One paragraph for the row, in the form of a table row of any other file."""
    text = ""
    anchors: list[tuple[int, int]] = []
    made: list[Cell] = []
    for column, cell in enumerate(cells):
        text += " | " if column else ""
        anchors.extend((len(text) + at, source) for at, source in cell.anchors)
        text += cell.text
        made.append(Cell(cell.text, cell.start, cell.end, column))
    start, end, page = cells[0].start, cells[-1].end, cells[0].page
    block = Block("row", start, end, page, table=table, row=number, cells=tuple(made))
    return Paragraph(text, start, end, page, anchors, block)
