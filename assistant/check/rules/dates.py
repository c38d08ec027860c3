# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Dates that do not exist, lie outside the period, contradict one another or their weekday."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.text_tools import draft, sentence_at
from assistant.vietnamese.dates import find_dates, make_date

_HALF_WORDS = re.compile(r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})")


def impossible_dates(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        text = paragraph.text
        if not re.search(r"\d", text):
            continue
        seen: list[tuple[int, int]] = []
        for mention in find_dates(text):
            seen.append((mention.start, mention.end))
            if mention.impossible:
                yield draft(
                    paragraph, mention.start, mention.end, _why(mention.day, mention.month, mention.year), rank=85
                )
        for match in _HALF_WORDS.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in seen):
                continue
            day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
            if make_date(year, month, day) is None:
                yield draft(paragraph, *match.span(), _why(day, month, year), rank=85)
        for match in re.finditer(r"ngày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\w/.]|\d)", text):
            day, month = int(match["d"]), int(match["m"])
            if make_date(2024, month, day) is None:
                yield draft(paragraph, *match.span(), _why(day, month, None), rank=85)


def _why(day: int | None, month: int, year: int | None) -> str:
    if not 1 <= month <= 12:
        return f"Không có tháng {month}; kiểm tra lại ngày, tháng."
    if day is None or not 1 <= day <= 31:
        return f"Không có ngày {day}; kiểm tra lại ngày, tháng."
    last = (
        28 if month == 2 and (year is None or year % 4) else 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    )
    when = f"tháng {month}" + (f" năm {year}" if year else "")
    return f"Không có ngày {day} {when} ({when} có {last} ngày); kiểm tra lại."


_OUTLOOK = re.compile(
    r"đến|trước|hạn|hoàn thành|dự kiến|kế hoạch|có hiệu lực|từ ngày|kể từ|chậm nhất|đến năm|giai đoạn", re.I
)


def after_the_report(report: Report) -> Iterator[Draft]:
    """A document or a deed dated later than the report."""
    if not report.dated:
        return
    for paragraph in report.zone("body", "closing"):
        future = report.about_the_future(paragraph)
        for mention in find_dates(paragraph.text):
            if mention.value is None or mention.value <= report.report_date:
                continue
            start, end = sentence_at(paragraph.text, mention.start)
            before = paragraph.text[max(mention.start - 60, start) : mention.start]
            if _OUTLOOK.search(before[-28:]) or (future and not _told_as_done(paragraph.text[start:end])):
                continue
            yield draft(
                paragraph,
                mention.start,
                mention.end,
                f"Ngày {mention.value:%d/%m/%Y} ở sau ngày báo cáo ({report.report_date:%d/%m/%Y}).",
                rank=65,
            )


def _told_as_done(sentence: str) -> bool:
    return bool(re.search(r"\bđã\s+(?!được giao|đề ra|có hiệu lực)", sentence)) and not _PLANNED.search(sentence)


_PLANNED = re.compile(r"\bsẽ\b|dự kiến|phấn đấu|hoàn thành trước|có hiệu lực|kế hoạch đã", re.I)
_RANGE = re.compile(
    r"[Tt]ừ\s+(?:ngày\s+)?(?P<a>\d{1,2}/\d{1,2}(?:/\d{4})?)\s+(?:đến|-|–)\s+(?:hết\s+)?(?:ngày\s+)?(?P<b>\d{1,2}/\d{1,2}/\d{4})"
)


def backward_range(report: Report) -> Iterator[Draft]:
    """ "từ ngày A đến ngày B" with A after B."""
    for paragraph in report.paragraphs:
        for match in _RANGE.finditer(paragraph.text):
            last = _read(match["b"], None)
            first = _read(match["a"], last.year if last else None)
            if first and last and first > last:
                yield draft(
                    paragraph, *match.span(), f"Khoảng thời gian ngược: {match['a']} ở sau {match['b']}.", rank=70
                )


def _read(written: str, year: int | None) -> date | None:
    parts = [int(part) for part in written.split("/")]
    if len(parts) == 2:
        return make_date(year, parts[1], parts[0]) if year else None
    return make_date(parts[2], parts[1], parts[0])


_WEEKDAYS = {
    "hai": 0,
    "ba": 1,
    "tư": 2,
    "năm": 3,
    "sáu": 4,
    "bảy": 5,
    "bẩy": 5,
    "2": 0,
    "3": 1,
    "4": 2,
    "5": 3,
    "6": 4,
    "7": 5,
}
_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_WEEKDAY = re.compile(
    r"(?P<day>[Tt]hứ\s+(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb][ảẩ]y|[2-7])|[Cc]hủ\s+[Nn]hật)\s*[,(]?\s*(?:ngày\s+)?"
    r"(?P<d>\d{1,2})(?:/|\s+tháng\s+)(?P<m>\d{1,2})(?:/|\s+năm\s+)(?P<y>\d{4})"
)


def wrong_weekday(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        for match in _WEEKDAY.finditer(paragraph.text):
            day = make_date(int(match["y"]), int(match["m"]), int(match["d"]))
            word = match["day"].lower().split()
            named = 6 if word[0] == "chủ" else _WEEKDAYS[word[1]]
            if day and day.weekday() != named:
                right = _NAMES[day.weekday()]
                fixed = right + match.group()[len(match["day"]) :]
                yield draft(
                    paragraph,
                    *match.span(),
                    f"Ngày {day:%d/%m/%Y} là {right}, không phải {match['day']}.",
                    fixed,
                    rank=60,
                )


_SINCE = re.compile(
    r"tính đến (?:hết )?(?:ngày\s+)?(?P<date>\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}) (?:cho )?đến nay",
    re.I,
)
_DOUBLED = re.compile(
    r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+(?:tháng\s+năm|năm\s+tháng|năm\s+năm|tháng)\s+(?P<y>\d{4})", re.I
)


def until_since(report: Report) -> Iterator[Draft]:
    """ "tính đến ngày … đến nay": until and since at once."""
    for paragraph in report.prose:
        for match in _SINCE.finditer(paragraph.text):
            right = f"tính từ ngày {match['date']} đến nay"
            yield draft(paragraph, *match.span(), f"«tính đến … đến nay» mâu thuẫn; viết «{right}».", right)


def doubled_in_date(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        for match in _DOUBLED.finditer(paragraph.text):
            right = f"{match['d']} tháng {match['m']} năm {match['y']}"
            yield draft(paragraph, *match.span(), f"Ngày viết thừa chữ; đúng là «{right}».", right, rank=55)


RULES = (
    Rule(
        "impossible_date", "impossible_date", "error", "Lịch", "3 báo cáo xã, 15 văn bản: 0 báo nhầm", impossible_dates
    ),
    Rule(
        "after_report",
        "wrong_period",
        "warning",
        "Báo cáo không thể nói về việc sau ngày ký",
        "3 báo cáo xã: 0 báo nhầm",
        after_the_report,
    ),
    Rule("backward_range", "wrong_period", "error", "Lịch", "3 báo cáo xã, 15 văn bản: 0 báo nhầm", backward_range),
    Rule("weekday", "wrong_period", "error", "Lịch", "báo cáo tự viết để thử", wrong_weekday),
    Rule("until_since", "style", "warning", "Cách viết", "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm", until_since),
    Rule(
        "doubled_in_date",
        "duplicated_text",
        "warning",
        "Cách viết",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        doubled_in_date,
    ),
)
