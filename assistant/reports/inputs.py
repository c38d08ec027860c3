"""The inputs of a report: a header and per section the values of its fields, read with their types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.reports.fields import Field
from assistant.reports.problems import Problem
from assistant.reports.records import read_records
from assistant.reports.topics import Topic, load_topics
from assistant.reports.types import ReportType, Section, TopicUse
from assistant.reports.values import Reading, is_blank, read_list, read_scalar
from assistant.vietnamese.similarity import nearest
from assistant.vietnamese.text import fold

HEADER = "header"
# what analysts keep beside the inputs; never part of a report
_REMARKS = frozenset(("derived", "inconsistencies", "notes", "note", "ghi_chu", "unit_note"))
_AS_WRITTEN = "_as_written"
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the officer gave.

    Attributes:
        report_type: as the file says it; None where it does not.
        header: values of the report as a whole.
        sections: section id -> field name -> value; they count for that section alone.
        flat: values given without a section; they count wherever the field is used.
        problems: what was not understood, in the order found.
        places: "section.field" -> where it stands in a workbook ("trang «3.6», ô C12").
        source: the file; None for a mapping.
    """

    report_type: str | None
    header: Mapping[str, Any]
    sections: Mapping[str, Mapping[str, Any]]
    flat: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    source: Path | None = None

    def value(self, section: str | None, name: str) -> Any:
        """The value for a field in a section (None: the header): the section's own, else the flat or header one.

        None means missing; 0, [] and "không" are given.
        """
        if section is not None and section != HEADER:
            own = self.sections.get(section, _EMPTY).get(name)
            if own is not None:
                return own
        if name in self.flat:
            return self.flat[name]
        return self.header.get(name)

    def own(self, section: str, name: str) -> Any:
        """The value given under that very section, or flat; None where it is not."""
        if section == HEADER:
            return self.header.get(name)
        value = self.sections.get(section, _EMPTY).get(name)
        return self.flat.get(name) if value is None else value

    def place(self, section: str | None, name: str) -> str:
        """Where a value stands, for messages: a workbook's sheet and cell, else "section.field"."""
        key = field_key(section, name)
        return self.places.get(key, key)


def field_key(section: str | None, name: str) -> str:
    """ "section.field"; a bare name where there is no section."""
    return f"{section}.{name}" if section else name


def read_inputs(
    source: Path | str | Mapping[str, Any], report_type: ReportType, topics: Mapping[str, Topic] | None = None
) -> Inputs:
    """Read inputs from a file (.yaml, .yml, .json, .xlsx) or from a mapping such as such a file holds.

    Raises:
        UnreadableFileError, UnsupportedFileError, EmptyDocumentError: the file cannot be read; says what to do.
    """
    if isinstance(source, Mapping):
        return read_mapping(source, report_type, topics)
    from assistant.reports.input_files import read_file

    path = Path(source)
    if path.suffix.lower() == ".xlsx":
        from assistant.reports.workbook_read import read_workbook

        return read_workbook(path, report_type)
    return read_mapping(read_file(path), report_type, topics, source=path)


def read_mapping(
    raw: Mapping[str, Any],
    report_type: ReportType,
    topics: Mapping[str, Topic] | None = None,
    *,
    source: Path | None = None,
    places: Mapping[str, str] | None = None,
) -> Inputs:
    """Inputs from a mapping; `places` names the cells of a workbook."""
    return _Reader(report_type, topics or load_topics(), places or {}).read(raw, source)


class _Reader:
    """Reads one mapping; collects values and problems."""

    def __init__(self, report_type: ReportType, topics: Mapping[str, Topic], places: Mapping[str, str]) -> None:
        self.report_type = report_type
        self.places = places
        self.header_fields = {f.name: f for f in report_type.header}
        self.known: dict[str, Field] = {f.name: f for topic in topics.values() for f in topic.fields}
        self.known.update(self.header_fields)
        self.renamed = {other: f.name for f in list(self.known.values()) for other in f.also}
        self.section_ids = {section.id for section in report_type.sections}
        self.problems: list[Problem] = []

    def read(self, raw: Mapping[str, Any], source: Path | None) -> Inputs:
        header, flat = self._values(self._mapping(raw.get("header"), HEADER), HEADER), {}
        sections: dict[str, dict[str, Any]] = {}
        for key, value in self._mapping(raw.get("sections"), "sections").items():
            self._section(str(key), value, sections)
        for key, value in raw.items():
            name = str(key)
            if name in ("report_type", "header", "sections") or name in _REMARKS:
                continue
            if name in self.section_ids and isinstance(value, Mapping):
                self._section(name, value, sections)
            else:
                flat.update(self._values({name: value}, None))
        header.update({name: flat.pop(name) for name in list(flat) if name in self.header_fields})
        self._check_type(raw.get("report_type"))
        return Inputs(
            report_type=raw.get("report_type"),
            header=MappingProxyType(header),
            sections=MappingProxyType({key: MappingProxyType(values) for key, values in sections.items()}),
            flat=MappingProxyType(flat),
            problems=tuple(self.problems),
            places=MappingProxyType(dict(self.places)),
            source=source,
        )

    def _mapping(self, raw: Any, name: str) -> Mapping[str, Any]:
        if isinstance(raw, Mapping):
            return raw
        if not is_blank(raw):
            message = f"Phần «{name}» phải gồm các cặp tên trường: giá trị; nội dung đang ghi chưa được dùng."
            self.problems.append(Problem("error", name, message, kind="structure"))
        return _EMPTY

    def _section(self, section_id: str, raw: Any, sections: dict[str, dict[str, Any]]) -> None:
        if section_id not in self.section_ids:
            near = nearest(section_id, self.section_ids, n=1)
            hint = f"; có phải «{near[0]}»?" if near else "."
            message = f"Loại báo cáo này không có mục «{section_id}»{hint} Nội dung ghi dưới mục đó chưa được dùng."
            self.problems.append(Problem("warning", section_id, message, section_id, kind="unknown_field"))
            return
        values = self._values(self._mapping(raw, section_id), section_id)
        _name_groups(values)
        sections.setdefault(section_id, {}).update(values)

    def _values(self, raw: Mapping[str, Any], section: str | None) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, spec, value in self._named(raw, section):
            reading = read_value(value, spec)
            if reading.value is not None and name not in values:
                values[name] = reading.value
            self._doubts(reading, spec, section)
        return values

    def _named(self, raw: Mapping[str, Any], section: str | None) -> Iterator[tuple[str, Field, Any]]:
        """The known fields of a mapping; a value noted "as written" stands in where the field itself is not given."""
        stand_ins: list[tuple[str, Field, Any]] = []
        for key, value in raw.items():
            given = str(key)
            name = self.renamed.get(given, given)
            base = name.removesuffix(_AS_WRITTEN)
            if name in self.known:
                yield name, self.known[name], value
            elif base != name and base in self.known:
                stand_ins.append((base, self.known[base], value))
            elif name not in _REMARKS and base == name:
                self._unknown(given, section)
        yield from stand_ins

    def _unknown(self, given: str, section: str | None) -> None:
        here = self.report_type.section(section).fields if section not in (None, HEADER) else ()
        near = nearest(given, [f.name for f in here], n=1, cutoff=70) or nearest(given, self.known, n=1)
        hint = f"có phải «{near[0]}» ({self.known[near[0]].label})? Giá trị" if near else "giá trị"
        where = f" (mục {section})" if section not in (None, HEADER) else ""
        message = f"Không có trường «{given}»{where}; {hint} ghi ở đó chưa được dùng."
        key = field_key(section, given)
        message += f" [{self.places[key]}]" if key in self.places else ""
        self.problems.append(Problem("warning", key, message, section, (given,), kind="unknown_field"))

    def _doubts(self, reading: Reading, spec: Field, section: str | None) -> None:
        key = field_key(section, spec.name)
        where = f" [{self.places[key]}]" if key in self.places else ""
        for doubt in reading.doubts:
            # a value may hold line ends; a message is one line
            message = " ".join(f"{spec.label}: {doubt.text}{where}.".split())
            self.problems.append(Problem(doubt.severity, key, message, section, (spec.name,), kind=doubt.kind))

    def _check_type(self, given: Any) -> None:
        if is_blank(given) or given == self.report_type.id:
            return
        message = (
            f"Tệp số liệu ghi loại báo cáo «{given}» nhưng đang dùng cho «{self.report_type.id}»; hãy chọn đúng loại."
        )
        self.problems.append(Problem("warning", "report_type", message, kind="structure"))


def _name_groups(values: Mapping[str, Any]) -> None:
    """Give the groups of a summary keyed without accents ("chinh_quyen_so") their names from the table beside it."""
    names = {fold(str(row.get("nhom") or "")): row.get("nhom") for row in values.get("indicators") or ()}
    for row in values.get("ind_summary") or ():
        row["nhom"] = names.get(fold(str(row.get("nhom") or "")), row.get("nhom"))


def read_value(raw: Any, spec: Field) -> Reading:
    """A raw value read as a field's type."""
    if spec.type == "list":
        return read_list(raw)
    if spec.type in ("table", "doc", "doc_list"):
        return read_records(raw, spec)
    return read_scalar(raw, spec)


def section_uses(report_type: ReportType, inputs: Inputs, section_id: str) -> tuple[TopicUse, ...]:
    """What a section holds with these inputs: its topics, and known fields that were given for it all the same
    (appended to the use of their topic, or as a use of their own at the end)."""
    section = report_type.section(section_id)
    asked = {f.name for f in section.fields}
    given = [name for name in inputs.sections.get(section_id, _EMPTY) if name not in asked]
    uses = list(section.topics)
    for topic in load_topics().values():
        extra = tuple(f for f in topic.fields if f.name in given)
        if not extra:
            continue
        position = next((i for i, use in enumerate(uses) if use.topic.id == topic.id), None)
        if position is None:
            uses.append(TopicUse(topic, extra))
        else:
            uses[position] = replace(uses[position], fields=(*uses[position].fields, *extra))
    return tuple(uses)


def form_fields(report_type: ReportType, section: Section, inputs: Inputs | None) -> tuple[Field, ...]:
    """The fields of a section's form: those it asks for, then known ones that were given for it all the same."""
    given = inputs.sections.get(section.id, _EMPTY) if inputs is not None else _EMPTY
    asked = {f.name for f in section.fields}
    known = {f.name: f for f in (*report_type.header, *(f for t in load_topics().values() for f in t.fields))}
    return (*section.fields, *(known[name] for name in given if name in known and name not in asked))


def is_given(value: Any) -> bool:
    """Whether something was given: zero, an empty list and "không" are; None is not."""
    return value is not None


def missing_fields(report_type: ReportType, inputs: Inputs) -> list[str]:
    """Required fields without a value, as "section.field" in the order of the report.

    An optional section counts once something of it is given; an appendix repeats the figures of the body.
    """
    header = (f for f in report_type.header if f.required and not is_given(inputs.header.get(f.name)))
    missing = [field_key(HEADER, f.name) for f in header]
    for section in report_type.leaves:
        if section.optional and not any(is_given(inputs.own(section.id, f.name)) for f in section.fields):
            continue
        required = [f.name for f in section.fields if f.required and not is_given(inputs.own(section.id, f.name))]
        if section.appendix:
            required = [name for name in required if not _given_in_body(inputs, name)]
        missing.extend(field_key(section.id, name) for name in required)
    return missing


def _given_in_body(inputs: Inputs, name: str) -> bool:
    return any(is_given(values.get(name)) for values in inputs.sections.values())
