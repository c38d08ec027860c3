"""A report's own number and date, which are no references: "Số: 15/BC-UBND", "Suối Mơ, ngày 05 tháng 10 năm 2025"."""

import re
from collections.abc import Iterator

from assistant.legal.dates_beside import date_beside
from assistant.legal.models import SelfReference, Span
from assistant.legal.prepared import PreparedText, squeeze
from assistant.legal.symbols import parse_symbol

_HEADER = 2500  # code points from the start in which a document's own header stands
_OPEN_NUMBER = r"[\s.…_]{0,40}"
_NUMBER = re.compile(
    rf"(?:^|\n|\t|\|)[^\S\n]*(?P<all>số[^\S\n]*:?[^\S\n]*(?P<number>\d{{0,5}}){_OPEN_NUMBER}[-/]\s?(?P<rest>[a-zđ&]{{1,6}}[-/][a-zđ&\d]{{1,14}}(?:-[a-zđ&\d]{{1,14}})?))"
)
_OWN_LAW = re.compile(
    r"(?:^|\n|\t|\|)[^\S\n]*(?P<all>(?:luật|nghị\s+quyết|pháp\s+lệnh)\s+số\s*:\s*(?P<symbol>\d{1,4}/\d{4}/[a-z]+\d{2}))"
)
_EMPTY = re.compile(
    r"(?<!\w)(?P<all>(?P<type>báo\s+cáo|kế\s+hoạch|quyết\s+định|tờ\s+trình|công\s+văn|thông\s+báo)\s+số\s*:?[\s.…_]{2,40}[-/]\s?(?P<rest>[a-zđ&]{1,6}[-/][a-zđ&\d]{1,14})"
    r"(?P<date>\s*,?\s*ngày[\s.…_]{1,20}(?:/|tháng)[\s.…_\d]{0,10}(?:/|năm)\s*\d{4})?)"
)
_PLACE_DATE = re.compile(
    r"(?:^|\n|\s{2,}|\t|\||[a-zđ]\s)(?P<all>(?P<place>[^\n,;:|]{2,40}?)\s*,\s*ngày(?P<day>[\s.…_]{0,20}|\s+\d{1,2}\s+)tháng(?P<month>[\s.…_]{0,20}|\s+\d{1,2}\s+)năm\s*(?P<year>\d{4}|20\d?[.…_\s]+))"
)


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
    for match in _OWN_LAW.finditer(prepared.low, 0, _HEADER):
        yield Span(*match.span("all")), prepared.text[match.start("symbol") : match.end("symbol")]
    for match in _EMPTY.finditer(prepared.low):
        if match["type"].split() != ["báo", "cáo"]:
            continue
        yield Span(*match.span("all")), "/" + prepared.text[match.start("rest") : match.end("rest")]


def own_references(prepared: PreparedText) -> list[SelfReference]:
    """The number and date of the text itself, with every place where they stand."""
    found: list[SelfReference] = []
    for span, value in _number_mentions(prepared):
        found.append(_make(prepared, "number", span, value))
    match = _PLACE_DATE.search(prepared.low, 0, _HEADER)
    if match:
        start = match.start("place")
        place = prepared.text[start : match.end("place")]
        # the number may stand on the same line before the place: keep the capitalised words right before the comma
        tail = re.search(r"(?:(?:^|\s)[^\W\d_]+){1,5}$", place)
        if tail and tail.group().strip()[:1].isupper():
            start += tail.start() + len(tail.group()) - len(tail.group().lstrip())
            while (
                cut := re.match(r"(?:[A-ZĐ&/\-]{2,}[\w/\-]*)\s+", prepared.text[start : match.end("place")])
            ) and len(cut.group()) < match.end("place") - start:
                start += cut.end()
        beside = date_beside(prepared.low, prepared.low.index("ngày", match.end("place")))
        day = beside.value.isoformat() if beside and beside.value else None
        found.append(_make(prepared, "date", Span(start, match.end("all")), day))
    return sorted(found, key=lambda own: own.start)


def _make(prepared: PreparedText, kind: str, span: Span, value: str | None) -> SelfReference:
    start, end = prepared.original(span)
    text = squeeze(prepared.text[span.start : span.end])
    return SelfReference("number" if kind == "number" else "date", text, start, end, value)
