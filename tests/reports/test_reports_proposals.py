"""Values proposed from a report already written: each with its sentence; nothing taken from a neighbour."""

import pytest

from assistant.reports import get_report_type
from assistant.reports.proposals import propose_values

QUARTER = get_report_type("quy_khcn_dmst_cds")
TEXT = """A. KẾT QUẢ
3.6. Kết quả cung cấp dịch vụ công trực tuyến
Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ, trong đó nộp trực tuyến 856 hồ sơ, nộp trực
tiếp 380 hồ sơ, kỳ trước chuyển sang 14 hồ sơ. Đã giải quyết 1.210 hồ sơ, trước và đúng hạn
1.202 hồ sơ, đạt 99,34%; quá hạn 08 hồ sơ, chiếm 0,66%. Phấn đấu trên 95 hồ sơ trực tuyến.
3.7. Số hóa hồ sơ
Đã số hóa 855/900 hồ sơ.
5. Đào tạo nguồn nhân lực
Toàn xã có 18 Tổ công nghệ số cộng đồng với 126 thành viên.
"""


def _found() -> dict[tuple[str, str], float]:
    return {(p.section, p.field): float(p.value) for p in propose_values(TEXT, QUARTER)}


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("q_dvctt", "rec_total", 1250),
        ("q_dvctt", "rec_online", 856),
        ("q_dvctt", "rec_direct", 380),
        ("q_dvctt", "rec_carried", 14),
        ("q_dvctt", "rec_resolved", 1210),
        ("q_dvctt", "rec_early_ontime", 1202),
        ("q_dvctt", "ontime_rate", 99.34),
        ("q_dvctt", "rec_late", 8),
        ("q_dvctt", "late_rate", 0.66),
        ("q_so_hoa", "dig_done", 855),
        ("q_nhan_luc", "cdt_teams", 18),
        ("q_nhan_luc", "cdt_members", 126),
    ],
)
def test_figures_find_their_fields(section: str, field: str, value: float) -> None:
    assert _found()[section, field] == value


def test_each_proposal_stands_where_it_says() -> None:
    proposals = propose_values(TEXT, QUARTER)
    total = next(p for p in proposals if p.field == "rec_total")
    assert TEXT[total.start : total.end] == "1.250"
    assert total.sentence.startswith("Tổng số hồ sơ tiếp nhận: 1.250")
    assert all(0 < p.score <= 1 for p in proposals)


def test_a_figure_torn_apart_by_a_pdf_is_not_proposed_in_pieces() -> None:
    torn = "3.6. Kết quả cung cấp dịch vụ công trực tuyến\nTổng hồ sơ tiếp nhận: 1. 250 hồ sơ, quá hạn 8 hồ sơ.\n"
    assert [(p.field, p.value) for p in propose_values(torn, QUARTER)] == [("rec_late", 8)]


def test_estimates_and_texts_without_figures_propose_nothing() -> None:
    assert propose_values("Tiếp nhận khoảng 300 hồ sơ.", QUARTER) == []
    assert propose_values("", QUARTER) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Trong quý, Trung tâm tiếp nhận tổng số 1.102 hồ sơ.", {"rec_total": 1102}),
        ("Tiếp nhận 1941 hồ sơ TTHC (trực tuyến 332 hồ sơ).", {"rec_total": 1941, "rec_online": 332}),
        ("Trung tâm tiếp nhận được 77 hồ sơ; trực tuyến: 70; trực tiếp 7.",
         {"rec_total": 77, "rec_online": 70, "rec_direct": 7}),
        # part of what was received is no total
        ("Tiếp nhận 332 hồ sơ trực tuyến.", {"rec_online": 332}),
        ("Qua Cổng dịch vụ công đã tiếp nhận 332 hồ sơ.", {}),
        ("Lĩnh vực đất đai tiếp nhận 120 hồ sơ.", {}),
        ("Tháng 7 tiếp nhận 300 hồ sơ.", {}),
        # other things than dossiers are online too
        ("Họp trực tuyến 3 cấp, trực tiếp 2 điểm cầu.", {}),
        # aims are no results
        ("- Nâng tỷ lệ hồ sơ trực tuyến đạt 95%.", {}),
    ],
)  # fmt: skip
def test_dossiers_received_are_told_from_parts_of_them(sentence: str, expected: dict[str, int]) -> None:
    text = f"3.6. Kết quả cung cấp dịch vụ công trực tuyến\n{sentence}\n"
    assert {p.field: p.value for p in propose_values(text, QUARTER)} == expected


def test_a_part_named_like_its_whole_does_not_take_its_place() -> None:
    text = (
        "3.4. Tình hình sử dụng chữ ký số\n"
        "Tổng số chữ ký số chuyên dùng của xã là 31 chữ ký số, trong đó số chữ ký số chuyên dùng của tổ là 9/9.\n"
        "Lãnh đạo và chuyên viên được cấp chữ ký số lần lượt là 100% và 64%.\n"
    )
    assert [(p.field, p.value) for p in propose_values(text, QUARTER)] == [("sig_total", 31)]
