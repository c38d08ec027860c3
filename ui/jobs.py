"""Long work in a thread of its own, with progress to show and a way to stop it."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Result = TypeVar("Result")
TICK_SECONDS = 0.25
# work that was stopped may finish what it is writing; the officer does not wait longer than this
GRACE_SECONDS = 3.0
Report = Callable[[float | None, str], None]


class Stopped(Exception):  # noqa: N818  (a wish of the officer, not an error)
    """The officer stopped the work."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: fraction 0..1 (None where unknown) and what it is doing."""

    fraction: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """The work is finished."""

    result: Result


@dataclass(slots=True)
class Jobs:
    """The works under way, at most one of a kind for each user; the latest can be stopped by its owner only."""

    _stops: dict[tuple[str, str], threading.Event] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self, user: str, kind: str) -> bool:
        """Ask the user's work of that kind to stop; False when there is none."""
        with self._lock:
            event = self._stops.get((user, kind))
        if event is None:
            return False
        event.set()
        return True

    def run(self, user: str, kind: str, work: Callable[[Report], Result]) -> Iterator[Progress | Done[Result]]:
        """Do `work(report)` and say how it goes; ends with `Done`.

        Args:
            work: calls `report(fraction, text)` now and then; that call raises Stopped once the officer has stopped it.

        Raises:
            Stopped: the officer stopped it. Whatever `work` raises is raised here too.
        """
        stop, said = threading.Event(), queue.SimpleQueue[Progress | Done[Result] | BaseException]()
        with self._lock:
            self._stops[user, kind] = stop

        def report(fraction: float | None, text: str) -> None:
            if stop.is_set():
                raise Stopped
            said.put(Progress(fraction, text))

        def body() -> None:
            try:
                said.put(Done(work(report)))
            except BaseException as error:
                said.put(error)

        thread = threading.Thread(target=body, name=f"work-{kind}", daemon=True)
        thread.start()
        try:
            yield from _listen(said, stop, thread)
        finally:
            stop.set()
            with self._lock:
                if self._stops.get((user, kind)) is stop:
                    del self._stops[user, kind]


def _listen(
    said: "queue.SimpleQueue[Progress | Done[Result] | BaseException]", stop: threading.Event, thread: threading.Thread
) -> Iterator[Progress | Done[Result]]:
    while True:
        try:
            news = said.get(timeout=TICK_SECONDS)
        except queue.Empty:
            if stop.is_set():
                thread.join(GRACE_SECONDS)
                raise Stopped from None
            continue
        if isinstance(news, BaseException):
            raise news
        yield news
        if isinstance(news, Done):
            return
