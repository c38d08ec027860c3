"""How to use the program: answers from the how-to texts that ship with it."""

import re
from collections.abc import Sequence

from assistant.ask.matching import TermIndex
from assistant.ask.models import Statement
from assistant.ask.question import Question, spell_out
from assistant.ask.shelf import Shelf, quote_source, words
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables

_PREFIX = "builtin:guide:"
_LEAST = 0.4
_LEAST_UNASKED = 0.8
_LIMIT = 120


class Guide:
    """The how-to passages, matched by their headings and words."""

    def __init__(self, shelf: Shelf) -> None:
        records = [record for record in shelf.documents() if record.id.startswith(_PREFIX)]
        self._passages: list[tuple[DocumentRecord, Passage]] = [
            (record, passage) for record in records for passage in shelf.passages_of(record.id)
        ]
        self._index = TermIndex([(_words(p.heading_text), 2.0), (_words(p.text), 1.0)] for _, p in self._passages)

    def answer(self, question: Question, *, asked: bool) -> tuple[Statement, ...]:
        """The steps for what is asked; () where the how-to texts do not speak of it.

        Args:
            asked: whether the question plainly asks about the program.
        """
        found = self._index.match(question.words, n=1)
        if not found or found[0].coverage < (_LEAST if asked else _LEAST_UNASKED):
            return ()
        record, passage = self._passages[found[0].index]
        return _steps(record, passage)


def _steps(record: DocumentRecord, passage: Passage) -> tuple[Statement, ...]:
    """The lines of a how-to passage, headings left out, as far as the limit goes."""
    said: list[Statement] = []
    room = _LIMIT
    titles = {heading.title for heading in passage.path}
    offset = 0
    for line in passage.text.split("\n"):
        text = line.strip()
        start = offset + line.find(text)
        offset += len(line) + 1
        shown = re.sub(r"^(?:[-*+•]|\d+[.)])\s+", "", text).replace("**", "").replace("`", "")
        if not shown or shown.startswith("#") or shown in titles:
            continue
        room -= words(shown)
        if room < 0 and said:
            break
        source = quote_source(record, passage, start, start + len(text))
        said.append(Statement(shown, (source,), item=len(passage.text.split("\n")) > 2))
    return tuple(said)


def _words(text: str) -> Sequence[str]:
    return folded_syllables(spell_out(text))
