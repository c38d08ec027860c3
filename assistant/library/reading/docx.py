"""Word files: paragraphs and tables in the order of the body, as the printed page shows them.

Insertions are kept and deletions left out, as if all changes were accepted; hidden and white letters are left out
and reported; macros, embedded objects and foreign parts (altChunk) are never opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.library.models import FileFormat, SourceDocument
from assistant.library.reading.builder import CellText, TextBuilder
from assistant.library.reading.docx_numbering import Numbering
from assistant.library.reading.docx_styles import Styles, W, unseen
from assistant.library.reading.package import OfficePackage

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DELETED = {W + "del", W + "moveFrom"}
_SKIPPED = {W + "pPr", W + "rPr", W + "instrText", W + "delText", _MC + "Fallback", W + "txbxContent"}
_CHARACTERS = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t",
}  # fmt: skip
_NESTED_LIMIT = 8
_KEPT_STYLES = 8
_known_styles: dict[bytes, Styles] = {}


def read(data: bytes, name: str, file_format: FileFormat, progress: object = None) -> SourceDocument:
    """Read a Word file (Office Open XML)."""
    package = OfficePackage(data, name)
    root = package.xml("word/document.xml")
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise UnreadableFileError(f"Tệp «{name}» không có phần thân văn bản; hãy mở bằng Word và lưu lại.")
    reader = _BodyReader(_styles_of(package), Numbering.of(package.xml("word/numbering.xml")))
    # lxml makes its elements anew when nobody holds them: the list keeps the identities valid
    paragraphs = list(body.iter(W + "p"))
    reader.paragraph_index = {id(p): i for i, p in enumerate(paragraphs)}
    reader.paginated = body.find(f".//{W}lastRenderedPageBreak") is not None
    if reader.paginated:
        reader.builder.start_page(1)
    reader.container(body)
    reader.footnotes(package.xml("word/footnotes.xml"))
    builder = reader.builder
    return SourceDocument(
        name,
        file_format,
        builder.text,
        tuple(builder.blocks),
        builder.pages,
        tuple(reader.hidden),
        tuple(_notices(package, body, reader)),
    )


def _styles_of(package: OfficePackage) -> Styles:
    """The styles of a file; files of one office or one program share the part byte for byte, and it is most of them."""
    part = "word/styles.xml"
    data = package.read(part)
    if data not in _known_styles:
        if len(_known_styles) >= _KEPT_STYLES:
            _known_styles.clear()
        _known_styles[data] = Styles.of(package.xml(part))
    return _known_styles[data]


def _notices(package: OfficePackage, body: Any, reader: "_BodyReader") -> list[str]:
    notices: list[str] = []
    if reader.hidden:
        notices.append(f"Tệp có {len(reader.hidden)} đoạn chữ ẩn hoặc chữ trắng, đã bỏ ra ngoài.")
    if reader.tracked:
        notices.append("Tệp còn dấu theo dõi sửa đổi; nội dung được đọc như khi chấp nhận mọi sửa đổi.")
    if next(body.iter(W + "altChunk"), None) is not None:
        notices.append("Tệp có phần chèn từ tệp khác (altChunk); phần đó không được đọc.")
    if any(part.startswith("word/embeddings/") for part in package.names):
        notices.append("Tệp có đối tượng nhúng (OLE); đối tượng đó không được mở.")
    if any(part.endswith("vbaProject.bin") for part in package.names):
        notices.append("Tệp có macro; macro không được chạy.")
    return notices


def paragraph_pieces(paragraph: Any, styles: Styles | None = None) -> list[tuple[Any, str]]:
    """The runs of a `w:p` that are read, with their text: joined, they are the block's text after its prefix.

    Args:
        styles: the file's styles; without them, hidden letters are known by the run's own properties only.
    """
    known = styles or Styles()
    return [(run, text) for run, text in _runs(paragraph) if text and not unseen(run, known)]


def _runs(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """All runs of a paragraph that are not deleted, text boxes left out (their paragraphs come on their own)."""
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif not isinstance(child.tag, str) or child.tag in _DELETED or child.tag in _SKIPPED:
            continue
        elif child.tag == W + "r":
            yield child, "".join(_characters(child))
        elif child.tag == _MATH_TEXT:
            yield child, child.text or ""
        else:
            stack.append(iter(child))


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield "" if child.get(W + "type") in {"page", "column"} else _CHARACTERS[child.tag]


@dataclass(slots=True)
class _BodyReader:
    """Walks the body and fills the builder."""

    styles: Styles
    numbering: Numbering
    builder: TextBuilder = field(default_factory=TextBuilder)
    paragraph_index: dict[int, int] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    tracked: bool = False
    paginated: bool = False
    tables: int = 0

    def container(self, element: Any) -> None:
        """Paragraphs and tables below `element`, through content controls and insertions."""
        for child in element:
            if child.tag == W + "p":
                self.paragraph(child)
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag in _DELETED:
                self.tracked = True
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != W + "sectPr":
                self.container(child)

    def paragraph(self, paragraph: Any) -> None:
        """One paragraph, then the text boxes anchored in it."""
        label, text = self.text_of(paragraph)
        self._pages(paragraph)
        style = self._style(paragraph)
        if text.strip():
            own = paragraph.find(f"{W}pPr/{W}outlineLvl")
            level = int(own.get(W + "val", "9")) + 1 if own is not None else self.styles.levels.get(style or "")
            self.builder.line(
                label + text,
                "heading" if level is not None and level <= 9 else "paragraph",
                paragraph=self.paragraph_index.get(id(paragraph)),
                prefix=len(label),
                style=self.styles.names.get(style or ""),
                level=level if level is not None and level <= 9 else None,
            )
        for box in paragraph.iter(W + "txbxContent"):
            if next(box.iterancestors(_MC + "Fallback"), None) is None and _owner(box) is paragraph:
                self.container(box)

    def text_of(self, paragraph: Any) -> tuple[str, str]:
        """(generated label, text of the visible runs); remembers what is hidden."""
        if not self.tracked:
            self.tracked = any(next(paragraph.iter(W + tag), None) is not None for tag in ("ins", "del", "moveTo"))
        visible: list[str] = []
        invisible: list[str] = []
        for run, text in _runs(paragraph):
            (invisible if text and unseen(run, self.styles) else visible).append(text)
        if "".join(invisible).strip():
            self.hidden.append(" ".join("".join(invisible).split()))
        text = "".join(visible)
        label = self.numbering.label(paragraph, self.styles.numbering.get(self._style(paragraph) or ""))
        return (label if text.strip() else ""), text

    def _style(self, paragraph: Any) -> str | None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return style.get(W + "val") if style is not None else self.styles.default

    def _pages(self, paragraph: Any) -> None:
        if self.paginated:
            for _ in paragraph.iter(W + "lastRenderedPageBreak"):
                self.builder.start_page((self.builder.page or 1) + 1)

    def table(self, table: Any) -> None:
        """A table with borders as rows; one without (letterhead, signatures) as the paragraphs of its cells."""
        rows = [row for row in _children(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if self._is_layout(table, rows):
            for row in rows:
                for cell in _children(row, "tc"):
                    self.container(cell)
            return
        number = self.tables
        self.tables += 1
        for index, row in enumerate(rows):
            cells: list[CellText] = []
            column = 0
            for cell in _children(row, "tc"):
                paragraphs = [] if _continues_merge(cell) else list(self._cell(cell, 0))
                cells.append(CellText(paragraphs, column))
                column += _span(cell)
            if any(text.strip() for cell in cells for text, _ in cell.paragraphs):
                self.builder.row(cells, number, index)

    def _cell(self, element: Any, depth: int) -> Iterator[tuple[str, int | None]]:
        """The paragraphs of a cell that are not blank, nested tables included."""
        for child in element:
            if child.tag == W + "p":
                label, text = self.text_of(child)
                self._pages(child)
                if text.strip():
                    yield label + text, self.paragraph_index.get(id(child))
            elif isinstance(child.tag, str) and child.tag not in _DELETED and depth < _NESTED_LIMIT:
                yield from self._cell(child, depth + 1)

    def _is_layout(self, table: Any, rows: list[Any]) -> bool:
        properties = table.find(W + "tblPr")
        style = properties.find(W + "tblStyle") if properties is not None else None
        if style is not None and style.get(W + "val") in self.styles.bordered:
            return False
        borders = properties.find(W + "tblBorders") if properties is not None else None
        lines = [*(borders if borders is not None else []), *table.iterfind(f".//{W}tcBorders/*")]
        # a single rule below a cell is decoration of a letterhead, not a grid
        sides = {line.tag for line in lines if line.get(W + "val") not in {"nil", "none", None}}
        return len(sides) < 3 and len(rows) <= 6 and all(len(_children(row, "tc")) <= 3 for row in rows)

    def footnotes(self, root: Any) -> None:
        """The notes at the foot of the pages, after the body."""
        for note in root.iterfind(W + "footnote") if root is not None else ():
            if note.get(W + "type") not in {"separator", "continuationSeparator", "continuationNotice"}:
                texts = [self.text_of(p)[1] for p in note.iter(W + "p")]
                text = " ".join(text.strip() for text in texts if text.strip())
                if text:
                    self.builder.line(text, "footnote")


def _children(element: Any, tag: str) -> list[Any]:
    """Children called `tag`, seen through content controls and custom XML."""
    found: list[Any] = []
    for child in element:
        if child.tag == W + tag:
            found.append(child)
        elif child.tag in {W + "sdt", W + "sdtContent", W + "customXml", W + "ins"}:
            found.extend(_children(child, tag))
    return found


def _owner(box: Any) -> Any:
    return next(box.iterancestors(W + "p"), None)


def _continues_merge(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val") != "restart"


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(W + "val", "1") if span is not None else "1"
    return min(int(value), 64) if value.isdigit() else 1
