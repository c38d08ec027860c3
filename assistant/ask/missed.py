"""The targets of a document that are marked as not reached."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.ask.asked import Asked, canonical
from assistant.ask.extract import Extractor, Finding
from assistant.ask.question import Question
from assistant.ask.statements import StatementSpan, whole_list

_TALLY = re.compile(r"\d+\s*/\s*\d+")
_MISSED = re.compile(r"(?:chưa|không) (?:đạt|hoàn thành)\b[^.;|]{0,60}\W*$", re.IGNORECASE)
_MISSED_LISTED = re.compile(r"(?:chỉ|mục) tiêu (?:chưa|không) đạt\s*:", re.IGNORECASE)
_MISSED_ASKED = r"\b(?:(?:chua|khong) (?:dat|hoan thanh)|truot|rot)\b"


def missed(question: Question, found: Sequence[Finding], extractor: Extractor) -> list[Finding]:
    """The lines of a list of targets that are marked as not reached, beside its tally ("đạt 3/5"), where they are asked
    for."""
    if not question.has(_MISSED_ASKED):
        return []
    listed = (span for span in extractor.spans if _MISSED_LISTED.search(span.text))
    if question.has(r"\b(?:chi tieu|muc tieu)\b") and (span := next(listed, None)):
        return [Finding(whole_list(span), Asked("text", (), ("dat",)), 1.0, 1.0)]
    for finding in found:
        if not _TALLY.search(finding.statement.text):
            continue
        at = extractor.position(finding)
        for step in (1, -1):
            if lines := list(_missed_lines(at, step, extractor)):
                return lines[:4]
    return _missed_anywhere(question, extractor) if question.has(r"\b(?:chi tieu|muc tieu)\b") else []


_MOST_MISSED = 6


def _missed_anywhere(question: Question, extractor: Extractor) -> list[Finding]:
    """All lines of a document that are marked as not reached; of a field that the question names those under its
    tally."""
    named = {*canonical(tuple(question.said))} - question.light - {"chi", "muc", "tieu", "dat", "chua", "khong"}
    named = {word for word in named if extractor.places(word) and not word.isdigit()}
    lines: list[tuple[int, Finding]] = []
    under: frozenset[str] = frozenset()
    for i, span in enumerate(extractor.spans):
        if _TALLY.search(span.text) and re.search(r"chỉ tiêu", span.text, re.IGNORECASE):
            under = frozenset(extractor.own(i))
        elif is_missed(span) and not _MISSED_LISTED.search(span.text):
            met = len(named & {*under, *extractor.own(i)})
            lines.append((met, Finding(span, Asked("text", (), ("dat",)), 1.0, 1.0)))
    most = max((met for met, _ in lines), default=0)
    return [line for met, line in lines if met == most][:_MOST_MISSED]


def is_missed(span: StatementSpan) -> bool:
    """Whether a line is marked as a target not reached."""
    return _MISSED.search(span.text) is not None


def _missed_lines(at: int, step: int, extractor: Extractor) -> Iterable[Finding]:
    passage = extractor.spans[at].passage
    i = at + step
    while 0 <= i < len(extractor.spans) and extractor.spans[i].passage is passage:
        span = extractor.spans[i]
        if re.search(r"chỉ tiêu", span.text, re.IGNORECASE) and _TALLY.search(span.text):
            return
        if is_missed(span):
            # "… quản lý. Chưa đạt (…)": the whole line
            start = passage.text.rfind("\n", 0, span.start) + 1
            line = span if span.is_row else replace(span, start=start)
            yield Finding(line, Asked("text", (), ("dat",)), 1.0, 1.0)
        i += step
