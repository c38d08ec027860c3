"""How far a quote goes: the list a statement opens, the sentence it goes on from, its brackets and clauses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.asked import canonical
from assistant.ask.extract import Finding
from assistant.ask.question import UPPER, Question, spell_out
from assistant.ask.statements import LONGEST_LIST, LONGEST_QUOTE, StatementSpan, whole_list
from assistant.vietnamese.tokens import folded_syllables

_GOES_ON = re.compile(r"(?:Trong đó|Trong số (?:này|đó)|Cụ thể)\b")


def _whole_sentence(finding: Finding) -> Finding:
    """A finding with the sentence before it that it goes on from ("Trong đó, …"), and to the end of its brackets."""
    span = finding.statement
    text, start, end = span.passage.text, span.start, span.end
    if span.is_row:
        return finding
    if _GOES_ON.match(span.text):
        line = text.rfind("\n", 0, start) + 1
        before = [m.end() for m in _SENTENCE.finditer(text, line, start - 1)]
        start = before[-1] if before else line
    if span.text.count("(") > span.text.count(")"):
        closing = text.find(")", end)
        end = closing + 1 if closing >= 0 else end
    whole = replace(span, start=start, end=end)
    return replace(finding, statement=whole) if len(whole.text.split()) <= _LONGEST_SENTENCE else finding


_SENTENCE = re.compile(rf"(?<=[^\s.]\.)\s+(?=[{UPPER}\d])")
_LINE_END = re.compile(r"\n")
_LONGEST_SENTENCE = 90


def with_reasons(finding: Finding) -> Finding:
    """A finding that tells why, with the clauses that go on in the same sentence: "do …; đồng thời …"."""
    span = finding.statement
    if finding.asked.kind != "why" or span.is_row:
        return finding
    text = span.passage.text
    stops = [match.start() for pattern in (_SENTENCE, _LINE_END) if (match := pattern.search(text, span.end))]
    end = min(stops, default=len(text))
    longer = replace(span, end=max(span.end, len(text[:end].rstrip())))
    return replace(finding, statement=longer) if len(longer.text.split()) <= LONGEST_LIST else finding


_THINGS_ASKED = r"\b(?:nhung|cac)\b.*\b(?:gi|nao)\b|\b(?:gom|liet ke|ke ten)\b"


def with_clauses(question: Question, finding: Finding) -> Finding:
    """Where things are to be listed, a finding with the other clauses of its sentence that have the same words:
    "mua A; mua B; mua C"."""
    span = finding.statement
    if span.is_row or not question.has(_THINGS_ASKED):
        return finding
    text = span.passage.text
    line = text.rfind("\n", 0, span.start) + 1
    starts = [m.end() for m in _SENTENCE.finditer(text, line, span.start + 1)]
    stops = [match.start() for pattern in (_SENTENCE, _LINE_END) if (match := pattern.search(text, span.end))]
    start, end = starts[-1] if starts else line, min(stops, default=len(text))
    clauses = text[start:end].split(";")
    words = {*finding.asked.words} - finding.asked.light - {*finding.asked.noun}
    alike = [clause for clause in clauses if words & {*canonical(tuple(folded_syllables(spell_out(clause))))}]
    if len(alike) < _LEAST_ALIKE or len(text[start:end].split()) > LONGEST_QUOTE:
        return finding
    whole = replace(span, start=start, end=len(text[:end].rstrip()))
    return replace(finding, statement=whole, asked=replace(finding.asked, kind="text"), figures=())


_LEAST_ALIKE = 3


def with_lists(found: Sequence[Finding]) -> list[Finding]:
    """The findings, each that ends with a colon with the lines that it opens; what is quoted within another not once
    more."""
    whole = [
        replace(finding, statement=whole_list(finding.statement))
        if _opens(finding.statement)
        else with_reasons(_whole_sentence(finding))
        for finding in found
    ]
    spans = [finding.statement for finding in whole]
    return [finding for finding in whole if not any(_inside(finding.statement, span) for span in spans)]


def _opens(span: StatementSpan) -> bool:
    return span.text.rstrip().endswith(":")


def _inside(span: StatementSpan, outer: StatementSpan) -> bool:
    within = span.passage is outer.passage and outer.start <= span.start and span.end <= outer.end
    return within and len(outer.text) > len(span.text)
