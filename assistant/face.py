"""What every command-line face does alike: UTF-8 streams, settings, and errors an officer can read."""

import io
import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.logs import log_to_file
from assistant.settings import Settings, load_settings

OK, BAD_INPUT, INTERRUPTED = 0, 1, 130  # argparse exits with 2 for wrong usage


def use_utf8() -> None:
    """Write UTF-8 whatever the code page of the console (Windows: cp1252 cannot hold Vietnamese)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def guarded(run: Callable[[Settings], int], data_dir: Path | None) -> int:
    """Run a command with the settings; print an error as one sentence, log an unforeseen one.

    Returns:
        The exit status: what `run` returned, 1 for an error, 130 when interrupted.
    """
    try:
        settings = load_settings(data_dir)
        return run(settings)
    except AssistantError as error:
        print(str(error), file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of our output went away (`| head`): nothing is wrong
        sys.stderr.close()
        return OK
    except Exception as error:
        return _unforeseen(error, load_settings(data_dir))


def _unforeseen(error: Exception, settings: Settings) -> int:
    try:
        path = log_to_file(settings.data_dir)
    except OSError:
        print(
            f"Không ghi được vào thư mục dữ liệu {settings.data_dir}; hãy kiểm tra quyền ghi, hoặc đặt TLBC_DATA_DIR "
            "là thư mục khác.",
            file=sys.stderr,
        )
        return BAD_INPUT
    # frames only: the message of a library's error may quote the document
    frames = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger("assistant").error("%s\n%s", type(error).__name__, frames)
    logging.shutdown()
    print(f"Chương trình gặp lỗi ngoài dự kiến; hãy gửi tệp nhật ký {path} cho người hỗ trợ.", file=sys.stderr)
    return BAD_INPUT
