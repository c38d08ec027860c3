"""Biểu đồ: indicators against targets, this period against the last, and the run of periods; each with its table."""

from collections.abc import Iterable, Sequence
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
    """An indicator with its target; the values are None where no figure can be read from the cell."""

    name: str
    target_text: str
    result_text: str
    target: float | None
    result: float | None
    verdict: str


def read_figure(value: Any) -> float | None:
    """The first figure of a cell: "≥ 80%" -> 80.0."""
    from assistant.vietnamese.numbers import find_quantities

    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    found = find_quantities(str(value or ""))
    return float(found[0].value) if found else None


def indicators_of(draft: DraftFile) -> list[Measured]:
    """The rows of every indicator table of the draft."""
    rows = []
    for values in draft.sections.values():
        for row in values.get("indicators") or []:
            if not isinstance(row, dict) or not row.get("chi_tieu"):
                continue
            target, result = row.get("muc_giao") or row.get("muc_tieu"), row.get("ket_qua_so") or row.get("ket_qua")
            rows.append(
                Measured(
                    str(row["chi_tieu"]),
                    str(target or ""),
                    str(result or ""),
                    read_figure(target),
                    read_figure(result),
                    str(row.get("danh_gia") or ""),
                )
            )
    return rows


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
    drawn = [m for m in measured if m.target is not None and m.result is not None]
    rows = compared(office.changes(draft).values(), labels)
    lines = runs(list(drafts) or [draft], draft, labels)[:6]
    bars = [
        Bar(m.name, float(m.result or 0), float(m.target or 0), m.result_text, m.target_text) for m in drawn[:SHOWN]
    ]
    pairs = [Bar(r["label"], r["now"], r["then"], number(r["now"]), number(r["then"])) for r in rows[:SHOWN]]
    return render(
        "draft_charts.html.j2",
        measured=measured,
        target_chart=Markup(target_bars(bars)) if bars else "",
        rows=rows,
        pair_chart=Markup(paired_bars(pairs)) if pairs else "",
        lines=[{**line, "svg": Markup(line_chart(line["points"], line["label"]))} for line in lines],
        period=draft.header.get("period_label", "kỳ này"),
        header=HEADER,
    )
