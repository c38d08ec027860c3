"""Writing results: wholly or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistant.errors import InputError


def write_file(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place.

    Raises:
        InputError: the place cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path("."), prefix=".tlbc-", suffix=path.suffix)
        os.close(handle)
    except OSError as error:
        raise InputError(f"Không ghi được vào «{path.parent}»; chọn thư mục khác có quyền ghi.") from error
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"Không ghi được tệp «{path}»; đóng tệp nếu đang mở rồi thử lại.") from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text, line ends as they are."""

    def fill(temporary: Path) -> None:
        temporary.write_bytes(text.encode("utf-8"))

    write_file(path, fill)
