"""Every rule of severity error that a draft can satisfy holds in the Word files of the five report types."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.draft import draft_report, write_docx
from assistant.legal.registry import Registry
from assistant.paths import KNOWLEDGE
from assistant.reports import get_report_type, load_topics, read_inputs

sys.path.insert(0, str(Path(__file__).parent))
from conformance import Checked

EXAMPLES = sorted((KNOWLEDGE / "examples").glob("*.yaml"))
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "inputs"


def word_file(source: Path, target: Path, **changes: Any) -> Path:
    raw = yaml.safe_load(source.read_text(encoding="utf-8"))
    for key, value in changes.items():
        raw["header"][key] = value
    report_type = get_report_type(raw["report_type"])
    draft = draft_report(report_type, load_topics(), read_inputs(raw, report_type), Registry.load())
    write_docx(draft, target)
    return target


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.stem)
def test_examples_keep_every_rule(source: Path, tmp_path: Path) -> None:
    assert Checked(word_file(source, tmp_path / "a.docx")).breaches() == []


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", ["tan-doan-quy-3-2025", "loc-tan-nam-2025", "quoi-dien-hdnd-2025"])
def test_samples_keep_every_rule(name: str, tmp_path: Path) -> None:
    assert Checked(word_file(SAMPLES / f"{name}.yaml", tmp_path / "a.docx")).breaches() == []


@pytest.mark.parametrize(
    ("changes", "number", "place_date"),
    [
        ({"report_number": "5/BC-UBND", "report_date": "2026-02-03"}, "Số: 05/BC-UBND", "ngày 03 tháng 02 năm 2026"),
        ({"report_number": "187/BC-UBND", "report_date": "2026-10-12"}, "Số: 187/BC-UBND", "ngày 12 tháng 10 năm 2026"),
        ({"report_number": None, "report_date": None}, "Số:       /BC-UBND", "tháng        năm 2026"),
        ({"report_number": "   /BC-UBND", "report_date": "tháng 10/2026"}, "Số:       /BC-UBND", "tháng 10 năm 2026"),
    ],
)
def test_number_and_date_lines(changes: dict[str, Any], number: str, place_date: str, tmp_path: Path) -> None:
    source = KNOWLEDGE / "examples" / "quy_khcn_dmst_cds.yaml"
    checked = Checked(word_file(source, tmp_path / "a.docx", **changes))
    assert checked.breaches() == []
    assert checked.head.cell(1, 0).text == number
    assert checked.head.cell(1, 1).text.endswith(place_date)


@pytest.mark.parametrize(
    ("capacity", "title", "expected"),
    [
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("KT.CHỦ TỊCH", "Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Chủ tịch", "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
    ],
)
def test_lines_above_the_signature(capacity: str, title: str, expected: list[str], tmp_path: Path) -> None:
    source = KNOWLEDGE / "examples" / "quy_khcn_dmst_cds.yaml"
    path = word_file(source, tmp_path / "a.docx", signatory_capacity=capacity, signatory_title=title)
    checked = Checked(path)
    assert [p.text for p in checked.sign.cell(0, 1).paragraphs][:-1] == expected
    assert checked.breaches() == []


def test_a_name_not_given_is_never_made_up(tmp_path: Path) -> None:
    source = KNOWLEDGE / "examples" / "quy_khcn_dmst_cds.yaml"
    checked = Checked(word_file(source, tmp_path / "a.docx", signatory_name=None))
    assert checked.sign.cell(0, 1).paragraphs[-1].text == "[Họ và tên người ký]"
