"""Entries of the registry for people: a line, a page, JSON, and the problems of the data files."""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from assistant.errors import UnknownNameError
from assistant.legal.cite import cite_full
from assistant.legal.documents import RegistryDocument
from assistant.legal.registry import Registry
from assistant.legal.symbols import parse_symbol, symbol_key
from assistant.vietnamese.dates import format_date

STATUS = {
    "in_force": "còn hiệu lực",
    "amended": "còn hiệu lực, đã được sửa đổi",
    "replaced": "đã bị thay thế",
    "expired": "đã hết thời hạn áp dụng",
    "unknown": "chưa rõ hiệu lực",
}
CONFIDENCE = {
    "two_sources": "hai nguồn xác nhận",
    "verified": "một nguồn xác nhận",
    "memory": "chưa có nguồn xác nhận",
}
LEVELS = frozenset(
    {"central_party", "national_assembly", "government", "ministry", "province", "province_party", "ingested"}
)
_FIELD = {
    "symbol": "số, ký hiệu",
    "date": "ngày ban hành",
    "title": "trích yếu",
    "issuer": "cơ quan ban hành",
    "type": "tên loại",
}


def listed(registry: Registry, words: str, level: str | None) -> list[RegistryDocument]:
    """Entries that hold all words, in the order of the registry."""
    found = registry.search(words, limit=len(registry.documents)) if words.strip() else list(registry.documents)
    return [d for d in found if level is None or d.level == level]


def lookup(registry: Registry, name: str) -> list[RegistryDocument]:
    """Entries of a symbol, a customary name or the name of a law.

    Raises:
        UnknownNameError: there is none; it names the nearest symbols.
    """
    found = registry.find(name) or registry.by_alias(name) or registry.laws_named(name)
    if not found:
        from assistant.vietnamese.similarity import nearest

        raise UnknownNameError("văn bản", name, nearest(name, [d.symbol for d in registry.documents]))
    return found


def line(document: RegistryDocument) -> str:
    """Symbol, date, status and title on one line."""
    date = format_date(document.date) if document.date else "chưa rõ ngày"
    return f"{document.symbol}\t{date}\t{STATUS[document.status]}\t{document.type} {document.title or ''}".rstrip()


def page(document: RegistryDocument) -> str:
    """Everything known about an entry, with what is not confirmed said so."""
    rows = [cite_full(document), f"Tên loại: {document.type}", f"Trích yếu: {document.title or 'chưa có'}"]
    if document.effective_from:
        rows.append(f"Có hiệu lực từ: {format_date(document.effective_from)}")
    if document.effective_to:
        rows.append(f"Hết hiệu lực: {format_date(document.effective_to)}")
    rows.append(f"Hiệu lực: {STATUS[document.status]}")
    for label, symbols in (
        ("Bị thay bằng", document.replaced_by),
        ("Thay thế", document.replaces),
        ("Sửa đổi", document.amends),
        ("Được sửa đổi bởi", document.amended_by),
        ("Triển khai", document.implements),
        ("Văn bản tiếp nối", document.succeeded_by),
        ("Tên gọi khác", document.aliases),
    ):
        if symbols:
            rows.append(f"{label}: {', '.join(symbols)}")
    rows.extend(
        f"Chỉ tiêu: {t.text}: {t.value or ''} {t.unit or ''} ({t.deadline or 'không nêu hạn'}, {t.provision or ''})"
        for t in document.targets
    )
    if document.note:
        rows.append(f"Ghi chú: {document.note}")
    rows.append(f"Độ tin cậy: {CONFIDENCE.get(document.confidence, document.confidence)}")
    if document.basis == "commune_report_only":
        rows.append("Chỉ thấy trong báo cáo cấp xã: mọi thông tin chưa được kiểm chứng.")
    elif document.unverified_fields:
        names = ", ".join(_FIELD.get(f, f) for f in sorted(document.unverified_fields))
        rows.append(f"Chưa kiểm chứng: {names}")
    rows.extend(f"Nguồn: {source}" for source in document.sources)
    return "\n".join(rows)


def document_json(document: RegistryDocument) -> dict[str, Any]:
    """All fields, dates as ISO text; empty ones left out."""
    data = {f.name: getattr(document, f.name) for f in dataclasses.fields(document)}
    data["targets"] = [dataclasses.asdict(target) for target in document.targets]
    plain: dict[str, Any] = _plain(data)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        plain = {key: _plain(item) for key, item in value.items()}
        return {key: item for key, item in plain.items() if item not in (None, [], {})}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def validate(registry: Registry) -> list[str]:
    """Problems of the entries, one Vietnamese sentence each; none where all is well."""
    problems: list[str] = []
    seen: set[tuple[str, datetime.date | None, str | None]] = set()
    for document in registry.documents:
        name = f"{document.symbol} ({document.date or 'không ngày'})"
        key = (symbol_key(document.symbol), document.date, document.province)
        if key in seen:
            problems.append(f"{name}: ghi hai lần.")
        seen.add(key)
        problems.extend(f"{name}: {problem}" for problem in _problems(document))
    return problems


def _problems(document: RegistryDocument) -> list[str]:
    found = []
    symbol = parse_symbol(document.symbol)
    if symbol is None:
        found.append("không đọc được số, ký hiệu.")
    elif symbol.expected != document.symbol:
        found.append(f"số, ký hiệu nên là {symbol.expected}.")
    elif symbol.year and document.date and symbol.year != document.date.year:
        found.append("năm trong số, ký hiệu khác năm ban hành.")
    if document.level not in LEVELS:
        found.append(f"cấp lạ: {document.level}.")
    if document.status not in STATUS:
        found.append(f"tình trạng lạ: {document.status}.")
    if document.confidence not in CONFIDENCE:
        found.append(f"độ tin cậy lạ: {document.confidence}.")
    if document.effective_from and document.effective_to and document.effective_to < document.effective_from:
        found.append("ngày hết hiệu lực trước ngày có hiệu lực.")
    if document.effective_from and document.date and document.effective_from < document.date:
        found.append("ngày có hiệu lực trước ngày ban hành.")
    if (
        document.confidence != "memory"
        and not document.sources
        and document.source_document is None
        and not document.note
    ):
        found.append("thiếu nguồn.")
    if document.status == "replaced" and not document.replaced_by:
        found.append("đã bị thay thế nhưng chưa ghi văn bản thay thế.")
    return found
