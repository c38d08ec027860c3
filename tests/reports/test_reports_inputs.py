"""Reading inputs: types, numbers as text, dates that do not exist, names that are nearly right."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import (
    EmptyDocumentError,
    UnknownNameError,
    UnreadableFileError,
    UnsupportedFileError,
)
from assistant.reports import get_report_type, load_report_types, missing_fields, read_inputs, section_uses
from assistant.reports.blank_yaml import blank_yaml
from tests.conftest import SHARED

QUARTER = get_report_type("quy_khcn_dmst_cds")
MONTHS = get_report_type("nq57_n_thang_phu_luc")


def read(values: dict[str, Any], section: str = "q_dvctt") -> Any:
    return read_inputs({"sections": {section: values}}, QUARTER)


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("rec_total", 1941, 1941),
        ("rec_total", "1941", 1941),
        ("rec_total", "1.941", 1941),
        ("rec_total", "1 941", 1941),
        ("rec_total", "1\u00a0941", 1941),
        ("rec_total", "1.941 hồ sơ", 1941),
        ("rec_total", "07", 7),
        ("rec_total", 0, 0),
        ("rec_total", "trên 150", "trên 150"),
        ("online_rate", 97.23, Decimal("97.23")),
        ("online_rate", "97,23%", Decimal("97.23")),
        ("online_rate", "97.23", Decimal("97.23")),
        ("online_rate", "98.553", Decimal("98.553")),
        ("online_rate", 100, Decimal(100)),
        ("late_reason", 12, "12"),
        ("period_note", date(2025, 7, 1), "01/7/2025"),
        ("period_note", "  nhiều   ý ", "nhiều   ý"),
    ],
)
def test_values_are_read_as_their_type(name: str, raw: Any, expected: Any) -> None:
    inputs = read({name: raw})
    assert inputs.value("q_dvctt", name) == expected
    assert [p.severity for p in inputs.problems if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("name", "raw"),
    [("rec_total", "2.76.65%"), ("rec_total", 12.5), ("rec_total", [1, 2]), ("rec_late", -3), ("online_rate", 120),
     ("rec_total", True), ("rec_total", "-5"), ("resolved_rate", "97;23"), ("rec_total", "500.000 ngàn")],
)  # fmt: skip
def test_a_wrong_value_is_an_error_that_names_its_place(name: str, raw: Any) -> None:
    inputs = read({name: raw})
    assert [(p.severity, p.field) for p in inputs.problems] == [("error", f"q_dvctt.{name}")]


@pytest.mark.parametrize("raw", [None, "", "  ", "…", "......", "-", "___"])
def test_blanks_are_missing(raw: Any) -> None:
    inputs = read({"rec_total": raw, "late_reason": raw})
    assert inputs.value("q_dvctt", "rec_total") is None
    assert inputs.value("q_dvctt", "late_reason") is None
    assert inputs.problems == ()


def test_zero_and_none_are_given() -> None:
    inputs = read_inputs({"sections": {"q_kho_khan": {"difficulties": []}, "q_attt": {"sec_incidents": 0}}}, QUARTER)
    assert inputs.value("q_kho_khan", "difficulties") == []
    missing = missing_fields(QUARTER, inputs)
    assert "q_kho_khan.difficulties" not in missing
    assert "q_dvctt.rec_total" in missing
    assert "header.report_title" in missing


def test_an_appendix_repeats_the_figures_of_the_body() -> None:
    inputs = read_inputs({"sections": {"q_dvctt": {"rec_total": 10}}}, QUARTER)
    missing = missing_fields(QUARTER, inputs)
    assert "q_phu_luc.rec_total" not in missing
    assert "q_phu_luc.rec_online" in missing


@pytest.mark.parametrize("given", ["2025-11-31", "31/11/2025", "ngày 31 tháng 11 năm 2025", "30/02/2025"])
def test_a_date_that_does_not_exist_is_kept_and_an_error(given: str) -> None:
    inputs = read_inputs({"header": {"period_end": given}}, QUARTER)
    assert inputs.header["period_end"] == given
    assert [(p.severity, p.field, p.kind) for p in inputs.problems] == [("error", "header.period_end", "date")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025-09-30", date(2025, 9, 30)),
        ("30/9/2025", date(2025, 9, 30)),
        ("ngày 30 tháng 9 năm 2025", date(2025, 9, 30)),
        (date(2025, 9, 30), date(2025, 9, 30)),
        ("tháng 10 năm 2025 (ngày để trống)", "tháng 10 năm 2025 (ngày để trống)"),
    ],
)
def test_dates(given: Any, expected: Any) -> None:
    inputs = read_inputs({"header": {"report_date": given}}, QUARTER)
    assert inputs.header["report_date"] == expected
    assert inputs.problems == ()


def test_a_date_in_a_document_that_does_not_exist() -> None:
    documents = [{"loai": "Quyết định", "so": "23/QĐ-UBND", "ngay": "31/9/2025"}]
    inputs = read({"directives_issued": documents}, "q_chi_dao")
    assert [(p.severity, p.field) for p in inputs.problems] == [("error", "q_chi_dao.directives_issued")]
    assert "dòng 1 (23/QĐ-UBND)" in inputs.problems[0].message
    assert inputs.value("q_chi_dao", "directives_issued")[0]["ngay"] == "31/9/2025"


@pytest.mark.parametrize(
    ("raw", "key", "nearest"),
    [
        ({"sections": {"q_dvctt": {"rec_totl": 3}}}, "q_dvctt.rec_totl", "rec_total"),
        ({"sections": {"q_dvct": {"rec_total": 3}}}, "q_dvct", "q_dvctt"),
        ({"header": {"report_titel": "x"}}, "header.report_titel", "report_title"),
        ({"rec_onlin": 3}, "rec_onlin", "rec_online"),
        ({"sections": {"q_kien_nghi": {"proposals": [{"noi_dun": "x"}]}}}, "q_kien_nghi.proposals", "noi_dung"),
    ],
)
def test_unknown_names_are_warnings_with_the_nearest(raw: dict[str, Any], key: str, nearest: str) -> None:
    inputs = read_inputs(raw, QUARTER)
    found = [p for p in inputs.problems if p.kind == "unknown_field"]
    assert [(p.severity, p.field) for p in found] == [("warning", key)]
    assert f"«{nearest}»" in found[0].message


def test_section_values_count_for_that_section_and_flat_ones_everywhere() -> None:
    nested = read_inputs({"sections": {"q_dvctt": {"rec_total": 10}}}, QUARTER)
    assert nested.value("q_phu_luc", "rec_total") is None
    flat = read_inputs({"rec_total": 10, "commune_name": "Mẫu"}, QUARTER)
    assert flat.value("q_phu_luc", "rec_total") == flat.value("q_dvctt", "rec_total") == 10
    assert flat.header["commune_name"] == "Mẫu"


def test_lists_tables_and_documents_in_their_looser_forms() -> None:
    inputs = read_inputs(
        {
            "sections": {
                "q_kho_khan": {"difficulties": "- ý một\n- ý hai"},
                "q_kinh_te_so": {
                    "ocop_products": [{"ten": "Miến", "len_san": "có"}, {"ten": "Nấm", "len_san": "chưa"}]
                },
                "q_chi_dao": {
                    "directives_issued": [
                        "Quyết định số 23/QĐ-UBND ngày 12/7/2025 của Ủy ban nhân dân xã về kiện toàn Ban Chỉ đạo"
                    ],
                    "steering_committee_decision": {"loai": "Quyết định", "so": "23/QĐ-UBND", "ngay": "12/07/2025"},
                },
            }
        },
        QUARTER,
    )
    assert inputs.value("q_kho_khan", "difficulties") == ["ý một", "ý hai"]
    assert [row["len_san"] for row in inputs.value("q_kinh_te_so", "ocop_products")] == [True, False]
    assert inputs.value("q_chi_dao", "directives_issued") == [
        {
            "loai": "Quyết định",
            "so": "23/QĐ-UBND",
            "ngay": date(2025, 7, 12),
            "co_quan": "Ủy ban nhân dân xã",
            "trich_yeu": "kiện toàn Ban Chỉ đạo",
        }
    ]
    assert inputs.value("q_chi_dao", "steering_committee_decision")["ngay"] == date(2025, 7, 12)
    assert inputs.problems == ()


def test_a_known_field_given_in_a_section_that_does_not_ask_for_it_is_kept() -> None:
    inputs = read({"infra_notes": ["đã lắp 2 trạm"]}, "q_attt")
    assert inputs.problems == ()
    extra = section_uses(QUARTER, inputs, "q_attt")[-1]
    assert (extra.topic.id, [f.name for f in extra.fields]) == ("equipment", ["infra_notes"])


def test_the_wrong_report_type_is_said() -> None:
    inputs = read_inputs({"report_type": "nq57_trinh_hdnd", "header": {}}, QUARTER)
    assert [p.field for p in inputs.problems] == ["report_type"]


def test_decomposed_text_is_read_as_composed(tmp_path: Path) -> None:
    path = tmp_path / "so-lieu.yaml"
    path.write_text(unicodedata.normalize("NFD", "header:\n  commune_name: Đoàn Kết\n"), "utf-8")
    assert read_inputs(path, QUARTER).header["commune_name"] == "Đoàn Kết"


def test_json_and_yaml_say_the_same(tmp_path: Path) -> None:
    values = {"report_type": QUARTER.id, "sections": {"q_dvctt": {"rec_total": 1941, "online_rate": 17.1}}}
    (tmp_path / "a.json").write_text(json.dumps(values), "utf-8")
    (tmp_path / "a.yaml").write_text("sections:\n  q_dvctt:\n    rec_total: 1.941\n    online_rate: 17.1\n", "utf-8")
    first, second = (read_inputs(tmp_path / name, QUARTER) for name in ("a.json", "a.yaml"))
    assert dict(first.sections["q_dvctt"]) == dict(second.sections["q_dvctt"])


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.yaml", b"", EmptyDocumentError),
        ("a.yaml", b"header: [", UnreadableFileError),
        ("a.yaml", b"- one\n- two\n", UnreadableFileError),
        ("a.json", b"{", UnreadableFileError),
        ("a.json", b"[" * 100_000, UnreadableFileError),
        ("a.yaml", b"header: " + b"[" * 3_000, UnreadableFileError),
        ("a.yaml", "tiêu đề: ạ".encode("cp1258", "replace") + b"\xff\xfe\xfa", UnreadableFileError),
        ("a.docx", b"PK", UnsupportedFileError),
        ("a.xlsx", b"not a workbook", UnreadableFileError),
    ],
)
def test_bad_files_give_one_sentence(tmp_path: Path, name: str, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        read_inputs(path, QUARTER)
    assert "\n" not in str(caught.value)


def test_a_missing_file() -> None:
    with pytest.raises(UnreadableFileError):
        read_inputs("khong-co.yaml", QUARTER)


def test_an_unknown_report_type_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        get_report_type("quy_khcn_dmst_cd")
    assert caught.value.nearest[0] == "quy_khcn_dmst_cds"


@pytest.mark.parametrize("report_type_id", sorted(load_report_types()))
def test_the_yaml_form_reads_back(tmp_path: Path, report_type_id: str) -> None:
    report_type = get_report_type(report_type_id)
    blank = tmp_path / "blank.yaml"
    blank.write_text(blank_yaml(report_type), "utf-8")
    assert read_inputs(blank, report_type).problems == ()
    filled = read_inputs(
        {"header": {"report_title": 'a: "b" # c & <d>'}, "sections": {s.id: _examples(s) for s in report_type.leaves}},
        report_type,
    )
    again = tmp_path / "filled.yaml"
    again.write_text(blank_yaml(report_type, filled), "utf-8")
    read_again = read_inputs(again, report_type)
    assert {k: dict(v) for k, v in read_again.sections.items()} == {k: dict(v) for k, v in filled.sections.items()}
    assert dict(read_again.header) == dict(filled.header)


def _examples(section: Any) -> dict[str, Any]:
    return {field.name: field.example for field in section.fields if field.example is not None}


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("name", "report_type_id"),
    [
        ("tan-doan-quy-3-2025", "quy_khcn_dmst_cds"),
        ("quoi-dien-hdnd-2025", "nq57_trinh_hdnd"),
        ("loc-tan-nam-2025", "bcd_cuoi_nam_10_linh_vuc"),
    ],
)
def test_the_samples_are_understood(name: str, report_type_id: str) -> None:
    inputs = read_inputs(SHARED / f"samples/inputs/{name}.yaml", get_report_type(report_type_id))
    assert [p for p in inputs.problems if p.kind == "unknown_field"] == []
