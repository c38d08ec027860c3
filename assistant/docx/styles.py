"""The styles of a report and the empty document that carries them.

Every size, weight and distance of Decree 30/2020/NĐ-CP, Annex I, Part I, is a property of a named style, so that an
officer can change a whole report in one place and nothing hangs on loose runs.
"""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
BODY_PT = 14.0
TABLE_PT = 13.0
# for tables whose words do not fit their columns at the usual size
SMALL_TABLE_PT = 11.0
_SIDES = ("ascii", "hAnsi", "eastAsia", "cs")

LEFT, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True, slots=True)
class StyleSpec:
    """One paragraph style. Sizes and distances in points, indents in centimetres, line as a multiple of single."""

    name: str
    size: float = BODY_PT
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = LEFT
    first_line_cm: float = 0.0
    left_cm: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    keep_next: bool = False
    outline_level: int | None = None


def _heading(level: int, *, align: WD_ALIGN_PARAGRAPH = JUSTIFY, italic: bool = False) -> StyleSpec:
    indent = 1.27 if align == JUSTIFY else 0.0
    return StyleSpec(
        f"Đề mục {level}", bold=True, italic=italic, align=align, first_line_cm=indent, before=6, after=6, line=1.15,
        keep_next=True, outline_level=level - 1,
    )  # fmt: skip


STYLES: tuple[StyleSpec, ...] = (
    StyleSpec("Quốc hiệu", size=12, bold=True, align=CENTER),
    StyleSpec("Tiêu ngữ", size=13, bold=True, align=CENTER),
    StyleSpec("Cơ quan chủ quản", size=12, align=CENTER),
    StyleSpec("Cơ quan ban hành", size=12, bold=True, align=CENTER),
    StyleSpec("Số ký hiệu", size=13, align=CENTER, before=6),
    StyleSpec("Địa danh ngày tháng", size=13, italic=True, align=CENTER, before=6),
    StyleSpec("Tên loại văn bản", size=14, bold=True, align=CENTER, before=18, keep_next=True),
    StyleSpec("Trích yếu", size=14, bold=True, align=CENTER, keep_next=True),
    StyleSpec("Kính gửi", size=14, align=CENTER, before=6, after=6),
    StyleSpec("Kính gửi nhiều nơi", size=14, left_cm=3.0, before=6),
    StyleSpec("Danh sách kính gửi", size=14, left_cm=4.9, first_line_cm=0.0),
    StyleSpec("Căn cứ", italic=True, align=JUSTIFY, first_line_cm=1.27, after=6, line=1.15),
    StyleSpec("Thân bài", align=JUSTIFY, first_line_cm=1.27, after=6, line=1.15),
    StyleSpec("Tên phần", bold=True, align=CENTER, before=12, after=0, keep_next=True, outline_level=0),
    StyleSpec("Tiêu đề phần", bold=True, align=CENTER, after=6, keep_next=True),
    *(_heading(level) for level in range(1, 6)),
    StyleSpec("Tên bảng", bold=True, align=CENTER, before=6, after=6, keep_next=True),
    StyleSpec("Đơn vị tính", size=TABLE_PT, italic=True, align=RIGHT, after=3, keep_next=True),
    StyleSpec("Đầu bảng", size=TABLE_PT, bold=True, align=CENTER, before=2, after=2),
    StyleSpec("Ô chữ", size=TABLE_PT, before=2, after=2),
    StyleSpec("Ô giữa", size=TABLE_PT, align=CENTER, before=2, after=2),
    StyleSpec("Ô số", size=TABLE_PT, align=RIGHT, before=2, after=2),
    StyleSpec("Đầu bảng nhỏ", size=SMALL_TABLE_PT, bold=True, align=CENTER, before=2, after=2),
    StyleSpec("Ô chữ nhỏ", size=SMALL_TABLE_PT, before=2, after=2),
    StyleSpec("Ô giữa nhỏ", size=SMALL_TABLE_PT, align=CENTER, before=2, after=2),
    StyleSpec("Ô số nhỏ", size=SMALL_TABLE_PT, align=RIGHT, before=2, after=2),
    StyleSpec("Tên phụ lục", bold=True, align=CENTER, keep_next=True, outline_level=0),
    StyleSpec("Tiêu đề phụ lục", bold=True, align=CENTER, keep_next=True),
    StyleSpec("Kèm theo", italic=True, align=CENTER, keep_next=True),
    StyleSpec("Nơi nhận", size=12, bold=True, italic=True),
    StyleSpec("Danh sách nơi nhận", size=11),
    StyleSpec("Quyền hạn chức vụ", size=14, bold=True, align=CENTER, keep_next=True),
    StyleSpec("Họ tên người ký", size=14, bold=True, align=CENTER, before=72),
    StyleSpec("Đường kẻ", size=2, align=CENTER, before=5, after=2),
    # carries the end of a section: too small to open a page of its own after a full one
    StyleSpec("Ngắt trang", size=1),
    StyleSpec("Số trang", size=14, align=CENTER),
)


# style ids are our own: python-docx looks a style up by name at every use, which costs more than the writing itself
_IDS = {spec.name: f"TLBC{number:02d}" for number, spec in enumerate(STYLES, start=1)}


def set_style(paragraph: Any, name: str) -> None:
    """Give a paragraph one of `STYLES`."""
    paragraph._p.style = _IDS[name]


def styled(parent: Any, name: str, text: str = "") -> Any:
    """A new paragraph of `parent` (document or cell) in one of `STYLES`."""
    paragraph = parent.add_paragraph(text)
    set_style(paragraph, name)
    return paragraph


def new_document() -> Any:
    """An empty A4 document with the styles of a report and nothing of the library's own template look."""
    document = Document()
    _set_defaults(document)
    for spec in STYLES:
        _add_style(document, spec)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.language = "vi-VN"
    return document


def _set_defaults(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run_properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = run_properties.find(qn("w:rFonts"))
    _name_font(fonts)
    for language in run_properties.findall(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
        language.set(qn("w:eastAsia"), "vi-VN")
    normal = document.styles["Normal"]
    _set_font(normal, BODY_PT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for name in ("Header", "Footer", "Table Grid"):
        document.styles[name].font.name = FONT


def _name_font(fonts: Any) -> None:
    """Name the four scripts: a Vietnamese letter may be looked up under any of them."""
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for side in _SIDES:
        fonts.set(qn(f"w:{side}"), FONT)


def _set_font(style: Any, size: float) -> None:
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    _name_font(style.element.rPr.rFonts)


def _add_style(document: Any, spec: StyleSpec) -> None:
    style = document.styles.add_style(spec.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = _IDS[spec.name]
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_font(style, spec.size)
    style.font.bold, style.font.italic = spec.bold, spec.italic
    form = style.paragraph_format
    form.alignment = spec.align
    form.first_line_indent, form.left_indent = Cm(spec.first_line_cm), Cm(spec.left_cm)
    form.space_before, form.space_after = Pt(spec.before), Pt(spec.after)
    form.line_spacing = spec.line
    form.keep_with_next = spec.keep_next
    form.widow_control = True
    if spec.outline_level is not None:
        _set_outline(style, spec.outline_level)


def _set_outline(style: Any, level: int) -> None:
    """Make Word's navigation pane list the headings."""
    properties = style.element.get_or_add_pPr()
    outline = properties.makeelement(qn("w:outlineLvl"), {qn("w:val"): str(level)})
    properties.append(outline)
