"""The log of the program: what went wrong and where in the code, never the text of a document."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def _to_file(data_dir: Path) -> Path:
    """Send warnings and errors of the program to `data_dir/logs/assistant.log` (1 MB, three kept)."""
    folder = data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "assistant.log"
    # opened at once, so that a folder closed to us is told of here and not as a traceback at the first message
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger = logging.getLogger("assistant")
    for old in logger.handlers:
        old.close()
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    # a full disk must not print tracebacks over the officer's work
    logging.raiseExceptions = False
    return path


def log_unforeseen(error: Exception, data_dir: Path) -> str:
    """Log where in the code an error arose; returns the sentence for the officer.

    Frames only: the message of a library's error may quote the document.
    """
    try:
        path = _to_file(data_dir)
    except OSError:
        return (
            f"Không ghi được vào thư mục dữ liệu {data_dir}; hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa, hoặc đặt "
            "TLBC_DATA_DIR là thư mục khác."
        )
    frames = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger("assistant").error("%s\n%s", type(error).__name__, frames)
    return (
        f"Có lỗi ngoài dự kiến, việc có thể chưa xong; hãy thử lại, nếu vẫn lỗi hãy gửi tệp nhật ký {path} cho người "
        "hỗ trợ."
    )
