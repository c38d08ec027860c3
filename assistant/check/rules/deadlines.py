# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Days that a report cannot set or count to: deadlines already past, figures counted up to a day that is yet to come."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.period_labels import own_period
from assistant.check.text_tools import draft, sentence_at
from assistant.vietnamese.dates import make_date, quarter_number

_DAY = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)"
_MONTH = r"tháng\s+(?P<month2>\d{1,2})(?:/|\s+năm\s+)(?P<year2>20\d\d)"
_QUARTER = r"quý\s+(?P<quarter>IV|I{1,3}|[1-4])(?:/|\s+năm\s+)(?P<year3>20\d\d)"
_BY = re.compile(
    rf"(?:trước|chậm nhất(?: là)?|xong|hoàn thành|thời hạn:?|hạn:?|đến hết|muộn nhất|trong)\s+(?:trong\s+|trước\s+|là\s+|vào\s+|hết\s+)?(?:ngày\s+)?(?P<when>{_DAY}|{_MONTH}|{_QUARTER})",
    re.I,
)
_IN_CELL = re.compile(
    rf"(?:[Tt]rước|[Tt]rong|[Đđ]ến|[Hh]ết|[Xx]ong)?\s*(?:ngày\s+)?(?P<when>{_DAY}|{_MONTH}|{_QUARTER})\.?$", re.I
)
_DEADLINE_COLUMN = re.compile(
    r"thời hạn|hạn (?:hoàn thành|xử lý)|thời gian (?:hoàn thành|thực hiện)|hoàn thành (?:trước|trong)|tiến độ", re.I
)
# what was there before a day, or what a document says, is no deadline of this report
_NO_DEADLINE = re.compile(
    r"\bđã\b|tồn đọng|còn lại từ|phát sinh|lưu trữ|ban hành|có hiệu lực|sáp nhập|sắp xếp|trước đây|so với|cùng kỳ|đã qua|sinh (?:ra )?trước|cấp trước|lập trước|tiếp nhận trước|số\s+\d+[\w/-]*\s+$",
    re.I,
)
_WILL = re.compile(r"\b(?:sẽ|dự kiến|phấn đấu)\b", re.I)
_LONGEST = timedelta(days=400)


def _last_day(match: re.Match[str]) -> date | None:
    """The last day of what is named: a day, a month or a quarter."""
    if match["day"]:
        return make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["month2"]:
        year, month = int(match["year2"]), int(match["month2"])
    else:
        year, month = int(match["year3"]), 3 * quarter_number(match["quarter"])
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def past_deadlines(report: Report) -> Iterator[Draft]:
    """A task to come that was to be done before the report was signed."""
    if not report.dated:
        return
    cells = {cell.index for cell in _deadline_cells(report)}
    for paragraph in report.zone("body", "appendix"):
        future = report.about_the_future(paragraph)
        if paragraph.index in cells:
            matches = [m for m in (_IN_CELL.match(paragraph.text),) if m and future]
        else:
            matches = list(_BY.finditer(paragraph.text))
        for match in matches:
            start, end = sentence_at(paragraph.text, match.start())
            before, sentence = paragraph.text[start : match.start()], paragraph.text[start:end]
            if _NO_DEADLINE.search(sentence) or not (future or _WILL.search(before)):
                continue
            day = _last_day(match)
            if day and report.report_date - _LONGEST < day < report.report_date and day != date(2025, 7, 1):
                message = f"Việc còn phải làm mà hạn «{match['when']}» đã qua trước ngày báo cáo ({report.report_date:%d/%m/%Y})."
                yield draft(paragraph, match.start(), match.end(), message, rank=67)


def _deadline_cells(report: Report) -> Iterator[Paragraph]:
    for table in report.tables:
        head = {cell.table[2] for cell in table.rows[0] if cell.table and _DEADLINE_COLUMN.search(cell.text)}
        yield from (cell for row in table.rows[1:] for cell in row if cell.table and cell.table[2] in head)


_COUNTED_TO = re.compile(
    rf"(?:số liệu|tính|lũy kế|tổng hợp|cập nhật|chốt)[^.;\d]{{0,30}}?\bđến\s+(?:hết\s+|thời điểm\s+)?(?:ngày\s+)?(?P<when>{_DAY})",
    re.I,
)
_ESTIMATED = re.compile(r"\bước|dự kiến|phấn đấu|sẽ\b|kế hoạch", re.I)


def counted_to(report: Report) -> Iterator[Draft]:
    """ "Số liệu tính đến ngày …": a day after the report, or before the period began."""
    own = own_period(report)
    bounds = own.bounds() if own else None
    for paragraph in report.zone("body", "closing"):
        if report.about_the_future(paragraph):
            continue
        for match in _COUNTED_TO.finditer(paragraph.text):
            day = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
            start, end = sentence_at(paragraph.text, match.start())
            sentence = paragraph.text[start:end]
            if day is None or _ESTIMATED.search(sentence):
                continue
            if report.dated and day > report.report_date:
                message = f"Số liệu tính đến ngày {match['when']}, sau ngày báo cáo ({report.report_date:%d/%m/%Y}); ghi «ước» hoặc sửa ngày."
            elif bounds and day < bounds[0] and not re.search(r"so với|cùng kỳ|kỳ trước|năm trước", sentence, re.I):
                message = f"Số liệu tính đến ngày {match['when']}, trước khi {own.text if own else ''} bắt đầu; có thể là ngày của báo cáo kỳ trước."
            else:
                continue
            yield draft(paragraph, *match.span(), message, rank=66)


def signed_before(report: Report) -> Iterator[Draft]:
    """A report signed before the period that it reports on began."""
    own = own_period(report)
    bounds = own.bounds() if own else None
    if not bounds or not report.dated or report.report_date >= bounds[0]:
        return
    if report.title_span is not None and not re.search(
        r"phương hướng|kế hoạch", report.title[: own.start if own else 0], re.I
    ):
        message = (
            f"Báo cáo ký ngày {report.report_date:%d/%m/%Y}, trước khi kỳ báo cáo ({own.text if own else ''}) bắt đầu."
        )
        yield Draft(*report.title_span, message, rank=70)


RULES = (
    Rule(
        "past_deadline",
        "wrong_period",
        "warning",
        "Ngày của chính báo cáo",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        past_deadlines,
    ),
    Rule(
        "counted_to",
        "wrong_period",
        "warning",
        "Ngày của chính báo cáo",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        counted_to,
    ),
    Rule(
        "signed_before",
        "wrong_period",
        "warning",
        "Ngày của chính báo cáo",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        signed_before,
    ),
)
