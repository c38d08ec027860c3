"""What an answer on a section must hold once report and section are known: what is asked, first and whole."""

import pytest

from assistant.ask.mentions import mentions
from assistant.ask.offline import OfflineAnswerer
from assistant.reports import load_report_types
from assistant.reports.header_facts import signature_lines


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Báo cáo trình HĐND ai ký, ký thay ghi mấy dòng?", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Phần chữ ký của báo cáo cuối năm Ban Chỉ đạo trình bày thế nào?", ["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
        ("Câu mở đầu báo cáo trình HĐND dẫn văn bản gì?", ["thông báo của Hội đồng nhân dân", "kỳ họp thứ mấy"]),
        ("Báo cáo quý kết thúc bằng câu gì?", ["Trên đây là báo cáo", "./."]),
        ("Một năm mấy lần làm báo cáo trình HĐND?", ["kỳ họp cuối năm", "kỳ họp giữa năm"]),
    ],
)
def test_what_stands_around_the_sections_is_told(answerer: OfflineAnswerer, message: str, said: list[str]) -> None:
    answer = answerer.answer(message)

    assert [text for text in said if text not in answer.text] == []


def test_a_report_of_the_committee_itself_is_not_signed_for_the_peoples_committee() -> None:
    types = load_report_types()

    assert signature_lines(types["quy_khcn_dmst_cds"]) == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert signature_lines(types["bcd_cuoi_nam_10_linh_vuc"])[0] == "KT. TRƯỞNG BAN"


def test_both_sections_of_a_question_are_told_within_the_room_of_one_answer(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Báo cáo quý: mục trang thông tin điện tử với mục thư điện tử công vụ cần số liệu gì?")

    assert answer.sections == ("q_trang_ttdt", "q_thu_cong_vu")
    assert "tin bài" in answer.text
    assert "dùng thường xuyên" in answer.text
    assert len(answer.text.split()) <= 180


@pytest.mark.parametrize(
    ("message", "pieces"),
    [
        ("mục nhân lực và mục kinh phí cần gì", ["muc nhan luc va", "muc kinh phi can gi"]),
        # set beside the one asked about, pointed to, leading into it, or all of those named
        ("mục xã hội số kể lại wifi như mục hạ tầng được không", []),
        ("mục văn bản dẫn sang phụ lục III được không", []),
        ("phần phương hướng mục an toàn thông tin ghi gì", []),
        ("mục nhân lực và mục kinh phí mỗi mục cần gì", ["muc nhan luc va", "muc kinh phi moi muc can gi"]),
    ],
)
def test_a_question_is_cut_where_it_names_another_section(
    answerer: OfflineAnswerer, message: str, pieces: list[str]
) -> None:
    assert [piece.folded for piece in mentions(answerer.read(message))] == pieces


def test_a_mistake_that_was_made_comes_first_and_the_others_with_it(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Mục nhân lực báo cáo quý em chép bản cũ còn chữ huyện, có sao không?")

    assert "lỗi hay gặp: còn chữ «huyện»" in answer.statements[0].text
    assert "thành viên tối thiểu" in answer.statements[1].text


@pytest.mark.parametrize(
    "message",
    [
        # no mistake of the section and no requirement speaks of it: neither yes nor no
        "Đánh giá và khó khăn trong báo cáo Ban Chỉ đạo có phải lặp lại mục II không?",
        "Báo cáo quý, em gộp mục hội nghị truyền hình với mục chữ ký số được không?",
    ],
)
def test_no_plain_yes_or_no_before_a_line_that_does_not_answer(answerer: OfflineAnswerer, message: str) -> None:
    text = answerer.answer(message).text

    assert "Có:" not in text
    assert "Không:" not in text


def test_a_duty_is_answered_yes_by_the_requirement_itself(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Mục kinh tế số của báo cáo quý có cần ghi tên sản phẩm OCOP không?")

    assert answer.statements[0].text.startswith("Có: tên sản phẩm OCOP")


def test_whether_a_wrong_thing_has_to_be_is_no_requirement(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Phụ lục VII báo cáo NQ57 5 tháng có phải điền tổng biên chế của xã không?")

    assert "lỗi hay gặp: điền tổng biên chế của xã" in answer.statements[0].text


def test_the_whole_legal_basis_is_told_where_it_is_asked_for(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Mục công tác triển khai của báo cáo trình HĐND căn cứ những văn bản nào?")

    assert "193/2025/QH15" in answer.text
    assert "38-CT/TW" in answer.text


def test_the_table_of_the_annex_that_a_section_points_to_is_told(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Mục nền tảng số dùng chung của báo cáo NQ57 5 tháng dẫn phụ lục mấy, bảng có cột nào?")

    assert "Phụ lục V" in answer.text
    assert "Cơ quan chủ quản" in answer.text
