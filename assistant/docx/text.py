"""Text on its way into Word: only characters that XML can hold, in NFC, with marked stretches highlighted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_COLOR_INDEX

from assistant.vietnamese.text import nfc

# what XML 1.0 cannot hold, lone surrogates, the two non-characters, and private-use letters (no Vietnamese letter)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
_DIRECTION = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BREAKS = re.compile(r"[\r\n\t\u2028\u2029\u0085]+")


def clean(text: str) -> str:
    """One line of printable NFC text: control, direction and private-use characters dropped, breaks made spaces."""
    return nfc(_DIRECTION.sub("", _FORBIDDEN.sub("", _BREAKS.sub(" ", text))))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph.

    Attributes:
        text: what it says.
        highlighted: shown on yellow ground, for places the officer must look at.
        superscript: small and raised, for marks of sources.
        bold: heavier than its style, for the line of a group in a table.
    """

    text: str
    highlighted: bool = False
    superscript: bool = False
    bold: bool = False


def add_pieces(paragraph: Any, pieces: Sequence[Piece]) -> list[Any]:
    """Append each piece as one run of its own; returns the runs, empty pieces left out."""
    runs = []
    for piece in pieces:
        text = clean(piece.text)
        if not text:
            continue
        run = paragraph.add_run(text)
        if piece.highlighted:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if piece.superscript:
            run.font.superscript = True
        if piece.bold:
            run.bold = True
        runs.append(run)
    return runs
