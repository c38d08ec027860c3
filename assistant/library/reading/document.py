"""The one door for files: size limit, content against name, then the reader of the format."""

import hashlib
import importlib
from dataclasses import replace
from pathlib import Path

from assistant.errors import (
    AssistantError,
    EmptyDocumentError,
    FileTooLargeError,
    UnreadableFileError,
    UnsupportedFileError,
)
from assistant.library.models import FileFormat, Progress, SourceDocument
from assistant.library.reading.sniff import content_format
from assistant.vietnamese.text import nfc

_FORMAT_OF_SUFFIX: dict[str, FileFormat] = {
    ".txt": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
    ".docx": "docx", ".docm": "docx", ".doc": "doc", ".rtf": "doc", ".pdf": "pdf", ".xlsx": "xlsx",
}  # fmt: skip
SUPPORTED_SUFFIXES = frozenset(_FORMAT_OF_SUFFIX) - {".docm", ".rtf"}
_NAME_VI = {
    "txt": "văn bản thuần (.txt)", "md": "Markdown (.md)", "html": "trang web (.html)", "docx": "Word (.docx)",
    "doc": "Word đời cũ (.doc)", "pdf": "PDF (.pdf)", "xlsx": "Excel (.xlsx)",
}  # fmt: skip
_READERS: dict[FileFormat, str] = {
    "txt": "plain", "md": "plain", "html": "html", "docx": "docx", "doc": "doc", "pdf": "pdf", "xlsx": "xlsx",
}  # fmt: skip


def read_document(path: Path | str, *, max_mb: float = 25, progress: Progress | None = None) -> SourceDocument:
    """Read a file into text and blocks.

    Args:
        path: the file; its suffix must agree with its content.
        max_mb: larger files are refused before anything is read, in MB of 1,048,576 bytes.
        progress: called with (done from 0 to 1, Vietnamese message) during long work (OCR).

    Raises:
        InputError: the subclass says what is wrong (too large, unreadable, encrypted, empty, unsupported).
    """
    path = Path(path)
    name = nfc(path.name)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFileError(f"«{name}» không phải là tệp; hãy chọn một tệp văn bản.")
        if size > max_mb * 1_048_576:
            raise FileTooLargeError(
                f"Tệp «{name}» nặng {size / 1_048_576:.1f} MB, quá giới hạn {max_mb:g} MB; hãy tách nhỏ tệp "
                "hoặc tăng TLBC_MAX_UPLOAD_MB."
            )
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise UnreadableFileError(f"Tệp «{name}» không có; hãy kiểm tra đường dẫn.") from error
        raise UnreadableFileError(
            f"Tệp «{name}» không mở được; hãy đóng tệp nếu đang mở ở chương trình khác, và kiểm tra quyền đọc."
        ) from error
    return read_bytes(data, name, progress=progress)


def read_bytes(data: bytes, name: str, *, progress: Progress | None = None) -> SourceDocument:
    """Read the bytes of a file called `name`; see `read_document`."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise EmptyDocumentError(f"Tệp «{name}» trống; hãy chọn tệp có nội dung.")
    file_format = _agreed_format(data, name)
    reader = importlib.import_module(f"assistant.library.reading.{_READERS[file_format]}")
    try:
        source: SourceDocument = reader.read(data, name, file_format, progress)
    except AssistantError:
        raise
    except Exception as error:
        # whatever a parser makes of a damaged file, the officer gets one sentence
        raise UnreadableFileError(
            f"Tệp «{name}» bị hỏng hoặc không đúng định dạng {_NAME_VI[file_format]}; hãy mở và lưu lại tệp."
        ) from error
    if not source.text.strip():
        raise EmptyDocumentError(
            source.notices[-1]
            if source.notices
            else f"Tệp «{name}» không có chữ nào đọc được; hãy chọn tệp có nội dung."
        )
    return replace(source, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _agreed_format(data: bytes, name: str) -> FileFormat:
    """The format that both the suffix and the content name.

    Raises:
        UnsupportedFileError: the suffix, or the content, is none that is read.
        UnreadableFileError: the two differ.
        EncryptedFileError: an Office file with a password.
    """
    suffix = Path(name).suffix.lower()
    named = _FORMAT_OF_SUFFIX.get(suffix)
    if named is None:
        raise UnsupportedFileError(
            f"Chương trình không đọc được loại tệp của «{name}»; hãy lưu thành .docx, .pdf, .txt, .md, .html "
            "hoặc .xlsx."
        )
    found = content_format(data, name)
    if found == named or (found in ("txt", "html") and named in ("txt", "md", "html")):
        return named
    raise UnreadableFileError(
        f"Tệp «{name}» có đuôi {suffix} nhưng nội dung là {_NAME_VI[found]}; hãy đổi đuôi tệp cho đúng rồi thử lại."
    )
