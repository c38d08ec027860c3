"""Which report and which section of it a question is about, however officers name them."""

import pytest

from assistant.ask.question import Reader
from assistant.ask.report_names import ReportNames
from assistant.ask.section_numbers import sections_numbered
from assistant.ask.sections import SectionFinder
from assistant.reports import load_report_types

_TYPES = load_report_types()
_NAMES = ReportNames(_TYPES)
_FINDER = SectionFinder(_TYPES)
_READER = Reader([*_FINDER.texts()])


@pytest.mark.parametrize(
    ("message", "report_type"),
    [
        ("Mục tiền nong của tổng kết năm ghi gì?", "tong_ket_nam_bcd_chinh_phu"),
        ("bc hằng quý gửi Sở cần gì", "quy_khcn_dmst_cds"),
        ("Mục tuyên truyền quý này em chỉ ghi có đăng bài", "quy_khcn_dmst_cds"),
        ("Báo cáo 5 tháng về Nghị quyết 57 có mấy phụ lục?", "nq57_n_thang_phu_luc"),
        ("Đại biểu HĐND chê phần hạn chế của báo cáo NQ57", "nq57_trinh_hdnd"),
        ("Ban Chỉ đạo xã đưa việc mua máy vào phần cuối báo cáo năm", "bcd_cuoi_nam_10_linh_vuc"),
        ("bao cao 10 linh vuc muc ha tang", "bcd_cuoi_nam_10_linh_vuc"),
    ],
)
def test_a_report_is_known_by_the_words_officers_use(message: str, report_type: str) -> None:
    kind, _ = _NAMES.read(_READER.read(message))

    assert kind is not None
    assert kind.id == report_type


def test_the_name_of_a_report_takes_no_word_of_the_question_with_it() -> None:
    _, about = _NAMES.read(_READER.read("Mục tóm tắt của báo cáo NQ57 N tháng có phải nêu điểm nghẽn không?"))

    assert about.folded == "muc tom tat co phai neu diem nghen khong"


@pytest.mark.parametrize("message", ["Quy chế làm việc của xã ban hành khi nào?", "Báo cáo quy trình số hóa ở đâu?"])
def test_no_report_is_read_into_other_words(message: str) -> None:
    assert _NAMES.read(_READER.read(message))[0] is None


@pytest.mark.parametrize(
    ("message", "report_type", "sections"),
    [
        ("Mục 3.5 cần gì?", "quy_khcn_dmst_cds", ["q_thu_cong_vu"]),
        ("mục II.2.đ", "nq57_trinh_hdnd", ["hd_tap_huan"]),
        ("muc II.2.d", "nq57_trinh_hdnd", ["hd_dieu_hanh_so", "hd_tap_huan"]),
        ("Phần VII viết gì?", "nq57_n_thang_phu_luc", ["nq_danh_gia"]),
        ("Phụ lục 7 mấy cột?", "nq57_n_thang_phu_luc", ["nq_pl7"]),
        ("mục 1 phần III", "bcd_cuoi_nam_10_linh_vuc", ["bcd_danh_gia"]),
        ("điểm b mục 7 phần II", "bcd_cuoi_nam_10_linh_vuc", ["bcd_cqs_phuc_vu"]),
        # the officer, not a point
        ("mục e viết", "nq57_trinh_hdnd", []),
        # pointed to, not asked about
        ("Mục văn bản đã ban hành dẫn tới phụ lục II hay phụ lục III?", "nq57_n_thang_phu_luc", []),
        ("mục tiêu 2 là gì", "quy_khcn_dmst_cds", []),
    ],
)
def test_a_section_is_found_by_its_number(message: str, report_type: str, sections: list[str]) -> None:
    found = sections_numbered(message, _TYPES, _TYPES[report_type])

    assert [section.id for section in found] == sections


def test_a_number_that_one_report_alone_has_needs_no_name() -> None:
    assert [section.id for section in sections_numbered("Mục 3.6 cần số liệu gì?", _TYPES, None)] == ["q_dvctt"]


@pytest.mark.parametrize(
    ("message", "section"),
    [
        ("Mục tiền nong của báo cáo tổng kết năm ghi gì?", "tk_kinh_phi"),
        ("Báo cáo quý: phần iOffice, văn bản đi đến cần nêu gì?", "q_qlvb"),
        ("Họp giao ban qua mạng trong báo cáo quý kê số gì?", "q_hop_truc_tuyen"),
        ("Mục con người làm công nghệ thông tin trong báo cáo quý", "q_nhan_luc"),
        ("Bảng kinh phí kèm báo cáo cuối năm của Ban Chỉ đạo có mấy cột?", "bcd_pl_kinh_phi"),
        # the heading beside a number decides where the officer's own outline counts otherwise
        ("Mục 3 kinh tế số của báo cáo quý cần gì?", "q_kinh_te_so"),
        # another report has a section of nearly these words
        ("Mục Hạ tầng số của tổng kết năm cần nêu gì?", "tk_ha_tang_so"),
    ],
)
def test_a_section_is_found_by_everyday_names_in_the_report_named(message: str, section: str) -> None:
    kind, about = _NAMES.read(_READER.read(message))

    assert _FINDER.find(about, kind)[0].section.id == section


def test_every_section_that_has_an_everyday_name_is_one_of_the_outlines() -> None:
    from assistant.ask.report_names import section_words

    known = {section.id for kind in _TYPES.values() for section in kind.leaves}

    assert {section for group in section_words()["said"] for section in group["sections"]} <= known
    assert set(section_words()["reports"]) <= set(_TYPES)
