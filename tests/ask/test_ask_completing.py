"""Answers that need more than the sentence that has the figure: its list, its reason, its names, both years."""

import pytest
from ask_shelf import FictionalShelf

from assistant.ask.models import Answer
from assistant.ask.offline import OfflineAnswerer
from assistant.legal import Registry
from assistant.reports import load_report_types

REPORT = """ỦY BAN NHÂN DÂN
XÃ PHIÊNG LUÔNG

Số: 58/BC-UBND
Phiêng Luông, ngày 20 tháng 9 năm 2026

BÁO CÁO
Kết quả chuyển đổi số 9 tháng năm 2026

Ủy ban nhân dân xã Phiêng Luông, tỉnh Lai Châu báo cáo (văn bản hư cấu) như sau:

I. KẾT QUẢ
1. Hạ tầng số
Xã mua 18 máy tính, 03 máy chiếu. Mỗi máy chiếu trị giá 12 triệu đồng.
Cáp quang đến 9/12 thôn; thôn Nà Ban, Pắc Hán và Cốc Lùng chưa có.
2. Thủ tục hành chính
Bảng 1. Tình hình giải quyết hồ sơ
Nội dung | Số hồ sơ
Đã giải quyết | 640
- Quá hạn | 19
Nguyên nhân quá hạn: 15 hồ sơ đất đai chờ trích lục; 04 hồ sơ hộ tịch chờ xác minh.
3. An toàn thông tin
31/36 máy tính đã cài phần mềm phòng, chống mã độc. 05 máy còn lại chờ thanh lý.
4. Chỉ tiêu của tỉnh: đạt 2/4.
- Hồ sơ trực tuyến từ 80%: 84,10%: Đạt.
- Thanh toán trực tuyến từ 70%: 61,20%: Chưa đạt.
- Số hóa từ 90%: 92,00%: Đạt.
- Thôn có cáp quang 100%: 9/12: Chưa đạt.
5. Đổi mới sáng tạo
Xã có ba mô hình.
Mô hình 1: Chợ phiên không tiền mặt, đầu mối Phòng Kinh tế: 62 hộ tham gia.
Mô hình 2: Lớp học số buổi tối, đầu mối Đoàn Thanh niên: 140 lượt người học.
6. Kinh phí
Tổng kinh phí năm 2026 là 730 triệu đồng, gồm:
- Ngân sách xã: 410 triệu đồng;
- Ngân sách tỉnh hỗ trợ: 250 triệu đồng;
- Xã hội hóa: 70 triệu đồng.

II. KHÓ KHĂN
Việc chỉnh lý kho lưu trữ chậm, mới xong 40 trên 95 mét tài liệu. Công chức phụ trách nghỉ từ tháng 4.

III. NHIỆM VỤ
Chỉnh lý xong 95 mét tài liệu kho lưu trữ trước ngày 15/12/2026.

Mua sắm thiết bị một cửa: 02 máy quét (loại A3); mua sắm thiết bị tổ công nghệ: 11 điện thoại; mua sắm thiết bị: 04 loa.
Văn bản điện tử (trong đó: văn bản đến 2.310 văn bản; văn bản đi 875 văn bản).
Chỉ tiêu an toàn thông tin đạt 1/2 chỉ tiêu.
- Mọi hệ thống được duyệt cấp độ. Chưa đạt (chờ tỉnh hướng dẫn).
- Mọi máy tính cài phần mềm chống mã độc. Đạt.
Tổ giúp việc do đồng chí Vàng Thị Mẩy làm tổ trưởng; đội xung kích do công chức văn hóa làm đội trưởng.
Xã đã ban hành Quyết định thành lập Ban Chỉ đạo, theo Kế hoạch số 07-KH/BCĐ ngày 03/02/2026 của tỉnh.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lò Thị Biên
"""

PLAN = """ỦY BAN NHÂN DÂN
XÃ BẢN LAM

Số: 12/KH-UBND
Bản Lam, ngày 15 tháng 01 năm 2026

KẾ HOẠCH
Chuyển đổi số xã Bản Lam, tỉnh Lai Châu giai đoạn 2026 - 2030

I. HIỆN TRẠNG
Hiện nay, toàn xã có 12 trạm 5G.

II. CHỈ TIÊU

1. Năm 2026
a) Ít nhất 81% hồ sơ thủ tục hành chính nộp trực tuyến.

2. Đến năm 2030
a) Ít nhất 97% hồ sơ thủ tục hành chính nộp trực tuyến.
"""


@pytest.fixture(scope="module")
def office() -> OfflineAnswerer:
    return OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": REPORT, "plan": PLAN}))


UNSAID = "không nêu số liệu cho phần còn lại"


def ask(office: OfflineAnswerer, question: str) -> str:
    answer: Answer = office.answer(question)
    assert not answer.refused, answer.text
    for source in answer.sources:
        assert source.quote
    return answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Tổng kinh phí năm 2026 của Phiêng Luông bao nhiêu, từ nguồn nào?", ["730", "410", "250", "70"]),
        ("Phiêng Luông mua mấy máy chiếu, giá bao nhiêu một cái?", ["03", "12 triệu"]),
        ("Phiêng Luông còn mấy máy tính chưa cài phần mềm mã độc, vì sao?", ["05 máy", "thanh lý"]),
        ("Phiêng Luông đạt mấy chỉ tiêu của tỉnh, cái nào trượt?", ["2/4", "61,20%", "9/12"]),
        ("Phiêng Luông có những thôn nào chưa có cáp quang, kể tên?", ["Nà Ban", "Cốc Lùng"]),
        ("Kể tên các mô hình của Phiêng Luông", ["Chợ phiên không tiền mặt", "Lớp học số buổi tối"]),
        ("Kho lưu trữ Phiêng Luông chỉnh lý được mấy mét, khi nào phải xong?", ["40 trên 95", "15/12/2026"]),
        ("Phiêng Luông quá hạn bao nhiêu hồ sơ, vì sao?", ["19", "15 hồ sơ đất đai", "04 hồ sơ hộ tịch"]),
        ("Ai ký báo cáo của Phiêng Luông, xã mua mấy máy tính?", ["Lò Thị Biên", "18 máy tính"]),
        ("Phiêng Luông dự kiến mua sắm những thiết bị gì?", ["02 máy quét", "11 điện thoại", "04 loa"]),
        ("Phiêng Luông có bao nhiêu văn bản đến và văn bản đi?", ["2.310", "875"]),
        ("Chỉ tiêu an toàn thông tin nào của Phiêng Luông chưa đạt?", ["duyệt cấp độ. Chưa đạt"]),
        ("Bản Lam đặt hồ sơ trực tuyến năm 2026 và đến 2030 lần lượt bao nhiêu?", ["81%", "97%", "Đến năm 2030"]),
    ],
)  # fmt: skip
def test_what_stands_beside_is_told(office: OfflineAnswerer, question: str, told: list[str]) -> None:
    text = ask(office, question)
    assert [part for part in told if part not in text] == []
    assert UNSAID not in text


@pytest.mark.parametrize(
    ("question", "never"),
    [
        # one kind of what is asked, the whole of a ratio, those that have what is asked to be lacking
        ("Phiêng Luông quá hạn bao nhiêu hồ sơ?", "có 15 hồ sơ"),
        ("Kho lưu trữ Phiêng Luông chỉnh lý được bao nhiêu mét?", "có 95 mét"),
        ("Phiêng Luông còn mấy máy tính chưa cài phần mềm mã độc?", "có 31/36 máy"),
        # the number of a line and what it counts
        ("Phiêng Luông có mấy mô hình?", "140"),
    ],
)
def test_another_figure_is_not_told_as_the_count(office: OfflineAnswerer, question: str, never: str) -> None:
    assert never not in office.answer(question).text


def test_what_no_statement_says_is_still_said_to_be_open(office: OfflineAnswerer) -> None:
    text = ask(office, "Phiêng Luông mua mấy máy chiếu, có bao nhiêu kỹ sư xây dựng?")
    assert "03 máy chiếu" in text
    assert UNSAID in text


def test_the_number_of_another_document_is_not_that_of_the_decision_asked_for(office: OfflineAnswerer) -> None:
    answer = office.answer("Quyết định thành lập Ban Chỉ đạo của Phiêng Luông số mấy?")
    assert answer.refused, answer.text
    assert "07-KH/BCĐ" in ask(office, "Quyết định thành lập Ban Chỉ đạo Phiêng Luông theo kế hoạch số mấy của tỉnh?")


def test_a_share_is_no_answer_where_a_number_is_asked_for_and_no_share(office: OfflineAnswerer) -> None:
    assert office.answer("Phiêng Luông nộp hồ sơ trực tuyến bao nhiêu (con số, không phải tỷ lệ)?").refused
    assert "84,10%" in ask(office, "Tỷ lệ hồ sơ trực tuyến của Phiêng Luông bao nhiêu?")


def test_an_office_is_no_name_of_a_person(office: OfflineAnswerer) -> None:
    assert "Vàng Thị Mẩy" in ask(office, "Họ và tên tổ trưởng tổ giúp việc của Phiêng Luông?")
    assert office.answer("Họ và tên đội trưởng đội xung kích của Phiêng Luông?").refused


@pytest.mark.parametrize(
    "question",
    [
        "Bản Lam đặt mục tiêu đến năm 2030 có bao nhiêu trạm 5G?",
        # "thực hiện" does not ask what there is today
        "Bản Lam thực hiện kế hoạch thì đến năm 2030 có bao nhiêu trạm 5G?",
    ],
)
def test_what_a_plan_finds_today_is_not_what_it_aims_at(office: OfflineAnswerer, question: str) -> None:
    # it may be quoted, with its "Hiện nay"
    assert "Bản Lam có 12 trạm" not in office.answer(question).text
    assert "Bản Lam có 12 trạm" in ask(office, "Hiện Bản Lam có bao nhiêu trạm 5G?")
