"""What a check finds, and the JSON that leaves the house."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from assistant.check.report import Report

Severity = Literal["error", "warning", "info"]
Category = Literal[
    "arithmetic",
    "inconsistent_figure",
    "impossible_date",
    "wrong_period",
    "wrong_issuer",
    "wrong_doc_type",
    "malformed_number",
    "leftover_placeholder",
    "wrong_admin_unit",
    "numbering_gap",
    "missing_section",
    "missing_figure",
    "missing_field",
    "target_mismatch",
    "citation_mismatch",
    "superseded_reference",
    "duplicated_text",
    "spelling",
    "format",
    "style",
]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
CATEGORY_NAMES: Mapping[Category, str] = {
    "arithmetic": "Số liệu cộng, chia không khớp",
    "inconsistent_figure": "Số liệu, nhận định mâu thuẫn",
    "impossible_date": "Ngày không có thật",
    "wrong_period": "Sai kỳ, sai thời gian",
    "wrong_issuer": "Sai cơ quan",
    "wrong_doc_type": "Sai loại văn bản",
    "malformed_number": "Số viết hỏng",
    "leftover_placeholder": "Sót chỗ trống, lời hướng dẫn của mẫu",
    "wrong_admin_unit": "Sai đơn vị hành chính",
    "numbering_gap": "Đánh số thiếu, trùng",
    "missing_section": "Thiếu mục, mục bỏ trống",
    "missing_figure": "Thiếu số liệu",
    "missing_field": "Thiếu thông tin",
    "target_mismatch": "Đánh giá không khớp chỉ tiêu",
    "citation_mismatch": "Viện dẫn không khớp",
    "superseded_reference": "Viện dẫn văn bản đã hết hiệu lực",
    "duplicated_text": "Lặp từ, lặp đoạn",
    "spelling": "Chính tả",
    "format": "Thể thức, kỹ thuật trình bày",
    "style": "Cách viết",
}
SEVERITY_NAMES: Mapping[Severity, str] = {"error": "Lỗi", "warning": "Cần xem lại", "info": "Lưu ý"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule says about a place of the report, before it has an id.

    Attributes:
        start, end: code point span in the text as it is; None for something that is not there.
        message: Vietnamese, one or two sentences: what is wrong and how that is known.
        suggestion: text that can be pasted in place of the span; empty where only the officer knows.
        category, severity: None takes the rule's own.
        rank: among findings of one severity, larger matters more (0-100).
    """

    start: int | None
    end: int | None
    message: str
    suggestion: str = ""
    category: Category | None = None
    severity: Severity | None = None
    rank: int = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of defect.

    Attributes:
        id: stable name, used in ids of findings and in the documentation.
        source: what the rule rests on (a provision, or "logic").
        tried: on what texts it was tried and how often it was wrong there.
        check: yields the places; reads only the report.
    """

    id: str
    category: Category
    severity: Severity
    source: str
    tried: str
    check: Callable[["Report"], Iterable[Draft]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect with its place. `start`, `end` count code points of the checked text; None without a place."""

    id: str
    rule: str
    category: Category
    severity: Severity
    text: str
    start: int | None
    end: int | None
    page: int | None
    paragraph: int | None
    message: str
    suggestion: str
    section: str = ""
    source: str = ""
    rank: int = 50

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "rule": self.rule,
            "category": self.category,
            "severity": self.severity,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "page": self.page,
            "paragraph": self.paragraph,
            "section": self.section,
            "message": self.message,
            "suggestion": self.suggestion,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that a check says of one report.

    Attributes:
        file: name as given.
        text: the text that the spans count in.
        report_date: the day at which validity is judged.
        report_type: id of the report type it was read as; None where none fits.
        own: the report's own number and date (the key `self` of the JSON).
        references: JSON objects of the references, in order (see INTERFACES, made by assistant.legal).
        findings: by place, those without a place last.
        accepted: ids left out because they were accepted before.
        notices: about the reading of the file.
        milliseconds: without start-up.
    """

    file: str
    text: str
    report_date: date
    report_type: str | None
    own: tuple[dict[str, Any], ...]
    references: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]
    accepted: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    milliseconds: int = 0
    report_type_name: str | None = None
    sections: tuple[dict[str, Any], ...] = field(default=())
    figures: tuple[dict[str, Any], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "report_date": self.report_date.isoformat(),
            "report_type": self.report_type,
            "report_type_name": self.report_type_name,
            "self": list(self.own),
            "references": list(self.references),
            "findings": [finding.to_json() for finding in self.findings],
            "sections": list(self.sections),
            "figures": list(self.figures),
            "accepted": list(self.accepted),
            "notices": list(self.notices),
            "summary": {
                "references": len(self.references),
                "by_verdict": dict(Counter(str(r.get("verdict")) for r in self.references)),
                "by_category": dict(Counter(f.category for f in self.findings)),
                "by_severity": dict(Counter(f.severity for f in self.findings)),
            },
            "milliseconds": self.milliseconds,
        }
