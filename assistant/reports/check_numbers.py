"""Checks of relations between single figures."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assistant.reports.derive import cell_number, percent_of, ratio_parts, terms_rule
from assistant.reports.problems import Problem, Severity
from assistant.reports.relation_types import (
    AtLeastProduct,
    AtMost,
    ColumnSum,
    Contradiction,
    Cumulative,
    Ratio,
    RequiredWhen,
    RowCount,
    Sum,
)
from assistant.reports.scope import Scope, show
from assistant.vietnamese.numbers import format_number, format_percent
from assistant.vietnamese.text import fold

# points of a percentage; the rounding that reports are allowed
TOLERANCE = Decimal("0.05")
_HUNDREDTH = Decimal("0.01")


def problem(
    scope: Scope, severity: Severity, name: str, message: str, fields: tuple[str, ...], rule: str | None = None
) -> Problem:
    """A problem at a field of the scope's section; a workbook's cell is named in the message."""
    key = f"{scope.section}.{name}"
    place = scope.inputs.places.get(key)
    return Problem(severity, key, f"{message} [{place}]" if place else message, scope.section, fields, rule)


def _label(scope: Scope, name: str) -> str:
    label = scope.label(name)
    return label[:1].upper() + label[1:]


def check_sum(relation: Sum, scope: Scope) -> Iterator[Problem]:
    """The parts given make up the total given; one part missing is named with what it would have to be."""
    total = scope.own_number(relation.total)
    if total is None or (relation.unless and all(scope.number(name) is not None for name in relation.unless)):
        return
    missing = [part for part in relation.parts if scope.number(part) is None]
    given = [p for p in (*relation.parts, *relation.optional) if scope.number(p) is not None]
    if len(missing) > 1 or not given or len(missing) == len(relation.parts):
        return
    found = scope.terms(given) or Decimal(0)
    terms, made = terms_rule(given, scope), format_number(found)
    rule = terms if terms == made else f"{terms} = {made}"  # of one part there is no sum to write
    names = (relation.total, *relation.parts, *relation.optional)
    unit = scope.index[relation.total].unit or ""
    gap = format_number(abs(total - found))
    label = _label(scope, relation.total)
    parts = " + ".join(scope.label(part) for part in given)
    if found == total:
        return
    if missing and found < total:
        message = (
            f"{label} là {format_number(total)} nhưng mới có {rule}: còn thiếu {gap} {unit}, "
            f"cần bổ sung «{scope.label(missing[0])}» hoặc sửa số."
        )
        yield problem(scope, "warning", missing[0], message, names, rule)
        return
    more = "thiếu" if found < total else "thừa"
    message = f"{label} ghi {format_number(total)} nhưng {parts} = {rule}, {more} {gap} {unit} so với tổng."
    yield problem(scope, "error", relation.total, message, names, rule)


def check_ratio(relation: Ratio, scope: Scope) -> Iterator[Problem]:
    """A share given is the one computed, within 0.05 point."""
    given = scope.own_number(relation.value)
    if given is None:
        return
    names = (relation.value, *(n.removeprefix("-") for n in (*relation.numerator, *relation.denominator)))
    parts = ratio_parts(relation, scope)
    label = _label(scope, relation.value)
    if parts is None:
        yield from _unproved_ratio(relation, scope, given, names)
        return
    exact = percent_of(*parts)
    rule = f"{format_number(parts[0])}/{format_number(parts[1])} = {format_percent(exact)}"
    gap = abs(given - exact)
    if gap <= TOLERANCE:
        if gap > _HUNDREDTH / 2 and _rounded(exact, given) != given:
            message = f"{label} ghi {format_percent(given)}, tính lại {rule}; lệch do làm tròn."
            yield problem(scope, "info", relation.value, message, names, rule)
        return
    what = f"{scope.label(relation.numerator[0])} trên {_denominator(relation.denominator, scope)}"
    hint = _other_denominator(relation, scope, given, parts[0])
    severity: Severity = "warning" if _rounded(exact, given) == given else "error"
    message = f"{label} ghi {format_percent(given)} nhưng tính lại là {rule} ({what}){hint}."
    yield problem(scope, severity, relation.value, message, names, rule)


def _unproved_ratio(relation: Ratio, scope: Scope, given: Decimal, names: tuple[str, ...]) -> Iterator[Problem]:
    lacking = [n for n in names[1:] if scope.number(n) is None and n in scope.index]
    if not lacking:
        return
    missing = ", ".join(f"«{scope.label(name)}»" for name in dict.fromkeys(lacking))
    message = f"{_label(scope, relation.value)} ghi {format_percent(given)} nhưng chưa có {missing} để kiểm chứng."
    yield problem(scope, "info", relation.value, message, names)


def _rounded(exact: Decimal, given: Decimal) -> Decimal:
    """`exact` rounded to as many decimals as `given` has."""
    exponent = given.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _denominator(names: tuple[str, ...], scope: Scope) -> str:
    text = ""
    for name in names:
        sign = " trừ " if name.startswith("-") else " cộng "
        text += (sign if text else "") + scope.label(name.removeprefix("-"))
    return text


def _other_denominator(relation: Ratio, scope: Scope, given: Decimal, numerator: Decimal) -> str:
    for names in relation.other_denominators:
        denominator = scope.terms(names)
        if denominator and abs(percent_of(numerator, denominator) - given) <= TOLERANCE:
            what = _denominator(names, scope)
            return f"; {format_percent(given)} chỉ đúng khi mẫu số là {format_number(denominator)} ({what})"
    return ""


def check_at_most(relation: AtMost, scope: Scope) -> Iterator[Problem]:
    """A part does not exceed its whole."""
    value, limit = scope.own_number(relation.field), scope.number(relation.limit)
    if value is None or limit is None or value <= limit:
        return
    message = (
        f"{_label(scope, relation.field)} ghi {format_number(value)}, "
        f"lớn hơn {scope.label(relation.limit)} ({format_number(limit)})."
    )
    rule = f"{format_number(value)} > {format_number(limit)}"
    yield problem(scope, "error", relation.field, message, (relation.field, relation.limit), rule)


def check_cumulative(relation: Cumulative, scope: Scope) -> Iterator[Problem]:
    """A cumulative figure is at least that of the period."""
    value, period = scope.own_number(relation.field), scope.number(relation.period)
    if value is None or period is None or value >= period:
        return
    message = (
        f"{_label(scope, relation.field)} ghi {format_number(value)}, nhỏ hơn số trong kỳ "
        f"({scope.label(relation.period)}: {format_number(period)})."
    )
    rule = f"{format_number(value)} < {format_number(period)}"
    yield problem(scope, "error", relation.field, message, (relation.field, relation.period), rule)


def check_at_least_product(relation: AtLeastProduct, scope: Scope) -> Iterator[Problem]:
    """A count is at least the product of its factors."""
    value = scope.own_number(relation.field)
    factors = [scope.number(name) for name in relation.factors]
    if value is None or any(factor is None for factor in factors):
        return
    product = Decimal(1)
    for factor in factors:
        product *= factor or Decimal(0)
    if value >= product:
        return
    arithmetic = " × ".join(format_number(factor or 0) for factor in factors)
    what = " × ".join(scope.label(name) for name in relation.factors)
    rule = f"{arithmetic} = {format_number(product)} > {format_number(value)}"
    message = (
        f"{_label(scope, relation.field)} ghi {format_number(value)}, ít hơn mức tối thiểu "
        f"{arithmetic} = {format_number(product)} ({what})."
    )
    yield problem(scope, "error", relation.field, message, (relation.field, *relation.factors), rule)


def check_row_count(relation: RowCount, scope: Scope) -> Iterator[Problem]:
    """A count given is that of the table's rows."""
    value, rows = scope.own_number(relation.value), scope.rows(relation.table)
    if value is None or not rows:
        return
    counted = len(rows) if relation.column is None else sum(r.get(relation.column) == relation.equals for r in rows)
    if value == counted:
        return
    what = f"dòng ghi «{relation.equals}»" if relation.column else "dòng"
    message = (
        f"{_label(scope, relation.value)} ghi {format_number(value)} nhưng {scope.label(relation.table)} "
        f"có {counted} {what}."
    )
    rule = f"{format_number(value)} ≠ {counted}"
    yield problem(scope, "error", relation.value, message, (relation.value, relation.table), rule)


def check_column_sum(relation: ColumnSum, scope: Scope) -> Iterator[Problem]:
    """A total given is the sum of the table's column; with blank cells it is at least that."""
    value, rows = scope.own_number(relation.value), scope.rows(relation.table)
    numbers = [cell_number(row.get(relation.column)) for row in rows]
    given = [number for number in numbers if number is not None]
    if value is None or not given:
        return
    total = sum(given, Decimal(0))
    if value == total or (len(given) < len(numbers) and value > total):
        return
    field = scope.index.get(relation.value)
    column = next((c.label for c in scope.index[relation.table].columns if c.name == relation.column), relation.column)
    message = (
        f"{_label(scope, relation.value)} ghi {show(value, field)} nhưng cộng cột «{column}» của "
        f"{scope.label(relation.table)} được {show(total, field)}."
    )
    rule = f"{' + '.join(format_number(n) for n in given)} = {format_number(total)}"
    yield problem(scope, "error", relation.value, message, (relation.value, relation.table), rule)


def check_required_when(relation: RequiredWhen, scope: Scope) -> Iterator[Problem]:
    """What must be said once a number is above its limit."""
    value = scope.own_number(relation.when)
    asked = relation.field in {f.name for f in scope.report_type.section(scope.section).fields}
    if value is None or value <= Decimal(str(relation.above)) or not asked:
        return
    if scope.value(relation.field) is None:
        message = (
            f"{_label(scope, relation.when)} là {format_number(value)} nên phải nêu {scope.label(relation.field)}."
        )
        yield problem(scope, "warning", relation.field, message, (relation.field, relation.when))


def check_contradiction(relation: Contradiction, scope: Scope) -> Iterator[Problem]:
    """Full coverage beside what speaks against it."""
    for name in relation.fields:
        value = scope.own_number(name)
        whole = scope.number(relation.whole) if relation.whole else Decimal(100)
        if value is None or whole is None or value < whole or not (against := _against(relation, scope)):
            continue
        shown = show(value, scope.index.get(name)) if not relation.whole else f"{value}/{whole}"
        message = f"{_label(scope, name)} ghi {shown} nhưng {against}; cần thống nhất hoặc chú thích rõ."
        yield problem(scope, "warning", name, message, (name, relation.against))


def _against(relation: Contradiction, scope: Scope) -> str:
    value = scope.value(relation.against)
    if not relation.words:
        number = scope.number(relation.against)
        return f"{scope.label(relation.against)} là {format_number(number)}" if number else ""
    for item in value if isinstance(value, list) else [value]:
        folded = fold(str(item or ""))
        if any(fold(word) in folded for word in relation.words):
            return f"{scope.label(relation.against)} có nêu «{item}»"
    return ""
