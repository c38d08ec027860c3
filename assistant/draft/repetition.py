"""What a section need not tell in full because an earlier one has: a reference says where to read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.draft.facts import Fact, SectionFacts
from assistant.draft.marks import Mark, MarkedSpan
from assistant.draft.model import Block, Paragraph
from assistant.draft.words import enumerate_vi, lower_first, upper_first
from assistant.evidence import Evidence, InputFigure
from assistant.reports.fields import short_label
from assistant.reports.topics import Topic
from assistant.reports.types import Section

# topics whose words frame the figures of the others: the first sentence takes the span, the comparison stands last
FRAMES = frozenset({"data_scope"})
_LONG_TEXT = 40
# a paragraph of fewer figures is as short as the reference to it
_MANY_FIGURES = 3


@dataclass(slots=True)
class Repetition:
    """Remembers what the sections of a draft have told.

    Attributes:
        home: field name -> the topic that defines it.
        active: False for a section drafted alone, which stands by itself and refers to no other.
        texts: lists, tables and long texts told so far, with the section that told them.
        figures: field and value of each figure told so far, with the sections that told it.
        sentences: paragraphs of figures told so far, with the section that told them first.
    """

    home: Mapping[str, Topic] = field(default_factory=dict)
    active: bool = True
    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    sentences: dict[tuple[str, frozenset[str]], str] = field(default_factory=dict)

    def take(self, facts: SectionFacts, here: str) -> list[tuple[Fact, str]]:
        """Take out what an earlier section told word for word; note what this one tells."""
        repeated: list[tuple[Fact, str]] = []
        for name, fact in list(facts.facts.items()) if self.active else ():
            if fact.standing != "given" or fact.section is None or not _is_long(fact):
                continue
            where = self.texts.setdefault(f"{name}: {fact.value!r}", here)
            if where != here:
                del facts.facts[name]
                # a note on how figures compare frames them once; nobody looks for it again
                if name not in self.home or self.home[name].id not in FRAMES:
                    repeated.append((fact, where))
        return repeated

    def shorten(self, section: Section, here: str, blocks: Sequence[Block]) -> list[Block]:
        """Paragraphs of figures that one earlier section has told, all of them, or any word for word, become a
        reference to it.

        A summary before the numbered sections is no place to refer to: the section itself tells the whole.
        """
        if not self.active or section.style == "none":
            return list(blocks)
        kept: list[Block] = []
        gone: dict[str, list[Paragraph]] = {}
        for block in blocks:
            figures = _figures(block)
            places = set.intersection(*(self.figures.get(f, set()) for f in figures)) - {here} if figures else set()
            # "Không phát sinh." of two fields says two things
            fields = frozenset(name for name, _ in figures)
            text = block.text if isinstance(block, Paragraph) else ""
            same = self.sentences.setdefault((text, fields), here) if figures else here
            if isinstance(block, Paragraph) and same != here:
                gone.setdefault(same, []).append(block)
            elif isinstance(block, Paragraph) and len(figures) >= _MANY_FIGURES and places:
                gone.setdefault(min(places), []).append(block)
            else:
                kept.append(block)
            for figure in figures:
                self.figures.setdefault(figure, set()).add(here)
        for where, told in gone.items():
            names = {item.field for p in told for item in p.evidence if isinstance(item, InputFigure)}
            topics = dict.fromkeys(self.home[name].name for name in sorted(names) if name in self.home)
            evidence = [item for p in told for item in p.evidence]
            kept.append(_referral(section, [lower_first(name) for name in topics], where, evidence))
        return kept

    def referrals(self, section: Section, repeated: Sequence[tuple[Fact, str]]) -> Iterator[Paragraph]:
        """Where to read the texts that `take` took out."""
        by_place: dict[str, list[Fact]] = {}
        for fact, where in repeated:
            by_place.setdefault(where, []).append(fact)
        for where, found in by_place.items():
            labels = [lower_first(short_label(fact.field)).replace("/", ", ") for fact in found]
            yield _referral(section, labels, where, [fact.evidence() for fact in found])


def _referral(section: Section, labels: Sequence[str], where: str, evidence: Sequence[Evidence]) -> Paragraph:
    """ "(Hình thức tuyên truyền đã nêu tại mục I)."."""
    told = (*evidence, InputFigure("section", where, section.id, "số thứ tự mục của báo cáo này"))
    text = f"({upper_first(enumerate_vi(labels))} đã nêu tại {where})."
    span = MarkedSpan(1, len(text) - 2, Mark("figure", told))
    return Paragraph(f"{section.id}#da_neu", text, "body", (span,), told)


def _is_long(fact: Fact) -> bool:
    """Whether telling the value twice would tire the reader: long lists, records and texts, not figures."""
    return isinstance(fact.value, str | list | tuple | dict) and len(str(fact.value)) > _LONG_TEXT


def _figures(block: Block) -> frozenset[tuple[str, str]]:
    """Field and value of each figure of a paragraph."""
    if not isinstance(block, Paragraph) or block.kind != "body":
        return frozenset()
    inputs = (item for item in block.evidence if isinstance(item, InputFigure) and item.section is not None)
    return frozenset((item.field, repr(item.value)) for item in inputs)
