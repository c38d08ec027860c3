# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""One quantity of the commune with two values, wherever and in whatever words it is named."""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, figures, is_slip
from assistant.check.report import Paragraph, Report
from assistant.check.rules.period_labels import own_period
from assistant.check.text_tools import draft, sentence_at
from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.dates import Period, find_periods
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_KIND = (
    r"(?P<kind>(?:ấp|thôn(?:(?:,| và)? (?:bản|buôn|xóm|tổ dân phố))?|làng|bản|buôn|khóm|khu phố|tổ dân phố|xóm)(?!\w))"
)
_REACH = 170
# what is to be kept is what there is now
_KEPT = re.compile(r"(?:duy trì|củng cố)(?:\s+hoạt động)?(?:\s+của)?\s+$", re.I)
_ELSEWHEN = re.compile(
    r"cùng kỳ|kỳ trước|(?:quý|tháng|năm) trước|so với|lũy kế|tăng từ|giảm từ|giao|kế hoạch|chỉ tiêu|dự kiến|phấn đấu|tháng\s+\d{1,2}\b|đợt|cấp (?:tỉnh|huyện)|toàn tỉnh|lần \d",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Form:
    """What stands before and after a figure that gives the quantity; `of`: its denominator gives it."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    of: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A row of knowledge/check/quantities.yaml."""

    what: str
    words: tuple[str, ...]
    forms: tuple[Form, ...]
    unlike: re.Pattern[str]
    none: re.Pattern[str] | None
    exact: bool
    timeless: bool
    least: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that gives a quantity."""

    value: Decimal
    paragraph: Paragraph
    start: int
    end: int


@functools.cache
def _quantities() -> tuple[Quantity, ...]:
    def pattern(text: str | None, end: str) -> re.Pattern[str] | None:
        if text is None:
            return None
        return re.compile(text.replace("~", r"[^.;:\d]{0,80}?").replace("KIND", _KIND) + end, re.I)

    return tuple(
        Quantity(
            row["what"],
            tuple(row["words"]),
            tuple(
                Form(pattern(f.get("before"), "$"), pattern(f.get("after"), ""), f.get("of", False))
                for f in row["forms"]
            ),
            re.compile(rf"(?:{row['unlike']})", re.I),
            pattern(row.get("none"), ""),
            row.get("exact", False),
            row.get("timeless", False),
            row["least"],
        )
        for row in load_knowledge("check/quantities.yaml")["quantities"]
    )


def one_quantity(report: Report) -> Iterator[Draft]:
    """The most frequent value is taken for right; of two as frequent the first, and that place gets a remark too."""
    own = own_period(report)
    found: dict[tuple[str, bool], list[Mention]] = {}
    for paragraph, text, offset in _lines(report):
        ahead = report.about_the_future(paragraph)
        low = text.lower()
        for quantity in _quantities():
            if any(word in low for word in quantity.words):
                for what, mention in _mentions(paragraph, text, offset, quantity, own):
                    if ahead and not (quantity.timeless and _KEPT.search(paragraph.text[: mention.start])):
                        continue
                    found.setdefault((what, quantity.exact), []).append(mention)
    for (what, exact), mentions in found.items():
        yield from _contradictions(report, what, exact, mentions)


# what is counted stands in the heading: "4.2. Phản ánh, kiến nghị", "- Tiếp nhận: 07"
_BARE = re.compile(r"(?:Tiếp nhận|Phát sinh|Ghi nhận|Tổng số|Số lượng)\s*:?\s*\d")


def _lines(report: Report) -> Iterator[tuple[Paragraph, str, int]]:
    """Paragraphs, and rows of a table that hold a name and one figure, as "name: figure"; where the text of the paragraph begins in the line."""
    for paragraph in report.zone("body", "closing", "appendix"):
        if paragraph.table is None:
            section = report.section_of(paragraph)
            bare = section is not None and not paragraph.heading and _BARE.match(paragraph.words)
            lead = f"{section.heading.rstrip('.:')}: " if section and bare else ""
            yield paragraph, lead + paragraph.text, len(lead)
    for table in report.tables:
        for row in table.rows[1:]:
            name = next((cell for cell in row if re.search(r"[^\W\d_]{2}", cell.text)), None)
            after = [cell for cell in row if name and cell.index > name.index]
            values = [cell for cell in after if len(figures(cell.text)) == 1 and cell.text[:1].isdigit()]
            if name and len(values) == 1:
                lead = f"{name.text.rstrip(':')}: "
                units = [
                    c.text for c in after if c is not values[0] and len(c.text.split()) < 4 and not c.text[:1].isupper()
                ]
                yield values[0], " ".join([lead + values[0].text, *units[:1]]), len(lead)


def _mentions(
    paragraph: Paragraph, text: str, offset: int, quantity: Quantity, own: Period | None
) -> Iterator[tuple[str, Mention]]:
    for match in quantity.none.finditer(text) if quantity.none else ():
        if match.start() >= offset and not _other_time(text[max(match.start() - 60, 0) : match.start()], own):
            yield quantity.what, Mention(Decimal(0), paragraph, match.start() - offset, match.end() - offset)
    for figure in figures(text):
        if figure.hedged or figure.kind != "count":
            continue
        start, _ = sentence_at(text, figure.start)
        before = text[max(start, figure.start - _REACH) : figure.start]
        for form in quantity.forms:
            # "585/588 văn bản đi": what the noun counts is the denominator
            value = figure.of if form.of or (figure.of and form.before is None) else figure.value
            kind = _fits(form, before, text, figure) if value is not None and value >= quantity.least else None
            if value is None or kind is None:
                continue
            if quantity.unlike.search(before[-80:]) or quantity.unlike.match(
                text[figure.end : figure.end + 40].lstrip()
            ):
                break
            if not quantity.timeless and _other_time(before + text[figure.start : figure.end + 20], own):
                break
            yield (
                quantity.what.replace("KIND", kind),
                Mention(
                    value,
                    paragraph,
                    max(figure.start - offset, 0),
                    min(_end(text, figure, form) - offset, len(paragraph.text)),
                ),
            )
            break


def _fits(form: Form, before: str, text: str, figure: Figure) -> str | None:
    """The kind of village named, "" where none is; None where the form does not fit."""
    rest = form.after.match(text, figure.end) if form.after else None
    if form.after and rest is None:
        return None
    lead = form.before.search(before) if form.before else None
    if form.before and lead is None:
        return None
    for match in (lead, rest):
        if match and (kind := match.groupdict().get("kind")):
            return " ".join(re.findall(r"\w+", fold(kind)))
    return ""


def _end(text: str, figure: Figure, form: Form) -> int:
    rest = form.after.match(text, figure.end) if form.after else None
    return rest.end() if rest else figure.end


def _other_time(words: str, own: Period | None) -> bool:
    """Whether a figure is told of another time than the period of the report."""
    if _ELSEWHEN.search(words):
        return True
    return any(
        own is None or (p.kind, p.number) != (own.kind, own.number) or p.year not in (None, own.year)
        for p in find_periods(words)
    )


def _contradictions(report: Report, what: str, exact: bool, mentions: list[Mention]) -> Iterator[Draft]:
    counts = Counter(mention.value for mention in mentions)
    usual = max(counts, key=lambda value: counts[value])
    first = next(mention for mention in mentions if mention.value == usual)
    remarked = False
    for mention in mentions:
        one_is_none = not mention.value or not usual
        if mention.value == usual or not (exact or one_is_none or is_slip(mention.value, usual)):
            continue
        there, here = format_number(usual), format_number(mention.value)
        message = f"Số {what} ở đây là {here}, ở mục {_place(report, first)} là {there}; thống nhất một số."
        yield draft(mention.paragraph, mention.start, mention.end, message, rank=69)
        if counts[usual] == counts[mention.value] and not remarked:
            remarked = True
            back = f"Số {what} ở đây là {there}, ở mục {_place(report, mention)} là {here}."
            yield draft(first.paragraph, first.start, first.end, back, severity="info", rank=40)


def _place(report: Report, mention: Mention) -> str:
    if mention.paragraph.zone == "appendix":
        return "phụ lục"
    return report.location(mention.paragraph) or "mở đầu"


RULES = (
    Rule(
        "one_quantity",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo (knowledge/check/quantities.yaml)",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        one_quantity,
    ),
)
