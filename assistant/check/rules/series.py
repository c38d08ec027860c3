"""Series by month, quarter or place: their sum, and growth from one member to another or by a stated difference."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.ratios import fits
from assistant.check.text_tools import COUNT, draft, number
from assistant.vietnamese.numbers import format_number, format_percent

_LABEL = r"(?:tháng|quý|năm|tuần|vùng|đợt|khu|cụm)\s+(?:\d{1,4}(?:/20\d\d)?|I{1,3}|IV)(?:\s*\([^()]{0,40}\))?"
_MEMBER = re.compile(rf"(?P<label>\b{_LABEL})\s*(?:là|có|đạt|được|tiếp nhận|:)\s*(?P<n>{COUNT})", re.IGNORECASE)
_P = r"\d{1,3}(?:[.,]\d{1,3})?"
_BETWEEN = re.compile(
    rf"so với\s+(?P<a>{_LABEL})[^.;%\d]{{0,20}}?(?P<b>{_LABEL})\s*(?:đã\s+)?(?P<way>tăng|giảm)\s+(?P<p>{_P})\s?%"
    rf"|(?P<b2>\b{_LABEL})\s*(?:đã\s+)?(?P<way2>tăng|giảm)\s+(?P<p2>{_P})\s?%\s+so với\s+(?P<a2>{_LABEL})",
    re.IGNORECASE,
)


def _members(text: str) -> list[tuple[str, Decimal, int, int]]:
    return [
        (_name(match["label"]), number(match["n"]), match.start(), match.end())
        for match in _MEMBER.finditer(text)
        if not re.fullmatch(r"20[0-4]\d", match["n"])
    ]


def _name(label: str) -> str:
    kind, value = re.sub(r"\(.*", "", label).lower().split()[:2]
    return f"{kind} {value.split('/')[0].lstrip('0')}"


def series_total(report: Report) -> Iterator[Draft]:
    """The members of a series against the total named shortly before: a near miss is a slip."""
    prose = report.prose
    for i, paragraph in enumerate(prose):
        members = _members(paragraph.text)
        if len({label for label, _, _, _ in members}) != len(members) or len(members) < 3:
            continue
        made = sum((value for _, value, _, _ in members), Decimal(0))
        first, last = members[0][2], members[-1][3]
        before = [p.text for p in prose[max(i - 1, 0) : i]] + [paragraph.text[:first], paragraph.text[last:]]
        figures = {number(m.group()) for text in before for m in re.finditer(COUNT, text)}
        near = [figure for figure in figures if 0 < abs(figure - made) <= made * 3 / 100 and figure >= 20]
        if made in figures or len(near) != 1:
            continue
        rows = " + ".join(format_number(value) for _, value, _, _ in members)
        message = f"Cộng dãy số: {rows} = {format_number(made)}, nhưng tổng ghi {format_number(near[0])}."
        yield draft(paragraph, first, last, message, rank=85)


def growth_in_series(report: Report) -> Iterator[Draft]:
    """ "tháng 7 là 212, … tháng 11 là 318; so với tháng 7 thì tháng 11 tăng 45%"."""
    for paragraph in report.prose:
        values = {label: value for label, value, _, _ in _members(paragraph.text)}
        for match in _BETWEEN.finditer(paragraph.text):
            a, b = (values.get(_name(match[key] or match[f"{key}2"])) for key in ("a", "b"))
            if a and b is not None:
                key = "" if match["p"] else "2"
                yield from _judge(
                    paragraph, match, key, a, abs(b - a), (b > a) == (match[f"way{key}"].lower() == "tăng")
                )


def _judge(
    paragraph: Paragraph, match: "re.Match[str]", key: str, base: Decimal, change: Decimal, right_way: bool
) -> Iterator[Draft]:
    written = match[f"p{key}"]
    if right_way and fits(change, base, written):
        return
    right = format_percent(change * 100 / base)
    start = match.start(f"way{key}") if match[f"way{key}"] else match.start(f"p{key}")
    message = f"{format_number(change)}/{format_number(base)} = {right}, không phải {written}%."
    if not right_way:
        message = f"Số liệu không {match[f'way{key}'].lower()}; {message}"
    fixed = paragraph.text[start : match.start(f"p{key}")] + right
    yield draft(paragraph, start, match.end(), message, fixed, rank=86)


_SHARES = re.compile(
    rf"(?:{_P}\s?%(?:\s+[^\W\d_]+){{1,12}}(?:,\s*(?:và\s+)?|;\s*|\s+và\s+)){{2,}}{_P}\s?%(?:\s+[^\W\d_]+)+"
)


def shares_of_one_whole(report: Report) -> Iterator[Draft]:
    """ "87% …, 11% …, 4% …" of one survey: what is so near to a hundred is meant to be one."""
    for paragraph in report.prose:
        if report.about_the_future(paragraph):
            continue
        for match in _SHARES.finditer(paragraph.text):
            shares = [number(m.group()) for m in re.finditer(rf"{_P}(?=\s?%)", match.group())]
            made = sum(shares, Decimal(0))
            if (
                not 1 <= abs(made - 100) <= 5
                or max(shares) >= 98
                or re.search(r"tăng|giảm|so với|chỉ tiêu|vượt", match.group())
            ):
                continue
            rows = " + ".join(format_percent(share) for share in shares)
            yield draft(
                paragraph,
                *match.span(),
                f"Các tỷ lệ của một tổng thể cộng lại: {rows} = {format_percent(made)}, không phải 100%.",
                rank=80,
            )


RULES = (
    Rule(
        "shares_of_whole",
        "arithmetic",
        "warning",
        "Các phần của một tổng thể cộng lại bằng 100%",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        shares_of_one_whole,
    ),
    Rule(
        "series_total",
        "arithmetic",
        "error",
        "Phép cộng: tổng của dãy số",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        series_total,
    ),
    Rule(
        "series_growth",
        "arithmetic",
        "error",
        "Mức tăng = (sau - trước)/trước × 100",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        growth_in_series,
    ),
)
