"""Abbreviations of the officer's own words written out at their first mention (Decree 30/2020, Annex I, Part I, II.6).

Only those of one reading in `knowledge/abbreviations.yaml`: the first mention reads "thủ tục hành chính (TTHC)", later
ones stay as they are; the only mention is written out. Tables, gaps and open points are left as they are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from assistant.draft.marks import Mark, MarkedSpan
from assistant.draft.model import Draft, DraftSection, Paragraph
from assistant.draft.words import upper_first
from assistant.evidence import InputFigure
from assistant.vietnamese.abbreviations import abbreviations

# names and terms that everybody writes short
_NAMES = frozenset({"AI", "BTS", "DTI", "IOC", "LGSP", "OCOP", "VNeID"})
# codes of document types are no words of their own: "NQ 57-NQ/TW" is "Nghị quyết số 57-NQ/TW"
_TYPES = {"NQ": "Nghị quyết", "NĐ": "Nghị định", "QĐ": "Quyết định", "KH": "Kế hoạch", "CTr": "Chương trình"}
_TYPE = re.compile(rf"(?<![\w/.-])({'|'.join(_TYPES)})(?: số)? (?=\d)")
# after these a name begins: "Sở Khoa học và Công nghệ"
_AGENCY = re.compile(r"(?:^|\W)(Sở|Bộ|Phòng|Cổng|Trung tâm)\s$")
_SENTENCE_END = re.compile(r"(?:^|[.!?]\s)$")


@cache
def _pattern() -> re.Pattern[str]:
    shorts = sorted(set(abbreviations().single) - _NAMES - set(_TYPES), key=len, reverse=True)
    return re.compile(rf"(?<![\w/.&-])(?:{'|'.join(map(re.escape, shorts))})(?![\w/&-]|\.\w)")


@dataclass(frozen=True, slots=True)
class _Change:
    """Letters [start, end) of a text to be replaced, and the abbreviation they write out."""

    start: int
    end: int
    text: str
    short: str


@dataclass(slots=True)
class _Speller:
    """Goes through a draft in reading order.

    Attributes:
        ahead: how often each abbreviation is still to come.
        met: those explained so far.
    """

    ahead: Counter[str]
    met: set[str] = field(default_factory=set)

    def paragraph(self, paragraph: Paragraph) -> Paragraph:
        changes = sorted(self._changes(paragraph), key=lambda change: change.start)
        return _changed(paragraph, changes) if changes else paragraph

    def _changes(self, paragraph: Paragraph) -> Iterator[_Change]:
        text = paragraph.text
        for found in _TYPE.finditer(text):
            if not _left_alone(paragraph, found.start()):
                yield _Change(found.start(), found.end(), f"{_TYPES[found.group(1)]} số ", found.group(1))
        for found in _pattern().finditer(text):
            short = found.group()
            if _left_alone(paragraph, found.start()):
                continue
            self.ahead[short] -= 1
            if short in self.met:
                continue
            before, after = text[: found.start()], text[found.end() :]
            words = _in_place(abbreviations().single[short], before)
            if before.count("(") > before.count(")") or after.startswith(" (") or not self.ahead[short]:
                # no brackets within or before brackets: the next mention explains the short form
                yield _Change(found.start(), found.end(), words, short)
                continue
            self.met.add(short)
            yield _Change(found.start(), found.end(), f"{words} ({short})", short)


def spell_out(draft: Draft) -> Draft:
    """The draft with each abbreviation written out at its first mention."""
    speller = _Speller(Counter(_mentions(draft)))
    opening = tuple(speller.paragraph(p) for p in draft.opening)
    body = {s.id: _section(s, speller.paragraph) for s in draft.sections if not s.appendix}
    closing = tuple(speller.paragraph(p) for p in draft.closing)
    annexes = {s.id: _section(s, speller.paragraph) for s in draft.sections if s.appendix}
    sections = tuple((body | annexes)[s.id] for s in draft.sections)
    return replace(draft, opening=opening, sections=sections, closing=closing)


def _mentions(draft: Draft) -> Iterator[str]:
    """Each abbreviation of the text and of the tables, as often as it stands there."""
    for paragraph in draft.paragraphs():
        for found in _pattern().finditer(paragraph.text):
            if not _left_alone(paragraph, found.start()):
                yield found.group()
    for row in (row for section in draft.sections for table in section.tables for row in table.rows):
        yield from _pattern().findall(" ".join(cell.text for cell in row))


def _section(section: DraftSection, spell: Callable[[Paragraph], Paragraph]) -> DraftSection:
    return replace(section, blocks=tuple(spell(b) if isinstance(b, Paragraph) else b for b in section.blocks))


def _in_place(words: str, before: str) -> str:
    """The full form with the capitals its place asks for."""
    if _AGENCY.search(before):
        return re.sub(r"(?<=và )\w", lambda found: found.group().upper(), upper_first(words))
    return upper_first(words) if _SENTENCE_END.search(before) else words


def _left_alone(paragraph: Paragraph, place: int) -> bool:
    """Whether the place is a gap or an open point, whose words are the program's."""
    return any(s.start <= place < s.end and s.mark.kind in ("missing", "conflict") for s in paragraph.spans)


def _changed(paragraph: Paragraph, changes: list[_Change]) -> Paragraph:
    """The paragraph with the changes made; its spans move along, and each change has a span with its reason."""
    pieces: list[str] = []
    made: list[MarkedSpan] = []
    last = length = 0
    for change in changes:
        pieces += [paragraph.text[last : change.start], change.text]
        start = length + change.start - last
        length = start + len(change.text)
        last = change.end
        made.append(MarkedSpan(start, length, Mark("note", (_reason(change),))))
    pieces.append(paragraph.text[last:])
    spans = tuple(
        MarkedSpan(_moved(span.start, changes), _moved(span.end, changes), span.mark) for span in paragraph.spans
    )
    evidence = (*paragraph.evidence, *dict.fromkeys(_reason(change) for change in changes))
    return replace(paragraph, text="".join(pieces), spans=(*spans, *made), evidence=evidence)


def _moved(place: int, changes: list[_Change]) -> int:
    return place + sum(len(c.text) - (c.end - c.start) for c in changes if c.end <= place)


def _reason(change: _Change) -> InputFigure:
    words = _TYPES.get(change.short) or abbreviations().single[change.short]
    return InputFigure("abbreviation", words, None, f"viết đầy đủ chữ viết tắt {change.short}")
