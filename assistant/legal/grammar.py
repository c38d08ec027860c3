"""The grammar of symbols as data: type codes, issuing bodies and names of laws, read from knowledge/legal once."""

import datetime
import functools
from dataclasses import dataclass
from typing import Any

from assistant.knowledge_files import load_knowledge


@dataclass(frozen=True, slots=True)
class TypeName:
    """A document type.

    Attributes:
        name: "Kế hoạch".
        also: longer names of the same type ("Kế hoạch hành động").
        code: code in the symbol, None for laws and công văn.
        system: "state", "party" or "both".
        normative: its symbol carries the year.
    """

    name: str
    also: tuple[str, ...]
    code: str | None
    system: str
    normative: bool


@dataclass(frozen=True, slots=True)
class Body:
    """An issuing body.

    Attributes:
        id: stable key; two ids that differ are two bodies.
        name: full name.
        codes: how it stands in a symbol.
        written: other right writings of the name.
        loose: writings understood but remarked upon.
        system: "state", "party" or "both".
        family: "central", "ministry", "department", "local" or "party_local".
        covers: ids of bodies that this general name may stand for.
        until: last day of a ministry that was merged into another.
        now: that other one.
    """

    id: str
    name: str
    codes: tuple[str, ...]
    written: tuple[str, ...]
    loose: tuple[str, ...]
    system: str
    family: str
    covers: tuple[str, ...] = ()
    until: datetime.date | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    types: tuple[TypeName, ...]
    bodies: tuple[Body, ...]
    short_words: dict[str, str]
    generic: frozenset[str]
    law_names: tuple[str, ...]

    @property
    def codes(self) -> dict[str, str]:
        """Upper-case code -> code as it is written ("TTR" -> "TTr")."""
        return {t.code.upper(): t.code for t in self.types if t.code}

    def carries_year(self, code: str | None) -> bool:
        """Whether the symbols of a type code hold the year (legal normative documents)."""
        return any(t.normative for t in self.types if t.code and t.code == code)

    def names_of(self, code: str, system: str) -> tuple[str, ...]:
        """Type names that a code stands for in a system; the first is the usual one."""
        upper = code.upper()
        return tuple(
            t.name
            for t in self.types
            if t.code and t.code.upper() == upper and (t.system in ("both", system) or system == "both")
        )


def _tuple(value: Any) -> tuple[str, ...]:
    return tuple(value or ())


def _types(data: dict[str, Any]) -> list[TypeName]:
    coded = [
        TypeName(
            entry["name"],
            _tuple(entry.get("also")),
            entry["code"],
            entry["system"],
            bool(entry.get("normative")),
        )
        for entry in data["types"]
    ]
    uncoded = [TypeName(entry["name"], (), None, "both", bool(entry.get("law"))) for entry in data["uncoded"]]
    return coded + uncoded


def _with_head(head: str, shorts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{head} {short}" for short in shorts)


def _bodies(data: dict[str, Any]) -> list[Body]:
    bodies = [
        Body(
            entry["id"],
            entry["name"],
            _tuple(entry["codes"]),
            _tuple(entry.get("written")),
            _tuple(entry.get("loose")),
            entry["system"],
            "central",
            _tuple(entry.get("covers")),
        )
        for entry in data["bodies"]
    ]
    for family, head in (("ministries", "Bộ"), ("departments", "Sở")):
        for entry in data[family]:
            shorts = _with_head(head, _tuple(entry.get("short")))
            written = (f"Bộ trưởng {entry['name']}",) if head == "Bộ" else (f"Giám đốc {entry['name']}",)
            kind = "ministry" if head == "Bộ" else "department"
            codes = _tuple(entry["codes"])
            shorts += tuple(f"{'Bộ trưởng' if head == 'Bộ' else 'Giám đốc'} {short}" for short in shorts)
            ended = (), entry.get("until"), entry.get("now")
            bodies.append(Body(codes[0].lower(), entry["name"], codes, written, shorts, "state", kind, *ended))
    for family in ("local", "party_local"):
        bodies.extend(
            Body(
                entry["id"],
                entry["name"],
                _tuple(entry["codes"]),
                _tuple(entry.get("short")),
                (),
                entry["system"],
                family,
            )
            for entry in data[family]
        )
    return bodies


@functools.cache
def grammar() -> Grammar:
    """The grammar that ships with the program, read on first use."""
    types = load_knowledge("legal/types.yaml")
    return Grammar(
        types=tuple(_types(types)),
        bodies=tuple(_bodies(load_knowledge("legal/bodies.yaml"))),
        short_words=dict(types["short_words"]),
        generic=frozenset(types["generic"]),
        law_names=tuple(load_knowledge("legal/laws.yaml")["names"]),
    )
