"""Paper, margins and page numbers (Decree 30/2020/NĐ-CP, Annex I, Part I, Section I)."""

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.docx.styles import set_style

_LONG, _SHORT = Mm(297), Mm(210)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
TEXT_WIDTH_MM = 165.0
LANDSCAPE_TEXT_WIDTH_MM = 252.0


def set_page(section: Any, *, landscape: bool = False) -> None:
    """A4 with the margins of the decree; the number of the page in the header, centred, not on the first page."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _number_pages(section)


def new_section(document: Any, *, landscape: bool) -> Any:
    """Start an annex: a new page whose numbers begin with 1 again."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # what ends the section before stands in a paragraph of its own, the last one so far
    set_style(document.paragraphs[-1], "Ngắt trang")
    set_page(section, landscape=landscape)
    restart_numbers(section)
    return section


def restart_numbers(section: Any) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    # schema order: pgNumType stands before cols, titlePg and docGrid
    following = next((child for child in properties if child.tag in _AFTER_NUMBERS), None)
    if following is None:
        properties.append(numbers)
    else:
        following.addprevious(numbers)


_AFTER_NUMBERS = {qn(f"w:{name}") for name in ("cols", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")}


def _number_pages(section: Any) -> None:
    header = section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    set_style(paragraph, "Số trang")
    for kind, instruction in (("begin", None), (None, " PAGE "), ("separate", None), ("text", "2"), ("end", None)):
        run = paragraph.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._r.append(code)
        elif kind == "text":
            run.text = instruction or ""
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    section.first_page_header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    section.first_page_footer.is_linked_to_previous = False
