"""The date that stands right beside a mention."""

import datetime
import re
from dataclasses import dataclass

from assistant.legal.prepared import squeeze
from assistant.vietnamese.dates import make_date

_D, _M, _Y = r"[0-9oO]{1,2}", r"[0-9oO]{1,2}", r"(?:19|2[0oO])[\doO]{2}"
_NUMERIC = (
    rf"(?P<d>{_D})\s{{0,3}}(?P<sep>[/.\-–])\s{{0,3}}(?P<m>{_M})\s{{0,3}}(?:(?P=sep)|[/.\-–])\s{{0,3}}(?P<y>{_Y})(?!\d)"
)
_WORD_MONTH = r"một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai))?|chạp"
_WORDS = rf"(?P<wd>{_D})\s+tháng\s+(?P<wm>{_M}|{_WORD_MONTH})\s*(?:,\s*)?(?:năm\s+|/\s*)(?P<wy>{_Y})(?!\d)"
_MONTH = rf"tháng\s+(?P<mm>{_M})\s*(?:/|năm|\s)\s*(?P<my>{_Y})(?!\d)"
_DATE = re.compile(
    rf"(?P<lead>\s*,?\s*)(?P<open>\(\s*)?(?:(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua|đề)\s+)?(?P<same>cùng\s+)?"
    rf"(?P<body>(?:ngày\s*:?\s*)(?:{_NUMERIC}|{_WORDS})|{_MONTH})(?P<close>\s*\))?"
)
_NO_YEAR = re.compile(rf"\s*,?\s*(?P<body>ngày\s+{_D}\s?/\s?{_M})(?![\d/])")
_BARE = re.compile(rf"\s*(?P<open>\(\s*)(?P<body>{_NUMERIC})(?P<close>\s*\))")
_LOOSE = re.compile(rf"\s+(?P<body>{_NUMERIC})")
_MONTH_NAMES = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateBeside:
    """
    Attributes:
        value: None where the date is incomplete or does not exist.
        text: as written ("22/12/2024", "28 tháng 10 năm 2025", "tháng 5/2026").
        start, end: span of that in the text searched.
        whole_end: end with the closing bracket where the date stands alone in brackets.
        impossible: day, month and year are all there but no such day exists.
        same: "cùng ngày": the date of all members of a list.
    """

    value: datetime.date | None
    text: str
    start: int
    end: int
    whole_end: int
    impossible: bool
    same: bool


def _int(digits: str) -> int:
    return int(re.sub("[oO]", "0", digits))


def _read(match: re.Match[str]) -> tuple[datetime.date | None, bool]:
    groups = match.groupdict()
    if groups.get("d"):
        day, month, year = _int(groups["d"]), _int(groups["m"]), _int(groups["y"])
    elif groups.get("wd"):
        word = " ".join(groups["wm"].split())
        day, year = _int(groups["wd"]), _int(groups["wy"])
        month = _MONTH_NAMES[word] if word in _MONTH_NAMES else _int(word)
    else:
        return None, False
    value = make_date(year, month, day)
    return value, value is None


def date_beside(low: str, position: int) -> DateBeside | None:
    """The date at `position` of a lower-case text, after "ngày" or in brackets; None where another word stands there.

    >>> date_beside("số 57-nq/tw, ngày 22/12/2024 của", 11).value
    datetime.date(2024, 12, 22)
    """
    match = _DATE.match(low, position) or _BARE.match(low, position) or _LOOSE.match(low, position)
    match = match or _NO_YEAR.match(low, position)
    if match is None:
        return None
    groups = match.groupdict()
    value, impossible = _read(match)
    start, end = match.span("body")
    closed = bool(groups.get("open")) and bool(groups.get("close"))
    # "ngày" is not part of the date as written
    words = re.match(r"ngày\s*:?\s*", low[start:end])
    start += words.end() if words else 0
    whole = match.end() if closed else end
    return DateBeside(value, squeeze(low[start:end]), start, end, whole, impossible, bool(groups.get("same")))
