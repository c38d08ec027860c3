"""Reading the inputs workbook back; every value knows its sheet and cell."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import EncryptedFileError, FileTooLargeError, UnreadableFileError
from assistant.reports import workbook_layout as layout
from assistant.reports.inputs import HEADER, Inputs, read_mapping
from assistant.reports.problems import Problem
from assistant.reports.types import ReportType
from assistant.reports.values import is_blank
from assistant.reports.workbook_style import ExcelCell
from assistant.vietnamese.text import nfc

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MAX_UNPACKED = 200 * 2**20
_OLE = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, report_type: ReportType) -> Inputs:
    """Inputs from a workbook that `write_workbook` made and an officer filled in; a blank one gives no values and
    a problem that says so.

    Raises:
        UnreadableFileError: missing, damaged, or not such a workbook.
        EncryptedFileError: protected by a password.
        FileTooLargeError: it unpacks to more than 200 MB.
    """
    _check_file(path)
    formulas, values = _open(path, data_only=False), _open(path, data_only=True)
    reader = _Reader(report_type, formulas, values)
    raw = reader.read()
    inputs = read_mapping(raw, report_type, source=path, places=reader.places)
    if reader.places:
        return inputs
    message = f"Biểu mẫu {path.name} chưa điền ô nào; bản dự thảo sẽ chỉ có các chỗ chờ số liệu."
    return replace(inputs, problems=(Problem("warning", "", message, kind="structure"), *inputs.problems))


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start == _OLE:
            raise EncryptedFileError(f"Tệp {path.name} có mật khẩu hoặc là Excel đời cũ; hãy lưu lại thành .xlsx.")
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except OSError as error:
        raise UnreadableFileError(
            f"Không mở được tệp {path}; hãy kiểm tra đường dẫn và đóng tệp nếu đang mở trong Excel."
        ) from error
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(f"Tệp {path.name} không phải Excel hoặc đã hỏng; hãy lưu lại thành .xlsx.") from error
    if unpacked > _MAX_UNPACKED:
        raise FileTooLargeError(f"Tệp {path.name} lớn bất thường; hãy tạo lại biểu mẫu bằng lệnh inputs.")


def _open(path: Path, *, data_only: bool) -> "Workbook":
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # of drawings and extensions that it drops: nothing of the form is among them
            warnings.simplefilter("ignore")
            book = load_workbook(path, data_only=data_only)
    except Exception as error:
        # openpyxl lets through whatever a damaged part makes lxml, zipfile or its own parsers raise
        raise UnreadableFileError(f"Tệp {path.name} bị hỏng; hãy mở bằng Excel và lưu lại.") from error
    if layout.META not in book.sheetnames:
        raise UnreadableFileError(
            f"Tệp {path.name} không phải biểu mẫu số liệu; hãy tạo biểu mẫu bằng lệnh inputs rồi điền."
        )
    return book


class _Reader:
    """Collects the values of one workbook by section and field."""

    def __init__(self, report_type: ReportType, formulas: "Workbook", values: "Workbook") -> None:
        self.report_type = report_type
        self.formulas = formulas
        self.values = values
        self.places: dict[str, str] = {}
        self.sections: dict[str, dict[str, Any]] = {}
        self.totals: list[tuple[str, str, str]] = []

    def read(self) -> dict[str, Any]:
        """The mapping that `read_mapping` takes."""
        for sheet in self.formulas.worksheets:
            if sheet.title not in (layout.META, layout.CHOICES, layout.GUIDE):
                self._sheet(sheet)
        for section, name, place in self.totals:
            self._total(section, name, place)
        header = self.sections.pop(HEADER, {})
        given_type = self.formulas[layout.META]["B1"].value
        return {"report_type": given_type, "header": header, "sections": self.sections}

    def _sheet(self, sheet: "Worksheet") -> None:
        row = 1
        while row <= sheet.max_row:
            key = layout.read_key(sheet.cell(row, layout.KEY).value)
            kind, _, place = key.partition(":")
            place, _, columns = place.partition("|")
            section, _, name = place.partition(".")
            if kind == "T":
                row = self._table(sheet, row, section, name, columns.split(","))
                continue
            if kind in ("V", "L", "S") and name:
                self._cell(sheet, row, kind, section, name)
            row += 1

    def _cell(self, sheet: "Worksheet", row: int, kind: str, section: str, name: str) -> None:
        cell = sheet.cell(row, layout.VALUE)
        where = _where(sheet, cell)
        if kind == "S" and isinstance(cell.value, str) and cell.value.startswith("="):
            self.totals.append((section, name, where))
            return
        value = self._read(sheet, cell)
        if is_blank(value):
            return
        self.places.setdefault(f"{section}.{name}", where)
        values = self.sections.setdefault(section, {})
        if kind == "L":
            values.setdefault(name, []).extend(str(value).splitlines() if isinstance(value, str) else [value])
        else:
            values[name] = value

    def _read(self, sheet: "Worksheet", cell: ExcelCell) -> Any:
        """A cell's value; of a formula the value Excel last computed; a cell shown in percent as percent."""
        value = cell.value
        if isinstance(value, str) and value.startswith("=") and cell.data_type == "f":
            value = self.values[sheet.title][cell.coordinate].value
        if isinstance(value, float):
            value = round(value, 8)
        if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
            value = round(value * 100, 6)
        return nfc(value) if isinstance(value, str) else value

    def _table(self, sheet: "Worksheet", head: int, section: str, name: str, columns: Sequence[str]) -> int:
        """Read the rows under a table's head; returns the row after them."""
        records: list[Mapping[str, Any]] = []
        row = head + 1
        while row <= sheet.max_row and not sheet.cell(row, layout.KEY).value:
            record = {}
            for column, key in enumerate(columns, start=layout.TABLE_START):
                value = self._read(sheet, sheet.cell(row, column))
                if not is_blank(value):
                    record[key] = value
                    self.places.setdefault(f"{section}.{name}", _where(sheet, sheet.cell(row, column)))
            if record:
                records.append(record)
            row += 1
        if records:
            self.sections.setdefault(section, {})[name] = records
        return row

    def _total(self, section: str, name: str, place: str) -> None:
        """A protected total has the value of its parts once all of them are numbers."""
        known = {s.id: s for s in self.report_type.sections}
        parts = layout.total_parts(known[section], name) if section in known else ()
        values = self.sections.get(section, {})
        numbers = [values.get(part) for part in parts]
        if parts and all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
            values[name] = sum(n for n in numbers if isinstance(n, int | float))
            self.places.setdefault(f"{section}.{name}", place)


def _where(sheet: "Worksheet", cell: ExcelCell) -> str:
    return f"trang «{sheet.title}», ô {cell.coordinate}"
