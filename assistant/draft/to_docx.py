"""The draft as a Word document in the form of Decree 30/2020/NĐ-CP."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.docx.comments import add_comment
from assistant.docx.letterhead import Letterhead, add_annex_heading, add_letterhead
from assistant.docx.metrics import line_width_pt
from assistant.docx.page import LANDSCAPE_TEXT_WIDTH_MM, TEXT_WIDTH_MM, new_section, set_page
from assistant.docx.signature import SignatureBlock, add_signature
from assistant.docx.styles import SMALL_TABLE_PT, TABLE_PT, new_document, styled
from assistant.docx.tables import TableColumn, column_widths, data_table
from assistant.docx.text import Piece, add_pieces, clean
from assistant.draft.model import Cell, Draft, DraftSection, DraftTable, Paragraph
from assistant.draft.sources import Names, SourceList, heading_line
from assistant.output_files import write_whole

_POINT = {"bullet": "- ", "sub_bullet": "+ "}
_MARKED = frozenset({"missing", "conflict"})


def write_docx(draft: Draft, path: Path, *, comments: bool = False, sources: bool = False) -> None:
    """Write the draft to `path`, wholly or not at all."""
    write_whole(path, docx_bytes(draft, comments=comments, sources=sources))


def docx_bytes(draft: Draft, *, comments: bool = False, sources: bool = False) -> bytes:
    """The draft as the bytes of a .docx file.

    Args:
        comments: put the evidence of each paragraph into a Word comment.
        sources: put numbered marks of sources into the text and their list at the end.
    """
    document = new_document()
    set_page(document.sections[0])
    _Writer(document, draft, comments=comments, sources=sources).write()
    properties = document.core_properties
    properties.title = clean(draft.title)[:255]
    properties.author = clean(" ".join(draft.header.agency))[:255]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Lays one draft out."""

    def __init__(self, document: Any, draft: Draft, *, comments: bool, sources: bool) -> None:
        self.document = document
        self.draft = draft
        self.comments = comments
        self.names = Names.of(draft)
        self.listed = SourceList(self.names) if sources else None
        self.width_mm = TEXT_WIDTH_MM

    def write(self) -> None:
        body = [section for section in self.draft.sections if not section.appendix]
        if self.draft.whole:
            self._letterhead()
        for paragraph in self.draft.opening:
            self._paragraph(paragraph)
        for section in body:
            self._section(section)
        for paragraph in self.draft.closing:
            self._paragraph(paragraph)
        if self.draft.whole:
            self._keep_last_with_signature()
            self._signature()
        for section in self.draft.sections:
            if section.appendix:
                self._annex(section)
        if self.listed is not None:
            self._source_list(self.listed)
        self._settle_first_paragraph()

    # --- parts ----------------------------------------------------------------------------------------------

    def _letterhead(self) -> None:
        head = self.draft.header
        add_letterhead(
            self.document,
            Letterhead(
                superior=head.superior,
                agency=head.agency,
                number=head.number,
                place_date=head.place_date,
                kind=head.kind,
                subject=balanced_lines(head.subject),
                addressees=head.addressees,
            ),
        )

    def _section(self, section: DraftSection) -> None:
        if section.heading:
            if section.style in ("part", "part_roman"):
                styled(self.document, "Tên phần", section.number)
                styled(self.document, "Tiêu đề phần", clean(section.heading).upper())
            else:
                styled(self.document, f"Đề mục {min(section.level, 5)}", clean(heading_line(section)))
        self._blocks(section)

    def _annex(self, section: DraftSection) -> None:
        new_section(self.document, landscape=section.landscape)
        self.width_mm = LANDSCAPE_TEXT_WIDTH_MM if section.landscape else TEXT_WIDTH_MM
        title = [Piece(section.heading.upper())]
        add_annex_heading(
            self.document, section.number, title, self.draft.header.attached_to, landscape=section.landscape
        )
        self._blocks(section)

    def _blocks(self, section: DraftSection) -> None:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block, captioned=len(section.tables) > 1)

    def _paragraph(self, paragraph: Paragraph) -> None:
        target = styled(self.document, "Thân bài")
        pieces = [Piece(_POINT[paragraph.kind])] if paragraph.kind in _POINT else []
        pieces += pieces_of(paragraph)
        runs = add_pieces(target, pieces)
        if self.comments and paragraph.evidence and runs:
            add_comment(self.document, runs, [self.names.line(item) for item in paragraph.evidence])
        if self.listed is not None and paragraph.evidence:
            marks = ", ".join(str(number) for number in self.listed.numbers(paragraph.evidence))
            add_pieces(target, [Piece(f" [{marks}]", superscript=True)] if marks else [])
        if paragraph.kind == "lead":
            target.paragraph_format.keep_with_next = True

    def _table(self, table: DraftTable, *, captioned: bool) -> None:
        # a list has its name as the heading of its column
        if captioned and table.caption not in (column.label for column in table.columns):
            styled(self.document, "Tên bảng", clean(table.caption))
        if table.unit_note:
            styled(self.document, "Đơn vị tính", clean(table.unit_note))
        small = sum(_floors(table, TABLE_PT)) > _CROWDED * self.width_mm
        widths = _widths(table, self.width_mm, SMALL_TABLE_PT if small else TABLE_PT)
        columns = [
            TableColumn(clean(column.label), column.align, width)
            for column, width in zip(table.columns, widths, strict=True)
        ]
        rows = [[_cell_pieces(cell) for cell in row] for row in table.rows]
        drawn = data_table(self.document, columns, rows, bold_last=table.has_total, small=small)
        if self.comments:
            self._table_comment(drawn, table)
        # Word joins two tables without a paragraph between them
        styled(self.document, "Đường kẻ")

    def _table_comment(self, drawn: Any, table: DraftTable) -> None:
        found = list(dict.fromkeys(self.names.line(e) for row in table.rows for cell in row for e in cell.evidence))
        runs = drawn.rows[0].cells[0].paragraphs[0].runs
        if found and runs:
            add_comment(self.document, runs, found)

    def _signature(self) -> None:
        head = self.draft.header
        name = Piece(head.signer) if head.signer else Piece("[Họ và tên người ký]", highlighted=True)
        add_signature(self.document, SignatureBlock(head.recipients, head.authority, (name,)))

    def _keep_last_with_signature(self) -> None:
        """The signature never stands alone on the last page."""
        paragraphs = [p for p in self.document.paragraphs if p.text]
        for paragraph in paragraphs[-2:]:
            paragraph.paragraph_format.keep_with_next = True

    def _source_list(self, listed: SourceList) -> None:
        new_section(self.document, landscape=False)
        styled(self.document, "Tiêu đề phụ lục", "DANH MỤC NGUỒN SỐ LIỆU, VĂN BẢN")
        for number, line in listed.lines():
            target = styled(self.document, "Thân bài")
            add_pieces(target, [Piece(f"[{number}] {line}")])

    def _settle_first_paragraph(self) -> None:
        """Drop the empty paragraph a section drafted alone would begin with."""
        first = self.document.paragraphs[0] if self.document.paragraphs else None
        if first is not None and not first.text and not self.draft.whole and len(self.document.paragraphs) > 1:
            first._p.getparent().remove(first._p)


# a cell's own margins with the lines
_CELL_MM, _MM_PER_PT = 4.4, 25.4 / 72
# words that fill so much of the page leave none for sentences beside them
_CROWDED = 0.85
# how much of a word counts: longer ones (addresses) are broken
_WORD_MM = 45.0


def _floors(table: DraftTable, size_pt: float) -> list[float]:
    """How wide each column must be, so that no word and no figure is broken."""
    longest = (max((line_width_pt(word, size_pt) for text in texts for word in text.split()), default=1.0)
               for texts in _texts(table))  # fmt: skip
    return [min(width * _MM_PER_PT + _CELL_MM, _WORD_MM) for width in longest]


def _widths(table: DraftTable, total_mm: float, size_pt: float) -> list[float]:
    """Each column wide enough for its longest word, the rest shared out by how much text does not fit into that."""
    floors = _floors(table, size_pt)
    longest = (max(line_width_pt(text, size_pt) for text in texts) for texts in _texts(table))
    wants = [
        max(width * _MM_PER_PT + _CELL_MM - floor, 0.0) ** 0.75 for width, floor in zip(longest, floors, strict=True)
    ]
    shares = column_widths(wants, max(total_mm - sum(floors), 0.0))
    return column_widths([floor + share for floor, share in zip(floors, shares, strict=True)], total_mm)


def _texts(table: DraftTable) -> list[list[str]]:
    """The heading and the cells of each column."""
    return [[column.label, *(row[index].text for row in table.rows)] for index, column in enumerate(table.columns)]


def pieces_of(paragraph: Paragraph) -> list[Piece]:
    """The paragraph cut where places must be seen: gaps and conflicts are highlighted."""
    marked = sorted((s for s in paragraph.spans if s.mark.kind in _MARKED), key=lambda s: s.start)
    pieces: list[Piece] = []
    last = 0
    for span in marked:
        if span.start < last:
            continue
        pieces.append(Piece(paragraph.text[last : span.start]))
        pieces.append(Piece(paragraph.text[span.start : span.end], highlighted=True))
        last = span.end
    pieces.append(Piece(paragraph.text[last:]))
    return [piece for piece in pieces if piece.text]


def _cell_pieces(cell: Cell) -> Sequence[Piece]:
    return [Piece(cell.text, highlighted=cell.highlighted, bold=cell.bold)] if cell.text else []


def balanced_lines(subject: str, room: int = 58) -> tuple[str, ...]:
    """The subject broken into lines of about equal length, at commas and before words that begin a new thought.

    `room` is the longest line in letters; a single longer word keeps a line of its own.
    """
    words = subject.split()
    count = -(-len(subject) // room)
    if count <= 1:
        return (" ".join(words),) if words else ()
    target = len(subject) / count
    # best[i]: least cost of setting the first i words, with the place where the last line begins
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = []
        for start in range(end):
            length = len(" ".join(words[start:end]))
            if length > room and end - start > 1:
                continue
            cost = best[start][0] + (length - target) ** 2 + (0 if end == len(words) or _breaks(words, end) else 150)
            choices.append((cost, start))
        best.append(min(choices))
    lines: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        lines.insert(0, " ".join(words[start:end]))
        end = start
    return tuple(lines)


def _breaks(words: Sequence[str], index: int) -> bool:
    """Whether a line may well end before the word at `index`."""
    return words[index - 1].endswith((",", ";")) or words[index] in _NEW_THOUGHT


_NEW_THOUGHT = frozenset(("về", "và", "năm", "quý", "Quý", "trên", "tháng", "của", "theo", "tại", "nhiệm", "phương"))
