"""Whatever plausible figures and texts a section is given, each of them stands in the draft, and nothing else does."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft import draft_report
from assistant.legal.registry import Registry
from assistant.reports import get_report_type, load_report_types, load_topics, read_inputs
from assistant.reports.fields import Column, Field, record_columns
from assistant.reports.types import Section
from benchmarks.draft_quality import coverage

REGISTRY = Registry.load()
HEADER = {
    "org_name": "UBND xã Mẫu", "commune_name": "Mẫu", "commune_kind": "xã", "village_kind": "thôn",
    "province": "Ví Dụ", "period_label": "quý III năm 2026", "report_title": "Kết quả quý III năm 2026",
}  # fmt: skip
TEXTS = st.sampled_from(
    [
        "hệ thống chạy ổn định", "đã giao 01 công chức theo dõi", "thiếu 02 máy scan & máy in", "Zalo của thôn",
        "phần mềm <VNPT>", "do mưa lũ {lớn}", "họp giao ban; nhắc việc", "máy tính mua năm 2019, đã cũ",
    ]
)  # fmt: skip


def _scalar(spec: Field | Column) -> st.SearchStrategy[Any]:
    if spec.choices:
        return st.sampled_from(spec.choices)
    match spec.type:
        case "int" | "money":
            return st.one_of(st.integers(0, 12), st.integers(13, 10**6))
        case "percent" | "float":
            return st.decimals(0, 100, places=2).map(float)
        case "bool":
            return st.booleans()
        case "date":
            return st.dates(date(2026, 7, 1), date(2026, 9, 30)).map(str)
    return TEXTS


def _value(spec: Field) -> st.SearchStrategy[Any]:
    if columns := record_columns(spec):
        record = st.fixed_dictionaries({column.name: _scalar(column) for column in columns if column.name != "stt"})
        return st.lists(record, min_size=1, max_size=2)
    if spec.type == "list":
        return st.lists(TEXTS, min_size=1, max_size=3, unique=True)
    return _scalar(spec)


def _id(section: Section) -> str:
    return section.id


@st.composite
def _sections(draw: st.DrawFn) -> dict[str, Any]:
    """A report with about half the fields of three of its sections."""
    report_type = draw(st.sampled_from(sorted(load_report_types().values(), key=lambda found: found.id)))
    sections = {}
    for section in draw(st.lists(st.sampled_from(report_type.leaves), min_size=1, max_size=3, unique_by=_id)):
        fields = [spec for spec in section.fields if spec.type not in ("doc", "doc_list") and draw(st.booleans())]
        sections[section.id] = {spec.name: draw(_value(spec)) for spec in fields}
    return {"report_type": report_type.id, "header": HEADER, "sections": sections}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_sections())
def test_every_value_stands_in_the_draft_and_nothing_else_does(raw: dict[str, Any]) -> None:
    report_type = get_report_type(raw["report_type"])
    inputs = read_inputs(raw, report_type)
    draft = draft_report(report_type, load_topics(), inputs, REGISTRY)
    assert [lost for lost in coverage(inputs, draft).lost if not lost.startswith("header.")] == []
    assert draft.unsupported == ()
