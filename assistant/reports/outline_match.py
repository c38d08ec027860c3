"""Which topics a heading is about, with a score: by the names of topics and by the headings of known reports."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reports.topics import Topic, load_topics
from assistant.reports.types import Section, TopicUse, load_report_types
from assistant.vietnamese.abbreviations import expand
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import lexical_terms

# below this a heading is left for the officer to match; above, topics near the best one are taken
ENOUGH = 0.45
_NEAR_BEST = 0.72
_MOST = 4
_SECOND_TOPIC = 0.8
_FIELD_WEIGHT = 0.7
_GUIDANCE_WEIGHT = 0.5
# headings whose sections hold one topic whatever their sub-headings are about
_RULING = {
    "next_period": (
        r"phương hướng|nhiệm vụ(?:,| và)? giải pháp|nhiệm vụ trọng tâm|nhiệm vụ (?:quý|năm|tháng|kỳ|thời gian)"
        r"|thời gian tới|kế hoạch (?:quý|năm|tháng|kỳ)"
    ),
    # "phản ánh, kiến nghị" are what citizens send in
    "proposals": r"(?<!phản ánh, )(?<!phản ánh )(?<!phản ánh và )kiến nghị|đề xuất|đề nghị",
    "difficulties": r"khó khăn|vướng mắc|hạn chế|tồn tại|nguyên nhân|bất cập",
}


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic for a heading.

    Attributes:
        score: 0 to 1.
        because: the name, alias or known heading that it was recognised by.
    """

    topic: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name under which a topic is known."""

    text: str
    folded: str
    topic: str
    weight: float
    vector: Mapping[str, float]
    norm: float


def match_heading(heading: str, guidance: Sequence[str] = (), above: Sequence[str] = ()) -> list[TopicMatch]:
    """Topics of a heading, best first: those good enough to be taken, or the nearest ones with low scores.

    `above` are the headings over it: under "Phương hướng" every heading is about tasks to come.
    """
    ruled = _ruled(heading, above)
    if ruled is not None:
        return [ruled]
    lowered = expand(heading).lower()
    found = {
        topic: match
        for topic, match in _scores(heading, 1.0).items()
        if topic not in _RULING or re.search(_RULING[topic], lowered)
    }
    if not found or max(match.score for match in found.values()) < ENOUGH:
        for line in guidance[:6]:
            for match in _scores(line, _GUIDANCE_WEIGHT).values():
                _keep(found, match)
    ranked = sorted(found.values(), key=lambda match: (-match.score, match.topic))
    best = ranked[0].score if ranked else 0.0
    if best < ENOUGH:
        return ranked[:3]
    return [match for match in ranked if match.score >= max(ENOUGH, best * _NEAR_BEST)][:_MOST]


def _ruled(heading: str, above: Sequence[str]) -> TopicMatch | None:
    for text, score in ((heading, 0.95), *((text, 0.9) for text in above)):
        lowered = expand(text).lower()
        for topic, pattern in _RULING.items():
            match = re.search(pattern, lowered)
            # "Kết quả thực hiện nhiệm vụ …" looks back; a heading that names several things is matched by them
            if match and match.start() <= max(24, len(lowered) // 3) and not lowered.startswith("kết quả"):
                return TopicMatch(topic, score, match.group(0))
    return None


def _scores(text: str, weight: float) -> dict[str, TopicMatch]:
    expanded = expand(text)
    folded = f" {_plain(expanded)} "
    vector, norm = _vector(expanded)
    found: dict[str, TopicMatch] = {}
    for phrase in _phrases():
        score = phrase.weight * _similarity(vector, norm, phrase)
        words = phrase.folded.count(" ") + 1
        if words >= 2 and f" {phrase.folded} " in folded:
            share = len(phrase.folded) / max(len(folded.strip()), 1)
            score = max(score, phrase.weight * min(1.0, 0.62 + 0.38 * share))
        if score > 0.2:
            _keep(found, TopicMatch(phrase.topic, round(min(score, 1.0) * weight, 2), phrase.text))
    return found


def _keep(found: dict[str, TopicMatch], match: TopicMatch) -> None:
    if match.topic not in found or found[match.topic].score < match.score:
        found[match.topic] = match


def _similarity(vector: Mapping[str, float], norm: float, phrase: _Phrase) -> float:
    dot = sum(value * phrase.vector.get(term, 0.0) for term, value in vector.items())
    return dot / (norm * phrase.norm) if norm and phrase.norm else 0.0


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _vector(text: str) -> tuple[dict[str, float], float]:
    weights = _weights()
    rare = max(weights.values())
    vector = {term: weights.get(term, rare) for term in lexical_terms(text)}
    return vector, math.sqrt(sum(value * value for value in vector.values()))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    """Inverse document frequency of terms over the names of topics."""
    names = [set(lexical_terms(expand(text))) for text, _, _ in _names()]
    counts = Counter(term for name in names for term in name)
    return {term: math.log(1 + len(names) / count) for term, count in counts.items()}


@lru_cache(maxsize=1)
def _phrases() -> tuple[_Phrase, ...]:
    phrases = []
    for text, topic, weight in dict.fromkeys(_names()):
        vector, norm = _vector(expand(text))
        phrases.append(_Phrase(text, _plain(expand(text)), topic, weight, vector, norm))
    return tuple(phrases)


def _names() -> Iterator[tuple[str, str, float]]:
    """Names of topics with their weight: own names and aliases, headings of built-in reports, labels of fields."""
    for topic in load_topics().values():
        yield topic.name, topic.id, 1.0
        yield from ((alias, topic.id, 1.0) for alias in topic.aliases)
        yield from ((field.label, topic.id, _FIELD_WEIGHT) for field in topic.fields)
    for section in built_in_sections():
        for position, use in enumerate(_telling(section)):
            weight = 1.0 if position == 0 else _SECOND_TOPIC
            yield section.heading, use.topic.id, weight
            yield from ((alias, use.topic.id, weight) for alias in section.aliases)


def _telling(section: Section) -> list[TopicUse]:
    """The topics of a section that its heading stands for, the main one first; a figure or two lent by another
    topic does not count."""
    uses = sorted(section.topics, key=lambda use: -len(use.fields))
    return [use for use in uses if len(use.fields) > 1 or use is uses[0]][:3]


def built_in_sections() -> Iterable[Section]:
    """The sections of the report types that ship."""
    return (section for report_type in load_report_types().values() for section in report_type.leaves)


@lru_cache(maxsize=64)
def fullest_use(topic_id: str) -> TopicUse:
    """What to ask under a heading about a topic: as the built-in section that asks most about it does."""
    uses = [use for section in built_in_sections() for use in section.topics if use.topic.id == topic_id]
    topic: Topic = load_topics()[topic_id]
    if not uses:
        return TopicUse(topic, topic.fields, topic.requirements, topic.mistakes, topic.tables)
    return max(uses, key=lambda use: (len(use.fields), len(use.requirements)))
