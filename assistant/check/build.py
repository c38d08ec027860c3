"""Build a `Report` from the text of a file."""

import calendar
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.check.reading.flat import Flat, flatten
from assistant.check.reading.labels import Label, read_label
from assistant.check.reading.outline import outline
from assistant.check.reading.paragraphs import full_width, group, lines_of, without_page_numbers
from assistant.check.reading.rows import Grid, aligned, grids
from assistant.check.reading.zones import Zone, zones_of
from assistant.check.report import Paragraph, Report, Table, Unit
from assistant.library.models import Block, SourceDocument
from assistant.vietnamese.dates import find_periods, make_date
from assistant.vietnamese.places import current_province
from assistant.vietnamese.text import MappedText

Piece = tuple[Flat, tuple[int, int, int] | None, bool | None]
_HARD_WRAPPED = frozenset({"txt", "pdf", "doc", "md"})


def build_report(source: SourceDocument, *, report_date: date | None = None, today: date | None = None) -> Report:
    """Read the structure of `source`.

    Args:
        report_date: the day at which the report is judged; None takes the report's own, else the end of the month or
            period it names, else `today`.
    """
    mapped = MappedText.of(source.text)
    pieces = list(_pieces(source, mapped))
    zones = zones_of([flat.text for flat, _, _ in pieces], [table is not None for _, table, _ in pieces])
    labels = [
        read_label(flat.text) if zone in ("body", "appendix") and table is None else None
        for (flat, table, _), zone in zip(pieces, zones, strict=True)
    ]
    sections, of_paragraph, headings = outline(
        [flat.text for flat, _, _ in pieces], labels, zones, [styled for _, _, styled in pieces]
    )
    paragraphs = tuple(
        Paragraph(i, flat, zone, label, headings[i], of_paragraph[i], table, label.end if label else 0)
        for i, ((flat, table, _), zone, label) in enumerate(zip(pieces, zones, labels, strict=True))
    )
    title, title_span = _title(paragraphs)
    periods = find_periods(title)
    own = _own_date(paragraphs)
    day = report_date or own or _end_of_period(title) or _latest_date(source.text) or today or date.today()
    return Report(
        source=source,
        paragraphs=paragraphs,
        sections=sections,
        tables=_tables(paragraphs),
        title=title,
        title_span=title_span,
        period=periods[0] if periods else None,
        unit=find_unit(paragraphs),
        report_date=day,
        dated=report_date is not None or own is not None,
    )


def _pieces(source: SourceDocument, mapped: MappedText) -> Iterator[Piece]:
    """Paragraphs and cells in reading order."""
    wrapped = source.format in _HARD_WRAPPED
    if wrapped and not any(block.cells for block in source.blocks):
        yield from _lines(mapped, 0, len(mapped.text), _Tables())
        return
    to_nfc, tables = _Inverse(mapped), _Tables()
    run: list[Block] = []
    for kind, blocks in itertools.groupby(source.blocks, key=lambda block: (block.kind == "row", block.table)):
        for block in blocks if not kind[0] else ():
            if block.kind in ("noise", "heading") or not wrapped:
                yield from _wrapped(run, mapped, to_nfc, tables)
                run = []
            if wrapped and block.kind not in ("noise", "heading"):
                run.append(block)
            elif block.kind != "noise":
                flat = flatten(mapped, [to_nfc.span(block.start, block.end)])
                if flat.text:
                    yield flat, None, True if block.kind == "heading" else None
        if kind[0]:
            yield from _wrapped(run, mapped, to_nfc, tables)
            run = []
            yield from _rows(list(blocks), mapped, to_nfc, tables, wrapped)
    yield from _wrapped(run, mapped, to_nfc, tables)


class _Tables:
    """Numbers the tables of a report in reading order."""

    def __init__(self) -> None:
        self._next = 0

    def new(self) -> int:
        self._next += 1
        return self._next - 1


def _rows(
    blocks: Sequence[Block], mapped: MappedText, to_nfc: "_Inverse", tables: _Tables, wrapped: bool
) -> Iterator[Piece]:
    """The cells of one table; in plain text a row that leaves cells out is moved under its columns."""
    table = tables.new()
    texts = [[cell.text for cell in block.cells] for block in blocks]
    moves = aligned(texts) if wrapped else [0] * len(texts)
    for block, move in zip(blocks, moves, strict=True):
        for cell in block.cells:
            flat = flatten(mapped, [to_nfc.span(cell.start, cell.end)])
            if flat.text:
                yield flat, (table, block.row or 0, cell.column + move), False


def _wrapped(run: Sequence[Block], mapped: MappedText, to_nfc: "_Inverse", tables: _Tables) -> Iterator[Piece]:
    if run:
        yield from _lines(mapped, *to_nfc.span(run[0].start, run[-1].end), tables)


def _lines(mapped: MappedText, start: int, end: int, tables: _Tables) -> Iterator[Piece]:
    """Lines put together into paragraphs, and what is left of tables among them."""
    lines = lines_of(mapped.text, start, end)
    found = grids(lines)
    prose = [line for line, inside in zip(lines, _inside(found, len(lines)), strict=True) if not inside]
    width = full_width(without_page_numbers(prose))
    at = 0
    for grid in [*found, None]:
        stop = grid.first if grid else len(lines)
        for one in group(without_page_numbers(lines[at:stop]), width):
            yield flatten(mapped, [(line.start, line.end) for line in one]), None, None
        if grid:
            table, at = tables.new(), grid.last
            for cell in grid.cells:
                yield flatten(mapped, [cell.span]), (table, cell.row, cell.column), False


def _inside(found: Sequence[Grid], length: int) -> list[bool]:
    inside = [False] * length
    for grid in found:
        inside[grid.first : grid.last] = [True] * (grid.last - grid.first)
    return inside


class _Inverse:
    """From offsets in the original text to offsets in its NFC form."""

    def __init__(self, mapped: MappedText) -> None:
        self._offsets = mapped.offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        if not self._offsets:
            return start, end
        from bisect import bisect_left

        return bisect_left(self._offsets, start), bisect_left(self._offsets, end)


def _tables(paragraphs: Sequence[Paragraph]) -> tuple[Table, ...]:
    rows: dict[int, dict[int, list[Paragraph]]] = {}
    for paragraph in paragraphs:
        if paragraph.table:
            table, row, _ = paragraph.table
            rows.setdefault(table, {}).setdefault(row, []).append(paragraph)
    return tuple(
        Table(index, tuple(tuple(cells) for _, cells in sorted(by_row.items())))
        for index, by_row in sorted(rows.items())
    )


_TITLE_LINE = re.compile(r"BÁO CÁO\b\s*")


def _title(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[int, int] | None]:
    """The words under "BÁO CÁO"."""
    head = [p for p in paragraphs if p.zone == "head"]
    for i, paragraph in enumerate(head):
        if match := _TITLE_LINE.match(paragraph.text):
            rest = paragraph.text[match.end() :]
            lines = [rest] if rest else []
            last = paragraph
            for following in head[i + 1 :]:
                if following.text.startswith(("Kính gửi", "Căn cứ", "Thực hiện", "Số:", "-")):
                    break
                lines.append(following.text)
                last = following
            if lines:
                return " ".join(lines), (paragraph.whole[0], last.whole[1])
    return "", None


_OWN_DATE = re.compile(r"ngày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{0,2})[\s.…]*năm\s*(?P<y>\d{4})")


def _own_date(paragraphs: Sequence[Paragraph]) -> date | None:
    """The date of the place-and-date line; the end of its month where the day is open."""
    for paragraph in paragraphs:
        if paragraph.zone != "head":
            break
        match = _OWN_DATE.search(paragraph.text)
        if match and "," in paragraph.text[: match.start()] and match["m"]:
            year, month = int(match["y"]), int(match["m"])
            if match["d"]:
                return make_date(year, month, int(match["d"]))
            return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
    return None


def _end_of_period(title: str) -> date | None:
    for period in find_periods(title):
        bounds = period.bounds()
        if bounds:
            return bounds[1]
    years = re.findall(r"năm (20\d\d)", title)
    return date(int(years[0]), 12, 31) if years else None


def _latest_date(text: str) -> date | None:
    """The end of the year of the latest date named: what a report without head or period can at least be."""
    years = [int(year) for year in re.findall(r"\d{1,2}/\d{1,2}/(20\d\d)\b", text)]
    return date(max(years), 12, 31) if years else None


_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
NAME = rf"[{_UPPER}][^\W\d_]*(?:\s[{_UPPER}][^\W\d_]*){{0,3}}(?:\s\d{{1,2}})?"
_OWN_UNIT = re.compile(rf"\b(?P<kind>[Xx]ã|[Pp]hường|[Đđ]ặc khu)\s+(?P<name>{NAME})")
_PROVINCE = re.compile(rf"\b(?:tỉnh|thành phố)\s+(?P<name>{NAME})")
_HEAD_UNIT = re.compile(
    rf"\b(?P<kind>XÃ(?! HỘI CHỦ)|PHƯỜNG|ĐẶC KHU)\s+(?P<name>[{_UPPER}]+(?:\s[{_UPPER}]+){{0,3}}|\d{{1,2}})(?!\w)"
)


def find_unit(paragraphs: Sequence[Paragraph]) -> Unit:
    """The commune that reports: from the letterhead, else the one named most often in title, opening and closing."""
    kind = name = ""
    for paragraph in paragraphs:
        if paragraph.zone == "head" and (match := _HEAD_UNIT.search(paragraph.text)):
            kind, name = match["kind"].lower(), match["name"].title()
            break
    names: Counter[tuple[str, str]] = Counter()
    provinces: Counter[str] = Counter()
    for paragraph in paragraphs:
        for match in _OWN_UNIT.finditer(paragraph.text):
            weight = 3 if paragraph.zone in ("head", "closing") else 1
            names[match["kind"].lower(), match["name"]] += weight
        for match in _PROVINCE.finditer(paragraph.text):
            province = current_province(match["name"]) or current_province(" ".join(match["name"].split()[:2]))
            if province:
                provinces[province] += 3 if paragraph.zone == "head" else 1
    if not name and names:
        (kind, name), _ = names.most_common(1)[0]
    return Unit(kind, name, provinces.most_common(1)[0][0] if provinces else "")


__all__ = ["NAME", "Label", "Zone", "build_report", "find_unit"]
