"""Provinces and communes of the two-tier system, and the provinces that ended on 1 July 2025."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.text import canonical_tone, fold, nfc

PlaceKind = Literal["province", "former_province", "commune", "district", "village"]


@dataclass(frozen=True, slots=True)
class Provinces:
    """The provinces of today and those of before the mergers.

    Attributes:
        effective: first day of the new provinces.
        current: names of today's 34 provinces and cities.
        former: name of a province that ended -> the one that took it in (or its new name).
        cities: name -> the day from which it is a city under the central government.
    """

    effective: date
    current: frozenset[str]
    former: Mapping[str, str]
    cities: Mapping[str, date]


@functools.cache
def provinces() -> Provinces:
    """Read from `knowledge/places.yaml`."""
    data = load_knowledge("places.yaml")
    former = {old: new for new, olds in data["merged"].items() for old in olds} | data["renamed"]
    return Provinces(
        effective=data["effective"],
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


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named with its kind in a text.

    Attributes:
        text: as written ("xã Mẫu Sơn", "tỉnh Hà Giang").
        start, end: code point span of `text`.
        kind: what the kind word makes it.
        kind_word: "xã", "phường", "đặc khu", "tỉnh", "huyện", "thôn" … in lower case.
        name: the name without the kind word.
        province: for a former province the one of today; for a current one its canonical name; else None.
    """

    text: str
    start: int
    end: int
    kind: PlaceKind
    kind_word: str
    name: str
    province: str | None = None


_KINDS: Mapping[str, PlaceKind] = {
    "tỉnh": "province", "thành phố": "province",
    "xã": "commune", "phường": "commune", "đặc khu": "commune",
    "huyện": "district", "quận": "district", "thị xã": "district", "thị trấn": "district",
    "thôn": "village", "ấp": "village", "xóm": "village", "bản": "village", "khu phố": "village",
    "tổ dân phố": "village",
}  # fmt: skip
_UPPER = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_NAME = rf"(?:[{_UPPER}][^\W\d_]*)(?:(?:\s+-\s+|\s+|-)(?:[{_UPPER}][^\W\d_]*))*"
_MENTION = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(sorted(map(re.escape, _KINDS), key=len, reverse=True))})\s+(?P<name>{_NAME})",
)
_UPPER_MENTION = re.compile(
    rf"(?<!\w)(?P<kind>TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN)[ \t]+(?P<name>[{_UPPER}]+(?:[ \t]+[{_UPPER}]+){{0,3}})"
)


def find_places(text: str) -> list[PlaceMention]:
    """Places that an NFC text names with their kind, in order. The name is the run of capitalised words after
    the kind word; longer than four words it is cut to the longest known place, or to four."""
    found = [_mention(match) for match in _MENTION.finditer(text)]
    found += [_mention(match) for match in _UPPER_MENTION.finditer(text)]
    return sorted(found, key=lambda mention: mention.start)


def _mention(match: re.Match[str]) -> PlaceMention:
    kind_word = match["kind"].lower()
    name = _trim(match["name"], kind_word)
    kind = _KINDS[kind_word]
    province = None
    if kind == "province":
        province = merged_into(name)
        kind = "former_province" if province else "province"
        province = province or current_province(name)
    start, end = match.start(), match.start("name") + len(name)
    return PlaceMention(match.string[start:end], start, end, kind, kind_word, name, province)


def _known(name: str, kind_word: str) -> bool:
    if _KINDS[kind_word] == "commune":
        return any(commune.kind == kind_word for commune in communes_named(name))
    return bool(current_province(name) or merged_into(name))


def _trim(name: str, kind_word: str) -> str:
    pieces = re.findall(r"\S+\s*", name)
    for count in range(min(len(pieces), 6), 0, -1):
        candidate = "".join(pieces[:count]).rstrip()
        if _known(candidate, kind_word):
            return candidate
    return "".join(pieces[:4]).rstrip()
