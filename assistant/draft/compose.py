"""The body of a draft, section by section: topic templates, then whatever was given and not yet told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.draft.changes import Change
from assistant.draft.citation import CitationMemory
from assistant.draft.facts import Fact, SectionFacts
from assistant.draft.gather import Gathered
from assistant.draft.marks import Ledger, Mark, MarkedSpan
from assistant.draft.model import Block, DraftSection, DraftTable, Paragraph
from assistant.draft.prose import TablePlace, has_template, paragraphs, render_topic
from assistant.draft.tables import figure_table, list_table, record_table
from assistant.draft.values import clean_text, is_number
from assistant.draft.voice import Voice
from assistant.draft.words import Place, end_with, lower_first
from assistant.evidence import Evidence, InputFigure
from assistant.reports.fields import Field
from assistant.reports.numbering import numbers, roman
from assistant.reports.problems import Problem
from assistant.reports.types import ReportType, Section

# topics whose words frame the figures of the others: the span first is taken by `since`, the comparison stands last
_LAST = frozenset({"data_scope"})


@dataclass(slots=True)
class Composer:
    """Writes the sections of one draft.

    Attributes:
        annexes: field name -> name of the annex that shows its table.
        problems: of the inputs, to be marked in the text.
    """

    gathered: Gathered
    ledger: Ledger
    citations: CitationMemory
    place: Place
    body: str
    compared: str
    problems: Sequence[Problem] = ()
    annexes: dict[str, str] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)

    @property
    def report_type(self) -> ReportType:
        return self.gathered.report_type

    def included(self) -> list[Section]:
        """The sections of this draft: optional ones and lone annexes only where there is something to tell."""
        kept = {s.id for s in self.report_type.leaves if self._is_wanted(s)}
        for section in reversed(self.report_type.sections):
            if section.is_group and any(child.id in kept for child in self.report_type.children(section.id)):
                kept.add(section.id)
        return [section for section in self.report_type.sections if section.id in kept]

    def _is_wanted(self, section: Section) -> bool:
        if self.gathered.holds(section):
            return True
        if not section.appendix:
            return not section.optional
        if section.optional:
            return False
        facts = self.gathered.section(section).facts.values()
        if any(fact.standing == "given" and fact.field.type == "table" for fact in facts):
            return True
        # an annex of figures alone repeats the text; a framework of several annexes is kept whole
        return len(self.report_type.appendices) > 1

    def number(self, sections: Sequence[Section]) -> dict[str, str]:
        """Numbers without gaps; parts in Roman figures, as the decree writes them."""
        found = numbers(self.report_type, {section.id for section in sections})
        for section in sections:
            if section.style == "part" and found[section.id].startswith("Phần "):
                found[section.id] = f"Phần {roman(int(found[section.id].removeprefix('Phần ')))}"
        for section in sections:
            if section.appendix:
                for spec in section.fields:
                    if spec.type == "table":
                        self.annexes.setdefault(spec.name, found[section.id])
        return {key: value.rstrip(")") if value.endswith(")") else value for key, value in found.items()}

    def section(self, section: Section, number: str) -> DraftSection:
        """One heading with everything under it."""
        heading = self._heading(section)
        if section.is_group:
            return DraftSection(section.id, number, heading, section.level, style=section.style)
        facts = self.gathered.section(section)
        voice = self._voice(facts, annex=section.appendix)
        blocks = list(self._annex(section, facts, voice) if section.appendix else self._body(section, facts, voice))
        if not blocks:
            blocks = [self._empty(section, heading)]
        blocks = self._with_marks(section, blocks)
        return DraftSection(
            id=section.id,
            number=number,
            heading=heading,
            level=section.level,
            blocks=tuple(_unique_keys(blocks)),
            missing=tuple(dict.fromkeys((*voice.missing, *self._silent_gaps(section, facts)))),
            appendix=section.appendix,
            landscape=section.landscape,
            style=section.style,
        )

    def _voice(self, facts: SectionFacts, *, annex: bool) -> Voice:
        voice = Voice(facts, self.ledger, self.citations, self.place, self.body, [])
        voice.compared = self.compared
        voice.header = self.header_facts()
        voice.annexes = {} if annex else self.annexes
        label = self.gathered.inputs.value(None, "next_period_label")
        voice.next_period = lower_first(clean_text(str(label))) if label else ""
        return voice

    def header_facts(self) -> dict[str, Fact]:
        """What was given for the report as a whole, by field."""
        header = self.gathered.inputs.header
        return {f.name: Fact(f, header[f.name], None, "derived") for f in self.report_type.header if header.get(f.name)}

    def _heading(self, section: Section) -> str:
        """The heading with its periods; capitals where the outline has capitals."""
        if section.style == "none" and not section.appendix:
            return ""
        text = section.heading
        for name in ("period_label", "next_period_label"):
            value = self.gathered.inputs.value(None, name)
            shown = clean_text(str(value)) if value else ("KỲ BÁO CÁO" if name == "period_label" else "KỲ TỚI")
            text = text.replace("{" + name + "}", shown)
        return text.upper() if section.heading.split("{")[0].isupper() else text

    # --- body -----------------------------------------------------------------------------------------------

    def _body(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        for topic_id in self._topics(section):
            if has_template(topic_id):
                yield from self._blocks(render_topic(topic_id, voice), facts, f"{section.id}#{topic_id}")
        yield from self._rest(section, facts, voice)
        yield from self._comparison(section, facts, voice)
        yield from self._annex_reference(section)

    def _topics(self, section: Section) -> list[str]:
        named = [use.topic.id for use in section.topics]
        named += [topic.id for topic in self.gathered.extra_topics(section)]
        order = list(dict.fromkeys(named))
        return [t for t in order if t not in _LAST] + [t for t in order if t in _LAST]

    def _blocks(self, marked: str, facts: SectionFacts, key: str) -> Iterator[Block]:
        for item in paragraphs(marked, self.ledger, key):
            if isinstance(item, TablePlace):
                fact = facts.get(item.field)
                if fact is not None and fact.standing != "missing":
                    yield record_table(fact, facts)
            else:
                yield item

    def _rest(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        """Given values that no template told: by their labels, so that nothing given is lost."""
        for fact in list(facts.unused()):
            if fact.section is None:
                continue
            name = fact.field.name
            if fact.field.type == "table" and name in self.annexes and not section.appendix:
                facts.used.add(name)
                continue
            label = fact.field.label
            if fact.field.type in ("list", "table"):
                marked = voice.listing(label, name)
            elif fact.field.type in ("doc", "doc_list"):
                marked = voice.doc_bullets(label, name)
            else:
                marked = f"{label}: {end_with(lower_first(voice.q(name)), '.')}"
            yield from self._blocks(marked, facts, f"{section.id}#khac")

    def _comparison(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        """Changes against the previous period that no template told."""
        parts = []
        for name, before in facts.previous.items():
            change = Change.of(facts.get(name), before) if name not in voice.compared_fields else None
            if change is None or change.amount is None:
                continue
            label = lower_first(change.fact.field.label)
            words = change.phrase(self.compared).removesuffix(f" so với {self.compared}")
            parts.append(
                f"{label} {self.ledger.wrap(words, Mark('figure', change.evidence(), f'{section.id}.{name}'))}"
            )
        if parts:
            marked = f"So với {self.compared}: {'; '.join(parts)}."
            yield from self._blocks(marked, facts, f"{section.id}#so_sanh")

    def _annex_reference(self, section: Section) -> Iterator[Block]:
        """The body points to each annex once, from the section that speaks of its figures."""
        for annex, owners in self._annex_owners().items():
            if annex in self.mentioned or section.id not in owners:
                continue
            self.mentioned.add(annex)
            evidence = InputFigure("appendix", annex, section.id, "số thứ tự phụ lục của báo cáo này")
            text = f"(Số liệu chi tiết tại {annex} kèm theo)."
            start = text.index(annex)
            span = MarkedSpan(start, start + len(annex), Mark("figure", (evidence,)))
            yield Paragraph(f"{section.id}#phu_luc", text, "body", (span,), (evidence,))

    def _annex_owners(self) -> Mapping[str, list[str]]:
        """Annex name -> body sections that share a field with it, nearest first."""
        sections = self.included()
        named = numbers(self.report_type, {section.id for section in sections})
        owners: dict[str, list[str]] = {}
        for annex in (section for section in sections if section.appendix):
            fields = {spec.name for spec in annex.fields}
            topics = {use.topic.id for use in annex.topics}
            bodies = [s for s in sections if not s.appendix and not s.is_group and s.style != "none"]
            close = [s.id for s in bodies if fields & {spec.name for spec in s.fields}]
            near = [s.id for s in bodies if topics & {use.topic.id for use in s.topics}]
            owners[named[annex.id]] = (close or near or [bodies[-1].id] if bodies else [])[:1]
        return owners

    # --- annexes --------------------------------------------------------------------------------------------

    def _annex(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        """Figures line by line, then each table and list as a table."""
        singles = [f for f in self._facts(section, facts) if f.field.type not in ("table", "list", "doc_list", "doc")]
        shown_as_totals = self._totals(section, facts)
        singles = [fact for fact in singles if fact.field.name not in shown_as_totals]
        if singles:
            voice.missing.extend(f"{section.id}.{f.field.name}" for f in singles if f.standing == "missing")
            facts.used.update(fact.field.name for fact in singles)
            yield figure_table(singles, "Số liệu tổng hợp")
        for fact in self._facts(section, facts):
            if fact.field.name in facts.used and fact.field.type != "table":
                continue
            facts.used.add(fact.field.name)
            if fact.standing == "missing":
                yield from self._blocks(voice.gap(fact.field.name), facts, f"{section.id}#thieu")
            elif fact.field.type == "table":
                yield record_table(fact, facts)
            elif fact.field.type == "list":
                yield list_table(fact)
            elif fact.field.type in ("doc", "doc_list"):
                yield from self._blocks(
                    voice.doc_bullets(fact.field.label, fact.field.name), facts, f"{section.id}#khac"
                )

    def _facts(self, section: Section, facts: SectionFacts) -> list[Fact]:
        return [f for f in facts.facts.values() if f.section is not None and (f.standing != "derived" or f.rule)]

    def _totals(self, section: Section, facts: SectionFacts) -> set[str]:
        """Figures that stand in the row of totals of a table of this annex."""
        told: set[str] = set()
        for fact in facts.facts.values():
            if fact.field.type == "table" and fact.standing == "given" and fact.section is not None:
                table = record_table(fact, facts)
                if table.has_total:
                    told |= {e.field for cell in table.rows[-1] for e in cell.evidence if isinstance(e, InputFigure)}
        facts.used |= told & set(facts.facts)
        return told

    # --- gaps and conflicts -----------------------------------------------------------------------------------

    def _empty(self, section: Section, heading: str) -> Paragraph:
        """The visible place of a section for which nothing was given."""
        label = section.fields[0].label if len(section.fields) == 1 else (heading or section.heading).capitalize()
        label = label.replace("[", "(").replace("]", ")")
        text = f"[{label}: chưa có số liệu]"
        name = f"{section.id}.{section.fields[0].name}" if section.fields else section.id
        return Paragraph(f"{section.id}#trong", text, "body", (MarkedSpan(0, len(text), Mark("missing", (), name)),))

    def _silent_gaps(self, section: Section, facts: SectionFacts) -> Iterator[str]:
        for name, fact in facts.facts.items():
            if fact.standing == "missing":
                yield f"{section.id}.{name}"

    def _with_marks(self, section: Section, blocks: list[Block]) -> list[Block]:
        """Each conflict of the section's figures, shown at the end of the first paragraph that prints one of them."""
        for problem in self.problems:
            if problem.section != section.id or not _is_conflict(problem):
                continue
            index = next((i for i, block in enumerate(blocks) if _speaks_of(block, problem.fields)), None)
            if index is None:
                continue
            block = blocks[index]
            if isinstance(block, DraftTable):
                blocks.insert(index + 1, self._conflict_paragraph(section, problem))
            else:
                blocks[index] = self._marked(block, problem)
        return blocks

    def _marked(self, paragraph: Paragraph, problem: Problem) -> Paragraph:
        text = f"{paragraph.text} {_conflict_text(problem)}"
        evidence = self._conflict_evidence(problem)
        span = MarkedSpan(len(paragraph.text) + 1, len(text), Mark("conflict", evidence, problem.field))
        told = (*paragraph.evidence, *(item for item in evidence if item not in paragraph.evidence))
        return replace(paragraph, text=text, spans=(*paragraph.spans, span), evidence=told)

    def _conflict_paragraph(self, section: Section, problem: Problem) -> Paragraph:
        text = _conflict_text(problem)
        evidence = self._conflict_evidence(problem)
        span = MarkedSpan(0, len(text), Mark("conflict", evidence, problem.field))
        return Paragraph(f"{section.id}#doi_chieu", text, "body", (span,), evidence)

    def _conflict_evidence(self, problem: Problem) -> tuple[Evidence, ...]:
        rule = problem.rule or problem.message
        found: list[Evidence] = []
        for name in problem.fields:
            value = self.gathered.inputs.value(problem.section, name)
            shown = value if is_number(value) or isinstance(value, str) else None
            found.append(InputFigure(name, _plain(shown), problem.section, f"{rule} {problem.message}", problem.fields))
        return tuple(found)


def _plain(value: Any) -> Any:
    return float(value) if is_number(value) and not isinstance(value, int) else value


def _is_conflict(problem: Problem) -> bool:
    return problem.severity == "error" and problem.kind in ("relation", "range", "date", "value")


def _conflict_text(problem: Problem) -> str:
    return f"[Cần đối chiếu: {clean_text(problem.message).rstrip('.').replace('[', '(').replace(']', ')')}]"


def _speaks_of(block: Block, names: Sequence[str]) -> bool:
    wanted = set(names)
    if isinstance(block, DraftTable):
        return bool(block.field) and str(block.field).rpartition(".")[2] in wanted
    return any(isinstance(item, InputFigure) and item.field in wanted for item in block.evidence)


def _unique_keys(blocks: Sequence[Block]) -> Iterator[Block]:
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            seen[block.key] = seen.get(block.key, 0) + 1
            if seen[block.key] > 1:
                block = replace(block, key=f"{block.key}-{seen[block.key]}")
        yield block


def missing_field(section: str, spec: Field) -> str:
    """ "section.field"."""
    return f"{section}.{spec.name}"
