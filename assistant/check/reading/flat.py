"""A paragraph as one line of NFC text that knows where each of its characters stands in the file's text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.vietnamese.text import MappedText

_SPACES = re.compile(r"\s+")
# characters that show nothing
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class Flat:
    """One line of text over a stretch of the source.

    Attributes:
        text: NFC, any run of white space one space, invisible characters left out, a symbol broken at the line end
            after "-" or "/" joined again.
        starts, ends: for each character of `text` its span in the source text.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source text of `text[start:end]` (not empty)."""
        return self.starts[start], self.ends[max(end - 1, start)]


def flatten(mapped: MappedText, pieces: Sequence[tuple[int, int]]) -> Flat:
    """One line out of stretches of `mapped.text` (NFC offsets), joined by spaces."""
    chars: list[str] = []
    places: list[int] = []
    for start, end in pieces:
        _append_piece(mapped.text, start, end, chars, places)
    while chars and chars[-1] == " ":
        chars.pop()
        places.pop()
    offsets = mapped.offsets
    if not offsets:
        return Flat("".join(chars), places, [place + 1 for place in places])
    return Flat("".join(chars), [offsets[p] for p in places], [offsets[p + 1] for p in places])


def _append_piece(text: str, start: int, end: int, chars: list[str], places: list[int]) -> None:
    glued = len(chars) > 1 and chars[-1] in "-/" and chars[-2] not in " -" and (chars[-2].isalnum())
    if chars and not glued and chars[-1] != " ":
        chars.append(" ")
        places.append(start)
    for place in range(start, end):
        char = text[place]
        if char in _INVISIBLE:
            continue
        if char.isspace():
            if not chars or chars[-1] == " ":
                continue
            char = " "
        chars.append(char)
        places.append(place)
