"""Checks against the registry: date, issuer and title of a mention of a known document."""

import datetime
import re

from assistant.legal.documents import LAW_TYPES, RegistryDocument
from assistant.legal.grammar import Body, grammar
from assistant.legal.issuers import KnownBody, read_body
from assistant.legal.issues import Case, Difference, Issue, source_of
from assistant.legal.models import LegalReference, Symbol
from assistant.legal.near import near_date
from assistant.legal.similar import title_similarity, title_words
from assistant.vietnamese.dates import format_date
from assistant.vietnamese.text import fold

_PARTS = re.compile(r"\d+")
# first days of the terms of the Party's Central Committee: a symbol is used once in a term
_TERMS = [datetime.date(2011, 1, 19), datetime.date(2016, 1, 28), datetime.date(2021, 2, 1), datetime.date(2026, 1, 23)]


def wrong_date(case: Case) -> Issue | None:
    """The date does not exist, contradicts the symbol's year, lies after the report, or is not the document's."""
    reference = case.reference
    if reference.date is None:
        return _no_real_date(case) or _wrong_year_of_law(case)
    written = format_date(reference.date)
    document = case.document
    if document and document.date and document.verified("date") and not _local_other(case, document):
        if (
            reference.date != document.date
            and reference.date not in document.other_dates
            and same_document(case, document)
        ):
            right = format_date(document.date)
            how = _how(reference.date, document.date)
            text = f"Sai ngày ban hành: {document.symbol} ban hành ngày {right}, văn bản ghi {written}{how}."
            return Issue("wrong_date", text, Difference("date", written, right, source_of(document)), document)
        return None
    symbol = reference.parsed
    if symbol and symbol.year and symbol.year != reference.date.year:
        text = f"Năm trong số, ký hiệu ({symbol.year}) không khớp với ngày ban hành đã ghi ({written})."
        return Issue(
            "wrong_date", text, Difference("date", written, None, "Nghị định 30/2020/NĐ-CP, Phụ lục I"), document
        )
    if case.dated and reference.date > case.on:
        text = f"Ngày ban hành {written} sau ngày báo cáo {format_date(case.on)}."
        return Issue("wrong_date", text, Difference("date", written, None, None), document)
    return None


def _no_real_date(case: Case) -> Issue | None:
    reference = case.reference
    text = reference.date_text or ""
    if text.startswith(("tháng", "năm")) or len(_PARTS.findall(text)) < 3:
        return None
    document = case.document
    right = format_date(document.date) if document and document.date and document.verified("date") else None
    message = f"Ngày {text} không có trong lịch" + (
        f"; {document.symbol} ban hành ngày {right}." if document and right else "."
    )
    return Issue(
        "wrong_date", message, Difference("date", text, right, source_of(document) if document else None), document
    )


def _wrong_year_of_law(case: Case) -> Issue | None:
    reference = case.reference
    year = (reference.date_text or "").removeprefix("năm ")
    if reference.parsed or reference.short_form or not year.isdigit() or case.document:
        return None
    laws = [d for d in case.registry.laws_named(reference.title or "") if d.date]
    near = [d for d in laws if d.date and abs(d.date.year - int(year)) <= 2]
    if len(near) != 1 or near[0].date is None:
        return None
    right = near[0]
    assert right.date is not None
    text = f"{right.title} được thông qua năm {right.date.year} (số {right.symbol}), không phải năm {year}."
    return Issue(
        "wrong_date", text, Difference("date", reference.date_text, f"năm {right.date.year}", source_of(right)), right
    )


def _how(written: datetime.date, right: datetime.date) -> str:
    if written.day == right.month and written.month == right.day and written.year == right.year:
        return " (đảo ngày và tháng)"
    if (written.day, written.month) == (right.day, right.month):
        return " (sai năm)"
    if (written.day, written.year) == (right.day, right.year):
        return " (sai tháng)"
    return ""


def _term(date: datetime.date) -> int:
    return sum(date >= start for start in _TERMS)


def _local_other(case: Case, document: RegistryDocument) -> bool:
    """The entry is of another province or commune than the mention, or may be."""
    return document.local and not same_place(case, document)


_UNITS = frozenset({"tinh", "thanh", "pho", "xa", "phuong", "tp", "khu"})


def same_place(case: Case, document: RegistryDocument) -> bool:
    """Whether a mention can only mean this local entry: no other place is named, and date or place agrees."""
    reference = case.reference
    same_day = reference.date is not None and reference.date == document.date
    if not reference.issuer:
        return same_day
    known = fold(" ".join(part for part in (document.issuer, document.province) if part))
    words = fold(read_body(reference.issuer).place).split()
    units = {word for word in words if word in _UNITS}
    names = [word for word in words if word not in _UNITS and word not in ("57", "uy")]
    if units and not units & set(known.split()) and _UNITS & set(known.split()):
        return False  # a commune's plan is not the province's
    if names:
        return " ".join(names) in known
    if case.province and ("tinh" in units or "tỉnh ủy" in reference.issuer.lower()):  # "UBND tỉnh": the report's own
        return same_day or _bare_province(case.province) in known
    return same_day


def _bare_province(name: str) -> str:
    return re.sub(r"^(?:tinh|thanh pho|tp\.?)\s+", "", fold(name).strip())


def same_document(case: Case, document: RegistryDocument) -> bool:
    """Whether a mention of another date can only mean this document (a symbol may recur in another year or term)."""
    reference, symbol = case.reference, case.reference.parsed
    assert reference.date is not None
    assert document.date is not None
    if symbol is None or symbol.year is not None:
        return True
    if (
        reference.title
        and title_similarity(reference.title, document.title or "") >= 0.5
        and len(title_words(reference.title)) >= 3
    ):
        return True
    if symbol.system == "party" and _term(reference.date) == _term(document.date):
        return True
    if symbol.system != "party" and reference.date.year == document.date.year:
        return True
    return near_date(reference.date, document.date)


def organ_bodies(symbol: Symbol) -> list[Body]:
    """Bodies that the code of a symbol may stand for; empty where the grammar does not know it."""
    organ = symbol.organ.rstrip("0123456789")
    return [b for b in grammar().bodies if organ in b.codes or symbol.organ in b.codes]


def _fits(body: KnownBody, allowed: list[Body]) -> bool:
    """Whether a written body agrees with one of `allowed`."""
    if body.body is None:
        return True
    ids = {b.id for b in allowed}
    own = {body.body.id, *body.body.covers, *(o.id for o in body.others)}
    if own & ids:
        return True
    names = {b.name for b in allowed}
    return body.body.family == "local" and body.body.id == "ct_ubnd" and "Ủy ban nhân dân" in names


def wrong_issuer(case: Case) -> Issue | None:
    """Another body is named than the one that issued the document."""
    reference, document = case.reference, case.document
    _merged_ministry(case)
    if reference.issuer is None:
        return None
    body = read_body(reference.issuer)
    if body.body is None:
        return None
    symbol = reference.parsed
    if document and document.issuer and document.verified("issuer") and not _local_other(case, document):
        return _against_entry(case, body, document)
    if symbol is None:
        return None
    allowed = organ_bodies(symbol)
    if not allowed or _fits(body, allowed):
        _loose(case, body, None)
        return None
    right = allowed[0].name if len(allowed) == 1 else " hoặc ".join(dict.fromkeys(b.name for b in allowed[:3]))
    text = f"Sai cơ quan ban hành: ký hiệu {symbol.organ} là của {right}, không phải {reference.issuer}."
    return Issue(
        "wrong_issuer",
        text,
        Difference("issuer", reference.issuer, right, "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
        document,
    )


def _merged_ministry(case: Case) -> None:
    """A remark where the code is of a ministry that no longer was on the day of the document."""
    symbol, date = case.reference.parsed, case.reference.date
    if symbol is None or date is None or case.document is not None:
        return
    for body in organ_bodies(symbol):
        if body.until and date > body.until:
            day = format_date(body.until + datetime.timedelta(days=1))
            case.remarks.append(f"{body.name} đã hợp nhất vào {body.now} từ {day}: xem lại số, ký hiệu hoặc ngày.")


def _against_entry(case: Case, body: KnownBody, document: RegistryDocument) -> Issue | None:
    assert body.body is not None
    assert document.issuer is not None
    assert case.reference.issuer is not None
    entry = read_body(document.issuer)
    bodies = [b for b in (entry.body, *entry.others) if b is not None]
    if not bodies or _fits(body, bodies) or any(b.id in body.body.covers for b in bodies):
        _loose(case, body, document)
        return None
    if {body.body.id, bodies[0].id} <= {"ubnd", "ct_ubnd"} or (
        {body.body.id, bodies[0].id} <= {"bcd", "bcd_tw", "bcd_cp"} and body.body.id == "bcd"
    ):
        return None
    if body.body.family == bodies[0].family == "party_local" and body.body.codes == bodies[0].codes:
        return None
    text = f"Sai cơ quan ban hành: {document.symbol} do {document.issuer} ban hành, không phải {case.reference.issuer}."
    return Issue(
        "wrong_issuer",
        text,
        Difference("issuer", case.reference.issuer, document.issuer, source_of(document)),
        document,
    )


def _loose(case: Case, body: KnownBody, document: RegistryDocument | None) -> None:
    """A remark of style where the name is understood but not written as it should be."""
    assert body.body is not None
    assert case.reference.issuer is not None
    written = " ".join(case.reference.issuer.split())
    right = document.issuer if document and document.issuer and body.body.family == "central" else body.body.name
    if body.loose and right:
        case.remarks.append(f"Nên viết đầy đủ tên cơ quan ban hành: {right}.")
    elif (
        body.body.family == "central"
        and written.lower() == body.body.name.lower()
        and written != body.body.name
        and not written.isupper()
    ):
        case.remarks.append(f"Nên viết hoa đúng tên cơ quan: {body.body.name}.")
    elif "đảng bộ" in written.lower() and written.lower().startswith("ban thường vụ"):
        case.remarks.append(
            "Ban Thường vụ là của cấp ủy: nên viết “Ban Thường vụ Đảng ủy …” hoặc “Ban Thường vụ Tỉnh ủy …”."
        )


def wrong_title(case: Case) -> Issue | None:
    """The subject written is that of another matter."""
    reference, document = case.reference, case.document
    if not reference.title or document is None or not document.title or not document.verified("title"):
        return None
    if document.local:
        return None
    if reference.title.startswith(LAW_TYPES):
        return _other_law(case, document)
    if len(title_words(reference.title)) < 4 or _similar(reference, document) >= 0.34:
        return None
    text = f"Trích yếu không khớp: {document.symbol} {document.title}."
    return Issue(
        "wrong_title", text, Difference("title", reference.title, document.title, source_of(document)), document
    )


def _other_law(case: Case, document: RegistryDocument) -> Issue | None:
    """The number is one law's and the name another's."""
    name, right = case.reference.title or "", document.title or ""
    known = {known.lower() for known in (*grammar().law_names, *case.registry.law_names)}
    if document in case.registry.laws_named(name) or (
        name.lower() not in known and _similar(case.reference, document) >= 0.5
    ):
        return None
    text = f"Tên luật không khớp: {document.symbol} là {right}."
    return Issue("wrong_title", text, Difference("title", name, right, source_of(document)), document)


def title_remarks(case: Case) -> list[str]:
    """A remark of style where the subject is the document's own but shortened or abbreviated."""
    reference, document = case.reference, case.document
    if not reference.title or document is None or not document.title or not document.verified("title"):
        return []
    if document.local or case.reference.parsed is None or document.law_name:
        return []
    written, known = title_words(reference.title), title_words(document.title)
    if written == known or _similar(reference, document) < 0.6:
        return []
    if len(written) > len(known) + 2:  # what follows the title in the text was taken along: nothing to remark upon
        return []
    return [f"Trích yếu chưa đúng nguyên văn; nguyên văn: “{document.title}”."]


def _similar(reference: LegalReference, document: RegistryDocument) -> float:
    return title_similarity(reference.title or "", document.title or "")
