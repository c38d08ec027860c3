"""The report as the rules see it: paragraphs in zones and sections, tables, dates, the reporting unit."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from assistant.check.reading.flat import Flat
from assistant.check.reading.labels import Label
from assistant.library.models import SourceDocument
from assistant.vietnamese.dates import Period

Zone = Literal["head", "body", "closing", "recipients", "signature", "appendix"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, item or table cell.

    Attributes:
        index: position in `Report.paragraphs`.
        flat: its words, and where they stand in the text.
        zone: where in the report.
        label: the number or dash it begins with.
        heading: whether it is a heading.
        section: index into `Report.sections`, -1 before the first.
        table: (table, row, column) for a cell.
        words_start: where its words begin in `text`, after the label.
    """

    index: int
    flat: Flat
    zone: Zone
    label: Label | None
    heading: bool
    section: int
    table: tuple[int, int, int] | None = None
    words_start: int = 0

    @property
    def text(self) -> str:
        return self.flat.text

    @property
    def words(self) -> str:
        """Without the label."""
        return self.flat.text[self.words_start :]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the report's text of `text[start:end]`."""
        return self.flat.span(start, end)

    @property
    def whole(self) -> tuple[int, int]:
        return self.flat.span(0, len(self.flat.text))


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section.

    Attributes:
        index: position in `Report.sections`.
        label: its number as written ("III", "3.6", "a").
        heading: its words.
        depth: 0 for the outermost.
        parent: index of the section around it, -1 for none.
        first, last: its paragraphs, the heading first, all below it included (last not included).
    """

    index: int
    label: str
    heading: str
    depth: int
    parent: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of paragraphs (cells); `header` is how many rows head it."""

    index: int
    rows: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Whose report it is: kind ("xã", "phường", "đặc khu"), name and province; empty where not found."""

    kind: str = ""
    name: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything rules may look at; built by `assistant.check.build.build_report`.

    Attributes:
        source: the file as read; `source.text` is what spans count in.
        title: the report's title in one line.
        period: the reporting period named by the title.
        report_date: the day at which it is judged; `dated` tells whether the report itself says so.
        references: verified references as JSON objects (start, end, type, symbol, date, issuer, title, …).
        previous: the last report, where one was given.
        report_type: the matched type; None where none fits.
        matches: section index -> section of the report type.
    """

    source: SourceDocument
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    title: str
    title_span: tuple[int, int] | None
    period: Period | None
    unit: Unit
    report_date: date
    dated: bool
    references: tuple[Mapping[str, Any], ...] = ()
    previous: "Report | None" = None
    report_type: Any = None
    topics: Mapping[str, Any] = field(default_factory=dict)
    matches: Mapping[int, Any] = field(default_factory=dict)

    def zone(self, *zones: Zone) -> list[Paragraph]:
        return [p for p in self.paragraphs if p.zone in zones]

    @property
    def prose(self) -> list[Paragraph]:
        """Paragraphs of the opening and the body, headings and items included, no table cells."""
        return [p for p in self.paragraphs if p.zone in ("body", "closing") and p.table is None]

    def section_of(self, paragraph: Paragraph) -> Section | None:
        return self.sections[paragraph.section] if paragraph.section >= 0 else None

    def path(self, paragraph: Paragraph) -> tuple[Section, ...]:
        """The sections around a paragraph, outermost first."""
        found: list[Section] = []
        at = paragraph.section
        while at >= 0:
            found.append(self.sections[at])
            at = self.sections[at].parent
        return tuple(reversed(found))

    def location(self, paragraph: Paragraph) -> str:
        """ "A > II > 3.6" for people."""
        return " > ".join(section.label for section in self.path(paragraph))

    def headings_above(self, paragraph: Paragraph) -> str:
        return " ".join(section.heading for section in self.path(paragraph)).lower()

    def about_the_future(self, paragraph: Paragraph) -> bool:
        """Whether it stands among plans, proposals or tasks to come."""
        return bool(_FUTURE.search(self.headings_above(paragraph)))

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph in which code point `offset` of the text stands."""
        at = bisect_right(self.paragraphs, offset, key=lambda p: p.whole[0]) - 1
        return self.paragraphs[at] if at >= 0 else None

    def text_of(self, section: Section) -> Sequence[Paragraph]:
        return self.paragraphs[section.first : section.last]


_FUTURE = re.compile(
    r"phương hướng|nhiệm vụ(?! được giao)[^.]{0,40}(?:tới|tiếp theo|trọng tâm|năm 20\d\d|quý)|thời gian tới"
    r"|kế hoạch (?:công tác )?(?:quý|tháng|năm)(?! chuyển)|(?<!phản ánh, )(?<!phản ánh và )(?<!phản ánh )kiến nghị"
    r"|đề xuất|giải pháp|mục tiêu (?:năm|đến)|dự kiến"
)
