"""The library as a LangChain retriever, for chains and agents of others."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.library.embedding import Embedder
from assistant.library.hits import Hit
from assistant.library.retrieval import Filters, Retriever


class LibraryRetriever(BaseRetriever):
    """Passages as LangChain documents, best first.

    Attributes:
        search: the library's own retriever.
        k: how many passages.
        filters: where to look.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Retriever
    k: int = 6
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(hit) for hit in self.search.search(query, self.k, self.filters)]


class LibraryEmbeddings(Embeddings):
    """An embedder of the program behind LangChain's interface."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed_documents(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        row: list[float] = self._embedder.embed_query(text).tolist()
        return row


def as_document(hit: Hit) -> Document:
    """The whole passage, and where it comes from."""
    identity = hit.document.identity
    metadata: dict[str, Any] = {
        "document_id": hit.document.id,
        "document_title": hit.document.title,
        "symbol": identity.symbol,
        "kind": hit.document.kind,
        "unit": identity.unit,
        "location": hit.passage.location,
        "page": hit.passage.page,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
    }
    return Document(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata)
