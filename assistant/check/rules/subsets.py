# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Parts larger than their whole: "1.486 trong tổng số 1.462 hộ", cumulative figures below those of the period."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import figures, may_be_same
from assistant.check.report import Report
from assistant.check.text_tools import COUNT, draft, number, sentence_at
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_NOUN = r"(?:,?\s+[^\W\d_]+){0,10}?"
_OUT_OF = re.compile(
    rf"(?P<a>{COUNT})(?P<noun>{_NOUN})\s*,?\s*(?:trong|trên)\s+(?:tổng\s+số|tổng\s+cộng|tổng|số)\s+(?P<b>{COUNT})(?=\s+[^\W\d_])"
)
_SLASH = re.compile(
    r"(?<![\w.,/-])(?P<a>\d{1,3}(?:\.\d{3})+|\d+)\s?/\s?(?P<b>\d{1,3}(?:\.\d{3})+|\d+)\s+(?:hộ|hồ sơ|người|văn bản|thôn|làng|ấp|bản|buôn|xóm|khóm|khu phố|tổ dân phố|"
    r"cán bộ|công chức|thành viên|đồng chí|doanh nghiệp|trường|máy|thủ tục|TTHC|nhiệm vụ|chỉ tiêu|lượt|kết quả|tài khoản|giao dịch|đảng viên|chi bộ|cơ quan|đơn vị|cuộc họp|hội nghị|khu vực|trạm|điểm|giáo viên|học sinh|hộp thư|chứng thư số|chữ ký số|ý kiến|phản ánh|kiến nghị|hợp tác xã|sản phẩm|cơ sở|thiết bị|đối tượng|phiếu|camera|hội viên|học viên|khu dân cư|xe|phòng)\b"
)
_MAY_EXCEED = re.compile(r"kế hoạch|chỉ tiêu|giao|vượt|dự toán|nghị quyết|mục tiêu|so với", re.I)


def larger_than_whole(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        for pattern in (_OUT_OF, _SLASH):
            for match in pattern.finditer(paragraph.text):
                a, b = number(match["a"]), number(match["b"])
                start, end = sentence_at(paragraph.text, match.start())
                around = paragraph.text[max(start, match.start() - 60) : min(end, match.end() + 60)]
                if (
                    a <= b
                    or not b
                    or _MAY_EXCEED.search(around)
                    or re.search(r"(?:ngày|tháng|số|sáng|chiều|tối|hôm|từ|đến)\s$", paragraph.text[: match.start()])
                ):
                    continue
                message = f"Phần ({format_number(a)}) lớn hơn tổng thể ({format_number(b)}); kiểm tra lại hai số."
                yield draft(paragraph, match.start(), match.end(), message, rank=84)


# "bình quân 210 người mỗi lớp, trong đó nữ 690 người": of all, not of each
_EACH = re.compile(r"(?:bình quân|trung bình|mỗi [^\W\d_]+)\s+$", re.I)
_OF_WHICH = re.compile(r"[^\d:;.]{0,50}\b(?:trong đó|trong số này|trong số đó)\b[^\d:;,.]{0,30}$", re.I)


def part_of_which(report: Report) -> Iterator[Draft]:
    """ "1.840 người tham gia, trong đó 1.904 người là nữ"."""
    for paragraph in report.prose:
        known = figures(paragraph.text) if "trong" in paragraph.text.lower() else ()
        for whole, part in pairwise(known):
            lead = paragraph.text[whole.end : part.start]
            if whole.kind != part.kind or whole.of or part.of or part.value <= whole.value or part.hedged:
                continue
            each = "mỗi" in whole.noun or _EACH.search(paragraph.text, max(whole.start - 30, 0), whole.start)
            if not each and may_be_same(whole, part) and whole.head and _OF_WHICH.match(lead):
                message = f"Phần ({part.written}) lớn hơn tổng thể ({whole.written}); kiểm tra lại hai số."
                yield draft(
                    paragraph,
                    whole.start,
                    part.end + len(part.noun) + 1 if part.noun and part.kind == "count" else part.end,
                    message,
                    rank=84,
                )


_PERIOD = r"(?:[Tt]rong|[Rr]iêng)?\s*(?:quý|tháng|kỳ|tuần)(?:\s+(?:\d{1,2}|IV|I{1,3}|này))?(?:/20\d\d|\s+năm 20\d\d)?|[Pp]hát sinh trong kỳ|[Tt]rong (?:quý|tháng|kỳ|tuần)|[Qq]uý (?:IV|I{1,3})"
_CUMULATIVE = re.compile(
    rf"(?:{_PERIOD})\b[^.;\d]{{0,80}}?(?<!tháng )(?<!quý )(?P<a>{COUNT})\s+(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+)?)[^.]{{0,120}}?"
    rf"[Ll][ũu]y kế(?P<since>[^.;]{{0,90}}?)(?P<b>{COUNT})(?!\s+(?:tháng|năm|ngày|quý))\s+(?P<unit2>[^\W\d_]+(?:\s[^\W\d_]+)?)"
)


def cumulative(report: Report) -> Iterator[Draft]:
    """ "trong quý … 120 …; lũy kế … 95 …"."""
    for paragraph in report.prose:
        for match in _CUMULATIVE.finditer(paragraph.text):
            a, b = number(match["a"]), number(match["b"])
            if (
                b < a
                and fold(match["unit"]).split()[0] == fold(match["unit2"]).split()[0]
                and not _is_date(match["unit2"])
            ):
                message = f"Lũy kế ({format_number(b)}) không thể nhỏ hơn số trong kỳ ({format_number(a)})."
                yield draft(paragraph, match.start(), match.end("unit2"), message, rank=75)


def _is_date(unit: str) -> bool:
    return unit.split()[0] in ("tháng", "năm", "ngày")


_IN_PERIOD = re.compile(r"trong (?:kỳ|quý|tháng|tuần)|(?:quý|tháng) (?:\d{1,2}|IV|I{1,3})\b|phát sinh", re.I)


def cumulative_column(report: Report) -> Iterator[Draft]:
    """A table with a column of the period and one "Lũy kế"."""
    for table in report.tables:
        head = {cell.table[2]: cell.text for cell in table.rows[0] if cell.table} if table.rows else {}
        sums = [column for column, text in head.items() if re.search(r"l[ũu]y kế", text, re.I)]
        own = [column for column, text in head.items() if _IN_PERIOD.search(text) and column not in sums]
        if len(sums) != 1 or len(own) != 1:
            continue
        for row in table.rows[1:]:
            cells = {cell.table[2]: cell for cell in row if cell.table}
            pair = [cells.get(own[0]), cells.get(sums[0])]
            period, total = pair
            if (
                period is None
                or total is None
                or not all(re.fullmatch(COUNT, cell.text.strip()) for cell in (period, total))
            ):
                continue
            if number(total.text) < number(period.text):
                message = f"Lũy kế ({total.text.strip()}) không thể nhỏ hơn số trong kỳ ({period.text.strip()})."
                yield draft(total, 0, len(total.text), message, rank=75)


RULES = (
    Rule(
        "part_of_which",
        "inconsistent_figure",
        "error",
        "Phần không lớn hơn tổng thể",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        part_of_which,
    ),
    Rule(
        "larger_than_whole",
        "inconsistent_figure",
        "error",
        "Phần không lớn hơn tổng thể",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        larger_than_whole,
    ),
    Rule("cumulative", "inconsistent_figure", "error", "Lũy kế gồm số trong kỳ", "báo cáo tự viết để thử", cumulative),
    Rule(
        "cumulative_column",
        "inconsistent_figure",
        "error",
        "Lũy kế gồm số trong kỳ",
        "bảng tự viết để thử",
        cumulative_column,
    ),
)
