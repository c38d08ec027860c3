# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Indicators rated in one line against the ratio that the report itself gives for them elsewhere."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, figures
from assistant.check.report import Paragraph, Report
from assistant.check.rules.counts import rating_of
from assistant.check.text_tools import draft, sentences
from assistant.vietnamese.numbers import format_number, format_percent
from assistant.vietnamese.text import fold

_COMMON = frozenset(
    "va cua ve cac theo trong tren tai cho voi la co duoc da so tong tu den nam quy dat muc tieu chi giao ket qua thuc hien ty le hoan thanh chua khong toi thieu tro len it nhat duy tri bao dam xa phuong".split()  # noqa: SIM905
)
_VERDICT = re.compile(r"[:.;,–-]\s*(?:Đã đạt|Đạt|Vượt|Hoàn thành)[^:;]{0,20}$")


def rated_against_ratio(report: Report) -> Iterator[Draft]:
    """ "100% thôn có cáp quang: Đạt" where another place says "cáp quang đến 18/19 thôn"."""
    clauses = [
        (p, f, _words(p.text[start:end]))
        for p in report.prose
        if not report.about_the_future(p) and rating_of(p.text) is None
        for start, end in sentences(p.text)
        for f in figures(p.text)
        if f.of and start <= f.start < end and f.value <= f.of
    ]
    for paragraph in report.prose:
        verdict = _VERDICT.search(paragraph.text)
        if verdict is None or rating_of(paragraph.text) != "đạt" or report.about_the_future(paragraph):
            continue
        told = [f for f in figures(paragraph.text) if f.start >= paragraph.words_start]
        aims = [f for f in told if f.kind == "%"]
        if len(aims) != 1 or any(f.of for f in told) or re.search(r"dưới|không quá|giảm", paragraph.text, re.I):
            continue
        found = _clause(clauses, _words(paragraph.text[: verdict.start()]))
        if found and found[1].value * 100 / (found[1].of or Decimal(1)) < aims[0].value:
            yield _below(report, paragraph, aims[0], *found)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", fold(text)) if word not in _COMMON)


def _clause(
    clauses: list[tuple[Paragraph, Figure, frozenset[str]]], name: frozenset[str]
) -> tuple[Paragraph, Figure] | None:
    """The one clause with a ratio that has all words of the indicator's name."""
    found = [(p, f) for p, f, words in clauses if len(name) >= 3 and name <= words]
    return found[0] if len({(f.value, f.of) for _, f in found}) == 1 else None


def _below(report: Report, paragraph: Paragraph, aim: Figure, place: Paragraph, ratio: Figure) -> Draft:
    share = format_percent(ratio.value * 100 / (ratio.of or Decimal(1)))
    where = report.location(place) or "khác"
    counts = f"{format_number(ratio.value)}/{format_number(ratio.of or Decimal(1))}"
    message = f"Đánh giá «Đạt» với mức {aim.written}%, nhưng mục {where} ghi {counts} = {share}."
    fixed = re.sub(r"(?:Đã đạt|Đạt|Vượt|Hoàn thành)[^:;]*$", f"Chưa đạt ({counts}, {share}).", paragraph.words)
    return draft(paragraph, paragraph.words_start, len(paragraph.text), message, fixed, rank=89)


RULES = (
    Rule(
        "rated_against_ratio",
        "target_mismatch",
        "error",
        "So với số liệu chính báo cáo nêu",
        "3 báo cáo xã, các báo cáo tự viết: 0 báo nhầm",
        rated_against_ratio,
    ),
)
