"""Putting a text and its blocks together, so that the offsets are right by construction."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.library.models import Block, BlockKind, Cell, Page

SEPARATOR = " | "


@dataclass(slots=True)
class CellText:
    """A cell before it has offsets: its paragraphs, as (text, index of the `w:p` or None)."""

    paragraphs: Sequence[tuple[str, int | None]]
    column: int


@dataclass(slots=True)
class TextBuilder:
    """Collects lines and rows; every block ends with one line feed."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    page: int | None = None
    page_starts: list[tuple[int, int]] = field(default_factory=list)

    def start_page(self, number: int) -> None:
        """Everything added from now on stands on page `number` (1-based)."""
        self.page = number
        self.page_starts.append((number, self.length))

    def line(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        *,
        paragraph: int | None = None,
        prefix: int = 0,
        style: str | None = None,
        level: int | None = None,
    ) -> None:
        """Add a paragraph."""
        start = self._append(text)
        self.blocks.append(Block(kind, start, start + len(text), self.page, paragraph, prefix, style, level))

    def row(self, cells: Sequence[CellText], table: int, row: int, style: str | None = None) -> None:
        """Add a table row: cells joined by " | ", the paragraphs of a cell by a space."""
        begin = self.length
        made: list[Cell] = []
        pieces: list[str] = []
        offset = begin
        for cell in cells:
            texts: list[str] = []
            anchors: list[tuple[int, int]] = []
            inner = offset
            for text, paragraph in cell.paragraphs:
                flat = " ".join(text.split("\n"))
                if paragraph is not None:
                    anchors.append((inner, paragraph))
                texts.append(flat)
                inner += len(flat) + 1
            joined = " ".join(texts)
            made.append(Cell(joined, offset, offset + len(joined), cell.column, tuple(anchors)))
            pieces.append(joined)
            offset += len(joined) + len(SEPARATOR)
        self._append(SEPARATOR.join(pieces))
        first = next((a[1] for cell in made for a in cell.paragraphs), None)
        self.blocks.append(
            Block("row", begin, self.length - 1, self.page, first, style=style, table=table, row=row, cells=tuple(made))
        )

    def _append(self, text: str) -> int:
        start = self.length
        self.parts.append(text + "\n")
        self.length += len(text) + 1
        return start

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self.parts)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that were started, each reaching to the next."""
        if not self.page_starts:
            return ()
        ends = [start for _, start in self.page_starts[1:]] + [self.length]
        return tuple(Page(number, start, end) for (number, start), end in zip(self.page_starts, ends, strict=True))
