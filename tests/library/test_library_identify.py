"""Identity from the document's own header: letterheads as they are really laid out, and what replaces a lost one."""

# ruff: noqa: E501  (letterheads read best with their lines whole)

import unicodedata

import pytest

from assistant.library.filenames import symbol_in_name
from assistant.library.identify import identify
from assistant.library.models import Identity
from assistant.library.reading import read_bytes, read_document
from assistant.library.registry_entries import complete
from assistant.library.truecase import restore_case
from tests.conftest import SHARED

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "Thực hiện nhiệm vụ được giao, đơn vị triển khai như sau:\nI. MỤC TIÊU\nHoàn thành các chỉ tiêu trong năm.\n"


def identity(text: str, name: str = "van-ban.txt") -> Identity:
    return identify(read_bytes(text.encode(), name))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            f"ỦY BAN NHÂN DÂN\nXÃ GIẢ ĐỊNH\n\n{MOTTO}Số:     /BC-UBND Giả Định, ngày    tháng 10 năm 2025\nBÁO CÁO\n"
            "Tình hình kết quả triển khai công tác chuyển đổi số,\nđổi mới sáng tạo Quý III và nhiệm vụ Quý IV năm 2025\n",
            ("report", "Báo cáo", "/BC-UBND", None, "Ủy ban nhân dân xã Giả Định",
             "Tình hình kết quả triển khai công tác chuyển đổi số, đổi mới sáng tạo Quý III và nhiệm vụ Quý IV năm 2025"),
        ),
        (
            f"ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\n{MOTTO}Số: 901/KH-UBND\nLạng Sơn, ngày 02 tháng 3 năm 2025\nKẾ HOẠCH\n"
            "Triển khai một việc giả định năm 2025\n",
            ("plan", "Kế hoạch", "901/KH-UBND", "2025-03-02", "Ủy ban nhân dân tỉnh Lạng Sơn",
             "Triển khai một việc giả định năm 2025"),
        ),
        (
            "ĐẢNG BỘ TỈNH LẠNG SƠN\nĐẢNG ỦY XÃ GIẢ ĐỊNH\n*\nSố 12-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
            "Giả Định, ngày 14 tháng 7 năm 2025\nKẾ HOẠCH\nthực hiện một nghị quyết giả định\n-----\n",
            ("plan", "Kế hoạch", "12-KH/ĐU", "2025-07-14", "Đảng ủy xã Giả Định", "thực hiện một nghị quyết giả định"),
        ),
        (
            f"UBND TỈNH LẠNG SƠN\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\n{MOTTO}Số: 77/SKHCN-CĐS\n"
            "V/v báo cáo kết quả quý III năm 2025\nLạng Sơn, ngày 17 tháng 9 năm 2025\nKính gửi: Ủy ban nhân dân các xã.\n",
            ("guidance", "Công văn", "77/SKHCN-CĐS", "2025-09-17", "Sở Khoa học và Công nghệ",
             "báo cáo kết quả quý III năm 2025"),
        ),
        (
            f"HỘI ĐỒNG NHÂN DÂN\nXÃ GIẢ ĐỊNH\n{MOTTO}Số: 05/NQ-HĐND\nGiả Định, ngày 20 tháng 12 năm 2025\nNGHỊ QUYẾT\n"
            "Về nhiệm vụ phát triển kinh tế - xã hội năm 2026\nHỘI ĐỒNG NHÂN DÂN XÃ GIẢ ĐỊNH\nKHÓA XII, KỲ HỌP THỨ 3\n",
            ("legal", "Nghị quyết", "05/NQ-HĐND", "2025-12-20", "Hội đồng nhân dân xã Giả Định",
             "Về nhiệm vụ phát triển kinh tế - xã hội năm 2026"),
        ),
        (
            f"THỦ TƯỚNG CHÍNH PHỦ\n{MOTTO}Số: 9999/QĐ-TTg\nHà Nội, ngày 01 tháng 12 năm 2025\n"
            "QUYẾT ĐỊNH VỀ VIỆC PHÊ DUYỆT MỘT CHƯƠNG TRÌNH GIẢ ĐỊNH THỦ TƯỚNG CHÍNH PHỦ\n"
            "Căn cứ Luật Tổ chức Chính phủ;\nphê duyệt một chương trình giả định.\n",
            ("legal", "Quyết định", "9999/QĐ-TTg", "2025-12-01", "Thủ tướng Chính phủ",
             "Về việc phê duyệt một chương trình giả định"),
        ),
        (
            f"UBND XÃ GIẢ ĐỊNH\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ\n{MOTTO}Số: 03/BC-BCĐ\nGiả Định, ngày 9/12/2025\nBÁO CÁO\nKết quả năm 2025\n",
            ("report", "Báo cáo", "03/BC-BCĐ", "2025-12-09", "Ban Chỉ đạo chuyển đổi số", "Kết quả năm 2025"),
        ),
        (
            "Người ký: Văn thư\nThời gian ký: 05/10/2025 08:00\nBỘ KHOA HỌC VÀ CÔNG NGHỆ\n"
            f"{MOTTO}Số: 21/2025/TT-\nBKHCN\nHà Nội, ngày 5 tháng 10 năm 2025\nTHÔNG TƯ\nQuy định một việc giả định\n",
            ("legal", "Thông tư", "21/2025/TT-BKHCN", "2025-10-05", "Bộ Khoa học và Công nghệ", "Quy định một việc giả định"),
        ),
        (
            f"ỦY BAN NHÂN DÂN\nPHƯỜNG GIẢ ĐỊNH\n{MOTTO}Số: 8/HD-UBND\nGiả Định, ngày 31 tháng 2 năm 2025\nHƯỚNG DẪN\nThực hiện một việc\n",
            ("guidance", "Hướng dẫn", "8/HD-UBND", None, "Ủy ban nhân dân phường Giả Định", "Thực hiện một việc"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letterheads(head: str, expected: tuple[str | None, ...], form: str) -> None:
    found = identity(unicodedata.normalize(form, head + BODY))
    assert (found.kind, found.type, found.symbol, found.date, found.issuer, found.title) == expected


def test_a_letterhead_in_a_table_of_two_cells() -> None:
    text = (
        "ỦY BAN NHÂN DÂN XÃ GIẢ ĐỊNH Số: 15/BC-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        f"Giả Định, ngày 05 tháng 10 năm 2025 |\nBÁO CÁO\nKết quả quý III\n{BODY}"
    )
    found = identity(text)
    assert (found.symbol, found.date, found.issuer) == ("15/BC-UBND", "2025-10-05", "Ủy ban nhân dân xã Giả Định")


def test_a_report_without_letterhead_speaks_in_its_body() -> None:
    text = (
        "BÁO CÁO\nKết quả thực hiện một nghị quyết năm 2025 trên địa bàn xã Giả Định\n"
        "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh Lạng Sơn; Ủy ban nhân dân xã Giả Định báo cáo như sau:\n"
        "I. KẾT QUẢ\nXã Giả Định tiếp nhận 5 hồ sơ. Cổng dịch vụ công tỉnh Lạng Sơn hoạt động tốt.\n"
    )
    found = identity(text)
    assert (found.kind, found.symbol, found.date, found.year) == ("report", None, None, 2025)
    assert (found.issuer, found.unit) == ("Ủy ban nhân dân xã Giả Định", "xã Giả Định, tỉnh Lạng Sơn")


def test_a_law_without_letterhead_speaks_at_its_end_and_in_its_file_name() -> None:
    text = (
        "CHƯƠNG I QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nLuật này quy định.\nĐiều 2. Đối tượng\nMọi người.\nĐiều 3. Hiệu lực\nTừ nay.\n"
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 5 thông qua ngày 22 tháng 6 năm 2023.\n"
    )
    found = identity(text, "99-2023-QH15_Luat-gia-dinh.txt")
    assert (found.kind, found.type, found.symbol, found.date, found.issuer) == (
        "legal", "Luật", "99/2023/QH15", "2023-06-22", "Quốc hội",
    )  # fmt: skip


def test_an_annex_on_its_own_names_the_document_it_belongs_to() -> None:
    text = (
        "Phụ lục I\nTHỂ THỨC GIẢ ĐỊNH\n(Kèm theo Nghị định số 998/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ)\n"
        "Phần I\nI. QUY ĐỊNH CHUNG\n1. Khổ giấy: A4.\n"
    )
    found = identity(text)
    assert (found.kind, found.symbol, found.date, found.issuer) == (
        "legal",
        "998/2020/NĐ-CP",
        "2020-03-05",
        "Chính phủ",
    )


def test_a_document_that_names_itself_in_its_first_line() -> None:
    text = (
        "Kết luận số 998-KL/TW\nKết luận số 998-KL/TW ngày 11/01/2024 của Bộ Chính trị về một chủ trương giả định\n"
        "Sau nhiều năm thực hiện, công tác này có tiến bộ.\n"
    )
    found = identity(text)
    assert (found.type, found.symbol, found.date, found.issuer, found.title) == (
        "Kết luận", "998-KL/TW", "2024-01-11", "Bộ Chính trị", "về một chủ trương giả định",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Cách khai báo trên phần mềm\nBước 1. Mở phần mềm.\nBước 2. Đăng nhập.\n", "guidance"),
        ("SỔ TAY\nHướng dẫn cán bộ xã\nNội dung sổ tay.\n", "guidance"),
        ("TỜ TRÌNH\nVề việc đề nghị hỗ trợ\nKính gửi: Sở.\nNội dung.\n", "report"),
        ("ĐỀ ÁN\nPhát triển một việc\nI. MỤC TIÊU\nMột.\n", "plan"),
        ("Điều 1. Một\nA.\nĐiều 2. Hai\nB.\nĐiều 3. Ba\nC.\n", "legal"),
        ("Nội dung.\nTrên đây là Báo cáo kết quả của xã./.\n", "report"),
    ],
)
def test_kinds_of_documents_without_symbols(text: str, kind: str) -> None:
    assert identity(text).kind == kind


@pytest.mark.parametrize(
    ("stem", "symbol"),
    [
        ("2629-QD-TTg_Chuong-trinh", "2629/QĐ-TTg"),
        ("Ke-hoach-987-KH-UBND", "987/KH-UBND"),
        ("57-NQ-TW", "57-NQ/TW"),
        ("30-2020-ND-CP_phu-luc-I", "30/2020/NĐ-CP"),
        ("20-2023-QH15_Luat", "20/2023/QH15"),
        ("02-KH-BCDTW", "02-KH/BCĐTW"),
        ("bao-cao-quy-3-2025", None),
        ("scan 2025 12 31", None),
    ],
)
def test_symbols_in_file_names(stem: str, symbol: str | None) -> None:
    assert symbol_in_name(stem) == symbol


@pytest.mark.parametrize(
    ("capitals", "normal"),
    [
        ("ỦY BAN NHÂN DÂN XÃ TÂN MẪU", "Ủy ban nhân dân xã Tân Mẫu"),
        ("UBND TỈNH LẠNG SƠN", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("UỶ BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
        ("BAN CHỈ ĐẠO PHÁT TRIỂN KHCN, ĐMST", "Ban Chỉ đạo phát triển KHCN, ĐMST"),
        ("Viết thường rồi", "Viết thường rồi"),
    ],
)
def test_capitals_become_normal_letters(capitals: str, normal: str) -> None:
    assert restore_case(capitals) == normal


def test_the_name_of_a_commune_ends_where_the_authority_above_it_begins() -> None:
    head = f"UBND TỈNH TÂY NINH\nỦY BAN NHÂN DÂN PHƯỜNG GIẢ ĐỊNH\n{MOTTO}Số: 2/BC-UBND\nGiả Định, ngày 19 tháng 12 năm 2025\n"
    assert identity(f"{head}BÁO CÁO\nTổng kết năm 2025\n{BODY}").unit == "phường Giả Định, tỉnh Tây Ninh"


def test_a_title_ends_at_the_blank_line_before_the_first_paragraph() -> None:
    body = (
        "\nThực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát\n"
        "triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia; Công văn của\n"
        "Sở Khoa học và Công nghệ về việc báo cáo kết quả quý I năm 2026, Ủy ban nhân dân xã\n"
        "Giả Định báo cáo như sau (số liệu tính từ ngày 15/12/2025 đến ngày 14/3/2026) với các\n"
    ) + "nội dung chính là tình hình, kết quả, hạn chế, nguyên nhân và phương hướng kỳ tới đây.\n" * 8
    head = f"ỦY BAN NHÂN DÂN\nXÃ GIẢ ĐỊNH\n\n{MOTTO}\nSố: 87/BC-UBND Giả Định, ngày 18 tháng 3 năm 2026\n\nBÁO CÁO\n"
    title = (
        "Kết quả thực hiện Nghị quyết số 57-NQ/TW về phát triển khoa học, công nghệ,\n"
        "đổi mới sáng tạo và chuyển đổi số quý I; phương hướng, nhiệm vụ quý II năm 2026\n"
    )
    assert identity(head + title + body).title == " ".join(title.split())


def test_the_registry_fills_blanks_and_changes_nothing_else() -> None:
    blank = Identity(kind="legal", type="Nghị định", symbol="30/2020/NĐ-CP", issuer="Chính phủ")
    filled = complete(blank)
    assert (filled.date, filled.title) == ("2020-03-05", "về công tác văn thư")
    own = Identity(kind="legal", type="Nghị định", symbol="30/2020/NĐ-CP", date="2019-01-01", title="khác")
    assert complete(own) == own
    assert complete(Identity(kind="report", symbol="30/2020/NĐ-CP")).date is None


_SAMPLES = {
    "central/03-NQ-CP_va-phu-luc": ("legal", "03/NQ-CP", "2025-01-09", "Chính phủ", None),
    "central/20-2023-QH15_Luat-Giao-dich-dien-tu": ("legal", "20/2023/QH15", "2023-06-22", "Quốc hội", None),
    "central/20-NQ-TW": ("legal", "20-NQ/TW", "2012-11-01", "Ban Chấp hành Trung ương", None),
    "central/2629-QD-TTg_Chuong-trinh-phat-trien-Chinh-phu-so": (
        "legal", "2629/QĐ-TTg", "2025-12-01", "Thủ tướng Chính phủ", None,
    ),
    "central/30-2020-ND-CP": ("legal", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", None),
    "central/30-2020-ND-CP_phu-luc-I": ("legal", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", None),
    "central/57-NQ-TW": ("legal", "57-NQ/TW", "2024-12-22", "Bộ Chính trị", None),
    "central/60-NQ-TW": ("legal", "60-NQ/TW", "2025-04-12", "Ban Chấp hành Trung ương", None),
    "central/69-KL-TW": ("legal", "69-KL/TW", "2024-01-11", "Bộ Chính trị", None),
    "central/Luat-Du-lieu-60-2024-QH15": ("legal", "60/2024/QH15", "2024-11-30", "Quốc hội", None),
    "plans/Ke-hoach-144-KH-UBND": ("plan", "144/KH-UBND", "2025-11-24", "Ủy ban nhân dân tỉnh Bắc Ninh", "tỉnh Bắc Ninh"),
    "plans/Ke-hoach-165-KH-UBND": (
        "plan", "165/KH-UBND", "2025-11-21", "Ủy ban nhân dân thành phố Cần Thơ", "thành phố Cần Thơ",
    ),
    "plans/Ke-hoach-308-KH-UBND": (
        "plan", "308/KH-UBND", "2025-11-17", "Ủy ban nhân dân thành phố Hà Nội", "thành phố Hà Nội",
    ),
    "plans/Ke-hoach-552-KH-UBND": ("plan", "552/KH-UBND", "2025-11-19", "Ủy ban nhân dân tỉnh Đồng Tháp", "tỉnh Đồng Tháp"),
    "plans/Ke-hoach-987-KH-UBND": ("plan", "987/KH-UBND", "2025-11-20", "Ủy ban nhân dân tỉnh Nghệ An", "tỉnh Nghệ An"),
    "reports/loc-tan-nam-2025": (
        "report", None, None,
        "Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số và Đề án 06/CP xã Lộc Tấn",
        "xã Lộc Tấn, tỉnh Đồng Nai",
    ),
    "reports/quoi-dien-hdnd-2025": ("report", None, None, "Ủy ban nhân dân xã Quới Điền", "xã Quới Điền, tỉnh Vĩnh Long"),
    "reports/tan-doan-quy-3-2025": ("report", "/BC-UBND", None, "Ủy ban nhân dân xã Tân Đoàn", "xã Tân Đoàn, tỉnh Lạng Sơn"),
}  # fmt: skip


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", _SAMPLES)
def test_real_documents(name: str) -> None:
    found = complete(identify(read_document(SHARED / "samples" / f"{name}.txt")))
    assert (found.kind, found.symbol, found.date, found.issuer, found.unit) == _SAMPLES[name]
