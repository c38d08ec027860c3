"""Lines of a PDF page put together from the places of its letters.

Where a PDF takes the accented letters from a second font, PDFium lists them after the others of the line ("Tình hình
k t qu … ế ả"). Such pages are known by lone accented letters at the ends of lines, and read letter by letter.
"""

import ctypes
import re
from typing import Any, NamedTuple

_LONE_ACCENTS = re.compile(r"(?:(?<=\s)|^)(?:[^\x00-\x7f\W\d_](?:\s|$)){2,}", re.MULTILINE)
_LEAST_LINES = 2
# in parts of the height of a letter
_SAME_LINE = 0.4
_WORD_GAP = 0.22


class _Letter(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    height: float


def is_scrambled(text: str) -> bool:
    """Whether the text of a page looks like accented letters torn from their words."""
    return len(_LONE_ACCENTS.findall(text)) >= _LEAST_LINES


def rebuilt_text(text_page: Any) -> str:
    """The text of a page (opened with pypdfium2), its letters in the order in which they stand."""
    lines: list[list[_Letter]] = []
    for letter in sorted(_letters(text_page), key=lambda found: -found.base):
        if lines and abs(lines[-1][0].base - letter.base) <= _SAME_LINE * max(letter.height, lines[-1][0].height):
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return "\n".join(_line(letters) for letters in lines)


def _letters(text_page: Any) -> list[_Letter]:
    import pypdfium2.raw as pdfium

    raw = text_page.raw
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    found: list[_Letter] = []
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code < 32 or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        size = pdfium.FPDFText_GetFontSize(raw, index)
        found.append(_Letter(chr(code), x.value, max(right.value, x.value), y.value, max(size, 1.0)))
    return found


def _line(letters: list[_Letter]) -> str:
    text = ""
    before: _Letter | None = None
    for letter in sorted(letters, key=lambda found: found.left):
        if before is not None and letter.text != " " and not text.endswith(" "):
            gap = letter.left - before.right
            text += " " if gap > _WORD_GAP * letter.height else ""
        text += letter.text
        before = letter
    return text
