"""Numbers of headings, generated so that none is skipped or repeated."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.reports.types import ReportType, Section

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def roman(number: int) -> str:
    """4 -> "IV" (1 to 399)."""
    digits = ""
    for value, sign in _ROMAN:
        while number >= value:
            digits, number = digits + sign, number - value
    return digits


def _letter(number: int) -> str:
    # the Vietnamese alphabet as Decree 30/2020 numbers points: a, b, c, d, đ, e, g …
    return _LETTERS[(number - 1) % len(_LETTERS)]


# style -> (position among numbered siblings from 1, number of the parent) -> number
STYLES: Mapping[str, Callable[[int, str], str]] = {
    "none": lambda _, __: "",
    "part": lambda n, _: f"Phần {n}",
    "part_roman": lambda n, _: f"Phần {roman(n)}",
    "upper_alpha": lambda n, _: chr(ord("A") + n - 1),
    "roman": lambda n, _: roman(n),
    "arabic": lambda n, _: str(n),
    "nested": lambda n, parent: f"{parent}.{n}" if parent and parent[0].isdigit() else str(n),
    "lower_alpha": lambda n, _: f"{_letter(n)})",
    "dash": lambda _, __: "-",
}


def label(number: str, heading: str) -> str:
    """The heading line: "I. …", "3.6. …", "a) …", "Phần 1. …"; the heading alone where there is no number."""
    if not number:
        return heading
    return f"{number} {heading}" if number.endswith((")", "-")) else f"{number}. {heading}"


def numbers(report_type: "ReportType", included: Collection[str] | None = None) -> dict[str, str]:
    """The number of each section that is in `included` (all of them by default), without gaps.

    Appendices are "Phụ lục" where there is one, else "Phụ lục I", "Phụ lục II" …
    """
    sections = [s for s in report_type.sections if included is None or s.id in included]
    result = _body([s for s in sections if not s.appendix])
    appendices = [s for s in sections if s.appendix]
    for position, section in enumerate(appendices, start=1):
        single = len(appendices) == 1
        result[section.id] = "Phụ lục" if single else f"Phụ lục {STYLES[section.style](position, '')}"
    return result


def _body(sections: Iterable["Section"]) -> dict[str, str]:
    result: dict[str, str] = {}
    counts: dict[str | None, int] = {}
    for section in sections:
        position = counts.get(section.parent, 0) + (section.style not in ("none", "dash"))
        counts[section.parent] = position
        result[section.id] = STYLES[section.style](position, result.get(section.parent or "", ""))
    return result
