"""Symbols (số ký hiệu): finding them in running text and taking them apart.

State: số[/năm]/loại-cơ quan (71/NQ-CP, 30/2020/NĐ-CP); Party: số-loại/cơ quan (57-NQ/TW); National Assembly:
số/năm/QH15; công văn: số/cơ quan-đơn vị (2960/SKHCN-CĐS). Source: Decree 30/2020/NĐ-CP, Annex I II.3; for the Party
Hướng dẫn 36-HD/VPTW.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.legal.grammar import grammar
from assistant.legal.models import Symbol, System

# a line or page break inside a symbol: white space, perhaps with a page number on a line of its own
_GAP = r"(?:[^\S\n]{0,6}(?:\n\s{0,8}(?:\d{1,3}[^\S\n]{0,4}\n\s{0,8})?)?[^\S\n]{0,6})"
_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
_SEP = rf"{_GAP}[{_DASH}/]{_GAP}"
_TOKEN = (
    r"(?:(?:QĐ|CT|CĐ)TTg|CTTg|TTg|TTG|TT9|CTrPH|CTrHĐ|CTr|TTr|KLTTr|QyĐ|QĐi|SNgV|BCĐ TW|[A-ZĐÐ][A-ZĐÐƯ&]{0,14}\d{0,2}"
    r"|(?:nq|qđ|kh|nđ|ct|kl|tb|bc|ttr|ctr|qc|hd|cv|tw|cp|ttg|ubnd|hđnd|tu|đu|qh\d\d|bcđtw)(?!\w))"
)
# not inside a longer number, a word or an address; right after an abbreviated type word ("NQ57-NQ/TW") it may start
_NUMBER_START = r"(?:(?<![0-9A-Za-zĐđ/])|(?<=NQ)|(?<=QĐ)|(?<=NĐ)|(?<=KH)|(?<=CT))(?<![0-9][.,])(?<!\w[-_=%])"
_NUMBER = _NUMBER_START + r"(?:\d{1,5}(?:\.\d{1,3})?|[Oo]\d{1,3}|\d{1,3}[Oo]\d?)[a-zđ]?"
_SYMBOL = re.compile(
    rf"(?P<number>{_NUMBER})"
    rf"(?P<sep1>{_SEP}|[ \u00a0]?(?=[A-ZĐÐ]{{2}}))(?:(?P<year>(?:19|20)\d\d)(?P<sep2>{_SEP}))?"
    rf"(?P<first>{_TOKEN})"
    rf"(?:(?P<sep3>{_SEP})(?P<second>{_TOKEN})(?P<more>(?:[{_DASH}/]\n?{_TOKEN}){{0,3}}))?"
)
_LAW = re.compile(r"(?P<organ>UBTVQH|QH|qh)\s?(?P<term>\d{1,2})$")
# until this term of the National Assembly its symbols named the type: "34/2007/PL-UBTVQH11"
_LAST_TYPED_TERM = 11
_LAW_TERM = re.compile(r"[^\S\n]?(?P<dash>[-–]?)[^\S\n]?(?P<term>\d\d)(?!\d)")
_ONE_DASH = str.maketrans(_DASH, "-" * len(_DASH))
_LETTERS = str.maketrans("Ð" + _DASH, "Đ" + "-" * len(_DASH))
_PARTY_ORGAN = re.compile(
    r"(?:TW|TU|ĐU|HU|QU|CB|ĐB|TGV|CQTTBCĐ|UBKT|BTV)$|(?:BCĐ|VP|BTC|BTG|BTGDV|BNC|UBKT|BDV|BCSĐ|BCS|ĐĐ|HĐLL|ĐUK)(?:TW|TU|ĐU)"
)
# codes that are written for the Central Committee's bodies by mistake
_CENTRAL_NICKNAMES = frozenset({"BCT", "BBT", "BCHTW", "BCH"})
_LATIN_CODES = {
    "QD": "QĐ",
    "ND": "NĐ",
    "CD": "CĐ",
    "DA": "DA",
    "UBND": "UBND",
    "HDND": "HĐND",
    "DU": "ĐU",
    "BCD": "BCĐ",
    "BCDTW": "BCĐTW",
    "TƯ": "TW",
    "BCĐTƯ": "BCĐTW",
    "VPTƯ": "VPTW",
}


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """A symbol in a text; `start` and `end` count code points of that text.

    Attributes:
        known_body: the issuing body (or the type code) is one of the grammar; a symbol without this needs a type word.
        spaced: white space or a line break stands inside.
        letters: a letter had to be put right (Ð, O for 0, QD for QĐ, small letters).
    """

    symbol: Symbol
    start: int
    end: int
    known_body: bool
    spaced: bool
    letters: bool


@functools.cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Codes of types and of bodies, upper case -> as written."""
    organs = {code.upper(): code for body in grammar().bodies for code in body.codes}
    return grammar().codes, organs


def _token(raw: str) -> str:
    """A code as it should be written."""
    token = raw.translate(_LETTERS).replace(" ", "")
    codes, organs = _known()
    upper = token.upper().replace("TT9", "TTG")
    upper = _LATIN_CODES.get(upper, upper)
    return codes.get(upper) or organs.get(upper) or upper


def _number(raw: str) -> str:
    head = re.sub("[Oo]", "0", raw)
    thousands = re.fullmatch(r"(\d)\.(\d{3})", head)
    return thousands.group(1) + thousands.group(2) if thousands else head


def _mark(sep: str | None) -> str:
    return "" if not sep or not sep.strip() else "/" if "/" in sep else "-"


def is_party_organ(organ: str) -> bool:
    """Whether a body's code is one of the Party's (TW, TU, ĐU, BCĐTW, VPTU …)."""
    return _PARTY_ORGAN.match(organ) is not None


@functools.cache
def _state_organs() -> frozenset[str]:
    return frozenset(code for body in grammar().bodies if body.system == "state" for code in body.codes)


def _is_state_organ(organ: str) -> bool:
    return organ in _state_organs() or _LAW.fullmatch(organ) is not None


def build(number: str, year: int | None, code: str | None, organs: tuple[str, ...], system: System) -> str:
    """The symbol as the form asks for."""
    if system == "party":
        return f"{number}-{code}/{'-'.join(organs)}"
    middle = f"/{year}" if year else ""
    if system == "law":
        return f"{number}{middle}/{organs[0]}"
    return f"{number}{middle}/{'-'.join((code, *organs) if code else organs)}"


_Read = tuple[Symbol, int, bool]  # the symbol, where it ends, and whether its parts are known


def _classify(match: re.Match[str], text: str) -> _Read | None:
    """The symbol that a match is; None where it is none."""
    number, year = _number(match["number"]), int(match["year"]) if match["year"] else None
    if not _mark(match["sep1"]) and re.fullmatch(r"(?:19|20)\d\d", number):
        return None
    first = _token(match["first"])
    law = _law_symbol(match, text, number, year, first)
    if law:
        return law
    if not match["second"]:
        return _run_together(match, number, year, first)
    codes, _ = _known()
    if first.upper() in codes:
        return _coded(match, number, year, first)
    return _dispatch(match, number, year, first)


def _head(match: re.Match[str], number: str, year: int | None) -> str:
    """Number and year with the separators as written."""
    return f"{number}{_mark(match['sep1'])}" + (f"{year}{_mark(match['sep2'])}" if year else "")


def _law_symbol(match: re.Match[str], text: str, number: str, year: int | None, first: str) -> _Read | None:
    """193/2025/QH15; also with a space or a dash before the term."""
    end, dash = match.end("first"), ""
    law = _LAW.fullmatch(first)
    if law is None and first in ("QH", "UBTVQH") and not match["second"]:
        term = _LAW_TERM.match(text, end)
        if term:
            dash, end = "-" if term["dash"] else "", term.end()
            law = _LAW.fullmatch(first + term["term"])
    if law is None:
        return None
    kind, organ = law["organ"].upper(), law["organ"].upper() + law["term"]
    written = f"{_head(match, number, year)}{kind}{dash}{law['term']}"
    expected = build(number, year, None, (organ,), "law")
    return Symbol(number, year, None, (organ,), "law", written, expected), max(end, match.end("first")), True


def _bodies(match: re.Match[str]) -> tuple[str, ...]:
    """The codes after the first token."""
    more = re.split(rf"[{_DASH}/]\n?", match["more"])[1:] if match["more"] else []
    return tuple(_token(part) for part in (match["second"], *more))


def _written(match: re.Match[str], number: str, year: int | None, first: str, bodies: tuple[str, ...]) -> str:
    return f"{_head(match, number, year)}{first}{_mark(match['sep3'])}{'-'.join(bodies)}"


def _coded(match: re.Match[str], number: str, year: int | None, code: str) -> _Read:
    """A symbol with a type code, of the state or of the Party."""
    bodies = _bodies(match)
    written, second = _written(match, number, year, code, bodies), bodies[0]
    party_form = _mark(match["sep1"]) == "-" and _mark(match["sep3"]) == "/"
    if party_form and second in _CENTRAL_NICKNAMES:
        bodies = ("TW",)  # "57-NQ/BCT": the Politburo's documents carry TW
    system: System = "party" if is_party_organ(bodies[0]) else "state"
    if party_form and not _is_state_organ(second):
        system = "party"  # an organ that the grammar does not know, in the Party's way of writing
    if system == "party" and code == "QyĐ":
        system = "state"
    expected = build(number, year, code, bodies, system)
    law = _LAW.fullmatch(second)
    if year and len(bodies) == 1 and law and int(law["term"]) > _LAST_TYPED_TERM:
        expected = build(number, year, None, (second,), "law")  # "193/2025/NQ-QH15": such symbols name no type
    known = second in _known()[1].values() or system == "party" or len(second) > 1
    return Symbol(number, year, code, bodies, system, written, expected), match.end(), known


def _dispatch(match: re.Match[str], number: str, year: int | None, first: str) -> _Read | None:
    """A công văn: the body and the drafting unit, no type."""
    if year is not None or len(first) < 2 or _mark(match["sep1"]) != "/" or _mark(match["sep3"]) != "-":
        return None
    bodies = (first, *_bodies(match))
    written = _written(match, number, None, first, bodies[1:])
    expected = build(number, None, None, bodies, "dispatch")
    known = first in _known()[1].values() or is_party_organ(first)
    return Symbol(number, None, None, bodies, "dispatch", written, expected), match.end(), known


def _run_together(match: re.Match[str], number: str, year: int | None, token: str) -> _Read | None:
    """A code and a body written as one word ("27/CTTTg", "57-NQTW"): only where both are of the grammar."""
    codes, organs = _known()
    mark = _mark(match["sep1"])
    token = "CTTTG" if token == "CTTG" else token
    if not mark:
        return None
    for length in (5, 4, 3, 2):
        code, organ = codes.get(token[:length].upper()), organs.get(token[length:].upper())
        if code and organ and len(token) > length:
            system: System = "party" if is_party_organ(organ) else "state"
            head = f"{number}{mark}{year}{_mark(match['sep2'])}" if year else f"{number}{mark}"
            expected = build(number, year, code, (organ,), system)
            written = head + match["first"].translate(_LETTERS)
            return Symbol(number, year, code, (organ,), system, written, expected), match.end(), True
    return None


def _clean(match: re.Match[str], symbol: Symbol) -> tuple[bool, bool]:
    raw = match.group()
    spaced = bool(re.search(r"\s", raw))
    plain = re.sub(r"\s", "", raw).translate(_ONE_DASH)
    misread = plain.upper() != symbol.text.upper()
    small = plain != plain.upper() and any(part not in plain for part in (symbol.code or "", *symbol.organs))
    return spaced, misread or small


def find_symbols(text: str) -> Iterator[FoundSymbol]:
    """Every symbol in `text` (NFC), in order. Linear in the length of the text.

    >>> [found.symbol.text for found in find_symbols("Kế hoạch 57- NQ/TW và 23/QĐ-\\n\\nUBND")]
    ['57-NQ/TW', '23/QĐ-UBND']
    """
    position = 0
    while match := _SYMBOL.search(text, position):
        found = _classify(match, text)
        if found is None or text[found[1] : found[1] + 1].isupper():
            position = match.end("number")
            continue
        symbol, end, known = found
        spaced, letters = _clean(match, symbol)
        yield FoundSymbol(symbol, match.start(), end, known, spaced, letters)
        position = end


@functools.lru_cache(maxsize=8192)
def parse_symbol(written: str) -> Symbol | None:
    """The symbol that `written` is, or None.

    >>> parse_symbol("57- NQ/TW").expected
    '57-NQ/TW'
    >>> parse_symbol("71-NQ/CP").expected
    '71/NQ-CP'
    """
    text = written.strip()
    for found in find_symbols(text):
        if found.start == 0 and found.end == len(text):
            return found.symbol
    return None


def symbol_key(symbol: str) -> str:
    """The key under which a symbol is looked up: no spaces, one dash, capitals, no leading zeros."""
    plain = re.sub(r"\s", "", symbol).translate(_LETTERS).upper()
    return plain.lstrip("0") or plain
