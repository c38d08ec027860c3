# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Series by month, quarter or place: their sum, and growth from one member to another or by a stated difference."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, figures, may_be_same, same_noun
from assistant.check.report import Paragraph, Report
from assistant.check.rules.ratios import fits
from assistant.check.text_tools import COUNT, draft, number, sentence_at
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


_DIVIDED = re.compile(r"\b(?:theo|cơ cấu|chia|gồm|trong đó|phân)\b", re.I)
_COMPARED = re.compile(r"tăng|giảm|so với|chỉ tiêu|kế hoạch|giao|vượt", re.I)
_NOT_PARTS = re.compile(rf"{_COMPARED.pattern}|kết quả", re.I)


def shares_of_one_whole(report: Report) -> Iterator[Draft]:
    """ "87% …, 11% …, 4% …", "dưới 35 tuổi 45%, …": what is so near to a hundred is meant to be one."""
    for paragraph in report.prose:
        if paragraph.text.count("%") < 3 or report.about_the_future(paragraph):
            continue
        for run in _runs_of_shares(paragraph.text):
            made = sum((f.value for f in run), Decimal(0))
            before = paragraph.text[max(run[0].start - 90, 0) : run[0].start]
            slack = 10 if _DIVIDED.search(before) else 5
            inside = paragraph.text[run[0].start : run[-1].end]
            if not 1 <= abs(made - 100) <= slack or max(f.value for f in run) >= 98:
                continue
            if _NOT_PARTS.search(inside) or _COMPARED.search(before[-40:]):
                continue
            rows = " + ".join(format_percent(f.value) for f in run)
            message = f"Các tỷ lệ của một tổng thể cộng lại: {rows} = {format_percent(made)}, không phải 100%."
            yield draft(paragraph, run[0].start, run[-1].end, message, rank=80)


def _runs_of_shares(text: str) -> Iterator[list[Figure]]:
    """Three or more shares in a row, one to an item."""
    run: list[Figure] = []
    for figure in figures(text):
        between = text[run[-1].end : figure.start] if run else ""
        joins = len(re.findall(r"[,;]|\bvà\b", between)) in (1, 2) and not re.search(r"[.:()]", between)
        if figure.kind == "%" and (not run or (joins and len(between) < 90)):
            run.append(figure)
            continue
        if len(run) >= 3:
            yield run
        run = [figure] if figure.kind == "%" else []
    if len(run) >= 3:
        yield run


_FRACTIONS = {
    "nửa": (1, 2),
    "phần hai": (1, 2),
    "phần ba": (1, 3),
    "phần tư": (1, 4),
    "phần năm": (1, 5),
    "phần sáu": (1, 6),
    "phần bảy": (1, 7),
    "phần tám": (1, 8),
    "phần chín": (1, 9),
    "phần mười": (1, 10),
}
_SPOKEN = re.compile(
    r"\b(?:tức|bằng|chiếm|tương đương|nghĩa là|hay|đạt)(?:\s+(?:là|gần|hơn|khoảng|trên|đến))*\s+"
    r"(?P<top>một|hai|ba|bốn)\s+(?P<bottom>nửa|phần (?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười))(?!\w)",
    re.I,
)
_TOPS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4}


def _shares_of(figure: Figure, before: list[Figure]) -> list[Decimal]:
    """What a plain count is of the larger counts of the same before it."""
    if figure.kind != "count" or figure.of:
        return []
    wholes = sorted(f.value for f in before if f.value > figure.value and same_noun(f, figure))
    return [figure.value / whole for whole in wholes]


def spoken_share(report: Report) -> Iterator[Draft]:
    """ "28/84 cuộc họp …, tức một phần tư"."""
    for paragraph in report.prose:
        for match in _SPOKEN.finditer(paragraph.text):
            start, _ = sentence_at(paragraph.text, match.start())
            before = [f for f in figures(paragraph.text) if start <= f.start < match.start()]
            told = [(f, share) for f in before[-1:] for share in _shares_of(f, before)] or [
                (f, f.value / f.of if f.of else f.value / 100) for f in before if f.of or f.kind == "%"
            ]
            top, bottom = _FRACTIONS[match["bottom"].lower()]
            share = Decimal(top * _TOPS[match["top"].lower()]) / bottom
            slack = share * (
                Decimal("0.25") if re.search(r"gần|hơn|khoảng|trên", match.group(), re.I) else Decimal("0.1")
            )
            if told and match.start() - told[-1][0].end < 90 and all(abs(exact - share) > slack for _, exact in told):
                exact = format_percent(told[-1][1] * 100)
                message = f"{paragraph.text[told[-1][0].start : told[-1][0].end]} là {exact}, không phải {match['top'].lower()} {match['bottom'].lower()}."
                yield draft(paragraph, told[-1][0].start, match.end(), message, rank=80)


_FRACTION = r"(?P<top>một|hai|ba|bốn)\s+(?P<bottom>nửa|phần (?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười))"
_BEFORE_BASE = re.compile(
    rf"\b(?:bằng|được|đạt|chiếm)\s+{_FRACTION}(?P<base>\s+(?:[^\W\d_]+\s+){{1,6}}\(?\s*)(?=\d)", re.I
)


def spoken_share_of_a_base(report: Report) -> Iterator[Draft]:
    """ "1.500 tờ, bằng một nửa kế hoạch (3.000 tờ)"; "giải ngân được hai phần ba kinh phí (300/450 triệu đồng)"."""
    for paragraph in report.prose:
        known = figures(paragraph.text) if "phần" in paragraph.text or "nửa" in paragraph.text else ()
        for match in _BEFORE_BASE.finditer(paragraph.text) if known else ():
            base = next((f for f in known if f.start == match.end()), None)
            part = next((f for f in reversed(known) if f.end <= match.start()), None)
            if base is None or "(" not in match["base"] or not base.value:
                continue
            if base.of:
                exact = base.value / base.of
            elif part and may_be_same(part, base) and match.start() - part.end < 40:
                exact = part.value / base.value
            else:
                continue
            top, bottom = _FRACTIONS[match["bottom"].lower()]
            share = Decimal(top * _TOPS[match["top"].lower()]) / bottom
            if abs(exact - share) > share / 10:
                said = f"{match['top'].lower()} {match['bottom'].lower()}"
                start = base.start if base.of or part is None else part.start
                message = f"Tỷ lệ là {format_percent(exact * 100)}, không phải {said}."
                yield draft(paragraph, min(start, match.start()), base.end, message, rank=80)


RULES = (
    Rule(
        "spoken_share_of",
        "arithmetic",
        "error",
        "Phép chia: phân số viết bằng chữ",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        spoken_share_of_a_base,
    ),
    Rule(
        "spoken_share",
        "arithmetic",
        "error",
        "Phép chia: phân số viết bằng chữ",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        spoken_share,
    ),
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
