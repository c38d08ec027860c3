"""Offline answers from the knowledge that ships and two fictional documents."""

import itertools

import pytest
from ask_shelf import REPORT, FictionalShelf

from assistant.ask import Asker
from assistant.ask.models import Answer
from assistant.ask.offline import OfflineAnswerer
from assistant.ask.refusal import REFUSAL
from assistant.grounding import unsupported
from assistant.legal import Registry
from assistant.reports import load_report_types


@pytest.mark.parametrize(
    ("question", "route", "parts"),
    [
        ("Mục chữ ký số của báo cáo quý cần con số gì?", "section_requirement", ["lãnh đạo", "ký số"]),
        ("muc chu ky so cua bao cao quy can con so gi", "section_requirement", ["lãnh đạo", "ký số"]),
        ("Bảng thư điện tử công vụ có những cột nào?", "section_requirement", ["Tỷ lệ"]),
        ("Báo cáo Nghị quyết 57 năm tháng có bao nhiêu phụ lục?", "section_requirement", ["10 phụ lục", "Phụ lục X"]),
        ("Mục chữ ký số cần số liệu gì?", "section_requirement", ["lãnh đạo", "ký số"]),
        ("muc chu ky so can so lieu gi", "section_requirement", ["lãnh đạo", "ký số"]),
        ("Có mấy loại báo cáo?", "section_requirement", ["5 loại báo cáo", "trình Hội đồng nhân dân xã"]),
        ("Nghị quyết 57-NQ/TW ban hành ngày nào?", "legal_fact", ["22/12/2024", "Bộ Chính trị"]),
        ("Nghị định 61/2018/NĐ-CP còn hiệu lực không?", "legal_fact", ["118/2025/NĐ-CP"]),
        ("Nghi dinh nao quy dinh ve cong tac van thu?", "legal_fact", ["30/2020/NĐ-CP"]),
        ("Bộ chỉ số 766 có mấy nhóm, tổng bao nhiêu điểm?", "target", ["5 nhóm", "100 điểm"]),
        ("Tôi viết 'Nghị quyết 71-NQ/TW của Chính phủ ngày 01/4/2025', vậy đúng chưa?", "legal_fact", ["71/NQ-CP"]),
        ("Xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng?", "past_report", ["14 Tổ"]),
        ("Xa Suoi May tiep nhan truc tuyen bao nhieu ho so?", "past_report", ["655"]),
        ("Bao nhiêu phần trăm chuyên viên xã Suối Mây được cấp chữ ký số?", "past_report", ["là 72%,"]),
        ("Xã Suối Mây có bao nhiêu phản ánh, kiến nghị?", "past_report", ["không có"]),
        ("Dữ liệu mở là gì?", "definition", ["mọi cơ quan, tổ chức, cá nhân"]),
    ],
)
def test_answers(answerer: OfflineAnswerer, question: str, route: str, parts: list[str]) -> None:
    answer = answerer.answer(question)
    assert not answer.refused
    assert answer.route == route
    for part in parts:
        assert part in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Xã Suối Mây có bao nhiêu máy tính?",
        "Xã Suối Mây giải ngân bao nhiêu kinh phí?",
        "Quý I năm 2025 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?",
        "Xã Bản Lầu Thượng có bao nhiêu tổ công nghệ số cộng đồng?",
        "Số điện thoại của Chủ tịch xã Suối Mây?",
        "Sang năm tỷ lệ hồ sơ trực tuyến sẽ đạt bao nhiêu?",
        "Soạn giúp tôi đơn khởi kiện tranh chấp đất đai ra tòa.",
        "Nghị định 999/2099/NĐ-CP quy định gì?",
        "Cách nấu phở bò?",
        "Thủ tục đăng ký kết hôn cần giấy tờ gì?",
        "Chủ tịch nước hiện nay là ai?",
    ],
)
def test_declines_with_the_one_sentence_and_no_citation(answerer: OfflineAnswerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.refused
    assert answer.text.startswith(REFUSAL)
    assert answer.sources == ()
    assert answer.to_json()["citations"] == []


@pytest.mark.parametrize(
    "question",
    ["Mục dịch vụ công trực tuyến của báo cáo quý cần gì?", "Xã Suối Mây có bao nhiêu hồ sơ đang giải quyết?",
     "Nghị quyết 71/NQ-CP quy định gì?", "Nghị quyết 57 đặt những mục tiêu gì đến năm 2030?"],
)  # fmt: skip
def test_every_sentence_is_cited_and_short_enough(answerer: OfflineAnswerer, question: str) -> None:
    answer = answerer.answer(question)
    assert all(statement.sources for statement in answer.statements)
    assert len(answer.text.split()) <= 200
    assert [c["n"] for c in answer.to_json()["citations"]] == list(range(1, len(answer.sources) + 1))


def test_quotes_are_verbatim_spans(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng?")
    (source,) = answer.sources
    passage = next(p for p in answerer.shelf.passages_of(source.document_id) if p.id == source.passage_id)
    assert passage.text[source.start : source.end] == source.quote


def test_past_answers_are_borne_out(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Xã Suối Mây tiếp nhận bao nhiêu hồ sơ?")
    for statement in answer.statements:
        found = unsupported(statement.text, [source.evidence for source in statement.sources])
        assert [item.kind for item in found if item.kind == "figure"] == []


def test_keys_become_numbers_only_at_display(answerer: OfflineAnswerer) -> None:
    answer = answerer.answer("Nghị định 61/2018/NĐ-CP còn hiệu lực không?")
    assert not any("[" in statement.text for statement in answer.statements)
    for number, _ in itertools.zip_longest(range(1, len(answer.sources) + 1), answer.sources):
        assert f"[{number}]" in answer.text


def test_an_open_page_sees_what_is_added() -> None:
    shelf = FictionalShelf({})
    asker = Asker(Registry.load, load_report_types, shelf)
    question = "Xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng?"
    assert asker.ask(question).refused
    shelf.add("report", REPORT)
    shelf.version += 1
    answer: Answer = asker.ask(question)
    assert "14 Tổ" in answer.text


def test_two_places_that_differ_are_both_given() -> None:
    text = REPORT.replace(
        "4. Phản ánh, kiến nghị\n",
        "4. Tổ chức\nTổng số thành viên Tổ công nghệ số cộng đồng của xã là 86 thành viên.\n5. Đánh giá\n"
        "Tổng số thành viên Tổ công nghệ số cộng đồng đến nay là 84 thành viên.\n6. Phản ánh, kiến nghị\n",
    )
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": text}))
    answer = answerer.answer("Tổng số thành viên Tổ công nghệ số cộng đồng của xã Suối Mây là bao nhiêu?")
    assert "86" in answer.text
    assert "84" in answer.text
    assert "chênh lệch 2" in answer.text


def test_a_share_is_no_other_value_of_a_count() -> None:
    text = REPORT.replace(
        "4. Phản ánh, kiến nghị\n",
        "4. Chỉ tiêu\nTỷ lệ hồ sơ tiếp nhận qua dịch vụ công trực tuyến đạt trên 95%.\n5. Phản ánh, kiến nghị\n",
    ).replace(
        "Tiếp nhận 874 hồ sơ, trong đó trực tuyến 655 hồ sơ.",
        "Tổng số hồ sơ tiếp nhận 874 hồ sơ (trong đó: hồ sơ trực tiếp 219 hồ sơ, hồ sơ trực tuyến 655 hồ sơ).",
    )
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": text}))
    answer = answerer.answer("Hồ sơ trực tuyến của xã Suối Mây quý 2 bao nhiêu?")
    assert "là 655" in answer.text
    assert "chênh lệch" not in answer.text


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("Tỷ lệ giải quyết hồ sơ đúng hạn của xã Suối Mây là bao nhiêu?", "98,5%"),
        ("Tỷ lệ giải quyết hồ sơ của xã Suối Mây là bao nhiêu?", "97,4%"),
        ("Tỷ lệ giải quyết hồ sơ quá hạn của xã Suối Mây là bao nhiêu?", "1,5%"),
    ],
)
def test_a_part_is_told_from_its_whole(question: str, share: str) -> None:
    parts = (
        "Tổng số hồ sơ đã giải quyết 851 hồ sơ, đạt 97,4%, (trong đó: trước hạn và đúng hạn 838 hồ sơ đạt 98,5%, "
        "quá hạn 13 hồ sơ chiếm 1,5%)."
    )
    text = REPORT.replace("Đã giải quyết 851 hồ sơ; đang giải quyết 23 hồ sơ.", parts)
    answerer = OfflineAnswerer(Registry.load(), load_report_types(), FictionalShelf({"report": text}))
    assert f"là {share}," in answerer.answer(question).text
