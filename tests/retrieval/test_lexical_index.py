"""The tantivy index: folded terms, filters, deletion by document, several readers and one writer."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import LibraryBusyError, LibraryError
from assistant.library.lexical import LexicalEntry, LexicalFilter, LexicalIndex
from assistant.vietnamese.tokens import lexical_terms

ENTRIES = [
    LexicalEntry("a.1.0", "a.1", "Dịch vụ công", "Tiếp nhận hồ sơ trực tuyến", "report", "xã An Hòa, tỉnh X", 2025),
    LexicalEntry("a.1.1", "a.1", "Đào tạo", "Tập huấn kỹ năng cho cán bộ", "report", "xã An Hòa, tỉnh X", 2025),
    LexicalEntry("b.1.0", "b.1", "Dịch vụ công", "Tiếp nhận hồ sơ trực tiếp", "plan", "xã Bình Minh, tỉnh Y", 2024),
    LexicalEntry("c.1.0", "c.1", "Chữ ký điện tử", "Cấp chứng thư cho cán bộ", "legal"),
]


@pytest.fixture
def index() -> LexicalIndex:
    made = LexicalIndex(None)
    made.add(ENTRIES)
    made.commit()
    return made


def ids(index: LexicalIndex, question: str, where: LexicalFilter | None = None, k: int = 10) -> list[str]:
    return [match.entry_id for match in index.search([(t, 1.0) for t in lexical_terms(question)], k, where)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("hồ sơ trực tuyến", ["a.1.0", "b.1.0"]),
        ("ho so truc tuyen", ["a.1.0", "b.1.0"]),
        ("HỒ SƠ TRỰC TIẾP", ["b.1.0", "a.1.0"]),
        ("chữ ký điện tử của cán bộ", ["c.1.0", "a.1.1"]),  # the title counts too
        ("khoáng sản", []),
        ("", []),
    ],
)
def test_search(index: LexicalIndex, question: str, found: list[str]) -> None:
    assert ids(index, question) == found


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (LexicalFilter(), ["a.1.0", "b.1.0"]),
        (LexicalFilter(kinds=frozenset({"plan"})), ["b.1.0"]),
        (LexicalFilter(kinds=frozenset({"plan", "report"})), ["a.1.0", "b.1.0"]),
        (LexicalFilter(units=frozenset({"xã An Hòa, tỉnh X"})), ["a.1.0"]),
        (LexicalFilter(years=frozenset({2024})), ["b.1.0"]),
        (LexicalFilter(document_ids=frozenset({"b.1", "c.1"})), ["b.1.0"]),
        (LexicalFilter(kinds=frozenset({"legal"})), []),
        (LexicalFilter(kinds=frozenset({"report"}), years=frozenset({2024})), []),
    ],
)
def test_filters(index: LexicalIndex, where: LexicalFilter, found: list[str]) -> None:
    assert ids(index, "hồ sơ trực tuyến", where) == found


def test_filters_do_not_change_scores(index: LexicalIndex) -> None:
    terms = [(term, 1.0) for term in lexical_terms("hồ sơ trực tiếp")]
    free = {match.entry_id: match.score for match in index.search(terms, 10)}
    (only,) = index.search(terms, 10, LexicalFilter(kinds=frozenset({"plan"})))
    assert only.score == pytest.approx(free["b.1.0"])
    assert only.document_id == "b.1"


def test_held_counts_each_term_once(index: LexicalIndex) -> None:
    held = index.held([("ho_so", 0.5), ("truc_tuyen", 0.25), ("khong_co", 0.25)], ["a.1.0", "b.1.0", "c.1.0"])
    assert held == pytest.approx({"a.1.0": 0.75, "b.1.0": 0.5, "c.1.0": 0.0})
    assert index.held([], ["a.1.0"]) == index.held([("ho_so", 1.0)], []) == {}


def test_a_document_is_replaced_as_a_whole(index: LexicalIndex) -> None:
    index.delete_document("a.1")
    index.add([LexicalEntry("a.2.0", "a.2", "Dịch vụ công", "Tiếp nhận hồ sơ tại nhà", "report")])
    assert ids(index, "hồ sơ") == ["a.1.0", "b.1.0"]  # nothing is seen before the commit
    index.commit()
    assert sorted(ids(index, "hồ sơ")) == ["a.2.0", "b.1.0"]
    assert len(index) == 3


def test_closing_drops_what_was_not_committed(index: LexicalIndex) -> None:
    index.delete_document("a.1")
    index.close()
    index.reload()
    assert len(index) == 4


def test_reader_in_another_process_sees_commits_and_the_writer_is_alone(tmp_path: Path) -> None:
    reader = LexicalIndex(tmp_path / "lexical")
    code = (
        "import sys; from pathlib import Path; from assistant.library.lexical import LexicalEntry, LexicalIndex;"
        "index = LexicalIndex(Path(sys.argv[1])); index.add([LexicalEntry('a.1.0', 'a.1', 'Điều 1', 'hồ sơ')]);"
        "index.commit(); index.add([]); print('ready', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lexical")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "ready\n"
        assert ids(reader, "hồ sơ") == []
        reader.reload()
        assert ids(reader, "hồ sơ") == ["a.1.0"]
        with pytest.raises(LibraryBusyError):
            reader.add([LexicalEntry("b.1.0", "b.1", "", "")])
        other.stdin.write("\n")
    reader.add([LexicalEntry("b.1.0", "b.1", "Điều 2", "hồ sơ")])
    reader.commit()
    assert sorted(ids(reader, "hồ sơ")) == ["a.1.0", "b.1.0"]


def test_a_damaged_index_is_told_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", "utf-8")
    with pytest.raises(LibraryError, match=r"ingest\.py"):
        LexicalIndex(tmp_path)


def test_document_frequency(index: LexicalIndex) -> None:
    assert [index.document_frequency(term) for term in ("ho", "ho_so", "truc_tuyen", "khoang")] == [2, 2, 1, 0]
