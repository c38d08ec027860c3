# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""What changed between two figures: differences, growth, points, multiples; one reading for every wording.

Wide acceptance, narrow accusation: a stated change is right where any two figures of its paragraph give it, and is
blamed only where the sentence itself names the two figures that it is made of.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, permutations

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, amount, figures, may_be_same, near, same_noun
from assistant.check.report import Paragraph, Report
from assistant.check.rules.ratios import fits
from assistant.check.text_tools import draft
from assistant.vietnamese.numbers import format_number, format_percent

_WORDS = r"(?:\s+[^\W\d_]+){0,6}?"
_WAY = re.compile(
    rf"\b(?P<way>tăng|giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn|nâng thêm|vượt)(?:\s*\(\s*|\s*:\s*)?(?P<gap>{_WORDS})\s*\(?\s*$",
    re.I,
)
# the figure is where it went to or came from, not by how much
_TO = re.compile(r"\b(?:từ|lên|xuống|còn|thành|đạt|của|cho|trong|với)\b(?!\s+(?:đến|tới)\b)", re.I)
_SPOKEN = {"đôi": 2, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10}
_TIMES = re.compile(
    r"\bgấp\s+(?:(?P<n>\d+(?:,\d+)?)\s+lần|(?P<word>đôi|hai|ba|bốn|năm|sáu|mười)(?:\s+lần)?)\b(?!\s+(?:rưỡi|số))", re.I
)
_COMPARED = re.compile(r"\b(?:so với|so cùng|cùng kỳ)\b", re.I)
_THAN = re.compile(rf"{_COMPARED.pattern}|\b(?:nhiều|ít|cao|thấp) hơn\b", re.I)
_OF_PERIOD = re.compile(r"\b(?:quý|tháng|năm)\s+[\dIVX/]+\s*(?:là|đạt|có|:)?\s*$", re.I)
_PERIOD = re.compile(r"\b(?:quý|tháng|năm|kỳ|tuần|cuối|đầu|trước|nay|hiện)\b", re.I)
_PLANNED = re.compile(
    r"kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết|giao|phấn đấu|bình quân|mỗi năm|hằng năm|hàng năm", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-zà-ỹ\d_]|[-–+“\"(])")
_FAR = 600
_MORE = ("tăng", "nhiều hơn", "cao hơn", "nâng thêm", "gấp", "vượt")


@dataclass(frozen=True, slots=True)
class Change:
    """A stated change: `kind` as of a figure; `amount` its size, `written` as the report has it."""

    kind: str
    way: str
    amount: Decimal
    written: str
    start: int
    end: int


def changes(text: str, known: Sequence[Figure]) -> Iterator[Change]:
    """The changes stated in a line."""
    bases = {base.start for base, _ in _bracketed_bases(text, known)}
    for figure in known:
        lead = text[max(figure.lead, figure.start - 70) : figure.start]
        match = _WAY.search(lead) if figure.start not in bases else None
        if (
            match
            and not _TO.search(match["gap"])
            and not _PLANNED.search(f"{match['gap']} {figure.noun}")
            and not figure.hedged
            and figure.of is None
        ):
            kind = "times" if figure.kind == "times" else figure.kind
            start = figure.start - len(lead) + match.start()
            yield Change(kind, match["way"].lower(), figure.value, figure.written, start, figure.end)
    yield from _told_again(text, known)
    yield from (change for _, change in _bracketed_bases(text, known))
    for match in _TIMES.finditer(text):
        amount = Decimal(_SPOKEN[match["word"].lower()]) if match["word"] else _decimal(match["n"])
        if not re.search(r"(?:gần|hơn|trên|khoảng|xấp xỉ)\s*(?:tăng\s*)?$", text[: match.start()], re.I):
            yield Change("times", "gấp", amount, match["n"] or match["word"], *match.span())


# "tăng 28 tin, tương ứng 23,33%"
_AGAIN = re.compile(
    r"(?P<way>tăng|giảm|nhiều hơn|ít hơn)[^.;%]{0,60}?\d[^.;%]{0,30}?[,(]?\s*(?:tức|tương ứng|tương đương|hay|bằng)(?:\s+(?:là|với|tỷ lệ|mức))*\s*$",
    re.I,
)


def _told_again(text: str, known: Sequence[Figure]) -> Iterator[Change]:
    """A difference told once more as a share, without a word of growth of its own."""
    for figure in known:
        match = _AGAIN.search(text, max(figure.start - 110, 0), figure.start) if figure.kind == "%" else None
        if match and not figure.hedged:
            yield Change("%", match["way"].lower(), figure.value, figure.written, figure.start, figure.end)


_THAN_BASE = re.compile(
    rf"\b(?P<way>tăng|nhiều hơn|ít hơn|cao hơn|thấp hơn|giảm)(?:\s+so với)?{_WORDS}\s*(?:20\d\d\s*)?\(\s*$", re.I
)


def _bracketed_bases(text: str, known: Sequence[Figure]) -> Iterator[tuple[Figure, Change]]:
    """ "ít hơn năm trước (18 lượt) 3 lượt": what it is compared with stands in brackets between."""
    for base, figure in pairwise(known):
        match = _THAN_BASE.search(text, max(base.start - 70, 0), base.start)
        joined = re.fullmatch(r"[^().;\d]*\)\s*(?:là|tới|đến)?\s*", text[base.end : figure.start])
        if match and joined and not figure.hedged and figure.of is None:
            way = match["way"].lower()
            yield base, Change(figure.kind, way, figure.value, figure.written, figure.start, figure.end)


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))


def given(change: Change, old: Decimal, new: Decimal) -> bool:
    """Whether going from `old` to `new` is a change of the stated size."""
    moved = abs(new - old)
    if change.kind == "%":
        return old != 0 and (new > old) == (change.way in _MORE) and fits(moved, old, change.written)
    if change.kind == "times":
        return old != 0 and _is_multiple(change, new / old)
    return moved == change.amount


def _is_multiple(change: Change, exact: Decimal) -> bool:
    decimals = len(change.written.partition(",")[2]) if change.written[0].isdigit() else 0
    step = Decimal(1).scaleb(-decimals) if decimals else change.amount / 10
    values = (exact, exact - 1) if change.way == "tăng" else (exact,)
    return any(abs(value - change.amount) < step for value in values)


def wrong_change(report: Report) -> Iterator[Draft]:
    """ "42 lượt, tăng 10 lượt so với quý trước (35 lượt)", "gấp đôi mức 236", "từ 71,4% lên 88,9%, tăng 16,5 điểm"."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or not re.search(r"tăng|giảm|hơn|gấp|thêm|vượt", paragraph.text, re.I):
            continue
        known = [f for f in figures(paragraph.text) if f.start >= paragraph.words_start]
        bounds = [0, *(m.end() for m in _SENTENCE.finditer(paragraph.text)), len(paragraph.text) + 1]
        stated = list(changes(paragraph.text, known))
        for change in stated:
            at = bisect_right(bounds, change.start)
            start, end = bounds[at - 1], bounds[at]
            beside = [c for c in stated if abs(c.start - change.start) < _FAR]
            free = [f for f in near(known, change.start) if all(f.start < c.start or f.end > c.end for c in beside)]
            yield from _judge(paragraph, change, free, beside, (start, end))


def _judge(
    paragraph: Paragraph, change: Change, free: list[Figure], stated: list[Change], sentence: tuple[int, int]
) -> Iterator[Draft]:
    kinds = {"%": ("count", "money"), "points": ("%",), "times": ("count", "money", "%")}.get(
        change.kind, (change.kind,)
    )
    operands = [f for f in free if f.kind in kinds]
    pairs = ((a, b) for a, b in permutations(operands, 2) if may_be_same(a, b))
    if any(given(change, a.value, b.value) for a, b in pairs) or _by_difference(change, operands, stated):
        return
    found = _operands(paragraph.text, change, operands, sentence) or _stepped(
        paragraph.text, change, operands, stated, sentence
    )
    if found is None:
        return
    old, new = found
    if any(f.hedged for f in found) or old.value == 0:
        return
    way = "tăng" if new.value > old.value else "giảm"
    stated_way = "tăng" if change.way in _MORE else "giảm"
    right = _right(change, old, new)
    first, last = min(old.start, new.start, change.start), max(old.end, new.end, change.end)
    message = f"Từ {_shown(old)} đến {_shown(new)} là {way} {right}, không phải {stated_way} {_said(change)}."
    if change.kind == "times":
        message = f"{_shown(new)} gấp {right} {_shown(old)}, không phải «{paragraph.text[change.start : change.end]}»."
    yield draft(paragraph, first, last, message, rank=86)


def _by_difference(change: Change, operands: list[Figure], stated: list[Change]) -> bool:
    """Whether a share is that of a stated difference: "so với 5.563 nhiều hơn 865, tăng 15,5%"."""
    steps = [c.amount for c in stated if c.kind in ("count", "money")]
    values = [f.value for f in operands]
    if change.kind != "%" or any(abs(a - b) == step for step in steps for a in values for b in values):
        return False  # both ends are told: the share is that of the one before
    bases = values + [v - step for v in values for step in steps] + [v + step for v in values for step in steps]
    return any(base > 0 and fits(step, base, change.written) for base in bases for step in steps)


def _operands(
    text: str, change: Change, operands: list[Figure], sentence: tuple[int, int]
) -> tuple[Figure, Figure] | None:
    """The figure before and the one after the change, where the words name them."""
    before = [f for f in operands if sentence[0] <= f.start and f.end <= change.start]
    after = [f for f in operands if change.end <= f.start < sentence[1]]
    earlier = [f for f in operands if f.end <= change.start]
    if change.kind == "%" and (ends := _ends_of_a_step(text, change, before)):
        return ends
    if change.kind == "%" and len(before) >= 2 and _AGAIN.search(text, max(change.start - 110, 0), change.start):
        return _than_before(text, change, before, 110)
    return (
        _from_to(text, after[:2], change.end, 40)
        or _from_to(text, before[-2:], None, change.start)
        or _compared_with(text, change, before, after)
        or _than_before(text, change, before)
        or _side_by_side(text, change, earlier)
        or _with_the_whole(text, change, before, earlier)
    )


def _ends_of_a_step(text: str, change: Change, before: list[Figure]) -> tuple[Figure, Figure] | None:
    """ "29 trạm (2025: 26 trạm), tăng 03 trạm, tương ứng …": the two figures that the difference just told lies between."""
    step = next(
        (
            c
            for c in changes(text, near(figures(text), change.start, 4))
            if c.kind in ("count", "money") and 0 <= change.start - c.end < 60
        ),
        None,
    )
    if step is None:
        return None
    pairs = [(a, b) for a, b in permutations(before, 2) if may_be_same(a, b) and b.value - a.value == step.amount]
    if len(pairs) != 1:
        return None
    return pairs[0] if step.way in _MORE else pairs[0][::-1]


def _from_to(text: str, pair: list[Figure], after: int | None, near: int) -> tuple[Figure, Figure] | None:
    """ "từ a … lên b": behind the change at once, or before it."""
    if len(pair) < 2 or not may_be_same(*pair):
        return None
    a, b = pair
    origin = re.search(r"\btừ\s+(?:[^\W\d_]+\s+){0,4}$", text[max(a.start - 40, 0) : a.start], re.I)
    between = text[a.end : b.start]
    if (
        not origin
        or not re.search(r"\b(?:lên|xuống|còn|đến|tới)\b[^.;]*$", between)
        or len(between) > 90
        or _PLANNED.search(between)
    ):
        return None
    if after is not None and (a.start - after > near or not re.match(r"[^.;]*$", text[after : a.start])):
        return None
    if after is None and near - b.end > 70:
        return None
    return a, b


def _compared_with(
    text: str, change: Change, before: list[Figure], after: list[Figure]
) -> tuple[Figure, Figure] | None:
    """ "x …, tăng d so với … y"; "gấp đôi mức y"."""
    if not before or not after:
        return None
    base, between = after[0], text[change.end : after[0].start]
    over = change.way == "vượt"
    linked = bool(_COMPARED.search(between)) or (over and bool(_PLANNED.search(between)))
    linked = linked or (change.kind == "times" and not re.search(r"[,;]", between))
    crossed = any(f.start >= change.end and f.end <= base.start for f in near(figures(text), change.start))
    if not linked or crossed or len(between) > 90 or ";" in between or (_PLANNED.search(between) and not over):
        return None
    fitting = [f for f in before if may_be_same(f, base) and (f.head or base.head)]
    return (base, fitting[-1]) if fitting and change.start - fitting[-1].end < 120 else None


def _than_before(text: str, change: Change, before: list[Figure], far: int = 50) -> tuple[Figure, Figure] | None:
    """ "x …, so với y …, tăng d"."""
    if len(before) < 2 or not may_be_same(before[-2], before[-1]):
        return None
    new, old = before[-2:]
    between, behind = text[new.end : old.start], text[old.end : change.start]
    leads = [m for m in _THAN.finditer(between) if not re.search(r"[;,.]", between[m.end() :])]
    if leads and len(between) < 80 and len(behind) < far and not _PLANNED.search(between):
        return old, new
    return None


def _side_by_side(text: str, change: Change, earlier: list[Figure]) -> tuple[Figure, Figure] | None:
    """Two figures of two periods, or of two things compared, one after the other, and then the change."""
    if len(earlier) < 2 or not may_be_same(earlier[-2], earlier[-1]) or change.start - earlier[-1].end > 70:
        return None
    a, b = earlier[-2:]
    leads = [text[max(f.lead, f.start - 70) : f.start] for f in (a, b)]
    if not a.head and not b.head and a.kind == "count" and not all(_OF_PERIOD.search(lead) for lead in leads):
        return None
    if "%" in text[b.end : change.start] or _COMPARED.search(text, b.end, change.start):
        return None
    dated = all(_PERIOD.search(lead) for lead in leads)
    compared = change.way.endswith("hơn") and change.kind != "%" and a.head == b.head
    if not (dated or compared) or any(_PLANNED.search(lead) for lead in leads):
        return None
    more = change.way in _MORE
    return (min(a, b, key=_value), max(a, b, key=_value)) if more else (max(a, b, key=_value), min(a, b, key=_value))


def _with_the_whole(
    text: str, change: Change, before: list[Figure], earlier: list[Figure]
) -> tuple[Figure, Figure] | None:
    """ "Tiếp nhận 7.845 hồ sơ … . So với năm 2025 (6.538 hồ sơ), số hồ sơ tiếp nhận tăng 20%": the first that counts the same."""
    if len(before) != 1 or change.kind not in ("%", "count") or change.start - before[0].end > 70:
        return None
    old = before[0]
    lead = text[max(old.start - 60, 0) : old.start]
    wholes = [f for f in earlier if f.end < old.start and same_noun(f, old) and f.of is None]
    if (
        not wholes
        or not re.search(r"^[^.]*\bso với\b[^.;]*$|[.;]\s*[^.;]*\bso với\b[^.;]*$", lead, re.I)
        or _PLANNED.search(lead)
    ):
        return None
    new = wholes[0]
    return (
        (old, new) if new.value == max(f.value for f in wholes) and Decimal("0.5") < new.value / old.value < 2 else None
    )


def _stepped(
    text: str, change: Change, operands: list[Figure], stated: list[Change], sentence: tuple[int, int]
) -> tuple[Figure, Figure] | None:
    """ "so với y … nhiều hơn d, tăng p%": the share of a difference just stated."""
    steps = [
        c for c in stated if c.kind in ("count", "money") and sentence[0] <= c.start and 0 <= change.start - c.end < 90
    ]
    if change.kind != "%" or len(steps) != 1:
        return None
    bases = [f for f in operands if sentence[0] <= f.start and f.end <= change.start and f.value > steps[0].amount]
    if len(bases) != 1 or not _COMPARED.search(text, sentence[0], bases[0].start):
        return None
    moved = steps[0].amount if steps[0].way in _MORE else -steps[0].amount
    return bases[0], replace(bases[0], value=bases[0].value + moved, written=format_number(bases[0].value + moved))


def _value(figure: Figure) -> Decimal:
    return figure.value


def _right(change: Change, old: Figure, new: Figure) -> str:
    moved = abs(new.value - old.value)
    if change.kind == "%":
        return format_percent(moved * 100 / old.value)
    if change.kind == "points":
        return f"{format_number(moved)} điểm phần trăm"
    if change.kind == "times":
        return f"{format_number(round(new.value / old.value, 2))} lần"
    return amount(moved, new)


def _said(change: Change) -> str:
    sign = {"%": "%", "points": " điểm phần trăm", "times": " lần"}.get(change.kind, "")
    return f"{change.written}{sign}"


def _shown(figure: Figure) -> str:
    if figure.kind == "%":
        return f"{figure.written}%"
    return amount(figure.value, figure) if figure.kind == "money" else figure.written


RULES = (
    Rule(
        "change",
        "arithmetic",
        "error",
        "Phép trừ, phép chia giữa hai số được so sánh trong câu",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh, các báo cáo tự viết: 0 báo nhầm",
        wrong_change,
    ),
)
