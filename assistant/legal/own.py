"""A report's own number and date, which are no references: "Số: 15/BC-UBND", "Suối Mơ, ngày 05 tháng 10 năm 2025"."""

import re
from collections.abc import Iterator

from assistant.legal.dates_beside import date_beside
from assistant.legal.models import SelfReference, Span
from assistant.legal.prepared import PreparedText, squeeze
from assistant.legal.symbols import parse_symbol

_HEADER = 2500  # code points from the start in which a document's own header stands
_LAW_HEADER = 600  # the same for "Luật số:", which a law cites in its body too
_OPEN_NUMBER = r"[\s.…_]{0,40}"
_NUMBER = re.compile(
    rf"(?:^|\n|\t|\|)[^\S\n]*(?P<all>số[^\S\n]*:?[^\S\n]*(?P<number>\d{{0,5}}){_OPEN_NUMBER}[-/]\s?(?P<rest>[a-zđ&]{{1,6}}[-/][a-zđ&\d]{{1,14}}(?:-[a-zđ&\d]{{1,14}})?))"
)
_OWN_LAW = re.compile(
    r"(?:^|\s|\|)(?P<all>(?:luật|nghị\s+quyết|pháp\s+lệnh)\s+số\s*:\s*(?P<symbol>\d{1,4}/\d{4}/[a-z]+\d{2}))"
)
_EMPTY = re.compile(
    r"(?<!\w)(?P<all>(?P<type>báo\s+cáo|kế\s+hoạch|quyết\s+định|tờ\s+trình|công\s+văn|thông\s+báo)\s+số\s*:?[\s.…_]{2,40}[-/]\s?(?P<rest>[a-zđ&]{1,6}[-/][a-zđ&\d]{1,14})"
    r"(?P<date>\s*,?\s*ngày[\s.…_]{1,20}(?:/|tháng)[\s.…_\d]{0,10}(?:/|năm)\s*\d{4})?)"
)
# "Suối Mơ, ngày 05 tháng 10 năm 2025": capitalised words at the start of a line or column; the day may still be open
_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\W\d_]*\.?(?:[^\S\n][^\W\d_]+){0,7}|[^\W\d_]+[^\S\n]+\d{1,2})[^\S\n]*,\s*"
    r"ngày(?P<day>[\s.…_]{0,20}|\s+\d{1,2}\s+)tháng(?P<month>[\s.…_]{0,20}|\s+\d{1,2}\s+)năm\s*(?P<year>\d{4}|20\d?[.…_\s]+)"
)
_COLUMN_START = re.compile(r"(?:^|\n|\t|\||[^\S\n]{2,})[^\S\n]*$")


def _number_mentions(prepared: PreparedText) -> Iterator[tuple[Span, str]]:
    for match in _NUMBER.finditer(prepared.low, 0, _HEADER):
        if not prepared.text[match.start("all")].isupper():  # "… Kế hoạch⏎số 246/KH-UBND": a mention broken over a line
            continue
        written = prepared.text[match.start("rest") : match.end("rest")]
        value = f"{match['number']}/{written}" if match["number"] else f"/{written}"
        if match["number"]:
            symbol = parse_symbol(squeeze(prepared.text[match.start("number") : match.end()]))
            value = symbol.text if symbol else value
        yield Span(*match.span("all")), value
    for match in _OWN_LAW.finditer(prepared.low, 0, _LAW_HEADER):
        if "hạnh phúc" not in prepared.low[max(0, match.start() - 200) : match.start()]:
            continue  # no letterhead before it: a report may cite "Nghị quyết số: 193/2025/QH15" early on
        yield Span(*match.span("all")), prepared.text[match.start("symbol") : match.end("symbol")]
    for match in _EMPTY.finditer(prepared.low):
        if match["type"].split() != ["báo", "cáo"]:
            continue
        yield Span(*match.span("all")), "/" + prepared.text[match.start("rest") : match.end("rest")]


def own_references(prepared: PreparedText) -> list[SelfReference]:
    """The number and date of the text itself, with every place where they stand."""
    numbers = list(_number_mentions(prepared))
    found = [_make(prepared, "number", span, value) for span, value in numbers]
    dated = _place_and_date(prepared, {span.end for span, _ in numbers})
    if dated:
        found.append(_make(prepared, "date", *dated))
    return sorted(found, key=lambda own: own.start)


def _place_and_date(prepared: PreparedText, number_ends: set[int]) -> tuple[Span, str | None] | None:
    """The span of "place, date" in the header and the date, None while it is open."""
    for match in _PLACE_DATE.finditer(prepared.low, 0, _HEADER):
        floor = max((end for end in number_ends if end <= match.end("place")), default=0)
        begin = max(match.start(), floor)
        words = list(re.finditer(r"\S+", prepared.text[begin : match.end("place")]))
        first = len(words)
        while first and (words[first - 1].group()[0].isupper() or words[first - 1].group().isdigit()):
            first -= 1
        if first == len(words):
            continue
        start = begin + words[first].start()
        before = prepared.text[:start]
        if not _COLUMN_START.search(before[-80:]) and len(before.rstrip()) not in number_ends:
            continue
        beside = date_beside(prepared.low, prepared.low.index("ngày", match.end("place")))
        day = beside.value.isoformat() if beside and beside.value else None
        return Span(start, match.end()), day
    return None


def _make(prepared: PreparedText, kind: str, span: Span, value: str | None) -> SelfReference:
    start, end = prepared.original(span)
    text = squeeze(prepared.text[span.start : span.end])
    return SelfReference("number" if kind == "number" else "date", text, start, end, value)
