"""The library on disk: whole in or whole out, one writer, readers that see what other processes do."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError, LibraryBusyError, LibraryError, SettingsError, UnknownNameError
from assistant.library.ingest import writer_lock
from assistant.library.lexical import LexicalIndex
from assistant.library.library import Library
from assistant.library.store import VectorStore, collection_name, fingerprint
from assistant.settings import load_settings
from tests.library.chroma_server import ChromaServer

ROOT = Path(__file__).resolve().parents[2]


def report(name: str, figure: int, extra: str = "") -> str:
    """A short report of an invented commune."""
    return (
        f"ỦY BAN NHÂN DÂN\nXÃ {name.upper()}\nSố: {figure}/BC-UBND\nBÁO CÁO\nKết quả chuyển đổi số của xã {name}\n"
        f"I. KẾT QUẢ\n1. Dịch vụ công trực tuyến\nTiếp nhận {figure} hồ sơ trực tuyến.\n"
        f"2. Tổ công nghệ số cộng đồng\nCó {figure % 50} tổ tại các thôn.\n{extra}\n"
        "II. KIẾN NGHỊ\nĐề nghị cấp trên hỗ trợ thiết bị.\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports."""
    target = tmp_path / "vao"
    target.mkdir()
    for number, name in enumerate(("Giả Một", "Giả Hai", "Giả Ba"), 1):
        (target / f"bc-{number}.txt").write_text(report(name, 100 * number), encoding="utf-8")
    return target


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    found = Library(load_settings(data_dir))
    yield found
    found.close()


def in_good_order(library: Library) -> None:
    """Catalogue, vectors and lexical index hold the same passages, and nothing is left to sweep."""
    ids = {p.id for record in library.documents() for p in library.passages_of(record.id)}
    assert len(ids) == library.catalogue.count_passages()
    assert library.catalogue.leftovers() == []
    store = library.open_store(library.catalogue.meta("embedding") or "")
    assert store.count() == len(ids)
    store.close()
    assert len(LexicalIndex(library.lexical_dir)) == len(ids)
    assert set(library.vectors(sorted(ids))) == ids


def nearest_documents(library: Library, words: str) -> list[str]:
    near = library.vectors_near(library.embedder.embed_query(words), 10)
    return [Path(library.document(p.document_id).path).name for p in library.passages([i for i, _ in near])]


def run_ingest(data_dir: Path, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "ingest.py", *arguments, "--data-dir", str(data_dir), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert code is None or done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


# statuses


def test_added_unchanged_updated_removed(library: Library, folder: Path) -> None:
    first = library.ingest([folder])
    assert [d.status for d in first.documents] == ["added"] * 3
    assert all(d.record and d.record.passages == 4 for d in first.documents)
    generation = library.generation()
    assert [d.status for d in library.ingest([folder]).documents] == ["unchanged"] * 3
    assert library.generation() == generation
    (folder / "bc-2.txt").write_text(report("Giả Hai", 777), encoding="utf-8")
    second = library.ingest([folder])
    assert [d.status for d in second.documents] == ["unchanged", "updated", "unchanged"]
    assert second.documents[1].record.id == first.documents[1].record.id
    texts = " ".join(p.text for p in library.passages_of(second.documents[1].record.id))
    assert "777 hồ sơ" in texts
    assert "200 hồ sơ" not in texts
    in_good_order(library)
    library.remove(first.documents[0].record.id)
    assert [Path(r.path).name for r in library.documents()] == ["bc-2.txt", "bc-3.txt"]
    in_good_order(library)


def test_documents_go_in_by_batches(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one they would take four times as long."""
    sizes: list[int] = []
    original = VectorStore.add

    def counted(store: VectorStore, ids: list[str], *rest: object) -> None:
        sizes.append(len(ids))
        original(store, ids, *rest)

    monkeypatch.setattr(VectorStore, "add", counted)
    library.ingest([folder])
    assert sizes == [12]


def test_one_bad_file_is_reported_and_the_rest_go_in(library: Library, folder: Path) -> None:
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 rubbish")
    (folder / "trong.txt").write_bytes(b"")
    result = library.ingest([folder])
    assert {Path(d.path).name: d.status for d in result.documents} == {
        "bc-1.txt": "added", "bc-2.txt": "added", "bc-3.txt": "added", "hong.pdf": "failed", "trong.txt": "failed",
    }  # fmt: skip
    assert all("hãy" in d.message for d in result.failed)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file be called by bytes that are no text")
def test_a_name_that_is_no_text_stops_nothing(library: Library, folder: Path) -> None:
    odd = folder / os.fsdecode(b"b\xe1o c\xe1o.txt")
    odd.write_bytes((folder / "bc-1.txt").read_bytes() + b"x")
    result = library.ingest([folder])
    assert [d.status for d in result.documents].count("added") == 3
    (failed,) = result.failed
    assert failed.path == str(odd)
    assert "đổi tên tệp" in failed.message


def test_a_file_that_can_no_longer_be_read_keeps_its_document(library: Library, folder: Path) -> None:
    library.ingest([folder])
    (folder / "bc-1.txt").write_bytes(b"")
    result = library.ingest([folder])
    assert result.documents[0].status == "failed"
    assert len(library.documents()) == 3


def test_the_same_bytes_elsewhere_are_the_same_document(library: Library, folder: Path, tmp_path: Path) -> None:
    before = library.ingest([folder]).documents[0].record
    copy = tmp_path / "ban-sao.txt"
    copy.write_bytes((folder / "bc-1.txt").read_bytes())
    again = library.ingest([copy]).documents[0]
    assert (again.status, again.record.id) == ("unchanged", before.id)
    assert "Trùng nội dung" in again.message
    (folder / "bc-1.txt").unlink()
    library.ingest([copy])
    assert library.document(before.id).path == str(copy.resolve())
    assert len(library.documents()) == 3


def test_kind_and_unit_of_the_officer_count_and_are_remembered(library: Library, folder: Path) -> None:
    unit = unicodedata.normalize("NFD", "xã Giả Định,  tỉnh Lạng Sơn")
    result = library.ingest([folder / "bc-1.txt"], kind="guidance", unit=unit)
    identity = result.documents[0].record.identity
    assert (identity.kind, identity.unit) == ("guidance", "xã Giả Định, tỉnh Lạng Sơn")
    assert library.ingest([folder / "bc-1.txt"]).documents[0].status == "unchanged"
    (folder / "bc-1.txt").write_text(report("Giả Một", 5), encoding="utf-8")
    identity = library.ingest([folder / "bc-1.txt"]).documents[0].record.identity
    assert (identity.kind, identity.unit) == ("guidance", "xã Giả Định, tỉnh Lạng Sơn")
    changed = library.ingest([folder / "bc-1.txt"], kind="report").documents[0]
    assert (changed.status, changed.record.kind) == ("updated", "report")


def test_unknown_names(library: Library, folder: Path) -> None:
    with pytest.raises(UnknownNameError, match="report"):
        library.ingest([folder], kind="raport")
    with pytest.raises(UnknownNameError, match="văn bản trong kho"):
        library.remove("khong-co")
    (folder.parent / "rong").mkdir()
    with pytest.raises(InputError, match="không có văn bản nào"):
        library.ingest([folder.parent / "rong"])


def test_links_out_of_the_folder_are_not_followed(library: Library, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "mat.txt").write_text(report("Bí Mật", 1), encoding="utf-8")
    (folder / "lien-ket.txt").symlink_to(outside / "mat.txt")
    (folder / "thu-muc").symlink_to(outside)
    (folder / "vong").symlink_to(folder)
    (folder / "trong-nha.txt").symlink_to(folder / "bc-1.txt")
    (folder / ".an.txt").write_text("ẩn", encoding="utf-8")
    (folder / "~$bc.docx").write_text("khóa", encoding="utf-8")
    names = {Path(d.path).name for d in library.ingest([folder]).documents}
    assert names <= {"bc-1.txt", "bc-2.txt", "bc-3.txt", "trong-nha.txt"}
    assert len(library.documents()) == 3


def test_progress_may_cancel_and_what_is_in_stays_whole(library: Library, folder: Path) -> None:
    seen: list[float] = []

    def stop(done: float, message: str) -> None:
        seen.append(done)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.ingest([folder], progress=stop)
    in_good_order(library)
    # what had been read when it was stopped is in
    assert len(library.documents()) == 2
    assert [d.status for d in library.ingest([folder]).documents].count("failed") == 0
    assert len(library.documents()) == 3


def test_registry_entries_need_no_vectors(library: Library, folder: Path) -> None:
    (folder / "ke-hoach.txt").write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 900/KH-UBND\nLạng Sơn, ngày 02 tháng 3 năm 2025\nKẾ HOẠCH\n"
        "Thí điểm một việc giả định\nCăn cứ nhiệm vụ được giao;\nI. MỤC TIÊU\nHoàn thành thí điểm.\n",
        encoding="utf-8",
    )
    library.ingest([folder])
    entry = next(e for e in library.registry_entries() if e.symbol == "900/KH-UBND")
    assert (entry.type, str(entry.date), entry.issuer) == ("Kế hoạch", "2025-03-02", "Ủy ban nhân dân tỉnh Lạng Sơn")
    assert entry.title == "Thí điểm một việc giả định"
    assert entry.source_document is not None


# more than one process


def test_a_reader_that_stays_open_sees_ingest_and_removal_by_another_process(
    library: Library, folder: Path, data_dir: Path
) -> None:
    library.ingest([folder / "bc-1.txt"])
    assert set(nearest_documents(library, "hồ sơ trực tuyến Giả Hai")) == {"bc-1.txt"}
    done = run_ingest(data_dir, str(folder / "bc-2.txt"))
    added = json.loads(done.stdout)["documents"][0]
    assert added["status"] == "added"
    assert "bc-2.txt" in nearest_documents(library, "hồ sơ trực tuyến Giả Hai")
    assert json.loads(run_ingest(data_dir, "--remove", added["id"]).stdout) == {"removed": added["id"]}
    assert "bc-2.txt" not in nearest_documents(library, "hồ sơ trực tuyến Giả Hai")
    assert [Path(r.path).name for r in library.documents()] == ["bc-1.txt"]


def test_a_second_writer_is_told_to_wait(library: Library, folder: Path, data_dir: Path) -> None:
    library.ingest([folder / "bc-1.txt"])
    with writer_lock(library.folder):
        done = run_ingest(data_dir, str(folder), code=1)
        assert "hãy đợi" in done.stderr
        with pytest.raises(LibraryBusyError):
            library.ingest([folder])
        # reading goes on
        assert "bc-1.txt" in nearest_documents(library, "hồ sơ")
        assert json.loads(run_ingest(data_dir, "--list").stdout)["documents"][0]["symbol"] == "100/BC-UBND"
    assert len(library.documents()) == 1


_KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.library.catalogue import Catalogue
from assistant.library.lexical import LexicalIndex
from assistant.library.library import Library
from assistant.library.store import VectorStore
from assistant.settings import load_settings

owner, name, before = {"announce": (Catalogue, "announce", False), "vectors": (VectorStore, "add", False),
    "lexical": (LexicalIndex, "commit", False), "row": (Catalogue, "put", True), "sweep": (Catalogue, "put", False),
}[sys.argv[1]]
original = getattr(owner, name)
def killed(self, *arguments):
    if not before:
        original(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, killed)
Library(load_settings(Path(sys.argv[2]))).ingest([Path(sys.argv[3])])
"""


@pytest.mark.parametrize("moment", ["announce", "vectors", "lexical", "row", "sweep"])
def test_killed_at_any_moment_every_document_is_whole(
    library: Library, folder: Path, data_dir: Path, moment: str
) -> None:
    library.ingest([folder / "bc-1.txt"])
    (folder / "bc-1.txt").write_text(report("Giả Một", 999), encoding="utf-8")
    command = [sys.executable, "-c", _KILLED, moment, str(data_dir), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    # what a reader sees now: each listed document whole, nothing of the others
    expected = {"bc-1.txt", "bc-2.txt", "bc-3.txt"} if moment == "sweep" else {"bc-1.txt"}
    assert {Path(r.path).name for r in library.documents()} == expected
    figure = "999" if moment == "sweep" else "100"
    text = " ".join(p.text for r in library.documents() for p in library.passages_of(r.id))
    assert f"Tiếp nhận {figure} hồ sơ" in text
    listed = {p.id for r in library.documents() for p in library.passages_of(r.id)}
    near = library.vectors_near(library.embedder.embed_query("hồ sơ trực tuyến"), 50)
    assert {i for i, _ in near} == listed
    lexical = LexicalIndex(library.lexical_dir)
    assert len(lexical) >= len(listed)
    # and the next run finishes the work
    library.ingest([folder])
    assert len(library.documents()) == 3
    in_good_order(library)


def test_ingesting_in_processes_is_resumable_after_a_kill(library: Library, tmp_path: Path, data_dir: Path) -> None:
    many = tmp_path / "nhieu"
    many.mkdir()
    for number in range(130):
        (many / f"bc-{number:03d}.txt").write_text(report(f"Giả {number}", number + 1), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "ingest.py", str(many), "--data-dir", str(data_dir), "--workers", "2"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not library.documents() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for record in library.documents():
        assert len(library.passages_of(record.id)) == record.passages
    result = library.ingest([many], workers=2)
    assert len(result.documents) == len(library.documents()) == 130
    assert not result.failed
    in_good_order(library)


# the embedding


class OtherEmbedder:
    """Another model of the same dimension: its vectors must never meet those of the first."""

    id, dimension, normalised, fusion_weight = "khác", 256, True, 0.1

    def __init__(self, revision: str = "1") -> None:
        self.revision = revision
        self.calls = 0

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        self.calls += len(texts)
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[len(text) % self.dimension] = 1
        return rows

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_documents([text])[0]


def test_vectors_are_made_anew_when_the_embedding_differs(library: Library, folder: Path, data_dir: Path) -> None:
    library.ingest([folder])
    settings = load_settings(data_dir)
    embedder = OtherEmbedder()
    other = Library(settings, embedder=embedder)
    assert other.vectors_near(embedder.embed_query("x"), 5) == []
    assert other.vectors([library.passages_of(library.documents()[0].id)[0].id]) == {}
    other.ingest([folder])
    assert embedder.calls >= 12
    assert other.catalogue.meta("embedding") == fingerprint(embedder)
    assert len(other.vectors_near(embedder.embed_query("x"), 50)) == 12
    in_good_order(other)
    # the first one sees that its vectors are gone, and does not compare
    assert library.vectors_near(library.embedder.embed_query("hồ sơ"), 5) == []
    newer = OtherEmbedder(revision="2")
    third = Library(settings, embedder=newer)
    third.ingest([folder])
    assert third.catalogue.meta("embedding") == fingerprint(newer) != fingerprint(embedder)
    in_good_order(third)
    other.close()
    third.close()


def test_a_library_of_a_newer_program_is_refused(library: Library, data_dir: Path) -> None:
    library.catalogue.set_meta("schema", "99")
    with pytest.raises(LibraryError, match="bản mới hơn"):
        Library(load_settings(data_dir))


def test_a_damaged_catalogue_is_one_sentence(data_dir: Path) -> None:
    path = data_dir / "library" / "catalogue.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match="Danh mục kho tri thức bị hỏng; hãy xóa"):
        Library(load_settings(data_dir))


# the command line


def test_command_line(folder: Path, data_dir: Path) -> None:
    (folder / "hong.docx").write_bytes(b"PK\x03\x04")
    done = run_ingest(data_dir, str(folder), "--kind", "report", "--unit", "xã Giả Định, tỉnh Lạng Sơn", code=1)
    printed = json.loads(done.stdout)
    keys = {"path", "id", "kind", "symbol", "date", "issuer", "title", "unit", "passages", "pages", "status", "message"}
    assert [set(d) for d in printed["documents"]] == [keys] * 4
    assert printed["seconds"] > 0
    assert "hong.docx" in done.stderr
    listed = json.loads(run_ingest(data_dir, "--list").stdout)["documents"]
    assert [d["symbol"] for d in listed] == ["100/BC-UBND", "200/BC-UBND", "300/BC-UBND"]
    assert run_ingest(data_dir, "--remove", "khong-co", code=1).stderr.count("\n") == 1
    assert run_ingest(data_dir, code=2).stdout == ""
    assert run_ingest(data_dir, "--list", str(folder), code=2).stdout == ""


# a Chroma server


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server.url
    server.kill()


def test_chroma_server_serves_two_libraries(
    chroma_server: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TLBC_CHROMA_URL", chroma_server)
    first, second = (Library(load_settings(tmp_path / name)) for name in ("mot", "hai"))
    first.ingest([folder])
    second.ingest([folder / "bc-1.txt"])
    assert len(nearest_documents(first, "hồ sơ trực tuyến")) == 10
    assert set(nearest_documents(second, "hồ sơ trực tuyến")) == {"bc-1.txt"}
    first.remove(first.documents()[0].id)
    in_good_order(first)
    in_good_order(second)
    assert not (tmp_path / "mot" / "library" / "chroma").exists()
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("url", "error"),
    [("http://127.0.0.1:9", LibraryError), ("may-chu:8000", SettingsError), ("ftp://x", SettingsError)],
)
def test_a_server_that_does_not_answer(tmp_path: Path, url: str, error: type[Exception]) -> None:
    with pytest.raises(error, match="TLBC_CHROMA_URL"):
        VectorStore(tmp_path, url, collection_name("thu-vien", "mo-hinh"))


def test_many_threads_search_while_another_writes(library: Library, folder: Path) -> None:
    import threading

    library.ingest([folder])
    vector = library.embedder.embed_query("hồ sơ trực tuyến")
    failures: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(15):
                near = library.vectors_near(vector, 5)
                assert library.passages([i for i, _ in near])
        except BaseException as error:
            failures.append(error)
        finally:
            library.catalogue.close()

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for number in range(3):
        (folder / "bc-1.txt").write_text(report("Giả Một", 400 + number), encoding="utf-8")
        library.ingest([folder / "bc-1.txt"])
    for thread in threads:
        thread.join()
    assert failures == []
    in_good_order(library)


def test_chroma_sends_no_telemetry(tmp_path: Path) -> None:
    store = VectorStore(tmp_path / "chroma", "", collection_name("thu-vien", "mo-hinh"))
    assert store._client.get_settings().anonymized_telemetry is False
    store.close()
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"


# what ships with the program


def test_builtin_knowledge_is_read_again_only_where_something_changed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.library import builtin

    def statuses() -> set[str]:
        return {document.status for document in library.ingest_builtin().documents}

    documents = dict(list(builtin.builtin_documents().items())[:2])
    read: list[int] = []
    monkeypatch.setattr(builtin, "builtin_documents", lambda: read.append(1) or documents)
    assert statuses() == {"added"}
    assert statuses() == {"unchanged"}
    assert len(read) == 1
    monkeypatch.setattr(builtin, "knowledge_fingerprint", lambda: "another program")
    assert statuses() == {"unchanged"}
    assert len(read) == 2
    # an index that was deleted is made again, though the knowledge is the same
    shutil.rmtree(library.lexical_dir)
    assert statuses() == {"unchanged"}
    in_good_order(library)


def test_the_fingerprint_moves_with_a_knowledge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.library import builtin

    (tmp_path / "knowledge").mkdir()
    monkeypatch.setattr(builtin, "ROOT", tmp_path)
    monkeypatch.setattr(builtin, "KNOWLEDGE", tmp_path / "knowledge")
    seen = [builtin.knowledge_fingerprint()]
    for text in ("a: 1", "a: 2"):
        (tmp_path / "knowledge" / "chuyen-muc.yaml").write_text(text, encoding="utf-8")
        seen.append(builtin.knowledge_fingerprint())
    assert len(set(seen)) == 3
    assert builtin.knowledge_fingerprint() == seen[-1]
