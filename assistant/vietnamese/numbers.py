"""Figures as Vietnamese administrative texts write them: 1.941 · 99,82% · 1,2 tỷ đồng · 07 · 3.317/3.323.

A dot groups thousands and a comma starts the decimals; texts also carry the opposite ("99.82%"), spaces between groups
and plain digits. Reading is by form: a separator followed by exactly three digits groups, any other starts decimals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

from assistant.vietnamese.text import fold

Kind = Literal["number", "percent", "points", "money"]

# 1.234.567,89 | 1 234 567 (spaces only between full groups) | 1234,5 | 99.82
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d+(?:[.,]\d+)?"
_SCALES = {
    "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "nghìn tỷ": 10**12, "ngàn tỷ": 10**12, "trăm triệu": 10**8,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\w.,/-])(?P<number>{_NUMBER})"
    rf"(?:\s*(?P<points>điểm\s+(?:phần\s+trăm|%)|điểm\s*%)"
    rf"|\s?(?P<percent>%|phần\s+trăm\b)"
    rf"|(?:\s*(?P<scale>(?:{_SCALE}))\b)?(?:\s*(?P<money>đồng(?!\s+(?:chí|bào|hồ))|VNĐ|VND|đ)\b)?)"
    # "2.76.65" is no number, "57-NQ/TW" is a symbol
    r"(?![\w]|[.,]\d|-[^\W\d])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[ \u00a0]{1,3}((?!\d)[^\W\d_]+)")
_NOT_UNITS = frozenset(
    ("trên", "trong", "đạt", "và", "hoặc", "là", "với", "của", "tại", "từ", "đến", "ngày", "tháng", "năm", "quý")
)
_NOT_UNITS |= {"so", "theo", "cho", "được", "bằng", "do", "ở", "các", "có", "không"}
_APPROXIMATE = re.compile(
    r"(?:khoảng|trên|hơn|gần|dưới|ước|ước đạt|xấp xỉ|tối thiểu|ít nhất|tối đa|không quá|[<>≤≥]=?)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text.

    Attributes:
        text: as written, with its scale, sign of percent or currency, without the counted noun.
        start, end: code point span of `text`.
        value: the number with its scale applied; percent and points as written (99.82 for "99,82%").
        kind: "number", "percent", "points" (percentage points) or "money" (đồng).
        unit: "%", "điểm phần trăm" or "đồng"; after a plain number the next word ("hồ" of "hồ sơ"; see `noun_after`).
        approximate: a word before it ("trên", "khoảng", ">") makes it a bound or an estimate.
    """

    text: str
    start: int
    end: int
    value: Decimal
    kind: Kind
    unit: str | None
    approximate: bool = False


def parse_number(text: str) -> Decimal | None:
    """The number that `text` is, or None: "1.941" -> 1941, "99,82%" -> 99.82, "1,2 tỷ" -> 1200000000."""
    match = _QUANTITY.fullmatch(text.strip())
    return _value(match) if match else None


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of an NFC text in order. Digits inside symbols ("71/NQ-CP"), dates and words are left out
    where they touch letters, slashes or hyphens; a ratio "a/b" gives its two figures."""
    return list(_scan(text))


def _scan(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(_open_ratios(text)):
        if _belongs_to_symbol(text, match.start(), match.end()):
            continue
        value = _value(match)
        if value is None:
            continue
        kind, unit = _kind(match)
        end = match.end()
        if kind == "number" and (noun := _UNIT.match(text, end)) and noun.group(1).lower() not in _NOT_UNITS:
            unit = noun.group(1)
        yield Quantity(
            text=text[match.start() : end],
            start=match.start(),
            end=end,
            value=value,
            kind=kind,
            unit=unit,
            approximate=bool(_APPROXIMATE.search(text, max(0, match.start() - 16), match.start())),
        )


_RATIO = re.compile(r"(?<![\w/.,-])(\d[\d.]*)(\s?/\s?)(?=\d[\d.]*(?![\w/]|-\w))")


def _open_ratios(text: str) -> str:
    """`text` with the slash of each ratio a/b made a bar, lengths kept, so that both of its figures are seen.

    Not a space: it would group "855/900" into one number.
    """
    return _RATIO.sub(lambda m: m.group(1) + "|" * (m.end() - m.end(1)), text)


def _belongs_to_symbol(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a symbol or a date rather than a figure of their own."""
    before = text[start - 1] if start else ""
    after = text[end : end + 2]
    if before == "/" and not _ratio_before(text, start):
        return True
    # "150.000 đồng/tháng" is an amount
    digits = text[end - 1].isdigit()
    return digits and after[:1] == "/" and not re.match(r"/\s?\d[\d.,]*(?![\w/]|-\w)", text[end : end + 24])


def _ratio_before(text: str, start: int) -> bool:
    return bool(re.search(r"(?<![\w/.,-])\d[\d.]*\s?/\s?$", text[max(0, start - 24) : start]))


def _value(match: re.Match[str]) -> Decimal | None:
    number = read_digits(match["number"])
    if number is None:
        return None
    scale = match["scale"]
    return number * _SCALES[" ".join(scale.lower().split())] if scale else number


def read_digits(digits: str) -> Decimal | None:
    """The value of a run of digits and separators; None where it is no number."""
    compact = re.sub(r"[\u00a0\u202f ]", ".", digits)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", compact):
        plain = compact.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3}){2,}(\.\d+)?", compact):
        plain = compact.replace(",", "")
    else:
        plain = compact.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _kind(match: re.Match[str]) -> tuple[Kind, str | None]:
    if match["points"]:
        return "points", "điểm phần trăm"
    if match["percent"]:
        return "percent", "%"
    if match["money"]:
        return "money", "đồng"
    return "number", None


def noun_after(text: str, end: int, words: int = 4) -> str:
    """Up to `words` words that follow a figure on its line, folded: what it counts ("ho so")."""
    following = re.match(rf"[ \u00a0]*((?:[^\W\d_]+[ \u00a0]+){{0,{words - 1}}}[^\W\d_]+)?", text[end : end + 80])
    return fold(following.group(1) or "") if following else ""


def format_number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """`value` the Vietnamese way: 1941 -> "1.941", Decimal("12.50") -> "12,5", with `decimals` fixed if given."""
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign, plain = ("-" if number < 0 else ""), f"{abs(number):f}"
    whole, _, fraction = plain.partition(".")
    fraction = fraction if decimals is not None else fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return sign + grouped + (f",{fraction}" if fraction else "")


def format_percent(value: int | float | Decimal) -> str:
    """A percentage with at most two decimals: 99.82 -> "99,82%", 100 -> "100%"."""
    number = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{format_number(number)}%"


def format_money(value: int | float | Decimal) -> str:
    """An amount in đồng: in triệu or tỷ where nothing is lost by it: 1200000000 -> "1,2 tỷ đồng"."""
    number = Decimal(str(value))
    for scale, word in ((10**9, "tỷ"), (10**6, "triệu")):
        scaled = number / scale
        if abs(scaled) >= 1 and scaled == scaled.quantize(Decimal("0.001")):
            return f"{format_number(scaled)} {word} đồng"
    return f"{format_number(number)} đồng"


def two_digits(value: int) -> str:
    """A count below ten with the leading zero of administrative writing: 7 -> "07"; others as `format_number`."""
    return f"{value:02d}" if 0 < value < 10 else format_number(value)
