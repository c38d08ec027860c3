"""The training script on a handful of made-up texts, and what its parts promise."""

from pathlib import Path

import numpy as np
import pytest

from assistant.library.embedding import StaticEmbedder
from benchmarks.embedding.batches import BatchPlan, PairSampler
from benchmarks.embedding.export import quantise, save_model
from benchmarks.embedding.lsa import initial_vectors
from benchmarks.embedding.segments import (
    Bags,
    build_segments,
    folded_rows,
    gather,
    hide_overlap,
    join,
    query_noise,
)
from benchmarks.embedding.texts import TrainingDocument, sentences
from benchmarks.embedding.train import Prepared, Recipe, learn
from benchmarks.embedding.vocabulary import VocabularySize, build_vocabulary

SUBJECTS = {
    "dat": "đất đai thu hồi bồi thường hỗ trợ tái định cư giá đất quyền sử dụng thửa",
    "ho-tich": "đăng ký kết hôn khai sinh hộ tịch giấy chứng nhận con nuôi họ tên cha mẹ",
    "so": "dịch vụ công trực tuyến chữ ký số dữ liệu điện tử nền tảng tài khoản định danh",
}


def documents() -> list[TrainingDocument]:
    random = np.random.default_rng(1)
    made = []
    for group, words in SUBJECTS.items():
        for _ in range(40):
            picks = [" ".join(random.choice(words.split(), 12)) + "." for _ in range(6)]
            made.append(TrainingDocument(group, " ".join(random.choice(words.split(), 5)), tuple(picks)))
    return made


@pytest.fixture(scope="module")
def vocabulary() -> dict[str, int]:
    texts = [text for document in documents() for text in document.sentences]
    return build_vocabulary(texts, VocabularySize(60, 30, 60, 30))


def test_vocabulary_has_no_gaps(vocabulary: dict[str, int]) -> None:
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    assert {"đất", "~dat"} <= vocabulary.keys()


def test_pairs_that_belong_together_get_a_vector() -> None:
    texts = ["ủy ban"] * 30 + ["đất đai"] * 20 + ["họp tối"] * 9 + ["ban đai", "đất ủy"] * 10
    chosen = build_vocabulary(texts, VocabularySize(9, 9, 9, 1))
    assert [name for name in chosen if "▁" in name] == ["ủy▁ban", "đất▁đai", "~uy▁ban"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một câu. Hai câu; ba câu", ("Một câu.", "Hai câu;", "ba câu")),
        ("1.941 hồ sơ\n\nĐiều 5", ("1.941 hồ sơ", "Điều 5")),
        ("a. b", ()),
        ("", ()),
    ],
)
def test_sentences(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


def test_segments_are_ranges_of_one_array(vocabulary: dict[str, int]) -> None:
    made = build_segments(documents(), vocabulary)
    assert len(made.title) == len(made.group) == 120
    assert made.first_sentence[-1] == len(made.sentence)
    assert made.first_chunk[-1] == len(made.chunk)
    assert (made.chunk[:, 1] > made.chunk[:, 0]).all()
    # every sentence lies in a chunk of its own document
    around = np.searchsorted(made.chunk[:, 0], made.sentence[:, 0], side="right") - 1
    assert (made.chunk[around, 1] >= made.sentence[:, 1]).all()


def test_bags_by_hand() -> None:
    rows = np.array([5, 6, 7, 8, 9])
    bags = gather(rows, np.array([[0, 2], [3, 3], [2, 5]]))
    assert (bags.rows.tolist(), bags.owner.tolist(), bags.offsets().tolist()) == (
        [5, 6, 7, 8, 9],
        [0, 0, 2, 2, 2],
        [0, 2, 2],
    )
    both = join(bags, gather(rows, np.array([[4, 5], [0, 1], [0, 0]])))
    assert (both.rows.tolist(), both.owner.tolist()) == ([5, 6, 9, 5, 7, 8, 9], [0, 0, 0, 1, 2, 2, 2])


def test_hidden_overlap_and_lost_accents() -> None:
    random = np.random.default_rng(0)
    queries = Bags(np.array([1, 2, 1]), np.array([0, 0, 1]), 2)
    texts = Bags(np.array([1, 2, 3, 2, 3]), np.array([0, 0, 0, 1, 1]), 2)
    hidden = hide_overlap(texts, queries, np.array([1.0, 1.0]), 10, random)
    assert (hidden.rows.tolist(), hidden.owner.tolist()) == ([3, 2, 3], [0, 1, 1])
    folded = np.array([False, False, True, True])
    bare = query_noise(texts, folded, random, drop_accents=1.0, drop_words=0.0)
    assert bare.rows.tolist() == [2, 3, 2, 3]


def test_training_learns_repeatably_and_is_read_back(vocabulary: dict[str, int], tmp_path: Path) -> None:
    segments = build_segments(documents(), vocabulary)
    initial = initial_vectors(segments, len(vocabulary), 16, chunks=200, seed=1)
    wiki = np.zeros(len(segments.group), np.bool_)
    prepared = Prepared(vocabulary, segments, wiki, initial, np.zeros(0, np.int64))
    recipe = Recipe(dimension=16, steps=12, threads=1, warmup=5, batch=BatchPlan(size=48, clusters=0))
    vectors, steps = learn(prepared, recipe)
    again, _ = learn(prepared, recipe)
    assert steps == 12
    np.testing.assert_array_equal(vectors, again)
    save_model(tmp_path, vocabulary, vectors, {"steps": steps})
    embedder = StaticEmbedder(tmp_path)
    land, family, digital = embedder.embed_documents(list(SUBJECTS.values()))
    for question, near, far in (
        ("bồi thường đất", land, family),
        ("boi thuong dat", land, digital),
        ("đăng ký khai sinh", family, land),
    ):
        vector = embedder.embed_query(question)
        assert vector @ near > vector @ far


def test_batches_have_no_empty_pair(vocabulary: dict[str, int]) -> None:
    segments = build_segments(documents(), vocabulary)
    sampler = PairSampler(
        segments,
        BatchPlan(size=64, wiki=0, drop_accents=1.0, drop_words=1.0),
        folded=folded_rows(vocabulary),
        wiki=np.zeros(len(segments.group), np.bool_),
        cluster=np.arange(120) // 30,
        phrases=[np.array([0, 1]), np.array([2])],
        random=np.random.default_rng(3),
    )
    for _ in range(5):
        queries, texts = sampler.draw()
        assert queries.count == texts.count > 0
        assert queries.sizes().min() > 0
        assert texts.sizes().min() > 0


def test_rounding_to_int8_loses_little() -> None:
    vectors = np.random.default_rng(0).standard_normal((50, 64)).astype(np.float32)
    vectors[3] = 0
    rounded, scales = quantise(vectors)
    back = rounded.astype(np.float32) * scales.astype(np.float32)[:, None]
    assert rounded.dtype == np.int8
    assert np.abs(back - vectors).max() < 0.03
    assert not back[3].any()
