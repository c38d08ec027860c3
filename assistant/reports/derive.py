"""Figures computed from given ones by a stated rule, with numerator and denominator.

They never replace what was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assistant.reports.inputs import Inputs
from assistant.reports.relation_types import ColumnSum, Ratio, Relation, RowCount, Sum
from assistant.reports.scope import Scope, field_index
from assistant.reports.types import ReportType
from assistant.vietnamese.numbers import format_number

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed figure.

    Attributes:
        name: a field's name, or one of its own for a share that no field asks for ("plan02_p1_rate").
        value: percentages rounded to two decimals, others exact.
        numerator, denominator: of a ratio.
        rule: the arithmetic as shown: "332/1.941 × 100", "9 + 3".
        operands: names it was computed from.
        partial: some rows of the table had no value: the true figure may be higher.
        note: what was left out, in Vietnamese.
        given: what the officer gave for the same name; None where nothing.
    """

    section: str
    name: str
    label: str
    value: Decimal
    unit: str | None
    rule: str
    operands: tuple[str, ...]
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    partial: bool = False
    note: str | None = None
    given: Any = None


def derive(report_type: ReportType, inputs: Inputs) -> dict[tuple[str, str], Derived]:
    """Every figure that follows from the inputs, by section and name.

    A figure is computed for the sections that ask for it, or that ask for its numerator where no field asks for it.
    """
    results: dict[tuple[str, str], Derived] = {}
    index = field_index(report_type)
    for section in report_type.leaves:
        scope = Scope(report_type, inputs, section.id, index)
        for derived in derive_section(scope):
            results[section.id, derived.name] = derived
    return results


def derive_section(scope: Scope) -> list[Derived]:
    """The figures computed for one section, in the order of the relations; fills `scope.computed`."""
    section = scope.report_type.section(scope.section)
    found: dict[str, Derived] = {}
    # a second round lets figures build on computed ones (a share of a total that is itself a sum)
    for _ in range(2):
        for use in section.topics:
            asked = {field.name for field in use.fields}
            for relation in use.topic.relations:
                name = derived_name(relation)
                if name is None or name in found or not _wanted(relation, name, asked, scope.index):
                    continue
                derived = _compute(relation, scope)
                if derived is not None:
                    found[name] = derived
                    scope.computed[name] = derived.value
                    if derived.note:
                        scope.notes[name] = derived.note
    return list(found.values())


def derived_name(relation: Relation) -> str | None:
    """What a relation lets one compute; None where it is only for checking."""
    match relation:
        case Ratio(value=name) | RowCount(value=name) | ColumnSum(value=name, derive=True):
            return name
        case Sum(derive=name):
            return name
    return None


def _wanted(relation: Relation, name: str, asked: set[str], index: Mapping[str, Any]) -> bool:
    if isinstance(relation, Sum):
        return bool(asked & {relation.total, *relation.parts})
    if name in asked:
        return True
    return name not in index and isinstance(relation, Ratio) and relation.numerator[0] in asked


def _compute(relation: Relation, scope: Scope) -> Derived | None:
    match relation:
        case Ratio():
            return _ratio(relation, scope)
        case Sum():
            return _sum(relation, scope)
        case RowCount():
            return _row_count(relation, scope)
        case ColumnSum():
            return _column_sum(relation, scope)
    return None


def ratio_parts(relation: Ratio, scope: Scope) -> tuple[Decimal, Decimal] | None:
    """Numerator and denominator; None where one is missing or the denominator is no figure to divide by."""
    numerator, denominator = scope.terms(relation.numerator), scope.terms(relation.denominator)
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return numerator, denominator


def percent_of(numerator: Decimal, denominator: Decimal) -> Decimal:
    """100 × numerator / denominator, not rounded."""
    return numerator * 100 / denominator


def _ratio(relation: Ratio, scope: Scope) -> Derived | None:
    parts = ratio_parts(relation, scope)
    if parts is None:
        return None
    numerator, denominator = parts
    value = percent_of(numerator, denominator).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    rule = f"{format_number(numerator)}/{format_number(denominator)} × 100"
    operands = tuple(name.removeprefix("-") for name in (*relation.numerator, *relation.denominator))
    return _derived(relation.value, value, rule, operands, scope, relation.label, numerator, denominator)


def _sum(relation: Sum, scope: Scope) -> Derived | None:
    name = relation.derive
    if name is None:
        return None
    plus = (*relation.parts, *(part for part in relation.optional if scope.number(part) is not None))
    names = plus if name == relation.total else (relation.total, *(f"-{part}" for part in plus if part != name))
    value = scope.terms(names)
    if value is None:
        return None
    return _derived(name, value, terms_rule(names, scope), tuple(n.removeprefix("-") for n in names), scope)


def terms_rule(names: Sequence[str], scope: Scope) -> str:
    """ "9 + 3", "12 - 4": the numbers behind signed names."""
    rule = ""
    for name in names:
        shown = format_number(scope.number(name.removeprefix("-")) or 0)
        sign = " - " if name.startswith("-") else " + "
        rule += (sign if rule else sign.strip(" +")) + shown
    return rule


def _row_count(relation: RowCount, scope: Scope) -> Derived | None:
    rows = scope.rows(relation.table)
    if not rows:
        return None
    if relation.column is None:
        return _derived(relation.value, Decimal(len(rows)), f"đếm {len(rows)} dòng", (relation.table,), scope)
    counted = sum(row.get(relation.column) == relation.equals for row in rows)
    rule = f"đếm «{relation.equals}» trong {len(rows)} dòng"
    return _derived(relation.value, Decimal(counted), rule, (relation.table,), scope)


def _column_sum(relation: ColumnSum, scope: Scope) -> Derived | None:
    rows = scope.rows(relation.table)
    numbers = [(position, cell_number(row.get(relation.column))) for position, row in enumerate(rows, start=1)]
    given = [number for _, number in numbers if number is not None]
    if not given:
        return None
    blank = [str(position) for position, number in numbers if number is None]
    note = f"chưa gồm dòng {', '.join(blank)} (chưa có số liệu)" if blank else None
    rule = " + ".join(format_number(number) for number in given)
    return _derived(relation.value, sum(given, Decimal(0)), rule, (relation.table,), scope, note=note)


def cell_number(value: Any) -> Decimal | None:
    """The number in a table cell; None where it is missing or in words."""
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _derived(
    name: str,
    value: Decimal,
    rule: str,
    operands: tuple[str, ...],
    scope: Scope,
    label: str | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    note: str | None = None,
) -> Derived:
    field = scope.index.get(name)
    inherited = [scope.notes[n] for n in operands if n in scope.notes and scope.inputs.own(scope.section, n) is None]
    note = note or next(iter(inherited), None)
    return Derived(
        section=scope.section,
        name=name,
        label=label or (field.label if field else name),
        value=value,
        unit=(field.unit_label if field else None) or ("%" if numerator is not None else None),
        rule=rule,
        operands=operands,
        numerator=numerator,
        denominator=denominator,
        partial=note is not None,
        note=note,
        given=scope.inputs.own(scope.section, name),
    )


def conflicts(derived: Derived) -> bool:
    """Whether what was given for a figure is another number than the computed one, beyond 0.05 point for shares."""
    given = cell_number(derived.given)
    if given is None or derived.partial:
        return False
    tolerance = Decimal("0.05") if derived.numerator is not None else Decimal(0)
    exact = derived.value
    if derived.numerator is not None and derived.denominator:
        exact = percent_of(derived.numerator, derived.denominator)
    return abs(given - exact) > tolerance
