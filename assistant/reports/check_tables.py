"""Checks of relations inside tables, and between a table and figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.reports.check_numbers import TOLERANCE, problem
from assistant.reports.derive import cell_number, derive_section, percent_of
from assistant.reports.problems import Problem
from assistant.reports.records import row_name
from assistant.reports.relation_types import (
    Complete,
    GroupSummary,
    HasFigure,
    Measured,
    Rating,
    RowAtMost,
    RowRatio,
    SameRows,
)
from assistant.reports.scope import Scope
from assistant.reports.thresholds import satisfied, thresholds
from assistant.reports.values import shorten
from assistant.vietnamese.numbers import format_number, format_percent
from assistant.vietnamese.text import fold

Row = Mapping[str, Any]


def own_rows(scope: Scope, table: str) -> Sequence[Row]:
    """The records given for a table in this very section."""
    value = scope.inputs.own(scope.section, table)
    return value if isinstance(value, list) else ()


def _column(scope: Scope, table: str, name: str) -> str:
    columns = scope.index[table].columns
    return next((column.label for column in columns if column.name == name), name)


def check_row_ratio(relation: RowRatio, scope: Scope) -> Iterator[Problem]:
    """The share of each row is the one of its amounts."""
    for position, row in enumerate(own_rows(scope, relation.table), start=1):
        given, part, whole = (
            cell_number(row.get(n)) for n in (relation.value, relation.numerator, relation.denominator)
        )
        if given is None or part is None or not whole:
            continue
        exact = percent_of(part, whole)
        if abs(exact - given) > TOLERANCE:
            rule = f"{format_number(part)}/{format_number(whole)} = {format_percent(exact)}"
            message = (
                f"{scope.index[relation.table].label}, {row_name(row, position)}: "
                f"{_column(scope, relation.table, relation.value).lower()} ghi {format_percent(given)} nhưng {rule}."
            )
            yield problem(scope, "error", relation.table, message, (relation.table,), rule)


def check_row_at_most(relation: RowAtMost, scope: Scope) -> Iterator[Problem]:
    """No row's part exceeds its whole."""
    for position, row in enumerate(own_rows(scope, relation.table), start=1):
        part, whole = cell_number(row.get(relation.field)), cell_number(row.get(relation.limit))
        if part is not None and whole is not None and part > whole:
            labels = [_column(scope, relation.table, name).lower() for name in (relation.field, relation.limit)]
            message = (
                f"{scope.index[relation.table].label}, {row_name(row, position)}: {labels[0]} "
                f"({format_number(part)}) lớn hơn {labels[1]} ({format_number(whole)})."
            )
            yield problem(scope, "error", relation.table, message, (relation.table,))


def check_rating(relation: Rating, scope: Scope) -> Iterator[Problem]:
    """A row rated as met has a figure that meets its target; one not met has a reason."""
    unmeasured, unexplained = [], []
    for position, row in enumerate(own_rows(scope, relation.table), start=1):
        target, result, rating = (str(row.get(n) or "") for n in (relation.target, relation.result, relation.rating))
        name = shorten(str(row.get(relation.name) or f"dòng {position}"))
        holds = satisfied(target, result) if target and result else None
        if rating == relation.met and holds is False:
            message = f"Chỉ tiêu «{name}» ghi {rating} nhưng kết quả {result} không thỏa mức giao {target}."
            yield problem(scope, "error", relation.table, message, (relation.table,), f"{result} so với {target}")
        elif rating in relation.not_met and holds is True:
            message = f"Chỉ tiêu «{name}» ghi {rating} nhưng kết quả {result} đã thỏa mức giao {target}."
            yield problem(scope, "warning", relation.table, message, (relation.table,), f"{result} so với {target}")
        elif rating == relation.met and not re.search(r"\d", result) and thresholds(target):
            unmeasured.append(name)
        if relation.reason and rating in relation.not_met and not row.get(relation.reason):
            unexplained.append(name)
    if unmeasured:
        message = f"{len(unmeasured)} chỉ tiêu ghi {relation.met} nhưng chưa có kết quả bằng số: {_names(unmeasured)}."
        yield problem(scope, "warning", relation.table, message, (relation.table,))
    if unexplained:
        message = f"{len(unexplained)} chỉ tiêu chưa đạt mà chưa nêu lý do: {_names(unexplained)}."
        yield problem(scope, "warning", relation.table, message, (relation.table,))


def _names(names: Sequence[str]) -> str:
    more = f" và {len(names) - 3} chỉ tiêu khác" if len(names) > 3 else ""
    return "; ".join(f"«{name}»" for name in names[:3]) + more


def check_group_summary(relation: GroupSummary, scope: Scope) -> Iterator[Problem]:
    """A summary per group ("05/07") is what one counts in the table."""
    rows = scope.rows(relation.table)
    for summary in own_rows(scope, relation.summary):
        if len(summary) < 3:
            continue
        group, stated, whole = tuple(summary.values())[:3]
        members = [row for row in rows if fold(str(row.get(relation.group) or "")) == fold(str(group or ""))]
        counted = sum(row.get(relation.column) == relation.equals for row in members)
        if group and members and (cell_number(stated), cell_number(whole)) != (Decimal(counted), Decimal(len(members))):
            message = (
                f"Nhóm {members[0][relation.group]} tổng kết {relation.equals.lower()} {stated}/{whole} nhưng bảng có "
                f"{counted} «{relation.equals}» trên {len(members)} chỉ tiêu."
            )
            rule = f"{stated}/{whole} ≠ {counted}/{len(members)}"
            yield problem(scope, "error", relation.summary, message, (relation.summary, relation.table), rule)


def check_measured(relation: Measured, scope: Scope) -> Iterator[Problem]:
    """An indicator rated as met is borne out by the figure of the body that measures it."""
    for row in own_rows(scope, relation.table):
        name = fold(str(row.get(relation.name) or ""))
        if row.get(relation.rating) != relation.met or not _about(name, relation.words):
            continue
        measured = _measure(relation.field, scope)
        bounds = [bound for bound in thresholds(str(row.get(relation.target) or "")) if bound.kind == "percent"]
        if measured is None or not bounds or bounds[0].holds(measured[0]):
            continue
        shown = format_percent(measured[0])
        message = (
            f"Chỉ tiêu «{shorten(str(row[relation.name]))}» giao {row[relation.target]} ghi {relation.met} "
            f"nhưng {measured[1]} trong báo cáo là {shown}."
        )
        fields = (relation.table, relation.field)
        yield problem(scope, "error", relation.table, message, fields, f"{shown} so với {row[relation.target]}")


def _about(name: str, words: Sequence[Sequence[str]]) -> bool:
    return any(all(fold(word) in name for word in group) for group in words)


def _measure(name: str, scope: Scope) -> tuple[Decimal, str] | None:
    """The percentage wherever the report gives it, or computed in the section that could hold it; with its label."""
    value = scope.number(name)
    if value is not None and name in scope.index:
        return value, scope.label(name)
    for section in scope.report_type.leaves:
        other = Scope(scope.report_type, scope.inputs, section.id, scope.index)
        for derived in derive_section(other):
            if derived.name == name:
                return derived.value, derived.label[:1].lower() + derived.label[1:]
    return None


def check_complete(relation: Complete, scope: Scope) -> Iterator[Problem]:
    """Rows have the columns without which nobody can be held to them."""
    rows = own_rows(scope, relation.table)
    lacking = {name: sum(not row.get(name) for row in rows) for name in relation.columns}
    if not rows or not any(lacking.values()):
        return
    parts = [
        f"{count}/{len(rows)} {relation.noun} chưa có {_column(scope, relation.table, name).lower()}"
        for name, count in lacking.items()
        if count
    ]
    message = f"{scope.index[relation.table].label}: {'; '.join(parts)}."
    yield problem(scope, "warning", relation.table, message, (relation.table,))


def check_has_figure(relation: HasFigure, scope: Scope) -> Iterator[Problem]:
    """A column that must be measured holds a number."""
    for position, row in enumerate(own_rows(scope, relation.table), start=1):
        if not re.search(r"\d", str(row.get(relation.column) or "")):
            name = shorten(str(row.get(relation.name) or f"dòng {position}"))
            label = _column(scope, relation.table, relation.column).lower()
            message = f"{scope.index[relation.table].label} «{name}»: {label} chưa có số."
            yield problem(scope, "warning", relation.table, message, (relation.table,))


def check_same_rows(relation: SameRows, scope: Scope) -> Iterator[Problem]:
    """A table given in two sections lists the same names in both."""
    mine = [str(row.get(relation.column) or "") for row in own_rows(scope, relation.table)]
    for section, values in scope.inputs.sections.items():
        theirs = values.get(relation.table)
        if section == scope.section or not isinstance(theirs, list) or not mine:
            continue
        names = {fold(str(row.get(relation.column) or "")) for row in theirs}
        odd = [name for name in mine if fold(name) not in names]
        if odd:
            heading = scope.report_type.section(section).heading
            message = (
                f"{scope.index[relation.table].label}: «{shorten(odd[0])}» không có trong danh mục ở mục «{heading}»."
            )
            yield problem(scope, "warning", relation.table, message, (relation.table,))
