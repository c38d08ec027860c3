"""A message that leans on the ones before it ("mục đó", "còn xã khác thì sao?") written out so that it stands alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.ask.question import UPPER
from assistant.vietnamese.text import fold, nfc


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation and the JSON of its answer, as `Answer.to_json` gives it."""

    message: str
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standalone:
    """A message that needs no other.

    Attributes:
        message: written out.
        report_type, section: what earlier turns were about, where the message points to it.
    """

    message: str
    report_type: str | None = None
    section: str | None = None


_UNIT = re.compile(
    r"(?:\b[Xx]ã|\b[Xx]a|\b[Pp]hường|\b[Pp]huong|[Đđ]ặc khu)"
    rf"\s+[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{0,3}}"
)
_SECTION_POINTER = re.compile(r"\b(?:muc|phan|noi dung)\s+(?:do|nay|tren|ay|vua roi|vua hoi)\b")
_DOCUMENT_POINTER = re.compile(
    r"\b(?:van ban|nghi quyet|nghi dinh|quyet dinh|ke hoach|luat|chi thi|thong tu|no)\s*(?:do|nay|tren|ay)?\b"
    r"(?=\s*(?:con|do|het|bi|co|duoc|ban hanh|quy dinh|thay|\?|$))"
)
_REPORT_POINTER = re.compile(r"\b(?:bao cao|xa|don vi|cho|ben)\s+(?:do|nay|tren|ay)\b")
_AND_WHAT_OF = re.compile(r"^(?:the |vay )?con\s+")
_TAIL = re.compile(r"\s*(?:thi sao|the nao|nhu the nao|sao)?\s*\?*$")


def stand_alone(message: str, turns: Sequence[Turn]) -> Standalone:
    """`message` with what it leaves to the turns before it, last turn first."""
    message = " ".join(nfc(message).split())
    if not turns:
        return Standalone(message)
    last = turns[-1]
    folded = fold(message)
    if _SECTION_POINTER.search(folded):
        about = _last_section(turns)
        if about is not None:
            return Standalone(message, *about)
    if _AND_WHAT_OF.match(folded) and len(message.split()) <= 14:
        return _what_of(message, folded, last)
    if _REPORT_POINTER.search(folded) and not _UNIT.search(message):
        unit = _last_match(_UNIT, turns)
        return Standalone(f"{message} ({unit})" if unit else message)
    if _points_to_document(folded):
        symbol = _last_symbol(turns)
        return Standalone(f"{message} ({symbol})" if symbol else message)
    return Standalone(message)


def _what_of(message: str, folded: str, last: Turn) -> Standalone:
    """ "Còn xã B?" after a question on xã A asks the same of xã B; "còn kỳ trước?" the same of another period."""
    cut = _AND_WHAT_OF.match(folded)
    rest = message[cut.end() if cut else 0 :]
    tail = _TAIL.search(fold(rest))
    subject = rest[: tail.start()] if tail else rest
    unit = _UNIT.search(subject)
    before = _UNIT.search(last.message)
    if unit and before:
        return Standalone(last.message.replace(before.group(), unit.group()))
    if before or last.answer.get("route") == "past_report":
        return (
            Standalone(f"{subject.strip()} {before.group() if before else ''}".strip() + "?")
            if _asks(subject)
            else Standalone(f"{last.message.rstrip('?. ')}, {subject.strip()}?")
        )
    return Standalone(f"{subject.strip()}? ({last.message.rstrip('?. ')})", last.answer.get("report_type"))


def _asks(subject: str) -> bool:
    """Whether the words after "còn" are a thing to ask for and not a period ("kỳ trước", "quý II")."""
    return not re.search(r"\b(?:ky|quy|nam|thang)\b", fold(subject))


def _points_to_document(folded: str) -> bool:
    match = _DOCUMENT_POINTER.search(folded)
    return bool(match) and not re.search(r"\d+\s*[/-]\s*\w|\d{2,}", folded) and len(folded.split()) <= 14


def _last_section(turns: Sequence[Turn]) -> tuple[str, str] | None:
    for turn in reversed(turns):
        sections = turn.answer.get("sections") or ()
        if turn.answer.get("report_type") and sections:
            return str(turn.answer["report_type"]), str(sections[0])
    return None


def _last_symbol(turns: Sequence[Turn]) -> str | None:
    for turn in reversed(turns):
        for citation in turn.answer.get("citations") or ():
            if citation.get("symbol"):
                return str(citation["symbol"])
    return None


def _last_match(pattern: re.Pattern[str], turns: Sequence[Turn]) -> str | None:
    for turn in reversed(turns):
        if match := pattern.search(turn.message):
            return match.group()
    return None
