"""A message that leans on the ones before it ("mục đó", "còn xã khác thì sao?") written out so that it stands alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.ask.question import UPPER
from assistant.legal import find_references
from assistant.vietnamese.dates import QUARTERS, Period, find_periods
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
        period: another reporting period that it asks of; as said ("quý trước") where the turns do not tell which.
        compared: the question whose answer is to be compared with the one for that period.
    in_report: another report whose section of the same matter is asked for, as said ("báo cáo năm").
    """

    message: str
    report_type: str | None = None
    section: str | None = None
    period: str | None = None
    compared: str | None = None
    in_report: str | None = None


_UNIT = re.compile(
    r"(?:\b[Xx]ã|\b[Xx]a|\b[Pp]hường|\b[Pp]huong|[Đđ]ặc khu)"
    rf"\s+[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{0,3}}"
)
_SECTION_POINTER = re.compile(r"\b(?:muc|phan|noi dung)\s+(?:do|nay|tren|ay|vua roi|vua hoi)\b")
_DOCUMENTS = "van ban|nghi quyet|nghi dinh|quyet dinh|ke hoach|luat|chi thi|thong tu"
_DOCUMENT_POINTER = re.compile(
    rf"\b(?:{_DOCUMENTS}|no)\s*(?:do|nay|tren|ay)?\b"
    r"(?=\s*(?:con|do|het|bi|co|duoc|ban hanh|quy dinh|thay|\?|$))"
)
_POINTER = re.compile(rf"\b(?:{_DOCUMENTS})\s+(do|nay|tren|ay)\b")
# the document that took the place of the one spoken of
_NEWER_POINTER = re.compile(
    rf"^(?:(?:the |vay )?con )?((?:{_DOCUMENTS}) (?:thay the|moi|ke tiep))(?: (?:do|nay|ay))?\b(?! nao)"
)
_TOOK_OVER = re.compile(r"thay thế bởi|Văn bản (?:thay thế|kế tiếp):|giai đoạn kế tiếp là")
_REPORT_POINTER = re.compile(r"\b(?:bao cao|xa|don vi|cho|ben)\s+(?:do|nay|tren|ay)\b")
_AND_WHAT_OF = re.compile(r"^(?:(?:the |vay )?con|the(?! nao)|vay)\s+(?!hieu luc|duoc|dung|lai)")
_IT = re.compile(r"(?<!\w)[Nn]ó(?!\w)")
_BARE = re.compile(
    r"^(?:vi sao|tai sao|do dau|khi nao|bao gio|ngay nao|do ai|bao nhieu|may|nguyen nhan|ly do|den dau)\b[a-z ]{0,12}$"
)
_SIGNER = re.compile(r"^(?:ai|nguoi nao) (?:la nguoi )?ky\b[a-z ]{0,12}$")
_SOURCE = re.compile(
    r"^(?:(?:theo |dua (?:vao|tren) )?(?:can cu(?: phap ly)?|nguon|van ban|so lieu) (?:nao|gi|o dau|tu dau)"
    r"|(?:lay )?o dau)\b[a-z ]{0,12}$"
)
# parts of what an answer on a section says, asked for without naming the section
_OF_SECTION = re.compile(
    r"^(?:(?:con|the con|vay|co|can|phai) )?(?:nhung |cac )?(?:can cu|(?:cho (?:toi |em )?(?:xin )?(?:mot )?)?vi du"
    r"|(?:hay |thuong )?mac loi|loi|luu y|(?:bang|bieu)(?! so lieu)|so lieu|neu|viet|ghi|chuan bi)"
    r"(?: (?:gi|nao|the|nhu|la|ra sao|o dau|tu dau|vao dau|lay|phap ly|can|phai|bat buoc|nhung|cac|de|viet|neu|ghi"
    r"|hay gap|thuong gap|chuan bi|so lieu|bang|bieu|minh hoa|mau|cu the|khac|them|ngan gon|hon))*$"
)
WROTE = re.compile(r"\b(?:viet|neu|ghi|bao cao|trinh bay) (?:the nao|nhu the nao|ra sao|gi|nhung gi)$")
_SECTION_NAMED = re.compile(r"^(?:muc|phan|phu luc|bieu)\b(?! (?:do|nay|tieu|tram)\b)")
_REPORT_NAMED = re.compile(
    r"^(?:(?:trong|cua|o|ben|voi) )?(?:bao cao|bc|ban (?:bao cao|tong ket))\b(?! (?:do|nay|cua xa))"
)
_PLACED = re.compile(r"^(?:trong|của|cua|ở|o|bên|ben|với|voi)\s+", re.IGNORECASE)
_ASKED_OF_SECTION = re.compile(r"\b(?:can|phai|hay mac|thuong|nen)\b.*")
_FATE = re.compile(
    r"^(?:(?:con|het|da het) (?:hieu luc|duoc (?:dung|ap dung)|dung duoc|ap dung)"
    r"|(?:ai|co quan nao) (?:da )?ban hanh"
    r"|(?:duoc )?(?:ban hanh|ky|co hieu luc) (?:tu |vao )?(?:ngay|khi|bao gio|luc|nam))\b[a-z ]{0,12}\??$"
)
# "còn đến năm 2045 thì sao?" after a target
_OTHER_YEAR = re.compile(
    r"^(?:(?:the |vay )?con |the |vay )?(?:(?:den|toi|nam|vao|moc|luc|het|thoi diem|tam nhin) )*(20\d\d)"
    r"(?: (?:thi|la|sao|bao nhieu|the nao|nhu the nao|phai|dat|duoc|muc|may|phan tram))*$"
)
_REACH = 3
# a message of so few words leans on the one before it
_SHORT = 9
_PERIOD_BEFORE = re.compile(r"^(?:(?:cung )?(?:ky|quy|thang|nam) )+(?:lien )?(?:truoc|ngoai|roi)(?: do)?$")
_ASKS_BEFORE = re.compile(
    r"^(?:(?:the |vay )?con |the |vay )?((?:co )?(?:tang|giam|nhieu|it|cao|thap)\b[a-z ]{0,16} )?(so (?:voi|sanh) )?"
    r"((?:(?:cung )?(?:ky|quy|thang|nam) )+(?:lien )?(?:truoc|ngoai|roi)(?: do)?)(?! [a-z]* ?(?:chuyen|ton))"
    r"(?: (?:thi|la|co|tang|giam|hay|nhieu|it|hon|cao|thap|bao nhieu|the nao|nhu the nao|ra|sao|khong|va))*$"
)
_BEFORE_NAMES = {
    "ky truoc": "kỳ trước", "quy truoc": "quý trước", "thang truoc": "tháng trước", "nam truoc": "năm trước",
    "nam ngoai": "năm ngoái", "cung ky nam truoc": "cùng kỳ năm trước", "cung ky": "cùng kỳ năm trước",
}  # fmt: skip
_GROWS = re.compile(r"\b(?:tang|giam|hon|so voi|so sanh|chenh)\b")
_OF_UNIT = re.compile(r"\b(?:bao nhieu|may|phan tram|ty le)\b")
_COUNTED = re.compile(r"\b(?:bao nhieu|may) (ho so|van ban|thu tuc|luot|cuoc hop)\b")
_ONLY_TAIL = re.compile(r"^(?:(?:the|vay|con) )?(?:(?:thi|la|sao|bao nhieu|the nao|nhu the nao) ?)*$")
_ONLY_HOW_MUCH = re.compile(r"^(?:la |dat |chiem )?(?:bao nhieu|may)(?: phan tram)?$")
_OWN_SUBJECT = re.compile(
    r"\b(?:xa|phuong|tinh|huyen|bao cao|muc|phan(?! tram)|phu luc|chi tieu|van ban|luat|nghi (?:dinh|quyet)|quyet dinh"
    r"|ke hoach|thong tu|dieu|khoan|giai doan|ca nuoc)\b"
)
_NAME = re.compile(rf"^[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{0,3}}$")
_TAIL = re.compile(r"\s*(?:thi sao|the nao|nhu the nao|sao)?\s*\?*$")


def stand_alone(message: str, turns: Sequence[Turn]) -> Standalone:
    """`message` with what it leaves to the turns before it, last turn first."""
    message = " ".join(nfc(message).split())
    folded = fold(message)
    plain = " ".join(re.sub(r"[?!.,]", " ", folded).split())
    last = _written_out(turns) if turns else None
    if before := _ASKS_BEFORE.match(plain):
        return _of_period_before(message, plain, before.group(3), last)
    if last is None:
        return Standalone(message)
    if said := (
        _of_other_year(plain, last) or _of_answer(message, plain, last, turns) or _of_named_period(message, last)
    ):
        return said
    if newer := _of_newer(message, folded, last):
        return newer
    if _SECTION_POINTER.search(folded) and (about := _section_spoken_of(message, turns)):
        return about
    if _AND_WHAT_OF.match(folded) and len(message.split()) <= 14:
        return _what_of(message, folded, last)
    if said := _of_unit(message, plain, last):
        return said
    if _BARE.match(plain):
        return Standalone(f"{message.rstrip('? ')} {last.message[:1].lower()}{last.message[1:]}")
    if _REPORT_POINTER.search(folded) and not _UNIT.search(message):
        unit = _last_match(_UNIT, turns)
        return Standalone(f"{message} ({unit})" if unit else message)
    pointing = _points_to_document(folded) or _IT.search(message) or _FATE.match(folded)
    if pointing and (symbol := _last_symbol(turns)):
        return Standalone(_naming(message, folded, symbol))
    return Standalone(message)


def _of_other_year(plain: str, last: Turn) -> Standalone | None:
    """ "Đến năm 2045 thì sao?": the question on a document or a target asked of another year."""
    match = _OTHER_YEAR.match(plain)
    if match is None or last.answer.get("route") not in ("legal_fact", "target", "other"):
        return None
    asked = re.sub(r"(?<![\d/-])20\d\d(?![\d/-])", match.group(1), last.message)
    return Standalone(asked if asked != last.message else f"{last.message.rstrip('?. ')}, đến năm {match.group(1)}?")


def _of_newer(message: str, folded: str, last: Turn) -> Standalone | None:
    """ "Văn bản thay thế có hiệu lực khi nào?": the document that the last answer named as the one that took over."""
    match, told = _NEWER_POINTER.search(folded), str(last.answer.get("answer"))
    took_over = _TOOK_OVER.search(told)
    if match is None or took_over is None:
        return None
    named = next((ref for ref in find_references(told[took_over.end() :]) if ref.symbol), None)
    return Standalone(f"{named.text} {message[match.end() :].strip()}") if named else None


def _of_answer(message: str, plain: str, last: Turn, turns: Sequence[Turn]) -> Standalone | None:
    """ "Ai ký?", "căn cứ nào?", "cho ví dụ": of the report, document or section that the last answer was about."""
    kind, route = last.answer.get("report_type"), last.answer.get("route")
    unit = _UNIT.search(last.message)
    if _SIGNER.match(plain):
        if route == "past_report" and unit:
            return Standalone(f"{message.rstrip('? ')} báo cáo của {unit.group()}?")
        if kind:
            return Standalone("Báo cáo do ai ký?", str(kind))
        symbol = _last_symbol(turns)
        return Standalone(f"{message.rstrip('? ')} {symbol}?") if symbol else None
    if last.answer.get("sections") and (_OF_SECTION.match(plain) or (_UNIT.search(message) and WROTE.search(plain))):
        return _section_spoken_of(message, turns)
    # what an answer rests on is shown with it
    if _SOURCE.match(plain) and route in ("past_report", "legal_fact", "target", "definition"):
        return Standalone(last.message)
    return None


def _section_spoken_of(message: str, turns: Sequence[Turn]) -> Standalone | None:
    """The message asked of the section spoken of last: an answer's own, or the one that a report was quoted from."""
    for turn in reversed(turns):
        sections = turn.answer.get("sections") or ()
        if turn.answer.get("report_type") and sections:
            return Standalone(message, str(turn.answer["report_type"]), str(sections[0]))
        if turn.answer.get("route") != "past_report":
            continue
        for citation in turn.answer.get("citations") or ():
            heading = re.sub(
                r"^[\dA-ZĐa-zđ]{1,4}(?:\.\d+)*[.)]\s*", "", str(citation.get("location") or "").split(" > ")[-1]
            )
            if len(heading.split()) > 1:
                quarterly = any(p.kind == "quarter" for p in find_periods(str(citation.get("document_title"))))
                return Standalone(f"{message.rstrip('? ')} (mục {heading}{' của báo cáo quý' if quarterly else ''})?")
    return None


def _of_unit(message: str, plain: str, last: Turn) -> Standalone | None:
    """ "Bao nhiêu thành viên?", "so với xã B thì sao?" after the report of a commune was asked."""
    unit = _UNIT.search(last.message)
    if unit is None or last.answer.get("route") != "past_report":
        return None
    other = _UNIT.search(message)
    if other and plain.startswith(("so voi ", "so sanh voi ")):
        return Standalone(f"{last.message.rstrip('?. ')}, so với {other.group()} thì sao?")
    if (
        len(plain.split()) > 8
        or _ONLY_HOW_MUCH.match(plain)
        or not _OF_UNIT.search(plain)
        or _OWN_SUBJECT.search(plain)
        or find_references(message)
    ):
        return None
    return Standalone(_counting_as(last, f"{unit.group()} {message[:1].lower()}{message[1:]}"))


def _counting_as(last: Turn, message: str) -> str:
    """The message with what was counted before, where it leaves that out ("quá hạn bao nhiêu?" of dossiers)."""
    counted = _COUNTED.search(fold(last.message))
    message = re.sub(r"\b[Tt]rong (?:đó|do)\s+(?:có )?", "", message).rstrip("? ")
    if counted is None or not re.search(r"(?<!la) (?:bao nhieu|may)$", fold(message)):
        return f"{message}?"
    return f"{message} {last.message[counted.start(1) : counted.end(1)]}?"


def _of_named_period(message: str, last: Turn) -> Standalone | None:
    """ "Quý II thì sao?", with nothing but the period in it."""
    found = find_periods(message)
    if not found or last.answer.get("route") != "past_report":
        return None
    rest = message[: found[0].start] + message[found[0].end :]
    plain = " ".join(re.sub(r"[^\w\s]", " ", fold(rest)).split())
    return _other_period(found[0].text, last) if _ONLY_TAIL.match(plain) else None


def _of_period_before(message: str, plain: str, before: str, last: Turn | None) -> Standalone:
    """ "Quý trước bao nhiêu?", "so với kỳ trước tăng hay giảm?"."""
    if last is None or last.answer.get("route") != "past_report" or not _UNIT.search(last.message):
        return Standalone(message, period=_BEFORE_NAMES.get(before, before))
    other = _other_period(before, last)
    if other is None:
        return Standalone(message, period=_BEFORE_NAMES.get(before, before))
    compared = last.message if _GROWS.search(plain) else None
    return replace(other, compared=compared)


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
    subject = subject.strip()
    other = _other_period(subject, last)
    if other is not None:
        return other
    unit = _UNIT.search(subject)
    before = _UNIT.search(last.message)
    if unit and before:
        return Standalone(last.message.replace(before.group(), unit.group()))
    if before and _NAME.match(subject):
        return Standalone(last.message.replace(before.group(), f"{before.group().split()[0]} {subject}"))
    named_alone = unit is not None or (_NAME.match(subject) and " " in subject)
    if named_alone and not before and last.answer.get("route") == "past_report":
        return Standalone(f"{last.message.rstrip('?. ')} ({subject})?")
    if last.answer.get("route") == "section_requirement" and (found := _section_named(subject, last)):
        return found
    if last.answer.get("sections") and _REPORT_NAMED.match(fold(subject)):
        rest = _asked_of_section(last)
        about = str(last.answer["report_type"]), str(last.answer["sections"][0])
        return Standalone(rest, *about, in_report=_PLACED.sub("", subject))
    if before and _asks(subject):
        # "còn quá hạn?" asks how many, as was asked before
        if _COUNTED.search(fold(last.message)) and not _OF_UNIT.search(fold(subject)):
            subject = f"{subject} bao nhiêu"
        return Standalone(_counting_as(last, f"{before.group()} {subject}"))
    if before or last.answer.get("route") == "past_report":
        return Standalone(f"{subject}?" if _asks(subject) else f"{last.message.rstrip('?. ')}, {subject}?")
    return Standalone(f"{subject}? ({last.message.rstrip('?. ')})", last.answer.get("report_type"))


def _section_named(subject: str, last: Turn) -> Standalone | None:
    """ "Còn mục chữ ký số?", "còn phụ lục?": the same asked of another part of the report spoken of."""
    if not _SECTION_NAMED.match(fold(subject)):
        return None
    kind = last.answer.get("report_type")
    if len(subject.split()) <= 2:
        return Standalone(f"Báo cáo có những {subject} nào?", kind)
    return Standalone(f"{subject} {_asked_of_section(last)}", kind)


def _asked_of_section(last: Turn) -> str:
    """What the last message asked of its section."""
    asked = _ASKED_OF_SECTION.search(fold(last.message))
    return last.message[asked.start() :] if asked and len(fold(last.message)) == len(last.message) else "cần nêu gì?"


def _other_period(subject: str, last: Turn) -> Standalone | None:
    """The last message asked of another period ("quý II", "kỳ trước"); None where none is named or known."""
    asked, named = find_periods(last.message), find_periods(subject)
    known = asked or find_periods(" ".join(str(c.get("document_title")) for c in last.answer.get("citations") or ()))
    if named:
        year = _dated(known).year if known and named[0].year is None else None
        wanted: str | None = subject if year is None else f"{subject} năm {year}"
    elif _PERIOD_BEFORE.match(fold(subject)):
        whole_year = bool(re.match(r"cung|nam", fold(subject)))
        wanted = _period_before(_dated(known), whole_year=whole_year) if known else None
    else:
        return None
    if wanted is None:
        return None
    kind = last.answer.get("report_type")
    if not asked:
        return Standalone(f"{last.message.rstrip('?. ')}, {wanted}?", kind, period=wanted)
    return Standalone(last.message[: asked[0].start] + wanted + last.message[asked[0].end :], kind, period=wanted)


def _dated(periods: Sequence[Period]) -> Period:
    """The first period, with the year that a later one gives ("quý III và phương hướng quý IV năm 2025")."""
    first, year = periods[0], next((period.year for period in periods if period.year), None)
    if first.year or year is None:
        return first
    return replace(first, text=f"{first.text} năm {year}", year=year)


def _period_before(period: Period, *, whole_year: bool) -> str | None:
    """What the period before is called: "quý II năm 2025" before "quý III năm 2025"; None where it cannot be told."""
    year, number = period.year, period.number or 0
    if period.kind == "year" or whole_year:
        return None if year is None else f"{period.text[: -len(str(year))]}{year - 1}"
    if period.kind not in {"quarter", "month"} or (number == 1 and year is None):
        return None
    last_of_year = 4 if period.kind == "quarter" else 12
    number, year = (number - 1, year) if number > 1 else (last_of_year, (year or 0) - 1)
    name = f"quý {QUARTERS[number - 1]}" if period.kind == "quarter" else f"tháng {number}"
    return name if year is None else f"{name} năm {year}"


def _asks(subject: str) -> bool:
    """Whether the words after "còn" are a thing to ask for and not a period ("kỳ trước", "quý II")."""
    return not re.search(r"\b(?:ky|quy|nam|thang)\b", fold(subject))


def _points_to_document(folded: str) -> bool:
    match = _DOCUMENT_POINTER.search(folded)
    return bool(match) and not re.search(r"\d+\s*[/-]\s*\w|\d{2,}", folded) and len(folded.split()) <= 14


def document_spoken_of(message: str, turns: Sequence[Turn]) -> str | None:
    """The symbol of the document that a short message goes on about; None where the last answer was on none."""
    on_document = turns and turns[-1].answer.get("route") in ("legal_fact", "target")
    return _last_symbol(turns[-1:]) if on_document and len(message.split()) <= _SHORT else None


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
