"""The data directory as one file, and back. A backup is put in place at the next start, when nothing is open."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from assistant.errors import LibraryBusyError, UnreadableFileError

MARK = "tro-ly-bao-cao.json"
WAITING = ".khoi-phuc"
LEFT_OUT = {"gradio", "phien.sqlite", "phien.sqlite-wal", "phien.sqlite-shm", "logs", WAITING}
MAX_UNPACKED = 20 * 1024**3


def _kept(data_dir: Path) -> Iterator[Path]:
    for path in sorted(data_dir.rglob("*")):
        parts = path.relative_to(data_dir).parts
        if path.is_symlink() or not path.is_file() or LEFT_OUT & set(parts) or path.suffix in {".lock", ".tam"}:
            continue
        # files made for download, this backup among them, are made again when they are wanted
        if path.name != ".khoa" and not (parts[:2] == ("ui", "users") and "files" in parts):
            yield path


def write_backup(data_dir: Path, target: Path) -> None:
    """Everything but sessions, logs and temporary files, as a ZIP.

    Raises:
        LibraryBusyError: documents are being read just now.
    """
    lock = FileLock(data_dir / "library" / "sao-luu.lock")
    (data_dir / "library").mkdir(parents=True, exist_ok=True)
    try:
        with lock.acquire(timeout=2), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(MARK, json.dumps({"made": datetime.now().isoformat(timespec="seconds"), "version": 1}))
            for path in _kept(data_dir):
                if path != target:
                    archive.write(path, path.relative_to(data_dir).as_posix())
    except Timeout as error:
        raise LibraryBusyError("Kho đang được sao lưu ở cửa sổ khác; hãy đợi một lát rồi làm lại.") from error


def stage_restore(data_dir: Path, archive_path: Path) -> str:
    """Unpack a backup beside the data, to be put in place at the next start; says when the backup was made.

    Raises:
        UnreadableFileError: not a backup of this program, damaged, or with paths that lead elsewhere.
    """
    problem = UnreadableFileError(
        "Tệp này không phải bản sao lưu của chương trình; hãy chọn tệp .zip đã tải từ trang này."
    )
    waiting = data_dir / WAITING
    try:
        with zipfile.ZipFile(archive_path) as archive:
            names = archive.namelist()
            if MARK not in names or sum(i.file_size for i in archive.infolist()) > MAX_UNPACKED:
                raise problem
            if any(PurePosixPath(n).is_absolute() or ".." in PurePosixPath(n).parts or "\\" in n for n in names):
                raise problem
            made = str(json.loads(archive.read(MARK)).get("made", ""))
            shutil.rmtree(waiting, ignore_errors=True)
            archive.extractall(waiting / "moi")
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise problem from error
    (waiting / "xong").write_text(made, "utf-8")
    return made


def finish_restore(data_dir: Path) -> bool:
    """Put a waiting backup in place; what was there is kept under `.khoi-phuc/cu`. True when it was done."""
    waiting = data_dir / WAITING
    if not (waiting / "xong").is_file():
        return False
    old = waiting / "cu"
    shutil.rmtree(old, ignore_errors=True)
    old.mkdir(parents=True)
    for path in data_dir.iterdir():
        if path.name not in {WAITING, "logs"}:
            os.replace(path, old / path.name)
    for path in (waiting / "moi").iterdir():
        if path.name != MARK:
            os.replace(path, data_dir / path.name)
    (waiting / "xong").unlink()
    return True


def folder_sizes(data_dir: Path) -> dict[str, int]:
    """Bytes under each folder that an officer can do something about."""
    names = {
        "library": "Kho tri thức",
        "ui": "Bản nháp, hội thoại, tệp của người dùng",
        "reports": "Loại báo cáo riêng",
        "logs": "Nhật ký",
    }
    return {
        label: sum(p.stat().st_size for p in (data_dir / name).rglob("*") if p.is_file() and not p.is_symlink())
        for name, label in names.items()
        if (data_dir / name).exists()
    }
