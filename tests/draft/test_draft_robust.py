"""Odd values in every field: a draft is made all the same, and says nothing that the values do not."""

import json
import random

import pytest

from assistant.draft import docx_bytes, draft_json, draft_report, render_html
from assistant.legal.registry import Registry
from assistant.reports import load_report_types, load_topics, read_inputs

ODD = [
    0, 1, 7, -3, 100, 101.5, 99.999, 12345678, "trên 150", "≥ 95%", "2.76.65%", "", "không", "x" * 200,
    "A & B <c> {d} {{e}} {% f %}", "31/11/2026", "2026-02-30", "a; b; c", "câu một. Câu hai.", ["một"], ["a, b", ""],
    [], {}, {"noi_dung": "x", "la": "y"}, [{"noi_dung": "x", "so_tien": "1,2 tỷ"}, {"ten": "y"}], True, False, None,
    [{"loai": "Kế hoạch", "so": "9/KH-UBND", "ngay": "2026-01-01"}], {"loai": "Quyết định"}, "12\n34\tb", "\ue000\x00",
]  # fmt: skip
HEADER = {
    "org_name": "Ủy ban nhân dân xã Mẫu", "commune_name": "Mẫu", "commune_kind": "xã", "village_kind": "thôn",
    "province": "Ví Dụ", "period_label": "Quý III/2026", "next_period_label": "Quý IV/2026",
}  # fmt: skip
REGISTRY = Registry.load()


@pytest.mark.parametrize("seed", range(10))
def test_odd_values(seed: int) -> None:
    chance = random.Random(seed)
    report_type = chance.choice(list(load_report_types().values()))
    header = {field.name: chance.choice(ODD) for field in report_type.header if chance.random() < 0.5}
    raw = {
        "report_type": report_type.id,
        "header": {**header, **HEADER},
        "sections": {
            section.id: {f.name: chance.choice(ODD) for f in section.fields if chance.random() < 0.5}
            for section in report_type.leaves
        },
    }
    draft = draft_report(report_type, load_topics(), read_inputs(raw, report_type), REGISTRY)
    assert draft.unsupported == ()
    assert len(docx_bytes(draft)) > 5_000
    assert "<c>" not in render_html(draft)
    json.dumps(draft_json(draft), ensure_ascii=False)


@pytest.mark.parametrize("report_type_id", sorted(load_report_types()))
def test_nothing_given_still_gives_the_outline(report_type_id: str) -> None:
    report_type = load_report_types()[report_type_id]
    draft = draft_report(report_type, load_topics(), read_inputs({}, report_type), REGISTRY)
    assert draft.unsupported == ()
    assert len(docx_bytes(draft)) > 5_000
    drafted = {section.id for section in draft.sections}
    assert {s.id for s in report_type.leaves if not s.optional and not s.appendix} <= drafted
