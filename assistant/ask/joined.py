"""One figure asked of two things: "thanh toán trực tuyến với số hóa đạt mấy phần trăm"."""

from collections.abc import Collection
from dataclasses import replace

from assistant.ask.asked import Asked, asked_of, canonical
from assistant.ask.extract import VALUES, Extractor, Finding, says_something
from assistant.ask.parts import Part, halves

# what each of the two must be stated with
_COVERED, _TOGETHER = 0.85, 0.5


def asked_apart(part: Part, extractor: Extractor, drop: Collection[str]) -> list[Asked]:
    """What a part of a question asks for. Where it joins two things, only the document tells whether they are asked
    for apart: it states each in a place of its own, and what fits both best leaves one of them out."""
    whole = asked_of(part.question, drop, part.beside)
    if len(whole) > 1 or whole[0].kind not in VALUES or part.question.compares:
        return whole
    best = extractor.find(whole[0], n=1)
    for halved in halves(part.question):
        one, other = (asked_of(half, drop)[0] for half in halved)
        here, there = _stated(one, extractor), _stated(other, extractor)
        if here is None or there is None or _place(here) == _place(there):
            continue
        if not best or _leaves_out(best[0], one, other, extractor) or _leaves_out(best[0], other, one, extractor):
            return [replace(one, near=part.beside), replace(other, near=part.beside)]
    return whole


def _stated(one: Asked, extractor: Extractor) -> Finding | None:
    """The statement that has nearly all of what is asked."""
    if not {word for word in one.words if word not in one.light and not word.isdigit()}:
        return None
    met = (hit for hit in extractor.find(one, n=3) if hit.coverage >= _COVERED and hit.together >= _TOGETHER)
    return next(filter(says_something, met), None)


def _leaves_out(best: Finding, one: Asked, other: Asked, extractor: Extractor) -> bool:
    """Whether a statement itself has less than half of what tells one thing from the other: its headings speak of all
    that stands beside it."""
    own = set(canonical(best.statement.words))
    weights = {word: extractor.weight(word, one.light) for word in {*one.words} - {*other.words}}
    return 2 * sum(weight for word, weight in weights.items() if word in own) < sum(weights.values())


def _place(hit: Finding) -> tuple[str, int]:
    return hit.statement.passage.id, hit.statement.start
