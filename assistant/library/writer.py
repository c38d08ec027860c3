"""Writing to catalogue, vectors and lexical index as one: a document is wholly in or wholly out, whatever is killed.

Order of a batch: note in the catalogue what is about to be written; fill the vector store and the lexical index;
commit the catalogue rows (from here on the documents are in); take the replaced versions out of the indexes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.library.catalogue import Leftover
from assistant.library.models import DocumentRecord, Identity, Passage
from assistant.library.prepare import READER, Prepared

if TYPE_CHECKING:
    from assistant.library.embedding import Vectors
    from assistant.library.lexical import LexicalEntry
    from assistant.library.library import Library

_REBUILD_BATCH = 1000


class LibraryWriter:
    """Writes batches of documents; the caller holds the writer's lock."""

    def __init__(self, library: "Library") -> None:
        from assistant.library.lexical import LexicalIndex
        from assistant.library.store import fingerprint

        self._library = library
        self._catalogue = library.catalogue
        self._embedding = fingerprint(library.embedder)
        self._lexical = LexicalIndex(library.lexical_dir)
        self._store = library.open_store(self._embedding)

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
            self._catalogue.put_vectors([p.id for _, p in kept], self._add_vectors(kept))
        self._catalogue.set_meta("embedding", self._embedding, move=True)
        self._store.drop_others(self._catalogue.meta("library") or "")

    def _rebuild_lexical(self) -> None:
        from assistant.library.lexical import LexicalIndex

        self._lexical.close()
        for file in self._library.lexical_dir.glob("*"):
            if file.is_file():
                file.unlink()
        self._lexical = LexicalIndex(self._library.lexical_dir)
        records = {record.id: record for record in self._catalogue.documents()}
        for passages in self._catalogue.all_passages(_REBUILD_BATCH):
            self._lexical.add([lexical_entry(records[p.document_id], p) for p in passages if p.document_id in records])
        self._lexical.commit()
        self._catalogue.set_meta("lexical", "rebuilt", move=True)

    def write(self, documents: Sequence[tuple[DocumentRecord, Sequence[Passage]]]) -> None:
        """Bring documents in, replacing their earlier versions."""
        if not documents:
            return
        self._catalogue.announce(Leftover(f"{r.id}.{r.version}", len(passages)) for r, passages in documents)
        vectors = self._add_vectors([(record, passage) for record, passages in documents for passage in passages])
        self._lexical.add([lexical_entry(record, passage) for record, passages in documents for passage in passages])
        self._lexical.commit()
        self._sweep(self._catalogue.put(documents, vectors))

    def remove(self, document_ids: Sequence[str]) -> None:
        """Take documents out; they are gone for readers as soon as the catalogue has committed."""
        self._sweep(self._catalogue.take_out(document_ids))

    def _add_vectors(self, entries: Sequence[tuple[DocumentRecord, Passage]]) -> "Vectors":
        """Embed passages and put them into the vector store; returns one row each."""
        vectors = self._library.embedder.embed_documents([embedded_text(r, p) for r, p in entries])
        metadatas = [{"document_id": record.id, "kind": record.kind} for record, _ in entries]
        self._store.add([passage.id for _, passage in entries], vectors, metadatas)
        return vectors


def own_heading(record: DocumentRecord, passage: Passage) -> str:
    """The title field of the index: the passage's own heading and the document's title."""
    heading = passage.path[-1].text if passage.path else ""
    return f"{heading} {record.title}".strip()


def indexed_body(passage: Passage) -> str:
    """The body field of the index: heading path, header row of the table, text."""
    return "\n".join(part for part in (passage.heading_text, passage.table_header, passage.text) if part)


def embedded_text(record: DocumentRecord, passage: Passage) -> str:
    """What is embedded of a passage."""
    return f"{own_heading(record, passage)}\n{indexed_body(passage)}"


def lexical_entry(record: DocumentRecord, passage: Passage) -> "LexicalEntry":
    """What the lexical index holds of a passage; its document key carries the version, so that one can be deleted."""
    from assistant.library.lexical import LexicalEntry

    return LexicalEntry(
        entry_id=passage.id,
        document_id=f"{record.id}.{record.version}",
        title=own_heading(record, passage),
        body=indexed_body(passage),
        kind=record.kind,
        unit=record.identity.unit or "",
        year=record.identity.year or 0,
    )


def new_version(
    document_id: str, path: str, prepared: Prepared, identity: Identity, known: DocumentRecord | None
) -> tuple[DocumentRecord, list[Passage]]:
    """The record and the passages of a document that was read, as the next version of what is known of it."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    version = known.version + 1 if known else 1
    record = DocumentRecord(
        id=document_id,
        path=path,
        identity=identity,
        passages=len(prepared.passages),
        pages=prepared.pages,
        sha256=prepared.sha256,
        version=version,
        added=known.added if known else now,
        updated=now,
        notices=prepared.notices,
        extra={"reader": READER, "size": prepared.size},
    )
    passages = [replace(p, id=f"{document_id}.{version}.{p.id}", document_id=document_id) for p in prepared.passages]
    return record, passages
