"""The draft as the JSON that the command line and the page exchange."""

from typing import Any

from assistant.draft.facts import as_json
from assistant.draft.model import Draft, DraftSection, DraftTable, Paragraph
from assistant.evidence import evidence_json


def draft_json(draft: Draft) -> dict[str, Any]:
    """All of the draft: keys of the interface, and beside them what a face needs to show and edit it."""
    header = draft.header
    return {
        "report_type": draft.report_type,
        "title": draft.title,
        "header": {
            "agency": list(header.agency),
            "superior": list(header.superior),
            "number": header.number,
            "place_date": header.place_date,
            "addressees": list(header.addressees),
            "recipients": list(header.recipients),
            "authority": list(header.authority),
            "signer": header.signer,
            "evidence": [item_json(item) for item in header.evidence],
        },
        "opening": [paragraph_json(paragraph) for paragraph in draft.opening],
        "sections": [section_json(section) for section in draft.sections],
        "closing": [paragraph_json(paragraph) for paragraph in draft.closing],
        "problems": [{"severity": p.severity, "field": p.field, "message": p.message} for p in draft.problems],
        "missing": list(draft.missing),
        "unsupported": [{"key": u.key, "kind": u.kind, "text": u.text} for u in draft.unsupported],
    }


def section_json(section: DraftSection) -> dict[str, Any]:
    return {
        "id": section.id,
        "number": section.number,
        "heading": section.heading,
        "level": section.level,
        "appendix": section.appendix,
        "paragraphs": [paragraph_json(paragraph) for paragraph in section.paragraphs],
        "tables": [table_json(table) for table in section.tables],
        "missing": list(section.missing),
    }


def paragraph_json(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "text": paragraph.text,
        "evidence": [item_json(item) for item in paragraph.evidence],
        "key": paragraph.key,
        "kind": paragraph.kind,
        "edited": paragraph.edited,
        "spans": [
            {"start": span.start, "end": span.end, "kind": span.mark.kind, "field": span.mark.field}
            for span in paragraph.spans
            if span.end > span.start
        ],
    }


def table_json(table: DraftTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [column.label for column in table.columns],
        "rows": [[cell.text for cell in row] for row in table.rows],
        "evidence": [item_json(item) for row in table.rows for cell in row for item in cell.evidence],
        "field": table.field,
    }


def item_json(item: Any) -> dict[str, Any]:
    data = evidence_json(item)
    if "value" in data:
        data["value"] = as_json(data["value"])
    return data
