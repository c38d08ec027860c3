"""Which values each section of a draft has to tell: those it asks for, and every other one that was given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.draft.facts import Fact, SectionFacts, is_given
from assistant.reports.derive import Derived, derive
from assistant.reports.fields import Field
from assistant.reports.inputs import Inputs
from assistant.reports.topics import Topic
from assistant.reports.types import ReportType, Section

# header fields that a section may give once more for its own figures
SPAN_FIELDS = ("period_start", "period_end", "data_cutoff_date")


@dataclass(slots=True)
class Gathered:
    """The values of a report, ready to be told section by section.

    Attributes:
        home: field name -> the topic that defines it.
        strays: values given for the whole report that no section asks for, by the section that tells them.
    """

    report_type: ReportType
    topics: Mapping[str, Topic]
    inputs: Inputs
    previous: Inputs | None = None
    derived: Mapping[tuple[str, str], Derived] = field(default_factory=dict)
    home: dict[str, Topic] = field(default_factory=dict)
    strays: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, report_type: ReportType, topics: Mapping[str, Topic], inputs: Inputs, previous: Inputs | None
    ) -> "Gathered":
        found = cls(report_type, topics, inputs, previous, derive(report_type, inputs))
        found.home = {spec.name: topic for topic in topics.values() for spec in topic.fields}
        found._place_strays()
        return found

    def section(self, section: Section) -> SectionFacts:
        """The facts of one section, those it asks for first."""
        facts: dict[str, Fact] = {}
        for spec in (*section.fields, *self._extra(section)):
            if spec.name not in facts and (fact := self._fact(section, spec)) is not None:
                facts[spec.name] = fact
        for (section_id, name), derived in self.derived.items():
            if section_id == section.id and name not in facts:
                facts[name] = _derived_fact(derived, self._spec(name) or Field(name, derived.label, "percent"))
        for spec in self.report_type.header:
            value = self.inputs.header.get(spec.name)
            own = facts.get(spec.name)
            # a section asked for the report's span says it only where its own is another
            if is_given(value) and (own is None or own.standing == "missing" or own.value == value):
                facts[spec.name] = Fact(spec, value, None, "derived")
        previous = self._previous(section, facts)
        return SectionFacts(section.id, facts, previous=previous)

    def extra_topics(self, section: Section) -> list[Topic]:
        """Topics that the section does not name but whose fields it was given."""
        named = {use.topic.id for use in section.topics}
        found: dict[str, Topic] = {}
        for spec in self._extra(section):
            topic = self.home.get(spec.name)
            if spec.name in SPAN_FIELDS:
                topic = self.topics.get("data_scope")
            if topic is not None and topic.id not in named:
                found[topic.id] = topic
        return list(found.values())

    def holds(self, section: Section) -> bool:
        """Whether anything was given for the section itself."""
        names = [spec.name for spec in (*section.fields, *self._extra(section))]
        return any(is_given(self.inputs.own(section.id, name)) for name in names)

    def _fact(self, section: Section, spec: Field) -> Fact | None:
        value = self.inputs.own(section.id, spec.name)
        if is_given(value):
            return Fact(spec, value, section.id, "given")
        if value is not None and spec.type in ("list", "table", "doc_list"):
            # an empty list was given: there is none
            return None
        if section.appendix and (found := self._elsewhere(spec.name)) is not None:
            return Fact(spec, found[1], found[0], "given")
        derived = self.derived.get((section.id, spec.name))
        if derived is not None:
            return _derived_fact(derived, spec)
        if spec.required and any(spec.name == asked.name for asked in section.fields):
            return Fact(spec, None, section.id, "missing")
        return None

    def _elsewhere(self, name: str) -> tuple[str, Any] | None:
        """The body's value for an appendix that repeats it: one table of facts feeds both."""
        for other in self.report_type.leaves:
            value = self.inputs.sections.get(other.id, {}).get(name)
            if is_given(value):
                return other.id, value
        return None

    def _extra(self, section: Section) -> Iterator[Field]:
        asked = {spec.name for spec in section.fields}
        names = [*self.inputs.sections.get(section.id, {}), *self.strays.get(section.id, ())]
        for name in names:
            spec = self._spec(name)
            if name not in asked and spec is not None:
                yield spec

    def _spec(self, name: str) -> Field | None:
        topic = self.home.get(name)
        return topic.field(name) if topic is not None else self.report_type.header_field(name)

    def _place_strays(self) -> None:
        """Give each flat value that no section asks for to the section nearest in subject."""
        leaves = [section for section in self.report_type.leaves if not section.appendix] or list(
            self.report_type.leaves
        )
        asked = {spec.name for section in self.report_type.leaves for spec in section.fields}
        for name in self.inputs.flat:
            topic = self.home.get(name)
            if name in asked or topic is None or not leaves:
                continue
            late = topic.id in _NOT_RESULTS
            other = catch_all(leaves, late=late)
            near = next((s for s in leaves if any(use.topic.id == topic.id for use in s.topics)), other)
            self.strays.setdefault(near.id, []).append(name)

    def _previous(self, section: Section, facts: Mapping[str, Fact]) -> dict[str, Any]:
        if self.previous is None:
            return {}
        before = derive(self.report_type, self.previous)
        values = {name: self.previous.own(section.id, name) for name in facts}
        for name in facts:
            derived = before.get((section.id, name))
            if values[name] is None and derived is not None and not derived.partial:
                values[name] = derived.value
        return {name: value for name, value in values.items() if value is not None}


# topics of judgement and of the time to come: figures that belong nowhere else do not belong there
_NOT_RESULTS = frozenset({"next_period", "proposals", "difficulties", "assessment"})


def catch_all(leaves: Sequence[Section], *, late: bool = False) -> Section:
    """Where a value is told whose subject no section has: among free content, else the last section of results.

    Args:
        late: whether the value is a judgement or of the time to come; results stand before the first of these.
    """
    topics = {section.id: {use.topic.id for use in section.topics} for section in leaves}
    judged = [index for index, section in enumerate(leaves) if topics[section.id] & _NOT_RESULTS]
    allowed = list(leaves) if late or not judged else list(leaves[: judged[0]]) or list(leaves)
    free = [section for section in allowed if "other_content" in topics[section.id]]
    results = [section for section in allowed if not topics[section.id] & _NOT_RESULTS]
    return (free or results or allowed)[-1]


def _derived_fact(derived: Derived, spec: Field) -> Fact:
    rule = f"{derived.rule}; {derived.note}" if derived.note else derived.rule
    return Fact(spec, derived.value, derived.section, "derived", rule, derived.operands)
