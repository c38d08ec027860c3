"""Report types: outlines of headings with the topics that stand under each. One YAML file each, no code."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from assistant.errors import InputError, UnknownNameError, UnreadableFileError
from assistant.knowledge_files import load_knowledge
from assistant.paths import KNOWLEDGE
from assistant.reports.fields import Field, parse_field
from assistant.reports.numbering import STYLES, numbers
from assistant.reports.relation_types import Relation, parse_relation
from assistant.reports.topics import Basis, Mistake, Requirement, TableSpec, Topic, load_topics
from assistant.reports.yaml_files import knowledge_files
from assistant.vietnamese.similarity import nearest

Unit = Literal["people_committee", "steering_committee"]


@dataclass(frozen=True, slots=True)
class TopicUse:
    """A topic under a heading, narrowed to what this section asks of it."""

    topic: Topic
    fields: tuple[Field, ...]
    requirements: tuple[Requirement, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    tables: tuple[TableSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a report with what stands under it.

    Attributes:
        heading: as an outline shows it.
        pattern: as a report shows it, with {period_label} and {next_period_label} to be filled in.
        level: 1 for the top; appendices are level 1.
        parent: id of the section above; None at the top.
        number: with all sections present ("A", "II", "3.6", "a)", "Phần 1", "Phụ lục IV"); "" without one.
        style: a key of `numbering.STYLES`.
        optional: drafted only where the inputs hold something for it.
        topics: in the order of the prose.
        header_fields: fields of the report's header that this section names.
    """

    id: str
    heading: str
    pattern: str
    level: int
    parent: str | None
    style: str
    number: str = ""
    appendix: bool = False
    optional: bool = False
    landscape: bool = False
    aliases: tuple[str, ...] = ()
    purpose: str = ""
    topics: tuple[TopicUse, ...] = ()
    header_fields: tuple[Field, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it only holds other sections."""
        return not self.topics

    @property
    def fields(self) -> tuple[Field, ...]:
        """Fields asked for here, in the order of the prose."""
        return tuple(field for use in self.topics for field in use.fields)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(requirement for use in self.topics for requirement in use.requirements)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(mistake for use in self.topics for mistake in use.mistakes)

    @property
    def tables(self) -> tuple[TableSpec, ...]:
        return tuple(table for use in self.topics for table in use.tables)

    @property
    def basis(self) -> tuple[Basis, ...]:
        """Every basis of its requirements, once each, in order."""
        return tuple(dict.fromkeys(basis for requirement in self.requirements for basis in requirement.basis))


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines above the signer's name."""

    capacity: str
    title: str
    authority: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class ReportType:
    """An outline.

    Attributes:
        unit: who reports: the People's Committee or the steering committee (Ban Chỉ đạo).
        opening, closing: sentences with {header field} places.
        opening_cites: the documents that the opening sentence names and what it says of each.
        closing_note: what to mind in the closing sentence.
        header: fields of the whole report.
        header_relations: how the header's fields hang together.
        sections: every heading in the order of the report, groups and appendices included.
        custom: whether it is the user's own, from the data directory.
    """

    id: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    purpose: str
    recipient: str
    trigger: str
    period: str
    unit: Unit
    addressees: tuple[str, ...]
    signature: Signature
    recipients: tuple[str, ...]
    opening: str
    closing: str
    header: tuple[Field, ...]
    sections: tuple[Section, ...]
    opening_cites: str = ""
    closing_note: str = ""
    rules: tuple[str, ...] = ()
    header_relations: tuple[Relation, ...] = ()
    custom: bool = False

    @property
    def leaves(self) -> tuple[Section, ...]:
        """Sections that hold topics, appendices included."""
        return tuple(section for section in self.sections if not section.is_group)

    @property
    def appendices(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.appendix)

    def section(self, section_id: str) -> Section:
        """The section of that id.

        Raises:
            UnknownNameError: there is none; names the nearest.
        """
        for section in self.sections:
            if section.id == section_id:
                return section
        near = nearest(section_id, [section.id for section in self.sections])
        raise UnknownNameError(f"mục trong {self.short_name}", section_id, near)

    def children(self, section_id: str | None) -> tuple[Section, ...]:
        """The sections right under one; the top ones for None."""
        return tuple(section for section in self.sections if section.parent == section_id)

    def header_field(self, name: str) -> Field | None:
        return next((field for field in self.header if field.name == name), None)

    def path(self, section_id: str) -> tuple[Section, ...]:
        """The headings from the top down to a section."""
        section = self.section(section_id)
        above = self.path(section.parent) if section.parent else ()
        return (*above, section)


def section_fields(report_type: ReportType, section_id: str) -> tuple[Field, ...]:
    """The fields of a form for one section, in the order of the prose, those of the header left out."""
    return report_type.section(section_id).fields


def load_report_types(user_dir: Path | None = None) -> dict[str, ReportType]:
    """The report types that ship and, from `user_dir`, the user's own; by id. A user's type wins over a built-in one;
    a file that cannot be used is left out (`broken_types` says why), so that the others still work."""
    types = dict(_built_in())
    for path in knowledge_files(user_dir) if user_dir else ():
        with contextlib.suppress(InputError):
            report_type = load_user_type(path)
            types[report_type.id] = report_type
    return types


def broken_types(user_dir: Path) -> list[str]:
    """Why files of the user's cannot be used as report types: one sentence each."""
    messages = []
    for path in knowledge_files(user_dir):
        try:
            load_user_type(path)
        except InputError as error:
            messages.append(str(error))
    return messages


def get_report_type(report_type_id: str, user_dir: Path | None = None) -> ReportType:
    """One report type.

    Raises:
        UnknownNameError: there is none; names the nearest.
        InputError: it is one of the user's and its file cannot be used; says what is wrong.
    """
    types = load_report_types(user_dir)
    if report_type_id in types:
        return types[report_type_id]
    own = user_dir / f"{report_type_id}.yaml" if user_dir else None
    if own is not None and own.is_file():
        return load_user_type(own)
    raise UnknownNameError("loại báo cáo", report_type_id, nearest(report_type_id, types, cutoff=40) or list(types))


def load_user_type(path: Path) -> ReportType:
    """A report type from a file of the user's.

    Raises:
        InputError: it cannot be read as a report type; names the file and what is wrong.
    """
    try:
        return replace(parse_report_type(load_knowledge(path), load_topics()), custom=True)
    except OSError as error:
        raise UnreadableFileError(f"Không mở được tệp loại báo cáo {path}; hãy kiểm tra đường dẫn.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableFileError(f"Tệp {path.name} viết sai cú pháp YAML; hãy sửa rồi chạy lại.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"Tệp {path.name} không phải chữ Unicode; hãy lưu lại theo mã UTF-8.") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = {KeyError: f" (thiếu hoặc không có {error})", ValueError: f" ({error})"}.get(type(error), "")
        message = f"Tệp loại báo cáo {path.name} chưa dùng được{what}; hãy sửa tệp hoặc tạo lại từ đề cương."
        raise InputError(message) from error


@lru_cache(maxsize=1)
def _built_in() -> Mapping[str, ReportType]:
    topics = load_topics()
    types = (parse_report_type(load_knowledge(p), topics) for p in knowledge_files(KNOWLEDGE / "reports"))
    return {report_type.id: report_type for report_type in types}


@lru_cache(maxsize=1)
def _header_knowledge() -> tuple[Mapping[str, Field], tuple[Relation, ...], tuple[str, ...]]:
    raw = load_knowledge(KNOWLEDGE / "header.yaml")
    fields = {item["name"]: parse_field(item) for item in raw["fields"]}
    relations = tuple(parse_relation(item) for item in raw.get("relations") or ())
    return fields, relations, tuple(raw.get("rules") or ())


def parse_report_type(raw: Mapping[str, Any], topics: Mapping[str, Topic]) -> ReportType:
    """A report type from its YAML mapping.

    Raises:
        KeyError: a key, topic or field that it names is missing.
        ValueError: two sections have the same id, or a numbering style is unknown.
    """
    fields, relations, rules = _header_knowledge()
    extra = raw.get("header_extra") or ()
    header = tuple(f for f in fields.values() if not f.name.startswith("council_") or f.name in extra)
    sections = _sections(raw, topics, fields)
    signature = raw.get("signature") or {}
    requested = raw.get("requested_by") or {}
    report_type = ReportType(
        id=raw["id"],
        name=raw["name"],
        short_name=raw.get("short_name") or raw["name"],
        aliases=tuple(raw.get("aliases") or ()),
        purpose=raw.get("purpose", ""),
        recipient=requested.get("recipient", ""),
        trigger=requested.get("trigger", ""),
        period=raw.get("period", ""),
        unit="steering_committee" if raw.get("unit") == "steering_committee" else "people_committee",
        addressees=tuple(raw.get("addressees") or ()),
        signature=Signature(
            capacity=signature.get("capacity", "KT. CHỦ TỊCH"),
            title=signature.get("title", "PHÓ CHỦ TỊCH"),
            authority=signature.get("authority"),
            post=signature.get("post"),
        ),
        recipients=tuple(raw.get("recipients") or ()),
        opening=raw.get("opening", "Thực hiện {triggering_docs}, {org_name} báo cáo {report_title} như sau:"),
        closing=raw.get("closing", "Trên đây là báo cáo {report_title} của {org_name}./."),
        opening_cites=raw.get("opening_cites", ""),
        closing_note=raw.get("closing_note", ""),
        header=header,
        sections=sections,
        rules=rules,
        header_relations=relations,
    )
    generated = numbers(report_type)
    return replace(report_type, sections=tuple(replace(s, number=generated[s.id]) for s in sections))


def _sections(raw: Mapping[str, Any], topics: Mapping[str, Topic], header: Mapping[str, Field]) -> tuple[Section, ...]:
    styles = tuple(raw.get("numbering") or ("roman", "arabic", "lower_alpha"))
    body = _walk(raw["sections"], _Place(topics, header, styles))
    appendix_style = raw.get("appendix_numbering", "roman")
    appendices = _walk(raw.get("appendices") or (), _Place(topics, header, (appendix_style,), appendix=True))
    sections = (*body, *appendices)
    seen: set[str] = set()
    for section in sections:
        if section.id in seen:
            raise ValueError(f"hai mục cùng mã {section.id}")
        if section.style not in STYLES:
            raise ValueError(f"không có kiểu đánh số {section.style}")
        seen.add(section.id)
    return sections


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the outline a list of nodes stands."""

    topics: Mapping[str, Topic]
    header: Mapping[str, Field]
    styles: tuple[str, ...]
    appendix: bool = False
    level: int = 1
    parent: str | None = None
    style: str | None = None

    def below(self, node: Mapping[str, Any]) -> "_Place":
        return replace(self, level=self.level + 1, parent=node["id"], style=node.get("numbering"))

    def style_of(self, node: Mapping[str, Any]) -> str:
        return str(node.get("style") or self.style or self.styles[min(self.level, len(self.styles)) - 1])


def _walk(nodes: Iterable[Mapping[str, Any]], place: _Place) -> Iterator[Section]:
    for node in nodes:
        yield Section(
            id=node["id"],
            heading=node["heading"],
            pattern=node.get("pattern") or node["heading"],
            level=place.level,
            parent=place.parent,
            style=place.style_of(node),
            appendix=place.appendix,
            optional=bool(node.get("optional", False)),
            landscape=bool(node.get("landscape", False)),
            aliases=tuple(node.get("aliases") or ()),
            purpose=node.get("purpose", ""),
            topics=tuple(_use(use, place.topics) for use in node.get("topics") or ()),
            header_fields=tuple(place.header[name] for name in node.get("header_fields") or ()),
        )
        yield from _walk(node.get("sections") or (), place.below(node))


def _use(raw: Mapping[str, Any] | str, topics: Mapping[str, Topic]) -> TopicUse:
    """A topic's use; only its id stands for all that the topic holds."""
    if isinstance(raw, str):
        topic = topics[raw]
        return TopicUse(topic, topic.fields, topic.requirements, topic.mistakes, topic.tables)
    topic = topics[raw["topic"]]
    fields = {field.name: field for field in topic.fields}
    requirements = {requirement.id: requirement for requirement in topic.requirements}
    mistakes = {mistake.id: mistake for mistake in topic.mistakes}
    tables = {table.id: table for table in topic.tables}
    return TopicUse(
        topic=topic,
        fields=tuple(fields[name] for name in raw.get("fields") or ()),
        requirements=tuple(requirements[name] for name in raw.get("requirements") or ()),
        mistakes=tuple(mistakes[name] for name in raw.get("mistakes") or ()),
        tables=tuple(tables[name] for name in raw.get("tables") or ()),
    )
