"""What a template may say: each function prints values of its section, wrapped in marks that carry their evidence.

A template line `Tiếp nhận {{ q("rec_total") }}, trong đó {{ q("rec_online") }} nộp trực tuyến.` thus yields a sentence
whose figures are bound to the fields they came from. Templates hold words only; every figure comes through here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal
from typing import Any

from assistant.draft.changes import Change
from assistant.draft.citation import CitationMemory
from assistant.draft.facts import Fact, SectionFacts, is_given
from assistant.draft.marks import Ledger, Mark, plain
from assistant.draft.rows import Row, tally
from assistant.draft.values import format_value, is_number, short_label
from assistant.draft.words import Place, end_with, enumerate_vi, lower_first, strip_end, upper_first
from assistant.evidence import InputFigure
from assistant.reports.fields import record_columns
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.numbers import format_percent
from assistant.vietnamese.text import fold

MISSING = "chưa có số liệu"
# header fields that name the reporting body; a sentence with these alone says no fact
BODY_FIELDS = ("org_name", "commune_name", "commune_kind", "province")
_QUOTIENT = re.compile(r"(\d[\d.]*)/(\d[\d.]*)")
_SHORT_NOTE = 60
_SPAN_START = re.compile(r"(?i)(từ|tính từ|tính đến|đến|trong|giai đoạn|quý|tháng|năm)\s")


@dataclass(slots=True)
class Voice:
    """The voice of one section.

    Attributes:
        facts: its values.
        ledger: where marks are entered.
        citations: how documents are cited.
        place: words of the place.
        body_name: the reporting body as named in running text ("Ủy ban nhân dân xã", after the opening).
        missing: "section.field" of the gaps shown so far.
        period, next_period: labels of the periods, as inside a sentence.
        compared: "quý trước", "tháng trước", "năm trước", "kỳ trước".
        said: lead-ins that the draft has used, shared by its voices.
        issuer: full name of the reporting body, for citing its own documents.
        annexes: field name -> the annex that shows its table ("Phụ lục II").
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
    said: set[str] = dataclass_field(default_factory=set)
    annexes: Mapping[str, str] = dataclass_field(default_factory=dict)
    header: Mapping[str, Fact] = dataclass_field(default_factory=dict)
    compared_fields: set[str] = dataclass_field(default_factory=set)

    # --- what there is to say -------------------------------------------------------------------------------

    def has(self, *names: str) -> bool:
        """Whether any of the fields is to be spoken of: given, derived, or required and missing."""
        return any(self.facts.get(name) is not None for name in names)

    def given(self, *names: str) -> bool:
        """Whether all of the fields have a value."""
        return all(self.facts.given(name) for name in names)

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
        """Whether the figure is given and nought."""
        value = self.value(name)
        return is_number(value) and value == 0

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
        """A text as a sentence of its own."""
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

    # --- lists ----------------------------------------------------------------------------------------------

    def items(self, name: str) -> list[str]:
        """The points of a list, each with its own mark, as parts of a sentence; one gap where it is missing."""
        fact = self._use(name)
        if fact is None:
            return []
        if fact.standing == "missing":
            return [self._gap(fact)]
        values = fact.value if isinstance(fact.value, list | tuple) else [fact.value]
        return [self._item(fact, item) for item in values if is_given(item)]

    def inline(self, name: str) -> str:
        """A list inside a sentence: "a, b và c"."""
        return enumerate_vi([lower_first(strip_end(item)) for item in self.items(name)])

    def bullets(self, name: str) -> str:
        """A list, each point on a line of its own."""
        return "".join(f"\n\n- {end_with(upper_first(item), '.')}" for item in self.items(name)) + "\n\n"

    def listing(self, lead: str, name: str) -> str:
        """One point as a sentence after `lead`; several as a lead-in with bullets."""
        items = self.items(name)
        if len(items) == 1:
            return f"{lead}: {end_with(lower_first(items[0]), '.')}"
        points = [f"\n\n- {end_with(strip_end(upper_first(item)), ';')}" for item in items[:-1]]
        last = f"\n\n- {end_with(strip_end(upper_first(items[-1])), '.')}" if items else ""
        return f"{lead}:{''.join(points)}{last}\n\n"

    def count(self, name: str) -> str:
        """How many records a list or table holds, as a figure with the list as its evidence."""
        fact = self._use(name)
        if fact is None or not isinstance(fact.value, list | tuple):
            return ""
        number = len([item for item in fact.value if is_given(item)])
        rule = f"đếm {short_label(fact.field)}"
        mark = Mark("figure", (InputFigure(name, number, fact.section, rule, (name,)),))
        return self.ledger.wrap(f"{number:02d}", mark)

    def rows(self, name: str) -> list[Row]:
        """The records of a table."""
        fact = self._use(name)
        if fact is None or not isinstance(fact.value, list | tuple):
            return []
        columns = {column.name: column for column in record_columns(fact.field)}
        return [Row(record, fact, columns, self.ledger) for record in fact.value if isinstance(record, Mapping)]

    def gap(self, name: str) -> str:
        """The visible place of a missing value."""
        fact = self._use(name)
        return self._gap(fact) if fact is not None else ""

    # --- documents ------------------------------------------------------------------------------------------

    def doc_list(self, name: str) -> list[str]:
        """Each document of the field as a citation."""
        fact = self._use(name)
        if fact is None:
            return []
        if fact.standing == "missing":
            return [self._gap(fact)]
        records = fact.value if isinstance(fact.value, list | tuple) else [fact.value]
        return [self._cite(fact, record) for record in records if is_given(record)]

    def docs(self, name: str) -> str:
        """The documents inside a sentence, set apart by semicolons."""
        return "; ".join(self.doc_list(name))

    def doc_bullets(self, lead: str, name: str) -> str:
        """One document as a sentence after `lead`; several as a list under it."""
        found = self.doc_list(name)
        if len(found) == 1:
            return f"{lead} {found[0]}."
        points = [f"\n\n- {item}{';' if index < len(found) - 1 else '.'}" for index, item in enumerate(found)]
        return f"{lead}:{''.join(points)}\n\n"

    def law(self, symbol: str) -> str:
        """A document of the registry; "" where the registry does not hold it."""
        return self.citations.law(symbol)

    # --- composition ----------------------------------------------------------------------------------------

    def seq(self, parts: Sequence[Any]) -> str:
        """ "a, b và c" of the parts that say anything."""
        said = [str(part) for part in parts if part and plain(str(part)).strip()]
        if len(said) == 2 and not any(re.search(r"[;:]| và ", plain(part)) for part in said):
            return " và ".join(said)
        return enumerate_vi(said)

    def points(self, lead: str, parts: Sequence[Any]) -> str:
        """A lead-in and its points, the last one ended by a full stop."""
        said = [upper_first(strip_end(str(part))) for part in parts if plain(str(part)).strip()]
        lines = [f"\n\n- {part}{'.' if index == len(said) - 1 else ';'}" for index, part in enumerate(said)]
        return f"{lead}:{''.join(lines)}\n\n" if lead else f"{''.join(lines)}\n\n"

    def first(self, name: str) -> bool:
        """Whether nobody in this draft has asked this before: a lead-in is said once."""
        if name in self.said:
            return False
        self.said.add(name)
        return True

    def whole(self, rate: str, known: str) -> str:
        """The whole of a computed rate ("1.268" of 1.105/1.268), where `known` is another figure."""
        fact, total = self.facts.get(rate), self.facts.get(known)
        found = _QUOTIENT.match(fact.rule or "") if fact is not None and fact.standing == "derived" else None
        if fact is None or found is None or total is None or format_value(total.value, total.field) == found.group(2):
            return ""
        return self.ledger.wrap(found.group(2), Mark("figure", (fact.evidence(),)))

    def semi(self, parts: Sequence[Any]) -> str:
        """ "a; b; c" of the parts that say anything."""
        return "; ".join(str(part) for part in parts if part and plain(str(part)).strip())

    def comma(self, parts: Sequence[Any]) -> str:
        """ "a, b, c" of the parts that say anything."""
        return ", ".join(str(part) for part in parts if part and plain(str(part)).strip())

    def table(self, name: str) -> str:
        """A place for the table of a field; drawn by the engine."""
        self._use(name)
        return f"\n\n\ue010{name}\ue011\n\n"

    def change(self, name: str) -> str:
        """ ", tăng 12,5% so với quý trước"; "" where the previous period does not hold the figure."""
        fact = self.facts.get(name)
        found = Change.of(fact, self.facts.previous.get(name)) if fact is not None else None
        if found is not None:
            self.compared_fields.add(name)
        return f", {self.ledger.wrap(found.phrase(self.compared), Mark('figure', found.evidence()))}" if found else ""

    def used(self, name: str) -> bool:
        """Whether the field was printed already."""
        return name in self.facts.used

    def since(self) -> str:
        """The span of the figures that begins a sentence: "Từ ngày 01/7/2025" where one was given, once a section;
        otherwise "Trong quý III/2026"."""
        if not self.given("period_note") or self.used("period_note"):
            return self.in_period()
        note = plain(str(self.value("period_note"))).strip()
        if len(note) > _SHORT_NOTE or not _SPAN_START.match(note):
            return self.in_period()
        return upper_first(self.t("period_note"))

    def in_period(self) -> str:
        """ "Trong quý III/2026", once a section; "Trong kỳ" afterwards, or where the period has no short name."""
        fact = self.header.get("period_label")
        found = find_periods(str(fact.value)) if fact is not None else []
        if fact is None or not found or "period_label" in self.facts.used:
            return "Trong kỳ"
        self.facts.used.add("period_label")
        return f"Trong {self.ledger.wrap(lower_first(found[0].text), Mark('figure', (fact.evidence(),)))}"

    def rate(self, name: str, noun: str) -> str:
        """ "100% văn bản đi được ký số", "tỷ lệ văn bản đi được ký số đạt 99,6%": a share of things counted."""
        if self.full(name):
            return f"{self.p(name)} {noun}{self.change(name)}"
        return self.level(name, noun)

    def level(self, name: str, noun: str) -> str:
        """ "tỷ lệ số hóa đạt 96,5%": a rate of something done."""
        return f"tỷ lệ {noun} đạt {self.p(name)}{self.change(name)}"

    def tally(self, name: str, group: str, column: str, wanted: str) -> list[str]:
        """Per group of a table, how many of its rows are as wanted: "chính quyền số đạt 06/07 chỉ tiêu"."""
        fact = self.facts.get(name)
        return tally(fact, self.ledger, group, column, wanted) if fact is not None else []

    def share(self, part: str, whole: str) -> str:
        """ ", đạt 73,28%" of two figures given as numbers."""
        one, all_of_it = self.facts.get(part), self.facts.get(whole)
        if one is None or all_of_it is None or not is_number(one.value) or not is_number(all_of_it.value):
            return ""
        if not all_of_it.value:
            return ""
        value = (Decimal(str(one.value)) / Decimal(str(all_of_it.value)) * 100).quantize(Decimal("0.01"))
        rule = f"{format_value(one.value, one.field)}/{format_value(all_of_it.value, all_of_it.field)} × 100"
        name = f"{part}_rate"
        evidence = InputFigure(name, float(value), one.section, rule, (part, whole))
        return f", đạt {self.ledger.wrap(format_percent(value), Mark('figure', (evidence, one.evidence())))}"

    def annexed(self, name: str) -> bool:
        """Whether an annex shows the table, so that the text need not."""
        return name in self.annexes

    def next_period_words(self) -> str:
        """ "Trong quý IV/2025"."""
        fact = self.facts.get("next_period_label")
        if fact is None:
            return "Trong kỳ tới"
        return f"Trong {lower_first(self._print('next_period_label', unit=False))}"

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
        elif unit and shown[-1:].isdigit() and (counted := noun or fact.field.unit):
            shown = f"{shown} {counted}"
        elif fact.field.type == "percent" and isinstance(fact.value, str) and shown[-1:].isdigit():
            shown = f"{shown}%"
        return self.ledger.wrap(shown, Mark("figure", (fact.evidence(),), f"{fact.section}.{name}"))

    def _item(self, fact: Fact, item: Any) -> str:
        if isinstance(item, Mapping):
            return self.record(fact, item)
        shown = format_value(item, fact.field)
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
            issuer = self.issuer or self.body_name
            return self.citations.cite(
                record, fact.evidence(record), own_issuer=issuer, own_evidence=self._body_evidence()
            )
        return self._item(fact, record)
