"""What changed since the last period: by how much, in percent, in points where the figure is a percentage."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assistant.reports.derive import cell_number, derive
from assistant.reports.fields import Field
from assistant.reports.inputs import Inputs
from assistant.reports.problems import Problem
from assistant.reports.scope import show
from assistant.reports.types import ReportType
from assistant.vietnamese.numbers import format_number, format_percent

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside its value in the last period.

    Attributes:
        difference: current - previous; percentage points where the figure is a percentage.
        percent: 100 × difference / previous; None for percentages and where the last value was zero.
        text: "tăng 12,5% so với quý III/2025", "giảm 1,2 điểm phần trăm so với …", "không thay đổi so với …".
        rule: the arithmetic: "(1.350 - 1.200)/1.200 × 100".
        baseline: name of the last period as its inputs give it; "kỳ trước" without.
    """

    section: str
    field: str
    current: Decimal
    previous: Decimal
    difference: Decimal
    percent: Decimal | None
    unit: str | None
    text: str
    rule: str
    baseline: str


def changes(report_type: ReportType, inputs: Inputs, previous: Inputs) -> dict[tuple[str, str], Change]:
    """Every number given (or computed) for a section in both periods, with its change."""
    now, before = derive(report_type, inputs), derive(report_type, previous)
    baseline = _baseline(previous)
    result: dict[tuple[str, str], Change] = {}
    for section in report_type.leaves:
        for field in section.fields:
            if not field.numeric:
                continue
            key = (section.id, field.name)
            current = _number(inputs, key, now)
            last = _number(previous, key, before)
            if last is None:
                last = _elsewhere(previous, field.name)
            if current is not None and last is not None:
                result[key] = _change(section.id, field, current, last, baseline)
    return result


def _baseline(previous: Inputs) -> str:
    label = previous.header.get("period_label")
    if not isinstance(label, str) or not label.strip():
        return "kỳ trước"
    return label[:1].lower() + label[1:]


def _number(inputs: Inputs, key: tuple[str, str], derived: dict[tuple[str, str], Any]) -> Decimal | None:
    number = cell_number(inputs.own(*key))
    if number is None and inputs.own(*key) is None and key in derived and not derived[key].partial:
        number = derived[key].value
    return number


def _elsewhere(inputs: Inputs, name: str) -> Decimal | None:
    """The one value that the sections of the last report agree on."""
    values = {cell_number(section.get(name)) for section in inputs.sections.values()} - {None}
    return values.pop() if len(values) == 1 else None


def _change(section: str, field: Field, current: Decimal, last: Decimal, baseline: str) -> Change:
    difference = current - last
    points = field.type == "percent"
    percent = None if points or last == 0 else (difference * 100 / last).quantize(_HUNDREDTH, ROUND_HALF_UP)
    amount = abs(difference)
    if difference == 0:
        how = "không thay đổi"
    else:
        verb = "tăng" if difference > 0 else "giảm"
        if points:
            how = f"{verb} {format_number(amount)} điểm phần trăm"
        elif percent is None:
            how = f"{verb} {show(amount, field)}{f' {field.unit}' if field.unit and field.type != 'money' else ''}"
        else:
            how = f"{verb} {format_percent(abs(percent))}"
    rule = f"{format_number(current)} - {format_number(last)}"
    if percent is not None:
        rule = f"({rule})/{format_number(last)} × 100"
    text = f"{how} so với {baseline}"
    return Change(section, field.name, current, last, difference, percent, field.unit_label, text, rule, baseline)


def check_changes(report_type: ReportType, inputs: Inputs, previous: Inputs) -> Iterator[Problem]:
    """Cumulative figures counted from the same day cannot shrink; leaps are worth a second look."""
    same_start = inputs.header.get("cumulative_start") == previous.header.get("cumulative_start")
    for (section, name), change in changes(report_type, inputs, previous).items():
        field = next(f for f in report_type.section(section).fields if f.name == name)
        if name.startswith("cum_") or name.endswith("_cum"):
            if same_start and change.difference < 0:
                message = (
                    f"{field.label} ghi {show(change.current, field)}, nhỏ hơn {show(change.previous, field)} của "
                    f"{change.baseline}; số lũy kế không thể giảm."
                )
                yield Problem("error", f"{section}.{name}", message, section, (name,), change.rule)
        elif change.percent is not None and change.previous >= 10 and abs(change.percent) >= 300:
            message = f"{field.label} {change.text}; hãy xem lại số liệu hai kỳ."
            yield Problem("info", f"{section}.{name}", message, section, (name,), change.rule)
