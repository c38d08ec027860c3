"""Cited documents against one another: numbers against dates, a document against the one it carries out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date as Date
from typing import Any

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.vietnamese.text import fold

_CARRIES_OUT = re.compile(r"^\W*(?:,?\s*của [^;.]{3,90}?\s)?(?:về việc\s+|về\s+|V/v\s+)?(?:tổ chức\s+)?(?:triển khai\s+)?(?:thực hiện|triển khai|cụ thể hóa|hướng dẫn thi hành|quy định chi tiết)\b[^;.]{0,30}$", re.I)
_NUMBER = re.compile(r"^(?P<n>\d{1,5})(?P<rest>[-/].+)$")


def _date(reference: Mapping[str, Any]) -> Date | None:
    written = reference.get("date")
    return Date.fromisoformat(str(written)) if written else None


def out_of_order(report: Report) -> Iterator[Draft]:
    """Of one issuer's documents of one kind and year, a higher number with an earlier date."""
    series: dict[tuple[str, str, int], dict[tuple[int, Date], Mapping[str, Any]]] = {}
    for reference in report.references:
        day = _date(reference)
        match = _NUMBER.match(str(reference.get("symbol") or ""))
        if day is None or match is None or reference.get("short_form"):
            continue
        if re.match(r"/\d{4}/", match["rest"]):
            continue  # numbers of normative documents are given by another desk
        issuer = fold(str(reference.get("issuer") or ""))
        if not issuer and not match["rest"].endswith(("UBND", "ĐU", "HĐND", "BCĐ")):
            continue
        key = (match["rest"], _own(report, issuer), day.year)
        series.setdefault(key, {}).setdefault((int(match["n"]), day), reference)
    for found in series.values():
        ordered = sorted(found.items())
        for ((low, low_day), first), ((high, high_day), second) in zip(ordered, ordered[1:], strict=False):
            if high > low and high_day < low_day:
                yield Draft(
                    int(second["start"]),
                    int(second["end"]),
                    f"Số và ngày ngược nhau: số {high} ngày {high_day:%d/%m/%Y} lại ra trước số {low} ngày {low_day:%d/%m/%Y}"
                    f" («{' '.join(str(first['text']).split())}»); một số hoặc một ngày đã ghi sai.",
                    rank=66,
                )


def _own(report: Report, issuer: str) -> str:
    """One key for the reporting commune, however it is named or left out."""
    name = fold(report.unit.name)
    return "" if not issuer or (name and name in issuer) or issuer in ("ubnd xa", "uy ban nhan dan xa", "dang uy xa") else issuer


def before_its_basis(report: Report) -> Iterator[Draft]:
    """A document dated before the one that it carries out."""
    references = report.references
    for outer, inner in zip(references, references[1:], strict=False):
        a, b = _date(outer), _date(inner)
        if a is None or b is None or a >= b or outer.get("short_form"):
            continue
        between = " ".join(report.source.text[int(outer["end"]) : int(inner["start"])].split())
        if len(between) <= 140 and _CARRIES_OUT.match(between) and not re.search(r"\bvà\s*$|đã\b", between):
            yield Draft(
                int(outer["start"]),
                int(outer["end"]),
                f"Văn bản ngày {a:%d/%m/%Y} không thể triển khai văn bản ban hành sau nó, ngày {b:%d/%m/%Y}"
                f" («{' '.join(str(inner['text']).split())}»).",
                rank=66,
            )


RULES = (
    Rule("document_order", "inconsistent_figure", "warning", "Số văn bản lấy theo thứ tự thời gian trong năm (Nghị định 30/2020/NĐ-CP, Điều 15)", "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm", out_of_order),
    Rule("before_basis", "inconsistent_figure", "warning", "Văn bản triển khai ra sau văn bản được triển khai", "3 báo cáo xã, 15 văn bản: 0 báo nhầm", before_its_basis),
)
