"""What the library is made of: the text of a file with its blocks, the passages cut from it, and its entry.

All offsets (`start`, `end`) count code points of `SourceDocument.text`, the end not included. Pages are counted
from 1, paragraphs, tables, rows and ordinals from 0.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PureWindowsPath
from typing import Any, Literal

DocumentKind = Literal["legal", "plan", "report", "guidance", "builtin"]
BlockKind = Literal["paragraph", "heading", "row", "footnote", "noise"]
FileFormat = Literal["txt", "md", "html", "docx", "doc", "pdf", "xlsx"]
# called during long work with the share done (0 to 1) and a Vietnamese message
Progress = Callable[[float, str], None]
KINDS: tuple[DocumentKind, ...] = ("legal", "plan", "report", "guidance", "builtin")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row.

    Attributes:
        text: the words of the cell, line ends inside it turned into spaces.
        start, end: where they stand in the document's text.
        column: column of the grid, merged cells counted with their width.
        paragraphs: for Word files, (offset in the document's text, index of the `w:p`) of each paragraph in the
            cell, ascending (see `Block.paragraph`).
    """

    text: str
    start: int
    end: int
    column: int
    paragraphs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A line, paragraph or table row of a document, in reading order.

    Attributes:
        kind: "row" is a table row (its `cells` are set); "noise" is what belongs to the page and not to the text
            (page numbers, running heads, provenance lines): it stays in the document's text, never in a passage.
        start, end: span in the document's text, line end not included.
        page: 1-based page; None where the format has no pages.
        paragraph: for Word files, the index of the `w:p` among all `w:p` below `w:body` in document order;
            otherwise the 0-based line of the text.
        prefix: code points at the start of the block that Word generates (automatic numbering) and that stand
            in no run.
        style: style name of Word, tag of HTML, sheet name of a workbook.
        level: heading level (1 is the highest) where the file itself says so; None otherwise.
        table, row: which table of the document, and which row of it, for rows.
        cells: for rows.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None
    prefix: int = 0
    style: str | None = None
    level: int | None = None
    table: int | None = None
    row: int | None = None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page stands in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The text of a file as it is, and how it is laid out.

    Attributes:
        name: file name (NFC).
        format: what the content is, whatever the name says.
        text: for plain text exactly the decoded file (line ends kept, nothing normalised, no BOM); otherwise
            the extracted text, one line per paragraph or table row.
        blocks: lines, paragraphs and rows in reading order.
        pages: empty where the format has no pages.
        hidden: texts that a reader of the file does not see (hidden or white letters), not part of `text`.
        notices: what the officer should know about the reading, one Vietnamese sentence each.
        recognised: whether text of it was read from pictures (OCR), whose letters may be wrong.
        sha256: of the bytes of the file.
        size: bytes of the file.
    """

    name: str
    format: FileFormat
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    hidden: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    recognised: bool = False
    sha256: str = ""
    size: int = 0

    def page_at(self, offset: int) -> int | None:
        """The page on which the code point at `offset` stands."""
        if not self.pages:
            return None
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(index, 0)].number

    def block_at(self, offset: int) -> Block | None:
        """The block in which `offset` stands, or the last one that begins before it."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[index] if index >= 0 else None

    def paragraph_at(self, offset: int) -> int | None:
        """The paragraph index (see `Block.paragraph`) at `offset`; inside a row, that in the cell."""
        block = self.block_at(offset)
        if block is None:
            return None
        found = block.paragraph
        for cell in block.cells:
            for start, paragraph in cell.paragraphs:
                if start <= offset:
                    found = paragraph
        return found


@dataclass(frozen=True, slots=True)
class Heading:
    """One step of a heading path: its label ("Điều 3", "II", "1.1", "a") and its words (may be empty).

    Attributes:
        rank: depth class, smaller is higher (see `structure`).
    """

    label: str
    title: str
    rank: int

    @property
    def text(self) -> str:
        """Label and words as one line."""
        if not self.label or not self.title:
            return self.label or self.title
        point = ")" if len(self.label) == 1 and self.label.islower() else "."
        return f"{self.label}{point} {self.title}"


def _shortened(title: str, words: int = 10) -> str:
    parts = title.split(" ")
    return title if len(parts) <= words else f"{' '.join(parts[:words])}…"


@dataclass(frozen=True, slots=True)
class Passage:
    """A Điều, a section, or a part of one where it is long: the unit that is indexed, found and cited.

    Attributes:
        id: unique in the library; changes when the document's content changes.
        document_id: id in the catalogue.
        ordinal: position in the document.
        unit: passages with the same number are parts of one Điều or section.
        path: headings from the top down to the section.
        text: NFC; wrapped lines rejoined, page noise dropped, paragraphs separated by a newline, table rows as
            cells joined by " | ". Quotes are spans of this text.
        start, end: the span in the source text from which it was made.
        page: 1-based page where it begins.
        kind: "table" where the passage consists of table rows.
        table_header: header row of the table that the rows belong to, cells joined by " | ".
        anchors: pairs (offset in `text`, offset in the source text), one per line, ascending.
    """

    id: str
    document_id: str
    ordinal: int
    unit: int
    path: tuple[Heading, ...]
    text: str
    start: int
    end: int
    page: int | None = None
    kind: Literal["text", "table"] = "text"
    table_header: str | None = None
    anchors: tuple[tuple[int, int], ...] = ()

    @property
    def location(self) -> str:
        """The heading path for a citation: labels, and the words of the last heading."""
        return self.location_in("")

    def location_in(self, document_title: str) -> str:
        """The location beside the title of the document, which a first heading may only say again."""
        again = self.path and not self.path[0].label and self.path[0].title in document_title
        path = self.path[1:] if again else self.path
        return " > ".join([*(h.label or _shortened(h.title) for h in path[:-1]), *(h.text for h in path[-1:])])

    @property
    def heading_text(self) -> str:
        """All headings with their words, for indexing."""
        return " > ".join(h.text for h in self.path)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a document is, read from its own header (or, failing that, its file name).

    Attributes:
        kind: legal, plan, report or guidance.
        type: loại văn bản ("Nghị quyết", "Kế hoạch", "Báo cáo"); None where not recognised.
        symbol: số ký hiệu without spaces ("57-NQ/TW"); a number left blank stays blank ("/BC-UBND").
        date: ISO date; None where missing or incomplete (see `date_text`).
        date_text: the date as written, whitespace collapsed.
        issuer: who issued it, as in the header, in normal letters ("Ủy ban nhân dân xã Tân Đoàn").
        unit: the commune or province that reports or plans ("xã Tân Đoàn, tỉnh Lạng Sơn").
        title: trích yếu, one line.
        year: year of the date, or the year that the title names.
    """

    kind: DocumentKind
    type: str | None = None
    symbol: str | None = None
    date: str | None = None
    date_text: str | None = None
    issuer: str | None = None
    unit: str | None = None
    title: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of the catalogue.

    Attributes:
        id: stays the same when the file is read again.
        path: absolute path of the file, or "builtin:NAME".
        identity: who it is.
        passages: how many passages it has.
        pages: how many pages, None where the format has none.
        sha256: of the bytes read.
        version: counts the readings that changed it; passage ids carry it.
        added: ISO time (UTC) of the first reading; `updated` of the last that changed it.
        notices: see `SourceDocument.notices`.
    """

    id: str
    path: str
    identity: Identity
    passages: int
    pages: int | None
    sha256: str
    version: int
    added: str
    updated: str
    notices: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """ "ID.VERSION": what the indexes know this reading by, and the beginning of its passage ids."""
        return f"{self.id}.{self.version}"

    @property
    def kind(self) -> DocumentKind:
        return self.identity.kind

    @property
    def title(self) -> str:
        """Title for display; see `display_title`."""
        return display_title(self.identity, self.path)


def display_title(who: Identity, path: str) -> str:
    """Type, symbol (or the unit that reports) and trích yếu; failing all of them, the file's name."""
    if who.type is None or who.kind == "builtin":
        # takes / and \ alike: the catalogue may have come from another machine
        return who.title or PureWindowsPath(path).name
    if who.symbol and who.symbol[0].isdigit():
        name = f"{who.type} số {who.symbol}"
        if who.unit and who.kind != "legal":
            name += f" ({who.unit.split(',')[0]})"
    else:
        name = f"{who.type} của {who.unit.split(',')[0]}" if who.unit else who.type
    return f"{name}: {who.title}" if who.title else name
