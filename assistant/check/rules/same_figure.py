# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""One quantity written with two numbers: two digits swapped, another unit of money, an appendix that says otherwise."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.ratios import fits
from assistant.check.text_tools import VALUE, draft, number
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_SCALE = {
    "nghìn đồng": 1_000,
    "ngàn đồng": 1_000,
    "triệu đồng": 1_000_000,
    "triệu": 1_000_000,
    "tỷ đồng": 1_000_000_000,
    "tỉ đồng": 1_000_000_000,
    "đồng": 1,
}
_FIGURE = re.compile(
    rf"(?P<n>{VALUE}|(?<![\w.,-])(?:\d{{1,3}}(?:\.\d{{3}})+)(?=\s?/\s?\d))(?:\s+(?P<unit>{'|'.join(_SCALE)})(?!\w))?(?!\s?%|\s*/\s*[A-ZĐ])"
)
_UNIT_LINE = re.compile(r"[Đđ]ơn vị(?: tính)?\s*:?\s*\(?(?P<unit>nghìn đồng|triệu đồng|tỷ đồng|đồng)")
_COMMON = frozenset(
    "va cua ve cac theo trong tren tai cho voi la co duoc da so tong duoc tu den nam thang ngay quy ky xa phuong ket qua dat bang nay"  # noqa: SIM905
    " hien thuc toan dia ban tinh cong con mot nhung khi do ra o vao de ho so van nguoi dong trieu".split()
)
_CONTEXT = 90
_FEWEST_DIGITS = 4
# of a figure that recurs all over the report the first places say enough
_PLACES_ENOUGH = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, the words around it (for a cell: its row, column and table), and its place."""

    value: Decimal
    money: bool
    written: str
    words: frozenset[str]
    paragraph: Paragraph
    start: int
    end: int


def figures_of(report: Report) -> list[Figure]:
    """Every count or amount of at least four digits outside dates, symbols and plans, in reading order."""
    found: list[Figure] = []
    scale: str | None = None
    for paragraph in report.zone("body", "closing", "appendix"):
        if line := _UNIT_LINE.search(paragraph.text):
            scale = line["unit"]
        elif paragraph.heading:
            scale = None
        if report.about_the_future(paragraph):
            continue
        for match in _FIGURE.finditer(paragraph.text):
            unit = match["unit"] or (
                scale if paragraph.table and re.fullmatch(rf"\s*{VALUE}\s*", paragraph.text) else None
            )
            value = number(match["n"]) * _SCALE.get(unit or "", 1)
            if value < 1000 or re.fullmatch(r"20[0-4]\d", match["n"]):
                continue
            words = _cell_words(report, paragraph) if paragraph.table else _words_around(paragraph.text, match)
            found.append(
                Figure(value, unit is not None, match.group().strip(), words, paragraph, match.start(), match.end())
            )
    return found


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", fold(text)) if word not in _COMMON)


def _words_around(text: str, match: re.Match[str]) -> frozenset[str]:
    before = re.split(r"[.;](?=\s)", text[max(match.start() - _CONTEXT, 0) : match.start()])[-1]
    after = re.sub(r"^\s?/\s?\d[\d.]*", "", text[match.end() : match.end() + 60])
    after = re.split(r"[.;,](?=\s)|\d", after)[0]
    return _content(f"{before} {after}")


def _cell_words(report: Report, cell: Paragraph) -> frozenset[str]:
    """Its row's name, its column's, and the lines above the table."""
    assert cell.table is not None
    table, row, column = cell.table
    cells = [
        p
        for line in report.tables[table].rows
        for p in line
        if p.table and (p.table[1] == row or (p.table[1] == 0 and p.table[2] == column))
    ]
    first = min(p.index for line in report.tables[table].rows for p in line)
    above = [p.text for p in report.paragraphs[max(first - 4, 0) : first] if p.table is None]
    return _content(" ".join([*(p.text for p in cells), *above]))


def swapped(a: Decimal, b: Decimal) -> bool:
    """Whether two figures differ only by two neighbouring digits changing places."""
    x, y = (str(int(value)).rstrip("0") for value in sorted((a, b)))
    x, y = x.ljust(max(len(x), len(y)), "0"), y.ljust(max(len(x), len(y)), "0")
    if len(str(int(a))) != len(str(int(b))) or len(x) < _FEWEST_DIGITS:
        return False
    differ = [i for i in range(len(x)) if x[i] != y[i]]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and x[differ[0]] == y[differ[1]]
        and x[differ[1]] == y[differ[0]]
    )


def swapped_digits(report: Report) -> Iterator[Draft]:
    """ "4.487 hộ" in the text and "4.847 hộ" in the appendix, where the words around say that the same is meant."""
    figures = figures_of(report)
    times = Counter(figure.value for figure in figures)
    by_digits: dict[tuple[int, str], dict[Decimal, list[Figure]]] = {}
    for figure in figures:
        written = str(int(figure.value))
        by_value = by_digits.setdefault((len(written), "".join(sorted(written))), {})
        places = by_value.setdefault(figure.value, [])
        if len(places) < _PLACES_ENOUGH:
            places.append(figure)
    for group in by_digits.values():
        for x, y in combinations(group, 2):
            if not swapped(x, y) or _sections(group[x]) & _sections(group[y]):
                continue  # side by side stand what came in and what was done
            pair = next(((a, b) for a in group[x] for b in group[y] if _same_thing(a, b)), None)
            if pair:
                first, second = sorted(pair, key=lambda figure: figure.paragraph.index)
                yield from _both(report, first, second, times)


def _sections(figures: list[Figure]) -> set[int]:
    return {figure.paragraph.section for figure in figures if figure.paragraph.table is None}


def _same_thing(a: Figure, b: Figure) -> bool:
    if a.paragraph.table and b.paragraph.table and a.paragraph.table[0] == b.paragraph.table[0]:
        return False
    shared = a.words & b.words
    smaller = min(len(a.words), len(b.words))
    return (
        (a.money and b.money and len(shared) >= 2)
        or len(shared) >= 3
        or (len(shared) >= 2 and 2 * len(shared) >= smaller)
    )


def _both(report: Report, first: Figure, second: Figure, times: Counter[Decimal]) -> Iterator[Draft]:
    """The figure that has less on its side is marked; the other gets a remark."""
    wrong, right = (
        (first, second) if _support(report, first, times) < _support(report, second, times) else (second, first)
    )
    if min(_support(report, one, times) for one in (first, second)) > 1:
        return  # both are borne out elsewhere: two quantities that happen to look alike
    for one, other, severity in ((wrong, right, None), (right, wrong, "info")):
        where = report.location(other.paragraph) or ("phụ lục" if other.paragraph.zone == "appendix" else "khác")
        message = f"Cùng một nội dung nhưng ở đây ghi {one.written}, chỗ khác ({where}) ghi {other.written}; hai chữ số bị đảo."
        yield draft(
            one.paragraph,
            one.start,
            one.end,
            message,
            other.written if severity is None else "",
            severity=severity,
            rank=72,
        )


def _support(report: Report, figure: Figure, times: Counter[Decimal]) -> int:
    """How often the value occurs, whether a share beside it fits, and whether it is the total of its column."""
    fit = 0
    for match in _SHARES.finditer(figure.paragraph.text):
        if figure.value in (number(match["a"] or match["a2"]), number(match["b"] or match["b2"])):
            fit = (
                2
                if fits(number(match["a"] or match["a2"]), number(match["b"] or match["b2"]), match["p"] or match["p2"])
                else -2
            )
    total = bool(
        figure.paragraph.table
        and re.search(
            r"\b(?:tong|cong)\b", fold(" ".join(p.text for p in report.tables[figure.paragraph.table[0]].rows[-1][:2]))
        )
    )
    return times[figure.value] + fit + total


_N = r"\d{1,3}(?:\.\d{3})+|\d+"
_SHARES = re.compile(
    rf"(?P<a>{_N})(?:\s+hộ|\s+hồ sơ|\s+người)?(?:\s?/\s?|\s+(?:trên|trong) (?:tổng )?số )(?P<b>{_N})[^%\d]{{0,40}}?(?P<p>\d{{1,3}}(?:,\d+)?)\s?%"
    rf"|(?P<p2>\d{{1,3}}(?:,\d+)?)\s?%\s*\(\s*(?P<a2>{_N})\s?/\s?(?P<b2>{_N})"
)
_AMOUNT = re.compile(rf"(?P<n>{VALUE}|(?<=\d/)\d[\d.]*(?:,\d+)?)\s+(?P<unit>nghìn|triệu|tỷ|tỉ)\s+đồng\b")


def units_of_money(report: Report) -> Iterator[Draft]:
    """ "1.860 triệu đồng" here and "1.860 tỷ đồng" there; "525 triệu đồng" here and "5,25 tỷ đồng" there."""
    seen: dict[str, tuple[re.Match[str], Paragraph, frozenset[str]]] = {}
    hits = [(p, m) for p in report.zone("body", "closing", "appendix") for m in _AMOUNT.finditer(p.text)]
    counts = Counter(_amount(match) for _, match in hits)
    for paragraph, match in hits:
        digits = re.sub(r"\D", "", match["n"]).strip("0")
        words = _words_around(paragraph.text, match)
        first, place, before = seen.setdefault(digits, (match, paragraph, words))
        # "5 triệu" and "5 tỷ" are too common to mean the same
        if _amount(first) == _amount(match) or first["unit"] == match["unit"] or len(digits) < 2:
            continue
        if (len(digits) < 3 or first["n"] != match["n"]) and len(words & before) < 2 and place is not paragraph:
            continue
        right = max((first, match), key=lambda one: counts[_amount(one)])
        where = report.location(place) or "trên"
        message = f"Mục {where} ghi {first.group()}, ở đây ghi {match.group()}: cùng một số mà khác đơn vị; kiểm tra lại đơn vị tính."
        fixed = right.group() if right is first else ""
        yield draft(paragraph, *match.span(), message, fixed, rank=72)


def _amount(match: re.Match[str]) -> Decimal:
    return number(match["n"]) * _SCALE[f"{match['unit']} đồng"]


_LARGE = re.compile(r"GRDP|thu ngân sách|doanh thu|giá trị|doanh số|tổng mức|vốn|toàn tỉnh|của tỉnh", re.I)
_TOO_MUCH = 10


def more_than_all(report: Report) -> Iterator[Draft]:
    """A part of the funds many times as large as all of them: its unit is wrong."""
    whole, total, told_in = Decimal(0), "", -1
    for paragraph in report.prose:
        found = _BODY_TOTAL.search(paragraph.text)
        if found and not report.about_the_future(paragraph):
            whole, total, told_in = (
                number(found["n"]) * _SCALE[found["unit"]],
                found["n"] + " " + found["unit"],
                paragraph.section,
            )
            after = found.end()
        elif paragraph.section != told_in:
            continue
        else:
            after = 0
        for match in _AMOUNT.finditer(paragraph.text, after):
            around = paragraph.text[max(match.start() - 80, after) : match.start()]
            if whole and _amount(match) >= _TOO_MUCH * whole and not _LARGE.search(around):
                message = f"{match.group()} lớn gấp nhiều lần tổng kinh phí ({total}); kiểm tra lại đơn vị tính."
                yield draft(paragraph, *match.span(), message, rank=73)


_FUNDS = re.compile(r"kinh phí|dự toán|ngân sách|nguồn lực", re.I)
_BODY_TOTAL = re.compile(
    rf"(?:[Tt]ổng (?:số )?(?:kinh phí|nguồn lực|nguồn kinh phí|dự toán)|[Kk]inh phí)[^.;\d]{{0,120}}(?:năm 20\d\d[^.;\d]{{0,60}})?(?P<n>{VALUE})\s+(?P<unit>triệu đồng|tỷ đồng|đồng)"
)


def funds_of_appendix(report: Report) -> Iterator[Draft]:
    """The total of money in the text that no total of the appendix on funds gives."""
    totals = [f for f in figures_of(report) if f.paragraph.table and f.money and _is_total_row(report, f)]
    if not totals:
        return
    values = {f.value for f in totals}
    stated = [(p, m) for p in report.prose if not report.about_the_future(p) for m in _BODY_TOTAL.finditer(p.text)]
    amounts = {number(m["n"]) * _SCALE[m["unit"]] for _, m in stated}
    if len(amounts) != 1 or amounts & values:
        return
    (amount,) = amounts
    near = min(values, key=lambda value: abs(value - amount))
    if swapped(near, amount) or abs(near - amount) > near / 5 or _column_sum(report, totals, amount):
        return  # told already, another budget, or a total that its own column does not give
    paragraph, match = stated[0]
    message = (
        f"Thân báo cáo ghi {match['n']} {match['unit']}, dòng tổng của phụ lục kinh phí là {format_number(near)} đồng."
    )
    yield draft(paragraph, match.start("n"), match.end(), message, rank=71)


def _column_sum(report: Report, totals: list[Figure], amount: Decimal) -> bool:
    """Whether the rows above one of the totals add up to `amount`."""
    for total in totals:
        place = total.paragraph.table
        rows = [
            f.value for f in figures_of(report) if f.paragraph.table and place and f.paragraph.table[::2] == place[::2]
        ]
        if sum(rows, Decimal(0)) - total.value == amount:
            return True
    return False


def _is_total_row(report: Report, figure: Figure) -> bool:
    assert figure.paragraph.table is not None
    table, row, _ = figure.paragraph.table
    names = [
        p.text for line in report.tables[table].rows for p in line if p.table and p.table[1] == row and p.table[2] <= 1
    ]
    first = min(p.index for line in report.tables[table].rows for p in line)
    title = " ".join(p.text for p in report.paragraphs[max(first - 4, 0) : first])
    return bool(_FUNDS.search(title)) and any(re.match(r"(?:tổng|cộng)", name.strip(), re.I) for name in names)


RULES = (
    Rule(
        "swapped_digits",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        swapped_digits,
    ),
    Rule(
        "units_of_money",
        "format",
        "error",
        "Hai chỗ của chính báo cáo",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        units_of_money,
    ),
    Rule(
        "more_than_all",
        "format",
        "error",
        "Phần không lớn hơn tổng thể",
        "3 báo cáo xã, 3 báo cáo đúng tự viết, 5 báo cáo mẫu, 15 văn bản: 0 báo nhầm",
        more_than_all,
    ),
    Rule(
        "funds_of_appendix",
        "inconsistent_figure",
        "warning",
        "Thân báo cáo và phụ lục",
        "3 báo cáo xã: 0 báo nhầm",
        funds_of_appendix,
    ),
)
