"""Checking with the parts that ship with the program: what the command and `assistant.application` call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date as Date
from pathlib import Path
from typing import Any

from assistant.check.checker import check_document
from assistant.check.model import CheckResult
from assistant.errors import EmptyDocumentError
from assistant.library.models import SourceDocument
from assistant.settings import Settings

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class FileSource(SourceDocument):
    """A document that knows its file: the form rules look at more than its text."""

    path: Path | None = None


_SHORT_TEXT = 1500  # a pasted sentence has no outline: its report type need not be looked for


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


def check_source(
    source: SourceDocument,
    settings: Settings,
    *,
    registry: Any = None,
    report_types: Any = None,
    topics: Any = None,
    report_type: str | None = None,
    report_date: Date | None = None,
    previous: SourceDocument | None = None,
    accepted: Iterable[str] = (),
    progress: Progress | None = None,
) -> CheckResult:
    """`check_document` with the registry and the report types that ship, where none are given."""
    if registry is None:
        from assistant.legal import Registry

        registry = Registry.load()
    if report_types is None and (report_type is not None or len(source.text) > _SHORT_TEXT):
        from assistant.reports import load_report_types

        report_types = load_report_types(settings.user_reports_dir)
    return check_document(
        source, registry=registry, report_types=report_types, topics=topics, report_type=report_type,
        report_date=report_date, previous=previous, accepted=accepted, progress=progress,
    )  # fmt: skip
