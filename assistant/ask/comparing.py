"""Comparisons that a question asks for, computed here: which of two is larger, which row of a table has most."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.ask.asked import canonical
from assistant.ask.models import Source, Statement
from assistant.ask.question import Ask, Question, spell_out
from assistant.ask.statements import StatementSpan
from assistant.ask.wording import EMPTY
from assistant.vietnamese.numbers import find_quantities, format_number
from assistant.vietnamese.tokens import folded_syllables

# which way two things are compared, not what of them
_WHICH_WAY = frozenset(("nhieu", "it", "hon", "lon", "nho", "cao", "thap"))
_MOST = r"(?:nhieu|cao|lon) nhat"
_LEAST = r"(?:it|thap|nho) nhat"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with what it is of and where it stands."""

    name: str
    figure: str
    source: Source


def compared_thing(question: Question) -> Question:
    """What is asked of each of two things, without the words that say which way they are compared."""
    kept = tuple(EMPTY if word in _WHICH_WAY else word for word in question.kept)
    if question.asks & {"percent", "money"}:
        return replace(question, kept=kept)
    count: frozenset[Ask] = frozenset(("count",))
    return replace(question, kept=kept, asks=question.asks | count)


def extreme(question: Question) -> Literal["most", "least"] | None:
    """Whether it asks for the largest or the smallest of many."""
    if question.has(_MOST):
        return "most"
    return "least" if question.has(_LEAST) else None


def comparison(first: Value, second: Value) -> Statement | None:
    """Which of two figures is larger and by how much; None where they cannot be compared."""
    a, b = number(first.figure), number(second.figure)
    if a is None or b is None or ("%" in first.figure) != ("%" in second.figure):
        return None
    sources = (first.source, second.source)
    if a == b:
        return Statement(f"{_start(first)} bằng {_end(second)} ({first.figure}).", sources)
    high, low = (first, second) if a > b else (second, first)
    unit = " điểm phần trăm" if "%" in first.figure else ""
    more = "cao hơn" if "%" in first.figure else "nhiều hơn"
    gap = format_number(abs(a - b))
    return Statement(
        f"{_start(high)} ({high.figure}) {more} {_end(low)} ({low.figure}), chênh lệch {gap}{unit}.", sources
    )


def _start(value: Value) -> str:
    return value.name[:1].upper() + value.name[1:]


def _end(value: Value) -> str:
    return value.name


def number(figure: str) -> Decimal | None:
    quantities = find_quantities(figure)
    return quantities[0].value if quantities else None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The row of a table with the largest or smallest value in a column."""

    span: StatementSpan
    head: str
    label: str
    cell: str


def extreme_row(spans: Sequence[StatementSpan], words: Sequence[str], which: str) -> Extreme | None:
    """Of the table whose heads say most of `words`, the row with the largest (or smallest) value in the column that
    says most of them."""
    best: tuple[int, Extreme] | None = None
    for header, rows in _tables(spans).items():
        whole = len({*words} & set(_read(header)))
        if (
            whole >= 2
            and (best is None or whole > best[0])
            and (found := _of_table(header.split(" | "), rows, words, which))
        ):
            best = whole, found
    return best[1] if best else None


def _of_table(heads: Sequence[str], rows: Sequence[StatementSpan], words: Sequence[str], which: str) -> Extreme | None:
    """The row with the largest value in the column of figures whose head says most of what is asked."""
    records = _records(rows, len(heads))
    fits = {i: len({*words} & set(_read(heads[i]))) for i in range(1, len(heads))}
    for column in sorted(fits, key=lambda i: -fits[i]):
        valued = [(value, row) for row in records if (value := number(row[column].text)) is not None]
        if not fits[column] or len(valued) < 2 or len(valued) < len(records) - 1:
            continue
        _, row = (max if which == "most" else min)(valued, key=lambda pair: pair[0])
        label = next((cell.text for cell in row if re.search(r"[^\W\d]{2,}", cell.text)), "")
        return Extreme(row[column].row, heads[column], label, row[column].text) if label else None
    return None


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    row: StatementSpan


def _records(rows: Sequence[StatementSpan], width: int) -> list[list[_Cell]]:
    """The rows of a table by cells, without a line of totals; [] where its cells do not fill whole rows. A source
    that has lost the ends of rows is cut anew."""
    cells = [_Cell(cell.strip(), row) for row in rows if not _is_total(row) for cell in row.text.split(" | ")]
    if len(cells) % width:
        return []
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def _tables(spans: Sequence[StatementSpan]) -> dict[str, list[StatementSpan]]:
    found: dict[str, list[StatementSpan]] = {}
    for span in spans:
        if span.header and span.text.strip() != span.header:
            found.setdefault(span.header, []).append(span)
    return found


def _is_total(row: StatementSpan) -> bool:
    return bool(re.search(r"\b(?:tong|cong)\b", " ".join(row.words[:4])))


def _read(text: str) -> tuple[str, ...]:
    return canonical(tuple(folded_syllables(spell_out(text))))
