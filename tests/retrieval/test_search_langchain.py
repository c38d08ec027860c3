"""The library behind LangChain's interfaces."""

import pytest

from assistant.library.embedding import StaticEmbedder
from assistant.library.retrieval import Filters, Retriever
from assistant.library.retriever import LibraryEmbeddings, LibraryRetriever


def test_documents_say_where_they_come_from(retriever: Retriever) -> None:
    documents = LibraryRetriever(search=retriever, k=2).invoke("chữ ký điện tử Luật 20/2023/QH15")
    assert len(documents) == 2
    first = documents[0]
    assert first.id == "luatmoi.1.0"
    assert first.page_content.startswith("Chữ ký điện tử có giá trị")
    assert first.metadata["symbol"] == "20/2023/QH15"
    assert first.metadata["location"] == "Điều 22. Chữ ký điện tử"
    assert first.page_content == first.page_content[first.metadata["start"] : first.metadata["end"]]


def test_filters(retriever: Retriever) -> None:
    reports = LibraryRetriever(search=retriever, k=9, filters=Filters(kinds=frozenset({"report"})))
    assert {document.metadata["kind"] for document in reports.invoke("hồ sơ trực tuyến")} == {"report"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def _ask(retriever: Retriever) -> list[str]:
    return [document.id or "" for document in await LibraryRetriever(search=retriever).ainvoke("tập huấn kỹ năng số")]


def test_asynchronously(retriever: Retriever) -> None:
    import asyncio

    assert asyncio.run(_ask(retriever))[0] in {"an.1.1", "binh.1.1"}


def test_embeddings() -> None:
    embeddings = LibraryEmbeddings(StaticEmbedder())
    assert len(embeddings.embed_query("hồ sơ")) == 256
    assert embeddings.embed_documents(["hồ sơ"])[0] == pytest.approx(embeddings.embed_query("hồ sơ"))
