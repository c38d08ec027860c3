"""Preparing many files: here for a few, in worker processes for many, and never more at once than memory bears."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from assistant.library.prepare import Prepared, Task, prepare
from assistant.vietnamese.text import nfc

# starting processes costs about a second; below this many files it does not pay
_FEW = 32
# while a batch is written the workers read ahead: so many files each, and never more than so many bytes in all
_WAITING_PER_WORKER = 48
_WAITING_BYTES = 32 * 1_048_576
_FILES_PER_CHILD = 500


def prepare_all(tasks: Iterable[Task], workers: int) -> Generator[Prepared]:
    """Prepare the files in order; a file that kills its process is reported as failed and the rest go on."""
    stream = iter(tasks)
    if workers <= 1:
        yield from map(prepare, stream)
        return
    first = list(islice(stream, _FEW))
    if len(first) < _FEW:
        yield from map(prepare, first)
        return
    yield from _in_processes(chain(first, stream), workers)


def _in_processes(stream: Iterator[Task], workers: int) -> Iterator[Prepared]:
    pool = _pool(workers)
    waiting: deque[tuple[Task, Future[Prepared]]] = deque()
    sizes: deque[int] = deque()
    try:
        while True:
            while len(waiting) < workers * _WAITING_PER_WORKER and (not waiting or sum(sizes) < _WAITING_BYTES):
                if (task := next(stream, None)) is None:
                    break
                waiting.append((task, pool.submit(prepare, task)))
                sizes.append(_size(task))
            if not waiting:
                return
            task, future = waiting.popleft()
            sizes.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                suspects = [task, *(other for other, _ in waiting)]
                waiting.clear()
                sizes.clear()
                yield from map(_alone, suspects)
                pool = _pool(workers)
    finally:
        # at most a few files are still being read; left running, they would write to closed pipes at exit
        pool.shutdown(wait=True, cancel_futures=True)


def _size(task: Task) -> int:
    try:
        return task.path.stat().st_size
    except OSError:
        return 0


def _pool(workers: int) -> ProcessPoolExecutor:
    # forking a process that has threads (Chroma, tantivy) may hang the child
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, max_tasks_per_child=_FILES_PER_CHILD, initializer=_leave_interrupts_to_parent
    )


def _leave_interrupts_to_parent() -> None:
    """Ctrl+C reaches every process of the console: the parent ends the run, a worker would print a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _alone(task: Task) -> Prepared:
    """Prepare one file in a process of its own, after a process has died."""
    with _pool(1) as pool:
        try:
            return pool.submit(prepare, task).result()
        except BrokenProcessPool:
            message = f"Tệp «{nfc(task.path.name)}» làm chương trình đọc bị dừng; hãy mở và lưu lại tệp."
            return Prepared(task.path, task.shown, error=message)
