"""The catalogue: one SQLite file that is the truth about the library.

A document is in the library when, and only when, its row is here. The vector store and the lexical index are filled
before the row is written and emptied after it is gone; what they may hold beyond the catalogue (an interrupted run)
is listed in the table `work`, so that the next run sweeps it without searching.
"""

import json
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import LibraryError
from assistant.library.embedding import Vectors
from assistant.library.models import DocumentRecord, Heading, Identity, Passage

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, type TEXT, symbol TEXT, date TEXT,
    date_text TEXT, issuer TEXT, unit TEXT, title TEXT, year INTEGER, passages INTEGER NOT NULL, pages INTEGER,
    sha256 TEXT NOT NULL, version INTEGER NOT NULL, added TEXT NOT NULL, updated TEXT NOT NULL,
    notices TEXT NOT NULL, extra TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_sha256 ON documents (sha256);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, unit INTEGER NOT NULL,
    path TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, page INTEGER,
    kind TEXT NOT NULL, table_header TEXT, anchors TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document_id, ordinal);
CREATE TABLE IF NOT EXISTS vectors (id TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work (key TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
"""
# SQLite allows 32,766 parameters; statements of this many are as fast
_CHUNK = 500
_IDENTITY_FIELDS = ("kind", "type", "symbol", "date", "date_text", "issuer", "unit", "title", "year")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A version of a document that the indexes may hold though the catalogue does not list it.

    Attributes:
        key: "ID.VERSION", the prefix of its passage ids.
        passages: how many passages it has.
    """

    key: str
    passages: int

    @property
    def passage_ids(self) -> list[str]:
        return [f"{self.key}.{number}" for number in range(self.passages)]


class Catalogue:
    """Reads and writes the catalogue; safe for use from several threads, one connection in each.

    Raises:
        LibraryError: the file is damaged or comes from a newer program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"Không tạo được thư mục kho tri thức {path.parent}; hãy kiểm tra quyền ghi, hoặc đặt TLBC_DATA_DIR là "
                "thư mục khác."
            ) from error
        with self._translated():
            connection = self._connection
            if not self._tables_exist(connection):
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
                with connection:
                    for key, value in (
                        ("schema", str(_SCHEMA_VERSION)),
                        ("generation", "0"),
                        ("library", uuid.uuid4().hex),
                    ):
                        connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))
            if int(self.meta("schema") or 0) > _SCHEMA_VERSION:
                raise LibraryError("Kho tri thức được tạo bởi bản mới hơn; hãy cập nhật chương trình.")

    @staticmethod
    def _tables_exist(connection: sqlite3.Connection) -> bool:
        row = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'work')").fetchone()
        return bool(row[0] == 2 and connection.execute("SELECT 1 FROM meta WHERE key = 'library'").fetchone())

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=30)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise LibraryError(self._told(error)) from error

    def _told(self, error: sqlite3.DatabaseError) -> str:
        """What the officer can do: only a damaged file is worth deleting."""
        match getattr(error, "sqlite_errorname", ""):
            case "SQLITE_CORRUPT" | "SQLITE_NOTADB":
                return f"Danh mục kho tri thức bị hỏng; hãy xóa thư mục {self.path.parent} rồi nạp lại văn bản."
            case "SQLITE_FULL" | "SQLITE_IOERR_WRITE":
                return (
                    f"Ổ đĩa chứa {self.path.parent} đã đầy nên chưa ghi được; hãy dọn chỗ trống rồi chạy lại, "
                    "văn bản đã có trong kho vẫn còn nguyên."
                )
            case _:
                return (
                    f"Không đọc hoặc không ghi được danh mục kho tri thức {self.path}; hãy kiểm tra ổ đĩa và quyền "
                    "ghi, hoặc đặt TLBC_DATA_DIR là thư mục khác."
                )

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._translated():
            return self._connection.execute(sql, parameters).fetchall()

    def _rows_of(self, ids: Sequence[str], sql: str) -> Iterator[sqlite3.Row]:
        """The rows of a statement, which breaks off after the column of the id, for any number of ids."""
        for begin in range(0, len(ids), _CHUNK):
            chunk = ids[begin : begin + _CHUNK]
            yield from self._rows(f"{sql} IN ({','.join('?' * len(chunk))})", chunk)

    # what is said of the library as a whole

    def meta(self, key: str) -> str | None:
        """A stored fact of the library ("embedding", "library" …)."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str, *, move: bool = False) -> None:
        """Store a fact; `move` also counts the generation up, so that readers reopen the indexes."""
        with self._translated(), self._connection as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
            if move:
                _count_generation(connection)

    def generation(self) -> int:
        """Counts every change of the library; a reader that knows another number reopens the indexes."""
        return int(self.meta("generation") or 0)

    # documents

    def documents(self) -> list[DocumentRecord]:
        """All documents, builtin ones last, by title."""
        rows = self._rows("SELECT * FROM documents ORDER BY kind = 'builtin', path")
        return [_record(row) for row in rows]

    def document(self, document_id: str) -> DocumentRecord | None:
        """The document with this id."""
        rows = self._rows("SELECT * FROM documents WHERE id = ?", (document_id,))
        return _record(rows[0]) if rows else None

    def document_at(self, path: str) -> DocumentRecord | None:
        """The document that was read from `path`."""
        rows = self._rows("SELECT * FROM documents WHERE path = ?", (path,))
        return _record(rows[0]) if rows else None

    def document_with(self, sha256: str) -> DocumentRecord | None:
        """A document with exactly these bytes."""
        rows = self._rows("SELECT * FROM documents WHERE sha256 = ? LIMIT 1", (sha256,))
        return _record(rows[0]) if rows else None

    def count_passages(self) -> int:
        """How many passages the library has."""
        return int(self._rows("SELECT coalesce(sum(passages), 0) FROM documents")[0][0])

    # passages

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in the order asked for; ids that are not (or no longer) listed are skipped."""
        found = {row["id"]: _passage(row) for row in self._rows_of(ids, "SELECT * FROM passages WHERE id")}
        return [found[passage_id] for passage_id in ids if passage_id in found]

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The kind of document that each of these passages belongs to; unlisted ids are missing."""
        joined = "passages JOIN documents ON documents.id = document_id"
        rows = self._rows_of(ids, f"SELECT passages.id, documents.kind FROM {joined} WHERE passages.id")
        return {row[0]: row[1] for row in rows}

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document, in order."""
        rows = self._rows("SELECT * FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,))
        return [_passage(row) for row in rows]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these passages; unlisted ids are missing.

        Chroma has them too, but opening it costs a second; scoring a hundred candidates must not.
        """
        rows = self._rows_of(ids, "SELECT id, vector FROM vectors WHERE id")
        return {row[0]: np.frombuffer(row[1], np.float16).astype(np.float32) for row in rows}

    def put_vectors(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors beside the passages (half precision: the cosine keeps three digits)."""
        with self._translated(), self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", _vector_rows(ids, vectors))

    def all_passages(self, batch: int) -> Iterator[list[Passage]]:
        """Every passage of the library in batches, documents together; nothing else may be written meanwhile."""
        last = ""
        while True:
            rows = self._rows("SELECT * FROM passages WHERE id > ? ORDER BY id LIMIT ?", (last, batch))
            if not rows:
                return
            yield [_passage(row) for row in rows]
            last = rows[-1]["id"]

    # writing: only under the writer's lock

    def announce(self, leftovers: Iterable[Leftover]) -> None:
        """Note, before the indexes are filled, what they may hold if the run is interrupted."""
        with self._translated(), self._connection as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO work VALUES (?, ?)", [(i.key, i.passages) for i in leftovers]
            )

    def leftovers(self) -> list[Leftover]:
        """What the indexes may hold beyond the catalogue."""
        return [Leftover(row["key"], row["passages"]) for row in self._rows("SELECT * FROM work")]

    def forget(self, leftovers: Iterable[Leftover]) -> None:
        """The indexes no longer hold these."""
        with self._translated(), self._connection as connection:
            connection.executemany("DELETE FROM work WHERE key = ?", [(item.key,) for item in leftovers])

    def put(self, documents: Sequence[tuple[DocumentRecord, Sequence[Passage]]], vectors: Vectors) -> list[Leftover]:
        """Write documents with their passages, whole, in one transaction.

        Args:
            vectors: one row per passage, in order.

        Returns:
            The versions they replace, to be removed from the indexes.
        """
        replaced: list[Leftover] = []
        with self._translated(), self._connection as connection:
            for record, passages in documents:
                replaced.extend(_take_out(connection, record.id))
                connection.execute(f"INSERT INTO documents VALUES ({','.join('?' * 19)})", _document_row(record))
                connection.executemany(
                    f"INSERT INTO passages VALUES ({','.join('?' * 12)})", map(_passage_row, passages)
                )
                connection.execute("DELETE FROM work WHERE key = ?", (record.key,))
            ids = [passage.id for _, passages in documents for passage in passages]
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", _vector_rows(ids, vectors))
            _count_generation(connection)
        return replaced

    def move(self, document_id: str, path: str) -> None:
        """The same bytes now lie at another path."""
        with self._translated(), self._connection as connection:
            connection.execute("UPDATE documents SET path = ? WHERE id = ?", (path, document_id))

    def moved(self, old: str, new: str) -> None:
        """The folder `old` and all in it now lies at `new`."""
        with self._translated(), self._connection as connection:
            connection.execute(
                "UPDATE documents SET path = ? || substr(path, ?) WHERE substr(path, 1, ?) IN (? || '/', ? || '\\')",
                (new, len(old) + 1, len(old) + 1, old, old),
            )

    def take_out(self, document_ids: Collection[str]) -> list[Leftover]:
        """Delete documents in one transaction; returns what the indexes still hold of them."""
        with self._translated(), self._connection as connection:
            gone = [leftover for document_id in document_ids for leftover in _take_out(connection, document_id)]
            if gone:
                _count_generation(connection)
        return gone


def _count_generation(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")


def _take_out(connection: sqlite3.Connection, document_id: str) -> list[Leftover]:
    row = connection.execute("SELECT version, passages FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return []
    leftover = Leftover(f"{document_id}.{row['version']}", row["passages"])
    connection.execute("INSERT OR REPLACE INTO work VALUES (?, ?)", (leftover.key, leftover.passages))
    connection.executemany("DELETE FROM vectors WHERE id = ?", [(i,) for i in leftover.passage_ids])
    connection.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
    connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
    return [leftover]


def _vector_rows(ids: Sequence[str], vectors: Vectors) -> Iterator[tuple[str, bytes]]:
    return ((i, vector.tobytes()) for i, vector in zip(ids, vectors.astype(np.float16), strict=True))


def _document_row(record: DocumentRecord) -> tuple[Any, ...]:
    identity = asdict(record.identity)
    return (
        record.id, record.path, *(identity[name] for name in _IDENTITY_FIELDS), record.passages, record.pages,
        record.sha256, record.version, record.added, record.updated,
        json.dumps(record.notices, ensure_ascii=False), json.dumps(record.extra, ensure_ascii=False),
    )  # fmt: skip


def _record(row: sqlite3.Row) -> DocumentRecord:
    return DocumentRecord(
        id=row["id"],
        path=row["path"],
        identity=Identity(**{name: row[name] for name in _IDENTITY_FIELDS}),
        passages=row["passages"],
        pages=row["pages"],
        sha256=row["sha256"],
        version=row["version"],
        added=row["added"],
        updated=row["updated"],
        notices=tuple(json.loads(row["notices"])),
        extra=json.loads(row["extra"]),
    )


def _passage_row(passage: Passage) -> tuple[Any, ...]:
    path = [[heading.label, heading.title, heading.rank] for heading in passage.path]
    return (
        passage.id, passage.document_id, passage.ordinal, passage.unit, json.dumps(path, ensure_ascii=False),
        passage.text, passage.start, passage.end, passage.page, passage.kind, passage.table_header,
        json.dumps([n for anchor in passage.anchors for n in anchor], separators=(",", ":")),
    )  # fmt: skip


def _passage(row: sqlite3.Row) -> Passage:
    numbers = json.loads(row["anchors"])
    return Passage(
        id=row["id"],
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        unit=row["unit"],
        path=tuple(Heading(*heading) for heading in json.loads(row["path"])),
        text=row["text"],
        start=row["start"],
        end=row["stop"],
        page=row["page"],
        kind=row["kind"],
        table_header=row["table_header"],
        anchors=tuple(zip(numbers[::2], numbers[1::2], strict=True)),
    )
