"""Answers on documents: their own text, lists and counts from headings, relations, parts, comparisons, refusals."""

import pytest
from ask_shelf import LAW, REPORT, FictionalShelf

from assistant.ask.offline import OfflineAnswerer
from assistant.ask.plan_facts import plan_facts
from assistant.legal import Registry, RegistryDocument
from assistant.reports import load_report_types

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU

Số: 901/KH-UBND
Lai Châu, ngày 19 tháng 01 năm 2026

KẾ HOẠCH
Chuyển đổi số tỉnh Lai Châu năm 2026

I. QUAN ĐIỂM
1. Lấy người dân làm trung tâm của mọi dịch vụ.
2. Số liệu chỉ nhập một lần, dùng chung cho các cấp.
3. Người đứng đầu trực tiếp chịu trách nhiệm về kết quả.

II. CHỈ TIÊU
1. Chính quyền số
- Tỷ lệ hồ sơ trực tuyến cấp xã đạt tối thiểu 82%, cấp tỉnh đạt tối thiểu 93%.
- Tỷ lệ thanh toán trực tuyến đạt tối thiểu 75%.
2. Hạ tầng số
- Xóa 63 bản lõm sóng di động trước ngày 31/10/2026.

3. Xã hội số
- Giai đoạn 2026-2028
+ 45% hộ dân dùng ví điện tử.
+ 30% tiểu thương có mã thanh toán.

III. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
- Làm đầu mối tổng hợp tình hình thực hiện Kế hoạch.
2. Sở Tài chính
- Bố trí kinh phí hằng năm.
Phụ biểu. Nhiệm vụ
TT | Nhiệm vụ | Cơ quan chủ trì | Kinh phí
1 | Ban hành Bộ chỉ số cấp xã | Sở Khoa học và Công nghệ | 120
2 | Mua máy quét cho Trung tâm | Văn phòng Ủy ban nhân dân tỉnh | 450
3 | Diễn tập ứng cứu sự cố | Công an tỉnh | 80
"""

OTHER_REPORT = REPORT.replace("SUỐI MÂY", "CỒN LÂN").replace("Suối Mây", "Cồn Lân").replace("41/BC", "96/BC")
OTHER_REPORT = OTHER_REPORT.replace("14 Tổ", "12 Tổ").replace("86 thành viên", "74 thành viên")


@pytest.fixture(scope="module")
def answerer() -> OfflineAnswerer:
    plan = RegistryDocument(
        symbol="901/KH-UBND",
        type="Kế hoạch",
        issuer="Ủy ban nhân dân tỉnh Lai Châu",
        title="Chuyển đổi số tỉnh Lai Châu năm 2026",
        level="ingested",
    )
    law = RegistryDocument(
        symbol="99/2026/QH16", type="Luật", issuer="Quốc hội", title="Luật Dữ liệu thử nghiệm", level="ingested"
    )
    registry = Registry.load([plan, law])
    shelf = FictionalShelf({"report": REPORT, "other": OTHER_REPORT, "law": LAW, "plan": PLAN})
    return OfflineAnswerer(registry, load_report_types(), shelf, plan_facts(registry))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        # the text of a plan, by its full symbol, its short form, its unit; without accents
        ("Kế hoạch 901/KH-UBND đặt tỷ lệ thanh toán trực tuyến bao nhiêu?", ["75%"]),
        ("ke hoach 901 cua Lai Chau dat ty le thanh toan truc tuyen bao nhieu", ["75%"]),
        ("Tỉnh Lai Châu đặt chỉ tiêu hồ sơ trực tuyến cấp xã là bao nhiêu?", ["82%"]),
        # two things asked
        ("Kế hoạch 901 của Lai Châu hạn xóa bản lõm sóng là khi nào, bao nhiêu bản?", ["63", "31/10/2026"]),
        ("Kế hoạch 901 yêu cầu người đứng đầu làm gì?", ["trực tiếp chịu trách nhiệm"]),
        # lists and counts from headings
        ("Kế hoạch 901 có mấy quan điểm?", ["3 nội dung", "người dân làm trung tâm"]),
        ("Kế hoạch 901 của Lai Châu có mấy nhóm chỉ tiêu?", ["3 nội dung", "Hạ tầng số"]),
        # a row is told by its heads
        ("Kế hoạch 901 giao cơ quan nào diễn tập ứng cứu sự cố?", ["Cơ quan chủ trì: Công an tỉnh"]),
        # relations and dates
        ("nghị định 118 thay nghị định nào", ["thay thế", "61/2018/NĐ-CP"]),
        ("Nghị định nào thay Nghị định 61/2018/NĐ-CP?", ["118/2025/NĐ-CP"]),
        ("Nghị quyết 71/NQ-CP sửa đổi văn bản nào?", ["03/NQ-CP"]),
        ("Nghị định 118 có hiệu lực từ ngày nào?", ["01/7/2025"]),
        ("Nghị quyết 71/NQ-CP với Nghị quyết 03/NQ-CP quan hệ thế nào?", ["sửa đổi, bổ sung"]),
        # definitions
        ("Luật Dữ liệu thử nghiệm định nghĩa dữ liệu dùng chung thế nào?", ["trong các cơ quan của Đảng và Nhà nước"]),
        # what became of a document, with its dates, also of what took its place
        ("Nghị định 42/2022 bị thay bằng nghị định nào, từ ngày nào?", ["224/2026/NĐ-CP", "hết hiệu lực từ 01/7/2026"]),
        ("văn bản nào thay thế 73/2019?", ["45/2026/NĐ-CP", "nay đã được thay thế bởi 224/2026/NĐ-CP"]),
        ("Đề án 06 hết giai đoạn rồi, giai đoạn mới dẫn quyết định nào?", ["826/QĐ-TTg", "11/5/2026"]),
        ("Luật Viễn thông 2023 bị luật nào sửa, luật sửa đó bao giờ có hiệu lực?", ["20/2026/QH16", "01/3/2027"]),
        ("Nghị định về bảo vệ dữ liệu cá nhân hiện hành là số mấy?", ["356/2025/NĐ-CP"]),
        ("Trích yếu của Quyết định số 645/QĐ-TTg là gì?", ["phát triển thương mại điện tử"]),
        ("Nghị quyết 57 ngày nào, Nghị quyết 03 ngày nào?", ["22/12/2024", "09/01/2025"]),
        ("Nghị định 45/2026 ai ký, ban hành ngày nào?", ["26/01/2026", "chưa có thông tin ai ký"]),
        # targets: two documents, the other year, the provision, what is taken for granted
        ("NQ 57 với QĐ 749, kinh tế số năm 2030 bên nào đặt cao hơn?", ["Nghị quyết số 57-NQ/TW", "Quyết định số 749"]),
        ("NQ 257/2025/QH15 thu nhập người dân nông thôn đến 2030 gấp mấy lần?", ["2,5 - 3 lần"]),
        ("Chỉ tiêu phủ sóng 5G nằm ở mục nào của NQ 57?", ["Mục II.1"]),
        ("Nghị quyết 57 bắt phủ sóng 5G toàn quốc ngay trong năm 2025 đúng không?", ["Chưa đúng", "năm 2030"]),
        ("Quyết định 749 đặt kinh tế số đến năm 2025 là 20%, đúng không?", ["Đúng.", "20% GDP"]),
        # a line that a target stands under says its years and who is in charge
        ("Kế hoạch 901 phấn đấu bao nhiêu phần trăm hộ dân dùng ví điện tử?", ["(Giai đoạn 2026-2028)", "45%"]),
        ("Theo Kế hoạch 901, cơ quan nào làm đầu mối tổng hợp?", ["(Sở Khoa học và Công nghệ)", "đầu mối tổng hợp"]),
        # a percentage of GDP by any words
        ("Đến năm 2030 kinh tế số chiếm bao nhiêu phần trăm GDP?", ["30%"]),
    ],
)
def test_documents_answer(answerer: OfflineAnswerer, question: str, parts: list[str]) -> None:
    answer = answerer.answer(question)
    assert not answer.refused, answer.text
    for part in parts:
        assert part in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Điều 60 Luật Dữ liệu thử nghiệm quy định mức phạt thế nào?",
        "Khoản 7 Điều 3 Luật Dữ liệu thử nghiệm nói gì?",
        "Nghị quyết 57 quy định mức phụ cấp cho công chức chuyển đổi số bao nhiêu?",
        "Kế hoạch 901 giao tỷ lệ học sinh dùng học bạ số bao nhiêu?",
        "Kế hoạch 902/KH-UBND của Lai Châu nói gì?",
        "Nghị quyết 57 đặt quy mô kinh tế số đến năm 2035 bao nhiêu?",
        "Nghị quyết 57 quy định mức phụ cấp cho cán bộ chuyên trách bao nhiêu một tháng?",
        "Chủ tịch xã Cồn Lân sinh năm bao nhiêu?",
        "Năm 2027 xã Cồn Lân tiếp nhận bao nhiêu hồ sơ?",
    ],
)
def test_what_no_text_says_is_declined(answerer: OfflineAnswerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.refused, answer.text
    assert answer.sources == ()


def test_a_share_is_no_count() -> None:
    text = REPORT.replace(
        "14 Tổ công nghệ số cộng đồng với 86 thành viên", "100% Tổ công nghệ số cộng đồng được kiện toàn"
    )
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": text}))
    assert answerer.answer("Xã Suối Mây có bao nhiêu Tổ công nghệ số cộng đồng?").refused


def test_another_field_is_not_the_one_asked_for() -> None:
    text = REPORT.replace("2. Nhân lực", "Hồ sơ quá hạn tập trung ở lĩnh vực đất đai.\n2. Nhân lực")
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": text}))
    assert answerer.answer("Số hồ sơ quá hạn lĩnh vực hộ tịch của xã Suối Mây là mấy?").refused
    assert "đất đai" in answerer.answer("Hồ sơ quá hạn của xã Suối Mây tập trung ở lĩnh vực nào?").text


def test_two_communes_are_compared_in_code(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Cồn Lân với Suối Mây xã nào có nhiều thành viên tổ công nghệ số hơn?")
    assert "74" in answer.text
    assert "Xã Suối Mây (86 thành viên) nhiều hơn xã Cồn Lân (74 thành viên), chênh lệch 12" in answer.text


def test_two_shares_of_a_report_are_compared() -> None:
    text = REPORT.replace("100% và 72%.", "100% và 72%.\nTỷ lệ số hóa hồ sơ đạt 92,5%.\nTỷ lệ ký số văn bản đạt 98,5%.")
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": text}))
    answer = answerer.answer("Xã Suối Mây tỷ lệ số hóa hồ sơ với tỷ lệ ký số văn bản cái nào cao hơn?")
    assert "92,5%" in answer.text
    assert "chênh lệch 6 điểm phần trăm" in answer.text


def test_the_largest_row_of_a_table(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Nhiệm vụ nào của tỉnh Lai Châu có kinh phí lớn nhất?")
    assert "Mua máy quét" in answer.text
    assert "450" in answer.text


def test_quotes_of_document_answers_are_verbatim(answerer: OfflineAnswerer) -> None:
    for question in ("Kế hoạch 901 có mấy quan điểm?", "Kế hoạch 901 giao cơ quan nào diễn tập ứng cứu sự cố?"):
        for source in answerer.answer(question).sources:
            passage = next(p for p in answerer.shelf.passages_of(source.document_id) if p.id == source.passage_id)
            assert passage.text[source.start : source.end] == source.quote
