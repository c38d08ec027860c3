"""Dates and periods with their spans, existing or not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.vietnamese.dates import (
    find_dates,
    find_periods,
    format_date,
    parse_date,
)


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("ngày 22/12/2024 của", "22/12/2024", date(2024, 12, 22)),
        ("ngày 28 tháng 10 năm 2025", "ngày 28 tháng 10 năm 2025", date(2025, 10, 28)),
        ("ngày 22/8/ 2025", "22/8/ 2025", date(2025, 8, 22)),
        ("2025-09-17", "2025-09-17", date(2025, 9, 17)),
        ("22.12.2024", "22.12.2024", date(2024, 12, 22)),
        ("31/11/2025", "31/11/2025", None),
        ("29/02/2025", "29/02/2025", None),
        ("tháng 5/2026", "tháng 5/2026", None),
        ("tháng 13/2025", "tháng 13/2025", None),
    ],
)
def test_one_date(text: str, written: str, value: date | None) -> None:
    (found,) = find_dates(text)
    assert (found.text, found.value) == (written, value)


def test_impossible_is_not_the_same_as_without_a_day() -> None:
    days = {d.text: d.impossible for d in find_dates("31/11/2025, tháng 5/2026, tháng 13/2025, 01/7/2025")}
    assert days == {"31/11/2025": True, "tháng 5/2026": False, "tháng 13/2025": True, "01/7/2025": False}


@pytest.mark.parametrize("text", ["30/2020/NĐ-CP", "193/2025/QH15", "05/07 chỉ tiêu", "3.317/3.323", "71/NQ-CP"])
def test_symbols_and_ratios_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_a_range_has_two_dates() -> None:
    assert [d.value for d in find_dates("01/7/2025-31/12/2025")] == [date(2025, 7, 1), date(2025, 12, 31)]


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2099, 12, 31)))
def test_written_dates_read_back(value: date) -> None:
    assert parse_date(format_date(value)) == value
    assert parse_date(f"ngày {value.day:02d} tháng {value.month} năm {value.year}") == value
    assert parse_date(value.isoformat()) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2020, 3, 5), "05/3/2020"),
        (date(2025, 6, 9), "09/6/2025"),
        (date(2025, 2, 19), "19/02/2025"),
        (date(2025, 10, 15), "15/10/2025"),
        (date(2025, 1, 5), "05/01/2025"),
    ],
)
def test_leading_zeros_follow_the_decree(value: date, written: str) -> None:
    assert format_date(value) == written


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("quý III năm 2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("Quý IV/2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("06 tháng cuối năm 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("5 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 5, 31)),
        ("9 tháng năm 2025", date(2025, 1, 1), date(2025, 9, 30)),
        ("tháng 02 năm 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_period_bounds(text: str, first: date, last: date) -> None:
    (period,) = find_periods(f"Báo cáo {text}, trình")
    assert period.text == text
    assert period.bounds() == (first, last)


def test_a_period_without_a_year_has_no_bounds() -> None:
    (period,) = find_periods("Kết quả quý III và")
    assert (period.kind, period.number, period.bounds()) == ("quarter", 3, None)
