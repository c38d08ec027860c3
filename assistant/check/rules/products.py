# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""So much at such a price; and the funds left elsewhere in the report."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import amount, figures
from assistant.check.report import Report
from assistant.check.text_tools import VALUE, draft, number, sentence_at
from assistant.vietnamese.numbers import format_number

_WEIGHTS = {"tấn": 1_000, "tạ": 100, "yến": 10, "kg": 1}
_EARNED = re.compile(r"thu|được|đạt|tổng|là|tức|thành tiền|hết|giá trị|bằng", re.I)


def amount_times_price(report: Report) -> Iterator[Draft]:
    """ "2,8 tấn, giá 45.000 đồng/kg, thu về 126 triệu đồng"."""
    for paragraph in report.prose:
        known = figures(paragraph.text) if "đồng" in paragraph.text else ()
        for n, price in enumerate(known):
            start, end = sentence_at(paragraph.text, price.start)
            weight = next((f for f in reversed(known[:n]) if start <= f.start and _scale(f.head, price.per)), None)
            told = next((f for f in known[n + 1 :] if f.kind == "money" and not f.per and f.end <= end), None)
            if price.kind != "money" or weight is None or told is None or any(f.hedged for f in (price, weight, told)):
                continue
            between = paragraph.text[price.end : told.start]
            made = weight.value * _scale(weight.head, price.per) * price.value
            if not _EARNED.search(between) or len(between) > 80 or re.search(r"tháng|năm|chi phí|lãi", between):
                continue
            if abs(made - told.value) > told.value / 50 and made / 12 < told.value < made * 12:
                message = f"{weight.written} {weight.head} × {amount(price.value, price)}/{price.per} = {amount(made, told)}, không phải {amount(told.value, told)}."
                yield draft(paragraph, weight.start, told.end, message, rank=80)


def _scale(unit: str, per: str) -> Decimal:
    """How many of what the price is for are in one unit; 0 where they are different things."""
    if unit and unit == per:
        return Decimal(1)
    return Decimal(_WEIGHTS[unit]) / _WEIGHTS[per] if unit in _WEIGHTS and per in _WEIGHTS else Decimal(0)


_PROFIT = re.compile(
    rf"doanh thu[^.;\d]{{0,30}}?(?P<a>{VALUE})\s+(?P<u>triệu|tỷ) đồng[^.;\d]{{0,30}}?chi phí[^.;\d]{{0,30}}?(?P<b>{VALUE})\s+(?P=u) đồng"
    rf"[^.;\d]{{0,30}}?(?:lợi nhuận|lãi|thu nhập)[^.;\d]{{0,20}}?(?P<c>{VALUE})\s+(?P=u) đồng",
    re.I,
)


def profits(report: Report) -> Iterator[Draft]:
    """ "doanh thu 540 triệu đồng, chi phí 360 triệu đồng, lợi nhuận 180 triệu đồng"."""
    for paragraph in report.prose:
        for match in _PROFIT.finditer(paragraph.text):
            a, b, c = (number(match[key]) for key in ("a", "b", "c"))
            if a - b != c:
                message = (
                    f"{match['a']} - {match['b']} = {format_number(a - b)} {match['u']} đồng, không phải {match['c']}."
                )
                yield draft(paragraph, *match.span(), message, rank=80)


_EQUATION = re.compile(
    rf"(?P<a>{VALUE})(?P<an>[^\d.;,=+]{{0,30}}?)\s*(?P<op>[x×*+])\s*(?P<b>{VALUE})[^\d.;,=+]{{0,30}}?\s*=\s*(?P<c>{VALUE})"
)


def equations(report: Report) -> Iterator[Draft]:
    """ "10 khu dân cư x 06 người = 60 người"."""
    for paragraph in report.paragraphs:
        for match in _EQUATION.finditer(paragraph.text) if "=" in paragraph.text else ():
            a, b, c = (number(match[key]) for key in ("a", "b", "c"))
            made = a + b if match["op"] == "+" else a * b
            if made != c and not re.search(r"[x×*+]\s*$", paragraph.text[: match.start()]):
                message = f"{match['a']} {match['op']} {match['b']} = {format_number(made)}, không phải {match['c']}."
                yield draft(paragraph, *match.span(), message, rank=85)


_FUNDS = re.compile(r"[Kk]inh phí[^.;]{0,80}?(?P<a>\d[\d.]*)\s?/\s?(?P<b>\d[\d.]*)\s+(?P<scale>triệu|tỷ) đồng")
_FUNDS_LEFT = re.compile(
    rf"[Kk]inh phí[^.;\d]{{0,30}}còn (?:lại|thiếu)[^.;\d]{{0,12}}(?P<c>{VALUE})\s+(?P<scale>triệu|tỷ) đồng"
)


def funds_left(report: Report) -> Iterator[Draft]:
    """ "kinh phí … 150/400 triệu đồng" here, "kinh phí còn lại 200 triệu đồng" there."""
    given = [m for p in report.prose for m in _FUNDS.finditer(p.text)]
    if len(given) != 1:
        return
    a, b = number(given[0]["a"]), number(given[0]["b"])
    for paragraph in report.prose:
        for match in _FUNDS_LEFT.finditer(paragraph.text):
            c = number(match["c"])
            if match["scale"] == given[0]["scale"] and a < b and b - a != c:
                message = f"Kinh phí {given[0]['a']}/{given[0]['b']} {match['scale']} đồng thì còn lại {format_number(b - a)}, không phải {match['c']}."
                yield draft(
                    paragraph, *match.span(), message, category="inconsistent_figure", severity="warning", rank=66
                )


RULES = (
    Rule(
        "profit",
        "arithmetic",
        "error",
        "Lợi nhuận = doanh thu - chi phí",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        profits,
    ),
    Rule("equation", "arithmetic", "error", "Phép tính viết ra", "3 báo cáo xã, 15 văn bản: 0 báo nhầm", equations),
    Rule(
        "price_product",
        "arithmetic",
        "error",
        "Phép nhân: sản lượng × đơn giá",
        "3 báo cáo xã, 13 báo cáo tự viết: 0 báo nhầm",
        amount_times_price,
    ),
    Rule(
        "funds_left",
        "arithmetic",
        "warning",
        "Phép trừ: kinh phí còn lại",
        "3 báo cáo xã, 13 báo cáo tự viết: 0 báo nhầm",
        funds_left,
    ),
)
