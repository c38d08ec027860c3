"""Form rules that the text itself shows: capitals, dates, spaces, lines of recipients and signature."""

import functools
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from assistant.check.model import Category, Draft, Rule
from assistant.check.report import Report
from assistant.check.text_tools import draft
from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.dates import QUARTERS, find_dates

_REORGANISED = date(2025, 3, 1)


@functools.cache
def form() -> dict[str, Any]:
    """knowledge/check/form.yaml."""
    data: dict[str, Any] = load_knowledge("check/form.yaml")
    return data


@functools.cache
def _words() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    return tuple((re.compile(row["pattern"]), row) for row in form()["words"])


def wording(report: Report) -> Iterator[Draft]:
    """Each pattern of the checklist; of one that occurs often the first three places."""
    for pattern, row in _words():
        told = 0
        for paragraph in report.paragraphs:
            if paragraph.zone == "head" and paragraph.text.isupper():
                continue
            for match in pattern.finditer(paragraph.text):
                right = _right(row["right"], match)
                if told == 3 or right == match.group():
                    break
                told += 1
                start, end = _visible(paragraph.text, *match.span())
                fixed = paragraph.text[start : match.start()] + right + paragraph.text[match.end() : end]
                category = _CATEGORIES.get(row["id"][:7])
                yield draft(
                    paragraph, start, end, f"{row['what']}. ({row['source']})", fixed, category=category, rank=8
                )


_CATEGORIES: dict[str, Category] = {"BODY-16": "spelling", "LANG-04": "style"}


def _visible(text: str, start: int, end: int) -> tuple[int, int]:
    """At least a word of the text, so that a space or a mark can be seen."""
    if re.search(r"\w\w", text[start:end]):
        return start, end
    before = re.search(r"[^\s]*\s*$", text[:start])
    after = re.match(r"\s*[^\s]*", text[end:])
    return (before.start() if before else start), end + (after.end() if after else 0)


def _right(form_: str, match: re.Match[str]) -> str:
    written = match.group()
    match form_:
        case "@lower":
            return written[0].lower() + written[1:]
        case "@capital":
            return written[0].upper() + written[1:]
        case "@tight":
            return written.strip()
        case "@space":
            return written + " "
        case "@quarter":
            return f"{match.group(1)}uý {QUARTERS[int(match.group(2)) - 1]}"
    return match.expand(form_)


def lines(report: Report) -> Iterator[Draft]:
    """The lines of head, closing, recipients and signature."""
    party = any("ĐẢNG" in p.text for p in report.zone("head"))
    for row in form()["paragraphs"]:
        paragraphs = report.zone(row["zone"])
        if row.get("last"):
            paragraphs = paragraphs[-1:]
        if row.get("unless_unit") and party:
            continue
        for paragraph in paragraphs:
            text = paragraph.text.strip()
            if not text or (row.get("when") and not re.search(row["when"], text)):
                continue
            wrong = not re.search(row["must"], text) if row.get("must") else bool(re.search(row["not"], text))
            if wrong:
                begin = max(0, len(paragraph.text) - 60) if row.get("last") else 0
                end = len(paragraph.text) if row.get("last") else min(len(paragraph.text), 80)
                yield draft(paragraph, begin, end, f"{row['what']}. ({row['source']})", rank=9)
                break


def ended_bodies(report: Report) -> Iterator[Draft]:
    """A department of before the reorganisation of 2025 as if it still existed."""
    if report.report_date < _REORGANISED:
        return
    for old, new in form()["ended_bodies"].items():
        for paragraph in report.prose:
            at = paragraph.text.find(old)
            if at < 0:
                continue
            around = paragraph.text[max(at - 150, 0) : at + len(old) + 30]
            dates = [d.value for d in find_dates(around) if d.value]
            if re.search(r"\(cũ\)|trước đây|hợp nhất|sáp nhập|\bcũ\b", around) or any(d < _REORGANISED for d in dates):
                continue
            yield draft(
                paragraph,
                at,
                at + len(old),
                f"{old} đã kết thúc hoạt động; việc này nay thuộc {new}.",
                new,
                category="wrong_issuer",
                severity="warning",
                rank=60,
            )


RULES = (
    Rule(
        "form_words",
        "format",
        "info",
        "Nghị định 30/2020/NĐ-CP, Phụ lục II (knowledge/check/form.yaml)",
        "3 báo cáo xã",
        wording,
    ),
    Rule(
        "form_lines",
        "format",
        "info",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I (knowledge/check/form.yaml)",
        "3 báo cáo xã",
        lines,
    ),
    Rule(
        "ended_body",
        "wrong_issuer",
        "warning",
        "Sắp xếp tổ chức bộ máy năm 2025",
        "3 báo cáo xã: 0 báo nhầm; 15 văn bản trung ương và tỉnh (108.000 từ): 10 báo nhầm ở văn bản ra trước năm 2025",
        ended_bodies,
    ),
)
