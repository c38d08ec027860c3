"""What goes wrong on real machines: a full disk, a damaged index, a server that dies. One sentence, nothing half in."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.library.lexical import LexicalEntry, LexicalIndex
from assistant.library.library import Library
from assistant.library.retrieval import Retriever
from assistant.library.store import VectorStore
from assistant.library.workers import _pool
from assistant.settings import load_settings
from tests.library.chroma_server import ChromaServer
from tests.library.test_library_store import in_good_order, report

resource = pytest.importorskip("resource")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty reports: enough for worker processes."""
    target = tmp_path / "vao"
    target.mkdir()
    for number in range(1, 41):
        (target / f"bc-{number:02d}.txt").write_text(report(f"Giả {number}", 100 + number), encoding="utf-8")
    return target


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    found = Library(load_settings(data_dir))
    yield found
    found.close()


def found(library: Library, question: str) -> list[str]:
    """Names of the files found, best first."""
    retriever = Retriever(library, library.lexical_dir, library.embedder)
    return list(dict.fromkeys(Path(hit.document.path).name for hit in retriever.search(question, 4)))


# indexes


def test_lost_indexes_are_made_again(library: Library, folder: Path) -> None:
    library.ingest([folder])
    for lost in (library.lexical_dir, library.folder / "chroma"):
        library.close()
        shutil.rmtree(lost)
        library.ingest([folder / "bc-01.txt"])
        in_good_order(library)


@pytest.mark.parametrize("damage", ["meta.json", "*.idx"])
def test_a_damaged_lexical_index_is_told_and_made_again(library: Library, folder: Path, damage: str) -> None:
    library.ingest([folder])
    for file in library.lexical_dir.glob(damage):
        file.write_bytes(b"")
    with pytest.raises(LibraryError, match=r"không đọc được, hãy nạp lại .*ingest\.py"):
        found(library, "hồ sơ trực tuyến")
    # what the sentence says helps, though no file has changed
    assert {d.status for d in library.ingest([folder]).documents} == {"unchanged"}
    in_good_order(library)
    assert found(library, "kết quả chuyển đổi số của xã Giả 7")[0] == "bc-07.txt"


def test_the_next_start_makes_a_damaged_lexical_index_again(library: Library) -> None:
    library.ingest_builtin()
    (library.lexical_dir / "meta.json").write_bytes(b"")
    assert {d.status for d in library.ingest_builtin().documents} == {"unchanged"}
    in_good_order(library)


def test_a_damaged_vector_store_is_told_and_search_by_words_goes_on(library: Library, folder: Path) -> None:
    library.ingest([folder])
    library.close()
    (library.folder / "chroma" / "chroma.sqlite3").write_bytes(b"xxxx" * 4000)
    assert found(library, "kết quả chuyển đổi số của xã Giả 7")[0] == "bc-07.txt"
    with pytest.raises(LibraryError, match="hãy xóa thư mục này và nạp lại, văn bản trong kho vẫn còn"):
        library.ingest([folder])
    assert len(library.documents()) == 40
    shutil.rmtree(library.folder / "chroma")
    library.ingest([folder])
    in_good_order(library)


# an interrupt


def test_ctrl_c_ends_the_run_in_the_parent_and_prints_nothing_in_the_workers() -> None:
    with _pool(1) as pool:
        assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


# the disk


def test_a_full_disk_while_files_are_read_in_processes(folder: Path, data_dir: Path, library: Library) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))

    command = [sys.executable, "ingest.py", str(folder), "--data-dir", str(data_dir), "--workers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "chỗ trống" in done.stderr
    assert library.documents() == []
    library.ingest([folder])
    assert len(library.documents()) == 40
    in_good_order(library)


def test_a_catalogue_that_cannot_grow(library: Library, folder: Path) -> None:
    library.ingest([folder / "bc-01.txt"])
    connection = library.catalogue._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(LibraryError, match=r"đã đầy .* dọn chỗ trống"):
        library.ingest([folder])
    assert [Path(r.path).name for r in library.documents()] == ["bc-01.txt"]
    assert found(library, "kết quả chuyển đổi số của xã Giả 7") == ["bc-01.txt"]
    connection.execute("PRAGMA max_page_count=1000000")
    library.ingest([folder])
    assert len(library.documents()) == 40
    in_good_order(library)


def test_a_lexical_index_that_cannot_grow(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    text = " ".join(f"từ{number}" for number in range(20_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        index.add([LexicalEntry("a", "d.1", "tên", text)])
        with pytest.raises(LibraryError, match="chỉ mục tìm kiếm; hãy kiểm tra chỗ trống"):
            index.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    index.close()
    assert len(LexicalIndex(tmp_path)) == 0
    index = LexicalIndex(tmp_path)
    index.add([LexicalEntry("a", "d.1", "tên", text)])
    index.commit()
    assert len(index) == 1


@pytest.mark.parametrize("command", [["ingest.py", "--list"], ["-m", "assistant", "search", "hồ sơ"]])
def test_a_data_directory_that_cannot_be_made(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    where = ["--data-dir", str(tmp_path / "tep" / "kho")]
    done = subprocess.run([sys.executable, *command, *where], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "quyền ghi" in done.stderr
    assert "TLBC_DATA_DIR" in done.stderr


# the server


def test_a_server_that_dies_in_the_middle(
    library: Library, folder: Path, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ChromaServer(tmp_path / "may-chu")
    monkeypatch.setenv("TLBC_CHROMA_URL", server.url)
    remote = Library(load_settings(data_dir))
    remote.ingest([folder / "bc-01.txt"])
    original = VectorStore.add

    def dying(store: VectorStore, *arguments: object) -> None:
        server.kill()
        original(store, *arguments)

    monkeypatch.setattr(VectorStore, "add", dying)
    with pytest.raises(LibraryError, match="không trả lời; hãy kiểm tra TLBC_CHROMA_URL"):
        remote.ingest([folder])
    assert [Path(r.path).name for r in remote.documents()] == ["bc-01.txt"]
    # without the server words are searched still
    assert found(remote, "kết quả chuyển đổi số của xã Giả 1")[0] == "bc-01.txt"
    monkeypatch.setattr(VectorStore, "add", original)
    server.start()
    remote.ingest([folder])
    assert len(remote.documents()) == 40
    in_good_order(remote)
    remote.close()
    server.kill()
