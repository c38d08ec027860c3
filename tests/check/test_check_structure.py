# ruff: noqa: E501 (a row of a table stays on one line)
"""Lines into paragraphs, paragraphs into sections and zones; offsets back into the text as it is."""

import unicodedata

import pytest

from assistant.check.build import build_report
from assistant.check.reading.labels import read_label

from .conftest import report_of, source_of

WRAPPED = """I. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ PHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ VÀ
CHUYỂN ĐỔI SỐ
1. Công tác chỉ đạo
Ủy ban nhân dân xã đã ban hành đầy đủ các văn bản chỉ đạo, điều hành theo
hướng dẫn của cấp trên; Quyết định số 23/QĐ-
UBND ngày 12/7/2025 về việc kiện toàn Ban Chỉ đạo xã, phân công nhiệm vụ
cụ thể cho từng thành viên.
2
Công tác kiểm tra được thực hiện thường xuyên, kịp thời chấn chỉnh những
việc chưa làm tốt.
- Tổ chức tuyên truyền trên hệ thống truyền thanh cơ sở của xã, của các
thôn.
"""


def test_wrapped_lines_become_paragraphs() -> None:
    texts = [p.text for p in report_of(WRAPPED, whole=True).paragraphs]
    assert texts[0].endswith("CÔNG NGHỆ VÀ CHUYỂN ĐỔI SỐ")
    assert texts[1] == "1. Công tác chỉ đạo"
    assert "số 23/QĐ-UBND ngày" in texts[2], "a symbol broken at the line end is joined again"
    assert texts[-1] == "- Tổ chức tuyên truyền trên hệ thống truyền thanh cơ sở của xã, của các thôn."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n"])
def test_spans_lead_back_to_the_text_as_it_is(form: str, newline: str) -> None:
    text = unicodedata.normalize(form, WRAPPED).replace("\n", newline)  # type: ignore[arg-type]
    report = build_report(source_of(text))
    for paragraph in report.paragraphs:
        start, end = paragraph.whole
        back = unicodedata.normalize("NFC", text[start:end])
        assert " ".join(back.split()).replace("QĐ- UBND", "QĐ-UBND") == paragraph.text
        word = paragraph.text.split()[-1]
        at = paragraph.text.rindex(word)
        a, b = paragraph.span(at, at + len(word))
        assert unicodedata.normalize("NFC", text[a:b]) == word


def test_zones_and_sections() -> None:
    report = report_of("I. KẾT QUẢ\n1. Một việc\nĐã làm.\n1.1. Việc nhỏ\nĐã làm.\nII. PHƯƠNG HƯỚNG\nSẽ làm.\nPhụ lục\n")
    assert [(s.label, s.depth, s.parent) for s in report.sections] == [
        ("I", 0, -1),
        ("1", 1, 0),
        ("1.1", 2, 1),
        ("II", 0, -1),
    ]
    small = next(p for p in report.paragraphs if p.text == "1.1. Việc nhỏ")
    assert report.location(small) == "I > 1 > 1.1"
    assert {p.zone for p in report.paragraphs} == {"head", "body", "closing", "recipients", "signature"}
    assert report.about_the_future(next(p for p in report.paragraphs if p.text == "Sẽ làm."))
    assert (report.unit.kind, report.unit.name) == ("xã", "Vân Mẫu")
    assert report.title == "Kết quả chuyển đổi số quý III năm 2025"
    assert report.report_date.isoformat() == "2025-10-05"
    assert report.dated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("III. KẾT QUẢ", ("roman", "III", (3,))),
        ("3.6. Kết quả", ("decimal", "3.6", (3, 6))),
        ("4.1 Hạ tầng số", ("decimal", "4.1", (4, 1))),
        ("đ) Năm việc", ("point", "đ", (5,))),
        ("PHẦN II. PHƯƠNG HƯỚNG", ("part", "PHẦN II", (2,))),
        ("Phần thứ nhất. Kết quả", ("part", "Phần thứ nhất", (1,))),
        ("- Một việc", ("bullet", "-", ())),
        ("A. KẾT QUẢ", ("letter", "A", (1,))),
        ("21 tổ và 125 thành viên", None),
        ("01/7/2025 đến nay", None),
        ("Một câu bình thường.", None),
        ("100% cán bộ đã tập huấn", None),
    ],
)
def test_labels(text: str, expected: tuple[str, str, tuple[int, ...]] | None) -> None:
    label = read_label(text)
    assert (label and (label.style, label.text, label.numbers)) == expected


def test_an_open_day_means_the_end_of_its_month() -> None:
    text = "XÃ VÂN MẪU\nSố:     /BC-UBND\nVân Mẫu, ngày      tháng 10 năm 2025\nBÁO CÁO\nKết quả quý III\nI. MỘT\nĐã làm.\n"
    report = report_of(text, whole=True)
    assert report.report_date.isoformat() == "2025-10-31"


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "Một dòng.", "BÁO CÁO", "I.", "1.\n2.\n3.", "((((", "%%%% ...... 1/0 đạt 5%", "\x00\x01"]
)
def test_odd_texts_are_read(text: str) -> None:
    from assistant.check.checker import check_document

    check_document(source_of(text))


@pytest.mark.parametrize(
    ("title", "period", "other"),
    [
        ("Tổng kết công tác chuyển đổi số năm 2025", "Quý; kèm nhiệm vụ quý sau", True),
        ("Tổng kết công tác chuyển đổi số năm 2025", "Năm dương lịch; số liệu từ 01/7", False),
        ("Kết quả quý III, phương hướng quý IV năm 2025", "Quý; kèm nhiệm vụ quý sau", False),
        ("Kết quả 5 tháng đầu năm 2026", "N tháng (ví dụ 5 tháng đầu năm)", False),
        ("Kết quả 6 tháng đầu năm 2026", "Năm (kỳ họp cuối năm) hoặc 6 tháng (kỳ họp giữa năm)", False),
        ("Kết quả chuyển đổi số", "Quý", False),
        ("Kết quả quý I năm 2026", "", False),
    ],
)
def test_the_period_in_the_title_tells_types_apart(title: str, period: str, other: bool) -> None:
    from assistant.check.matching import _other_period

    assert _other_period(title, period) is other
