"""What reports of communes say: read sentence by sentence and row by row, by one commune or all of them."""

import pytest
from ask_shelf import FictionalShelf

from assistant.ask import Asker
from assistant.ask.offline import OfflineAnswerer
from assistant.conversation import Conversation
from assistant.legal import Registry
from assistant.reports import load_report_types

EIGHT_MONTHS = """ỦY BAN NHÂN DÂN
XÃ HÒN GAI THƯỢNG

Số: 14/BC-UBND
Hòn Gai Thượng, ngày 22 tháng 8 năm 2026

BÁO CÁO
Kết quả 8 tháng năm 2026 thực hiện Nghị quyết số 57-NQ/TW

Ủy ban nhân dân xã Hòn Gai Thượng, tỉnh Khánh Hòa báo cáo (văn bản hư cấu; số liệu chốt đến hết ngày 20/8/2026) như sau:

I. KẾT QUẢ
1. Dịch vụ công trực tuyến
Tiếp nhận 1.941 hồ sơ (trong đó trực tuyến 332 hồ sơ, trực tiếp 1.609 hồ sơ).
Đang giải quyết 41 hồ sơ; đã giải quyết 1.900 hồ sơ.
Bảng 1. Tiếp nhận và giải quyết hồ sơ
Lĩnh vực\tTiếp nhận\tQuá hạn
Đất đai\t431\t17
Thủy sản\t268\t9
2. Chỉ tiêu
- Duy trì tỷ lệ hồ sơ thanh toán trực tuyến đạt trên 95%: Đạt.
3. Hạ tầng số
Số trạm phát sóng: 14 trạm, trong đó 05 trạm 5G. Thôn đảo dùng kết nối vệ tinh.
4. Tổ chức
Kế hoạch thay 02 thành viên Ban Chỉ đạo nghỉ hưu. Ban Chỉ đạo hiện có 15 người, do đồng chí Bí thư làm Trưởng ban.
5. Kinh phí
Chưa bố trí mục chi ngân sách riêng cho chuyển đổi số, chỉ lồng ghép trong mục chi khác.
6. Mô hình "Chuyến xe hộ tịch số"
Sau 26 buổi, mô hình chuyến xe hộ tịch số đã hỗ trợ 348 lượt người.

II. HẠN CHẾ
- Kết nối vệ tinh chập chờn khi mưa lớn.
- Người phụ trách chưa qua đào tạo công nghệ thông tin.

III. KIẾN NGHỊ
- Đề nghị Sở Tài chính hướng dẫn mức chi.
- Đề nghị doanh nghiệp viễn thông kéo cáp quang.

CHỦ TỊCH
Nguyễn Thị Ngà
"""

QUARTER = """ỦY BAN NHÂN DÂN
XÃ ĐỒI CHÈ

Số: 7/BC-UBND
Đồi Chè, ngày 20 tháng 6 năm 2026

BÁO CÁO
Kết quả chuyển đổi số quý II năm 2026

Ủy ban nhân dân xã Đồi Chè, tỉnh Sơn La báo cáo (văn bản hư cấu) như sau:

I. KẾT QUẢ
1. Dịch vụ công trực tuyến
Tiếp nhận 500 hồ sơ (trong đó trực tuyến 450 hồ sơ, trực tiếp 50 hồ sơ).
2. Hạ tầng số
Còn 02 bản lõm sóng là bản Pá Sang và bản Nà Đin.
"""

DECISION = """ỦY BAN NHÂN DÂN
XÃ ĐỒI CHÈ

Số: 33/QĐ-UBND
Đồi Chè, ngày 12 tháng 5 năm 2026

QUYẾT ĐỊNH
Về việc kiện toàn Tổ công nghệ số cộng đồng xã Đồi Chè, tỉnh Sơn La

Điều 1. Kiện toàn 09 Tổ công nghệ số cộng đồng với 54 thành viên.
Điều 2. Mỗi Tổ được hỗ trợ tiền mạng 150.000 đồng/tháng.
Điều 3. Quyết định này có hiệu lực từ ngày ký, thay thế Quyết định số 8/QĐ-UBND ngày 20/8/2025.
"""


@pytest.fixture(scope="module")
def shelf() -> FictionalShelf:
    return FictionalShelf({"months": EIGHT_MONTHS, "quarter": QUARTER, "decision": DECISION})


@pytest.fixture(scope="module")
def answerer(shelf: FictionalShelf) -> OfflineAnswerer:
    return OfflineAnswerer(Registry.load(), load_report_types(), shelf)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        # the lead-in of the report, a row of a table under its heads, a part among others
        ("Số liệu của xã Hòn Gai Thượng tính đến hết ngày nào?", ["20/8/2026"]),
        ("Hòn Gai Thượng lĩnh vực thủy sản quá hạn mấy hồ sơ?", ["Quá hạn: 9"]),
        ("Hòn Gai Thượng có bao nhiêu trạm 5G?", ["có 05 trạm"]),
        ("Hòn Gai Thượng có mấy trạm phát sóng?", ["có 14 trạm"]),
        ("Hòn Gai Thượng giải quyết được bao nhiêu hồ sơ?", ["có 1.900 hồ sơ"]),
        ("Hòn Gai Thượng: Ban Chỉ đạo có bao nhiêu thành viên?", ["có 15 người"]),
        ("Trưởng ban Chỉ đạo xã Hòn Gai Thượng là ai?", ["Bí thư"]),
        # words of talk, and a heading called otherwise
        ("Thôn đảo của Hòn Gai Thượng dùng mạng gì?", ["vệ tinh"]),
        ("Hòn Gai Thượng gặp khó khăn gì?", ["«hạn chế» có 2 nội dung", "chập chờn khi mưa lớn"]),
        ("Hòn Gai Thượng kiến nghị những gì?", ["kéo cáp quang"]),
        # a story round the question
        (
            "Bữa họp tổ đại biểu, mấy bác hỏi tôi xã Hòn Gai Thượng có mục chi ngân sách riêng cho chuyển đổi số hay "
            "không, tôi trả lời ú ớ vì đọc không kịp. Trong báo cáo họ nói sao về chuyện này?",
            ["Chưa bố trí mục chi ngân sách"],
        ),
        # no commune named: the one report that speaks of it
        ("mo hinh chuyen xe ho tich so ho tro duoc bao nhieu luot nguoi", ["348"]),
        # other documents of a commune
        ("Quyết định 33 của xã Đồi Chè thay thế quyết định nào?", ["8/QĐ-UBND"]),
        ("Mỗi tổ công nghệ số của Đồi Chè được hỗ trợ bao nhiêu tiền một tháng?", ["150.000 đồng"]),
    ],
)
def test_a_document_is_read(answerer: OfflineAnswerer, question: str, parts: list[str]) -> None:
    answer = answerer.answer(question)
    assert not answer.refused
    for part in parts:
        assert part in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Xã Hòn Gai Thượng có bao nhiêu hộ nghèo?",
        "6 tháng đầu năm xã Hòn Gai Thượng tiếp nhận bao nhiêu hồ sơ?",
        "Quý III năm 2026 xã Đồi Chè tiếp nhận bao nhiêu hồ sơ?",
        "Xã Đồi Chè có bao nhiêu dân?",
        # nearly the same name is another commune
        "Xã Hòn Gai Hạ tiếp nhận bao nhiêu hồ sơ?",
        "Xã Non Gai Thượng tiếp nhận bao nhiêu hồ sơ?",
    ],
)
def test_what_no_document_says_is_declined(answerer: OfflineAnswerer, question: str) -> None:
    assert answerer.answer(question).refused


def test_a_share_is_computed_and_an_indicator_is_no_result(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Hòn Gai Thượng tiếp nhận bao nhiêu hồ sơ, trực tuyến chiếm mấy phần trăm?")
    assert "332/1.941 = 17,1%" in answer.text
    assert "là 95%" not in answer.text
    target = answerer.answer("Tỷ lệ thanh toán trực tuyến của Hòn Gai Thượng là bao nhiêu?")
    assert "ghi: “Duy trì tỷ lệ hồ sơ thanh toán trực tuyến đạt trên 95%: Đạt”" in target.text


def test_a_figure_that_nothing_asked_stands_beside_is_not_put_first(answerer: OfflineAnswerer) -> None:
    assert "có 02" not in answerer.answer("Hòn Gai Thượng: Ban Chỉ đạo có bao nhiêu thành viên?").text


def test_questions_over_all_reports(answerer: OfflineAnswerer) -> None:
    stored = answerer.answer("Những xã nào có báo cáo trong kho?").text
    assert stored.startswith("Kho có 2 báo cáo:")
    assert "Báo cáo quý II năm 2026 của xã Đồi Chè" in stored
    most = answerer.answer("Xã nào có tỷ lệ hồ sơ trực tuyến cao nhất?").text
    assert "xã Đồi Chè cao nhất (90%)" in most
    assert "xã Hòn Gai Thượng: 17,1%" in most
    saying = answerer.answer("Báo cáo nào nói về bản lõm sóng?").text
    assert "bản Pá Sang" in saying
    assert "Hòn Gai" not in saying


def test_communes_are_compared(answerer: OfflineAnswerer) -> None:
    text = answerer.answer("So sánh số hồ sơ trực tuyến của xã Đồi Chè và xã Hòn Gai Thượng").text
    assert "Xã Đồi Chè (450 hồ sơ) nhiều hơn xã Hòn Gai Thượng (332 hồ sơ), chênh lệch 118" in text


def test_a_commune_that_is_not_in_the_library_is_said_to_be_missing(answerer: OfflineAnswerer) -> None:
    text = answerer.answer("So sánh số hồ sơ trực tuyến của xã Đồi Chè và xã Hòa Lộc").text
    assert "450 hồ sơ" in text
    assert "Kho chưa có báo cáo của xã Hòa Lộc để so sánh" in text


def test_two_sections_in_one_question(answerer: OfflineAnswerer) -> None:
    question = "Phụ lục VII về cán bộ chuyên trách điền những số nào, còn Phụ lục VIII không có công nghệ thì ghi gì?"
    answer = answerer.answer(question)
    assert answer.sections == ("nq_pl7", "nq_pl8")
    assert "Số đã bố trí" in answer.text
    assert "«Không có»" in answer.text


def test_a_conversation_goes_on_about_the_same_commune(shelf: FictionalShelf) -> None:
    conversation = Conversation(Asker(Registry.load, load_report_types, shelf))
    turns: list[dict[str, object]] = []

    def ask(message: str) -> str:
        from assistant.follow_up import Turn

        answer = conversation.reply(message, turns=[Turn(str(t["q"]), t["a"]) for t in turns])  # type: ignore[arg-type]
        turns.append({"q": message, "a": answer.to_json()})
        return answer.text

    assert "14 trạm" in ask("Xã Hòn Gai Thượng có mấy trạm phát sóng?")
    assert "05 trạm" in ask("trong đó bao nhiêu trạm 5G?")
    assert "Sở Tài chính hướng dẫn mức chi" in ask("kiến nghị thì sao?")
    assert "không nêu nội dung này" in ask("có mấy camera?")
    assert "450 hồ sơ" in ask("Còn Đồi Chè, trực tuyến bao nhiêu hồ sơ?")
    assert "332 hồ sơ" in ask("Còn Hòn Gai Thượng?")


LOOKING_FORWARD = """ỦY BAN NHÂN DÂN
XÃ SUỐI MÂY

Số: 52/BC-UBND
Suối Mây, ngày 18 tháng 9 năm 2026

BÁO CÁO
Kết quả chuyển đổi số quý III; phương hướng, nhiệm vụ quý IV năm 2026

Ủy ban nhân dân xã Suối Mây, tỉnh Lai Châu báo cáo (văn bản hư cấu) như sau:

I. KẾT QUẢ
1. Dịch vụ công trực tuyến
Tiếp nhận 874 hồ sơ, trong đó trực tuyến 655 hồ sơ.
"""


@pytest.mark.parametrize(("quarter", "refused"), [("III", False), ("IV", True)])
def test_a_quarter_that_the_title_only_looks_forward_to_is_not_reported_on(quarter: str, refused: bool) -> None:
    shelf = FictionalShelf({"report": LOOKING_FORWARD})
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), shelf)
    answer = answerer.answer(f"Quý {quarter} năm 2026 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?")
    assert answer.refused is refused
    assert ("874" in answer.text) is not refused


def test_the_whole_of_a_ratio_is_no_other_value() -> None:
    told = "2. Hạ tầng số\nSóng 5G phủ 27/31 khu vực; 04 khu vực chưa có 5G.\n"
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": LOOKING_FORWARD + told}))
    answer = answerer.answer("Bao nhiêu khu vực ở Suối Mây chưa có 5G, là các khu nào?")
    assert "04 khu" in answer.text
    assert "chênh lệch" not in answer.text


def test_of_a_list_by_classes_the_clause_of_the_class_asked_answers() -> None:
    told = (
        "2. Chỉ tiêu giao\n"
        "Hồ sơ tiếp nhận trực tuyến: nhóm 1 từ 90%; nhóm 2 từ 80%; nhóm 3 từ 70%.\n"
        "Thanh toán trực tuyến hồ sơ có phí: nhóm 1 từ 85%; nhóm 2 từ 70%; nhóm 3 từ 60%.\n"
    )
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": LOOKING_FORWARD + told}))
    answer = answerer.answer("Thôn nhóm 3 của xã Suối Mây phải đạt thanh toán trực tuyến bao nhiêu?")
    assert "60%" in answer.text
    assert "70%" not in answer.text
