"""A verdict for each mention of a document in a text, as of the day of the report. When in doubt, no blame."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.legal.checks_facts import same_document, same_place, title_remarks, wrong_date, wrong_issuer, wrong_title
from assistant.legal.checks_form import malformed, wrong_type
from assistant.legal.checks_number import wrong_number
from assistant.legal.checks_validity import superseded, validity_remarks
from assistant.legal.cite import cite_with_date
from assistant.legal.consistency import inconsistencies
from assistant.legal.documents import LAW_TYPES, RegistryDocument
from assistant.legal.issues import SEVERITY, Case, Difference, Issue, Severity
from assistant.legal.models import VERDICTS, LegalReference, Verdict
from assistant.legal.references import Extraction, extract
from assistant.legal.registry import Registry, Resolution
from assistant.legal.suggest import Suggestion, suggestion_for
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.text import nfc

_CHECKS = (malformed, wrong_type, wrong_number, wrong_date, wrong_issuer, wrong_title, superseded)
_STYLE = {
    "missing_so": "Nên có chữ “số” giữa tên loại và số, ký hiệu.",
    "spaces": "Số, ký hiệu bị ngắt bởi khoảng trắng hoặc xuống dòng.",
    "letters": "Số, ký hiệu có chữ cái viết chưa đúng.",
}


@dataclass(frozen=True, slots=True)
class VerifiedReference:
    """A mention with its verdict.

    Attributes:
        verdict: the gravest; `also` holds the further ones, gravest first.
        severity: error, warning or info.
        message: one Vietnamese sentence or more for the officer; remarks of style at the end.
        suggestion: text that can be pasted in, and for which span; None where nothing is to change or nothing is known.
        differences: each field that differs, with the right value and its source.
        document: the entry of the registry that is meant, where there is one.
        resolved: its full symbol; for a short form that of the antecedent.
        candidates: full symbols where several fit.
        on: the day for which the verdict holds.
    """

    reference: LegalReference
    verdict: Verdict
    also: tuple[Verdict, ...]
    severity: Severity
    message: str
    suggestion: Suggestion | None
    differences: tuple[Difference, ...]
    document: RegistryDocument | None
    resolved: str | None
    candidates: tuple[str, ...]
    on: datetime.date


def verify(
    text: str,
    registry: Registry | None = None,
    on: datetime.date | None = None,
    *,
    province: str | None = None,
    extraction: Extraction | None = None,
) -> list[VerifiedReference]:
    """Verdicts on every mention in `text`, in order.

    Args:
        registry: the shipped one by default.
        on: day of the report; today by default (then nothing is blamed for lying in the future).
        province: province of the reporting unit: local documents of another one are left alone.
        extraction: what `extract` found in this text, where the caller has it already.
    """
    registry = registry or Registry.load()
    found = extraction or extract(text, titles=registry.titles_of, law_names=registry.law_names)
    day = on or datetime.date.today()
    resolutions = [registry.resolve(reference, day) for reference in found.references]
    resolutions = _dated_elsewhere(found.references, resolutions)
    cited = frozenset(
        symbol_key(symbol)
        for reference, resolution in zip(found.references, resolutions, strict=True)
        if (symbol := resolution.symbol or reference.symbol)
    )
    titled = _in_title_block(found.references)
    inconsistent = inconsistencies(found.references)
    seen: set[str] = set()
    verified = []
    for index, (reference, resolution) in enumerate(zip(found.references, resolutions, strict=True)):
        key = _identity(reference)
        first = not reference.short_form and key not in seen and index not in titled
        if index not in titled:
            seen.add(key)
        before = nfc(text[max(0, reference.start - 160) : reference.start]).lower()
        following = found.references[index + 1].start if index + 1 < len(found.references) else len(text)
        after = nfc(text[reference.end : min(following, reference.end + 260)]).lower()
        after = re.split(r"[.;](?=\s|$)", after, maxsplit=1)[0]
        case = Case(reference, resolution, registry, day, on is not None, cited, first, province, before, after)
        verified.append(_judge(case, inconsistent.get(index)))
    return verified


def _dated_elsewhere(references: Sequence[LegalReference], resolutions: Sequence[Resolution]) -> list[Resolution]:
    """An undated mention of a symbol that several documents share is the one that the text dates elsewhere."""
    dated: dict[str, Resolution] = {}
    for reference, resolution in zip(references, resolutions, strict=True):
        if reference.parsed and reference.date and resolution.document:
            dated.setdefault(symbol_key(reference.parsed.text), resolution)
    return [
        dated.get(symbol_key(resolution.symbol or reference.symbol or ""), resolution)
        if resolution.document is None and reference.date is None and reference.symbol
        else resolution
        for reference, resolution in zip(references, resolutions, strict=True)
    ]


def _in_title_block(references: Sequence[LegalReference]) -> frozenset[int]:
    """Mentions in the report's own title that the body cites in full later: a title need not be complete."""
    dated = {_identity(r) for r in references if r.date}
    return frozenset(
        index for index, r in enumerate(references) if r.start < 300 and r.date is None and _identity(r) in dated
    )


def _identity(reference: LegalReference) -> str:
    return symbol_key(reference.symbol) if reference.symbol else (reference.title or reference.text).lower()


def _judge(case: Case, inconsistent: Issue | None) -> VerifiedReference:
    case = _placed(case)
    if case.reference.short_form:
        return _judge_short(case)
    issues = [issue for check in _CHECKS if (issue := check(case))]
    if inconsistent:
        issues.append(inconsistent)
    if not issues:
        case.remarks.extend(title_remarks(case))
    if not issues or all(i.verdict in ("superseded", "inconsistent") for i in issues):
        incomplete = _incomplete(case)
        if incomplete:
            issues.append(incomplete)
    issues = _prune(issues)
    if {issue.verdict for issue in issues} <= {"incomplete"} and _is_unknown(case):
        issues.append(Issue("unknown", _unknown_message(case)))
    return _finish(case, issues)


def _placed(case: Case) -> Case:
    """A local entry of another province, or one of another year or term, is no entry for this mention."""
    document = case.document
    if document is None or case.reference.parsed is None:
        return case
    if document.local and not same_place(case, document):
        return replace(case, resolution=Resolution(None, (), None))
    if case.reference.date and document.date and document.verified("date") and not same_document(case, document):
        return replace(case, resolution=Resolution(None, (), None))
    return case


def _prune(issues: list[Issue]) -> list[Issue]:
    """Verdicts that follow from a graver one are no verdicts of their own."""
    verdicts = {issue.verdict for issue in issues}
    dropped: set[Verdict] = set()
    if "wrong_number" in verdicts:
        dropped |= {"wrong_date", "wrong_title", "superseded", "wrong_issuer"}
    kept = [issue for issue in issues if issue.verdict not in dropped]
    if not {"malformed", "wrong_number"} <= verdicts:
        return kept
    # both speak of the symbol: the document that is meant gives the right one, said once
    number = next(issue for issue in kept if issue.verdict == "wrong_number")
    form = next(issue for issue in kept if issue.verdict == "malformed")
    same = form.difference and number.difference and form.difference.right == number.difference.right
    first = form if same else replace(number, verdict="malformed")
    others = [issue for issue in kept if issue is not form and issue is not number]
    return [first, replace(number, message=""), *others]


def _judge_short(case: Case) -> VerifiedReference:
    resolution, reference = case.resolution, case.reference
    if resolution.symbol or reference.resolved:
        issue = None
        if reference.resolved is None and reference.type != "Đề án":
            issue = superseded(case)
        if reference.date or reference.date_text:
            issue = wrong_date(case) or issue
        return _finish(case, [issue] if issue else [])
    return _finish(case, [Issue("unknown", _unknown_message(case))])


def _is_unknown(case: Case) -> bool:
    document = case.document
    if document is None:
        return True
    own_text = document.source_document is not None  # what the library ingested is its own source
    return document.basis == "commune_report_only" or (document.confidence == "memory" and not own_text)


def _unknown_message(case: Case) -> str:
    names = [cite_with_date(d) for d in case.resolution.candidates]
    if names:
        return f"“{case.reference.text}” có thể là: {'; '.join(dict.fromkeys(names))}. Nên viết đủ số, ký hiệu và ngày."
    if case.document is not None:
        return "Kho văn bản chỉ có thông tin chưa kiểm chứng về văn bản này; đề nghị đối chiếu với bản gốc."
    return "Không có trong kho văn bản nên chưa đối chiếu được (không có nghĩa là sai)."


def _incomplete(case: Case) -> Issue | None:
    """The first full mention lacks what Decree 30/2020 asks for: date, issuer, subject (of a law only its name)."""
    reference = case.reference
    if not case.first or reference.parsed is None or reference.nested or reference.type in LAW_TYPES:
        return None
    missing = []
    if reference.date_text is None:
        missing.append("ngày ban hành")
    if reference.issuer is None:
        missing.append("cơ quan ban hành")
    if reference.title is None:
        missing.append("trích yếu")
    if not missing or ("ngày ban hành" not in missing):
        if missing:
            case.remarks.append(f"Lần đầu dẫn nên có thêm {' và '.join(missing)} (Nghị định 30/2020/NĐ-CP).")
        return None
    text = f"Lần đầu dẫn văn bản còn thiếu {', '.join(missing)} (Nghị định 30/2020/NĐ-CP, Phụ lục I)."
    return Issue("incomplete", text, None, case.document)


def _finish(case: Case, issues: Sequence[Issue]) -> VerifiedReference:
    reference, document = case.reference, case.document
    ordered = sorted(issues, key=lambda issue: VERDICTS.index(issue.verdict))
    verdict: Verdict = ordered[0].verdict if ordered else "ok"
    remarks = [*case.remarks, *validity_remarks(case), *(_STYLE[key] for key in reference.style if key in _STYLE)]
    if verdict in ("superseded", "unknown"):
        remarks = [r for r in remarks if not r.startswith("Đã được sửa đổi")]
    messages = [issue.message for issue in ordered]
    if not messages:
        messages = [
            f"Khớp với {cite_with_date(document)} trong kho văn bản." if document else "Dẫn lại văn bản đã nêu."
        ]
    meant = ordered[0].document if ordered and ordered[0].document else document
    severity = SEVERITY[verdict]
    if verdict == "ok" and any("sau ngày báo cáo" in r or "chưa có hiệu lực" in r for r in remarks):
        severity = "warning"
    resolved = case.resolution.symbol or reference.resolved
    if verdict in ("malformed", "wrong_number") and ordered[0].difference and ordered[0].difference.right:
        resolved = ordered[0].difference.right
    names = tuple(dict.fromkeys(d.symbol for d in case.resolution.candidates)) if resolved is None else ()
    return VerifiedReference(
        reference,
        verdict,
        tuple(dict.fromkeys(issue.verdict for issue in ordered[1:])),
        severity,
        " ".join(dict.fromkeys(text for text in [*messages, *remarks] if text)),
        suggestion_for(reference, ordered, meant),
        tuple(issue.difference for issue in ordered if issue.difference),
        document if verdict != "wrong_number" else meant,
        resolved,
        names or reference.candidates,
        case.on,
    )
