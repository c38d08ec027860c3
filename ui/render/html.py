"""The template environment and the filters that every panel uses."""

import functools
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SEVERITIES = {
    "error": ("●", "Lỗi"),
    "warning": ("▲", "Cảnh báo"),
    "info": ("○", "Gợi ý"),
    "ok": ("✓", "Đúng"),
}


def severity_mark(severity: str) -> Markup:
    """Shape and word of a severity, so that colour is never alone."""
    shape, word = SEVERITIES.get(severity, ("○", "Ghi chú"))
    return Markup('<span aria-hidden="true">{}</span> {}').format(shape, word)


def when(stamp: str) -> str:
    """ "2025-09-30T09:41:00" as "09:41 30/9"; today as "09:41"."""
    try:
        moment = datetime.fromisoformat(stamp)
    except (ValueError, TypeError):
        return ""
    if moment.date() == datetime.now().date():
        return f"{moment:%H:%M}"
    return f"{moment:%H:%M} {moment.day}/{moment.month}/{moment.year}"


def short_date(value: Any) -> str:
    """An ISO date as "05/3/2020"; anything else as it is."""
    try:
        day = datetime.fromisoformat(str(value)[:10])
    except ValueError:
        return str(value or "")
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def number(value: Any) -> str:
    """Thousands with dots, decimals with a comma; words as they are."""
    from assistant.vietnamese.numbers import format_number

    if isinstance(value, bool) or value is None:
        return "" if value is None else ("Có" if value else "Không")
    return format_number(value) if isinstance(value, int | float) else str(value)


def size(count: int) -> str:
    """A number of bytes as an officer reads it."""
    if count < 1024 * 1024:
        return f"{max(1, count // 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


@functools.cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(Path(__file__).resolve().parent.parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(when=when, short_date=short_date, number=number, size=size, severity=severity_mark)
    return env


def render(template: str, **values: Any) -> str:
    """The HTML of one template; every value is escaped unless it is Markup."""
    # a new mark each time lets the browser see that a panel was drawn anew, though Gradio only patches it
    return environment().get_template(template).render(drawn=secrets.token_hex(4), **values)


def toast(text: str, kind: str = "ok", seconds: int = 5) -> Markup:
    """An element that shows a passing message when it reaches the page."""
    return Markup('<span hidden data-once="toast" data-kind="{}" data-seconds="{}" data-text="{}"></span>').format(
        kind, seconds, text
    )


def download(url: str) -> Markup:
    """An element that starts a download when it reaches the page."""
    return Markup('<span hidden data-once="download" data-href="{}"></span>').format(url)


def join(parts: Iterable[str]) -> str:
    return "".join(parts)
