"""Changes against the previous period: in per cent for counts and money, in points for percentages."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assistant.draft.facts import Fact
from assistant.draft.values import format_value, is_number
from assistant.evidence import InputFigure
from assistant.reports.fields import short_label
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.numbers import format_number


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside its value in the previous period.

    Attributes:
        before: the previous value.
        amount: rise above zero, fall below it: in per cent of `before`, or in percentage points for percentages.
    """

    fact: Fact
    before: int | float
    amount: Decimal | None

    @classmethod
    def of(cls, fact: Fact | None, before: Any) -> "Change | None":
        """None where either value is no number."""
        if fact is None or fact.standing == "missing" or not is_number(fact.value) or not is_number(before):
            return None
        now, then = Decimal(str(fact.value)), Decimal(str(before))
        if fact.field.type == "percent":
            return cls(fact, before, now - then)
        if then == 0:
            return cls(fact, before, Decimal(0) if now == 0 else None)
        exact = (now - then) / then * 100
        return cls(fact, before, exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))

    def phrase(self, compared: str) -> str:
        """ "tăng 12,5% so với quý trước"."""
        if self.amount is None:
            return f"{compared} không phát sinh"
        if self.amount == 0:
            return f"bằng {compared}"
        word = "tăng" if self.amount > 0 else "giảm"
        unit = " điểm phần trăm" if self.fact.field.type == "percent" else "%"
        return f"{word} {format_number(abs(self.amount))}{unit} so với {compared}"

    def evidence(self) -> tuple[InputFigure, ...]:
        """The previous value and the rule by which the change was computed."""
        now = format_value(self.fact.value, self.fact.field)
        then = format_value(self.before, self.fact.field)
        rule = f"{now} - {then}" if self.fact.field.type == "percent" else f"({now} - {then}) / {then} × 100"
        rule = f"{short_label(self.fact.field)}: {rule}"
        shown = None if self.amount is None else float(abs(self.amount))
        name = self.fact.field.name
        return (
            InputFigure(name, self.before, f"kỳ trước: {self.fact.section}"),
            InputFigure(name, shown, self.fact.section, rule, (name,)),
        )


_WORDS = {
    "month": "tháng trước",
    "quarter": "quý trước",
    "year": "năm trước",
    "half": "kỳ trước",
    "months": "kỳ trước",
    "nine_months": "kỳ trước",
}


def previous_word(period_label: str) -> str:
    """What the period before is called: "quý trước" for "Quý III/2025", "kỳ trước" where it cannot be told."""
    periods = find_periods(period_label)
    return _WORDS[periods[0].kind] if periods else "kỳ trước"
