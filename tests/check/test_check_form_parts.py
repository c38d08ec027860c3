# ruff: noqa: E501 (a row of a table stays on one line)
"""The parts of the form against one another, what a reading from pictures blurs, and figures that a topic asks for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.check.checker import check_document

from .conftest import HEAD, TAIL, drafts_of, report_of, source_of

BODY = "I. KẾT QUẢ\nUBND xã đã ban hành kế hoạch năm.\nII. NHIỆM VỤ\nTiếp tục triển khai kế hoạch năm.\n"

# what is put in place of what, and the words of the remark; None: nothing may be said
CASES: list[tuple[str, str, str | None]] = [
    ("Số: 87/BC-UBND", "Số: 87 / BC - UBND", "viết liền"),
    ("Số: 87/BC-UBND", "Số: 87/KH-UBND", "Báo cáo có ký hiệu «BC»"),
    ("Số: 87/BC-UBND", "Số: 87/BC-BCĐ", "không khớp tên cơ quan"),
    ("Số: 87/BC-UBND", "Số: 87/BC-UBND", None),
    ("Vân Mẫu, ngày 05 tháng 10", "Xã Vân Mẫu, ngày 05 tháng 10", "không ghi chữ «xã»"),
    ("Vân Mẫu, ngày 05 tháng 10", "Vân Mẫu, ngày 05 tháng 1", "Tháng 1, tháng 2"),
    ("CHỦ TỊCH\nLê", "KT. CHỦ TỊCH\nCHỦ TỊCH\nLê", "cấp phó"),
    ("CHỦ TỊCH\nLê", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê", None),
    ("TM. ỦY BAN NHÂN DÂN", "TM. BAN CHỈ ĐẠO", "không phải là cơ quan ở đầu"),
    ("Lê Thị Mẫu\n", "Lê Thị Mẫu\n\nPHỤ LỤC\nMỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM 2025\n(Kèm theo Báo cáo số 87/BC-UBND ngày 05/10/2025 của UBND xã Vân Mẫu)\n", "không được nhắc đến"),
    ("Lê Thị Mẫu\n", "Lê Thị Mẫu\n\nPHỤ LỤC\nMỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM 2025\n(Kèm theo Báo cáo số 87/BC-UBND ngày 06/10/2025 của UBND xã Vân Mẫu)\n", "phụ lục ghi 06/10/2025"),
]  # fmt: skip


@pytest.mark.parametrize(("there", "instead", "said"), CASES)
def test_parts_of_the_form(there: str, instead: str, said: str | None) -> None:
    text = (HEAD + BODY + TAIL).replace(there, instead)
    assert instead in text
    found = drafts_of("form_parts", report_of(text, whole=True))
    if said is None:
        assert found == []
    else:
        assert any(said in one.message for one in found)


def test_an_addressee_stands_first_among_the_recipients() -> None:
    text = (
        (HEAD + BODY + TAIL)
        .replace("BÁO CÁO\n", "BÁO CÁO\n")
        .replace("Thực hiện chỉ đạo", "Kính gửi: Sở Khoa học và Công nghệ.\n\nThực hiện chỉ đạo")
    )
    (one,) = drafts_of("form_parts", report_of(text, whole=True))
    assert "Như trên" in one.message
    assert (
        drafts_of("form_parts", report_of(text.replace("- Sở Khoa học và Công nghệ;", "- Như trên;"), whole=True)) == []
    )


def test_two_ways_to_set_the_tone() -> None:
    text = "Ủy ban hòa giải, khóa họp, hóa đơn, thủy lợi. Đã hoà giải và tổ chức khoá học."
    (one,) = drafts_of("tone_styles", report_of(text))
    assert "hai kiểu" in one.message
    assert drafts_of("tone_styles", report_of("Ủy ban hòa giải, khóa họp, quý báu, quà tặng.")) == []


def test_letters_read_from_pictures_are_doubted() -> None:
    text = HEAD + "Xã đã triển khai phầm mềm quản lý văn bản. Đã giải quyết 50/100 hồ sơ, đạt 60%." + TAIL
    printed = check_document(source_of(text))
    scanned = check_document(replace(source_of(text), recognised=True))
    by_rule = [{f.rule: f.severity for f in result.findings} for result in (printed, scanned)]
    assert by_rule[0]["spelling"] == "warning"
    assert by_rule[1]["spelling"] == "info"
    assert by_rule[0]["share"] == by_rule[1]["share"] == "error"
    assert "ảnh quét" in next(f.message for f in scanned.findings if f.rule == "spelling")


def test_figures_that_the_topic_asks_for(report_types: Any) -> None:
    report_type = report_types["quy_khcn_dmst_cds"]
    section = next(s for s in report_type.leaves if any(f.required and f.numeric for f in s.fields))
    field = next(f for f in section.fields if f.required and f.numeric)
    words = (
        "Xã tiếp tục thực hiện các nội dung được giao trên địa bàn theo đúng hướng dẫn của cấp trên trong kỳ báo cáo."
    )
    for told, expected in (("", 1), ("Có 12 việc chung. ", 1), (f"{field.label}: 12. ", None)):
        base = report_of(f"1. {section.heading}\n{words} {told}\n2. Việc khác\nĐã xong.")
        report = replace(
            base, report_type=report_type, matches={base.sections[0].index: section}, report_date=date(2025, 10, 5)
        )
        found = [d for d in drafts_of("requirement", report) if d.category == "missing_figure"]
        names = " ".join(d.message for d in found)
        if expected is None:
            assert field.label[1:] not in names
        else:
            assert len(found) == expected
            assert field.label[1:] in names
