"""Tables in plain text: cells between tabs or semicolons, one cell a line, or "label: value" records.

A text taken out of a Word file or typed by hand has lost the grid; what is left still has a header and rows of the same
shape. Only such runs are read as tables; anything less regular stays prose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.check.reading.paragraphs import MARKER, Line

Span = tuple[int, int]
_NUMERIC = re.compile(r"[-–]|\d[\d.,]*\s?%?(?:\s?\([^()]*\))?")
_SHARE_WORDS = re.compile(r"%|[Tt]ỷ lệ|[Ss]ố\b|[Nn]ội dung|[Cc]hỉ tiêu|STT|TT\b")
_RECORD = re.compile(r"(?P<label>[^\W\d_][^:;.]{1,40}):\s+(?P<value>\S.*)")
_LONGEST_CELL = 120
_SERIAL = re.compile(r"(?:S?TT|Số TT)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's span in the text and its place in the grid."""

    span: Span
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines `first` to `last` (not included) read as a table; cells in reading order."""

    first: int
    last: int
    cells: tuple[GridCell, ...]


def grids(lines: Sequence[Line]) -> list[Grid]:
    """The tables among `lines`, in order."""
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        grid = _delimited(lines, at) or _records(lines, at) or _upright(lines, at)
        if grid:
            found.append(grid)
        at = grid.last if grid else at + 1
    return found


def aligned(texts: Sequence[Sequence[str]]) -> list[int]:
    """By how many columns each row is to be moved right: a total row leaves out the cells it does not need."""
    if not texts or not texts[0]:
        return [0] * len(texts)
    width, serial = len(texts[0]), bool(_SERIAL.match(texts[0][0].strip()))
    return [width - len(row) if 1 < len(row) < width and serial and _lacks_serial(row) else 0 for row in texts]


def _lacks_serial(row: Sequence[str]) -> bool:
    """A row of words and figures without the number that the other rows begin with."""
    return not _is_number(row[0]) and _is_number(row[-1])


def _is_number(text: str) -> bool:
    return bool(_NUMERIC.fullmatch(text.strip()))


def _delimited(lines: Sequence[Line], first: int) -> Grid | None:
    """Rows of cells between tabs, or between semicolons under a header of words."""
    for mark, fewest in (("\t", 2), (";", 3)):
        header = _split(lines[first], mark)
        if len(header) < fewest or any(_is_number(text) for text, _ in header):
            continue
        rows = [header]
        for line in lines[first + 1 :]:
            row = _split(line, mark)
            fits = 2 <= len(row) <= len(header) and (mark == "\t" or len(row) >= len(header) - 1)
            if line.after_blank or not fits or any(len(text) > _LONGEST_CELL for text, _ in row):
                break
            rows.append(row)
        figures = sum(any(_is_number(text) for text, _ in row[1:]) for row in rows[1:])
        if len(rows) >= 3 and 2 * figures >= len(rows) - 1:
            return _grid(first, first + len(rows), rows)
    return None


def _split(line: Line, mark: str) -> list[tuple[str, Span]]:
    cells: list[tuple[str, Span]] = []
    at = 0
    for piece in line.text.split(mark):
        words = piece.strip()
        begin = line.start + at + (len(piece) - len(piece.lstrip()) if words else 0)
        cells.append((words, (begin, begin + len(words))))
        at += len(piece) + 1
    if mark == ";" and cells and not cells[-1][0]:
        return []  # a sentence that ends in a semicolon
    return cells


def _grid(first: int, last: int, rows: Sequence[Sequence[tuple[str, Span]]]) -> Grid:
    moves = aligned([[text for text, _ in row] for row in rows])
    return Grid(
        first,
        last,
        tuple(
            GridCell(span, r, c + move)
            for r, (row, move) in enumerate(zip(rows, moves, strict=True))
            for c, (text, span) in enumerate(row)
            if text
        ),
    )


def _records(lines: Sequence[Line], first: int) -> Grid | None:
    """Blocks of the same labels: "Kế hoạch: 95%", "Kết quả: 97%", "Đánh giá: Đạt", again and again."""
    labels: list[str] = []
    for line in lines[first : first + 8]:
        match = _RECORD.fullmatch(line.text)
        if not match or match["label"] in labels:
            break
        labels.append(match["label"])
    if len(labels) < 3:
        return None
    cells: list[GridCell] = []
    blocks = 0
    while block := list(_record(lines[first + blocks * len(labels) :], labels)):
        if not blocks:
            cells.extend(GridCell((line.start, line.start + m.end("label")), 0, c) for c, (line, m) in enumerate(block))
        blocks += 1
        cells.extend(
            GridCell((line.start + m.start("value"), line.end), blocks, c) for c, (line, m) in enumerate(block)
        )
    if blocks < 2:
        return None
    return Grid(first, first + blocks * len(labels), tuple(sorted(cells, key=lambda cell: cell.span)))


def _record(lines: Sequence[Line], labels: Sequence[str]) -> Iterator[tuple[Line, re.Match[str]]]:
    """The lines of one block with exactly these labels; nothing where they differ."""
    found = [(line, match) for line in lines[: len(labels)] if (match := _RECORD.fullmatch(line.text))]
    if [match["label"] for _, match in found] == list(labels):
        yield from found


def _upright(lines: Sequence[Line], first: int) -> Grid | None:
    """One cell a line: the header's words, then as many lines a row."""
    width = 0
    for line in lines[first : first + 9]:
        if _is_number(line.text):
            break
        if not _is_header_word(line) or (width and line.after_blank):
            return None
        width += 1
    else:
        return None
    if width < 3 or not any(_SHARE_WORDS.search(line.text) for line in lines[first : first + width]):
        return None
    rows: list[list[tuple[str, Span]]] = []
    shape: list[bool] | None = None
    at = first
    while at + width <= len(lines):
        row = lines[at : at + width]
        figures = [_is_number(line.text) for line in row]
        if any(line.text[0].islower() for line in row):
            break  # the cells ran over several lines: nobody can tell which are which
        if at > first:
            if any(line.after_blank for line in row) or sum(figures) < 2 or figures != (shape or figures):
                break
            shape = figures
        rows.append([(line.text, (line.start, line.end)) for line in row])
        at += width
    return _grid(first, at, rows) if len(rows) >= 2 else None


def _is_header_word(line: Line) -> bool:
    text = line.text
    plain = 1 < len(text) <= 60 and text[0].isalpha() and text[-1] not in ".;:,/" and not text.startswith("(")
    return plain and not MARKER.match(text) and not (text.isupper() and len(text) > 12)
