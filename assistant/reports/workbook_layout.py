"""How the workbook of a report is laid out; what writing and reading it agree on.

Each sheet has the columns of `COLUMNS`. Column A is hidden and holds the key of its row: `KIND:section.field`, with
the kinds V (one value), L (one item of a list), S (a protected total) and T (head of a table or of documents; the
record keys of its columns follow a bar: `T:section.field|ten,hang_sao`). The rows of a table follow its head until
the next key, which is `E:`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reports.fields import Field
from assistant.reports.numbering import label
from assistant.reports.relation_types import ColumnSum as ColumnTotal
from assistant.reports.relation_types import Ratio, RowCount, Sum
from assistant.reports.types import ReportType, Section

META = "_meta"
CHOICES = "_danh_muc"
GUIDE = "Hướng dẫn"
HEADER_SHEET = "Thông tin chung"
KEY, LABEL, VALUE, UNIT, EXAMPLE, PREVIOUS, HELP = range(1, 8)
COLUMNS = ("", "Nội dung", "Số liệu kỳ này", "Đơn vị", "Ví dụ", "Kỳ trước", "Ghi chú")
# a table starts in the column of labels and may reach beyond the columns of single values
TABLE_START = LABEL
LIST_ROWS = 5
TABLE_ROWS = 8
_LEAVES_A_SHEET = 6
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title and the sections on it."""

    title: str
    sections: tuple[Section, ...]


def written_key(key: str) -> str:
    """A key as it stands in its cell: LibreOffice takes "_x" for the beginning of an escaped letter."""
    return re.sub(r"_(?=[xX])", "_~", key)


def read_key(value: object) -> str:
    """The key that a cell holds; "" where it is empty."""
    return str(value or "").replace("_~", "_")


def sheets(report_type: ReportType) -> list[Sheet]:
    """The sheets of a report: parts with few sections are one sheet, larger ones are split along their headings."""
    groups: list[tuple[Section, ...]] = []
    for top in report_type.children(None):
        groups.extend(_split(report_type, top))
    titles: set[str] = {HEADER_SHEET, GUIDE}
    result = []
    for group in groups:
        title = _title(report_type, group, titles)
        titles.add(title)
        result.append(Sheet(title, group))
    return result


def _leaves(report_type: ReportType, node: Section) -> list[Section]:
    below = [leaf for child in report_type.children(node.id) for leaf in _leaves(report_type, child)]
    own = [node] if node.fields else []
    return own + below


def _split(report_type: ReportType, node: Section) -> Iterator[tuple[Section, ...]]:
    leaves = _leaves(report_type, node)
    if not leaves:
        return
    if len(leaves) <= _LEAVES_A_SHEET:
        yield tuple(leaves)
        return
    gathered: list[Section] = [node] if node.fields else []
    for child in report_type.children(node.id):
        below = _leaves(report_type, child)
        if len(below) > _LEAVES_A_SHEET or (gathered and len(gathered) + len(below) > _LEAVES_A_SHEET):
            if gathered:
                yield tuple(gathered)
            gathered = []
        if len(below) > _LEAVES_A_SHEET:
            yield from _split(report_type, child)
        else:
            gathered.extend(below)
    if gathered:
        yield tuple(gathered)


def _title(report_type: ReportType, group: Sequence[Section], taken: set[str]) -> str:
    first = group[0]
    common = [s for s in report_type.path(first.id) if all(s in report_type.path(other.id) for other in group)]
    named = common[-1] if common else first
    numbers = [_full_number(report_type, section) for section in (group[0], group[-1])]
    if named in group or len(_leaves(report_type, named)) == len(group):
        text = f"{_full_number(report_type, named)} {named.heading}"
    elif len(group) == 1:
        text = f"{numbers[0]} {first.heading}"
    else:
        text = f"{numbers[0]} đến {numbers[1]}"
    text = " ".join(_FORBIDDEN.sub(" ", text).split()).strip("' ")
    title = _cut(text, 31)
    position = 2
    while title.lower() in {name.lower() for name in taken}:
        title = f"{_cut(text, 27)} ({position})"
        position += 1
    return title


def _cut(text: str, length: int) -> str:
    """At most `length` characters, cut between words (Excel allows 31 in the name of a sheet)."""
    return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0].rstrip(" ,;-")


def _full_number(report_type: ReportType, section: Section) -> str:
    """ "A.II.3.6", "Phụ lục IV"; the heading's first words where nothing is numbered."""
    if section.appendix:
        return section.number
    parts: list[str] = []
    for step in report_type.path(section.id):
        number = step.number.rstrip(")")
        if parts and number.startswith(parts[-1] + "."):
            parts[-1] = number
        elif number:
            parts.append(number)
    return ".".join(parts)


def heading(report_type: ReportType, section: Section) -> str:
    """The heading of a section's block, with the headings above it."""
    above = [s.heading for s in report_type.path(section.id)[:-1][-1:]]
    own = label(section.number, section.heading)
    return f"{own}   ({above[0]})" if above else own


def total_parts(section: Section, name: str) -> tuple[str, ...]:
    """The fields of this very section that a protected total adds up; empty where it is no such total."""
    names = {field.name for field in section.fields}
    for use in section.topics:
        for relation in use.topic.relations:
            match relation:
                case Sum(total=total, parts=parts, optional=()) if total == name and set(parts) <= names:
                    return parts
    return ()


def computed_by(section: Section, field: Field) -> Ratio | ColumnTotal | RowCount | None:
    """The relation by which the program computes a field where it is left blank."""
    for use in section.topics:
        for relation in use.topic.relations:
            match relation:
                case Ratio(value=name) | RowCount(value=name) | ColumnTotal(value=name, derive=True):
                    if name == field.name:
                        return relation
    return None
