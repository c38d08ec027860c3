"""Values proposed from a report already written (last period's, or the office's draft), each with its sentence.

Nothing is taken over by itself: the officer accepts a proposal or does not.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.reports.fields import Field
from assistant.reports.outline_headings import heading_line
from assistant.reports.relation_types import Ratio
from assistant.reports.types import ReportType, Section
from assistant.vietnamese.numbers import Quantity, find_quantities
from assistant.vietnamese.text import fold, nfc
from assistant.vietnamese.tokens import lexical_terms

_KINDS = {"percent": "percent", "money": "money", "int": "number", "float": "number"}
_AFTER, _BEFORE = 60, 24
_UNIT_SCORE = 0.4
_SAME_SECTION = 0.45
_LINE = re.compile(r"[^\n]*\n?")
_BREAK = re.compile(r"[ \t]*\n\s*")
_SENTENCE = re.compile(r"(?:[^.;\n]|[.,](?=\d)|\.(?=[^\s]))+[.;]?")
_LIST_MARK = re.compile(r"(?:[-+*•–]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}[.)/]|[A-D]\.)\s")
_REACHES = re.compile(r"[,\s]*(?:\w+\s+){0,2}(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ)(?:\s+(?:tỷ lệ|tỉ lệ))?\s*$", re.IGNORECASE)
# names too short to be used outside a section that counts dossiers, or with a figure of anything else
_RECEIVED = ("tiep nhan", "da tiep nhan", "tiep nhan duoc")
_SHORT_NAMES: Mapping[str, Sequence[str]] = {
    "rec_total": _RECEIVED, "rec_online": ("truc tuyen",), "rec_direct": ("truc tiep",)
}  # fmt: skip
# "tiếp nhận N hồ sơ" is the total where nothing before says which dossiers, and nothing after
_ALL_BETWEEN = re.compile(r"[\s:]*(?:duoc|la|tong so|tong cong|tat ca|tong so la)?[\s:]*")
_ALL_AFTER = re.compile(r"\s*ho so(?:\s+tthc|\s+thu\s+tuc\s+hanh\s+chinh)?\s*(?:[(,;.:]|trong\s+do\b|$)")
_SOME_BEFORE = re.compile(
    r"\b(?:qua|truc\s+t(?:uyen|iep)|buu\s+chinh|cong\s+dich\s+vu|linh\s+vuc|trong\s+do|ky\s+truoc|cung\s+ky|luy\s+ke"
    r"|tu\s+dau\s+nam|thang|ngay)\b"
)
_COUNTS_DOSSIERS = re.compile(r"\s*(?:ho\s+so\b|hs\b|[^\w\s]|$)")
# a sentence that says what is aimed at, not what is
_AIM = re.compile(r"(?:\W|[a-z]\)|\d+\.)*(?:nang|phan\s+dau|muc\s+tieu)\b")
_SHARE = re.compile(r"(?<![\w/.,-])(\d[\d.]*)/(\d[\d.]*)(?![\w/]|-\w)")
# where a PDF has put a space into a figure ("4. 770"), what stands on either side is a piece of it
_TORN_AFTER, _TORN_BEFORE = re.compile(r"[.,] +\d"), re.compile(r"\d[.,] +$")
_ENOUGH = 0.5
# words between a name and its figure that belong to another figure or deny it
_BARRIER = re.compile(r"\b(?:trong do|con lai|gom|bao gom|so voi|lan luot|chi tieu|muc giao|ke hoach giao)\b|[;]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field, read in a text.

    Attributes:
        value: int, or Decimal for percentages and scores.
        sentence: where it stands, on one line.
        start, end: code point span of the figure in the text as given.
        score: 0 to 1; how near the figure stands to a name of the field, in the right section or not.
    """

    section: str
    field: str
    label: str
    value: int | Decimal
    sentence: str
    start: int
    end: int
    score: float


def propose_values(
    text: str, report_type: ReportType, progress: Callable[[float], None] | None = None
) -> list[Proposal]:
    """The best proposal for each numeric field of each section, in the order of the report.

    Spans count code points of `text` where it is NFC. `progress` is called with the share of the text that is read.
    """
    text = _flat(nfc(text))
    names = _names(report_type)
    best: dict[tuple[str, str], Proposal] = {}
    for section, start, end in _parts(text, report_type):
        for match in _SENTENCE.finditer(text, start, end):
            if progress is not None:
                progress(match.end() / len(text))
            for proposal in _in_sentence(text, match.start(), match.end(), section, report_type, names):
                key = (proposal.section, proposal.field)
                if key not in best or best[key].score < proposal.score:
                    best[key] = proposal
    order = {section.id: position for position, section in enumerate(report_type.sections)}
    return sorted(best.values(), key=lambda p: (order[p.section], p.start))


def _flat(text: str) -> str:
    """The text with hard line ends inside sentences turned into spaces, every code point in its place."""

    def joined(match: re.Match[str]) -> str:
        rest = text[match.end() : match.end() + 12]
        ended = text[: match.start()].endswith((".", ";", ":", "!", "?"))
        goes_on = bool(rest) and (rest[0].islower() or rest[0].isdigit()) and not _LIST_MARK.match(rest)
        return " " * len(match.group()) if goes_on and not ended else match.group()

    return _BREAK.sub(joined, text)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of figures: a pattern over folded text, which fields each name can mean, which sections ask for them,
    and the share of which a figure is the numerator."""

    pattern: re.Pattern[str]
    fields: Mapping[str, Sequence[Field]]
    sections: Mapping[str, Sequence[str]]
    ratios: Mapping[str, Field]


def _names(report_type: ReportType) -> _Names:
    fields: dict[str, list[Field]] = {}
    sections: dict[str, list[str]] = {}
    for section in report_type.leaves:
        for field in section.fields:
            if not field.numeric:
                continue
            sections.setdefault(field.name, []).append(section.id)
            for name in (field.label, *field.aliases, *_SHORT_NAMES.get(field.name, ())):
                known = fields.setdefault(_plain(name), [])
                if field not in known:
                    known.append(field)
    words = sorted(fields, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, name.split())) for name in words)
    return _Names(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), fields, sections, _ratios(report_type))


def _ratios(report_type: ReportType) -> dict[str, Field]:
    asked = {field.name: field for section in report_type.leaves for field in section.fields}
    uses = (use for section in report_type.leaves for use in section.topics)
    relations = (relation for use in uses for relation in use.topic.relations)
    ratios = (relation for relation in relations if isinstance(relation, Ratio) and relation.value in asked)
    return {ratio.numerator[0]: asked[ratio.value] for ratio in ratios}


def _plain(name: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", fold(name)).split())


def _parts(text: str, report_type: ReportType) -> Iterator[tuple[Section | None, int, int]]:
    """Stretches of the text between headings, with the section each heading is nearest to."""
    current: Section | None = None
    start = 0
    for line in _LINE.finditer(text):
        plain = " ".join(line.group().split())
        heading = heading_line(plain)
        if heading is None or len(heading) > 160 or (_about_tasks(current) and not plain[0].isupper()):
            continue
        section = _nearest_section(heading, report_type)
        if section is not None:
            yield current, start, line.start()
            current, start = section, line.start()
    yield current, start, len(text)


def _about_tasks(section: Section | None) -> bool:
    """Whether a section lists tasks to come: their numbers are no headings of results."""
    return section is not None and any(use.topic.id == "next_period" for use in section.topics)


def _nearest_section(heading: str, report_type: ReportType) -> Section | None:
    """The section whose heading, or another name of it, shares most words with a heading."""
    terms = set(lexical_terms(heading))
    found: list[tuple[float, Section]] = []
    for section in report_type.leaves:
        for name in (section.heading, *section.aliases):
            known = set(lexical_terms(name))
            share = len(terms & known) / math.sqrt(len(terms) * len(known)) if terms and known else 0.0
            found.append((share, section))
    score, section = max(found, key=lambda pair: pair[0])
    return section if score >= _ENOUGH else None


def _in_sentence(
    text: str, start: int, end: int, section: Section | None, report_type: ReportType, names: _Names
) -> Iterator[Proposal]:
    sentence = text[start:end]
    # both figures of "855/900" are wanted, each by itself
    found = find_quantities(_SHARE.sub(r"\1|\2", sentence))
    quantities = [q for q in found if not q.approximate and not _torn(text, start + q.start, start + q.end)]
    folded = fold(sentence)
    if not quantities or len(folded) != len(sentence) or _AIM.match(folded):
        return
    mentions = _of_wholes(list(names.pattern.finditer(folded)), folded, names)
    taken = _assigned(mentions, quantities, folded, section, names)
    for position, field in _by_unit(quantities, folded, section):
        taken.setdefault(position, (_UNIT_SCORE, field, quantities[position]))
    for position, (score, field, quantity) in sorted(taken.items()):
        share = quantities[position + 1] if position + 1 < len(quantities) else None
        if share is None or position + 1 in taken or share.kind != "percent" or field.name not in names.ratios:
            continue
        if _REACHES.search(sentence[quantity.end : share.start]):
            taken[position + 1] = (score, names.ratios[field.name], share)
    for score, field, quantity in taken.values():
        yield _proposal(score, field, quantity, " ".join(sentence.split()), start, section, names)


def _of_wholes(mentions: Sequence[re.Match[str]], folded: str, names: _Names) -> list[re.Match[str]]:
    """The mentions without those after "trong đó" of a figure named before it: they name a part of that figure."""
    inner = folded.find("trong do")
    whole = [field for m in mentions if m.start() < inner for field in names.fields.get(_spaced(m.group()), ())]
    return [
        m
        for m in mentions
        if m.start() < inner or not any(f in whole for f in names.fields.get(_spaced(m.group()), ()))
    ]


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _torn(text: str, start: int, end: int) -> bool:
    return bool(_TORN_AFTER.match(text, end) or _TORN_BEFORE.search(text[max(start - 4, 0) : start]))


def _assigned(
    mentions: Sequence[re.Match[str]],
    quantities: Sequence[Quantity],
    folded: str,
    section: Section | None,
    names: _Names,
) -> dict[int, tuple[float, Field, Quantity]]:
    """Which figure each name goes with, the surest pairs first; a name and a figure are used once."""
    pairs = [
        (score, -m, q, field)
        for m, mention in enumerate(mentions)
        for field in _meant(mention.group(), section, names)
        for q, quantity in enumerate(quantities)
        if (score := _nearness(folded, mention, quantity, field, mentions))
    ]
    taken: dict[int, tuple[float, Field, Quantity]] = {}
    used: set[int] = set()
    for score, mention_number, position, field in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if position not in taken and mention_number not in used:
            taken[position] = (score, field, quantities[position])
            used.add(mention_number)
    return taken


def _by_unit(quantities: Sequence[Quantity], folded: str, section: Section | None) -> Iterator[tuple[int, Field]]:
    """Figures followed by a unit that only one field of the section counts ("120 tin bài")."""
    counted: dict[str, list[Field]] = {}
    for field in section.fields if section is not None else ():
        if field.type == "int" and field.unit:
            counted.setdefault(_plain(field.unit), []).append(field)
    for position, quantity in enumerate(quantities):
        after = " ".join(folded[quantity.end : quantity.end + 40].split())
        for unit, fields in counted.items():
            if len(fields) == 1 and quantity.kind == "number" and re.match(rf"{re.escape(unit)}\b", after):
                yield position, fields[0]


def _meant(name: str, section: Section | None, names: _Names) -> list[Field]:
    """The fields that a name can mean: those that the section at hand asks for, else all."""
    fields = names.fields.get(_spaced(name), ())
    here = [f for f in fields if section is not None and section.id in names.sections[f.name]]
    return here or [f for f in fields if _spaced(name) not in _SHORT_NAMES.get(f.name, ())]


def _nearness(
    folded: str, mention: re.Match[str], quantity: Quantity, field: Field, mentions: Sequence[re.Match[str]]
) -> float:
    """0 where the figure cannot be this field's; else up to 1, more for longer names and nearer figures."""
    if quantity.kind != _KINDS[field.type] or (field.type == "int" and quantity.value != int(quantity.value)):
        return 0.0
    if quantity.start >= mention.end():
        between, reach = folded[mention.end() : quantity.start], _AFTER
        others = [m for m in mentions if mention.end() <= m.start() < quantity.start]
    elif quantity.end <= mention.start():
        between, reach = folded[quantity.end : mention.start()], _BEFORE
        others = [m for m in mentions if quantity.end <= m.start() < mention.start()]
    else:
        return 0.0
    gap = len(" ".join(between.split()))
    before_comma = quantity.end <= mention.start() and "," in between
    if gap > reach or others or before_comma or _BARRIER.search(between) or re.search(r"\d", between):
        return 0.0
    if not _fits_short_name(folded, mention, quantity, field):
        return 0.0
    length = min(1.0, 0.4 + 0.15 * len(mention.group().split()))
    return length * (1 - 0.5 * gap / reach)


def _fits_short_name(folded: str, mention: re.Match[str], quantity: Quantity, field: Field) -> bool:
    """Whether a figure beside a name of one or two words can be its: dossiers, and for the total all of them."""
    name = _spaced(mention.group())
    if name not in _SHORT_NAMES.get(field.name, ()):
        return True
    if name not in _RECEIVED:
        return bool(_COUNTS_DOSSIERS.match(folded, quantity.end))
    return bool(
        quantity.start >= mention.end()
        and _ALL_BETWEEN.fullmatch(folded, mention.end(), quantity.start)
        and _ALL_AFTER.match(folded, quantity.end)
        and not _SOME_BEFORE.search(folded, 0, mention.start())
    )


def _proposal(
    score: float, field: Field, quantity: Quantity, sentence: str, offset: int, section: Section | None, names: _Names
) -> Proposal:
    places = names.sections[field.name]
    inside = section is not None and section.id in places
    where = section.id if section is not None and inside else places[0]
    whole = field.type in ("int", "money")
    return Proposal(
        section=where,
        field=field.name,
        label=field.label,
        value=int(quantity.value) if whole else quantity.value,
        sentence=sentence,
        start=offset + quantity.start,
        end=offset + quantity.end,
        score=round(score * (1 - _SAME_SECTION) + (_SAME_SECTION if inside else 0.0), 2),
    )
