# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Counts against what is counted: teams against members, "05/07 chỉ tiêu" against the list, sums of lists."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, UPPER, draft, number
from assistant.vietnamese.numbers import format_number, two_digits

_LEAST = re.compile(
    rf"(?:ít nhất|tối thiểu|từ|không dưới)\s+(?P<k>{COUNT})\s+(?:đến\s+{COUNT}\s+)?(?:thành viên|người|đồng chí)", re.I
)
_EACH = re.compile(r"mỗi\s+tổ|(?:Tổ|tổ)\b|từng tổ")
_TEAMS = re.compile(
    rf"(?<![\w.,/-])(?P<n>\d+)(?:/\d+)?\s+(?:tổ|Tổ)\b(?P<between>[^.;()\d]{{0,70}}?)(?P<m>{COUNT})\s+(?P<unit>thành viên|người|đồng chí|đoàn viên)(?!\s+trở lên)"
)
_TEAM_TOTAL = re.compile(
    rf"(?<![\w.,/-])(?P<n>\d+)(?:/\d+)?\s+(?:tổ|Tổ|thôn|làng|ấp|bản|buôn|xóm|khóm|khu phố|khu vực)\b[^.;\d]{{0,80}}?mỗi\s+tổ\s+(?:đều\s+)?(?:có\s+|gồm\s+)?(?P<bound>từ\s+|ít nhất\s+|tối thiểu\s+)?"
    rf"(?P<k>{COUNT})\s+(?P<unit>thành viên|người|đồng chí)(?P<more>\s+trở lên)?[^.;\d]{{0,30}}?(?:tổng số|tổng cộng|tất cả|toàn xã có|với)\s+(?:là\s+|có\s+)?(?P<m>{COUNT})\s+(?:thành viên|người|đồng chí)"
)
_MOST = re.compile(rf"(?:không quá|tối đa)\s+(?P<k>{COUNT})\s+(?:thành viên|người)", re.I)


def team_totals(report: Report) -> Iterator[Draft]:
    """ "18 thôn, mỗi tổ từ 05 thành viên trở lên, tổng số 86 thành viên"."""
    for paragraph in report.prose:
        for match in _TEAM_TOTAL.finditer(paragraph.text):
            n, k, m = (number(match[group]) for group in ("n", "k", "m"))
            least = bool(match["bound"] or match["more"])
            lead = paragraph.text[max(match.start() - 80, 0) : match.start()]
            others = {number(found.group()) for found in re.finditer(COUNT, lead)}
            if m >= n * k if least else m == n * k or m - n * k in others:
                continue
            many = f"từ {format_number(n * k)}" if least else format_number(n * k)
            message = f"{format_number(n)} tổ, mỗi tổ {'ít nhất ' if least else ''}{format_number(k)} {match['unit']} là {many}, không phải {format_number(m)}."
            # a bound is a statement of its own, a product is a sum that was done wrong
            category = "inconsistent_figure" if least else None
            yield draft(paragraph, *match.span(), message, category=category, rank=74)


def team_sizes(report: Report) -> Iterator[Draft]:
    """n teams of at least k members cannot have fewer than n × k, of at most k not more."""
    paragraphs = report.prose
    for i, paragraph in enumerate(paragraphs):
        for match in _TEAMS.finditer(paragraph.text):
            if number(match["n"]) < 2 or "mỗi" in match["between"]:
                continue
            near = " ".join(p.text for p in paragraphs[max(i - 1, 0) : i + 2])
            n, m = number(match["n"]), number(match["m"])
            least = _LEAST.search(near)
            most = _MOST.search(near)
            if least and _EACH.search(near[: least.end()]) and (k := number(least["k"])) > 1 and m < n * k:
                message = f"Mỗi tổ ít nhất {format_number(k)} {match['unit']} thì {format_number(n)} tổ phải có từ {format_number(n * k)}"
                yield draft(
                    paragraph, match.start(), match.end(), f"{message}, không thể chỉ có {format_number(m)}.", rank=74
                )
            elif most and (k := number(most["k"])) and m > n * k:
                message = f"Mỗi tổ tối đa {format_number(k)} {match['unit']} thì {format_number(n)} tổ có nhiều nhất {format_number(n * k)}"
                yield draft(
                    paragraph, match.start(), match.end(), f"{message}, không thể có {format_number(m)}.", rank=74
                )
            elif m < n:
                yield draft(
                    paragraph,
                    match.start(),
                    match.end(),
                    f"{format_number(n)} tổ mà chỉ có {format_number(m)} {match['unit']}.",
                    rank=74,
                )


_OF_LIST = re.compile(
    r"(?:đạt|hoàn thành|có|thực hiện)?\s*:?\s*(?P<a>\d{1,3})\s?/\s?(?P<b>\d{1,3})\s+(?P<what>chỉ tiêu|mục tiêu|nhiệm vụ|nội dung|tiêu chí)"
)
# "đạt 81,44%" after a comma tells a value, "Đạt 99,8%" after a colon rates it
_RATING = re.compile(
    r"(?:[:.;,(–-]\s*|%\s+)(?:(?P<no>[Cc]hưa\s+(?:hoàn thành|đạt|thực hiện)|[Kk]hông\s+đạt)(?:\s+\d[\d.,]*\s?%)?"
    r"|(?:Đã đạt|Đạt|Vượt|Hoàn thành)(?:\s+\d[\d.,]*\s?%)?|đã đạt|đạt|vượt|hoàn thành)"
    r"\s*(?:\([^()]*\))?\s*[.;…]*\s*$|(?::|\.)\s*(?:Đạt|Vượt|Hoàn thành)\s*\("
)


def rating_of(text: str) -> str | None:
    """ "đạt" or "chưa đạt" at the end of an indicator's line; None where it is not rated."""
    match = _RATING.search(text)
    if not match:
        return None
    return "chưa đạt" if match["no"] else "đạt"


def listed_counts(report: Report) -> Iterator[Draft]:
    """ "đạt 05/07 chỉ tiêu" and the rated list that follows."""
    paragraphs = report.prose
    for i, paragraph in enumerate(paragraphs):
        match = _OF_LIST.search(paragraph.text)
        if not match:
            continue
        items = _items_below(paragraphs, i)
        ratings = [rating_of(item.text) for item in items]
        rated = [rating for rating in ratings if rating]
        if len(items) < 2 or len(rated) < len(items) or not rated:
            continue
        good, total = rated.count("đạt"), len(rated)
        a, b = int(match["a"]), int(match["b"])
        if (good, total) == (a, b) or (abs(total - b) > 3 and good == a):
            continue
        right = match.group().replace(f"{match['a']}/{match['b']}", f"{two_digits(good)}/{two_digits(total)}")
        yield draft(
            paragraph,
            *match.span(),
            f"Ghi {match['a']}/{match['b']} {match['what']} nhưng danh sách bên dưới có {total} {match['what']}, {good} đạt và {total - good} chưa đạt.",
            right.strip(),
            rank=89,
        )


def _items_below(paragraphs: Sequence[Paragraph], i: int) -> list[Paragraph]:
    """The list that the paragraph at `i` announces: items of one bullet, to the next lead line or heading."""
    lead = paragraphs[i].label
    items: list[Paragraph] = []
    for paragraph in paragraphs[i + 1 :]:
        label = paragraph.label
        if label is None:
            if items:
                break
            continue
        if paragraph.heading or (lead and label.style == lead.style and label.text == lead.text):
            break
        if items and (
            items[0].label is None
            or label.style != items[0].label.style
            or (label.style == "bullet" and label.text != items[0].label.text)
        ):
            if label.text == "+":
                continue
            break
        items.append(paragraph)
    return items


_ANNOUNCED = re.compile(
    rf"(?P<n>{COUNT})\s+(?P<what>nhóm nhiệm vụ|nhiệm vụ|nội dung|nhóm|giải pháp|nhóm giải pháp|kiến nghị|đề xuất|khó khăn|tồn tại|hạn chế|mô hình|văn bản)"
    r"(?:,?\s+[^\W\d_]+){0,14}\s*,?\s*(?:như sau|sau đây|sau|cụ thể|gồm|bao gồm)?\s*:\s*$"
)


def announced_counts(report: Report) -> Iterator[Draft]:
    """ "03 nhiệm vụ sau:" and how many follow."""
    paragraphs = report.prose
    for i, paragraph in enumerate(paragraphs):
        match = _ANNOUNCED.search(paragraph.text)
        if not match:
            continue
        items = _items_below(paragraphs, i)
        n = number(match["n"])
        if len(items) >= 2 and Decimal(len(items)) != n and n <= 20:
            yield draft(
                paragraph,
                match.start(),
                match.end("what"),
                f"Ghi {match['n']} {match['what']} nhưng liệt kê {len(items)}.",
                f"{two_digits(len(items))} {match['what']}",
                rank=52,
            )


_INLINE = re.compile(
    rf"(?P<n>{COUNT})\s+(?P<what>lớp|đợt|cuộc|buổi|hội nghị|mô hình|sản phẩm|vùng|nhóm|tổ|đội|văn bản|phần mềm|hệ thống|trường|điểm)\b(?P<tail>[^.;:]{{0,90}}?)(?:,?\s*(?:gồm|bao gồm|cụ thể|là))?\s*:\s*(?P<list>[^.]+)"
)


def inline_counts(report: Report) -> Iterator[Draft]:
    """ "05 lớp …, gồm: lớp …; lớp …; …": items between semicolons that each name the thing counted."""
    for paragraph in report.prose:
        for match in _INLINE.finditer(paragraph.text):
            items = [item.strip() for item in match["list"].split(";") if item.strip()]
            named = [item for item in items if re.match(rf"(?:và\s+)?(?:\d+\s+)?{match['what']}\b", item, re.I)]
            n = number(match["n"])
            if (
                len(items) < 2
                or len(named) < len(items)
                or any(re.match(r"\d", item) for item in items)
                or n == len(items)
            ):
                continue
            yield draft(
                paragraph,
                match.start(),
                match.end("what") + len(match["tail"].rstrip()),
                f"Ghi {match['n']} {match['what']} nhưng liệt kê {len(items)}.",
                f"{two_digits(len(items))} {match['what']}{match['tail'].rstrip()}",
                rank=70,
            )


_NAMED_LIST = re.compile(
    rf"(?P<n>{COUNT})\s+(?P<what>sản phẩm|dân tộc|mô hình|hợp tác xã|lĩnh vực|nhóm|nội dung|phần mềm|ứng dụng|nền tảng|trường|doanh nghiệp)\b(?P<tail>[^.;:,]{{0,60}}?)(?:,?\s*(?:gồm|bao gồm|là))?\s*:\s*(?P<list>[^.:;()\d]+)(?=[.;]|$)"
)


def named_lists(report: Report) -> Iterator[Draft]:
    """ "05 sản phẩm: bánh tráng, nem chua, rượu nếp và mắm cá": short names between commas, one "và" at the end."""
    for paragraph in report.prose:
        for match in _NAMED_LIST.finditer(paragraph.text):
            items = re.split(r",\s*|\s+và\s+", match["list"].strip())
            names = all(item[:1].isupper() for item in items)
            plain = names or (match["list"].count(" và ") == 1 and " và " not in match["list"].rpartition(",")[0])
            n = number(match["n"])
            if (
                not plain
                or len(items) < 3
                or any(len(item.split()) > 4 for item in items)
                or not 0 < abs(n - len(items)) <= 2
            ):
                continue
            yield draft(
                paragraph,
                match.start(),
                match.end("list"),
                f"Ghi {match['n']} {match['what']} nhưng kể tên {len(items)}.",
                rank=60,
            )


_LACKING = re.compile(
    r"(?<![\d/.,])(?P<a>\d{1,3})/(?P<b>\d{1,3})\s+(?P<noun>[^\W\d_]+(?: phố| dân cư)?)\b[^:;]{0,60}?(?:[Nn]ơi|(?P=noun)|[^\W\d_]+)\s+(?:chưa có|chưa đạt|chưa phủ|còn lại)(?:\s+là|\s+gồm)?\s*:?\s+"
    rf"(?P<list>[{UPPER}][^.;:()\d]*)(?=[.;]|$)",
    re.IGNORECASE,
)


def named_lacking(report: Report) -> Iterator[Draft]:
    """ "14/17 bản …. Bản chưa có: Nậm Pha, Nậm Sỏ": as many names as are lacking."""
    for paragraph in report.prose:
        for match in (
            _LACKING.finditer(paragraph.text) if "chưa" in paragraph.text or "còn lại" in paragraph.text else ()
        ):
            names = re.split(r",\s*|\s+và\s+", match["list"].strip())
            lacking = int(match["b"]) - int(match["a"])
            plain = all(name[:1].isupper() and len(name.split()) <= 4 for name in names)
            if plain and lacking > 0 and len(names) != lacking:
                message = f"{match['a']}/{match['b']} thì còn {lacking} {match['noun']}, nhưng kể tên {len(names)}."
                yield draft(paragraph, *match.span(), message, rank=60)


_DATED = re.compile(
    rf"(?P<n>{COUNT})\s+(?P<what>phiên|cuộc họp|cuộc|buổi|lần|kỳ|đợt)\b[^.;:(]{{0,40}}?(?::|,\s*(?:vào\s+)?(?:các\s+)?ngày|\((?:các\s+)?ngày)\s*"
    r"(?P<list>(?:tháng\s+)?\d{1,2}(?:/\d{1,2})?(?:/\d{4})?(?:(?:,\s*|\s+và\s+)(?:ngày\s+|tháng\s+)?\d{1,2}(?:/\d{1,2})?(?:/\d{4})?)+)(?![\d/])"
)


def dated_meetings(report: Report) -> Iterator[Draft]:
    """ "họp 5 phiên …: tháng 8, tháng 9, tháng 10, tháng 11"."""
    for paragraph in report.prose:
        for match in _DATED.finditer(paragraph.text):
            dates = re.split(r",\s*|\s+và\s+", match["list"])
            n = number(match["n"])
            if n == len(dates) or n > 12 or re.search(r"mỗi tháng\s+(?!0?1\b)\d", match.group()):
                continue
            message = f"Ghi {match['n']} {match['what']} nhưng nêu {len(dates)} thời gian."
            yield draft(paragraph, *match.span(), message, rank=62)


RULES = (
    Rule(
        "named_lacking",
        "inconsistent_figure",
        "warning",
        "Đếm các tên liệt kê với số còn thiếu",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        named_lacking,
    ),
    Rule(
        "dated_meetings",
        "inconsistent_figure",
        "warning",
        "Đếm các ngày, tháng nêu kèm",
        "3 báo cáo xã, 15 văn bản, 12 báo cáo tự viết: 0 báo nhầm",
        dated_meetings,
    ),
    Rule(
        "named_list",
        "inconsistent_figure",
        "warning",
        "Đếm các tên liệt kê sau dấu hai chấm",
        "3 báo cáo xã, 15 văn bản, 6 báo cáo tự viết: 0 báo nhầm",
        named_lists,
    ),
    Rule(
        "inline_count",
        "inconsistent_figure",
        "error",
        "Đếm các mục liệt kê sau dấu hai chấm",
        "3 báo cáo xã, 4 báo cáo tự viết: 0 báo nhầm",
        inline_counts,
    ),
    Rule(
        "team_total",
        "arithmetic",
        "error",
        "Số tổ × số thành viên của một tổ",
        "3 báo cáo xã, 4 báo cáo tự viết: 0 báo nhầm",
        team_totals,
    ),
    Rule(
        "team_size",
        "arithmetic",
        "warning",
        "Số tổ × số thành viên tối thiểu của một tổ",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        team_sizes,
    ),
    Rule(
        "listed_count",
        "inconsistent_figure",
        "error",
        "Đếm danh sách ngay bên dưới",
        "3 báo cáo xã: 1 lỗi đúng, 1 danh sách khớp không báo",
        listed_counts,
    ),
    Rule(
        "announced_count",
        "inconsistent_figure",
        "warning",
        "Đếm danh sách ngay bên dưới",
        "3 báo cáo xã, 5 kế hoạch tỉnh: 0 báo nhầm",
        announced_counts,
    ),
)
