"""Dates and reporting periods as administrative texts write them, with spans, existing or not."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

PeriodKind = Literal["month", "months", "quarter", "half", "nine_months", "year"]

_NUMERIC = r"(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})(?![\d/]|\.\d|-[^\W\d])"
_WORDS = r"ngày\s+(?P<dw>\d{1,2})\s+tháng\s+(?P<mw>\d{1,2})\s+năm\s+(?P<yw>\d{4})(?!\d)"
_ISO = r"(?P<yi>\d{4})-(?P<mi>\d{2})-(?P<di>\d{2})(?![\d/-])"
_MONTH = r"tháng\s+(?P<mm>\d{1,2})(?:\s?/\s?|\s+năm\s+)(?P<ym>\d{4})(?!\d)"
_DATE = re.compile(rf"(?<![\w/.])(?:{_WORDS}|{_NUMERIC}|{_ISO}|{_MONTH})", re.IGNORECASE)

QUARTERS = ("I", "II", "III", "IV")
_YEAR_TAIL = r"(?:\s*(?:/|-|,)?\s*(?:năm\s+)?(?P<{name}>20\d\d))?"
_PERIOD = re.compile(
    r"(?<!\w)(?:"
    r"quý\s+(?P<quarter>iv|i{1,3}|[1-4])(?!\w)" + _YEAR_TAIL.format(name="quarter_year") + r"|"
    r"(?:0?6|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm" + _YEAR_TAIL.format(name="half_year") + r"|"
    r"(?:0?9|chín)\s+tháng\s+(?:đầu\s+)?năm" + _YEAR_TAIL.format(name="nine_year") + r"(?P<nine>)|"
    r"(?P<months>0?[1-9]|1[0-2]|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+tháng(?!\s+\d)"
    r"(?:\s+đầu\s+năm)?" + _YEAR_TAIL.format(name="months_year") + r"|"
    r"tháng\s+(?P<month>0?[1-9]|1[0-2])(?:\s?/\s?|\s+năm\s+)(?P<month_year>20\d\d)|"
    r"(?<!ngày\s)năm\s+(?P<year>20\d\d)"
    r")(?![\d])",
    re.IGNORECASE,
)
_COUNT_WORDS = {
    word: number
    for number, word in enumerate(("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=2)
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text.

    Attributes:
        text: as written ("22/12/2024", "ngày 28 tháng 10 năm 2025", "tháng 5/2026").
        start, end: code point span of `text`.
        day: 1-31 as written; None for a month without a day.
        month, year: as written; the month may lie outside 1-12 in a slip.
        value: the date; None where no such day exists, or no day is given.
    """

    text: str
    start: int
    end: int
    day: int | None
    month: int
    year: int
    value: date | None

    @property
    def impossible(self) -> bool:
        """Whether the calendar has no such day (or, without a day, no such month)."""
        if self.day is None:
            return not 1 <= self.month <= 12
        return self.value is None


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period in a text ("quý III năm 2025", "6 tháng đầu năm 2026", "5 tháng", "năm 2025").

    Attributes:
        text, start, end: as written, with its code point span.
        kind: what sort of period.
        number: which quarter (1-4), which half (1-2), which month, or how many months; None for a year.
        year: None where the text leaves it out.
    """

    text: str
    start: int
    end: int
    kind: PeriodKind
    number: int | None
    year: int | None

    def bounds(self) -> tuple[date, date] | None:
        """First and last day; None where the year is left out."""
        if self.year is None:
            return None
        first, last = self._months()
        return date(self.year, first, 1), date(self.year, last, calendar.monthrange(self.year, last)[1])

    def _months(self) -> tuple[int, int]:
        number = self.number or 0
        match self.kind:
            case "month":
                return number, number
            case "quarter":
                return 3 * number - 2, 3 * number
            case "half":
                return (1, 6) if number == 1 else (7, 12)
            case "nine_months" | "months":
                return 1, number
            case "year":
                return 1, 12


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> list[DateMention]:
    """Every date with a year in an NFC text, in order, also those that do not exist (31/11/2025)."""
    return [_mention(match) for match in _DATE.finditer(text)]


def _mention(match: re.Match[str]) -> DateMention:
    groups = match.groupdict()
    day_text = groups["d"] or groups["dw"] or groups["di"]
    day = int(day_text) if day_text else None
    month = int(groups["m"] or groups["mw"] or groups["mi"] or groups["mm"])
    year = int(groups["y"] or groups["yw"] or groups["yi"] or groups["ym"])
    value = make_date(year, month, day) if day is not None else None
    return DateMention(match.group(), match.start(), match.end(), day, month, year, value)


def find_periods(text: str) -> list[Period]:
    """Every reporting period of an NFC text, in order."""
    return list(_scan_periods(text))


def _scan_periods(text: str) -> Iterator[Period]:
    for match in _PERIOD.finditer(text):
        groups = match.groupdict()
        kind, number, year = _read_period(groups)
        yield Period(match.group(), match.start(), match.end(), kind, number, int(year) if year else None)


def quarter_number(text: str) -> int:
    """The number, 1-4, of a quarter that is written "III", "iii" or "3"."""
    return int(text) if text.isdigit() else QUARTERS.index(text.upper()) + 1


def _read_period(groups: dict[str, str | None]) -> tuple[PeriodKind, int | None, str | None]:
    if quarter := groups["quarter"]:
        return "quarter", quarter_number(quarter), groups["quarter_year"]
    if half := groups["half"]:
        return "half", 1 if half.lower() == "đầu" else 2, groups["half_year"]
    if groups["nine"] is not None:
        return "nine_months", 9, groups["nine_year"]
    if months := groups["months"]:
        number = int(months) if months.isdigit() else _COUNT_WORDS[months.lower()]
        return "months", number, groups["months_year"]
    if month := groups["month"]:
        return "month", int(month), groups["month_year"]
    return "year", None, groups["year"]


def parse_date(text: str) -> date | None:
    """The one existing date that `text` is (ISO, 22/12/2024, ngày 22 tháng 12 năm 2024), or None."""
    match = _DATE.fullmatch(text.strip().removeprefix("ngày ").strip()) or _DATE.fullmatch(text.strip())
    return _mention(match).value if match else None


def format_date(value: date) -> str:
    """dd/m/yyyy: a leading zero for days below 10 and for January and February (Decree 30/2020, Annex I)."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"
