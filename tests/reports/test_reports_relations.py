"""Relations between figures, derived figures and changes; expected values worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.reports import changes, check_relations, conflicts, derive, get_report_type, read_inputs
from assistant.reports.thresholds import satisfied
from tests.conftest import SHARED

QUARTER = get_report_type("quy_khcn_dmst_cds")
MONTHS = get_report_type("nq57_n_thang_phu_luc")
YEAR = get_report_type("tong_ket_nam_bcd_chinh_phu")
COMMITTEE = get_report_type("bcd_cuoi_nam_10_linh_vuc")


def problems(report_type: Any, sections: dict[str, Any], header: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    inputs = read_inputs({"header": header or {}, "sections": sections}, report_type)
    return [(p.severity, p.field) for p in check_relations(report_type, inputs)]


ROW = {"chi_tieu": "Tỷ lệ A", "muc_giao": "> 95%"}


@pytest.mark.parametrize(
    ("report_type", "sections", "expected"),
    [
        # a total and its parts
        (QUARTER, {"q_hop_truc_tuyen": {"vc_meetings": 12, "vc_province": 9, "vc_central": 3}}, []),
        (QUARTER, {"q_hop_truc_tuyen": {"vc_meetings": 13, "vc_province": 9, "vc_central": 3}},
         [("error", "q_hop_truc_tuyen.vc_meetings")]),
        (QUARTER, {"q_dvctt": {"rec_total": 100, "rec_online": 60, "rec_direct": 30, "rec_carried": 10}}, []),
        (QUARTER, {"q_dvctt": {"rec_total": 100, "rec_online": 60, "rec_direct": 30, "rec_carried": 11}},
         [("error", "q_dvctt.rec_total")]),
        # one part missing: what it would have to be
        (COMMITTEE, {"bcd_cqs_phuc_vu": {"rec_resolved": 20, "rec_early": 15, "rec_late": 2, "late_reason": "x"}},
         [("warning", "bcd_cqs_phuc_vu.rec_ontime")]),
        (COMMITTEE, {"bcd_cqs_phuc_vu": {"rec_resolved": 17, "rec_early": 15, "rec_late": 2, "late_reason": "x"}}, []),
        (COMMITTEE, {"bcd_cqs_phuc_vu": {"rec_resolved": 16, "rec_early": 15, "rec_late": 2, "late_reason": "x"}},
         [("error", "bcd_cqs_phuc_vu.rec_resolved")]),
        # a figure in words takes no part in arithmetic
        (QUARTER, {"q_hop_truc_tuyen": {"vc_meetings": "trên 12", "vc_province": 9, "vc_central": 3}}, []),
        # states of dossiers with optional parts
        (QUARTER, {"q_dvctt": {"rec_total": 50, "rec_resolved": 40, "rec_pending": 8, "rec_cancelled": 2}}, []),
        (QUARTER, {"q_dvctt": {"rec_total": 50, "rec_resolved": 40, "rec_pending": 8}},
         [("error", "q_dvctt.rec_total")]),
        # ratios: 0.05 point
        (QUARTER, {"q_so_hoa": {"dig_target": 1542, "dig_done": 1207, "dig_rate": 78.27}}, []),
        (QUARTER, {"q_so_hoa": {"dig_target": 1542, "dig_done": 1207, "dig_rate": 78.32}},
         [("info", "q_so_hoa.dig_rate")]),
        (QUARTER, {"q_so_hoa": {"dig_target": 1542, "dig_done": 1207, "dig_rate": 78.33}},
         [("error", "q_so_hoa.dig_rate")]),
        (QUARTER, {"q_so_hoa": {"dig_target": 1542, "dig_done": 1207, "dig_rate": 78}},
         [("warning", "q_so_hoa.dig_rate")]),
        # bounds
        (QUARTER, {"q_so_hoa": {"dig_target": 10, "dig_done": 11}}, [("error", "q_so_hoa.dig_done")]),
        (QUARTER, {"q_thu_cong_vu": {"mail_issued": 44, "mail_active": 45}},
         [("error", "q_thu_cong_vu.mail_active")]),
        (MONTHS, {"nq_pl4": {"rec_online": 100, "cum_online": 99}}, [("error", "nq_pl4.cum_online")]),
        (MONTHS, {"nq_pl4": {"rec_online": 100, "cum_online": 100}}, []),
        # members and teams
        (QUARTER, {"q_nhan_luc": {"cdt_teams": 21, "cdt_members": 125, "cdt_min_members": 6}},
         [("error", "q_nhan_luc.cdt_members")]),
        (QUARTER, {"q_nhan_luc": {"cdt_teams": 21, "cdt_members": 126, "cdt_min_members": 6}}, []),
        # a late dossier needs its reason
        (QUARTER, {"q_dvctt": {"rec_late": 1}}, [("warning", "q_dvctt.late_reason")]),
        (QUARTER, {"q_dvctt": {"rec_late": 0}}, []),
        # tables
        (COMMITTEE, {"bcd_pl_kinh_phi": {"budget_total": 30, "budget_items": [{"so_tien": 10}, {"so_tien": 20}]}}, []),
        (COMMITTEE, {"bcd_pl_kinh_phi": {"budget_total": 31, "budget_items": [{"so_tien": 10}, {"so_tien": 20}]}},
         [("error", "bcd_pl_kinh_phi.budget_total")]),
        (COMMITTEE, {"bcd_pl_kinh_phi": {"budget_items": [{"so_tien": 10, "da_giai_ngan": 11}]}},
         [("error", "bcd_pl_kinh_phi.budget_items")]),
        (COMMITTEE, {"bcd_pl_kinh_phi": {"budget_items": [{"so_tien": 20, "da_giai_ngan": 10, "ty_le_giai_ngan": 60}]}},
         [("error", "bcd_pl_kinh_phi.budget_items")]),
        # body and appendix
        (COMMITTEE, {"bcd_kinh_phi": {"budget_total": 30}, "bcd_pl_kinh_phi": {"budget_items": [{"so_tien": 31}]}},
         [("error", "bcd_kinh_phi.budget_total")]),
        (QUARTER, {"q_dvctt": {"rec_online": 332}, "q_phu_luc": {"rec_online": 333}},
         [("error", "q_phu_luc.rec_online")]),
        # indicators
        (QUARTER, {"q_xa_hoi_so": {"indicators": [{**ROW, "ket_qua_so": "96%", "danh_gia": "Đạt"}]}}, []),
        (QUARTER, {"q_xa_hoi_so": {"indicators": [{**ROW, "ket_qua_so": "95%", "danh_gia": "Đạt"}]}},
         [("error", "q_xa_hoi_so.indicators")]),
        (QUARTER, {"q_xa_hoi_so": {"indicators": [{**ROW, "danh_gia": "Đạt"}]}},
         [("warning", "q_xa_hoi_so.indicators")]),
        (QUARTER, {"q_xa_hoi_so": {"indicators": [{**ROW, "ket_qua_so": "90%", "danh_gia": "Chưa đạt"}]}},
         [("warning", "q_xa_hoi_so.indicators")]),
        (QUARTER, {"q_xa_hoi_so": {"indicators": [{**ROW, "ket_qua_so": "90%", "danh_gia": "Chưa đạt", "ly_do": "x"}]}},
         []),
        # an indicator against the figure of the body
        (QUARTER, {"q_dvctt": {"rec_total": 100, "rec_online": 20, "rec_direct": 80, "rec_carried": 0},
                   "q_chi_tieu_cqs": {"indicators": [{"chi_tieu": "Hồ sơ TTHC nộp trực tuyến", "muc_giao": "80%",
                                                      "ket_qua_so": "80%", "danh_gia": "Đạt"}]}},
         [("error", "q_chi_tieu_cqs.indicators")]),
    ],
)  # fmt: skip
def test_relations(report_type: Any, sections: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert problems(report_type, sections) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"period_start": "2025-07-01", "period_end": "2025-09-30", "data_cutoff_date": "2025-09-30"}, []),
        ({"period_start": "2025-07-01", "period_end": "2025-06-30"}, [("error", "header.period_end")]),
        ({"data_cutoff_date": "2025-10-02", "report_date": "2025-10-01"}, [("error", "header.report_date")]),
    ],
)
def test_dates_of_the_header(header: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert problems(QUARTER, {}, header) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("/BC-UBND", []),
        ("        /BC-UBND", []),
        ("125/BC-UBND", []),
        ("/BC-BCĐ", []),
        ("125-BC/UBND", [("warning", "header.report_number")]),
        ("125", [("warning", "header.report_number")]),
    ],
)
def test_the_form_of_the_report_number(number: str, expected: list[tuple[str, str]]) -> None:
    assert problems(QUARTER, {}, {"report_number": number}) == expected


def test_an_unmet_indicator_needs_a_task() -> None:
    row = {"chi_tieu": "Phê duyệt cấp độ hệ thống thông tin", "muc_giao": "100%", "danh_gia": "Chưa đạt", "ly_do": "x"}
    task = {"co_quan_chu_tri": "VP", "thoi_han": "12/2025", "ket_qua": "quyết định"}
    for content, expected in (
        ("Trình phê duyệt hồ sơ cấp độ của hệ thống thông tin xã", []),
        ("Mở lớp tập huấn", [("warning", "q_chi_tieu_cqs.indicators")]),
    ):
        sections = {
            "q_chi_tieu_cqs": {"indicators": [row]},
            "q_phuong_huong": {"next_tasks": [{"noi_dung": content, **task}]},
        }
        assert problems(QUARTER, sections) == expected


def test_funding_of_another_period() -> None:
    header = {"period_label": "5 tháng đầu năm 2026"}
    found = problems(MONTHS, {"nq_tai_chinh": {"budget_period": "6 tháng đầu năm 2026"}}, header)
    assert found == [("info", "nq_tai_chinh.budget_period")]
    assert problems(MONTHS, {"nq_tai_chinh": {"budget_period": "5 tháng đầu năm 2026"}}, header) == []


def test_documents_lie_in_the_period_and_their_numbers_grow() -> None:
    documents = [
        {"loai": "Kế hoạch", "so": "20/KH-UBND", "ngay": "2025-07-20", "trich_yeu": "a"},
        {"loai": "Kế hoạch", "so": "12/KH-UBND", "ngay": "2025-07-23", "trich_yeu": "b"},
        {"loai": "Quyết định", "so": "5/QĐ-UBND", "ngay": "2025-06-30", "trich_yeu": "c"},
        {"loai": "Quyết định", "so": "9/QĐ-UBND", "ngay": "2025-10-05", "trich_yeu": "d"},
    ]
    header = {"period_start": "2025-07-01", "period_end": "2025-09-30", "data_cutoff_date": "2025-09-30"}
    inputs = read_inputs({"header": header, "sections": {"q_chi_dao": {"directives_issued": documents}}}, QUARTER)
    messages = [(p.severity, p.message.split(" ngày")[0]) for p in check_relations(QUARTER, inputs)]
    assert messages == [
        ("warning", "Quyết định 5/QĐ-UBND ghi"),
        ("error", "Quyết định 9/QĐ-UBND ghi"),
        ("warning", "Kế hoạch 12/KH-UBND"),
    ]


def test_messages_show_the_arithmetic_and_the_other_denominator() -> None:
    values = {"rec_total": 1000, "rec_resolved": 900, "rec_pending": 50, "resolved_rate": 94.74}
    inputs = read_inputs({"sections": {"q_dvctt": values}}, QUARTER)
    message = next(p.message for p in check_relations(QUARTER, inputs) if p.field == "q_dvctt.resolved_rate")
    # 900/1000 = 90%; 900/(900 + 50) = 94.7368…%
    assert "900/1.000 = 90%" in message
    assert "chỉ đúng khi mẫu số là 950" in message


def test_the_same_slip_is_one_problem_with_flat_inputs() -> None:
    flat = {"rec_total": 100, "rec_online": 60, "rec_direct": 30, "rec_carried": 0}
    found = check_relations(QUARTER, read_inputs(flat, QUARTER))
    assert [p.field for p in found if "rec_total" in p.field] == ["q_dvctt.rec_total"]


def test_derived_figures_have_numerator_denominator_and_rule() -> None:
    values = {"rec_total": 1941, "rec_online": 332, "rec_direct": 1609, "rec_carried": 0, "resolved_rate": 97.23,
              "rec_resolved": 1794}  # fmt: skip
    derived = derive(QUARTER, read_inputs({"sections": {"q_dvctt": values}}, QUARTER))
    online = derived["q_dvctt", "online_rate"]
    # 332 / (1941 - 0) = 17.1046…
    assert (online.value, online.numerator, online.denominator) == (Decimal("17.10"), 332, 1941)
    assert online.rule == "332/1.941 × 100"
    assert online.operands == ("rec_online", "rec_total", "rec_carried")
    assert online.given is None
    resolved = derived["q_dvctt", "resolved_rate"]
    assert (resolved.value, resolved.given) == (Decimal("92.43"), Decimal("97.23"))
    assert conflicts(resolved)
    assert not conflicts(online)


def test_derived_sums_counts_and_totals_of_tables() -> None:
    inputs = read_inputs(
        {
            "sections": {
                "nq_pl7": {"staff_quota": 2, "staff_assigned": 1},
                "nq_tai_chinh": {
                    "budget_allocated": 50,
                    "budget_items": [{"so_tien": 10, "da_giai_ngan": 4}, {"so_tien": 20}],
                },
                "nq_nhiem_vu": {"plan02_p2_total": 34, "plan02_p2_done": 17},
            }
        },
        MONTHS,
    )
    derived = derive(MONTHS, inputs)
    assert derived["nq_pl7", "staff_missing"].value == 1
    assert derived["nq_nhiem_vu", "plan02_p2_rate"].value == 50
    disbursed = derived["nq_tai_chinh", "budget_disbursed"]
    assert (disbursed.value, disbursed.partial) == (4, True)
    assert "dòng 2" in (disbursed.note or "")


def test_a_zero_denominator_derives_nothing() -> None:
    inputs = read_inputs({"sections": {"q_so_hoa": {"dig_target": 0, "dig_done": 0}}}, QUARTER)
    assert ("q_so_hoa", "dig_rate") not in derive(QUARTER, inputs)
    assert check_relations(QUARTER, inputs) == []


def test_changes_since_the_last_period() -> None:
    last = {"rec_total": 1200, "rec_online": 300, "rec_carried": 0, "rec_late": 0}
    before = {"header": {"period_label": "Quý II/2025"}, "sections": {"q_dvctt": last}}
    now = {"sections": {"q_dvctt": {"rec_total": 1350, "rec_online": 405, "rec_carried": 0, "rec_late": 3}}}
    found = changes(QUARTER, read_inputs(now, QUARTER), read_inputs(before, QUARTER))
    total = found["q_dvctt", "rec_total"]
    # 150 / 1200 = 12.5%; 405/1350 = 30% against 300/1200 = 25%
    assert (total.difference, total.percent, total.text) == (150, Decimal("12.50"), "tăng 12,5% so với quý II/2025")
    assert total.rule == "(1.350 - 1.200)/1.200 × 100"
    rate = found["q_dvctt", "online_rate"]
    assert (rate.percent, rate.text) == (None, "tăng 5 điểm phần trăm so với quý II/2025")
    assert found["q_dvctt", "rec_late"].text == "tăng 3 hồ sơ so với quý II/2025"


def test_a_cumulative_figure_that_shrank_since_the_last_period() -> None:
    before, now = (
        read_inputs({"sections": {"nq_pl4": {"cum_online": value, "rec_online": 5}}}, MONTHS) for value in (900, 800)
    )
    found = check_relations(MONTHS, now, before)
    assert [(p.severity, p.field) for p in found] == [("error", "nq_pl4.cum_online")]


@pytest.mark.parametrize(
    ("target", "result", "expected"),
    [
        ("> 95%", "95,1%", True),
        ("> 95%", "95%", False),
        (">= 90%", "90%", True),
        ("100%", "99,5%", False),
        ("tối thiểu 50%", "50%", True),
        ("trên 85%", "85%", False),
        ("75% trở lên", "75%", True),
        ("dưới 5%", "4,9%", True),
        ("không quá 5%", "5%", True),
        ("100%", "196/200", False),
        ("100%", "200/200", True),
        ("100%", "02 sản phẩm", None),
        ("100%; 100%", "100%; 98%", False),
        ("100%; 100%", "100%", None),
        ("hoàn thành", "đã xong", None),
        ("3 mô hình", "4 mô hình", True),
    ],
)
def test_targets_in_words(target: str, result: str, expected: bool | None) -> None:
    assert satisfied(target, result) is expected


SAMPLES = {
    "tan-doan-quy-3-2025": (
        "quy_khcn_dmst_cds",
        {
            "q_dvctt.resolved_rate", "q_dvctt.rec_total", "q_dvctt.pending_rate", "q_dvctt.late_rate",
            "q_chi_tieu_cqs.indicators", "q_chi_tieu_cqs.ind_summary", "q_nhan_luc.cdt_members",
            "q_chi_dao.directives_issued",
        },
    ),
    "quoi-dien-hdnd-2025": ("nq57_trinh_hdnd", {"hd_trien_khai.steering_committee_decision", "hd_kho_khan.causes"}),
    "loc-tan-nam-2025": (
        "bcd_cuoi_nam_10_linh_vuc",
        {"bcd_cqs_phuc_vu.rec_ontime", "bcd_cqs_phuc_vu.dig_rate", "bcd_ha_tang.fiber_villages"},
    ),
}  # fmt: skip


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_the_known_inconsistencies_of_the_samples_are_found(name: str) -> None:
    report_type = get_report_type(SAMPLES[name][0])
    inputs = read_inputs(SHARED / f"samples/inputs/{name}.yaml", report_type)
    found = {p.field for p in (*inputs.problems, *check_relations(report_type, inputs))}
    assert SAMPLES[name][1] <= found


def test_a_sum_of_one_part_is_not_written_as_an_equation() -> None:
    inputs = read_inputs(
        {"header": {}, "sections": {"q_hop_truc_tuyen": {"vc_meetings": 12, "vc_province": 9}}}, QUARTER
    )
    (problem,) = check_relations(QUARTER, inputs)
    assert "mới có 9: còn thiếu 3" in problem.message
    assert problem.rule == "9"
