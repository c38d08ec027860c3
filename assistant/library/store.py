"""The vectors: Chroma on disk, or on a server where `TLBC_CHROMA_URL` names one, through langchain-chroma.

An embedded client neither sees what another process adds nor forgets what it deletes; `reopen` closes it and opens
it anew. Vectors lie in a collection whose name carries the library and the embedding model, so that vectors of two
models never meet.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import LibraryError, SettingsError
from assistant.library.embedding import Embedder, Vectors

# Chroma refuses batches above its own limit (5,461 in SQLite builds); these sizes were fastest when measured
BATCH = 2000
# measured on 12,000 articles: a third less work than the defaults (16, 100), recall@50 0.9988 against 0.9995
_HNSW: dict[str, str | int] = {
    "hnsw:space": "cosine",
    "hnsw:M": 12,
    "hnsw:construction_ef": 64,
    "hnsw:search_ef": 200,
    "hnsw:sync_threshold": 5000,
    "hnsw:batch_size": 500,
}

# Chroma counts the clients of a folder without a lock: two threads that open and close at once break it (1.5.9)
_OPENING = threading.Lock()


def fingerprint(embedder: Embedder) -> str:
    """What must be equal for vectors to be comparable: model, revision, dimension, normalisation."""
    return f"{embedder.id}|{embedder.revision}|{embedder.dimension}|{'L2' if embedder.normalised else 'raw'}"


def collection_name(library: str, embedding: str) -> str:
    """Name of the collection of a library (its id) for an embedding (its fingerprint)."""
    return f"tlbc-{library[:12]}-{hashlib.sha256(embedding.encode()).hexdigest()[:12]}"


class VectorStore:
    """The vectors of one library under one embedding.

    Args:
        folder: where the embedded database lies; not touched with a server.
        url: http(s)://host:port of a Chroma server, or "" for the embedded one.
        name: see `collection_name`.

    Raises:
        LibraryError: the database cannot be opened, or the server does not answer.
    """

    def __init__(self, folder: Path, url: str, name: str) -> None:
        self._folder = folder
        self._url = url
        self._name = name
        self._client: Any = None
        self._collection: Any = None
        self.reopen()

    def reopen(self) -> None:
        """See what other processes have done since."""
        with _OPENING:
            self._let_go()
            try:
                self._client = _client(self._folder, self._url)
                self._collection = _collection(self._client, self._name)
            except SettingsError:
                raise
            except Exception as error:
                _forget_unopened(self._folder)
                raise _unusable(self._folder, self._url) from error

    def close(self) -> None:
        """Let go of the database. The embedded one is cached inside Chroma until its client is closed."""
        with _OPENING:
            self._let_go()

    def _let_go(self) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            sessions = _sessions(client)
            client.close()
            for session in sessions:
                session.close()

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._call("count"))

    def add(self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[Mapping[str, Any]]) -> None:
        """Add vectors in batches; an id that exists is overwritten."""
        for begin in range(0, len(ids), BATCH):
            end = begin + BATCH
            self._call(
                "upsert",
                ids=list(ids[begin:end]),
                embeddings=vectors[begin:end],
                metadatas=[dict(metadata) for metadata in metadatas[begin:end]],
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are passed over."""
        for begin in range(0, len(ids), BATCH):
            self._call("delete", ids=list(ids[begin : begin + BATCH]))

    def near(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The `k` nearest as (id, cosine similarity), best first."""
        if k <= 0:
            return []
        found = self._call("query", query_embeddings=[vector], n_results=k, include=["distances"])
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def drop_others(self, library: str) -> None:
        """Delete the collections that this library made for other embeddings."""
        prefix = f"tlbc-{library[:12]}-"
        for collection in self._client.list_collections():
            name = collection if isinstance(collection, str) else collection.name
            if name.startswith(prefix) and name != self._name:
                self._client.delete_collection(name)

    def empty(self) -> None:
        """Delete every vector of this collection."""
        self._client.delete_collection(self._name)
        self._collection = _collection(self._client, self._name)

    def _call(self, method: str, **arguments: Any) -> Any:
        try:
            return getattr(self._collection, method)(**arguments)
        except Exception as error:
            raise _unusable(self._folder, self._url) from error


def _sessions(client: Any) -> list[Any]:
    """The connections of a server's client, which its own `close` leaves open (chromadb 1.5.9)."""
    owners = (client, getattr(client, "_admin_client", None))
    found = [getattr(getattr(owner, "_server", None), "_session", None) for owner in owners]
    return [session for session in found if session is not None]


def _forget_unopened(folder: Path) -> None:
    """Chroma keeps what it failed to open and would fail for ever, repaired or not (1.5.9)."""
    from chromadb.api.shared_system_client import SharedSystemClient as Shared

    if str(folder) not in Shared._identifier_to_refcount:
        Shared._identifier_to_system.pop(str(folder), None)


def _unusable(folder: Path, url: str) -> LibraryError:
    if url:
        return LibraryError(f"Máy chủ Chroma {url} không trả lời; hãy kiểm tra TLBC_CHROMA_URL và máy chủ.")
    return LibraryError(
        f"Không đọc hoặc không ghi được kho vectơ {folder}; hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa rồi chạy "
        "lại; nếu vẫn lỗi, hãy xóa thư mục này và nạp lại, văn bản trong kho vẫn còn."
    )


def _client(folder: Path, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(folder), settings=quiet)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("TLBC_CHROMA_URL phải có dạng http://máy:cổng; hãy sửa trong môi trường hoặc tệp .env.")
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    return chromadb.HttpClient(host=parts.hostname, port=port, ssl=parts.scheme == "https", settings=quiet)


def _collection(client: Any, name: str) -> Any:
    """The collection, opened through langchain-chroma; vectors come ready-made, so it gets no embedding function."""
    from langchain_chroma import Chroma

    # the wrapper has no call for vectors that are already computed; its collection has
    return Chroma(client=client, collection_name=name, collection_metadata=_HNSW)._collection
