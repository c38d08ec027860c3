# ruff: noqa: E501  (the rows of the tables stay on one line)
"""The report's own number and date are no references."""

import pytest

from assistant.legal import extract

HEADER = "ỦY BAN NHÂN DÂN\nXÃ SUỐI MƠ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
# (header lines, [(kind, text, value)])
OWN = [
    (
        "Số: 15/BC-UBND                Suối Mơ, ngày 05 tháng 10 năm 2025",
        [("number", "Số: 15/BC-UBND", "15/BC-UBND"), ("date", "Suối Mơ, ngày 05 tháng 10 năm 2025", "2025-10-05")],
    ),
    (
        "Số:         /BC-UBND Suối Mơ, ngày      tháng 10 năm 2025",
        [("number", "Số: /BC-UBND", "/BC-UBND"), ("date", "Suối Mơ, ngày tháng 10 năm 2025", None)],
    ),
    ("Số: 22-BC/ĐU\nKhe Sậu, ngày 12 tháng 11 năm 2025", [("number", "Số: 22-BC/ĐU", "22-BC/ĐU"),
                                                          ("date", "Khe Sậu, ngày 12 tháng 11 năm 2025", "2025-11-12")]),
    ("Số 08-BC/BCĐ", [("number", "Số 08-BC/BCĐ", "08-BC/BCĐ")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), OWN)
def test_own_number_and_date(lines, expected):
    found = extract(HEADER + lines + "\n\nBÁO CÁO\nKết quả công tác\n")
    assert [(own.kind, own.text, own.value) for own in found.own] == expected
    assert found.references == ()


def test_an_annex_that_names_the_report_is_no_reference():
    text = HEADER + "Số: 15/BC-UBND\nBÁO CÁO\n…\nPHỤ LỤC\n(Kèm theo Báo cáo số 15/BC-UBND ngày 05/10/2025 của UBND xã)"
    assert extract(text).references == ()


def test_a_number_broken_over_a_line_is_a_reference():
    text = HEADER + "Số: 15/BC-UBND\nThực hiện Kế hoạch \n\nsố 46/KH-UBND ngày 06/11/2024 của UBND tỉnh"
    found = extract(text)
    assert [r.symbol for r in found.references] == ["46/KH-UBND"]
    assert [own.value for own in found.own] == ["15/BC-UBND"]
