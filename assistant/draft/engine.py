"""From inputs to a draft: the one door of this package."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.draft.abbreviations import spell_out
from assistant.draft.changes import previous_word
from assistant.draft.citation import CitationMemory
from assistant.draft.compose import Composer
from assistant.draft.facts import Fact, SectionFacts, is_given
from assistant.draft.gather import Gathered
from assistant.draft.heading import HeaderValues, draft_header
from assistant.draft.marks import Ledger, Mark, MarkedSpan
from assistant.draft.model import Draft, DraftProblem, DraftSection, DraftUnsupported, Paragraph
from assistant.draft.opening import closing_paragraphs, opening_paragraphs
from assistant.draft.repetition import Repetition
from assistant.draft.values import clean_text
from assistant.draft.voice import Voice
from assistant.draft.words import subject_of
from assistant.evidence import InputFigure
from assistant.legal.registry import Registry
from assistant.reports.inputs import HEADER, Inputs, missing_fields
from assistant.reports.problems import Problem
from assistant.reports.relations import check_relations
from assistant.reports.topics import Topic
from assistant.reports.types import ReportType

# what the program wrote for the officer to see, as it stands in words that the officer then edited
_NOTE = re.compile(r"\[(?:(Cần đối chiếu): [^\[\]]*|[^\[\]]*: chưa có số liệu)\]")
_ANNEX_NUMBER = re.compile(r"(?i)phụ lục (?:số )?([IVX]+|\d+)\b")


def draft_report(
    report_type: ReportType,
    topics: Mapping[str, Topic],
    inputs: Inputs,
    registry: Registry | None = None,
    *,
    section: str | None = None,
    previous: Inputs | None = None,
) -> Draft:
    """Draft a report, or one section of it.

    Args:
        section: id of the section to draft alone; its headings keep the numbers of the whole.
        previous: inputs of the previous period, for changes.

    Raises:
        UnknownNameError: there is no such section; names the nearest.
    """
    if section is not None:
        report_type.section(section)
    found = [*inputs.problems, *check_relations(report_type, inputs, previous)]
    values = HeaderValues(report_type, inputs)
    title = subject_of(values.text("report_title")) or "[Chưa có trích yếu báo cáo]"
    composer = _composer(report_type, topics, inputs, registry, previous, values, found)
    # a section drafted alone stands by itself and refers to no other
    composer.repetition = Repetition(composer.gathered.home, active=section is None)
    kept = composer.included()
    numbers = composer.number(kept)
    voice = _header_voice(composer, values)
    refs = [numbers[item.id] for item in kept if item.appendix]
    opening = composer.marked(opening_paragraphs(voice, values, refs), HEADER)
    sections = [composer.section(item, numbers[item.id]) for item in kept]
    closing = closing_paragraphs(voice, values, _attachments(voice, values, refs))
    whole = Draft(
        report_type=report_type.id,
        title=title,
        header=draft_header(values, title),
        opening=tuple(item for item in opening if isinstance(item, Paragraph)),
        sections=tuple(sections),
        closing=closing,
        problems=(*_problems(found, values, refs), *_doubts(composer.citations)),
        header_missing=tuple(name for name in missing_fields(report_type, inputs) if name.startswith("header.")),
    )
    drafted = spell_out(whole if section is None else _only(whole, report_type, section))
    return replace(drafted, unsupported=tuple(find_unsupported(drafted.paragraphs(), registry)))


def _composer(
    report_type: ReportType,
    topics: Mapping[str, Topic],
    inputs: Inputs,
    registry: Registry | None,
    previous: Inputs | None,
    values: HeaderValues,
    problems: Sequence[Problem],
) -> Composer:
    ledger = Ledger()
    return Composer(
        gathered=Gathered.of(report_type, topics, inputs, previous),
        ledger=ledger,
        citations=CitationMemory(registry, ledger),
        place=values.place(),
        body=values.body(),
        committee=values.committee(),
        compared=previous_word(values.text("period_label")),
        problems=problems,
    )


def _header_voice(composer: Composer, values: HeaderValues) -> Voice:
    """A voice that speaks of the header's fields."""
    facts: dict[str, Fact] = {}
    for spec in values.report_type.header:
        value = values.inputs.header.get(spec.name)
        if is_given(value):
            facts[spec.name] = Fact(spec, value, None, "given")
        elif spec.required:
            facts[spec.name] = Fact(spec, None, "header", "missing")
    voice = Voice(SectionFacts("header", facts), composer.ledger, composer.citations, composer.place, composer.body, [])
    voice.header = composer.header_facts()
    return voice


def _attachments(voice: Voice, values: HeaderValues, refs: Sequence[str]) -> str:
    """What the officer said is attached: as said where it names the annexes, as an open point where one is not there.

    Some of several are not listed: the sections themselves refer to the annexes.
    """
    named = values.inputs.header.get("appendix_refs")
    if not named:
        return ""
    if _are_there(named, refs):
        return f"Kèm theo báo cáo: {voice.inline('appendix_refs')}." if len(named) == len(refs) else ""
    there = f"báo cáo kèm theo {', '.join(refs)}" if refs else "chưa có số liệu kèm theo"
    evidence = tuple(InputFigure("appendix", ref, HEADER, "số thứ tự phụ lục của báo cáo này") for ref in refs)
    text = f"[Cần đối chiếu: số liệu nhập viện dẫn {voice.inline('appendix_refs')} nhưng {there}]"
    return voice.ledger.wrap(text, Mark("conflict", evidence, "header.appendix_refs"))


def _are_there(named: Sequence[Any], refs: Sequence[str]) -> bool:
    """Whether the annexes that the officer named stand in the report; a name without a number may be any."""
    numbers = [found.group(1) for name in named if (found := _ANNEX_NUMBER.search(str(name)))]
    return len(named) <= len(refs) and all(f"Phụ lục {number}" in refs for number in numbers)


def _problems(found: Iterable[Problem], values: HeaderValues, refs: Sequence[str]) -> Iterable[DraftProblem]:
    for problem in found:
        yield DraftProblem(problem.severity, problem.field, problem.message)
    named = values.inputs.header.get("appendix_refs") or ()
    if named and not _are_there(named, refs):
        made = ", ".join(refs) or "không có phụ lục nào"
        listed = ", ".join(clean_text(str(name)) for name in named)
        message = (
            f"Số liệu nhập viện dẫn {listed} nhưng báo cáo kèm theo {made}; hãy bổ sung phụ lục hoặc sửa viện dẫn."
        )
        yield DraftProblem("warning", "header.appendix_refs", message)


def _doubts(citations: CitationMemory) -> Iterable[DraftProblem]:
    for evidence, message in citations.doubts:
        yield DraftProblem("error", f"{evidence.section or 'header'}.{evidence.field}", message)


def _only(draft: Draft, report_type: ReportType, section: str) -> Draft:
    """The draft reduced to one section and what stands under it."""
    wanted = {section}
    for item in report_type.sections:
        if item.parent in wanted:
            wanted.add(item.id)
    kept = tuple(item for item in draft.sections if item.id in wanted)
    shown = {*wanted, "header"}
    problems = tuple(p for p in draft.problems if p.field.split(".")[0] in shown or "." not in p.field)
    return replace(draft, sections=kept, opening=(), closing=(), problems=problems, header_missing=(), whole=False)


def find_unsupported(paragraphs: Iterable[Paragraph], registry: Registry | None) -> Iterable[DraftUnsupported]:
    """What of the paragraphs their evidence does not bear out, by the one judge of the program."""
    from assistant.grounding import unsupported

    for paragraph in paragraphs:
        for item in unsupported(_stated(paragraph), paragraph.evidence, registry=registry):
            yield DraftUnsupported(paragraph.key, item.kind, item.text)


def _stated(paragraph: Paragraph) -> str:
    """The text without its visible gaps, which state nothing; lengths kept."""
    text = paragraph.text
    for span in paragraph.spans:
        if span.mark.kind == "missing":
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _notes(text: str, before: Paragraph) -> Iterator[MarkedSpan]:
    """The gaps and conflicts in edited words; those of `before` keep their field."""
    known = {before.text[span.start : span.end]: span.mark for span in before.spans}
    for note in _NOTE.finditer(text):
        mark = known.get(note.group()) or Mark("conflict" if note.group(1) else "missing")
        yield MarkedSpan(note.start(), note.end(), mark)


def apply_edits(draft: Draft, edits: Mapping[str, str], registry: Registry | None = None) -> Draft:
    """The draft with the officer's own words in place of the paragraphs named in `edits`.

    Of an edited paragraph the evidence stays, and gaps and conflicts that the officer left in it stay visible; what
    the evidence does not bear out is listed under `unsupported` for the officer to confirm.
    """

    def edited(paragraph: Paragraph) -> Paragraph:
        text = clean_text(edits.get(paragraph.key, ""))
        if not text or text == paragraph.text:
            return paragraph
        return replace(paragraph, text=text, spans=tuple(_notes(text, paragraph)), edited=True)

    def section_of(section: DraftSection) -> DraftSection:
        blocks: list[Any] = [edited(b) if isinstance(b, Paragraph) else b for b in section.blocks]
        return replace(section, blocks=tuple(blocks))

    changed = replace(
        draft,
        opening=tuple(edited(p) for p in draft.opening),
        sections=tuple(section_of(s) for s in draft.sections),
        closing=tuple(edited(p) for p in draft.closing),
    )
    return replace(changed, unsupported=tuple(find_unsupported(changed.paragraphs(), registry)))
