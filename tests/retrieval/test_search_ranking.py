"""Fusion of scores, and what counts as the same text."""

import pytest

from assistant.library.lexical import Match
from assistant.library.ranking import Likeness, Weights, fuse

PLAIN = Weights(phrases=0, coherence=0)


def found(*scores: tuple[str, float], document: str = "d") -> list[Match]:
    return [Match(i, document, score) for i, score in scores]


def order(scored: object) -> list[str]:
    return [candidate.id for candidate in scored]


def test_weight_zero_keeps_the_lexical_order() -> None:
    lexical = found(("a", 9.0), ("b", 8.0), ("c", 1.0))
    assert order(fuse(lexical, {}, {"a": 0.1, "b": 0.2, "c": 0.9}, 0, PLAIN)) == ["a", "b", "c"]


def test_min_max_by_hand() -> None:
    # a: .85 * 1 + .15 * 0; b: .85 * .875 + .15 * 1 = .894; c: .85 * 0 + .15 * .5
    scored = fuse(found(("a", 9.0), ("b", 8.0), ("c", 1.0)), {}, {"a": 0.1, "b": 0.5, "c": 0.3}, 0.15, PLAIN)
    assert [(s.id, pytest.approx(s.score, abs=1e-3)) for s in scored] == [("b", 0.894), ("a", 0.85), ("c", 0.075)]
    assert (scored[0].lexical, scored[0].cosine) == (8.0, 0.5)


def test_what_is_found_by_meaning_alone_stands_below_a_good_lexical_hit() -> None:
    scored = fuse(found(("a", 9.0), ("b", 5.0)), {}, {"a": 0.1, "b": 0.1, "x": 0.9}, 0.15, PLAIN)
    assert order(scored)[0] == "a"
    assert {s.id: (s.lexical, s.document_id) for s in scored}["x"] == (0.0, "")


def test_without_lexical_hits_meaning_decides() -> None:
    assert order(fuse([], {}, {"x": 0.2, "y": 0.7}, 0.15)) == ["y", "x"]
    assert fuse([], {}, {}, 0.15) == []


def test_the_words_of_the_question_in_a_row_win() -> None:
    lexical = found(("long", 10.0), ("exact", 9.0), ("other", 2.0))
    assert order(fuse(lexical, {"long": 0.3, "exact": 1.0}, {}, 0, Weights(coherence=0)))[0] == "exact"


def test_the_document_that_gathers_good_hits_comes_first() -> None:
    lexical = [Match("x1", "x", 10.0), Match("y1", "y", 9.95), Match("y2", "y", 9.9), Match("z1", "z", 1.0)]
    assert order(fuse(lexical, {}, {}, 0, PLAIN))[0] == "x1"
    assert order(fuse(lexical, {}, {}, 0, Weights(phrases=0)))[0] == "y1"


def test_equal_scores_keep_their_order() -> None:
    assert order(fuse(found(("a", 3.0), ("b", 3.0)), {}, {}, 0.15)) == ["a", "b"]


TEXT = "Ủy ban nhân dân xã tiếp nhận 1.941 hồ sơ, trong đó hồ sơ trực tuyến 332, giải quyết đúng hạn 1.768 hồ sơ."


@pytest.mark.parametrize(
    ("other", "duplicate", "version"),
    [
        (TEXT, True, True),
        (TEXT.replace("Ủy", "Uỷ").upper(), True, True),
        (TEXT.replace("1.941", "2.050"), False, True),  # another quarter's figures
        (TEXT.replace("trực tuyến", "trực tiếp"), False, False),
        ("Xã tổ chức tập huấn kỹ năng số cho 120 người.", False, False),
        ("", False, False),
    ],
)
def test_likeness(other: str, duplicate: bool, version: bool) -> None:
    first, second = Likeness(TEXT), Likeness(other)
    assert first.duplicates(second) is second.duplicates(first) is duplicate
    assert first.same_words(second, 0.75) is version
