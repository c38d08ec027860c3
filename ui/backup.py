"""The data directory as one file, and back. A backup is put in place at the next start, when nothing is open."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath

from assistant.errors import InputError, LibraryError, UnreadableFileError
from assistant.library.catalogue import Catalogue
from assistant.library.ingest import writer_lock
from assistant.settings import Settings

MARK = "tro-ly-bao-cao.json"
WAITING = ".khoi-phuc"
LEFT_OUT = {"gradio", "phien.sqlite", "phien.sqlite-wal", "phien.sqlite-shm", "logs", WAITING}
MAX_UNPACKED = 20 * 1024**3
NOT_OURS = "Tệp này không phải bản sao lưu nguyên vẹn của chương trình; hãy chọn tệp .zip đã tải từ trang này."


def _stays(settings: Settings, relative: PurePath) -> bool:
    """What no backup holds and no restore touches: sessions, logs, temporary files, and who may log in."""
    path = settings.data_dir / relative
    return (
        bool(LEFT_OUT & set(relative.parts))
        or relative.suffix in {".lock", ".tam"}
        or (settings.users_file is not None and path.absolute() == settings.users_file.absolute())
    )


def _kept(settings: Settings) -> Iterator[Path]:
    for path in sorted(settings.data_dir.rglob("*")):
        relative = path.relative_to(settings.data_dir)
        if path.is_symlink() or not path.is_file() or _stays(settings, relative):
            continue
        # SQLite's shared memory (-shm, which Windows may not let us read) and files for download, this backup among
        # them, are made again when they are wanted
        again = path.name.endswith("-shm") or (relative.parts[:2] == ("ui", "users") and "files" in relative.parts)
        if path.name != ".khoa" and not again:
            yield path


def write_backup(settings: Settings, target: Path) -> None:
    """Everything but sessions, users, logs and temporary files, as a ZIP.

    Raises:
        LibraryBusyError: documents are being read just now.
    """
    data_dir = settings.data_dir
    made = {"made": datetime.now().isoformat(timespec="seconds"), "version": 1, "data_dir": str(data_dir.absolute())}
    with (
        writer_lock(settings.library_dir),
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        archive.writestr(MARK, json.dumps(made))
        for path in _kept(settings):
            if path != target:
                archive.write(path, path.relative_to(data_dir).as_posix())


def stage_restore(settings: Settings, archive_path: Path) -> str:
    """Unpack a backup beside the data, to be put in place at the next start; says when the backup was made.

    Raises:
        UnreadableFileError: not a backup of this program, damaged, or with paths that lead elsewhere.
        InputError: there is no room for it.
    """
    waiting = settings.data_dir / WAITING
    unpacked = waiting / "dang-mo"
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive_path) as archive:
            made = _examine(settings, archive)
            archive.extractall(unpacked)
        (unpacked / MARK).replace(waiting / "dang-mo.json")
        _open_catalogue(unpacked / "library" / "catalogue.sqlite")
    except (zipfile.BadZipFile, LibraryError, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        shutil.rmtree(unpacked, ignore_errors=True)
        raise UnreadableFileError(NOT_OURS) from error
    (waiting / "xong").unlink(missing_ok=True)
    shutil.rmtree(waiting / "moi", ignore_errors=True)
    unpacked.rename(waiting / "moi")
    (waiting / "dang-mo.json").replace(waiting / "xong")
    return made


def _examine(settings: Settings, archive: zipfile.ZipFile) -> str:
    """See that an archive may be unpacked; gives when it was made."""
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    room = min(MAX_UNPACKED, shutil.disk_usage(settings.data_dir).free)
    if size > room:
        raise InputError(
            f"Bản sao lưu cần {size // 1024**2} MB, chỉ nhận được {room // 1024**2} MB; hãy dọn bớt ổ đĩa rồi làm lại."
        )
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or _stays(settings, path):
            raise UnreadableFileError(NOT_OURS)
    try:
        return str(json.loads(archive.read(MARK))["made"])
    except (KeyError, TypeError) as error:
        raise UnreadableFileError(NOT_OURS) from error


def _open_catalogue(path: Path) -> None:
    """Raises LibraryError where the library of a backup would not open."""
    if path.is_file():
        catalogue = Catalogue(path)
        try:
            catalogue.documents()
        finally:
            catalogue.close()


def finish_restore(settings: Settings) -> bool:
    """Put a waiting backup in place; what was there is kept under `.khoi-phuc/cu`. True when it was done.

    Each step leaves its mark, so that one that is cut short goes on at the next start.
    """
    data_dir, waiting = settings.data_dir, settings.data_dir / WAITING
    staged, emptying, filling = (waiting / name for name in ("xong", "dang-cat", "da-cat"))
    old = waiting / "cu"
    if staged.is_file():
        shutil.rmtree(old, ignore_errors=True)
        old.mkdir(parents=True)
        staged.replace(emptying)
    if emptying.is_file():
        for path in data_dir.iterdir():
            if not _stays(settings, path.relative_to(data_dir)):
                os.replace(path, old / path.name)
        emptying.replace(filling)
    if not filling.is_file():
        return False
    for path in (waiting / "moi").iterdir():
        os.replace(path, data_dir / path.name)
    _at_home(settings, old, str(json.loads(filling.read_text("utf-8")).get("data_dir", "")))
    filling.unlink()
    return True


def _at_home(settings: Settings, old: Path, was_at: str) -> None:
    """Bring back the users file if it lay in a folder that was replaced, and tell the library where its files are."""
    users = settings.users_file and settings.users_file.absolute()
    if users and users.is_relative_to(settings.data_dir.absolute()) and not users.exists():
        kept = old / users.relative_to(settings.data_dir.absolute())
        if kept.is_file():
            users.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept, users)
    if was_at and (settings.library_dir / "catalogue.sqlite").is_file():
        catalogue = Catalogue(settings.library_dir / "catalogue.sqlite")
        catalogue.moved(was_at, str(settings.data_dir.absolute()))
        catalogue.close()


def folder_sizes(data_dir: Path) -> dict[str, int]:
    """Bytes under each folder that an officer can do something about."""
    names = {
        "library": "Kho tri thức",
        "ui": "Bản nháp, hội thoại, tệp của người dùng",
        "reports": "Loại báo cáo riêng",
        "logs": "Nhật ký",
        WAITING: "Dữ liệu trước lần khôi phục",
    }
    return {
        label: sum(p.stat().st_size for p in (data_dir / name).rglob("*") if p.is_file() and not p.is_symlink())
        for name, label in names.items()
        if (data_dir / name).exists()
    }
