"""Questions on reports and their sections: which one is meant, and the answer on it."""

import re
from collections.abc import Mapping, Sequence

from assistant.ask.mentions import clauses, mentions
from assistant.ask.models import Answer, Statement
from assistant.ask.past import PastReports
from assistant.ask.past_wording import short_title
from assistant.ask.practice import Practice
from assistant.ask.question import Question
from assistant.ask.refusal import refuse
from assistant.ask.report_answers import ReportComposer
from assistant.ask.report_names import ReportNames
from assistant.ask.routing import SECTION_NAMED, Routing
from assistant.ask.section_answers import LIMIT, SectionComposer, cost, lower_first, shown_heading
from assistant.ask.sections import SectionFinder, SectionMatch
from assistant.ask.shelf import BuiltinQuotes, quote_source
from assistant.reports import ReportType, Section

_LEAST_FIGURES_ALIKE = 0.6
# a part with so few sections is answered by them; a section named so surely comes before a part
_FEW, _NAMED, _WHOLE_HEADING = 2, 0.7, 0.95
# how much of a heading a piece of a question must have to name its section
_LEAST_HEADED, _SURELY, _PARTLY = 0.5, 0.9, 0.3
_MOST_SECTIONS = 3


class SectionQuestions:
    """Answers what the outlines of the reports say."""

    def __init__(
        self,
        report_types: Mapping[str, ReportType],
        quotes: BuiltinQuotes,
        past: PastReports,
        practice: Practice,
        routing: Routing,
    ) -> None:
        self.names = ReportNames(report_types)
        self.finder = SectionFinder(report_types)
        self._types = report_types
        self._sections = SectionComposer(quotes)
        self._reports = ReportComposer(quotes)
        self._past = past
        self._practice = practice
        self._routing = routing

    def on_section(self, question: Question) -> bool:
        """Whether a section of a report that it names is asked about."""
        return question.cues(SECTION_NAMED) and self.names.read(question)[0] is not None

    def kinds(self, question: Question) -> Answer:
        """The types of reports there are."""
        return Answer(question.raw, "section_requirement", self._reports.kinds(self._types.values()))

    def outline(self, about: Question, kind: ReportType) -> Answer:
        """A report as a whole; of two that are set beside each other both."""
        kinds = [kind, *self._compared(about, kind)]
        made = [self._reports.outline(about, each, LIMIT // len(kinds)) for each in kinds]
        said = tuple(statement for each in made for statement in each)
        return Answer(about.raw, "section_requirement", said, report_type=kind.id)

    def _compared(self, about: Question, kind: ReportType) -> list[ReportType]:
        """The other report that a question sets beside one."""
        other = self.names.also(about)
        if other is None and self._practice.differs(about):
            other, _ = self.names.read(about)
        return [other] if other is not None and other is not kind else []

    def several(self, question: Question, kind: ReportType | None) -> Answer | None:
        """The sections that a question names, each in short; None where it does not name several."""
        named = self._named(mentions(question), kind) or self._named(clauses(question), kind, surely=True)
        return self._each(question, named) if named else None

    def _named(
        self, pieces: Sequence[Question], kind: ReportType | None, surely: bool = False
    ) -> list[tuple[Question, SectionMatch]]:
        """The sections of one report that the pieces of a question name, each with what is asked of it; [] for fewer
        than two.

        Args:
            surely: whether a piece has to have a heading or nothing else.
        """
        found: dict[str, tuple[Question, SectionMatch]] = {}
        part: Section | None = None
        unknown = kind is None
        for piece in pieces:
            _, about = self.names.read(piece)
            numbered = self.finder.numbered(about, kind)
            groups = [section for section in numbered if section.is_group]
            if groups and not self.finder.headed(about, numbered):
                part = groups[0]
                continue
            matches = [match for match in self.finder.find(about, kind, n=24) if _within(match, kind, part)]
            if not matches:
                continue
            best = matches[0]
            if surely:
                fits = best.heading >= _SURELY or (best.heading >= _PARTLY and best.coverage >= _SURELY)
            else:
                fits = best.heading >= _LEAST_HEADED or self._routing.section_fits(about, best, kind)
            if fits and not (unknown and best.heading < _LEAST_HEADED):
                found.setdefault(best.section.id, (about, best))
                kind = kind or best.report_type
        return list(found.values())[:_MOST_SECTIONS] if len(found) > 1 else []

    def _each(self, question: Question, named: Sequence[tuple[Question, SectionMatch]]) -> Answer:
        """Sections one after the other; where there is no room for all that is asked of them, each has its share."""
        sizes = [self._sections.size(part, match, question) for part, match in named]
        share = LIMIT // len(named)
        spare = max(LIMIT - sum(sizes), 0) // len(named)
        said: list[Statement] = []
        room = LIMIT
        for n, (part, match) in enumerate(named):
            behind = sum(min(size, share) + spare for size in sizes[n + 1 :])
            told = self._sections.section(part, match, limit=min(room - behind, sizes[n] + spare), asking=question)
            room -= cost(told)
            said += told
        ids = tuple(match.section.id for _, match in named)
        kind = named[0][1].report_type.id
        return Answer(question.raw, "section_requirement", tuple(said), report_type=kind, sections=ids)

    def section(self, question: Question, about: Question, kind: ReportType | None) -> Answer | None:
        """The section that a question names; a part of the report that holds several as the list of them.

        Args:
            about: the question without the name of the report.
        """
        if kind is not None and (part := self.part(about, kind)):
            return part
        matches = self.finder.find(about, kind)
        if not matches:
            return None
        first = matches[0]
        if kind is not None:
            other = [match for each in self._compared(about, kind) for match in self.finder.find(about, each)[:1]]
            if other and other[0].section.id != first.section.id:
                return self._each(question, [(question, first), (question, other[0])])
        twins = [] if kind is not None else SectionFinder.twins(matches)[:1]
        said = self._sections.section(about, first, twins, self._example(first))
        return Answer(
            question.raw,
            "section_requirement",
            (*said, *self._reports.beside(about, first.report_type)),
            report_type=first.report_type.id,
            sections=(first.section.id,),
            suggestions=(
                f"Soạn mục {shown_heading(first.report_type, first.section)}",
                "Mục này hay mắc lỗi gì?",
            ),
        )

    def part(self, about: Question, kind: ReportType) -> Answer | None:
        """A part that holds other sections, or several that bear the number asked for, with nothing else to tell."""
        numbered = self.finder.numbered(about, kind)
        if not numbered and (group := self.finder.group(about, kind)):
            best = self.finder.find(about, kind)[:1]
            numbered = [] if best and best[0].typed and best[0].named >= _NAMED else [group]
        if not any(section.is_group for section in numbered) and len(numbered) < 2:
            return None
        if self.finder.headed(about, numbered):
            return None
        below = kind.children(numbered[0].id)
        if len(numbered) == 1 and len(below) <= _FEW and not any(section.is_group for section in below):
            return self._each(about, [(about, SectionMatch(kind, section, 1.0, 1.0, 1.0, True)) for section in below])
        said = self._reports.part(kind, numbered)
        return Answer(about.raw, "section_requirement", said, report_type=kind.id)

    def unknown(self, question: Question, about: Question, kind: ReportType) -> Answer:
        """The refusal where a report has no section on what is asked; names the section of another that has."""
        names = "; ".join(self._reports.headings(kind))
        other = next((match for match in self.finder.find(about) if match.heading >= _WHOLE_HEADING), None)
        there = ""
        if other is not None:
            there = f" nội dung này ở mục «{shown_heading(other.report_type, other.section)}» của "
            there += f"{lower_first(other.report_type.short_name)};"
        return refuse(
            question,
            "section_requirement",
            [f"đề cương {kind.short_name}"],
            add=f"Không nhận ra mục được hỏi trong đề cương này;{there} các phần của đề cương: {names}.",
        )

    def _example(self, match: SectionMatch) -> Statement | None:
        """A sentence with figures of a past report's section of nearly the same heading."""
        heading = {
            word
            for word in re.findall(r"\w+", shown_heading(match.report_type, match.section).lower())
            if len(word) > 1
        }
        best: tuple[float, Statement] | None = None
        for unit in self._past.units:
            for record in unit.records:
                if record.kind != "report":
                    continue
                for span in self._past.extractor(record).spans:
                    if not span.passage.path or not 6 <= len(span.words) <= 45:
                        continue
                    title = {w for w in re.findall(r"\w+", span.passage.path[-1].text.lower()) if len(w) > 1}
                    alike = len(title & heading) / len(title | heading) if title and heading else 0.0
                    alike += 0.05 * min(len(re.findall(r"\d[\d.,]*", span.text)), 4)
                    figures = alike >= _LEAST_FIGURES_ALIKE and re.search(r"\d", span.text)
                    if figures and (best is None or alike > best[0]):
                        source = quote_source(record, span.passage, span.start, span.end)
                        quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
                        best = alike, Statement(f"Ví dụ, {short_title(record)} viết: “{quoted}”.", (source,))
        return best[1] if best else None


def _within(match: SectionMatch, kind: ReportType | None, part: Section | None) -> bool:
    """Whether a section is of the report and of the part that is named."""
    if kind is not None and match.report_type.id != kind.id:
        return False
    return part is None or part.id in {section.id for section in match.report_type.path(match.section.id)}
