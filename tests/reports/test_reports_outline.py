"""A report type from an office's own outline: headings, matches, a file that works at once."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import EmptyDocumentError
from assistant.reports import get_report_type, read_inputs
from assistant.reports.outline_headings import read_outline, walk
from assistant.reports.outline_import import import_outline, slug
from assistant.reports.outline_match import match_heading

# an outline of a fictional province: other order, other words, twenty-two headings to match
OUTLINE = """SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH VÍ DỤ
ĐỀ CƯƠNG BÁO CÁO
Tình hình chuyển đổi số 9 tháng đầu năm 2026
(Kèm theo Công văn số 99/SKHCN-CĐS ngày 01/9/2026)

Phần I. CÔNG TÁC CHỈ ĐẠO
1. Việc phổ biến, quán triệt các nghị quyết, kế hoạch của cấp trên
2. Văn bản do địa phương ban hành: nêu số, ngày, trích yếu
3. Kiện toàn Ban Chỉ đạo, tổ giúp việc
4. Kiểm tra, giám sát, đôn đốc
Phần II. KẾT QUẢ
1. Hạ tầng
a) Trang thiết bị CNTT, mạng LAN
b) Phủ sóng di động, cáp quang, vùng lõm sóng
2. Tiếp nhận, giải quyết hồ sơ TTHC
- Tổng số hồ sơ, trực tuyến, trực tiếp
3. Thanh toán trực tuyến phí, lệ phí
4. Số hóa hồ sơ và tái sử dụng dữ liệu
5. Chữ ký số
6. Thư công vụ
7. Hội nghị truyền hình
8. Trang thông tin điện tử của xã
9. Bảo đảm an toàn thông tin mạng
10. Kinh tế số, xã hội số
11. Tổ CNSCĐ
12. Đào tạo, bồi dưỡng kỹ năng số
13. Tình hình sử dụng kinh phí
14. Mô hình hay, cách làm hiệu quả
Phần III. ĐÁNH GIÁ
1. Kết quả nổi bật
2. Tồn tại, hạn chế và nguyên nhân
Phần IV. NHIỆM VỤ, GIẢI PHÁP 3 THÁNG CUỐI NĂM
1. Về hạ tầng số
2. Về dịch vụ công
Phần V. ĐỀ XUẤT, KIẾN NGHỊ
Phụ lục I. Kết quả thực hiện các chỉ tiêu
Phụ lục II. Kinh phí và giải ngân
"""

EXPECTED = {
    "Việc phổ biến, quán triệt các nghị quyết, kế hoạch của cấp trên": {"dissemination"},
    "Văn bản do địa phương ban hành": {"directives"},
    "Kiện toàn Ban Chỉ đạo, tổ giúp việc": {"steering_committee"},
    "Kiểm tra, giám sát, đôn đốc": {"supervision"},
    "Trang thiết bị CNTT, mạng LAN": {"equipment"},
    "Phủ sóng di động, cáp quang, vùng lõm sóng": {"connectivity"},
    "Tiếp nhận, giải quyết hồ sơ TTHC": {"dossiers"},
    "Thanh toán trực tuyến phí, lệ phí": {"online_payment"},
    "Số hóa hồ sơ và tái sử dụng dữ liệu": {"digitization"},
    "Chữ ký số": {"digital_signatures"},
    "Thư công vụ": {"official_mail"},
    "Hội nghị truyền hình": {"video_conferences"},
    "Trang thông tin điện tử của xã": {"website"},
    "Bảo đảm an toàn thông tin mạng": {"information_security"},
    "Kinh tế số, xã hội số": {"digital_economy", "digital_society"},
    "Tổ CNSCĐ": {"community_teams"},
    "Đào tạo, bồi dưỡng kỹ năng số": {"training"},
    "Tình hình sử dụng kinh phí": {"funding"},
    "Mô hình hay, cách làm hiệu quả": {"breakthrough_models"},
    "Kết quả nổi bật": {"assessment"},
    "Tồn tại, hạn chế và nguyên nhân": {"difficulties"},
    "Về hạ tầng số": {"next_period"},
    "Về dịch vụ công": {"next_period"},
    "ĐỀ XUẤT, KIẾN NGHỊ": {"proposals"},
    "Kết quả thực hiện các chỉ tiêu": {"indicators"},
    "Kinh phí và giải ngân": {"funding"},
}


def test_headings_with_their_levels() -> None:
    outline = read_outline(OUTLINE)
    assert outline.title == "BÁO CÁO Tình hình chuyển đổi số 9 tháng đầu năm 2026"
    assert [heading.number for heading in outline.headings] == ["I", "II", "III", "IV", "V"]
    infrastructure = outline.headings[1].children[0]
    assert [(h.number, h.text) for h in infrastructure.children] == [
        ("a", "Trang thiết bị CNTT, mạng LAN"),
        ("b", "Phủ sóng di động, cáp quang, vùng lõm sóng"),
    ]
    assert outline.headings[0].children[1].guidance == ["nêu số, ngày, trích yếu"]
    assert len(outline.appendices) == 2
    assert len(list(walk(outline.headings))) == 29


def test_each_heading_finds_its_topics() -> None:
    imported = import_outline(OUTLINE, "de-cuong")
    found = {h.text: {m.topic for m in h.matches} if h.taken else set() for h in imported.flat() if not h.children}
    wrong = {text: found.get(text) for text, topics in EXPECTED.items() if not topics <= found.get(text, set())}
    assert wrong == {}
    assert sum(len(topics) for topics in found.values()) <= 1.4 * len(found)


@pytest.mark.parametrize(
    ("heading", "topics"),
    [
        ("Phản ánh, kiến nghị của công dân", ["citizen_feedback"]),
        ("Kiến nghị với cấp trên", ["proposals"]),
        ("Tồn tại, nguyên nhân", ["difficulties"]),
    ],
)
def test_what_citizens_send_in_is_not_what_the_office_asks_for(heading: str, topics: list[str]) -> None:
    assert [match.topic for match in match_heading(heading)] == topics


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        ("A. MỘT\nI. HAI\n1. Ba\n1.1. Bốn\nB. NĂM", ["A", "I", "1", "1.1", "B"]),
        ("I/ MỘT\n1/ Hai\na) Ba\nđ) Bốn\nII/ NĂM", ["I", "1", "a", "đ", "II"]),
        ("B. MỘT\nC. HAI\nD. BA", ["B", "C", "D"]),
        ("PHẦN THỨ NHẤT\nTÌNH HÌNH\nI. Một", ["NHẤT", "I"]),
    ],
)
def test_ways_of_numbering(lines: str, numbers: list[str]) -> None:
    assert [heading.number for heading in walk(read_outline(lines).headings)] == numbers


def test_broken_lines_are_joined_and_the_letter_before_is_skipped() -> None:
    text = "1. Đề nghị gửi trước ngày 15\nĐỀ CƯƠNG\nI. KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU,\nCHỈ TIÊU\nNơi nhận:\n- Như trên"
    outline = read_outline(text)
    assert [heading.text for heading in outline.headings] == ["KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU, CHỈ TIÊU"]


def test_an_outline_without_headings() -> None:
    with pytest.raises(EmptyDocumentError):
        import_outline("Kính gửi: các xã", "x")


def test_ids() -> None:
    assert slug("Báo cáo quý: Đổi mới") == "bao_cao_quy_doi_moi"


def test_the_new_type_works_at_once(tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "de-cuong.txt", tmp_path / "cds_9_thang.yaml"
    source.write_text(OUTLINE, "utf-8")
    assert main(["reports", "new", "--outline", str(source), "-o", str(target), "--json"]) == 0
    match = json.loads(capsys.readouterr().out)
    assert match["id"] == "cds_9_thang"
    assert all(heading["matched"] for heading in match["headings"])
    assert main(["reports"]) == 0
    assert "cds_9_thang\tBáo cáo tình hình chuyển đổi số 9 tháng đầu năm 2026" in capsys.readouterr().out
    report_type = get_report_type("cds_9_thang", data_dir / "reports")
    assert report_type.custom
    section = next(s for s in report_type.leaves if s.heading == "Tiếp nhận, giải quyết hồ sơ TTHC")
    assert (section.number, section.level) == ("2", 2)
    assert "rec_total" in {field.name for field in section.fields}
    assert [s.number for s in report_type.children(None)] == [
        "Phần I", "Phần II", "Phần III", "Phần IV", "Phần V", "Phụ lục I", "Phụ lục II",
    ]  # fmt: skip
    assert read_inputs({"sections": {section.id: {"rec_total": 5}}}, report_type).problems == ()
    assert main(["inputs", "cds_9_thang", "-o", str(tmp_path / "a.xlsx")]) == 0


def test_a_corrected_type_is_taken_in_and_a_wrong_one_refused(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = tmp_path / "rieng.yaml"
    good.write_text("id: rieng\nname: Riêng\nsections:\n- {id: r1, heading: MỘT, topics: [funding]}\n", "utf-8")
    assert main(["reports", "add", str(good)]) == 0
    assert get_report_type("rieng", data_dir / "reports").leaves[0].fields
    bad = tmp_path / "sai.yaml"
    bad.write_text("id: sai\nname: Sai\nsections:\n- {id: r1, heading: MỘT, topics: [fundin]}\n", "utf-8")
    capsys.readouterr()
    assert main(["reports", "add", str(bad)]) == 1
    assert "sai.yaml" in capsys.readouterr().err
    assert not (data_dir / "reports/sai.yaml").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id: ../../ngoai\nname: A\nsections:\n- {id: r1, heading: M, topics: [funding]}\n", "«../../ngoai»"),
        (b"- 1\n- 2\n", "chưa dùng được; hãy"),
        (b"", "chưa dùng được; hãy"),
        (b"name: A\n", "thiếu hoặc không có 'sections'"),
        (b"id: B\xe1o\n", "UTF-8"),
    ],
)
def test_a_type_from_elsewhere_is_refused_in_vietnamese_and_stays_in_its_folder(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    source = tmp_path / "la.yaml"
    source.write_bytes(content)
    assert main(["reports", "add", str(source)]) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.rglob("ngoai*"))


def test_a_built_in_type_is_not_replaced(tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "de-cuong.txt"
    source.write_text(OUTLINE, "utf-8")
    target = tmp_path / "quy_khcn_dmst_cds.yaml"
    assert main(["reports", "new", "--outline", str(source), "-o", str(target)]) == 1
    assert "loại báo cáo có sẵn" in capsys.readouterr().err
    assert not target.exists()
    assert not (data_dir / "reports").exists()


@pytest.mark.parametrize(("name", "content"), [("a.txt", b""), ("a.docx", b"no zip"), ("a.pdf", b"%PDF-1.4 broken")])
def test_an_outline_that_cannot_be_read(
    tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["reports", "new", "--outline", str(tmp_path / name), "-o", str(tmp_path / "x.yaml")]) == 1
    error = capsys.readouterr().err.strip()
    assert error
    assert "\n" not in error
    assert not (tmp_path / "x.yaml").exists()


def test_a_broken_type_of_the_user_does_not_stop_the_others(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_dir / "reports").mkdir(parents=True)
    (data_dir / "reports/hong.yaml").write_text("id: hong\nname: [", "utf-8")
    assert main(["reports"]) == 0
    shown = capsys.readouterr()
    assert "hong.yaml" in shown.err
    assert len(shown.out.splitlines()) == 5
    assert main(["reports", "hong"]) == 1
    assert "hong.yaml" in capsys.readouterr().err
