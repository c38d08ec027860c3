"""What an officer typed into one field, read as the field's type; nothing is thrown away, doubts are named."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.reports.fields import Column, Field
from assistant.reports.problems import Severity
from assistant.vietnamese.dates import find_dates, format_date
from assistant.vietnamese.numbers import find_quantities, format_number, parse_number
from assistant.vietnamese.text import fold, nfc

_BLANK = re.compile(r"[\s.…_–—-]*")
# "500.000 ngàn": thousands twice
_DOUBLED_SCALE = re.compile(r"\d[.\s]\d{3}\s*(?:nghìn|ngàn|triệu)\b", re.IGNORECASE)
_YES = frozenset(("co", "true", "x", "1", "roi", "da", "dung", "yes", "da ban hanh", "da len san"))
_NO = frozenset(("khong", "false", "0", "chua", "sai", "no", "chua ban hanh", "chua len san"))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a value may not be what was meant: severity and a Vietnamese clause without the field's name."""

    severity: Severity
    text: str
    kind: str = "value"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read; None is missing. Doubts are in the order found."""

    value: Any
    doubts: tuple[Doubt, ...] = ()


def is_blank(raw: Any) -> bool:
    """Whether nothing was given: null, empty text, or only dots, dashes and underscores."""
    return raw is None or (isinstance(raw, str) and _BLANK.fullmatch(raw) is not None)


def read_scalar(raw: Any, spec: Field | Column) -> Reading:
    """One value of a type that is no list, table or document."""
    if is_blank(raw):
        return Reading(None)
    if isinstance(raw, str):
        raw = nfc(raw).strip()
    match spec.type:
        case "int" | "float" | "percent" | "money":
            return _read_number(raw, spec)
        case "date":
            return _read_date(raw)
        case "bool":
            return _read_bool(raw)
        case "choice":
            return _read_choice(raw, spec.choices)
        case _:
            return Reading(plain_text(raw))


def plain_text(raw: Any) -> str:
    """Any value as text: lists joined by "; ", mappings as "key: value", dates the Vietnamese way."""
    if isinstance(raw, bool):
        return "có" if raw else "không"
    if isinstance(raw, datetime | date):
        return format_date(raw.date() if isinstance(raw, datetime) else raw)
    if isinstance(raw, Mapping):
        return "; ".join(
            plain_text(key) if is_blank(value) else f"{key}: {plain_text(value)}" for key, value in raw.items()
        )
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return "; ".join(plain_text(item) for item in raw if not is_blank(item))
    if isinstance(raw, int | float | Decimal):
        return format_number(raw)
    return nfc(str(raw)).strip()


def shorten(text: str, length: int = 60) -> str:
    """At most `length` characters, cut between words."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


def read_list(raw: Any) -> Reading:
    """A list of statements: a list, or text with one statement a line."""
    if is_blank(raw):
        return Reading(None)
    if isinstance(raw, str):
        raw = [re.sub(r"^\s*[-+•*]\s+", "", line) for line in raw.splitlines()]
    elif isinstance(raw, Mapping) or not isinstance(raw, Sequence):
        raw = [raw]
    return Reading([plain_text(item) for item in raw if not is_blank(item)])


def _read_number(raw: Any, spec: Field | Column) -> Reading:
    if isinstance(raw, bool):
        return Reading(plain_text(raw), (Doubt("error", "phải là số, không phải có/không"),))
    if isinstance(raw, int | float | Decimal):
        value: Decimal | None = Decimal(str(raw))
    elif isinstance(raw, str):
        value = _number_of(raw, spec)
    else:
        return Reading(plain_text(raw), (Doubt("error", "phải là một số, không phải danh sách hay bảng"),))
    if value is None:
        return Reading(str(raw), (_number_in_words(str(raw)),))
    doubts = tuple(_range_doubts(value, spec))
    if spec.type in ("int", "money"):
        if value == value.to_integral_value():
            return Reading(int(value), doubts)
        doubts = (Doubt("error", f"phải là số nguyên, đang ghi {format_number(value)}"), *doubts)
    return Reading(Decimal(int(value)) if value == value.to_integral_value() else value, doubts)


def _number_of(text: str, spec: Field | Column) -> Decimal | None:
    """The number of a text such as "1.941", "99,82%", "1,2 tỷ đồng", "45 hồ sơ"; None for "trên 150"."""
    unit = fold(spec.unit or "")
    bare = text
    if unit and fold(text).endswith(" " + unit):
        bare = text[: len(text) - len(spec.unit or "")].strip()
    if spec.type != "money" and _DOUBLED_SCALE.search(bare):
        return None
    value = parse_number(bare)
    if value is None and bare.startswith("-"):
        negative = parse_number(bare[1:].strip())
        return -negative if negative is not None else None
    limit = _limit(spec)
    if value is not None and limit is not None and value > limit and re.fullmatch(r"\d+\.\d{3}\s*%?", bare):
        # "98.553" as a share is 98,553 however much it looks like a grouped number
        return Decimal(bare.rstrip(" %"))
    return value


def _number_in_words(text: str) -> Doubt:
    if _DOUBLED_SCALE.search(text):
        hint = "hãy ghi một con số đầy đủ, ví dụ 500.000"
        return Doubt("error", f"«{text}» ghi chồng đơn vị (đã có hàng nghìn lại thêm nghìn, triệu): {hint}")
    if re.search(r"[^\W\d_]", text) or re.match(r"\s*[<>≤≥]", text):
        exact = find_quantities(text)
        hint = "được in nguyên văn và không đưa vào phép tính"
        return Doubt("info", f"ghi «{text}»: {hint}" if exact else f"ghi bằng chữ «{text}»: {hint}", "number_text")
    return Doubt("error", f"«{text}» không phải là một số viết đúng (ví dụ đúng: 1.941 hoặc 99,82)")


def _limit(spec: Field | Column) -> Decimal | None:
    maximum = getattr(spec, "max", None)
    if maximum is not None:
        return Decimal(str(maximum))
    return Decimal(100) if spec.type == "percent" else None


def _range_doubts(value: Decimal, spec: Field | Column) -> list[Doubt]:
    limit = _limit(spec)
    if value < 0:
        return [Doubt("error", f"không thể âm ({format_number(value)})", "range")]
    if limit is not None and value > limit:
        shown = f"{format_number(value)} vượt mức tối đa {format_number(limit)}"
        return [Doubt("error", shown + ("%" if spec.type == "percent" else ""), "range")]
    if spec.type == "percent" and 0 < value < 1:
        # what a cell that Excel shows as 99,6% becomes when it is pasted as a number
        shown, meant = format_number(value), format_number(value * 100)
        return [Doubt("warning", f"ghi {shown}%; nếu là {meant}% thì hãy ghi {meant}", "range")]
    return []


def _read_date(raw: Any) -> Reading:
    if isinstance(raw, datetime):
        return Reading(raw.date())
    if isinstance(raw, date):
        return Reading(raw)
    text = plain_text(raw)
    mentions = find_dates(text)
    if not mentions:
        example = "ví dụ 15/12/2025"
        return Reading(text, (Doubt("warning", f"«{text}» không phải là một ngày ({example})", "date"),))
    first = mentions[0]
    if first.impossible:
        return Reading(text, (Doubt("error", f"ngày «{first.text}» không có trong lịch", "date"),))
    if first.value is not None and len(mentions) == 1 and first.text.strip() == text.removeprefix("ngày ").strip():
        return Reading(first.value)
    if first.value is not None and len(mentions) == 1:
        return Reading(first.value if fold(text) == fold(first.text) else text)
    # a month without its day: the day is written in at signing
    return Reading(text)


def _read_bool(raw: Any) -> Reading:
    if isinstance(raw, bool):
        return Reading(raw)
    text = plain_text(raw)
    folded = fold(text)
    if folded in _YES:
        return Reading(True)
    if folded in _NO:
        return Reading(False)
    return Reading(text, (Doubt("warning", f"«{text}» cần ghi có hoặc không"),))


def _read_choice(raw: Any, choices: tuple[str, ...]) -> Reading:
    text = plain_text(raw)
    for choice in choices:
        if fold(choice) == fold(text):
            return Reading(choice)
    if not choices:
        return Reading(text)
    return Reading(text, (Doubt("warning", f"«{text}» không thuộc các lựa chọn: {', '.join(choices)}"),))
