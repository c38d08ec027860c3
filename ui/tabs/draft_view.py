"""What the drafting tab shows: outline with progress, the form of a section, messages beside fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.indicator_lists import TABLE, IndicatorList
from ui.render.html import number, render, short_date
from ui.store.drafts import HEADER, DraftFile

if TYPE_CHECKING:
    from assistant.reports import Field, ReportType
    from assistant.reports.problems import Problem

HEADER_LABEL = "Thông tin chung"
LONG_TEXT = {"text", "list"}


@dataclass(frozen=True, slots=True)
class Filled:
    """How much of a section's form is filled: `given` of `asked` fields, `missing` required ones."""

    given: int
    asked: int
    missing: int

    @property
    def dots(self) -> str:
        """Three dots, full ones for what is filled; shown beside the words."""
        full = 3 if self.asked == 0 else round(3 * self.given / self.asked)
        full = min(full, 2) if self.missing else full
        return "●" * full + "○" * (3 - full)


def form_fields(report_type: "ReportType", section: str) -> "tuple[Field, ...]":
    """The fields of a form in the order of the prose; each once."""
    fields = report_type.header if section == HEADER else report_type.section(section).fields
    return tuple({field.name: field for field in fields}.values())


def form_sections(report_type: "ReportType") -> list[str]:
    """Ids of everything that has a form: the header, then the sections that ask for something."""
    return [HEADER, *(section.id for section in report_type.leaves if section.fields)]


def filled(draft: DraftFile, report_type: "ReportType", section: str, missing: Iterable[str]) -> Filled:
    fields = form_fields(report_type, section)
    given = sum(draft.value(section, field.name) is not None for field in fields)
    prefix = f"{section}."
    return Filled(given, len(fields), sum(key.startswith(prefix) for key in missing))


def heading_of(report_type: "ReportType", section: str, header: Mapping[str, Any]) -> str:
    """The heading with its number; places for the period are filled in where the period is known."""
    if section == HEADER:
        return HEADER_LABEL
    node = report_type.section(section)
    heading = node.heading
    for name in ("period_label", "next_period_label"):
        heading = heading.replace("{" + name + "}", str(header.get(name) or "…"))
    return (
        f"{node.number}. {heading}"
        if node.number and not node.number.endswith((")", "."))
        else f"{node.number} {heading}".strip()
    )


def outline_html(
    draft: DraftFile, report_type: "ReportType", current: str, missing: Sequence[str], problems: "Sequence[Problem]"
) -> str:
    """The outline: every heading, each with what is filled and the gravest thing to look at."""
    grave: dict[str, str] = {}
    for severity in ("warning", "error"):
        grave.update({p.section or HEADER: severity for p in problems if p.severity == severity})
    rows: list[dict[str, Any]] = [_row(draft, report_type, HEADER, 1, current, missing, grave)]
    for node in report_type.sections:
        if node.is_group or not node.fields:
            rows.append({"group": heading_of(report_type, node.id, draft.header), "level": node.level})
        else:
            rows.append(_row(draft, report_type, node.id, node.level, current, missing, grave))
    leaves = [row for row in rows if "id" in row]
    return render(
        "draft_outline.html.j2",
        rows=rows,
        given=sum(row["filled"].given for row in leaves),
        asked=sum(row["filled"].asked for row in leaves),
    )


def _row(
    draft: DraftFile,
    report_type: "ReportType",
    section: str,
    level: int,
    current: str,
    missing: Sequence[str],
    grave: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "id": section,
        "label": heading_of(report_type, section, draft.header),
        "level": level,
        "filled": filled(draft, report_type, section, missing),
        "severity": grave.get(section, ""),
        "current": section == current,
    }


def shown(value: Any, kind: str) -> str:
    """A stored value as it stands in its box."""
    if value is None:
        return ""
    if kind == "date":
        return short_date(value)
    if kind == "bool":
        return {True: "có", False: "không"}.get(value, str(value))
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return value if isinstance(value, str) else number(value)


def last_shown(value: Any, field: "Field") -> str:
    """Last period's value in one line, short."""
    if value is None:
        return ""
    if isinstance(value, list):
        return f"{len(value)} mục"
    if isinstance(value, dict):
        return str(value.get("so") or "")
    return short(shown(value, field.type))


def short(text: str, characters: int = 60) -> str:
    return text if len(text) <= characters else text[: characters - 1] + "…"


def form_html(
    draft: DraftFile,
    report_type: "ReportType",
    section: str,
    records: Mapping[str, Any],
    lists: Sequence[IndicatorList] = (),
) -> str:
    """The form of one section.

    Args:
        records: field name -> columns, for fields that hold records.
        lists: what the table of indicators can start from.
    """
    views = []
    for field in form_fields(report_type, section):
        value = draft.value(section, field.name)
        columns = records.get(field.name, ())
        rows = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        views.append(
            {
                "field": field,
                "key": f"{section}.{field.name}",
                "value": shown(value, field.type) if not columns else "",
                "columns": [column for column in columns if not column.extra],
                "rows": [row for row in rows if isinstance(row, dict)],
                "last": last_shown(draft.last.get(section, {}).get(field.name), field),
                "example": shown(field.example, field.type).split("\n")[0]
                if field.example is not None and not columns
                else "",
                "long": field.type in LONG_TEXT,
                "lists": lists if field.name == TABLE else (),
            }
        )
    order = form_sections(report_type)
    place = order.index(section) if section in order else 0
    node = None if section == HEADER else report_type.section(section)
    return render(
        "draft_form.html.j2",
        section=section,
        heading=heading_of(report_type, section, draft.header),
        requirements=[] if node is None else node.requirements,
        mistakes=[] if node is None else node.mistakes,
        fields=views,
        before=order[place - 1] if place else "",
        after=order[place + 1] if place + 1 < len(order) else "",
        show=shown,
    )


def signals_json(
    section: str, problems: "Sequence[Problem]", doubts: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Messages for the fields of one section: {"key", "severity", "text"}."""
    signals = [dict(doubt) for doubt in doubts]
    for problem in problems:
        home = problem.section or HEADER
        if home != section:
            continue
        names = problem.fields or (problem.field.rpartition(".")[2],)
        # beside the field that is wrong; the others are named in the message
        signals.append({"key": f"{home}.{names[0]}", "severity": problem.severity, "text": problem.message})
    return signals
