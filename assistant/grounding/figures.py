"""The figures of a text, in digits or in words, each with what stands beside it and changes what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.grounding.spelled import find_spelled
from assistant.vietnamese.numbers import Kind, find_quantities, noun_after

Span = tuple[int, int]

# "5-10 tổ" has two figures and "(-5%)" has one; the hyphen of a symbol or a word stands beside a letter
_HYPHEN = re.compile(r"(?<![^\W\d_])-(?=\d)")
_BOUND = re.compile(
    r"(?<!\w)(?:(?P<above>trên|hơn|tối thiểu|ít nhất|[>≥]=?)|(?P<below>dưới|gần|tối đa|không quá|[<≤]=?)"
    r"|(?P<about>khoảng|ước(?:\s+đạt)?|xấp xỉ))\s*$",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"(?<!\w)(?:(?P<up>tăng)|(?P<down>giảm))(?:\s+[^\W\d_]+){0,3}\s*$", re.IGNORECASE)
_BOUND_REACH, _CHANGE_REACH = 16, 40


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text says it.

    Attributes:
        start, end: code point span of the figure and its unit.
        value: with its scale applied; percent as written.
        kind: "number", "percent", "points", "money".
        noun: what it counts, folded; "" where the text does not say.
        bound: "above" for "trên 98%", "below" for "gần 100%", "about" for "khoảng 50".
        change: "up" for "tăng 5%", "down" for "giảm 5%".
        decimals: how many it is shown with: 2 for "98,55%".
    """

    start: int
    end: int
    value: Decimal
    kind: Kind
    noun: str
    bound: str
    change: str
    decimals: int = 0


def find_figures(text: str, taken: Sequence[Span]) -> Iterator[Figure]:
    """The figures of an NFC text that touch none of the spans in `taken`, those in digits before those in words."""
    seen = list(taken)
    for quantity in find_quantities(_HYPHEN.sub("|", text)):
        if free(quantity.start, quantity.end, seen):
            seen.append((quantity.start, quantity.end))
            noun = noun_after(text, quantity.end) if quantity.kind == "number" else ""
            decimals = _decimals(quantity.text)
            yield _figure(text, quantity.start, quantity.end, quantity.value, quantity.kind, noun, decimals)
    for spelled in find_spelled(text):
        if free(spelled.start, spelled.end, seen):
            noun = noun_after(text, spelled.end)
            yield _figure(text, spelled.start, spelled.end, Decimal(spelled.value), "number", noun, 0)


def free(start: int, end: int, taken: Sequence[Span]) -> bool:
    """Whether a span touches none of those in `taken`."""
    return all(end <= a or b <= start for a, b in taken)


def _figure(text: str, start: int, end: int, value: Decimal, kind: Kind, noun: str, decimals: int) -> Figure:
    bound = _BOUND.search(text, max(0, start - _BOUND_REACH), start)
    before = bound.start() if bound else start
    change = _CHANGE.search(text, max(0, before - _CHANGE_REACH), before)
    return Figure(start, end, value, kind, noun, _group(bound), _group(change), decimals)


def _group(match: re.Match[str] | None) -> str:
    """The name of the group that matched."""
    return (match.lastgroup or "") if match else ""


def _decimals(text: str) -> int:
    match = re.search(r"\d[.,](\d+)\s*(?:%|phần|điểm|triệu|tỷ|tỉ|đồng|$)", text)
    return len(match.group(1)) if match else 0
