# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""So much at such a price; and the funds left elsewhere in the report."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.text_tools import VALUE, draft, number
from assistant.vietnamese.numbers import format_number

_PRICED = re.compile(
    rf"(?P<n>{VALUE})\s+(?P<unit>kg|tấn|tạ|lít|hộ|con|sản phẩm|m2|ha)\b[^.;]{{0,60}}?(?P<p>{VALUE})\s+(?P<scale>triệu đồng|nghìn đồng|đồng)\s?/\s?(?P=unit)[^.;\d]{{0,40}}?(?:thu|được|tổng|doanh thu|là|tức)[^.;\d]{{0,30}}?(?P<m>{VALUE})\s+(?P<scale2>triệu đồng|tỷ đồng|đồng)"
)
_SCALE = {"đồng": 1, "nghìn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}


def amount_times_price(report: Report) -> Iterator[Draft]:
    """ "1.240 kg, giá 350.000 đồng/kg, thu về 434 triệu đồng"."""
    for paragraph in report.prose:
        for match in _PRICED.finditer(paragraph.text):
            made = number(match["n"]) * number(match["p"]) * _SCALE[match["scale"]]
            told = number(match["m"]) * _SCALE[match["scale2"]]
            if abs(made - told) > told / 50 and "tháng" not in match.group():
                message = f"{match['n']} {match['unit']} × {match['p']} {match['scale']} = {format_number(made)} đồng, không phải {match['m']} {match['scale2']}."
                yield draft(paragraph, *match.span(), message, rank=80)


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
