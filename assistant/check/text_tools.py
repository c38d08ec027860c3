"""Small things that several rules need on a line of text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft
from assistant.check.report import Paragraph
from assistant.vietnamese.numbers import read_digits

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
# a figure as written, grouped or not, with or without decimals; not part of a date, a symbol or a longer number
NUMBER = r"(?<![\w.,/-])\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d+)?(?![\w/]|[.,]\d)|(?<![\w.,/-])\d+(?:,\d+)?(?![\w/]|[.,]\d)"
COUNT = r"(?<![\w.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\w]|[.,]\d|/\d)"
# the same, decimals allowed
VALUE = r"(?<![\w.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w]|[.,]\d|/\d)"
PERCENT = r"(?<![\w.,/-])\d{1,4}(?:[.,]\d+)?\s?%"
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[^\W\d_" + LOWER + r"]|[-–+“\"(])")


def draft(paragraph: Paragraph, start: int, end: int, message: str, suggestion: str = "", **more: object) -> Draft:
    """A finding on `paragraph.text[start:end]`."""
    begin, stop = paragraph.span(start, end)
    return Draft(begin, stop, message, suggestion, **more)  # type: ignore[arg-type]


def number(text: str) -> Decimal:
    """The value of a figure matched by NUMBER, COUNT or PERCENT (its sign is dropped)."""
    value = read_digits(text.replace("%", "").strip())
    return value if value is not None else Decimal(0)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a line; a semicolon ends one too."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """The sentence around `offset`."""
    spans = list(sentences(text))
    at = max(bisect_right(spans, offset, key=lambda span: span[0]) - 1, 0)
    return spans[at] if spans else (0, len(text))
