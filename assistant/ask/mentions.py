"""The sections that one question names, each with the words that ask of it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.ask.parts import commas_before
from assistant.ask.question import Question, asks_in

_LABEL = re.compile(r"(?<!danh )\b(?:muc|phan|phu luc)\b(?! (?:tieu|tram|chi|do|mem|anh|loai|dau(?! tu))\b)")
# a section named behind these is only set beside another, or is where something is to be found
_ONLY_BESIDE = frozenset(
    ("nhu", "du", "khac", "giong", "hay", "hoac", "sang", "toi", "den", "dan", "khi", "vao", "lai", "xem", "ma")
)
# "mỗi mục", "các phần" are those named before
_ALL = frozenset(("moi", "tung", "cac", "nhung", "hai", "ca"))
# and so behind these, where another has been named
_ONLY_WHERE = frozenset(("o", "trong", "cua", "tu", "tai", "theo", "voi"))
_JOINED = frozenset(("va", "con", "voi", "cung", "lan", "cho"))
# "phụ lục nào", "mục này" name none
_NO_NAME = frozenset(("can", "phai", "nao", "gi", "may", "nay", "do", "tren", "duoi", "rieng", "khac", "ay", "kia"))
# what a question ends with
_ASKING = frozenset(("gi", "nao", "sao", "khong", "chua", "ai", "dau", "nhieu"))
_UNNAMED = re.compile(r"so (?:may|nao|bao)\b")
# so near to each other, two labels name one section
_NESTED = 5


def mentions(question: Question) -> list[Question]:
    """The question cut before each "mục", "phần", "phụ lục" that names a section, what stands before the first kept
    before each; fewer than two where it does not name several."""
    starts = list(_starts(question))
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(question.words)]
    before = range(starts[0])
    return [_of(question, (*before, *range(start, end))) for start, end in zip(starts, ends, strict=True)]


def clauses(question: Question) -> list[Question]:
    """The question cut at its sentences and at "và", where no label tells its sections apart."""
    if any(True for _ in _starts(question)):
        return []
    words = question.words
    ends = [mark and words[i - 1] in _ASKING for i, mark in enumerate(commas_before(question))]
    cuts = [i for i in range(1, len(words)) if ends[i] or (words[i] == "va" and question.kept[i] == "_")]
    spans = itertools.pairwise([0, *cuts, len(words)])
    return [_of(question, range(start, end)) for start, end in spans if end - start > 1]


def _starts(question: Question) -> Iterator[int]:
    """Where the label of a section stands that is asked of; of labels that lead into each other ("phần II mục 3") the
    first."""
    last: int | None = None
    marks = commas_before(question)
    for match in _LABEL.finditer(question.cue):
        at = len(question.cue[: match.start()].split())
        behind = question.words[at + len(match.group().split()) :]
        before = "" if not at or question.words[at - 2 : at] == ("nhan", "dan") else question.words[at - 1]
        if not behind or behind[0] in _NO_NAME or _UNNAMED.match(" ".join(behind[:2])) or before in _ONLY_BESIDE | _ALL:
            continue
        joined = before in _JOINED or (at > 1 and question.words[at - 2] in _JOINED)
        if last is not None and not joined:
            inside = at - last <= _NESTED and not any(marks[last + 1 : at + 1])
            if before in _ONLY_WHERE or inside:
                continue
        last = at
        yield at


def _of(question: Question, positions: Sequence[int]) -> Question:
    """The question of some of its words alone."""
    words = tuple(question.words[i] for i in positions)
    folded = " ".join(words)
    cue = question.cue.split()
    return replace(
        question,
        raw=folded,
        words=words,
        kept=tuple(question.kept[i] for i in positions),
        folded=folded,
        cue=" ".join(cue[i] for i in positions) if len(cue) == len(question.words) else folded,
        marked=words,
        asks=asks_in(folded),
    )
