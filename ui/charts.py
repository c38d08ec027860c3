"""Biểu đồ: indicators against targets, this period against the last, and the run of periods; each with its table.

Drawn as SVG and not with Gradio's plots: those stack the two periods on each other, cut the axis of bars above zero,
draw no mark for a target, write 1,500 for 1.500 and name themselves in English; rows of different units need a scale
each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ui.render.html import number, render
from ui.render.svg import Bar, line_chart, paired_bars, target_bars
from ui.store.drafts import HEADER, DraftFile

if TYPE_CHECKING:
    from assistant.reports import Change, ReportType
    from ui.office import Office

SHOWN = 14


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its target.

    Attributes:
        target, result: what can be drawn on one scale; None where the cells hold no such pair of figures.
        met: whether the result satisfies the target, by the rule that the checks use.
        verdict: what the officer wrote.
    """

    name: str
    target_text: str
    result_text: str
    target: float | None
    result: float | None
    met: bool | None
    verdict: str


def read_figure(value: Any) -> float | None:
    """The first figure of a cell: "≥ 80%" -> 80.0."""
    from assistant.vietnamese.numbers import find_quantities

    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    found = find_quantities(str(value or ""))
    return float(found[0].value) if found else None


def _measured(row: Mapping[str, Any]) -> Measured:
    """A row of an indicator table; only one figure against one of the same kind is drawn."""
    from assistant.reports.thresholds import satisfied, thresholds
    from assistant.vietnamese.numbers import find_quantities, parse_number

    target = number(row.get("muc_giao") or row.get("muc_tieu"))
    result = number(row.get("ket_qua_so") or row.get("ket_qua"))
    bounds = thresholds(target)
    # the column is named "bằng số": a bare number beside a percentage is one too
    percent = bool(bounds) and bounds[0].kind == "percent" and parse_number(result) is not None and "%" not in result
    figures = find_quantities(f"{result}%" if percent else result)
    met = satisfied(target, f"{result}%" if percent else result)
    units = {figure.unit for figure in (*find_quantities(target), *figures) if figure.unit}
    pair = len(bounds) == len(figures) == 1 and met is not None and len(units) <= 1
    return Measured(
        name=str(row["chi_tieu"]),
        target_text=target,
        result_text=result,
        target=float(bounds[0].value) if pair else None,
        result=float(figures[0].value) if pair else None,
        met=met if pair else None,
        verdict=str(row.get("danh_gia") or ""),
    )


def indicators_of(draft: DraftFile) -> list[Measured]:
    """The rows of every indicator table of the draft."""
    tables = [values.get("indicators") or [] for values in draft.sections.values()]
    return [_measured(row) for rows in tables for row in rows if isinstance(row, dict) and row.get("chi_tieu")]


def _labels(report_type: "ReportType") -> dict[tuple[str, str], tuple[str, str]]:
    return {(s.id, f.name): (f.label, f.unit_label or "") for s in report_type.leaves for f in s.fields}


def compared(changes: "Iterable[Change]", labels: dict[tuple[str, str], tuple[str, str]]) -> list[dict[str, Any]]:
    """Rows of the comparison, each figure once."""
    rows, seen = [], set[str]()
    for change in changes:
        label, unit = labels.get((change.section, change.field), (change.field, change.unit or ""))
        if change.field in seen:
            continue
        seen.add(change.field)
        rows.append(
            {
                "label": label,
                "unit": unit,
                "now": float(change.current),
                "then": float(change.previous),
                "text": change.text,
            }
        )
    return rows


def runs(
    drafts: Sequence[DraftFile], draft: DraftFile, labels: dict[tuple[str, str], tuple[str, str]]
) -> list[dict[str, Any]]:
    """Figures over the periods of all drafts of this type, oldest first; only those with two periods or more."""
    same = sorted(
        (d for d in drafts if d.report_type == draft.report_type),
        key=lambda d: d.header.get("period_start") or d.created,
    )
    found: list[dict[str, Any]] = []
    for (section, name), (label, unit) in labels.items():
        points: dict[str, float] = {}
        for other in same:
            before = read_figure(other.last.get(section, {}).get(name)) if other.id == draft.id else None
            if before is not None and not points:
                points["kỳ trước"] = before
            value = read_figure(other.sections.get(section, {}).get(name))
            if value is not None:
                points[str(other.header.get("period_label") or other.name)] = value
        if len(points) >= 2 and not any(row["label"] == label for row in found):
            found.append({"label": label, "unit": unit, "points": list(points.items())})
    return found


def charts_html(office: "Office", draft: DraftFile, drafts: Sequence[DraftFile] = ()) -> str:
    """The charts of one draft; plain words where there is nothing to draw."""
    labels = _labels(office.report_type(draft.report_type))
    measured = indicators_of(draft)
    drawn = [m for m in measured if m.met is not None]
    rows = compared(office.changes(draft).values(), labels)
    lines = runs(list(drafts) or [draft], draft, labels)[:6]
    bars = [
        Bar(m.name, float(m.result or 0), float(m.target or 0), m.result_text, m.target_text, bool(m.met))
        for m in drawn[:SHOWN]
    ]
    pairs = [Bar(r["label"], r["now"], r["then"], number(r["now"]), number(r["then"])) for r in rows[:SHOWN]]
    return render(
        "draft_charts.html.j2",
        measured=measured,
        undrawn=len(measured) - len(bars),
        target_chart=Markup(target_bars(bars)) if bars else "",
        rows=rows,
        pair_chart=Markup(paired_bars(pairs)) if pairs else "",
        lines=[{**line, "svg": Markup(line_chart(line["points"], line["label"]))} for line in lines],
        period=draft.header.get("period_label", "kỳ này"),
        header=HEADER,
    )
