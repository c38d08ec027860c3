"""A message that gives figures for a section: which value belongs to which field, by label, alias and unit.

Nothing is guessed: a figure that fits two fields equally well, or none, is handed back as not understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.ask.asked import canonical
from assistant.ask.question import spell_out
from assistant.reports import Field, Section
from assistant.vietnamese.numbers import Quantity, find_quantities
from assistant.vietnamese.tokens import folded_syllables

_BREAK = re.compile(r"[;\n]|,(?!\d)|:(?=\s)|\.(?=\s|$)|\s(?:và|trong đó|gồm)\s")
_EMPTY = frozenset(
    ("la", "duoc", "dat", "co", "tong", "so", "cua", "cac", "trong", "ky", "voi", "va", "ho", "la", "khoang")
)
_LEAST = 0.5
_CLEAR = 0.08


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure of the message.

    Attributes:
        text: the words it came from.
        field: the field it was matched to; None where that is not clear.
        value: as the inputs file takes it.
        alternatives: labels of the fields that it may belong to, where it is not clear.
    """

    text: str
    field: Field | None
    value: Any = None
    alternatives: tuple[str, ...] = ()


def given_figures(message: str, section: Section) -> list[GivenFigure]:
    """The figures of a message matched to the fields of a section, in the order of the message."""
    found: list[GivenFigure] = []
    used: set[str] = set()
    for clause, quantity in _clauses(message):
        words = _label_words(clause, quantity)
        ranked = sorted(
            ((_fit(words, clause, quantity, field), field) for field in section.fields if field.name not in used),
            key=lambda pair: -pair[0],
        )
        best = ranked[0] if ranked else (0.0, None)
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        text = " ".join(clause.split())
        if best[1] is None or best[0] < _LEAST:
            found.append(GivenFigure(text, None))
        elif best[0] - second < _CLEAR:
            names = tuple(field.label for score, field in ranked if best[0] - score < _CLEAR)
            found.append(GivenFigure(text, None, alternatives=names))
        else:
            used.add(best[1].name)
            found.append(GivenFigure(text, best[1], _value(quantity, best[1])))
    return found


def _clauses(message: str) -> list[tuple[str, Quantity]]:
    """The pieces of a message that hold exactly one figure each; a piece with several is cut between them."""
    pieces: list[tuple[str, Quantity]] = []
    start = 0
    ends = [match.start() for match in _BREAK.finditer(message)] + [len(message)]
    for end in ends:
        piece = message[start:end]
        cut = 0
        quantities = find_quantities(piece)
        for i, quantity in enumerate(quantities):
            stop = len(piece) if i + 1 == len(quantities) else quantity.end
            pieces.append((piece[cut:stop], find_quantities(piece[cut:stop])[0]))
            cut = stop
        start = end + 1
    return pieces


def _label_words(clause: str, quantity: Quantity) -> list[str]:
    words = folded_syllables(spell_out(clause[: quantity.start] + " " + clause[quantity.end :]))
    return [word for word in canonical(tuple(words)) if word not in _EMPTY]


def _fit(words: Sequence[str], clause: str, quantity: Quantity, field: Field) -> float:
    """How well a clause names a field, 0-1; 0 where the kinds of value differ."""
    if not field.numeric or (quantity.kind == "percent") != (field.type == "percent"):
        return 0.0
    if quantity.kind == "money" and field.type != "money":
        return 0.0
    return max(_alike(words, name) for name in (field.label, *field.aliases))


def _alike(words: Sequence[str], name: str) -> float:
    own = [word for word in canonical(tuple(folded_syllables(spell_out(name)))) if word not in _EMPTY]
    if not own or not words:
        return 0.0
    common = len(set(own) & set(words))
    # the message may leave words of the label out, the label hardly words of the message
    return 0.35 * common / len(set(own)) + 0.65 * common / len(set(words))


def _value(quantity: Quantity, field: Field) -> Any:
    if quantity.approximate:
        return quantity.text
    if field.type in ("int", "money") and quantity.value == quantity.value.to_integral():
        return int(quantity.value)
    return quantity.value if isinstance(quantity.value, Decimal) else quantity.text
