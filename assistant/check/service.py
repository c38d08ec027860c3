"""Reading what is to be checked: a file, or a pasted text."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from assistant.errors import EmptyDocumentError
from assistant.library.models import SourceDocument
from assistant.settings import Settings

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class FileSource(SourceDocument):
    """A document that knows its file: the form rules look at more than its text."""

    path: Path | None = None


def read_report(path: Path, settings: Settings, progress: Progress | None = None) -> SourceDocument:
    """Read a file to be checked, within the upload limit.

    Raises:
        InputError: see `assistant.library.reading.read_document`.
    """
    from assistant.library.reading import read_document

    source = read_document(path, max_mb=settings.max_upload_mb, progress=progress)
    return FileSource(**{f.name: getattr(source, f.name) for f in fields(source)}, path=path)


def read_pasted(text: str) -> SourceDocument:
    """A pasted text as a document; spans count its code points as they are."""
    from assistant.library.reading.plain import line_blocks

    if not text.strip():
        raise EmptyDocumentError("Đoạn văn bản trống; dán nội dung cần kiểm tra.")
    return SourceDocument("(văn bản dán)", "txt", text, line_blocks(text))
