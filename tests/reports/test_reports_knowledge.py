"""The knowledge files of topics and report types: complete, consistent, each thing once."""

import re
from collections import Counter

import pytest

from assistant.paths import KNOWLEDGE
from assistant.reports import (
    load_general_facts,
    load_indicator_sets,
    load_plan_facts,
    load_report_types,
    load_topics,
    numbers,
)
from assistant.reports.relation_types import RowAtMost, RowRatio
from assistant.reports.scope import field_index
from tests.conftest import SHARED

TYPES = load_report_types()
TOPICS = load_topics()
# for headings of other outlines; no built-in section holds it
FREE = "other_content"
IDS = (
    "tong_ket_nam_bcd_chinh_phu",
    "quy_khcn_dmst_cds",
    "nq57_n_thang_phu_luc",
    "nq57_trinh_hdnd",
    "bcd_cuoi_nam_10_linh_vuc",
)


def test_five_types_from_thirty_to_forty_five_topics() -> None:
    assert set(TYPES) == set(IDS)
    assert 30 <= len(TOPICS) <= 45


def test_every_field_has_one_home() -> None:
    homes = Counter(field.name for topic in TOPICS.values() for field in topic.fields)
    assert [name for name, count in homes.items() if count > 1] == []
    header = {field.name for report_type in TYPES.values() for field in report_type.header}
    assert header.isdisjoint(homes)


def test_every_requirement_is_asked_for_and_stands_once() -> None:
    used = {
        (use.topic.id, requirement.id)
        for report_type in TYPES.values()
        for section in report_type.leaves
        for use in section.topics
        for requirement in use.requirements
    }
    for topic in TOPICS.values():
        ids = [requirement.id for requirement in topic.requirements]
        texts = [requirement.text for requirement in topic.requirements]
        assert len(set(ids)) == len(ids)
        assert len(set(texts)) == len(texts), topic.id
        assert {(topic.id, name) for name in ids} <= used or topic.id == FREE


def test_every_field_of_a_topic_is_used_by_some_section() -> None:
    used = {field.name for t in TYPES.values() for section in t.leaves for field in section.fields}
    assert [f.name for topic in TOPICS.values() for f in topic.fields if f.name not in used] == ["other_points"]


@pytest.mark.parametrize("report_type_id", IDS)
def test_each_leaf_has_requirements_with_a_basis_and_a_purpose(report_type_id: str) -> None:
    for section in TYPES[report_type_id].leaves:
        assert section.requirements, section.id
        assert all(requirement.basis for requirement in section.requirements), section.id
        assert section.purpose, section.id


def test_relations_name_known_fields() -> None:
    known = field_index(TYPES["tong_ket_nam_bcd_chinh_phu"]).keys() | {
        field.name for topic in TOPICS.values() for field in topic.fields
    }
    loose = set()
    for topic in TOPICS.values():
        for relation in topic.relations:
            if isinstance(relation, RowRatio | RowAtMost):
                names = {relation.table}
            else:
                names = {
                    getattr(relation, a)
                    for a in ("total", "field", "limit", "period", "table", "when")
                    if hasattr(relation, a)
                }
                for attribute in ("parts", "optional", "numerator", "denominator", "factors"):
                    names |= {name.removeprefix("-") for name in getattr(relation, attribute, ())}
            loose |= names - known
    # the numerator of a share that no field asks for, and a share that only exists computed
    assert loose == {"docs_signed", "dig_reuse_per_done"}


@pytest.mark.parametrize("report_type_id", IDS)
def test_numbers_run_without_gaps(report_type_id: str) -> None:
    report_type = TYPES[report_type_id]
    for parent in (None, *(section.id for section in report_type.sections)):
        siblings = [s for s in report_type.children(parent) if s.style not in ("none", "dash")]
        assert len({s.number for s in siblings}) == len(siblings)


def test_parts_that_the_samples_lack_are_there() -> None:
    year = TYPES["tong_ket_nam_bcd_chinh_phu"]
    assert [(s.number, s.heading) for s in year.children(None) if not s.appendix] == [
        ("A", "KẾT QUẢ THỰC HIỆN"),
        ("B", "PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM NĂM SAU"),
    ]
    quarter = TYPES["quy_khcn_dmst_cds"]
    assert quarter.section("q_chi_tieu_cqs").number == "8"
    assert quarter.section("q_dvctt").number == "3.6"
    assert TYPES["nq57_n_thang_phu_luc"].section("nq_pl10").number == "Phụ lục X"
    assert TYPES["nq57_trinh_hdnd"].section("hd_ngan_sach").number == "e)"


def test_numbers_close_up_when_a_section_is_left_out() -> None:
    report_type = TYPES["bcd_cuoi_nam_10_linh_vuc"]
    ids = {section.id for section in report_type.sections} - {"bcd_ha_tang"}
    renumbered = numbers(report_type, ids)
    assert renumbered["bcd_du_lieu"] == "2"
    assert "bcd_ha_tang" not in renumbered


def test_figures_in_running_text_have_names() -> None:
    numeric = [f for topic in TOPICS.values() for f in topic.fields if f.numeric]
    assert [f.name for f in numeric if not f.aliases] == []


def test_facts_about_plans_and_indicator_sets() -> None:
    by_id = {s.id: s for s in load_indicator_sets()}
    index = by_id["bo_chi_so_766"]
    assert sum(group.points or 0 for group in index.groups) == index.total_points == 100
    commune = by_id["dti_cap_xa_ha_noi"]
    assert sum(group.indicators or 0 for group in commune.groups) == commune.total_indicators == 47
    assert len(commune.groups) == 8
    facts = (*load_plan_facts(), *load_general_facts())
    assert all(fact.text.endswith(".") and fact.confidence for fact in facts)
    assert all(set(fact.topics) <= set(TOPICS) for fact in facts)
    assert any(fact.symbol == "408/TB-VPCP" and fact.deadline == "2025-08-15" for fact in facts)


@pytest.mark.needs_shared
def test_all_sections_and_fields_of_the_reference_are_covered() -> None:
    yaml = pytest.importorskip("yaml")
    types = yaml.safe_load((SHARED / "reference/report_types.yaml").read_text("utf-8"))["report_types"]
    groups = yaml.safe_load((SHARED / "reference/fields.yaml").read_text("utf-8"))["groups"]
    names = {name for group in groups.values() for name in group["fields"]}
    assert len(names) == 273
    ours = {f.name for topic in TOPICS.values() for f in topic.fields}
    ours |= {f.name for report_type in TYPES.values() for f in report_type.header}
    assert names <= ours
    count = 0
    for reference in types:
        report_type = TYPES[reference["id"]]
        for node in _leaves(reference["outline"]):
            section = report_type.section(node["id"])
            asked = {f.name for f in (*section.fields, *section.header_fields)}
            assert {item["name"] for item in node.get("inputs", ())} <= asked, node["id"]
            assert len(section.requirements) >= len(node["must_contain"]), node["id"]
            assert {t["name"] for t in node.get("tables", ())} <= {t.id for t in section.tables}, node["id"]
            count += 1
    assert count == 102


@pytest.mark.needs_shared
def test_no_sentence_is_copied_from_the_reference() -> None:
    reference = (SHARED / "reference/report_types.yaml").read_text("utf-8")
    copied = [
        requirement.text
        for topic in TOPICS.values()
        for requirement in topic.requirements
        if len(requirement.text) > 60 and requirement.text in reference
    ]
    assert copied == []


@pytest.mark.needs_shared
def test_record_keys_of_the_reference_are_kept() -> None:
    yaml = pytest.importorskip("yaml")
    groups = yaml.safe_load((SHARED / "reference/fields.yaml").read_text("utf-8"))["groups"]
    fields = {f.name: f for topic in TOPICS.values() for f in topic.fields}
    for group in groups.values():
        for name, field in group["fields"].items():
            keys = [column.split(":")[0] for column in field.get("columns", ())]
            if keys:
                assert set(keys) <= {column.name for column in fields[name].columns}, name


def _leaves(nodes: list[dict]) -> list[dict]:
    found = []
    for node in nodes:
        if "id" in node:
            found.append(node)
        found += _leaves(node.get("children", []))
    return found


def test_knowledge_names_no_real_commune_in_examples() -> None:
    text = "\n".join(path.read_text("utf-8") for path in (KNOWLEDGE / "topics").glob("*.yaml"))
    examples = re.findall(r"example: (.*)", text)
    assert examples
    assert not [e for e in examples if re.search(r"Tân Đoàn|Lộc Tấn|Quới Điền|Lạng Sơn|Đồng Nai|Vĩnh Long", e)]


def test_every_basis_is_a_document_of_the_registry_or_has_no_number() -> None:
    from assistant.legal import Registry

    registry = Registry.load()
    symbols = {b.symbol for topic in TOPICS.values() for r in topic.requirements for b in r.basis}
    symbols |= {b.symbol for topic in TOPICS.values() for target in topic.targets for b in target.basis}
    symbols |= {fact.symbol for fact in load_plan_facts()}
    unknown = {symbol for symbol in symbols if not registry.find(symbol)}
    assert not {symbol for symbol in unknown if re.search(r"\d", symbol)}
