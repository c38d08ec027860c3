"""A record of a table, as a template sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.draft.facts import Fact, is_given
from assistant.draft.marks import Ledger, Mark
from assistant.draft.values import clean_text, format_value, in_words, is_number
from assistant.draft.words import lower_first, strip_end
from assistant.evidence import InputFigure
from assistant.reports.fields import Column, Field


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a table, as a template sees it."""

    record: Mapping[str, Any]
    fact: Fact
    columns: Mapping[str, Column]
    ledger: Ledger

    def has(self, name: str) -> bool:
        return is_given(self.record.get(name))

    def value(self, name: str) -> Any:
        """The bare value, for conditions only."""
        return self.record.get(name)

    def true(self, name: str) -> bool:
        return self.record.get(name) is True

    def false(self, name: str) -> bool:
        return self.record.get(name) is False

    def label(self, name: str) -> str:
        column = self.columns.get(name)
        return column.label if column is not None else name.replace("_", " ")

    def get(self, name: str, words: str | None = None) -> str:
        """The value of one column, marked; `words` as the way to say it."""
        value = self.record.get(name)
        if not is_given(value):
            return ""
        shown = words or in_words(format_value(value, self.columns.get(name) or Field(name, name, "text")))
        if words is None and name in self.columns and self.columns[name].type == "money" and is_number(value):
            shown = f"{shown} đồng"
        evidence = self.fact.evidence({name: value})
        return self.ledger.wrap(shown, Mark("figure", (evidence,), f"{self.fact.section}.{self.fact.field.name}"))

    def t(self, name: str) -> str:
        """The value as part of a sentence."""
        return lower_first(strip_end(self.get(name)))

    def number(self, name: str) -> Decimal | None:
        value = self.record.get(name)
        return Decimal(str(value)) if is_number(value) else None


def tally(fact: Fact, ledger: Ledger, group: str, column: str, wanted: str) -> list[str]:
    """Per group of a table, how many of its rows have `wanted` in `column`; nothing for a single group.

    A group with rows not yet rated is left out: its count would call them unmet.
    """
    rows = fact.value if isinstance(fact.value, list | tuple) else ()
    groups = list(dict.fromkeys(str(row[group]) for row in rows if is_given(row.get(group))))
    if len(groups) < 2:
        return []
    told = []
    for name in groups:
        members = [row for row in rows if row.get(group) == name]
        if not all(is_given(row.get(column)) for row in members):
            continue
        met = sum(row.get(column) == wanted for row in members)
        rule = f"đếm «{wanted}» trong {len(members)} dòng của nhóm {name}"
        evidence = tuple(
            InputFigure(fact.field.name, number, fact.section, rule, (fact.field.name,))
            for number in (met, len(members))
        )
        words = f"{lower_first(clean_text(name))} đạt {met:02d}/{len(members):02d} chỉ tiêu"
        told.append(ledger.wrap(words, Mark("figure", evidence)))
    return told
