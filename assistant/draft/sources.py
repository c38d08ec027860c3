"""Evidence in words: one line per source, and the numbered list of sources at the end of a draft."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.draft.model import Draft, DraftSection
from assistant.draft.values import is_number, signs
from assistant.evidence import Evidence, InputFigure, PassageQuote, RegistryFact
from assistant.reports.fields import short_label
from assistant.reports.numbering import label
from assistant.reports.topics import load_topics
from assistant.vietnamese.numbers import format_number


@dataclass(frozen=True, slots=True)
class Names:
    """What the sections and documents behind a draft are called, for readers who do not know their ids.

    Attributes:
        sections: section id -> "3.6. Kết quả …".
        documents: symbol -> title.
    """

    sections: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Draft) -> "Names":
        titles = {
            item.symbol: item.value
            for paragraph in draft.paragraphs()
            for item in paragraph.evidence
            if isinstance(item, RegistryFact) and item.field == "title" and item.value
        }
        return cls({section.id: heading_line(section) for section in draft.sections}, titles)

    def section(self, section: str) -> str:
        """ "mục 3.6. Kết quả …"; the id where the draft has no such section."""
        return f"mục {self.sections.get(section) or section}"

    def source(self, item: Evidence) -> str:
        """Where a statement rests, without the single value: the section of the inputs, the document, the passage."""
        match item:
            case InputFigure(field="abbreviation"):
                return "Danh mục chữ viết tắt"
            case InputFigure(section=None):
                return "Số liệu nhập: thông tin chung của báo cáo"
            case InputFigure(section=section) if section and section.startswith("kỳ trước"):
                return f"Số liệu nhập của kỳ trước, {self.section(section.partition(': ')[2])}"
            case InputFigure(section=section):
                return f"Số liệu nhập, {self.section(str(section))}"
            case RegistryFact(symbol=symbol, provision=provision):
                told = f"Văn bản số {symbol}" + (f", {provision}" if provision else "")
                return told + (f": {self.documents[symbol]}" if symbol in self.documents else " (danh mục văn bản)")
            case PassageQuote(document_id=document, location=location):
                return f"{document}: {location}"

    def line(self, item: Evidence) -> str:
        """One piece of evidence as an officer reads it: "Tổng hồ sơ tiếp nhận: rec_total = 1.941 (mục 3.6. …)"."""
        match item:
            case InputFigure():
                where = f" ({self.section(item.section)})" if item.section else " (thông tin chung)"
                how = f"; cách tính: {item.rule}" if item.rule else ""
                named = field_labels().get(item.field)
                return f"{f'{named}: ' if named else ''}{item.field} = {shown_value(item.value)}{where}{how}"
            case RegistryFact():
                return f"Danh mục văn bản: {item.symbol}" + (f" – {item.value}" if item.value else "")
            case PassageQuote():
                return f"{item.document_id}, {item.location}: “{item.quote}”"


@dataclass(slots=True)
class SourceList:
    """Sources in the order of their first use, numbered from 1."""

    names: Names
    known: dict[str, int] = field(default_factory=dict)

    def numbers(self, evidence: Iterable[Evidence]) -> list[int]:
        """The numbers of the sources of a paragraph, each once."""
        found: list[int] = []
        for item in evidence:
            number = self.known.setdefault(self.names.source(item), len(self.known) + 1)
            if number not in found:
                found.append(number)
        return found

    def lines(self) -> Iterator[tuple[int, str]]:
        for text, number in self.known.items():
            yield number, text


@cache
def field_labels() -> Mapping[str, str]:
    """Labels of the fields by their names."""
    return {spec.name: short_label(spec) for topic in load_topics().values() for spec in topic.fields}


def heading_line(section: DraftSection) -> str:
    """The heading as printed: "A. …", "3.6. …", "a) …"."""
    number = f"{section.number})" if section.style == "lower_alpha" and section.number else section.number
    return label(number, section.heading)


def shown_value(value: Any) -> str:
    """A value of the inputs on one line."""
    if value is None:
        return "(không có)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if is_number(value):
        return format_number(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown_value(item)}" for key, item in value.items() if item is not None)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(shown_value(item) for item in value)
    return signs(str(value))
