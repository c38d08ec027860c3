"""Answers on a report as a whole: its parts and annexes, what stands around its sections."""

from collections.abc import Iterable, Sequence

from assistant.ask.header_answers import HeaderComposer
from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.section_answers import LIMIT, cost_of, lower_first, section_title, shown_heading
from assistant.ask.shelf import BuiltinQuotes, fitting
from assistant.reports import ReportType, Section

_PARTS = (
    r"may (?:phan|muc|chuong)|bao nhieu (?:phan|muc)|gom (?:nhung )?(?:phan|muc)|de cuong|bo cuc|ket cau|cau truc"
    r"|nhung (?:phan|muc) (?:nao|gi)"
)
_FEW_PARTS = 3


class ReportComposer:
    """Builds answers from the outlines, each line quoted from the builtin documents."""

    def __init__(self, quotes: BuiltinQuotes) -> None:
        self._quotes = quotes
        self._header = HeaderComposer(quotes)

    def outline(self, question: Question, kind: ReportType, limit: int = LIMIT) -> tuple[Statement, ...]:
        """The report as a whole: what stands around its sections, its appendices and parts."""
        told = self._header.told(question, kind)
        for asked, block in (
            (question.has(r"phu luc"), self._appendices),
            (question.has(r"linh vuc") and not question.has(r"phu luc"), self._largest_part),
            (question.has(_PARTS), self._parts),
        ):
            if asked:
                told += block(kind)
        if not told:
            told = [*self._header.purpose(kind), *self._parts(kind), *self._header.addressed(kind)]
        return tuple(fitting(told, limit, cost_of))

    def kinds(self, kinds: Iterable[ReportType]) -> tuple[Statement, ...]:
        """The types of reports that are known, each by its name."""
        items = [Statement(f"{kind.name}.", self._whole(kind, [kind.name]), item=True) for kind in kinds]
        sources = tuple(source for item in items for source in item.sources)
        return (Statement(f"Chương trình có đề cương của {len(items)} loại báo cáo:", sources), *items)

    def beside(self, question: Question, kind: ReportType) -> list[Statement]:
        """What a question on a section asks in passing of what stands around the sections."""
        return self._header.told(question, kind)

    def part(self, kind: ReportType, sections: Sequence[Section]) -> tuple[Statement, ...]:
        """A part of a report by the sections under it; several parts that bear one number by their headings."""
        if len(sections) == 1:
            below = kind.children(sections[0].id)
            what = f"Phần «{shown_heading(kind, sections[0])}» ({kind.short_name}) có {len(below)} mục:"
        else:
            below = tuple(sections)
            what = f"{kind.short_name} có {len(below)} mục mang số này; hãy hỏi kèm tên mục:"
        lead = Statement(what, self._whole(kind, [section.heading for section in below]))
        return tuple(fitting([lead, *(self._entry(kind, section) for section in below)], LIMIT, cost_of))

    def _entry(self, kind: ReportType, section: Section) -> Statement:
        """One section of a list: its heading, what is above it where the number alone is not enough, its purpose."""
        purpose = f": {lower_first(section.purpose.rstrip('.'))}" if section.purpose else ""
        source = self._whole(kind, [text for text in (section.heading, section.purpose) if text])
        return Statement(f"{shown_heading(kind, section)}{purpose}.", source, item=True)

    @staticmethod
    def headings(kind: ReportType) -> list[str]:
        """The headings of the top of an outline, annexes left out; of few parts those below them."""
        top = [section for section in kind.children(None) if not section.appendix]
        if len(top) <= _FEW_PARTS:
            top = [below for section in top for below in kind.children(section.id) or (section,)]
        return [shown_heading(kind, section) for section in top]

    def _whole(self, kind: ReportType, texts: Sequence[str]) -> tuple[Source, ...]:
        return (self._quotes.source(texts, f"builtin:report:{kind.id}", kind.short_name),)

    def _appendices(self, kind: ReportType) -> list[Statement]:
        names = [f"{section.number} {section_title(section)}".strip() for section in kind.appendices]
        if not names:
            text = f"{kind.short_name} không có phụ lục trong đề cương."
            return [Statement(text, self._whole(kind, [kind.name]))]
        source = self._whole(
            kind, [text for section in kind.appendices for text in (section.heading, section_title(section))]
        )
        lead = Statement(f"{kind.short_name} có {len(names)} phụ lục:", source)
        return [lead, *(Statement(f"{name}.", source, item=True) for name in names)]

    def _parts(self, kind: ReportType) -> list[Statement]:
        top = [section for section in kind.children(None) if not section.appendix]
        source = self._whole(kind, [section.heading for section in top])
        lead = Statement(f"{kind.short_name} có {len(top)} phần chính:", source)
        items = []
        for section in top:
            below = [section_title(child) for child in kind.children(section.id)]
            inside = f" ({len(below)} mục: {'; '.join(below)})" if 1 < len(below) <= 7 else ""
            items.append(Statement(f"{section.number} {section_title(section)}{inside}.".strip(), source, item=True))
        return [lead, *items]

    def _largest_part(self, kind: ReportType) -> list[Statement]:
        """The headings of the part with most of them: the fields that the report goes through one by one."""
        groups = {s.parent: kind.children(s.parent) for s in kind.sections if s.parent and not s.appendix}
        children = max(groups.values(), key=len, default=())
        if not children or children[0].parent is None:
            return []
        source = self._whole(kind, [child.heading for child in children])
        part = shown_heading(kind, kind.section(children[0].parent))
        lead = Statement(f"Phần «{part}» của {lower_first(kind.short_name)} có {len(children)} lĩnh vực:", source)
        return [lead, *(Statement(f"{section_title(child)}.", source, item=True) for child in children)]
