"""Topics: what a section on a subject must say, the figures it needs and how they hang together, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.knowledge_files import load_knowledge
from assistant.paths import KNOWLEDGE
from assistant.reports.fields import Column, Field, parse_column, parse_field
from assistant.reports.relation_types import Relation, parse_relation
from assistant.reports.yaml_files import knowledge_files


@dataclass(frozen=True, slots=True)
class Basis:
    """What asks for something: a document by its symbol (or a law by its name), with the provision where known."""

    symbol: str
    provision: str | None = None

    def __str__(self) -> str:
        return f"{self.symbol}, {self.provision}" if self.provision else self.symbol


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a section must say.

    Attributes:
        id: unique in its topic.
        fields: the names of the fields that answer it; empty for prose.
    """

    id: str
    text: str
    basis: tuple[Basis, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A slip often seen in sections on the topic, so that one can look for it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """A value set by a document, against which a figure is measured.

    Attributes:
        text: the target as one Vietnamese sentence.
        comparison: how the value bounds the figure: "≥", "≤", ">", "<" or "=".
        deadline: ISO date or year, as text.
        fields: the figures it measures.
    """

    id: str
    text: str
    value: float | None = None
    unit: str | None = None
    comparison: str = "≥"
    deadline: str | None = None
    basis: tuple[Basis, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of a report.

    Attributes:
        columns: in order; a column's name is a record key, or a field name where `rows_from` is None.
        rows_from: the table field whose records are the rows; None for one row made of fields.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows_from: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of reports, defined once; its template is `prompts/topics/ID.md.j2`."""

    id: str
    name: str
    aliases: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    fields: tuple[Field, ...]
    purpose: str = ""
    relations: tuple[Relation, ...] = ()
    targets: tuple[Target, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    moves: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name, if it is this topic's."""
        return next((field for field in self.fields if field.name == name), None)


def load_topics(folder: Path | None = None) -> dict[str, Topic]:
    """All topics by id (cached; `folder` defaults to the knowledge that ships)."""
    return dict(_load(folder or KNOWLEDGE / "topics"))


@lru_cache(maxsize=4)
def _load(folder: Path) -> Mapping[str, Topic]:
    topics = (parse_topic(load_knowledge(path)) for path in knowledge_files(folder))
    return {topic.id: topic for topic in topics}


def parse_topic(raw: Mapping[str, Any]) -> Topic:
    """A topic from its YAML mapping."""
    return Topic(
        id=raw["id"],
        name=raw["name"],
        aliases=tuple(raw.get("aliases") or ()),
        purpose=raw.get("purpose", ""),
        requirements=tuple(_requirement(item) for item in raw.get("requirements") or ()),
        fields=tuple(parse_field(item) for item in raw.get("fields") or ()),
        relations=tuple(parse_relation(item) for item in raw.get("relations") or ()),
        targets=tuple(_target(item) for item in raw.get("targets") or ()),
        tables=tuple(_table(item) for item in raw.get("tables") or ()),
        mistakes=tuple(Mistake(item["id"], item["text"]) for item in raw.get("mistakes") or ()),
        moves=tuple(raw.get("moves") or ()),
    )


def parse_basis(text: str) -> Basis:
    """ "118/2025/NĐ-CP, Điều 7" -> symbol and provision."""
    symbol, _, provision = text.partition(", ")
    return Basis(symbol, provision or None)


def _requirement(raw: Mapping[str, Any]) -> Requirement:
    basis = tuple(parse_basis(item) for item in raw.get("basis") or ())
    return Requirement(raw["id"], raw["text"], basis, tuple(raw.get("fields") or ()))


def _target(raw: Mapping[str, Any]) -> Target:
    deadline = raw.get("deadline")
    return Target(
        id=raw["id"],
        text=raw["text"],
        value=raw.get("value"),
        unit=raw.get("unit"),
        comparison=raw.get("comparison", "≥"),
        deadline=None if deadline is None else str(deadline),
        basis=tuple(parse_basis(item) for item in raw.get("basis") or ()),
        fields=tuple(raw.get("fields") or ()),
    )


def _table(raw: Mapping[str, Any]) -> TableSpec:
    columns = tuple(parse_column(column) for column in raw["columns"])
    return TableSpec(raw["id"], raw["caption"], columns, raw.get("rows_from"))
