"""Figures as texts write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.vietnamese.numbers import (
    find_quantities,
    format_money,
    format_number,
    format_percent,
    noun_after,
    parse_number,
    two_digits,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.941 hồ sơ", [("1.941", "1941", "number")]),
        ("1941 hồ sơ", [("1941", "1941", "number")]),
        ("1 941 hồ sơ", [("1 941", "1941", "number")]),
        ("đạt 99,82%", [("99,82%", "99.82", "percent")]),
        ("đạt 99.82 %", [("99.82 %", "99.82", "percent")]),
        ("đạt 72 phần trăm", [("72 phần trăm", "72", "percent")]),
        ("tăng 1,5 điểm phần trăm", [("1,5 điểm phần trăm", "1.5", "points")]),
        ("1,2 tỷ đồng", [("1,2 tỷ đồng", "1200000000", "money")]),
        ("200 triệu đồng", [("200 triệu đồng", "200000000", "money")]),
        ("150.000 đồng/tháng", [("150.000 đồng", "150000", "money")]),
        ("gồm 21 đồng chí", [("21", "21", "number")]),
        ("6.500.000đ", [("6.500.000đ", "6500000", "money")]),
        ("3.317/3.323 thành viên", [("3.317", "3317", "number"), ("3.323", "3323", "number")]),
        ("855/900 hồ sơ", [("855", "855", "number"), ("900", "900", "number")]),
        ("05/07 chỉ tiêu", [("05", "5", "number"), ("07", "7", "number")]),
        ("1.234,5 ha", [("1.234,5", "1234.5", "number")]),
        ("Nghị quyết số 71/NQ-CP", []),
        ("Nghị quyết số 57-NQ/TW", []),
        ("Nghị định 30/2020/NĐ-CP", []),
        ("ngày 22/12/2024", []),
        ("ghi 2.76.65%", []),  # no number: left for the checker to say so
    ],
)
def test_quantities(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(q.text, q.value, q.kind) for q in find_quantities(text)]
    assert found == [(written, Decimal(value), kind) for written, value, kind in expected]


def test_bounds_are_marked() -> None:
    assert [q.approximate for q in find_quantities("trên 150 người, 12 cuộc, > 95%")] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "value"),
    [("07", "7"), ("1.941", "1941"), ("99,82%", "99.82"), (" 1,2 tỷ ", "1200000000"), ("12,5", "12.5")],
)
def test_parse_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "nhiều", "2.76.65%", "05/07", "1.2.3"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_whole_numbers_read_back(value: int) -> None:
    assert parse_number(format_number(value)) == value


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_percentages_read_back(value: Decimal) -> None:
    assert parse_number(format_percent(value)) == value


@given(st.integers(min_value=1, max_value=10**13))
def test_money_reads_back(value: int) -> None:
    assert parse_number(format_money(value)) == value


@given(st.text(max_size=200))
def test_spans_are_the_text(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text


def test_formats() -> None:
    assert format_number(1234567) == "1.234.567"
    assert format_number(Decimal("-12.50")) == "-12,5"
    assert format_number(12, decimals=2) == "12,00"
    assert format_percent(17.104) == "17,1%"
    assert format_money(1_200_000_000) == "1,2 tỷ đồng"
    assert format_money(6_500_000) == "6,5 triệu đồng"
    assert format_money(123_456) == "123.456 đồng"
    assert two_digits(7) == "07"
    assert two_digits(12) == "12"
    assert two_digits(0) == "0"


def test_noun_after() -> None:
    text = "tiếp nhận 1.941 hồ sơ thủ tục hành chính, đạt"
    assert noun_after(text, text.index(" hồ")) == "ho so thu tuc"
