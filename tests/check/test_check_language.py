"""Spelling, doubled words, brackets, run-on sentences, names."""

import unicodedata

import pytest

from assistant.check.spelling.speller import default_speller
from assistant.check.spelling.syllables import is_syllable

from .conftest import drafts_of, quotes_of, report_of


@pytest.mark.parametrize(
    "word",
    [
        "quý",
        "quỹ",
        "giếng",
        "gìn",
        "nghiêng",
        "khuỷu",
        "hoà",
        "hòa",
        "thuỷ",
        "thủy",
        "quốc",
        "giữa",
        "tuyến",
        "truyền",
        "xoong",
        "nguyệt",
        "huỳnh",
        "ấp",
        "Đề",
        "khoẻ",
        "khỏe",
        "uống",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["qúy", "tòan", "họach", "thựcc", "nghành", "kghiệm", "chuyễnn", "ngươì", "truyềm", "tâch"]
)
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


# text, the wrong syllable and the right one, or None
SPELLING: list[tuple[str, tuple[str, str] | None]] = [
    ("Cài đặt các phần mền dùng chung cho cán bộ.", ("phần mền", "phần mềm")),
    ("Công tác tuyên truyền được triễn khai rộng rãi.", ("triễn khai", "triển khai")),
    ("Kết quả chuyển đổi sô trên địa bàn.", ("chuyển đổi sô", "chuyển đổi số")),
    ("Tổ chức kỳ hợp thứ ba của Hội đồng nhân dân xã.", ("kỳ hợp", "kỳ họp")),
    ("Hỗ trợ người đân nộp hồ sơ trực tuyến.", ("người đân", "người dân")),
    ("Kiểm tra, giám xát việc thực hiện nhiệm vụ.", ("giám xát", "giám sát")),
    ("Các hệ thống thông tín hoạt động ổn định.", ("thông tín", "thông tin")),
    ("Nâng cao chất lượng nguồn nhận lực tại địa phương.", ("nhận", "nhân")),
    ("Công chức mới tiếp quảng công việc.", ("tiếp quảng", "tiếp quản")),
    ("Đội thi của xã dành được 02 giải cấp tỉnh.", ("dành được", "giành được")),
    ("Kinh phí dành cho tập huấn; số tiền dành được; các xã giành giải.", None),
    ("Trồng atisô, chở hàng bằng canô; trừ chi phí còn lãi 95 triệu đồng; ấp đông dân.", None),
    ("Thiết bị củ, hay hỏng.", ("củ", "cũ")),
    ("Sản phẩm củ sắn, củ nghệ của xã.", None),
    ("Xem chuyển đổi số là việc của người đứng đầu.", None),
    ("Niêm yết văn bản dán, không gửi qua mạng; in văn bản dán cho dân xem.", None),
    ("Hỗ trợ hợp tác xã, hộ kinh doanh, doanh nghiệp trên địa bàn.", None),
    ("Cuộc họp bàn về hợp tác quốc tế, hợp đồng lao động.", None),
    ("Hội trường các ấp, nhà văn hóa các thôn, bản đã có wifi.", None),
    ("Ứng dụng VNeID, VNPT-iOffice, https://mau.gov.vn và Zalo được dùng rộng rãi.", None),
    ("Bà con Ê Đê, Mnông, Hmông ở buôn Ea Mẫu, thác Đắk Mẫu.", None),
]


@pytest.mark.parametrize(("text", "expected"), SPELLING)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spelling(text: str, expected: tuple[str, str] | None, form: str) -> None:
    report = report_of(unicodedata.normalize(form, text))  # type: ignore[arg-type]
    found = [*drafts_of("spelling", report), *drafts_of("slip", report)]
    pairs = [(unicodedata.normalize("NFC", report.source.text[d.start : d.end]), d.suggestion) for d in found]
    if expected is None:
        assert pairs == []
    else:
        assert any(expected[0] in wrong and expected[1] in right for wrong, right in pairs)


def test_a_word_missing_from_a_set_phrase() -> None:
    (one,) = drafts_of("missing_word", report_of("Hệ thống giải quyết thủ tục hành dịch vụ công của tỉnh."))
    assert "hành chính dịch" in one.suggestion
    assert drafts_of("missing_word", report_of("Toàn xã hiện có 12 thôn, các tổ đã hoạt động.")) == []


def test_the_model_is_not_case_bound_and_gives_the_case_back() -> None:
    (found,) = default_speller().suspicions("KẾT QUẢN THỰC HIỆN NHIỆM VỤ", 2.0) or [None]
    assert found is not None
    assert found.suggestion == "QUẢ"


CASES: list[tuple[str, str, str | None]] = [
    ("doubled", "Chỉ đạo các các ngành thực hiện.", "các các"),
    ("doubled", "Kết quả triển khai thực hiện thực hiện Nghị quyết.", "thực hiện thực hiện"),
    ("doubled", "Ngày ngày, nhà nhà, người người thi đua; dần dần đổi mới; xanh xanh.", None),
    ("doubled", "Nguồn nhân lực còn yếu, nguồn nhân lực còn yếu.", "còn yếu, nguồn nhân lực"),
    ("doubled", "Bán chôm chôm qua mạng; mô hình nuôi chuồn chuồn.", None),
    ("doubled", "Báo cáo Đảng ủy xã Xã Mẫu.", None),
    ("bracket", "Đã cấp tài khoản (cho cán bộ, công chức.", "(cho cán bộ"),
    ("bracket", "Đã cấp tài khoản) cho cán bộ.", "Đã cấp tài khoản)"),
    ("bracket", "a) Đã cấp tài khoản (100%) cho cán bộ; 1) một việc.", None),
    ("run_on", "Còn vùng lõm sóng Tuy nhiên chưa có kinh phí.", "lõm sóng Tuy nhiên"),
    ("run_on", "Còn vùng lõm sóng. Tuy nhiên chưa có kinh phí.", None),
    ("term", "Tổ công nghệ số cộng đồng đã họp. Các Tổ chuyển đổi số cộng đồng đã họp.", "Tổ chuyển đổi số cộng đồng"),
    ("redundant_abbreviation", "Đặt tại trụ sở Ủy UBND xã.", "Ủy UBND"),
    ("redundant_abbreviation", "Giải quyết thủ tục TTHC cho người dân.", "thủ tục TTHC"),
    ("redundant_abbreviation", "Trung tâm IOC của tỉnh, trạm BTS, UBND xã.", None),
    ("abbreviation", "Giải quyết TTHC đúng hạn.", "TTHC"),
    ("abbreviation", "Giải quyết thủ tục hành chính (TTHC) đúng hạn; TTHC được công khai.", None),
    ("form_words", "Theo Nghị quyết của Bộ chính trị.", "Bộ chính trị"),
    ("form_words", "Ban hành ngày 5/9/2025.", "5/9/2025"),
    ("form_words", "Trong Quý 3 đã hoàn thành.", "Quý 3"),
    ("form_words", "Ban hành ngày 05/9/2025 trong quý III, đạt 95%.", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES)
def test_language(rule: str, text: str, expected: str | None) -> None:
    found = quotes_of(rule, report_of(text))
    assert (found == []) if expected is None else any(expected in quote for quote in found)


def test_lines_of_recipients_and_signature() -> None:
    from .conftest import HEAD, TAIL

    tail = TAIL.replace("- Lưu: VT.", "- Lưu VT").replace("./.", ".").replace("Lê Thị Mẫu", "ThS. Lê Thị Mẫu")
    found = [d.message for d in drafts_of("form_lines", report_of(HEAD + "Đã làm." + tail, whole=True))]
    assert [m[:12] for m in found] == ["Báo cáo kết ", "Mỗi dòng nơi", "Dòng lưu the", "Trước họ tên"]
    assert drafts_of("form_lines", report_of("Đã làm.")) == []
