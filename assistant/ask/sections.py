"""Which section of which report a question is about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.ask.matching import Match, TermIndex, terms
from assistant.ask.question import Question, spell_out
from assistant.ask.wording import EMPTY, kept_words
from assistant.reports import ReportType, Section
from assistant.vietnamese.tokens import folded_syllables, syllables

_TYPE_BOOST = 2.2
_CLOSE = 0.82
_HEADING_BOOST = 1.2
_APPENDIX_WORDS = frozenset(("luc", "bieu", "bang", "danh", "cot", "pl"))
# an annex asked for by an Arabic number has a Roman one in the outlines
_ANNEX = re.compile(r"\bphu luc (?:so )?([1-9]|10)\b")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_MONTHS = re.compile(r"\b(?:\d+|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nhieu|may) thang\b")


@dataclass(frozen=True, slots=True)
class SectionMatch:
    """A section and how well the question fits it.

    Attributes:
        score: comparable within one question only.
        coverage: share of the question's content found in the section, 0-1.
        heading: share of the heading's content found in the question, 0-1.
        typed: whether the question names its report type.
        pairs: share of the question's pairs of content words found in the section, 0-1.
    """

    report_type: ReportType
    section: Section
    score: float
    coverage: float
    heading: float
    typed: bool
    pairs: float = 1.0


class SectionFinder:
    """All sections of all report types, matched by heading, aliases, topics, requirements, figures and tables."""

    def __init__(self, report_types: Mapping[str, ReportType]) -> None:
        self._types = dict(report_types)
        self._entries = [(kind, section) for kind in self._types.values() for section in kind.leaves]
        self._headings = [_headings(section) for _, section in self._entries]
        self._index = TermIndex([_parts(kind, section) for kind, section in self._entries])
        self._aliases = [
            (_normal(" ".join(folded_syllables(spell_out(alias)))), kind.id)
            for kind in self._types.values()
            for alias in (*kind.aliases, kind.short_name, kind.name)
        ]

        self._type_words: dict[str, set[str]] = {}
        for alias, kind_id in self._aliases:
            self._type_words.setdefault(kind_id, {"cua", "ve", "cap"}).update(alias.split())

    def texts(self) -> Iterable[str]:
        """The words of the sections, for repairing slips."""
        for _, section in self._entries:
            yield section.heading
            yield from (requirement.text for requirement in section.requirements)
            yield from (field.label for field in section.fields)
        for kind in self._types.values():
            yield from (kind.name, kind.short_name, *kind.aliases)

    def named_type(self, question: Question, given: str | None = None) -> tuple[ReportType | None, Question]:
        """The report type that the question names, or the one chosen beside it; and the question without that name,
        whose words say nothing of the section."""
        folded = f" {_normal(question.folded)} "
        hits = [(len(alias), alias, kind) for alias, kind in self._aliases if f" {alias} " in folded]
        if hits:
            _, alias, kind = max(hits)
            named: ReportType | None = self._types[kind]
            rest = _without(folded, alias, self._type_words[kind])
        else:
            named, rest = self._loosely_named(folded)
        if given and given in self._types:
            named = self._types[given]
        if named is None:
            return None, question
        words = tuple(rest.split())
        return named, replace(question, words=words or question.words, folded=" ".join(words) or question.folded)

    def also_named(self, question: Question) -> ReportType | None:
        """Another report type that a question names, read by `named_type`, where it names two."""
        folded = f" {_normal(question.folded)} "
        hits = [(len(alias), kind) for alias, kind in self._aliases if f" {alias} " in folded]
        return self._types[max(hits)[1]] if hits else None

    def _loosely_named(self, folded: str) -> tuple[ReportType | None, str]:
        """By words that tell one report type from the others, where the question speaks of a report at all."""
        start = folded.find(" bao cao ")
        if start < 0:
            return self._by_reporter(folded), folded
        spoken = folded[start:].split()[:14]
        best: tuple[float, int, str | None, list[str]] = (0.74, 0, None, [])
        for alias, kind in self._aliases:
            content = [word for word in alias.split() if word not in ("bao", "cao", "ve", "cua", "nam", "ket", "qua")]
            if len(content) < 2:
                continue
            share = sum(word in spoken for word in content) / len(content)
            if (share, len(content)) > best[:2]:
                best = share, len(content), kind, content
        if best[2] is None:
            return None, folded
        drop = {"bao", "cao", *best[3]}
        rest = [*folded[:start].split(), *(word for word in spoken if word not in drop)]
        rest += folded[start:].split()[14:]
        return self._types[best[2]], " ".join(rest)

    def _by_reporter(self, folded: str) -> ReportType | None:
        """The report of the steering committee, where a question speaks of what is the committee's."""
        if not re.search(r" cua ban chi dao (?!(?:cua )?(?:chinh phu|trung uong))", folded):
            return None
        return next((kind for kind in self._types.values() if kind.unit == "steering_committee"), None)

    def find(self, question: Question, report_type: ReportType | None = None, n: int = 5) -> list[SectionMatch]:
        """The `n` likeliest sections, best first."""
        asked = _ANNEX.sub(lambda match: f"phu luc {_ROMAN[int(match.group(1)) - 1]}", question.folded).split()
        matches = self._index.match(asked, n=24)
        spoken = set(asked)
        found = [self._match(match, spoken, report_type) for match in matches]
        return sorted(found, key=lambda match: -match.score)[:n]

    def _match(self, match: Match, spoken: set[str], report_type: ReportType | None) -> SectionMatch:
        kind, section = self._entries[match.index]
        heading = max(self._spoken_share(words, spoken) for words in self._headings[match.index])
        typed = report_type is not None and kind.id == report_type.id
        score = (
            match.score
            * (0.7 + 0.3 * match.coverage)
            * (1 + _HEADING_BOOST * heading**2)
            * (_TYPE_BOOST if typed else 1.0)
        )
        if section.appendix and not spoken & _APPENDIX_WORDS:
            score *= 0.75
        return SectionMatch(kind, section, score, match.coverage, heading, typed, match.pairs)

    def _spoken_share(self, heading: list[str], spoken: set[str]) -> float:
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


def _normal(folded: str) -> str:
    """Any number of months is "n thang", ten fields are "10 linh vuc"."""
    return _MONTHS.sub("n thang", folded).replace("muoi linh vuc", "10 linh vuc")


def _without(folded: str, alias: str, type_words: set[str]) -> str:
    """The folded question with the name of the report taken out: "trong" or "của" before it, and the further words
    of its name right after it."""
    match = re.search(rf"(?: trong| cua)?(?: bao cao)? {re.escape(alias)} ", folded)
    if match is None:
        return folded
    rest = folded[match.end() :].split()
    while rest and rest[0] in type_words:
        rest.pop(0)
    return f"{folded[: match.start()]} {' '.join(rest)}"


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
