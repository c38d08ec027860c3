"""One value as it is printed: figures the Vietnamese way, dates as the decree writes them, text as it was given."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.docx.letters import clean
from assistant.reports.fields import Column, Field
from assistant.vietnamese.dates import format_date, parse_date
from assistant.vietnamese.numbers import format_number, two_digits

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
# a comparison typed on a keyboard, before a figure and after a word: not between two figures, no pair of brackets
_COMPARED = re.compile(r"(?<![\d%]\s)(?<![^\s(«])(>=|=>|≥|<=|=<|≤|>|<(?![^<>]*\S>(?!\s*\d)))\s*(?=\d)")
_SIGNS = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤"}
_AT_LEAST = re.compile(r"≥ (\d[\d.,]*%)(?: trở lên)?(?=\s*(?:[.,;:)]|$))")
_IN_WORDS = (("≥ ", "tối thiểu "), ("≤ ", "không quá "), ("> ", "trên "), ("< ", "dưới "))
_COUNTED = frozenset({"int"})


def is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def format_value(value: Any, field: Field | Column) -> str:
    """`value` without its unit (percentages carry their sign): "1.941", "07", "98,55%", "12/7/2025", text as given."""
    if isinstance(value, bool):
        return "có" if value else "chưa"
    if isinstance(value, date):
        return format_date(value)
    if is_number(value):
        return _format_figure(value, field)
    text = signs(clean_text(str(value)))
    # a date as files write it, in a column of free text ("thời hạn")
    day = parse_date(text) if _ISO.fullmatch(text) else None
    return format_date(day) if day is not None else text


def _format_figure(value: int | float | Decimal, field: Field | Column) -> str:
    if field.type == "percent":
        # as given, however many decimals: 99.999 is not 100
        return f"{format_number(value)}%"
    whole = Decimal(str(value)) == int(value)
    if field.type in _COUNTED and whole:
        return two_digits(int(value)) if value else "0"
    return format_number(value)


def signs(text: str) -> str:
    """Comparisons with their printed signs: ">= 85%" as "≥ 85%"."""
    return _COMPARED.sub(lambda found: f"{_SIGNS.get(found.group(1), found.group(1))} ", text)


def in_words(text: str) -> str:
    """Comparisons as running text has them: "từ 85% trở lên", "tối thiểu 05 máy", "trên 25 km"."""

    def said(found: re.Match[str]) -> str:
        return next(words for sign, words in _IN_WORDS if sign.startswith(found.group(1)))

    return _COMPARED.sub(said, _AT_LEAST.sub(r"từ \1 trở lên", signs(text)))


def clean_text(text: str) -> str:
    """A given text on one line, NFC, without control characters and without those that could forge a mark."""
    return " ".join(clean(text).split())
