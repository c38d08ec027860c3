"""Run every rule over a report and put the findings in order."""

import hashlib
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.check.build import build_report
from assistant.check.facts import facts_of
from assistant.check.model import CheckResult, Draft, Finding, Rule
from assistant.check.references import reference_objects
from assistant.check.report import Report
from assistant.check.rules import all_rules
from assistant.library.models import SourceDocument
from assistant.vietnamese.text import fold, legible

Progress = Callable[[float, str], None]
_ORDER = {"error": 0, "warning": 1, "info": 2}


def check_document(
    source: SourceDocument,
    *,
    registry: Any = None,
    report_types: Mapping[str, Any] | None = None,
    topics: Mapping[str, Any] | None = None,
    report_type: str | None = None,
    report_date: date | None = None,
    previous: SourceDocument | None = None,
    accepted: Iterable[str] = (),
    progress: Progress | None = None,
) -> CheckResult:
    """Check a report the way a strict reviewer does.

    Args:
        source: the file as read by `assistant.library.reading.read_document`.
        registry: an `assistant.legal.Registry`; without it references are not verified.
        report_types, topics: of `assistant.reports`; without them the content is not compared with any outline.
        report_type: id of the report type; None finds the best by outline.
        report_date: the day at which validity is judged; None takes the report's own.
        previous: the last report, to find what was copied unchanged.
        accepted: ids of findings to leave out.
        progress: called with a share (0-1) and a Vietnamese word on what is being done; what it raises goes through.

    Raises:
        UnknownNameError: no report type is called `report_type`.
    """
    began = time.perf_counter()
    tell = progress or (lambda share, words: None)
    tell(0.05, "Đọc bố cục báo cáo")
    read = replace(source, text=legible(source.text))
    report = build_report(read, report_date=report_date)
    references: tuple[dict[str, Any], ...] = ()
    own: tuple[dict[str, Any], ...] = ()
    if registry is not None:
        tell(0.2, "Kiểm tra văn bản viện dẫn")
        references, own = reference_objects(read, registry, report.report_date, report.unit.province)
    matched = None
    if report_types:
        from assistant.check.matching import match_report

        tell(0.35, "Đối chiếu với đề cương")
        matched = match_report(report, report_types, report_type)
    report = replace(
        report,
        references=references,
        previous=build_report(replace(previous, text=legible(previous.text))) if previous is not None else None,
        report_type=matched.report_type if matched else None,
        topics=topics or {},
        matches=matched.sections if matched else {},
    )
    findings = run_rules(report, all_rules(), tell)
    left_out = frozenset(accepted)
    return CheckResult(
        file=source.name,
        text=source.text,
        report_date=report.report_date,
        report_type=report.report_type.id if report.report_type else None,
        report_type_name=report.report_type.name if report.report_type else None,
        own=own,
        references=references,
        findings=tuple(finding for finding in findings if finding.id not in left_out),
        accepted=tuple(finding.id for finding in findings if finding.id in left_out),
        notices=source.notices + _hidden_notice(source),
        sections=_section_objects(report),
        figures=_figure_objects(report),
        milliseconds=round((time.perf_counter() - began) * 1000),
    )


def _hidden_notice(source: SourceDocument) -> tuple[str, ...]:
    if not source.hidden:
        return ()
    return (
        f"Tệp có {len(source.hidden)} đoạn chữ ẩn hoặc chữ trắng; chúng không được kiểm tra và nên xóa trước khi gửi.",
    )


def _figure_objects(report: Report) -> tuple[dict[str, Any], ...]:
    """Each figure with what it counts, its unit and place."""
    rows = []
    for fact in facts_of(report):
        start, end = fact.paragraph.span(fact.start, fact.end)
        value = int(fact.value) if fact.value == fact.value.to_integral_value() else float(fact.value)
        row = {"what": fact.what, "value": value, "unit": fact.unit, "start": start, "end": end}
        rows.append(row | {"section": report.location(fact.paragraph)})
    return tuple(rows)


def _section_objects(report: Report) -> tuple[dict[str, Any], ...]:
    rows = []
    for section in report.sections:
        start = report.paragraphs[section.first].whole[0]
        end = report.paragraphs[max(section.last - 1, section.first)].whole[1]
        match = report.matches.get(section.index)
        rows.append(
            {
                "number": section.label,
                "heading": section.heading,
                "level": section.depth + 1,
                "start": start,
                "end": end,
                "matched": getattr(match, "id", None),
            }
        )
    return tuple(rows)


def run_rules(report: Report, rules: Sequence[Rule], tell: Progress = lambda share, words: None) -> list[Finding]:
    """Findings in reading order, at most one of a category for a place."""
    found: list[tuple[Rule, Draft]] = []
    for n, rule in enumerate(rules):
        tell(0.4 + 0.55 * n / len(rules), "Soát lỗi")
        found.extend((rule, one) for one in rule.check(report))
    findings: list[Finding] = []
    seen: Counter[str] = Counter()
    for rule, one in _without_repeats(found):
        findings.append(_finding(report, rule, one, seen))
    if report.source.recognised:
        findings = [_doubted(finding) for finding in findings]
    findings.sort(key=lambda f: (f.start is None, f.start or 0, _ORDER[f.severity]))
    return findings


# what a reader of pictures gets wrong by itself: letters, spaces, words seen twice
_READING_SLIPS = frozenset({"spelling", "slip", "missing_word", "doubled", "bracket", "form_words", "tone_styles"})


def _doubted(finding: Finding) -> Finding:
    """A finding on letters in a text that was read from pictures: at most a remark."""
    if finding.rule not in _READING_SLIPS:
        return finding
    message = f"{finding.message} Văn bản được nhận dạng từ ảnh quét: đối chiếu bản gốc trước khi sửa."
    return replace(finding, severity="info", message=message)


def _without_repeats(found: list[tuple[Rule, Draft]]) -> list[tuple[Rule, Draft]]:
    """Of findings of one category whose spans overlap, the graver, then the longer."""
    kept: list[tuple[Rule, Draft]] = []
    by_category: dict[str, list[tuple[int, int]]] = {}
    ranked = sorted(found, key=lambda pair: (_ORDER[pair[1].severity or pair[0].severity], -pair[1].rank))
    for rule, one in ranked:
        if one.start is not None and one.end is not None:
            spans = by_category.setdefault(one.category or rule.category, [])  # in order, none overlaps another
            at = bisect_left(spans, (one.start, one.end))
            if (at < len(spans) and spans[at][0] < one.end) or (at and one.start < spans[at - 1][1]):
                continue
            spans.insert(at, (one.start, one.end))
        kept.append((rule, one))
    return sorted(kept, key=lambda pair: (pair[1].start is None, pair[1].start or 0))


def _finding(report: Report, rule: Rule, one: Draft, seen: Counter[str]) -> Finding:
    start, end = one.start, one.end
    text = report.source.text[start:end] if start is not None and end is not None else ""
    paragraph = report.paragraph_at(start) if start is not None else None
    key = f"{rule.id}|{fold(' '.join(text.split()))}|{one.message if start is None else ''}"
    seen[key] += 1
    digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:8]
    return Finding(
        id=f"{rule.id}-{digest}",
        rule=rule.id,
        category=one.category or rule.category,
        severity=one.severity or rule.severity,
        text=text,
        start=start,
        end=end,
        page=report.source.page_at(start) if start is not None else None,
        paragraph=report.source.paragraph_at(start) if start is not None else None,
        message=one.message,
        suggestion=one.suggestion,
        section=report.location(paragraph) if paragraph else "",
        source=rule.source,
        rank=one.rank,
    )
