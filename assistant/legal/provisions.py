"""Provisions cited with a document: điểm, khoản, Điều, Mục, Chương, Phần; lists and ranges of them.

The words stand before the document ("điểm a khoản 2 Điều 5 Nghị định số …") or right after it ("… tại Điều 5").
Order from small to large follows Decree 30/2020/NĐ-CP, Annex II V.7.
"""

import functools
import re

from assistant.legal.models import Provision, Span
from assistant.legal.prepared import PreparedText

_LEVELS = ("điểm", "khoản", "điều", "tiểu mục", "mục", "chương", "phần", "phụ lục")
_VALUE = {
    "điểm": r"(?:[a-zđ]\d?|\d{1,2}(?:\.\d{1,2})*)",
    "khoản": r"\d{1,2}[a-zđ]?",
    "điều": r"\d{1,3}[a-zđ]?",
    "tiểu mục": r"\d{1,2}(?:\.\d{1,2})*",
    "mục": r"(?:[ivx]+(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})*|[a-z])",
    "chương": r"(?:[ivx]+|\d{1,2})",
    "phần": r"(?:[ivx]+|\d{1,2}|thứ\s+\w+)",
    "phụ lục": r"(?:[ivx]+|\d{1,2})",
}
_JOIN = r"(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s*;\s*|\s+đến\s+|\s*[-–]\s*|\s+hoặc\s+)"


def _level(name: str) -> str:
    value = _VALUE[name]
    word = name.replace(" ", r"\s+")
    return rf"(?:các\s+)?{word}\s+{value}(?!\w)(?:{_JOIN}(?:{word}\s+)?{value}(?![\w/.]))*"


_ONE = "|".join(_level(name) for name in _LEVELS)
_CHAIN = rf"(?:{_ONE})(?:(?:\s*,\s*|\s+|\s+và\s+|\s*;\s*|\s+của\s+|\s+thuộc\s+)(?:{_ONE}))*"


@functools.cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<chain>{_CHAIN})\s*,?\s*(?:(?:của|tại|thuộc|trong|ban\s+hành\s+kèm\s+theo|kèm\s+theo)\s+)?$"
    )


@functools.cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?:tại\s+|\()\s*(?P<chain>{_CHAIN})")


_NAMES = "|".join(name.replace(" ", r"\s+") for name in _LEVELS)
_PART = re.compile(
    rf"(?<!\w)(?:các\s+)?(?P<level>{_NAMES})\s+(?P<values>.+?)"
    rf"(?=(?:\s*,\s*|\s+|\s+và\s+|\s*;\s*|\s+của\s+|\s+thuộc\s+)(?:các\s+)?(?:{_NAMES})\s|$)",
    re.DOTALL,
)
_RANGE = re.compile(rf"(?P<level>{_NAMES})\s+(?P<first>\S+)\s+đến\s+(?P=level)\s+")
_WORDS = ("điều", "khoản", "điểm", "mục", "chương", "phần", "phụ lục")
_WINDOW = 220
_SHOWN = {
    "điều": "Điều",
    "mục": "Mục",
    "tiểu mục": "Tiểu mục",
    "chương": "Chương",
    "phần": "Phần",
    "phụ lục": "Phụ lục",
}
_ORDER = {name: rank for rank, name in enumerate(_LEVELS)}


def _values(level: str, written: str) -> list[str]:
    """Members of a list or range: "5, 7 và 9", "1 đến 3"."""
    values: list[str] = []
    pieces = re.split(r"(\s+đến\s+|\s*[-–]\s*)|\s*[,;]\s*(?:và\s+)?|\s+(?:và|hoặc)\s+", written)
    last, ranged = None, False
    for piece in pieces:
        if piece is None:
            continue
        if re.fullmatch(r"\s+đến\s+|\s*[-–]\s*", piece):
            ranged = True
            continue
        value = re.sub(rf"^(?:{level}\s+)", "", piece.strip())
        if not value:
            continue
        if ranged and last and last.isdigit() and value.isdigit() and 0 < int(value) - int(last) < 60:
            values.extend(str(n) for n in range(int(last) + 1, int(value) + 1))
        elif ranged and last and len(last) == len(value) == 1 and last.isalpha() and value.isalpha():
            letters = "abcdđeghiklmnopqrstuvxy"
            first, final = letters.find(last), letters.find(value)
            values.extend(letters[first + 1 : final + 1] if 0 <= first < final else [value])
        else:
            values.append(value)
        last, ranged = value, False
    return values


def _shown(level: str, value: str) -> str:
    roman = level in ("mục", "chương", "phần", "phụ lục") and re.match(r"[ivx]+", value)
    return f"{_SHOWN.get(level, level)} {value.upper() if roman else value}"


def read_chain(chain: str) -> list[str]:
    """The provisions that a chain names, each from small to large.

    >>> read_chain("khoản 2 và khoản 3 điều 15")
    ['khoản 2 Điều 15', 'khoản 3 Điều 15']
    >>> read_chain("các điều 5, 7 và 9")
    ['Điều 5', 'Điều 7', 'Điều 9']
    """
    chain = _RANGE.sub(r"\g<level> \g<first> đến ", chain)  # "điều 5 đến điều 9" is "điều 5 đến 9"
    parts = [
        (" ".join(m["level"].split()), _values(" ".join(m["level"].split()), m["values"]))
        for m in _PART.finditer(chain)
    ]
    done: list[list[tuple[str, str]]] = []  # finished places, each a path from small to large
    open_paths: list[list[tuple[str, str]]] = []
    last_rank = -1
    for level, values in parts:
        rank = _ORDER[level]
        if rank > last_rank:  # a larger unit: it holds every open path
            if open_paths:
                open_paths = [[*path, (level, value)] for path in open_paths for value in values[:1]]
                open_paths += [[(level, value)] for value in values[1:]]
            else:
                open_paths = [[(level, value)] for value in values]
        elif rank == last_rank:
            tail = [p for p in open_paths if p[-1][0] == level]
            if tail and len(tail[-1]) > 1:
                done.extend(open_paths)
                open_paths = [[(level, value)] for value in values]
            else:
                open_paths.extend([(level, value)] for value in values)
        else:
            done.extend(open_paths)
            open_paths = [[(level, value)] for value in values]
        last_rank = rank
    done.extend(open_paths)
    for index in range(len(done) - 2, -1, -1):  # "điểm a khoản 1 và khoản 3 Điều 15": the Điều holds both
        top = _ORDER[done[index][-1][0]]
        if top < _ORDER["điều"]:
            done[index] = [*done[index], *((level, value) for level, value in done[index + 1] if _ORDER[level] > top)]
    return [" ".join(_shown(level, value) for level, value in path) for path in done]


def _make(prepared: PreparedText, start: int, end: int) -> tuple[Provision, ...]:
    span = prepared.original(Span(start, end))
    names = dict.fromkeys(read_chain(prepared.low[start:end]))
    return tuple(Provision(name, *span) for name in names)


def provisions_beside(prepared: PreparedText, start: int, end: int, floor: int) -> tuple[Provision, ...]:
    """Provisions named right before a mention at [start, end), not earlier than `floor`, or else right after it."""
    begin = max(floor, start - _WINDOW)
    window = prepared.low[begin:start]
    if any(word in window for word in _WORDS):
        match = _before().search(window)
        if match:
            return _make(prepared, begin + match.start("chain"), begin + match.end("chain"))
    if not any(word in prepared.low[end : end + 40] for word in _WORDS):
        return ()
    match = _after().match(prepared.low, end, end + _WINDOW)
    return _make(prepared, *match.span("chain")) if match else ()
