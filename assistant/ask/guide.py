"""How to use the program: answers from the how-to texts that ship with it."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.ask.matching import TermIndex, phrase_file
from assistant.ask.models import Statement
from assistant.ask.parts import parts
from assistant.ask.phrasing import Entry, PhraseIndex
from assistant.ask.question import Question, spell_out
from assistant.ask.routing import NAMES_SECTION
from assistant.ask.shelf import Shelf, quote_source, words
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables, syllables

_PREFIX = "builtin:guide:"
_LEAST = 0.3
_MOST_STEPS = 9
_LIMIT = 120


class Guide:
    """The how-to passages, matched by their headings and words."""

    def __init__(self, shelf: Shelf) -> None:
        records = [record for record in shelf.documents() if record.id.startswith(_PREFIX)]
        self._passages: list[tuple[DocumentRecord, Passage]] = [
            (record, passage) for record in records for passage in shelf.passages_of(record.id)
        ]
        asked = _other_words()
        self._asked = PhraseIndex(
            Entry(_title(p), tuple(_listed(_last_title(p, asked))), p.text) for _, p in self._passages
        )
        self._index = TermIndex(
            [(_words(p.heading_text), 3.0), (_words(p.text), 1.0), (_words(_last_title(p, asked)), 3.0)]
            for _, p in self._passages
        )

    def texts(self) -> Iterator[str]:
        """Headings, and what officers call the things they speak of, for repairing slips."""
        yield from (passage.heading_text for _, passage in self._passages)
        yield from _other_words().values()
        yield from _program_words()

    def answer(self, question: Question) -> tuple[Statement, ...]:
        """The steps for each part of a question on the program; () where the how-to texts do not speak of it."""
        counted = "count" in question.asks and not question.has(r"\bbuoc\b|dung luong|\bnang\b")
        elsewhere = counted or question.cues(NAMES_SECTION) or len(parts(question)) > 1
        # a document that is named speaks for itself, unless something of the program is named beside it
        program = about_program(question)
        asked = None if elsewhere or (question.references and not program) else self._asked.best(question)
        if asked is not None:
            return _steps(*self._passages[asked])[:_MOST_STEPS]
        if not program:
            return ()
        said: list[Statement] = []
        for part in parts(question):
            words_asked = [word for word in part.question.kept if word != "_"]
            found = self._index.match(words_asked, n=4)
            best = max(found, key=lambda match: (round(match.coverage, 1), match.score), default=None)
            if best is not None and best.coverage >= _LEAST:
                record, passage = self._passages[best.index]
                said += [step for step in _steps(record, passage) if step not in said]
        return tuple(said[:_MOST_STEPS])


def about_program(question: Question) -> bool:
    """Whether a question is on the use of the program: it names two of the things one handles there, or one of them
    and asks how, where or whether it can be done."""
    named = {word for word in _program_words() if _says(question, word)}
    strong = {word for word in _program_words(strong=True) if _says(question, word)}
    how = question.has(
        r"lam (?:sao|the nao)|\bcach\b|the nao\b|o dau\b|vao dau|bang cach|kieu gi|duoc khong|co the|bam|chon|cho nao"
        r"|\bmuon (?:xuat|tai|in|nap|lay|them|xoa|sao luu)"
        r"|nhu nao|huong dan|thao tac|buoc nao|may buoc|co .*khong\b|loai .* nao"
    )
    return (bool(strong) and (how or len(strong) > 1)) or (len(named | strong) > 1 and how)


def asks_of_program(question: Question) -> bool:
    """Whether a question names what is handled in the program and nowhere else."""
    return any(_says(question, word) for word in _program_words(strong=True))


def _says(question: Question, name: str) -> bool:
    """Whether a question has a name, in a message with accents with those of most of its words: "khó" is no "kho"."""
    folded, marks = folded_syllables(name), syllables(name)
    typed = syllables(question.text)
    if question.raw.isascii() or len(typed) != len(question.words):
        return f" {' '.join(folded)} " in f" {question.folded} "
    for i in range(len(typed) - len(folded) + 1):
        if list(question.words[i : i + len(folded)]) == folded:
            alike = sum(a == b for a, b in zip(typed[i : i + len(folded)], marks, strict=True))
            if 2 * alike >= len(marks):
                return True
    return False


@functools.cache
def _program_words(strong: bool = False) -> frozenset[str]:
    """Names of what one handles in the program; `strong`: of nothing else."""
    words_of = phrase_file()["program"]
    assert isinstance(words_of, dict)
    return frozenset(word.strip() for word in str(words_of["strong" if strong else "weak"]).split("|"))


@functools.cache
def _other_words() -> Mapping[str, str]:
    """Heading of a how-to text -> other words that officers use for it."""
    words_of = phrase_file()["guide"]
    assert isinstance(words_of, dict)
    return words_of


def _last_title(passage: Passage, asked: Mapping[str, str]) -> str:
    return " ".join(asked.get(heading.title, "") for heading in passage.path)


def _title(passage: Passage) -> str:
    return passage.path[-1].title if passage.path else ""


def _listed(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split("|") if phrase.strip()]


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
