"""The answerer that a program keeps: follows the library as it changes, offline or through a chat model."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.ask.legal_answers import Fact
from assistant.ask.models import Answer
from assistant.ask.offline import OfflineAnswerer
from assistant.ask.shelf import Shelf
from assistant.legal import Registry
from assistant.reports import ReportType

OnText = Callable[[str], None]


class Wording(Protocol):
    """What words an offline answer anew (a chat model); gives the offline one, with a notice, where that fails."""

    def word(self, answerer: OfflineAnswerer, answer: Answer, on_text: OnText | None) -> Answer: ...


class Asker:
    """Answers questions; one object serves all threads.

    The vocabulary is read again only when the generation of the library has moved, so that a page left open
    answers from what is in the library now.
    """

    def __init__(
        self,
        registry: Callable[[], Registry],
        report_types: Callable[[], Mapping[str, ReportType]],
        shelf: Shelf,
        facts: Callable[[Registry], Sequence[Fact]] | None = None,
        wording: Wording | None = None,
    ) -> None:
        self._registry = registry
        self._report_types = report_types
        self._shelf = shelf
        self._facts = facts
        self._wording = wording
        self._lock = threading.Lock()
        self._built: tuple[int, OfflineAnswerer] | None = None

    def answerer(self) -> OfflineAnswerer:
        """The answerer for the library as it is now."""
        generation = self._shelf.generation()
        with self._lock:
            if self._built is None or self._built[0] != generation:
                registry = self._registry()
                facts = self._facts(registry) if self._facts else ()
                self._built = generation, OfflineAnswerer(registry, self._report_types(), self._shelf, facts)
            return self._built[1]

    def ask(
        self,
        message: str,
        *,
        report_type: str | None = None,
        kinds: Sequence[str] | None = None,
        on_text: OnText | None = None,
    ) -> Answer:
        """The answer to a message on its own.

        Args:
            message: as typed.
            report_type: id of a report type chosen beside the question.
            kinds: kinds of documents to answer from; None for all.
            on_text: called with pieces of the text as they are ready; the last call completes it.
        """
        answerer = self.answerer()
        started = time.perf_counter()
        answer = answerer.answer(message, report_type, kinds)
        if self._wording is not None and not answer.refused:
            answer = self._wording.word(answerer, answer, on_text)
        elif on_text is not None:
            on_text(answer.text)
        return replace(answer, milliseconds=(time.perf_counter() - started) * 1000)
