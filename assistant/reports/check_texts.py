"""Checks of dates, documents and texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from assistant.reports.check_numbers import problem
from assistant.reports.problems import Problem
from assistant.reports.relation_types import Companion, DateOrder, Documents, Linked, Mentions, Pattern
from assistant.reports.scope import Scope
from assistant.reports.values import plain_text, shorten
from assistant.vietnamese.dates import format_date
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables

# share of the pairs of syllables that two texts on one matter have in common at least
_SHARED_WORDS = 0.15
_REQUIRED_PARTS = (("so", "số, ký hiệu"), ("ngay", "ngày ban hành"), ("trich_yeu", "trích yếu"))
_NUMBERED = re.compile(r"\s*(\d+)\s*(?:/\d{4})?\s*[/-]\s*(.+)")


def check_date_order(relation: DateOrder, scope: Scope) -> Iterator[Problem]:
    """One date is not before another."""
    earlier, later = scope.value(relation.earlier), scope.value(relation.later)
    if isinstance(earlier, date) and isinstance(later, date) and earlier > later:
        message = (
            f"«{_capital(scope.label(relation.later))}» ({format_date(later)}) đứng trước "
            f"«{scope.label(relation.earlier)}» ({format_date(earlier)})."
        )
        yield problem(scope, "error", relation.later, message, (relation.earlier, relation.later))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def check_documents(relation: Documents, scope: Scope) -> Iterator[Problem]:
    """Documents have their parts; one's own are dated in the period and numbered in the order of their dates."""
    value = scope.inputs.own(scope.section, relation.field)
    documents = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    label = scope.index[relation.field].label
    for position, document in enumerate(documents, start=1):
        lacking = [name for key, name in _REQUIRED_PARTS if not document.get(key)]
        if not relation.own:
            lacking = [name for name in lacking if name != "trích yếu"]
        if lacking:
            message = f"{label}, văn bản {position} ({_name(document)}): chưa có {', '.join(lacking)}."
            yield problem(scope, "warning", relation.field, message, (relation.field,))
    if relation.own:
        yield from _in_period(relation.field, documents, scope)
        yield from _in_order(relation.field, documents, scope)


def _name(document: Mapping[str, Any]) -> str:
    parts = [str(document[key]) for key in ("loai", "so") if document.get(key)]
    return " ".join(parts) or str(document.get("trich_yeu") or "chưa rõ")


def _in_period(name: str, documents: Sequence[Mapping[str, Any]], scope: Scope) -> Iterator[Problem]:
    start = scope.inputs.header.get("period_start")
    ends = [scope.inputs.header.get(key) for key in ("report_date", "data_cutoff_date", "period_end")]
    end = max((day for day in ends if isinstance(day, date)), default=None)
    for document in documents:
        day = document.get("ngay")
        if not isinstance(day, date):
            continue
        if end is not None and day > end:
            message = f"{_name(document)} ghi ngày {format_date(day)}, sau ngày cuối của báo cáo ({format_date(end)})."
            yield problem(scope, "error", name, message, (name,))
        elif isinstance(start, date) and day < start:
            message = f"{_name(document)} ghi ngày {format_date(day)}, trước kỳ báo cáo (từ {format_date(start)})."
            yield problem(scope, "warning", name, message, (name,))


def _in_order(name: str, documents: Sequence[Mapping[str, Any]], scope: Scope) -> Iterator[Problem]:
    """Numbers of one series grow with their dates within a year."""
    series: dict[tuple[str, int], list[tuple[date, int, str]]] = {}
    for document in documents:
        match, day = _NUMBERED.fullmatch(str(document.get("so") or "")), document.get("ngay")
        if match and isinstance(day, date):
            entry = (day, int(match.group(1)), _name(document))
            series.setdefault((fold(match.group(2)), day.year), []).append(entry)
    for entries in series.values():
        entries.sort()
        for (day, number, first), (next_day, next_number, second) in pairwise(entries):
            if day < next_day and number > next_number:
                message = (
                    f"{second} ngày {format_date(next_day)} có số nhỏ hơn {first} ngày {format_date(day)}; "
                    "số văn bản cùng loại phải tăng theo ngày."
                )
                yield problem(scope, "warning", name, message, (name,))


def check_companion(relation: Companion, scope: Scope) -> Iterator[Problem]:
    """What is said calls for something else that the report type asks for and nobody gave."""
    if not scope.inputs.own(scope.section, relation.field):
        return
    asked = {field.name for section in scope.report_type.leaves for field in section.fields}
    lacking = [need for need in relation.needs if need in asked and not _given_anywhere(need, scope)]
    if lacking:
        names = ", ".join(f"«{scope.label(need)}»" for need in lacking)
        message = f"Đã nêu {scope.label(relation.field)} nhưng chưa có {names}: {relation.message}"
        yield problem(scope, "warning", lacking[0], message, (relation.field, *lacking))


def _given_anywhere(name: str, scope: Scope) -> bool:
    return bool(scope.value(name)) or any(values.get(name) for values in scope.inputs.sections.values())


def check_mentions(relation: Mentions, scope: Scope) -> Iterator[Problem]:
    """The title names the period of the report."""
    text, period = scope.value(relation.field), scope.value(relation.of)
    if not isinstance(text, str) or not isinstance(period, str):
        return
    bare = re.sub(r"\(.*?\)", " ", period)
    words = re.findall(r"\w+", fold(bare))
    missing = [word for word in words if word not in re.findall(r"\w+", fold(text))]
    if missing:
        message = f"{_capital(scope.label(relation.field))} chưa nêu đủ {scope.label(relation.of)} «{bare.strip()}»."
        yield problem(scope, "info", relation.field, message, (relation.field, relation.of))


def check_pattern(relation: Pattern, scope: Scope) -> Iterator[Problem]:
    """A text given has its form."""
    text = scope.inputs.own(scope.section, relation.field)
    if isinstance(text, str) and not re.fullmatch(relation.pattern, text.strip()):
        message = f"{_capital(scope.label(relation.field))} «{text.strip()}»: {relation.message}"
        yield problem(scope, "warning", relation.field, message, (relation.field,))


def check_linked(relation: Linked, scope: Scope) -> Iterator[Problem]:
    """What a row names is taken up elsewhere; silent where there is nothing elsewhere to look through."""
    texts = [set(_telling(text)) for text in _texts_of(relation.to, scope)]
    if not texts:
        return
    for row in scope.inputs.own(scope.section, relation.table) or ():
        words = set(_telling(str(row.get(relation.name) or "")))
        if not words or (relation.where and row.get(relation.where) not in relation.only):
            continue
        if max(len(words & text) / min(len(words), len(text) or 1) for text in texts) < _SHARED_WORDS:
            message = f"«{shorten(str(row[relation.name]))}»: {relation.message}"
            yield problem(scope, relation.severity, relation.table, message, (relation.table, relation.to))


def _telling(text: str) -> list[str]:
    """The pairs of neighbouring syllables of a text: single syllables mean too little in Vietnamese."""
    words = folded_syllables(text)
    return [f"{first} {second}" for first, second in pairwise(words)] or words


def _texts_of(name: str, scope: Scope) -> list[str]:
    values = [scope.inputs.flat.get(name), *(section.get(name) for section in scope.inputs.sections.values())]
    items = [item for value in values if isinstance(value, list) for item in value]
    return [plain_text(item) for item in items]
