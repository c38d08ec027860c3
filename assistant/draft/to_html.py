"""The draft as plain HTML for the preview: the same model as the Word document, so the two cannot differ."""

from collections.abc import Iterator
from html import escape

from assistant.docx.letterhead import COUNTRY, MOTTO
from assistant.docx.letters import clean
from assistant.docx.signature import recipient_lines
from assistant.draft.model import Cell, Draft, DraftSection, DraftTable, Paragraph
from assistant.draft.sources import heading_line

_CLASSES = {"missing": "thieu", "conflict": "doi-chieu"}


def render_html(draft: Draft) -> str:
    """An <article> with semantic elements and no style of its own; all values are escaped."""
    return "".join(_article(draft))


def _article(draft: Draft) -> Iterator[str]:
    yield f'<article class="bao-cao" data-report-type="{escape(draft.report_type)}">'
    if draft.whole:
        yield from _letterhead(draft)
    for paragraph in draft.opening:
        yield _paragraph(paragraph, "header")
    for section in draft.sections:
        if not section.appendix:
            yield from _section(draft, section)
    for paragraph in draft.closing:
        yield _paragraph(paragraph, "header")
    if draft.whole:
        yield from _signature(draft)
    for section in draft.sections:
        if section.appendix:
            yield from _section(draft, section)
    yield "</article>"


def _letterhead(draft: Draft) -> Iterator[str]:
    head = draft.header
    agency = "".join(f"<div>{_text(line)}</div>" for line in head.superior)
    agency += "".join(f"<div><strong>{_text(line)}</strong></div>" for line in head.agency)
    yield '<header class="dau-van-ban"><div class="cot">'
    yield f"<div>{agency}<div>{_text(head.number)}</div></div>"
    yield f"<div><div><strong>{COUNTRY}</strong></div><div><strong>{MOTTO}</strong></div>"
    yield f"<div><em>{_text(head.place_date)}</em></div></div></div>"
    yield f"<h1>{_text(head.kind)}<br>{_text(head.subject)}</h1>"
    if head.addressees:
        yield f'<p class="kinh-gui">Kính gửi: {_text("; ".join(head.addressees))}.</p>'
    yield "</header>"


def _section(draft: Draft, section: DraftSection) -> Iterator[str]:
    # a section shown alone may stand beside the whole report: the name belongs to that one
    name = f' id="sec-{escape(section.id)}"' if draft.whole else ""
    yield f'<section{name} class="{"phu-luc" if section.appendix else "muc"}">'
    if section.heading:
        level = min(section.level + 1, 6)
        title = f"{section.number}<br>{section.heading}" if section.appendix else None
        shown = "<br>".join(_text(part) for part in title.split("<br>")) if title else _text(heading_line(section))
        yield f"<h{level}>{shown}</h{level}>"
    if section.appendix:
        yield f'<p class="kem-theo"><em>{_text(draft.header.attached_to)}</em></p>'
    points: list[str] = []
    keys = (key for key, _, _ in section.rows())
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.kind == "bullet":
            points.append(_paragraph(block, section.id, tag="li"))
            continue
        yield from _list(points)
        points = []
        yield _paragraph(block, section.id) if isinstance(block, Paragraph) else _table(block, keys)
    yield from _list(points)
    yield "</section>"


def _list(points: list[str]) -> Iterator[str]:
    if points:
        yield f"<ul>{''.join(points)}</ul>"


def _paragraph(paragraph: Paragraph, section: str, *, tag: str = "p") -> str:
    indices = ",".join(str(index) for index in range(len(paragraph.evidence)))
    edited = ' class="da-sua"' if paragraph.edited else ""
    opening = f'<{tag} data-key="{escape(paragraph.key)}" data-section="{escape(section)}"{edited}>'
    return f'{opening}<span class="cau" data-ev="{indices}">{_marked(paragraph)}</span></{tag}>'


def _marked(paragraph: Paragraph) -> str:
    spans = sorted((s for s in paragraph.spans if s.mark.kind in _CLASSES and s.end > s.start), key=lambda s: s.start)
    parts: list[str] = []
    last = 0
    for span in spans:
        if span.start < last:
            continue
        name = _CLASSES[span.mark.kind]
        field = escape(span.mark.field or "")
        parts.append(_text(paragraph.text[last : span.start], keep_spaces=True))
        inner = _text(paragraph.text[span.start : span.end], keep_spaces=True)
        parts.append(f'<mark class="{name}" data-field="{field}">{inner}</mark>')
        last = span.end
    parts.append(_text(paragraph.text[last:], keep_spaces=True))
    return "".join(parts)


def _table(table: DraftTable, keys: Iterator[str]) -> str:
    head = "".join(f'<th scope="col">{_text(column.label)}</th>' for column in table.columns)
    rows = "".join(
        f"<tr{_row_key(row, next(keys))}>"
        + "".join(
            f'<td class="{column.align}">{_cell(cell)}</td>' for cell, column in zip(row, table.columns, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    caption = _text(table.caption + (f" ({table.unit_note})" if table.unit_note else ""))
    # a wide table scrolls within the page; with the keyboard too
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row_key(row: tuple[Cell, ...], key: str) -> str:
    return f' data-key="{escape(key)}"' if any(cell.evidence for cell in row) else ""


def _cell(cell: Cell) -> str:
    shown = _text(cell.text)
    if cell.bold:
        shown = f"<strong>{shown}</strong>"
    return f'<mark class="thieu">{shown}</mark>' if cell.highlighted else shown


def _signature(draft: Draft) -> Iterator[str]:
    head = draft.header
    yield '<footer class="cuoi-van-ban cot"><div><strong><em>Nơi nhận:</em></strong>'
    yield "".join(f"<div>{_text(line)}</div>" for line in recipient_lines(head.recipients))
    yield "</div><div>"
    yield "".join(f"<div><strong>{_text(line)}</strong></div>" for line in head.authority)
    signer = _text(head.signer) if head.signer else '<mark class="thieu">[Họ và tên người ký]</mark>'
    yield f'<div class="ho-ten"><strong>{signer}</strong></div></div></footer>'


def _text(text: str, *, keep_spaces: bool = False) -> str:
    shown = escape(clean(text))
    return shown if keep_spaces else shown.strip()
