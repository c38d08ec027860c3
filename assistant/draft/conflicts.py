"""Figures that do not agree, made visible in the text: the officer decides, nothing given is overridden."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assistant.draft.marks import Mark, MarkedSpan
from assistant.draft.model import Block, DraftTable, Paragraph
from assistant.draft.values import clean_text, is_number, signs
from assistant.evidence import InputFigure
from assistant.reports.inputs import Inputs
from assistant.reports.problems import Problem

_RATIO = re.compile(r"(\d[\d.]*/\d[\d.]*) = (\d[\d.,]*%)")
_QUOTED = re.compile(r"«([^»]+)»")
# the field and the row that a message begins with: in the text the name of the row tells them
_ROW = re.compile(r"^[^«]*?[:,] dòng \d+ \((.+?)\): ")
_SHOWN = frozenset({"relation", "range", "date", "value"})


def mark_conflicts(
    blocks: Sequence[Block], section: str, problems: Sequence[Problem], inputs: Inputs, done: set[Problem]
) -> list[Block]:
    """Each error about the section's figures, at the end of the first paragraph (or after the table) that shows one.

    Args:
        done: errors about figures given for the whole report that an earlier section has marked; added to.
    """
    marked = list(blocks)
    seen: set[tuple[str, str]] = set()
    for problem in problems:
        if problem.severity != "error" or problem.kind not in _SHOWN or problem in done:
            continue
        if problem.section not in (section, None):
            continue
        index = _place(marked, problem)
        if index is None or _said(problem, seen):
            continue
        if problem.section is None:
            done.add(problem)
        block = marked[index]
        evidence = _evidence(problem, inputs)
        if isinstance(block, DraftTable):
            marked.insert(index + 1, _paragraph(section, problem, evidence))
        else:
            marked[index] = _with_mark(block, problem, evidence)
    return marked


def _place(blocks: Sequence[Block], problem: Problem) -> int | None:
    """The table the problem is about, else the paragraph that prints its own figure, else one that prints another."""
    own = (problem.field.rpartition(".")[2],)
    tables = (i for i, block in enumerate(blocks) if isinstance(block, DraftTable) and _speaks_of(block, own))
    found = [i for names in (own, problem.fields) for i, block in enumerate(blocks) if _speaks_of(block, names)]
    # of the points of a list, the one that shows the value at odds
    wrong = _QUOTED.findall(problem.message)[-1:]
    exact = (i for i in found if isinstance(blocks[i], Paragraph) and any(w in _text(blocks[i]) for w in wrong))
    return next(tables, next(exact, next(iter(found), None)))


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _said(problem: Problem, seen: set[tuple[str, str]]) -> bool:
    """Whether a mark about the same row of the same table stands already: one tells the officer where to look."""
    rows = _QUOTED.findall(problem.message)[:1] if problem.field.endswith("indicators") else []
    key = (problem.field, *rows)
    if len(key) < 2:
        return False
    if key in seen:
        return True
    seen.add((key[0], key[1]))
    return False


def _with_mark(paragraph: Paragraph, problem: Problem, evidence: tuple[InputFigure, ...]) -> Paragraph:
    text = f"{paragraph.text} {_words(problem)}"
    span = MarkedSpan(len(paragraph.text) + 1, len(text), Mark("conflict", evidence, problem.field))
    told = (*paragraph.evidence, *(item for item in evidence if item not in paragraph.evidence))
    return replace(paragraph, text=text, spans=(*paragraph.spans, span), evidence=told)


def _paragraph(section: str, problem: Problem, evidence: tuple[InputFigure, ...]) -> Paragraph:
    text = _words(problem)
    span = MarkedSpan(0, len(text), Mark("conflict", evidence, problem.field))
    return Paragraph(f"{section}#doi_chieu", text, "body", (span,), evidence)


def _words(problem: Problem) -> str:
    message = clean_text(problem.message).rstrip(".").replace("[", "(").replace("]", ")")
    # "1.794/1.941 = 92,43%" as "1.794/1.941 (92,43%)": how a ratio stands beside its percentage in the whole report
    shown = _RATIO.sub(r"\1 (\2)", _ROW.sub(r"\1: ", signs(message)))
    return f"[Cần đối chiếu: {shown}]"


def _evidence(problem: Problem, inputs: Inputs) -> tuple[InputFigure, ...]:
    """The figures at odds, with the arithmetic that shows it."""
    rule = f"{problem.rule or ''} {problem.message}".strip()
    return tuple(
        InputFigure(name, _shown(inputs.value(problem.section, name)), problem.section, rule, problem.fields)
        for name in problem.fields
    )


def _shown(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value if is_number(value) or isinstance(value, str) else None


def _speaks_of(block: Block, names: Sequence[str]) -> bool:
    wanted = set(names)
    if isinstance(block, DraftTable):
        return bool(block.field) and str(block.field).rpartition(".")[2] in wanted
    # a lead-in is followed by its points: a mark there would stand between them
    return block.kind != "lead" and any(isinstance(e, InputFigure) and e.field in wanted for e in block.evidence)
