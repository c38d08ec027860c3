"""One document of the registry, and reading the entries of knowledge/documents."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.knowledge_files import load_knowledge
from assistant.paths import KNOWLEDGE

DOCUMENTS = KNOWLEDGE / "documents"
# cited by their name, not by type and symbol
LAW_TYPES = ("Luật", "Bộ luật", "Pháp lệnh")
_LOCAL_MARKS = ("UBND", "HĐND", "/TU", "/ĐU", "BCĐ", "/S")


@dataclass(frozen=True, slots=True)
class Target:
    """A target that a document sets.

    Attributes:
        text: what is measured, in our own words.
        value: as text with its comparison (">=80", "nhóm 3 ASEAN"); None for a target in words alone.
        unit, deadline, provision: as written in the entry ("%", "2030", "Mục II.1").
        applies_to: "national", "province", "commune" …
        confidence: lower than the document's where given.
    """

    text: str
    value: str | None = None
    unit: str | None = None
    deadline: str | None = None
    provision: str | None = None
    applies_to: str | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class RegistryDocument:
    """Facts about one document.

    Attributes:
        symbol: normalised số ký hiệu; not unique.
        date: date of issue, None where not known.
        issuer: full name as of the issue.
        title: trích yếu with its opening word; for a law its name ("Luật Dữ liệu"); None where not known.
        level: central_party, national_assembly, government, ministry, province, province_party, ingested.
        status: in_force, amended, replaced, expired, unknown, as of the day of the registry; for another day
            judge by `effective_to`.
        replaced_by, replaces, amends, amended_by, implements: symbols.
        succeeded_by: symbol of the document that took over the next period without a clause of repeal.
        cite_with: symbol of the amending document that has to be cited too, once it is there.
        other_dates: other dates on which a document of the same symbol was issued.
        applied_until: last day of the period that the document was made for.
        provisions: provisions in our own words, by name ("Điều 9" -> status or content).
        repealed_provisions: name of a provision -> first day on which it is no longer in force.
        confidence: two_sources, verified (one source), memory.
        unverified_fields: names of fields that no source confirms; never to be presented as fact.
        basis: commune_report_only where only a commune's report names the document.
        source_document: id of the library document for an entry that was ingested.
    """

    symbol: str
    type: str
    date: datetime.date | None = None
    issuer: str | None = None
    title: str | None = None
    level: str = "unknown"
    province: str | None = None
    status: str = "unknown"
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None
    applied_until: datetime.date | None = None
    replaced_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    succeeded_by: tuple[str, ...] = ()
    cite_with: tuple[str, ...] = ()
    other_dates: tuple[datetime.date, ...] = ()
    aliases: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    provisions: Mapping[str, str] | None = None
    repealed_provisions: Mapping[str, datetime.date] | None = None
    summary: str | None = None
    sources: tuple[str, ...] = ()
    confidence: str = "memory"
    status_basis: str = "not_checked"
    basis: str | None = None
    unverified_fields: frozenset[str] = frozenset()
    note: str | None = None
    source_document: str | None = None

    def verified(self, field: str) -> bool:
        """Whether `field` may be presented as fact."""
        return self.basis != "commune_report_only" and field not in self.unverified_fields

    @property
    def law_name(self) -> str | None:
        """The name by which a law is cited; None for every other document."""
        return self.title if self.type in LAW_TYPES else None

    @property
    def local(self) -> bool:
        """A document of a province or commune, whose symbol recurs in every other one."""
        if self.level == "ingested":
            return any(mark in self.symbol for mark in _LOCAL_MARKS) and "BCĐTW" not in self.symbol
        return self.level in ("province", "province_party", "commune", "commune_party")


_TUPLES = {
    "replaced_by",
    "replaces",
    "amends",
    "amended_by",
    "implements",
    "succeeded_by",
    "cite_with",
    "aliases",
    "sources",
}
_DATES = {"date", "effective_from", "effective_to", "applied_until"}
_NAMES = {field.name for field in fields(RegistryDocument)}


def _date(value: Any) -> datetime.date | None:
    if value is None or isinstance(value, datetime.date):
        return value
    return datetime.date.fromisoformat(str(value))


def _target(entry: Mapping[str, Any]) -> Target:
    values: dict[str, Any] = {key: None if value is None else str(value) for key, value in entry.items()}
    return Target(**values)


def document_from(entry: Mapping[str, Any]) -> RegistryDocument:
    """The document that an entry of the data files describes.

    Raises:
        ValueError: an unknown key, or a date that does not exist; the message names the symbol.
    """
    values: dict[str, Any] = dict(entry)
    unknown = values.keys() - _NAMES
    if unknown:
        raise ValueError(f"{entry.get('symbol')}: unknown keys {sorted(unknown)}")
    try:
        for key in _DATES & values.keys():
            values[key] = _date(values[key])
        repealed = values.get("repealed_provisions")
        if repealed:
            values["repealed_provisions"] = {name: _date(day) for name, day in repealed.items()}
        values["other_dates"] = tuple(d for d in map(_date, values.get("other_dates", ())) if d)
    except ValueError as error:
        raise ValueError(f"{entry.get('symbol')}: {error}") from error
    for key in _TUPLES & values.keys():
        values[key] = tuple(values[key])
    values["unverified_fields"] = frozenset(values.get("unverified_fields", ()))
    values["targets"] = tuple(_target(target) for target in values.get("targets", ()))
    return RegistryDocument(**values)


def read_documents(folder: Path = DOCUMENTS) -> list[RegistryDocument]:
    """All entries of the YAML files in `folder`, in the order of the files' names."""
    documents: list[RegistryDocument] = []
    for path in sorted(folder.glob("*.yaml")):
        data = load_knowledge(path)
        documents.extend(_entries(data["documents"]))
    return documents


def _entries(entries: Iterable[Mapping[str, Any]]) -> Iterable[RegistryDocument]:
    return (document_from(entry) for entry in entries)
