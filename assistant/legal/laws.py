"""Laws, codes and ordinances cited by name ("Luật Giao dịch điện tử năm 2023"), where no number tells them apart."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.legal.grammar import grammar
from assistant.legal.prepared import PreparedText, squeeze

_KIND = re.compile(r"(?<!\w)(?<!pháp\s)(?:bộ\s+luật|luật|pháp\s+lệnh|hiến\s+pháp)(?!\w)")
_AMENDING = re.compile(r"\s+sửa\s+đổi\s*,?\s*bổ\s+sung(?:\s+một\s+số\s+điều)?(?:\s+của)?\s+(?:các\s+)?")
_YEAR = re.compile(
    r"\s+(?:(?:năm|số)\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])|\s+\(\s*(?:năm\s+)?(?P<year2>(?:19|20)\d\d)\s*\)"
)
_FREE_STOP = re.compile(
    r"(?:\s+|\s*,\s+)(?:năm|số|ngày|được|quy|để|là|có|đã|theo|thì|và\s+(?:các|nghị|luật|thông)|của|về|tại|trong|cho|này|trên|khi|nêu|hiện|do|mới|với|như)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """
    Attributes:
        kind: "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp".
        name: whole name as written, white space put right ("Luật Giao dịch điện tử").
        start, end: span, with the year beside it.
        name_end: where the name ends, without the year.
        year: "năm 2023".
        known: the name is one of the grammar or the registry; otherwise its end is a guess.
    """

    kind: str
    name: str
    start: int
    end: int
    name_end: int
    year: int | None
    known: bool


def _key(text: str) -> str:
    return " ".join(re.sub(r"[,\-–]", " ", text.lower()).split())


@functools.lru_cache(maxsize=8)
def _trie(extra: frozenset[str]) -> dict[str, frozenset[tuple[str, ...]]]:
    """First word after the kind -> word lists of the names."""
    names: dict[str, set[tuple[str, ...]]] = {}
    for name in (*grammar().law_names, *extra):
        words = _key(name).split()
        names.setdefault(words[0], set()).add(tuple(words))
    return {first: frozenset(lists) for first, lists in names.items()}


_NEXT = re.compile(r"\s*[,\-–]?\s*(\w+)")


def _known_end(low: str, start: int, names: dict[str, frozenset[tuple[str, ...]]]) -> int | None:
    """The end of the longest known name at `start`."""
    first = _NEXT.match(low, start)
    lists = names.get(first.group(1)) if first else None
    if not first or not lists:
        return None
    longest = max(map(len, lists))
    words, ends = [first.group(1)], [first.end()]
    while len(words) < longest and (match := _NEXT.match(low, ends[-1])):
        words.append(match.group(1))
        ends.append(match.end())
    for length in range(len(words), 0, -1):
        if tuple(words[:length]) in lists and (length > 1 or words[0] not in ("luật", "pháp", "bộ")):
            return ends[length - 1]
    return None


def _free_end(prepared: PreparedText, position: int) -> int | None:
    """The end of a name that is not known: a capital letter, then words up to a stop."""
    first = re.compile(r"\s+([^\W\d_]+)").match(prepared.text, position)
    if first is None or not first.group(1)[0].isupper():
        return None
    if first.group(1).isupper():  # "Luật CNTT"
        return first.end() if 2 <= len(first.group(1)) <= 8 and first.group(1) not in ("VÀ", "CỦA") else None
    end = first.end()
    for _ in range(9):
        if _FREE_STOP.match(prepared.low, end):
            break
        match = re.compile(r"\s+([^\W\d_]+)").match(prepared.text, end)
        if match is None or ("\n" in match.group() and match.group(1)[0].isupper()):
            break
        end = match.end()
    closing = prepared.text[end : end + 1]
    finished = closing in ("", ";", ".", ",", ")", "\n", ":") or _YEAR.match(prepared.low, end) is not None
    words = len(prepared.text[position:end].split())
    return end if 2 <= words <= 8 and (finished or _FREE_STOP.match(prepared.low, end)) else None


def find_laws(prepared: PreparedText, extra: frozenset[str] = frozenset()) -> Iterator[NamedLaw]:
    """Laws named in the text, in order.

    Args:
        extra: further names that are known (titles of laws of the registry).
    """
    names = _trie(extra)
    for match in _KIND.finditer(prepared.low):
        start = match.start()
        shouting = prepared.text[start : match.end()].isupper()
        if not prepared.text[start].isupper():
            continue
        amending = _AMENDING.match(prepared.low, match.end())
        if amending:
            inner = _KIND.match(prepared.low, amending.end())
            end = _known_end(prepared.low, amending.end(), names) if inner else None
            known = end is not None
        else:
            end = _known_end(prepared.low, start, names)
            known = end is not None
            if end is None and not shouting:
                end = _free_end(prepared, match.end())
        if end is None:
            continue
        year = _YEAR.match(prepared.low, end)
        kind = squeeze(match.group()).capitalize()
        yield NamedLaw(
            kind,
            squeeze(prepared.text[start:end]),
            start,
            year.end() if year else end,
            end,
            int(year["year"] or year["year2"]) if year else None,
            known,
        )
