"""Splitting along the document's own structure: markers, headings, items, tables, page noise, offsets."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.library.markers import (
    ANNEX,
    ARTICLE,
    CHAPTER,
    LETTER,
    NUMBER,
    PART,
    POINT,
    ROMAN,
    SECTION,
    find_marker,
    is_roman,
)
from assistant.library.models import Passage
from assistant.library.reading import read_bytes, read_document
from assistant.library.structure import split
from tests.conftest import SHARED


def passages(text: str, name: str = "a.txt") -> tuple[Passage, ...]:
    return split(read_bytes(text.encode(), name), "d1.1")


def locations(text: str, name: str = "a.txt") -> list[str]:
    return [p.location for p in passages(text, name)]


@pytest.mark.parametrize(
    ("text", "rank", "label"),
    [
        ("Phần I", PART, "Phần I"),
        ("PHẦN THỨ NHẤT", PART, "Phần THỨ NHẤT"),
        ("Chương II", CHAPTER, "Chương II"),
        ("CHƯƠNG V GIAO DỊCH ĐIỆN TỬ", CHAPTER, "Chương V"),
        ("Mục 2. KÝ BAN HÀNH", SECTION, "Mục 2"),
        ("Điều 12. Hiệu lực", ARTICLE, "Điều 12"),
        ("Điều 5a. Trách nhiệm", ARTICLE, "Điều 5a"),
        ("A. KẾT QUẢ", LETTER, "A"),
        ("A- TÌNH HÌNH", LETTER, "A"),
        ("II. NHIỆM VỤ", ROMAN, "II"),
        ("IV- TỔ CHỨC THỰC HIỆN", ROMAN, "IV"),
        ("I/ Đặc điểm", ROMAN, "I"),
        ("1. Mục đích", NUMBER, "1"),
        ("3- Các giải pháp", NUMBER, "3"),
        ("2.1. Đến năm 2030", NUMBER + 3, "2.1"),
        ("3.5 Thư điện tử", NUMBER + 3, "3.5"),
        ("1.1.2. Chi tiết", NUMBER + 6, "1.1.2"),
        ("I.1", NUMBER, "I.1"),
        ("a) Nội dung", POINT, "a"),
        ("đ) Nội dung", POINT, "đ"),
        ("PHỤ LỤC III", ANNEX, "Phụ lục III"),
        ("Phụ lục", ANNEX, "Phụ lục"),
        ("Nơi nhận:", ANNEX, "Nơi nhận"),
    ],
)
def test_markers(text: str, rank: int, label: str) -> None:
    marker = find_marker(text)
    assert marker is not None
    assert (marker.rank, marker.label) == (rank, label)


@pytest.mark.parametrize(
    "text",
    [
        "3.000 lượt nhân lực", "98.5% đạt chuẩn", "12 hồ sơ tiếp nhận", "65/KH-UBND ngày 22/8/2025", "22/12/2024 của",
        "Điều chỉnh phân bổ ngân sách", "Điều 5 của Luật này", "Phụ lục III,IV gửi kèm)", "Phụ lục kèm theo)",
        "Mục tiêu chung", "Phần lớn cán bộ", "phần I của kế hoạch", "Nơi nhận báo cáo: Sở", "KT. CHỦ TỊCH", "1",
        "100% hồ sơ", "Chương trình hành động", "CNTT. Ứng dụng",
    ],
)  # fmt: skip
def test_what_is_no_marker(text: str) -> None:
    assert find_marker(text) is None


def test_letters_and_roman_numerals_are_told_apart_by_what_came_before() -> None:
    assert find_marker("C. Tổ chức", "B").rank == LETTER
    assert find_marker("I. Mục tiêu", "B").rank == ROMAN
    assert find_marker("I. Mục tiêu", "H").rank == LETTER
    assert [n for n in ("IIII", "VX", "IC", "") if is_roman(n)] == []


def test_a_report_with_letters_romans_and_numbers() -> None:
    text = (
        "BÁO CÁO\nTình hình quý\nA. KẾT QUẢ\nI. CHỈ ĐẠO\nĐã ban hành văn bản.\nII. THỰC HIỆN\n1. Hồ sơ\nTiếp nhận 5.\n"
        "2. Văn bản\n2.1. Văn bản đến\n- Có 7 văn bản.\n2.2. Văn bản đi\n- Có 9 văn bản.\nB. PHƯƠNG HƯỚNG\nTiếp tục.\n"
        "Nơi nhận:\n- Như trên;\n"
    )
    assert locations(text) == [
        "Phần mở đầu",
        "Phần A > Mục I. CHỈ ĐẠO",
        "Phần A > Mục II > 1. Hồ sơ",
        "Phần A > Mục II > 2 > 2.1. Văn bản đến",
        "Phần A > Mục II > 2 > 2.2. Văn bản đi",
        "Phần B. PHƯƠNG HƯỚNG",
        "Nơi nhận",
    ]


def test_numbered_paragraphs_without_headings_are_items_not_sections() -> None:
    text = (
        "I. NHIỆM VỤ\n1. Tiếp tục chỉ đạo, quán triệt và triển khai. Đẩy mạnh tuyên truyền.\n"
        "2. Rà soát, bổ sung quy chế. Kiểm tra việc thực hiện.\nII. KIẾN NGHỊ\nKhông có.\n"
    )
    assert locations(text) == ["Mục I. NHIỆM VỤ", "Mục II. KIẾN NGHỊ"]


def test_a_sibling_without_heading_closes_the_one_before() -> None:
    text = (
        "I. KẾT QUẢ\n1. Hạ tầng\nTốt.\n2. Dữ liệu\nTốt.\n3. Kinh phí năm nay gồm nhiều nguồn. Có phụ lục.\n"
        "4. Nhân lực\nĐủ.\n"
    )
    assert locations(text) == ["Mục I > 1. Hạ tầng", "Mục I > 2. Dữ liệu", "Mục I > 3", "Mục I > 4. Nhân lực"]


def test_a_law_is_split_by_articles_and_clauses_stay_inside() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nLuật này quy định.\nĐiều 2. Đối tượng\n1. Cơ quan.\n2. Cá nhân.\n"
        "a) Trong nước;\nb) Nước ngoài.\nChương II\nTHI HÀNH\nMục 1. HIỆU LỰC\nĐiều 3. Hiệu lực\nTừ ngày ký.\n"
    )
    found = passages(text)
    assert [p.location for p in found] == [
        "Chương I > Điều 1. Phạm vi",
        "Chương I > Điều 2. Đối tượng",
        "Chương II > Mục 1 > Điều 3. Hiệu lực",
    ]
    assert found[1].text == "Điều 2. Đối tượng\n1. Cơ quan.\n2. Cá nhân.\na) Trong nước;\nb) Nước ngoài."
    assert found[0].heading_text == "Chương I. QUY ĐỊNH CHUNG > Điều 1. Phạm vi"


def test_clauses_inside_a_quoted_amendment_belong_to_the_amended_document() -> None:
    text = (
        "Điều 1. Sửa đổi\nSửa đổi Điều 5 như sau:\n“Điều 5. Trách nhiệm\n1. Bộ chủ trì.\nĐiều 6. Kinh phí\n"
        "Ngân sách bảo đảm.”\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"
    )
    assert locations(text) == ["Điều 1. Sửa đổi", "Điều 2. Hiệu lực"]


def test_an_enclosed_document_starts_a_tree_of_its_own() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\nNơi nhận:\n- Lưu: VT.\nKẾ HOẠCH TRIỂN KHAI\n"
        "(Kèm theo Quyết định số 1/QĐ-UBND)\nI. MỤC TIÊU\nHoàn thành.\n"
        "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch)\nNội dung.\n"
    )
    assert locations(text) == [
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.",
        "Nơi nhận",
        "KẾ HOẠCH TRIỂN KHAI",
        "KẾ HOẠCH TRIỂN KHAI > Mục I. MỤC TIÊU",
        "Phụ lục I. DANH MỤC NHIỆM VỤ",
    ]


WRAPPED = """II. KẾT QUẢ TRIỂN KHAI THỰC HIỆN CÁC NHIỆM VỤ CHUYỂN
ĐỔI SỐ
1. Công tác phổ biến, tuyên truyền nhằm nâng cao nhận thức về bản chất,
nội dung, tầm quan trọng của phát triển khoa học, công nghệ
Đơn vị đã ban hành Quyết định số 23/QĐ-
UBND ngày 12/7/2025 về việc kiện toàn Ban Chỉ đạo phát triển khoa học, công nghệ
và chuyển đổi số của xã, phân công nhiệm vụ cho từng thành viên trong Ban Chỉ đạo
theo lĩnh vực phụ trách và tổ chức họp định kỳ hằng tháng để đánh giá tiến độ.
12
- Nhận thức của cán bộ, đảng viên, công chức về chuyển đổi số được nâng lên; đa số
cán bộ đã hình thành thói quen sử dụng các phần mềm, nền tảng số trong công việc tại
3
cơ quan và ở nhà.
- Ý thứ hai.
2. Hạ tầng số
Hạ tầng được đầu tư đồng bộ tại trụ sở và các điểm dân cư trên địa bàn, bảo đảm đường
truyền thông suốt.
"""


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("blank", ["\n", "\n\n", " \r\n"])
def test_wrapped_lines_are_rejoined_and_page_numbers_dropped(form: str, blank: str) -> None:
    source_text = unicodedata.normalize(form, WRAPPED).replace("\n", blank)
    source = read_bytes(source_text.encode(), "a.txt")
    assert source.text == source_text
    found = split(source, "d1.1")
    assert [p.location for p in found] == [
        "Mục II > 1. Công tác phổ biến, tuyên truyền nhằm nâng cao nhận thức về bản chất, nội dung, tầm quan trọng của "
        "phát triển khoa học, công nghệ",
        "Mục II > 2. Hạ tầng số",
    ]
    first = found[0].text
    assert "Quyết định số 23/QĐ-UBND ngày 12/7/2025" in first
    assert "trong công việc tại cơ quan và ở nhà." in first
    assert first.splitlines()[-1] == "- Ý thứ hai."
    assert found[0].path[0].title == "KẾT QUẢ TRIỂN KHAI THỰC HIỆN CÁC NHIỆM VỤ CHUYỂN ĐỔI SỐ"


def test_offsets_lead_back_to_the_source() -> None:
    for form in ("NFC", "NFD"):
        source = read_bytes(unicodedata.normalize(form, WRAPPED).encode(), "a.txt")
        for passage in split(source, "d1.1"):
            begin = unicodedata.normalize("NFC", source.text[passage.start : passage.end])
            assert begin.split()[0] == passage.text.split()[0]
            assert begin.split()[-1] == passage.text.split()[-1]
            for at, origin in passage.anchors:
                there = unicodedata.normalize("NFC", source.text[origin : origin + 60])
                assert there.split()[0] == passage.text[at:].split()[0]


def test_running_heads_and_page_numbers_of_a_pdf_are_noise() -> None:
    pages = [
        f"UBND xã Giả Định - Báo cáo\n{n}\nNội dung trang số {['một', 'hai', 'ba', 'bốn'][n]} của báo cáo."
        for n in range(4)
    ]
    source = read_bytes("\f".join(pages).encode(), "a.txt")
    text = "\n".join(p.text for p in split(source, "d1.1"))
    assert "UBND xã Giả Định - Báo cáo" not in text
    assert text.count("Nội dung trang số") == 4
    assert not any(line.strip().isdigit() for line in text.splitlines())


def test_provenance_and_rules_are_noise() -> None:
    text = "# source: https://example.org/a.json\n-------\nI. MỤC TIÊU\nMột.\n_____\n"
    assert [p.text for p in passages(text)] == ["I. MỤC TIÊU\nMột."]


def test_long_tables_are_cut_between_rows_and_keep_their_header() -> None:
    rows = "\n".join(
        f"{n} | Nhiệm vụ số {n} về chuyển đổi số trên địa bàn | Sở giả định | Quý {n % 4 + 1}" for n in range(1, 121)
    )
    found = passages(f"PHỤ LỤC\nDANH MỤC NHIỆM VỤ\nTT | Nhiệm vụ | Cơ quan | Thời hạn\n{rows}\n")
    tables = [p for p in found if p.kind == "table"]
    assert len(found) > 4
    assert all(len(p.text.split()) <= 330 for p in found)
    assert all(p.table_header == "TT | Nhiệm vụ | Cơ quan | Thời hạn" for p in tables[1:])
    lines = [line for p in found for line in p.text.splitlines() if "Nhiệm vụ số" in line]
    assert len(lines) == 120
    assert all(line.count(" | ") == 3 for line in lines)


def test_flattened_tables_become_rows_again() -> None:
    rows = "".join(f"{n}\nNhiệm vụ thứ {n} về dữ liệu\nBộ Khoa học và\nCông nghệ\nNăm 2026\n" for n in range(1, 6))
    found = passages(f"PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\nTT\nNhiệm vụ\nCơ quan chủ trì\nThời hạn\n{rows}")
    text = "\n".join(p.text for p in found)
    assert "2 | Nhiệm vụ thứ 2 về dữ liệu | Bộ Khoa học và Công nghệ | Năm 2026" in text.splitlines()
    assert "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn" in text.splitlines()


def test_a_flattened_table_ends_where_its_total_or_the_text_behind_it_begins() -> None:
    rows = "".join(f"{n}\nKhoản chi thứ {n}\n{n}0\n" for n in range(1, 4))
    for behind in ("Tổng cộng\n60\n", ""):
        text = f"I. KINH PHÍ\nSTT\nNội dung\nSố tiền\n{rows}{behind}"
        found = passages(f"{text}Tổng kinh phí đã chi trong kỳ là 60 triệu đồng.\nII. HẠN CHẾ\n- Thiếu máy tính.\n")
        lines = "\n".join(p.text for p in found).splitlines()
        assert "3 | Khoản chi thứ 3 | 30" in lines
        assert "Tổng kinh phí đã chi trong kỳ là 60 triệu đồng." in lines
        assert (" | Tổng cộng | 60" in lines) == bool(behind)
        assert [p.path[-1].label for p in found if "Thiếu máy tính" in p.text] == ["Mục II"]


def test_a_quantity_written_with_a_zero_is_no_row_number() -> None:
    rows = "".join(f"{n}\nThiết bị thứ {n}\n0{5 - n}\n" for n in range(1, 5))
    found = passages(f"I. THIẾT BỊ\nSTT\nTên\nSố lượng\n{rows}II. KHÁC\nMột.\n")[0]
    assert found.text.splitlines()[2:] == [f"{n} | Thiết bị thứ {n} | 0{5 - n}" for n in range(1, 5)]


def test_a_date_at_the_beginning_of_a_line_goes_on_with_the_line_before() -> None:
    text = "I. NHIỆM VỤ\n- Ngầm hóa 3,2 km cáp quang qua ấp Cầu Trắng, phối hợp nhà mạng, xong trước\n30/11/2027.\n"
    assert passages(text)[0].text.endswith("xong trước 30/11/2027.")


def test_lines_of_cells_between_tabs_are_rows() -> None:
    table = "Lĩnh vực\tTrực tuyến\tQuá hạn\nĐất đai\t214\t11\nHộ tịch\t1.126\t2\n"
    (found,) = passages(f"I. KẾT QUẢ\nMột.\n{table}Hai.\n")
    assert (
        found.text == "I. KẾT QUẢ\nMột.\nLĩnh vực | Trực tuyến | Quá hạn\nĐất đai | 214 | 11\nHộ tịch | 1.126 | 2\nHai."
    )
    two = passages("I. KẾT QUẢ\nChỉ tiêu\tKết quả\nMáy tính\t43\nMáy in\t–\n")
    assert two[0].text.splitlines()[2:] == ["Máy tính | 43", "Máy in | –"]
    head = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ MẪU\tĐộc lập - Tự do - Hạnh phúc\n"
    assert " | " not in passages(f"{head}Số: 1/BC-UBND\tMẫu, ngày 01 tháng 7 năm 2025\n")[0].text


def test_a_long_article_becomes_parts_of_one_unit() -> None:
    clauses = "\n".join(f"{n}. " + "từ ngữ giải thích " * 30 + "hết." for n in range(1, 21))
    found = passages(f"Điều 3. Giải thích từ ngữ\n{clauses}\nĐiều 4. Khác\nMột.\n")
    parts = [p for p in found if p.path[-1].label == "Điều 3"]
    assert len(parts) > 2
    assert len({p.unit for p in parts}) == 1
    assert all(len(p.text.split()) <= 600 for p in parts)
    sizes = [len(p.text.split()) for p in parts]
    assert max(sizes) < 2 * min(sizes)


def test_one_endless_paragraph_is_cut_at_sentences() -> None:
    text = "I. MỘT\n" + " ".join(f"Đây là câu số {n} của đoạn văn rất dài." for n in range(400)) + "\n"
    found = passages(text)
    assert all(len(p.text.split()) <= 600 for p in found)
    assert " ".join(p.text.replace("\n", " ") for p in found).count("Đây là câu") == 400


@given(st.lists(st.text(alphabet="ab AB.1|IV)-\nđĐề", max_size=30), max_size=40))
def test_any_text_is_covered_and_ordered(lines: list[str]) -> None:
    text = "x " + "\n".join(lines)
    source = read_bytes(text.encode(), "a.txt")
    last = 0
    for number, passage in enumerate(split(source, "d1.1")):
        assert passage.id == f"d1.1.{number}"
        assert last <= passage.start < passage.end <= len(text)
        last = passage.start
        assert passage.text


# the real samples


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "reports/tan-doan-quy-3-2025.txt",
            ["Phần A > Mục II > 3 > 3.6. Kết quả triển khai, cung cấp dịch vụ công trực tuyến",
             "Phần A > Mục III > 2. Khó khăn",
             "Phần B. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2025.", "Nơi nhận"],
        ),
        (
            "reports/loc-tan-nam-2025.txt",
            ["Mục II > 7. Chính quyền số", "Mục II > 10",
             "Mục V. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM NĂM 2026"],
        ),
        ("reports/quoi-dien-hdnd-2025.txt",
         ["Mục II > 2 > e) Về bồi dưỡng, tập huấn và tuyên truyền", "Mục II > 3. Khó khăn, hạn chế"]),
        ("central/57-NQ-TW.txt", ["Mục I. QUAN ĐIỂM CHỈ ĐẠO", "Mục II > 1. Đến năm 2030", "Mục IV. TỔ CHỨC THỰC HIỆN"]),
        ("central/20-2023-QH15_Luat-Giao-dich-dien-tu.txt",
         ["Chương II > Mục 3 > Điều 19. Giá trị pháp lý của chứng thư điện tử"]),
        ("central/30-2020-ND-CP.txt", ["Chương II > Mục 1 > Điều 8. Thể thức văn bản"]),
        ("plans/Ke-hoach-308-KH-UBND.txt", ["Mục II > 1 > 1.2. Triển khai, phát triển dữ liệu"]),
    ],
)  # fmt: skip
def test_sections_of_real_documents(file: str, expected: list[str]) -> None:
    found = [p.location for p in split(read_document(SHARED / "samples" / file), "d1.1")]
    assert [location for location in expected if location not in found] == []


@pytest.mark.needs_shared
def test_all_articles_of_a_real_law_are_found_in_order() -> None:
    path = Path(SHARED / "samples" / "central" / "Luat-Du-lieu-60-2024-QH15.txt")
    labels = [p.path[-1].label for p in split(read_document(path), "d1.1") if p.path[-1].label.startswith("Điều")]
    assert list(dict.fromkeys(labels)) == [f"Điều {n}" for n in range(1, 47)]
