"""Which report a question speaks of, by its names and by the words that officers use for it."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.ask.question import Question, spell_out
from assistant.knowledge_files import load_knowledge
from assistant.reports import ReportType
from assistant.vietnamese.tokens import folded_syllables

_MONTHS = re.compile(r"\b(?:\d+|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nhieu|may) thang\b")
# words that stand before the name of a report and say nothing beside it
_BEFORE = ("trong", "cua", "o", "bao", "cao")
# a name that a committee's or a council's report on the resolution bears too
_SHARED = re.compile(r"^bao cao (?:thuc hien )?nghi quyet 57$")
# in "báo cáo … có 10 phụ lục" they go on with the name, in "báo cáo … có phải" they ask
_NOT_OF_NAME = ("co", "phu", "luc", "10", "ket", "qua")
_NO_QUARTER = "(?:trinh|che|dinh|mo|hoach|pham|uoc|chuan|tac)"
_LEAST_LOOSELY = 0.74
_SPOKEN_WORDS = 14


@functools.cache
def section_words() -> Mapping[str, Any]:
    """`knowledge/ask/sections.yaml`."""
    data: Mapping[str, Any] = load_knowledge("ask/sections.yaml")
    return data


@functools.cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"\b(?:{pattern})\b"))
        for kind, patterns in section_words()["reports"].items()
        for pattern in patterns
    )


class ReportNames:
    """The types of reports by their names."""

    def __init__(self, report_types: Mapping[str, ReportType]) -> None:
        self._types = dict(report_types)
        self._aliases = [
            (_normal(" ".join(folded_syllables(spell_out(alias)))), kind.id)
            for kind in self._types.values()
            for alias in (*kind.aliases, kind.short_name, kind.name)
        ]
        self._words: dict[str, set[str]] = {}
        for alias, kind_id in self._aliases:
            own = {word for word in alias.split() if word not in _NOT_OF_NAME}
            self._words.setdefault(kind_id, {"cua", "ve", "cap"}).update(own)

    def read(self, question: Question, given: str | None = None) -> tuple[ReportType | None, Question]:
        """The report type that the question names, or the one chosen beside it; and the question without that name,
        whose words say nothing of the section."""
        words = _normal(question.folded).split()
        found = self._found(words)
        kind = self._types.get(given) if given else None
        if kind is None and found:
            kind = self._types[found[0]]
        if kind is None:
            return None, question
        return kind, _left(question, found[1] if found else frozenset())

    def also(self, question: Question) -> ReportType | None:
        """Another report type that a question names, read by `read`, where it names two."""
        found = self._found(_normal(question.folded).split())
        return self._types[found[0]] if found else None

    def _found(self, words: list[str]) -> tuple[str, frozenset[int]] | None:
        """The id of a type and the positions of the words that name it."""
        folded = f" {' '.join(words)} "
        hits = [(len(a), a, kind) for a, kind in self._aliases if f" {a} " in folded and not _of_rules(a, folded)]
        best = max(hits, default=None)
        if best is None or _SHARED.match(best[1]):
            for kind, cue in _cues():
                if kind in self._types and (match := cue.search(folded)):
                    start, end = match.span("name" if "name" in cue.groupindex else 0)
                    at = len(folded[:start].split())
                    return kind, self._span(words, at, len(folded[start:end].split()), kind)
        if best is not None:
            at = len(folded[: folded.find(f" {best[1]} ")].split())
            return best[2], self._span(words, at, len(best[1].split()), best[2])
        return self._loosely(words)

    def _span(self, words: Sequence[str], at: int, length: int, kind: str) -> frozenset[int]:
        """The words of a name, with "trong báo cáo" before it and the further words of the type's names after it."""
        end = at + length
        while end < len(words) and words[end] in self._words.get(kind, ()):
            end += 1
        while at and words[at - 1] in _BEFORE:
            at -= 1
        return frozenset(range(at, end))

    def _loosely(self, words: Sequence[str]) -> tuple[str, frozenset[int]] | None:
        """By words that tell one report type from the others, where the question speaks of a report at all."""
        start = next((i for i in range(len(words) - 1) if tuple(words[i : i + 2]) == ("bao", "cao")), None)
        if start is None:
            return self._by_reporter(words)
        spoken = words[start : start + _SPOKEN_WORDS]
        best: tuple[float, int, str, list[str]] = (_LEAST_LOOSELY, 0, "", [])
        for alias, kind in self._aliases:
            content = [word for word in alias.split() if word not in ("bao", "cao", "ve", "cua", "nam", "ket", "qua")]
            if len(content) < 2:
                continue
            share = sum(word in spoken for word in content) / len(content)
            if (share, len(content)) > best[:2]:
                best = share, len(content), kind, content
        if not best[2]:
            return None
        drop = {"bao", "cao", *best[3]}
        return best[2], frozenset(i for i in range(start, start + len(spoken)) if words[i] in drop)

    def _by_reporter(self, words: Sequence[str]) -> tuple[str, frozenset[int]] | None:
        """The report of the steering committee, where a question speaks of what is the committee's."""
        if not re.search(r" cua ban chi dao (?!(?:cua )?(?:chinh phu|trung uong))", f" {' '.join(words)} "):
            return None
        own = next((kind.id for kind in self._types.values() if kind.unit == "steering_committee"), None)
        return (own, frozenset()) if own else None


def _of_rules(alias: str, folded: str) -> bool:
    """Whether "quy" at the end of a name goes on to another word: "báo cáo quy trình", not "báo cáo quý"."""
    return alias.endswith(" quy") and re.search(rf" {alias} {_NO_QUARTER} ", folded) is not None


def _normal(folded: str) -> str:
    """Any number of months is "n thang", ten fields are "10 linh vuc"; as many words as before."""
    return _MONTHS.sub("n thang", folded).replace("muoi linh vuc", "10 linh vuc")


def _left(question: Question, drop: frozenset[int]) -> Question:
    """The question without the words at some positions; as it is where nothing else would be left."""
    keep = [i for i in range(len(question.words)) if i not in drop]
    if not keep or not drop:
        return question
    words = tuple(question.words[i] for i in keep)
    kept = tuple(question.kept[i] for i in keep) if len(question.kept) == len(question.words) else question.kept
    return replace(question, words=words, kept=kept, folded=" ".join(words))
