"""Bringing files into the library: in parallel processes, batch by batch, one writer at a time.

An interrupted run leaves every document wholly in or wholly out; the next run finds what is in by its content and
goes on with the rest.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from assistant.errors import InputError, LibraryBusyError, LibraryError, UnknownNameError
from assistant.library.files import FoundFile, find_files
from assistant.library.models import KINDS, DocumentKind, DocumentRecord, Progress
from assistant.library.prepare import READER, Prepared, Task
from assistant.library.workers import prepare_all
from assistant.library.writer import LibraryWriter, Written, new_version
from assistant.vietnamese.similarity import nearest

if TYPE_CHECKING:
    from assistant.library.library import Library

Status = Literal["added", "unchanged", "updated", "failed"]
# a batch is written when it has this many passages, or documents, or has waited this long (seconds)
_BATCH_PASSAGES = 1500
_BATCH_DOCUMENTS = 100
_BATCH_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class IngestedDocument:
    """What became of one file.

    Attributes:
        path: as the officer named it.
        message: for a failure what to do; otherwise what to know, may be empty.
    """

    path: str
    status: Status
    message: str = ""
    record: DocumentRecord | None = None

    def to_json(self) -> dict[str, Any]:
        """The form of the command line."""
        return {"path": self.path, **document_json(self.record), "status": self.status, "message": self.message}


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of all files, in the order they were named."""

    documents: tuple[IngestedDocument, ...]
    seconds: float

    @property
    def failed(self) -> tuple[IngestedDocument, ...]:
        return tuple(document for document in self.documents if document.status == "failed")

    def to_json(self) -> dict[str, Any]:
        """The form of the command line."""
        return {"documents": [d.to_json() for d in self.documents], "seconds": round(self.seconds, 3)}


def document_json(record: DocumentRecord | None) -> dict[str, Any]:
    """A document as the command line prints it; nulls where there is none."""
    who = record.identity if record else None
    return {
        "id": record.id if record else None,
        "kind": who.kind if who else None,
        "symbol": who.symbol if who else None,
        "date": who.date if who else None,
        "issuer": who.issuer if who else None,
        "title": (who.title or record.title) if who and record else None,
        "unit": who.unit if who else None,
        "passages": record.passages if record else 0,
        "pages": record.pages if record else None,
    }


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the library in `folder` for writing.

    Raises:
        LibraryBusyError: another process, or another thread of this one, holds it.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "write.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryBusyError(
            "Kho tri thức đang được một chương trình khác ghi; hãy đợi việc nạp đó xong rồi thử lại."
        ) from error
    except OSError as error:
        raise LibraryError(f"Không ghi được vào {folder}; hãy kiểm tra quyền ghi và ổ đĩa.") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def open_writer(library: "Library") -> Iterator[LibraryWriter]:
    """A writer on a library in good order; see `writer_lock` and `LibraryWriter.repair`."""
    with writer_lock(library.folder):
        writer = LibraryWriter(library)
        try:
            writer.repair()
            yield writer
        finally:
            writer.close()


def ingest(
    library: "Library",
    paths: Iterable[Path | str],
    *,
    kind: str | None = None,
    unit: str | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> IngestResult:
    """Read files and folders into the library.

    Args:
        kind: legal, plan, report or guidance for all of them; None or "auto" lets each header decide.
        unit: the reporting unit of all of them ("xã …, tỉnh …").
        progress: called with (share done, message); an exception from it ends the run; what was read is in.
        workers: processes that read; 1 reads in this one.

    Raises:
        InputError: an unknown kind, or folders without documents.
        LibraryBusyError: another process is writing.
    """
    began = time.monotonic()
    wanted = _checked_kind(kind)
    unit = " ".join(unit.split()) if unit else None
    found = find_files(paths)
    with open_writer(library) as writer:
        run = _Run(library, writer, wanted, unit or None)
        try:
            with closing(prepare_all(run.tasks(found), workers)) as stream:
                for prepared in stream:
                    run.take(prepared)
                    if progress is not None:
                        done = len(run.results)
                        progress(done / len(found), f"Đã đọc {done}/{len(found)} tệp: {prepared.path.name}")
        finally:
            # who stops the run keeps what has been read
            run.flush()
    results = tuple(run.results[file.path] for file in found)
    return IngestResult(results, time.monotonic() - began)


def _checked_kind(kind: str | None) -> DocumentKind | None:
    if kind is None or kind == "auto":
        return None
    choices = [name for name in KINDS if name != "builtin"]
    if kind not in choices:
        raise UnknownNameError("loại văn bản", kind, nearest(kind, choices))
    return cast(DocumentKind, kind)


class _Run:
    """One run of `ingest`: decides what each file is to the library, and writes in batches."""

    def __init__(self, library: "Library", writer: LibraryWriter, kind: DocumentKind | None, unit: str | None) -> None:
        self._catalogue = library.catalogue
        self._writer = writer
        self._kind = kind
        self._unit = unit
        self._max_mb = library.settings.max_upload_mb
        self._embed = library.uses_shipped_embedder
        self._batch: list[Written] = []
        self._passages = 0
        self._written = time.monotonic()
        self._seen: dict[str, Path] = {}
        self.results: dict[Path, IngestedDocument] = {}

    def tasks(self, found: Iterable[FoundFile]) -> Iterator[Task]:
        """What there is to do; files with the bytes that the library knows are noted as unchanged on the way, and so
        are those whose names cannot be kept as failed."""
        for file in found:
            if not _can_be_kept(str(file.path)):
                message = f"Tên tệp «{file.shown}» có ký tự không đọc được; hãy đổi tên tệp rồi nạp lại."
                self.results[file.path] = IngestedDocument(file.shown, "failed", message)
                continue
            known = self._catalogue.document_at(str(file.path))
            if known is not None and not self._differs(known) and _digest(file.path) == known.sha256:
                self.results[file.path] = IngestedDocument(file.shown, "unchanged", "", known)
                continue
            extra = known.extra if known else {}
            kind, unit = self._kind or extra.get("kind"), self._unit or extra.get("unit")
            yield Task(file.path, file.shown, self._max_mb, kind, unit, self._embed)

    def _differs(self, known: DocumentRecord) -> bool:
        """Whether the officer now says something else of it, or the program has learnt to read better."""
        who = known.identity
        return (
            (self._kind is not None and self._kind != who.kind)
            or (self._unit is not None and self._unit != who.unit)
            or known.extra.get("reader") != READER
        )

    def take(self, prepared: Prepared) -> None:
        """Decide what becomes of a prepared file."""
        known = self._catalogue.document_at(str(prepared.path))
        if prepared.error is not None:
            self._note(prepared, "failed", prepared.error, known)
            return
        twin = self._twin(prepared) if known is None else None
        if twin is not None:
            self._note(prepared, "unchanged", f"Trùng nội dung với «{Path(twin.path).name}» đã có trong kho.", twin)
            return
        self._queue(prepared, known)

    def _twin(self, prepared: Prepared) -> DocumentRecord | None:
        """A document with the same bytes under another path: the file was copied or moved."""
        earlier = self._seen.get(prepared.sha256)
        if earlier is not None:
            return self.results[earlier].record
        twin = self._catalogue.document_with(prepared.sha256)
        if twin is None or twin.kind == "builtin" or self._differs(twin):
            return None
        if not Path(twin.path).exists():
            self._catalogue.move(twin.id, str(prepared.path))
            twin = replace(twin, path=str(prepared.path))
        return twin

    def _queue(self, prepared: Prepared, known: DocumentRecord | None) -> None:
        path = str(prepared.path)
        document_id = known.id if known else _id_of(path, self._catalogue.document)
        written = new_version(document_id, path, prepared, known)
        said = {name: value for name, value in (("kind", self._kind), ("unit", self._unit)) if value}
        earlier = {k: v for k, v in (known.extra if known else {}).items() if k in ("kind", "unit")}
        record = replace(written.record, extra={**written.record.extra, **earlier, **said})
        self._seen[prepared.sha256] = prepared.path
        self._batch.append(replace(written, record=record))
        self._passages += len(written.passages)
        self._note(prepared, "updated" if known else "added", " ".join(prepared.notices), record)
        full = self._passages >= _BATCH_PASSAGES or len(self._batch) >= _BATCH_DOCUMENTS
        if full or time.monotonic() - self._written > _BATCH_SECONDS:
            self.flush()

    def _note(self, prepared: Prepared, status: Status, message: str, record: DocumentRecord | None) -> None:
        self.results[prepared.path] = IngestedDocument(prepared.shown, status, message, record)

    def flush(self) -> None:
        """Write what has gathered. A batch that could not be written is not tried again: half of it may be there."""
        batch, self._batch, self._passages, self._written = self._batch, [], 0, time.monotonic()
        self._writer.write(batch)


def _can_be_kept(path: str) -> bool:
    """Whether a path is Unicode: names copied from an old disk may hold bytes that are not."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest(path: Path) -> str:
    """sha256 of a file; "" where it cannot be read, which reading will then say."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _id_of(path: str, existing: Callable[[str], object]) -> str:
    """A short id from the path; lengthened where another document has it (its file was moved)."""
    digest = hashlib.sha256(path.encode()).hexdigest()
    length = 12
    while existing(f"d{digest[:length]}") is not None:
        length += 4
    return f"d{digest[:length]}"


def ingest_builtin(library: "Library", progress: Progress | None = None) -> IngestResult:
    """Bring the knowledge that ships with the program in: what is unchanged stays, what is gone is taken out.

    Every start of the page comes here: where nothing has changed since the last time, nothing is read.
    """
    from assistant.library.builtin import builtin_documents, knowledge_fingerprint

    began = time.monotonic()
    mark = knowledge_fingerprint()
    if library.catalogue.meta("builtin") == mark and _in_order(library):
        there = library.documents(["builtin"])
        return IngestResult(tuple(IngestedDocument(r.id, "unchanged", "", r) for r in there), time.monotonic() - began)
    results: list[IngestedDocument] = []
    with open_writer(library) as writer:
        documents = builtin_documents()
        known = {r.id: r for r in library.catalogue.documents() if r.kind == "builtin"}
        batch = []
        for done, (document_id, prepared) in enumerate(documents.items(), 1):
            before = known.get(document_id)
            if before and before.sha256 == prepared.sha256 and before.extra.get("reader") == READER:
                results.append(IngestedDocument(document_id, "unchanged", "", before))
                continue
            written = new_version(document_id, document_id, prepared, before)
            batch.append(written)
            results.append(IngestedDocument(document_id, "updated" if before else "added", "", written.record))
            if progress is not None:
                progress(done / len(documents), f"Tri thức kèm theo: {written.record.title}")
        writer.write(batch)
        writer.remove([document_id for document_id in known if document_id not in documents])
        library.catalogue.set_meta("builtin", mark)
    return IngestResult(tuple(results), time.monotonic() - began)


def _in_order(library: "Library") -> bool:
    """Whether a writer would find nothing to mend, as far as can be seen without opening the vector store."""
    return (
        not library.settings.chroma_url
        and library.lexical_dir.is_dir()
        and _lexical_readable(library)
        and (library.folder / "chroma").is_dir()
        and not library.catalogue.leftovers()
        and library.has_vectors()
    )


def _lexical_readable(library: "Library") -> bool:
    from assistant.library.lexical import LexicalIndex

    try:
        return len(LexicalIndex(library.lexical_dir)) == library.catalogue.count_passages()
    except LibraryError:
        return False


def remove(library: "Library", document_id: str) -> DocumentRecord:
    """Take a document out of the library.

    Raises:
        UnknownNameError: no document has this id.
        InputError: it is part of the knowledge that ships with the program.
        LibraryBusyError: another process is writing.
    """
    record = library.document(document_id)
    if record is None:
        known = [other.id for other in library.documents()]
        raise UnknownNameError("văn bản trong kho", document_id, nearest(document_id, known))
    if record.kind == "builtin":
        raise InputError("Tri thức kèm theo chương trình không xóa được; chỉ xóa được văn bản đã nạp thêm.")
    with open_writer(library) as writer:
        writer.remove([document_id])
    return record
