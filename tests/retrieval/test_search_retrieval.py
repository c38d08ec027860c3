"""Search as a whole: the right document first, filters, versions, duplicates, changes by others."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.library.embedding import StaticEmbedder
from assistant.library.retrieval import Filters, Retriever

Store = Any


@dataclass(frozen=True)
class Entry:
    """A registry document, as far as search knows it."""

    symbol: str
    status: str
    date: datetime.date | None = None
    effective_to: datetime.date | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Documents:
    documents: tuple[Entry, ...]


LAWS = Documents(
    (
        Entry("51/2005/QH11", "replaced", datetime.date(2005, 11, 29), datetime.date(2024, 6, 30)),
        Entry("20/2023/QH15", "in_force", datetime.date(2023, 6, 22)),
        Entry("12/KH-UBND", "in_force", datetime.date(2025, 1, 15), aliases=("Kế hoạch lớn",)),
        Entry("12/KH-UBND", "expired", datetime.date(2019, 3, 2)),  # another year's plan of the same symbol
    )
)


def found(retriever: Retriever, question: str, k: int = 10, **filters: Any) -> list[str]:
    return [hit.passage.id for hit in retriever.search(question, k, Filters(**filters))]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("tập huấn kỹ năng số", {"an.1.1", "binh.1.1"}),
        ("tap huan ky nang so", {"an.1.1", "binh.1.1"}),
        ("tổng số hồ sơ của xã Bình Minh", {"binh.1.0"}),
        ("tong so ho so xa An Hoa", {"an.1.0"}),
        ("Hồ sơ An Hòa tiếp nhận", {"an.1.0"}),
        ("chữ ký điện tử trong Luật 51/2005/QH11", {"luatcu.1.0"}),
        ("Điều 5 Luật số 20/2023/QH15", {"luatmoi.1.1"}),
        ("dieu 5 luat 20/2023/QH15 quy dinh gi", {"luatmoi.1.1"}),
        ("Nghị quyết 57 nói gì về đột phá", {"nq57.1.0"}),
        ("Kế hoạch 12/KH-UBND đặt chỉ tiêu nào", {"kehoach.1.0"}),
        ("kế hoạch số 12 đặt chỉ tiêu gì", {"kehoach.1.0"}),
        ("tỷ lệ hồ sơ TTHC xử lý trực tuyến", {"kehoach.1.0"}),
        ("mục dịch vụ công trực tuyến của báo cáo thực hiện Nghị quyết 57", {"an.1.0", "binh.1.0"}),
    ],
)
def test_first_hit(retriever: Retriever, question: str, first: set[str]) -> None:
    assert found(retriever, question)[0] in first


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ({"kinds": frozenset({"report"})}, {"an", "binh"}),
        ({"unit": "xã An Hòa"}, {"an"}),
        ({"unit": "xa an hoa"}, {"an"}),
        ({"unit": "tỉnh Thử"}, {"an", "binh", "kehoach"}),
        ({"unit": "An H"}, set()),  # whole words only
        ({"years": frozenset({2025})}, {"an", "binh", "kehoach"}),
        ({"document_ids": frozenset({"binh", "nq57"})}, {"binh", "nq57"}),
        ({"document_ids": frozenset()}, set()),
        ({"kinds": frozenset({"plan"}), "unit": "xã An Hòa"}, set()),
    ],
)
def test_filters(retriever: Retriever, filters: dict[str, Any], documents: set[str]) -> None:
    hits = retriever.search("hồ sơ tổ chức phát triển kỹ năng", 20, Filters(**filters))
    assert {hit.document.id for hit in hits} <= documents
    assert bool(hits) == bool(documents)


def test_repealed_after_its_successor(store: Store) -> None:
    retriever = Retriever(store, store.lexical_dir, store.embedder, LAWS)
    question = "chữ ký điện tử có giá trị pháp lý khi đáp ứng điều kiện về an toàn"  # the words of the old law
    assert found(retriever, question)[:2] == ["luatmoi.1.0", "luatcu.1.0"]
    hits = {hit.document.id: hit.status for hit in retriever.search(question)}
    assert (hits["luatcu"], hits["luatmoi"]) == ("expired", "in_force")
    assert found(retriever, question, status=frozenset({"expired"})) == ["luatcu.1.0", "luatcu.1.1"]
    # before the day it ended it was in force
    early = Filters(on=datetime.date(2020, 1, 1))
    assert {h.document.id: h.status for h in retriever.search(question, 10, early)}["luatcu"] == "in_force"


def test_a_repealed_law_asked_for_by_name_stays_first(store: Store) -> None:
    retriever = Retriever(store, store.lexical_dir, store.embedder, LAWS)
    hits = retriever.search("chữ ký điện tử theo Luật 51/2005/QH11")
    assert (hits[0].document.id, hits[0].named) == ("luatcu", True)


def test_status_goes_by_symbol_and_date(store: Store) -> None:
    retriever = Retriever(store, store.lexical_dir, store.embedder, LAWS)
    assert retriever.search("Kế hoạch lớn đặt chỉ tiêu gì")[0].status == "in_force"


def test_aliases_of_the_registry_name_a_document(store: Store) -> None:
    retriever = Retriever(store, store.lexical_dir, store.embedder, LAWS)
    assert retriever.search("kế hoạch lớn nói gì về hồ sơ")[0].named


def test_reports_of_two_communes_are_no_duplicates_but_copies_are(store: Store, retriever: Retriever) -> None:
    assert {"an.1.0", "binh.1.0"} <= set(found(retriever, "tổng số hồ sơ tiếp nhận"))
    text = "Tổng số hồ sơ tiếp nhận là 1.200 hồ sơ; đúng hạn 99%."
    store.add("ban-sao", [("1|Dịch vụ công trực tuyến", text)], kind="report", unit="xã An Hòa, tỉnh Thử", year=2025)
    hits = retriever.search("tổng số hồ sơ tiếp nhận xã An Hòa")
    (kept,) = [hit for hit in hits if hit.passage.id in ("an.1.0", "ban-sao.1.0")]
    assert {kept.passage.id, *kept.duplicates} == {"an.1.0", "ban-sao.1.0"}


def test_what_another_process_adds_and_removes_is_seen(store: Store, retriever: Retriever) -> None:
    assert not [i for i in found(retriever, "trạm phát sóng") if i.startswith("moi")]
    store.add("moi", [("3|Hạ tầng", "Toàn xã có ba trạm phát sóng di động.")], kind="report")
    assert found(retriever, "trạm phát sóng")[0] == "moi.1.0"
    store.forget("moi")
    assert not [i for i in found(retriever, "trạm phát sóng") if i.startswith("moi")]


def test_hits_tell_how_well_they_match(retriever: Retriever) -> None:
    hit = retriever.search("tập huấn kỹ năng số cho cán bộ")[0]
    assert hit.coverage == pytest.approx(1)
    assert hit.cosine is not None
    assert hit.cosine > 0.4
    assert hit.excerpt() == (0, len(hit.passage.text))
    assert retriever.search("thủy sản khoáng vật học lượng tử")[0].coverage < 0.5


@pytest.mark.parametrize("question", ["", "   ", "???", "–"])
def test_a_question_without_words_finds_nothing(retriever: Retriever, question: str) -> None:
    assert retriever.search(question) == []


def test_k(retriever: Retriever) -> None:
    assert len(retriever.search("hồ sơ", 2)) == 2
    assert retriever.search("hồ sơ", 0) == []


def test_an_empty_library_finds_nothing(tmp_path: Any) -> None:
    from tests.retrieval.conftest import MemoryStore

    empty = MemoryStore(tmp_path / "empty")
    assert Retriever(empty, empty.lexical_dir, empty.embedder).search("hồ sơ") == []


def test_a_model_that_is_trusted_brings_what_shares_no_word(store: Store) -> None:
    class Trusted(StaticEmbedder):
        def weight_for(self, question: str) -> float:
            return 0.5

    hits = Retriever(store, store.lexical_dir, Trusted()).search("lớp bồi dưỡng", 10)
    assert hits


def test_words_alone_do_while_vectors_are_being_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of the embedding the library gives no vectors until all are made."""
    monkeypatch.setattr(store, "vectors", lambda ids: {})
    monkeypatch.setattr(store, "vectors_near", lambda vector, k, kinds=None: [])
    retriever = Retriever(store, store.lexical_dir, store.embedder)
    assert found(retriever, "tập huấn kỹ năng số")[0] in {"an.1.1", "binh.1.1"}
    assert found(retriever, "xyzt") == []


def test_twenty_threads_at_once(retriever: Retriever) -> None:
    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda _: found(retriever, "tập huấn kỹ năng số"), range(40)))
    assert all(result == results[0] for result in results)
