# ruff: noqa: E501 (a row of a table stays on one line)
"""Rules on totals, series, shares in a sentence, one quantity twice: what must be marked, and the near miss."""

import pytest

from .conftest import drafts_of, quotes_of, report_of

# rule, text, what is marked (a part of it), or None
CASES: list[tuple[str, str, str | None]] = [
    # parts of any kind
    ("total", "Phát hành 538 văn bản (trong đó: 61 quyết định, 19 kế hoạch, 47 báo cáo, 298 công văn và 103 văn bản khác).", "538 văn bản (trong đó"),
    ("total", "Phát hành 528 văn bản (trong đó: 61 quyết định, 19 kế hoạch, 47 báo cáo, 298 công văn và 103 văn bản khác).", None),
    ("total", "Ban Chỉ đạo gồm 17 thành viên, trong đó có 01 Trưởng ban, 03 Phó Trưởng ban và 15 ủy viên.", "17 thành viên, trong đó có"),
    ("total", "Ban Chỉ đạo gồm 17 thành viên, trong đó có 01 Trưởng ban, 03 Phó Trưởng ban.", None),
    ("total", "Kinh phí 680 triệu đồng, gồm: ngân sách tỉnh cấp 420 triệu đồng, ngân sách xã 215 triệu đồng và xã hội hóa 55 triệu đồng.", "680 triệu đồng, gồm"),
    ("total", "Kinh phí 312,5 triệu đồng, gồm: ngân sách tỉnh 200 triệu đồng và ngân sách xã 112,5 triệu đồng.", None),
    ("total", "Nhận 2.340 hồ sơ, cụ thể qua mạng 2.106 hồ sơ, tại quầy 244 hồ sơ.", "2.340 hồ sơ, cụ thể"),
    ("total", "Đã trả 275 hồ sơ, gồm 218 hồ sơ trước hạn, 42 hồ sơ đúng hạn, 15 hồ sơ quá hạn; 53 hồ sơ còn trong hạn.", None),
    ("total", "Nhận 1.286 hồ sơ, trong đó phát sinh trong kỳ 1.268 hồ sơ (trực tuyến 1.105 hồ sơ, đạt 87,15%; trực tiếp 163 hồ sơ) và kỳ trước chuyển sang 18 hồ sơ.", None),
    ("total", "Toàn xã có 58 cán bộ, công chức, trong đó 31 nam và 26 nữ; có 42 người trình độ đại học.", "58 cán bộ, công chức, trong đó 31 nam và 26 nữ"),
    ("total", "Mở 03 đợt tập huấn, gồm: đợt cho công chức 40 người; đợt cho tổ công nghệ số 96 người.", None),
    ("total", "Đăng 07 sản phẩm, trong đó 03 sản phẩm hạng 4 sao và 04 sản phẩm hạng 3 sao.", None),
    ("total_at_end", "Công khai 17,6/18; tiến độ 19,4/20; trực tuyến 20,8/22; tổng cộng 56,8 điểm.", "tổng cộng 56,8 điểm"),
    ("total_at_end", "Công khai 17,6/18; tiến độ 19,4/20; trực tuyến 20,8/22; tổng cộng 57,8 điểm.", None),
    ("total_at_end", "Cơ quan nhận 3.962 văn bản, phát hành 1.148 văn bản, cộng cả hai chiều là 5.120 văn bản.", "cộng cả hai chiều là 5.120"),
    ("total_at_end", "Có 01 tổ cấp xã 14 người và 14 tổ cấp ấp, mỗi tổ 06 người, tổng cộng 98 người.", None),
    # series
    ("series_total", "Tiếp nhận 1.327 hồ sơ: tháng 7 là 212, tháng 8 là 248, tháng 9 là 271, tháng 10 là 278, tháng 11 là 308 hồ sơ.", "tháng 7 là 212"),
    ("series_total", "Tiếp nhận 1.327 hồ sơ: tháng 7 là 212, tháng 8 là 248, tháng 9 là 271, tháng 10 là 278, tháng 11 là 318 hồ sơ.", None),
    ("series_growth", "Tháng 7 là 212, tháng 11 là 318 hồ sơ; so với tháng 7 thì tháng 11 tăng 45%.", "tăng 45%"),
    ("series_growth", "Tháng 7 là 212, tháng 11 là 318 hồ sơ; so với tháng 7 thì tháng 11 tăng 50%.", None),
    ("change", "So với kỳ trước (5.563 hồ sơ), số hồ sơ nhiều hơn 865, tăng 18,5%.", "tăng 18,5%"),
    ("change", "So với kỳ trước (5.563 hồ sơ), số hồ sơ nhiều hơn 865, tăng 15,5%.", None),
    ("shares_of_whole", "Có 87% công chức thành thạo, 11% biết cơ bản, 4% chưa dùng được.", "87% công chức"),
    ("shares_of_whole", "Có 85% công chức thành thạo, 11% biết cơ bản, 4% chưa dùng được.", None),
    ("shares_of_whole", "Có 95% hộ dùng điện thoại, 60% hộ có Internet, 40% hộ có máy tính.", None),
    # shares
    ("share", "Wifi có ở 88,89% (24/28) nhà văn hóa.", "88,89% (24/28"),
    ("share", "Wifi có ở 88,89% (24/27) nhà văn hóa.", None),
    ("share_in_sentence", "Phản ánh của người dân: tiếp nhận 74, đã trả lời 71, đạt 97,95%.", "71, đạt 97,95%"),
    ("share_in_sentence", "Phản ánh của người dân: tiếp nhận 74, đã trả lời 71, đạt 95,95%.", None),
    ("share_in_sentence", "Xã giao 74 nhiệm vụ, trong kế hoạch 71, đạt 97,95%.", None),
    ("share_of_total", "Giải quyết đúng hạn 1.790 trên tổng 1.814 hồ sơ, bằng 98,7%.", None),
    # larger than the whole, cumulative
    ("larger_than_whole", "Có 1.486 trong tổng số 1.462 hộ kinh doanh treo mã QR.", "1.486 trong tổng số 1.462"),
    ("larger_than_whole", "Có 1.386 trong tổng số 1.462 hộ kinh doanh treo mã QR.", None),
    ("larger_than_whole", "Dự đủ 12/10 cuộc họp của Sở.", "12/10 cuộc họp"),
    ("larger_than_whole", "Mở 12/10 lớp, vượt kế hoạch; ngày 12/10 hội nghị bế mạc.", None),
    ("cumulative", "Riêng tháng 5 có 412 lượt hỏi, lũy kế từ khi chạy đến nay là 398 lượt hỏi.", "398 lượt hỏi"),
    ("cumulative", "Riêng tháng 5 có 128 hồ sơ, lũy kế 5 tháng được 618 hồ sơ.", None),
    ("cumulative_column", "STT\tNội dung\tTrong kỳ\tLũy kế\n1\tHồ sơ\t120\t450\n2\tVăn bản\t300\t210\n3\tTin bài\t40\t90", "210"),
    # tables without a grid
    ("column_total", "STT\tNhóm\tSố lượng\n1\tThể chế\t6\n2\tHạ tầng\t9\n3\tDữ liệu\t8\n\tTổng số\t24", "24"),
    ("column_total", "STT | Nội dung | Số tiền\n1 | Mua máy | 215.000.000\n2 | Tập huấn | 48.000.000\nTổng cộng | 263.000.000", None),
    ("row_sum", "STT\tNhóm\tTổng\tXong\tChậm\n1\tMột\t6\t5\t1\n2\tHai\t9\t6\t3\n3\tBa\t8\t6\t2\n4\tBốn\t10\t8\t1", "10"),
    ("row_sum", "STT\tNhóm\tTổng\tXong\tChậm\n1\tMột\t6\t5\t1\n2\tHai\t9\t6\t3\n3\tBa\t8\t6\t2\n4\tBốn\t9\t8\t1", None),
    ("row_share", "Tháng; Tiếp nhận; Trực tuyến; Tỷ lệ (%)\nTháng 7; 1.204; 904; 75,08\nTháng 8; 1.436; 1.262; 88,78", "88,78"),
    ("rated_row", "Chỉ tiêu: Hồ sơ trực tuyến\nKế hoạch: từ 95%\nKết quả: 95,19%\nĐánh giá: Đạt\n\nChỉ tiêu: Tái sử dụng\nKế hoạch: từ 50%\nKết quả: 47,77%\nĐánh giá: Đạt", "Đạt"),
    ("rated_row", "STT\tChỉ tiêu\tKế hoạch\tThực hiện\tKết quả\n1\tTrực tuyến\t85\t85,01\tĐạt\n2\tCáp quang\t60\t54,99\tĐạt", "Đạt"),
    ("rated_row", "STT\tChỉ tiêu\tKế hoạch\tThực hiện\tKết quả\n1\tTrực tuyến\t85\t85,01\tĐạt\n2\tCáp quang\t60\t64,99\tĐạt", None),
    ("total", "Có 13.174 khẩu (người Ba Na 8.240 khẩu, chiếm 62,55%; người Kinh 4.102 khẩu; dân tộc khác 822 khẩu).", "13.174 khẩu"),
    ("below_claim", "Chỉ tiêu giao tỷ lệ trực tuyến từ 90% trở lên, xã đạt 86,48%, hoàn thành chỉ tiêu.", "xã đạt 86,48%, hoàn thành chỉ tiêu"),
    ("below_claim", "Chỉ tiêu giao tỷ lệ trực tuyến từ 85% trở lên, xã đạt 86,48%, hoàn thành chỉ tiêu.", None),
    # counts against lists
    ("team_total", "Tổ công nghệ số: 18/18 thôn, mỗi tổ từ 05 thành viên trở lên, tổng số 86 thành viên.", "tổng số 86 thành viên"),
    ("team_total", "Cả 27 tổ dân phố đều có tổ công nghệ số, mỗi tổ 07 người, tổng số 189 thành viên.", None),
    ("team_size", "Cả 27 tổ dân phố đều có Tổ công nghệ số, mỗi tổ 07 người, tổng số 189 thành viên.", None),
    ("inline_count", "Mở 05 lớp cho 240 người, gồm: lớp cho công chức 96 người; lớp cho giáo viên 88 người; lớp cho hộ kinh doanh 56 người.", "05 lớp"),
    ("inline_count", "Mở 03 lớp cho 240 người, gồm: lớp cho công chức 96 người; lớp cho giáo viên 88 người; lớp cho hộ kinh doanh 56 người.", None),
    ("named_list", "Đã cấp mã cho 05 sản phẩm: bánh tráng, nem chua, rượu nếp và mắm cá.", "05 sản phẩm"),
    ("named_list", "Đã cấp mã cho 04 sản phẩm: bánh tráng, nem chua, rượu nếp và mắm cá.", None),
    ("announced_count", "Đã ban hành 03 văn bản chủ yếu, gồm:\n- Quyết định một;\n- Kế hoạch hai.", "03 văn bản"),
    # tasks by state
    ("task_states", "Giao 32 nhiệm vụ: hoàn thành 25 nhiệm vụ; đang triển khai 05 nhiệm vụ; chưa triển khai 01 nhiệm vụ.", "hoàn thành 25"),
    ("task_states", "Giao 31 nhiệm vụ: hoàn thành 25 nhiệm vụ; đang triển khai 05 nhiệm vụ; chưa triển khai 01 nhiệm vụ.", None),
    ("task_counts", "I. KẾT QUẢ\nĐang triển khai 05 nhiệm vụ.\nII. HẠN CHẾ\nCòn 06 nhiệm vụ đang triển khai.", "06 nhiệm vụ đang triển khai"),
    ("states", "Tiếp nhận từ ngày 01/7/2025 đến ngày 30/9/2025 là 120 hồ sơ; đã giải quyết 100 hồ sơ, đang giải quyết 10 hồ sơ.", "đang giải quyết 10"),
    # one quantity, two numbers
    ("swapped_digits", "I. KẾT QUẢ\nCó 4.487/5.218 hộ dùng Internet cáp quang.\nII. HẠN CHẾ\nTrong 4.847 hộ dùng Internet cáp quang còn nhiều hộ mạng yếu.", "4.847"),
    ("swapped_digits", "I. KẾT QUẢ\nCó 4.487/5.218 hộ dùng Internet cáp quang.\nII. HẠN CHẾ\nCòn 4.847 lượt phát thanh chưa lưu.", None),
    ("units_of_money", "Giao 1.860 triệu đồng.\n\nNguồn lực 1.860 tỷ đồng được quan tâm.", "1.860 tỷ đồng"),
    ("units_of_money", "Năm 2025 bố trí 525 triệu đồng; 5,25 tỷ đồng ấy là công sức của Nhân dân.", "5,25 tỷ đồng"),
    ("units_of_money", "Năm 2025 bố trí 525 triệu đồng, tức 0,525 tỷ đồng.", None),
    ("more_than_all", "Tổng kinh phí bố trí là 1.285,5 triệu đồng, riêng gói máy tính là 320 tỷ đồng.", "320 tỷ đồng"),
    ("more_than_all", "Tổng kinh phí bố trí là 1.285,5 triệu đồng, trong đó gói máy tính 320 triệu đồng.", None),
    ("units_of_money", "Giao 500 triệu đồng.\n\nDoanh nghiệp doanh thu 500 tỷ đồng.", None),
    # claims taken back
    ("taken_back", "18/18 bản có sóng 4G, đạt 100%.\n\nHai bản đến nay chỉ bắt được sóng 2G.", "18/18 bản"),
    ("taken_back", "18/18 bản có sóng 4G, không còn bản lõm sóng.", None),
    ("taken_back", "Trong kỳ không để phát sinh hồ sơ quá hạn.\n\nĐã trả 275 hồ sơ, có 15 hồ sơ quá hạn.", "không để phát sinh hồ sơ quá hạn"),
    ("none_and_some", "Xã chưa có công chức chuyên trách công nghệ thông tin.\n\nCó 02 công chức chuyên trách công nghệ thông tin.", "chưa có công chức chuyên trách"),
    ("none_and_some", "Xã chưa có công chức chuyên trách công nghệ thông tin.\n\nCó 02 công chức kiêm nhiệm.", None),
    ("taken_back", "Toàn bộ 4.226 kết quả đã được số hóa.\n\nSố hóa kết quả còn chậm, mới đạt 82%.", "Toàn bộ 4.226 kết quả đã được số hóa"),
    ("all_but_some", "44/44 cán bộ, công chức được cấp chữ ký số; có 06 đồng chí mới về chưa được cấp chữ ký số.", "44/44"),
    ("all_but_some", "44/44 cán bộ, công chức được cấp chữ ký số; có 06 máy tính chưa được thay.", None),
    ("dated_meetings", "Ban Chỉ đạo họp 5 phiên, mỗi tháng 01 phiên: tháng 8, tháng 9, tháng 10, tháng 11.", "phiên"),
    ("dated_meetings", "Quý II đã họp 03 phiên, ngày 09/4, 14/5 và 11/6/2026.", None),
    ("below_claim", "Tỷ lệ trực tuyến đạt 82,02%, vượt 2,02% so với kế hoạch (85%).", "vượt 2,02%"),
    ("below_claim", "Tỷ lệ trực tuyến đạt 87,02%, vượt 2,02% so với kế hoạch (85%).", None),
    ("total", "Có 62 bài, trong đó học sinh 41 bài, thanh niên 19 bài, người cao tuổi 05 bài.", "62 bài, trong đó"),
    ("total", "Có 62 cán bộ, trong đó nữ 30 cán bộ, đảng viên 35 cán bộ.", None),
    ("total", "Đạt 93,6/100 điểm, trong đó công khai 17,5 điểm, tiến độ 39,6 điểm, số hóa 37,5 điểm.", "93,6/100 điểm"),
    ("share_of_total", "Tiếp nhận 800 hồ sơ. Đã giải quyết 700 hồ sơ, quá hạn 25 hồ sơ (0,95%).", "25 hồ sơ (0,95%"),
    ("share_of_total", "Tiếp nhận 800 hồ sơ. Đã giải quyết 700 hồ sơ, quá hạn 25 hồ sơ (3,57%).", None),
    ("solved_on_time", "Đã giải quyết 1.866 hồ sơ, đúng hạn và trước hạn 1.851 hồ sơ, quá hạn 13 hồ sơ.", "1.866 hồ sơ, đúng hạn"),
    ("solved_on_time", "Đã giải quyết 1.864 hồ sơ, đúng hạn và trước hạn 1.851 hồ sơ, quá hạn 13 hồ sơ.", None),
    ("raised_total", "Lắp mới 12 điểm wifi, nâng tổng số lên 31 điểm (năm 2024 có 21 điểm).", "nâng tổng số lên 31"),
    ("raised_total", "Lắp mới 10 điểm wifi, nâng tổng số lên 31 điểm (năm 2024 có 21 điểm).", None),
    ("repeated_text", "Công tác an toàn thông tin được thực hiện theo quy định. Công tác an toàn thông tin được thực hiện theo quy định.", "Công tác an toàn"),
    ("empty_section", "1. Thiết bị còn thiếu\n2. Đường truyền chậm\n3. Kinh phí hạn hẹp\n4. Nhân lực mỏng\n5. Địa bàn rộng", None),
    ("all_and_some_not", "24/24 xóm thành lập tổ công nghệ số.\n\nTổ công nghệ số ở 03 xóm chưa được thành lập.", "24/24 xóm thành lập"),
    ("all_and_some_not", "24/24 xóm thành lập tổ công nghệ số.\n\nTổ công nghệ số ở 03 xóm chưa hoạt động đều.", None),
    # products, remainders
    ("mean", "Mở 09 lớp, bình quân 45 người/lớp, tổng cộng 450 lượt người.", "09 lớp"),
    ("mean", "Mở 09 lớp, bình quân 50 người/lớp, tổng cộng 452 lượt người.", None),
    ("mean", "Mở 17 lớp với 1.020 lượt người học, bình quân mỗi lớp 60 người.", None),
    ("price_product", "Bán 1.240 kg chè, giá bình quân 350.000 đồng/kg, thu về 434 triệu đồng.", None),
    ("price_product", "Bán 1.240 kg chè, giá bình quân 350.000 đồng/kg, thu về 343 triệu đồng.", "1.240 kg"),
    ("remainder", "Số hóa 3.105/3.450 hồ sơ (90%), còn lại 355 hồ sơ.", "còn lại 355"),
    ("remainder", "Số hóa 3.105/3.450 hồ sơ (90%), còn lại 345 hồ sơ.", None),
    ("funds_left", "Kinh phí năm được giao 150/400 triệu đồng.\n\nĐề nghị cấp kinh phí còn lại 200 triệu đồng.", "kinh phí còn lại 200 triệu đồng"),
    ("funds_left", "Kinh phí năm được giao 150/400 triệu đồng.\n\nĐề nghị cấp kinh phí còn lại 250 triệu đồng.", None),
    ("share_in_sentence", "Nhận 05 đơn qua cổng, đã xử lý 04 đơn, đạt 100%.", "04 đơn, đạt 100%"),
    ("above_hundred", "Có 46 máy cho 42 cán bộ (đạt 109,5%).", None),
    ("total", "Thu 288 phiếu, trong đó rất hài lòng 190 phiếu, hài lòng 85 phiếu, chưa hài lòng 23 phiếu.", "288 phiếu"),
    # numbers
    ("thousands", "Phường có 38,512 nhân khẩu.", "38,512"),
    ("thousands", "Mỗi hộ bình quân 3,512 triệu đồng.", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES)
def test_totals(rule: str, text: str, expected: str | None) -> None:
    found = [
        quote
        for quote, one in zip(quotes_of(rule, report_of(text)), drafts_of(rule, report_of(text)), strict=True)
        if one.severity != "info"
    ]
    if expected is None:
        assert found == []
    else:
        assert [expected in quote for quote in found] == [True]


def test_a_finding_says_what_is_right() -> None:
    (one,) = drafts_of("total", report_of("Nhận 340 hồ sơ, cụ thể qua mạng 206 hồ sơ, tại quầy 144 hồ sơ."))
    assert "206 + 144 = 350" in one.message
    assert one.suggestion.startswith("350 hồ sơ")
    (one,) = drafts_of("team_total", report_of("Có 12 tổ, mỗi tổ 07 người, tổng cộng 86 người."))
    assert "12 tổ, mỗi tổ 7 người là 84, không phải 86" in one.message
