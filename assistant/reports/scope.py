"""The values that a relation sees from one section of a report."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.reports.fields import Field, short_label
from assistant.reports.inputs import HEADER, Inputs
from assistant.reports.relation_types import Relation
from assistant.reports.types import ReportType
from assistant.vietnamese.numbers import format_money, format_number, format_percent

Number = Decimal | int


class Scope:
    """Looks names up from a section: its own values first, then flat and header ones, then a value on which all
    other sections that give it agree (the appendix that holds the table behind a total), then a computed one.

    Attributes:
        section: section id, or "header".
        index: every field the report type knows, by name.
        computed: values derived from others of this section, filled by `derive`.
        notes: what those leave out, by name.
    """

    def __init__(
        self, report_type: ReportType, inputs: Inputs, section: str, index: Mapping[str, Field] | None = None
    ) -> None:
        self.index = index if index is not None else field_index(report_type)
        self.report_type = report_type
        self.inputs = inputs
        self.section = section
        self.computed: dict[str, Decimal] = {}
        self.notes: dict[str, str] = {}

    def value(self, name: str) -> Any:
        """The value of a name, None where it is given nowhere or sections differ about it."""
        own = self.inputs.value(self.section, name)
        if own is not None:
            return own
        elsewhere = [values[name] for section, values in self.inputs.sections.items() if values.get(name) is not None]
        if elsewhere and all(value == elsewhere[0] for value in elsewhere[1:]):
            return elsewhere[0]
        return self.computed.get(name)

    def number(self, name: str) -> Decimal | None:
        """The number of a name; None where it is missing or given in words."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        return Decimal(value)

    def own_number(self, name: str) -> Decimal | None:
        """The number given in this very section, or flat."""
        value = self.inputs.own(self.section, name)
        return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None

    def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """The records of a table or document list; empty where it is missing."""
        value = self.value(table)
        return value if isinstance(value, list) else ()

    def terms(self, names: Sequence[str]) -> Decimal | None:
        """The sum of names, those with "-" taken away; None where one is missing."""
        total = Decimal(0)
        for name in names:
            number = self.number(name.removeprefix("-"))
            if number is None:
                return None
            total += -number if name.startswith("-") else number
        return total

    def label(self, name: str) -> str:
        """The label of a field with a small first letter, for the middle of a sentence."""
        field = self.index.get(name)
        label = short_label(field) if field else name
        return label if label[:2].isupper() else label[:1].lower() + label[1:]


def field_index(report_type: ReportType) -> dict[str, Field]:
    """Every field that a report type's topics and header know, asked for or not, by name."""
    index = {
        field.name: field for section in report_type.leaves for use in section.topics for field in use.topic.fields
    }
    index.update({field.name: field for field in report_type.header})
    return index


def relations_with_sections(report_type: ReportType) -> Iterator[tuple[Relation, tuple[str, ...]]]:
    """Each relation once, with the sections whose topics carry it, in the order of the report."""
    places: dict[str, tuple[Relation, list[str]]] = {}
    for section in report_type.leaves:
        for use in section.topics:
            for position, relation in enumerate(use.topic.relations):
                places.setdefault(f"{use.topic.id}#{position}", (relation, []))[1].append(section.id)
    for relation, sections in places.values():
        yield relation, tuple(sections)
    for relation in report_type.header_relations:
        yield relation, (HEADER,)


def show(value: Number, field: Field | None) -> str:
    """A number the Vietnamese way with the sign of its type: 92.43 -> "92,43%"; counts and amounts plain."""
    if field is not None and field.type == "percent":
        return format_percent(value)
    if field is not None and field.type == "money":
        return format_money(value)
    return format_number(value)
