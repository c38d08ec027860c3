"""How a draft speaks: abbreviations, repetition, lead-ins, limits, tables that hold their figures."""

import io

import pytest
from docx import Document

from assistant.draft import Draft
from assistant.draft.clauses import begins_with_predicate, covered, is_clause, is_none, repeats
from assistant.draft.model import Cell, Column, DraftTable
from assistant.draft.to_docx import _widths, docx_bytes
from assistant.draft.values import in_words, signs
from assistant.reports import load_report_types
from tests.draft.test_draft_engine import draft_of, quarter, text_of


def body_of(draft: Draft) -> str:
    return "\n".join(paragraph.text for paragraph in draft.paragraphs())


@pytest.mark.parametrize(
    ("text", "clause", "predicate"),
    [
        ("vận hành ổn định", True, True),
        ("hệ thống được phê duyệt cấp độ 2", True, False),
        ("phần mềm diệt virus", False, False),
        ("02 cụm dân cư lõm sóng", False, False),
        ("giao 01 công chức phụ trách", True, True),
    ],
)
def test_words_are_known_by_how_they_are_built(text: str, clause: bool, predicate: bool) -> None:
    assert is_clause(text) is clause
    assert begins_with_predicate(text) is predicate


def test_what_says_nothing_or_the_same_again() -> None:
    assert is_none("Chưa có.")
    assert is_none("không phát sinh")
    assert not is_none("không có sóng")
    assert repeats("01 người có trình độ đại học", "Về trình độ chuyên môn")
    assert not repeats("giao 01 công chức phụ trách", "Về phân công phụ trách an ninh mạng")
    assert covered("Những kết quả nổi bật", "Kết quả nổi bật")
    assert covered("Trong quá trình triển khai còn một số khó khăn, hạn chế", "Khó khăn, vướng mắc")
    assert not covered("Các hoạt động phát triển kinh tế số đã thực hiện", "Về phát triển kinh tế số, xã hội số")


def test_an_abbreviation_is_written_out_where_it_comes_first() -> None:
    draft = draft_of(
        quarter(
            q_qlvb={"edoc_limits": ["CSDL chưa thông suốt, theo NQ 57-NQ/TW và Công văn 5/SKHCN-CĐS"]},
            q_kho_khan={"difficulties": ["CSDL còn phân tán", "Sở KH&CN chưa hướng dẫn", "chờ Sở KH&CN"]},
        )
    )
    first, later = text_of(draft, "q_qlvb"), text_of(draft, "q_kho_khan")
    assert first.startswith("Cơ sở dữ liệu (CSDL) chưa thông suốt, theo Nghị quyết số 57-NQ/TW và Công văn 5/SKHCN-CĐS")
    assert later.startswith("CSDL còn phân tán;\nSở Khoa học và Công nghệ (KH&CN) chưa hướng dẫn;\nChờ Sở KH&CN.")
    told = [item for p in draft.paragraphs() for item in p.evidence if getattr(item, "field", "") == "abbreviation"]
    assert [item.value for item in told] == ["cơ sở dữ liệu", "Nghị quyết", "khoa học và công nghệ"]
    assert draft.unsupported == ()


def test_no_bracket_stands_in_or_before_a_bracket() -> None:
    found = ["chưa rõ đầu mối (UBND xã)", "UBND xã thiếu người", "chờ UBND tỉnh"]
    told = text_of(draft_of(quarter(q_kho_khan={"difficulties": found})), "q_kho_khan")
    assert told == ("Chưa rõ đầu mối (Ủy ban nhân dân xã);\nỦy ban nhân dân (UBND) xã thiếu người;\nChờ UBND tỉnh.")


def test_an_abbreviation_that_does_not_come_again_is_only_written_out() -> None:
    draft = draft_of(quarter(q_kho_khan={"difficulties": ["CSDL còn phân tán", "thiếu người"]}))
    assert text_of(draft, "q_kho_khan") == "Cơ sở dữ liệu còn phân tán;\nThiếu người."
    row = {"nhom": "Chính quyền số", "chi_tieu": "Kết nối CSDL", "muc_giao": "100%", "danh_gia": "Đạt"}
    again = quarter(q_kho_khan={"difficulties": ["CSDL còn phân tán"]}, q_chi_tieu_cqs={"indicators": [row]})
    assert text_of(draft_of(again), "q_kho_khan") == "Cơ sở dữ liệu (CSDL) còn phân tán."


def test_spans_still_name_their_words_after_an_abbreviation_grew() -> None:
    draft = draft_of(quarter(q_qlvb={"vb_system": "QLVB của UBND tỉnh", "docs_in": 1234}))
    paragraph = next(p for p in draft.paragraphs() if "1.234" in p.text)
    words = {paragraph.text[s.start : s.end] for s in paragraph.spans if s.mark.field == "q_qlvb.docs_in"}
    assert "1.234 văn bản đến" in words


def test_gaps_and_open_points_keep_their_words() -> None:
    draft = draft_of(quarter(q_pm_cbccvc={"hr_records_rate": 120}))
    assert "[Cần đối chiếu: Tỷ lệ hồ sơ CBCCVC cập nhật phần mềm: 120 vượt mức tối đa 100%]" in body_of(draft)


def test_figures_told_by_an_earlier_section_are_referred_to() -> None:
    figures = {"docs_in": 210, "docs_in_system": 205, "docs_out": 48}
    draft = draft_of(quarter(q_qlvb=dict(figures), q_hop_truc_tuyen={**figures, "vc_meetings": 7}))
    assert "tiếp nhận 210 văn bản đến" in text_of(draft, "q_qlvb")
    told = text_of(draft, "q_hop_truc_tuyen")
    assert "210" not in told
    assert "07 cuộc họp trực tuyến" in told
    assert "(Văn bản điện tử, xử lý công việc trên môi trường mạng đã nêu tại mục II.3.1)." in told
    # another figure is another statement
    other = draft_of(quarter(q_qlvb=dict(figures), q_hop_truc_tuyen={**figures, "docs_out": 49}))
    assert "ban hành 49 văn bản đi" in text_of(other, "q_hop_truc_tuyen")


def test_limits_stand_after_the_results_of_the_section() -> None:
    told = text_of(draft_of(quarter(q_trang_ttdt={
        "website_url": "https://mau.vidu.gov.vn", "website_status": "vận hành ổn định", "web_posts_total": 12,
        "website_limits": ["chuyên mục còn trống"], "website_proposals": ["hỗ trợ tập huấn"],
    })), "q_trang_ttdt")  # fmt: skip
    assert told.endswith("12 tin, bài. Tuy nhiên, chuyên mục còn trống. Đề xuất hỗ trợ tập huấn.")
    assert "Trang thông tin điện tử xã (https://mau.vidu.gov.vn) vận hành ổn định." in told


def test_particulars_of_the_whole_report_are_listed_where_they_are_missing() -> None:
    draft = draft_of(quarter())
    assert "header.data_cutoff_date" in draft.missing
    assert "header.commune_name" not in draft.missing


def test_an_open_point_stands_beside_the_document_it_is_about() -> None:
    documents = [{"loai": "Kế hoạch", "so": "1/KH-UBND", "ngay": "02/01/2026"},
                 {"loai": "Kế hoạch", "so": "2/KH-UBND", "ngay": "30/02/2026"}]  # fmt: skip
    lines = text_of(draft_of(quarter(q_chi_dao={"directives_issued": documents})), "q_chi_dao").splitlines()
    marked = [line for line in lines if "[Cần đối chiếu" in line]
    assert len(marked) == 1
    assert "2/KH-UBND" in marked[0]


def test_dates_of_free_columns_are_written_the_vietnamese_way() -> None:
    tasks = [{"noi_dung": "Số hóa sổ hộ tịch", "thoi_han": "2026-05-15"}, {"noi_dung": "Mở lớp", "thoi_han": "Quý II"}]
    assert "thời hạn: 15/5/2026" in text_of(draft_of(quarter(q_phuong_huong={"next_tasks": tasks})), "q_phuong_huong")


def test_no_figure_of_a_table_is_broken_and_no_page_stays_empty_before_an_annex() -> None:
    columns = tuple(Column(label, "right") for label in ("STT", "Số tiền", "Đã giải ngân", "Còn lại", "Tỷ lệ"))
    money = Cell("1.180.000.000")
    table = DraftTable("Kinh phí", columns, ((Cell("1"), money, money, money, Cell("100%")),))
    assert min(_widths(table, 165.0, 13.0)[1:4]) > 30.0
    draft = draft_of(quarter(q_phu_luc={"bieu_so_hoa": [{"linh_vuc": "Hộ tịch", "dig_target": 5, "dig_done": 5}]}))
    document = Document(io.BytesIO(docx_bytes(draft)))
    ends = [p for p in document.paragraphs if p._p.xpath("./w:pPr/w:sectPr")]
    assert ends
    assert all(p.style is not None and p.style.font.size.pt == 1 for p in ends)


def test_a_document_that_the_subject_names_is_cited_as_a_section_gives_it() -> None:
    raw = quarter(q_tuyen_truyen={"superior_docs": [
        {"loai": "Nghị quyết", "so": "71/NQ-CP", "ngay": "2025-04-01", "co_quan": "Chính phủ", "trich_yeu": "về b"},
    ]})  # fmt: skip
    raw["header"]["report_title"] = "Kết quả thực hiện Nghị quyết số 71/NQ-CP quý III năm 2026"
    draft = draft_of(raw)
    assert "Thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ về b" in draft.opening[0].text
    assert text_of(draft, "q_tuyen_truyen").startswith("Đã tổ chức quán triệt, triển khai Nghị quyết số 71/NQ-CP.")


def test_a_sentence_told_by_an_earlier_section_is_not_said_again() -> None:
    draft = draft_of(quarter(q_thu_cong_vu={"mail_rate": 100}, q_dvctt={"mail_rate": 100}))
    assert "(Thư điện tử công vụ đã nêu tại mục II.3.5)." in text_of(draft, "q_dvctt")


@pytest.mark.parametrize(
    ("given", "printed", "said"),
    [
        (">= 85%", "≥ 85%", "từ 85% trở lên"),
        ("hồ sơ trực tuyến >=85% trở lên", "hồ sơ trực tuyến ≥ 85% trở lên", "hồ sơ trực tuyến từ 85% trở lên"),
        ("≥ 05 máy", "≥ 05 máy", "tối thiểu 05 máy"),
        ("xuống < 15%", "xuống < 15%", "xuống dưới 15%"),
        ("dân cư thưa (< 40 hộ/cụm), cách > 25 km", None, "dân cư thưa (dưới 40 hộ/cụm), cách trên 25 km"),
        ("quá hạn <= 1%", "quá hạn ≤ 1%", "quá hạn không quá 1%"),
        ("bảng <55 inch>, a<b, x->5, 7 > 5", None, None),
    ],
)
def test_comparisons_are_printed_as_officers_write_them(given: str, printed: str | None, said: str | None) -> None:
    assert signs(given) == (printed or given)
    assert in_words(given) == (said or given)


def test_comparisons_in_tables_and_in_running_text() -> None:
    rows = [{"chi_tieu": "Hồ sơ trực tuyến", "muc_giao": ">= 85%", "ket_qua_so": "77%", "danh_gia": "Đạt"}]
    draft = draft_of(quarter(q_chi_tieu_cqs={"indicators": rows}, q_phuong_huong={"next_targets": ["số hóa >= 85%"]}))
    section = next(item for item in draft.sections if item.id == "q_chi_tieu_cqs")
    assert "≥ 85%" in [cell.text for row in section.tables[0].rows for cell in row]
    assert text_of(draft, "q_chi_tieu_cqs").endswith("kết quả 77% không thỏa mức giao ≥ 85%]")
    assert "từ 85% trở lên" in text_of(draft, "q_phuong_huong")


def test_open_points_name_the_document_and_leave_remarks_out() -> None:
    documents = [
        {"loai": "Kế hoạch", "so": "09/KH-UBND", "ngay": "14/01/2026"},
        {"loai": "Công văn", "so": "118/UBND-VX", "ngay": "30/02/2026"},
    ]
    draft = draft_of(quarter(q_chi_dao={"directives_issued": documents}, q_so_hoa={"dig_target": 5, "dig_done": 6}))
    said = "[Cần đối chiếu: 118/UBND-VX: Ngày ban hành: ngày «30/02/2026» không có trong lịch]"
    assert [line[:15] for line in text_of(draft, "q_chi_dao").split("\n") if said in line] == ["Công văn số 118"]
    # the label holds "(có giá trị tái sử dụng)"
    assert "[Cần đối chiếu: Đã số hóa lên kho dữ liệu ghi 6, lớn hơn hồ sơ, kết quả phải số hóa (5)]" in text_of(
        draft, "q_so_hoa"
    )


def test_the_span_of_a_section_is_said_only_where_it_is_another() -> None:
    raw = quarter(q_dvctt={"rec_total": 5, "period_start": "2026-07-01", "data_cutoff_date": "2026-09-15"})
    raw["header"] |= {"period_start": "2026-07-01", "data_cutoff_date": "2026-09-15"}
    assert "01/7/2026" not in text_of(draft_of(raw), "q_dvctt")
    raw["header"] |= {"period_start": "2026-06-15", "data_cutoff_date": "2026-09-20"}
    said = "Số liệu của mục này được tính từ ngày 01/7/2026 đến ngày 15/9/2026."
    assert said in text_of(draft_of(raw), "q_dvctt")


def test_errors_about_the_whole_report_are_marked_where_the_figure_stands_once() -> None:
    raw = quarter(q_hop_truc_tuyen={"vc_meetings": 3}, q_attt={"sec_incidents": 0})
    raw["header"] |= {"period_start": "2026-07-01", "period_end": "31/9/2026"}
    raw["vc_online_rate"] = 120
    draft = draft_of(raw)
    assert "đến ngày 31/9/2026" in draft.opening[1].text
    assert draft.opening[1].text.endswith("[Cần đối chiếu: Đến ngày: ngày «31/9/2026» không có trong lịch]")
    assert sum("vượt mức tối đa 100%]" in paragraph.text for paragraph in draft.paragraphs()) == 1


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["Phụ lục II"], "dẫn Phụ lục II nhưng báo cáo kèm theo Phụ lục]"),
        (["Phụ lục số liệu", "Phụ lục II"], "dẫn Phụ lục số liệu và Phụ lục II nhưng báo cáo kèm theo Phụ lục]"),
        (["Phụ lục"], "Kèm theo báo cáo: Phụ lục."),
        (["Phụ lục số liệu"], "Kèm theo báo cáo: Phụ lục số liệu."),
    ],
)
def test_annexes_that_the_officer_names_are_those_of_the_report(named: list[str], said: str) -> None:
    raw = quarter(q_phu_luc={"bieu_so_hoa": [{"linh_vuc": "Hộ tịch", "dig_target": 5, "dig_done": 5}]})
    raw["header"]["appendix_refs"] = named
    draft = draft_of(raw)
    assert said in draft.closing[0].text
    assert any(problem.field == "header.appendix_refs" for problem in draft.problems) == ("nhưng" in said)


def test_the_name_of_the_place_is_written_one_way() -> None:
    raw = quarter()
    raw["header"] |= {"commune_name": "Hoà Lâm", "org_name": "Uỷ ban nhân dân xã Hoà Lâm", "population": 5}
    opening = "\n".join(paragraph.text for paragraph in draft_of(raw).opening)
    assert "Ủy ban nhân dân xã Hoà Lâm" in opening
    assert "Hòa" not in opening


def test_documents_of_the_time_to_come_were_not_yet_spread() -> None:
    plan = {"loai": "Kế hoạch", "so": "9/KH-UBND", "ngay": "2026-01-20", "co_quan": "UBND tỉnh Ví Dụ"}
    values = {"next_tasks": [{"noi_dung": "mở lớp"}], "superior_docs": [plan]}
    raw = {"report_type": "tong_ket_nam_bcd_chinh_phu", "sections": {"tk_ph_nhan_thuc": values}}
    assert text_of(draft_of(raw), "tk_ph_nhan_thuc").startswith("Tiếp tục quán triệt, triển khai Kế hoạch")


def test_the_same_words_about_two_things_are_said_twice() -> None:
    sections = {"q_ha_tang": {"infra_notes": ["chưa có"]}, "q_xa_hoi_so": {"soc_actions": ["chưa có"]}}
    draft = draft_of(quarter(**sections))
    assert "chưa có." in text_of(draft, "q_ha_tang")
    assert text_of(draft, "q_xa_hoi_so").endswith("chưa có.")


def test_a_total_row_is_labelled_before_its_first_total() -> None:
    rows = [{"dig_target": 5, "dig_done": 4}, {"dig_target": 3, "dig_done": 3}]
    draft = draft_of(quarter(q_phu_luc={"bieu_so_hoa": rows}))
    table = next(t for s in draft.sections for t in s.tables if t.field == "q_phu_luc.bieu_so_hoa")
    assert [cell.text for cell in table.rows[-1]] == ["Tổng", "08", "07"]


def test_a_gap_keeps_the_numerals_of_its_heading() -> None:
    raw = quarter()
    raw["header"]["next_period_label"] = "Quý IV/2026"
    assert "quý iv" not in text_of(draft_of(raw), "q_phuong_huong")


@pytest.mark.parametrize("kind", ["phường", "đặc khu"])
def test_the_first_and_last_page_speak_of_the_kind_of_place(kind: str) -> None:
    for report_type in load_report_types():
        header = {"commune_kind": kind, "commune_name": "Mẫu", "report_title": "Kết quả năm 2026"}
        head = draft_of({"report_type": report_type, "header": header}).header
        lines = " ".join((*head.superior, *head.agency, *head.addressees, *head.recipients, *head.authority))
        assert " xã" not in lines.lower().replace("xã hội", "")
