# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Totals named after the list that they sum up."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.text_tools import COUNT, VALUE, draft, number
from assistant.vietnamese.numbers import format_number

_TOTAL_AFTER = re.compile(
    rf"[,;]?\s+(?:tổng cộng|tổng số|tổng điểm|tất cả|cộng (?:cả hai chiều|chung|lại|dồn))(?:\s+(?:là|có|gồm|đạt|được))?\s+(?P<n>{VALUE})(?:\s+[^\W\d_]+)?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"(?:[^\W\d_]+,?\s+){{0,6}}?(?P<n>{VALUE}|\d+(?:,\d+)?(?=/\d+\b))(?:/\d+)?(?:\s+[^\W\d_]+){{0,6}}\s*"
)
_LIST_LENGTH = 400


def total_at_the_end(report: Report) -> Iterator[Draft]:
    """ "05 máy chủ, 32 máy tính và 10 máy in, tổng cộng 49 thiết bị"; no end of the list may give the total."""
    for paragraph in report.paragraphs:
        for match in _TOTAL_AFTER.finditer(paragraph.text):
            listed = _listed_before(paragraph.text, match.start())
            total = number(match["n"])
            sums = {at: sum((value for _, value in listed[at:]), Decimal(0)) for at in range(len(listed) - 1)}
            if not sums or total in sums.values() or any(value == total for _, value in listed):
                continue
            at = min(sums, key=lambda at: abs(sums[at] - total))
            made, begin = sums[at], listed[at][0]
            if abs(made - total) > total * 15 / 100:
                continue  # the list is of something else
            rows = " + ".join(format_number(value) for _, value in listed[at:])
            message = f"Cộng các thành phần: {rows} = {format_number(made)}, không bằng tổng {format_number(total)}."
            fixed = (
                paragraph.text[begin : match.start("n")]
                + format_number(made)
                + paragraph.text[match.end("n") : match.end()]
            )
            yield draft(paragraph, begin, match.end(), message, fixed, rank=91)


def _listed_before(text: str, end: int) -> list[tuple[int, Decimal]]:
    """The items "a …, b … và c …" that end at `end`: where the figure of each begins, and its value."""
    begin = max(end - _LIST_LENGTH, 0)
    pieces = re.split(r"([,;]\s+(?:và\s+)?|\s+và\s+|:\s+)", text[begin:end])
    found: list[tuple[int, Decimal]] = []
    at = end
    for n, piece in enumerate(reversed(pieces)):
        at -= len(piece)
        if n % 2:
            if piece.startswith(":"):
                break
            continue
        match = _LISTED.fullmatch(piece)
        tail = re.search(rf"(?<=\s)(?P<n>{COUNT})(?:\s+[^\W\d_]+){{1,6}}$", piece) if not match else None
        if not match and (
            not tail or re.search(r"(?:ngày|tháng|năm|quý|số|mỗi (?:tổ|lớp|thôn|ấp|bản))\s$", piece[: tail.start()])
        ):
            break
        hit = match or tail
        if hit is None or re.search(r"\b(?:ngày|tháng|năm|quý|mỗi)\s+$", piece[: hit.start("n")]):
            break
        found.append((at + hit.start("n"), number(hit["n"])))
        if not match:
            break
    return found[::-1]


RULES = (
    Rule(
        "total_at_end",
        "arithmetic",
        "error",
        "Phép cộng: tổng nêu sau các thành phần",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        total_at_the_end,
    ),
)
