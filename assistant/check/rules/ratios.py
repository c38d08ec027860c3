# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Shares that do not follow from their own numerator and denominator."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, amount, figures, may_be_same, near
from assistant.check.report import Paragraph, Report
from assistant.check.rules.sums import UNITS
from assistant.check.text_tools import COUNT, draft, number, sentence_at
from assistant.vietnamese.numbers import format_number, format_percent

_WORDS = r"(?:\s+[^\W\d_]+){0,5}?"
_RATIO = re.compile(
    rf"(?P<a>(?<![\w.,/-])\d[\d.]*){_WORDS}\s?/\s?(?:tổng số\s+)?(?P<b>\d+(?:\.\d{{3}})*)(?![\w/]|[.,]\d|-\w)"
    rf"(?P<between>(?:[^%;:.\d()]|\.(?=\d)){{0,70}}?[\s(])(?P<p>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?%"
)
# "88,89% (24/27)": the share first
_SHARE_FIRST = re.compile(
    rf"(?P<p>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?%(?P<between>\s*\(\s*)(?P<a>\d[\d.]*){_WORDS}\s?/\s?(?P<b>\d[\d.]*)(?![\w/]|,\d|-\w)"
)
_OUT_OF = re.compile(
    rf"(?P<a>{COUNT}){_WORDS}\s*(?:,\s*)?(?:trên|trong|/)\s+(?:tổng số|tổng cộng|tổng|số)\s+(?P<b>{COUNT})"
    rf"(?P<between>[^%;:.\d]{{0,60}}?[\s(])(?P<p>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?%"
)
# between the ratio and the share: words that make the share another figure
_OTHER_FIGURE = re.compile(
    r"\b(?:tăng|giảm|so với|kế hoạch|chỉ tiêu|dự toán|trong đó|còn lại|vượt|riêng|mục tiêu|và|yêu cầu)\b", re.I
)
_OF_PLAN = re.compile(r"\s*(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|so với|mục tiêu|KH\b)", re.I)


def fits(a: Decimal, b: Decimal, written: str) -> bool:
    """Whether `written` percent is a/b: rounded or cut off at its own number of decimals."""
    share = number(written)
    decimals = len(re.split(r"[.,]", written)[1]) if re.search(r"[.,]", written) else 0
    unit = Decimal(1).scaleb(-decimals)
    exact = a * 100 / b
    return abs(exact - share) <= unit / 2 + Decimal("0.001") or 0 <= exact - share < unit


def wrong_share(report: Report) -> Iterator[Draft]:
    """ "a/b …, đạt c%" where c is not a/b."""
    misprint = _misprints(report)
    for paragraph in report.paragraphs:
        if "%" not in paragraph.text or paragraph.zone == "head":
            continue
        for pattern in (_RATIO, _OUT_OF, _SHARE_FIRST):
            for match in pattern.finditer(paragraph.text):
                a, b = number(match["a"].rstrip(".")), number(match["b"].rstrip("."))
                if not b or _OTHER_FIGURE.search(match["between"]) or _OF_PLAN.match(paragraph.text, match.end()):
                    continue
                if a > b or fits(a, b, match["p"]) or misprint(a, b, match["p"]):
                    continue
                right = format_percent(a * 100 / b)
                text = match.group()
                fixed = (
                    text[: match.start("p") - match.start()]
                    + right
                    + text[match.end("p") - match.start() :].lstrip(" %")
                )
                start, end = match.span()
                yield draft(
                    paragraph,
                    start,
                    end,
                    f"{format_number(a)}/{format_number(b)} = {right}, không phải {match['p']}%.",
                    fixed,
                    rank=90,
                )


def _misprints(report: Report) -> Callable[[Decimal, Decimal, str], bool]:
    """Whether a share fits a count with two digits swapped that stands elsewhere: that count is what is told."""
    from assistant.check.rules.same_figure import figures_of, swapped

    values: set[Decimal] = set()

    def misprint(a: Decimal, b: Decimal, share: str) -> bool:
        if a < 1000:
            return False
        if not values:
            values.update(figure.value for figure in figures_of(report))
        digits = str(int(a))
        turned = {Decimal(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]) for i in range(len(digits) - 1)}
        return any(fits(value, b, share) and swapped(value, a) for value in turned & values)

    return misprint


_DONE = re.compile(
    rf"(?P<a>{COUNT})\s+(?P<unit>{UNITS})\b"
    rf"(?:[^\d%;:.()]{{0,40}}?)(?:[,\s(]*(?:đạt|chiếm|bằng|tương đương|tương ứng|tức)(?:\s+(?:là|với|tỷ lệ|tỉ lệ))*\s+|\s*\(\s*)(?P<p>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?%"
)
_TOTAL = re.compile(rf"(?P<n>{COUNT})\s+(?P<unit>{UNITS})\b")


def share_of_total(report: Report) -> Iterator[Draft]:
    """ "tiếp nhận N hồ sơ … đã giải quyết M hồ sơ, đạt c%" where no total named before gives c."""
    for paragraph in report.prose:
        if "%" not in paragraph.text or report.about_the_future(paragraph):
            continue
        for match in _DONE.finditer(paragraph.text):
            if _OF_PLAN.match(paragraph.text, match.end()):
                continue
            a = number(match["a"])
            totals = [t for t in _totals_before(report, paragraph, match.start(), match["unit"]) if t > a]
            if not totals or a == 0 or any(fits(a, total, match["p"]) for total in totals):
                continue
            if number(match["p"]) == 100:
                continue  # all of them: the total meant is this figure itself
            parts = [number(m.group()) for m in re.finditer(COUNT, paragraph.text[: match.start()])]
            if any(part < a and fits(part, a, match["p"]) for part in parts):
                continue  # "1.790 trên tổng 1.814 hồ sơ, bằng 98,7%"
            base = totals[-1] if len(totals) == 1 else max(totals)
            right = format_percent(a * 100 / base)
            fixed = match.group()[: match.start("p") - match.start()] + right
            yield draft(
                paragraph,
                match.start(),
                match.end(),
                f"{format_number(a)}/{format_number(base)} {match['unit']} = {right}; {match['p']}% không ra từ tổng số nào"
                " nêu phía trên. Ghi rõ tử số, mẫu số hoặc sửa tỷ lệ.",
                fixed,
                rank=88,
            )


_MAKES = re.compile(r"(?:\b(?:bằng|đạt|tương đương|chiếm|tức)(?:\s+(?:tỷ lệ|là))*\s*|\(\s*)$", re.I)
_OF_BASE = re.compile(
    r"\s*(?:của\s+|trên\s+|trong\s+|so với\s+)?(?:[^\W\d_]+\s+){0,6}?(?:20\d\d\s*)?(?P<open>\()?\s*(?:là\s+)?$", re.I
)
_OF_PERIOD = re.compile(r"\s*(?:so với\s+)?(?P<label>(?:năm|quý|tháng)\s+[\dIVX/]+)", re.I)


def percent_of_a_base(report: Report) -> Iterator[Draft]:
    """ "6,3 tỷ đồng, bằng 70% dự toán (9 tỷ đồng)"; "18 hồ sơ, chiếm 1% trên tổng số 1.800 hồ sơ"; "bằng 125% năm 2025"."""
    for paragraph in report.prose:
        known = figures(paragraph.text) if "%" in paragraph.text else ()
        for n, share in enumerate(known):
            if share.kind != "%" or n == 0 or share.hedged or not _MAKES.search(paragraph.text[: share.start]):
                continue
            part, base = known[n - 1], _base_of(paragraph.text, known, n)
            if n > 1 and re.fullmatch(r"\s?/\s?", paragraph.text[known[n - 2].end : part.start]):
                part, base = known[n - 2], part
            if base is None and n > 1:
                part, base = _done_and_planned(paragraph.text, known[n - 2], part)
            between = paragraph.text[known[n - 1].end : share.start]
            if base is None or part.of or base.of or len(between) > 60 or re.search(r"[.;:]|tăng|giảm|vượt", between):
                continue
            if (
                not may_be_same(part, base)
                or not base.value
                or part.hedged
                or base.hedged
                or fits(part.value, base.value, share.written)
            ):
                continue
            if any(
                fits(part.value, f.value, share.written)
                for f in near(known, part.start)
                if f.value and f.kind == part.kind
            ):
                continue
            right = format_percent(part.value * 100 / base.value)
            message = (
                f"{amount(part.value, part)} trên {amount(base.value, base)} là {right}, không phải {share.written}%."
            )
            yield draft(paragraph, min(part.start, base.start), max(share.end, base.end), message, rank=87)


_PLANNED = re.compile(r"\b(?:kế hoạch|chỉ tiêu|được giao|dự toán|mục tiêu)\b[^,;.\d]*$", re.I)


def _done_and_planned(text: str, a: Figure, b: Figure) -> tuple[Figure, Figure | None]:
    """ "hoàn thành 9.600 trang, kế hoạch 12.000 trang, đạt 80%", in either order."""
    planned = [bool(_PLANNED.search(text[max(f.lead, f.start - 40) : f.start])) for f in (a, b)]
    if planned[0] == planned[1] or not a.head or a.head != b.head or re.search(r"[.;]\s", text[a.end : b.start]):
        return b, None
    return (b, a) if planned[0] else (a, b)


def _base_of(text: str, known: Sequence[Figure], n: int) -> Figure | None:
    """What a share is of: named at once behind it, or the figure of the period that is named there."""
    following = known[n + 1] if n + 1 < len(known) else None
    if following and following.start - known[n].end <= 70:
        match = _OF_BASE.fullmatch(text[known[n].end : following.start])
        words = match.group() if match else ""
        if match and (match["open"] or re.match(r"\s*(?:của|trên|trong|so với)\b", words)):
            return following
    period = _OF_PERIOD.match(text, known[n].end)
    if period is None:
        return None
    label = re.compile(rf"\b{re.escape(period['label'])}\b[^.;\d]*$", re.I)
    named = [f for f in known[max(n - 20, 0) : n - 1] if label.search(text[max(f.start - 50, 0) : f.start])]
    return named[-1] if named else None


_RATE = re.compile(r"\b[Tt]ỷ lệ\s+(?P<name>[^\d,;:.%]{3,50}?)\s+(?:là|đạt|chiếm|chỉ|còn|khoảng|bằng)*\s*$")


def named_rate(report: Report) -> Iterator[Draft]:
    """ "đã giải quyết 7.056 hồ sơ … quá hạn 24 hồ sơ. Tỷ lệ quá hạn là 3,4%": a slip of the share that its own counts give."""
    for paragraph in report.prose:
        if "ỷ lệ" not in paragraph.text or report.about_the_future(paragraph):
            continue
        known = figures(paragraph.text)
        for share in (f for f in known if f.kind == "%"):
            match = _RATE.search(paragraph.text[max(share.lead, share.start - 80) : share.start])
            if match is None or share.hedged:
                continue
            name = frozenset(match["name"].lower().split()) - _NAMELESS
            counts = [f for f in near(known, share.start) if f.kind == "count"]
            parts = [f for f in counts if f.end < share.start and name and name <= _words_of(paragraph.text, f)]
            if len({f.value for f in parts}) != 1 or any(
                fits(parts[0].value, f.value, share.written) for f in counts if f.value
            ):
                continue
            wholes = [f for f in counts if f.value > parts[0].value and f.end < share.start]
            for whole in reversed(wholes):
                exact = parts[0].value * 100 / whole.value
                close = (share.value > 10 and abs(exact - share.value) < 5) or any(
                    abs(share.value / exact - ten) < ten / 20 for ten in _TENS
                )
                if close and share.value <= 100:
                    message = f"{format_number(parts[0].value)}/{format_number(whole.value)} = {format_percent(exact)}, không phải {share.written}%."
                    yield draft(paragraph, share.start, share.end, message, format_percent(exact), rank=86)
                    break


_NAMELESS = frozenset("hồ sơ trả giải quyết được số các của và tổng".split())  # noqa: SIM905
_TENS = (Decimal("0.1"), Decimal(10), Decimal(100))


def _words_of(text: str, figure: Figure) -> frozenset[str]:
    """The words of its clause before a figure and those that follow it."""
    lead = re.split(r"[,;.()]", text[max(figure.lead, figure.start - 60) : figure.start])[-1]
    behind = re.match(r"[^,;.()\d]*", text[figure.end :])
    return frozenset(f"{lead} {behind.group() if behind else ''}".lower().split())


_BARE = re.compile(
    rf"(?P<a>{COUNT})(?P<noun>(?:\s+[^\W\d_]+){{0,5}}?)\s*[,(]\s*(?:đạt|chiếm|bằng|tương đương)?\s*(?:tỷ lệ\s+)?(?P<p>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?%"
)


def _same_noun(lead: str, noun: str) -> bool:
    """Whether the only figure of `lead` counts the same thing as the one with `noun`."""
    whole = re.search(rf"{COUNT}\s+([^\W\d_]+)", lead)
    return bool(whole and noun.split() and whole.group(1).lower() == noun.split()[0].lower())


def share_in_sentence(report: Report) -> Iterator[Draft]:
    """ "tiếp nhận 74, đã trả lời 71, đạt 97,95%": the sentence has one larger figure before and no share in it fits."""
    for paragraph in report.prose:
        for match in _BARE.finditer(paragraph.text) if "%" in paragraph.text else ():
            start, _ = sentence_at(paragraph.text, match.start())
            colon = paragraph.text.rfind(":", start, match.start())
            lead = paragraph.text[max(start, colon) : match.start()]
            a = number(match["a"])
            wholes = [number(m.group()) for m in re.finditer(COUNT, lead)]
            if (
                (number(match["p"]) == 100 and not re.search(r"\bđã\b|hoàn thành", lead[-40:]))
                or len(wholes) != 1
                or not wholes[0] > a > 0
                or _OF_PLAN.match(paragraph.text, match.end())
            ):
                continue
            if re.search(
                r"(?:ngày|tháng|quý|năm|số|mỗi)\s+\S*$|%|/|tăng|giảm|riêng|còn lại|kế hoạch", lead + match["noun"], re.I
            ):
                continue
            everywhere = {number(m.group()) for m in re.finditer(COUNT, paragraph.text)}
            if any(whole > a and fits(a, whole, match["p"]) for whole in everywhere) or (
                abs(a * 100 / wholes[0] - number(match["p"])) > 15 and not _same_noun(lead, match["noun"])
            ):
                continue
            right = format_percent(a * 100 / wholes[0])
            message = f"{format_number(a)}/{format_number(wholes[0])} = {right}, không phải {match['p']}%."
            fixed = match.group()[: match.start("p") - match.start()] + right
            yield draft(paragraph, *match.span(), message, fixed, rank=88)


_FAR = 3_000
_CARRIED = re.compile(
    rf"(?:kỳ trước|tháng trước|quý trước|năm trước)\s+(?:chuyển sang|còn lại|chuyển qua)[^\d%;.()]{{0,14}}?(?P<n>{COUNT})"
    rf"|(?P<m>{COUNT})\s+hồ sơ\s+(?:từ\s+)?(?:kỳ trước chuyển sang|chuyển từ kỳ trước|tồn kỳ trước)",
    re.IGNORECASE,
)


def _totals_before(report: Report, paragraph: Paragraph, offset: int, unit: str) -> list[Decimal]:
    """Figures of the same unit before the place, in the same section."""

    def alike(a: str, b: str) -> bool:  # "48 lượt" of "120 lượt người"
        return a.startswith(b) or b.startswith(a)

    found: list[Decimal] = []
    section = report.section_of(paragraph)
    earlier = (
        report.paragraphs[section.first : paragraph.index]
        if section
        else report.paragraphs[max(paragraph.index - 3, 0) : paragraph.index]
    )
    for other in earlier:
        found.extend(number(m["n"]) for m in _TOTAL.finditer(other.text) if alike(m["unit"], unit))
    found.extend(
        number(m["n"]) for m in _TOTAL.finditer(paragraph.text, max(offset - _FAR, 0), offset) if alike(m["unit"], unit)
    )
    # shares of what came in the period leave out what the last one handed over
    whole = " ".join([*(p.text for p in earlier), paragraph.text[max(offset - _FAR, 0) : offset + _FAR]])
    carried = [number(m["n"] or m["m"]) for m in _CARRIED.finditer(whole)]
    return found + [total - c for total in found for c in carried if c < total]


RULES = (
    Rule(
        "percent_of",
        "arithmetic",
        "error",
        "Phép chia với số nêu ngay sau tỷ lệ",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        percent_of_a_base,
    ),
    Rule(
        "named_rate",
        "arithmetic",
        "error",
        "Phép chia với các số nêu trước trong đoạn: sai dấu phẩy thập phân",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        named_rate,
    ),
    Rule(
        "share_in_sentence",
        "arithmetic",
        "error",
        "Phép chia với số lớn hơn duy nhất nêu trước trong câu",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        share_in_sentence,
    ),
    Rule(
        "share",
        "arithmetic",
        "error",
        "Phép chia: tỷ lệ = tử số/mẫu số × 100, sai lệch cho phép bằng một đơn vị cuối",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        wrong_share,
    ),
    Rule(
        "share_of_total",
        "arithmetic",
        "error",
        "Phép chia với các tổng số cùng đơn vị tính nêu trước trong mục",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        share_of_total,
    ),
)
