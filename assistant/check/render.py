"""The result as text for a terminal, and the lines shared by page and Word."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.check.model import CATEGORY_NAMES, SEVERITY_NAMES, CheckResult, Finding

VERDICT_NAMES: Mapping[str, str] = {
    "ok": "đúng",
    "wrong_date": "sai ngày",
    "wrong_issuer": "sai cơ quan ban hành",
    "wrong_type": "sai loại văn bản",
    "wrong_title": "sai trích yếu",
    "wrong_number": "sai số, ký hiệu",
    "superseded": "đã hết hiệu lực, được thay thế",
    "incomplete": "chưa đủ thông tin",
    "malformed": "ký hiệu viết hỏng",
    "inconsistent": "không thống nhất trong báo cáo",
    "unknown": "chưa có trong danh mục",
}
_ORDER = {"error": 0, "warning": 1, "info": 2}


def bad_references(result: CheckResult) -> list[dict[str, Any]]:
    """References with something to say, gravest first."""
    said = [r for r in result.references if r["verdict"] != "ok" and (r.get("severity") or r["verdict"] != "unknown")]
    return sorted(said, key=lambda r: (_ORDER.get(str(r.get("severity")), 3), r["start"]))


def most_important(result: CheckResult, n: int = 10) -> list[tuple[str, str, str]]:
    """The `n` that matter most, findings and references together: (severity, words, message)."""
    rows: list[tuple[int, int, str, str, str]] = [
        (_ORDER[f.severity], -f.rank, f.severity, one_line(f.text), f.message) for f in result.findings
    ]
    rows += [
        (_ORDER[str(r["severity"])], -60, str(r["severity"]), one_line(str(r["text"])), str(r["message"]))
        for r in bad_references(result)
        if r.get("severity") in _ORDER
    ]
    if any(row[0] < _ORDER["info"] for row in rows):
        rows = [row for row in rows if row[0] < _ORDER["info"]]
    rows.sort(key=lambda row: row[:2])
    return [row[2:] for row in rows[:n]]


def one_line(text: str, limit: int = 110) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def counts_line(result: CheckResult) -> str:
    """ "3 lỗi, 12 chỗ cần xem lại, 20 lưu ý; 25 viện dẫn, trong đó 2 sai"."""
    severities: Sequence[str] = [f.severity for f in result.findings]
    wrong = sum(1 for r in result.references if r.get("severity") in ("error", "warning"))
    return (
        f"{severities.count('error')} lỗi, {severities.count('warning')} chỗ cần xem lại, "
        f"{severities.count('info')} lưu ý; "
        f"{len(result.references)} viện dẫn, {wrong} viện dẫn có vấn đề"
    )


def as_text(result: CheckResult) -> str:
    lines = [f"{result.file}: {counts_line(result)}."]
    if result.report_type_name:
        lines.append(f"Loại báo cáo: {result.report_type_name}.")
    lines.extend(result.notices)
    if bad := bad_references(result):
        lines += ["", "Viện dẫn"]
        lines += [
            f"  {one_line(str(r['text']), 80)}: "
            f"{VERDICT_NAMES.get(str(r['verdict']), r['verdict'])}. {r['message'] or ''}"
            for r in bad
        ]
    for severity in ("error", "warning", "info"):
        found = [f for f in result.findings if f.severity == severity]
        if found:
            lines += ["", SEVERITY_NAMES[severity]]
            lines += [_row(f) for f in found]
    return "\n".join(lines)


def _row(finding: Finding) -> str:
    where = f"mục {finding.section}, " if finding.section else ""
    quote = f"«{one_line(finding.text, 80)}»: " if finding.text else ""
    fix = f" → {one_line(finding.suggestion, 80)}" if finding.suggestion else ""
    return f"  [{finding.id}] {where}{CATEGORY_NAMES[finding.category]}: {quote}{finding.message}{fix}"
