"""What an answer still lacks, looked for beside what it quotes: the list that a statement opens, the sentence before or
after it that says why, who, when or which, and the words of the question that only another statement has."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.ask.asked import Asked, canonical, has_word
from assistant.ask.extract import DENIED, VALUES, Extractor, Finding, answering_figures, says_something
from assistant.ask.past_search import TOGETHER, only_shares
from assistant.ask.question import UPPER, Question, spell_out
from assistant.ask.statements import LONGEST_LIST, StatementSpan, period_above
from assistant.vietnamese.tokens import folded_syllables

_TO_BE_NAMED = r"\b(?:ke ten|neu ten|liet ke|ke ra)\b"
_NAMES_ASKED = r"\b(?:(?<!the )nao|ke ten|ten gi|nhung gi|liet ke|o dau|la gi|la ai|nhung ai|gom gi)\b"
# so many statements away a sentence may still go on with what is quoted
_NEAR, _NEXT = 4, 2
_MOST = 2
# a statement elsewhere in the document has this share of all that is asked
_LEAST_ELSEWHERE = 0.5
_LEAST_OF_VALUE = 0.7
# nothing answers by the rules for each part, but one statement has nearly all the words
_LEAST_WHOLE, _LEAST_NAMED, _LEAST_SUBJECT, _LEAST_OF_SEVERAL = 0.7, 0.8, 0.5, 0.4
# "gồm: a, b", "(7, 12, 18)"
_ENUMERATED = re.compile(r":\s(?=[^,;]*[^\W\d_]{2})[^,;]*,\s|\([^()]+,\s[^()]+\)")
_MARKED = re.compile(r"\s*(?:[-+*•]\s|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]+\.|[a-zđ]\)\s)")
# "05 máy còn lại …": what the figure before it leaves
_REST = re.compile(r"\bcòn lại\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing asked.

    Attributes:
        names: whether the names of things are asked for: a number or a kind of thing alone does not answer.
    """

    asked: Asked
    names: bool = False


def wish_of(asked: Asked, part: Question) -> Wish:
    names = asked.kind in ("text", "who") and part.has(_NAMES_ASKED)
    return Wish(asked, names or part.has(_TO_BE_NAMED))


def completed(
    wishes: Sequence[Wish],
    found: Sequence[Finding],
    missing: Sequence[Asked],
    extractor: Extractor,
    fits: Callable[[Finding], bool],
) -> tuple[list[Finding], list[Asked]]:
    """Further statements that answer, and what is still missing with them.

    Args:
        wishes: all that is asked.
        found: the statements that are shown.
        missing: what none of them answers.
        fits: whether a statement is of the period asked for.
    """
    if not found:
        return [], list(missing)
    shown = [extractor.position(finding) for finding in found]
    added: list[Finding] = []
    left: list[Asked] = []
    for wish in wishes:
        unanswered = wish.asked in missing and not any(_answers(i, wish, extractor) for i in shown)
        own = [extractor.position(finding) for finding in found if finding.asked == wish.asked]
        places = own if wish.asked.negated and wish.asked.kind in VALUES else shown
        satisfied = any(_satisfies(extractor.spans[i], wish, extractor, i) for i in places)
        if not unanswered and satisfied and not _weak(wish, found, extractor):
            continue
        ways = (_elsewhere, _beside) if wish.names else (_beside, _elsewhere)
        if unanswered and wish.asked.kind == "why" and (told := _tells_why(wish, shown, extractor)):
            added.append(told)
            continue
        best = next((hit for look in ways if (hit := look(wish, shown, extractor, fits))), None)
        best = best if len(added) < _MOST else None
        if best is not None:
            added.append(best)
            shown.append(extractor.position(best))
        elif unanswered:
            left.append(wish.asked)
    if len(added) < _MOST and (further := _uncovered(wishes, shown, extractor, fits, bool(left))):
        added.append(further)
        left = [one for one in left if not _covers(extractor.position(further), one, extractor)]
    return added, left


def _tells_why(wish: Wish, shown: Sequence[int], extractor: Extractor) -> Finding | None:
    """The statement that is shown for its figure and goes on with the reason."""
    spans = (extractor.spans[i] for i in shown if _satisfies(extractor.spans[i], wish, extractor, i))
    return next((Finding(span, wish.asked, 1.0, 1.0) for span in spans if not span.is_row), None)


def _weak(wish: Wish, found: Sequence[Finding], extractor: Extractor) -> bool:
    """Whether a value was taken from a statement that has none of the words asked: only what leads to it has them."""
    own = [set(extractor.own(extractor.position(finding))) for finding in found if finding.asked == wish.asked]
    words = _telling(wish.asked)
    return (
        wish.asked.kind in VALUES
        and bool(own)
        and not any(has_word(have, w, wish.asked) for have in own for w in words)
    )


def _answers(i: int, wish: Wish, extractor: Extractor) -> bool:
    """Whether a statement that was found for something else answers a wish."""
    one = wish.asked
    has = _covers(i, one, extractor)
    if one.kind == "when" or not _telling(one):
        has = has or bool(set(one.near) & set(extractor.own(i)))
    return has and _satisfies(extractor.spans[i], wish, extractor, i)


def _satisfies(span: StatementSpan, wish: Wish, extractor: Extractor, i: int) -> bool:
    """Whether a statement has the kind of thing that is asked for."""
    if wish.names:
        return _names(span, {*wish.asked.words, *wish.asked.near})
    if wish.asked.kind == "when" and period_above(span):
        return True
    if wish.asked.negated and wish.asked.kind in VALUES and not DENIED.search(span.text):
        # how many have something is no answer to how many have not
        return False
    if wish.asked.negated and _REST.search(span.text):
        return True
    if wish.asked.noun == ("nguoi",) and answering_figures(span, replace(wish.asked, noun=("luot",)), extractor.own(i)):
        return True
    figures = answering_figures(span, wish.asked, extractor.own(i))
    return figures is not None and not only_shares(wish.asked, figures)


def _names(span: StatementSpan, said: set[str]) -> bool:
    """Whether a statement names things that the question does not: a list, or words with capitals."""
    if span.is_row:
        return span.text.strip() != span.header.strip()
    if _ENUMERATED.search(span.text):
        return True
    named = re.findall(rf"(?<=\w\s)[{UPPER}]\w+(?:\s+[{UPPER}]\w+)*", span.text)
    return any(set(folded_syllables(name)) - said for name in named)


def _beside(wish: Wish, shown: Sequence[int], extractor: Extractor, fits: Callable[[Finding], bool]) -> Finding | None:
    """The statement near a shown one that satisfies a wish: it has words of it, or goes on with what is shown."""
    one = wish.asked
    best: tuple[float, Finding] | None = None
    for distance, j, goes_on in _neighbours(shown, extractor):
        span = extractor.spans[j]
        hit = Finding(span, one, 1.0, 1.0)
        if j in shown or not _satisfies(span, wish, extractor, j) or not says_something(hit) or not fits(hit):
            continue
        own = set(extractor.own(j))
        cover = sum(extractor.weight(word) for word in _telling(one) if has_word(own, word, one))
        near = sum(extractor.weight(word, one.light) for word in set(one.near) - one.light if word in own)
        told = one.kind in ("why", "who", "when") or wish.names or near > 0 or _REST.search(span.text)
        follows = told and goes_on and distance <= _NEXT
        if not cover and not follows:
            continue
        score = cover + 0.25 * near - 0.5 * distance
        if best is None or score > best[0]:
            best = score, hit
    return best[1] if best else None


def _elsewhere(
    wish: Wish, shown: Sequence[int], extractor: Extractor, fits: Callable[[Finding], bool]
) -> Finding | None:
    """The kind of thing that is asked for, where another place of the document gives it for the same subject."""
    if not wish.names:
        return _of_subject(wish, shown, extractor, fits) if wish.asked.kind != "text" else None
    for hit in extractor.find(replace(wish.asked, kind="text", noun=()), n=6):
        i = extractor.position(hit)
        enough = hit.coverage >= _LEAST_NAMED and hit.together >= TOGETHER
        if enough and i not in shown and _satisfies(hit.statement, wish, extractor, i) and fits(hit):
            return _series(hit)
    return None


def _of_subject(
    wish: Wish, shown: Sequence[int], extractor: Extractor, fits: Callable[[Finding], bool]
) -> Finding | None:
    """The statement that has most of the subject, what is asked and what was named before it, and satisfies a wish."""
    one = wish.asked
    weights = {word: extractor.weight(word) for word in (_telling(one) | set(one.near)) - one.light}
    best: tuple[float, Finding] | None = None
    for j in sorted({j for word in weights for j in extractor.places(word)} - set(shown)):
        own = set(extractor.own(j))
        share = sum(weight for word, weight in weights.items() if word in own)
        said = len(own & set(weights))
        if said < 2 or share < (_LEAST_SUBJECT if said == 2 else _LEAST_OF_SEVERAL) * sum(weights.values()):
            continue
        hit = Finding(extractor.spans[j], one, 1.0, 1.0)
        # how many of the people may be told as a share of them
        shared = one.kind == "count" and "%" in hit.statement.text and share >= _LEAST_OF_VALUE * sum(weights.values())
        if (shared or _satisfies(hit.statement, wish, extractor, j)) and says_something(hit) and fits(hit):
            best = max(best, (share, hit), key=lambda pair: pair[0]) if best else (share, hit)
    return best[1] if best else None


_LABELLED = re.compile(r"\W*([^\W\d_]+(?: [^\W\d_]+){0,3}) \d+\s*[:.]")


def _series(hit: Finding) -> Finding:
    """A line of a series ("Mô hình 1: …") with those of the same label before and after it."""
    span = hit.statement
    if not (label := _LABELLED.match(span.text)):
        return hit
    text = span.passage.text
    lines = list(re.finditer(rf"^\W*{re.escape(label.group(1))} \d+\s*[:.].*$", text, re.MULTILINE))
    start, end = min((m.start() for m in lines), default=span.start), max((m.end() for m in lines), default=span.end)
    whole = replace(span, start=min(start, span.start), end=max(end, span.end))
    return hit if len(whole.text.split()) > LONGEST_LIST else replace(hit, statement=whole)


def _neighbours(shown: Sequence[int], extractor: Extractor) -> Iterator[tuple[int, int, bool]]:
    """(distance, position, whether it belongs to the same item) of the statements round those shown."""
    for i in shown:
        for step in (1, -1):
            same = True
            for distance in range(1, _NEAR + 1):
                j = i + step * distance
                if not 0 <= j < len(extractor.spans) or extractor.spans[j].passage is not extractor.spans[i].passage:
                    break
                # a mark opens another item; back from a statement with a mark stands the item before it
                opens = extractor.spans[j if step > 0 else j + 1]
                same = same and not _MARKED.match(opens.text)
                yield distance, j, same


def _telling(one: Asked) -> set[str]:
    """The words that say what is asked; where all are light, they have to."""
    words = {word for word in one.words if not word.isdigit()}
    return words - one.light or words


def _uncovered(
    wishes: Sequence[Wish],
    shown: Sequence[int],
    extractor: Extractor,
    fits: Callable[[Finding], bool],
    unanswered: bool,
) -> Finding | None:
    """The statement that has most of the words of the question that none of those shown has."""
    asked = _whole(wishes)
    said = {word for i in shown for word in (*extractor.own(i), *_headings(extractor.spans[i]))}
    words = _telling(asked)
    lacking = {word for word in words if not has_word(said, word, asked)}
    if not lacking:
        return None
    everything = sum(extractor.weight(word) for word in words)
    passages = {extractor.spans[i].passage.id for i in shown}
    beside = {j for distance, j, goes_on in _neighbours(shown, extractor) if goes_on and distance == 1}
    best: tuple[float, Finding] | None = None
    for j in sorted({j for word in lacking for j in extractor.places(word)}):
        span, own = extractor.spans[j], set(extractor.own(j))
        new = {word for word in lacking if word in own}
        gain = sum(extractor.weight(word) for word in new)
        meant = [wish for wish in wishes if new & set(wish.asked.words) and _satisfies(span, wish, extractor, j)]
        if not meant:
            continue
        hit = Finding(span, meant[0].asked, 1.0, 1.0)
        paired = j in beside and any(pair in extractor.pairs(j) for pair in asked.pairs if new & set(pair))
        if any(map(extractor.rare, new)) or len(new) > 1 or paired:
            both = {word for word in words if word in own or word in extractor.context(j)}
            share = sum(extractor.weight(word) for word in both) / everything
            here = span.passage.id in passages
            if share >= (_LEAST_ELSEWHERE if not here or not unanswered else _LEAST_ELSEWHERE / 2):
                score = gain + (0.5 if here else 0.0)
                if says_something(hit) and fits(hit) and (best is None or score > best[0]):
                    best = score, hit
    return best[1] if best else None


def _headings(span: StatementSpan) -> tuple[str, ...]:
    return canonical(tuple(folded_syllables(spell_out(" ".join(heading.text for heading in span.passage.path)))))


def _whole(wishes: Sequence[Wish]) -> Asked:
    """All that is asked as one thing."""
    words = tuple(dict.fromkeys(word for wish in wishes for word in wish.asked.words))
    pairs = frozenset(pair for wish in wishes for pair in wish.asked.pairs)
    return replace(wishes[0].asked, kind="text", noun=(), words=words, near=(), pairs=pairs)


def _covers(i: int, one: Asked, extractor: Extractor) -> bool:
    """Whether a statement has half of the words of what is asked, by rarity; of a value more."""
    own = set(extractor.own(i))
    weights = {word: extractor.weight(word) for word in _telling(one)}
    covered = sum(weight for word, weight in weights.items() if has_word(own, word, one))
    least = _LEAST_OF_VALUE if one.kind in VALUES else _LEAST_SUBJECT
    return bool(weights) and covered >= least * sum(weights.values())


def rescued(wishes: Sequence[Wish], extractor: Extractor, fits: Callable[[Finding], bool]) -> list[Finding]:
    """Where no part of a question is answered: the statement that has nearly all the words of the whole of it."""
    asked = _whole(wishes)
    for hit in extractor.find(asked, n=4):
        i = extractor.position(hit)
        own = _telling(asked) & set(extractor.own(i))
        telling = len(own) > 1 and any(map(extractor.rare, own))
        kinds = any(
            _satisfies(hit.statement, wish, extractor, i) for wish in wishes if wish.asked.kind not in ("text",)
        )
        numbered = all(_satisfies(hit.statement, w, extractor, i) for w in wishes if w.asked.kind == "symbol")
        if hit.coverage >= _LEAST_WHOLE and telling and kinds and numbered and says_something(hit) and fits(hit):
            return [hit]
    first = wishes[0]
    named = _elsewhere(first, [], extractor, fits) if first.names and len(set(first.asked.words)) > 1 else None
    return [named] if named else []
