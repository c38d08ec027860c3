"""What a draft says and where every word of it comes from."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.draft import Draft, apply_edits, draft_json, draft_report, render_html
from assistant.draft.gather import SPAN_FIELDS
from assistant.draft.model import Paragraph
from assistant.errors import UnknownNameError
from assistant.legal.registry import Registry
from assistant.paths import KNOWLEDGE, PROMPTS
from assistant.reports import get_report_type, load_topics, read_inputs
from benchmarks.draft_quality import coverage

EXAMPLES = sorted((KNOWLEDGE / "examples").glob("*.yaml"))
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "inputs"
REGISTRY = Registry.load()
QUARTER = "quy_khcn_dmst_cds"


def draft_of(raw: dict[str, Any], *, previous: dict[str, Any] | None = None, section: str | None = None) -> Draft:
    report_type = get_report_type(raw["report_type"])
    before = read_inputs(previous, report_type) if previous is not None else None
    inputs = read_inputs(raw, report_type)
    return draft_report(report_type, load_topics(), inputs, REGISTRY, section=section, previous=before)


def quarter(**sections: dict[str, Any]) -> dict[str, Any]:
    header = {"commune_kind": "xã", "commune_name": "Mẫu", "province": "Ví Dụ", "village_kind": "thôn",
              "period_label": "Quý III/2026", "report_title": "Kết quả quý III năm 2026"}  # fmt: skip
    return {"report_type": QUARTER, "header": header, "sections": sections}


def text_of(draft: Draft, section: str) -> str:
    found = next(item for item in draft.sections if item.id == section)
    return "\n".join(paragraph.text for paragraph in found.paragraphs)


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.stem)
def test_examples_tell_everything_and_nothing_more(source: Path) -> None:
    raw = yaml.safe_load(source.read_text(encoding="utf-8"))
    draft = draft_of(raw)
    told = coverage(read_inputs(raw, get_report_type(raw["report_type"])), draft)
    assert told.lost == []
    assert draft.unsupported == ()
    assert [problem for problem in draft.problems if problem.severity == "error"] == []
    assert all(section.missing == () for section in draft.sections)


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", ["tan-doan-quy-3-2025", "loc-tan-nam-2025", "quoi-dien-hdnd-2025"])
def test_samples_tell_everything_and_nothing_more(name: str) -> None:
    raw = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    draft = draft_of(raw)
    told = coverage(read_inputs(raw, get_report_type(raw["report_type"])), draft)
    assert told.lost == []
    assert draft.unsupported == ()


def test_a_report_without_a_title_says_so_in_its_own_words() -> None:
    raw = quarter()
    del raw["header"]["report_title"]
    assert draft_of(raw).title == "[Chưa có trích yếu báo cáo]"


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.stem)
def test_what_an_annex_does_not_print_stands_in_the_text(source: Path) -> None:
    raw = yaml.safe_load(source.read_text(encoding="utf-8"))
    report_type = get_report_type(raw["report_type"])
    for section in (item for item in report_type.sections if item.appendix):
        for name, value in raw["sections"].get(section.id, {}).items():
            if isinstance(value, list) and isinstance(value[0], dict):
                # the annex tells other records, and fewer columns, than the text
                raw["sections"][section.id][name] = [dict(list(value[0].items())[:1])]
    told = coverage(read_inputs(raw, report_type), draft_of(raw))
    assert told.lost == []


def test_values_in_the_annex_count_only_for_what_it_prints() -> None:
    raw = yaml.safe_load((KNOWLEDGE / "examples" / "nq57_n_thang_phu_luc.yaml").read_text(encoding="utf-8"))
    row = {"noi_dung": "hỗ trợ điện cho trạm phát sóng", "co_quan_chu_tri": "Sở Công Thương", "thoi_han": "quý IV"}
    raw["sections"]["nq_kien_nghi"] = {"proposals": [row]}
    raw["sections"]["nq_pl10"] = {"proposals": [{"noi_dung": "cấp máy tính"}]}
    assert "(chủ trì: Sở Công Thương; thời hạn: quý IV)" in text_of(draft_of(raw), "nq_kien_nghi")
    raw["sections"]["nq_pl10"] = {"proposals": [{"noi_dung": "cấp máy tính"}, row]}
    assert "Sở Công Thương" not in text_of(draft_of(raw), "nq_kien_nghi")


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.stem)
def test_every_paragraph_that_states_something_has_evidence(source: Path) -> None:
    draft = draft_of(yaml.safe_load(source.read_text(encoding="utf-8")))
    bare = [p.text for p in draft.paragraphs() if not p.evidence and p.kind != "lead"]
    assert bare == []
    keys = [paragraph.key for paragraph in draft.paragraphs()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("section", "values", "said"),
    [
        ("q_dvctt", {"rec_total": 1941, "rec_online": 332, "rec_direct": 1609, "rec_carried": 0},
         "tiếp nhận 1.941 hồ sơ thủ tục hành chính, trong đó tiếp nhận trực tuyến 332 hồ sơ, đạt tỷ lệ 17,1%; tiếp nhận"
         " trực tiếp hoặc qua bưu chính 1.609 hồ sơ; không có hồ sơ kỳ trước chuyển sang."),
        ("q_dvctt", {"rec_total": "trên 150"}, "tiếp nhận trên 150 hồ sơ thủ tục hành chính"),
        ("q_attt", {"sec_incidents": 0}, "không phát sinh sự cố an toàn thông tin"),
        ("q_attt", {"sec_incidents": "không có"}, "không phát sinh sự cố an toàn thông tin, không để"),
        ("q_nhan_luc", {"cdt_teams": 0, "cdt_members": 0}, "Trên địa bàn xã chưa có Tổ công nghệ số cộng đồng."),
        ("q_so_hoa", {"dig_target": 12, "dig_done": 0}, "là 12 hồ sơ; chưa số hóa hồ sơ nào lên kho dữ liệu."),
        ("q_chu_ky_so", {"sig_leader": 3, "sig_org": 0}, "03 chữ ký số của lãnh đạo; không có chữ ký số của tổ chức."),
        ("q_attt", {"sec_incidents": 2}, "đã ghi nhận 02 sự cố an toàn thông tin"),
        ("q_attt", {"sec_incidents": 1}, "đã ghi nhận 01 sự cố an toàn thông tin. "),
        ("q_attt", {"antivirus": "BKAV", "sec_level_status": "02 hệ thống đã được phê duyệt cấp độ 2"},
         "phần mềm phòng, chống mã độc BKAV. Về phê duyệt cấp độ an toàn hệ thống thông tin, 02 hệ thống"),
        ("q_kinh_te_so", {"ocop_products": [{"ten": "Chè"}]}, "có 01 sản phẩm OCOP, là Chè."),
        ("q_attt", {"antivirus": "chưa có", "sec_measures": ["không"], "sec_level_status": "chưa có"},
         "Giải pháp an toàn thông tin đã áp dụng: không có. Chưa có phần mềm phòng, chống mã độc. "
         "Hệ thống thông tin được phê duyệt cấp độ: chưa có."),
        ("q_kho_khan", {"difficulties": ["không"]}, "Khó khăn, hạn chế: không có."),
        ("q_hop_truc_tuyen", {"vc_limits": ["không"]}, "Không có hạn chế."),
        ("q_trang_ttdt", {"web_posts_total": 0, "web_directive_docs": 2},
         "điện tử xã đã đăng tải 02 văn bản chỉ đạo, điều hành; chưa đăng tải tin, bài."),
        ("q_attt", {}, "đã áp dụng: chưa có số liệu]"),
        ("q_pakn", {"app_feedback_count": 0}, "không phát sinh phản ánh, kiến nghị"),
        ("q_thu_cong_vu", {"mail_issued": 44, "mail_active": 44, "mail_rate": 100}, "đã cấp 44 hộp thư"),
        ("q_chu_ky_so", {"sig_leader_rate": 100}, "100% lãnh đạo có chữ ký số."),
        ("q_chu_ky_so", {"sig_leader_rate": 98.5}, "Tỷ lệ lãnh đạo có chữ ký số đạt 98,5%."),
        ("q_ha_tang", {"wifi_villages": 0}, "Chưa có thôn được lắp đặt wifi công cộng."),
        ("q_so_hoa", {"dig_target": 1542, "dig_done": 1207}, "lên kho dữ liệu 1.207 hồ sơ, đạt 78,27%"),
        ("q_hop_truc_tuyen", {"vc_limits": ["âm thanh kém"]}, "Âm thanh kém."),
        ("q_hop_truc_tuyen", {"vc_meetings": 3, "vc_limits": ["âm thanh kém"]}, "Tuy nhiên, âm thanh kém."),
        ("q_hop_truc_tuyen", {"vc_meetings": 3, "vc_limits": ["không có"]}, "Không có hạn chế."),
        ("q_kien_nghi", {"proposals": [{"noi_dung": "đề nghị hỗ trợ máy"}]},
         "Ủy ban nhân dân xã đề nghị hỗ trợ máy."),
        ("q_dvctt", {"rec_total": 5, "rec_online": 0, "rec_direct": 5, "rec_carried": 0},
         "không có hồ sơ nộp trực tuyến; tiếp nhận trực tiếp hoặc qua bưu chính 05 hồ sơ"),
        ("q_dvctt", {"rec_resolved": 5, "rec_pending": 0, "rec_paused": 0},
         "Không còn hồ sơ đang giải quyết; không có hồ sơ tạm dừng."),
        ("q_trang_ttdt", {"website_status": "chưa có"}, "Chưa có Trang thông tin điện tử xã."),
        ("q_hop_truc_tuyen", {"vc_description": "vận hành tốt"}, "Hệ thống họp trực tuyến vận hành tốt."),
        ("q_hop_truc_tuyen", {"vc_description": "họp trực tuyến Poly"}, "Đang sử dụng hệ thống họp trực tuyến Poly."),
        ("q_hop_truc_tuyen", {"vc_description": "hệ thống của tỉnh"}, "Đang sử dụng hệ thống của tỉnh."),
        ("q_hop_truc_tuyen", {"vc_description": "phòng 40 chỗ"}, "Hệ thống họp trực tuyến: phòng 40 chỗ."),
        ("q_attt", {"sec_level_status": "đã trình Sở"}, "Về phê duyệt cấp độ an toàn hệ thống thông tin, đã trình Sở."),
        ("q_kho_khan", {"difficulties": ["thiếu máy"]}, "Thiếu máy."),
        ("q_tuyen_truyen", {"dissemination_forms": ["nhiều hình thức"]}, "được thực hiện bằng nhiều hình thức."),
        ("q_tuyen_truyen", {"dissemination_forms": ["họp thôn", "loa"]}, "bằng các hình thức: họp thôn và loa."),
        ("q_kien_nghi", {"proposals": [{"noi_dung": "Hỗ trợ máy", "tham_quyen": "Sở Y tế"}]},
         "đề nghị Sở Y tế hỗ trợ máy."),
        ("q_kien_nghi", {"proposals": [{"noi_dung": "đề nghị cấp máy", "tham_quyen": "Sở Y tế"}, {"noi_dung": "x"}]},
         "kiến nghị, đề xuất:\nSở Y tế cấp máy;\nX."),
        ("q_kien_nghi", {"proposals": [{"noi_dung": "đề nghị Sở Y tế cấp máy", "tham_quyen": "Sở Y tế"}]},
         "Ủy ban nhân dân xã đề nghị Sở Y tế cấp máy."),
        ("q_hop_truc_tuyen", {"vc_limits": ["âm thanh kém", "hình giật"]}, "Âm thanh kém;\nHình giật."),
        ("q_qlvb", {"vb_system": "VNPT-iOffice", "docs_in": 4770, "period_note": "từ 01/7/2026"},
         "Từ 01/7/2026, tiếp nhận 4.770 văn bản đến."),
    ],
)  # fmt: skip
def test_sentences(section: str, values: dict[str, Any], said: str) -> None:
    draft = draft_of(quarter(**{section: values}))
    assert said.lower() in text_of(draft, section).lower()
    assert draft.unsupported == ()


def test_indicators_without_a_rating_are_not_counted_as_unmet() -> None:
    rated = [{"nhom": "A", "chi_tieu": "x", "danh_gia": "Đạt"}, {"nhom": "A", "chi_tieu": "y", "danh_gia": "Chưa đạt"}]
    rows = [*rated, {"nhom": "B", "chi_tieu": "z", "danh_gia": "Đạt"}, {"nhom": "C", "chi_tieu": "u"}]
    text = text_of(draft_of(quarter(q_chi_tieu_cqs={"indicators": rows})), "q_chi_tieu_cqs")
    assert "A đạt 01/02 chỉ tiêu; B đạt 01/01 chỉ tiêu" in text
    assert "C đạt" not in text


def test_a_field_the_section_does_not_ask_for_is_told_all_the_same() -> None:
    draft = draft_of(quarter(q_ha_tang={"pc_count": 29, "student_device_rate": 71.5}))
    text = text_of(draft, "q_ha_tang")
    assert "29 máy tính" in text
    assert "71,5%" in text


def test_missing_figures_stay_visible_and_are_listed() -> None:
    draft = draft_of(quarter(q_dvctt={"rec_total": 10}))
    section = next(item for item in draft.sections if item.id == "q_dvctt")
    assert "q_dvctt.rec_online" in section.missing
    assert "q_dvctt.rec_total" not in section.missing
    assert "tiếp nhận trực tuyến [" in text_of(draft, "q_dvctt")


def test_values_come_through_literally() -> None:
    odd = "A & B <b>{{ 7*7 }}</b> {% raw %} \"x\" 'y' \ue0005\ue001gian\ue002"
    draft = draft_of(quarter(q_qlvb={"vb_system": odd, "edoc_limits": ["{chậm} & <lỗi>", "x\x00y\u202ez"]}))
    text = text_of(draft, "q_qlvb")
    assert "A & B <b>{{ 7*7 }}</b> {% raw %} \"x\" 'y'" in text
    assert "{chậm} & <lỗi>" in text
    assert "49" not in text
    html = render_html(draft)
    assert "<b>{{" not in html
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in html


def test_decomposed_input_is_composed() -> None:
    draft = draft_of(quarter(q_pakn={"feedback_system": "hê\u0323 thô\u0301ng"}))
    assert "hệ thống" in text_of(draft, "q_pakn")


def test_a_conflict_is_marked_and_listed_and_nothing_is_overridden() -> None:
    draft = draft_of(quarter(q_dvctt={"rec_total": 100, "rec_online": 60, "rec_direct": 30, "rec_carried": 0}))
    text = text_of(draft, "q_dvctt")
    assert "100 hồ sơ" in text
    assert "[Cần đối chiếu:" in text
    assert any(p.severity == "error" and p.field == "q_dvctt.rec_total" for p in draft.problems)
    assert draft.unsupported == ()


def test_a_date_that_does_not_exist_is_printed_as_given_and_marked() -> None:
    record = {"loai": "Kế hoạch", "so": "12/KH-UBND", "ngay": "31/11/2026", "co_quan": "UBND xã", "trich_yeu": "a"}
    draft = draft_of(quarter(q_chi_dao={"directives_issued": [record]}))
    assert "31/11/2026" in text_of(draft, "q_chi_dao")
    assert any(problem.severity == "error" for problem in draft.problems)
    marked = [s.mark.kind for p in draft.paragraphs() for s in p.spans if "31/11/2026" in p.text]
    assert "conflict" in marked


@pytest.mark.parametrize(
    ("field", "now", "before", "said"),
    [
        ("docs_in", 450, 400, "tăng 12,5% so với quý trước"),
        ("docs_in", 300, 400, "giảm 25% so với quý trước"),
        ("docs_in", 400, 400, "Số liệu trên bằng quý trước."),
        ("docs_in", 12, 0, "quý trước không phát sinh"),
        ("docs_electronic_rate", 97.5, 95, "tăng 2,5 điểm phần trăm so với quý trước"),
        ("docs_electronic_rate", 95, 97.25, "giảm 2,25 điểm phần trăm so với quý trước"),
    ],
)
def test_changes_against_the_previous_period(field: str, now: float, before: float, said: str) -> None:
    draft = draft_of(quarter(q_qlvb={field: now}), previous=quarter(q_qlvb={field: before}))
    assert said in text_of(draft, "q_qlvb")
    assert draft.unsupported == ()


def test_a_date_that_the_registry_contradicts_is_marked() -> None:
    record = {"loai": "Nghị quyết", "so": "57-NQ/TW", "ngay": "2024-12-24", "co_quan": "Bộ Chính trị"}
    draft = draft_of(quarter(q_tuyen_truyen={"superior_docs": [record]}))
    text = text_of(draft, "q_tuyen_truyen")
    assert "ngày 24/12/2024" in text
    assert "[Cần đối chiếu: danh mục văn bản ghi Nghị quyết số 57-NQ/TW ngày 22/12/2024" in text
    assert any(p.field == "q_tuyen_truyen.superior_docs" and p.severity == "error" for p in draft.problems)
    assert draft.unsupported == ()


def test_the_same_symbol_of_another_body_is_another_document() -> None:
    ours = {"loai": "Kế hoạch", "so": "15/KH-UBND", "ngay": "2026-07-10", "co_quan": "UBND xã", "trich_yeu": "a"}
    theirs = {"loai": "Kế hoạch", "so": "15/KH-UBND", "ngay": "2026-01-10", "co_quan": "UBND tỉnh", "trich_yeu": "b"}
    draft = draft_of(quarter(q_chi_dao={"directives_issued": [ours]}, q_tuyen_truyen={"superior_docs": [theirs, ours]}))
    text = text_of(draft, "q_tuyen_truyen")
    assert "Kế hoạch số 15/KH-UBND ngày 10/01/2026 của Ủy ban nhân dân tỉnh" in text
    assert "Kế hoạch số 15/KH-UBND." in text


@pytest.mark.parametrize("written", ["UBND xã", "Ủy ban nhân dân xã"])
def test_the_committee_is_not_the_steering_committee_that_reports(written: str) -> None:
    plan = {"loai": "Kế hoạch", "so": "12/KH-UBND", "ngay": "2026-08-11", "co_quan": written, "trich_yeu": "x"}
    raw = quarter(bcd_chi_dao={"directives_issued": [plan]}) | {"report_type": "bcd_cuoi_nam_10_linh_vuc"}
    raw["header"]["org_name"] = "Ban Chỉ đạo chuyển đổi số xã Mẫu"
    assert "12/KH-UBND ngày 11/8/2026 của Ủy ban nhân dân xã Mẫu" in text_of(draft_of(raw), "bcd_chi_dao")


@pytest.mark.parametrize("given", ["UBND xã Mẫu", "ỦY BAN NHÂN DÂN XÃ MẪU", "Uỷ ban nhân dân xã Mẫu"])
def test_the_reporting_body_is_written_in_full(given: str) -> None:
    raw = quarter(q_qlvb={"docs_in": 12})
    raw["header"]["org_name"] = given
    draft = draft_of(raw)
    assert draft.header.agency == ("ỦY BAN NHÂN DÂN", "XÃ MẪU")
    assert "Ủy ban nhân dân xã Mẫu báo cáo" in draft.opening[0].text
    assert draft.unsupported == ()


def test_a_header_copied_from_another_report_reads_well() -> None:
    plan = {"loai": "Kế hoạch", "so": "9/KH-UBND", "ngay": "2026-07-06", "trich_yeu": "V/v chuyển đổi số"}
    raw = quarter(q_chi_dao={"directives_issued": [plan]})
    raw["header"] |= {
        "period_label": "QUÝ III/2026",
        "report_title": "Báo cáo kết quả quý III năm 2026.",
        "recipients": "Như trên; Đảng ủy xã; Lưu VT",
    }
    draft = draft_of(raw)
    assert "báo cáo kết quả quý III năm 2026 như sau" in draft.opening[0].text
    assert draft.header.subject == "Kết quả quý III năm 2026"
    assert draft.header.recipients == ("Như trên", "Đảng ủy xã", "Lưu: VT")
    assert text_of(draft, "q_chi_dao").startswith("Trong quý III/2026, xã đã ban hành Kế hoạch số 9/KH-UBND")
    assert text_of(draft, "q_chi_dao").endswith("về việc chuyển đổi số.")


def test_the_place_that_ends_the_subject_is_not_named_again() -> None:
    raw = quarter(q_qlvb={"docs_in": 12})
    raw["header"]["report_title"] = "Kết quả chuyển đổi số quý III năm 2026 của xã Mẫu"
    assert draft_of(raw).closing[-1].text.endswith("quý III năm 2026 của xã Mẫu./.")


def test_a_law_is_cited_by_its_name_first() -> None:
    law = {"loai": "Luật", "so": "20/2023/QH15", "ngay": "2023-06-22", "trich_yeu": "Giao dịch điện tử"}
    draft = draft_of(quarter(q_tuyen_truyen={"superior_docs": [law]}))
    assert "Luật Giao dịch điện tử số 20/2023/QH15 ngày 22/6/2023" in text_of(draft, "q_tuyen_truyen")


def test_first_citation_complete_later_short() -> None:
    record = {"loai": "Nghị quyết", "so": "57-NQ/TW", "ngay": "2024-12-22", "co_quan": "Bộ Chính trị"}
    plan = {
        "loai": "Kế hoạch",
        "so": "09/KH-UBND",
        "ngay": "2026-07-06",
        "co_quan": "UBND xã",
        "trich_yeu": "thực hiện x",
    }
    raw = quarter(q_chi_dao={"directives_issued": [plan]}, q_tuyen_truyen={"superior_docs": [record, plan]})
    raw["header"]["legal_basis_docs"] = [record]
    draft = draft_of(raw)
    opening = draft.opening[0].text
    assert "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển" in opening
    later = text_of(draft, "q_tuyen_truyen")
    assert "Nghị quyết số 57-NQ/TW;" in later
    assert "Kế hoạch số 09/KH-UBND." in later


@pytest.mark.parametrize(
    ("kind", "village", "name", "expected"),
    [
        ("xã", "ấp", "Mẫu", ["ấp", "xã Mẫu"]),
        ("phường", "khu phố", "Mẫu", ["khu phố", "phường Mẫu"]),
        ("đặc khu", "thôn", "Mẫu", ["thôn", "đặc khu Mẫu"]),
        ("phường", "tổ dân phố", "Phường 1", ["Phường 1"]),
    ],
)
def test_words_of_the_place(kind: str, village: str, name: str, expected: list[str]) -> None:
    plan = {"loai": "Kế hoạch", "co_quan": f"UBND {kind}", "trich_yeu": "a"}
    raw = quarter(q_ha_tang={"wifi_villages": 3}, q_chi_dao={"directives_issued": [plan]})
    raw["header"].update(commune_kind=kind, commune_name=name, village_kind=village)
    raw["header"].pop("province")
    draft = draft_of(raw)
    text = text_of(draft, "q_ha_tang") + text_of(draft, "q_chi_dao")
    assert all(word in text for word in expected if word != "Phường 1" or "Phường 1" in text)
    others = {"xã", "phường", "đặc khu"} - {kind}
    assert not [word for word in others if re.search(rf"\b{word}\b", text.lower().replace("phường 1", ""))]


def test_numbers_of_headings_have_no_gaps() -> None:
    draft = draft_of(yaml.safe_load((KNOWLEDGE / "examples" / f"{QUARTER}.yaml").read_text(encoding="utf-8")))
    numbers = [section.number for section in draft.sections if not section.appendix]
    assert numbers[0] == "A"
    assert "B" in numbers
    assert [n for n in numbers if re.fullmatch(r"\d+", n)][:10] == [str(n) for n in range(1, 11)]


def test_flat_inputs_count_wherever_the_field_is_used_and_long_lists_are_told_once() -> None:
    points = [
        "điểm khó thứ nhất của xã rất dài để không thể nhắc lại",
        "điểm khó thứ hai cũng dài",
        "điểm khó thứ ba, do nguyên nhân khách quan",
    ]
    flat = {
        "report_type": "tong_ket_nam_bcd_chinh_phu",
        "commune_name": "Mẫu",
        "commune_kind": "xã",
        "difficulties": points,
    }
    draft = draft_of(flat)
    text = "\n".join(paragraph.text for paragraph in draft.paragraphs())
    assert text.count("Điểm khó thứ nhất") == 1
    assert "đã nêu tại mục V.1" in text


def test_one_section_alone_stands_by_itself() -> None:
    raw = yaml.safe_load((KNOWLEDGE / "examples" / f"{QUARTER}.yaml").read_text(encoding="utf-8"))
    draft = draft_of(raw, section="q_dvctt")
    assert [section.id for section in draft.sections] == ["q_dvctt"]
    assert draft.sections[0].number == "3.6"
    assert not draft.whole
    group = draft_of(raw, section="q_chinh_quyen_so")
    assert len(group.sections) > 3
    with pytest.raises(UnknownNameError, match="q_dvctt"):
        draft_of(raw, section="q_dvcttt")


def test_edits_of_the_officer_survive_and_are_judged() -> None:
    raw = quarter(q_chu_ky_so={"sig_leader_rate": 98.5})
    draft = draft_of(raw)
    key = next(p.key for p in draft.paragraphs() if "98,5%" in p.text)
    honest = apply_edits(draft, {key: "98,5% lãnh đạo đã có chữ ký số."}, REGISTRY)
    assert honest.unsupported == ()
    assert next(p for p in honest.paragraphs() if p.key == key).edited
    invented = apply_edits(draft, {key: "99,9% lãnh đạo đã có chữ ký số."}, REGISTRY)
    assert [item.text for item in invented.unsupported] == ["99,9%"]
    again = draft_of(quarter(q_chu_ky_so={"sig_leader_rate": 97}))
    assert key in {p.key for p in again.paragraphs()}


def test_a_gap_or_conflict_left_in_an_edited_paragraph_stays_visible() -> None:
    draft = draft_of(quarter(q_dvctt={"rec_total": 1941, "rec_online": 332, "rec_direct": 1610, "rec_carried": 0}))
    conflict = next(p for p in draft.paragraphs() if "Cần đối chiếu" in p.text)
    gap = next(p for p in draft.paragraphs() if "[Đã giải quyết: chưa có số liệu]" in p.text)
    stale = "[Cần đối chiếu: Tổng ghi 7 nhưng cộng lại là 8]"
    edits = {conflict.key: f"{conflict.text} Xã sẽ rà lại.", gap.key: f"[Đã giải quyết: chưa có số liệu]. {stale}"}
    edited = {p.key: p for p in apply_edits(draft, edits, REGISTRY).paragraphs() if p.edited}
    (note,) = edited[conflict.key].spans
    assert (
        edited[conflict.key]
        .text[note.start : note.end]
        .endswith("= 332 + 1.610 + 0 = 1.942, thừa 1 hồ sơ so với tổng]")
    )
    assert (note.mark.kind, note.mark.field) == ("conflict", "q_dvctt.rec_total")
    kinds = [(span.mark.kind, span.mark.field) for span in edited[gap.key].spans]
    assert kinds == [("missing", "q_dvctt.rec_resolved"), ("conflict", None)]


def test_json_has_the_keys_of_the_interface() -> None:
    data = draft_json(draft_of(quarter(q_chu_ky_so={"sig_leader_rate": 98.5})))
    assert {"report_type", "title", "sections", "problems", "unsupported"} <= set(data)
    section = next(item for item in data["sections"] if item["id"] == "q_chu_ky_so")
    assert {"id", "number", "heading", "level", "paragraphs", "tables", "missing"} <= set(section)
    evidence = section["paragraphs"][0]["evidence"][0]
    assert (evidence["kind"], evidence["field"], evidence["value"]) == ("input", "sig_leader_rate", 98.5)
    assert data["unsupported"] == []


def test_every_topic_has_a_template_that_holds_no_figure_of_its_own() -> None:
    topics = load_topics()
    for topic_id in topics:
        source = (PROMPTS / "topics" / f"{topic_id}.md.j2").read_text(encoding="utf-8")
        words = re.sub(r"law\(\"[^\"]*\"\)|\"[a-z][a-z0-9_]*\"|\{#.*?#\}", "", source, flags=re.DOTALL)
        assert not re.search(r"\d", words), topic_id


def test_unknown_names_in_templates_fail() -> None:
    from jinja2 import meta, nodes

    from assistant.draft.prose import _HELPERS, environment

    for path in (PROMPTS / "topics").glob("*.md.j2"):
        tree = environment().parse(path.read_text(encoding="utf-8"))
        names = meta.find_undeclared_variables(tree)
        own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"} | {"namespace"}
        assert names <= set(_HELPERS) | own, path.name


def test_fields_named_in_templates_exist() -> None:
    known = {field.name for topic in load_topics().values() for field in topic.fields}
    known |= {"village_count", "next_period_label", *SPAN_FIELDS}
    verbs = "n|q|p|t|has|given|any|zero|full|rate|level|listing|inline|docs|rows|table|change|says|sentence"
    call = re.compile(rf"(?<![\w.])(?:{verbs})\(((?:\"[^\"]*\"(?:, )?)+)")
    for path in (PROMPTS / "topics").glob("*.md.j2"):
        for arguments in call.findall(path.read_text(encoding="utf-8")):
            names = [
                name
                for name in re.findall(r"\"([^\"]*)\"", arguments)
                if re.fullmatch(r"[a-z][a-z0-9]*_[a-z0-9_]+", name)
            ]
            assert set(names) <= known, (path.name, names)


def test_previous_figures_not_printed_by_a_template_are_compared_at_the_end() -> None:
    draft = draft_of(quarter(q_nhan_luc={"cdt_min_members": 6}), previous=quarter(q_nhan_luc={"cdt_min_members": 5}))
    assert "So với quý trước, số thành viên tối thiểu" in text_of(draft, "q_nhan_luc")


def test_paragraph_type() -> None:
    draft = draft_of(quarter(q_chu_ky_so={"sig_leader_rate": 98.5}))
    assert all(isinstance(item, Paragraph) for item in draft.paragraphs())
