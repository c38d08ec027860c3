"""The verdicts of `assistant.legal` as the JSON objects of a check."""

from datetime import date
from typing import Any

from assistant.library.models import SourceDocument

Objects = tuple[dict[str, Any], ...]


def reference_objects(source: SourceDocument, registry: Any, on: date, province: str | None) -> tuple[Objects, Objects]:
    """One object per reference in reading order, with page and paragraph; then the report's own number and date."""
    from assistant.legal import extract, reference_json, self_json, verify

    found = extract(source.text, titles=registry.titles_of, law_names=registry.law_names)
    verified = verify(source.text, registry, on=on, province=province or None, extraction=found)
    references = tuple(
        reference_json(
            one, page=source.page_at(one.reference.start), paragraph=source.paragraph_at(one.reference.start)
        )
        | {"registered_title": _registered_title(registry, one)}
        for one in verified
    )
    return references, tuple(self_json(own) for own in found.own)


def _registered_title(registry: Any, verified: Any) -> str | None:
    """The title of the one document that the mention is, where the registry is sure of it."""
    if not verified.resolved:
        return None
    documents = [d for d in registry.find(verified.resolved) if d.title and "title" not in d.unverified_fields]
    day = verified.reference.date
    if day is not None:
        documents = [d for d in documents if d.date == day]
    return str(documents[0].title) if len(documents) == 1 else None
