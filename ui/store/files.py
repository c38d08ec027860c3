"""Files of one user: what was uploaded and what was made for download. No one else's id opens them."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnknownNameError
from ui.store.folder import is_id, new_id

KEEP_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Attributes: id names its folder; name is what the officer sees; path is where it lies."""

    id: str
    name: str
    path: Path

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size


class FileStore:
    """Files under `folder`/files/ID/NAME."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "files"

    def place(self, name: str) -> StoredFile:
        """A new path to write a file of that name to; what is a week old makes room."""
        self.sweep()
        file_id = new_id()
        path = self.folder / file_id / name
        path.parent.mkdir(parents=True)
        return StoredFile(file_id, name, path)

    def put(self, name: str, data: bytes) -> StoredFile:
        stored = self.place(name)
        stored.path.write_bytes(data)
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Raises UnknownNameError for a file that this user does not have."""
        if is_id(file_id):
            for path in (self.folder / file_id).glob("*"):
                return StoredFile(file_id, path.name, path)
        raise UnknownNameError("tệp", file_id)

    def remove(self, file_id: str) -> None:
        if is_id(file_id):
            shutil.rmtree(self.folder / file_id, ignore_errors=True)

    def sweep(self) -> None:
        """Drop what is a week old: originals stay with the officer, results can be made again."""
        limit = time.time() - KEEP_SECONDS
        for path in self.folder.glob("*"):
            if path.stat().st_mtime < limit:
                shutil.rmtree(path, ignore_errors=True)
