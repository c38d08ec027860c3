# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Totals named after the list that they sum up."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, amount, figures, is_slip
from assistant.check.report import Paragraph, Report
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
            listed = _of_one_noun(paragraph.text, _listed_before(paragraph.text, match.start()), match)
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


def _of_one_noun(text: str, listed: list[tuple[int, Decimal]], total: re.Match[str]) -> list[tuple[int, Decimal]]:
    """Where the last item counts what the total counts, only the items that do."""

    def noun(at: int) -> str:
        match = re.match(r"[\d.,/]+\s+([^\W\d_]+)", text[at:])
        return match.group(1).lower() if match else ""

    wanted = noun(total.start("n"))
    if not listed or noun(listed[-1][0]) != wanted:
        return listed
    return [item for item in listed if noun(item[0]) in ("", wanted)]


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
            not tail
            or re.search(r"(?:ngày|tháng|(?<!thứ )năm|quý|số|mỗi (?:tổ|lớp|thôn|ấp|bản))\s$", piece[: tail.start()])
        ):
            break
        hit = match or tail
        if hit is None or re.search(r"\b(?:ngày|tháng|(?<!thứ )năm|quý|mỗi)\s+$", piece[: hit.start("n")]):
            break
        found.append((at + hit.start("n"), number(hit["n"])))
        if not match:
            break
    return found[::-1]


_SUMMED = re.compile(
    r"[.;,]\s*(?:(?:tổng cộng|tổng số|tổng|cộng)(?:\s+[^\W\d_]+){0,5}?|l[uũ]y kế|cả năm|tính chung)(?:\s+\d{1,2}\s+tháng|\s+cả năm)?\s*(?:là|:|đạt)?\s*$",
    re.IGNORECASE,
)


def total_after_labels(report: Report) -> Iterator[Draft]:
    """ "Đến: 3.640. Đi: 1.220. Tổng: 4.860": labels and bare figures, and what they make."""
    for paragraph in report.zone("body", "appendix"):
        known = _figures_of(paragraph) if paragraph.table is None else ()
        for n, total in enumerate(known):
            if n < 2 or not _SUMMED.search(paragraph.text[max(total.start - 50, 0) : total.start]):
                continue
            items = [
                f
                for f in known[:n]
                if f.head not in ("tháng", "quý")
                and f.kind == total.kind
                and f.of is None
                and f.noun in ("", total.noun)
            ]
            sums = [sum((f.value for f in items[at:]), Decimal(0)) for at in range(len(items) - 1)]
            if total.value in sums or any(f.value == total.value for f in items):
                continue
            near = [
                (made, at)
                for at, made in enumerate(sums)
                if is_slip(made, total.value) or abs(made - total.value) <= total.value / 20
            ]
            if near:
                made, at = near[0]
                terms = " + ".join(amount(f.value, total) for f in items[at:])
                message = f"Cộng lại: {terms} = {amount(made, total)}, không phải {amount(total.value, total)}."
                yield draft(paragraph, items[at].start, total.end, message, rank=91)


_TOTAL_LINE = re.compile(r"\s*(?:[-+*•]\s*)?(?:tổng cộng|tổng số|tổng|cộng)\b(?:\s+[^\W\d_]+){0,4}\s*:", re.IGNORECASE)


def total_below_a_list(report: Report) -> Iterator[Draft]:
    """Lines "1. Camera: 426.000.000 đồng", "Tháng 8: tiếp nhận 839, giải quyết 825", and below them "Cộng: …"."""
    paragraphs = [p for p in report.zone("body", "appendix") if p.table is None]
    for n, paragraph in enumerate(paragraphs):
        if not _TOTAL_LINE.match(paragraph.text):
            continue
        totals = _figures_of(paragraph)
        rows: list[tuple[Figure, ...]] = []
        for item in reversed(paragraphs[:n]):
            row = _figures_of(item)
            if len(row) < len(totals) or item.zone != paragraph.zone or (item.heading and item.label is None):
                break
            rows.append(row[: len(totals)])
        if len(rows) < 2 or not totals:
            continue
        for k, total in enumerate(totals):
            parts = [row[k].value for row in reversed(rows) if row[k].kind == total.kind]
            made = sum(parts, Decimal(0))
            if len(parts) < len(rows) or total.value in accumulate(reversed(parts)) or not is_slip(made, total.value):
                continue
            terms = " + ".join(amount(part, total) for part in parts)
            message = f"Cộng các dòng trên: {terms} = {amount(made, total)}, không bằng {amount(total.value, total)}."
            yield draft(paragraph, total.start, total.end, message, rank=92)


def _figures_of(paragraph: Paragraph) -> tuple[Figure, ...]:
    """The figures of a line, what stands in brackets left out."""
    plain = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), paragraph.text)
    return tuple(f for f in figures(plain) if f.start >= paragraph.words_start and f.kind in ("count", "money"))


RULES = (
    Rule(
        "total_after_labels",
        "arithmetic",
        "error",
        "Phép cộng: tổng nêu sau các thành phần",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh, các báo cáo tự viết: 0 báo nhầm",
        total_after_labels,
    ),
    Rule(
        "total_below",
        "arithmetic",
        "error",
        "Phép cộng: dòng cộng dưới danh sách",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh, các báo cáo tự viết: 0 báo nhầm",
        total_below_a_list,
    ),
    Rule(
        "total_at_end",
        "arithmetic",
        "error",
        "Phép cộng: tổng nêu sau các thành phần",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        total_at_the_end,
    ),
)
