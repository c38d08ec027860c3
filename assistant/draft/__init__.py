"""Drafting: a report type and its inputs become a `Draft`; Word, HTML, JSON and evidence follow.

How to wire it:
    draft = draft_report(report_type, topics, inputs, registry, section=None, previous=None)
    docx_bytes(draft, comments=…, sources=…); evidence_bytes(draft); render_html(draft); draft_json(draft)
    apply_edits(draft, {paragraph.key: "text of the officer"}, registry) -> Draft
    rewrite_section(draft, section_id, model, registry) -> Rewrite  (model: a LangChain chat model)
Everything is imported when first used, so that python-docx and openpyxl are loaded only where a file is written.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.draft.engine import apply_edits, draft_report
    from assistant.draft.evidence_book import evidence_bytes, write_evidence
    from assistant.draft.model import Draft, DraftProblem, DraftSection, DraftTable, Paragraph
    from assistant.draft.rewrite import Rewrite, rewrite_section
    from assistant.draft.to_docx import docx_bytes, write_docx
    from assistant.draft.to_html import render_html
    from assistant.draft.to_json import draft_json

_HOMES = {
    "Draft": "model",
    "DraftProblem": "model",
    "DraftSection": "model",
    "DraftTable": "model",
    "Paragraph": "model",
    "Rewrite": "rewrite",
    "apply_edits": "engine",
    "docx_bytes": "to_docx",
    "draft_json": "to_json",
    "draft_report": "engine",
    "evidence_bytes": "evidence_book",
    "render_html": "to_html",
    "rewrite_section": "rewrite",
    "write_docx": "to_docx",
    "write_evidence": "evidence_book",
}
__all__ = [
    "Draft",
    "DraftProblem",
    "DraftSection",
    "DraftTable",
    "Paragraph",
    "Rewrite",
    "apply_edits",
    "docx_bytes",
    "draft_json",
    "draft_report",
    "evidence_bytes",
    "render_html",
    "rewrite_section",
    "write_docx",
    "write_evidence",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"assistant.draft.{_HOMES[name]}"), name)
