"""The first page of a report: letterhead, number, place and date, type, subject, addressees; and annex headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.docx.metrics import line_width_pt
from assistant.docx.page import LANDSCAPE_TEXT_WIDTH_MM, TEXT_WIDTH_MM
from assistant.docx.styles import set_style, styled
from assistant.docx.tables import grid
from assistant.docx.text import Piece, add_pieces, clean

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT_MM, _RIGHT_MM = 68.0, 102.0
_POINTS_PER_MM = 72 / 25.4
_CELL_PADDING_PT = 10.8  # Word's own: 5.4 pt on each side
# the decree asks for a third to a half of the line
_SHARE = 0.42


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the text.

    Attributes:
        superior: lines of the superior agency (not bold); empty where none is shown.
        agency: lines of the issuing agency, in capitals.
        number: "Số: 15/BC-UBND"; the number may be blank in a draft.
        place_date: "Tân Đoàn, ngày      tháng 10 năm 2025".
        kind: "BÁO CÁO".
        subject: lines of the subject, without a full stop.
        addressees: those after "Kính gửi:"; empty for none.
    """

    superior: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    place_date: str
    kind: str
    subject: tuple[str, ...]
    addressees: tuple[str, ...] = ()


def add_letterhead(document: Any, head: Letterhead) -> None:
    """Write the first page down to the addressees."""
    table = grid(document, 2, (_LEFT_MM, _RIGHT_MM), borders=False)
    left, right = table.rows[0].cells
    for line in head.superior:
        _line(left, line, "Cơ quan chủ quản")
    for line in head.agency:
        _line(left, line, "Cơ quan ban hành")
    longest = max((line_width_pt(line, 12) for line in head.agency[-1:]), default=60.0)
    _cell_rule(left, longest * _SHARE, _LEFT_MM)
    _line(right, COUNTRY, "Quốc hiệu")
    _line(right, MOTTO, "Tiêu ngữ")
    _cell_rule(right, line_width_pt(MOTTO, 13), _RIGHT_MM)
    _line(table.rows[1].cells[0], head.number, "Số ký hiệu")
    _line(table.rows[1].cells[1], head.place_date, "Địa danh ngày tháng")
    styled(document, "Tên loại văn bản", head.kind)
    for line in head.subject:
        styled(document, "Trích yếu", clean(line))
    last = line_width_pt(head.subject[-1], 14) if head.subject else 120.0
    add_rule(document, min(max(last * _SHARE, 60.0), 200.0))
    _addressees(document, head.addressees)


def _addressees(document: Any, addressees: Sequence[str]) -> None:
    if len(addressees) == 1:
        styled(document, "Kính gửi", f"Kính gửi: {clean(addressees[0]).rstrip('.;')}.")
    elif addressees:
        styled(document, "Kính gửi nhiều nơi", "Kính gửi:")
        for index, name in enumerate(addressees):
            end = "." if index == len(addressees) - 1 else ";"
            styled(document, "Danh sách kính gửi", f"- {clean(name).rstrip('.;')}{end}")


def add_annex_heading(document: Any, name: str, title: Sequence[Piece], attached_to: str, *, landscape: bool) -> None:
    """The head of an annex: its name, its title in capitals, the report it belongs to, a rule."""
    styled(document, "Tên phụ lục", name)
    add_pieces(styled(document, "Tiêu đề phụ lục"), title)
    styled(document, "Kèm theo", clean(attached_to))
    add_rule(document, 120.0, text_mm=LANDSCAPE_TEXT_WIDTH_MM if landscape else TEXT_WIDTH_MM)


def _line(cell: Any, text: str, style: str) -> None:
    first = cell.paragraphs[0]
    # a fresh cell holds one empty paragraph: use it before adding others
    paragraph = first if not first.text and len(cell.paragraphs) == 1 else cell.add_paragraph()
    set_style(paragraph, style)
    paragraph.add_run(clean(text))


def _cell_rule(cell: Any, length_pt: float, width_mm: float) -> None:
    paragraph = styled(cell, "Đường kẻ")
    _draw(paragraph, length_pt, width_mm * _POINTS_PER_MM - _CELL_PADDING_PT)


def add_rule(document: Any, length_pt: float, *, text_mm: float = TEXT_WIDTH_MM) -> None:
    """A centred solid rule of `length_pt` as the top border of a paragraph of its own."""
    paragraph = styled(document, "Đường kẻ")
    paragraph.paragraph_format.space_after = Pt(8)
    _draw(paragraph, length_pt, text_mm * _POINTS_PER_MM)


def _draw(paragraph: Any, length_pt: float, room_pt: float) -> None:
    margin = Pt(max((room_pt - length_pt) / 2, 0))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = margin
    form.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    # schema order: pBdr stands before spacing, ind and jc
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders)
