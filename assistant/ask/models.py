"""Answers: statements with their sources; keys inside, numbers only at display."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.evidence import Evidence, PassageQuote, RegistryFact

Route = Literal[
    "section_requirement",
    "legal_fact",
    "target",
    "past_report",
    "draft_section",
    "definition",
    "how_to",
    "other",
]
OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Source:
    """What one statement rests on: a verbatim span of a passage, or a fact of the registry.

    Attributes:
        document_id: id in the catalogue; "registry:SYMBOL" for a fact of the registry alone.
        document_title: for display.
        symbol: số ký hiệu of the document, None where it has none.
        kind: legal, plan, report, guidance or builtin.
        location: heading path or provision.
        page: 1-based, None where the source has no pages.
        quote: the words as they stand there.
        passage_id: None for the registry.
        start, end: code point span of the quote in the passage's text.
    """

    document_id: str
    document_title: str
    kind: str
    quote: str
    symbol: str | None = None
    location: str = ""
    page: int | None = None
    passage_id: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def key(self) -> tuple[str, str | None, str]:
        """Opaque identity: sources with the same key are one citation."""
        return self.document_id, self.passage_id, self.quote

    @property
    def evidence(self) -> Evidence:
        """As `grounding` reads it."""
        if self.document_id.startswith("registry:"):
            symbol = self.symbol or self.document_id.removeprefix("registry:")
            return RegistryFact(symbol, provision=self.location or None, value=self.quote)
        return PassageQuote(
            self.document_id, self.location, self.quote, self.passage_id, self.page, self.start, self.end
        )

    def to_json(self, number: int) -> dict[str, Any]:
        """One entry of `citations`."""
        return {
            "n": number,
            "document_id": self.document_id,
            "document_title": self.document_title,
            "symbol": self.symbol,
            "kind": self.kind,
            "location": self.location,
            "page": self.page,
            "quote": self.quote,
            "passage_id": self.passage_id,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item of an answer.

    Attributes:
        text: without citation marks.
        sources: what bears it out; empty only for words that state nothing (a lead before a list).
        item: whether it is an item of a list.
    """

    text: str
    sources: tuple[Source, ...] = ()
    item: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer gets.

    Attributes:
        statements: in order; of a refusal, its sentences without sources.
        refused: nothing in the library answers the question.
        report_type, sections: what the answer is about, for "draft this section".
        suggestions: questions that lead on.
        model: "offline", or "provider:model" of the chat model that worded it.
        notice: one line on how the answer came about (why a chat model was not used), or None.
        draft: JSON of the drafted section for `draft_section`.
    """

    question: str
    route: Route
    statements: tuple[Statement, ...]
    refused: bool = False
    report_type: str | None = None
    sections: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: str = OFFLINE
    milliseconds: float = 0.0
    notice: str | None = None
    draft: Mapping[str, Any] | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Each source once, in the order of first use: the citation's number is its position from 1."""
        return tuple({source.key: source for source in _sources(self.statements)}.values())

    @property
    def text(self) -> str:
        """The answer with citation numbers."""
        numbers = {source.key: n for n, source in enumerate(self.sources, start=1)}
        return render(self.statements, numbers)

    def to_json(self) -> dict[str, Any]:
        """The JSON of the command line and the page."""
        return {
            "question": self.question,
            "answer": self.text,
            "refused": self.refused,
            "route": self.route,
            "citations": [source.to_json(n) for n, source in enumerate(self.sources, start=1)],
            "model": self.model,
            "milliseconds": round(self.milliseconds, 1),
            "notice": self.notice,
            "report_type": self.report_type,
            "sections": list(self.sections),
            "suggestions": list(self.suggestions),
            **({"draft": self.draft} if self.draft is not None else {}),
        }


def _sources(statements: Iterable[Statement]) -> Iterable[Source]:
    return (source for statement in statements for source in statement.sources)


def render(statements: Iterable[Statement], numbers: Mapping[tuple[str, str | None, str], int]) -> str:
    """Statements as text, each with the numbers of its sources; list items on lines of their own."""
    lines: list[str] = []
    for statement in statements:
        marks = "".join(f" [{n}]" for n in dict.fromkeys(numbers[source.key] for source in statement.sources))
        text = f"- {statement.text}{marks}" if statement.item else f"{statement.text}{marks}"
        if statement.item or not lines or lines[-1].startswith("- "):
            lines.append(text)
        else:
            lines[-1] += f" {text}"
    return "\n".join(lines)
