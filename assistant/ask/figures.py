"""Which of the figures of a statement is the one asked for, and the words to quote with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.ask.asked import Asked, canonical, has_word
from assistant.ask.extract import Finding
from assistant.ask.question import spell_out
from assistant.ask.statements import LONGEST_QUOTE
from assistant.vietnamese.tokens import folded_syllables

_LONGEST = 70
# more than any words beside a figure weigh
_NOT_MEANT = 100.0
_RESPECTIVELY = re.compile(r"lần lượt(?:\s+(?:là|đạt|ở mức))*\s*:?\s*", re.IGNORECASE)
_PART = re.compile(r"\btrong đó\b", re.IGNORECASE)
_VALUE = re.compile(r"\d[\d.,]*\s?%?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figures to put first, and the span to quote (code points in the statement's text).

    Attributes:
        near: share of what is asked that stands beside them, by rarity, 0-1.
    """

    figures: tuple[str, ...]
    start: int
    end: int
    near: float = 1.0


def choose(finding: Finding, rarity: Callable[[str], float]) -> Chosen:
    """The asked figures of a finding with the clause that says them."""
    text = finding.statement.text
    if finding.statement.is_row or not finding.figures:
        return Chosen(finding.figures, *_window(text, []))
    respective = _respective(text, finding.asked)
    if respective is not None:
        figure, at = respective
        return Chosen((figure,), *_window(text, [at]))
    places = _places(text, finding.figures)
    scored = [
        (_local(text, at, places, finding.asked, rarity) - _bound(text, at, finding.asked), figure, at)
        for figure, at in places
    ]
    best = max(score for score, _, _ in scored)
    kept = [(figure, at) for score, figure, at in scored if score >= best - 1e-6]
    if finding.asked.kind in ("count", "money", "value"):
        # of figures that the words beside them do not tell apart, the first is the total
        kept = kept[:1]
    whole = sum(map(rarity, set(finding.asked.words))) or 1.0
    figures = tuple(dict.fromkeys(_with_whole(text, at, figure) for figure, at in kept))
    return Chosen(figures, *_window(text, [at for _, at in kept]), near=best / whole)


_OF_WHOLE = re.compile(r"(?<![\d/.,])\d+(?:\.\d{3})*(?:\s*/\s*|\s+trên\s+)\d+(?:\.\d{3})*(?![\d/,])")


def _with_whole(text: str, at: int, figure: str) -> str:
    """A figure that is one side of "3/5" or "58 trên 120" with the other: neither alone says how many there are."""
    for match in _OF_WHOLE.finditer(text):
        if match.start() <= at < match.end():
            digits = len(figure) - len(figure.lstrip("0123456789."))
            return match.group() + figure[digits:]
    return figure


def plainly_said(finding: Finding, rarity: Callable[[str], float]) -> list[str]:
    """The figures of a finding beside which every asked word stands: nothing else can be meant by them."""
    text = finding.statement.text
    if finding.statement.is_row or len(set(finding.asked.words)) < 3:
        return []
    places = _places(text, finding.figures)
    whole = sum(map(rarity, set(finding.asked.words)))
    return [figure for figure, at in places if _local(text, at, places, finding.asked, rarity) >= whole - 1e-6]


def _places(text: str, figures: Sequence[str]) -> list[tuple[str, int]]:
    """Where each figure stands; a figure that occurs twice is found twice."""
    places: list[tuple[str, int]] = []
    after = 0
    for figure in figures:
        at = text.find(figure.split()[0], after)
        if at < 0:
            at = max(text.find(figure.split()[0]), 0)
        places.append((figure, at))
        after = at + 1
    return places


def _local(
    text: str, at: int, places: Sequence[tuple[str, int]], asked: Asked, rarity: Callable[[str], float]
) -> float:
    """How much of what is asked stands right before a figure (back to the one before) or right after it.

    A part ("đã giải quyết …, trong đó đúng hạn …") is a part of what stands before it, too: that counts, a little less.
    """
    before = [place for _, place in places if place < at]
    start = max(before) if before else 0
    # a figure in brackets or behind a colon is of what stands before them
    outside = text[:at].rstrip("(: ")
    break_at = max((m.end() for m in re.finditer(r"[;:(]|\.\s", outside)), default=0)
    start = max(start, break_at if at - break_at < 160 else 0)
    tail = re.match(r"[\d./]*\d%?(?:\s+(?!\d+(?:[.,]\d+)*\b)[^\s,;.()]+){0,8}", text[at:])
    near = set(canonical(tuple(folded_syllables(spell_out(text[start : at + (tail.end() if tail else 0)])))))
    part = _PART.search(text, 0, at)
    whole = set(canonical(tuple(folded_syllables(spell_out(text[: part.start()]))))) - near if part else set()
    said = {word for word in set(asked.words) if has_word(near | whole, word, asked)}
    return sum(rarity(word) * (0.9 if word in whole else 1) for word in said)


_CHANGED = re.compile(r"(?<!\w)(?:thay|bổ sung|tăng|giảm|thêm|trừ|nghỉ|miễn nhiệm)\s+(?:thêm\s+)?$", re.IGNORECASE)


def _bound(text: str, at: int, asked: Asked) -> float:
    """A malus for "ít nhất 06", a rule and no count, where no bound is asked for."""
    if {"toi", "thieu"} <= set(asked.words) or {"it", "nhat"} <= set(asked.words):
        return 0.0
    if re.search(r"(?:giao|chỉ tiêu|mục tiêu|kế hoạch)\s*:?\s*$", text[:at], re.IGNORECASE):
        return 0.0 if {"giao", "tieu"} & set(asked.words) else _NOT_MEANT
    changed = _CHANGED.search(text[:at])
    if changed and not set(folded_syllables(changed.group())) & set(asked.words):
        # "thay 02 thành viên": how many came or went
        return _NOT_MEANT
    if asked.kind == "count" and re.search(r"(?<!\w)(?:từ|dưới)\s*$", text[:at], re.IGNORECASE):
        # "từ 85 điểm xếp loại Tốt": where a class begins
        return _NOT_MEANT
    return _NOT_MEANT if re.search(r"(?:ít nhất|tối thiểu|tối đa|không quá)\s*$", text[:at], re.IGNORECASE) else 0.0


def _respective(text: str, asked: Asked) -> tuple[str, int] | None:
    """ "A và B … lần lượt là 100% và 72%": the value of the one that is asked for."""
    match = _RESPECTIVELY.search(text)
    if not match:
        return None
    values = []
    at = match.end()
    while value := _VALUE.match(text, at):
        values.append((value.group().strip(" ,."), value.start()))
        joint = re.compile(r"[\s,]*(?:và\s+)?").match(text, value.end())
        at = joint.end() if joint else value.end()
    if len(values) < 2:
        return None
    named = re.split(r",\s*|\s+và\s+", text[: match.start()])[-len(values) :]
    spoken = set(asked.words)
    scores = [len(spoken & set(folded_syllables(spell_out(" ".join(name.split()[:6]))))) for name in named]
    first_words = [len(spoken & set(folded_syllables(" ".join(name.split()[-4:])))) for name in named[:1]]
    if scores:
        scores[0] = max(first_words[0] if first_words else 0, 0)
    best = max(range(len(named)), key=lambda i: scores[i])
    return values[best] if scores.count(scores[best]) == 1 else None


def _window(text: str, places: Sequence[int]) -> tuple[int, int]:
    """The span to quote: the whole statement where it is short or shown with its list, else the clauses round the
    figures."""
    if len(text.split()) <= _LONGEST or ":\n" in text:
        return 0, len(text)
    if not places:
        # words are asked for, not a figure: nearly all of it, to the end of a clause
        cut = re.match(rf"(?:\S+\s+){{{LONGEST_QUOTE}}}", text)
        return (0, len(text)) if cut is None else (0, _clause_end(text, cut.end()))
    start = _clause_start(text, min(places))
    end = _clause_end(text, max(places))
    return start, end


def _clause_start(text: str, at: int) -> int:
    """Back to a bracket, colon, semicolon or comma, eight words before at least."""
    starts = [m.end() for m in re.finditer(r"[;:(,]\s*", text[:at])]
    for start in reversed(starts):
        if len(text[start:at].split()) >= 5:
            return start
    return 0


def _clause_end(text: str, at: int) -> int:
    match = re.compile(r"[;)]|,\s|\.\s|\.$").search(text, min(at + 1, len(text)))
    end = match.start() if match else len(text)
    return end if len(text[at:end].split()) <= 30 else min(len(text), at + 160)
