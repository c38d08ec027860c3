# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Administrative units that no longer exist or are somebody else's."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from assistant.check.build import NAME
from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.period_labels import own_period
from assistant.check.text_tools import UPPER, draft, sentence_at
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.places import current_province, merged_into
from assistant.vietnamese.text import fold

TWO_TIERS = date(2025, 7, 1)
_DISTRICT = re.compile(
    r"\b(?P<word>(?:[Hh]uyện|HUYỆN)(?:\s+(?:ủy|uỷ|ỦY)\b)?|[Tt]hị trấn|THỊ TRẤN|[Tt]hị xã(?! hội)|[Qq]uận(?:\s+ủy)?(?=\s|[,.;)])|[Tt]hị ủy|[Qq]uận ủy)(?!\w)"
)
# words around that make the mention a story of before, or a body that kept its name
_PAST = re.compile(
    r"trước đây|trước (?:khi )?(?:sáp nhập|sắp xếp|ngày 01/0?7)|sáp nhập|sắp xếp|hợp nhất|giải thể|kết thúc (?:hoạt động|nhiệm vụ)|bỏ cấp huyện"
    r"|không (?:còn )?(?:tổ chức|cấp)|chuyển (?:giao|từ)|thuộc huyện|bàn giao|từ cấp huyện|của cấp huyện|nguyên (?:là|chủ tịch|bí thư|phó)|khi còn|6 tháng đầu năm 2025|giai đoạn",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"(?:[Bb]ưu điện|[Vv]iettel|VNPT|[Nn]gân hàng[^,.;]{0,40}|[Tt]rung tâm [Yy] tế|[Bb]ệnh viện[^,.;]{0,20}|[Bb]ảo hiểm xã hội|[Tt]òa án[^,.;]{0,20}|"
    r"[Tt]rường [^,.;]{0,30}|[Đđ]iện lực|[Cc]hi nhánh (?!Văn phòng)[^,.;]{0,30}|[Kk]ho bạc[^,.;]{0,20}|[Đđ]ường|[Qq]uốc lộ)\s+$"
)


def district_level(report: Report) -> Iterator[Draft]:
    """ "huyện", "quận", "thị xã", "thị trấn" as if they existed, in a report of the two-tier system."""
    if report.report_date < TWO_TIERS:
        return
    for paragraph in report.paragraphs:
        for match in _DISTRICT.finditer(paragraph.text):
            if not _is_history(report, paragraph, match) and not _in_old_document(report, paragraph, match.start()):
                start, end = _with_neighbours(paragraph.text, match.start(), match.end())
                word = match["word"].lower()
                town = word == "thị trấn"
                right = _as_commune(report, paragraph.text[start:end], match["word"])
                yield draft(
                    paragraph,
                    start,
                    end,
                    f"Từ ngày 01/7/2025 không còn {'thị trấn' if town else 'cấp huyện'}; «{match['word']}» ở đây là tên cũ hoặc chép từ mẫu cũ.",
                    right,
                    severity="warning" if town or word in ("quận", "thị xã") else None,
                    rank=72,
                )


def _is_history(report: Report, paragraph: Paragraph, match: re.Match[str]) -> bool:
    start, end = sentence_at(paragraph.text, match.start())
    sentence = paragraph.text[max(start, match.start() - 110) : min(end, match.end() + 60)]
    past = _in_the_past(report, paragraph, match.start(), sentence)
    if past or _KEPT.search(paragraph.text[: match.start()]) or _named_old(paragraph.text, match):
        return True
    if re.search(r"(?:liên|cấp tỉnh,|ba cấp|3 cấp|4 cấp)\s+$", paragraph.text[: match.start()]):
        return True
    return bool(re.match(r"\s+(?:đảo|lỵ)\b", paragraph.text[match.end() :]))


# what the old district handed over it did in the months of the change; months later no such body hands over anything
_HANDED = re.compile(r"bàn giao|chuyển (?:giao|từ)", re.IGNORECASE)
_HANDED_BY = date(2025, 10, 1)


_DOER = re.compile(r"(?:^|[,;:.]\s+|[-+*]\s+)(?:(?!(?:do|từ|nhận|của|bởi)\b)[^\W\d_]+[ ,-]+){0,8}$", re.IGNORECASE)


def _in_the_past(report: Report, paragraph: Paragraph, at: int, around: str) -> bool:
    """Whether words around tell of the time before; a body that itself hands something over months later is no matter of then."""
    past = _PAST.search(around)
    if past is None or not _HANDED.fullmatch(past.group()):
        return past is not None
    start, end = sentence_at(paragraph.text, at)
    told = [date(d.year, d.month, d.day or 1) for d in find_dates(paragraph.text[start:end]) if not d.impossible]
    own = own_period(report)
    if not told and own and own.year and _DOER.search(paragraph.text[start:at]):
        told = [date(own.year, 12 if own.year < _HANDED_BY.year else 1, 1)] if own.year != _HANDED_BY.year else []
    return not any(day >= _HANDED_BY for day in told)


def _named_old(text: str, match: re.Match[str]) -> bool:
    """ "huyện X (cũ)", "xã cũ thuộc huyện X": an old name that is called old."""
    after = re.match(r"[^.;]{0,45}?\bcũ\b", text[match.end() :])
    return bool(after or re.search(r"\bcũ\b[^,.;]{0,25}$", text[: match.start()]))


def _in_old_document(report: Report, paragraph: Paragraph, offset: int) -> bool:
    """Inside the citation of a document issued before the two tiers."""
    begin, _ = sentence_at(paragraph.text, offset)
    dates = [d for d in find_dates(paragraph.text) if begin <= d.start < offset and d.value]
    return bool(dates) and dates[-1].value is not None and dates[-1].value < TWO_TIERS and offset - dates[-1].end < 160


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """Up to four words before and the words after that belong to the name, within the clause."""
    before = re.search(r"(?:[^\W\d_]+,?\s){1,4}$", text[:start])
    after = re.match(rf"(?:\s[{UPPER}][^\W\d_]*){{1,3}}", text[end:])
    return (before.start() if before else start), (end + after.end() if after else end)


def _as_commune(report: Report, phrase: str, word: str) -> str:
    if word.lower().startswith("thị trấn"):
        return re.sub(r",?\s*(?:và\s+)?thị trấn", "", phrase)
    kind = report.unit.kind or "xã"
    return re.sub(rf"{word}(?:\s+[{UPPER}]\S*)*", kind, phrase, count=1)


_PROVINCE = re.compile(rf"\b(?P<word>[Tt]ỉnh|[Tt]hành phố)\s+(?P<name>{NAME})")


def merged_provinces(report: Report) -> Iterator[Draft]:
    """A province that was merged, as if it still existed."""
    if report.report_date < TWO_TIERS:
        return
    for paragraph in report.paragraphs:
        for match in _PROVINCE.finditer(paragraph.text):
            name, today = _province_in(match["name"])
            around = paragraph.text[max(match.start() - 60, 0) : match.end() + 40]
            if not today or _in_the_past(report, paragraph, match.start(), around) or _named_old(paragraph.text, match):
                continue
            if _in_old_document(report, paragraph, match.start()):
                continue
            end = match.start("name") + len(name)
            right = f"{match['word']} {today.removeprefix('Thành phố ')}"
            yield draft(
                paragraph,
                match.start(),
                end,
                f"{match['word'].capitalize()} {name} đã sáp nhập, nay là {today}.",
                right,
                rank=70,
            )


def _province_in(words: str) -> tuple[str, str | None]:
    """The longest beginning of `words` that names a merged province."""
    parts = words.split()
    for n in range(len(parts), 0, -1):
        name = " ".join(parts[:n])
        if current_province(name):
            return name, None
        if today := merged_into(name):
            return name, today
    return words, None


_OTHER_KIND = {"xã": "phường", "phường": "xã"}
_OWN_BODY = r"(?:UBND|HĐND|[ỦủUu][yỷ] ban nhân dân|[Hh]ội đồng nhân dân|Đảng ủy|Đảng uỷ|trên địa bàn|toàn|Công an|Trung tâm Phục vụ hành chính công|Chủ tịch)"


def wrong_kind(report: Report) -> Iterator[Draft]:
    """ "UBND phường" in the report of a xã."""
    other = _OTHER_KIND.get(report.unit.kind)
    if not other:
        return
    pattern = re.compile(
        rf"\b{_OWN_BODY}\s+(?:các\s+)?(?P<kind>{other})\b(?!\s*[,/]\s*(?:xã|phường))(?!\s+(?:xã|đặc khu))"
    )
    named = re.compile(rf"\b{other}\s+{re.escape(report.unit.name)}(?!\w)(?!\s*\(?cũ)")
    for paragraph in report.zone("head", "body", "closing", "recipients", "appendix"):
        for match in named.finditer(paragraph.text) if report.unit.name else ():
            if not _PAST.search(paragraph.text[max(match.start() - 80, 0) : match.end() + 40]):
                right = f"{report.unit.kind} {report.unit.name}"
                yield draft(paragraph, *match.span(), f"Báo cáo của {right} mà viết «{match.group()}».", right, rank=73)
        for match in pattern.finditer(paragraph.text) if paragraph.zone != "appendix" else ():
            if "các " in match.group():
                continue
            yield draft(
                paragraph,
                *match.span(),
                f"Báo cáo của {report.unit.kind} {report.unit.name} mà viết «{match['kind']}».",
                match.group()[: -len(other)] + report.unit.kind,
                rank=72,
            )


_COMMUNE = re.compile(rf"\b(?P<kind>xã|phường)\s+(?P<name>{NAME})")
_NEIGHBOURS = re.compile(
    r"\bcác (?:xã|phường)|sáp nhập|sắp xếp|giáp|liên xã|học tập|tham quan|giao lưu|thành lập trên cơ sở|hợp nhất|cũ\b|phối hợp",
    re.I,
)
_STOP_NAMES = frozenset(
    [
        "Hội",
        "Đoàn",
        "Thực",
        "Trong",
        "Ngoài",
        "Tuy",
        "Đồng",
        "Kết",
        "Từ",
        "Tổ",
        "Các",
        "Trên",
        "Ban",
        "Kế",
        "Nghị",
        "Quyết",
        "Việc",
        "Công",
        "Hiện",
        "Năm",
        "Quý",
        "Và",
    ]
)


_OWN_PLACE = (
    r"(?:Trang thông tin điện tử|[Cc]ổng thông tin điện tử|[Cc]hợ(?: phiên| trung tâm)?|[Tt]rạm [Yy] tế|[Đđ]oàn [Tt]hanh niên|[Hh]ội (?:Nông dân|Phụ nữ|Cựu chiến binh)"
    r"|[Đđ]oàn [Xx]ã|[Mm]ặt trận Tổ quốc(?: Việt Nam)?|[Bb]ưu điện|[Tt]rụ sở|[Cc]ử tri|[Nn]hân dân|[Nn]gười dân)"
)


def foreign_commune(report: Report) -> Iterator[Draft]:
    """Another commune's name in a phrase about the reporting unit."""
    own = _key(report.unit.name)
    if not own:
        return
    pattern = re.compile(rf"\b(?:{_OWN_BODY}|{_OWN_PLACE}|của)\s+(?P<unit>(?:xã|phường)\s+(?P<name>{NAME}))")
    told_in_full = sum(own in fold(p.text) for p in report.zone("body", "appendix")) >= 1
    for paragraph in report.zone("body", "closing", "appendix"):
        for match in pattern.finditer(paragraph.text):
            name = match["name"]
            key = _key(name)
            short = own.startswith(key + " ") and not (paragraph.zone == "closing" and told_in_full)
            if key == own or key.startswith(own + " ") or short or name.split()[0] in _STOP_NAMES:
                continue
            begin, stop = sentence_at(paragraph.text, match.start())
            around = paragraph.text[max(match.start() - 60, begin) : min(match.end() + 40, stop)]
            if _NEIGHBOURS.search(around):
                continue
            right = f"{report.unit.kind} {report.unit.name}"
            yield draft(
                paragraph,
                match.start("unit"),
                match.end("unit"),
                f"Tên đơn vị khác trong báo cáo của {right}; có thể còn sót từ báo cáo được chép lại.",
                right,
                severity="error" if not match.group().startswith("của") else "warning",
                rank=86,
            )


def foreign_province(report: Report) -> Iterator[Draft]:
    """Another province in "UBND tỉnh X", "trên địa bàn tỉnh X"."""
    own = report.unit.province
    if not own:
        return
    pattern = re.compile(
        rf"(?:UBND|HĐND|Ủy ban nhân dân|Tỉnh ủy|trên địa bàn|Sở [^.;,]{{3,50}}?|chỉ đạo của)\s+(?P<unit>tỉnh\s+(?P<name>{NAME}))"
    )
    mentions: Counter[str] = Counter()
    for paragraph in report.zone("head", "body", "closing"):
        for match in pattern.finditer(paragraph.text):
            today = _current(match["name"])
            mentions[today or ""] += 1
    if mentions[own] < 2 and not any(f"tỉnh {own}" in p.text for p in report.zone("head")):
        return
    for paragraph in report.zone("body", "closing"):
        for match in pattern.finditer(paragraph.text):
            today = _current(match["name"])
            if (
                today
                and today != own
                and not _NEIGHBOURS.search(paragraph.text[max(match.start() - 60, 0) : match.end()])
            ):
                yield draft(
                    paragraph,
                    *match.span("unit"),
                    f"Báo cáo thuộc tỉnh {own} mà viết tỉnh {today}.",
                    f"tỉnh {own}",
                    severity="warning",
                    rank=80,
                )


def _current(words: str) -> str | None:
    parts = words.split()
    return next((found for n in range(len(parts), 0, -1) if (found := current_province(" ".join(parts[:n])))), None)


def _key(name: str) -> str:
    return fold(name).strip()


_OWN_DEED = re.compile(
    r"(?P<doc>Quyết định|Kế hoạch)\s+(?:số\s+)?\d+/(?:QĐ|KH)-\s?UBND\b(?P<date>[^;.]{0,40}?)\s+(?:về việc|về|V/v)?\s*(?P<act>thành lập|kiện toàn)\s+"
    rf"(?P<body>(?:Ban Chỉ đạo|Ban chỉ đạo|Tổ công tác|Tổ Công tác|Hội đồng|Ban Điều hành)[^;.]*?\b(?P<unit>tỉnh|huyện|thành phố)(?:\s+{NAME})?)(?=[;,.]|$|\s+(?:ngày|và|để))"
)


def deed_above_rank(report: Report) -> Iterator[Draft]:
    """The commune's own decision that sets up a body of the province."""
    if report.unit.kind not in ("xã", "phường", "đặc khu"):
        return
    for paragraph in report.prose:
        for match in _OWN_DEED.finditer(paragraph.text):
            if re.search(
                r"\bcủa\s+(?:UBND|Ủy ban|Chủ tịch|Tỉnh|Thủ tướng|Chính phủ)[^;]{0,30}(?:tỉnh|huyện)", match["date"]
            ):
                continue
            own = re.sub(
                rf"{match['unit']}(?:\s+{NAME})?$", f"{report.unit.kind} {report.unit.name}".strip(), match["body"]
            )
            yield draft(
                paragraph,
                *match.span("body"),
                f"{match['doc']} này của {report.unit.kind} không thể {match['act']} tổ chức của {match['unit']}; có lẽ là của {report.unit.kind}.",
                own,
                rank=84,
            )


RULES = (
    Rule(
        "district",
        "wrong_admin_unit",
        "error",
        "Luật Tổ chức chính quyền địa phương 72/2025/QH15",
        "3 báo cáo xã: 3 đúng; 15 văn bản trung ương và tỉnh (108.000 từ): 3 báo nhầm ở văn bản ra trước ngày 01/7/2025",
        district_level,
    ),
    Rule(
        "merged_province",
        "wrong_admin_unit",
        "error",
        "Nghị quyết 202/2025/QH15",
        "15 văn bản trung ương và tỉnh (108.000 từ): 1 đúng; 7 báo nhầm ở một nghị quyết ra trước sáp nhập (không ghi ngày ở đầu văn bản)",
        merged_provinces,
    ),
    Rule(
        "unit_kind", "wrong_admin_unit", "error", "Tên đơn vị của chính báo cáo", "báo cáo tự viết để thử", wrong_kind
    ),
    Rule(
        "foreign_commune",
        "wrong_admin_unit",
        "warning",
        "Tên đơn vị của chính báo cáo",
        "3 báo cáo xã: 0 báo nhầm",
        foreign_commune,
    ),
    Rule(
        "foreign_province",
        "wrong_admin_unit",
        "warning",
        "Tên tỉnh của chính báo cáo",
        "3 báo cáo xã: 0 báo nhầm",
        foreign_province,
    ),
    Rule(
        "deed_above_rank",
        "wrong_admin_unit",
        "error",
        "Luật Tổ chức chính quyền địa phương 72/2025/QH15",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        deed_above_rank,
    ),
)
