"""Who a document is: kind, symbol, date, issuer, unit and title, from its own header.

Where the header was lost on the way (pages taken from the web, reports pasted without their letterhead), the
document's other statements about itself stand in: "Kèm theo …", the sentence of adoption, the closing sentence, and
last the file name.
"""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from assistant.legal.grammar import grammar
from assistant.library.filenames import symbol_in_name
from assistant.library.letterhead import Letterhead, read_letterhead
from assistant.library.lines import paragraphs
from assistant.library.markers import CAPITAL, SMALL, find_marker
from assistant.library.models import DocumentKind, Identity, SourceDocument
from assistant.library.paragraph import Paragraph
from assistant.library.truecase import restore_case, true_case
from assistant.vietnamese.places import communes_named, current_province, merged_into, provinces
from assistant.vietnamese.text import canonical_tone, fold

_HEAD_PARAGRAPHS = 45
_PLAN_TYPES = {"Kế hoạch", "Chương trình", "Đề án", "Phương án", "Chiến lược", "Dự án", "Chương trình hành động"}
_REPORT_TYPES = {"Báo cáo", "Tờ trình", "Biên bản"}
_GUIDANCE_TYPES = {"Hướng dẫn", "Công văn", "Sổ tay", "Tài liệu"}
_NAME = rf"[{CAPITAL}][{SMALL}]+(?:[ -]+[{CAPITAL}][{SMALL}]+){{0,3}}"
_SYMBOL = r"\d{1,6}[a-z]?(?:/\d{4})?\s?[-–/]\s?[A-ZĐ][\wĐ]*(?:\s?[-–/]\s?[A-ZĐ][\wĐ]*)*"
_DATE = r"(?P<d>\d{1,2})(?:/|\s+tháng\s+)(?P<m>\d{1,2})(?:/|\s+năm\s+)(?P<y>\d{4})"
_OWN_REFERENCE = re.compile(
    rf"(?P<type>[A-ZĐ][^\W\d]+(?:\s[^\W\d]+){{0,2}}) số (?P<symbol>{_SYMBOL}),?\s*\(?\s*(?:ngày\s+{_DATE})?\)?"
    r"(?:\s+của\s+(?P<issuer>[A-ZĐ][^,.;()]*?)(?=\s+(?:về|đã|quy|ban hành|phê duyệt|sửa)\b|[,.;()]|$))?"
    r"(?:\s+(?P<title>(?:về|quy định|ban hành|phê duyệt|sửa đổi)\b[^.;]*))?"
)
_ENCLOSED = re.compile(
    rf"^\(?\s*(?:Ban hành\s+)?(?:kèm|đính kèm)\s+theo\s+.*?số\s+(?P<symbol>{_SYMBOL}).*?{_DATE}", re.I
)
_ENCLOSED_IN = re.compile(rf"kèm theo\s+(?P<type>[A-ZĐ]\w+ \w+)\s+số\s+{_SYMBOL}.*?của\s+(?P<issuer>[^)]+)\)", re.I)
_ADOPTED = re.compile(
    r"(?P<type>Luật|Pháp lệnh|Nghị quyết) này (?:đã )?được "
    r"(?P<issuer>Quốc hội|Ủy ban [Tt]hường vụ Quốc hội|Hội đồng nhân dân "
    rf"[^,.]*?)(?:\s+nước[^,]*?)?(?:\s+kh[oó][áa][^,]*)?,?[^.]*?thông qua ngày\s+{_DATE}"
)
_ENACTS = re.compile(
    r"^(?P<issuer>Quốc hội|Chính phủ|Thủ tướng Chính phủ|Bộ trưởng [^.]*?) ban hành "
    r"(?P<type>Luật|Nghị định|Thông tư|Nghị quyết)\b"
)
_COMMUNE = re.compile(rf"\b(?P<kind>xã|phường|đặc khu|thị trấn)\s+(?P<name>{_NAME})")
_PROVINCE = re.compile(rf"\b(?P<kind>tỉnh|thành phố|TP\.?)\s+(?P<name>{_NAME})")
_REPORTS = re.compile(
    r"(?:^|[;.]\s)\s*(?P<issuer>(?:Ủy ban nhân dân|UBND|Đảng ủy)[^,.;:\n]{0,80}?|Ban [Cc]hỉ đạo[^.;:\n]{0,200}?)"
    r"\s+(?:xin\s+)?(?:kính\s+)?báo cáo\b",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"^Trên đây là\s+(?P<type>báo cáo|kế hoạch|chương trình|hướng dẫn|đề án|phương án)\b", re.IGNORECASE
)
_YEAR = re.compile(r"năm\s+(20\d\d)|\b(20\d\d)\b")


@dataclass(slots=True)
class _Facts:
    """What has been found so far; the first finding of a field stays."""

    type: str | None = None
    symbol: str | None = None
    date: datetime.date | None = None
    date_text: str | None = None
    issuer: str | None = None
    title: str | None = None
    notes: list[str] = field(default_factory=list)

    def learn(self, **found: object) -> None:
        for name, value in found.items():
            if value and getattr(self, name) is None:
                setattr(self, name, value)


def identify(source: SourceDocument, lines: Sequence[Paragraph] | None = None) -> Identity:
    """Read the identity of a document.

    Args:
        lines: its paragraphs, where the caller has them already (see `lines.paragraphs`).
    """
    found = lines if lines is not None else paragraphs(source)
    head = _split_cells(found[:_HEAD_PARAGRAPHS])
    letterhead = read_letterhead(head)
    facts = _Facts(
        letterhead.type, letterhead.symbol, letterhead.date, letterhead.date_text, letterhead.issuer, letterhead.title
    )
    _from_text(facts, head, found)
    if facts.symbol is None:
        facts.learn(symbol=symbol_in_name(PurePath(source.name).stem))
    _from_symbol(facts)
    text = "\n".join(line.text for line in found)
    kind = _kind(facts, found, text)
    unit = _unit(facts, letterhead, text, kind)
    title = true_case(facts.title, found) if facts.title else None
    if title and facts.type == "Luật" and not title.startswith("Luật"):
        title = f"Luật {title}"
    return Identity(
        kind=kind,
        type=facts.type,
        symbol=facts.symbol,
        date=facts.date.isoformat() if facts.date else None,
        date_text=facts.date_text,
        issuer=facts.issuer or _reporting_issuer(kind, unit, text),
        unit=unit,
        title=title or (_fallback_title(head, source) if facts.symbol is None else None),
        year=_year(facts, title, text),
    )


def _split_cells(lines: Sequence[Paragraph]) -> list[str]:
    """The head as lines; the cells of a letterhead that was a table stand one below the other."""
    return [piece.strip() for line in lines for piece in line.text.split(" | ") if re.search(r"\w", piece)]


def _from_text(facts: _Facts, head: Sequence[str], lines: Sequence[Paragraph]) -> None:
    """What the document says about itself outside a letterhead."""
    for text in head[:3]:
        own = _OWN_REFERENCE.match(text)
        if own and facts.symbol is None and len(text.split()) < 60:
            facts.learn(type=own.group("type"), symbol=_compact(own.group("symbol")))
    for text in head[:10]:
        enclosed = _ENCLOSED.match(text)
        if enclosed and facts.symbol is None:
            inside = _ENCLOSED_IN.search(text)
            facts.learn(symbol=_compact(enclosed.group("symbol")), date=_date_of(enclosed))
            if inside:
                facts.learn(issuer=inside.group("issuer").strip(), type=inside.group("type"))
    if facts.symbol is not None and (facts.date is None or facts.title is None):
        for text in head[:8]:
            for own in _OWN_REFERENCE.finditer(text):
                if _compact(own.group("symbol")) == facts.symbol:
                    facts.learn(date=_date_of(own), issuer=own.group("issuer"), title=own.group("title"))
    tail = [line.text for line in lines[-12:]]
    for text in [*head, *tail]:
        adopted, enacted = _ADOPTED.search(text), _ENACTS.match(text)
        if adopted:
            facts.learn(date=_date_of(adopted), issuer=adopted.group("issuer"), type=adopted.group("type"))
        elif enacted:
            facts.learn(issuer=enacted.group("issuer"), type=enacted.group("type"))


def _compact(symbol: str) -> str:
    return re.sub(r"\s+", "", symbol).replace("–", "-")


def _date_of(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match.group("y")), int(match.group("m")), int(match.group("d")))
    except (TypeError, ValueError):
        return None


def _from_symbol(facts: _Facts) -> None:
    """The type, and for the central bodies the issuer, that a symbol implies."""
    if facts.symbol is None:
        return
    codes = re.split(r"[/\-&]", facts.symbol)
    if facts.type is None:
        if any(re.fullmatch(r"QH\d+", code) for code in codes):
            facts.type = "Luật"
        else:
            names = (grammar().names_of(code, "both") for code in codes)
            facts.type = next((name for name, *_ in filter(None, names)), "Công văn")
    if facts.issuer is None:
        for code, issuer in (("TTg", "Thủ tướng Chính phủ"), ("CP", "Chính phủ")):
            if code in codes:
                facts.issuer = issuer
        if any(re.fullmatch(r"QH\d+", code) for code in codes):
            facts.issuer = "Quốc hội"


def _kind(facts: _Facts, lines: Sequence[Paragraph], text: str) -> DocumentKind:
    kind = _kind_of_type(facts)
    if kind is not None:
        return kind
    for line in lines[-40:]:
        closing = _CLOSING.match(line.text)
        if closing:
            word = closing.group("type").lower()
            return "report" if word == "báo cáo" else "guidance" if word == "hướng dẫn" else "plan"
    articles = sum(1 for line in lines if (m := find_marker(line.text)) is not None and m.label.startswith("Điều "))
    if articles >= 3:
        return "legal"
    opening = fold(text[:1500])
    if re.search(r"\bbao cao (?:ket qua|tinh hinh|so ket|tong ket|so lieu|thuc hien)", opening):
        return "report"
    return "plan" if re.search(r"^\W*ke hoach\b", opening) else "guidance"


def _kind_of_type(facts: _Facts) -> DocumentKind | None:
    if facts.type is None:
        return None
    name = facts.type
    if name in _REPORT_TYPES or name.startswith("Báo cáo"):
        return "report"
    if name in _PLAN_TYPES or name.startswith(("Kế hoạch", "Chương trình")):
        return "plan"
    return "guidance" if name in _GUIDANCE_TYPES else "legal"


def _unit(facts: _Facts, letterhead: Letterhead, text: str, kind: DocumentKind) -> str | None:
    """The commune or province that speaks: from the letterhead, else from what the text names most."""
    named = "; ".join(filter(None, (facts.issuer, letterhead.superior)))
    when = facts.date or datetime.date(_year(facts, facts.title, text) or datetime.date.today().year, 12, 31)
    commune = _COMMUNE.search(named)
    province = _PROVINCE.search(named)
    if commune is None and province is None and kind != "report":
        return None
    if province is not None and commune is None and facts.issuer and province.group("name") in facts.issuer:
        own = _province_name(province.group("name"))
        return f"{_province_kind(own, when)} {own}"
    if commune is None:
        commune = _most_named(_COMMUNE, text)
    if commune is None:
        return None
    unit = f"{commune.group('kind')} {commune.group('name')}"
    found = _province_name(province.group("name")) if province else None
    name = found or _province_of(commune.group("name"), text)
    return f"{unit}, {_province_kind(name, when)} {name}" if name else unit


def _province_kind(name: str, when: datetime.date) -> str:
    """ "tỉnh" or "thành phố" at that time: some provinces became cities later."""
    cities = {fold(_bare(city)): since for city, since in provinces().cities.items()}
    return "thành phố" if cities.get(fold(_bare(name)), datetime.date.max) <= when else "tỉnh"


def _bare(name: str) -> str:
    return re.sub(r"^(?:thành phố|tỉnh)\s+", "", name, flags=re.IGNORECASE)


def _province_name(name: str) -> str:
    return _bare(current_province(name) or name)


def _most_named(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    matches: dict[str, re.Match[str]] = {}
    counts: Counter[str] = Counter()
    for match in pattern.finditer(text):
        matches.setdefault(match.group(), match)
        counts[match.group()] += 1
    return matches[counts.most_common(1)[0][0]] if counts else None


def _province_of(commune: str, text: str) -> str | None:
    """The province of a commune: of those the gazetteer gives, the one the text names; else the most named one."""
    counts: Counter[str] = Counter()
    for match in _PROVINCE.finditer(text):
        name = match.group("name")
        words = name.split(" ")
        for length in range(len(words), 0, -1):
            candidate = " ".join(words[:length])
            known = current_province(candidate) or merged_into(candidate)
            if known:
                counts[_bare(known)] += 1
                break
    possible = {_bare(found.province) for found in communes_named(commune)}
    named = [name for name, _ in counts.most_common() if name in possible]
    if named:
        return named[0]
    exact = {
        _bare(found.province)
        for found in communes_named(commune)
        if canonical_tone(found.name) == canonical_tone(commune)
    }
    if len(exact) == 1:
        return next(iter(exact))
    return counts.most_common(1)[0][0] if counts else None


def _reporting_issuer(kind: DocumentKind, unit: str | None, text: str) -> str | None:
    """Who says "… báo cáo …" in a report without a letterhead."""
    if kind != "report":
        return None
    match = _REPORTS.search(text)
    if match is None:
        return None
    issuer = re.sub(r"^UBND\b", "Ủy ban nhân dân", match.group("issuer").strip())
    issuer = re.sub(r"^Ban chỉ đạo", "Ban Chỉ đạo", issuer)
    place = unit.split(",")[0] if unit else ""
    return issuer if not place or fold(place) in fold(issuer) else f"{issuer} {place}"


def _fallback_title(head: Sequence[str], source: SourceDocument) -> str | None:
    """A document without a type line: its first heading, else its first line of words."""
    for block in source.blocks:
        if block.kind == "heading" and block.level is not None and block.style != "sheet":
            text = " ".join(source.text[block.start : block.end].split()).lstrip("# ")
            return restore_case(text) if len(text) < 300 else None
    for text in head[:6]:
        if find_marker(text) is None and 3 <= len(text.split()) <= 40:
            return text.rstrip(":.")
    return None


def _year(facts: _Facts, title: str | None, text: str) -> int | None:
    if facts.date is not None:
        return facts.date.year
    in_symbol = re.search(r"/((?:19|20)\d\d)/", facts.symbol or "")
    if in_symbol:
        return int(in_symbol.group(1))
    for words in (facts.date_text, title, text[:3000]):
        years = [int(a or b) for a, b in _YEAR.findall(words or "")]
        plausible = [year for year in years if 1990 <= year <= 2100]
        if plausible:
            return plausible[-1] if words == facts.date_text else plausible[0]
    return None
