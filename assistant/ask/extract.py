"""Finding in passages the statements that answer a question, and the figures in them that do."""

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ask.asked import Asked, canonical, counted_nouns
from assistant.ask.counts import STAFF, counts, in_date, noun_at, shares
from assistant.ask.matching import CALLED
from assistant.ask.question import UPPER, spell_out
from assistant.ask.statements import StatementSpan, statements, whole_list
from assistant.library.models import Passage
from assistant.vietnamese.dates import find_dates, find_periods
from assistant.vietnamese.numbers import find_quantities
from assistant.vietnamese.tokens import folded_syllables

_LEAST_WORDS = 6
NONE = ("không có",)
VALUES = ("count", "percent", "money", "value")
# a word of what is asked that stands in the headings, in another statement of the passage, or with other accents
_CONTEXT_WEIGHT = 0.75
_BESIDE_WEIGHT = 0.4
_OTHER_ACCENT = 0.5
_NEAR_WEIGHT = 0.25
_FEW = 2
_RARE = 4
_FOCUS = 1.5
_NAMING = 0.25
# that there is none, or a share where a count is asked for
_LESS_PLAIN = 0.15
_LEAST_NEAR = 0.3
_LIGHT = 0.25
_WINDOW = 60
_LEAST_SPOKEN, _SPOKEN = 4, 0.85
_UNKNOWN = 2.2


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement that answers one thing asked.

    Attributes:
        statement: where.
        asked: what it answers.
        coverage: share of the asked words that it (or its heading) has, by rarity, 0-1.
        together: share of the asked pairs that stand together in it or its heading; 1 where none are asked.
        figures: the figures in it that answer, as written with what they count; empty for text.
    """

    statement: StatementSpan
    asked: Asked
    coverage: float
    score: float
    figures: tuple[str, ...] = ()
    together: float = 1.0


class Extractor:
    """Ranks the statements of some passages against what is asked."""

    def __init__(
        self,
        passages: Iterable[Passage],
        further: Iterable[StatementSpan] = (),
        prior: Mapping[str, float] | None = None,
    ) -> None:
        """
        Args:
            passages: whose statements are ranked.
            further: statements that stand in no passage of the library.
            prior: passage id -> what a statement of it has in advance, for how well the passage was found.
        """
        self._prior = prior or {}
        self.spans: list[StatementSpan] = [span for passage in passages for span in statements(passage)]
        self.spans += further
        self._words = [canonical(span.words) for span in self.spans]
        self._own = [frozenset(words) for words in self._words]
        self._contexts = [frozenset(canonical(span.context)) for span in self.spans]
        self._pairs = [_pairs(words) for words in self._words]
        self._context_pairs = [frozenset(itertools.pairwise(canonical(span.context))) for span in self.spans]
        self._beside: dict[str, frozenset[str]] = {}
        for span, own in zip(self.spans, self._own, strict=True):
            self._beside[span.passage.id] = self._beside.get(span.passage.id, frozenset()) | own
        self._places: dict[str, list[int]] = {}
        for i, (own, context) in enumerate(zip(self._own, self._contexts, strict=True)):
            for word in own | context:
                self._places.setdefault(word, []).append(i)
        self._total = max(len(self.spans), 1)
        # among a few statements a word that none has is no rarer than one that one of them has
        self._rarest = math.log(1 + self._total / 1.5)

    def rarity(self, word: str) -> float:
        """How telling a word is among these statements."""
        return math.log(1 + self._total / (0.5 + len(self._places.get(word, ()))))

    def rare(self, word: str) -> bool:
        """Whether a few statements at most have a word."""
        return 0 < len(self._places.get(word, ())) <= _RARE

    def own(self, i: int) -> tuple[str, ...]:
        """The words of a statement, other words for the same read as one."""
        return self._words[i]

    def context(self, i: int) -> frozenset[str]:
        """The words round a statement that it goes on with: its headings, the line it hangs on."""
        return self._contexts[i]

    def pairs(self, i: int) -> frozenset[tuple[str, str]]:
        """The words that stand together in a statement."""
        return self._pairs[i]

    def places(self, word: str) -> Sequence[int]:
        """The positions of the statements that have a word."""
        return self._places.get(word, ())

    def weight(self, word: str, light: frozenset[str] = frozenset()) -> float:
        """How much of what is asked a word is. One that no statement has may be a slip or another word for the same:
        it counts, but not as the rarest of all."""
        if word in light or word.isdigit():
            return _LIGHT * min(self.rarity(word), _UNKNOWN)
        return self.rarity(word) if word in self._places else min(_UNKNOWN, self._rarest)

    def speaks(self, passage_id: str, words: Sequence[str]) -> bool:
        """Whether a passage has nearly all of some words, four at least, and half of those that stand together."""
        at = [i for i, span in enumerate(self.spans) if span.passage.id == passage_id]
        have = frozenset[str]().union(*(self._own[i] | self._contexts[i] for i in at))
        pairs, beside = frozenset(itertools.pairwise(words)), frozenset[tuple[str, str]]()
        beside = beside.union(*(self._pairs[i] | self._context_pairs[i] for i in at))
        weights = {word: self.weight(word) for word in words}
        covered = sum(weight for word, weight in weights.items() if word in have)
        if len(weights) < _LEAST_SPOKEN or covered < _SPOKEN * sum(weights.values()):
            return False
        return 2 * len(pairs & beside) >= len(pairs)

    def find(self, asked: Asked, n: int = 5, prefer: frozenset[int] = frozenset()) -> list[Finding]:
        """The `n` best statements that answer `asked`; `prefer`: positions of statements already chosen."""
        weights = {word: self.weight(word, asked.light) for word in asked.words}
        weights |= {word: _FOCUS * weights[word] for word in asked.focus if word in weights}
        whole = sum(weights.values())
        if not whole:
            return []
        near = {word: self.weight(word, asked.light) for word in asked.near if word not in weights}
        found: list[Finding] = []
        sought = {*weights, *(other[0] for word in weights for other in asked.called.get(word, ()))}
        for i in sorted({i for word in sought for i in self._places.get(word, ())}):
            span = self.spans[i]
            covered = self._covered(weights, i, asked)
            if covered < 0.2 * whole:
                continue
            figures = answering_figures(span, asked, self._words[i])
            if figures is None:
                continue
            if " ".join(asked.noun) in STAFF and figures != NONE and not span.is_row:
                # a figure that counts staff covers the noun, however they are called there
                covered += sum(weights.get(word, 0.0) for word in set(asked.noun) - self._own[i] - self._contexts[i])
            coverage = min(covered / whole, 1.0)
            adjacency, together = self._pairs_said(asked, i)
            score = coverage + adjacency + self._prior.get(span.passage.id, 0.0)
            if i in prefer and asked.kind != "text" and not _given(span, figures):
                score += 0.25
            if near:
                share = self._covered(near, i, asked) / sum(near.values())
                if len(asked.words) <= _FEW and share < _LEAST_NEAR:
                    # "… và giải ngân tới đâu?" says nothing without what the part before it named
                    continue
                score += _NEAR_WEIGHT * share
            if asked.naming and re.search(asked.naming, span.text):
                score += _NAMING
            if asked.negated:
                score += _NAMING if DENIED.search(span.text) else -_NAMING
            score -= _LESS_PLAIN if figures == NONE else 0.0
            if asked.kind == "count" and figures:
                score -= 2 * _LESS_PLAIN if all("%" in figure for figure in figures) else 0.0
                score += _LESS_PLAIN if _HAS.search(span.text) else 0.0
                score -= 2 * _LESS_PLAIN if _CHANGES.search(span.text) else 0.0
            # of two equal statements the shorter says it more plainly
            score -= 0.0006 * len(self._words[i])
            shown = whole_list(span) if asked.kind == "text" else span
            found.append(Finding(shown, asked, coverage, score, figures, together))
        return sorted(found, key=lambda finding: -finding.score)[:n]

    def judge(self, asked: Asked, statement: StatementSpan) -> Finding | None:
        """How far one statement answers; None where it does not."""
        i = self._index(statement)
        figures = answering_figures(statement, asked, self._words[i])
        weights = {word: self.weight(word, asked.light) for word in asked.words}
        whole = sum(weights.values())
        if figures is None or not whole:
            return None
        coverage = self._covered(weights, i, asked) / whole
        return Finding(statement, asked, coverage, coverage, figures, self._pairs_said(asked, i)[1])

    def position(self, finding: Finding) -> int:
        return self._index(finding.statement)

    def _index(self, statement: StatementSpan) -> int:
        """Its position; a statement shown with its whole list begins where the statement does."""
        places = (i for i, s in enumerate(self.spans) if s.start == statement.start and s.passage is statement.passage)
        return next(places)

    def _covered(self, weights: Mapping[str, float], i: int, asked: Asked) -> float:
        own = self._densest(weights, i) if len(self._words[i]) > _WINDOW else self._own[i]
        context, marks = self._contexts[i], self.spans[i].marks
        beside = self._beside[self.spans[i].passage.id]
        covered = 0.0
        for word, weight in weights.items():
            if word in own:
                share = 1.0
            elif word in context:
                share = _CONTEXT_WEIGHT
            else:
                share = _BESIDE_WEIGHT if word in beside else 0.0
                share = max([share, *(self._called(other, i) for other in asked.called.get(word, ()))])
            mark = asked.typed.get(word)
            if word in own | context and mark and mark not in marks:
                share *= _OTHER_ACCENT
            covered += weight * share
        return covered

    def _called(self, other: tuple[str, ...], i: int) -> float:
        """How far a statement says a thing in these other words."""
        if len(other) == 1:
            place = (other[0] in self._own[i], other[0] in self._contexts[i])
        else:
            pairs = frozenset(itertools.pairwise(other))
            place = (pairs <= self._pairs[i], pairs <= self._context_pairs[i])
        return CALLED * (1.0 if place[0] else _CONTEXT_WEIGHT if place[1] else 0.0)

    def _densest(self, weights: Mapping[str, float], i: int) -> frozenset[str]:
        """The words of the part of a long statement that has most of what is asked: all of a page has anything."""
        every = self._words[i]
        windows = [frozenset(every[at : at + _WINDOW]) for at in range(0, len(every), _WINDOW // 2)]
        return max(windows, key=lambda have: sum(weight for word, weight in weights.items() if word in have))

    def _pairs_said(self, asked: Asked, i: int) -> tuple[float, float]:
        """For asked words that stand together as asked in a statement or, less, in its context: up to 0.3 to its
        score, and their share; 1 where none are asked."""
        if not asked.pairs:
            return 0.0, 1.0
        met = {word for word, others in asked.called.items() if any(self._called(other, i) for other in others)}
        own = set(asked.pairs & self._pairs[i])
        own |= {pair for pair in asked.pairs - own if met & set(pair) and set(pair) <= met | self._own[i]}
        above = asked.pairs & self._context_pairs[i] - own
        whole = len(asked.pairs)
        return 0.3 * (len(own) + _CONTEXT_WEIGHT * len(above)) / whole, (len(own) + len(above)) / whole


def _given(span: StatementSpan, figures: tuple[str, ...]) -> bool:
    """Whether a statement already chosen has given all it has: its one figure."""
    return bool(figures) and not span.is_row and len(find_quantities(span.text)) == 1


def _pairs(words: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Words that stand together, also over a figure between them ("xây 03 trạm")."""
    plain = [word for word in words if not word.isdigit()]
    return frozenset((*itertools.pairwise(words), *itertools.pairwise(plain)))


def says_something(finding: Finding) -> bool:
    """Whether a statement is more than a heading or a lead to a list."""
    text = finding.statement.text.strip()
    if finding.statement.is_row or finding.figures:
        return len(re.findall(r"[^\W\d_]{2,}", text)) > 1 and not _is_header(finding.statement)
    if _CLOSING.match(text):
        return False
    if len(finding.statement.words) < 6 or (text.endswith(":") and finding.asked.kind == "text"):
        return False
    # an article or a point of one sentence is its own heading
    sentence = text.endswith(".") and not text.isupper()
    titles = (heading.title for heading in finding.statement.passage.path)
    return sentence or not any(title and text.endswith(title) for title in titles)


# how a document ends
_CLOSING = re.compile(r"Trên đây là\b")


def _is_header(span: StatementSpan) -> bool:
    return bool(span.header) and span.text.strip() == span.header.strip()


_ROLE = re.compile(
    r"(?<!\w)(?:chủ tịch|bí thư|trưởng ban|giám đốc|trưởng phòng|tổ trưởng|ông|bà|đồng chí|chủ trì|ủy ban|sở|bộ"
    r"|ban chỉ đạo|hội đồng|chính phủ|phòng|văn phòng|trung tâm|ngân hàng|công an|doanh nghiệp|thôn|ấp|bản|khu phố"
    r"|đoàn thanh niên|hội|hợp tác xã|đồn|trường|trạm|chi nhánh|bộ phận|kế toán|công ty|viettel|vnpt)(?!\w)",
    re.IGNORECASE,
)


_NUMBERED_PAPER = re.compile(r"\d+(?:/\d{4})?[/-][^\W\d_]")
# a number that is asked for is that of this type of document, none that only stands beside it
DECISION = "quyết định"
_ISSUED = (DECISION, "kế hoạch", "nghị quyết", "công văn", "thông báo", "quy chế")


def asks_of(asked: Asked, kind: str) -> bool:
    """Whether what is asked names a kind of document."""
    return {*folded_syllables(kind)} <= {*asked.words}


def answering_figures(span: StatementSpan, asked: Asked, words: Sequence[str]) -> tuple[str, ...] | None:
    """The figures of a statement that answer; () where none is asked for; None where it does not answer."""
    text = span.text
    if span.is_row and asked.kind in VALUES:
        return _cells(span, asked) or None
    match asked.kind:
        case "text":
            # a heading alone says nothing
            return () if len(words) >= _LEAST_WORDS else None
        case "address":
            return () if re.search(r"https?://|www\.|\w\.vn\b", text) else None
        case "symbol":
            kinds = [kind for kind in _ISSUED if asks_of(asked, kind)]
            other = bool(kinds) and not re.search(rf"(?:{'|'.join(kinds)})\s+(?:số:?\s*)?\d", text, re.IGNORECASE)
            numbered = _NUMBERED_PAPER.search(text)
            return () if numbered and (span.is_row or not other) else None
        case "why":
            return () if re.search(r"nguyên nhân|(?<!\w)(?:do|vì|bởi|vướng)(?!\w)", text.lower()) else None
        case "who":
            # a row names who is in charge under the head that says so
            charged = span.is_row and _CHARGED.search(span.header)
            return () if charged or _ROLE.search(text) or _ROLE.search(span.under) else None
        case "when":
            dated = find_dates(text) or find_periods(text) or _DAY.search(text)
            # the day of a decision is not that of another paper
            decided = asks_of(asked, DECISION) and DECISION not in text.lower()
            return () if dated and not (decided and _NUMBERED_PAPER.search(text)) else None
        case "percent":
            found = [q for q in find_quantities(text) if q.kind in ("percent", "points")]
            targets = bool({"tieu", "giao", "phan"} & {*asked.words, *asked.light})
            figures = [
                q.text
                for q in found
                if not _shares_other(text, q.end, asked) and (targets or not _TARGET.search(text[: q.start]))
            ]
            return tuple(figures) or None
        case "value":
            if asked.measure:
                return _measured(text, asked) or _none_said(asked, words) or None
            figures = [q.text for q in find_quantities(text) if q.kind != "number" or not in_date(q, text)]
            figures = figures[1:] if _NUMBERED.match(text) and figures and text.startswith(figures[0]) else figures
            return tuple(figures) or _none_said(asked, words) or None
        case "money":
            figures = [q.text for q in find_quantities(text) if q.kind == "money" or q.value >= 100_000]
            return tuple(figures) or None
        case _:
            none = _none_said(asked, words)
            counted = none if none and not asked.noun else counts(text, asked, span.context) or none
            return counted or shares(text, asked) or None


_TIME = re.compile(r"[\d.,/]+\s*(?:giây|phút|giờ|ngày|tuần|tháng|quý|năm|buổi)\b", re.IGNORECASE)


def _measured(text: str, asked: Asked) -> tuple[str, ...]:
    """The figures of the kind asked for: spans of time, or figures of things that the question names."""
    found = [q for q in find_quantities(text) if q.kind != "number" or not in_date(q, text)]
    if asked.measure == "time":
        return tuple(span.group() for q in found if (span := _TIME.match(text, q.start)))
    named = {*asked.words, *asked.near}
    return tuple(q.text for q in found if named & set(canonical(noun_at(text, q.end))[:2]))


# the number of a row that its table has lost: "7 Kinh phí đầu tư 299.000.000"
_NUMBERED = re.compile(rf"\d{{1,3}}\.?\s+[{UPPER}][^\W\d_]")

# "có 15 người", "gồm 19 thành viên": how many there are, not how many came or went
_CHANGES = re.compile(r"(?<!\w)(?:thay|miễn nhiệm|nghỉ|bổ sung)\s+\d", re.IGNORECASE)
_HAS = re.compile(r"(?<!\w)(?:có|gồm|tổng số|tổng cộng|duy trì)\s+(?:là\s+)?\d", re.IGNORECASE)
_CHARGED = re.compile(r"chủ trì|cơ quan|đơn vị|phụ trách|người", re.IGNORECASE)
DENIED = re.compile(r"(?<!\w)(?:chưa|không|thiếu|còn|trừ|ngoài)(?!\w)", re.IGNORECASE)
_TARGET = re.compile(r"(?:mục tiêu|chỉ tiêu|kế hoạch|giao)\s*:?\s*$", re.IGNORECASE)
_DAY = re.compile(
    r"\d{1,2}/\d{4}|ngày \d{1,2}\b|tháng \d{1,2}\b|\d{1,2} giờ|thứ (?:hai|ba|tư|năm|sáu|bảy)\b|chủ nhật"
    r"|hằng (?:tuần|tháng|quý)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"[≥≤><=~\s]*\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s*(?:%|[^\W\d]{1,8})?\s*$")


def _cells(span: StatementSpan, asked: Asked) -> tuple[str, ...]:
    """Cells with figures whose column heads fit best what is asked, as "head: cell"."""
    heads, cells = span.header.split(" | "), span.text.split(" | ")
    shares = "%" in span.text or "%" in span.header
    if asked.kind == "percent" and not shares:
        return ()
    wanted = {*asked.words, *asked.noun}
    scored: list[tuple[float, str]] = []
    for i, cell in enumerate(cells):
        if not re.search(r"\d", cell) or len(cell) > 40 or (i == 0 and re.fullmatch(r"\W*\d+(?:\.\d+)*\W*", cell)):
            continue
        head = heads[i] if i < len(heads) else ""
        if asked.kind in ("count", "money") and "%" in cell + head:
            continue
        fit: float = len(wanted & set(canonical(tuple(folded_syllables(spell_out(f"{head} {cell}"))))))
        fit += 3 if _NUMERIC.match(cell) else 0
        fit += 2 if asked.kind == "percent" and ("%" in cell or "%" in head) else 0
        fit += 2 if asked.kind == "money" and len(re.sub(r"\D", "", cell)) >= 6 else 0
        percent = i and cells[i - 1].strip() == "%" and "%" not in cell
        shown = f"{cell.strip()}%" if percent else cell.strip()
        scored.append((fit, f"{head}: {shown}" if head else shown))
    best = max((fit for fit, _ in scored), default=0)
    return tuple(shown for fit, shown in scored if fit == best) if best else ()


_NONE = re.compile(
    r"\b(?:khong co|chua co|khong phat sinh|chua phat sinh|chua phat hien|khong phat hien|khong xay ra|khong de xay ra"
    r"|khong ghi nhan|khong tiep nhan|chua phan bo|chua bo tri|chua duoc bo tri)((?: [a-z]+){1,7})"
)


def _none_said(asked: Asked, words: Sequence[str]) -> tuple[str, ...]:
    """ "không có" where the statement says that there is none of what is asked for."""
    for match in _NONE.finditer(" ".join(words)):
        after = match.group(1).split()
        if asked.noun and f" {' '.join(asked.noun)} " in f"{match.group(1)} ":
            return NONE
        if len(set(after) & set(asked.words)) >= 2:
            return NONE
    return ()


def _shares_other(text: str, end: int, asked: Asked) -> bool:
    """Whether a percentage is of something else: "100% thủ tục" is no share of "hồ sơ"."""
    after = noun_at(text, end)
    noun = next((noun for noun in counted_nouns() if after[: len(noun)] == noun), None)
    if noun is None or set(noun) & set(asked.words):
        return False
    # where the question names no such thing, any share of what it speaks of may be meant
    text_asked = f" {' '.join((*asked.words, *asked.near))} "
    return any(f" {' '.join(other)} " in text_asked for other in counted_nouns())
