"""A message that leans on the ones before it ("mục đó", "còn xã khác thì sao?") written out so that it stands alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.ask.question import UPPER
from assistant.legal import find_references
from assistant.vietnamese.dates import Period, find_periods
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
_POINTER = re.compile(
    r"\b(?:van ban|nghi quyet|nghi dinh|quyet dinh|ke hoach|luat|chi thi|thong tu)\s+(do|nay|tren|ay)\b"
)
_REPORT_POINTER = re.compile(r"\b(?:bao cao|xa|don vi|cho|ben)\s+(?:do|nay|tren|ay)\b")
_AND_WHAT_OF = re.compile(r"^(?:(?:the |vay )?con|the(?! nao)|vay)\s+(?!hieu luc|duoc|dung)")
_IT = re.compile(r"(?<!\w)[Nn]ó(?!\w)")
_BARE = re.compile(
    r"^(?:vi sao|tai sao|do dau|khi nao|bao gio|ngay nao|o dau|ai ky|do ai|bao nhieu|may"
    r"|nguyen nhan|ly do|den dau)\b[a-z ]{0,12}$"
)
_FATE = re.compile(
    r"^(?:(?:con|het|da het) (?:hieu luc|duoc (?:dung|ap dung)|dung duoc|ap dung)"
    r"|(?:duoc )?(?:ban hanh|ky|co hieu luc) (?:tu |vao )?(?:ngay|khi|bao gio|luc|nam))\b[a-z ]{0,12}\??$"
)
_REACH = 3
_PERIOD_BEFORE = re.compile(r"^(?:ky|quy|thang|nam) (?:lien )?truoc$")
_QUARTERS = ("I", "II", "III", "IV")
_TAIL = re.compile(r"\s*(?:thi sao|the nao|nhu the nao|sao)?\s*\?*$")


def stand_alone(message: str, turns: Sequence[Turn]) -> Standalone:
    """`message` with what it leaves to the turns before it, last turn first."""
    message = " ".join(nfc(message).split())
    if not turns:
        return Standalone(message)
    last = _written_out(turns)
    folded = fold(message)
    if _BARE.match(folded.rstrip("? ")):
        return Standalone(f"{message.rstrip('? ')} {last.message[:1].lower()}{last.message[1:]}")
    if _SECTION_POINTER.search(folded):
        about = _last_section(turns)
        if about is not None:
            return Standalone(message, *about)
    if _AND_WHAT_OF.match(folded) and len(message.split()) <= 14:
        return _what_of(message, folded, last)
    if _REPORT_POINTER.search(folded) and not _UNIT.search(message):
        unit = _last_match(_UNIT, turns)
        return Standalone(f"{message} ({unit})" if unit else message)
    pointing = _points_to_document(folded) or _IT.search(message) or _FATE.match(folded)
    if pointing and (symbol := _last_symbol(turns)):
        return Standalone(_naming(message, folded, symbol))
    return Standalone(message)


def _written_out(turns: Sequence[Turn]) -> Turn:
    """The last turn with its message written out in turn."""
    last = turns[-1]
    return Turn(stand_alone(last.message, turns[-_REACH:-1]).message, last.answer)


def _naming(message: str, folded: str, symbol: str) -> str:
    """The message with the symbol in the place of what points to it."""
    if match := _IT.search(message):
        return f"{message[: match.start()]}{symbol}{message[match.end() :]}"
    pointer = _POINTER.search(folded)
    if pointer is None:
        return f"{message} ({symbol})"
    return f"{message[: pointer.start(1)]}{symbol}{message[pointer.end(1) :]}"


def _what_of(message: str, folded: str, last: Turn) -> Standalone:
    """ "Còn xã B?" after a question on xã A asks the same of xã B; "còn kỳ trước?" the same of another period."""
    cut = _AND_WHAT_OF.match(folded)
    rest = message[cut.end() if cut else 0 :]
    tail = _TAIL.search(fold(rest))
    subject = rest[: tail.start()] if tail else rest
    documents, named = find_references(subject), find_references(last.message)
    if documents and named:
        return Standalone(last.message.replace(named[0].text, documents[0].text))
    other = _other_period(subject.strip(), last)
    if other is not None:
        return Standalone(other, last.answer.get("report_type"))
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


def _other_period(subject: str, last: Turn) -> str | None:
    """The last message asked of another period ("quý II", "kỳ trước"); None where none is named or known."""
    asked, named = find_periods(last.message), find_periods(subject)
    if named:
        year = asked[0].year if asked and named[0].year is None else None
        wanted: str | None = subject if year is None else f"{subject} năm {year}"
    elif _PERIOD_BEFORE.match(fold(subject)):
        titles = " ".join(str(c.get("document_title")) for c in last.answer.get("citations") or ())
        known = asked or find_periods(titles)
        wanted = _period_before(known[0], whole_year=fold(subject).startswith("nam")) if known else None
    else:
        return None
    if wanted is None:
        return None
    if not asked:
        return f"{last.message.rstrip('?. ')}, {wanted}?"
    return last.message[: asked[0].start] + wanted + last.message[asked[0].end :]


def _period_before(period: Period, *, whole_year: bool) -> str | None:
    """What the period before is called: "quý II năm 2025" before "quý III năm 2025"; None where it cannot be told."""
    year, number = period.year, period.number or 0
    if period.kind == "year" or whole_year:
        return None if year is None else f"{period.text[: -len(str(year))]}{year - 1}"
    if period.kind not in {"quarter", "month"} or (number == 1 and year is None):
        return None
    last_of_year = 4 if period.kind == "quarter" else 12
    number, year = (number - 1, year) if number > 1 else (last_of_year, (year or 0) - 1)
    name = f"quý {_QUARTERS[number - 1]}" if period.kind == "quarter" else f"tháng {number}"
    return name if year is None else f"{name} năm {year}"


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
    """The document spoken of last: named in a message, or cited in its answer."""
    for turn in reversed(turns):
        for reference in find_references(turn.message):
            if reference.symbol and not reference.short_form:
                return reference.symbol
        for citation in turn.answer.get("citations") or ():
            if citation.get("symbol"):
                return str(citation["symbol"])
    return None


def _last_match(pattern: re.Pattern[str], turns: Sequence[Turn]) -> str | None:
    for turn in reversed(turns):
        if match := pattern.search(turn.message):
            return match.group()
    return None
