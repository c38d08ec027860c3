"""Word files of before 2007 (.doc) and RTF: converted by antiword or LibreOffice where one is installed."""

import os
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import UnreadableFileError, UnsupportedFileError
from assistant.library.models import FileFormat, SourceDocument
from assistant.library.reading import docx
from assistant.library.reading.plain import form_feed_pages, line_blocks
from assistant.library.reading.programs import find_program

_SECONDS = 120


def read(data: bytes, name: str, file_format: FileFormat, progress: object = None) -> SourceDocument:
    """Read an old Word file: through LibreOffice (keeps tables), else antiword.

    Raises:
        UnsupportedFileError: neither program is installed.
        UnreadableFileError: neither could read it.
    """
    office = find_program("soffice") or find_program("libreoffice")
    antiword = find_program("antiword") if not data.startswith(b"{\\rtf") else None
    if office is None and antiword is None:
        raise UnsupportedFileError(
            f"Máy chưa có LibreOffice hay antiword để đọc «{name}»; hãy mở tệp bằng Word và lưu thành .docx."
        )
    # on Windows an office suite that took too long may still hold its files
    with tempfile.TemporaryDirectory(prefix="tlbc-doc-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / ("van-ban.rtf" if data.startswith(b"{\\rtf") else "van-ban.doc")
        source.write_bytes(data)
        if antiword is not None:
            text = _antiword(antiword, source)
            if text.strip() and "|" not in text:
                return SourceDocument(name, file_format, text, line_blocks(text), form_feed_pages(text))
        converted = _office(office, source, Path(folder)) if office is not None else None
        if converted is not None:
            return docx.read(converted, name, file_format)
        if antiword is not None and text.strip():
            return SourceDocument(name, file_format, text, line_blocks(text), form_feed_pages(text))
    raise UnreadableFileError(f"Không đọc được «{name}»; hãy mở tệp bằng Word và lưu thành .docx.")


def _antiword(program: str, source: Path) -> str:
    """Text with one line per paragraph; "" where antiword gives up."""
    try:
        done = subprocess.run(
            [program, "-m", "UTF-8.txt", "-w", "0", str(source)],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def _office(program: str, source: Path, folder: Path) -> bytes | None:
    """The file as .docx; macros are not run in headless conversion with a profile of its own."""
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
               "--convert-to", "docx", "--outdir", str(folder), str(source)]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    result = folder / "van-ban.docx"
    return result.read_bytes() if result.is_file() else None
