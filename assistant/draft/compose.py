"""The body of a draft, section by section: topic templates, then whatever was given and not yet told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.draft.changes import Change
from assistant.draft.citation import CitationMemory
from assistant.draft.conflicts import mark_conflicts
from assistant.draft.facts import Fact, SectionFacts, is_given
from assistant.draft.gather import Gathered, catch_all
from assistant.draft.marks import Ledger, Mark, MarkedSpan, split_last
from assistant.draft.model import Block, DraftSection, Paragraph
from assistant.draft.prose import TablePlace, has_template, join_short, paragraphs, render_topic
from assistant.draft.repetition import FRAMES, Repetition
from assistant.draft.tables import figure_table, list_table, record_table, text_table
from assistant.draft.values import clean_text, is_number
from assistant.draft.voice import Voice
from assistant.draft.voice_values import field_label
from assistant.draft.words import Place, end_with, lower_first
from assistant.evidence import InputFigure
from assistant.reports.fields import short_label
from assistant.reports.numbering import numbers, roman
from assistant.reports.problems import Problem
from assistant.reports.types import ReportType, Section


@dataclass(slots=True)
class Composer:
    """Writes the sections of one draft.

    Attributes:
        annexes: field name -> the records that annexes print of it.
        problems: of the inputs, to be marked in the text.
        said: lead-ins used so far.
        conflicts: problems of the whole report marked so far.
        repetition: what earlier sections told.
    """

    gathered: Gathered
    ledger: Ledger
    citations: CitationMemory
    place: Place
    body: str
    committee: str
    compared: str
    problems: Sequence[Problem] = ()
    annexes: dict[str, list[Any]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    conflicts: set[Problem] = field(default_factory=set)
    repetition: Repetition = field(default_factory=Repetition)

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
                for name, fact in self.gathered.section(section).facts.items():
                    if fact.field.type == "table" and fact.standing == "given":
                        self.annexes.setdefault(name, []).extend(fact.value)
        self.numbers = {key: value.rstrip(")") for key, value in found.items()}
        return self.numbers

    def section(self, section: Section, number: str) -> DraftSection:
        """One heading with everything under it."""
        heading = self._heading(section)
        if section.is_group:
            return DraftSection(section.id, number, heading, section.level, style=section.style)
        facts = self.gathered.section(section)
        voice = self._voice(facts, heading, annex=section.appendix)
        here = self._place_of(section, number)
        repeated = [] if section.appendix else self.repetition.take(facts, here)
        blocks = list(self._annex(section, facts, voice) if section.appendix else self._body(section, facts, voice))
        if not section.appendix:
            blocks = join_short(self.repetition.shorten(section, here, blocks))
        blocks += self.repetition.referrals(section, repeated)
        if not blocks:
            blocks = [self._empty(section, heading)]
        blocks = self.marked(blocks, section.id)
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

    def marked(self, blocks: Sequence[Block], section: str) -> list[Block]:
        """The blocks of a section, or of the opening, with the errors of the inputs they show."""
        return mark_conflicts(blocks, section, self.problems, self.gathered.inputs, self.conflicts)

    def _voice(self, facts: SectionFacts, heading: str, *, annex: bool) -> Voice:
        voice = Voice(facts, self.ledger, self.citations, self.place, self._short_body(), [])
        voice.issuer = self.committee
        voice.heading = heading
        voice.said = self.said
        voice.compared = self.compared
        voice.header = self.header_facts()
        voice.annexes = frozenset() if annex else self._annexed(facts)
        label = self.gathered.inputs.value(None, "next_period_label")
        voice.next_period = lower_first(clean_text(str(label))) if label else ""
        return voice

    def _annexed(self, facts: SectionFacts) -> frozenset[str]:
        """The tables of a section that the annexes print in full, every value of every record."""
        tables = ((name, f.value) for name, f in facts.facts.items() if f.field.type == "table" and f.value)
        return frozenset(
            name for name, rows in tables if all(_printed(row, self.annexes.get(name, ())) for row in rows)
        )

    def _short_body(self) -> str:
        """The reporting body after its first full mention: "Ủy ban nhân dân xã", "Ban Chỉ đạo xã"."""
        kind = self.place.kind
        if kind is None:
            return self.body
        name = "Ban Chỉ đạo" if self.report_type.unit == "steering_committee" else "Ủy ban nhân dân"
        return f"{name} {kind}" if self.body.startswith(name) else self.body

    def header_facts(self) -> dict[str, Fact]:
        """What was given for the report as a whole, by field."""
        header = self.gathered.inputs.header
        return {f.name: Fact(f, header[f.name], None, "derived") for f in self.report_type.header if header.get(f.name)}

    def _heading(self, section: Section) -> str:
        """The heading with its periods; capitals where the outline has capitals."""
        if section.style == "none" and not section.appendix:
            return ""
        text = section.heading
        for pattern, name in _PERIOD_WORDS:
            value = self.gathered.inputs.value(None, name)
            if value and (found := pattern.search(text)):
                text = text[: found.start()] + clean_text(str(value)) + text[found.end() :]
        text = re.sub(r"\s*\{\w+\}", "", text)
        return text.upper() if section.heading.split("{")[0].isupper() else text

    # --- body -----------------------------------------------------------------------------------------------

    def _body(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        closing: list[tuple[str, str]] = []
        for topic_id in self._topics(section):
            if has_template(topic_id):
                marked, late = split_last(render_topic(topic_id, voice))
                yield from self._blocks(marked, facts, f"{section.id}#{topic_id}")
                closing.append((late, f"{section.id}#{topic_id}"))
        yield from self._rest(section, facts, voice)
        yield from self._comparison(section, facts, voice)
        for late, key in closing:
            yield from self._blocks(late, facts, key)
        yield from self._annex_reference(section)

    def _topics(self, section: Section) -> list[str]:
        named = [use.topic.id for use in section.topics]
        named += [topic.id for topic in self.gathered.extra_topics(section)]
        order = list(dict.fromkeys(named))
        return [t for t in order if t not in FRAMES] + [t for t in order if t in FRAMES]

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
            if voice.annexed(name):
                facts.used.add(name)
                continue
            label = field_label(fact, self.ledger)
            if fact.field.type in ("list", "table"):
                marked = voice.listing(label, name)
            elif fact.field.type in ("doc", "doc_list"):
                marked = f"{label}: {voice.docs(name)}."
            else:
                marked = f"{label}: {end_with(lower_first(voice.q(name)), '.')}"
            yield from self._blocks(marked, facts, f"{section.id}#khac")

    def _comparison(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        """Changes against the previous period that no template told; that nothing changed, where nothing did."""
        found = {name: Change.of(facts.get(name), before) for name, before in facts.previous.items()}
        changes = {name: change for name, change in found.items() if change is not None}
        parts = []
        for name, change in changes.items():
            if change.amount is None or not change.amount or name in voice.compared_fields:
                continue
            label = lower_first(short_label(change.fact.field))
            words = change.phrase(self.compared).removesuffix(f" so với {self.compared}")
            parts.append(
                f"{label} {self.ledger.wrap(words, Mark('figure', change.evidence(), f'{section.id}.{name}'))}"
            )
        marked = f"So với {self.compared}, {'; '.join(parts)}." if parts else ""
        figures = [f for f in facts.facts.values() if f.standing == "given" and f.section and is_number(f.value)]
        if figures and all((c := changes.get(f.field.name)) is not None and c.amount == 0 for f in figures):
            evidence = tuple(item for f in figures for item in changes[f.field.name].evidence())
            lead = "Các số liệu" if len(figures) > 1 else "Số liệu"
            marked = f"{lead} trên {self.ledger.wrap(f'bằng {self.compared}', Mark('figure', evidence))}."
        if marked:
            yield from self._blocks(marked, facts, f"{section.id}#so_sanh")

    def _annex_reference(self, section: Section) -> Iterator[Block]:
        """The body points to each annex once, from the section that speaks of its figures."""
        due = [
            name for name, owners in self._annex_owners().items() if section.id in owners and name not in self.mentioned
        ]
        if not due:
            return
        self.mentioned.update(due)
        evidence = tuple(InputFigure("appendix", name, section.id, "số thứ tự phụ lục của báo cáo này") for name in due)
        text = f"(Số liệu chi tiết tại {', '.join(due)} kèm theo)."
        spans = tuple(
            MarkedSpan(text.index(name), text.index(name) + len(name), Mark("figure", (item,)))
            for name, item in zip(due, evidence, strict=True)
        )
        yield Paragraph(f"{section.id}#phu_luc", text, "body", spans, evidence)

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
            owners[named[annex.id]] = (close or near or [catch_all(bodies).id] if bodies else [])[:1]
        return owners

    def _place_of(self, section: Section, number: str) -> str:
        """ "mục II.3.6": the numbers from the outermost heading down, parts and capital letters left out."""
        numbers_above = [self.numbers.get(item.id, "") for item in self.report_type.path(section.id)[:-1]]
        parts = [n for n in (*numbers_above, number) if n and not n.startswith("Phần") and n not in _LETTERS]
        if len(parts) > 1 and "." in parts[-1]:
            parts = [part for part in parts[:-1] if not part[0].isdigit()] + parts[-1:]
        return f"mục {'.'.join(parts)}" if parts else "phần mở đầu"

    # --- annexes --------------------------------------------------------------------------------------------

    def _annex(self, section: Section, facts: SectionFacts, voice: Voice) -> Iterator[Block]:
        """Figures line by line, then each table and list as a table."""
        singles = [f for f in self._facts(section, facts) if f.field.type not in ("table", "list", "doc_list", "doc")]
        shown_as_totals = self._totals(section, facts)
        asked = {spec.name for spec in section.fields}
        singles = [fact for fact in singles if fact.field.name not in shown_as_totals]
        shares = [fact for fact in singles if fact.standing == "derived" and fact.field.name not in asked]
        singles = [fact for fact in singles if fact not in shares]
        if singles:
            voice.missing.extend(f"{section.id}.{f.field.name}" for f in singles if f.standing == "missing")
            facts.used.update(fact.field.name for fact in singles)
            texts = [fact for fact in singles if isinstance(fact.value, str)]
            figures = [fact for fact in singles if fact not in texts]
            if len(figures) == 1 and figures[0].standing != "missing":
                # one figure is a line, not a table
                told = f"{field_label(figures[0], self.ledger)}: {voice.q(figures[0].field.name)}."
                yield from self._blocks(told, facts, f"{section.id}#so_lieu")
            elif figures:
                yield figure_table(figures, "Số liệu tổng hợp")
            if texts:
                yield text_table(texts, "Nội dung đánh giá")
        facts.used.update(fact.field.name for fact in shares)
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
                marked = f"{short_label(fact.field)}: {voice.docs(fact.field.name)}."
                yield from self._blocks(marked, facts, f"{section.id}#khac")
        if shares:
            told = voice.semi([self._share(fact, voice) for fact in shares])
            yield from self._blocks(f"Tính từ số liệu trên: {told}.", facts, f"{section.id}#ty_le")

    def _share(self, fact: Fact, voice: Voice) -> str:
        """A computed share with its arithmetic: "tỷ lệ giải ngân 85,83% (412.000.000/480.000.000 × 100)"."""
        rule = self.ledger.wrap(fact.rule or "", Mark("figure", (fact.evidence(),)))
        return f"{lower_first(short_label(fact.field))} {voice.p(fact.field.name)} ({rule})"

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
        named = heading or section.heading
        label = (
            section.fields[0].label
            if len(section.fields) == 1
            else section.heading.capitalize()
            if section.heading.isupper()
            else named
        )
        label = label.replace("[", "(").replace("]", ")")
        text = f"[{label}: chưa có số liệu]"
        name = f"{section.id}.{section.fields[0].name}" if section.fields else section.id
        return Paragraph(f"{section.id}#trong", text, "body", (MarkedSpan(0, len(text), Mark("missing", (), name)),))

    def _silent_gaps(self, section: Section, facts: SectionFacts) -> Iterator[str]:
        for name, fact in facts.facts.items():
            if fact.standing == "missing":
                yield f"{section.id}.{name}"


# words of a heading that stand for a period, and the header field that names it
_PERIOD_WORDS = (
    (
        re.compile(r"\{next_period_label\}|\b(?:quý|năm|tháng|kỳ) (?:sau|tới|tiếp theo)$", re.IGNORECASE),
        "next_period_label",
    ),
    (re.compile(r"\{period_label\}|\b(?:quý|kỳ báo cáo)$", re.IGNORECASE), "period_label"),
)
_LETTERS = frozenset("ABCDĐEGH")


def _printed(record: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one of `records` holds every value of `record`."""
    given = {key: value for key, value in record.items() if is_given(value)}
    return any(all(other.get(key) == value for key, value in given.items()) for other in records)


def _unique_keys(blocks: Sequence[Block]) -> Iterator[Block]:
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            seen[block.key] = seen.get(block.key, 0) + 1
            if seen[block.key] > 1:
                block = replace(block, key=f"{block.key}-{seen[block.key]}")
        yield block
