"""Tables and documents of the inputs: lists of records with the columns of their field."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.reports.fields import Field, record_columns
from assistant.reports.values import Doubt, Reading, is_blank, plain_text, read_scalar, shorten
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.similarity import nearest
from assistant.vietnamese.text import nfc

# row numbers and remarks that a record may carry beside its columns
_ROW_NUMBER = frozenset(("stt", "tt"))
_SYMBOL = re.compile(r"\d+(?:/\d{4})?\s?[/-]\s?[\w&]+(?:[-/][\w&]+)*")
_DOCUMENT_KINDS = (
    "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Kế hoạch", "Chương trình", "Thông báo", "Công văn",
    "Kết luận", "Thông tư", "Luật", "Hướng dẫn", "Quy chế", "Báo cáo", "Tờ trình", "Công điện", "Đề án",
)  # fmt: skip


def read_records(raw: Any, field: Field) -> Reading:
    """A table, a document or a list of documents as a list of records (a document: one record).

    Each doubt names its row, counted from 1.
    """
    if is_blank(raw):
        return Reading(None)
    if isinstance(raw, Mapping):
        rows: Sequence[Any] = _rows_of_mapping(raw, field)
    elif isinstance(raw, str):
        rows = [line for line in raw.splitlines() if not is_blank(line)]
    elif isinstance(raw, Sequence):
        rows = [row for row in raw if not is_blank(row)]
    else:
        return Reading(None, (Doubt("error", "phải là một bảng (danh sách các dòng)", "structure"),))
    records: list[dict[str, Any]] = []
    doubts: list[Doubt] = []
    for position, row in enumerate(rows, start=1):
        record, found = _read_record(row, field)
        where = "" if field.type == "doc" else f"{row_name(record, position)}: "
        if any(not is_blank(value) for value in record.values()):
            records.append(record)
        doubts.extend(Doubt(doubt.severity, where + doubt.text, doubt.kind) for doubt in found)
    if field.type == "doc":
        return Reading(records[0] if records else None, tuple(doubts))
    return Reading(records, tuple(doubts))


def row_name(record: Mapping[str, Any], position: int) -> str:
    """A record as a message names it: "dòng 4 (118/UBND-VHXH)", by its symbol or its first text."""
    texts = (str(v) for k, v in record.items() if k not in ("stt", "nhom") and isinstance(v, str) and v)
    name = record.get("so") or next(texts, "")
    return f"dòng {position} ({shorten(str(name))})" if name else f"dòng {position}"


def _rows_of_mapping(raw: Mapping[str, Any], field: Field) -> list[Any]:
    """One record, or a summary such as {chính quyền số: "05/07"} as a row per key."""
    columns = {column.name for column in record_columns(field)}
    if columns & set(raw) or len(columns) != 3 or not all(_SHARE.fullmatch(plain_text(v)) for v in raw.values()):
        return [raw]
    first, part, whole = (column.name for column in record_columns(field))
    rows = []
    for key, value in raw.items():
        numbers = plain_text(value).split("/")
        rows.append({first: str(key).replace("_", " "), part: numbers[0], whole: numbers[1]})
    return rows


_SHARE = re.compile(r"\s*\d+\s*/\s*\d+\s*")


def _read_record(row: Any, field: Field) -> tuple[dict[str, Any], list[Doubt]]:
    columns = record_columns(field)
    if not isinstance(row, Mapping):
        if field.type in ("doc", "doc_list"):
            return parse_citation(plain_text(row)), []
        return {columns[0].name if columns else "noi_dung": plain_text(row)}, []
    by_name = {column.name: column for column in columns}
    record: dict[str, Any] = {}
    doubts: list[Doubt] = []
    for key, value in row.items():
        column = by_name.get(str(key))
        if column is not None:
            reading = read_scalar(value, column)
            record[column.name] = reading.value
            doubts.extend(Doubt(d.severity, f"{column.label}: {d.text}", d.kind) for d in reading.doubts)
        elif str(key) not in _ROW_NUMBER and not is_blank(value):
            doubts.append(_unknown_column(str(key), by_name))
    return record, doubts


def _unknown_column(key: str, known: Mapping[str, Any]) -> Doubt:
    near = nearest(key, known, n=1)
    hint = f"; có phải «{near[0]}»?" if near else f"; các cột: {', '.join(known)}"
    return Doubt("warning", f"không có cột «{key}»{hint}", "unknown_field")


def parse_citation(text: str) -> dict[str, Any]:
    """A document written out ("Quyết định số 23/QĐ-UBND ngày 12/7/2025 của UBND xã về …") as a record."""
    text = nfc(text).strip()
    record: dict[str, Any] = {"loai": None, "so": None, "ngay": None, "co_quan": None, "trich_yeu": None}
    kind = next((kind for kind in _DOCUMENT_KINDS if text.lower().startswith(kind.lower())), None)
    symbol = _SYMBOL.search(text)
    day = next((mention for mention in find_dates(text) if mention.value is not None), None)
    if kind is None or (symbol is None and day is None):
        return {**record, "loai": kind, "trich_yeu": text[len(kind) :].strip() if kind else text}
    record["loai"] = text[: len(kind)]
    record["so"] = symbol.group(0) if symbol else None
    record["ngay"] = day.value if day else None
    rest = text[max(symbol.end() if symbol else 0, day.end if day else 0) :].strip(" ,;")
    issuer = re.match(r"của\s+(.+?)(?=\s+(?:về|ban hành|phê duyệt|v/v)\s|[,;.]|$)", rest, re.IGNORECASE)
    if issuer:
        record["co_quan"] = issuer.group(1).strip()
        rest = rest[issuer.end() :].strip(" ,;.")
    record["trich_yeu"] = re.sub(r"^(?:về việc|về|v/v)\s+", "", rest) or None
    return record
