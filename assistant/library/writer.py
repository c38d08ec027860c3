"""Writing to catalogue, vectors and lexical index as one: a document is wholly in or wholly out, whatever is killed.

Order of a batch: note in the catalogue what is about to be written; fill the vector store and the lexical index;
commit the catalogue rows (from here on the documents are in); take the replaced versions out of the indexes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import LibraryError
from assistant.library.catalogue import Leftover
from assistant.library.indexed_text import body_field, embedded_text, title_field
from assistant.library.models import DocumentRecord, Passage
from assistant.library.prepare import READER, Prepared

if TYPE_CHECKING:
    from assistant.library.embedding import Vectors
    from assistant.library.lexical import LexicalEntry, LexicalIndex
    from assistant.library.library import Library

_REBUILD_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """A document on its way into the library; `vectors` has one row per passage, None to have them made here."""

    record: DocumentRecord
    passages: Sequence[Passage]
    vectors: "Vectors | None" = None


class LibraryWriter:
    """Writes batches of documents; the caller holds the writer's lock."""

    def __init__(self, library: "Library") -> None:
        from assistant.library.store import fingerprint

        self._library = library
        self._catalogue = library.catalogue
        self._embedding = fingerprint(library.embedder)
        self._lexical = self._open_lexical()
        self._store = library.open_store(self._embedding)

    def _open_lexical(self) -> "LexicalIndex":
        """The lexical index; a damaged one makes room for an empty one, which `repair` fills."""
        from assistant.library.lexical import LexicalIndex

        try:
            return LexicalIndex(self._library.lexical_dir)
        except LibraryError:
            self._wipe_lexical()
            return LexicalIndex(self._library.lexical_dir)

    def _wipe_lexical(self) -> None:
        try:
            for file in self._library.lexical_dir.glob("*"):
                if file.is_file():
                    file.unlink()
        except OSError as error:
            # Windows keeps what a page that is open still reads
            raise LibraryError(
                f"Không làm lại được chỉ mục trong {self._library.lexical_dir}; hãy tắt trang làm việc và chương trình "
                "khác đang dùng kho rồi chạy lại."
            ) from error

    def close(self) -> None:
        """Let go of the indexes."""
        self._lexical.close()
        self._store.close()

    def repair(self) -> None:
        """Sweep what an interrupted run left, and make again what is missing or was made by another embedding."""
        self._sweep(self._catalogue.leftovers())
        passages = self._catalogue.count_passages()
        if self._catalogue.meta("embedding") != self._embedding or self._store.count() != passages:
            self._rebuild_vectors()
        self._lexical.reload()
        if len(self._lexical) != passages:
            self._rebuild_lexical()

    def _sweep(self, leftovers: Sequence[Leftover]) -> None:
        if not leftovers:
            return
        for leftover in leftovers:
            self._lexical.delete_document(leftover.key)
        self._lexical.commit()
        self._store.delete([passage_id for leftover in leftovers for passage_id in leftover.passage_ids])
        self._catalogue.forget(leftovers)

    def _rebuild_vectors(self) -> None:
        """Embed every passage anew; until all are done, readers search by words alone."""
        self._catalogue.set_meta("embedding", "", move=True)
        self._store.empty()
        records = {record.id: record for record in self._catalogue.documents()}
        for passages in self._catalogue.all_passages(_REBUILD_BATCH):
            kept = [(records[p.document_id], p) for p in passages if p.document_id in records]
            vectors = self._embedded(kept)
            self._store_vectors(kept, vectors)
            self._catalogue.put_vectors([p.id for _, p in kept], vectors)
        self._catalogue.set_meta("embedding", self._embedding, move=True)
        self._store.drop_others(self._catalogue.meta("library") or "")

    def _rebuild_lexical(self) -> None:
        self._lexical.close()
        self._wipe_lexical()
        self._lexical = self._open_lexical()
        records = {record.id: record for record in self._catalogue.documents()}
        for passages in self._catalogue.all_passages(_REBUILD_BATCH):
            self._lexical.add([lexical_entry(records[p.document_id], p) for p in passages if p.document_id in records])
        self._lexical.commit()
        self._catalogue.set_meta("lexical", "rebuilt", move=True)

    def write(self, documents: Sequence["Written"]) -> None:
        """Bring documents in, replacing their earlier versions."""
        if not documents:
            return
        self._catalogue.announce(Leftover(d.record.key, len(d.passages)) for d in documents)
        entries = [(d.record, passage) for d in documents for passage in d.passages]
        if all(d.vectors is not None for d in documents):
            vectors = np.concatenate([d.vectors for d in documents if d.vectors is not None])
        else:
            vectors = self._embedded(entries)
        self._store_vectors(entries, vectors)
        self._lexical.add([lexical_entry(record, passage) for record, passage in entries])
        self._lexical.commit()
        self._sweep(self._catalogue.put([(d.record, d.passages) for d in documents], vectors))

    def remove(self, document_ids: Sequence[str]) -> None:
        """Take documents out; they are gone for readers as soon as the catalogue has committed."""
        self._sweep(self._catalogue.take_out(document_ids))

    def _embedded(self, entries: Sequence[tuple[DocumentRecord, Passage]]) -> "Vectors":
        return self._library.embedder.embed_documents([embedded_text(r.title, p) for r, p in entries])

    def _store_vectors(self, entries: Sequence[tuple[DocumentRecord, Passage]], vectors: "Vectors") -> None:
        metadatas = [{"document_id": record.id, "kind": record.kind} for record, _ in entries]
        self._store.add([passage.id for _, passage in entries], vectors, metadatas)


def lexical_entry(record: DocumentRecord, passage: Passage) -> "LexicalEntry":
    """What the lexical index holds of a passage; its document key carries the version, so that one can be deleted."""
    from assistant.library.lexical import LexicalEntry

    return LexicalEntry(
        entry_id=passage.id,
        document_id=record.key,
        title=title_field(record.title, passage),
        body=body_field(passage),
        kind=record.kind,
        unit=record.identity.unit or "",
        year=record.identity.year or 0,
    )


def new_version(document_id: str, path: str, prepared: Prepared, known: DocumentRecord | None) -> Written:
    """A document that was read, as the next version of what is known of it."""
    assert prepared.identity is not None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record = DocumentRecord(
        id=document_id,
        path=path,
        identity=prepared.identity,
        passages=len(prepared.passages),
        pages=prepared.pages,
        sha256=prepared.sha256,
        version=known.version + 1 if known else 1,
        added=known.added if known else now,
        updated=now,
        notices=prepared.notices,
        extra={"reader": READER, "size": prepared.size},
    )
    passages = [replace(p, id=f"{record.key}.{p.id}", document_id=document_id) for p in prepared.passages]
    return Written(record, passages, prepared.vectors)
