# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""A whole and the figures listed as its parts, whatever is counted; the near miss is the slip."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, amount, figures, is_slip, is_swapped, near
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft
from assistant.vietnamese.numbers import format_number

_CUE = re.compile(r"\b(?:gồm|bao gồm|chia|chia ra|phân|phân ra|cơ cấu|cụ thể)\b|:|\(", re.I)
_OF_WHICH = re.compile(r"\b(?:trong đó|trong số này|trong số đó)\b", re.I)
_PERIOD = re.compile(r"\b(?:quý|tháng|đầu năm|cuối năm|kỳ)\b", re.I)
_ONE_PERIOD = re.compile(r"\b(?:tháng|quý)\s+[\dIVX]+\b[^.;]*$", re.I)
_SOME = re.compile(r"nổi bật|tiêu biểu|đặc biệt|chủ yếu|ít nhất|như\b|v\.v|\.\.\.|…|so với|tăng|giảm|mỗi", re.I)
_TIMES = frozenset({"tháng", "quý", "năm", "tuần", "ngày"})
_LONGEST_LEAD = 80
_MOST_PARTS = 30
_LEAST_TOTAL = 1_000


def listed_parts(report: Report) -> Iterator[Draft]:
    """ "110 chiếc, chia theo nguồn gồm ngân sách 50, doanh nghiệp 35, Nhân dân 20"; "35,5 ha: nhà màng 8,5 ha, …"."""
    for paragraph in report.zone("body", "appendix"):
        if paragraph.table is not None or report.about_the_future(paragraph):
            continue
        known = [f for f in figures(paragraph.text) if f.start >= paragraph.words_start and f.head not in _TIMES]
        for n, whole in enumerate(known):
            if whole.kind in ("count", "money") and not (whole.hedged or whole.per or whole.of):
                yield from _judge(paragraph, whole, _parts(paragraph.text, whole, known[n + 1 : n + _MOST_PARTS]))


def _parts(text: str, whole: Figure, following: Sequence[Figure]) -> list[Figure]:
    """The figures that follow in the same sentence, each of the whole's own kind or bare; brackets skipped."""
    parts: list[Figure] = []
    depth, at = 0, whole.end
    for figure in following:
        between = text[at : figure.start]
        if re.search(r"[.!?]\s", between) or (parts and ";" in between and "(" in text[whole.end : parts[0].start]):
            break
        first = not parts
        depth += between.count("(") - between.count(")")
        if first and depth == 1:
            depth = 0  # the list itself stands in brackets
        at = figure.end
        if depth < 0:
            break
        if depth or figure.kind == "%":
            continue
        if figure.kind != whole.kind or figure.of or figure.per or figure.hedged or figure.head not in ("", whole.head):
            break
        parts.append(figure)
    return parts


def _judge(paragraph: Paragraph, whole: Figure, parts: list[Figure]) -> Iterator[Draft]:
    if len(parts) < 2 or whole.value in list(accumulate(p.value for p in parts))[1:]:
        return
    lead = paragraph.text[whole.end : parts[0].start]
    inside = paragraph.text[whole.end : parts[-1].end]
    made = sum((p.value for p in parts), Decimal(0))
    alike = len({p.head for p in parts}) == 1
    timed = all(_PERIOD.search(paragraph.text[max(p.lead, p.start - 50) : p.start]) for p in parts)
    timed = timed and not _ONE_PERIOD.search(paragraph.text[max(whole.start - 40, 0) : whole.start])
    told = _CUE.search(lead) is not None
    if (
        len(lead) > _LONGEST_LEAD
        or not alike
        or made <= max(p.value for p in parts)
        or not (told or timed or _OF_WHICH.search(lead))
    ):
        return
    slip = is_slip(made, whole.value) and (len(parts) >= 3 or timed)
    if (
        _SOME.search(inside)
        or ("riêng" in inside and not timed)
        or not (slip or (told and len(parts) >= 3 and abs(made - whole.value) <= whole.value / 10))
    ):
        return
    terms = " + ".join(amount(p.value, whole) for p in parts)
    message = f"Cộng các phần: {terms} = {amount(made, whole)}, không bằng {amount(whole.value, whole)}."
    yield draft(paragraph, whole.start, parts[-1].end, message, severity=None if slip else "warning", rank=88)


def sum_told_above(report: Report) -> Iterator[Draft]:
    """Three or more of one kind whose sum, but for two digits swapped, is a total told just before."""
    prose = [p for p in report.prose if not report.about_the_future(p)]
    for n, paragraph in enumerate(prose):
        known = [
            f for f in figures(paragraph.text) if f.start >= paragraph.words_start and f.kind in ("count", "money")
        ]
        for row in _rows(paragraph.text, known):
            before = [f for f in near(known, row[0].start) if f.end <= row[0].start]
            above = [
                f for p in prose[max(n - 2, 0) : n] if p.section == paragraph.section for f in figures(p.text)[-20:]
            ]
            totals = [
                f
                for f in (*above, *before)
                if f.kind == row[0].kind and f.head == row[0].head and f.value >= _LEAST_TOTAL
            ]
            made = sum((f.value for f in row), Decimal(0))
            if any(f.value == made for f in totals):
                continue
            for total in totals:
                wrong = [f for f in row if is_swapped(f.value, total.value - (made - f.value))]
                if len(wrong) == 1:
                    right = total.value - (made - wrong[0].value)
                    message = f"Cộng lại được {format_number(made)}, tổng nêu trên là {format_number(total.value)}; có lẽ {wrong[0].written} là {format_number(right)}."
                    yield draft(paragraph, wrong[0].start, wrong[0].end + len(wrong[0].noun) + 1, message, rank=82)
                    break


def _rows(text: str, known: Sequence[Figure]) -> Iterator[list[Figure]]:
    row: list[Figure] = []
    for figure in known:
        joined = row and figure.head == row[-1].head and not re.search(r"[.!?]\s", text[row[-1].end : figure.start])
        if figure.head and not figure.of and joined:
            row.append(figure)
            continue
        if 3 <= len(row) <= _MOST_PARTS:
            yield row
        row = [figure] if figure.head and not figure.of else []
    if 3 <= len(row) <= _MOST_PARTS:
        yield row


RULES = (
    Rule(
        "listed_parts",
        "arithmetic",
        "error",
        "Phép cộng: tổng bằng các phần liệt kê",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        listed_parts,
    ),
    Rule(
        "sum_told_above",
        "arithmetic",
        "error",
        "Phép cộng: các phần và tổng nêu ngay trên",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        sum_told_above,
    ),
)
