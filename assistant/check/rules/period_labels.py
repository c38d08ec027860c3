# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Labels of another period than the report's: captions, headings, openings of sentences, sessions, months of a list."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft, sentences
from assistant.vietnamese.dates import Period, find_periods, make_date

_AHEAD = re.compile(r"phương hướng|nhiệm vụ|giải pháp|kế hoạch công tác|thời gian tới", re.I)
_COMPARED = re.compile(r"so với|so sánh|cùng kỳ|giai đoạn|kỳ trước|đối chiếu|từ .{0,12}\bđến\b", re.I)
_CAPTION = re.compile(r"(?:Bảng|Biểu|Hình|BẢNG|BIỂU)(?:\s+(?:số\s+)?[\dIVX]+)?\b")


def own_period(report: Report) -> Period | None:
    """The period the title says the report is of, its year taken from the title where it stands only once."""
    periods = find_periods(report.title)
    if not periods:
        return None
    own = periods[0]
    if own.year is None:
        years = [int(year) for year in re.findall(r"20\d\d", report.title[own.end :])]
        turn = len(periods) > 1 and own.kind == periods[1].kind == "quarter" and own.number == 4
        own = replace(own, year=years[0] - turn if years else None)
    return own


def next_period(report: Report) -> Period | None:
    """The period whose tasks the title announces."""
    ahead = _AHEAD.search(report.title)
    return next((p for p in find_periods(report.title) if ahead and p.start > ahead.end()), None)


def _same_measure(a: Period, b: Period) -> bool:
    """Both quarters, both spans of as many months …: what may be one label with another year or number."""
    return a.kind == b.kind and (a.kind in ("quarter", "month", "year") or a.number == b.number)


def _labels(report: Report) -> Iterator[Paragraph]:
    """Captions of tables, and titles of appendices."""
    for paragraph, following in pairwise((*report.paragraphs, None)):
        if paragraph is None or paragraph.table is not None or len(paragraph.text) > 160:
            continue
        heads_table = following is not None and following.table is not None
        if heads_table or _CAPTION.match(paragraph.text) or (paragraph.zone == "appendix" and paragraph.text.isupper()):
            yield paragraph


def stale_labels(report: Report) -> Iterator[Draft]:
    """ "Bảng 1. Hồ sơ 5 tháng đầu năm 2025" in the report on five months of 2026."""
    own, ahead = own_period(report), next_period(report)
    if own is None or own.year is None:
        return
    told: set[int] = set()
    for paragraph in _labels(report):
        periods = find_periods(paragraph.text)
        if paragraph.index in told or _COMPARED.search(paragraph.text) or any(_is(p, own) for p in periods):
            continue
        told.add(paragraph.index)
        for period in periods:
            if _same_measure(period, own) and period.year and not (ahead and _is(period, ahead)):
                yield _wrong(paragraph, period, own)


def _is(period: Period, other: Period) -> bool:
    return period.kind == other.kind and period.number == other.number and period.year in (None, other.year)


def _wrong(paragraph: Paragraph, period: Period, own: Period, severity: str | None = None) -> Draft:
    right = own.text if own.year is None or str(own.year) in own.text else f"{own.text} năm {own.year}"
    message = f"Báo cáo về {right} mà ở đây ghi «{period.text}»; có thể còn sót từ báo cáo khác."
    return draft(paragraph, period.start, period.end, message, right, severity=severity, rank=70)


def quarter_in_year(report: Report) -> Iterator[Draft]:
    """The heading of a section that names one quarter, in the report on a whole year."""
    own = own_period(report)
    if own is None or own.kind != "year":
        return
    headings = [report.paragraphs[s.first] for s in report.sections if s.last > s.first + 1]
    found = [
        (heading, period)
        for heading in headings
        if not report.about_the_future(heading) and not _COMPARED.search(heading.text)
        for period in find_periods(heading.text)
        if period.kind == "quarter"
    ]
    if len({period.number for _, period in found}) == 1:  # several are a report quarter by quarter
        for heading, period in found:
            yield _wrong(heading, period, own)


_RESULTS = re.compile(r"kết quả|tình hình|thực hiện|đánh giá|đã\b", re.I)


def swapped_headings(report: Report) -> Iterator[Draft]:
    """ "PHƯƠNG HƯỚNG QUÝ III" in the report of the third quarter, "KẾT QUẢ QUÝ IV" beside it."""
    own, ahead = own_period(report), next_period(report)
    if own is None or ahead is None or own.kind not in ("quarter", "year") or own.kind != ahead.kind:
        return
    for paragraph in report.paragraphs:
        if not paragraph.heading or not paragraph.label or paragraph.label.style not in ("part", "letter", "roman"):
            continue
        periods = [p for p in find_periods(paragraph.text) if p.kind == own.kind]
        future, past = bool(_AHEAD.search(paragraph.text)), bool(_RESULTS.search(paragraph.text))
        if len(periods) != 1 or future == past:
            continue
        period, right, other = periods[0], *((ahead, own) if future else (own, ahead))
        if _names(period, other) and not _names(period, right):
            yield _wrong(paragraph, period, right)


def _names(period: Period, other: Period) -> bool:
    if period.kind == "year":
        return period.year == other.year
    return period.number == other.number


_THIS_PERIOD = re.compile(r"(?:Trong|Tính chung|Nhìn chung trong|Kết thúc)\s+(?=(?:quý|năm|tháng)\s)")
_THIS_QUARTER = re.compile(r"Trong quý(?=,|\s+(?!(?:IV|I{1,3}|[1-4])\b)[^\W\d_])")
_FROM = re.compile(r"từ ngày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)\s+đến")


def another_period_told(report: Report) -> Iterator[Draft]:
    """A sentence that begins with "Trong quý II" among the results of the third quarter, with "Trong quý" in a year's."""
    own, begin = own_period(report), _first_day(report)
    if own is None:
        return
    for paragraph in report.prose:
        if report.about_the_future(paragraph):
            continue
        for start, end in sentences(paragraph.text):
            start = max(start, paragraph.words_start)
            sentence = paragraph.text[start:end]
            if _PLAN.search(sentence) or _COMPARED.search(sentence):
                continue
            quarter = _THIS_QUARTER.match(sentence)
            if quarter and own.kind != "quarter":
                message = f"Báo cáo về {own.text} mà ở đây ghi «trong quý»; có thể còn sót từ báo cáo quý."
                yield draft(paragraph, start, start + quarter.end(), message, "Trong kỳ", severity="warning", rank=60)
            opening = _THIS_PERIOD.match(sentence)
            period = next((p for p in find_periods(sentence) if opening and p.start == opening.end()), None)
            if period and _is_another(period, own, begin, report.report_date.year, find_periods(sentence)):
                placed = replace(period, start=period.start + start, end=period.end + start)
                yield _wrong(paragraph, placed, own, "warning")


def _first_day(report: Report) -> date | None:
    """The day from which the opening says that it counts."""
    opening = next((m for p in report.zone("body")[:6] if (m := _FROM.search(p.text))), None)
    return make_date(int(opening["y"]), int(opening["m"]), int(opening["d"])) if opening else None


def _is_another(period: Period, own: Period, begin: date | None, year: int, told: list[Period]) -> bool:
    if (period.year or 0) > year or any(_is(p, own) for p in told):
        return False
    bounds = period.bounds()
    if begin and bounds and bounds[1] < begin:
        return True
    return period.kind == own.kind and own.kind in ("quarter", "year", "month") and not _names(period, own)


_PLAN = re.compile(r"\bsẽ\b|phấn đấu|tiếp tục|tập trung|dự kiến|đề nghị", re.I)
_MONTH_ROW = re.compile(r"[Tt]háng\s+(?P<m>\d{1,2})(?!\s*(?:/|năm|tháng))\b")


def months_outside(report: Report) -> Iterator[Draft]:
    """ "Tháng 6" between "Tháng 7" and "Tháng 8" of the third quarter: rows, cells or lines that go month by month."""
    own = own_period(report)
    bounds = own.bounds() if own and own.kind in ("quarter", "months", "nine_months", "half") else None
    if bounds is None:
        return
    inside = range(bounds[0].month, bounds[1].month + 1)
    run: list[tuple[Paragraph, re.Match[str]]] = []
    for paragraph in (*report.paragraphs, None):
        match = _MONTH_ROW.match(paragraph.words) if paragraph else None
        if paragraph and match:
            run.append((paragraph, match))
            continue
        if (
            paragraph
            and paragraph.table is not None
            and run
            and run[-1][0].table
            and run[-1][0].table[0] == paragraph.table[0]
        ):
            continue  # the other cells of the same table
        within = [one for one in run if int(one[1]["m"]) in inside]
        outside = [one for one in run if int(one[1]["m"]) not in inside]
        if len(within) >= 2 and len(outside) == 1 and len(run) <= len(inside):
            place, found = outside[0]
            start = place.words_start
            message = f"Tháng {found['m']} không thuộc {own.text if own else ''}; kiểm tra lại tên tháng."
            yield draft(place, start + found.start(), start + found.end(), message, rank=66)
        run = []


_SESSION = re.compile(
    r"(?:trình|phục vụ|chuẩn bị|chương trình|nội dung)\s+(?:tại\s+)?(?:các\s+)?(?P<what>kỳ họp[^.;,()]{0,40}?(?P<when>giữa|cuối) năm(?:\s+20\d\d)?)",
    re.I,
)


def wrong_session(report: Report) -> Iterator[Draft]:
    """A mid-year session in a report of December, a session at the end of the year in one of June."""
    month = report.report_date.month
    wrong = "giữa" if month >= 10 else "cuối" if 4 <= month <= 8 else ""
    if not report.dated or not wrong:
        return
    opening = [p for p in report.zone("body")[:5] if not p.heading]
    for paragraph in (*report.zone("head"), *opening, *report.zone("closing")):
        for match in _SESSION.finditer(paragraph.text):
            year = re.search(r"20\d\d", match["what"])
            if match["when"].lower() == wrong and (not year or int(year.group()) == report.report_date.year):
                message = f"Báo cáo tháng {month}/{report.report_date.year} mà ghi kỳ họp {match['when']} năm; kiểm tra lại tên kỳ họp."
                right = re.sub(r"(?:giữa|cuối)(?= năm)", "cuối" if wrong == "giữa" else "giữa", match["what"])
                yield draft(paragraph, match.start("what"), match.end("what"), message, right, rank=68)


RULES = (
    Rule(
        "stale_label",
        "wrong_period",
        "error",
        "Tên kỳ trong tiêu đề",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        stale_labels,
    ),
    Rule(
        "quarter_in_year",
        "wrong_period",
        "warning",
        "Tên kỳ trong tiêu đề",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        quarter_in_year,
    ),
    Rule(
        "swapped_heading",
        "wrong_period",
        "error",
        "Tên kỳ trong tiêu đề",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        swapped_headings,
    ),
    Rule(
        "another_period",
        "wrong_period",
        "warning",
        "Tên kỳ trong tiêu đề",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        another_period_told,
    ),
    Rule(
        "month_outside",
        "wrong_period",
        "warning",
        "Lịch",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        months_outside,
    ),
    Rule(
        "session",
        "wrong_period",
        "warning",
        "Ngày của chính báo cáo",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        wrong_session,
    ),
)
