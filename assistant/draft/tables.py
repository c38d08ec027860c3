"""Tables of the draft: records of a field, or the figures of an appendix line by line."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.draft.facts import Fact, SectionFacts, is_given
from assistant.draft.model import Align, Cell, Column, DraftTable
from assistant.draft.values import clean_text, format_value, is_number
from assistant.draft.words import upper_first
from assistant.evidence import InputFigure
from assistant.reports.fields import Column as FieldColumn
from assistant.reports.fields import record_columns
from assistant.reports.numbering import roman

_NUMBERS = frozenset({"int", "float", "percent", "money"})
_NUMBER_COLUMN = Column("STT", "center")


def record_table(fact: Fact, facts: SectionFacts, *, caption: str | None = None) -> DraftTable:
    """The records of a table field, columns without any value left out, with a row of totals where one is known."""
    records = [record for record in fact.value if isinstance(record, Mapping)]
    group = _GROUPS.get(fact.field.name)
    columns = [c for c in record_columns(fact.field) if c.name not in ("stt", group) and _filled(records, c.name)]
    columns += _unknown_columns(records, record_columns(fact.field))
    rows = list(_rows(fact, records, columns, group))
    total = _total_row(fact, facts, columns)
    heads = (_NUMBER_COLUMN, *(_head(column) for column in columns))
    return DraftTable(
        caption=caption or fact.field.label,
        columns=heads,
        rows=(*rows, total) if total else tuple(rows),
        unit_note="Đơn vị tính: đồng" if any(column.type == "money" for column in columns) else "",
        has_total=total is not None,
        field=f"{fact.section}.{fact.field.name}",
    )


# tables whose rows belong to groups: the column that names the group becomes a line above its rows
_GROUPS = {"indicators": "nhom"}


def _rows(
    fact: Fact, records: Sequence[Mapping[str, Any]], columns: Sequence[FieldColumn], group: str | None
) -> Iterator[tuple[Cell, ...]]:
    """The records in order, numbered throughout; a line with the name of each group before its rows."""
    current: Any = None
    heads = 0
    for index, record in enumerate(records, start=1):
        name = record.get(group) if group else None
        if group and is_given(name) and name != current:
            current = name
            heads += 1
            head = Cell(upper_first(clean_text(str(name))), (fact.evidence({group: name}),), bold=True)
            yield (Cell(roman(heads), bold=True), head, *(Cell("") for _ in columns[1:]))
        yield (Cell(f"{index:d}"), *(_cell(fact, record, column) for column in columns))


def figure_table(facts: Sequence[Fact], caption: str) -> DraftTable:
    """One line per figure: what, unit, value; gaps are visible."""
    rows = tuple(
        (Cell(f"{index:d}"), Cell(fact.field.label), Cell(fact.field.unit or ""), _figure_cell(fact))
        for index, fact in enumerate(facts, start=1)
    )
    columns = (
        _NUMBER_COLUMN,
        Column("Nội dung"),
        Column("Đơn vị tính", "center"),
        Column("Kết quả", "right"),
    )
    return DraftTable(caption, columns, rows)


def text_table(facts: Sequence[Fact], caption: str) -> DraftTable:
    """One line per text: what it is about, what it says."""
    rows = tuple(
        (Cell(f"{index:d}"), Cell(fact.field.label), Cell(upper_first(_figure_cell(fact).text), (fact.evidence(),)))
        for index, fact in enumerate(facts, start=1)
    )
    return DraftTable(caption, (_NUMBER_COLUMN, Column("Nội dung"), Column("Kết quả")), rows)


def list_table(fact: Fact) -> DraftTable:
    """One line per point of a list."""
    values = fact.value if isinstance(fact.value, list | tuple) else [fact.value]
    rows = tuple(
        (Cell(f"{index:d}"), Cell(upper_first(format_value(item, fact.field)), (fact.evidence(item),)))
        for index, item in enumerate((v for v in values if is_given(v)), start=1)
    )
    return DraftTable(fact.field.label, (_NUMBER_COLUMN, Column(fact.field.label)), rows,
                      field=f"{fact.section}.{fact.field.name}")  # fmt: skip


def _figure_cell(fact: Fact) -> Cell:
    if fact.standing == "missing":
        return Cell(f"[{fact.field.label}: chưa có số liệu]", (), highlighted=True)
    return Cell(format_value(fact.value, fact.field), (fact.evidence(),))


def _filled(records: Sequence[Mapping[str, Any]], name: str) -> bool:
    return any(is_given(record.get(name)) for record in records)


def _unknown_columns(records: Sequence[Mapping[str, Any]], known: Sequence[FieldColumn]) -> list[FieldColumn]:
    """Keys of the records that the field does not name: shown as they are, nothing given is lost."""
    names = {column.name for column in known} | {"stt"}
    extra = dict.fromkeys(key for record in records for key in record if key not in names)
    return [FieldColumn(name, upper_first(name.replace("_", " "))) for name in extra if _filled(records, name)]


def _cell(fact: Fact, record: Mapping[str, Any], column: FieldColumn) -> Cell:
    value = record.get(column.name)
    if not is_given(value):
        return Cell("")
    text = _yes_no(value, column) if isinstance(value, bool) else upper_first(format_value(value, column))
    return Cell(text, (fact.evidence({column.name: value}),))


def _yes_no(value: bool, column: FieldColumn) -> str:
    done = {"len_san": ("Đã lên sàn", "Chưa lên sàn"), "da_ban_hanh": ("Đã ban hành", "Chưa ban hành")}
    return done.get(column.name, ("Có", "Không"))[0 if value else 1]


def _head(column: FieldColumn) -> Column:
    align: Align = "left"
    if column.type in _NUMBERS:
        align = "right"
    elif column.type in ("bool", "choice", "date"):
        align = "center"
    return Column(column.label, align)


# the figures that are totals of a table's columns
_TOTALS = {
    "budget_items": {"so_tien": "budget_total", "da_giai_ngan": "budget_disbursed"},
    "it_staff": {"so_nguoi": "it_staff_total"},
    "bieu_tthc_linh_vuc": {name: name for name in ("rec_online", "rec_direct", "rec_carried", "rec_early_ontime",
                                                    "rec_late", "rec_pending")},
    "bieu_so_hoa": {name: name for name in ("dig_target", "dig_done", "dig_reuse")},
}  # fmt: skip


def _total_row(fact: Fact, facts: SectionFacts, columns: Sequence[FieldColumn]) -> tuple[Cell, ...] | None:
    """The totals as given or derived; a column whose total is not known is added up where every row has a figure."""
    totals = _TOTALS.get(fact.field.name)
    if totals is None:
        return None
    # where the first column is a total itself, the words stand under the row numbers
    labelled = bool(columns) and columns[0].name in totals
    cells: list[Cell] = [Cell("Tổng" if labelled else "")]
    for column in columns:
        if column.name in totals:
            cells.append(_total_cell(fact, facts.get(totals[column.name]), column))
        elif not labelled:
            cells.append(Cell("Tổng cộng"))
            labelled = True
        else:
            cells.append(Cell(""))
    return tuple(cells) if any(cell.evidence for cell in cells) else None


def _total_cell(fact: Fact, total: Fact | None, column: FieldColumn) -> Cell:
    if total is not None and total.standing != "missing" and is_number(total.value):
        return Cell(format_value(total.value, column), (total.evidence(),))
    numbers = [record.get(column.name) for record in fact.value]
    if not numbers or not all(is_number(number) for number in numbers):
        return Cell("")
    whole = sum((Decimal(str(number)) for number in numbers), Decimal(0))
    rule = " + ".join(format_value(number, column) for number in numbers)
    evidence = InputFigure(fact.field.name, int(whole), fact.section, rule, (fact.field.name,))
    return Cell(format_value(int(whole), column), (evidence,))
