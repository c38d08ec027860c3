"""Which of some entries of knowledge a question asks for, by the ways in which officers ask for each."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.ask.matching import TermIndex, spoken_shares
from assistant.ask.question import Question, spell_out
from assistant.ask.wording import EMPTY, kept_words
from assistant.vietnamese.thesaurus import OtherWords
from assistant.vietnamese.tokens import folded_syllables, syllables

_NUMBER = re.compile(r"\d+|i{1,3}|iv")
# shares of the question that an entry has, fewer words needing more, and of a way to ask that the question has
_LEAST, _LEAST_OF_FEW, _LEAST_OF_PHRASE = 0.68, 0.85, 0.66


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be asked for: its title, other ways to ask for it, and what it says."""

    title: str
    asked: tuple[str, ...]
    body: str


class PhraseIndex:
    """Entries of knowledge, found by the words of a question and by the nearest of the ways to ask for them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = list(entries)
        self._index = TermIndex([_parts(entry) for entry in known])
        self._phrases = [[_content(text) for text in (entry.title, *entry.asked)] for entry in known]

    def best(
        self, question: Question, least_of_phrase: float = _LEAST_OF_PHRASE, keep: Callable[[int], bool] | None = None
    ) -> int | None:
        """The position of the entry that a question asks for; None where it asks for none.

        Args:
            least_of_phrase: how much of a way to ask has to be in the question.
            keep: which entries may be meant.
        """
        asked = [word for word in question.said if not _NUMBER.fullmatch(word)]
        if len(asked) < 2:
            return None
        least = _LEAST if len(asked) > 3 else _LEAST_OF_FEW
        matches = self._index.match(asked, n=6, keep=keep, called=question.called)
        found = [match for match in matches if match.coverage >= least]
        shares = {match.index: self._share(match.index, frozenset(asked), question.called) for match in found}
        best = max(found, key=lambda match: (round(shares[match.index], 1), match.score), default=None)
        return best.index if best is not None and shares[best.index] >= least_of_phrase else None

    def _share(self, index: int, asked: frozenset[str], called: OtherWords) -> float:
        """How much of one of the ways to ask for an entry, by rarity, is in a question: the nearest of them."""
        best = 0.0
        for phrase in self._phrases[index]:
            whole = sum(map(self._index.idf, phrase))
            if len(phrase) > 1 and whole:
                said = spoken_shares(phrase, asked, called)
                best = max(best, sum(self._index.idf(word) * share for word, share in said.items()) / whole)
        return best


def _content(text: str) -> frozenset[str]:
    """The words of a phrase that say what it is about."""
    spelled = spell_out(text)
    return frozenset(w for w in kept_words(folded_syllables(spelled), syllables(spelled)) if w != EMPTY)


def _parts(entry: Entry) -> list[tuple[Sequence[str], float]]:
    parts: list[tuple[Sequence[str], float]] = [(read(entry.title), 3.0), (read(entry.body), 1.0)]
    return [*parts, *((read(text), 2.0) for text in entry.asked)]


def read(text: str) -> list[str]:
    """Folded syllables, abbreviations written out."""
    return folded_syllables(spell_out(text))
