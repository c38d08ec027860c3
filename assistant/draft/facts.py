"""The values of one section as its templates see them: given, derived, or missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from assistant.evidence import InputFigure
from assistant.reports.fields import Field

Standing = Literal["given", "derived", "missing"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A field with its value in one section.

    Attributes:
        value: None where it is missing.
        section: where it was given; None for the header of the report.
        standing: how it came about.
        rule, operands: for a derived value, how and from which fields.
    """

    field: Field
    value: Any
    section: str | None
    standing: Standing
    rule: str | None = None
    operands: tuple[str, ...] = ()

    def evidence(self, value: Any = None) -> InputFigure:
        """Evidence for the whole value, or for the part of it that is `value`."""
        shown = as_json(self.value if value is None else value)
        return InputFigure(self.field.name, shown, self.section, self.rule, self.operands)


def as_json(value: Any) -> Any:
    """Dates as ISO text, decimals as numbers, the rest as it is: what evidence carries."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value


def is_given(value: Any) -> bool:
    """Whether anything was given: None, blank text and empty lists are not, zero and False are."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list | tuple | dict):
        return any(is_given(item) for item in (value.values() if isinstance(value, dict) else value))
    return value is not None


@dataclass(slots=True)
class SectionFacts:
    """What a section has to say.

    Attributes:
        section: id.
        facts: by field name; required fields that were not given are there as missing.
        used: names of the fields that a template has printed so far.
        previous: values of the previous period by field name.
    """

    section: str
    facts: dict[str, Fact]
    used: set[str] = field(default_factory=set)
    previous: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Fact | None:
        return self.facts.get(name)

    def given(self, name: str) -> bool:
        fact = self.facts.get(name)
        return fact is not None and fact.standing != "missing"

    def unused(self, names: Sequence[str] | None = None) -> Iterator[Fact]:
        """Given facts not printed yet, in order; of `names` only where given."""
        for name, fact in self.facts.items():
            if name not in self.used and fact.standing == "given" and (names is None or name in names):
                yield fact
