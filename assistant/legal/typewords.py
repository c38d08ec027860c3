"""The type word before a symbol ("Kế hoạch hành động số"), and the abbreviations that stand for one ("NQ", "QĐ số")."""

import functools
import re
from dataclasses import dataclass

from assistant.legal.grammar import grammar
from assistant.legal.prepared import PreparedText, squeeze

_WINDOW = 150  # code points before a symbol in which its type word is looked for


@dataclass(frozen=True, slots=True)
class TypeWord:
    """
    Attributes:
        start: where it starts in the NFC text.
        written: as written, white space put right ("Kế hoạch hành động").
        name: the document type ("Kế hoạch").
        law_name: of "Luật Giao dịch điện tử số", the whole name.
        name_end: where the type word (or the name of the law) ends.
        with_so: "số" stands between it and the symbol.
        between: (start, end) of words between type and "số" that may name the issuer.
    """

    start: int
    written: str
    name: str
    law_name: str | None
    name_end: int
    with_so: bool
    between: tuple[int, int] | None = None


def spaced(words: str) -> str:
    """A pattern for `words` with any white space between them, in lower case."""
    return r"\s+".join(map(re.escape, words.lower().split()))


@functools.cache
def type_names() -> dict[str, str]:
    """Lower-case writing of every type word -> document type."""
    names: dict[str, str] = {}
    for entry in grammar().types:
        for written in (entry.name, *entry.also):
            names.setdefault(written.lower(), entry.name)
    return names


def type_pattern() -> str:
    """Alternatives of all type words in lower case, longest first."""
    return "|".join(spaced(name) for name in sorted(type_names(), key=len, reverse=True))


@functools.cache
def _before() -> re.Pattern[str]:
    # "Kế hoạch số", "Kế hoạch hành động số", "Kế hoạch của UBND tỉnh số"; a law carries its name in between
    return re.compile(
        rf"(?<!\w)(?<!pháp\s)(?P<type>{type_pattern()})"
        r"(?P<middle>(?:\s+của\s+[^,;:.()\d]{2,60}?|\s+[^,;:.()\d/]{2,40}?)??)"
        r"(?P<so>[\s,(]+(?:số|sô|sớ|so)(?:\s+hiệu|\s+và\s+ký\s+hiệu)?\s*[:.]?\s{0,8}(?:\n\s*)?|\s{1,8}\(?)$"
    )


@functools.cache
def _law_before() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?<!pháp\s)(?P<type>bộ\s+luật|luật|pháp\s+lệnh)(?P<name>\s+[^;:()\d/]{2,120}?)"
        r"(?:\s+(?:ngày\s+[\d/ ]{6,12}|năm\s+\d{4}))?"
        r"(?P<so>\s*[,(]\s*(?:luật\s+)?(?:số|so)\s*:?\s*|\s+(?:số|so)\s*:?\s*|\s*\(|\s+)$"
    )


@functools.cache
def _short_before() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, grammar().short_words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<type>{words})(?P<so>\s+số\s*:?\s*|\s{{0,3}})$")


def _last(pattern: re.Pattern[str], window: str) -> re.Match[str] | None:
    """The match that starts last: the nearest type word wins over an earlier one that also reaches the symbol."""
    best = None
    position = 0
    while match := pattern.search(window, position):
        if best is None or match.start() >= best.end("type"):  # "Thông báo kết luận" is one type word
            best = match
        position = match.start() + 1
    return best


def type_before(prepared: PreparedText, position: int, *, law: bool, floor: int = 0) -> TypeWord | None:
    """The type word of the symbol at `position`.

    Args:
        law: the symbol is one of the National Assembly, so a name of a law may stand between.
        floor: no earlier than this (the end of the mention before).
    """
    begin = max(floor, position - _WINDOW)
    low = prepared.low[begin:position]
    if law and (amending := _amending_law(prepared, position, floor)):
        return amending
    if law and (match := _last(_law_before(), low)):
        name = squeeze(prepared.text[begin + match.start() : begin + match.end("name")])
        kind = squeeze(match["type"]).capitalize()
        other = _last(_before(), low)
        named = name[len(kind) :].strip()[:1].isupper()
        if named and (other is None or other.start() <= match.start() or other["middle"].strip()):
            so = "số" in match["so"]
            return TypeWord(begin + match.start(), kind, kind, name, begin + match.end("name"), so)
    match = _last(_before(), low)
    if match:
        written = squeeze(prepared.text[begin + match.start("type") : begin + match.end("type")])
        key = " ".join(match["type"].split())
        middle = match["middle"].strip()
        has_so = match["so"].strip(" \n\t\u00a0,(") != ""
        if middle and not has_so:
            return None
        if middle and not middle.startswith("của") and not _plain_middle(middle):
            return None
        between = (begin + match.start("middle"), begin + match.end("middle")) if middle.startswith("của") else None
        return TypeWord(
            begin + match.start(), written, type_names()[key], None, begin + match.end("type"), has_so, between
        )
    match = _last(_short_before(), prepared.text[begin:position])
    if match:
        name = grammar().short_words[match["type"]]
        return TypeWord(
            begin + match.start(), match["type"], name, None, begin + match.end("type"), "số" in match["so"]
        )
    return None


_AMENDING = re.compile(r"(?<!\w)luật\s+sửa\s+đổi\s*,?\s*bổ\s+sung[^;.\d]{10,600}?[\s,(]+(?:số|so)\s*:?\s*$")


def _amending_law(prepared: PreparedText, position: int, floor: int) -> TypeWord | None:
    """A law that amends several others names them all before its own number."""
    begin = max(floor, position - 700)
    if "sửa" not in prepared.low[begin:position]:
        return None
    match = _AMENDING.search(prepared.low, begin, position)
    if match is None:
        return None
    name_end = match.start() + len(re.sub(r"[\s,(]+(?:số|so)\s*:?\s*$", "", match.group()))
    name = squeeze(prepared.text[match.start() : name_end])
    return TypeWord(match.start(), "Luật", "Luật", name, name_end, True)


def _plain_middle(middle: str) -> bool:
    """Words between a type and "số" that belong to the type ("liên tịch", "hành động"), not to a sentence."""
    return len(middle.split()) <= 4 and not re.search(
        r"\b(?:và|các|theo|tại|được|này|trên|đã|về|của|cho|chuyển đổi)\b", middle
    )
