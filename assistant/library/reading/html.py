"""Web pages: the visible text, block by block, tables as rows."""

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.library.models import FileFormat, SourceDocument
from assistant.library.reading.builder import CellText, TextBuilder
from assistant.library.reading.docx_numbering import format_number
from assistant.library.reading.plain import decode

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background", re.IGNORECASE)
_DROPPED = {"script", "style", "head", "noscript", "template", "object", "embed", "iframe", "svg", "nav", "select"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "input", "button",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def read(data: bytes, name: str, file_format: FileFormat, progress: object = None) -> SourceDocument:
    """Read an HTML file."""
    from lxml import html

    reader = _PageReader()
    root = html.document_fromstring(_text(data, name), parser=html.HTMLParser(no_network=True, huge_tree=False))
    body = root.find("body")
    reader.block(body if body is not None else root)
    reader.flush(None)
    builder = reader.builder
    notices = [f"Trang có {len(reader.hidden)} đoạn chữ ẩn, đã bỏ ra ngoài."] if reader.hidden else []
    return SourceDocument(
        name, file_format, builder.text, tuple(builder.blocks), (), tuple(reader.hidden), tuple(notices)
    )


def _text(data: bytes, name: str) -> str:
    """The decoded page: what the page itself declares is tried where the bytes are not Unicode."""
    declared = _CHARSET.search(data[:2048])
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(declared.group(1).decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass
    text = decode(data, name)
    # lxml refuses a text that declares an encoding of its own
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _marker(item: Any) -> str:
    """What the browser prints before a list item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    position = 1 + sum(1 for before in item.itersiblings("li", preceding=True))
    start = parent.get("start", "1")
    number = position + (int(start) - 1 if start.isdigit() else 0)
    match parent.get("type", "1"):
        case "a":
            return f"{format_number(number, 'lowerLetter')}) "
        case "A" | "I" as kind:
            return f"{format_number(number, 'upperLetter' if kind == 'A' else 'upperRoman')}. "
    return f"{number}. "


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style") or ""
    found = _HIDDEN_STYLE.search(style)
    return found is not None and not ("color" in found.group() and _BACKGROUND.search(style))


@dataclass(slots=True)
class _PageReader:
    """Collects inline text until a block ends, then writes it as a line."""

    builder: TextBuilder = field(default_factory=TextBuilder)
    hidden: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    marker: str = ""
    tables: int = 0

    def block(self, element: Any) -> None:
        """The text of an element, its blocks as lines of their own."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _DROPPED:
            return
        if _is_hidden(element):
            text = " ".join("".join(element.itertext()).split())
            if text:
                self.hidden.append(text)
            return
        if tag == "table" and not _lays_out(element):
            self.flush(None)
            self.table(element)
            return
        inline = tag in _INLINE
        if not inline:
            self.flush(None)
        if tag == "br":
            return
        if tag == "li":
            self.marker = _marker(element)
        self.pending.append(element.text or "")
        for child in element:
            self.block(child)
            self.pending.append(child.tail or "")
        if not inline:
            self.flush(tag)

    def flush(self, tag: str | None) -> None:
        """Write what is pending as one line."""
        text = " ".join("".join(self.pending).split())
        self.pending.clear()
        if text:
            text, self.marker = self.marker + text, ""
            level = int(tag[1]) if tag and re.fullmatch(r"h[1-6]", tag) else None
            self.builder.line(text, "heading" if level else "paragraph", style=tag, level=level)

    def table(self, table: Any) -> None:
        """The rows of a table; nested ones are flattened into their cell."""
        number = self.tables
        self.tables += 1
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        for index, row in enumerate(rows):
            cells: list[CellText] = []
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th") or _is_hidden(cell):
                    continue
                cells.append(CellText([(_inner_text(cell), None)], column))
                span = cell.get("colspan", "1")
                column += min(int(span), 64) if span.isdigit() and int(span) else 1
            if any(text for cell in cells for text, _ in cell.paragraphs):
                self.builder.row(cells, number, index)


def _inner_text(element: Any) -> str:
    """The visible text of a cell, with a space where a block or a line break stands."""
    pieces: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED and not _is_hidden(child):
            gap = "" if child.tag in _INLINE else " "
            pieces.extend((gap, _inner_text(child), gap))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _lays_out(table: Any) -> bool:
    """A table that only places a letterhead or signatures: no head cells, no border, few rows."""
    if table.get("border", "0") not in ("0", "") or "border" in (table.get("style") or ""):
        return False
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    if any(table.iter("th")) or len(rows) > 3:
        return False
    return all(sum(1 for cell in row if cell.tag == "td") <= 2 for row in rows)
