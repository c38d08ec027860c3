# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Products: so many groups of so many, so much at such a price; and the funds left elsewhere in the report."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.text_tools import COUNT, VALUE, draft, number
from assistant.vietnamese.numbers import format_number

_GROUP = r"lớp|buổi|hội nghị|cuộc|phiên|đợt|tổ|nhóm|đội|khóa|ca"
_MEMBER = r"(?:lượt\s+)?(?:người|học viên|thành viên|đại biểu|lượt)"
_EACH = rf"(?:bình quân|trung bình|mỗi)\s+(?:mỗi\s+)?(?:(?:{_GROUP})\s+)?(?:khoảng\s+|có\s+|đều\s+|gồm\s+)*(?P<k>{VALUE})\s+{_MEMBER}(?:\s?/\s?\w+)?"
_PRODUCTS = (
    re.compile(
        rf"(?P<n>{COUNT})\s+(?P<what>{_GROUP})\b[^.;]{{0,90}}?{_EACH}[^.;\d]{{0,30}}?(?:tổng số|tổng cộng|tất cả)\s+(?:là\s+|có\s+)?(?P<m>{COUNT})"
    ),
    re.compile(
        rf"(?P<n>{COUNT})\s+(?P<what>{_GROUP})\b[^.;\d]{{0,60}}?(?:với|cho|thu hút|có|tổng số)\s+(?:tổng số\s+)?(?P<m>{COUNT})\s+{_MEMBER}[^.;\d]{{0,40}}?{_EACH}"
    ),
)
_ROUGH = re.compile(r"khoảng|gần|hơn|trên|từ|ít nhất|tối thiểu|trở lên")


def groups_times_members(report: Report) -> Iterator[Draft]:
    """ "09 lớp, bình quân 45 người/lớp, tổng cộng 450 lượt người"; a mean may be rounded."""
    for paragraph in report.prose:
        for pattern in _PRODUCTS:
            for match in pattern.finditer(paragraph.text):
                n, k, m = (number(match[key]) for key in ("n", "k", "m"))
                mean = bool(re.search(r"bình quân|trung bình", match.group()))
                slack = n if mean else Decimal(0)
                others = [number(x.group()) for x in re.finditer(COUNT, match.group())]
                if abs(n * k - m) <= slack or _ROUGH.search(match.group()) or len(others) > 4 or n < 2:
                    continue
                message = f"{format_number(n)} {match['what']} × {format_number(k)} = {format_number(n * k)}, không phải {format_number(m)}."
                yield draft(paragraph, *match.span(), message, rank=82)


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
        "group_product",
        "arithmetic",
        "error",
        "Phép nhân: số lớp, tổ × số người",
        "3 báo cáo xã, 15 văn bản, 13 báo cáo tự viết: 0 báo nhầm",
        groups_times_members,
    ),
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
