"""Terms, rules and premises: what an officer is expected to know, and what a question takes for granted."""

import gzip
import json
import re
from pathlib import Path

import pytest

from assistant.ask.guide import about_program
from assistant.ask.offline import OfflineAnswerer
from assistant.ask.parts import asking_sentence
from assistant.ask.refusal import out_of_scope
from assistant.legal.practice import rules, terms
from assistant.reports.formulas import every_rule

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_LAWS = _SHARED / "bench" / "legal-articles.jsonl.gz"
_CENTRAL = _SHARED / "samples" / "central"


@pytest.mark.parametrize(
    ("question", "route", "parts"),
    [
        (
            "Bản sao lục là gì, nó khác bản sao y ở chỗ nào?",
            "definition",
            ["bản sao y (không sao", "bản gốc hoặc bản chính"],
        ),
        ("tieu chuan va quy chuan khac nhau the nao", "definition", ["tự nguyện áp dụng", "bắt buộc áp dụng"]),
        ("Chứng thư điện tử?", "definition", ["giấy phép, giấy chứng nhận"]),
        # the fictional law at hand says it, so its own words are quoted
        ("Dữ liệu mở là gì?", "definition", ["đều được tiếp cận, chia sẻ và khai thác"]),
        # of a law that is no longer in force it is said that it was replaced
        ("Phần mềm độc hại là gì?", "definition", ["trái phép thông tin", "thay thế bởi 116/2025/QH15"]),
        ("TTHC viết tắt của từ gì?", "definition", ["“thủ tục hành chính”"]),
        ("Căn lề bao nhiêu mm?", "how_to", ["30 - 35 mm", "Phụ lục I"]),
        ("Lần đầu nhắc tới một nghị định trong báo cáo thì viết thế nào cho đúng?", "how_to", ["trích yếu"]),
        ("Phó chủ tịch ký thay thì ghi gì?", "how_to", ["KT."]),
        ("Cách tính tỷ lệ hồ sơ trước hạn và đúng hạn?", "how_to", ["chia cho đã giải quyết"]),
        ("Các bảng chốt số liệu khác ngày thì xử lý thế nào?", "how_to", ["ghi rõ mốc đó"]),
        ("Cấp huyện còn báo cáo không?", "how_to", ["01/7/2025"]),
    ],
)
def test_known(answerer: OfflineAnswerer, question: str, route: str, parts: list[str]) -> None:
    answer = answerer.answer(question)
    assert not answer.refused
    assert answer.route == route
    assert all(statement.sources for statement in answer.statements)
    for part in parts:
        assert part in answer.text


@pytest.mark.parametrize(
    "question",
    [
        # words of a rule, but something that no rule says
        "Nghị định 30 phạt bao nhiêu tiền nếu căn lề sai?",
        "Con dấu của xã Suối Mây bị mất mấy lần?",
        "Ai là người sáng chế ra con dấu?",
    ],
)
def test_near_misses_are_declined(answerer: OfflineAnswerer, question: str) -> None:
    assert answerer.answer(question).refused


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Luật Dữ liệu có hiệu lực từ 01/01/2025 đúng không?", "Chưa đúng", "Đúng. "),
        ("Luật Dữ liệu có hiệu lực từ 01/7/2025 đúng không?", "Đúng. ", "Chưa đúng"),
        ("Nghị quyết 57 đặt kinh tế số đạt tối thiểu 50% GDP vào năm 2030, đúng chưa?", "30%", "Đúng. "),
        # what was not compared is not confirmed
        ("Nghị quyết 57 có 9 nhóm nhiệm vụ đúng không?", "57-NQ/TW", "Đúng"),
        ("Nghị quyết 57-NQ/TW của Chính phủ, viết vậy đúng chưa?", "Chưa đúng", "Đúng:"),
    ],
)
def test_premises(answerer: OfflineAnswerer, question: str, right: str, wrong: str) -> None:
    text = answerer.answer(question).text
    assert right in text
    assert wrong not in text


def test_two_reports_at_once(answerer: OfflineAnswerer) -> None:
    asked = "Phần ký của báo cáo quý khác gì phần ký của báo cáo cuối năm do Ban Chỉ đạo làm?"
    text = answerer.answer(asked).text
    assert "KT. CHỦ TỊCH" in text
    assert "KT. TRƯỞNG BAN" in text


def test_the_sentence_that_asks() -> None:
    story = (
        "Hôm qua anh em họp cả buổi mà chưa thống nhất được chuyện chốt số. Ngày chốt số liệu lệch nhau thì làm sao?"
    )
    assert asking_sentence(story) == "Ngày chốt số liệu lệch nhau thì làm sao?"
    assert asking_sentence("Ngày chốt số liệu lệch nhau thì làm sao?") is None


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Số lượng cơ sở dữ liệu xã đang khai thác là bao nhiêu?", None),
        ("Chứng thư trong Luật Giao dịch điện tử nghĩa là gì?", None),
        ("Chỉ tiêu nào được đánh giá đạt?", None),
        ("Nghiệp vụ an toàn thông tin do ai làm?", None),
        ("Mức lương cơ sở năm nay là bao nhiêu?", "other_field"),
        ("Giá đất ở xã tôi bao nhiêu?", "other_field"),
        ("Anh Nam học trường nào ra?", "personal"),
        ("Nhà ông Bình ở thôn nào?", "personal"),
        ("Lương công chức xã được mấy triệu, chị có biết lương bao nhiêu không?", "personal"),
        ("Tổng dung lượng các tuyến cáp là bao nhiêu?", None),
        ("Số hồ sơ phát sinh năm 2025 là bao nhiêu?", None),
        ("Người dân từ bao nhiêu tuổi trở lên có tài khoản?", None),
        ("Em tự viết thông báo kết luận được không?", None),
        ("Lương của cán bộ chuyên trách có phải ghi vào mục nhân lực không?", None),
    ],
)
def test_scope(answerer: OfflineAnswerer, question: str, reason: str | None) -> None:
    assert out_of_scope(answerer.read(question)) == reason


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Nạp nhầm tệp thì xóa khỏi kho thế nào?", True),
        ("Xuất báo cáo ra file Word kiểu gì?", True),
        ("Tài khoản kho bạc của xã ghi ở đâu, lấy nguồn nào?", False),
        ("Khó khăn nhờ tỉnh gỡ thì dẫn ra thế nào?", False),
    ],
)
def test_what_is_asked_of_the_program(answerer: OfflineAnswerer, question: str, meant: bool) -> None:
    assert about_program(answerer.read(question)) is meant


def test_knowledge_is_whole() -> None:
    names = [name for term in terms() for name in (term.name, *term.also)]
    assert len(names) == len(set(names))
    assert all("(" in term.text and term.text.endswith(").") for term in terms())
    assert all(text.endswith(".") for rule in every_rule() for text in rule.says)
    assert len({rule.title for rule in rules()}) == len(rules())


_CLAUSE = re.compile(r"\(khoản (\d+) Điều (\d+)[a-z]* .*?(\d+/\d{4}/[\w-]+)\)\.$")


@pytest.mark.skipif(not _LAWS.exists(), reason="the law texts beside the project are not here")
def test_terms_stand_where_they_are_said_to() -> None:
    """Each clause that a term names begins with that term, in the texts of the laws at hand."""
    articles: dict[tuple[str, str], str] = {}
    with gzip.open(_LAWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "iải thích từ ngữ" in (row.get("title") or ""):
                articles[row["law"], row["id"].rpartition(".")[2].rpartition(":")[2]] = row["text"]
    checked = 0
    for term in terms():
        match = _CLAUSE.search(term.text)
        text = articles.get((match.group(3), match.group(2))) if match else None
        if match is None or text is None:
            continue
        clause = re.search(rf"(?m)^\s*{match.group(1)}\s*\.\s*(.*)$", text)
        assert clause is not None, term.text
        plain = re.sub(r"[“”\"]", "", clause.group(1)).lower()
        starts = [" ".join(name.lower().split()[:2]) for name in (term.name, *term.also)]
        assert any(start in plain[:90] for start in starts), term.text
        checked += 1
    assert checked > 70


def test_a_section_spoken_of_is_no_formula(answerer: OfflineAnswerer) -> None:
    asked = "mục đó cần bảng nào? (mục Tình hình sử dụng thư điện tử công vụ)"
    answer = answerer.answer(asked, report_type="quy_khcn_dmst_cds")
    assert answer.route == "section_requirement"
    assert "Bảng «" in answer.text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        # whatever else is asked of it, a document that was replaced is said to be so
        ("giờ em viện dẫn Nghị định 13/2023 thì có đúng không", "91/2025/QH15"),
        ("Em ghi Nghị quyết 57 mà không ghi ngày ban hành thì sai ở đâu, phải có gì?", "trích yếu"),
        ("báo cáo quý gửi Sở, mục chữ ký số ghi những gì", "lãnh đạo"),
    ],
)
def test_plain_answers(answerer: OfflineAnswerer, question: str, part: str) -> None:
    answer = answerer.answer(question)
    assert part in answer.text
    assert "Đúng: " not in answer.text
