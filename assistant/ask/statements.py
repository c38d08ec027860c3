"""Passages cut into statements: clauses of running text, and table rows with their headers."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.ask.question import UPPER, spell_out
from assistant.library.models import Passage
from assistant.vietnamese.tokens import folded_syllables, syllables

# a sentence ends before a capital or a list mark; abbreviations of one letter do not end it
# or a figure with what it counts ("… nguồn gốc. 186 hộ")
_END = re.compile(rf"(?<=[^\s.][.!?…])\s+(?=[“\"(\[{UPPER}+*-]|\d[\d.,/]*%?\s[^\W\d_])|;\s+|\n+")
_LEAST = 12
# rows of a table that the source has run together on one line: "… | Bộ Tài chính 2 | Tỷ lệ … | % | 80"
_NEXT_ROW = re.compile(r"(?<=[^\s|≥≤><=])\s(?=\d{1,3}(?:\.\d+)*\.? \| [^\d\s])")


@dataclass(frozen=True, slots=True)
class StatementSpan:
    """One statement of a passage.

    Attributes:
        passage: where it stands.
        start, end: code point span in the passage's text.
        words: folded syllables, abbreviations written out.
        context: folded syllables of its headings, its lead-in (the line before a list) or the table's header.
        header: heads of the columns, joined by " | ", for a row of a table.
        marks: syllables with their accents, its own and those of its context.
        under: the line that a list it belongs to stands under ("- Giai đoạn 2025-2027", "1. Bộ Tài chính").
    """

    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]
    context: tuple[str, ...]
    header: str = ""
    marks: frozenset[str] = frozenset()
    under: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.passage.kind == "table" or " | " in self.text

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def row_text(span: StatementSpan) -> str:
    """A row of a table as an officer reads it: each cell under its head; with the caption where one stands above."""
    heads, cells = span.header.split(" | "), span.text.split(" | ")
    if not span.header or len(heads) != len(cells):
        return span.text.replace(" | ", " ")
    pairs = [
        f"{head.strip()}: {cell.strip()}"
        for head, cell in zip(heads, cells, strict=True)
        if cell.strip() and head.strip().lower() not in ("tt", "stt", "số tt")
    ]
    caption = _CAPTION.findall(span.passage.text[: span.start])
    return "; ".join(pairs) + (f" ({caption[-1].strip()})" if caption else "")


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-–]\s*(20\d\d)(?!\d)")
_LONGEST_PERIOD = 8


def years_of(span: StatementSpan) -> set[int]:
    """The years a statement names; "đến năm 2045" in the heading says of which year it is where it does not."""
    above = " ".join(heading.text for heading in span.passage.path[-2:])
    text = next((text for text in (span.text, span.under, above) if _YEAR.search(text)), "")
    periods = ((int(start), int(end)) for start, end in _YEARS.findall(text))
    return {int(year) for year in _YEAR.findall(text)} | {y for start, end in periods for y in range(start, end)}


def period_above(span: StatementSpan) -> str:
    """The heading or line that says of which years a statement is, where it does not say so itself; else empty."""
    if _YEAR.search(span.text):
        return ""
    above = [span.under, *(heading.title for heading in reversed(span.passage.path[-2:]))]
    dated = (text.strip(" :.") for text in above if _YEAR.search(text) and len(text.split()) <= _LONGEST_PERIOD)
    return next(dated, "")


# words that are quoted at most: of a list, of a statement that is asked for in words
LONGEST_LIST, LONGEST_QUOTE = 130, 150


_ITEM = re.compile(r"\s*(?:[a-zđ]\)|[-+•*]|\d{1,2}[.)])\s+")


def whole_list(span: StatementSpan) -> StatementSpan:
    """A statement that opens a list ("Hai chỉ tiêu chưa đạt: a; b", "… gồm:" and marked lines) with its list."""
    text = span.passage.text
    end = span.end
    if span.text.rstrip().endswith(":"):
        for line in text[span.end :].split("\n")[1:]:
            longer = text.find(line, end) + len(line)
            if not _ITEM.match(line) or len(text[span.start : longer].split()) > LONGEST_LIST:
                break
            end = longer
        return replace(span, end=end)
    if ":" not in span.text or text[span.end : span.end + 1] != ";":
        return span
    line_end = text.find("\n", span.end)
    end = len(text) if line_end < 0 else line_end
    if stop := re.search(r"\.\s+(?=[^\W\d_])", text[span.end : end]):
        end = span.end + stop.start() + 1
    longer_span = replace(span, end=end)
    return longer_span if len(longer_span.text.split()) <= LONGEST_LIST else span


_CAPTION = re.compile(r"^(?:Bảng|Biểu)\s+\d+[.:]\s*(.{5,120})$", re.MULTILINE)


@functools.lru_cache(maxsize=4096)
def statements(passage: Passage) -> tuple[StatementSpan, ...]:
    """The statements of a passage in order (cached by the passage, which never changes under its id)."""
    above = spell_out(" ".join(heading.text for heading in passage.path))
    header = passage.table_header or ""
    found: list[StatementSpan] = []
    lead = before = caption = ""
    last = 0
    flat = dict(_flattened_rows(passage.text)) if passage.kind == "text" else {}
    for start, end in _with_rows(_spans(passage.text), flat):
        text = passage.text[start:end]
        spelled = spell_out(text)
        words = folded_syllables(spelled)
        if not words:
            continue
        row = passage.kind == "table" or " | " in text
        if not row:
            # another table has heads of its own
            header, caption = "", _caption_at(passage.text, start, end, caption)
        elif not header and not re.search(r"\d{3}", text):
            header = text
        # a clause after a semicolon goes on speaking of what the one before it named
        beside = before if "\n" not in passage.text[last:start] else ""
        heads = spell_out(f"{caption or above} {header}") if row else above
        around = f"{heads} {lead} {beside}"
        marks = frozenset(syllables(f"{spelled} {around}"))
        context = tuple(folded_syllables(around))
        found.append(StatementSpan(passage, start, end, tuple(words), context, header if row else "", marks))
        goes_on = bool(beside) and ";" in passage.text[max(last - 1, 0) : start]
        before, last = spelled, end
        if text.rstrip().endswith(":") or re.match(r"[-*+]?\s*[^:]{3,60}:", text):
            lead = " ".join(spelled.split()[:24])
        elif not goes_on and not re.match(r"\s*[-+*•]", text):
            lead = ""
    return tuple(_placed(found))


_MARKER = re.compile(r"\s*(?:(?P<number>\d{1,2}(?:\.\d+)*[.)])|(?P<letter>[a-zđ]\))|(?P<dash>[-–])|(?P<plus>[+*•]))\s+")
_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d+)*[.)]\s*")
_LONGEST_UNDER = 12


def _placed(spans: Iterable[StatementSpan]) -> Iterator[StatementSpan]:
    """The statements with the short marked line, without a stop, that they stand under by marks of another kind."""
    # marks and words of the lines that are open, the outermost first; whether a marked line stands under the last
    opened: list[tuple[str, str]] = []
    filled = False
    apart = ""
    for span in spans:
        match = _MARKER.match(span.text)
        kind = (match.lastgroup or "") if match else apart
        # "1." may be cut off from what it numbers
        apart = "number" if _NUMBER.fullmatch(span.text) else ""
        if kind in (mark for mark, _ in opened) or apart:
            del opened[next((i for i, (mark, _) in enumerate(opened) if mark == (kind or apart)), len(opened)) :]
            filled = bool(opened)
        under = opened[-1][1] if opened and (kind or filled) else ""
        yield replace(span, under=under) if under else span
        filled = filled or bool(under)
        said = span.text[match.end() if match else 0 :].strip()
        if kind and len(said.split()) <= _LONGEST_UNDER and said[-1:].isalnum() and not span.is_row:
            opened.append((kind, said))
            filled = False


def _caption_at(text: str, start: int, end: int, before: str) -> str:
    """The caption of a table that a statement is; one that stands before it lasts through a note on units."""
    named = _CAPTION.search(text[text.rfind("\n", 0, start) + 1 : end])
    if named:
        return named.group(1)
    return before if text[start:end].startswith(("(", "Đơn vị")) else ""


_ROW_START = re.compile(r"^(\d{1,3})(?:\s|$)", re.MULTILINE)
_LONGEST_ROW = 45


def _flattened_rows(text: str) -> Iterator[tuple[int, int]]:
    """Rows of a table that a PDF has flattened into lines: blocks that begin with 1, 2, 3 … and no full stop."""
    starts: list[int] = []
    for match in _ROW_START.finditer(text):
        if int(match.group(1)) == len(starts) + 1:
            starts.append(match.start())
    if len(starts) < 3:
        return
    for start, following in itertools.pairwise([*starts, len(text)]):
        block = text[start:following].rstrip()
        if following == len(text):
            # the last row has no more lines than the others
            longest = max(text[a:b].strip().count("\n") for a, b in itertools.pairwise(starts))
            block = "\n".join(block.split("\n")[: longest + 1])
            total = re.search(r"\n[\s|]*(?:Tổng|Cộng)", block)
            block = block[: total.start()] if total else block
        if len(block.split()) <= _LONGEST_ROW:
            yield start, start + len(block)


def _with_rows(spans: Iterable[tuple[int, int]], rows: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The spans, those inside a flattened row replaced by the row."""
    pending = sorted(rows.items())
    for start, end in spans:
        while pending and start >= pending[0][1]:
            pending.pop(0)
        if not pending or end <= pending[0][0]:
            yield start, end
        elif start <= pending[0][0]:
            if start < pending[0][0]:
                yield start, pending[0][0]
            yield pending[0]
        elif end > pending[0][1]:
            yield pending[0][1], end


def _broken_item(text: str, match: re.Match[str]) -> bool:
    """Whether a line end merely breaks a list item ("- Số lượt … giải quyết⏎TTHC: 04")."""
    if "\n" not in match.group():
        return False
    start = text.rfind("\n", 0, match.start()) + 1
    line = text[start : match.start()].strip()
    following = text[match.end() :].lstrip()
    bullet = re.match(r"[-+*•]\s", line)
    # a numbered line may be a heading: the first of a passage, or a short one
    numbered = (
        start and len(line.split()) >= _LEAST_BROKEN and re.match(r"(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s", line)
    )
    goes_on = line[-1:].islower() and not re.match(r"[-+*•(\d]|[a-zđ]\)", following)
    return bool(bullet or numbered) and goes_on


_LEAST_BROKEN = 10


# "… quản lý. Chưa đạt (Tỉnh chưa triển khai).": a verdict says nothing without what it is passed on
_VERDICT = re.compile(r"(?:(?:Chưa|Không) )?(?:[Đđ]ạt|[Hh]oàn thành)\W{0,3}(?:\([^()]{0,80}\))?\W*$")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans between sentence ends, semicolons and lines, without surrounding space; crumbs join the one before."""
    start = 0
    pending: tuple[int, int] | None = None
    ends = [match for match in _END.finditer(text) if not _broken_item(text, match)]
    if " | " in text:
        ends = sorted([*ends, *_NEXT_ROW.finditer(text)], key=lambda match: match.start())
    for match in [*ends, None]:
        end = match.start() if match else len(text)
        piece = text[start:end]
        span = (start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())))
        if span[0] < span[1]:
            crumb = span[1] - span[0] < _LEAST or _VERDICT.match(text[span[0] : span[1]])
            if pending is not None and crumb and "\n" not in text[pending[1] : span[0]]:
                pending = (pending[0], span[1])
            else:
                if pending is not None:
                    yield pending
                pending = span
        start = match.end() if match else len(text)
    if pending is not None:
        yield pending
