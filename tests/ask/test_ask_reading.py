"""Reading questions: slips, abbreviations, what is asked for; figures of a message matched to fields."""

import unicodedata

import pytest

from assistant.ask.asked import asked_of
from assistant.ask.draft_request import given_figures
from assistant.ask.parts import parts
from assistant.ask.question import Reader, spell_out, without_places
from assistant.ask.wording import short_types, written_out
from assistant.reports import get_report_type
from assistant.vietnamese.tokens import folded_syllables


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(["kinh tế số và xã hội số", "tổ công nghệ số cộng đồng", "máy scan", "xã Suối Mây"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mục Knih tế số", "Mục Kinh tế số"),
        ("tổ công nghệ số cnộg đồng", "tổ công nghệ số cộng đồng"),
        ("giải quếyt thủ tục hành chính", "giải quyết thủ tục hành chính"),
        ("bao nhêiu thành viên", "bao nhiêu thành viên"),
        ("tranh chấp được chang bị", "tranh chấp được trang bị"),
        ("ban hành nàgy nào", "ban hành ngày nào"),
        ("kinh te so", "kinh tế số"),
        ("máy scan", "máy scan"),
    ],
)
def test_slips_are_repaired(reader: Reader, typed: str, meant: str) -> None:
    assert list(reader.read(typed).words) == folded_syllables(meant)


@pytest.mark.parametrize("question", ["Bảng này có những cột nào?", "Xã có bao nhiêu tổ công nghệ số cộng đồng?"])
def test_what_is_right_stays(reader: Reader, question: str) -> None:
    assert list(reader.read(question).words) == folded_syllables(question)
    assert reader.read(unicodedata.normalize("NFD", question)).words == reader.read(question).words


@pytest.fixture(scope="module")
def of_plans() -> Reader:
    return Reader(
        [
            "nộp hồ sơ trực tuyến, giải ngân kinh phí", "phải giải ngân, phát triển hạ tầng số", "chưa khắc phục",
            "thanh toán trực tuyến phí, lệ phí", "trung tâm phục vụ hành chính công", "chỉ tiêu chưa đạt",
            "chương trình phát triển Chính phủ số", "kế hoạch chuyển đổi số", "nghiên cứu khoa học, công nghệ",
            "điều kiện kinh doanh dịch vụ", "điều kiện kinh doanh dịch vụ", "giờ làm việc",
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phiả giải ngân", "phải giải ngân"),
        ("hcưa khắc phục", "chưa khắc phục"),
        ("phát chiển hạ tầng", "phát triển hạ tầng"),
        ("giải ngâng kinh phí", "giải ngân kinh phí"),
        ("kinh phís hạ tầng", "kinh phí hạ tầng"),
        ("lệ phí, lệ fí", "lệ phí, lệ phí"),
        ("chỉ tiêu chuwa đạt", "chỉ tiêu chưa đạt"),
    ],
)
def test_slips_are_read_by_their_accents(of_plans: Reader, typed: str, meant: str) -> None:
    assert list(of_plans.read(typed).words) == folded_syllables(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nộp HS TT", "nộp hồ sơ trực tuyến"),
        ("TT phục vụ hành chính công", "trung tâm phục vụ hành chính công"),
        ("CT phát triển CP số", "chương trình phát triển Chính phủ số"),
        ("CT chưa đạt", "chỉ tiêu chưa đạt"),
        ("nghiên cứu KH", "nghiên cứu khoa học"),
        ("KH chuyển đổi số", "kế hoạch chuyển đổi số"),
        ("ĐKKDDV", "điều kiện kinh doanh dịch vụ"),
        ("mục II, ghi KT. CHỦ TỊCH, mạng LAN, 71/NQ-CP", "mục II, ghi KT. CHỦ TỊCH, mạng LAN, 71/NQ-CP"),
    ],
)
def test_abbreviations_are_read_by_the_words_beside_them(of_plans: Reader, typed: str, meant: str) -> None:
    assert of_plans.read(typed).text == meant


def test_abbreviations_are_written_out_but_names_stay() -> None:
    assert spell_out("mục CĐS và OCOP") == "mục chuyển đổi số và OCOP"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Có bao nhiêu hồ sơ?", "count"),
        ("Đạt bao nhiêu phần trăm?", "percent"),
        ("Ban hành ngày nào?", "when"),
        ("Do ai ban hành?", "who"),
        ("Gồm những cột nào?", "columns"),
        ("Vì sao quá hạn?", "why"),
        ("Có được viết vào kết quả không?", "yes_no"),
    ],
)
def test_what_is_asked_for(reader: Reader, question: str, asks: str) -> None:
    assert asks in reader.read(question).asks


def test_counted_nouns_in_order(reader: Reader) -> None:
    asked = asked_of(reader.read("Xã trang bị bao nhiêu máy tính, máy in, máy scan?"))
    assert [one.noun for one in asked] == [("may", "tinh"), ("may", "in"), ("may", "scan")]


def test_a_qualified_noun_is_one(reader: Reader) -> None:
    asked = asked_of(reader.read("Tiếp nhận bao nhiêu hồ sơ thủ tục hành chính?"))
    assert [one.noun for one in asked] == [("ho", "so")]


def test_other_accents_are_no_words_of_reporting(reader: Reader) -> None:
    assert reader.read("Mục phí là gì?").cues(r"\bmuc\b")
    assert not reader.read("Mức phí là gì?").cues(r"\bmuc\b")


def test_places_say_nothing_of_the_subject() -> None:
    assert without_places("tinh lang son co bao nhieu xa") == "co bao nhieu xa"


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Chị ơi, chỉ tiêu này chiếm bao nhiêu phần trăm ạ?", "chi tieu chiem phan tram"),
        ("Người đứng đầu ở đâu phải làm gì?", "nguoi dung dau"),
        ("nguoi dung dau phai lam gi", "nguoi dung dau"),
        ("Văn bản đến và văn bản đi có bao nhiêu?", "van ban den van ban di"),
        ("còn máy cụm dân cư", "cum dan cu"),
    ],
)
def test_asking_words_are_no_content(reader: Reader, question: str, content: str) -> None:
    assert " ".join(reader.read(question).said) == content


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("Nhận bao nhiêu văn bản đến, ban hành bao nhiêu văn bản đi?", ["nhan van ban den", "ban hanh van ban di"]),
        ("Còn bao nhiêu tỉnh, thành và xã bớt bao nhiêu phần trăm?", ["tinh thanh", "xa bot phan tram"]),
        ("Giao ai lo hồ sơ cấp độ, hạn nào xong?", ["giao lo ho so cap do", "han"]),
        ("Có bao nhiêu tổ và thành viên?", ["to thanh vien"]),
        ("Có bao nhiêu người? Tôi thấy hai chỗ ghi khác.", ["nguoi"]),
    ],
)
def test_parts_of_a_question(reader: Reader, question: str, pieces: list[str]) -> None:
    assert [" ".join(part.question.said) for part in parts(reader.read(question))] == pieces


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("KH 417 của tỉnh", "Kế hoạch 417 của tỉnh"),
        ("NQ57 đặt gì", "Nghị quyết 57 đặt gì"),
        ("Đ23 Luật Giao dịch", "Điều 23 Luật Giao dịch"),
        ("Q3 họp mấy cuộc", "quý 3 họp mấy cuộc"),
    ],
)
def test_short_forms_of_messages(typed: str, text: str) -> None:
    assert written_out(short_types(typed)) == text


def test_symbols_typed_without_accents(reader: Reader) -> None:
    assert [r.symbol for r in reader.read("Quyet dinh 766/QD-TTg co may nhom").references] == ["766/QĐ-TTg"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "tiếp nhận 1.941 hồ sơ, trực tuyến 332, đúng hạn 1.768, quá hạn 26",
            {"rec_total": 1941, "rec_online": 332, "rec_early_ontime": 1768, "rec_late": 26},
        ),
        ("truc tuyen 332; qua han 05", {"rec_online": 332, "rec_late": 5}),
    ],
)
def test_figures_of_a_message_find_their_fields(message: str, expected: dict[str, int]) -> None:
    section = get_report_type("quy_khcn_dmst_cds").section("q_dvctt")
    figures = given_figures(message, section)
    assert {f.field.name: f.value for f in figures if f.field is not None} == expected


def test_a_figure_that_fits_nothing_is_handed_back() -> None:
    section = get_report_type("quy_khcn_dmst_cds").section("q_dvctt")
    (figure,) = given_figures("có 14 con trâu", section)
    assert figure.field is None
    assert figure.value is None
