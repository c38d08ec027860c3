"""One message in its conversation: does it ask, draft or check? The only place that knows all three jobs.

How to wire it:
    conversation = Conversation(asker, draft=draft_json, check=check_json)
    answer = conversation.reply(message, turns=(), report_type=None, on_text=None, inputs=None)
`draft_json(report_type_id, inputs, section_id)` and `check_json(text)` give the JSON of INTERFACES.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.ask.asker import Asker, OnText
from assistant.ask.draft_answers import DraftRequest, draft_answer
from assistant.ask.draft_request import given_figures
from assistant.ask.models import Answer, Statement
from assistant.ask.offline import OfflineAnswerer
from assistant.ask.question import Question
from assistant.ask.refusal import asks_for_text, out_of_scope
from assistant.ask.routing import speaks_of_section
from assistant.follow_up import WROTE, Standalone, Turn, document_spoken_of, stand_alone
from assistant.other_period import of_other_period
from assistant.reports import ReportType, Section
from assistant.vietnamese.text import fold, nfc

DraftJob = Callable[[str, Mapping[str, Any], str], Mapping[str, Any]]
CheckJob = Callable[[str], Mapping[str, Any]]

__all__ = ["Conversation", "Turn"]

_CHECK = re.compile(r"^(?:hay |giup (?:toi|em|minh) |nho )?(?:kiem tra|ra soat|soat)\b[^:\n]{0,60}[:\n]\s*(?=\S)")
_LEAST_CHECKED = 40
_LONGEST_GOING_ON = 16
_SECTION_NUMBER = re.compile(r"\bmục\s+\d+(?:\.\d+)*", re.IGNORECASE)


class Conversation:
    """Reads messages and calls the job each is for; keeps nothing itself: the turns are handed in."""

    def __init__(self, asker: Asker, draft: DraftJob | None = None, check: CheckJob | None = None) -> None:
        self._asker = asker
        self._draft = draft
        self._check = check

    def reply(
        self,
        message: str,
        *,
        turns: Sequence[Turn] = (),
        report_type: str | None = None,
        kinds: Sequence[str] | None = None,
        on_text: OnText | None = None,
        inputs: Mapping[str, Any] | None = None,
    ) -> Answer:
        """The answer to a message.

        Args:
            message: as typed.
            turns: what was said before, oldest first.
            report_type: id of a report type chosen beside the message.
            kinds: kinds of documents to answer from; None for all.
            on_text: called with pieces of the text as they are ready.
            inputs: an attached inputs file (mapping), for a message that asks for a draft.
        """
        started = time.perf_counter()
        text = self._text_to_check(message)
        if text is not None and self._check is not None:
            return _timed(_checked(message, self._check(text)), started, on_text)
        alone = stand_alone(message, turns)
        answerer = self._asker.answerer()
        question = answerer.read(alone.message)
        if asks_for_text(question) and self._draft is not None and not out_of_scope(question):
            request = self._draft_request(answerer, question, alone, report_type, inputs)
            if request is not None:
                made = self._draft(request.report_type.id, request.inputs, request.section.id)
                answer = draft_answer(message, request, made, answerer.legal.registry)
                return _timed(answer, started, on_text)
        if alone.period is not None and (found := of_other_period(answerer, alone)):
            return _timed(replace(found, question=message), started, on_text)
        chosen = report_type or (None if alone.in_report else alone.report_type)
        asked = self._written_out(answerer, alone)
        if asked == " ".join(nfc(message).split()):
            asked = _going_on(answerer, asked, turns)
        answer = self._asker.ask(asked, report_type=chosen, kinds=kinds, on_text=on_text)
        return replace(answer, question=message)

    @staticmethod
    def _text_to_check(message: str) -> str | None:
        """The text that the message hands over for checking; None where it hands none over."""
        match = _CHECK.match(fold(message))
        text = message[match.end() :] if match else ""
        return text if len(text) >= _LEAST_CHECKED else None

    @staticmethod
    def _written_out(answerer: OfflineAnswerer, alone: Standalone) -> str:
        """The message with the heading of the section that it points to."""
        if alone.report_type is None or alone.section is None:
            return alone.message
        kind = answerer.report_types[alone.report_type]
        heading = re.sub(r"\s*\{\w+\}", "", kind.section(alone.section).heading)
        if alone.in_report:
            return f"Mục {heading} của {alone.in_report} {alone.message}"
        unit = answerer.past.unit_of(answerer.read(alone.message))
        if unit is not None and WROTE.search(fold(alone.message).rstrip("?!. ")):
            return f"Mục {heading} của {unit.name} viết những gì?"
        return f"{alone.message} (mục {heading})"

    @staticmethod
    def _draft_request(
        answerer: OfflineAnswerer,
        question: Question,
        alone: Standalone,
        report_type: str | None,
        inputs: Mapping[str, Any] | None,
    ) -> DraftRequest | None:
        """Which section is to be drafted with which figures; None where the message names no section."""
        where = _section_named(answerer, question, alone, report_type)
        if where is None:
            return None
        kind, section = where
        figures = given_figures(_after_colon(question.raw), section)
        return DraftRequest(kind, section, tuple(figures), question.raw, inputs or {})


def _going_on(answerer: OfflineAnswerer, message: str, turns: Sequence[Turn]) -> str:
    """A message without a subject of its own, asked of the commune or the document that the turns before it were
    about: where that answers, or where else another commune would be taken for it."""
    question = answerer.read(message)
    own = answerer.past.unit_of(question) or answerer.past.unknown_unit(question) or answerer.legal.named(question)
    if not turns or own or speaks_of_section(question) or len(question.words) > _LONGEST_GOING_ON:
        return message
    about = _commune_spoken_of(answerer, turns) or document_spoken_of(message, turns)
    if about is None:
        return message
    longer = f"{message} ({about})"
    if not answerer.answer(longer).refused:
        return longer
    alone = answerer.answer(message)
    return longer if alone.refused or any(source.kind == "report" for source in alone.sources) else message


def _commune_spoken_of(answerer: OfflineAnswerer, turns: Sequence[Turn]) -> str | None:
    """The one commune that the last answer was on, or the message before it named."""
    if turns[-1].answer.get("route") != "past_report":
        return None
    cited = {str(citation.get("document_id")) for citation in turns[-1].answer.get("citations") or ()}
    units = {unit.name for unit in answerer.past.units if any(record.id in cited for record in unit.records)}
    named = answerer.past.unit_of(answerer.read(turns[-1].message))
    units |= {named.name} if named and not units else set()
    return next(iter(units)) if len(units) == 1 else None


def _section_named(
    answerer: OfflineAnswerer, question: Question, alone: Standalone, report_type: str | None
) -> tuple[ReportType, Section] | None:
    if alone.report_type and alone.section:
        kind = answerer.report_types[alone.report_type]
        return kind, kind.section(alone.section)
    asked = question.raw.split(":", 1)[0]
    if re.search(r"\bquy (?:i{1,3}|iv|[1-4])\b", question.folded) and "bao cao" not in question.folded:
        asked += " báo cáo quý"
    named, about = answerer.reports.names.read(answerer.read(asked), report_type)
    matches = answerer.reports.finder.find(about, named)
    if not matches or (matches[0].coverage < 0.5 and matches[0].heading < 0.6):
        return None
    return matches[0].report_type, matches[0].section


def _after_colon(message: str) -> str:
    """The part of a message that gives figures: after the first colon, or all of it but the number of a section."""
    _, colon, rest = message.partition(":")
    return rest if colon else _SECTION_NUMBER.sub("", message)


def _timed(answer: Answer, started: float, on_text: OnText | None) -> Answer:
    if on_text is not None:
        on_text(answer.text)
    return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)


def _checked(message: str, result: Mapping[str, Any]) -> Answer:
    """What checking a pasted text found, in words."""
    references = result.get("references") or ()
    findings = result.get("findings") or ()
    wrong = [reference for reference in references if reference.get("verdict") not in ("ok", None)]
    lines = [
        Statement(
            f"Đã kiểm tra đoạn văn: {len(references)} viện dẫn, trong đó {len(wrong)} cần xem lại; "
            f"{len(findings)} điểm khác."
        )
    ]
    for item in [*wrong, *findings][:12]:
        text = f"«{item.get('text')}»: {item.get('message', '')}" if item.get("text") else str(item.get("message", ""))
        suggestion = item.get("suggestion")
        lines.append(Statement(text + (f" Đề nghị: {suggestion}." if suggestion else ""), item=True))
    return Answer(message, "other", tuple(lines))
