"""How figures hang together, as data: each kind is a dataclass that a YAML mapping with its `kind` becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.reports.problems import Severity


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of `parts` and of those `optional` parts that are given.

    Attributes:
        derive: the one name that may be computed from the others; None: only checked.
        unless: the relation is silent where all of these are given (another one covers the case).
    """

    total: str
    parts: tuple[str, ...]
    optional: tuple[str, ...] = ()
    derive: str | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """`value` is 100 × numerator / denominator, in percent; a term "-name" is taken away.

    Attributes:
        value: a field, or the name of a figure that only exists derived (then `label` names it).
        other_denominators: denominators that officers take by mistake, to say so.
    """

    value: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    label: str | None = None
    other_denominators: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class AtMost:
    """`field` never exceeds `limit`."""

    field: str
    limit: str


@dataclass(frozen=True, slots=True)
class Cumulative:
    """`field`, counted since an earlier day, is at least `period`, counted in the period."""

    field: str
    period: str


@dataclass(frozen=True, slots=True)
class AtLeastProduct:
    """`field` is at least the product of `factors` (teams × members each)."""

    field: str
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowCount:
    """`value` is how many rows of `table` there are, or have `equals` in `column`."""

    value: str
    table: str
    column: str | None = None
    equals: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """`value` is the sum of a column of `table`; `derive` where it may be computed."""

    value: str
    table: str
    column: str
    derive: bool = False


@dataclass(frozen=True, slots=True)
class RowRatio:
    """In each row of `table`, column `value` is 100 × `numerator` / `denominator`."""

    table: str
    value: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class RowAtMost:
    """In each row of `table`, column `field` does not exceed column `limit`."""

    table: str
    field: str
    limit: str


@dataclass(frozen=True, slots=True)
class RequiredWhen:
    """`field` must be given where the number `when` is above `above`."""

    field: str
    when: str
    above: float = 0


@dataclass(frozen=True, slots=True)
class Rating:
    """In each row of `table`, a rating of `met` needs a result that satisfies the target; `reason` otherwise."""

    table: str
    target: str
    result: str
    rating: str
    name: str
    met: str
    not_met: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """`summary` states per group how many rows of `table` have `equals` in `column`, of how many."""

    summary: str
    table: str
    group: str
    column: str
    equals: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of `table` whose `name` holds all words of one of `words` is about the figure `field`:
    rated `met`, its target must hold for that figure too."""

    table: str
    field: str
    words: tuple[tuple[str, ...], ...]
    name: str
    target: str
    rating: str
    met: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Each row of `table` should have all of `columns`; `noun` names a row."""

    table: str
    columns: tuple[str, ...]
    noun: str


@dataclass(frozen=True, slots=True)
class HasFigure:
    """Column `column` of each row of `table` should hold a number."""

    table: str
    column: str
    name: str


@dataclass(frozen=True, slots=True)
class DateOrder:
    """`earlier` is not after `later`."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents are complete; with `own`, dated inside the period and numbered in the order of their dates."""

    field: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Full coverage (`fields` at 100%, or equal to `whole`) stands against `against`: a number above zero,
    or a list in which one of `words` occurs."""

    fields: tuple[str, ...]
    against: str
    words: tuple[str, ...] = ()
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Companion:
    """Where `field` is given, each of `needs` should be too; `message` says why."""

    field: str
    needs: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class SameRows:
    """Every section that holds `table` lists the same values of `column`."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """The text of `field` names the period that `of` gives."""

    field: str
    of: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Each row of `table` (with a value of `only` in column `where`) is taken up by something in `to`.

    Attributes:
        name: the column that says what a row is about.
        to: a list, or a table whose texts are looked through, wherever the report gives it.
        message: what is missing, after the row's name.
    """

    table: str
    name: str
    to: str
    message: str
    where: str | None = None
    only: tuple[str, ...] = ()
    severity: Severity = "warning"


@dataclass(frozen=True, slots=True)
class Pattern:
    """The text of `field` has the form of the regular expression `pattern`; `message` says what form."""

    field: str
    pattern: str
    message: str


Relation: TypeAlias = (
    Sum
    | Ratio
    | AtMost
    | Cumulative
    | AtLeastProduct
    | RowCount
    | ColumnSum
    | RowRatio
    | RowAtMost
    | RequiredWhen
    | Rating
    | GroupSummary
    | Measured
    | Complete
    | HasFigure
    | DateOrder
    | Documents
    | Contradiction
    | Companion
    | SameRows
    | Mentions
    | Linked
    | Pattern
)

KINDS: Mapping[str, Callable[..., Relation]] = {
    "sum": Sum,
    "ratio": Ratio,
    "at_most": AtMost,
    "cumulative": Cumulative,
    "at_least_product": AtLeastProduct,
    "row_count": RowCount,
    "column_sum": ColumnSum,
    "row_ratio": RowRatio,
    "row_at_most": RowAtMost,
    "required_when": RequiredWhen,
    "rating": Rating,
    "group_summary": GroupSummary,
    "measured": Measured,
    "complete": Complete,
    "has_figure": HasFigure,
    "date_order": DateOrder,
    "documents": Documents,
    "contradiction": Contradiction,
    "companion": Companion,
    "same_rows": SameRows,
    "mentions": Mentions,
    "linked": Linked,
    "pattern": Pattern,
}


def parse_relation(raw: Mapping[str, Any]) -> Relation:
    """A relation from its YAML mapping.

    Raises:
        ValueError: its kind is unknown, or its keys do not fit; names both.
    """
    kind = str(raw.get("kind"))
    if kind not in KINDS:
        raise ValueError(f"relation of kind {kind!r}, not one of {sorted(KINDS)}")
    try:
        return KINDS[kind](**{key: _frozen(value) for key, value in raw.items() if key != "kind"})
    except TypeError as error:
        raise ValueError(f"relation {dict(raw)!r}: {error}") from error


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
