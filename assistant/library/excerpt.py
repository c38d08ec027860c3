"""Which part of a long passage to show for a question."""

import re
from collections.abc import Iterator, Set

from assistant.vietnamese.text import fold

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"\S.*?(?:[.;!?](?=\s)|$)")
_WORD = re.compile(r"\w+")


def best_span(text: str, words: Set[str], limit: int = 480) -> tuple[int, int]:
    """Start and end in `text` of the run of whole lines, at most `limit` code points, that holds most of `words`.

    A line longer than that is taken sentence by sentence; a single sentence longer than that is given whole, because
    a quote that breaks off in its middle misleads.

    Args:
        words: folded syllables.
    """
    folded = fold(text)
    # folding keeps the length of NFC text; where it does not, its offsets are not those of `text`
    if len(text) <= limit or len(folded) != len(text):
        return 0, len(text)
    pieces = list(_pieces(text, limit))
    return _densest(pieces, [words & set(_WORD.findall(folded, start, end)) for start, end in pieces], limit)


def _pieces(text: str, limit: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        start, end = line.span()
        if end - start <= limit:
            yield start, end
        else:
            yield from (sentence.span() for sentence in _SENTENCE.finditer(text, start, end))


def _densest(pieces: list[tuple[int, int]], found: list[Set[str]], limit: int) -> tuple[int, int]:
    """The run with most different words; the first of equals, and the shortest that has them."""
    best, most = pieces[0] if pieces else (0, 0), 0
    for first, (start, _) in enumerate(pieces):
        held: Set[str] = frozenset()
        if not found[first]:
            continue
        for last, (_, end) in enumerate(pieces[first:], start=first):
            if last > first and end - start > limit:
                break
            held |= found[last]
            if len(held) > most:
                best, most = (start, end), len(held)
    return best
