"""The library as the rest of the program sees it: documents, passages, vectors; and the writer's doors."""

import logging
import threading
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.models import DocumentRecord, Passage, Progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.legal.documents import RegistryDocument
    from assistant.library.embedding import Embedder, Vectors
    from assistant.library.ingest import IngestResult
    from assistant.library.store import VectorStore

# how many more neighbours are asked for where some may be filtered out
_SURPLUS = 4


class Library:
    """The documents of a data directory.

    Reading needs neither the embedding nor the vector store until vectors are asked for. An open library sees what
    other processes change: passages are looked up in the catalogue each time, and the vector store is reopened
    when the generation has moved.

    Args:
        settings: where the library lies, and which embedding and Chroma it uses.
        embedder: stands in for the one the settings name (tests, benchmarks).
    """

    def __init__(self, settings: Settings, embedder: "Embedder | None" = None) -> None:
        self.settings = settings
        self.folder = settings.library_dir
        self.lexical_dir = self.folder / "lexical"
        self.catalogue = Catalogue(self.folder / "catalogue.sqlite")
        self._embedder = embedder
        self._store: VectorStore | None = None
        self._store_state: tuple[int, str] | None = None
        self._lock = threading.Lock()

    @cached_property
    def embedder(self) -> "Embedder":
        """The embedding in use; loaded when first asked for."""
        if self._embedder is not None:
            return self._embedder
        from assistant.library.embedding import load_embedder

        return load_embedder(self.settings)

    @property
    def uses_shipped_embedder(self) -> bool:
        """Whether vectors come from the small model that ships, which is cheap to load in every process."""
        return self._embedder is None and not self.settings.embedding_model

    # reading

    def generation(self) -> int:
        """Counts every change of the library."""
        return self.catalogue.generation()

    def documents(self, kinds: Collection[str] | None = None) -> list[DocumentRecord]:
        """All documents, or those of some kinds."""
        found = self.catalogue.documents()
        return found if kinds is None else [record for record in found if record.kind in kinds]

    def document(self, document_id: str) -> DocumentRecord | None:
        """The document with this id."""
        return self.catalogue.document(document_id)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """Passages by id, in the order asked for; those no longer in the library are skipped."""
        return self.catalogue.passages(ids)

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document, in order."""
        return self.catalogue.passages_of(document_id)

    def has_vectors(self) -> bool:
        """Whether the stored vectors were made by the embedding in use; otherwise they must not be compared."""
        from assistant.library.store import fingerprint

        return self.catalogue.meta("embedding") == fingerprint(self.embedder)

    def vectors_near(
        self, vector: "Vectors", k: int, *, kinds: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `k` passages nearest to a query vector as (passage id, cosine), best first.

        None where the vector store is damaged or its server is away: an officer's question is answered by words then;
        the next ingestion says what is wrong.

        Args:
            kinds: only passages of documents of these kinds; None for all.
        """
        if k <= 0 or not self.has_vectors():
            return []
        with self._lock:
            # under the lock: another thread may be about to reopen the store
            try:
                found = self._current_store().near(vector, k * _SURPLUS if kinds is not None else k + 8)
            except LibraryError as error:
                logging.getLogger(__name__).warning("no vectors: %s", error)
                self._close_store()
                return []
        kind_of = self.catalogue.kinds_of([passage_id for passage_id, _ in found])
        kept = [(i, score) for i, score in found if i in kind_of and (kinds is None or kind_of[i] in kinds)]
        return kept[:k]

    def vectors(self, ids: Sequence[str]) -> "dict[str, Vectors]":
        """Stored vectors by passage id."""
        return self.catalogue.vectors(ids) if self.has_vectors() else {}

    def _current_store(self) -> "VectorStore":
        """The vector store, reopened where another process has changed the library; the caller holds the lock."""
        state = (self.generation(), self.catalogue.meta("embedding") or "")
        if self._store is None or self._store_state is None or self._store_state[1] != state[1]:
            self._close_store()
            self._store = self.open_store(state[1])
        elif self._store_state[0] != state[0]:
            self._store.reopen()
        self._store_state = state
        return self._store

    def open_store(self, embedding: str) -> "VectorStore":
        """A store of the vectors of this library for an embedding (its fingerprint)."""
        from assistant.library.store import VectorStore, collection_name

        name = collection_name(self.catalogue.meta("library") or "", embedding)
        return VectorStore(self.folder / "chroma", self.settings.chroma_url, name)

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store, self._store_state = None, None

    def close(self) -> None:
        """Let go of the vector store and of this thread's connection."""
        with self._lock:
            self._close_store()
        self.catalogue.close()

    # writing

    def ingest(
        self,
        paths: Iterable[Path | str],
        *,
        kind: str | None = None,
        unit: str | None = None,
        progress: Progress | None = None,
        workers: int = 1,
    ) -> "IngestResult":
        """Read files and folders into the library; see `ingest.ingest`."""
        from assistant.library.ingest import ingest

        return ingest(self, paths, kind=kind, unit=unit, progress=progress, workers=workers)

    def ingest_builtin(self, progress: Progress | None = None) -> "IngestResult":
        """Bring the knowledge that ships with the program into the library; nothing changes where it is in."""
        from assistant.library.ingest import ingest_builtin

        return ingest_builtin(self, progress=progress)

    def remove(self, document_id: str) -> DocumentRecord:
        """Take a document out; see `ingest.remove`."""
        from assistant.library.ingest import remove

        return remove(self, document_id)

    def registry_entries(self) -> "list[RegistryDocument]":
        """The legal documents and plans of the library as entries for the registry; needs no vector store."""
        from assistant.library.registry_entries import registry_entries

        return registry_entries(self.catalogue.documents())
