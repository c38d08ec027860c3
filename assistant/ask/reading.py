"""One document read for one question: for each thing asked the statements that answer, and what it leaves open."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from assistant.ask.asked import Asked, counted_nouns
from assistant.ask.completing import Wish, completed, rescued, wish_of
from assistant.ask.extract import DECISION, VALUES, Extractor, Finding, asks_of, says_something
from assistant.ask.joined import asked_apart
from assistant.ask.missed import is_missed, missed
from assistant.ask.parts import parts, without_story
from assistant.ask.past_search import (
    bare_row,
    counted_as_times,
    counted_otherwise,
    denied,
    in_hand,
    in_words,
    leans,
    of_class,
    of_one_kind,
    of_subject,
    of_today,
    only_shares,
    period_fits,
    planned,
    said_first,
    said_otherwise,
    sound,
    total,
    unknown_here,
    whole_of,
)  # fmt: skip
from assistant.ask.question import UPPER, Question, same_words
from assistant.ask.quoting import with_clauses, with_lists
from assistant.ask.shares import Share, of_target, says_all, share_of
from assistant.ask.statements import whole_list, years_of
from assistant.library.models import DocumentRecord

# a figure is asked for, not given to be confirmed ("đã giải ngân hết 100% phải không?")
_HOW_MUCH = r"bao nhieu|\bmay\b|\btong so\b|\bso luong\b"
# "con số, không phải tỷ lệ": a share does not answer
_NO_SHARE = r"\bkhong phai (?:la )?(?:ty le|phan tram)\b"
# the name of a person is asked for: his office alone does not answer
_PERSON_ASKED = r"\bho (?:va )?ten\b"
_PERSON = re.compile(rf"(?:[Đđ]ồng chí|(?<!\w)[Ôô]ng|(?<!\w)[Bb]à|[Cc]hị|[Aa]nh)\s+[{UPPER}][^\W\d_]+\s+[{UPPER}]")
_TARGET_ASKED = r"\b(?:chi tieu|muc tieu|phan dau|ke hoach|giao)\b"
# of words that are asked for, a second statement nearly as good is shown too
_CLOSE = 0.95
_FEW = 2
# what every document here is about: it tells none of its statements apart
_SUBJECT = ("chuyen doi so", "khoa hoc cong nghe", "doi moi sang tao")


@dataclass(slots=True)
class Read:
    """What reading gave.

    Attributes:
        found: the statements that answer, in the order of what is asked.
        differing: other places that state the same with another value (finding, value here, there).
        missing: what the document does not say.
        shares: what it lets be computed.
    """

    found: list[Finding] = field(default_factory=list)
    differing: list[tuple[Finding, str, str]] = field(default_factory=list)
    missing: list[Asked] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)


def read(question: Question, record: DocumentRecord, extractor: Extractor, drop: Collection[str]) -> Read:
    """Read a document.

    Args:
        drop: folded words that only say which document is meant.
    """
    result = Read()
    positions: set[int] = set()
    wishes = _wishes(_with_light_subject(question), drop, extractor)
    for one in (wish.asked for wish in wishes):
        if each := _each_year(one, question, record, extractor):
            result.found += each
            continue
        hits = _answering(one, question, record, extractor, positions)
        hits = [hit for hit in hits if not _counted_before(hit, result.found)] or hits
        if leans(one):
            places = {finding.statement.passage.id for finding in result.found}
            hits = [
                hit for hit in hits if hit.statement.passage.id in places or of_subject(hit, extractor, bool(places))
            ]
        hits = [] if one.kind in VALUES and unknown_here(one, extractor) else said_first(hits, extractor)
        if one.kind == "percent" and not question.has(_TARGET_ASKED):
            hits = [hit for hit in hits if not of_target(hit)] or hits
            stated = hits and hits[0].figures and says_all(one, hits[0]) and not of_target(hits[0])
            if not stated and (share := share_of(one, extractor, result.found)):
                result.found.append(share.finding)
                result.shares.append(share)
                result.found += [hit for hit in hits[:1] if of_target(hit)]
                continue
        if not hits and (same := in_hand(result.found, one, extractor)):
            result.found.append(same)
            continue
        if not hits:
            result.missing.append(one)
            continue
        result.found += _with_kinds(hits) or _with_second(hits)
        result.differing += said_otherwise(hits, extractor)
        positions.add(extractor.position(hits[0]))
        if question.has(r"(?:tren|trong|so voi) tong\b"):
            result.found += whole_of(hits[0], extractor, one)
    found = result.found
    if found and found[0].asked.kind == "money" and question.has(r"\btong|tat ca|da chi|chi bao nhieu|cong lai"):
        whole = total(extractor, found)
        # an item that was met only by the words for money is not what is asked for
        found[:] = [*whole, *(found if not whole or found[0].coverage >= _CLOSE else found[1:])]
    if result.missing and (row := bare_row(extractor, result.missing)):
        found.append(row)
    _complete(result, wishes, question, record, extractor)
    if question.has(_NO_SHARE):
        result.found = [finding for finding in result.found if "%" not in finding.statement.text]
    if question.has(_PERSON_ASKED):
        result.found = [finding for finding in result.found if _PERSON.search(finding.statement.text)]
    return result


def _complete(
    result: Read, wishes: Sequence[Wish], question: Question, record: DocumentRecord, extractor: Extractor
) -> None:
    """Adds what stands beside the statements found and answers what they leave open."""

    def fits(hit: Finding) -> bool:
        return _fits(question, record, hit)

    if not result.found:
        result.found += rescued(wishes, extractor, fits)
    if lines := missed(question, result.found, extractor):
        tallies = [finding for finding in result.found if finding.figures and not is_missed(finding.statement)]
        result.found = tallies + lines
        result.missing = []
        return
    added, result.missing = completed(wishes, result.found, result.missing, extractor, fits)
    listed = [with_clauses(question, finding) for finding in (*result.found, *added)]
    result.found = with_lists(listed)


def _wishes(question: Question, drop: Collection[str], extractor: Extractor) -> list[Wish]:
    return [
        wish_of(one, part.question)
        for part in parts(without_story(question))
        for one in asked_apart(part, extractor, drop)
    ]


def _with_light_subject(question: Question) -> Question:
    """The question in which the subject of all these documents says little, where it says anything else."""
    subject = {word for name in _SUBJECT if question.has(rf"\b{name}\b") for word in name.split()}
    if len({*question.said} - subject - question.light) < 2:
        return question
    return replace(question, light=question.light | subject)


def _each_year(one: Asked, question: Question, record: DocumentRecord, extractor: Extractor) -> list[Finding]:
    """For a value asked for several years ("năm 2026 và đến năm 2030"): that of each, where the document sets one for
    each; else []."""
    if len(set(question.years)) < 2 or one.kind not in VALUES:
        return []
    found = []
    for year in dict.fromkeys(question.years):
        hits = _answering(one, replace(question, years=(year,)), record, extractor, ())
        own = [hit for hit in hits if year in years_of(hit.statement)]
        found += own[:1]
    return found if len({extractor.position(hit) for hit in found}) == len(set(question.years)) else []


def _counted_before(hit: Finding, found: Sequence[Finding]) -> bool:
    """Whether the figures of a statement were already told as the count of another thing."""
    return bool(hit.asked.noun) and any(
        other.asked.noun and other.asked.noun != hit.asked.noun and set(hit.figures) <= set(other.figures)
        for other in found
        if other.statement.start == hit.statement.start and other.statement.passage is hit.statement.passage
    )


def _answering(
    one: Asked, question: Question, record: DocumentRecord, extractor: Extractor, prefer: Collection[int]
) -> list[Finding]:
    """The statements that answer one thing asked, the best first."""
    found = extractor.find(one, n=6, prefer=frozenset(prefer))
    hits = [hit for hit in found if sound(hit) and says_something(hit) and _fits(question, record, hit)]
    hits = [hit for hit in hits if of_class(question, hit) and not (one.kind in VALUES and denied(hit))]
    hits = [hit for hit in hits if not only_shares(one, hit.figures)]
    if record.kind == "report" and one.kind == "percent" and len({*one.words} - one.light) <= _FEW:
        # two words are met in any heading
        hits = [hit for hit in hits if hit.statement.is_row or says_all(one, hit)]
    if not hits and one.noun and one.noun not in counted_nouns():
        hits = [hit for hit in counted_otherwise(extractor, one) if period_fits(question, record, hit)]
    if not hits:
        hits = [hit for hit in counted_as_times(extractor, one) if period_fits(question, record, hit)]
    of_paper = one.kind == "symbol" or (one.kind == "when" and asks_of(one, DECISION))
    if not hits and not of_paper and not (one.kind in VALUES and question.has(_HOW_MUCH)):
        hits = [hit for hit in in_words(extractor, one) if period_fits(question, record, hit)][:1]
    return hits


def _fits(question: Question, record: DocumentRecord, hit: Finding) -> bool:
    """Whether a statement is of the period asked for, result or aim as it is asked for, and more than the title."""
    other = planned(question, record, hit) or of_today(question, record, hit) or _is_title(hit, record)
    return period_fits(question, record, hit) and not other


def _is_title(hit: Finding, record: DocumentRecord) -> bool:
    """Whether a statement is but the title of the document."""
    return " ".join(hit.statement.words) in same_words(record.identity.title or "")


def _with_kinds(hits: Sequence[Finding]) -> list[Finding]:
    """The total before the statement that counts kinds of the thing asked; [] where the best is no such statement."""
    if not of_one_kind(hits[0]):
        return []
    totals = [hit for hit in hits[1:] if not of_one_kind(hit)]
    return [*totals[:1], replace(hits[0], statement=whole_list(hits[0].statement))]


def _with_second(hits: Sequence[Finding]) -> list[Finding]:
    second = [hit for hit in hits[1:2] if hit.asked.kind == "text" and hit.score >= _CLOSE * hits[0].score]
    return [hits[0], *second]
