# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Who reports and on what period: title, opening, closing and signature must say the same."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft
from assistant.vietnamese.dates import Period, find_periods

_BODIES = (
    ("Ban Chỉ đạo", re.compile(r"Ban [Cc]hỉ đạo\b|\bBCĐ\b")),
    ("Tổ công tác", re.compile(r"Tổ [Cc]ông tác\b")),
    ("Ủy ban nhân dân", re.compile(r"\bUBND\b|[ỦU][yỷ] ban [Nn]hân dân")),
    ("Hội đồng nhân dân", re.compile(r"\bHĐND\b|Hội đồng [Nn]hân dân")),
    ("Đảng ủy", re.compile(r"Đảng [uủ][ỷy]\b|Ban Thường vụ|Ban [Cc]hấp hành")),
)
_CLOSING_BODY = re.compile(
    r"\bcủa\s+(?P<body>(?:Ban|Tổ|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Đảng [uủ][ỷy])[^,;.]{0,80}?)\s*(?:\./?\.?|,|;|$|kính|xin|đề nghị|báo cáo)"
)
_OPENING_BODY = re.compile(
    r"(?:^|[;.,]\s+|\d{4}\s+)(?P<body>(?:Ban [Cc]hỉ đạo|Tổ [Cc]ông tác|UBND|[ỦU][yỷ] ban [Nn]hân dân|Đảng [uủ][ỷy])[^;.]{0,160}?)\s+(?:xin\s+)?báo cáo\b"
)


def _kind(words: str) -> str | None:
    found = [(match.start(), name) for name, pattern in _BODIES if (match := pattern.search(words))]
    return min(found)[1] if found else None


def closing_body(report: Report) -> Iterator[Draft]:
    """The closing names another body than the opening and the signature."""
    speaker = _signer(report) or _opener(report)
    if not speaker:
        return
    for paragraph in report.zone("closing"):
        for match in _CLOSING_BODY.finditer(paragraph.text):
            body = _kind(match["body"])
            before = paragraph.text[: match.start()]
            if body is None or body == speaker or re.search(r"(?:[/-][A-ZĐ]{2,}\S*|\d{1,2}/\d{1,2}/\d{4})\s*$", before):
                continue
            yield draft(
                paragraph,
                match.start(),
                match.end("body"),
                f"Câu kết ghi báo cáo của {body} nhưng phần đầu và chữ ký là của {speaker}.",
                f"của {speaker}" + (f" {report.unit.kind} {report.unit.name}" if report.unit.name else ""),
                rank=73,
            )
            break


def _signer(report: Report) -> str | None:
    words = " ".join(p.text for p in report.zone("signature")).upper()
    if "TRƯỞNG BAN" in words:
        return "Ban Chỉ đạo"
    if re.search(r"ỦY BAN NHÂN DÂN|(?:KT\. )?CHỦ TỊCH", words) and "HỘI ĐỒNG" not in words:
        return "Ủy ban nhân dân"
    return "Đảng ủy" if "BÍ THƯ" in words else None


def _opener(report: Report) -> str | None:
    for paragraph in report.zone("body")[:6]:
        if match := _OPENING_BODY.search(paragraph.text):
            return _kind(match["body"])
    return None


_SPEAKS = re.compile(r"báo cáo|như sau|Trên đây", re.I)


def period_words(report: Report) -> Iterator[Draft]:
    """Another quarter or number of months in the opening, a main heading or the closing than in the title."""
    own = [p for p in find_periods(report.title) if p.kind in ("quarter", "half", "nine_months", "months", "month")]
    if not own:
        return
    allowed = {_measure(p) for p in own}
    if own[0].kind == "quarter":
        allowed.add(("quarter", (own[0].number or 0) % 4 + 1))
    for paragraph in _speaking(report):
        periods = find_periods(paragraph.text)
        # the closing names the period of the report and no other: there another sort of period is wrong too
        alone = paragraph.zone == "closing" and not any(_measure(period) in allowed for period in periods)
        for period in periods:
            measure = _measure(period)
            if measure is None or measure in allowed:
                continue
            if not (alone or _speaks_of(paragraph, period)) and measure[0] != (_measure(own[0]) or ("", 0))[0]:
                continue
            if paragraph.zone != "closing" and _in_citation(paragraph, period):
                continue
            if re.search(r"so với|cùng kỳ", paragraph.text[max(period.start - 25, 0) : period.start]):
                continue
            yield draft(
                paragraph,
                period.start,
                period.end,
                f"Tiêu đề ghi «{own[0].text}», ở đây ghi «{period.text}»; thống nhất kỳ báo cáo.",
                own[0].text,
                rank=71,
            )


def _measure(period: Period) -> tuple[str, int] | None:
    """Quarters are compared with quarters, spans of months with spans of months."""
    if period.kind == "half":
        return ("months", 6) if period.number == 1 else ("half", 2)
    if period.kind in ("months", "nine_months"):
        return "months", period.number or 0
    return (period.kind, period.number or 0) if period.kind in ("quarter", "month") else None


def _speaks_of(paragraph: Paragraph, period: Period) -> bool:
    """ "… báo cáo kết quả 06 tháng đầu năm 2026 như sau": the period that the report itself says it is of."""
    before = re.search(r"báo cáo(?:\s+(?:kết quả|tình hình))[^;,.]{0,70}$", paragraph.text[: period.start])
    return bool(before and re.match(r"[^;.]{0,60}\bnhư sau", paragraph.text[period.end :]))


def _speaking(report: Report) -> list[Paragraph]:
    opening = [p for p in report.zone("body")[:5] if not p.heading and _SPEAKS.search(p.text)]
    headings = [p for p in report.paragraphs if p.heading and p.label and p.label.style in ("part", "letter", "roman")]
    return [*opening, *headings, *report.zone("closing"), *_annex_titles(report)]


def _annex_titles(report: Report) -> list[Paragraph]:
    """The lines in capitals under "PHỤ LỤC"."""
    return [p for p in report.zone("appendix") if p.table is None and p.text.isupper() and len(p.text) > 25]


_YEAR = re.compile(r"\bnăm (?P<y>20\d\d)\b", re.IGNORECASE)


def other_year(report: Report) -> Iterator[Draft]:
    """The closing, a main heading or an annex title names a year that the report is not of."""
    years = {int(year) for year in re.findall(r"20\d\d", report.title)}
    if not years or report.period is None:
        return
    allowed = years | {report.report_date.year, max(years) + 1}
    closing = [p for p in report.zone("closing") if _SPEAKS.search(p.text)][:1]
    headings = [p for p in report.paragraphs if p.heading and p.label and p.label.style in ("part", "letter", "roman")]
    for paragraph in (*closing, *headings, *_annex_titles(report)):
        for match in _YEAR.finditer(paragraph.text):
            before = paragraph.text[max(match.start() - 60, 0) : match.start()]
            if int(match["y"]) in allowed or re.search(
                r"so với|giai đoạn|đến\s*$|tầm nhìn|cùng kỳ|số \d|của\s+\S+\s*$|từ\s*$", before, re.I
            ):
                continue
            usual = next(iter(re.findall(r"20\d\d", report.period.text)), str(max(years)))
            message = f"Báo cáo về năm {usual} mà ở đây ghi năm {match['y']}; có thể còn sót từ báo cáo cũ."
            yield draft(paragraph, *match.span(), message, match.group().replace(match["y"], usual), rank=71)


_MONTHS_AND_DATES = (
    re.compile(
        r"(?P<n>\d{1,2})\s+tháng\b[^.;]{0,30}?từ\s+(?:ngày\s+)?(?P<a>\d{1,2}/\d{1,2}(?:/\d{4})?)[^.;]{0,120}?\bđến\s+(?:hết\s+)?(?:ngày\s+)?(?P<b>\d{1,2}/\d{1,2}/\d{4})"
    ),
    re.compile(
        r"từ\s+(?:ngày\s+)?(?P<a>\d{1,2}/\d{1,2}(?:/\d{4})?)[^.;()]{0,60}?\bđến\s+(?:hết\s+)?(?:ngày\s+)?(?P<b>\d{1,2}/\d{1,2}/\d{4})\s*\((?:tức\s+)?(?P<n>\d{1,2})\s+tháng\)"
    ),
)


def months_and_dates(report: Report) -> Iterator[Draft]:
    """ "06 tháng, từ ngày 01/7/2025 đến hết ngày 30/11/2025"."""
    for paragraph in report.paragraphs:
        for pattern in _MONTHS_AND_DATES:
            for match in pattern.finditer(paragraph.text):
                parts = [[int(part) for part in match[key].split("/")] for key in ("a", "b")]
                first, last = (*parts[0], parts[1][2])[:3], parts[1]
                months = (last[2] - first[2]) * 12 + last[1] - first[1] + 1
                if months < 1 or int(match["n"]) in (months, months - 1 if first[0] > 1 or last[0] < 28 else months):
                    continue
                yield draft(
                    paragraph,
                    *match.span(),
                    f"Từ {match['a']} đến {match['b']} là {months} tháng, không phải {int(match['n'])} tháng.",
                    rank=72,
                )


def _in_citation(paragraph: Paragraph, period: Period) -> bool:
    before = paragraph.text[max(period.start - 170, 0) : period.start]
    if re.search(r"(?:UBND|[ỦU][yỷ] ban nhân dân|Ban [Cc]hỉ đạo|Đảng ủy)\s+(?:xã|phường)[^;]{0,60}\bbáo cáo\b", before):
        return False  # after "UBND xã … báo cáo" the report speaks of itself again
    return bool(
        re.search(r"(?:Công văn|Kế hoạch|Thông báo|Quyết định|Nghị quyết|Hướng dẫn|Báo cáo)\s+số[^;]*$", before)
    ) or bool(re.search(r"so với|cùng kỳ|của\s*$", before[-25:]))


_QUARTER_DATES = re.compile(
    r"[Qq]uý\s+(?P<q>IV|I{1,3}|[1-4])(?:[/\s-]+(?:năm\s+)?20\d\d)?\s*\(?\s*(?:tính\s+)?(?:từ\s+)(?:ngày\s+)?\d{1,2}/(?P<m1>\d{1,2})(?:/\d{4})?\s+(?:đến|-)\s+(?:hết\s+)?(?:ngày\s+)?\d{1,2}/(?P<m2>\d{1,2})"
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def quarter_and_dates(report: Report) -> Iterator[Draft]:
    """ "quý III (từ 01/4 đến 30/6)"."""
    for paragraph in report.paragraphs:
        for match in _QUARTER_DATES.finditer(paragraph.text):
            quarter, first, last = _QUARTERS[match["q"]], int(match["m1"]), int(match["m2"])
            if not (3 * quarter - 2 <= last <= 3 * quarter) or first > last:
                yield draft(
                    paragraph,
                    *match.span(),
                    f"Quý {match['q']} là từ tháng {3 * quarter - 2} đến tháng {3 * quarter}, không khớp các ngày ghi kèm.",
                    rank=71,
                )


def annex_line(report: Report) -> Iterator[Draft]:
    """The "Kèm theo Báo cáo số …" line of an annex against the report's own head."""
    head = " ".join(p.text for p in report.zone("head"))
    own = re.search(r"Số\s*:?\s*(?P<n>\d+)\s*/(?P<s>BC-[A-ZĐ]+(?:-[A-ZĐ]+)?)", head)
    for paragraph in report.zone("appendix"):
        match = re.search(r"[Kk]èm theo [Bb]áo cáo số\s*(?P<n>\d*)\s*/(?P<s>BC-[A-ZĐ]+(?:-[A-ZĐ]+)?)", paragraph.text)
        if match and own and match["n"] and (match["n"].lstrip("0"), match["s"]) != (own["n"].lstrip("0"), own["s"]):
            right = f"Kèm theo Báo cáo số {own['n']}/{own['s']}"
            yield draft(
                paragraph,
                *match.span(),
                f"Phụ lục ghi kèm Báo cáo số {match['n']}/{match['s']}, báo cáo này số {own['n']}/{own['s']}.",
                right,
                rank=68,
            )
        day, own_day = _WHOLE_DAY.search(paragraph.text, match.end()) if match else None, _WHOLE_DAY.search(head)
        if day and own_day and _numbers(day) != _numbers(own_day):
            message = f"Phụ lục ghi kèm báo cáo {day.group()}, báo cáo này {own_day.group()}."
            yield draft(paragraph, *day.span(), message, own_day.group(), rank=67)


_WHOLE_DAY = re.compile(r"ngày\s+(?P<d>\d{1,2})(?:/|\s+tháng\s+)(?P<m>\d{1,2})(?:/|\s+năm\s+)(?P<y>\d{4})")


def _numbers(day: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, day.groups()))


RULES = (
    Rule(
        "closing_body",
        "wrong_issuer",
        "error",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 2, 7",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        closing_body,
    ),
    Rule("period_words", "wrong_period", "error", "Tên kỳ trong tiêu đề", "3 báo cáo xã: 0 báo nhầm", period_words),
    Rule("other_year", "wrong_period", "error", "Năm trong tiêu đề", "3 báo cáo xã: 0 báo nhầm", other_year),
    Rule("months_dates", "wrong_period", "error", "Lịch", "3 báo cáo xã: 0 báo nhầm", months_and_dates),
    Rule("quarter_dates", "wrong_period", "error", "Lịch", "báo cáo tự viết để thử", quarter_and_dates),
    Rule(
        "annex_line",
        "citation_mismatch",
        "error",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản 1, điểm c",
        "báo cáo tự viết để thử",
        annex_line,
    ),
)
