"""Checks that need no registry: is the symbol built as its system asks, does the type fit its code, is the date one."""

import re

from assistant.legal.checks_facts import organ_bodies
from assistant.legal.documents import LAW_TYPES, RegistryDocument
from assistant.legal.grammar import grammar
from assistant.legal.issuers import read_body
from assistant.legal.issues import Case, Difference, Issue, source_of
from assistant.legal.models import Symbol
from assistant.legal.symbols import build, is_party_organ, parse_symbol

_FORM = "Nghị định 30/2020/NĐ-CP, Phụ lục I"
_PARTY_FORM = "thể thức văn bản của Đảng (05-HD/VPTW)"
_NORMATIVE = "văn bản quy phạm pháp luật phải có năm ban hành trong số, ký hiệu"
_LEGISLATURES = {
    11: (2002, 2007),
    12: (2007, 2011),
    13: (2011, 2016),
    14: (2016, 2021),
    15: (2021, 2026),
    16: (2026, 2031),
}
# a plan or scheme is often named together with the decision that approved it: no error of type
_APPROVED = frozenset({"Đề án", "Chiến lược"})


def malformed(case: Case) -> Issue | None:
    """The symbol is not built as it should be."""
    symbol = case.reference.parsed
    if symbol is None or any(d.symbol == symbol.text for d in case.registry.find(symbol.text)):
        return None if symbol is None else _wrong_house(case, symbol)
    return (
        _separators(case, symbol)
        or _wrong_house(case, symbol)
        or _year_missing(case, symbol)
        or _year_missing_in_law(case, symbol)
        or _year_too_many(case, symbol)
        or _coded_dispatch(symbol)
        or _legislature(case, symbol)
    )


def _separators(case: Case, symbol: Symbol) -> Issue | None:
    if symbol.text == symbol.expected:
        return None
    if symbol.system == "party":
        rule, source = "văn bản của Đảng viết số-loại/cơ quan", _PARTY_FORM
    elif symbol.system == "law" or "/QH" in symbol.expected:
        rule, source = "văn bản của Quốc hội viết số/năm/khóa Quốc hội", _FORM
    else:
        rule, source = "văn bản của Nhà nước viết số/loại-cơ quan", _FORM
    text = f"Số, ký hiệu “{symbol.text}” viết sai mẫu: {rule}, đúng là {symbol.expected}."
    return Issue(
        "malformed", text, Difference("symbol", symbol.text, symbol.expected, source), _same(case, symbol.expected)
    )


def _same(case: Case, symbol: str) -> RegistryDocument | None:
    found = case.registry.find(symbol)
    dated = [d for d in found if case.reference.date and d.date == case.reference.date]
    return dated[0] if dated else found[0] if len(found) == 1 else None


def _wrong_house(case: Case, symbol: Symbol) -> Issue | None:
    """A central body named beside the code of a province ("57-NQ/TU … của Bộ Chính trị")."""
    issuer = case.reference.issuer
    body = read_body(issuer).body if issuer else None
    if (
        body is None
        or symbol.code is None
        or body.system != "party"
        or body.family != "central"
        or body.codes != ("TW",)
    ):
        return None
    if symbol.organ not in ("TU", "ĐU", "HU"):
        return None
    right = build(symbol.number, None, symbol.code, ("TW",), "party")
    known = [d for d in case.registry.find(right) if case.reference.date in (None, d.date)]
    text = (
        f"Ký hiệu {symbol.organ} không phải của {body.name}: văn bản của Trung ương mang ký hiệu TW, đúng là {right}."
    )
    return Issue("malformed", text, Difference("symbol", symbol.text, right, _PARTY_FORM), known[0] if known else None)


def _year_missing_in_law(case: Case, symbol: Symbol) -> Issue | None:
    if symbol.year or symbol.system != "law":
        return None
    known = [
        d
        for d in case.registry.documents
        if d.symbol.endswith(f"/{symbol.organ}") and d.symbol.partition("/")[0].lstrip("0") == symbol.number.lstrip("0")
    ]
    known = [d for d in known if case.reference.date in (None, d.date)]
    right = known[0].symbol if len(known) == 1 else None
    text = f"Số, ký hiệu “{symbol.text}” thiếu năm: {_NORMATIVE}" + (f", đúng là {right}." if right else ".")
    return Issue("malformed", text, Difference("symbol", symbol.text, right, _FORM), known[0] if right else None)


def _year_missing(case: Case, symbol: Symbol) -> Issue | None:
    if symbol.system != "state" or symbol.year or symbol.code is None or not grammar().carries_year(symbol.code):
        return None
    number = symbol.number.lstrip("0")
    kind = grammar().names_of(symbol.code, "state")[0]
    year = case.reference.date.year if case.reference.date else None
    near = [d for d in case.registry.numbered(kind, number) if d.symbol.endswith(f"{symbol.code}-{symbol.organ}")]
    near = [d for d in near if year is None or f"/{year}/" in d.symbol]
    right = near[0].symbol if len(near) == 1 else None
    if right is None and year:
        dated = parse_symbol(build(symbol.number, year, symbol.code, symbol.organs, "state"))
        right = dated.expected if dated else None
    text = f"Số, ký hiệu “{symbol.text}” thiếu năm: {_NORMATIVE}" + (f", đúng là {right}." if right else ".")
    document = near[0] if len(near) == 1 else None
    return Issue("malformed", text, Difference("symbol", symbol.text, right, _FORM), document)


def _year_too_many(case: Case, symbol: Symbol) -> Issue | None:
    if symbol.system != "state" or symbol.year is None or symbol.code == "VBHN" or grammar().carries_year(symbol.code):
        return None
    right = build(symbol.number, None, symbol.code, symbol.organs, "state")
    known = [d for d in case.registry.find(right) if d.date and d.date.year == symbol.year and not d.local]
    if not known:
        return None
    text = f"Số, ký hiệu “{symbol.text}” thừa năm: văn bản này là văn bản cá biệt, số, ký hiệu đúng là {right}."
    return Issue("malformed", text, Difference("symbol", symbol.text, right, source_of(known[0])), known[0])


def _coded_dispatch(symbol: Symbol) -> Issue | None:
    if symbol.code != "CV" or symbol.system != "state":
        return None
    right = f"{symbol.number}/{symbol.organ}-…"
    text = (
        f"Công văn của cơ quan nhà nước không mang chữ “CV” trong số, ký hiệu: viết {right} "
        "(sau dấu gạch là đơn vị soạn thảo hoặc lĩnh vực)."
    )
    return Issue("malformed", text, Difference("symbol", symbol.text, None, _FORM))


def _legislature(case: Case, symbol: Symbol) -> Issue | None:
    term = re.search(r"\d+$", symbol.organ) if symbol.system == "law" else None
    if term is None or symbol.year is None:
        return None
    years = _LEGISLATURES.get(int(term.group()))
    if years is None or years[0] <= symbol.year <= years[1]:
        return None
    head = f"{symbol.number}/{symbol.year}/{symbol.organ.rstrip('0123456789')}"
    known = [d for d in case.registry.documents if d.symbol.startswith(head)]
    fits = [f"{head}{number}" for number, span in _LEGISLATURES.items() if span[0] <= symbol.year <= span[1]]
    right = known[0].symbol if len(known) == 1 else fits[0] if len(fits) == 1 else None
    text = f"Năm {symbol.year} không thuộc nhiệm kỳ Quốc hội khóa {term.group()}" + (
        f": đúng là {right}." if right else "."
    )
    return Issue(
        "malformed", text, Difference("symbol", symbol.text, right, _FORM), known[0] if len(known) == 1 else None
    )


def wrong_type(case: Case) -> Issue | None:
    """The type word contradicts the code in the symbol, or the registry."""
    reference, symbol, document = case.reference, case.reference.parsed, case.document
    kind = reference.type
    if symbol is None or kind is None or reference.type_written is None or kind in grammar().generic:
        return None
    if symbol.system == "law":
        return _law_type(case, kind)
    if symbol.code is None:
        if kind == "Công văn" or not (organ_bodies(symbol) or is_party_organ(symbol.organ)):
            return None  # a code that the grammar does not know may be one of a type ("12/KHTH-UBND")
        text = (
            f"“{symbol.text}” là số, ký hiệu của công văn (không có tên loại viết tắt), không phải của {kind.lower()}."
        )
        return Issue("wrong_type", text, Difference("type", reference.type_written, "Công văn", _FORM), document)
    allowed = grammar().names_of(symbol.code, "party" if is_party_organ(symbol.organ) else "state")
    if not allowed:
        allowed = grammar().names_of(symbol.code, "both")
    registered = document.type if document and document.verified("type") else None
    if kind in allowed and (registered is None or _same_type(kind, registered) or registered not in allowed):
        return None
    if symbol.code == "QĐ" and kind in _APPROVED:
        case.remarks.append(
            f"{kind} này ban hành theo Quyết định số {symbol.text}; nên viết rõ “Quyết định số {symbol.text}”."
        )
        return None
    right = (
        registered if registered and (registered in allowed or not allowed) else allowed[0] if allowed else registered
    )
    if right is None or _same_type(kind, right):
        return None
    reason = (
        f"ký hiệu {symbol.code} là {right.lower()}"
        if len(allowed) == 1
        else f"văn bản số {symbol.text} là {right.lower()}"
    )
    text = f"Sai tên loại văn bản: {reason}, không phải {kind.lower()}."
    source = source_of(document) if document and len(allowed) > 1 else _FORM
    return Issue("wrong_type", text, Difference("type", reference.type_written, right, source), document)


def _same_type(a: str, b: str) -> bool:
    return a == b or a.startswith(b + " ") or b.startswith(a + " ")


def _law_type(case: Case, kind: str) -> Issue | None:
    document = case.document
    if (
        document is None
        or _same_type(kind, document.type)
        or (case.reference.title and case.reference.title.startswith(kind))
    ):
        return None
    if kind in (*LAW_TYPES, "Nghị quyết") and document.verified("type"):
        text = f"Sai tên loại văn bản: {document.symbol} là {document.type.lower()}, không phải {kind.lower()}."
        return Issue("wrong_type", text, Difference("type", kind, document.type, source_of(document)), document)
    if kind not in (*LAW_TYPES, "Nghị quyết", "Lệnh"):
        text = f"Sai tên loại văn bản: số, ký hiệu {case.reference.symbol} là của Quốc hội, không phải {kind.lower()}."
        return Issue("wrong_type", text, Difference("type", kind, document.type, source_of(document)), document)
    return None
