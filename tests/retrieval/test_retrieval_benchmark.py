"""The benchmark's arithmetic, and on a part of it that fusion does not lose to BM25."""

from pathlib import Path

import numpy as np
import pytest

from assistant.library.embedding import StaticEmbedder
from assistant.library.lexical import LexicalIndex
from assistant.library.retrieval import Retriever
from benchmarks.retrieval import (
    ArticleStore,
    entries,
    interval,
    measure,
    ndcg,
    read_articles,
    read_questions,
    searches,
)
from benchmarks.retrieval_weights import cross_validate

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("found", "relevant", "expected"),
    [
        (["a", "b"], {"a"}, 100.0),
        (["b", "a"], {"a"}, 63.09),  # 1 / log2(3)
        (["a", "x", "b"], {"a", "b"}, 91.97),  # (1 + 1/2) / (1 + 1/log2(3))
        ([*"xxxxxxxxxx", "a"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
    ],
)
def test_ndcg(found: list[str], relevant: set[str], expected: float) -> None:
    assert ndcg(found, frozenset(relevant)) == pytest.approx(expected, abs=0.01)


def test_interval_holds_the_mean_and_is_repeatable() -> None:
    differences = np.array([1.0, -1.0, 2.0, 0.0] * 50)
    low, high = interval(differences)
    assert low < 0.5 < high
    assert (low, high) == interval(differences)


@pytest.mark.needs_shared
def test_fused_beats_bm25_on_a_few_laws(tmp_path: Path) -> None:
    """Over some 1,100 articles and a fifth of one set's questions; the whole benchmark takes minutes."""
    asked = [question for question in read_questions(SHARED) if question.set == "alqac"][::5]
    answers = frozenset().union(*(question.relevant for question in asked))
    articles = [article for article in read_articles(SHARED) if article["src"] == "alqac" or article["id"] in answers]
    index = LexicalIndex(tmp_path)
    index.add(entries(articles))
    index.commit()
    embedder = StaticEmbedder()
    store = ArticleStore(articles, embedder)
    systems = searches(index, Retriever(store, tmp_path, embedder))
    for form in ("clean", "typo"):
        measured = measure(asked, form, systems, store.nearest([question.forms[form] for question in asked]))
        assert np.mean(measured.scores["fused"]) > np.mean(measured.scores["BM25"]) > 60


def test_weights_are_judged_on_the_other_half() -> None:
    sets = [np.arange(4), np.arange(4, 10)]
    # one choice is better everywhere: always chosen, and as good on the other half
    steady = np.vstack([np.full(10, 50.0), np.full(10, 60.0)])
    held_out, chosen = cross_validate(steady, sets, 20)
    assert list(held_out) == [60.0, 60.0]
    assert chosen == {1: 20}
    # each choice is right for one question alone: worth nothing on the questions it was not chosen on
    fitted = np.diag(np.full(10, 100.0))
    assert list(cross_validate(fitted, [np.arange(10)], 20)[0]) == [0.0]
