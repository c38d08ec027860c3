# ruff: noqa: E501 (a row of a table stays on one line)
"""Rules on dates, periods, units, bodies, numbering, leftovers: what must be marked, and the near miss."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.check.report import Report

from .conftest import HEAD, TAIL, drafts_of, quotes_of, report_of

CASES: list[tuple[str, str, str | None]] = [
    ("impossible_date", "Kế hoạch ban hành ngày 31/6/2025.", "31/6/2025"),
    ("impossible_date", "Họp ngày 30 tháng 02 năm 2025.", "30 tháng 02 năm 2025"),
    ("impossible_date", "Kế hoạch ban hành ngày 30/6/2025, tháng 12/2025.", None),
    ("impossible_date", "Báo cáo trước tháng 13/2025.", "tháng 13/2025"),
    ("weekday", "Thứ Hai, ngày 15/10/2025 xã ra mắt mô hình.", "Thứ Hai, ngày 15/10/2025"),
    ("weekday", "Thứ Tư, ngày 15/10/2025 xã ra mắt mô hình.", None),
    ("after_report", "Ngày 12/11/2025 đã tổ chức tập huấn.", "12/11/2025"),
    ("after_report", "Hoàn thành trước ngày 31/12/2025.", None),
    ("after_report", "Ngày 12/9/2025 đã tổ chức tập huấn.", None),
    ("backward_range", "Từ ngày 30/9/2025 đến ngày 01/7/2025.", "Từ ngày 30/9/2025 đến ngày 01/7/2025"),
    ("backward_range", "Từ ngày 01/7/2025 đến ngày 30/9/2025.", None),
    ("quarter_dates", "Quý III (từ ngày 01/4 đến ngày 30/6).", "Quý III (từ ngày 01/4 đến ngày 30/6"),
    ("quarter_dates", "Quý III (từ ngày 01/7 đến ngày 30/9).", None),
    ("until_since", "Số liệu tính đến ngày 01/7/2025 đến nay.", "tính đến ngày 01/7/2025 đến nay"),
    ("until_since", "Số liệu tính từ ngày 01/7/2025 đến nay.", None),
    ("doubled_in_date", "Từ 01 tháng 7 tháng năm 2025.", "01 tháng 7 tháng năm 2025"),
    ("doubled_in_date", "Từ 01 tháng 7 năm 2025.", None),
    # the report of these rows is of the third quarter of 2025, signed on 05/10/2025
    ("past_deadline", "B. PHƯƠNG HƯỚNG QUÝ IV\n1. Số hóa nốt hồ sơ còn lại, xong trước ngày 30/9/2025.", "trước ngày 30/9/2025"),
    ("past_deadline", "B. PHƯƠNG HƯỚNG QUÝ IV\n1. Hoàn thành lắp camera trong tháng 8/2025.", "trong tháng 8/2025"),
    ("past_deadline", "B. PHƯƠNG HƯỚNG QUÝ IV\n1. Lắp camera trong quý II/2025.", "trong quý II/2025"),
    ("past_deadline", "Dự kiến hoàn thành trong tháng 8/2025.", "trong tháng 8/2025"),
    ("past_deadline", "B. PHƯƠNG HƯỚNG QUÝ IV\n1. Hoàn thành trong tháng 12/2025, trước ngày 15/12/2025.", None),
    ("past_deadline", "B. PHƯƠNG HƯỚNG QUÝ IV\n1. Số hóa hồ sơ lưu trữ trước ngày 01/7/2025.", None),
    ("past_deadline", "B. PHƯƠNG HƯỚNG QUÝ IV\n1. Duy trì mô hình đã hoàn thành trong tháng 8/2025.", None),
    ("past_deadline", "Lắp camera xong trước ngày 30/9/2025.", None),
    ("counted_to", "Số liệu tính đến ngày 15/10/2025.", "15/10/2025"),
    ("counted_to", "Tính đến ngày 20/6/2025, xã tiếp nhận 120 hồ sơ.", "20/6/2025"),
    ("counted_to", "Ước tính đến ngày 31/12/2025 đạt 95%. Số liệu tính đến ngày 30/9/2025.", None),
    ("stale_label", "Số liệu như sau:\nBảng 1. Hồ sơ quý III năm 2024\nĐã làm.", "quý III năm 2024"),
    ("stale_label", "Số liệu như sau:\nBảng 1. Hồ sơ quý III năm 2025 so với quý III năm 2024\nĐã làm.", None),
    ("another_period", "1. Hồ sơ\nTrong quý II, UBND xã tiếp nhận 120 hồ sơ.", "quý II"),
    ("another_period", "1. Hồ sơ\nTrong quý II, xã tiếp nhận 120 hồ sơ; quý III tăng 12%.", None),
    ("another_period", "1. Hồ sơ\nXã đã họp. Trong quý II, xã tiếp nhận 120 hồ sơ.", "quý II"),
    ("another_period", "1. Hồ sơ\nTrong quý, xã tiếp nhận 120 hồ sơ.", None),
    ("another_period", "1. Hồ sơ\nTrong quý III, xã tiếp nhận 120 hồ sơ.", None),
    ("month_outside", "1. Hồ sơ\nTháng 6: 12 hồ sơ.\nTháng 8: 13 hồ sơ.\nTháng 9: 14 hồ sơ.", "Tháng 6"),
    ("month_outside", "1. Hồ sơ\nTháng 7: 12 hồ sơ.\nTháng 8: 13 hồ sơ.\nTháng 9: 14 hồ sơ.", None),
    ("session", "UBND xã trình kỳ họp thường lệ giữa năm 2025 của HĐND xã.", "kỳ họp thường lệ giữa năm 2025"),
    ("session", "Tại kỳ họp giữa năm 2024, đại biểu nêu nội dung kỳ họp giữa năm 2024.", None),
    ("session", "UBND xã trình kỳ họp thường lệ cuối năm 2025; thực hiện Nghị quyết của kỳ họp giữa năm.", None),
    # units
    ("district", "Phòng Nội vụ huyện hướng dẫn thực hiện.", "huyện"),
    ("district", "Trên địa bàn huyện có 21 tổ.", "địa bàn huyện"),
    ("district", "Hồ sơ do huyện Mẫu (cũ) bàn giao.", None),
    ("district", "Sau khi kết thúc hoạt động cấp huyện, xã tiếp nhận hồ sơ.", None),
    ("district", "Kế hoạch số 15/KH-UBND ngày 12/3/2025 của UBND huyện Mẫu.", None),
    ("district", "Triển khai đến các xã, thị trấn.", "thị trấn"),
    ("district", "Phối hợp với Bưu điện huyện Mẫu.", None),
    ("district", "Cụm loa do Trung tâm Văn hóa huyện Mẫu bàn giao tháng 11/2025.", "huyện"),
    ("district", "Hồ sơ do Phòng Nội vụ huyện Mẫu bàn giao tháng 7/2025.", None),
    ("unit_kind", "Trang thông tin điện tử của phường Vân Mẫu đăng 20 tin.", "phường Vân Mẫu"),
    ("foreign_commune", "Chủ tịch UBND xã Bình Mẫu chủ trì. Các ngành phối hợp tốt.", "xã Bình Mẫu"),
    ("foreign_commune", "Chợ phiên xã Bình Mẫu có 12 quầy.", "xã Bình Mẫu"),
    ("district", "Đồng bào các huyết thống; xã hội số.", None),
    ("merged_province", "Theo chỉ đạo của UBND tỉnh Bình Thuận.", "tỉnh Bình Thuận"),
    ("merged_province", "Theo chỉ đạo của UBND tỉnh Lâm Đồng.", None),
    ("merged_province", "Kế hoạch số 5/KH-UBND ngày 12/3/2025 của UBND tỉnh Bình Thuận.", None),
    ("unit_kind", "Tham mưu UBND phường ban hành kế hoạch.", "UBND phường"),
    ("unit_kind", "Phối hợp với các xã, phường lân cận.", None),
    ("foreign_commune", "Trang thông tin điện tử xã Bình Mẫu hoạt động ổn định.", "xã Bình Mẫu"),
    ("foreign_commune", "Trang thông tin điện tử xã Vân Mẫu hoạt động ổn định.", None),
    ("foreign_commune", "Học tập mô hình của xã Bình Mẫu.", None),
    ("villages", "Các ấp có wifi. Trưởng ấp báo cáo. Họp ấp. Hội trường ấp. Tại các thôn/ấp đã lắp.", "thôn/ấp"),
    ("villages", "Các thôn, bản có wifi. Trưởng thôn, trưởng bản báo cáo. Họp thôn. Nhà văn hóa thôn.", None),
    ("villages", "Có 14 tổ/14 bản, 14/14 bản có loa. Các bản, tổ dân phố vào cuộc. Họp 12 bản.", "tổ dân phố"),
    ("villages", "Có 11 bản, 03 tổ dân phố; 12 bản có loa. Trưởng bản, tổ dân phố đã họp.", None),
    ("villages", "Phát 260 bản tin, trung bình 10 bản một tuần. Các ấp đã họp. Trưởng ấp, hội trường ấp, nhà văn hóa ấp.", None),
    ("villages", "Bà con buôn bán ở chợ. Các ấp đã họp. Trưởng ấp, hội trường ấp; mỗi ấp 02 cụm loa.", None),
    ("unit_kind", "Được hội đồng nhân dân phường đánh giá cao.", "hội đồng nhân dân phường"),
    ("deed_above_rank", "Quyết định số 23/QĐ-UBND ngày 12/7/2025 về việc kiện toàn Ban Chỉ đạo chuyển đổi số tỉnh Mẫu.", "Ban Chỉ đạo"),
    ("deed_above_rank", "Quyết định số 23/QĐ-UBND ngày 12/7/2025 về việc kiện toàn Ban Chỉ đạo chuyển đổi số xã.", None),
    ("ended_body", "Theo hướng dẫn của Sở Thông tin và Truyền thông.", "Sở Thông tin và Truyền thông"),
    ("ended_body", "Công văn số 12/STTTT-CNTT ngày 12/01/2025 của Sở Thông tin và Truyền thông.", None),
    # leftovers
    ("template_hint", "Kết quả (nêu rõ số liệu cụ thể).", "(nêu rõ số liệu cụ thể)"),
    ("template_hint", "3. Truyền hình trực tuyến (Đối với các đơn vị có hệ thống)", "(Đối với các đơn vị có hệ thống)"),
    ("template_hint", "Kết quả (đã nêu ở mục 2).", None),
    ("template_hint", "Điểm bưu điện văn hóa (chỉ ghi nếu xã có): 02 điểm.", "(chỉ ghi nếu xã có)"),
    ("template_hint", "Phương án do (tên đơn vị chủ trì, bổ sung sau) xây dựng.", "(tên đơn vị chủ trì, bổ sung sau)"),
    ("template_hint", "Có 12 mô hình (số liệu cập nhật sau).", "(số liệu cập nhật sau)"),
    ("template_hint", "Do (tên cơ quan thực hiện) bàn giao.", "(tên cơ quan thực hiện)"),
    ("template_hint", "Hồ sơ (tên gọi cũ là Tổ một cửa, bổ sung 02 người) đã rõ; giai đoạn sau (điều chỉnh 5 lần).", None),
    ("placeholder", "Xây dựng đề án [tên đề án] trình HĐND xã.", "[tên đề án]"),
    ("placeholder", "Hỗ trợ XX triệu đồng.", "XX"),
    ("placeholder", "Thế kỷ XX; quý III; theo [1] và [2].", None),
    ("placeholder", "Đạt ....... % kế hoạch.", "......."),
    ("placeholder", "Máy tính, máy in... được trang bị.", None),
    ("missing_value", "- Tỷ lệ sản phẩm chủ lực được đưa lên sàn thương mại điện tử…", "Tỷ lệ sản phẩm"),
    ("missing_value", "- Tỷ lệ sản phẩm chủ lực được đưa lên sàn thương mại điện tử đạt 60%.", None),
    ("missing_value", "Tỷ lệ hồ sơ đúng hạn đạt %.", "đạt %"),
    ("unnumbered", "Ban hành Quyết định thành lập Ban Chỉ đạo chuyển đổi số.", "Ban hành Quyết định thành lập"),
    ("unnumbered", "Ban hành Quyết định số 12/QĐ-UBND ngày 05/8/2025 thành lập Ban Chỉ đạo.", None),
    # numbering
    ("numbering", "1. Một việc\nĐã làm.\n2. Hai việc\nĐã làm.\n4. Bốn việc\nĐã làm.", "4. Bốn việc"),
    ("numbering", "1. Một việc\nĐã làm.\n2. Hai việc\nĐã làm.\n2. Hai việc nữa\nĐã làm.", "2. Hai việc nữa"),
    ("numbering", "I. MỘT\nĐã làm.\nII. HAI\nĐã làm.\nIV. BỐN\nĐã làm.", "IV. BỐN"),
    ("numbering", "4. Nền tảng\n1) Văn bản: 12.\n2) Thư: 3.\n5. Nhân lực\nĐã làm.", None),
    ("empty_section", "4. Nền tảng số của xã\n1) Văn bản: 12.\n2) Thư: 3.\n5. Nhân lực\nĐã làm.", None),
    ("numbering", "I. MỘT\n1. Một\nĐã làm.\nII. HAI\n1. Một\nĐã làm.\n2. Hai\nĐã làm.", None),
    ("numbering", "3. Ba việc\n3.1. Một\nĐã làm.\n4.2. Hai\nĐã làm.", "4.2. Hai"),
    ("numbering", "a) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu.", None),
    ("appendix", "Số liệu chi tiết theo Phụ lục II gửi kèm.", "theo Phụ lục II gửi kèm"),
    ("appendix", "Theo Phụ lục II ban hành kèm theo Nghị định số 30/2020/NĐ-CP.", None),
    # content
    ("empty_section", "1. Một việc\n2. Hai việc\nĐã làm.", "1. Một việc"),
    ("empty_section", "1. Một việc: không phát sinh\n2. Hai việc\nĐã làm.", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES)
def test_places_and_dates(rule: str, text: str, expected: str | None) -> None:
    found = quotes_of(rule, report_of(text))
    assert (found == []) if expected is None else any(expected in quote for quote in found)


def test_a_number_used_twice_is_one_slip() -> None:
    text = "1. Một\n1.1. Một\nĐã làm.\n1.2. Hai\nĐã làm.\n1.2. Ba\nĐã làm.\n1.4. Bốn\nĐã làm.\n1.5. Năm\nĐã làm."
    assert quotes_of("numbering", report_of(text)) == ["1.2. Ba"]
    jump = text.replace("1.2. Ba", "1.4. Ba")
    assert quotes_of("numbering", report_of(jump)) == ["1.4. Ba"]


def test_the_motto_of_the_head_names_no_commune() -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nXÃ VÂN MẪU\nCỘNG", "ỦY BAN NHÂN DÂN\tCỘNG").replace("xã Vân", "phường Vân")
    head = head.replace("Độc lập", "PHƯỜNG VÂN MẪU\tĐộc lập")
    report = report_of(head + "UBND phường đã họp." + TAIL.replace("xã", "phường"), whole=True)
    assert (report.unit.kind, report.unit.name) == ("phường", "Vân Mẫu")
    assert quotes_of("unit_kind", report) == []


def test_before_two_tiers_districts_are_alive() -> None:
    text = "Phòng Nội vụ huyện hướng dẫn; UBND tỉnh Bình Thuận chỉ đạo."
    assert quotes_of("district", report_of(text, day=date(2024, 12, 1))) == []
    assert quotes_of("merged_province", report_of(text, day=date(2024, 12, 1))) == []


def test_another_period_than_the_title() -> None:
    text = (HEAD + "Đã làm." + TAIL).replace("như sau:", "và quý II như sau:")
    assert quotes_of("period_words", report_of(text, whole=True)) == ["quý II"]
    assert quotes_of("period_words", report_of("Đã làm.")) == []


def test_months_against_months() -> None:
    text = (HEAD + "Đã làm." + TAIL).replace("quý III năm 2025 như sau", "5 tháng đầu năm 2025 như sau")
    text = text.replace("quý III năm 2025", "6 tháng đầu năm 2025")
    assert quotes_of("period_words", report_of(text, whole=True)) == ["5 tháng đầu năm 2025"]


def test_the_closing_names_the_body_that_signs() -> None:
    text = HEAD + "Đã làm." + TAIL.replace("của UBND xã Vân Mẫu", "của Ban Chỉ đạo xã Vân Mẫu")
    assert quotes_of("closing_body", report_of(text, whole=True)) == ["của Ban Chỉ đạo xã Vân Mẫu"]
    assert quotes_of("closing_body", report_of("Đã làm.")) == []


def test_annex_line_against_the_number_of_the_report() -> None:
    annex = "Phụ lục\nKINH PHÍ\n(Kèm theo Báo cáo số {}/BC-UBND ngày 05 tháng 10 năm 2025)\n"
    wrong = report_of(HEAD + "Chi tiết theo phụ lục kèm theo." + TAIL + annex.format(78), whole=True)
    assert quotes_of("annex_line", wrong) == ["Kèm theo Báo cáo số 78/BC-UBND"]
    right = report_of(HEAD + "Chi tiết theo phụ lục kèm theo." + TAIL + annex.format(87), whole=True)
    assert quotes_of("annex_line", right) == []
    other_day = report_of(HEAD + "Đã làm." + TAIL + annex.format(87).replace("05", "15"), whole=True)
    assert quotes_of("annex_line", other_day) == ["ngày 15 tháng 10 năm 2025"]


def test_numbers_of_documents_follow_their_dates(with_references: Callable[[Report], Report]) -> None:
    text = "Ban hành Kế hoạch số 12/KH-UBND ngày 23/7/2025; Kế hoạch số 20/KH-UBND ngày {}/7/2025 về tuyên truyền."
    wrong = with_references(report_of(text.format("20")))
    assert quotes_of("document_order", wrong) == [
        "Kế hoạch số 20/KH-UBND ngày 20/7/2025",
        "Kế hoạch số 12/KH-UBND ngày 23/7/2025",
    ]
    assert quotes_of("document_order", with_references(report_of(text.format("25")))) == []


def test_two_issuers_number_apart(with_references: Callable[[Report], Report]) -> None:
    text = "Kế hoạch số 120/KH-UBND ngày 03/7/2025 của UBND tỉnh Lâm Đồng; Kế hoạch số 20/KH-UBND ngày 20/7/2025 của UBND xã."
    assert quotes_of("document_order", with_references(report_of(text))) == []


def test_a_document_follows_what_it_carries_out(with_references: Callable[[Report], Report]) -> None:
    text = "Kế hoạch số 12/KH-UBND ngày {} về việc triển khai thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị."
    wrong = with_references(report_of(text.format("23/7/2024")))
    assert quotes_of("before_basis", wrong) == ["Kế hoạch số 12/KH-UBND ngày 23/7/2024"]
    assert quotes_of("before_basis", with_references(report_of(text.format("23/7/2025")))) == []


def test_a_title_quoted_nearly_right(with_references: Callable[[Report], Report]) -> None:
    lead = "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị "
    right = "về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia;"
    assert quotes_of("title_wording", with_references(report_of(lead + right))) == []
    lost = right.replace("và ", "")
    (one,) = drafts_of("title_wording", with_references(report_of(lead + lost)))
    assert one.suggestion == right.rstrip(";")
    moved = right.replace("khoa học, công nghệ", "khoa học công nghệ").replace("đột phá", "đột phá,")
    assert len(quotes_of("title_wording", with_references(report_of(lead + moved)))) == 1


def test_a_title_with_its_middle_left_out(with_references: Callable[[Report], Report]) -> None:
    lead = "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị "
    cut = "về đột phá phát triển khoa học, công nghệ và chuyển đổi số quốc gia"
    (one,) = drafts_of("title_wording", with_references(report_of(lead + cut + ".")))
    assert "đổi mới sáng tạo" in one.message
    end = "về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo"
    assert drafts_of("title_wording", with_references(report_of(lead + end + "."))) == []


def test_headings_of_another_period() -> None:
    base = (HEAD + "A. KẾT QUẢ QUÝ III\nĐã làm.\nB. PHƯƠNG HƯỚNG QUÝ IV\nSẽ làm." + TAIL).replace(
        "chuyển đổi số quý III năm 2025\nThực", "chuyển đổi số quý III, phương hướng quý IV năm 2025\nThực"
    )
    assert quotes_of("swapped_heading", report_of(base, whole=True)) == []
    wrong = base.replace("PHƯƠNG HƯỚNG QUÝ IV", "PHƯƠNG HƯỚNG QUÝ III")
    assert quotes_of("swapped_heading", report_of(wrong, whole=True)) == ["QUÝ III"]
    year = base.replace("quý III, phương hướng quý IV năm", "năm").replace("quý III năm", "năm")
    one = year.replace("A. KẾT QUẢ QUÝ III\n", "I. KẾT QUẢ QUÝ III\n1. Một\n")
    assert quotes_of("quarter_in_year", report_of(one, whole=True)) == ["QUÝ III"]
    two = one.replace("B. PHƯƠNG HƯỚNG", "II. KẾT QUẢ")
    assert quotes_of("quarter_in_year", report_of(two, whole=True)) == []


def test_months_before_the_first_day_counted_and_quarters_in_a_year() -> None:
    text = (HEAD + "1. Một\n{}" + TAIL).replace("quý III năm 2025", "năm 2025")
    text = text.replace("năm 2025 như sau", "năm 2025 từ ngày 01/7/2025 đến ngày 30/9/2025 như sau")
    early = report_of(text.format("Trong tháng 6/2025, xã đã kiểm tra 09 thôn."), whole=True)
    assert quotes_of("another_period", early) == ["tháng 6/2025"]
    assert quotes_of("another_period", report_of(text.format("Trong tháng 8/2025, xã đã họp."), whole=True)) == []
    quarter = report_of(text.format("Đã họp. Trong quý, hệ thống gián đoạn 02 lần."), whole=True)
    assert quotes_of("another_period", quarter) == ["Trong quý"]


def test_copied_from_the_last_report() -> None:
    from dataclasses import replace

    same = (
        "Trong kỳ, xã đã tổ chức 08 lớp tập huấn kỹ năng số cho 320 lượt cán bộ, công chức và người dân trên địa bàn."
    )
    now = replace(report_of("I. KẾT QUẢ\n" + same), previous=report_of("I. KẾT QUẢ\n" + same))
    (one,) = drafts_of("unchanged", now)
    assert one.severity == "warning"
    other = replace(report_of("I. KẾT QUẢ\n" + same), previous=report_of("I. KẾT QUẢ\n" + same.replace("320", "410")))
    assert drafts_of("unchanged", other) == []


def test_a_short_statement_twice() -> None:
    lines = "1. Một\n- Nhân lực chuyên trách còn thiếu.\n- {}.\n2. Hai\n{}\n"
    near = lines.format("Nhân lực chuyên trách còn thiếu", "Đã họp.")
    assert len(quotes_of("repeated_text", report_of(near))) == 1
    figure = lines.format("Đạt 91,50%. 15/15 xóm có nhóm Zalo cộng đồng", "Đã họp. 15/15 xóm có nhóm Zalo cộng đồng.")
    assert quotes_of("repeated_text", report_of(figure)) == ["15/15 xóm có nhóm Zalo cộng đồng."]
    led = "1. Một\n- Đơn vị chủ trì: Phòng Văn hóa - Xã hội.\n- Đơn vị chủ trì: Phòng Văn hóa - Xã hội.\nĐã họp."
    assert quotes_of("repeated_text", report_of(led)) == []


def test_a_body_of_the_district_that_hands_over_in_the_year_after() -> None:
    text = (HEAD + "{}" + TAIL).replace("2025", "2026")
    late = report_of(text.format("Huyện ủy Mẫu bàn giao 01 máy chủ."), whole=True)
    assert quotes_of("district", late) == ["Huyện ủy Mẫu"]
    got = report_of(text.format("Đã số hóa hồ sơ do huyện Mẫu bàn giao."), whole=True)
    assert quotes_of("district", got) == []


def test_a_part_has_its_title_on_the_next_line() -> None:
    text = "PHẦN THỨ NHẤT\nKẾT QUẢ NĂM 2025\nI. MỘT\nĐã làm.\nPHẦN THỨ HAI\nPHƯƠNG HƯỚNG NĂM 2026\nI. MỤC TIÊU\nSẽ làm."
    report = report_of(text)
    assert [report.about_the_future(p) for p in report.prose if p.text in ("Đã làm.", "Sẽ làm.")] == [False, True]


def test_the_same_paragraph_twice() -> None:
    same = (
        "Công tác đào tạo, bồi dưỡng được quan tâm, trong năm đã cử cán bộ tham gia các lớp tập huấn do tỉnh tổ chức."
    )
    assert len(quotes_of("repeated_text", report_of(f"1. Một\n{same}\n2. Hai\n{same}"))) == 1
    assert quotes_of("repeated_text", report_of(f"1. Một\n{same}\n2. Hai\nViệc khác đã làm xong.")) == []
    led = f"1. Một\nTháng nào cũng họp. {same}\n2. Hai\nThứ ba, về đào tạo: {same}"
    assert quotes_of("repeated_text", report_of(led)) == [same]


def test_difficulties_want_a_proposal() -> None:
    base = "I. KẾT QUẢ\n1. Một\nĐã làm.\n2. Hai\nĐã làm.\n3. Ba\nĐã làm.\nII. KHÓ KHĂN\nThiếu kinh phí.\n"
    assert quotes_of("no_proposal", report_of(base)) == ["II. KHÓ KHĂN"]
    assert quotes_of("no_proposal", report_of(base + "III. KIẾN NGHỊ\nBố trí kinh phí.\n")) == []
