# ruff: noqa: E501 (a row of a table stays on one line)
"""Rules on figures: what must be marked, and the near miss that must not."""

import unicodedata

import pytest

from .conftest import drafts_of, quotes_of, report_of

# rule, text, what is marked (a part of it), or None
CASES: list[tuple[str, str, str | None]] = [
    # shares of their own numerator and denominator
    ("share", "Đã giải quyết 2.405/2.450 hồ sơ, đạt 96,16%.", "2.405/2.450 hồ sơ, đạt 96,16%"),
    ("share", "Đã giải quyết 2.405/2.450 hồ sơ, đạt 98,16%.", None),
    ("share", "Đã giải quyết 2405/2450 hồ sơ (98,2%).", None),
    ("share", "Đã giải quyết 2.405/2.450 hồ sơ, đạt 98%.", None),
    ("share", "Có 26/1.794 hồ sơ quá hạn, chiếm 1,44%.", None),  # cut off, not rounded: 1,449
    ("share", "Có 12/14 thôn, đạt 80% kế hoạch.", None),
    ("share", "Có 12/14 thôn có wifi, tăng 5% so với cùng kỳ.", None),
    ("share", "Quyết định số 12/QĐ-UBND, đạt 50%.", None),
    ("share", "Ngày 12/10/2025 đạt 50% chỉ tiêu.", None),
    ("share", "Có 30 người trên tổng số 60 người, đạt 45%.", "30 người trên tổng số 60 người, đạt 45%"),
    ("share", "Có 30 người trên tổng số 60 người, đạt 50%.", None),
    # a share that follows from no total of the section
    ("share_of_total", "Tiếp nhận 800 hồ sơ. Đã giải quyết 700 hồ sơ, đạt 91,5%.", "700 hồ sơ, đạt 91,5%"),
    ("share_of_total", "Tiếp nhận 800 hồ sơ. Đã giải quyết 700 hồ sơ, đạt 87,5%.", None),
    ("share_of_total", "Tiếp nhận 800 hồ sơ. Đã giải quyết 800 hồ sơ, đạt 100%.", None),
    ("share_of_total", "Đã giải quyết 700 hồ sơ, đạt 91,5%.", None),
    ("share_of_total", "Tiếp nhận 800 hồ sơ. Đã giải quyết 700 hồ sơ, đạt 91,5% kế hoạch.", None),
    # totals
    ("total", "Tiếp nhận 500 hồ sơ (trực tuyến 420 hồ sơ, trực tiếp 90 hồ sơ).", "500 hồ sơ (trực tuyến"),
    ("total", "Tiếp nhận 500 hồ sơ (trực tuyến 420 hồ sơ, trực tiếp 80 hồ sơ).", None),
    ("total", "Đã giải quyết 1.176 (trước hạn 1.169 hồ sơ, quá hạn 06 hồ sơ).", "1.176 (trước hạn"),
    ("total", "Mở 06 lớp với 1.260 người học, bình quân 210 người mỗi lớp, trong đó nữ 690 người, nam 570 người.", None),
    ("total", "Duy trì 02 mô hình: trồng rau tưới tự động 4,5 ha và nuôi cá với 06 bể.", None),
    ("part_of_which", "Mở 06 lớp với 1.260 người học, bình quân 210 người mỗi lớp, trong đó nữ 690 người, nam 570 người.", None),
    ("mean", "Mở 06 lớp với 1.260 người học, bình quân 210 người mỗi lớp, trong đó nữ 690 người, nam 570 người.", None),
    ("total", "Toàn xã có 62 cán bộ, trong đó có 20 cán bộ nữ, 15 cán bộ là đảng viên.", None),  # a choice, no sum
    ("total", "Cấp 28 chữ ký số (gồm 06 của lãnh đạo, 02 của tổ chức và 21 của công chức).", "28 chữ ký số"),
    ("total", "Cấp 29 chữ ký số (gồm 06 của lãnh đạo, 02 của tổ chức và 21 của công chức).", None),
    ("total", "Tổ chức 08 hội nghị, gồm 05 hội nghị trực tiếp và 03 hội nghị trực tuyến.", None),
    ("total", "Kế hoạch có 05 nhóm nhiệm vụ (từ ngày 01/7/2025 đến ngày 31/12/2025).", None),
    # received = solved + under way + …
    ("states", "Tiếp nhận 100 hồ sơ; đã giải quyết 90 hồ sơ, đang giải quyết 8 hồ sơ.", "đang giải quyết 8"),
    ("states", "Tiếp nhận 100 hồ sơ; đã giải quyết 90 hồ sơ, đang giải quyết 10 hồ sơ.", None),
    ("states", "Tiếp nhận 100 hồ sơ; đã giải quyết 90 hồ sơ, đang giải quyết 8 hồ sơ, trả lại 02 hồ sơ.", None),
    ("states", "Tiếp nhận 100 hồ sơ; đã giải quyết 90 hồ sơ.", None),
    # numbers that are none
    ("malformed_number", "Tỷ lệ đạt 2.76.65%.", "2.76.65%"),
    ("malformed_number", "Tỷ lệ đạt 7,8.5%.", "7,8.5%"),
    ("malformed_number", "Kinh phí 1.250.000 đồng, tỷ lệ 99,82%.", None),
    ("malformed_number", "Mục 3.6.1 nêu 12 hồ sơ; địa chỉ 10.0.0.1.", None),
    ("above_hundred", "Tỷ lệ hồ sơ có kết quả điện tử đạt 108%.", "108%"),
    ("above_hundred", "Thu ngân sách đạt 108% dự toán, tăng 120% so với cùng kỳ.", None),
    ("decimal_point", "Đạt 95.6% và 40,5%.", "95.6%"),
    ("thousands", "Có 1941 hồ sơ và 4.770 văn bản.", "1941 hồ sơ"),
    ("thousands", "Có 1941 hồ sơ và 477 văn bản.", None),
    # counts against what is counted
    ("team_size", "Mỗi tổ có ít nhất 06 thành viên, toàn xã có 21 tổ và 125 thành viên.", "21 tổ và 125 thành viên"),
    ("team_size", "Mỗi tổ có ít nhất 06 thành viên, toàn xã có 21 tổ và 126 thành viên.", None),
    ("team_size", "Toàn xã có 21 tổ và 125 thành viên.", None),
    ("mean", "Thành lập 12 tổ với 90 thành viên, mỗi tổ 07 thành viên.", "12 tổ với 90 thành viên"),
    ("mean", "Thành lập 12 tổ với 84 thành viên, mỗi tổ 07 thành viên.", None),
    ("team_size", "Mỗi tổ tối đa 05 thành viên, xã có 10 tổ với 60 thành viên.", "10 tổ với 60 thành viên"),
    ("announced_count", "Triển khai 03 nhiệm vụ sau:\n- Một là tuyên truyền.\n- Hai là tập huấn.", "03 nhiệm vụ"),
    ("announced_count", "Triển khai 02 nhiệm vụ sau:\n- Một là tuyên truyền.\n- Hai là tập huấn.", None),
    # one quantity, two values
    ("one_quantity", "Phủ sóng 12/12 thôn.\n\nLắp wifi tại 14/14 thôn.", "14/14 thôn"),
    ("one_quantity", "Phủ sóng 12/12 thôn.\n\nLắp wifi tại 10/12 thôn.", None),
    ("cumulative", "Trong quý III hướng dẫn 640 lượt người; lũy kế từ đầu năm 520 lượt người.", "lũy kế từ đầu năm 520"),
    ("cumulative", "Trong quý III hướng dẫn 140 lượt người; lũy kế từ đầu năm 520 lượt người.", None),
    ("taken_back", "100% hộ dân được phủ sóng di động.\n\nCòn 02 thôn chưa có sóng di động.", "100% hộ dân"),
    ("all_but_some", "100% viên chức, giáo viên được cấp thẻ; còn 03 giáo viên chưa nhận.", "100% viên chức"),
    ("all_but_some", "100% viên chức, giáo viên được cấp thẻ; còn 03 trường học chưa có mạng.", None),
    ("taken_back", "95% hộ dân được phủ sóng di động.\n\nCòn 02 thôn chưa có sóng di động.", None),
    ("none_and_some", "Hồ sơ quá hạn: Không.\n\nCó 15 hồ sơ quá hạn do lỗi đường truyền.", "Hồ sơ quá hạn: Không"),
    ("none_and_some", "Hồ sơ quá hạn: Không.\n\nCó 15 hồ sơ trước hạn.", None),
    # ratings
    ("below_claim", "- Số hóa hồ sơ: 85,7% (chỉ tiêu 90%): Đạt.", "85,7% (chỉ tiêu 90%): Đạt"),
    ("below_claim", "- Số hóa hồ sơ: 91% (chỉ tiêu 90%): Đạt.", None),
    ("below_claim", "- Số hóa hồ sơ: 85,7% (chỉ tiêu 90%): Chưa đạt.", None),
    ("below_claim", "- Tỷ lệ hộ nghèo giảm còn 2% (chỉ tiêu 3%): Đạt.", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_figures(rule: str, text: str, expected: str | None, form: str) -> None:
    found = quotes_of(rule, report_of(unicodedata.normalize(form, text)))  # type: ignore[arg-type]
    if expected is None:
        assert found == []
    else:
        assert any(unicodedata.normalize(form, expected) in quote for quote in found)  # type: ignore[arg-type]


def test_the_right_share_is_suggested() -> None:
    (one,) = drafts_of("share", report_of("Đã giải quyết 2.405/2.450 hồ sơ, đạt 96,16%."))
    assert one.suggestion == "2.405/2.450 hồ sơ, đạt 98,16%"
    assert "98,16%" in one.message


def test_a_rated_list_is_counted() -> None:
    text = """1. Chỉ tiêu
* Kết quả đạt 05/07 chỉ tiêu:
- Chỉ tiêu thứ nhất đạt trên 95%: Đạt.
- Chỉ tiêu thứ hai: Đạt.
- Chỉ tiêu thứ ba: chưa đạt.
* Kết quả đạt 02/02 chỉ tiêu:
- Chỉ tiêu thứ tư: Đạt.
- Chỉ tiêu thứ năm. Đạt.
"""
    assert quotes_of("listed_count", report_of(text)) == ["đạt 05/07 chỉ tiêu"]


def test_a_rating_is_held_to_the_reports_own_counts() -> None:
    text = """1. Dịch vụ công
Tiếp nhận 1.000 hồ sơ, trong đó trực tuyến 400 hồ sơ, trực tiếp 600 hồ sơ.
2. Chỉ tiêu
- Tỷ lệ hồ sơ tiếp nhận qua dịch vụ công trực tuyến đạt trên 80%: Đạt.
- Tỷ lệ dịch vụ công có phát sinh hồ sơ trực tuyến đạt trên 80%: Đạt.
"""
    (one,) = drafts_of("rated_against_figures", report_of(text))
    assert "400/1.000 = 40%" in one.message


def test_one_label_with_two_values() -> None:
    text = """1. Văn bản
Tổng số văn bản đi của xã là 845 văn bản.
2. Chữ ký số
Tổng số văn bản đi của xã là 854 văn bản.
"""
    assert quotes_of("two_values", report_of(text)) == ["Tổng số văn bản đi của xã là 854 văn bản"]
    assert quotes_of("two_values", report_of(text.replace("854", "845"))) == []


def test_number_of_teams_differs() -> None:
    text = """1. Nhân lực
Xã có 12 Tổ công nghệ số cộng đồng.
2. Hạ tầng
Vận hành 14 Tổ công nghệ số cộng đồng.
"""
    assert quotes_of("one_quantity", report_of(text)) == [
        "14 Tổ công nghệ số cộng đồng",
        "12 Tổ công nghệ số cộng đồng",
    ]


# two paragraphs of a report on the third quarter of 2025; what is marked of the second, or None
QUANTITIES: list[tuple[str, str, str | None]] = [
    ("Xã có 16 thôn. Cáp quang đến 16/16 thôn.", "Hôm nay 15/15 thôn đã có tổ.", "15/15 thôn"),
    ("Xã có 19 thôn, buôn (11 thôn, 8 buôn).", "Có 21 tổ công nghệ số cộng đồng ở 21 thôn, buôn.", "21 thôn, buôn"),
    ("Xã có 19 thôn. Cáp quang đến 18/19 thôn.", "Đã lắp wifi tại 12 thôn; 03 thôn chưa có sóng.", None),
    ("Xã có 19 thôn.", "Mở lớp ở 04 thôn đặc biệt khó khăn; xã có 04 thôn đặc biệt khó khăn.", None),
    ("Tiếp nhận 1.952 hồ sơ.", "Hồ sơ tiếp nhận qua Hệ thống của tỉnh: 1.932.", "1.932"),
    ("Trong quý, xã tiếp nhận 1.952 hồ sơ.", "Quý II, xã tiếp nhận 1.932 hồ sơ; lũy kế tiếp nhận 3.884 hồ sơ.", None),
    ("Tiếp nhận 1.952 hồ sơ.", "Lĩnh vực đất đai: tiếp nhận 1.052 hồ sơ.", None),
    ("Tiếp nhận 1.952 hồ sơ.", "Trung tâm tiếp nhận 415 hồ sơ.", None),
    ("Phát hành 804 văn bản đi.", "Văn bản đi: 840.", "840"),
    ("Ban Chỉ đạo gồm 19 thành viên, đã họp 06 phiên.", "Số phiên họp Ban Chỉ đạo: 05.", "05"),
    ("Phát hành 588 văn bản đi.", "Ký số 585/588 văn bản đi, đạt 99,49%.", None),
    ("Có 32 hồ sơ quá hạn.", "Còn 23 hồ sơ quá hạn do dữ liệu chậm.", "23 hồ sơ quá hạn"),
    ("Có 32 hồ sơ trễ hẹn.", "Lĩnh vực đất đai có 12 hồ sơ quá hạn.", None),
    ("Xã có 12 thôn, 2.318 hộ với 9.874 nhân khẩu.", "Dân số: 9.784 người, 2.318 hộ.", "9.784 người"),
    ("Ban Chỉ đạo họp 03 phiên.", "Họp Ban Chỉ đạo: 04 cuộc.", "04 cuộc"),
    ("4. Phản ánh, kiến nghị\n- Tiếp nhận: 07. Xử lý xong: 07.", "Xã không phát sinh phản ánh, kiến nghị nào.", "không phát sinh"),
    ("Tiếp nhận 07 phản ánh.", "Không có phản ánh, kiến nghị quá hạn.", None),
    ("Ghi nhận 02 sự cố an toàn thông tin.", "Trong kỳ không để xảy ra sự cố.", "không để xảy ra sự cố"),
    ("Ghi nhận 02 sự cố an toàn thông tin.", "Không để xảy ra sự cố nghiêm trọng.", None),
    ("Tổ công nghệ số cộng đồng: 14 tổ, 98 thành viên.", "Biểu dương 03 tổ công nghệ số cộng đồng.", None),
    ("Trên địa bàn xã có 27 doanh nghiệp.", "Doanh nghiệp: 29.", "29"),
    ("Trên địa bàn xã có 27 doanh nghiệp.", "Hỗ trợ 05 doanh nghiệp; có 12 doanh nghiệp dùng chữ ký số.", None),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected"), QUANTITIES)
def test_one_quantity_in_other_words(first: str, second: str, expected: str | None) -> None:
    report = report_of(f"I. KẾT QUẢ\n{first}\nII. SỐ LIỆU\n{second}")
    warned = [one for one in drafts_of("one_quantity", report) if one.severity is None]
    found = [" ".join(report.source.text[one.start : one.end].split()) for one in warned]
    assert (found == []) if expected is None else any(expected in quote for quote in found), found


def test_one_quantity_in_a_table() -> None:
    text = """I. KẾT QUẢ
Tiếp nhận 1.952 hồ sơ; trong đó 03 hồ sơ quá hạn.
II. SỐ LIỆU
TT\tChỉ tiêu\tĐơn vị\tSố liệu
1\tHồ sơ tiếp nhận\thồ sơ\t1.925
2\tQuá hạn\tnhiệm vụ\t1
3\tThành viên ban\tngười\t21
"""
    warned = [one for one in drafts_of("one_quantity", report_of(text)) if one.severity is None]
    report = report_of(text)
    assert [report.source.text[one.start : one.end] for one in warned] == ["1.925"]


def test_aims_do_not_stand_among_results() -> None:
    text = """II. KẾT QUẢ THỰC HIỆN
- Phấn đấu tỷ lệ hộ có cáp quang đạt 85%.
- Phấn đấu tỷ lệ hộ có điện thoại đạt 95%: Đạt.
III. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV
- Phấn đấu tỷ lệ thanh toán trực tuyến đạt 60%.
"""
    found = quotes_of("aims_among_results", report_of("I. CHỈ ĐẠO\nĐã chỉ đạo.\n" + text))
    assert found == ["- Phấn đấu tỷ lệ hộ có cáp quang đạt 85%."]


def test_what_each_figure_counts() -> None:
    from assistant.check.facts import facts_of

    text = "Tổng số hồ sơ tiếp nhận là 2.450 hồ sơ; tỷ lệ đúng hạn đạt 99,5%. Hồ sơ nộp trực tuyến: 2.210 hồ sơ."
    found = [(f.what, str(f.value), f.unit) for f in facts_of(report_of(text))]
    assert found == [
        ("Tổng số hồ sơ tiếp nhận", "2450", "hồ sơ"),
        ("tỷ lệ đúng hạn", "99.5", "%"),
        ("Hồ sơ nộp trực tuyến", "2210", "hồ sơ"),
    ]


def test_text_and_table_differ() -> None:
    text = """1. Dịch vụ công
Tổng số hồ sơ tiếp nhận là 2.450 hồ sơ.

| TT | Nội dung | Số liệu |
| 1 | Tổng số hồ sơ tiếp nhận | {} |
| 2 | Số hồ sơ quá hạn | 15 |
"""
    assert quotes_of("two_values", report_of(text.format("2.540"))) == ["2.540"]
    assert quotes_of("two_values", report_of(text.format("2.450"))) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("change", "Số tin bài tăng 25% (từ 200 lên 240 tin bài).", "tăng 25% (từ 200 lên 240"),
        ("change", "Số tin bài tăng 20% (từ 200 lên 240 tin bài).", None),
        ("change", "Số hồ sơ từ 500 hồ sơ xuống 450 hồ sơ, giảm 15%.", "500 hồ sơ xuống 450 hồ sơ, giảm 15%"),
        ("change", "Tăng 5% từ năm 2024 lên 2025.", None),
        (
            "total_at_end",
            "Xã có 05 máy chủ, 32 máy tính và 10 máy in, tổng cộng 49 thiết bị.",
            "05 máy chủ, 32 máy tính",
        ),
        ("total_at_end", "Xã có 05 máy chủ, 32 máy tính và 10 máy in, tổng cộng 47 thiết bị.", None),
        ("total_at_end", "Đã cấp 12 tài khoản, tổng cộng 49 tài khoản.", None),
        ("total_at_end", "Họp ngày 12 tháng 9 và ngày 15 tháng 9, tổng cộng 02 cuộc.", None),
        ("below_claim", "Thanh toán trực tuyến đạt 78,5%, vượt chỉ tiêu giao (80%).", "78,5%, vượt chỉ tiêu giao (80%"),
        ("below_claim", "Thanh toán trực tuyến đạt 88,5%, vượt chỉ tiêu giao (80%).", None),
        (
            "events",
            "1. A\nTổ chức 05 lớp tập huấn cho 200 người.\n2. B\nTổ chức 05 lớp tập huấn cho 250 người.",
            "250 người",
        ),
        ("events", "1. A\nTổ chức 05 lớp tập huấn cho 200 người.\n2. B\nTổ chức 06 lớp tập huấn cho 250 người.", None),
    ],
)
def test_more_figures(rule: str, text: str, expected: str | None) -> None:
    found = quotes_of(rule, report_of(text))
    assert (found == []) if expected is None else any(expected in quote for quote in found)


def test_what_the_last_period_handed_over_is_left_out_of_a_share() -> None:
    text = "Tiếp nhận 1.286 hồ sơ (kỳ trước chuyển sang 18 hồ sơ); trực tuyến 1.105 hồ sơ, đạt tỷ lệ {}%."
    assert quotes_of("share_of_total", report_of(text.format("87,15"))) == []
    assert len(quotes_of("share_of_total", report_of(text.format("88,15")))) == 1


def test_files_that_cannot_be_solved_are_a_state() -> None:
    text = "Tiếp nhận 1.286 hồ sơ. Đã giải quyết 1.241 hồ sơ, đang giải quyết 37 hồ sơ; hủy, rút 06 hồ sơ; {} 02 hồ sơ."
    for state in ("không đủ điều kiện giải quyết", "tạm dừng", "từ chối"):
        assert quotes_of("states", report_of(text.format(state))) == []
    assert len(quotes_of("states", report_of(text.format("có")))) == 1


def test_what_is_to_be_kept_is_what_there_is() -> None:
    text = "I. KẾT QUẢ\nCó 26 tổ công nghệ số cộng đồng.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV\n1. {} tổ công nghệ số cộng đồng."
    kept = report_of(text.format("Duy trì 28"))
    assert "28 tổ công nghệ số cộng đồng" in quotes_of("one_quantity", kept)
    assert quotes_of("one_quantity", report_of(text.format("Thành lập thêm, nâng lên 28"))) == []
