"""The part of ingesting that needs no library: one file read, identified and split. Runs in worker processes."""

import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, EmptyDocumentError
from assistant.library.identify import identify
from assistant.library.indexed_text import embedded_text
from assistant.library.lines import paragraphs
from assistant.library.models import DocumentKind, Identity, Passage, SourceDocument, display_title
from assistant.library.reading import read_document
from assistant.library.registry_entries import complete
from assistant.library.structure import split_paragraphs
from assistant.vietnamese.text import nfc

if TYPE_CHECKING:
    from assistant.library.embedding import StaticEmbedder, Vectors

# Counts changes of reading, identifying and splitting: documents read by an older number are read again.
READER = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A file to prepare.

    Attributes:
        kind, unit: what the officer says it is, None to let its header decide.
        embed: make the vectors too, with the model that ships.
    """

    path: Path
    shown: str
    max_mb: float
    kind: DocumentKind | None = None
    unit: str | None = None
    embed: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready for the library, or why it could not be.

    Attributes:
        sha256: of its bytes; "" where they could not be read.
        identity: None where it failed.
        passages: with ids relative to the document ("0", "1" …).
        vectors: one row per passage, where the task asked for them.
        error: one Vietnamese sentence, None where all went well.
    """

    path: Path
    shown: str
    sha256: str = ""
    identity: Identity | None = None
    passages: tuple[Passage, ...] = ()
    pages: int | None = None
    notices: tuple[str, ...] = ()
    size: int = 0
    vectors: "Vectors | None" = None
    error: str | None = None


def prepare(task: Task) -> Prepared:
    """Read, identify and split one file; never raises for what is wrong with the file."""
    try:
        source = read_document(task.path, max_mb=task.max_mb)
        return prepare_source(task, source)
    except AssistantError as error:
        return Prepared(task.path, task.shown, error=str(error))
    except (MemoryError, RecursionError):
        return Prepared(
            task.path, task.shown, error=f"Tệp «{nfc(task.path.name)}» quá phức tạp để đọc; hãy tách nhỏ tệp."
        )


def prepare_source(task: Task, source: SourceDocument) -> Prepared:
    """Identify and split a text that is already read.

    Raises:
        EmptyDocumentError: nothing remains once page noise is gone.
    """
    lines = paragraphs(source)
    identity = complete(identify(source, lines))
    identity = replace(identity, kind=task.kind or identity.kind, unit=nfc(task.unit) if task.unit else identity.unit)
    passages = split_paragraphs(lines, "")
    if not passages:
        raise EmptyDocumentError(f"Tệp «{source.name}» không có nội dung; hãy chọn tệp khác.")
    prepared = Prepared(
        task.path, task.shown, source.sha256, identity, passages, len(source.pages) or None, source.notices, source.size
    )
    return replace(prepared, vectors=_vectors(prepared)) if task.embed else prepared


@functools.cache
def _shipped_embedder() -> "StaticEmbedder":
    from assistant.library.embedding import StaticEmbedder

    return StaticEmbedder()


def _vectors(prepared: Prepared) -> "Vectors":
    """Vectors of the passages by the model that ships: cheap enough to make where the file is read."""
    assert prepared.identity is not None
    title = display_title(prepared.identity, str(prepared.path))
    return _shipped_embedder().embed_documents([embedded_text(title, passage) for passage in prepared.passages])
