"""Targets in words ("> 95%", "tối thiểu 50%", "100%; 100%") and whether a result in words satisfies them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.vietnamese.numbers import find_quantities, read_digits
from assistant.vietnamese.text import fold

_SIGNS = {
    ">=": "≥", "≥": "≥", ">": ">", "<=": "≤", "≤": "≤", "<": "<",
    "tren": ">", "hon": ">", "vuot": ">", "toi thieu": "≥", "it nhat": "≥", "tu": "≥", "dat": "≥",
    "duoi": "<", "toi da": "≤", "khong qua": "≤", "khong vuot qua": "≤",
}  # fmt: skip
_SIGN = re.compile(
    r"(>=|<=|[<>≥≤]|\b(?:" + "|".join(k for k in sorted(_SIGNS, key=len, reverse=True) if k[0].isalpha()) + r")\b)\s*$"
)
_AFTER = re.compile(r"\s*(?:tro len|tro xuong)\b")
_SHARE = re.compile(r"(?<![\d/])(\d[\d.]*)\s*/\s*(\d[\d.]*)(?![\d/])")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound: `comparison` is one of ≥ > ≤ < and `kind` is as `Quantity.kind`."""

    comparison: str
    value: Decimal
    kind: str

    def holds(self, value: Decimal) -> bool:
        match self.comparison:
            case ">":
                return value > self.value
            case "<":
                return value < self.value
            case "≤":
                return value <= self.value
        return value >= self.value


def thresholds(target: str) -> list[Threshold]:
    """The bounds that a target in words sets, in order; a bare number is a least value."""
    found = []
    for quantity in find_quantities(target):
        before = fold(target[: quantity.start]).rstrip() + " "
        sign = _SIGN.search(before)
        comparison = _SIGNS[sign.group(1)] if sign else "≥"
        after = _AFTER.match(fold(target[quantity.end : quantity.end + 14]))
        if after:
            comparison = "≤" if "xuong" in after.group(0) else "≥"
        found.append(Threshold(comparison, quantity.value, quantity.kind))
    return found


def satisfied(target: str, result: str) -> bool | None:
    """Whether a result in words meets a target in words; None where they cannot be compared.

    A share "196/200" counts as its percentage where the target is one.
    """
    bounds = thresholds(target)
    if not bounds or len({bound.kind for bound in bounds}) > 1:
        return None
    kind = bounds[0].kind
    values = [q.value for q in find_quantities(result) if q.kind == kind]
    if kind == "percent" and not values:
        values = _shares(result)
    if not values or (len(bounds) > 1 and len(values) != len(bounds)):
        return None
    if len(bounds) == 1:
        return bounds[0].holds(values[0])
    return all(bound.holds(value) for bound, value in zip(bounds, values, strict=True))


def _shares(text: str) -> list[Decimal]:
    shares = []
    for part, whole in _SHARE.findall(text):
        numerator, denominator = read_digits(part.rstrip(".")), read_digits(whole.rstrip("."))
        if numerator is not None and denominator:
            shares.append(numerator * 100 / denominator)
    return shares
