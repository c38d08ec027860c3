"""Evidence in words: one line per source, and the numbered list of sources at the end of a draft."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.draft.values import is_number
from assistant.evidence import Evidence, InputFigure, PassageQuote, RegistryFact
from assistant.vietnamese.numbers import format_number


@dataclass(slots=True)
class SourceList:
    """Sources in the order of their first use, numbered from 1."""

    known: dict[str, int] = field(default_factory=dict)

    def numbers(self, evidence: Iterable[Evidence]) -> list[int]:
        """The numbers of the sources of a paragraph, each once."""
        found: list[int] = []
        for item in evidence:
            number = self.known.setdefault(source_of(item), len(self.known) + 1)
            if number not in found:
                found.append(number)
        return found

    def lines(self) -> Iterator[tuple[int, str]]:
        for text, number in self.known.items():
            yield number, text


def source_of(item: Evidence) -> str:
    """Where a statement rests, without the single value: the section of the inputs, the document, the passage."""
    match item:
        case InputFigure(section=None):
            return "Số liệu nhập: thông tin chung của báo cáo"
        case InputFigure(section=section) if section and section.startswith("kỳ trước"):
            return f"Số liệu nhập của kỳ trước, mục {section.partition(': ')[2]}"
        case InputFigure(section=section):
            return f"Số liệu nhập, mục {section}"
        case RegistryFact(symbol=symbol, provision=provision):
            return f"Văn bản số {symbol}" + (f", {provision}" if provision else "") + " (danh mục văn bản)"
        case PassageQuote(document_id=document, location=location):
            return f"{document}: {location}"


def evidence_line(item: Evidence) -> str:
    """One piece of evidence as an officer reads it: "rec_total = 1.941 (mục q_dvctt)"."""
    match item:
        case InputFigure():
            where = f" (mục {item.section})" if item.section else " (thông tin chung)"
            how = f"; cách tính: {item.rule}" if item.rule else ""
            return f"{item.field} = {shown_value(item.value)}{where}{how}"
        case RegistryFact():
            return f"Danh mục văn bản: {item.symbol}" + (f" – {item.value}" if item.value else "")
        case PassageQuote():
            return f"{item.document_id}, {item.location}: “{item.quote}”"


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
    return str(value)
