"""Templates to paragraphs. A blank line ends a paragraph, "- " begins a point, "+ " a point below a point.

Lines that follow each other belong to one paragraph, so that a template may guard each sentence by a condition of its
own. A paragraph that says no fact is dropped: there is no filler.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import FileSystemLoader, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.draft.marks import Ledger, MarkedSpan, plain
from assistant.draft.model import Block, Paragraph, ParagraphKind
from assistant.draft.voice import Voice
from assistant.draft.voice_values import BODY_FIELDS
from assistant.draft.words import end_with, tidy, upper_first
from assistant.evidence import Evidence
from assistant.paths import PROMPTS

_TABLE = re.compile("\ue010([^\ue011]*)\ue011")
_BREAK = re.compile(r"\n\s*\n")
# a paragraph of about one line
_SHORT = 100
_POINT = re.compile(r"^[-+]\s+")
_HELPERS = (
    "has", "given", "any", "value", "zero", "full", "n", "q", "p", "t", "sentence", "call", "label", "items", "inline",
    "listing", "count", "rows", "gap", "docs", "doc_list", "doc_bullets", "law", "seq", "semi", "comma",
    "table", "change", "tick", "says", "place", "body", "period", "next_period", "used", "since", "share", "annexed",
    "next_period_words", "points", "rate", "level", "tally", "in_period", "first", "whole",
    "limits", "run", "told", "about", "echoed", "ask", "predicate", "quoted", "period_words",
    "closing", "nothing", "own", "begins_with_figure", "only", "counts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a template wants the table of a field."""

    field: str


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox for the program's own templates; values of the officer are never compiled."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(PROMPTS),
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def has_template(topic_id: str) -> bool:
    """Whether the topic has a template of its own; without one its fields are told by their labels."""
    try:
        environment().get_template(f"topics/{topic_id}.md.j2")
    except TemplateNotFound:
        return False
    return True


def render_topic(topic_id: str, voice: Voice) -> str:
    """The marked text of a topic's template."""
    template = environment().get_template(f"topics/{topic_id}.md.j2")
    return template.render({name: getattr(voice, name) for name in _HELPERS})


def paragraphs(marked: str, ledger: Ledger, key: str) -> Iterator[Paragraph | TablePlace]:
    """The paragraphs and table places of a rendered text, those without a fact left out.

    Args:
        key: beginning of each paragraph's key ("q_dvctt#dossiers").
    """
    pending: Paragraph | None = None
    for piece in _pieces(marked):
        if isinstance(piece, TablePlace):
            # a lead-in may announce a table
            if pending is not None:
                yield pending
            pending = None
            yield piece
            continue
        paragraph = _paragraph(piece, ledger, key)
        if paragraph is None:
            continue
        if paragraph.kind == "lead" and not _says_fact(paragraph):
            pending = paragraph
            continue
        if pending is not None and paragraph.kind in ("bullet", "sub_bullet"):
            yield pending
        pending = None
        yield paragraph


def _says_fact(paragraph: Paragraph) -> bool:
    return any(getattr(item, "field", "") not in BODY_FIELDS for item in paragraph.evidence)


def _pieces(marked: str) -> Iterator[str | TablePlace]:
    for piece in _BREAK.split(marked):
        last = 0
        for found in _TABLE.finditer(piece):
            yield from _lines(piece[last : found.start()])
            yield TablePlace(found.group(1))
            last = found.end()
        yield from _lines(piece[last:])


def _lines(piece: str) -> Iterator[str]:
    """The paragraphs of a piece: a line that begins a point begins a paragraph too."""
    current: list[str] = []
    for line in piece.split("\n"):
        if _POINT.match(line.lstrip()) and current:
            yield " ".join(current)
            current = []
        if line.strip():
            # each template line is a sentence of its own where the one before has ended
            ended = bool(current) and plain(current[-1]).rstrip().endswith(".")
            current.append(upper_first(line.strip()) if ended else line.strip())
    if current:
        yield " ".join(current)


def _paragraph(piece: str, ledger: Ledger, key: str) -> Paragraph | None:
    piece = tidy(piece)
    kind: ParagraphKind = "body"
    if point := _POINT.match(piece):
        kind = "bullet" if point.group().startswith("-") else "sub_bullet"
        piece = piece[point.end() :]
    if not plain(piece).strip(" .;,:"):
        return None
    piece = end_with(upper_first(piece), ".")
    text, spans = ledger.unwrap(piece)
    text, spans = squeeze(text, spans)
    evidence = _evidence(spans)
    if text.endswith(":"):
        kind = "lead"
    elif not spans or (all(getattr(item, "field", "") in BODY_FIELDS for item in evidence) and evidence):
        return None
    return Paragraph(_key(key, spans), text, kind, spans, evidence)


def join_short(blocks: Iterable[Block]) -> list[Block]:
    """Sentences of one subject that would stand as paragraphs of a line each, made one paragraph."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _belong(before, block):
            joined[-1] = _join(before, block)
        else:
            joined.append(block)
    return joined


def _belong(one: Paragraph, two: Paragraph) -> bool:
    subject = one.key.rpartition(".")[0]
    short = len(two.text) <= _SHORT and len(one.text) <= 2 * _SHORT
    same = bool(subject) and subject == two.key.rpartition(".")[0]
    return one.kind == two.kind == "body" and short and same


def _join(one: Paragraph, two: Paragraph) -> Paragraph:
    shift = len(one.text) + 1
    spans = tuple(MarkedSpan(span.start + shift, span.end + shift, span.mark) for span in two.spans)
    evidence = (*one.evidence, *(item for item in two.evidence if item not in one.evidence))
    return replace(one, text=f"{one.text} {two.text}", spans=(*one.spans, *spans), evidence=evidence)


def squeeze(text: str, spans: tuple[MarkedSpan, ...]) -> tuple[str, tuple[MarkedSpan, ...]]:
    """Mend doubled spaces and stops that marks had hidden from `tidy`; spans move along."""
    keep = [True] * len(text)
    for found in re.finditer(r" (?= )|(?<=[,;:]) ?(?=[.;])|(?<=[^.]\.)\.(?!\.)|^ | $| (?=[,.;:](?:\s|$))", text):
        for index in range(found.start(), found.end() or found.start() + 1):
            keep[index] = False
    if all(keep):
        return text, spans
    offsets = [0]
    for kept in keep:
        offsets.append(offsets[-1] + kept)
    moved = tuple(MarkedSpan(offsets[span.start], offsets[span.end], span.mark) for span in spans)
    return "".join(letter for letter, kept in zip(text, keep, strict=True) if kept), moved


def _evidence(spans: tuple[MarkedSpan, ...]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for span in spans:
        for item in span.mark.evidence:
            if item not in found:
                found.append(item)
    return tuple(found)


def _key(prefix: str, spans: tuple[MarkedSpan, ...]) -> str:
    """Named after the first field the paragraph speaks of, so that it survives a redraft with other values."""
    for span in sorted(spans, key=lambda item: item.start):
        name = _field_of(span)
        if name:
            return f"{prefix}.{name}"
    return f"{prefix}.dau"


def _field_of(span: MarkedSpan) -> str:
    if span.mark.field:
        return span.mark.field.rpartition(".")[2]
    for item in span.mark.evidence:
        name: Any = getattr(item, "field", None)
        if name:
            return str(name)
    return ""
