# ruff: noqa: E501 (a pattern stays on one line)
"""The figures of a line: value, what is counted, what it is counted per; numbers of dates, symbols and places left out."""

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.vietnamese.numbers import format_number, read_digits

_N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+\.\d{1,2}(?=\s?%)|\d+(?:,\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.,-])(?<!\d/)(?<!\d\s/)(?P<n>{_N})(?:\s?/\s?(?P<of>{_N})(?!\d|/|[.,]\d))?(?![\w]|[.,]\d|/\d|/[A-ZĐ]{{2}}|-[A-ZĐ])"
    r"(?P<sign>\s?%)?"
)
_POINTS = re.compile(r"\s+điểm(?:\s+phần\s+trăm|\s?%)")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_SCALE = re.compile(r"\s+(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+đồng)?(?!\w)|\s+đồng(?!\w)")
_NOUN = re.compile(r"\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,3})")
_PER = re.compile(r"\s?/\s?(?P<per>[^\W\d_]+)")
_MULTIPLIED = re.compile(r"\b(?:gấp|bằng|tăng|giảm|lên|gần|khoảng)\b[^,;.\d]*$", re.I)
# a number behind one of these is a name, not a count
_NAMED = re.compile(
    r"(?:ngày|tháng|năm|quý|tuần|khoản|điều|phụ lục|thứ|mức độ|bảng|biểu|khóa|giai đoạn|đề án|nghị quyết|quyết định|nghị định|nhiệm kỳ|quốc lộ)\s+(?:số\s+)?$",
    re.I,
)
_EVERY = re.compile(r"(?:mỗi|hằng|hàng|một)\s+\S+\s+$", re.I)
_MAY_BE_NAMED = re.compile(
    r"(?<!các )(?<!tổng )(?:số|cấp|mức|loại|hạng|lần|lớp|tổ|thôn|bản|ấp|khu phố|khu vực|khu|cơ sở|đợt|điểm|tuyến|nhóm|vùng|cụm|chương|phần|mục|chỉ tiêu|xóm|khóm|buôn|làng)\s+$",
    re.I,
)
_A_DAY = re.compile(r"(?:đến|từ|trước|sau|hết|vào|và|,)\s+$", re.I)
_NO_NOUNS = frozenset(
    "đạt chiếm bằng và với trong trên tăng giảm so là có được đã đang còn cho của từ đến tại theo gồm do ở để nên không chưa lên xuống thì cùng hoặc hay như khi vào ra qua về nhưng mà các những tức nghĩa riêng nâng đưa vượt mỗi một".split()  # noqa: SIM905
)
_HEDGE = re.compile(
    r"(?:khoảng|gần|(?<!nhiều )(?<!ít )(?<!cao )(?<!thấp )hơn|(?<!cấp )trên|ước|xấp xỉ|ít nhất|tối thiểu|tối đa|không quá|dưới|chừng|hàng|≥|>|<|~)\s*(?:đạt\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a line.

    Attributes:
        value: amounts of money in đồng; shares as written.
        of: the denominator of "a/b".
        kind: "count", "%", "points", "times" or "money".
        noun: the words that follow ("hồ sơ trực tuyến"), lower case; empty where none do.
        per: what it is counted per ("lớp" of "47 lượt/lớp").
        hedged: "khoảng", "hơn" … before it, or "trở lên" behind.
        start, end: of the digits and their sign or unit of money; `lead`: where the words before it begin.
    """

    value: Decimal
    of: Decimal | None
    kind: str
    noun: str
    per: str
    hedged: bool
    written: str
    start: int
    end: int
    lead: int

    @property
    def head(self) -> str:
        """The first word of what is counted."""
        return self.noun.partition(" ")[0]


@functools.lru_cache(maxsize=2048)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of an NFC line, in order."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        one = _read(text, match, found[-1].end if found else 0)
        if one is not None:
            found.append(one)
    return tuple(found)


def _read(text: str, match: re.Match[str], lead: int) -> Figure | None:
    value, end = read_digits(match["n"]), match.end()
    if value is None:
        return None
    of = read_digits(match["of"]) if match["of"] else None
    kind, noun, per = "count", "", ""
    if match["sign"]:
        kind = "%"
    elif points := _POINTS.match(text, end):
        kind, end = "points", points.end()
    elif scale := _SCALE.match(text, end):
        kind, noun, end = "money", "đồng", scale.end()
        factor = _SCALES.get(scale["scale"] or "", 1)
        value, of = value * factor, of * factor if of is not None else None
    else:
        noun = _noun(text, end)
        if noun.startswith("lần") and _MULTIPLIED.search(text, max(match.start() - 24, 0), match.start()):
            kind = "times"
    if slash := _PER.match(text, end + (len(noun) + 1 if noun and kind == "count" else 0)):
        per = slash["per"].lower()
    if kind == "count" and _is_name(text, match, value, of, noun):
        return None
    hedged = bool(_HEDGE.search(text, max(match.start() - 14, 0), match.start())) or bool(
        re.match(r"[^.;,\d]{0,30}?\btrở lên", text[end : end + 40])
    )
    return Figure(value, of, kind, noun, per, hedged, match["n"], match.start(), end, lead)


def _noun(text: str, end: int) -> str:
    match = _NOUN.match(text, end)
    words = match["noun"].lower().split() if match else []
    stop = next((n for n, word in enumerate(words) if word in _NO_NOUNS), len(words))
    return " ".join(words[:stop])


def _is_name(text: str, match: re.Match[str], value: Decimal, of: Decimal | None, noun: str) -> bool:
    """Whether the number is that of a date, a year, a class, a place or an age."""
    before = text[max(match.start() - 24, 0) : match.start()]
    if noun.startswith(("tuổi", "sao")) or re.match(r"\s*(?:đến|-|–)\s*\d+\s+tuổi", text[match.end() :]):
        return True
    named = _NAMED.search(before)
    after_a_year = bool(named and named.group().lower().startswith("năm") and noun and not 1900 <= value <= 2099)
    if named and not after_a_year and not _EVERY.search(before):
        return True
    plain = match["n"].isdigit()
    if plain and 1900 <= value <= 2099 and not noun:
        return True
    if of is not None and not noun and value > of and value <= 31 and of <= 12 and _A_DAY.search(before):
        return True
    small = plain and value <= 30 and not match["n"].startswith("0")
    return small and not noun and of is None and bool(_MAY_BE_NAMED.search(before))


def near(known: Sequence[Figure], at: int, reach: int = 20) -> Sequence[Figure]:
    """The figures around an offset: what a relation may be between; a line of thousands stays linear."""
    n = bisect_left(known, at, key=lambda f: f.start)
    return known[max(n - reach, 0) : n + reach + 1]


_SCALE_NAMES = {1: "đồng", 1_000: "nghìn đồng", 1_000_000: "triệu đồng", 1_000_000_000: "tỷ đồng"}


def amount(value: Decimal, like: Figure) -> str:
    """A number for people, money in the unit in which `like` is written."""
    written = read_digits(like.written)
    if like.kind != "money" or not written:
        return format_number(value)
    scale = like.value / written
    return f"{format_number(value / scale)} {_SCALE_NAMES.get(int(scale), 'đồng')}"


def same_noun(a: Figure, b: Figure) -> bool:
    """Whether both tell what they count, and it is the same."""
    return a.kind == b.kind and bool(a.head) and a.head == b.head


def may_be_same(a: Figure, b: Figure) -> bool:
    """Whether nothing tells that they count different things."""
    return (
        a.kind == b.kind
        and (a.per == b.per or not a.per or not b.per)
        and (not a.head or not b.head or a.head == b.head)
    )


def is_slip(a: Decimal, b: Decimal) -> bool:
    """Whether one number is the other with a digit changed or two neighbours swapped, or they are very near."""
    if abs(a - b) <= max(Decimal(2), max(a, b) / 50):
        return True
    x, y = format(a.normalize(), "f"), format(b.normalize(), "f")
    if len(x) != len(y):
        return False
    return sum(p != q for p, q in zip(x, y, strict=True)) == 1 or is_swapped(a, b)


def is_swapped(a: Decimal, b: Decimal) -> bool:
    """Whether one number is the other with two neighbouring digits swapped."""
    x, y = format(a.normalize(), "f"), format(b.normalize(), "f")
    differ = [n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q] if len(x) == len(y) else []
    n = differ[0] if len(differ) == 2 and differ[1] == differ[0] + 1 else -1
    return n >= 0 and x[n] == y[n + 1] and x[n + 1] == y[n]
