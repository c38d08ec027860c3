"""Report types as JSON and as text for the officer."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.reports.fields import TYPE_LABELS, Column, Field, record_columns
from assistant.reports.numbering import label
from assistant.reports.topics import TableSpec
from assistant.reports.types import ReportType, Section


def report_types_json(types: Mapping[str, ReportType]) -> dict[str, Any]:
    """The list of report types."""
    return {
        "report_types": [
            {"id": t.id, "name": t.name, "short_name": t.short_name, "sections": len(t.leaves), "custom": t.custom}
            for t in types.values()
        ]
    }


def report_type_json(report_type: ReportType) -> dict[str, Any]:
    """One report type with all that its sections ask for."""
    return {
        "id": report_type.id,
        "name": report_type.name,
        "short_name": report_type.short_name,
        "purpose": report_type.purpose,
        "recipient": report_type.recipient,
        "period": report_type.period,
        "custom": report_type.custom,
        "header": [field_json(field) for field in report_type.header],
        "sections": [section_json(section) for section in report_type.sections],
        "rules": list(report_type.rules),
    }


def section_json(section: Section) -> dict[str, Any]:
    """One section: heading, topics, requirements, fields, tables, mistakes."""
    return {
        "id": section.id,
        "number": section.number,
        "heading": section.heading,
        "level": section.level,
        "parent": section.parent,
        "appendix": section.appendix,
        "optional": section.optional,
        "purpose": section.purpose,
        "topics": [use.topic.id for use in section.topics],
        "requirements": [
            {"text": requirement.text, "basis": [str(basis) for basis in requirement.basis]}
            for requirement in section.requirements
        ],
        "fields": [field_json(field) for field in (*section.header_fields, *section.fields)],
        "tables": [_table_json(table) for table in section.tables],
        "mistakes": [mistake.text for mistake in section.mistakes],
    }


def field_json(field: Field) -> dict[str, Any]:
    """A field: name, label, type, unit, required, and what else helps to fill it in."""
    result: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "unit": field.unit_label,
        "required": field.required,
    }
    if field.choices:
        result["choices"] = list(field.choices)
    if field.max is not None:
        result["max"] = field.max
    if record_columns(field):
        result["columns"] = [_column_json(column) for column in record_columns(field) if not column.extra]
    if field.example is not None:
        result["example"] = field.example
    if field.help:
        result["help"] = field.help
    return result


def _column_json(column: Column) -> dict[str, Any]:
    result: dict[str, Any] = {"name": column.name, "label": column.label, "type": column.type}
    if column.unit:
        result["unit"] = column.unit
    if column.choices:
        result["choices"] = list(column.choices)
    return result


def _table_json(table: TableSpec) -> dict[str, Any]:
    return {
        "id": table.id,
        "caption": table.caption,
        "columns": [_column_json(column) for column in table.columns],
        "rows_from": table.rows_from,
    }


def outline_text(report_type: ReportType) -> Iterator[str]:
    """Lines of the outline with requirements and fields, for the terminal."""
    yield f"{report_type.id}: {report_type.name}"
    for key, value in (("Để làm gì", report_type.purpose), ("Gửi", report_type.recipient), ("Kỳ", report_type.period)):
        if value:
            yield f"  {key}: {value}"
    for section in report_type.sections:
        indent = "  " * section.level
        optional = " (khi có số liệu)" if section.optional else ""
        yield ""
        yield f"{indent}{label(section.number, section.heading)}  [{section.id}]{optional}"
        if section.is_group:
            continue
        yield f"{indent}  Chủ đề: {', '.join(use.topic.name for use in section.topics)}"
        for requirement in section.requirements:
            basis = f" ({'; '.join(str(b) for b in requirement.basis)})" if requirement.basis else ""
            yield f"{indent}  - {requirement.text}{basis}"
        for field in section.fields:
            yield f"{indent}    {field_line(field)}"


def field_line(field: Field) -> str:
    """ "rec_total: Tổng hồ sơ tiếp nhận (số nguyên, hồ sơ; bắt buộc)"."""
    what = [TYPE_LABELS[field.type]]
    if field.unit:
        what.append(field.unit)
    details = ", ".join(what) + ("; bắt buộc" if field.required else "")
    return f"{field.name}: {field.label} ({details})"
