"""Whatever an inputs file holds, reading, checking and deriving never fail, and form and workbook keep it."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reports import changes, check_relations, derive, get_report_type, missing_fields, read_inputs
from assistant.reports.thresholds import satisfied, thresholds

NAMES = ("quy_khcn_dmst_cds", "nq57_n_thang_phu_luc", "bcd_cuoi_nam_10_linh_vuc")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**7),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.text(max_size=12),
    st.sampled_from(["1.941", "99,82%", "trên 150", "31/11/2025", "2.76.65%", "Đạt", "> 95%", "05/07", "…", "=1+1"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["noi_dung", "so_tien", "danh_gia", "muc_giao", "ket_qua_so", "chi_tieu", "ngay", "so", "x"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=6,
)


@st.composite
def _inputs(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    name = draw(st.sampled_from(NAMES))
    report_type = get_report_type(name)
    sections = {}
    for section in draw(st.lists(st.sampled_from([s.id for s in report_type.leaves]), max_size=4)):
        names = [f.name for f in report_type.section(section).fields] + ["unknown_x"]
        sections[section] = draw(st.one_of(VALUES, st.dictionaries(st.sampled_from(names), VALUES, max_size=5)))
    names = [f.name for f in report_type.header]
    header = draw(st.one_of(SCALARS, st.dictionaries(st.sampled_from(names), VALUES, max_size=3)))
    return name, {"report_type": draw(SCALARS), "header": header, "sections": sections}


@settings(max_examples=60)
@given(_inputs(), _inputs())
def test_nothing_in_an_inputs_file_can_stop_the_program(
    given_now: tuple[str, dict[str, Any]], given_before: tuple[str, dict[str, Any]]
) -> None:
    report_type, raw = get_report_type(given_now[0]), given_now[1]
    inputs, before = read_inputs(raw, report_type), read_inputs(given_before[1], report_type)
    for problem in (*inputs.problems, *check_relations(report_type, inputs, before)):
        assert problem.message
        assert "\n" not in problem.message
    assert all(d.rule for d in derive(report_type, inputs).values())
    assert all(c.text for c in changes(report_type, inputs, before).values())
    assert len(set(missing_fields(report_type, inputs))) == len(missing_fields(report_type, inputs))


@given(st.text(max_size=30), st.text(max_size=30))
def test_targets_in_any_words(target: str, result: str) -> None:
    assert satisfied(target, result) in (True, False, None)
    assert all(bound.comparison in "≥≤<>" for bound in thresholds(target))


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_share_that_was_computed_never_conflicts(whole: int, part: int) -> None:
    report_type = get_report_type(NAMES[0])
    values = {"dig_target": whole, "dig_done": min(part, whole)}
    rate = derive(report_type, read_inputs({"sections": {"q_so_hoa": values}}, report_type))["q_so_hoa", "dig_rate"]
    again = read_inputs({"sections": {"q_so_hoa": {**values, "dig_rate": float(rate.value)}}}, report_type)
    assert [p for p in check_relations(report_type, again) if p.severity != "info"] == []
