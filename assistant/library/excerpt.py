"""Which part of a long passage to show for a question."""

import re
from collections.abc import Set

from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"\S.*?(?:[.;!?](?=\s)|$)")
_WORD = re.compile(r"\w+")


def best_span(text: str, words: Set[str], limit: int = 480) -> tuple[int, int, Set[str]]:
    """Start and end in `text` of the run of whole sentences, at most `limit` code points, that holds most of `words`;
    and which of them the whole text holds.

    A single sentence longer than `limit` is given whole: a quote that breaks off in its middle misleads.

    Args:
        words: folded syllables.
    """
    folded = fold(text)
    # folding keeps the length of ordinary NFC text; where it does not, offsets would be wrong
    whole = len(text) <= limit or len(folded) != len(text)
    if whole:
        return 0, len(text), words & set(folded_syllables(text))
    pieces = [
        (line.start() + piece.start(), line.start() + piece.end())
        for line in _LINE.finditer(text)
        for piece in _SENTENCE.finditer(line.group())
    ]
    found = [words & set(_WORD.findall(folded, start, end)) for start, end in pieces]
    start, end = _densest(pieces, found, limit)
    return start, end, frozenset().union(*found)


def _densest(pieces: list[tuple[int, int]], found: list[Set[str]], limit: int) -> tuple[int, int]:
    best, most = (0, 0), -1
    for first, (start, _) in enumerate(pieces):
        held: Set[str] = frozenset()
        for last in range(first, len(pieces)):
            end = pieces[last][1]
            if last > first and end - start > limit:
                break
            held |= found[last]
            if len(held) > most:
                best, most = (start, end), len(held)
    return best
