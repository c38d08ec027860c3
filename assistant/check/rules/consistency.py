# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""One quantity with two values, cumulative figures below the period's, and claims that the report itself takes back."""

import re
from collections.abc import Iterator

from assistant.check.facts import Fact, facts_of
from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, draft, number
from assistant.vietnamese.text import fold


def two_values(report: Report) -> Iterator[Draft]:
    """The same words with the same unit and two values, in the text, an appendix or a table."""
    first: dict[str, Fact] = {}
    for fact in facts_of(report):
        if len(fact.key.split()) < 4 or report.about_the_future(fact.paragraph):
            continue
        other = first.setdefault(fact.key, fact)
        if other.value == fact.value or (other.unit and fact.unit and other.unit != fact.unit):
            continue
        if _same_place(other, fact) or ("%" in (other.unit + fact.unit) and other.unit != fact.unit):
            continue
        where = _place_of(report, other)
        phrase = fact.paragraph.text[fact.start : fact.end]
        message = f"Cùng «{fact.what}» nhưng {where} ghi {other.written}, ở đây ghi {fact.written}."
        yield draft(fact.paragraph, fact.start, fact.end, message, phrase.replace(fact.written, other.written), rank=70)


def _same_place(a: Fact, b: Fact) -> bool:
    """Two rows of one table, or two items of one section, may bear one name."""
    if a.paragraph.table and b.paragraph.table:
        return a.paragraph.table[0] == b.paragraph.table[0]
    return a.paragraph.table is None and b.paragraph.table is None and a.paragraph.section == b.paragraph.section


def _place_of(report: Report, fact: Fact) -> str:
    if fact.paragraph.table:
        return f"bảng {fact.paragraph.table[0] + 1}"
    return f"mục {report.location(fact.paragraph) or 'trên'}"


_EVENT = re.compile(
    rf"(?P<n>{COUNT})\s+(?P<what>(?:lớp|buổi|hội nghị|cuộc|đợt)(?:\s[^\W\d_]+){{1,6}}?)\s+(?:với|cho|thu hút|có|với sự tham gia của)\s+(?P<m>{COUNT})\s+"
    r"(?P<unit>lượt người|lượt|người|học viên|đại biểu)"
)


def events(report: Report) -> Iterator[Draft]:
    """The same number of the same meetings with two attendances."""
    seen: dict[tuple[str, str], tuple[str, Paragraph]] = {}
    for paragraph in report.prose:
        for match in _EVENT.finditer(paragraph.text):
            key = (match["n"], fold(match["what"]))
            written, where = seen.setdefault(key, (match["m"], paragraph))
            if number(written) != number(match["m"]) and where is not paragraph:
                message = f"Cùng {match['n']} {match['what']} nhưng mục {report.location(where) or 'trên'} ghi {written} {match['unit']}."
                yield draft(
                    paragraph, match.start(), match.end(), message, match.group().replace(match["m"], written), rank=68
                )


RULES = (
    Rule("events", "inconsistent_figure", "warning", "Hai chỗ của chính báo cáo", "3 báo cáo xã: 0 báo nhầm", events),
    Rule(
        "two_values",
        "inconsistent_figure",
        "warning",
        "Cùng tên chỉ tiêu, cùng đơn vị tính",
        "3 báo cáo xã: 0 báo nhầm",
        two_values,
    ),
)
