"""Marks: how a template's output remembers where each figure came from.

Every value that a template prints is wrapped in private-use characters, which name an entry of the ledger: the
evidence behind the value and what is to be seen at that place (a plain figure, a missing one, a conflict). After
rendering, the marks are taken out again and become spans. A template cannot print a value any other way, so what
stands in the text and what stands in the evidence cannot diverge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.evidence import Evidence

MarkKind = Literal["figure", "missing", "conflict", "note"]

_OPEN, _SEP, _CLOSE = "\ue000", "\ue001", "\ue002"
_LAST_OPEN, _LAST_CLOSE = "\ue012", "\ue013"
_LAST = re.compile(f"{_LAST_OPEN}([^{_LAST_CLOSE}]*){_LAST_CLOSE}")
_TOKEN = re.compile(f"{_OPEN}(\\d+){_SEP}|{_CLOSE}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the ledger.

    Attributes:
        kind: what is to be seen at the place.
        evidence: what bears out the words inside the mark.
        field: "section.field" the words are about, None where they are about no field.
    """

    kind: MarkKind
    evidence: tuple[Evidence, ...] = ()
    field: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A mark in the clean text: code points [start, end)."""

    start: int
    end: int
    mark: Mark


@dataclass(slots=True)
class Ledger:
    """The marks of one draft, in the order in which templates made them."""

    marks: list[Mark] = field(default_factory=list)

    def wrap(self, text: str, mark: Mark) -> str:
        """`text` inside a new mark. The values are free of private-use characters (see `values`)."""
        self.marks.append(mark)
        return f"{_OPEN}{len(self.marks) - 1}{_SEP}{text}{_CLOSE}"

    def unwrap(self, text: str) -> tuple[str, tuple[MarkedSpan, ...]]:
        """The clean text and its spans, inner ones before the outer ones that hold them."""
        pieces: list[str] = []
        spans: list[MarkedSpan] = []
        open_marks: list[tuple[int, int]] = []
        length = last = 0
        for token in _TOKEN.finditer(text):
            piece = text[last : token.start()]
            pieces.append(piece)
            length += len(piece)
            last = token.end()
            if token.group(1) is not None:
                open_marks.append((int(token.group(1)), length))
            elif open_marks:
                number, start = open_marks.pop()
                spans.append(MarkedSpan(start, length, self.marks[number]))
        pieces.append(text[last:])
        return "".join(pieces), tuple(spans)


def last(text: str) -> str:
    """`text` marked to stand at the end of its section."""
    return f"{_LAST_OPEN}{text}{_LAST_CLOSE}"


def split_last(text: str) -> tuple[str, str]:
    """The text of a topic without the parts marked by `last`, and those parts."""
    return _LAST.sub("\n\n", text), "\n\n".join(_LAST.findall(text))


def plain(text: str) -> str:
    """`text` without marks, for looking at what a value begins or ends with."""
    return _TOKEN.sub("", text)


def first_visible(text: str) -> int | None:
    """Index in the marked `text` of its first character that is not part of a mark."""
    return next(visible(text), None)


def visible(text: str) -> Iterator[int]:
    """Indices in the marked `text` of the characters that are not part of a mark."""
    last = 0
    for token in _TOKEN.finditer(text):
        yield from range(last, token.start())
        last = token.end()
    yield from range(last, len(text))
