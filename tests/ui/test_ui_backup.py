"""The data directory as one file and back: what stays, what is refused, what is never lost."""

import zipfile
from pathlib import Path

import pytest

from assistant.errors import InputError, UnreadableFileError
from assistant.library.library import Library
from assistant.settings import Settings, load_settings
from ui.backup import finish_restore, stage_restore, write_backup


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data directory with one draft, a session store, and a users file inside a folder that a restore replaces."""
    data = tmp_path / "data"
    monkeypatch.setenv("TLBC_USERS_FILE", str(data / "ui" / "users.yaml"))
    (data / "ui").mkdir(parents=True)
    (data / "ui" / "a.json").write_text("1")
    (data / "ui" / "phien.sqlite").write_text("sessions stay here")
    (data / "ui" / "users.yaml").write_text("users: []")
    return load_settings(data)


def test_a_backup_comes_back(settings: Settings, tmp_path: Path) -> None:
    ui = settings.data_dir / "ui"
    write_backup(settings, tmp_path / "b.zip")
    assert set(zipfile.ZipFile(tmp_path / "b.zip").namelist()) == {"tro-ly-bao-cao.json", "ui/a.json"}
    (ui / "a.json").write_text("2")
    stage_restore(settings, tmp_path / "b.zip")
    assert (ui / "a.json").read_text() == "2"
    assert finish_restore(settings)
    assert (ui / "a.json").read_text() == "1"
    assert (ui / "users.yaml").is_file()
    assert (settings.data_dir / ".khoi-phuc" / "cu" / "ui" / "a.json").read_text() == "2"
    assert not finish_restore(settings)


def test_a_restore_that_was_cut_short_goes_on(settings: Settings, tmp_path: Path) -> None:
    write_backup(settings, tmp_path / "b.zip")
    (settings.data_dir / "ui" / "a.json").write_text("2")
    stage_restore(settings, tmp_path / "b.zip")
    # killed when the old data had been moved away and nothing of the new had come
    waiting = settings.data_dir / ".khoi-phuc"
    (waiting / "cu").mkdir()
    (settings.data_dir / "ui").rename(waiting / "cu" / "ui")
    (waiting / "xong").rename(waiting / "dang-cat")
    assert finish_restore(settings)
    assert (settings.data_dir / "ui" / "a.json").read_text() == "1"
    assert (waiting / "cu" / "ui" / "a.json").read_text() == "2"


def test_originals_are_found_where_the_backup_is_restored(tmp_path: Path) -> None:
    old, new = load_settings(tmp_path / "old"), load_settings(tmp_path / "new")
    original = old.data_dir / "ui" / "originals" / "1" / "bao-cao.txt"
    original.parent.mkdir(parents=True)
    original.write_text("BÁO CÁO\nKết quả chuyển đổi số của xã Mẫu\nI. KẾT QUẢ\nCó 12 tổ.\n", "utf-8")
    library = Library(old)
    library.ingest([original])
    library.close()
    write_backup(old, tmp_path / "b.zip")
    new.data_dir.mkdir()
    stage_restore(new, tmp_path / "b.zip")
    finish_restore(new)
    restored = Library(new)
    assert [record.path for record in restored.documents()] == [
        str(new.data_dir / "ui" / "originals" / "1" / "bao-cao.txt")
    ]
    restored.close()


def _hostile(target: Path, members: dict[str, bytes], *, cut: bool = False) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    if cut:
        target.write_bytes(target.read_bytes()[:-30])


MARKED = {"tro-ly-bao-cao.json": b'{"made": "2026-01-02"}'}


@pytest.mark.parametrize(
    "members",
    [
        {**MARKED, "../outside.txt": b"x"},
        {**MARKED, "/etc/x": b"x"},
        {**MARKED, "a\\..\\b": b"x"},
        {**MARKED, "ui/phien.sqlite": b"a session of the sender"},
        {**MARKED, "ui/users.yaml": b"users: [a user of the sender]"},
        {**MARKED, "library/catalogue.sqlite": b"no database"},
        {"tro-ly-bao-cao.json": b"no json"},
        {"tro-ly-bao-cao.json": b"[]"},
        {"ui/a.json": b"3"},
    ],
    ids=lambda members: next(reversed(members)),
)
def test_a_hostile_or_broken_backup_is_refused_and_nothing_is_lost(
    settings: Settings, tmp_path: Path, members: dict[str, bytes]
) -> None:
    write_backup(settings, tmp_path / "good.zip")
    stage_restore(settings, tmp_path / "good.zip")
    _hostile(tmp_path / "b.zip", members)
    with pytest.raises(UnreadableFileError):
        stage_restore(settings, tmp_path / "b.zip")
    _hostile(tmp_path / "b.zip", {**MARKED, "ui/a.json": b"3"}, cut=True)
    with pytest.raises(UnreadableFileError):
        stage_restore(settings, tmp_path / "b.zip")
    assert not (tmp_path / "outside.txt").exists()
    # the good one that waited still waits
    assert finish_restore(settings)
    assert (settings.data_dir / "ui" / "a.json").read_text() == "1"


def test_a_backup_that_unpacks_to_too_much_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.backup.MAX_UNPACKED", 10_000)
    _hostile(tmp_path / "b.zip", {**MARKED, "ui/a.json": b"0" * 20_000})
    with pytest.raises(InputError, match="ổ đĩa"):
        stage_restore(settings, tmp_path / "b.zip")
