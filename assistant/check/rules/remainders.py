# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""What is left of a whole, two halves of a whole told apart, and totals raised by what was added."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, amount, figures, is_slip, may_be_same, near, same_noun
from assistant.check.report import Paragraph, Report
from assistant.check.rules.sums import COMPLEMENTS
from assistant.check.text_tools import draft
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-zà-ỹ\d_]|[-–+“\"(])")
_LEFT = re.compile(
    r"\bcòn(?:\s+lại)?(?:\s+[^\W\d_]+){0,5}?\s*:?\s*$|\b(?:số|phần)\s+(?:[^\W\d_]+\s+){0,3}?còn lại(?:\s+[^\W\d_]+){0,6}?\s*:?\s*$",
    re.I,
)
_WENT_DOWN = re.compile(
    r"\b(?:giảm|xuống|rút)\b[^,;.]*\bcòn\b|\b(?:vẫn|hiện|mới|chỉ)\s+còn\b|còn (?:thiếu|hạn chế|khoảng|gần|hơn|trên|chậm|tồn)",
    re.I,
)


def what_is_left(report: Report) -> Iterator[Draft]:
    """ "lập 142 hồ sơ, kết thúc 118 hồ sơ, còn 34 hồ sơ"; "8 đơn vị …, số còn lại là 5 đơn vị"."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or "còn" not in paragraph.text.lower() or report.about_the_future(paragraph):
            continue
        known = [f for f in figures(paragraph.text) if f.start >= paragraph.words_start]
        bounds = [m.end() for m in _SENTENCE.finditer(paragraph.text)]
        for left in known:
            lead = paragraph.text[max(left.lead, left.start - 70) : left.start]
            if (
                left.kind not in ("count", "money")
                or left.of is not None
                or left.hedged
                or not _LEFT.search(lead)
                or _WENT_DOWN.search(lead)
            ):
                continue
            start = max((b for b in bounds if b <= left.start), default=0)
            around = near(known, left.start, 12)
            yield from _judge_left(paragraph, left, [f for f in around if start <= f.start < left.start], around)


def _judge_left(
    paragraph: Paragraph, left: Figure, before: Sequence[Figure], known: Sequence[Figure]
) -> Iterator[Draft]:
    alike = [v for f in known if f is not left and may_be_same(f, left) for v in (f.value, f.of) if v is not None]
    if any(x - y in (left.value, *(left.value + z for z in alike)) for x in alike for y in alike):
        return
    same = [f for f in before if may_be_same(f, left) and f.kind == left.kind and not f.hedged]
    if same and (ratio := same[-1]).of is not None:
        whole, parts = ratio.of, [ratio.value]
    elif len(same) >= 2 and all(f.of is None for f in same):
        top = max(range(len(same)), key=lambda n: same[n].value)
        whole, parts = same[top].value, [f.value for f in same[top + 1 :]]
        between = paragraph.text[same[-2].end : same[-1].start]
        if top == len(same) - 1 and re.search(r"\b(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?$", between, re.I):
            parts = [same[-2].value]  # "8.400 trang trong tổng số 10.500 trang, còn …"
    else:
        return
    made = whole - sum(parts, Decimal(0))
    if not parts or made <= 0 or abs(made - left.value) > max(Decimal(2), whole / 5):
        return
    terms = " - ".join(amount(v, left) for v in (whole, *parts))
    message = f"{terms} = {amount(made, left)}, không phải {amount(left.value, left)}."
    yield draft(paragraph, same[-1].start if same[-1].of else same[top].start, left.end, message, rank=83)


_LEFT_SHARE = re.compile(r"\bcòn lại\b[^.;%\d]{0,40}$", re.I)


def shares_left(report: Report) -> Iterator[Draft]:
    """ "hoàn thành 45% khối lượng, còn lại 55%"."""
    for paragraph in report.prose:
        known = [f for f in figures(paragraph.text) if f.kind == "%"] if "còn lại" in paragraph.text else []
        for n, left in enumerate(known):
            start = max((m.end() for m in _SENTENCE.finditer(paragraph.text) if m.end() <= left.start), default=0)
            before = [f for f in known[:n] if f.start >= start]
            made = before[0].value + left.value if len(before) == 1 else Decimal(100)
            if made == 100 or abs(made - 100) > 15 or not _LEFT_SHARE.search(paragraph.text[start : left.start]):
                continue
            if not (before[0].hedged or left.hedged):
                message = f"{before[0].written}% và phần còn lại {left.written}% cộng lại thành {format_number(made)}%."
                yield draft(paragraph, before[0].start, left.end, message, rank=78)


# what is on time, and what became of files and tasks, is told in three parts as often as in two
_HALVES = tuple(pair for pair in COMPLEMENTS if not re.search(r" han$|^d[ae]\w* |^dang ", pair[1]))


def halves(report: Report) -> Iterator[Draft]:
    """ "tiếp nhận 2.860 hồ sơ … Nộp trực tuyến 2.574 hồ sơ …; nộp tại quầy 268 hồ sơ": what leaves nothing out must make up the whole."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or paragraph.table is not None or report.about_the_future(paragraph):
            continue
        known = [
            f for f in figures(paragraph.text) if f.start >= paragraph.words_start and f.kind in ("count", "money")
        ]
        if len(known) < 2:
            continue
        labels = [_label(paragraph.text, f) for f in known]
        for n, first in enumerate(known):
            for m in range(n + 1, min(n + 3, len(known))):
                if _complementary(labels[n], labels[m]):
                    yield from _judge_halves(paragraph, first, known[m], near(known, first.start))


def _complementary(a: str, b: str) -> bool:
    """By the pairs that leave nothing out, or because one is the other with "chưa", "không" before it."""
    if any(
        _says(a, word) and _says(b, other) and not _says(a, other) and not _says(b, word)
        for pair in _HALVES
        for word, other in (pair, pair[::-1])
    ):
        return True
    return any(
        (denied := re.search(r" (?:chua|khong) (\w+(?: \w+)?) ", no)) is not None
        and f" {denied.group(1)} " in yes
        and not re.search(r" (?:chua|khong) ", yes)
        for yes, no in ((a, b), (b, a))
    )


def _label(text: str, figure: Figure) -> str:
    """The words that name a figure: those of its clause before it, and what follows it."""
    lead = re.split(r"[,;:.()]|\bvà\b", text[max(figure.lead, figure.start - 60) : figure.start])
    clause = lead[-2] if len(lead) > 1 and text[: figure.start].rstrip().endswith(":") else lead[-1]
    behind = re.match(r"[^,;:.()\d]*", text[figure.end :])
    return f" {fold(clause)} {fold(behind.group() if behind else '')} "


def _says(label: str, word: str) -> bool:
    return f" {word} " in re.sub(r"\s+", " ", label)


def _judge_halves(paragraph: Paragraph, a: Figure, b: Figure, known: Sequence[Figure]) -> Iterator[Draft]:
    first, last = sorted((a, b), key=lambda f: f.start)
    made = a.value + b.value
    if a.of and a.of == b.of and made > a.of and may_be_same(a, b):
        message = f"{a.written} + {b.written} = {format_number(made)}, lớn hơn {format_number(a.of)}."
        yield draft(paragraph, first.start, last.end, message, rank=89)
    values = [v for f in known for v in (f.value, f.of) if v is not None]
    if not may_be_same(a, b) or a.of or b.of or any(made + extra in values for extra in (Decimal(0), *values)):
        return
    wholes = [
        f
        for f in known
        if f.end <= first.start
        and f.of is None
        and f.value > max(a.value, b.value)
        and (same_noun(f, first) or same_noun(f, last))
    ]
    if not wholes:
        return
    whole = wholes[-1]
    near = (
        is_slip(made, whole.value) or is_slip(whole.value - a.value, b.value) or is_slip(whole.value - b.value, a.value)
    )
    if whole.hedged or not near or abs(made - whole.value) > whole.value / 10:
        return
    message = f"{format_number(a.value)} + {format_number(b.value)} = {format_number(made)}, không bằng {format_number(whole.value)} (chênh {format_number(abs(made - whole.value))})."
    yield draft(paragraph, whole.start, last.end + (len(last.noun) + 1 if last.noun else 0), message, rank=89)


_REST = re.compile(r"\b(?:chưa|không|còn|khác|quá hạn|trễ|chậm|giữ nguyên|đang|hủy|dừng|rút|hỏng)\b", re.I)
_BARE = re.compile(r"[^.\d(]{0,60}[,;:(]\s*(?P<label>[^\d,;:.()]{3,50}?)\s*:?\s*$")


def bare_parts(report: Report) -> Iterator[Draft]:
    """ "38 nhiệm vụ được giao; hoàn thành 29; đang làm 07; quá hạn 03": labels and figures up to one of the rest."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or paragraph.table is not None or report.about_the_future(paragraph):
            continue
        known = [f for f in figures(paragraph.text) if f.start >= paragraph.words_start]
        for n, whole in enumerate(known):
            if n and not whole.noun:
                continue  # itself a part
            parts: list[Figure] = []
            rest = 0
            for part in known[n + 1 : n + 30]:
                label = _BARE.match(paragraph.text[part.lead : part.start])
                if part.kind != "count" or part.noun or part.of or label is None:
                    break
                parts.append(part)
                if _REST.search(label["label"]):
                    rest = len(parts)
            yield from _judge_parts(paragraph, whole, parts[:rest])


def _judge_parts(paragraph: Paragraph, whole: Figure, parts: list[Figure]) -> Iterator[Draft]:
    made = sum((part.value for part in parts), Decimal(0))
    if len(parts) < 2 or whole.kind != "count" or whole.of or whole.hedged:
        return
    if whole.value in accumulate(part.value for part in parts):
        return
    if max(part.value for part in parts) >= whole.value or not is_slip(made, whole.value):
        return
    terms = " + ".join(format_number(part.value) for part in parts)
    message = f"Cộng các phần: {terms} = {format_number(made)}, không bằng {format_number(whole.value)}."
    yield draft(paragraph, whole.start, parts[-1].end, message, rank=84)


_IN_TURN = re.compile(r"(?P<labels>[^.;:\d]{10,120})\blần lượt\s+(?:là|có|đạt)?\s*$", re.I)
_GRADED = re.compile(r"\b(?:trung bình|yếu|kém|chưa đạt|không đạt|chưa|không)\b", re.I)


def parts_in_a_row(report: Report) -> Iterator[Draft]:
    """ "… trước hạn, đúng hạn và chưa xong lần lượt là 14, 28 và 5 nhiệm vụ"; "07 khu tốt, 02 khu khá, 02 khu trung bình"."""
    for paragraph in report.prose:
        if report.about_the_future(paragraph):
            continue
        text, known = paragraph.text, [f for f in figures(paragraph.text) if f.kind == "count"]
        for n, first in enumerate(known):
            row = [first]
            for following in known[n + 1 : n + 30]:
                if not re.fullmatch(
                    r"[^.;:\d()]{0,40}(?:,|\bvà\b)[^.;:\d()]{0,20}", text[row[-1].end : following.start]
                ):
                    break
                row.append(following)
            in_turn = _IN_TURN.search(text, max(first.lead, first.start - 140), first.start)
            last = re.match(r"[^.;,\d]*", text[row[-1].end :])
            graded = (
                len(row) >= 3
                and len({f.head for f in row}) == 1
                and first.head
                and last
                and _GRADED.search(last.group())
            )
            if len(row) < 2 or not (graded or (in_turn and len(row) >= 3 and _REST.search(in_turn["labels"]))):
                continue
            wholes = [
                f
                for f in known[:n]
                if f.head == row[-1].head and f.of in (None, f.value) and f.value > max(part.value for part in row)
            ]
            if wholes and row[-1].head:
                yield from _judge_parts(paragraph, replace(wholes[-1], of=None), row)
            break


_ADDED = re.compile(r"\b(?:thêm|mới|bổ sung|phát triển)\b", re.I)
_RAISED = re.compile(r"\b(?:nâng|đưa)\b[^.;\d]{0,60}?\b(?:lên|thành|là)\s*(?:thành\s+)?$", re.I)


def raised_total(report: Report) -> Iterator[Draft]:
    """ "quý I có 36 mắt, quý II lắp thêm 14 mắt, nâng tổng số lên 52 mắt"."""
    for paragraph in report.prose:
        if not re.search(r"nâng|đưa", paragraph.text) or report.about_the_future(paragraph):
            continue
        known = [f for f in figures(paragraph.text) if f.kind in ("count", "money")]
        for n, total in enumerate(known):
            if not _RAISED.search(paragraph.text[max(total.lead, total.start - 80) : total.start]) or total.hedged:
                continue
            added = [
                f
                for f in known[max(n - 2, 0) : n]
                if may_be_same(f, total) and _ADDED.search(paragraph.text[max(f.lead, f.start - 30) : f.start])
            ]
            bases = [
                f
                for f in (*known[max(n - 2, 0) : n], *known[n + 1 : n + 2])
                if same_noun(f, total) and f not in added and f.value < total.value
            ]
            if (
                len(added) == 1
                and len(bases) == 1
                and abs(added[0].value + bases[0].value - total.value) in range(1, int(total.value / 4) + 1)
            ):
                made = added[0].value + bases[0].value
                message = (
                    f"{bases[0].written} + {added[0].written} = {format_number(made)}, không phải {total.written}."
                )
                first, last = min(added[0].start, bases[0].start), max(total.end, bases[0].end)
                yield draft(paragraph, first, last, message, rank=85)


RULES = (
    Rule(
        "remainder",
        "arithmetic",
        "error",
        "Phép trừ: phần còn lại",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        what_is_left,
    ),
    Rule(
        "shares_left",
        "arithmetic",
        "error",
        "Phần đã làm và phần còn lại cộng lại bằng 100%",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        shares_left,
    ),
    Rule(
        "bare_parts",
        "arithmetic",
        "error",
        "Các phần cộng lại bằng tổng",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        bare_parts,
    ),
    Rule(
        "parts_in_a_row",
        "arithmetic",
        "error",
        "Các phần cộng lại bằng tổng",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        parts_in_a_row,
    ),
    Rule(
        "halves",
        "arithmetic",
        "error",
        "Hai phần không bỏ sót gì (trực tuyến, trực tiếp …) cộng lại bằng tổng",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        halves,
    ),
    Rule(
        "raised_total",
        "arithmetic",
        "error",
        "Số cũ + số tăng thêm = tổng mới",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        raised_total,
    ),
)
