# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""The number at the head of a paragraph: "III.", "3.6.", "b)", "- "."""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["part", "letter", "roman", "decimal", "point", "paren", "bullet"]
POINTS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINALS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_PART = re.compile(
    r"(?:phần|chương)\s+(?:thứ\s+)?(?P<n>[IVX]{1,4}|\d{1,2}|" + "|".join(_ORDINALS) + r")\b[.:]?\s*", re.I
)
_LETTER = re.compile(r"(?P<n>[A-HĐ])\s?[./)-]\s+(?=\S)")
_ROMAN_LABEL = re.compile(r"(?P<n>[IVX]{1,5})\s?[./)-]\s*(?=[^\W\d_])")
_DECIMAL = re.compile(
    r"(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})(?P<stop>\s?[.)])?\s+(?=\S)|(?P<n2>\d{1,2}(?:\.\d{1,2}){0,3})\.(?=[^\W\d_])"
)
_POINT = re.compile(r"(?P<n>[a-zđ])\s?\)\s*(?=\S)")
_PAREN = re.compile(r"\((?P<n>\d{1,2})\)\s*(?=\S)")
_BULLET = re.compile(r"(?P<n>[-–+*•▪●♦])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Label:
    """style: how it is numbered; text: as written ("3.6"); numbers: its parts as integers; end: where the words begin."""

    style: Style
    text: str
    numbers: tuple[int, ...]
    end: int


def read_label(text: str) -> Label | None:
    """The label that `text` (one line, NFC) begins with; None for plain prose."""
    if match := _PART.match(text):
        part = _part_number(match["n"])
        return Label("part", text[: match.end()].strip(" .:"), (part,), match.end()) if part else None
    if match := _ROMAN_LABEL.match(text):
        number = roman_value(match["n"])
        if number:
            return Label("roman", match["n"], (number,), match.end())
    if match := _LETTER.match(text):
        return Label("letter", match["n"], ("ABCDĐEGH".find(match["n"]) + 1 or 6,), match.end())
    if match := _DECIMAL.match(text):
        return _decimal(match)
    if match := _POINT.match(text):
        return Label("point", match["n"], (POINTS.find(match["n"]) + 1,), match.end())
    if match := _PAREN.match(text):
        return Label("paren", match["n"], (int(match["n"]),), match.end())
    if match := _BULLET.match(text):
        return Label("bullet", match["n"], (), match.end())
    return None


def _decimal(match: re.Match[str]) -> Label | None:
    written = match["n"] or match["n2"]
    numbers = tuple(int(part) for part in written.split("."))
    stop = bool(match["stop"]) or bool(match["n2"])
    rest = match.string[match.end() :]
    if not stop and (len(numbers) == 1 or not rest[:1].isupper()):
        return None  # "21 tổ và 125 thành viên" opens a sentence, not a section
    if numbers[0] == 0 or any(len(part) > 1 and part[0] == "0" for part in written.split(".")):
        return None
    if len(numbers) == 1 and (match["stop"] or "").endswith(")"):
        return Label("paren", written, numbers, match.end())  # "1)" counts points, as "(1)" does
    return Label("decimal", written, numbers, match.end())


def _part_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return _ORDINALS.get(written.lower()) or roman_value(written.upper()) or 0


def roman_value(written: str) -> int | None:
    """The value of a Roman number, None where it is none ("IIX")."""
    total = 0
    values = [_ROMAN.get(char, 0) for char in written]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if total and roman(total) == written else None


def roman(value: int) -> str:
    """A number below 50 in Roman digits."""
    digits = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for number, letters in digits:
        while value >= number:
            out += letters
            value -= number
    return out
