"""Passages cut into statements: clauses of running text, and table rows with their headers."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.ask.question import UPPER, spell_out
from assistant.library.models import Passage
from assistant.vietnamese.tokens import folded_syllables, syllables

# a sentence ends before a capital or a list mark; abbreviations of one letter do not end it
_END = re.compile(rf"(?<=[^\s.][.!?…])\s+(?=[“\"(\[{UPPER}+*-])|;\s+|\n+")
_LEAST = 12


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
    """

    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]
    context: tuple[str, ...]
    header: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.passage.kind == "table" or " | " in self.text

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


@functools.lru_cache(maxsize=4096)
def statements(passage: Passage) -> tuple[StatementSpan, ...]:
    """The statements of a passage in order (cached by the passage, which never changes under its id)."""
    above = spell_out(" ".join(heading.text for heading in passage.path))
    headings, heading_marks = folded_syllables(above), frozenset(syllables(above))
    header = passage.table_header or ""
    found: list[StatementSpan] = []
    lead: list[str] = []
    before: list[str] = []
    last = 0
    for start, end in _spans(passage.text):
        text = passage.text[start:end]
        # a clause after a semicolon goes on speaking of what the one before it named
        beside = before if "\n" not in passage.text[last:start] else []
        spelled = spell_out(text)
        words = folded_syllables(spelled)
        if not words:
            continue
        row = passage.kind == "table" or " | " in text
        if row and not header and not re.search(r"\d{3}", text):
            header = text
        heads = folded_syllables(spell_out(header)) if row else []
        context = (*headings, *heads, *lead, *beside)
        marks = frozenset(syllables(spelled)) | heading_marks
        found.append(StatementSpan(passage, start, end, tuple(words), context, header if row else "", marks))
        before, last = words, end
        if text.rstrip().endswith(":") or re.match(r"[-*+]?\s*[^:]{3,60}:", text):
            lead = words[:24]
        elif not re.match(r"\s*[-+*•]", text):
            lead = []
    return tuple(found)


def _broken_item(text: str, match: re.Match[str]) -> bool:
    """Whether a line end merely breaks a list item ("- Số lượt … giải quyết⏎TTHC: 04")."""
    if "\n" not in match.group():
        return False
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
    following = text[match.end() :].lstrip()
    return bool(re.match(r"[-+*•]\s", line)) and line[-1:].islower() and not re.match(r"[-+*•(\d]|[a-z]\)", following)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans between sentence ends, semicolons and lines, without surrounding space; crumbs join the one before."""
    start = 0
    pending: tuple[int, int] | None = None
    for match in [*(match for match in _END.finditer(text) if not _broken_item(text, match)), None]:
        end = match.start() if match else len(text)
        piece = text[start:end]
        span = (start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())))
        if span[0] < span[1]:
            if pending is not None and (span[1] - span[0] < _LEAST) and "\n" not in text[pending[1] : span[0]]:
                pending = (pending[0], span[1])
            else:
                if pending is not None:
                    yield pending
                pending = span
        start = match.end() if match else len(text)
    if pending is not None:
        yield pending
