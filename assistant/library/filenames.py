"""Symbols in file names, where accents and slashes cannot be written: "2629-QD-TTg_Chuong-trinh.txt"."""

import functools
import re
from collections.abc import Iterable, Mapping

from assistant.legal.grammar import grammar
from assistant.legal.symbols import build, is_party_organ
from assistant.vietnamese.text import fold


def symbol_in_name(stem: str) -> str | None:
    """The số ký hiệu that a file name spells; None where it spells none.

    >>> symbol_in_name("Luat-Du-lieu-60-2024-QH15"), symbol_in_name("57-NQ-TW"), symbol_in_name("Ke-hoach-987-KH-UBND")
    ('60/2024/QH15', '57-NQ/TW', '987/KH-UBND')
    """
    codes, organs = _spelt()
    parts = [part for part in re.split(r"[-_.\s/,()]+", fold(stem)) if part]
    for index, part in enumerate(parts):
        if not re.fullmatch(r"\d{1,5}[a-z]?", part):
            continue
        rest = parts[index + 1 : index + 5]
        year = int(rest.pop(0)) if rest and re.fullmatch(r"(?:19|20)\d\d", rest[0]) else None
        if year and rest and re.fullmatch(r"qh\d{1,2}", rest[0]):
            return build(part, year, None, (rest[0].upper(),), "law")
        if len(rest) >= 2 and rest[0] in codes and rest[1] in organs:
            organ = organs[rest[1]]
            # a steering committee is taken for one of the Party's
            party = year is None and (is_party_organ(organ) or organ == "BCĐ")
            return build(part, year, codes[rest[0]], (organ,), "party" if party else "state")
    return None


@functools.cache
def _spelt() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Codes of types and of bodies, as a file name spells them -> as a symbol does."""
    known = grammar()
    return _by_fold(t.code for t in known.types if t.code), _by_fold(c for body in known.bodies for c in body.codes)


def _by_fold(codes: Iterable[str]) -> dict[str, str]:
    spelt: dict[str, str] = {}
    for code in codes:
        spelt.setdefault(fold(code), code)
    return spelt
