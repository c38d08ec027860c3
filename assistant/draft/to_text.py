"""The draft as plain text, for the terminal."""

from collections.abc import Iterator

from assistant.draft.model import Draft, DraftSection, DraftTable, Paragraph
from assistant.reports.numbering import label

_POINT = {"bullet": "- ", "sub_bullet": "+ "}


def draft_text(draft: Draft) -> str:
    """Headings, paragraphs and tables in reading order, tables with their cells set apart by bars."""
    return "\n".join(_lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    if draft.whole:
        yield draft.header.kind
        yield draft.title
        yield ""
    for paragraph in draft.opening:
        yield paragraph.text
    for section in draft.sections:
        if not section.appendix:
            yield from _section(section)
    for paragraph in draft.closing:
        yield paragraph.text
    for section in draft.sections:
        if section.appendix:
            yield from _section(section)


def _section(section: DraftSection) -> Iterator[str]:
    if section.heading:
        number = f"{section.number})" if section.style == "lower_alpha" and section.number else section.number
        yield ""
        yield label(number, section.heading)
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield f"{_POINT.get(block.kind, '')}{block.text}"
        else:
            yield from _table(block)


def _table(table: DraftTable) -> Iterator[str]:
    yield table.caption
    yield " | ".join(column.label for column in table.columns)
    for row in table.rows:
        yield " | ".join(cell.text for cell in row)
