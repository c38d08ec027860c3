"""Aims that a report ascribes to a document it cites, against the aims that the document sets (knowledge/topics)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, figures
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft, sentences
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_AIM = re.compile(r"mục tiêu|chỉ tiêu|yêu cầu|đặt ra|phấn đấu|phải đạt", re.I)
_COMMON = frozenset(
    [
        "den",
        "nam",
        "het",
        "cac",
        "cua",
        "va",
        "cho",
        "voi",
        "la",
        "co",
        "duoc",
        "tren",
        "tai",
        "dat",
        "toi",
        "thieu",
        "it",
        "nhat",
        "muc",
        "tieu",
        "ty",
        "le",
        "theo",
    ]
)
_MOST_OF = 0.7


def aims_of_documents(report: Report) -> Iterator[Draft]:
    """ "Nghị quyết 57 đặt mục tiêu đến năm 2030 kinh tế số đạt 40% GDP" where the resolution says 30 %."""
    known = _targets(report)
    cited = [(r["start"], r["resolved"]) for r in report.references if r.get("resolved")]
    for paragraph in report.prose if known and cited else ():
        if not _AIM.search(paragraph.text) or "%" not in paragraph.text:
            continue
        begin, stop = paragraph.whole
        symbols = [(start, symbol) for start, symbol in cited if begin <= start < stop]
        for start, end in sentences(paragraph.text) if symbols else ():
            first, last = paragraph.span(start, end)
            here = {symbol for at, symbol in symbols if first <= at < last}
            if here and _AIM.search(paragraph.text, start, end):
                yield from _judge(paragraph, (start, end), [t for t in known if _symbol(t) in here])


def _targets(report: Report) -> list[Any]:
    """The aims in percent of the topics of this report's type."""
    sections = getattr(report.report_type, "sections", ())
    topics = {use.topic.id: use.topic for section in sections for use in section.topics}
    return [t for topic in topics.values() for t in topic.targets if t.value is not None and "%" in (t.unit or "")]


def _symbol(target: Any) -> str:
    return str(target.basis[0]).partition(",")[0].strip() if target.basis else ""


def _judge(paragraph: Paragraph, sentence: tuple[int, int], targets: list[Any]) -> Iterator[Draft]:
    text = paragraph.text[slice(*sentence)]
    words, years = _words(text), set(re.findall(r"20[2-4]\d", text))
    shares = [f for f in figures(paragraph.text) if f.kind == "%" and sentence[0] <= f.start < sentence[1]]
    for target in targets:
        name = _words(str(target.text))
        year = (re.findall(r"20[2-4]\d", str(target.deadline)) or [""])[0]
        if len(shares) == 1 and len(name & words) >= max(3, _MOST_OF * len(name)) and (not year or year in years):
            yield from _differs(paragraph, shares[0], target)


def _differs(paragraph: Paragraph, share: Figure, target: Any) -> Iterator[Draft]:
    right = Decimal(str(target.value))
    if share.value == right:
        return
    message = f"{target.basis[0]} đặt mục tiêu khác: «{target.text}»; báo cáo ghi {share.written}%."
    yield draft(paragraph, share.start, share.end, message, f"{format_number(right)}%", severity="warning", rank=70)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", fold(text)) if word not in _COMMON)


RULES = (
    Rule(
        "aim_of_document",
        "target_mismatch",
        "warning",
        "Mục tiêu của văn bản được viện dẫn (knowledge/topics)",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        aims_of_documents,
    ),
)
