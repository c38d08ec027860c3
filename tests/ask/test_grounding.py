"""The judge of statements: each case is a sentence, its evidence, and what of it is not borne out."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import Evidence, InputFigure, PassageQuote, RegistryFact
from assistant.grounding import unsupported


def quote(text: str, location: str = "II > 3.6") -> PassageQuote:
    return PassageQuote("doc", location, text)


TEAMS = quote("hiện nay trên địa bàn xã có 21 tổ và 125 thành viên")
FILES = quote("tiếp nhận 1941 hồ sơ TTHC, trước hạn và đúng hạn 1768 hồ sơ đạt 98.55%")
MONEY = quote("Kinh phí: 450.000.000 đồng, đã giải ngân 100%")
DATED = quote("Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị")

SOUND: list[tuple[str, list[Evidence]]] = [
    ("Xã có 21 tổ với 125 thành viên.", [TEAMS]),
    ("Xã có hai mươi mốt tổ.", [TEAMS]),
    ("Tiếp nhận 1.941 hồ sơ, đúng hạn 98,55%.", [FILES]),
    ("Tiếp nhận 1 941 hồ sơ.", [FILES]),
    ("Bố trí 450 triệu đồng.", [MONEY]),
    ("Bố trí 0,45 tỷ đồng.", [MONEY]),
    ("Nghị quyết số 57-NQ/TW ngày 22/12/2024.", [DATED]),
    ("Nghị quyết 57 ban hành năm 2024.", [DATED]),
    ("Nghị quyết ban hành tháng 12/2024.", [DATED]),
    ("Tỷ lệ đúng hạn đạt 98,55%.", [InputFigure("ontime_rate", 98.5507, rule="1.768/1.794 × 100")]),
    ("Tỷ lệ là 1.768/1.794.", [InputFigure("ontime_rate", 98.5507, rule="1.768/1.794 × 100")]),
    ("Có 07 cụm lõm sóng.", [InputFigure("dead_zones", 7)]),
    ("Ngày chốt số liệu là 30/9/2025.", [InputFigure("data_cutoff_date", datetime.date(2025, 9, 30))]),
    ("Quyết định số 23/QĐ-UBND ngày 12/7/2025.", [
        InputFigure("directives", [{"so": "23/QĐ-UBND", "ngay": datetime.date(2025, 7, 12)}])]),
    ("Mục gồm 3 ý: số cuộc; số lượt người; hình thức.", [quote("Số cuộc, số lượt người, hình thức")]),
    ("Theo khoản 2 Điều 5 phải công khai.", [RegistryFact("42/2022/NĐ-CP", "Điều 5 khoản 2")]),
    ("Quý III năm 2025 không phát sinh.", [quote("Trong quý III năm 2025 không phát sinh")]),
    ("Xã Tân Hòa đạt chỉ tiêu.", [quote("UBND xã Tân Hòa báo cáo đạt chỉ tiêu")]),
    ("Ủy ban nhân dân xã và Ban Chỉ đạo đã triển khai.", []),
    ("Mục này cần nêu số liệu và nguyên nhân.", []),
    ("Nghị quyết 57 của Bộ Chính trị nêu rõ.", [DATED]),
    ("Xã thực hiện Đề án 06.", [quote("Quyết định số 06/QĐ-TTg ngày 06/01/2022")]),
    ("Có từ 5 đến 10 cuộc họp.", [quote("Có 5-10 cuộc họp")]),
    ("Tỷ lệ tăng hơn 5%.", [quote("tăng trên 5% so với kỳ trước")]),
    ("Tỷ lệ đạt trên 98%.", [InputFigure("rate", "trên 98%")]),
    ("Giao đồng chí Phó Bí thư Thường trực Đảng ủy theo dõi.", []),
    ("Trong quý III/2025 xã đã họp.", [InputFigure("period_label", "Quý III/2025")]),
    ("Theo mục 2 của đề cương.", [quote("1. Kết quả\n2. Tồn tại")]),
    ("Xã Hoà Bình đạt chỉ tiêu.", [quote("XÃ HÒA BÌNH ĐẠT CHỈ TIÊU")]),
    ("Nghị định số 30/2020/NĐ-CP nêu rõ.", [quote("theo 30/2020/ NĐ-CP")]),
    ("Luật Dữ liệu quy định.", [quote("Luật Dữ liệu và Luật Dữ liệu cá nhân quy định")]),
    ("Bộ chỉ số 766 có 5 nhóm.", [RegistryFact("766/QĐ-TTg", field="targets", value="5 nhóm")]),
]  # fmt: skip

UNSOUND: list[tuple[str, list[Evidence], list[tuple[str, str]]]] = [
    ("Xã có 22 tổ với 125 thành viên.", [TEAMS], [("figure", "22")]),
    ("Xã có hai mươi hai tổ.", [TEAMS], [("figure", "hai mươi hai")]),
    ("Xã có 21 ấp.", [TEAMS], [("figure", "21")]),
    ("Tỷ lệ đạt 21%.", [TEAMS], [("figure", "21%")]),
    ("Tỷ lệ đúng hạn 98,56%.", [FILES], [("figure", "98,56%")]),
    ("Bố trí 450 tỷ đồng.", [MONEY], [("figure", "450 tỷ đồng")]),
    ("Nghị quyết số 57-NQ/TW ngày 23/12/2024.", [DATED], [("date", "23/12/2024")]),
    ("Nghị quyết số 71/NQ-CP nêu rõ.", [DATED], [("symbol", "Nghị quyết số 71/NQ-CP")]),
    ("Ban hành năm 2023.", [DATED], [("date", "2023")]),
    ("Theo Điều 9.", [RegistryFact("42/2022/NĐ-CP", "Điều 5 khoản 2")], [("provision", "Điều 9")]),
    ("Xã Tân Bình đạt chỉ tiêu.", [quote("UBND xã Tân Hòa báo cáo đạt")], [("name", "Tân Bình")]),
    ("Ông Nguyễn Văn Nam ký.", [DATED], [("name", "Nguyễn Văn Nam")]),
    ("Tỷ lệ tăng 3,5 điểm phần trăm.", [quote("tăng 3,5%")], [("figure", "3,5 điểm phần trăm")]),
    ("Mục gồm 4 ý: số cuộc; số lượt người; hình thức.", [TEAMS], [("figure", "4")]),
    # what stands beside a symbol or a figure and changes what is said
    ("Nghị quyết số 57-NQ/TW của Quốc hội.", [DATED], [("symbol", "Nghị quyết số 57-NQ/TW")]),
    ("Nghị quyết 57 do Chính phủ ban hành.", [DATED], [("symbol", "Nghị quyết 57")]),
    ("Nghị định số 57-NQ/TW nêu rõ.", [DATED], [("symbol", "Nghị định số 57-NQ/TW")]),
    ("Tỷ lệ giảm 5%.", [quote("Tỷ lệ tăng 5%")], [("figure", "5%")]),
    ("Tỷ lệ đạt trên 98%.", [quote("Tỷ lệ đạt 98%")], [("figure", "98%")]),
    ("Có 5-10 cuộc họp.", [quote("Có 5 cuộc họp")], [("figure", "10")]),
    ("Xã có 19 tổ.", [quote("Họp ngày 19 tháng 6 năm 2025")], [("figure", "19")]),
    ("Xã có 57 tổ, 5 ấp.", [quote("Điều 5 Nghị quyết 57")], [("figure", "57"), ("figure", "5")]),
    ("Hàng trăm hồ sơ, gấp đôi kỳ trước.", [TEAMS], [("figure", "Hàng trăm"), ("figure", "gấp đôi")]),
    # what is only a part of longer words, of a longer number, of a longer name
    ("Nghị quyết số 7-NQ/TW nêu rõ.", [DATED], [("symbol", "Nghị quyết số 7-NQ/TW")]),
    ("Nghị quyết số 57-NQ/T nêu rõ.", [DATED], [("symbol", "Nghị quyết số 57-NQ/T")]),
    ("Ban hành ngày 2/12/2024.", [DATED], [("date", "2/12/2024")]),
    ("Đã họp ngày 2/12.", [DATED], [("date", "ngày 2/12")]),
    ("Theo khoản 1 Điều 5.", [quote("Theo khoản 11 Điều 52")], [("provision", "khoản 1"), ("provision", "Điều 5")]),
    ("Trong quý I đã xong.", [quote("Trong quý II đã xong")], [("provision", "quý I")]),
    ("Theo Điều 9.", [quote("Có 9 xã thực hiện")], [("provision", "Điều 9")]),
    ("Xã An Bình đạt chỉ tiêu.", [quote("toàn bình quân đạt chỉ tiêu")], [("name", "An Bình")]),
    ("Xã Tân Bính đạt chỉ tiêu.", [quote("xã Tân Bình đạt chỉ tiêu")], [("name", "Tân Bính")]),
    ("Luật Dữ liệu quy định.", [quote("Luật Dữ liệu cá nhân quy định")], [("symbol", "Luật Dữ liệu")]),
]


@pytest.mark.parametrize(("sentence", "evidence"), SOUND)
def test_borne_out(sentence: str, evidence: list[Evidence]) -> None:
    assert unsupported(sentence, evidence) == []
    assert unsupported(unicodedata.normalize("NFD", sentence), evidence) == []


@pytest.mark.parametrize(("sentence", "evidence", "expected"), UNSOUND)
def test_not_borne_out(sentence: str, evidence: list[Evidence], expected: list[tuple[str, str]]) -> None:
    assert [(item.kind, item.text) for item in unsupported(sentence, evidence)] == expected


def test_spans_are_code_points_of_the_sentence() -> None:
    sentence = "Xã có 22 tổ, 125 thành viên."
    (item,) = unsupported(sentence, [TEAMS])
    assert sentence[item.start : item.end] == "22"


@given(st.integers(min_value=2, max_value=99_999_999))
def test_a_figure_bears_itself_out_however_it_is_grouped(value: int) -> None:
    grouped = f"{value:,}".replace(",", ".")
    assert unsupported(f"Tiếp nhận {grouped} hồ sơ.", [quote(f"tiếp nhận {value} hồ sơ")]) == []
    other = unsupported(f"Tiếp nhận {grouped} hồ sơ.", [quote(f"tiếp nhận {value + 1} hồ sơ")])
    assert [item.kind for item in other] in (["figure"], ["date"])


def test_names_begin_with_any_vietnamese_capital() -> None:
    found = unsupported("Xã Ân Tường và xã Đức Ổn đạt chỉ tiêu.", [TEAMS])
    assert [item.text for item in found] == ["Ân Tường", "Đức Ổn"]
