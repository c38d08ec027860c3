"""A YAML form for the inputs of a report: every field with its label, unit and an example in a comment."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.reports.fields import TYPE_LABELS, Field, record_columns
from assistant.reports.inputs import HEADER, Inputs, form_fields
from assistant.reports.numbering import label
from assistant.reports.types import ReportType


def blank_yaml(report_type: ReportType, inputs: Inputs | None = None) -> str:
    """The form as text; with `inputs` filled in with their values."""
    return "\n".join(_lines(report_type, inputs)) + "\n"


def _lines(report_type: ReportType, inputs: Inputs | None) -> Iterator[str]:
    yield f"# Số liệu cho: {report_type.name}"
    yield "# Điền sau dấu hai chấm; (*) là bắt buộc. Bỏ trống là chưa có số liệu; 0 hoặc [] là không phát sinh."
    yield f"report_type: {report_type.id}"
    yield f"{HEADER}:"
    for field in report_type.header:
        yield from _field(field, inputs.header.get(field.name) if inputs else None)
    yield "sections:"
    for section in report_type.leaves:
        fields = form_fields(report_type, section, inputs)
        if not fields:
            continue
        yield ""
        yield f"  # {label(section.number, section.heading)}"
        yield f"  {section.id}:"
        for field in fields:
            value = inputs.own(section.id, field.name) if inputs else None
            yield from ("  " + line for line in _field(field, value))


def _field(field: Field, value: Any) -> Iterator[str]:
    required = " (*)" if field.required else ""
    unit = f", {field.unit_label}" if field.unit_label else ""
    hint = f"  # {field.label}{required}: {TYPE_LABELS[field.type]}{unit}"
    if field.choices:
        hint += f" ({' | '.join(field.choices)})"
    if field.help:
        hint += f". {field.help}"
    yield hint
    if value is not None:
        yield from _filled(field.name, value)
        return
    yield f"  {field.name}:"
    columns = [column.name for column in record_columns(field) if not column.extra]
    if columns:
        yield f"  # - {{{', '.join(f'{name}: ' for name in columns)}}}"
    elif field.example is not None:
        yield f"  # ví dụ: {_flow(field.example)}"


def _filled(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and value:
        yield f"  {name}:"
        yield from (f"  - {_flow(item)}" for item in value)
    else:
        yield f"  {name}: {_flow(value)}"


def _flow(value: Any) -> str:
    """A value in YAML's flow style; text quoted, so that nothing in it is read as syntax."""
    if isinstance(value, dict):
        pairs = (f"{key}: {_flow(item)}" for key, item in value.items() if item is not None)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
