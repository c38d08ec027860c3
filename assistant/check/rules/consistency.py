# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""One quantity with two values, cumulative figures below the period's, and claims that the report itself takes back."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.facts import Fact, facts_of
from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, draft, number
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_VILLAGE_SHARE = re.compile(
    r"(?<![\w/.,-])(?P<a>\d{1,3})\s?/\s?(?P<b>\d{1,3})\s+(?P<what>ấp|thôn(?:,? bản)?|làng|bản|buôn|khóm|khu phố|tổ dân phố|xóm|trường học|trường)\b"
)


def denominators(report: Report) -> Iterator[Draft]:
    """ "21/21 ấp" in one place and "20/20 ấp" in another."""
    found: dict[str, list[tuple[str, Paragraph, re.Match[str]]]] = {}
    for paragraph in report.zone("body", "closing"):
        for match in _VILLAGE_SHARE.finditer(paragraph.text):
            found.setdefault(fold(match["what"]).replace(",", ""), []).append(
                (match["b"].lstrip("0"), paragraph, match)
            )
    for rows in found.values():
        values = [row[0] for row in rows]
        usual = max(dict.fromkeys(values), key=values.count)  # of two as frequent, the one that came first
        for value, paragraph, match in rows:
            if (
                value != usual
                and values.count(usual) >= values.count(value)
                and values.index(value) > values.index(usual)
            ):
                yield draft(
                    paragraph,
                    *match.span(),
                    f"Tổng số {match['what']} ở đây là {match['b']}, chỗ khác là {usual}.",
                    rank=67,
                )


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


_TEAMS = re.compile(
    rf"(?P<n>{COUNT})\s+(?:Tổ|tổ)\s+(?:[Cc]ông nghệ số cộng đồng|CNSCĐ)|(?:Tổ|tổ)\s+(?:[Cc]ông nghệ số cộng đồng|CNSCĐ)[^.;%]{{0,80}}?\b(?:có|gồm|với|thành lập|kiện toàn|duy trì)\s+(?P<n2>{COUNT})\s+tổ\b"
)
_MEMBERS = re.compile(rf"(?:Tổ|tổ)\s+(?:[Cc]ông nghệ số cộng đồng|CNSCĐ)[^.;]{{0,160}}?(?P<n>{COUNT})\s+thành viên")


def team_counts(report: Report) -> Iterator[Draft]:
    """The number of community digital teams, and of their members, wherever they are named."""
    for pattern, what, least in (
        (_TEAMS, "tổ công nghệ số cộng đồng", 2),
        (_MEMBERS, "thành viên tổ công nghệ số cộng đồng", 9),
    ):
        seen: tuple[Decimal, Paragraph] | None = None
        for paragraph in report.zone("body", "appendix"):
            if report.about_the_future(paragraph):
                continue
            for match in pattern.finditer(paragraph.text):
                value = number(match["n"] or match.groupdict().get("n2") or "0")
                lead = paragraph.text[max(match.start() - 30, 0) : match.start()]
                if value < least or re.search(r"mỗi|thêm|mới|tăng|giảm|ít nhất|tối thiểu", lead + match.group()):
                    continue
                if seen is None:
                    seen = (value, paragraph)
                elif value != seen[0]:
                    yield draft(
                        paragraph,
                        *match.span(),
                        f"Số {what} ở đây là {format_number(value)}, ở mục {report.location(seen[1]) or 'trên'} là {format_number(seen[0])}.",
                        rank=69,
                    )


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
        "denominator",
        "inconsistent_figure",
        "warning",
        "Một xã có một tổng số thôn, ấp",
        "3 báo cáo xã: 0 báo nhầm",
        denominators,
    ),
    Rule(
        "two_values",
        "inconsistent_figure",
        "warning",
        "Cùng tên chỉ tiêu, cùng đơn vị tính",
        "3 báo cáo xã: 0 báo nhầm",
        two_values,
    ),
    Rule(
        "team_count",
        "inconsistent_figure",
        "warning",
        "Cùng một tổ chức của xã",
        "3 báo cáo xã: 0 báo nhầm",
        team_counts,
    ),
)
