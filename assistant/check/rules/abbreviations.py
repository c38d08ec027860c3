"""Abbreviations: never written out, or standing beside the words that they hold."""

import re
from collections.abc import Iterator

import numpy as np

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.spelling.speller import default_speller
from assistant.check.text_tools import draft
from assistant.vietnamese.abbreviations import abbreviations
from assistant.vietnamese.text import fold

_WORD = r"[^\W\d_]+"
_CAPITALS = re.compile(r"(?<![\w/.&-])[A-ZĐ][A-ZĐ&]{2,9}(?![\w/.&-])")
_KNOWN = frozenset(
    [
        "UBND",
        "HĐND",
        "MTTQ",
        "MTTQVN",
        "VNPT",
        "VNEID",
        "USB",
        "PKI",
        "SIM",
        "SMS",
        "GDP",
        "GRDP",
        "BTS",
        "LAN",
        "WIFI",
        "IOC",
        "OCOP",
        "QR",
        "NQ",
        "TW",
        "CP",
        "TTg",
        "QĐ",
        "KH",
        "BC",
        "VT",
        "VNPAY",
        "ATM",
        "PDF",
        "HTML",
        "XML",
        "API",
        "URL",
        "LGSP",
        "NDXP",
        "AI",
        "BHYT",
        "BHXH",
        "THCS",
        "THPT",
        "VNĐ",
        "VND",
        "III",
        "VII",
        "VIII",
        "XII",
        "XIII",
        "XIV",
        "TM",
        "KT",
        "TL",
        "ĐU",
        "BCĐ",
        "LED",
        "GPS",
        "HTTT",
        "TSLCD",
    ]
)


def unexplained_abbreviations(report: Report) -> Iterator[Draft]:
    """Abbreviations that are never written out: one remark, at the first of them."""
    known = abbreviations()
    whole = " ".join(p.text for p in report.paragraphs)
    found: dict[str, str] = {}
    place: tuple[Paragraph, int, int] | None = None
    for paragraph in report.zone("body"):
        if paragraph.text.isupper():
            continue
        for match in _CAPITALS.finditer(paragraph.text):
            short = match.group()
            if short in found or short in _KNOWN:
                continue
            full = known.single.get(short) or next((r.text for r in known.ambiguous.get(short, ())), "")
            if not _explained(short, full, whole):
                found[short] = full
                place = place or (paragraph, *match.span())
    if place:
        listed = "; ".join(f"{full} ({short})" if full else short for short, full in found.items())
        first, full = next(iter(found.items()))
        message = f"Chữ viết tắt chưa được viết đầy đủ ở lần dùng đầu: {listed}."
        yield draft(*place, message, f"{full} ({first})" if full else "", rank=10)


def _explained(short: str, full: str, text: str) -> bool:
    if f"({short})" in text or f"({short}," in text:
        return True
    return bool(re.search(rf"(?:gọi|viết) tắt là:?\s*[“\"]?{re.escape(short)}", text)) or bool(
        full and re.search(rf"{re.escape(full)}\s*\({re.escape(short)}", text, re.IGNORECASE)
    )


_SHORT = re.compile(r"(?<![\w/-])[A-ZĐ][A-ZĐa-z&]{2,9}(?![\w/-])")


def _bound(first: str, second: str) -> bool:
    """Whether `first` hardly stands without `second` ("ủy" without "ban"): "trạm BTS" is fine, "Ủy UBND" is not."""
    model = default_speller().model
    ids = [np.array([model.id_of(word.lower())]) for word in (first, second)]
    return float(model.bigram(ids[0], ids[1])[0]) >= 0.5 * max(model.count(first.lower()), 1.0)


def redundant_abbreviation(report: Report) -> Iterator[Draft]:
    """A word before an abbreviation that already holds it ("Ủy UBND", "thủ tục TTHC")."""
    known = abbreviations().single
    for paragraph in report.zone("body", "closing"):
        for match in _SHORT.finditer(paragraph.text):
            full = known.get(match.group())
            lead = (
                re.search(rf"(?:{_WORD} ){{1,3}}$", paragraph.text[max(match.start() - 40, 0) : match.start()])
                if full
                else None
            )
            if not full or not lead:
                continue
            words, parts = lead.group().split(), [part.strip(",") for part in full.split()]
            most = min(len(words), len(parts) - 1)
            n = next(
                (k for k in range(most, 0, -1) if [w.lower() for w in words[-k:]] == [p.lower() for p in parts[:k]]), 0
            )
            # "Trung tâm IOC" holds an English abbreviation; one of Vietnamese initials repeats its own first words
            initials = "".join(fold(part[:1]) for part in parts[:2])
            if fold(match.group()[:2]) == initials and (n > 1 or (n == 1 and _bound(parts[0], parts[1]))):
                start = match.start() - 1 - len(" ".join(words[-n:]))
                message = f"«{match.group()}» đã gồm «{' '.join(parts[:n])}»."
                yield draft(paragraph, start, match.end(), message, match.group(), rank=45)


RULES = (
    Rule("abbreviation", "style", "info", "Nghị định 30/2020/NĐ-CP, Điều 8", "3 báo cáo xã", unexplained_abbreviations),
    Rule(
        "redundant_abbreviation",
        "spelling",
        "warning",
        "Cách viết",
        "3 báo cáo xã: 2 lỗi đúng, 0 báo nhầm",
        redundant_abbreviation,
    ),
)
