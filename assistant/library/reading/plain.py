"""Plain text and Markdown: the decoded file exactly as it is, with its lines as blocks."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.errors import UnreadableFileError
from assistant.library.models import Block, Cell, FileFormat, Page, SourceDocument

# the most frequent function words of Vietnamese: a text in another encoding does not have them
_COMMON_WORDS = re.compile(r"\b(?:và|của|các|là|được|không|về|theo)\b")
_BAR = re.compile(r"[ \t]*\|[ \t]*")
_TAB = re.compile(r" *\t *")
# of two columns kept apart by tabs the second has figures; else it is a letterhead
_FIGURE = re.compile(r"[≥≤><=~ ]*\d|[-–]$")
_RULE = re.compile(r"^[\s|:+-]+$")
_MARKDOWN_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(?=\S)")


def read(data: bytes, name: str, file_format: FileFormat, progress: object = None) -> SourceDocument:
    """Read plain text or Markdown; offsets count code points of the decoded file."""
    text = decode(data, name)
    return SourceDocument(
        name, file_format, text, line_blocks(text, markdown=file_format == "md"), form_feed_pages(text)
    )


def decode(data: bytes, name: str) -> str:
    """The text of `data`: UTF-8 or UTF-16 (byte order mark not counted), else Windows-1258 where that makes sense.

    Raises:
        UnreadableFileError: no encoding gives Vietnamese text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    if len(_COMMON_WORDS.findall(unicodedata.normalize("NFC", text))) * 400 >= len(text) > 0:
        return text
    raise UnreadableFileError(
        f"Tệp «{name}» không dùng bảng mã Unicode (có thể là TCVN3 hoặc VNI); hãy chuyển sang UTF-8 rồi thử lại."
    )


def line_blocks(text: str, *, markdown: bool = False, paged: bool = False) -> tuple[Block, ...]:
    """One block per line that is not blank; lines with cells between bars or tabs are rows."""
    blocks: list[Block] = []
    tabbed = _tabbed_rows(text.splitlines())
    table = -1
    row = 0
    in_table = False
    offset = 0
    page = 1 if paged or "\f" in text else None
    for number, line in enumerate(text.splitlines(keepends=True)):
        start = offset
        offset += len(line)
        body = line.strip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        lead = len(line) - len(line.lstrip("\r\n\f\v"))
        end = start + lead + len(body)
        if body.strip():
            cells = _cells(body, start + lead, _TAB) if number in tabbed else _barred(body, start + lead, in_table)
            if cells and not _RULE.match(body):
                table, row = (table, row + 1) if in_table else (table + 1, 0)
                blocks.append(Block("row", start + lead, end, page, number, table=table, row=row, cells=cells))
            elif not (in_table and _RULE.match(body)):
                blocks.append(_line_block(body, start + lead, end, page, number, markdown))
            in_table = bool(cells) or (in_table and bool(_RULE.match(body)))
        else:
            in_table = False
        if page is not None:
            page += line.count("\f")
    return tuple(blocks)


def _line_block(body: str, start: int, end: int, page: int | None, number: int, markdown: bool) -> Block:
    heading = _MARKDOWN_HEADING.match(body) if markdown else None
    if heading:
        return Block("heading", start, end, page, number, level=len(heading.group(1)))
    return Block("paragraph", start, end, page, number)


def _tabbed_rows(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that are rows with tabs between their cells, as a table copied from Word or Excel has
    them: a head without empty cells, and below it lines of as many cells."""
    found: set[int] = set()
    first = 0
    while first < len(lines):
        head = lines[first].strip().split("\t")
        end = first + 1
        while len(head) > 1 and end < len(lines) and lines[end].count("\t") == len(head) - 1 and lines[end].strip():
            end += 1
        below = [line.split("\t") for line in lines[first + 1 : end]]
        figures = len(below) > 1 and all(_FIGURE.match(cells[1].strip()) for cells in below)
        if below and all(cell.strip() for cell in head) and (len(head) > 2 or figures):
            found.update(range(first, end))
        first = end
    return frozenset(found)


def _barred(line: str, start: int, in_table: bool) -> tuple[Cell, ...]:
    """The cells of a line with bars; empty for a line without, or with a single bar outside a table."""
    cells = _cells(line, start, _BAR) if "|" in line else ()
    if opened := line.lstrip().startswith("|"):
        cells = cells[1:]
    if line.rstrip().endswith("|") and cells:
        cells = cells[:-1]
    if not (opened or in_table or len(cells) > 2):
        return ()
    return tuple(Cell(c.text, c.start, c.end, i) for i, c in enumerate(cells))


def _cells(line: str, start: int, separator: re.Pattern[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    left = 0
    bounds = [match.span() for match in separator.finditer(line)]
    for right, after in [*bounds, (len(line), len(line))]:
        cells.append(Cell(line[left:right].strip(), start + left, start + right, len(cells)))
        left = after
    return tuple(cells)


def form_feed_pages(text: str) -> tuple[Page, ...]:
    """The pages of a text with form feeds; empty where it has none."""
    if "\f" not in text:
        return ()
    starts = [0, *(match.end() for match in re.finditer("\f", text))]
    ends = [*starts[1:], len(text)]
    return tuple(Page(n, s, e) for n, (s, e) in enumerate(zip(starts, ends, strict=True), 1))
