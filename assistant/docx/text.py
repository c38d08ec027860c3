"""Text on its way into Word: only characters that XML can hold, in NFC, with marked stretches highlighted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_COLOR_INDEX

from assistant.docx.letters import clean

__all__ = ["Piece", "add_pieces", "clean"]


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
