"""A share that a document does not state but lets be computed, and figures that are a target's and not a result's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ask.asked import Asked, canonical
from assistant.ask.comparing import number
from assistant.ask.extract import Extractor, Finding
from assistant.ask.figures import choose
from assistant.ask.question import spell_out
from assistant.vietnamese.numbers import format_number, format_percent
from assistant.vietnamese.tokens import folded_syllables

# "…, đạt trên 95%: Đạt": a line of a list of indicators; its figure is the target, whatever was reached
_INDICATOR = re.compile(r"[:./]\s*(?:chưa\s+)?đạt\b[^\d%]{0,60}$", re.IGNORECASE)
_PART_OF = re.compile(r"trong đó|gồm|\(")


@dataclass(frozen=True, slots=True)
class Share:
    """Two counts of one statement, and what part the first is of the second."""

    finding: Finding
    part: str
    whole: str
    percent: str


def of_target(finding: Finding) -> bool:
    """Whether the figures of a finding say what was to be reached, not what was."""
    return bool(finding.figures) and _INDICATOR.search(finding.statement.text.rstrip(" .;")) is not None


def says_all(one: Asked, finding: Finding) -> bool:
    """Whether a statement, with what leads to it, has every word asked for; not only its headings."""
    span = finding.statement
    if span.is_row:
        return set(one.words) - one.light <= {*canonical(span.words), *canonical(span.context)}
    headings = folded_syllables(spell_out(" ".join(heading.text for heading in span.passage.path)))
    return {*one.words} - one.light <= {*canonical(span.words), *canonical(span.context[len(headings) :])}


def share_of(one: Asked, extractor: Extractor, found: Sequence[Finding]) -> Share | None:
    """What share is asked for, computed from a statement that gives a whole and in it the part asked for.

    Args:
        found: what answers the parts before it, looked at first.
    """
    counts = replace(one, kind="count", noun=())
    before = (extractor.judge(counts, finding.statement) for finding in found)
    for hit in (*(hit for hit in before if hit is not None), *extractor.find(counts, n=2)):
        text = hit.statement.text
        if hit.statement.is_row or not says_all(replace(one, light=one.light | {*one.called}), hit):
            continue
        part = choose(hit, extractor.rarity).figures[:1]
        whole = hit.figures[:1]
        if not part or part == whole or "%" in text or not _PART_OF.search(text[: text.find(part[0])]):
            continue
        a, b = number(part[0]), number(whole[0])
        if a is not None and b and 0 < a < b:
            return Share(hit, format_number(a), format_number(b), format_percent(a * 100 / b))
    return None
