"""The folder of one user and how anything is written into it."""

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.output_files import make_folder, write_whole

ID_LENGTH = 12


def new_id() -> str:
    """A name for a draft, conversation or file; hard to guess, safe in a path."""
    return secrets.token_hex(ID_LENGTH // 2)


def is_id(text: str) -> bool:
    return len(text) == ID_LENGTH and all(c in "0123456789abcdef" for c in text)


def write_json(path: Path, data: Any) -> None:
    """Write whole or not at all, whatever is killed."""
    make_folder(path.parent)
    write_whole(path, json.dumps(data, ensure_ascii=False, default=str))


def read_json(path: Path) -> Any:
    """The content, or None where there is no such file or it is damaged."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def user_folder(root: Path, user: str) -> Path:
    """`root`/users/…: named after a digest, so that no name of a user can lead elsewhere."""
    return root / "users" / hashlib.sha256(user.encode()).hexdigest()[:24]


def lock_of(folder: Path) -> FileLock:
    """One writer at a time in a folder: two tabs of one officer must not lose each other's changes."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / ".khoa", timeout=10)
