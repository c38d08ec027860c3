"""Text that can be pasted in for a mention that is wrong or incomplete."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.legal.cite import cite_full, cite_with_date
from assistant.legal.documents import RegistryDocument
from assistant.legal.issues import Issue
from assistant.legal.models import LegalReference, Span
from assistant.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` takes the place of `span` of the original text."""

    text: str
    span: Span


def suggestion_for(
    reference: LegalReference, issues: Sequence[Issue], document: RegistryDocument | None
) -> Suggestion | None:
    """The mention with every known right value put in; None where nothing is wrong or the right value is not known."""
    own = Span(reference.start, reference.end)
    verdicts = {issue.verdict for issue in issues}
    if not verdicts or verdicts <= {"unknown"}:
        return None
    if "incomplete" in verdicts and verdicts <= {"incomplete"}:
        return Suggestion(cite_full(document), _wide(reference)) if document and document.title else None
    if "superseded" in verdicts and verdicts <= {"superseded", "incomplete", "inconsistent"}:
        issue = next(i for i in issues if i.verdict == "superseded")
        return Suggestion(cite_with_date(issue.document), own) if issue.document else None
    right = {d.field: d.right for issue in issues if (d := issue.difference) and d.right}
    law = document.law_name if document else None
    if "title" in right and document and document.title and not law:
        return Suggestion(cite_full(document), _wide(reference))
    issuer_after = reference.issuer_span is not None and reference.issuer_span.start >= reference.end
    if not issuer_after or document is None or not document.issuer:
        right.pop("issuer", None)  # which of several bodies, or of which unit, is not known
    if not right:
        return None
    kind = law or right.get("type") or reference.type_written or reference.type or ""
    symbol = right.get("symbol") or (reference.parsed.expected if reference.parsed else reference.symbol)
    text = f"{kind} số {symbol}" if symbol and kind else symbol or kind
    date = right.get("date") or (reference.date_text if not right.get("symbol") or reference.date else None)
    if (
        "symbol" in right
        and document
        and document.date
        and document.verified("date")
        and (reference.date or reference.date_text)
    ):
        date = format_date(document.date)
    if date:
        text += f" {date}" if date.startswith(("năm", "tháng")) else f" ngày {date}"
    if "issuer" in right and reference.issuer_span:
        return Suggestion(f"{text} của {right['issuer']}", Span(reference.start, reference.issuer_span.end))
    return Suggestion(text.strip(), own)


def _wide(reference: LegalReference) -> Span:
    """The mention with its issuer and title, where they follow it."""
    end = reference.end
    for span in (reference.issuer_span, reference.title_span):
        if span and span.start >= end:
            end = span.end
    return Span(reference.start, end)
