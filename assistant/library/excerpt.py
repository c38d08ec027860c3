"""Which part of a long passage to show for a question."""

import re
from collections.abc import Collection

from assistant.vietnamese.tokens import folded_syllables

_PIECE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"\S.*?(?:[.;:!?](?=\s)|$)")


def best_span(text: str, words: Collection[str], limit: int = 480) -> tuple[int, int]:
    """Start and end in `text` of the run of whole sentences, at most `limit` code points, that holds most of `words`.

    A single sentence longer than `limit` is given whole: a quote that breaks off in its middle misleads.
    """
    if len(text) <= limit:
        return 0, len(text)
    wanted = set(words)
    pieces = [
        (piece.start() + line.start(), piece.end() + line.start())
        for line in _PIECE.finditer(text)
        for piece in _SENTENCE.finditer(line.group())
    ]
    found = [wanted.intersection(folded_syllables(text[start:end])) for start, end in pieces]
    best, best_value = (0, 0), -1
    for first, (start, end) in enumerate(pieces):
        held: set[str] = set()
        for last in range(first, len(pieces)):
            if last > first and pieces[last][1] - start > limit:
                break
            held |= found[last]
            end = pieces[last][1]
            if len(held) > best_value:
                best, best_value = (start, end), len(held)
    return best
