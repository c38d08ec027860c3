"""A field: one figure, date, text, list or table that an officer gives for a report."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

FieldType = Literal[
    "int", "float", "percent", "money", "date", "text", "list", "table", "bool", "choice", "doc", "doc_list"
]
FIELD_TYPES: frozenset[str] = frozenset(get_args(FieldType))
NUMERIC_TYPES: frozenset[str] = frozenset(("int", "float", "percent", "money"))

TYPE_LABELS: Mapping[str, str] = {
    "int": "số nguyên",
    "float": "số",
    "percent": "tỷ lệ phần trăm",
    "money": "số tiền (đồng)",
    "date": "ngày",
    "text": "văn bản",
    "list": "danh sách, mỗi ý một dòng",
    "table": "bảng",
    "bool": "có hoặc không",
    "choice": "chọn một",
    "doc": "văn bản viện dẫn (loại, số, ngày, cơ quan, trích yếu)",
    "doc_list": "danh sách văn bản (loại, số, ngày, cơ quan, trích yếu)",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table field.

    Attributes:
        name: record key in the inputs file.
        label: what the officer reads above the column.
        type: as `Field.type`, without tables and documents.
        extra: known but not asked for: accepted silently, shown only where filled.
    """

    name: str
    label: str
    type: FieldType = "text"
    unit: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    extra: bool = False

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC_TYPES


@dataclass(frozen=True, slots=True)
class Field:
    """What is asked of the officer, once for the whole program.

    Attributes:
        name: key in the inputs file.
        unit: counted noun ("hồ sơ"), "đồng" for money; None where the type says it (percent).
        aliases: how running text names the figure.
        also: other keys under which inputs files give it.
        example: a plausible value, of a fictional commune.
        max: highest possible value; percentages end at 100 where `max` is not given.
        help: one sentence for the officer who fills it in.
    """

    name: str
    label: str
    type: FieldType
    unit: str | None = None
    required: bool = False
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    example: Any = None
    columns: tuple[Column, ...] = ()
    choices: tuple[str, ...] = ()
    max: float | None = None
    help: str | None = None

    @property
    def numeric(self) -> bool:
        """Whether arithmetic can be done with its value."""
        return self.type in NUMERIC_TYPES

    @property
    def unit_label(self) -> str | None:
        """The unit as shown beside the field: "%" for percentages."""
        return "%" if self.type == "percent" else self.unit


DOCUMENT_COLUMNS: tuple[Column, ...] = (
    Column("loai", "Loại văn bản"),
    Column("so", "Số, ký hiệu"),
    Column("ngay", "Ngày ban hành", "date"),
    Column("co_quan", "Cơ quan ban hành"),
    Column("trich_yeu", "Trích yếu nội dung"),
)


def record_columns(field: Field) -> tuple[Column, ...]:
    """Columns of the records that a table or document field holds; empty for the other types."""
    return DOCUMENT_COLUMNS if field.type in ("doc", "doc_list") else field.columns


def short_label(spec: Field | Column) -> str:
    """A label inside a sentence: without remarks in brackets ("(tối đa 20)", "(tên đầy đủ)")."""
    return re.sub(r"\s*\([^)]*\)", "", spec.label).strip() or spec.label


def parse_field(raw: Mapping[str, Any]) -> Field:
    """A field from its YAML mapping.

    Raises:
        ValueError: the type is not one of `FIELD_TYPES`.
    """
    return Field(
        name=raw["name"],
        label=raw["label"],
        type=_field_type(raw),
        unit=raw.get("unit"),
        required=bool(raw.get("required", False)),
        aliases=tuple(raw.get("aliases") or ()),
        also=tuple(raw.get("also") or ()),
        example=raw.get("example"),
        columns=tuple(parse_column(column) for column in raw.get("columns") or ()),
        choices=tuple(raw.get("choices") or ()),
        max=raw.get("max"),
        help=raw.get("help"),
    )


def parse_column(raw: Mapping[str, Any]) -> Column:
    """A column from its YAML mapping; without a label its name serves."""
    return Column(
        name=raw["name"],
        label=raw.get("label") or raw["name"],
        type=_field_type({"type": "text", **raw}),
        unit=raw.get("unit"),
        choices=tuple(raw.get("choices") or ()),
        required=bool(raw.get("required", False)),
        extra=bool(raw.get("extra", False)),
    )


def _field_type(raw: Mapping[str, Any]) -> FieldType:
    if raw["type"] not in FIELD_TYPES:
        raise ValueError(f"{raw['name']}: type {raw['type']!r}, not one of {sorted(FIELD_TYPES)}")
    return cast(FieldType, raw["type"])
