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
    text = clean_text(str(value))
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


def short_label(spec: Field | Column) -> str:
    """A label inside a sentence: without remarks in brackets ("(tối đa 20)", "(tên đầy đủ)")."""
    return re.sub(r"\s*\([^)]*\)", "", spec.label).strip() or spec.label


def clean_text(text: str) -> str:
    """A given text on one line, NFC, without control characters and without those that could forge a mark."""
    return " ".join(clean(text).split())
