"""Symbols in file names, where accents and slashes cannot be written: "2629-QD-TTg_Chuong-trinh.txt"."""

import re

_CODES = {
    "nq": "NQ", "nd": "NĐ", "qd": "QĐ", "ct": "CT", "kl": "KL", "tt": "TT", "tb": "TB", "hd": "HD", "kh": "KH",
    "bc": "BC", "ctr": "CTr", "da": "ĐA", "pa": "PA", "ttr": "TTr", "cd": "CĐ", "qc": "QC", "cv": "CV", "ttlt": "TTLT",
}  # fmt: skip
_ORGANS = {
    "tw": "TW", "cp": "CP", "ttg": "TTg", "ubnd": "UBND", "hdnd": "HĐND", "tu": "TU", "du": "ĐU", "bcd": "BCĐ",
    "bcdtw": "BCĐTW", "btttt": "BTTTT", "bkhcn": "BKHCN", "bnv": "BNV", "btc": "BTC", "vpcp": "VPCP", "tgv": "TGV",
    "bca": "BCA", "btp": "BTP", "bkhdt": "BKHĐT", "skhcn": "SKHCN", "vptw": "VPTW",
}  # fmt: skip
_PARTY = {"TW", "TU", "ĐU", "BCĐTW", "BCĐ", "TGV", "VPTW"}


def symbol_in_name(stem: str) -> str | None:
    """The số ký hiệu that a file name spells; None where it spells none.

    >>> symbol_in_name("Luat-Du-lieu-60-2024-QH15"), symbol_in_name("57-NQ-TW"), symbol_in_name("Ke-hoach-987-KH-UBND")
    ('60/2024/QH15', '57-NQ/TW', '987/KH-UBND')
    """
    parts = [part for part in re.split(r"[-_.\s/,()]+", stem.replace("Đ", "D").replace("đ", "d")) if part]
    for index, part in enumerate(parts):
        if not re.fullmatch(r"\d{1,5}[a-z]?", part):
            continue
        rest = parts[index + 1 : index + 5]
        year = rest.pop(0) if rest and re.fullmatch(r"(?:19|20)\d\d", rest[0]) else None
        if year and rest and re.fullmatch(r"QH\d{1,2}", rest[0], re.IGNORECASE):
            return f"{part}/{year}/{rest[0].upper()}"
        if len(rest) >= 2 and rest[0].lower() in _CODES and rest[1].lower() in _ORGANS:
            code, organ = _CODES[rest[0].lower()], _ORGANS[rest[1].lower()]
            if organ in _PARTY and year is None:
                return f"{part}-{code}/{organ}"
            return f"{part}/{year}/{code}-{organ}" if year else f"{part}/{code}-{organ}"
    return None
