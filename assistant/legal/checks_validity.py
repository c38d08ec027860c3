"""Is the document still in force on the day of the report, and what should be cited instead or beside it?"""

import datetime
import re

from assistant.legal.cite import cite_with_date
from assistant.legal.documents import RegistryDocument
from assistant.legal.issues import Case, Difference, Issue, source_of
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.dates import format_date

# what says that the document is named as a thing of the past, or as the one that another amends
_HISTORICAL = re.compile(
    r"(?:thay\s+thế(?:\s+cho)?|thay\s+cho|bãi\s+bỏ|hủy\s+bỏ|hết\s+hiệu\s+lực(?:\s+của)?|trước\s+đây(?:\s+theo)?"
    r"|sửa\s+đổi(?:\s*,?\s*bổ\s+sung)?(?:\s+một\s+số\s+(?:điều|nội\s+dung))?(?:\s+của)?|tổng\s+kết|sơ\s+kết)(?:\s+việc\s+thực\s+hiện)?\s*$"
)
# the sentence tells that it was applied until a day that is past, or that it has been replaced
_APPLIED_BEFORE = re.compile(
    r"trước\s+(?:ngày|khi|đây|đó|thời\s+điểm)(?:\s+(?:này|đó))?[^.;]{0,80}(?:thực\s+hiện|áp\s+dụng|theo|căn\s+cứ)[^.;]{0,20}$"
    r"|(?:đến\s+hết|cho\s+đến)\s+ngày[^.;]{0,60}(?:thực\s+hiện|áp\s+dụng|theo)[^.;]{0,20}$"
)
_ENDED_SINCE = re.compile(
    r"(?:nay|hiện|hiện nay)?\s*(?:đã\s+(?:được\s+|bị\s+)?(?:thay\s+thế|thay\s+bằng|hết\s+hiệu\s+lực|bãi\s+bỏ)"
    r"|hết\s+hiệu\s+lực\s+(?:từ|kể\s+từ))"
)


def end_of_force(case: Case, document: RegistryDocument) -> datetime.date | None:
    """The day from which the document is no longer in force, where the registry knows one."""
    if document.effective_to:
        return document.effective_to
    days = [
        other.effective_from or other.date
        for symbol in document.replaced_by
        for other in case.registry.find(symbol)[:1]
    ]
    return max((day for day in days if day), default=None) if document.replaced_by else None


def _told_as_past(case: Case) -> bool:
    """Whether the text itself says that the document is a thing of the past."""
    return bool(
        _HISTORICAL.search(case.before) or _APPLIED_BEFORE.search(case.before) or _ENDED_SINCE.search(case.after)
    )


def _shown(case: Case, symbols: tuple[str, ...]) -> tuple[str, RegistryDocument | None]:
    entries = [entry for symbol in symbols for entry in case.registry.find(symbol)[:1]]
    if not entries:
        return ", ".join(symbols), None
    return ", ".join(cite_with_date(entry) for entry in entries), entries[0]


def superseded(case: Case) -> Issue | None:
    """Repealed, replaced, ended, or to be cited with its amendment, on the day of the report."""
    document = case.document
    if document is None or not document.verified("status") or case.reference.nested or _told_as_past(case):
        return None
    return (
        _ended(case, document)
        or _provision_ended(case, document)
        or _followed(case, document)
        or _amended_whole(case, document)
    )


def _ended(case: Case, document: RegistryDocument) -> Issue | None:
    end = end_of_force(case, document)
    if end is None:
        return None
    replaced = bool(document.replaced_by)
    last_day = not replaced and document.status == "expired"
    if case.on < end or (last_day and case.on <= end):
        return None
    follower = document.replaced_by or document.succeeded_by
    name, entry = _shown(case, follower)
    if last_day and not replaced:
        text = f"{document.symbol} đã hết thời hạn áp dụng (đến {format_date(end)})"
    else:
        text = f"{document.symbol} đã hết hiệu lực từ {format_date(end)}"
    text += f"; thay bằng {name}." if follower else "."
    source = source_of(entry) if entry else source_of(document)
    return Issue("superseded", text, Difference("status", document.symbol, name or None, source), entry)


def _provision_ended(case: Case, document: RegistryDocument) -> Issue | None:
    """The very provision that is cited has been repealed, though the document is in force."""
    for name, day in (document.repealed_provisions or {}).items():
        cited = [p.text for p in case.reference.provisions if p.text == name or p.text.endswith(f" {name}")]
        if cited and case.on >= day:
            why = (document.provisions or {}).get(name, f"hết hiệu lực từ {format_date(day)}")
            text = f"{name} của {document.symbol} {why}."
            return Issue("superseded", text, Difference("status", cited[0], None, source_of(document)), None)
    return None


def _followed(case: Case, document: RegistryDocument) -> Issue | None:
    """The period is over and another document has taken the matter on, without a clause of repeal."""
    followers = [
        entry
        for symbol in document.succeeded_by
        for entry in case.registry.find(symbol)[:1]
        if entry.date and (entry.effective_from or entry.date) <= case.on
    ]
    if not followers or (document.applied_until and case.on <= document.applied_until):
        return None
    name = cite_with_date(followers[0])
    text = f"Giai đoạn áp dụng của {document.symbol} đã kết thúc; văn bản tiếp nối là {name}."
    return Issue("superseded", text, Difference("status", document.symbol, name, source_of(followers[0])), followers[0])


def _amended_whole(case: Case, document: RegistryDocument) -> Issue | None:
    """An amendment that rewrites the whole programme has to be cited too."""
    for symbol in document.cite_with:
        entry = next(iter(case.registry.find(symbol)), None)
        if entry is None or entry.date is None or (entry.effective_from or entry.date) > case.on:
            continue
        if symbol_key(entry.symbol) in case.cited:
            continue
        name = cite_with_date(entry)
        text = f"{document.symbol} đã được sửa đổi, bổ sung, cập nhật bằng {name}: nên dẫn kèm văn bản này."
        return Issue("superseded", text, Difference("status", document.symbol, name, source_of(entry)), entry)
    return None


def validity_remarks(case: Case) -> list[str]:
    """What is worth knowing though nothing is wrong: amended, not yet in force, issued after the report."""
    document = case.document
    if document is None:
        return []
    remarks = []
    if document.date and document.verified("date") and document.date > case.on and case.dated:
        remarks.append(f"Văn bản ban hành ngày {format_date(document.date)}, sau ngày báo cáo {format_date(case.on)}.")
    elif document.effective_from and document.effective_from > case.on:
        remarks.append(
            f"Văn bản chưa có hiệu lực vào ngày báo cáo (có hiệu lực từ {format_date(document.effective_from)})."
        )
    amending = [
        entry
        for symbol in document.amended_by
        for entry in case.registry.find(symbol)[:1]
        if entry.date is None or (entry.effective_from or entry.date) <= case.on
    ]
    if amending:
        remarks.append("Đã được sửa đổi, bổ sung bằng " + ", ".join(cite_with_date(entry) for entry in amending) + ".")
    return remarks
