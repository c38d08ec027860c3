"""Do the figures hang together? Every relation of the topics, tested on the inputs of one report."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from assistant.reports import check_numbers, check_tables, check_texts
from assistant.reports.changes import check_changes
from assistant.reports.derive import derive_section
from assistant.reports.inputs import HEADER, Inputs
from assistant.reports.problems import Problem
from assistant.reports.relation_types import (
    AtLeastProduct,
    AtMost,
    ColumnSum,
    Companion,
    Complete,
    Contradiction,
    Cumulative,
    DateOrder,
    Documents,
    GroupSummary,
    HasFigure,
    Linked,
    Measured,
    Mentions,
    Pattern,
    Rating,
    Ratio,
    Relation,
    RequiredWhen,
    RowAtMost,
    RowCount,
    RowRatio,
    SameRows,
    Sum,
)
from assistant.reports.scope import Scope, field_index, relations_with_sections, show
from assistant.reports.types import ReportType

_CHECKS: Mapping[type[Any], Callable[[Any, Scope], Iterator[Problem]]] = {
    Sum: check_numbers.check_sum,
    Ratio: check_numbers.check_ratio,
    AtMost: check_numbers.check_at_most,
    Cumulative: check_numbers.check_cumulative,
    AtLeastProduct: check_numbers.check_at_least_product,
    RowCount: check_numbers.check_row_count,
    ColumnSum: check_numbers.check_column_sum,
    RequiredWhen: check_numbers.check_required_when,
    Contradiction: check_numbers.check_contradiction,
    RowRatio: check_tables.check_row_ratio,
    RowAtMost: check_tables.check_row_at_most,
    Rating: check_tables.check_rating,
    GroupSummary: check_tables.check_group_summary,
    Measured: check_tables.check_measured,
    Complete: check_tables.check_complete,
    HasFigure: check_tables.check_has_figure,
    SameRows: check_tables.check_same_rows,
    DateOrder: check_texts.check_date_order,
    Documents: check_texts.check_documents,
    Companion: check_texts.check_companion,
    Mentions: check_texts.check_mentions,
    Linked: check_texts.check_linked,
    Pattern: check_texts.check_pattern,
}


def check_relations(report_type: ReportType, inputs: Inputs, previous: Inputs | None = None) -> list[Problem]:
    """Every relation that does not hold, in the order of the report; each once.

    With `previous`, the inputs of the last period, cumulative figures that shrank are among them.
    """
    order = {section.id: position for position, section in enumerate(report_type.sections)}
    found: dict[tuple[str, str], Problem] = {}
    for problem in _all(report_type, inputs, previous):
        # the same slip seen from two sections (flat inputs) is one problem
        found.setdefault((problem.field.rpartition(".")[2], problem.message), problem)
    return sorted(found.values(), key=lambda p: order.get(p.section or "", -1))


def _all(report_type: ReportType, inputs: Inputs, previous: Inputs | None) -> Iterator[Problem]:
    index = field_index(report_type)
    scopes: dict[str, Scope] = {HEADER: Scope(report_type, inputs, HEADER, index)}
    for section in report_type.leaves:
        scopes[section.id] = Scope(report_type, inputs, section.id, index)
        derive_section(scopes[section.id])
    for relation, sections in relations_with_sections(report_type):
        for section_id in _places(relation, sections, report_type, inputs):
            yield from _CHECKS[type(relation)](relation, scopes[section_id])
    yield from _same_figures(report_type, inputs, scopes)
    if previous is not None:
        yield from check_changes(report_type, inputs, previous)


def _places(relation: Relation, sections: tuple[str, ...], report_type: ReportType, inputs: Inputs) -> tuple[str, ...]:
    """Where a relation is tested: in the sections of its topic, and wherever its field was given all the same."""
    if sections == (HEADER,):
        return sections
    anchors = _anchors(relation)
    others = [
        section.id
        for section in report_type.leaves
        if section.id not in sections and any(name in inputs.sections.get(section.id, {}) for name in anchors)
    ]
    asked = [
        s for s in sections if {f.name for f in report_type.section(s).fields} & anchors or _own(s, anchors, inputs)
    ]
    return (*asked, *others)


def _own(section: str, names: set[str], inputs: Inputs) -> bool:
    return any(name in inputs.sections.get(section, {}) for name in names)


def _anchors(relation: Relation) -> set[str]:
    """The field at which a broken relation is reported."""
    match relation:
        case Sum(total=name) | Ratio(value=name) | RowCount(value=name) | ColumnSum(value=name):
            return {name}
        case GroupSummary(summary=name) | RequiredWhen(when=name) | DateOrder(later=name):
            return {name}
        case Contradiction(fields=names):
            return set(names)
        case AtMost(field=name) | Cumulative(field=name) | AtLeastProduct(field=name):
            return {name}
        case Documents(field=name) | Companion(field=name) | Mentions(field=name) | Pattern(field=name):
            return {name}
    return {relation.table}


def _same_figures(report_type: ReportType, inputs: Inputs, scopes: Mapping[str, Scope]) -> Iterator[Problem]:
    """A figure given in several sections (body and appendix) is the same in all of them."""
    first: dict[str, tuple[str, Any]] = {}
    for section in report_type.leaves:
        for name, value in inputs.sections.get(section.id, {}).items():
            if isinstance(value, bool) or not isinstance(value, int | Decimal):
                continue
            where, known = first.setdefault(name, (section.id, value))
            if known == value:
                continue
            scope = scopes[section.id]
            field = scope.index.get(name)
            heading = report_type.section(where).heading
            message = (
                f"{field.label if field else name}: ghi {show(value, field)} ở mục «{section.heading}» nhưng "
                f"{show(known, field)} ở mục «{heading}»."
            )
            rule = f"{show(value, field)} ≠ {show(known, field)}"
            yield check_numbers.problem(scope, "error", name, message, (name,), rule)
