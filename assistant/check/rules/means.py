# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""So many for each: means and even shares against the two figures they are made of, in the line or the table above it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, amount, figures, near
from assistant.check.report import Paragraph, Report, Table
from assistant.check.text_tools import draft
from assistant.vietnamese.numbers import format_number, parse_number

_MEAN = re.compile(r"\b(?:bình quân|trung bình|tính ra)\b", re.I)
_EACH = re.compile(
    r"\bmỗi\s+(?P<unit>[^\W\d_]+(?:\s+[^\W\d_]+){0,2}?)(?:\s*(?:có|gồm|là|đạt|được|nhận|đều|gửi đến|tiếp nhận|bà con|,))*\s*,?\s*$",
    re.I,
)
_EACH_EARLIER = re.compile(r"\bmỗi\s+(?P<unit>[^\W\d_]+)", re.I)
_BEHIND = re.compile(r"\s*(?:/|một|mỗi|trên một|trên mỗi)\s*(?P<unit>[^\W\d_]+)", re.I)
_ROUGH = re.compile(
    r"\b(?:khoảng|gần|hơn|ít nhất|tối thiểu|tối đa|không quá|chỉ tiêu|kế hoạch|phấn đấu)\b|\btừ\s*$", re.I
)
_MONTHS = {"quarter": 3, "half": 6, "nine_months": 9, "year": 12}
_ALL_TOLD = re.compile(r"[^.;\d]{0,20}[,;]?\s*(?:tổng cộng|tổng số|cả thảy|tất cả|tổng)(?:\s+(?:là|có))?\s*", re.I)
_RANGE = re.compile(
    r"từ ngày\s+\d{1,2}/(?P<m>\d{1,2})/(?P<y>20\d\d)\s+đến\s+(?:hết\s+)?ngày\s+\d{1,2}/(?P<m2>\d{1,2})/(?P<y2>20\d\d)"
)
_TIMES = frozenset({"tháng", "tuần", "ngày", "quý"})
_PERSONS = frozenset({"người", "lượt", "thành", "học", "đại", "đồng", "hội", "đoàn", "cán", "công", "đối"})
_VILLAGE = re.compile(r"(?:thôn|bản|ấp|buôn|làng|xóm|khóm|khu phố|khu vực|tổ dân phố)\b")
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn xã|toàn phường)\s*:?", re.I)


@dataclass(frozen=True, slots=True)
class Mean:
    """ "k things for each unit": `exact` where nothing says that it is a mean."""

    figure: Figure
    unit: str
    exact: bool
    start: int
    end: int


def means(text: str, known: Sequence[Figure]) -> Iterator[Mean]:
    """What a line says of each."""
    for figure in known:
        before = text[max(figure.start - 60, 0) : figure.start]
        lead = re.split(r"[.;:]\s", before)[-1]
        if comma := re.search(r",\s(?=[^,]*\b(?:bình quân|trung bình|tính ra|mỗi)\b[^,]*(?:,[^,]*)?$)", lead, re.I):
            lead = lead[comma.end() :]
        counted = figure.end + len(figure.noun) + 1 if figure.noun and figure.kind == "count" else figure.end
        behind = _BEHIND.match(text, counted) or _after_noun(text, figure)
        if re.search(r"\bmỗi\b.*\b(?:trong đó|gồm)\b", lead):
            continue  # "210 người mỗi lớp, trong đó nữ 690 người": of all of them
        each = _EACH.search(lead) or (_EACH_EARLIER.search(lead) if _MEAN.search(lead) else None)
        mean = _MEAN.search(lead)
        unit = (
            each["unit"]
            if each
            else behind["unit"]
            if behind and (mean or re.search(r"/|\bmỗi\b", behind.group()))
            else ""
        )
        if (
            not unit
            or figure.head == unit.split()[0].lower()
            or figure.hedged
            or figure.of is not None
            or figure.kind == "%"
            or _ROUGH.search(lead)
        ):
            continue
        start = figure.start - len(lead) + min(m.start() for m in (each, mean) if m) if each or mean else figure.start
        yield Mean(figure, unit.lower(), mean is None, start, behind.end() if behind else counted)


def _after_noun(text: str, figure: Figure) -> re.Match[str] | None:
    """ "60 lượt một buổi": the noun that was read may have run into the unit."""
    return re.compile(r"\s+[^\W\d_]+(?:\s[^\W\d_]+)?\s*(?:/|\s(?:một|mỗi)\s)\s*(?P<unit>[^\W\d_]+)", re.I).match(
        text, figure.end
    )


def wrong_mean(report: Report) -> Iterator[Draft]:
    """ "11 tổ, 77 thành viên, bình quân 08 thành viên/tổ"; "2.150 hồ sơ trong 5 tháng, mỗi tháng 450 hồ sơ"."""
    paragraphs = [p for p in report.zone("body", "appendix") if p.table is None]
    tables = {table.rows[-1][-1].index: table for table in report.tables if table.rows and table.rows[-1]}
    villages = _village_counts(report)
    for n, paragraph in enumerate(paragraphs):
        if not re.search(
            r"bình quân|trung bình|mỗi|tính ra|\d\s+[^\W\d_]+(?:\s[^\W\d_]+)?/", paragraph.text, re.I
        ) or report.about_the_future(paragraph):
            continue
        known = [f for f in figures(paragraph.text) if f.start >= paragraph.words_start]
        stated = list(means(paragraph.text, known))
        above = [p for p in paragraphs[max(n - 2, 0) : n] if p.section == paragraph.section]
        others = [f for p in above for f in figures(p.text)[-20:]]
        others += _totals(tables.get(paragraph.index - 1))
        told = {mean.figure.start for mean in stated}
        for mean in stated:
            own = [f for f in near(known, mean.figure.start) if not f.per and f.start not in told]
            if _VILLAGE.match(mean.unit) and all(f.head != mean.unit.split()[0] for f in (*own, *others)):
                others = [*others, *villages]
            yield from _judge(report, paragraph, mean, own, others)


def _totals(table: Table | None) -> list[Figure]:
    """The row of totals of the table above, each figure with its column's heading as noun."""
    if table is None or len(table.rows) < 3:
        return []
    row = table.rows[-1]
    if not any(_TOTAL.match(cell.text) for cell in row[:2]):
        return []
    head = {
        cell.table[2]: re.sub(r"^(?:tổng )?số (?:lượng )?", "", cell.text.lower())
        for cell in table.rows[0]
        if cell.table
    }
    return [
        Figure(value, None, "count", head.get(cell.table[2], ""), "", False, cell.text, 0, 0, 0)
        for cell in row
        if cell.table and (value := parse_number(cell.text)) is not None
    ]


def _judge(
    report: Report, paragraph: Paragraph, mean: Mean, own: list[Figure], others: list[Figure]
) -> Iterator[Draft]:
    unit = mean.unit.split()[0]
    groups = [f for f in (*own, *others) if f.head == unit]
    if not groups and unit == "người":
        groups = [f for f in own if f.head in _PERSONS and f.kind == "count"]
    wholes = [f for f in (*own, *others) if _counts(f, mean.figure)]
    sizes = [value for f in groups for value in (f.value, f.of) if value]
    amounts = [value for f in wholes for value in (f.value, f.of) if value]
    if mean.unit in _TIMES and not groups:
        sizes = _lengths(report, mean.unit)
    if not sizes:
        return
    everything = [f.value for f in (*own, *others) if f.kind == mean.figure.kind] + amounts
    if any(
        _fits(mean, total, size)
        for total in everything
        for size in (*sizes, *[f.value for f in own if f.kind == "count" and _may_group(f, mean)])
        if size
    ):
        return
    mine = [f for f in wholes if f in own]
    same = [f for f in wholes if f.head == mean.figure.head]
    if all_told := [f for f in own if f.start >= mean.end and _ALL_TOLD.fullmatch(paragraph.text[mean.end : f.start])]:
        mine = all_told[:1]
    chosen = _nearest(paragraph.text, mine or same[-1:], mean)
    if not groups and mine:  # what came in a month is a share of all that came in
        chosen = max(mine, key=lambda f: f.value)
    group = _group(groups, own, mean)
    size = group.value if group else sizes[0]
    if chosen is None or (groups and group is None) or chosen.hedged or chosen.of is not None:
        return
    beside = chosen.value - size * mean.figure.value
    if mean.exact and any(f.value == beside for f in own):
        return  # "01 tổ cấp xã 14 người và 14 tổ cấp ấp, mỗi tổ 06 người, tổng cộng 98 người"
    exact = chosen.value / size
    if size < 2 or chosen.value < size or not Decimal("0.2") < exact / mean.figure.value < 5:
        return
    right = (
        f"{round(exact, 2).normalize():f}".replace(".", ",")
        if exact != exact.to_integral_value()
        else format_number(exact)
    )
    if mean.figure.kind == "money":
        right = amount(exact, mean.figure)
    message = f"{amount(chosen.value, chosen)}/{format_number(size)} = {right}, không phải {amount(mean.figure.value, mean.figure)}."
    ends = [f for f in (chosen, group) if f in own and f is not None and _one_sentence(paragraph.text, f, mean)]
    start, end = min([mean.start, *(f.start for f in ends)]), max([mean.end, *(f.end for f in ends)])
    yield draft(paragraph, start, min(end, len(paragraph.text)), message, rank=82)


def _may_group(figure: Figure, mean: Mean) -> bool:
    """Whether a figure may be the number of units: teams are told by their villages."""
    if not figure.head or figure.head == mean.unit.split()[0]:
        return True
    return mean.unit == "tổ" and bool(_VILLAGE.match(figure.noun))


def _one_sentence(text: str, figure: Figure, mean: Mean) -> bool:
    between = text[figure.end : mean.start] if figure.end <= mean.start else text[mean.end : figure.start]
    return not re.search(r"[.;]\s", between)


def _village_counts(report: Report) -> list[Figure]:
    """The count of villages on which the report agrees with itself most; none where two are as frequent."""
    found = [
        f
        for p in report.prose
        for f in figures(p.text)
        if _VILLAGE.match(f.noun) and f.of in (None, f.value) and f.value > 3
    ]
    counts = Counter((f.head, f.value) for f in found).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return []
    return [f for f in found if (f.head, f.value) == counts[0][0]][:1]


def _counts(whole: Figure, part: Figure) -> bool:
    """Whether a figure counts what the mean is of; persons go by many names."""
    if whole.kind != part.kind or not whole.head:
        return False
    return whole.head == part.head or (whole.head in _PERSONS and part.head in _PERSONS)


def _nearest(text: str, wholes: list[Figure], mean: Mean) -> Figure | None:
    """The only whole of the line or of its sentence, else the last before the mean that counts the very same."""
    here = [f for f in wholes if _one_sentence(text, f, mean)]
    for some in (wholes, here):
        if len({f.value for f in some}) == 1:
            return some[-1]
    same = [f for f in wholes if f.noun == mean.figure.noun and f.end <= mean.figure.start]
    return same[-1] if len({f.value for f in same}) == 1 else None


def _group(groups: list[Figure], own: list[Figure], mean: Mean) -> Figure | None:
    """How many units: the last told before the mean in its line, else the only one told near."""
    before = [f for f in groups if f in own and f.end <= mean.figure.start]
    here = [f for f in groups if f in own]
    chosen = before[-1:] or here or groups
    alike = len({f.value for f in chosen}) == 1 and all(f.of in (None, f.value) and not f.hedged for f in chosen)
    return chosen[0] if alike else None


def _lengths(report: Report, unit: str) -> list[Decimal]:
    """How many months the report tells of, by its title and by the days that its opening names."""
    if report.period is None or unit != "tháng":
        return []
    told = _MONTHS.get(report.period.kind) or report.period.number or 0
    opening = next((m for p in report.zone("body")[:6] if (m := _RANGE.search(p.text))), None)
    days = (
        int(opening["m2"]) - int(opening["m"]) + 1 + 12 * (int(opening["y2"]) - int(opening["y"])) if opening else told
    )
    # a year may be that of a commune which began in July: only named days tell
    if (opening is None) if report.period.kind == "year" else days != told:
        return []
    return [Decimal(days)] if days > 1 else []


def _fits(mean: Mean, total: Decimal, size: Decimal) -> bool:
    """Whether the mean is total/size, rounded or cut off at its own number of decimals."""
    written, value = mean.figure.written, mean.figure.value
    step = Decimal(1).scaleb(-len(written.partition(",")[2])) if "," in written else Decimal(1)
    exact = total / size
    if mean.figure.kind == "money":
        return abs(exact - value) < value / 100
    return exact == value if mean.exact else abs(exact - value) <= step / 2 or 0 <= exact - value < step


RULES = (
    Rule(
        "mean",
        "arithmetic",
        "error",
        "Phép chia: bình quân của một tổ, lớp, tháng",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh, các báo cáo tự viết: 0 báo nhầm",
        wrong_mean,
    ),
)
