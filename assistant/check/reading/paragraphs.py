"""Paragraphs out of the lines of a text.

Text taken out of a PDF has a hard break at the end of each printed line and often blank lines in odd places; a
paragraph ends where the next word would still have fitted on the line, or where the next line opens an item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
MARKER = re.compile(
    r"(?:[-–+*•▪●♦]\s*(?=[^\d\s.,;:)-]|\d)"
    r"|(?:[IVX]{1,5}|[A-ZĐ])\s?[./)]\s+(?=\S)"
    r"|[a-zđ]\s?\)\s*(?=\S)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]?\s+(?=[^\d\s%" + _LOWER + r"])"
    r"|\d{1,2}\.(?:\d{1,2}\.?){0,3}\s*(?=[^\d\s%" + _LOWER + r"])"
    r"|\((?:\d{1,2}|[ivx]{1,4})\)\s)"
)
_STRUCTURE = re.compile(
    r"(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:[IVX]{1,5}|\d{1,2}|thứ\s+\w+|THỨ\s+\S+)\b"
    r"|(?:PHỤ LỤC|Phụ lục)(?:\s+(?:[IVX]{1,5}|\d{1,2}))?\s*$|Nơi nhận|Kính gửi|Số\s*:|BÁO CÁO\s*$"
    r"|(?:TM|KT|TL|TUQ|Q)\.\s*[A-ZĐ]|Trên đây là|Căn cứ |STT\b|TT\s"
)
_ENDED = re.compile(r"[.;:!?…]['”\")]?\s*$|\./\.?\s*$")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: NFC offsets of its first and past its last visible character."""

    start: int
    end: int
    text: str
    after_blank: bool
    page_top: bool


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text` that are not blank."""
    lines: list[Line] = []
    blank = False
    offset = start
    for raw in text[start : len(text) if end is None else end].splitlines(keepends=True):
        body = raw.strip()
        if body:
            first = offset + len(raw) - len(raw.lstrip())
            page_top = "\f" in raw[: first - offset + 1]
            lines.append(Line(first, first + len(body), body, blank, page_top))
            blank = False
        else:
            blank = True
        offset += len(raw)
    return lines


def without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    return [line for i, line in enumerate(lines) if not _is_page_number(lines, i)]


def group(lines: Sequence[Line], width: int | None) -> list[list[Line]]:
    """Lines put together into paragraphs; `width` is that of a full printed line (see `full_width`)."""
    if not lines:
        return []
    if width is None:
        return [[line] for line in lines]
    groups = [[lines[0]]]
    for previous, line in pairwise(lines):
        if _opens(previous, line, width):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _is_page_number(lines: Sequence[Line], i: int) -> bool:
    """A number alone on its line in the middle of a sentence, or at the top of a page."""
    line = lines[i]
    if not _PAGE_NUMBER.match(line.text):
        return False
    if line.page_top:
        return True
    before = lines[i - 1].text if i else ""
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    return bool(before and after) and not _ENDED.search(before) and after[0].islower() and before[-1].isalpha()


def full_width(lines: Sequence[Line]) -> int | None:
    """The length of a full printed line; None where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lines) < 3 or lengths[-1] > 150:
        return None
    # in a wrapped text sentences run on: a line without an end, the next one going on in small letters
    run_on = sum(
        1 for a, b in pairwise(lines) if b.text[0].islower() and not _ENDED.search(a.text) and not MARKER.match(b.text)
    )
    if run_on < max(1, len(lines) / 40):
        return None
    full = lengths[min(int(len(lengths) * 0.9), len(lengths) - 1)]
    return full if full >= 50 else None


def _opens(previous: Line, line: Line, width: int) -> bool:
    """Whether `line` begins a paragraph."""
    text, before = line.text, previous.text
    if re.search(r"\w[-/]$", before):
        return False  # a symbol broken at the line end
    if _STRUCTURE.match(text):
        return True
    ended = bool(_ENDED.search(before))
    first_word = text.split(maxsplit=1)[0]
    fitted = len(before) + 1 + len(first_word) <= 0.86 * width
    if MARKER.match(text):
        return _marker_is_real(text, before, fitted, ended)
    if text[0].islower():
        return fitted and ended
    if _is_capitals(before) or _is_capitals(text):
        # a heading in capitals may run over two lines; lines of the letterhead never belong together
        same_heading = _is_capitals(before) and _is_capitals(text) and MARKER.match(before)
        return fitted and not same_heading
    # mid-sentence a capital may be a name: only a clearly short line ends a paragraph there
    return fitted if ended else len(before) + 1 + len(first_word) <= 0.72 * width


def _marker_is_real(text: str, before: str, fitted: bool, ended: bool) -> bool:
    """A number or dash at the head of a wrapped line may belong to the sentence before."""
    if text[0] in "-–+*•▪●♦":
        # "kinh tế\n- xã hội": the dash of a name, not of an item
        return ended or fitted or not re.match(r"[-–]\s*[" + _LOWER + "]", text)
    if text[0].isdigit():
        return ended or fitted or not before[-1].isalpha() or before.isupper() or "." in text.split(maxsplit=1)[0]
    return ended or fitted or before.isupper() or (text[0].isalpha() and text[1:2] == ")")


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.9 * len(letters)
