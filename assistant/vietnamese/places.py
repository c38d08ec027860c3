"""Provinces and communes of the two-tier system, and the provinces that ended on 1 July 2025."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.text import canonical_tone, fold, nfc


@dataclass(frozen=True, slots=True)
class Provinces:
    """The provinces of today and those of before the mergers.

    Attributes:
        current: names of today's 34 provinces and cities.
        former: name of a province that ended -> the one that took it in (or its new name).
        cities: name -> the day from which it is a city under the central government.
    """

    current: frozenset[str]
    former: Mapping[str, str]
    cities: Mapping[str, date]


@functools.cache
def provinces() -> Provinces:
    """Read from `knowledge/places.yaml`."""
    data = load_knowledge("places.yaml")
    former = {old: new for new, olds in data["merged"].items() for old in olds} | data["renamed"]
    return Provinces(
        current=frozenset(data["unchanged"]) | frozenset(data["merged"]),
        former=former,
        cities=dict.fromkeys(data["cities"], date.min) | data["cities_added"],
    )


def merged_into(name: str) -> str | None:
    """The province that `name` (without "tỉnh") is part of since 1 July 2025; None for one that still exists
    or is unknown. Spelling variants of tone and accents are accepted."""
    return _former_by_fold().get(_key(name))


def current_province(name: str) -> str | None:
    """The canonical name of today's province `name` (with or without "tỉnh"/"thành phố"); None if there is none."""
    return _current_by_fold().get(_key(name))


def _key(name: str) -> str:
    bare = re.sub(r"^(tỉnh|thành phố|tp\.?)\s+", "", canonical_tone(nfc(name)).strip(), flags=re.IGNORECASE)
    return " ".join(re.findall(r"\w+", fold(bare)))


@functools.cache
def _former_by_fold() -> dict[str, str]:
    return {_key(old): new for old, new in provinces().former.items()}


@functools.cache
def _current_by_fold() -> dict[str, str]:
    names = {_key(name): name for name in provinces().current}
    return names | {"hcm": "Thành phố Hồ Chí Minh", "tphcm": "Thành phố Hồ Chí Minh"}


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune-level unit: kind "xã", "phường" or "đặc khu", its name without the kind, its province."""

    kind: str
    name: str
    province: str


@functools.cache
def communes() -> tuple[Commune, ...]:
    """All 3,321 commune-level units (package vietnam-provinces)."""
    from vietnam_provinces import Province, Ward

    names = {province.code: current_province(str(province.name)) or "" for province in Province.iter_all()}
    return tuple(_commune(ward.name, names[ward.province_code]) for ward in Ward.iter_all())


def _commune(full_name: str, province: str) -> Commune:
    match = re.match(r"(xã|phường|đặc khu)\s+(.+)", canonical_tone(nfc(full_name)), re.IGNORECASE)
    kind, name = (match.group(1).lower(), match.group(2)) if match else ("", full_name)
    return Commune(kind, name, province)


def communes_named(name: str) -> list[Commune]:
    """The communes of that name (without kind; accents and tone placement do not matter)."""
    return list(_communes_by_fold().get(_key(name), ()))


@functools.cache
def _communes_by_fold() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, list[Commune]] = {}
    for commune in communes():
        found.setdefault(_key(commune.name), []).append(commune)
    return {key: tuple(values) for key, values in found.items()}
