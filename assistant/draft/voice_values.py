"""The values of one section as its templates print them, wrapped in marks that carry their evidence.

A template line `Tiếp nhận {{ q("rec_total") }}, trong đó {{ q("rec_online") }} nộp trực tuyến.` thus yields a sentence
whose figures are bound to the fields they came from. Templates hold words only; every figure comes through here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from assistant.draft.citation import CitationMemory
from assistant.draft.clauses import is_none, none_in_full
from assistant.draft.facts import Fact, SectionFacts, is_given
from assistant.draft.marks import Ledger, Mark, plain
from assistant.draft.rows import Row
from assistant.draft.values import format_value, in_words, is_number
from assistant.draft.words import Place, end_with, lower_first, strip_end, upper_first
from assistant.evidence import InputFigure
from assistant.reports.fields import record_columns, short_label
from assistant.vietnamese.text import fold

MISSING = "chưa có số liệu"
# header fields that name the reporting body; a sentence with these alone says no fact
BODY_FIELDS = ("org_name", "commune_name", "commune_kind", "province")


def field_label(fact: Fact, ledger: Ledger) -> str:
    """A field's label as the beginning of a sentence, with the field itself as its evidence."""
    label = short_label(fact.field)
    evidence = replace(fact.evidence(), rule=f"tên trường: {label}")
    return ledger.wrap(label, Mark("figure", (evidence,), f"{fact.section}.{fact.field.name}"))


@dataclass(slots=True)
class Values:
    """What one section has to say, and the words it is printed in.

    Attributes:
        facts: its values.
        ledger: where marks are entered.
        citations: how documents are cited.
        place: words of the place.
        body_name: the reporting body as named in running text ("Ủy ban nhân dân xã", after the opening).
        missing: "section.field" of the gaps shown so far.
        period, next_period: labels of the periods, as inside a sentence.
        compared: "quý trước", "tháng trước", "năm trước", "kỳ trước".
        heading: the words above the section.
        said: lead-ins that the draft has used, shared by its voices.
        issuer: full name of the People's Committee of the place, for citing its own documents.
        annexes: names of the tables that the annexes print in full.
        header: facts of the report's header, for what names the reporting body.
        compared_fields: names whose change against the previous period was told.
    """

    facts: SectionFacts
    ledger: Ledger
    citations: CitationMemory
    place: Place
    body_name: str
    missing: list[str]
    period: str = ""
    next_period: str = ""
    compared: str = "kỳ trước"
    issuer: str = ""
    heading: str = ""
    said: set[str] = dataclass_field(default_factory=set)
    annexes: frozenset[str] = frozenset()
    header: Mapping[str, Fact] = dataclass_field(default_factory=dict)
    compared_fields: set[str] = dataclass_field(default_factory=set)

    # --- what there is to say -------------------------------------------------------------------------------

    def has(self, *names: str) -> bool:
        """Whether any of the fields is to be spoken of: given, derived, or required and missing."""
        return any(self.facts.get(name) is not None for name in names)

    def given(self, *names: str) -> bool:
        """Whether all of the fields have a value."""
        return all(self.facts.given(name) for name in names)

    def own(self, name: str) -> bool:
        """Whether the field was given for this section, not for the report as a whole."""
        fact = self.facts.get(name)
        return fact is not None and fact.standing == "given" and fact.section is not None

    def any(self, *names: str) -> bool:
        """Whether any of the fields has a value."""
        return any(self.facts.given(name) for name in names)

    @property
    def body(self) -> str:
        """The reporting body, as marked text."""
        return self.ledger.wrap(self.body_name, Mark("figure", self._body_evidence()))

    def _body_evidence(self) -> tuple[InputFigure, ...]:
        """The header values that name the reporting body."""
        named = (self.header.get(name) for name in BODY_FIELDS)
        return tuple(fact.evidence() for fact in named if fact is not None and fact.value)

    def value(self, name: str) -> Any:
        """The bare value, for conditions only: it carries no evidence, so it must not be printed."""
        fact = self.facts.get(name)
        return fact.value if fact is not None else None

    def zero(self, name: str) -> bool:
        """Whether the figure is given and nought, in figures or in words ("không", "không phát sinh")."""
        fact = self.facts.get(name)
        if fact is None or isinstance(fact.value, str):
            return fact is not None and fact.field.type in ("int", "float", "money") and is_none(str(fact.value))
        return is_number(fact.value) and fact.value == 0

    def full(self, name: str) -> bool:
        """Whether the percentage is given and 100."""
        value = self.value(name)
        return is_number(value) and value == 100

    # --- figures and texts ----------------------------------------------------------------------------------

    def n(self, name: str) -> str:
        """The figure without its unit."""
        return self._print(name, unit=False)

    def q(self, name: str, unit: str | None = None) -> str:
        """The figure with its unit, or with another noun."""
        return self._print(name, unit=True, noun=unit)

    def p(self, name: str) -> str:
        """The percentage."""
        return self._print(name, unit=False)

    def tick(self, name: str) -> str:
        """Nothing visible: notes that the words around it say what the field holds (a nought, an evident count)."""
        fact = self._use(name)
        return self.ledger.wrap("", Mark("figure", (fact.evidence(),))) if fact is not None else ""

    def says(self, name: str, words: str) -> str:
        """`words` as the way to say the field's value ("không phát sinh" for nought)."""
        fact = self._use(name)
        return self.ledger.wrap(words, Mark("figure", (fact.evidence(),))) if fact is not None else words

    def t(self, name: str) -> str:
        """A text as part of a sentence: no capital, no full stop."""
        return lower_first(strip_end(self._print(name, unit=False)))

    def sentence(self, name: str) -> str:
        """A text as a sentence of its own; what there is none of is named."""
        text = self.t(name)
        if is_none(plain(text)):
            return f"{self._named(name)}: {none_in_full(text)}."
        return end_with(upper_first(self._print(name, unit=False)), ".")

    def call(self, noun: str, name: str) -> str:
        """A text with the noun before it, unless it begins with that noun itself."""
        text = self.t(name)
        shown = plain(text)
        words = fold(noun).split()
        has_noun = any(fold(shown).startswith(" ".join(words[i:]) + " ") for i in range(len(words)) if words[i:])
        return text if has_noun or fold(shown).startswith(words[0] + " ") else f"{noun} {text}"

    def label(self, name: str) -> str:
        fact = self.facts.get(name)
        return fact.field.label if fact is not None else name

    def _named(self, name: str) -> str:
        """The label of a field, to begin a sentence."""
        fact = self.facts.get(name)
        return field_label(fact, self.ledger) if fact is not None else name

    # --- how it is done -------------------------------------------------------------------------------------

    def _use(self, name: str) -> Fact | None:
        fact = self.facts.get(name)
        if fact is not None:
            self.facts.used.add(name)
        return fact

    def _gap(self, fact: Fact) -> str:
        key = f"{fact.section or self.facts.section}.{fact.field.name}"
        if key not in self.missing:
            self.missing.append(key)
        return self.ledger.wrap(f"[{short_label(fact.field)}: {MISSING}]", Mark("missing", (), key))

    def _print(self, name: str, *, unit: bool, noun: str | None = None) -> str:
        fact = self._use(name)
        if fact is None:
            return ""
        if fact.standing == "missing":
            return self._gap(fact)
        shown = format_value(fact.value, fact.field)
        if unit and is_number(fact.value) and fact.field.type != "percent":
            shown = f"{shown} {noun or fact.field.unit or ''}".strip()
        elif unit and (shown[-1:].isdigit() or is_none(shown)) and (counted := noun or fact.field.unit):
            shown = f"{shown} {counted}"
        elif fact.field.type == "percent" and isinstance(fact.value, str) and shown[-1:].isdigit():
            shown = f"{shown}%"
        return self.ledger.wrap(in_words(shown), Mark("figure", (fact.evidence(),), f"{fact.section}.{name}"))

    def _item(self, fact: Fact, item: Any) -> str:
        if isinstance(item, Mapping):
            return self.record(fact, item)
        shown = in_words(format_value(item, fact.field))
        return self.ledger.wrap(shown, Mark("figure", (fact.evidence(item),), f"{fact.section}.{fact.field.name}"))

    def record(self, fact: Fact, record: Mapping[str, Any]) -> str:
        """A record as one phrase: its first column, then the others with their labels."""
        columns = {column.name: column for column in record_columns(fact.field)}
        row = Row(record, fact, columns, self.ledger)
        names = [name for name in record if is_given(record[name])]
        head = row.get(names[0]) if names else ""
        rest = [f"{lower_first(row.label(name))} {row.get(name)}" for name in names[1:]]
        return f"{head} ({'; '.join(rest)})" if rest else head

    def _cite(self, fact: Fact, record: Any) -> str:
        if isinstance(record, Mapping):
            return self.citations.cite(
                record, fact.evidence(record), own_issuer=self.issuer, own_evidence=self._body_evidence()
            )
        return self._item(fact, record)
