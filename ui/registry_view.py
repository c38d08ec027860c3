"""An entry of the registry as the page shows it, with what is not verified said plainly."""

from datetime import date
from typing import TYPE_CHECKING, Any

from ui.render.html import short_date

if TYPE_CHECKING:
    from assistant.legal.documents import RegistryDocument

STATUS = {
    "in_force": ("ok", "✓ còn hiệu lực"),
    "amended": ("info", "○ đã được sửa đổi, bổ sung"),
    "replaced": ("error", "● đã bị thay thế"),
    "expired": ("error", "● hết hiệu lực"),
    "unknown": ("warning", "▲ chưa rõ hiệu lực"),
}
CONFIDENCE = {
    "two_sources": "✓ Số, ngày, cơ quan đã đối chiếu với hai nguồn.",
    "verified": "✓ Số, ngày, cơ quan đã đối chiếu với một nguồn.",
    "memory": "▲ Chưa đối chiếu với bản gốc; hãy kiểm tra trước khi viện dẫn.",
}
FIELD_NAMES = {
    "date": "ngày",
    "issuer": "cơ quan",
    "title": "trích yếu",
    "status": "hiệu lực",
    "type": "loại",
    "symbol": "số",
}


def entry_status(document: "RegistryDocument") -> tuple[str, str]:
    """Mark and words on whether it is in force today."""
    if document.effective_to is not None and document.effective_to < date.today():
        return STATUS["expired"]
    if document.effective_from is not None and document.effective_from > date.today():
        return "warning", f"▲ có hiệu lực từ {short_date(document.effective_from)}"
    return STATUS.get(document.status, STATUS["unknown"])


def _confidence(document: "RegistryDocument") -> str:
    text = CONFIDENCE.get(document.confidence, CONFIDENCE["memory"])
    if document.basis == "commune_report_only":
        text = "▲ Chỉ thấy nêu trong báo cáo của một xã; hãy tìm bản gốc trước khi viện dẫn."
    if document.level == "ingested":
        text = "○ Đọc từ tài liệu của cơ quan trong kho."
    if document.unverified_fields:
        names = ", ".join(sorted(FIELD_NAMES.get(name, name) for name in document.unverified_fields))
        text += f" Chưa kiểm chứng: {names}."
    return text


def is_checked(document: "RegistryDocument") -> bool:
    """Whether symbol, date and issuer were compared with a source, and nothing of it is open."""
    return (
        document.confidence in {"two_sources", "verified"} and not document.unverified_fields and document.basis is None
    )


def entry_line(document: "RegistryDocument") -> dict[str, Any]:
    """What the list shows of an entry; a status only where it should warn."""
    mark, word = entry_status(document)
    return {
        "symbol": document.symbol,
        "type": document.type,
        "date": document.date,
        "issuer": document.issuer,
        "title": document.title,
        "warning": (mark, word) if mark in {"error", "warning"} else None,
        "checked": is_checked(document),
    }


def _links(document: "RegistryDocument") -> list[tuple[str, str]]:
    rows = [
        ("Bị thay thế bởi", document.replaced_by),
        ("Thay thế", document.replaces),
        ("Được sửa đổi bởi", document.amended_by),
        ("Sửa đổi", document.amends),
        ("Triển khai", document.implements),
        ("Còn gọi là", document.aliases),
    ]
    return [(label, ", ".join(values)) for label, values in rows if values]


def entry_view(document: "RegistryDocument", *, short: bool = False) -> dict[str, Any]:
    """What the template shows; `short` leaves out links and contents."""
    from assistant.legal.cite import cite_full

    mark, word = entry_status(document)
    facts = [
        ("Ngày ban hành", short_date(document.date)),
        ("Cơ quan", document.issuer or ""),
        ("Có hiệu lực từ", short_date(document.effective_from)),
        ("Hết hiệu lực", short_date(document.effective_to)),
        *([] if short else _links(document)),
        ("Nguồn", "" if short else "; ".join(document.sources)),
    ]
    provisions = [f"{name}: {text}" for name, text in (document.provisions or {}).items()]
    targets = [
        " ".join(str(p) for p in (t.text, t.value, t.unit, f"(đến {t.deadline})" if t.deadline else "") if p)
        for t in document.targets
    ]
    return {
        "symbol": document.symbol,
        "type": document.type,
        "date": document.date,
        "title": document.title or "",
        "status_mark": mark,
        "status_word": word,
        "facts": [(label, value) for label, value in facts if value],
        "summary": document.summary or "",
        "provisions": [*provisions, *targets],
        "checked": is_checked(document),
        "confidence": _confidence(document),
        "citation": cite_full(document),
    }
