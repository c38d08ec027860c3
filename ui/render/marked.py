"""The checked text with its places marked: overlapping spans cut into pieces that know all they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

RANK = {"error": 3, "warning": 2, "info": 1, "ok": 0}


@dataclass(frozen=True, slots=True)
class Place:
    """A span to mark.

    Attributes:
        id: of the finding or reference.
        start, end: code points, end not included.
        severity: "error", "warning", "info" or "ok".
        replacement: text that the officer accepted in its place; None otherwise.
    """

    id: str
    start: int
    end: int
    severity: str
    replacement: str | None = None


def pieces(length: int, places: Iterable[Place]) -> list[tuple[int, int, list[Place]]]:
    """[0, length) cut at every edge of a place: (start, end, the places that cover it)."""
    inside = [p for p in places if 0 <= p.start < p.end <= length]
    edges = sorted({0, length, *(p.start for p in inside), *(p.end for p in inside)})
    opened: dict[int, list[Place]] = {}
    closed: dict[int, list[Place]] = {}
    for place in inside:
        opened.setdefault(place.start, []).append(place)
        closed.setdefault(place.end, []).append(place)
    result, active = [], list[Place]()
    for start, end in pairwise(edges):
        active = [p for p in active if p not in closed.get(start, ())] + opened.get(start, [])
        result.append((start, end, list(active)))
    return result


def marked_html(text: str, places: Iterable[Place]) -> Markup:
    """HTML of the text; a marked piece is a button-like <mark> with the ids of what is said about it."""
    parts = list[Markup]()
    seen = set[str]()
    for start, end, covering in pieces(len(text), list(places)):
        piece = text[start:end]
        if not covering:
            parts.append(Markup("{}").format(piece))
            continue
        gravest = max(covering, key=lambda p: RANK.get(p.severity, 0))
        ids = " ".join(p.id for p in covering)
        first = gravest.id not in seen
        seen.update(p.id for p in covering)
        focus = Markup(' tabindex="0" role="button"') if first else Markup("")
        accepted = next((p for p in covering if p.replacement is not None), None)
        if accepted is None:
            parts.append(
                Markup('<mark class="{}" data-ids="{}"{}>{}</mark>').format(gravest.severity, ids, focus, piece)
            )
            continue
        parts.append(Markup('<del data-ids="{}"{}>{}</del>').format(ids, focus, piece))
        if end == accepted.end:
            parts.append(Markup('<ins data-ids="{}">{}</ins>').format(ids, accepted.replacement))
    return Markup("").join(parts)


def corrected(text: str, places: Iterable[Place]) -> str:
    """The text with accepted replacements put in; of two that overlap, the first one counts."""
    result, position = list[str](), 0
    for place in sorted((p for p in places if p.replacement is not None), key=lambda p: (p.start, p.end)):
        if place.start < position:
            continue
        result += [text[position : place.start], str(place.replacement)]
        position = place.end
    return "".join([*result, text[position:]])
