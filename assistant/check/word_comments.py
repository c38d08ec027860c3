"""Put comments into a Word file and leave all else in it as it is: every other part is copied byte by byte."""

import copy
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from assistant.docx.text import clean
from assistant.library.reading.docx import paragraph_pieces
from assistant.library.reading.docx_styles import Styles
from assistant.library.reading.package import OfficePackage

AUTHOR, INITIALS = "Trợ lý báo cáo", "TLBC"
_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_NS}}}"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ONE_CHARACTER = {W + "tab", W + "br", W + "cr", W + "noBreakHyphen", W + "ptab"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment to be placed.

    Attributes:
        paragraph: index of the `w:p` among all below `w:body`.
        start, end: code points in the paragraph's visible text (see `paragraph_pieces`); 0 and 0 for a comment on
            the whole paragraph, -1 and -1 for one at the point before its first letter.
        lines: paragraphs of the comment; the first is set in bold.
    """

    paragraph: int
    start: int
    end: int
    lines: tuple[str, ...]


def add_comments(data: bytes, name: str, marks: Sequence[Mark]) -> bytes:
    """The Word file `data` with a comment for each mark, ids in the order of `marks`.

    Raises:
        UnreadableFileError: the file is damaged or hostile.
    """
    package = OfficePackage(data, name)
    root = package.xml("word/document.xml")
    body = root.find(W + "body")
    paragraphs = list(body.iter(W + "p"))
    styles = Styles.of(package.xml("word/styles.xml"))
    comments = package.xml("word/comments.xml")
    if comments is None:
        comments = etree.Element(W + "comments", nsmap={"w": _NS})
    first = 1 + max((int(c.get(W + "id", "-1")) for c in comments.iter(W + "comment")), default=-1)
    numbered = list(enumerate(marks, start=first))
    # from the end of each paragraph to its beginning, so that earlier offsets stay true
    for number, mark in sorted(numbered, key=lambda pair: (pair[1].paragraph, pair[1].start), reverse=True):
        _anchor(paragraphs[mark.paragraph], mark, number, styles)
    for number, mark in numbered:
        comments.append(_comment(mark, number))
    changed = {
        "word/document.xml": _bytes(root),
        "word/comments.xml": _bytes(comments),
        "word/_rels/document.xml.rels": _relations(package),
        "[Content_Types].xml": _content_types(package),
    }
    return _repack(data, changed)


def visible_lengths(data: bytes, name: str) -> list[int]:
    """Visible code points of each `w:p` below `w:body`."""
    package = OfficePackage(data, name)
    styles = Styles.of(package.xml("word/styles.xml"))
    body = package.xml("word/document.xml").find(W + "body")
    return [sum(len(text) for _, text in paragraph_pieces(p, styles)) for p in body.iter(W + "p")]


def _anchor(paragraph: Any, mark: Mark, number: int, styles: Styles) -> None:
    start, end = mark.start, mark.end
    runs = _covered(paragraph, start, end, styles) if end > start else []
    if not runs:
        runs = [run for run, text in paragraph_pieces(paragraph, styles) if text]
    opening, closing = _element("commentRangeStart", number), _element("commentRangeEnd", number)
    reference = etree.Element(W + "r")
    etree.SubElement(reference, W + "commentReference").set(W + "id", str(number))
    if not runs or start < 0:
        properties = paragraph.find(W + "pPr")
        at = 0 if properties is None else 1
        paragraph[at:at] = [opening, closing, reference]
        return
    runs[0].addprevious(opening)
    runs[-1].addnext(closing)
    # the mark of the comment stands in the paragraph itself, not in a link or a content control
    outer = closing
    while outer.getparent() is not paragraph:
        outer = outer.getparent()
    outer.addnext(reference)


def _element(tag: str, number: int) -> Any:
    element = etree.Element(W + tag)
    element.set(W + "id", str(number))
    return element


def _covered(paragraph: Any, start: int, end: int, styles: Styles) -> list[Any]:
    """The runs that hold exactly the characters from `start` to `end`, runs at the edges cut in two."""
    covered: list[Any] = []
    offset = 0
    for run, text in paragraph_pieces(paragraph, styles):
        begin, stop = offset, offset + len(text)
        offset = stop
        if stop <= start or begin >= end:
            continue
        piece = run
        if begin < start and run.tag == W + "r":
            piece = _cut(run, start - begin)
            begin = start
        if stop > end and piece.tag == W + "r":
            _cut(piece, end - begin)
        covered.append(piece)
    return covered


def _cut(run: Any, at: int) -> Any:
    """Cut a run after `at` characters; the second half, with the same properties, follows it and is returned."""
    second = etree.Element(W + "r", attrib=dict(run.attrib))
    properties = run.find(W + "rPr")
    if properties is not None:
        second.append(copy.deepcopy(properties))
    offset = 0
    moving: list[Any] = []
    for child in list(run):
        if child.tag == W + "rPr":
            continue
        length = len(child.text or "") if child.tag == W + "t" else 1 if child.tag in _ONE_CHARACTER else 0
        if offset >= at:
            moving.append(child)
        elif offset + length > at:
            text = child.text or ""
            tail = etree.Element(W + "t")
            child.text, tail.text = text[: at - offset], text[at - offset :]
            child.set(_SPACE, "preserve")
            tail.set(_SPACE, "preserve")
            moving.append(tail)
        offset += length
    for child in moving:
        second.append(child)
    run.addnext(second)
    return second


def _comment(mark: Mark, number: int) -> Any:
    comment = etree.Element(W + "comment")
    comment.set(W + "id", str(number))
    comment.set(W + "author", AUTHOR)
    comment.set(W + "date", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    comment.set(W + "initials", INITIALS)
    for i, line in enumerate(mark.lines):
        paragraph = etree.SubElement(comment, W + "p")
        run = etree.SubElement(paragraph, W + "r")
        if i == 0:
            etree.SubElement(etree.SubElement(run, W + "rPr"), W + "b")
        text = etree.SubElement(run, W + "t")
        text.text = clean(line)
        text.set(_SPACE, "preserve")
    return comment


def _relations(package: OfficePackage) -> bytes:
    root = package.xml("word/_rels/document.xml.rels")
    if root is None:
        root = etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
    if not any(r.get("Type") == _COMMENTS_REL for r in root):
        taken = {r.get("Id") for r in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdTLBC{n}" not in taken)
        relation = etree.SubElement(root, f"{{{_RELS}}}Relationship")
        relation.set("Id", f"rIdTLBC{number}")
        relation.set("Type", _COMMENTS_REL)
        relation.set("Target", "comments.xml")
    return _bytes(root)


def _content_types(package: OfficePackage) -> bytes:
    root = package.xml("[Content_Types].xml")
    if not any(o.get("PartName") == "/word/comments.xml" for o in root):
        override = etree.SubElement(root, f"{{{_TYPES}}}Override")
        override.set("PartName", "/word/comments.xml")
        override.set("ContentType", _COMMENTS_TYPE)
    return _bytes(root)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _repack(data: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    left = dict(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, left.pop(part.filename, b"") or old.read(part.filename))
        for name, content in left.items():
            new.writestr(name, content)
    return out.getvalue()
