# ruff: noqa: E501 (a row of a table stays on one line)
"""Figures of a line read with what they count, and the relations between them; each with the near miss that must not fire."""

import time
from decimal import Decimal
from typing import Any

import pytest

from assistant.check.reading.figures import figures, is_slip
from assistant.check.rules import all_rules

from .conftest import quotes_of, report_of

READ = [
    (
        "Tiếp nhận 2.436 hồ sơ (trực tuyến 2.189), bình quân 812 hồ sơ/tháng.",
        [("2436", "count", "hồ sơ", ""), ("2189", "count", "", ""), ("812", "count", "hồ sơ", "tháng")],
    ),
    (
        "28 cuộc/14 bản; 13/14 bản, đạt 92,86%.",
        [("28", "count", "cuộc", ""), ("14", "count", "bản", ""), ("13", "count", "bản", ""), ("92.86", "%", "", "")],
    ),
    (
        "Ngày 15/5/2026, quý III, lớp 1: 40, từ 35 đến 55 tuổi, khu phố 3, Kế hoạch số 12/KH-UBND.",
        [("40", "count", "", "")],
    ),
    (
        "1,2 tỷ đồng, 45.000 đồng/kg, tăng 2,5 điểm phần trăm",
        [("1200000000", "money", "đồng", ""), ("45000", "money", "đồng", "kg"), ("2.5", "points", "", "")],
    ),
    ("mỗi tháng 02 phiên, sản phẩm 4 sao, năm 2025", [("2", "count", "phiên", "")]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_figures_of_a_line(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = [(f"{f.value.normalize():f}", f.kind, f.noun, f.per) for f in figures(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        (286, 268, True),
        (1734, 1634, True),
        (100, 101, True),
        (450, 431, False),
        (38, 83, True),
        (1240, 1204, True),
        (377, 3356, False),
    ],
)
def test_slips(a: int, b: int, slip: bool) -> None:
    assert is_slip(Decimal(a), Decimal(b)) is slip


CASES: list[tuple[str, str, str | None]] = [
    # what changed
    ("change", "Phát thanh 42 lượt, tăng 10 lượt so với quý I (35 lượt).", "tăng 10 lượt"),
    ("change", "Phát thanh 42 lượt, tăng 07 lượt so với quý I (35 lượt).", None),
    ("change", "Phát thanh 42 lượt, tăng 10 lượt so với kế hoạch (35 lượt).", None),
    ("change", "Hồ sơ quá hạn giảm từ 64 hồ sơ (quý II) xuống 48 hồ sơ, giảm 33,33%.", "giảm 33,33%"),
    ("change", "Hồ sơ quá hạn giảm từ 64 hồ sơ (quý II) xuống 48 hồ sơ, giảm 25%.", None),
    ("change", "Có 93 tin, bài, tăng 33,33% so với 62 tin, bài của kỳ trước.", "tăng 33,33% so với 62"),
    ("change", "Có 413 lượt hỏi, gấp đôi mức 236 lượt của kỳ trước.", "gấp đôi"),
    ("change", "Có 413 lượt hỏi, gần gấp đôi mức 236 lượt của kỳ trước.", None),
    ("change", "Có 472 lượt hỏi, gấp đôi mức 236 lượt của kỳ trước.", None),
    ("change", "Tháng 7 có 140 lượt. Đến tháng 11 đã có 350 lượt, tăng gấp ba lần.", "gấp ba lần"),
    ("change", "Tháng 7 có 140 lượt. Đến tháng 11 đã có 350 lượt, tăng gấp 2,5 lần.", None),
    ("change", "Tỷ lệ hài lòng tăng từ 71,4% vào tháng 8 lên 88,9% ở tháng 11, tức là tăng 16,5 điểm phần trăm.", "tăng 16,5 điểm"),
    ("change", "Tỷ lệ hài lòng tăng từ 71,4% vào tháng 8 lên 88,9% ở tháng 11, tức là tăng 17,5 điểm phần trăm.", None),
    ("change", "Trực tuyến 1.892 hồ sơ. Trực tiếp 258 hồ sơ, nghĩa là trực tuyến nhiều hơn trực tiếp 1.734 hồ sơ.", "nhiều hơn"),
    ("change", "Đăng 148 tin; so với cùng kỳ (120 tin) tăng 28 tin, tương ứng 18,92%.", "18,92%"),
    ("change", "Đăng 148 tin; so với cùng kỳ (120 tin) tăng 28 tin, tương ứng 23,33%.", None),
    ("change", "Cử 15 lượt đi học, ít hơn năm trước (18 lượt) 5 lượt.", "5"),
    ("change", "Cử 15 lượt đi học, ít hơn năm trước (18 lượt) 3 lượt.", None),
    ("change", "Doanh thu năm 2025 là 480 triệu đồng, năm 2026 là 624 triệu đồng, tăng 23,08%.", "tăng 23,08%"),
    ("change", "Tin, bài: quý III 64, quý IV 80; tăng 20%.", "tăng 20%"),
    ("change", "Tiếp nhận 7.845 hồ sơ, trực tuyến 7.060 hồ sơ. So với năm 2025 (6.538 hồ sơ), số hồ sơ tiếp nhận tăng 16,66%.", "tăng 16,66%"),
    ("change", "Tiếp nhận 7.845 hồ sơ, trực tuyến 7.060 hồ sơ. So với năm 2025 (6.538 hồ sơ), số hồ sơ tiếp nhận tăng 19,99%.", None),
    ("change", "Trạm phát sóng: 29 trạm (2025: 26 trạm), tăng 03 trạm, tương ứng 10,34%.", "10,34%"),
    ("change", "Trạm phát sóng: 29 trạm (2025: 26 trạm), tăng 03 trạm, tương ứng 11,54%.", None),
    ("change", "Tỷ lệ đạt 90%, tăng 2,5% so với cùng kỳ (87,5%), trong đó 300 hồ sơ nộp lại.", None),
    # so many for each
    ("mean", "Có 11 tổ, 77 thành viên, bình quân 08 thành viên/tổ.", "bình quân 08 thành viên/tổ"),
    ("mean", "Có 11 tổ, 77 thành viên, bình quân 07 thành viên/tổ.", None),
    ("mean", "Tiếp nhận 2.436 hồ sơ, bình quân 821 hồ sơ/tháng.", "821 hồ sơ/tháng"),
    ("mean", "Tiếp nhận 2.436 hồ sơ, bình quân 812 hồ sơ/tháng.", None),
    ("mean", "Có 01 tổ cấp xã 14 người và 14 tổ cấp ấp, mỗi tổ 06 người, tổng cộng 98 người.", None),
    ("mean", "Xã có 17 thôn. Họp ở 17 thôn.\n\nTổ chức 34 buổi; mỗi thôn 03 buổi.", "mỗi thôn 03 buổi"),
    ("mean", "Xã có 17 thôn. Họp ở 17 thôn.\n\nTổ chức 34 buổi; mỗi thôn 02 buổi.", None),
    ("mean", "Có 13 tổ với 91 thành viên, mỗi tổ ít nhất 05 thành viên.", None),
    ("mean", "Địa bàn\tSố tổ\tThành viên\nThôn 1\t1\t9\nThôn 2\t1\t8\nCộng\t2\t17\nBình quân mỗi tổ có 9,5 thành viên.", "mỗi tổ có 9,5"),
    # what is left, halves, parts
    ("remainder", "Lập 142 hồ sơ, kết thúc 118 hồ sơ, còn 34 hồ sơ.", "142 hồ sơ, kết thúc 118 hồ sơ, còn 34"),
    ("remainder", "Lập 142 hồ sơ, kết thúc 118 hồ sơ, còn 24 hồ sơ.", None),
    ("remainder", "Trả 1.641 hồ sơ (trước hạn 1.402, đúng hạn 221, quá hạn 18), còn 43 hồ sơ.", None),
    ("remainder", "Kiểm tra 08 đơn vị, nhắc nhở 02 đơn vị, số đơn vị còn lại làm tốt là 05 đơn vị.", "05"),
    ("remainder", "Hồ sơ quá hạn giảm từ 40 hồ sơ xuống còn 22 hồ sơ.", None),
    ("halves", "Tiếp nhận 3.482 hồ sơ. Trong số này có 3.105 hồ sơ nộp trực tuyến và 397 hồ sơ nộp trực tiếp.", "3.482 hồ sơ"),
    ("halves", "Tiếp nhận 3.502 hồ sơ. Trong số này có 3.105 hồ sơ nộp trực tuyến và 397 hồ sơ nộp trực tiếp.", None),
    ("bare_parts", "Có 38 nhiệm vụ được giao; hoàn thành 29; đang làm 07; quá hạn 03.", "quá hạn 03"),
    ("bare_parts", "Có 39 nhiệm vụ được giao; hoàn thành 29; đang làm 07; quá hạn 03.", None),
    ("parts_in_a_row", "Giao 45 nhiệm vụ. Số hoàn thành trước hạn, đúng hạn và chưa hoàn thành lần lượt là 14, 28 và 5 nhiệm vụ.", "14, 28 và 5"),
    ("parts_in_a_row", "Kiểm tra 10/10 khu; 07 khu tốt, 02 khu khá, 01 khu trung bình.", None),
    ("parts_in_a_row", "Xã có 17 thôn; 12 thôn có cáp quang, 03 thôn có wifi, 03 thôn có camera.", None),
    ("raised_total", "Quý I có 36 mắt, quý II lắp thêm 14 mắt, nâng tổng số lên 52 mắt.", "52"),
    ("total", "Ban hành 24 văn bản, bằng 1,2 lần năm trước (20 văn bản). Trong đó có: 7 kế hoạch; 5 quyết định; 9 công văn; 4 thông báo.", "24 văn bản"),
    ("total", "Ban Chỉ đạo gồm 21 thành viên (Trưởng ban, 02 Phó Trưởng ban và 18 thành viên).", None),
    ("total", "Tiếp nhận 208 hồ sơ, trong đó trực tuyến 190 hồ sơ; đúng hạn 102 hồ sơ, quá hạn 41 hồ sơ, đang giải quyết 65 hồ sơ.", None),
    ("total_below", "1. Camera: 310.000.000 đồng (Công an xã).\n2. Máy quét: 426.000.000 đồng.\nTổng cộng: 763.000.000 đồng.", "763.000.000"),
    ("total_below", "Tháng 7: tiếp nhận 804, giải quyết 790.\nTháng 8: tiếp nhận 839, giải quyết 825.\nCộng: tiếp nhận 1.643, giải quyết 1.615.", None),
    ("total_after_labels", "Văn bản đến: 3.640. Văn bản đi: 1.220. Tổng: 4.680.", "4.680"),
    ("total_after_labels", "Camera: công an 24, khu dân cư 40, trường học 16; tổng 80.", None),
    ("total_after_labels", "Giải ngân quý I 240 triệu đồng, quý II 400 triệu đồng, quý III 480 triệu đồng; lũy kế 9 tháng 1.180 triệu đồng.", "1.180"),
    ("listed_parts", "Camera: 110 chiếc, chia theo nguồn gồm ngân sách 50, doanh nghiệp 35, Nhân dân đóng góp 20.", "110 chiếc"),
    ("listed_parts", "Camera: 110 chiếc, chia theo nguồn gồm ngân sách 50, doanh nghiệp 35, Nhân dân đóng góp 25.", None),
    ("listed_parts", "Diện tích 35,5 ha: nhà màng 8,5 ha, tưới tự động 20 ha, thủy canh 2,0 ha, cảm biến đất 6,0 ha.", "35,5 ha"),
    ("listed_parts", "Trong kỳ có 19 văn bản; tính riêng quý III là 07 văn bản, hai quý đầu năm là 13 văn bản.", "19 văn bản"),
    ("listed_parts", "Tháng 01 có 1.214 hồ sơ, tháng 02 có 968 hồ sơ, tháng 3 có 1.402 hồ sơ.", None),
    ("listed_parts", "Xã có 17 thôn: 10 thôn có wifi, 06 thôn có camera.", None),
    ("sum_told_above", "1. Dịch vụ công\nNhận 10.080 hồ sơ.\nTự nộp 5.544 hồ sơ, nhờ hỗ trợ 3.024 hồ sơ, đến quầy 1.521 hồ sơ.", "1.521"),
    ("sum_told_above", "1. Dịch vụ công\nNhận 10.080 hồ sơ.\nTự nộp 5.544 hồ sơ, nhờ hỗ trợ 3.024 hồ sơ, đến quầy 1.512 hồ sơ.", None),
    ("equation", "10 khu x 06 người = 66 người.", "66"),
    ("equation", "10 khu x 06 người = 60 người.", None),
    ("price_product", "Thu 2,8 tấn, giá bán 45.000 đồng/kg, thu về 162 triệu đồng.", "162 triệu"),
    ("price_product", "Thu 2,8 tấn, giá bán 45.000 đồng/kg, thu về 126 triệu đồng.", None),
    ("part_of_which", "Có 640 người hoàn thành, trong đó nữ 655.", "655"),
    ("part_of_which", "Mở 02 lớp, trong đó lớp 1: 40, lớp 2: 35.", None),
    ("larger_than_whole", "Sử dụng truy xuất nguồn gốc: 8/7 hợp tác xã.", "8/7 hợp tác xã"),
    ("named_lacking", "Cáp quang: 14/17 bản. Bản chưa có: Nậm Pha, Nậm Sỏ.", "Nậm Pha, Nậm Sỏ"),
    ("named_lacking", "Cáp quang: 15/17 bản. Bản chưa có: Nậm Pha, Nậm Sỏ.", None),
    ("none_and_some", "Đúng hạn 1.200, quá hạn 12.\n\nHồ sơ quá hạn: không có.", "Hồ sơ quá hạn: không"),
    ("none_and_some", "Đúng hạn 1.200, quá hạn 12.\n\nHồ sơ quá hạn: không quá 1%, đạt.", None),
    # shares
    ("shares_of_whole", "Thành viên chia theo độ tuổi: dưới 35 tuổi 45%, từ 35 đến 55 tuổi 35%, trên 55 tuổi 25%.", "45%"),
    ("spoken_share", "Có 28/84 cuộc họp trực tuyến, tức một phần tư số cuộc họp.", "một phần tư"),
    ("spoken_share", "Có 28/84 cuộc họp trực tuyến, tức một phần ba số cuộc họp.", None),
    ("named_rate", "Giải quyết 7.056 hồ sơ: đúng hạn 7.032 hồ sơ; quá hạn 24 hồ sơ. Tỷ lệ quá hạn là 3,4%.", "3,4%"),
    ("named_rate", "Giải quyết 7.056 hồ sơ: đúng hạn 7.032 hồ sơ; quá hạn 24 hồ sơ. Tỷ lệ quá hạn là 0,34%.", None),
    ("share", "Số doanh nghiệp dùng hóa đơn điện tử là 24/24. Ba hợp tác xã dùng nhật ký điện tử, chiếm 60,00%.", None),
    ("share_of_total", "Bồi dưỡng 120 lượt người: đợt 1 là 55 lượt, đợt 2 là 65 lượt; trong số này có 48 lượt cán bộ, chiếm 40%.", None),
    # tables
    ("column_share", "Nội dung\tKinh phí\tTỷ trọng\nHạ tầng\t420\t52,50%\nPhần mềm\t185\t23,13%\nĐào tạo\t95\t13,57%\nBảo mật\t100\t12,50%\nCộng\t800\t100%", "13,57%"),
    ("column_total", "Nội dung\tKinh phí\tGhi chú\nHạ tầng\t420\ta\nPhần mềm\t185.000.000\tb\nĐào tạo\t195\tc\nCộng\t800\td", "185.000.000"),
    ("row_sum", "Lĩnh vực\tTổng\tMạng\tQuầy\nA\t100\t60\t40\nB\t178\t171\t17\nC\t50\t20\t30\nD\t80\t40\t40\nCộng\t408\t291\t117", "17"),
    ("empty_cell", "Địa bàn\tSố tổ\tThành viên\tHộ\nThôn 1\t1\t9\t10\nThôn 2\t1\t\t20\nThôn 3\t1\t8\t30\nThôn 4\t1\t7\t30\nCộng\t4\t32\t90", "Thôn 2"),
    ("row_share", "Lĩnh vực\tTiếp nhận\tMạng\tQuầy\tTỷ lệ\nA\t100\t60\t40\t60,00%\nB\t780\t702\t78\t91,00%\nC\t50\t20\t30\t40,00%\nD\t80\t40\t40\t50,00%", "91,00%"),
    ("row_difference", "Chỉ số\tNăm 2025\tNăm 2026\tTăng, giảm\nTiếp nhận\t6.120\t6.854\t734\nTrực tuyến\t4.590\t5.963\t1.337\nQuá hạn\t48\t21\t-27", "1.337"),
    ("row_difference", "Chỉ số\tNăm 2025\tNăm 2026\tTăng, giảm\nTiếp nhận\t6.120\t6.854\t734\nTrực tuyến\t4.590\t5.963\t1.373\nQuá hạn\t48\t21\t-27", None),
    ("percent_of", "Số hóa: hoàn thành 9.600 trang, kế hoạch 12.000 trang, đạt 82%.", "đạt 82%"),
    ("percent_of", "Số hóa: hoàn thành 9.600 trang, kế hoạch 12.000 trang, đạt 80%.", None),
    ("total_after_labels", "Họp định kỳ 04 lần, họp đột xuất 03 lần, cả năm 08 lần.", "08"),
    # aims
    ("below_claim", "Thanh toán trực tuyến: giao 90%, kết quả 89,14%: Đạt.", "Đạt"),
    ("below_claim", "Họp không giấy 26/40 cuộc, đạt 65,00%. Chỉ tiêu giao 70%. Xã đã hoàn thành chỉ tiêu họp không giấy!", "hoàn thành chỉ tiêu"),
    ("below_claim", "Học bạ số: giao 100%, kết quả 05/06 trường, hoàn thành chỉ tiêu.", "05/06 trường, hoàn thành"),
    ("below_claim", "Khai thác lại dữ liệu đạt 47,2%, vượt mục tiêu 50% của tỉnh.", "vượt mục tiêu 50"),
    ("below_claim", "Tỷ lệ đạt 78%, cao hơn năm 2025 (70,5%). Chỉ tiêu năm 2026 là 80%, xã đã hoàn thành trước thời hạn.", "hoàn thành"),
    ("below_claim", "Hồ sơ quá hạn: không quá 1%, thực hiện 0,41%, đạt.", None),
    ("below_claim", "Có 1.350 người hoàn thành, đạt 90,00% kế hoạch (1.500 người).", None),
    ("below_claim", "Cộng 08 chỉ tiêu, trong đó 06 chỉ tiêu đạt, 02 chỉ tiêu chưa đạt.", None),
    ("rated_against_ratio", "Cáp quang đến 18/19 thôn, buôn.\n\n- 100% thôn, buôn có cáp quang: Đạt.", "100% thôn, buôn có cáp quang: Đạt"),
    ("rated_against_ratio", "Cáp quang đến 19/19 thôn, buôn.\n\n- 100% thôn, buôn có cáp quang: Đạt.", None),
    # blanks and numbers that are none
    ("placeholder", "Wifi công cộng: … điểm, đặt tại nhà văn hóa.", "… điểm"),
    ("placeholder", "Trưởng ban là đồng chí Nguyễn Văn …, Chủ tịch UBND xã.", "Nguyễn Văn …"),
    ("placeholder", "Theo Quyết định số      /QĐ-UBND ngày    /8/2025 của xã.", "Quyết định số /QĐ-UBND"),
    ("missing_value", "Số công chức trực quầy là người, luân phiên hai buổi.", "là người"),
    ("counted_by_nothing", "1. Dịch vụ công\nTrung tâm đã tiếp nhận nhiều hồ sơ của người dân.", "đã tiếp nhận nhiều hồ sơ"),
    ("counted_by_nothing", "1. Dịch vụ công\nTrung tâm đã tiếp nhận nhiều hồ sơ của người dân, cụ thể là 120 hồ sơ.", None),
    ("counted_by_nothing", "1. Khó khăn\nĐã xử lý một số hồ sơ phức tạp.", None),
    ("malformed_number", "Tính chung 5 tháng là 1.2000 lượt.", "1.2000"),
    ("malformed_number", "Thiệt hại 1,286.5 triệu đồng.", "1,286.5"),
    ("malformed_number", "Theo Kế hoạch số 1.27/KH-UBND của xã.", "1.27/KH-UBND"),
    ("thousands", "Nơi có 18,742 người dân sinh sống.", "18,742"),
    ("thousands", "Sản lượng 18,742 tấn, năng suất 5,125 tấn/ha.", None),
    ("above_hundred", "Có 9.660 người theo dõi, bằng 115% quý III (8.400 người).", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES)
def test_relations(rule: str, text: str, expected: str | None) -> None:
    found = quotes_of(rule, report_of(text))
    if expected is None:
        assert found == []
    else:
        assert any(expected in quote for quote in found), found


# the same said wrongly and rightly, in the many ways in which writers put it
PAIRS: list[tuple[str, str]] = [
    ("Dân số 12.480 người, 3.120 hộ, bình quân 4,5 người/hộ.", "Dân số 12.480 người, 3.120 hộ, bình quân 4,0 người/hộ."),
    ("Thu ngân sách 9 tháng đạt 6,3 tỷ đồng, bằng 75% dự toán năm (9 tỷ đồng).", "Thu ngân sách 9 tháng đạt 6,3 tỷ đồng, bằng 70% dự toán năm (9 tỷ đồng)."),
    ("Số hồ sơ trễ hạn là 18 hồ sơ, chiếm tỷ lệ 1,5% trên tổng số 1.800 hồ sơ.", "Số hồ sơ trễ hạn là 18 hồ sơ, chiếm tỷ lệ 1% trên tổng số 1.800 hồ sơ."),
    ("Toàn xã có 320 camera, tăng gấp 4 lần so với năm 2024 (160 camera).", "Toàn xã có 320 camera, tăng gấp 2 lần so với năm 2024 (160 camera)."),
    ("Trong 240 cán bộ, có 180 người đã được tập huấn, đạt 80%.", "Trong 240 cán bộ, có 180 người đã được tập huấn, đạt 75%."),
    ("Lũy kế từ đầu năm cấp 1.250 tài khoản, trong đó 6 tháng đầu năm 700 tài khoản, quý III 450 tài khoản.", "Lũy kế từ đầu năm cấp 1.150 tài khoản, trong đó 6 tháng đầu năm 700 tài khoản, quý III 450 tài khoản."),
    ("Số lượt truy cập tăng từ 15.000 lên 18.000 lượt (tăng 25%).", "Số lượt truy cập tăng từ 15.000 lên 18.000 lượt (tăng 20%)."),
    ("Tổng số 45 cuộc họp, trong đó họp trực tuyến 18 cuộc (chiếm 45%), họp trực tiếp 27 cuộc (chiếm 60%).", "Tổng số 45 cuộc họp, trong đó họp trực tuyến 18 cuộc (chiếm 40%), họp trực tiếp 27 cuộc (chiếm 60%)."),
    ("Kinh phí 450 triệu đồng, mỗi thôn được 30 triệu đồng cho 16 thôn.", "Kinh phí 450 triệu đồng, mỗi thôn được 30 triệu đồng cho 15 thôn."),
    ("Xã có 25 tổ, với tổng số 180 thành viên, trung bình 8 thành viên một tổ.", "Xã có 25 tổ, với tổng số 200 thành viên, trung bình 8 thành viên một tổ."),
    ("Nam 145 người, nữ 165 người, tổng cộng 300 người.", "Nam 145 người, nữ 165 người, tổng cộng 310 người."),
    ("Tỷ lệ nữ tham gia là 165/310 người, chiếm 55,23%.", "Tỷ lệ nữ tham gia là 165/310 người, chiếm 53,23%."),
    ("Đã số hóa 8.400 trang trong tổng số 10.500 trang, còn 2.200 trang.", "Đã số hóa 8.400 trang trong tổng số 10.500 trang, còn 2.100 trang."),
    ("So với quý I, số hồ sơ quý II tăng 120 hồ sơ (từ 880 hồ sơ lên 1.020 hồ sơ).", "So với quý I, số hồ sơ quý II tăng 140 hồ sơ (từ 880 hồ sơ lên 1.020 hồ sơ)."),
    ("Quý I: 1.200 hồ sơ; quý II: 1.350 hồ sơ; cộng 6 tháng: 2.450 hồ sơ.", "Quý I: 1.200 hồ sơ; quý II: 1.350 hồ sơ; cộng 6 tháng: 2.550 hồ sơ."),
    ("Doanh thu 540 triệu đồng, chi phí 360 triệu đồng, lợi nhuận 200 triệu đồng.", "Doanh thu 540 triệu đồng, chi phí 360 triệu đồng, lợi nhuận 180 triệu đồng."),
    ("Thu thập 5.600 mẫu ADN, vượt 600 mẫu so với kế hoạch giao 5.200 mẫu.", "Thu thập 5.600 mẫu ADN, vượt 400 mẫu so với kế hoạch giao 5.200 mẫu."),
    ("Diện tích 120 ha chia đều cho 48 hộ, mỗi hộ 3 ha.", "Diện tích 120 ha chia đều cho 48 hộ, mỗi hộ 2,5 ha."),
    ("Tổ chức 3 đợt tập huấn với 60, 75 và 80 người, cộng 225 người.", "Tổ chức 3 đợt tập huấn với 60, 75 và 80 người, cộng 215 người."),
    ("Hồ sơ đúng hạn 1.960 hồ sơ trên tổng số 2.000 hồ sơ đã giải quyết, đạt 96%.", "Hồ sơ đúng hạn 1.960 hồ sơ trên tổng số 2.000 hồ sơ đã giải quyết, đạt 98%."),
    ("Số máy tính đạt chuẩn là 54 máy (72% trong 80 máy).", "Số máy tính đạt chuẩn là 54 máy (67,5% trong 80 máy)."),
    ("Phát 1.500 tờ rơi, bằng một nửa kế hoạch (2.500 tờ).", "Phát 1.500 tờ rơi, bằng một nửa kế hoạch (3.000 tờ)."),
    ("Xã giải ngân được hai phần ba kinh phí (300/500 triệu đồng).", "Xã giải ngân được hai phần ba kinh phí (300/450 triệu đồng)."),
    ("Cứ 10 hồ sơ thì có 9 hồ sơ nộp trực tuyến, tức 80%.", "Cứ 10 hồ sơ thì có 9 hồ sơ nộp trực tuyến, tức 90%."),
    ("Có 12 mô hình, gồm nông nghiệp 5, giáo dục 3, y tế 2, hành chính 3.", "Có 12 mô hình, gồm nông nghiệp 5, giáo dục 3, y tế 2, hành chính 2."),
    ("Tiếp nhận 640 phản ánh: hạ tầng 280, môi trường 190, an ninh 95, lĩnh vực khác 65.", "Tiếp nhận 640 phản ánh: hạ tầng 280, môi trường 190, an ninh 95, lĩnh vực khác 75."),
    ("Tiếp nhận 640 phản ánh, bao gồm: 280 về hạ tầng, 190 về môi trường, 95 về an ninh, 65 về lĩnh vực khác.", "Tiếp nhận 640 phản ánh, bao gồm: 280 về hạ tầng, 190 về môi trường, 95 về an ninh, 75 về lĩnh vực khác."),
    ("Chi trả 1,2 tỷ đồng cho 400 đối tượng, bình quân 3,5 triệu đồng/người.", "Chi trả 1,2 tỷ đồng cho 400 người, bình quân 3 triệu đồng/người."),
    ("Năm 2025 có 80 sản phẩm, năm 2026 có 100 sản phẩm, bằng 120% năm 2025.", "Năm 2025 có 80 sản phẩm, năm 2026 có 100 sản phẩm, bằng 125% năm 2025."),
    ("Hộ nghèo giảm 35 hộ, từ 210 hộ xuống 185 hộ.", "Hộ nghèo giảm 25 hộ, từ 210 hộ xuống 185 hộ."),
    ("Tỷ lệ hộ nghèo từ 6,5% giảm còn 4,2%, giảm 2,5 điểm phần trăm.", "Tỷ lệ hộ nghèo từ 6,5% giảm còn 4,2%, giảm 2,3 điểm phần trăm."),
    ("Trực tuyến toàn trình 620 hồ sơ, một phần 340 hồ sơ, tổng số hồ sơ trực tuyến 950 hồ sơ.", "Trực tuyến toàn trình 620 hồ sơ, một phần 340 hồ sơ, tổng số hồ sơ trực tuyến 960 hồ sơ."),
    ("Trong số 86 thủ tục, có 52 thủ tục toàn trình, 28 thủ tục một phần, 8 thủ tục chỉ cung cấp thông tin.", "Trong số 86 thủ tục, có 52 thủ tục toàn trình, 28 thủ tục một phần, 6 thủ tục chỉ cung cấp thông tin."),
    ("Thành lập 14 đội, mỗi đội 5 đoàn viên, huy động 75 đoàn viên.", "Thành lập 14 đội, mỗi đội 5 đoàn viên, huy động 70 đoàn viên."),
    ("Hoàn thành 45% khối lượng, còn lại 65% thực hiện trong quý IV.", "Hoàn thành 45% khối lượng, còn lại 55% thực hiện trong quý IV."),
    ("Mức độ hài lòng: rất hài lòng 60%, hài lòng 35%, chưa hài lòng 8%.", "Mức độ hài lòng: rất hài lòng 60%, hài lòng 35%, chưa hài lòng 5%."),
    ("Đạt 92/100 điểm, trong đó hạ tầng 28 điểm, dữ liệu 32 điểm, nhân lực 30 điểm.", "Đạt 92/100 điểm, trong đó hạ tầng 28 điểm, dữ liệu 32 điểm, nhân lực 32 điểm."),
    ("Điểm chuyển đổi số đạt 87,5 điểm, tăng 3,5 điểm so với năm 2025 (83,5 điểm).", "Điểm chuyển đổi số đạt 87,5 điểm, tăng 4 điểm so với năm 2025 (83,5 điểm)."),
    ("Đội ngũ gồm 52 người: 21 nam, 33 nữ.", "Đội ngũ gồm 52 người: 21 nam, 31 nữ."),
    ("Trung tâm xử lý 2.340 hồ sơ; hồ sơ sớm hạn là 1.640, đúng hạn là 690, quá hạn là 20.", "Trung tâm xử lý 2.350 hồ sơ; hồ sơ sớm hạn là 1.640, đúng hạn là 690, quá hạn là 20."),
    ("Tổng chi 860 triệu đồng (tuyên truyền 120, tập huấn 240, thiết bị 510).", "Tổng chi 870 triệu đồng (tuyên truyền 120, tập huấn 240, thiết bị 510)."),
    ("Phát hành 1.420 văn bản, trong đó ký số 1.378 văn bản, tỷ lệ ký số đạt 97,4%.", "Phát hành 1.420 văn bản, trong đó ký số 1.378 văn bản, tỷ lệ ký số đạt 97,04%."),
    ("Toàn xã có 3.600 hộ, hộ dùng Internet 3.240 hộ, chiếm 92%.", "Toàn xã có 3.600 hộ, hộ dùng Internet 3.240 hộ, chiếm 90%."),
    ("Tổ chức 24 lớp, mỗi lớp 35 học viên, tổng 850 học viên.", "Tổ chức 24 lớp, mỗi lớp 35 học viên, tổng 840 học viên."),
    ("Số lượt đăng nhập quý III là 5.200 lượt, cao hơn quý II (4.700 lượt) là 600 lượt.", "Số lượt đăng nhập quý III là 5.200 lượt, cao hơn quý II (4.700 lượt) là 500 lượt."),
    ("Giá trị giải ngân đạt 1,53 tỷ đồng/1,8 tỷ đồng, đạt 80%.", "Giá trị giải ngân đạt 1,53 tỷ đồng/1,8 tỷ đồng, đạt 85%."),
    ("Vốn được giao 2.500 triệu đồng, đã chi 1.750 triệu đồng (đạt 72%).", "Vốn được giao 2.500 triệu đồng, đã chi 1.750 triệu đồng (đạt 70%)."),
    ("Lắp 18 bộ loa tại 9 thôn, mỗi thôn 3 bộ.", "Lắp 18 bộ loa tại 9 thôn, mỗi thôn 2 bộ."),
    ("Bán được 1.500 kg mật ong với giá 200.000 đồng/kg, thu 350 triệu đồng.", "Bán được 1.500 kg mật ong với giá 200.000 đồng/kg, thu 300 triệu đồng."),
    ("Có 7/10 chỉ tiêu đạt, 4/10 chỉ tiêu chưa đạt.", "Có 7/10 chỉ tiêu đạt, 3/10 chỉ tiêu chưa đạt."),
    ("Số đối tượng giảm 12%, từ 500 đối tượng còn 450 đối tượng.", "Số đối tượng giảm 10%, từ 500 đối tượng còn 450 đối tượng."),
    ("Xã có 10 thôn đạt chuẩn trên tổng số 16 thôn, còn 5 thôn chưa đạt.", "Xã có 10 thôn đạt chuẩn trên tổng số 16 thôn, còn 6 thôn chưa đạt."),
    ("Tỷ lệ hồ sơ trực tuyến tháng 8 là 84,2%, tháng 9 là 88,9%, tăng 5,7 điểm phần trăm.", "Tỷ lệ hồ sơ trực tuyến tháng 8 là 84,2%, tháng 9 là 88,9%, tăng 4,7 điểm phần trăm."),
    ("Xã đăng 45 tin, 30 bài, 12 video, tổng cộng 97 sản phẩm truyền thông.", "Xã đăng 45 tin, 30 bài, 12 video, tổng cộng 87 sản phẩm truyền thông."),
    ("Bình quân 60 hồ sơ/ngày, trong 20 ngày tiếp nhận 1.400 hồ sơ.", "Bình quân 60 hồ sơ/ngày, trong 20 ngày tiếp nhận 1.200 hồ sơ."),
    ("Hệ thống có 3 máy chủ, 12 máy trạm, 5 máy in; tất cả 21 thiết bị.", "Hệ thống có 3 máy chủ, 12 máy trạm, 5 máy in; tất cả 20 thiết bị."),
    ("Nguồn kinh phí: tỉnh 60%, xã 30%, xã hội hóa 15%.", "Nguồn kinh phí: tỉnh 60%, xã 30%, xã hội hóa 10%."),
    ("Số phiếu phát ra 500 phiếu, thu về 480 phiếu (đạt 98%).", "Số phiếu phát ra 500 phiếu, thu về 480 phiếu (đạt 96%)."),
    ("Có 36 người dự thi, 9 người đạt giải, chiếm 30%.", "Có 36 người dự thi, 9 người đạt giải, chiếm 25%."),
    ("Kiểm tra 40 cơ sở, phát hiện 6 cơ sở vi phạm, 36 cơ sở chấp hành tốt.", "Kiểm tra 40 cơ sở, phát hiện 6 cơ sở vi phạm, 34 cơ sở chấp hành tốt."),
    ("Trồng 250 cây mỗi thôn ở 8 thôn, được 2.500 cây.", "Trồng 250 cây mỗi thôn ở 8 thôn, được 2.000 cây."),
    ("Chỉ số hài lòng 95,2%, thấp hơn năm trước (96,8%) 2,6 điểm phần trăm.", "Chỉ số hài lòng 95,2%, thấp hơn năm trước (96,8%) 1,6 điểm phần trăm."),
    ("Toàn xã hiện có 1.250 thuê bao, trong đó VNPT 520, Viettel 480, FPT 270.", "Toàn xã hiện có 1.270 thuê bao, trong đó VNPT 520, Viettel 480, FPT 270."),
    ("Thu nhập bình quân 68 triệu đồng/người/năm, tăng 8 triệu đồng so với năm 2025 (62 triệu đồng).", "Thu nhập bình quân 68 triệu đồng/người/năm, tăng 6 triệu đồng so với năm 2025 (62 triệu đồng)."),
    ("Đến nay có 11 ấp hoàn thành, chiếm 11/14 ấp (87,57%).", "Đến nay có 11 ấp hoàn thành, chiếm 11/14 ấp (78,57%)."),
    ("Tổng số học sinh 1.120 em, gồm mầm non 280 em, tiểu học 460 em, trung học cơ sở 370 em.", "Tổng số học sinh 1.110 em, gồm mầm non 280 em, tiểu học 460 em, trung học cơ sở 370 em."),
    ("Hai năm có 52 sáng kiến: năm 2025 là 24, năm 2026 là 26.", "Hai năm có 50 sáng kiến: năm 2025 là 24, năm 2026 là 26."),
    ("Số tiền 45 triệu đồng cấp cho 15 hộ, mỗi hộ 2,5 triệu đồng.", "Số tiền 45 triệu đồng cấp cho 15 hộ, mỗi hộ 3 triệu đồng."),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "right"), PAIRS)
def test_said_wrongly_and_rightly(wrong: str, right: str) -> None:
    rules = [rule.id for rule in all_rules() if rule.category == "arithmetic"]
    assert [rule for rule in rules if quotes_of(rule, report_of(right))] == []
    assert [rule for rule in rules if quotes_of(rule, report_of(wrong))] != []


def test_a_correct_sum_of_the_other_column_is_not_blamed() -> None:
    """The cell that spoils both its row and its column is the one that is marked."""
    table = (
        "Lĩnh vực\tTổng\tMạng\tQuầy\nA\t100\t60\t40\nB\t178\t171\t17\nC\t50\t20\t30\nD\t80\t40\t40\nCộng\t408\t291\t117"
    )
    assert quotes_of("column_total", report_of(table)) == []


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("Số: 87/BC-UBND\n", "BÁO CÁO"),
        ("Vân Mẫu, ngày 05 tháng 10 năm 2025\n", "BÁO CÁO"),
        ("Nơi nhận:\n- Sở Khoa học và Công nghệ;\n- Lưu: VT.\n", "TM. ỦY BAN NHÂN DÂN"),
        ("\nCHỦ TỊCH", "Lê Thị Mẫu"),
        ("\nLê Thị Mẫu", "CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Thị Mẫu\n", "Nơi nhận:"),
    ],
)
def test_parts_of_the_form_that_are_not_there(cut: str, expected: str) -> None:
    from .conftest import HEAD, TAIL

    whole = f"{HEAD}I. KẾT QUẢ\nXã có 17 thôn.{TAIL}"
    assert cut in whole
    assert quotes_of("parts_absent", report_of(whole.replace(cut, "", 1), whole=True)) == [expected]
    assert quotes_of("parts_absent", report_of(whole, whole=True)) == []


def test_a_part_that_the_title_promises() -> None:
    from .conftest import HEAD, TAIL

    head = HEAD.replace(
        "quý III năm 2025\nThực hiện", "quý III và phương hướng, nhiệm vụ quý IV năm 2025\nThực hiện", 1
    )
    parts = "I. KẾT QUẢ\nXã có 17 thôn.\nII. HẠN CHẾ\nThiếu máy.\nIII. KIẾN NGHỊ\nĐề nghị cấp máy."
    assert quotes_of("promised_part", report_of(head + parts + TAIL, whole=True)) == [
        "và phương hướng, nhiệm vụ quý IV năm 2025"
    ]
    whole = head + parts + "\nIV. NHIỆM VỤ QUÝ IV\nMua máy." + TAIL
    assert quotes_of("promised_part", report_of(whole, whole=True)) == []


@pytest.mark.parametrize(("share", "expected"), [("40", ["40%"]), ("30", [])])
def test_an_aim_ascribed_to_a_document(share: str, expected: list[str], registry: Any, report_types: Any) -> None:
    from assistant.check.checker import check_document

    from .conftest import HEAD, TAIL, source_of

    head = HEAD.replace(
        "Kết quả chuyển đổi số", "Kết quả phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"
    )
    text = (
        f"{head}II. KẾT QUẢ\n9. Kinh tế số\nNghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị đặt mục tiêu đến năm 2030 "
        f"quy mô kinh tế số đạt tối thiểu {share}% GDP.{TAIL}"
    )
    result = check_document(
        source_of(text), registry=registry, report_types=report_types, report_type="quy_khcn_dmst_cds"
    )
    assert [f.text for f in result.findings if f.rule == "aim_of_document"] == expected


@pytest.mark.parametrize(
    "unit",
    [
        "Có 412 lượt, tăng 36 lượt so với quý I (371 lượt). ",
        "Lập 118 hồ sơ, kết thúc 97 hồ sơ, còn 20 hồ sơ. ",
        "812 hồ sơ, ",
        "nhóm 37, ",
    ],
)
def test_a_line_of_many_figures_stays_linear(unit: str) -> None:
    """Four times the figures take about four times as long, not sixteen."""
    families = (
        "change",
        "remainder",
        "listed_parts",
        "bare_parts",
        "parts_in_a_row",
        "halves",
        "sum_told_above",
        "mean",
    )
    rules = [rule for rule in all_rules() if rule.id in families]

    def seconds(times: int) -> float:
        report = report_of(f"1. Kết quả\nXã có 38 nhiệm vụ: {unit * times}")
        began = time.process_time()
        for rule in rules:
            list(rule.check(report))
        return time.process_time() - began

    seconds(50)
    assert seconds(800) < 8 * seconds(200) + 0.3
