"""The JSON form of a verified reference, as the command line and the page exchange it."""

from typing import Any

from assistant.legal.models import SelfReference, Span
from assistant.legal.verification import VerifiedReference


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def reference_json(
    verified: VerifiedReference, *, page: int | None = None, paragraph: int | None = None
) -> dict[str, Any]:
    """One entry of `references`; spans count code points of the text that was checked."""
    reference = verified.reference
    suggestion = verified.suggestion
    return {
        "text": reference.text,
        "start": reference.start,
        "end": reference.end,
        "page": page,
        "paragraph": paragraph,
        "type": reference.type,
        "type_written": reference.type_written,
        "symbol": reference.symbol,
        "date": reference.date.isoformat() if reference.date else None,
        "date_text": reference.date_text,
        "issuer": reference.issuer,
        "issuer_span": _span(reference.issuer_span),
        "title": reference.title,
        "title_span": _span(reference.title_span),
        "provisions": [{"text": p.text, "start": p.start, "end": p.end} for p in reference.provisions],
        "short_form": reference.short_form,
        "nested": reference.nested,
        "verdict": verified.verdict,
        "also": list(verified.also),
        "severity": verified.severity,
        "resolved": verified.resolved,
        "candidates": list(verified.candidates),
        "message": verified.message,
        "suggestion": suggestion.text if suggestion else None,
        "suggestion_span": _span(suggestion.span) if suggestion else None,
        "differences": [
            {"field": d.field, "written": d.written, "right": d.right, "source": d.source} for d in verified.differences
        ],
        "on": verified.on.isoformat(),
    }


def self_json(own: SelfReference) -> dict[str, Any]:
    """One entry of `self`: the report's own number or date."""
    return {"kind": own.kind, "text": own.text, "start": own.start, "end": own.end, "value": own.value}
