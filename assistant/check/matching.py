"""Which report type a report is, and which of its sections each section of the report answers."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.check.report import Report
from assistant.errors import UnknownNameError
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.similarity import nearest
from assistant.vietnamese.text import fold, nfc

_PLACE = re.compile(r"\{[^}]*\}")
_COMMON = frozenset(
    [
        "va",
        "cua",
        "ve",
        "cac",
        "theo",
        "trong",
        "tren",
        "tai",
        "cho",
        "voi",
        "cong",
        "tac",
        "ket",
        "qua",
        "thuc",
        "hien",
        "trien",
        "khai",
        "nam",
        "quy",
        "ky",
        "thu",
        "hoat",
        "dong",
        "so",
        "xa",
        "tinh",
        "phat",
    ]
)
_ENOUGH, _SAME = 0.2, 0.45
# outlines of different periods look alike: the period in the title outweighs a few headings more
_OTHER_PERIOD = 0.6
_PERIOD_KINDS = {"quarter": "quarter", "months": "months", "half": "months", "nine_months": "months", "year": "year"}
_PERIOD_WORDS = {"quarter": "quy", "months": "thang", "year": "nam"}


@dataclass(frozen=True, slots=True)
class Match:
    """The report type, how well it fits (0-1), and section index -> section of the type."""

    report_type: Any
    score: float
    sections: Mapping[int, Any]


def match_report(report: Report, report_types: Mapping[str, Any], wanted: str | None) -> Match | None:
    """The type that is told or fits best; None where none fits well enough.

    Raises:
        UnknownNameError: no type is called `wanted`.
    """
    if wanted is not None:
        if wanted not in report_types:
            raise UnknownNameError("loại báo cáo", wanted, nearest(wanted, report_types))
        return _match(report, report_types[wanted])
    if not report.sections:
        return None
    best = max((_match(report, one) for one in report_types.values()), key=lambda match: match.score, default=None)
    return best if best and best.score >= _ENOUGH else None


def _match(report: Report, report_type: Any) -> Match:
    named = [(section, _names(section)) for section in report_type.sections]
    found: dict[int, Any] = {}
    gained = 0.0
    for section in report.sections:
        words = _words(section.heading)
        best, score = None, 0.0
        for candidate, names in named:
            likeness = max((_likeness(words, name) for name in names), default=0.0)
            if likeness > score:
                best, score = candidate, likeness
        if best is not None and score >= _SAME:
            found[section.index] = best
            gained += score
    total = max(len(report.sections), 1)
    covered = len({section.id for section in found.values()}) / max(len(report_type.leaves), 1)
    title = max(
        (_likeness(_words(report.title), _words(name)) for name in (report_type.name, *report_type.aliases)),
        default=0.0,
    )
    score = 0.5 * gained / total + 0.25 * min(covered, 1.0) + 0.25 * title
    if _other_period(report.title, report_type.period):
        score *= _OTHER_PERIOD
    return Match(report_type, score, found)


def _other_period(title: str, period: str) -> bool:
    """Whether the title is of another kind of period (quarter, months, year) than the type reports on."""
    stated = next((_PERIOD_KINDS[p.kind] for p in find_periods(nfc(title)) if p.kind in _PERIOD_KINDS), None)
    words = fold(re.split(r"[;,]", re.sub(r"\([^)]*\)", "", period))[0])
    known = {kind for kind, word in _PERIOD_WORDS.items() if re.search(rf"\b{word}\b", words)}
    return stated is not None and bool(known) and stated not in known


def _names(section: Any) -> list[frozenset[str]]:
    texts = [section.heading, *section.aliases, *(use.topic.name for use in section.topics)]
    return [words for text in texts if (words := _words(_PLACE.sub(" ", text)))]


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    words = [word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) > 1]
    rare = [word for word in words if word not in _COMMON]
    return frozenset(f"{a} {b}" for a, b in pairwise(words)) | frozenset(rare)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
