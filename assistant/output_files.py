"""Writing files whole or not at all."""

import errno
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from assistant.errors import InputError

_FULL = {errno.ENOSPC, errno.EDQUOT}
# seconds to wait before another try
_WAITS = (0.05, 0.2)
# Windows would translate the line ends of a file not opened as binary
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_whole(path: Path, content: bytes | str, *, private: bool = False) -> None:
    """Put `content` in place of `path` in one step: whatever is stopped midway leaves the old file, and nothing beside.

    Args:
        content: bytes, or text to be written as UTF-8 with its line ends as they are.
        private: only the user of this account may read the file.

    Raises:
        InputError: there is no such folder, it is closed to us, the disk is full, or the file is open in Word or Excel.
    """
    temporary = path.parent / f".{secrets.token_hex(6)}.tam"
    try:
        descriptor = os.open(temporary, _NEW, 0o600 if private else 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(descriptor)
        _replace(temporary, path)
    except OSError as error:
        raise InputError(_told(path, error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _replace(temporary: Path, path: Path) -> None:
    """On Windows a file that is being read (by a virus scanner, by another thread) cannot be replaced: be patient."""
    for wait in _WAITS:
        try:
            return os.replace(temporary, path)
        except PermissionError:
            time.sleep(wait)
    return os.replace(temporary, path)


def _told(path: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"Ổ đĩa đã đầy nên không ghi được tệp {path}; hãy dọn chỗ trống rồi thử lại."
    if not path.parent.is_dir():
        return f"Không có thư mục {path.parent}; hãy tạo thư mục đó hoặc chọn nơi khác."
    return f"Không ghi được tệp {path}; hãy đóng tệp nếu đang mở, hoặc chọn nơi khác."


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it is not there yet.

    Raises:
        InputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"Không tạo được thư mục {folder}; hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa, hoặc chọn nơi khác."
        ) from error
