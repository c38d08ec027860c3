"""A question of several parts ("… bao nhiêu, … khi nào?") as one question for each."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.ask.question import Ask, Question, asks_in

_INTERROGATIVE = frozenset(("gi", "nao", "nhieu", "may", "ai", "dau", "sao", "gio", "lau"))
# these open a new part, if both sides ask something
_JOINTS = frozenset((",", "va", "con", "roi", "the", "hay"))
# "…, cơ quan nào phụ trách chỉ tiêu đó?": of what the part before it named
_POINTS_BACK = r"\b(?:chi tieu|muc tieu|nhiem vu|noi dung|viec|khoan) (?:do|nay|ay)\b"
# "… và bao nhiêu ở giai đoạn 2028-2030?" says only of when
_PERIOD = frozenset(("giai", "doan", "nam", "moc"))
_CLOSING = frozenset(("khong", "chua"))
# from so many words on a message may tell a story
_LONG, _LEAST_SAID = 30, 3


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a question asks.

    Attributes:
        question: with the words of this part alone.
        beside: content words of the parts before it: what it may lean on.
        bare: whether it says nothing of its own ("…, từ ngày nào?"): its content words are those of the part before.
    """

    question: Question
    beside: tuple[str, ...] = ()
    bare: bool = False


def parts(question: Question) -> list[Part]:
    """The parts of a question in order; one that says nothing of its own asks of what the part before it named."""
    question = _without_comparand(question)
    spans = list(_spans(question))
    if len(spans) < 3 and question.compares and (at := _middle(question)):
        return _both(question, at)
    if len(spans) < 2 and "which" not in question.asks and (at := _repeated(question, _with(question))):
        return [Part(replace(piece, asks=question.asks)) for piece in _cut(question, at)]
    if len(spans) < 2:
        start, end = spans[0]
        return [Part(question if end == len(question.words) else _slice(question, start, end))]
    cut = [_slice(question, start, end) for start, end in spans]
    found: list[Part] = []
    for n, piece in enumerate(cut):
        before_it = tuple(word for other in cut[:n] for word in other.said)
        bare = n > 0 and all(word.isdigit() or word in _PERIOD for word in piece.said)
        if bare or (n and piece.has(_POINTS_BACK)):
            before = cut[n - 1]
            piece = replace(piece, kept=(*before.said, *piece.kept), words=(*before.said, *piece.words))
            cut[n] = piece
        found.append(Part(piece, before_it, bare))
    return found


def without_story(question: Question) -> Question:
    """A long message without the clauses that only tell how the question came up: those that ask nothing, where what
    asks says enough of its own."""
    if len(question.words) < _LONG:
        return question
    commas = commas_before(question)
    starts = [0, *(i for i in range(1, len(question.words)) if commas[i]), len(question.words)]
    clauses = list(itertools.pairwise(starts))
    asking = [(start, end) for start, end in clauses if _asks(question, start, end)]
    said = [word for start, end in asking for word in question.kept[start:end] if word not in ("_", *question.light)]
    if len(asking) == len(clauses) or len(said) < _LEAST_SAID:
        return question
    kept = tuple(
        word if any(start <= i < end for start, end in asking) else "_" for i, word in enumerate(question.kept)
    )
    return replace(question, kept=kept)


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n+")
_LEAST_STORY, _LEAST_ASKED = 18, 6


def asking_sentence(message: str) -> str | None:
    """The last sentence of a message that tells a story first; None where it does not."""
    sentences = [sentence for sentence in _SENTENCE_END.split(message.strip()) if sentence.strip()]
    if len(sentences) < 2 or len(message.split()) < _LEAST_STORY:
        return None
    asked = next((sentence for sentence in reversed(sentences) if "?" in sentence), sentences[-1])
    return asked if len(asked.split()) >= _LEAST_ASKED else None


def _without_comparand(question: Question) -> Question:
    """ "A đặt 45%, bằng với mục tiêu của B phải không?" asks of A alone."""
    match = re.search(r"\b(?:bang voi|giong voi|khac voi)\b", question.folded)
    if match is None:
        return question
    at = len(question.folded[: match.start()].split())
    if at < 3 or not any(word != "_" for word in question.kept[:at]):
        return question
    return replace(question, kept=(*question.kept[:at], *("_" for _ in question.kept[at:])))


def _both(question: Question, at: int) -> list[Part]:
    """ "tỷ lệ A với tỷ lệ B, cái nào cao hơn": one part each, asking the same."""
    count: frozenset[Ask] = frozenset(("count",))
    return [Part(replace(piece, asks=question.asks | count)) for piece in _cut(question, at)]


def halves(question: Question) -> Iterator[tuple[Question, Question]]:
    """The two sides of each joint, both asking what the whole asks."""
    commas = commas_before(question)
    for at in sorted({*_with(question), *(i for i in range(1, len(question.words)) if commas[i])}):
        first, second = _cut(question, at)
        yield replace(first, asks=question.asks), replace(second, asks=question.asks)


def _cut(question: Question, at: int) -> list[Question]:
    return [_slice(question, 0, at), _slice(question, at, len(question.words))]


def _middle(question: Question) -> int | None:
    """Where the second of two things to be compared begins: at the joint after which the words of the first come
    again, else at the only one."""
    joints = _with(question)
    if (at := _repeated(question, joints)) is not None:
        return at
    said = [i for i in joints if any(w != "_" for w in question.kept[:i]) and any(w != "_" for w in question.kept[i:])]
    return said[0] if len(said) == 1 else None


def _with(question: Question) -> list[int]:
    """Where one thing may be joined to another."""
    places = range(2, len(question.words) - 1)
    return [i for i in places if question.words[i] in ("voi", "va", "hay") and question.kept[i] == "_"]


def _repeated(question: Question, joints: Sequence[int]) -> int | None:
    """The joint after which the words of the first thing come again ("theo tính chất A với tính chất B")."""
    for i in joints:
        after = [word for word in question.kept[i:] if word != "_"][:2]
        before = [word for word in question.kept[:i] if word != "_"]
        if len(after) == 2 and after[0] in before and after[1] in before:
            return i
    return None


def _spans(question: Question) -> Iterator[tuple[int, int]]:
    """Spans of words of the parts: cut at a joint where both sides ask."""
    commas = commas_before(question)
    start = 0
    for i in range(1, len(question.words)):
        joint = commas[i] or (question.words[i] in _JOINTS and question.kept[i] == "_")
        if not joint or not _asks(question, start, i) or not _asks(question, i, len(question.words)):
            continue
        # a comma before one lone word goes on a list ("tỉnh, thành và xã")
        if commas[i] and question.words[i + 1 : i + 2] == ("va",):
            continue
        # "… cho A, B, và C đạt bao nhiêu": behind a list the comma before "và" opens the new part
        if any(_opens(question, commas, start, j) and not _asks(question, i, j) for j in range(i + 1, len(commas))):
            continue
        yield start, i
        start = i
    # a remark behind the question mark asks nothing
    ends = [i for i in range(start + 1, len(question.words)) if commas[i]] if "?" in question.raw[:-1] else []
    asked = [i for i in ends if _asks(question, start, i) and not _asks(question, i, len(question.words))]
    yield start, (asked[-1] if asked else len(question.words))


def _opens(question: Question, commas: Sequence[bool], start: int, i: int) -> bool:
    """Whether ", và" stands at a position, between two things asked."""
    opens = commas[i] and question.words[i] == "va" and question.kept[i] == "_"
    return opens and _asks(question, start, i) and _asks(question, i, len(question.words))


def commas_before(question: Question) -> list[bool]:
    """For each word whether a comma stands before it."""
    found: list[bool] = []
    comma = False
    for mark in question.marked:
        if mark == ",":
            comma = True
            continue
        found.append(comma)
        comma = False
    return (found + [False] * len(question.words))[: len(question.words)]


def _asks(question: Question, start: int, end: int) -> bool:
    for i in range(start, end):
        word = question.words[i]
        if word in _INTERROGATIVE and question.kept[i] == "_" and question.words[i - 1 : i + 1] != ("bay", "gio"):
            return True
        if word in _CLOSING and i == end - 1 and i > start:
            return True
    return False


def _slice(question: Question, start: int, end: int) -> Question:
    words, kept = question.words[start:end], question.kept[start:end]
    folded = " ".join(words)
    marked: list[str] = []
    n = 0
    for mark in question.marked:
        if mark == ",":
            if start < n < end:
                marked.append(mark)
            continue
        if start <= n < end:
            marked.append(mark)
        n += 1
    asks = asks_in(folded)
    years = tuple(year for year in question.years if str(year) in words) or question.years
    return replace(
        question, words=words, kept=kept, folded=folded, cue=folded, marked=tuple(marked), asks=asks, years=years
    )
