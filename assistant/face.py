"""What every command-line face does alike: UTF-8 streams, settings, and errors an officer can read."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.logs import log_unforeseen
from assistant.settings import Settings, load_settings

OK, BAD_INPUT, INTERRUPTED = 0, 1, 130  # argparse exits with 2 for wrong usage


def use_utf8() -> None:
    """Read and write UTF-8 whatever the code page of the console (Windows: cp1252 cannot hold Vietnamese)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
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
        print(log_unforeseen(error, load_settings(data_dir).data_dir), file=sys.stderr)
        return BAD_INPUT
