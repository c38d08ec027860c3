"""Sections asked for by their number: "mục 3.2", "phần II", "mục 1 phần III", "phụ lục VII"."""

import itertools
import re
from collections.abc import Mapping

from assistant.reports import ReportType, Section
from assistant.reports.numbering import roman
from assistant.vietnamese.text import fold

_PIECE = r"(?:[ivx]{1,5}|\d{1,2}|[a-hđ])"
# "e" is the officer ("mục e viết"), unless a number stands before it or a bracket behind it
_NAMED = re.compile(
    r"\b(?P<label>muc|phan|phu luc|[dđ]iem|tiet)\s+(?:so\s+)?"
    rf"(?P<number>{_PIECE}(?:\s?[./]\s?{_PIECE})*)(?![\w%])(?P<after>\)?)"
)
# an annex that a section only points to, and numbers between which the officer does not know
_POINTED_TO = re.compile(
    r"\b(?:dan|chieu|tro|xem|sang|khop|giong|nhu|khac)(?: (?:toi|sang|den|dung|theo|voi))? (?:phu luc|muc|phan) "
    rf"(?:so )?{_PIECE}(?:[./]{_PIECE})*(?![\w%])(?: hay (?:phu luc |muc )?{_PIECE}(?![\w%]))?"
)
# a section that is named first by its heading is the one asked for, whatever number comes after it
_LABEL = re.compile(r"(?<!danh )\b(?:muc|phan|phu luc)\b(?! (?:tieu|tram|mem|chi\b|do\b|nay|loai|anh|dau))")
_EITHER = "d/đ"
_ROMANS = {roman(n).lower(): n for n in range(1, 40)}


def asked_numbers(raw: str) -> tuple[str, list[str]] | None:
    """The label and the pieces of the number of a section that a message names, the outer ones first."""
    plain = raw.lower() if raw.isascii() else "".join(c if c == "đ" else fold(c) for c in raw.lower())
    plain = _POINTED_TO.sub(" ", plain)
    found = [match for match in _NAMED.finditer(plain) if match["number"] != "e" or match["after"]]
    first = _LABEL.search(plain)
    if not found or (first and _NAMED.match(plain, first.start()) is None):
        return None
    label, pieces = found[0]["label"], _pieces(found[0])
    # "điểm b mục 2 phần II": each label leads out to the next
    for inner, outer in itertools.pairwise(found):
        if label == "phu luc" or plain[inner.end() : outer.start()].strip(" ,") not in ("", "cua", "thuoc", "trong"):
            break
        label, pieces = outer["label"], [*_pieces(outer), *pieces]
    # without accents "d" may be either of two points
    return label, [_EITHER if raw.isascii() and piece == "d" else piece for piece in pieces]


def _pieces(match: re.Match[str]) -> list[str]:
    return re.split(r"\s?[./]\s?", match["number"])


def sections_numbered(raw: str, kinds: Mapping[str, ReportType], kind: ReportType | None) -> list[Section]:
    """The sections that a number in a message may mean, in the report named or else in the only one that has it.

    Numbers are read from the innermost outwards: "II.1" is the first section of any part II.
    """
    asked = asked_numbers(raw)
    if asked is None:
        return []
    label, pieces = asked
    if kind is not None:
        return _in(kind, label, pieces)
    found = {each.id: _in(each, label, pieces) for each in kinds.values()} if len(pieces) > 1 else {}
    having = [sections for sections in found.values() if sections]
    return having[0] if len(having) == 1 else []


def _in(kind: ReportType, label: str, pieces: list[str]) -> list[Section]:
    if label == "phu luc":
        return [s for s in kind.appendices if s.number and _value(_own(s)[-1]) == _value(pieces[-1]) is not None]
    body = [section for section in kind.sections if not section.appendix and section.number]
    found = [s for s in body if not s.number.startswith("Phần") and _ends(kind, s, pieces)]
    if label != "phan":
        return found
    parts = [s for s in body if s.number.startswith("Phần") and _value(_own(s)[-1]) == _value(pieces[-1])]
    if parts and len(pieces) == 1 and (pieces[0].isdigit() or not found):
        return parts
    top = min((section.level for section in found), default=0)
    return [section for section in found if section.level == top]


def _ends(kind: ReportType, section: Section, wanted: list[str]) -> bool:
    """Whether the numbers down to a section end with the wanted ones, all of its own among them."""
    path: list[str] = []
    for each in kind.path(section.id):
        own = _own(each)
        # "3.2" holds the number above it
        path = [*path, *(own[1:] if len(own) > 1 and path[-1:] == own[:1] else own)]
    if not len(_own(section)) <= len(wanted) <= len(path):
        return False
    return all(a == b or (b == _EITHER and a in ("d", "đ")) for a, b in zip(path[-len(wanted) :], wanted, strict=True))


def _own(section: Section) -> list[str]:
    """The pieces of the number of a section: "3.2" -> 3, 2; "Phụ lục IV" -> iv."""
    return section.number.rstrip(").").split(" ")[-1].lower().split(".") if section.number else []


def _value(piece: str) -> int | None:
    return int(piece) if piece.isdigit() else _ROMANS.get(piece)
