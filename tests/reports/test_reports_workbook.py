"""The inputs workbook: what an officer sees, what comes back, cells named in messages, bad files."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.errors import EncryptedFileError, InputError, UnreadableFileError
from assistant.reports import Inputs, get_report_type, load_report_types, read_inputs
from assistant.reports import workbook_layout as layout
from assistant.reports.blank_yaml import blank_yaml
from assistant.reports.workbook_write import write_workbook

QUARTER = get_report_type("quy_khcn_dmst_cds")
VALUES: dict[str, Any] = {
    "header": {
        "commune_name": "Mẫu",
        "commune_kind": "xã",
        "period_end": "2025-09-30",
        "recipients": ["Như trên", "Lưu: VT"],
    },
    "sections": {
        "q_chi_dao": {
            "directives_issued": [
                {"loai": "Quyết định", "so": "23/QĐ-UBND", "ngay": "2025-07-12", "trich_yeu": "A & B <c>"}
            ]
        },
        "q_hop_truc_tuyen": {"vc_meetings": 12, "vc_province": 9, "vc_central": 3, "vc_limits": ["=1+1", "chậm"]},
        "q_dvctt": {"rec_total": 1941, "rec_online": "trên 300", "online_rate": 17.1, "late_reason": "chờ ý kiến"},
        "q_kinh_te_so": {"ocop_products": [{"ten": "Miến", "len_san": True}, {"ten": "Nấm", "len_san": False}]},
    },
}  # fmt: skip


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "bieu-mau.xlsx"
    write_workbook(QUARTER, path, inputs=read_inputs(VALUES, QUARTER), previous=read_inputs(VALUES, QUARTER))
    return path


def _cells(path: Path, key: str) -> tuple[str, int]:
    """Sheet and row of a key."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            if str(sheet.cell(row, layout.KEY).value).partition("|")[0] == key:
                return sheet.title, row
    raise AssertionError(key)


def _edit(path: Path, key: str, value: Any, column: int = layout.VALUE, below: int = 0) -> None:
    title, row = _cells(path, key)
    book = load_workbook(path)
    book[title].cell(row + below, column).value = value
    book.save(path)


def _plain(inputs: Inputs) -> dict[str, Any]:
    return {name: _without_none(dict(values)) for name, values in inputs.sections.items()}


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list) else value


def test_what_was_written_comes_back(filled: Path) -> None:
    again, first = read_inputs(filled, QUARTER), read_inputs(VALUES, QUARTER)
    assert _plain(again) == _plain(first)
    assert dict(again.header) == dict(first.header)


def test_keys_hold_no_escape_of_libreoffice(filled: Path) -> None:
    cells = [str(sheet.cell(row, 1).value) for sheet in load_workbook(filled) for row in range(1, sheet.max_row + 1)]
    assert any("q_~xa_hoi_so" in cell for cell in cells)
    assert not [cell for cell in cells if re.search("(?i)_x", cell)]


def test_a_value_that_its_section_does_not_ask_for_is_kept(tmp_path: Path) -> None:
    raw = {"report_type": QUARTER.id, "sections": {"q_chu_ky_so": {"sig_leader": 3, "sig_leader_total": 4}}}
    write_workbook(QUARTER, tmp_path / "a.xlsx", inputs=read_inputs(raw, QUARTER))
    (tmp_path / "a.yaml").write_text(blank_yaml(QUARTER, read_inputs(raw, QUARTER)), encoding="utf-8")
    for name in ("a.xlsx", "a.yaml"):
        assert read_inputs(tmp_path / name, QUARTER).own("q_chu_ky_so", "sig_leader_total") == 4


@pytest.mark.parametrize("report_type_id", sorted(load_report_types()))
def test_every_field_has_its_place(tmp_path: Path, report_type_id: str) -> None:
    report_type = get_report_type(report_type_id)
    path = tmp_path / "a.xlsx"
    write_workbook(report_type, path)
    book = load_workbook(path)
    keys = {
        layout.read_key(sheet.cell(row, 1).value).partition(":")[2].partition("|")[0]
        for sheet in book.worksheets
        for row in range(1, sheet.max_row + 1)
    }
    asked = {f"{section.id}.{field.name}" for section in report_type.leaves for field in section.fields}
    asked |= {f"header.{field.name}" for field in report_type.header}
    assert asked <= keys
    assert all(len(title) <= 31 for title in book.sheetnames)
    inputs = read_inputs(path, report_type)
    assert [p.severity for p in inputs.problems] == ["warning"]
    assert not inputs.header
    assert not inputs.sections


def test_labels_units_examples_drop_downs_protection(filled: Path) -> None:
    book = load_workbook(filled)
    title, row = _cells(filled, "V:q_dvctt.rec_direct")
    sheet = book[title]
    assert sheet.cell(row, layout.LABEL).value == "Hồ sơ trực tiếp/bưu chính (*)"
    assert sheet.cell(row, layout.UNIT).value == "hồ sơ"
    assert sheet.cell(row, layout.EXAMPLE).value == 380
    assert sheet.protection.sheet
    assert not sheet.cell(row, layout.VALUE).protection.locked
    assert sheet.column_dimensions["A"].hidden
    lists = [v for s in book.worksheets for v in s.data_validations.dataValidation if v.type == "list"]
    assert lists
    title, row = _cells(filled, "V:header.commune_kind")
    validation = next(v for v in book[title].data_validations.dataValidation if f"C{row}" in v.sqref)
    column = validation.formula1.split("$")[1]
    assert [book[layout.CHOICES][f"{column}{n}"].value for n in (1, 2, 3)] == ["xã", "phường", "đặc khu"]


def test_last_period_stands_beside(filled: Path) -> None:
    title, row = _cells(filled, "S:q_hop_truc_tuyen.vc_meetings")
    assert load_workbook(filled)[title].cell(row, layout.PREVIOUS).value == 12


def test_totals_are_protected_formulas_and_follow_their_parts(filled: Path) -> None:
    title, row = _cells(filled, "S:q_hop_truc_tuyen.vc_meetings")
    cell = load_workbook(filled)[title].cell(row, layout.VALUE)
    assert str(cell.value).startswith("=")
    assert cell.protection.locked
    _edit(filled, "V:q_hop_truc_tuyen.vc_province", 10)
    assert read_inputs(filled, QUARTER).value("q_hop_truc_tuyen", "vc_meetings") == 13


def test_a_total_that_disagrees_with_its_parts_is_kept_as_given(tmp_path: Path) -> None:
    inputs = read_inputs(
        {"sections": {"q_hop_truc_tuyen": {"vc_meetings": 20, "vc_province": 9, "vc_central": 3}}}, QUARTER
    )
    path = tmp_path / "a.xlsx"
    write_workbook(QUARTER, path, inputs=inputs)
    assert read_inputs(path, QUARTER).value("q_hop_truc_tuyen", "vc_meetings") == 20


def test_messages_name_sheet_and_cell(filled: Path) -> None:
    _edit(filled, "V:q_dvctt.rec_late", "2.76.65")
    title, row = _cells(filled, "V:q_dvctt.rec_late")
    inputs = read_inputs(filled, QUARTER)
    error = next(p for p in inputs.problems if p.severity == "error")
    assert error.field == "q_dvctt.rec_late"
    assert f"trang «{title}», ô C{row}" in error.message


def test_a_cell_formatted_as_percent_and_a_row_inserted_in_a_table(filled: Path) -> None:
    title, row = _cells(filled, "V:q_dvctt.ontime_rate")
    table, head = _cells(filled, "T:q_kinh_te_so.ocop_products")
    book = load_workbook(filled)
    cell = book[title].cell(row, layout.VALUE, 0.9855)
    cell.number_format = "0.00%"
    book[table].cell(head + 5, layout.TABLE_START, "Mật ong")
    book.save(filled)
    inputs = read_inputs(filled, QUARTER)
    assert float(inputs.value("q_dvctt", "ontime_rate")) == 98.55
    assert [r["ten"] for r in inputs.value("q_kinh_te_so", "ocop_products")] == ["Miến", "Nấm", "Mật ong"]


def test_bad_workbooks(tmp_path: Path) -> None:
    encrypted = tmp_path / "mat-khau.xlsx"
    encrypted.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(EncryptedFileError):
        read_inputs(encrypted, QUARTER)
    broken = tmp_path / "hong.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(UnreadableFileError):
        read_inputs(broken, QUARTER)
    from openpyxl import Workbook

    other = tmp_path / "khac.xlsx"
    Workbook().save(other)
    with pytest.raises(UnreadableFileError) as caught:
        read_inputs(other, QUARTER)
    assert "không phải biểu mẫu" in str(caught.value)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_workbook(QUARTER, tmp_path / "khong-co" / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_last_periods_table_stands_beside_this_ones_and_is_not_read(tmp_path: Path) -> None:
    now = {"report_type": QUARTER.id, "sections": {"q_kinh_te_so": {"ocop_products": [{"ten": "Nấm"}]}}}
    others = [{"ten": f"Sản phẩm {number}", "hang_sao": "3 sao"} for number in range(9)]
    before = [*others, {"ten": "Nấm", "hang_sao": "4 sao"}]
    then = {"report_type": QUARTER.id, "sections": {"q_kinh_te_so": {"ocop_products": before}}}
    path = tmp_path / "bieu-mau.xlsx"
    write_workbook(QUARTER, path, inputs=read_inputs(now, QUARTER), previous=read_inputs(then, QUARTER))
    title, head = _cells(path, "T:q_kinh_te_so.ocop_products")
    sheet = load_workbook(path)[title]
    beside = {str(cell.value): cell.column for cell in sheet[head] if str(cell.value).startswith("Kỳ trước")}
    name, stars = (next(column for label, column in beside.items() if word in label) for word in ("Tên", "ao"))
    told = [(sheet.cell(head + 1 + row, name).value, sheet.cell(head + 1 + row, stars).value) for row in range(10)]
    assert told[0] == ("Nấm", "4 sao")
    assert told[1:] == [(f"Sản phẩm {number}", "3 sao") for number in range(9)]
    assert all(sheet.cell(head + 1, column).protection.locked for column in beside.values())
    assert _plain(read_inputs(path, QUARTER)) == {"q_kinh_te_so": {"ocop_products": [{"ten": "Nấm"}]}}
