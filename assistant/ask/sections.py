"""Which section of which report a question is about."""

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ask.matching import Match, TermIndex, terms
from assistant.ask.question import Question, spell_out
from assistant.ask.report_names import section_words
from assistant.ask.section_numbers import sections_numbered
from assistant.ask.wording import EMPTY, kept_words
from assistant.reports import ReportType, Section
from assistant.vietnamese.tokens import folded_syllables, syllables

_TYPE_BOOST = 2.2
_CLOSE = 0.82
_HEADING_BOOST = 1.2
_APPENDIX_WORDS = frozenset(("luc", "bieu", "bang", "danh", "cot", "pl"))
# an annex asked for by an Arabic number has a Roman one in the outlines
_ANNEX = re.compile(r"\bphu luc (?:so )?([1-9]|10)\b")
_HEADED, _WHOLE = 0.5, 0.99
_SAID, _SAID_ALONE = 1.0, 0.75
_NAMED_BOOST, _NUMBER_BOOST, _TABLE_BOOST, _ANNEX_BOOST = 0.8, 3.0, 1.5, 1.4
_LABELS = frozenset(("muc", "phan", "doan", "khuc", "luc", "bieu", "bang"))
_NUMBERED = _LABELS | {"diem", "tiet"}
_NO_LABEL = frozenset(["tieu", "tram", "chi", "do", "nay", "mem", "anh", "loai", "dau"])
_SPAN_END = frozenset(
    (
        *("cua", "trong", "can", "phai", "thi", "nen", "em", "minh", "gom", "neu", "ghi", "viet", "thuong", "duoc"),
        *("khong", "hay", "sai", "loi", "mac", "ke", "la", "gi", "nao"),
    )
)
_NUMBER_PIECE = re.compile(r"[ivx]{1,5}|\d{1,2}|[a-h]")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """A section and how well the question fits it.

    Attributes:
        score: comparable within one question only.
        coverage: share of the question's content found in the section, 0-1.
        heading: share of the heading's content found in the question, 0-1.
        typed: whether the question names its report type.
        pairs: share of the question's pairs of content words found in the section, 0-1.
        called: how surely a name of talk for the section is meant, 0-1.
        spoken_of: whether the section has two words together of those that stand behind "mục" or "phần".
    """

    report_type: ReportType
    section: Section
    score: float
    coverage: float
    heading: float
    typed: bool
    pairs: float = 1.0
    called: float = 0.0
    spoken_of: bool = True

    @property
    def named(self) -> float:
        """How surely the question names the section, by its heading or in talk, 0-1."""
        return max(self.heading, self.called)


class SectionFinder:
    """All sections of all report types, matched by heading, aliases, topics, requirements, figures and tables."""

    def __init__(self, report_types: Mapping[str, ReportType]) -> None:
        self._types = dict(report_types)
        self._entries = [(kind, section) for kind in self._types.values() for section in kind.leaves]
        every = [section for kind in self._types.values() for section in kind.sections]
        self._headings = {section.id: _headings(section) for section in every}
        self._said = {section.id: _said(section) for section in every}
        self._index = TermIndex([_parts(kind, section) for kind, section in self._entries])

    def texts(self) -> Iterable[str]:
        """The words of the sections, for repairing slips."""
        for _, section in self._entries:
            yield section.heading
            yield from (requirement.text for requirement in section.requirements)
            yield from (field.label for field in section.fields)
        for kind in self._types.values():
            yield from (kind.name, kind.short_name, *kind.aliases)

    def find(self, question: Question, report_type: ReportType | None = None, n: int = 5) -> list[SectionMatch]:
        """The `n` likeliest sections, best first."""
        numbered = self.numbered(question, report_type)
        words = _without_numbers(question.words) if numbered else question.words
        asked = _ANNEX.sub(lambda match: f"phu luc {_ROMAN[int(match.group(1)) - 1]}", " ".join(words)).split()
        span, content = named_span(asked), set(question.said)
        named = frozenset(word for word in span if word in content)
        pairs = frozenset(f"{a}_{b}" for a, b in itertools.pairwise(span) if {a, b} <= content)
        spoken = _Spoken(
            frozenset(asked), f" {' '.join(asked)} ", named, f" {' '.join(span)} ", pairs, "columns" in question.asks
        )
        found = [self._match(match, spoken, report_type) for match in self._index.match(asked, n=24)]
        if numbered:
            below = {section.id for group in numbered for section in self._below(group)}
            found = [self._boosted(match) if match.section.id in below else match for match in found]
            found = self._by_number(found, {section.id for section in numbered}, bool(spoken.named))
        # the report that is named decides
        return sorted(found, key=lambda match: (not match.typed, -match.score))[:n]

    def numbered(self, question: Question, report_type: ReportType | None) -> list[Section]:
        """The sections that a number in the question may mean ("mục 3.2"); none where it names another section."""
        found = sections_numbered(question.raw, self._types, report_type)
        if not found or report_type is None or self.headed(question, found):
            return found
        meant = {below.id for section in found for below in (section, *self._below(section))}
        others = [section for section in report_type.leaves if section.id not in meant]
        words = _without_numbers(question.words)
        spoken, text = frozenset(words), f" {' '.join(words)} "
        named = any(self._spoken_share(n, spoken) > _WHOLE for s in others for n in self._headings[s.id] if len(n) > 1)
        return (
            [] if named or any(self._said_share(n, text) >= _SAID for s in others for n in self._said[s.id]) else found
        )

    def _below(self, group: Section) -> list[Section]:
        """The sections that stand somewhere under one that only holds others."""
        if not group.is_group:
            return []
        return [s for kind, s in self._entries if s.id != group.id and group in kind.path(s.id)]

    @staticmethod
    def _boosted(match: SectionMatch) -> SectionMatch:
        return replace(match, score=match.score * _NUMBER_BOOST)

    def headed(self, question: Question, sections: Sequence[Section]) -> bool:
        """Whether the heading of one of some sections stands beside their number ("mục 3 kinh phí")."""
        words = _without_numbers(question.words)
        spoken, text = frozenset(words), f" {' '.join(words)} "
        each = [below for section in sections for below in (section, *self._below(section)) if not below.is_group]
        return any(self._spoken_share(name, spoken) >= _HEADED for s in each for name in self._headings[s.id]) or any(
            self._said_share(name, text) > 0 for s in each for name in self._said[s.id]
        )

    def group(self, question: Question, kind: ReportType) -> Section | None:
        """The part of a report that holds other sections and whose whole heading a question has."""
        spoken = frozenset(question.words)
        groups = [
            (section, name) for section in kind.sections if section.is_group for name in self._headings[section.id]
        ]
        named = [(len(n), s.level, s.id) for s, n in groups if len(n) > 1 and self._spoken_share(n, spoken) > _WHOLE]
        return kind.section(max(named)[2]) if named else None

    def _by_number(self, found: list[SectionMatch], numbered: set[str], headed: bool) -> list[SectionMatch]:
        """The matches with those of the number asked for before the others; a heading beside the number decides."""
        best = max((match.score for match in found), default=1.0)
        known = {match.section.id for match in found}
        more = [
            SectionMatch(kind, section, 0.0, 0.0, 0.0, True)
            for kind, section in self._entries
            if section.id in numbered - known
        ]
        return [
            replace(
                match,
                score=match.score * _NUMBER_BOOST if headed else 10 * best + match.score,
                heading=max(match.heading, 0.5 if headed else 1.0),
                spoken_of=True,
            )
            if match.section.id in numbered
            else match
            for match in (*found, *more)
        ]

    def _match(self, match: Match, spoken: "_Spoken", report_type: ReportType | None) -> SectionMatch:
        kind, section = self._entries[match.index]
        heading = max(self._spoken_share(words, spoken.words) for words in self._headings[section.id])
        called = max((self._said_share(words, spoken.text) for words in self._said[section.id]), default=0.0)
        named = max(self._spoken_share(words, spoken.named) for words in self._headings[section.id])
        named = max(named, *(self._said_share(words, spoken.span) for words in self._said[section.id]), 0.0)
        typed = report_type is not None and kind.id == report_type.id
        score = (
            match.score
            * (0.7 + 0.3 * match.coverage)
            * (1 + _HEADING_BOOST * max(heading, called) ** 2)
            * (1 + _NAMED_BOOST * named)
            * (_TYPE_BOOST if typed else 1.0)
            * (_TABLE_BOOST if spoken.columns and section.tables else 1.0)
        )
        if section.appendix and not spoken.words & _APPENDIX_WORDS:
            score *= 0.75
        if section.appendix and "phu luc" in spoken.text:
            score *= _ANNEX_BOOST
        spoken_of = not spoken.pairs or any(self._index.has(match.index, pair) for pair in spoken.pairs)
        return SectionMatch(kind, section, score, match.coverage, heading, typed, match.pairs, called, spoken_of)

    @staticmethod
    def _said_share(name: Sequence[str], text: str) -> float:
        """How surely a name of talk is meant where its words stand together: one word alone may be another's."""
        if f" {' '.join(name)} " not in text:
            return 0.0
        return _SAID if len(name) > 1 else _SAID_ALONE

    def _spoken_share(self, heading: list[str], spoken: frozenset[str]) -> float:
        """How much of a heading's content, by rarity, is among the words of the question."""
        own = [word for word in heading if word != EMPTY]
        whole = sum(map(self._index.idf, own))
        return sum(self._index.idf(word) for word in own if word in spoken) / whole if whole else 0.0

    @staticmethod
    def twins(matches: list[SectionMatch]) -> list[SectionMatch]:
        """Sections of other report types that fit nearly as well as the first."""
        first = matches[0]
        return [
            match
            for match in matches[1:]
            if match.report_type.id != first.report_type.id and match.score >= _CLOSE * first.score
        ]


@functools.cache
def _everyday() -> Mapping[str, tuple[str, ...]]:
    """Section id -> what officers call it in talk."""
    found: dict[str, tuple[str, ...]] = {}
    for group in section_words()["said"]:
        names = tuple(name.strip() for name in str(group["as"]).split("|"))
        for section in group["sections"]:
            found[section] = (*found.get(section, ()), *names)
    return found


def _said(section: Section) -> list[list[str]]:
    return [_words(name) for name in _everyday().get(section.id, ())]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The words of a question.

    Attributes:
        words: all of them.
        text: in order, between spaces.
        named: those right behind "mục", "phần", "đoạn", which name what is asked for.
        span: the same in order, between spaces.
        pairs: those of them that stand together.
        columns: whether it asks for those of a table.
    """

    words: frozenset[str]
    text: str
    named: frozenset[str]
    span: str
    pairs: frozenset[str]
    columns: bool


def named_span(words: Sequence[str]) -> list[str]:
    """The words that stand right behind the first "mục", "phần", "đoạn" and name the section."""
    labels = (i for i, word in enumerate(words) if word in _LABELS and words[max(i - 1, 0)] != "danh")
    after = {i: next(iter(words[i + 1 : i + 2]), "") for i in labels}
    start = next((i for i, word in after.items() if word not in _NO_LABEL), None)
    if start is None:
        return []
    return list(itertools.takewhile(lambda word: word not in _SPAN_END, words[start + 1 :]))


def _without_numbers(words: Sequence[str]) -> list[str]:
    """The words without the number behind "mục" or "phần"."""
    kept: list[str] = []
    numbering = False
    for word in words:
        numbering = word in _NUMBERED or (numbering and bool(_NUMBER_PIECE.fullmatch(word)))
        if not (numbering and _NUMBER_PIECE.fullmatch(word)):
            kept.append(word)
    return kept


def _words(text: str) -> list[str]:
    return folded_syllables(spell_out(text))


def _heading_words(section: Section) -> list[str]:
    return _words(re.sub(r"\{\w+\}", "", section.heading))


def _headings(section: Section) -> list[list[str]]:
    """The ways to name a section: its heading, the same without what it adds in brackets or after a semicolon."""
    short = re.sub(r"\(.*?\)|;.*", "", section.heading)
    return [_kept(re.sub(r"\{\w+\}", "", text)) for text in (section.heading, short, *section.aliases)]


def _kept(text: str) -> list[str]:
    """The folded words of a heading, those that name nothing as "_"."""
    spelled = spell_out(text)
    return list(kept_words(folded_syllables(spelled), syllables(spelled)))


def _parts(kind: ReportType, section: Section) -> list[tuple[list[str], float]]:
    above = [_words(re.sub(r"\{\w+\}", "", parent.heading)) for parent in kind.path(section.id)[:-1]]
    parts = [(_heading_words(section), 3.0), *((_words(alias), 2.5) for alias in section.aliases)]
    parts += [(_words(name), 1.5) for name in _everyday().get(section.id, ())]
    parts += [(words, 0.5) for words in above]
    if section.number:
        parts.append((_words(section.number), 1.0))
    parts.append((_words(section.purpose), 0.6))
    for use in section.topics:
        parts.append((_words(use.topic.name), 0.8))
        parts += [(_words(alias), 0.8) for alias in use.topic.aliases]
    parts += [(_words(requirement.text), 1.0) for requirement in section.requirements]
    parts += [(_words(field.label), 0.6) for field in section.fields]
    parts += [(_words(column.label), 0.8) for table in section.tables for column in table.columns]
    parts += [(_words(table.caption), 1.0) for table in section.tables]
    parts += [(_words(mistake.text), 0.6) for mistake in section.mistakes]
    return parts


def relevance(question: Question, text: str) -> float:
    """Share of a text's content that the question speaks of, 0-1: for putting the asked point first."""
    own = terms(_words(text))
    spoken = set(question.content)
    return sum(term in spoken for term in own) / len(own) if own else 0.0
