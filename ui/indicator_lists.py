"""Lists of indicators that a table can start from: another draft's, last period's, a document's, an indicator set's.

They give names and what is assigned; results and ratings are the officer's to fill in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.store.drafts import DraftFile

if TYPE_CHECKING:
    from assistant.legal import Registry
    from assistant.legal.documents import RegistryDocument

TABLE = "indicators"
COPIED = ("nhom", "chi_tieu", "muc_giao", "co_quan_chu_tri")
LEAST_ROWS = 2
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}
_VALUE = re.compile(r"(>=|<=|>|<)?(\d+(?:\.\d+)?)")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """Attributes: key names it in the form; group and label are what the officer reads; rows go into the table."""

    key: str
    group: str
    label: str
    rows: Sequence[Row]


def indicator_lists(draft: DraftFile, drafts: Sequence[DraftFile], registry: "Registry") -> list[IndicatorList]:
    """All lists to choose from, the office's own first."""
    return [*_of_office(draft, drafts), *_of_documents(registry), *_of_sets()]


def with_rows(table: Sequence[Row], added: Sequence[Row]) -> list[Row]:
    """The table with the indicators that it does not hold yet; numbers run on."""
    known = {str(row.get("chi_tieu")) for row in table}
    new = [row for row in added if row["chi_tieu"] not in known]
    return [*table, *({"stt": n, **row} for n, row in enumerate(new, start=len(table) + 1))]


def _of_office(draft: DraftFile, drafts: Sequence[DraftFile]) -> Iterator[IndicatorList]:
    if rows := _rows(draft.last):
        yield IndicatorList("last", "Của cơ quan", "Số liệu kỳ trước đã lấy", rows)
    for other in drafts:
        if other.id != draft.id and (rows := _rows(other.sections)):
            yield IndicatorList(f"draft:{other.id}", "Của cơ quan", f"Bản nháp: {other.name}", rows)


def _rows(sections: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    tables = [values.get(TABLE) for values in sections.values()]
    found = [row for table in tables if isinstance(table, list) for row in table if isinstance(row, dict)]
    return [{name: row[name] for name in COPIED if row.get(name)} for row in found if row.get("chi_tieu")]


def _of_documents(registry: "Registry") -> Iterator[IndicatorList]:
    for document in registry.documents:
        rows = list(_targets(document))
        if len(rows) >= LEAST_ROWS:
            title = str(document.title or "")
            label = f"{document.symbol} {title[:70].rstrip()}{'…' if len(title) > 70 else ''}"
            yield IndicatorList(f"document:{document.symbol}", "Mục tiêu của văn bản trung ương", label, rows)


def _targets(document: "RegistryDocument") -> Iterator[Row]:
    """Percentages that a document asks of communes, as far as a source confirms them."""
    if document.local or document.confidence == "memory" or not document.verified("targets"):
        return
    for target in document.targets:
        value = _VALUE.fullmatch(target.value or "")
        if value is None or target.unit != "%" or target.applies_to != "commune" or target.confidence == "memory":
            continue
        year = re.search(r"20\d\d", target.deadline or "")
        yield {
            "nhom": f"Mục tiêu của {document.type} {document.symbol}",
            "chi_tieu": target.text + (f" (đến năm {year.group()})" if year else ""),
            "muc_giao": f"{_SIGNS.get(value[1] or '', '')}{value[2].replace('.', ',')}%",
        }


def _of_sets() -> Iterator[IndicatorList]:
    from assistant.reports import load_indicator_sets

    for found in load_indicator_sets():
        rows = [{"nhom": found.symbol or found.name, "chi_tieu": _group(g)} for g in found.groups]
        if len(rows) >= LEAST_ROWS and found.symbol:
            yield IndicatorList(f"set:{found.id}", "Nhóm của bộ chỉ số", f"{found.symbol} {found.name}", rows)


def _group(group: Any) -> str:
    if group.points:
        return f"{group.name} (tối đa {group.points} điểm)"
    return f"{group.name} ({group.indicators} chỉ số)" if group.indicators else str(group.name)
