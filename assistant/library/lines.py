"""From the blocks of a file to logical paragraphs: page noise dropped, wrapped lines joined, offsets kept.

Texts taken from PDFs break every line at the page's width. A paragraph made of several lines remembers, for each of
them, where it begins in the paragraph and in the source.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Sequence

from assistant.library.flat_tables import rebuild_tables
from assistant.library.markers import CAPITAL, SMALL, starts_item
from assistant.library.models import SourceDocument
from assistant.library.paragraph import Paragraph
from assistant.vietnamese.text import nfc

_RULE = re.compile(r"^[\W_]+$")
_PROVENANCE = re.compile(r"^\W*(?:source|nguồn|url)\s*:\s*\S*(?:https?://|www\.)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_ENDS = (".", ";", ":", "!", "?", "”", '"', "/.", "…")
_MARKUP = re.compile(r"\*\*|__|`")
# a line that ends with one of these words is not finished
_OPEN_WORDS = frozenset(
    ["và", "của", "với", "hoặc", "cho", "tại", "theo", "trong", "các", "những", "về", "do", "từ", "khoản", "điểm"]
) | {"Sở", "Bộ", "Điều"}
_NUMBERED_WORDS = ("quyết", "định", "hoạch", "văn", "tư", "thị", "luận", "báo", "luật")
# a number whose heading a conversion has put on the next line
_BARE_MARKER = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2})\.$")
_CAPITALS = re.compile(f"[{CAPITAL}]")
_SMALLS = re.compile(f"[{SMALL}]")
# how much of a paragraph's head and tail is looked at: enough to judge, however long it has grown
_HEAD = 80
_TAIL = 160
# A4 with the margins of Decree 30 holds 70 to 95 letters a line; narrower ones are short paragraphs
_WRAP_LEAST = 50
_WRAP_LIMIT = 135
_MIN_LINES = 12
# of so many lines at most one stands after a blank line where blank lines part paragraphs
_FEW_BLANKS = 3
_EDGE = 2


def paragraphs(source: SourceDocument) -> list[Paragraph]:
    """The logical paragraphs of a document, in order."""
    lines = rebuild_tables(_without_noise(_lines(source), source))
    width = _wrap_width([line for line in lines if line.row is None]) if source.format in ("txt", "pdf", "doc") else 0
    parted = _parted_by_blanks(lines, source)
    joined: list[Paragraph] = []
    last_length = 0
    for line in lines:
        length = len(line.text)
        apart = bool(joined) and parted and _blank_between(joined[-1], line, source)
        if joined and _continues(joined[-1], last_length, line, width, apart):
            joined[-1].join(line)
        else:
            joined.append(line)
        last_length = length
    return joined


def _lines(source: SourceDocument) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in source.blocks:
        if block.kind == "noise":
            continue
        if block.kind == "row":
            text = " | ".join(_collapsed(cell.text) for cell in block.cells)
            found.append(Paragraph(text, block.start, block.end, block.page, [(0, block.start)], block))
            continue
        offset = block.start
        for piece in source.text[block.start : block.end].split("\n"):
            text = _collapsed(piece)
            if source.format == "md":
                text = _MARKUP.sub("", text.lstrip("#").strip() if block.level else text)
            if text:
                start = offset + len(piece) - len(piece.lstrip())
                end = offset + len(piece.rstrip())
                found.append(
                    Paragraph(text, start, end, block.page, [(0, start)], None, block.level, source.format == "md")
                )
            offset += len(piece) + 1
    return found


def _collapsed(text: str) -> str:
    return " ".join(nfc(text).split())


def _without_noise(lines: list[Paragraph], source: SourceDocument) -> list[Paragraph]:
    running = _running_heads(lines) if len(source.pages) > 2 else set()
    kept: list[Paragraph] = []
    for index, line in enumerate(lines):
        if line.row is None and (_RULE.match(line.text) or _PROVENANCE.match(line.text)):
            continue
        if line.row is None and _PAGE_NUMBER.match(line.text) and _is_page_number(lines, index):
            continue
        if _headline(line.text) in running and _at_edge(lines, index):
            continue
        kept.append(line)
    return kept


def _at_edge(lines: Sequence[Paragraph], index: int) -> bool:
    """Among the first or last lines of its page."""
    page = lines[index].page
    before = lines[max(0, index - _EDGE) : index]
    after = lines[index + 1 : index + 1 + _EDGE]
    return (
        len(before) < _EDGE
        or len(after) < _EDGE
        or any(o.page != page for o in before)
        or any(o.page != page for o in after)
    )


def _is_page_number(lines: Sequence[Paragraph], index: int) -> bool:
    """A number alone on its line: at the edge of a page, or in the middle of a sentence that it interrupts."""
    if lines[index].page is not None:
        return _at_edge(lines, index)
    if index == 0 or index + 1 == len(lines):
        return True
    before, after = lines[index - 1].text, lines[index + 1].text
    return after[:1].islower() and not before.endswith(_ENDS)


def _headline(text: str) -> str:
    return re.sub(r"\d+", "#", text).lower()


def _running_heads(lines: Sequence[Paragraph]) -> set[str]:
    """Lines that stand at the edge of at least half of the pages."""
    pages: dict[int, set[str]] = {}
    for index, line in enumerate(lines):
        if line.page is not None and len(line.text) < 150 and _at_edge(lines, index):
            pages.setdefault(line.page, set()).add(_headline(line.text))
    counts = Counter(text for texts in pages.values() for text in texts)
    return {text for text, count in counts.items() if count * 2 >= len(pages) and count > 2}


def _wrap_width(lines: Sequence[Paragraph]) -> int:
    """The line width at which the text was wrapped, in code points; 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < _MIN_LINES:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(1 for length in lengths if length >= width * 0.8)
    return width if _WRAP_LEAST <= width <= _WRAP_LIMIT and full * 3 >= len(lengths) else 0


def _blank_between(before: Paragraph, line: Paragraph, source: SourceDocument) -> bool:
    return source.text.count("\n", before.end, line.start) > 1


def _parted_by_blanks(lines: Sequence[Paragraph], source: SourceDocument) -> bool:
    """Whether blank lines part the paragraphs of a text: few of its lines stand after one."""
    if source.format != "txt":
        return False
    blanks = sum(_blank_between(before, line, source) for before, line in itertools.pairwise(lines))
    return blanks * _FEW_BLANKS <= len(lines)


def _continues(before: Paragraph, last_length: int, line: Paragraph, width: int, apart: bool) -> bool:
    """Whether `line` goes on with the paragraph `before`, whose last line has `last_length` code points.

    Args:
        width: at which the lines were wrapped; 0 where they were not.
        apart: whether a blank line that parts paragraphs stands between them.
    """
    if line.row is not None or before.row is not None or line.level or before.level:
        return False
    if starts_item(line.text):
        return False
    lower = line.text[:1].islower() or line.text[:1] in ",;)%"
    if apart and not lower and not before.text.endswith(","):
        return False
    if _BARE_MARKER.match(before.text) or _dangles(before.text[-_TAIL:]):
        return True
    if not width:
        # a figure or a date may begin a line as well
        figure = line.text[:1].isdigit() and last_length >= _WRAP_LEAST
        return (lower or figure) and not before.text.endswith(_ENDS) and len(before.text) > 30
    if not lower and _shouts(before.text) != _shouts(line.text):
        return False
    first_word = line.text.split(" ", 1)[0]
    full = last_length + 1 + len(first_word) > width * 0.93
    if not before.text.endswith(_ENDS) and _wide_heading(before, last_length, line, width):
        return True
    if before.text.endswith(_ENDS) and not full:
        return False
    return full or (lower and last_length > width * 0.4) or (lower and not before.text.endswith(_ENDS))


def _dangles(tail: str) -> bool:
    """Whether a line with this tail is plainly unfinished: a comma, an open bracket, a conjunction, a broken symbol."""
    if tail.endswith(",") or (tail.endswith("-") and tail[-2:-1].isalnum()) or tail.rfind("(") > tail.rfind(")"):
        return True
    before, space, word = tail.rpartition(" ")
    if not space:
        return False
    return word in _OPEN_WORDS or (word == "số" and before.lower().endswith(_NUMBERED_WORDS))


def _wide_heading(before: Paragraph, last_length: int, line: Paragraph, width: int) -> bool:
    """Capitals and bold letters are wider, so that a heading wraps after fewer of them."""
    if len(before.anchors) > 3 or last_length <= width * 0.55:
        return False
    if _shouts(before.text):
        return _shouts(line.text)
    return (
        len(before.anchors) == 1
        and last_length > width * 0.75
        and len(line.text) < width * 0.6
        and not line.text.endswith(_ENDS)
        and starts_item(before.text)
    )


@functools.lru_cache(maxsize=4096)
def _shouts(text: str) -> bool:
    """Begins mostly in capital letters."""
    head = text[:_HEAD]
    capitals = len(_CAPITALS.findall(head))
    return capitals > 3 and capitals >= 0.7 * (capitals + len(_SMALLS.findall(head)))
