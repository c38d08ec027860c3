"""The lexical index on disk: tantivy over accent-folded syllables and their bigrams.

One entry is one whole Điều or report section. Folding and pairing are done here, so tantivy only splits at
white space. Several processes may read an index while one writes; a reader sees a commit after `reload`.
"""

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import tantivy

from assistant.errors import LibraryBusyError, LibraryError
from assistant.vietnamese.tokens import lexical_terms

# Measured: the title counts, but less than the body, which repeats the heading path (docs/benchmarks.md).
TITLE_BOOST = 0.3
_WRITER_HEAP_BYTES = 64_000_000
# a question asks several times for the same terms, and questions share most of them
_KEPT_FREQUENCIES = 8192


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of one Điều or section.

    Attributes:
        entry_id: key of the entry, unique in the index.
        document_id: the document it belongs to; all entries of a document are deleted together.
        title: its own heading.
        body: heading path, then the text.
        kind: legal, plan, report, guidance or builtin.
        unit: reporting unit as the catalogue writes it; empty where there is none.
        year: year of the document, 0 where unknown.
    """

    entry_id: str
    document_id: str
    title: str
    body: str
    kind: str = ""
    unit: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class LexicalFilter:
    """Where to look; an empty field does not narrow the search. Values within one field are alternatives."""

    kinds: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    document_ids: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.units or self.years or self.document_ids)


class Match(NamedTuple):
    """An entry found, with its BM25 score."""

    entry_id: str
    document_id: str
    score: float


@functools.cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("entry_id", "document_id"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "unit"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True)
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalIndex:
    """An index in a folder, or in memory where `path` is None.

    Raises:
        LibraryError: the folder holds no index that can be read.
        LibraryBusyError: another process is writing to it.
    """

    def __init__(self, path: Path | None) -> None:
        try:
            if path is None:
                self._index = tantivy.Index(_schema())
            else:
                path.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(_schema(), path=str(path))
        except (OSError, ValueError) as error:
            raise LibraryError(
                f"Chỉ mục tìm kiếm trong {path} không đọc được, hãy nạp lại kho tri thức bằng ingest.py."
            ) from error
        self._writer: tantivy.IndexWriter | None = None
        self.reload()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def reload(self) -> None:
        """See what has been committed since, by this process or another."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self._frequency = functools.lru_cache(_KEPT_FREQUENCIES)(functools.partial(self._searcher.doc_freq, "body"))

    def add(self, entries: Iterable[LexicalEntry]) -> None:
        """Add entries; they are found after `commit`. A document added twice needs `delete_document` first."""
        with self._translated() as writer:
            for entry in entries:
                writer.add_document(_document(entry))

    def delete_document(self, document_id: str) -> None:
        """Delete all entries of a document; they are gone after `commit`."""
        with self._translated() as writer:
            writer.delete_documents_by_term("document_id", document_id)

    def commit(self) -> None:
        """Make everything added and deleted so far visible, all at once, and free the writer's lock."""
        if self._writer is None:
            return
        with self._translated() as writer:
            writer.commit()
        self.close()
        self.reload()

    def close(self) -> None:
        """Drop what was not committed and let go of the writer's lock."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with suppress(OSError, ValueError):  # a writer that has failed says so once more
                writer.wait_merging_threads()

    def search(self, terms: Sequence[tuple[str, float]], k: int, where: LexicalFilter | None = None) -> list[Match]:
        """The best `k` entries by BM25, best first.

        Args:
            terms: folded syllables and bigrams (`lexical_terms`) with their weights.
        """
        clauses = [
            (tantivy.Occur.Should, _term(field, term, weight * boost))
            for term, weight in terms
            for field, boost in (("body", 1.0), ("title", TITLE_BOOST))
        ]
        if not clauses or k <= 0:
            return []
        query = tantivy.Query.boolean_query(clauses)
        return self._matches(_restricted(query, where) if where else query, k)

    def held(self, terms: Sequence[tuple[str, float]], entry_ids: Sequence[str]) -> dict[str, float]:
        """For each entry, the sum of the weights of the terms its body holds, however often and however long it is."""
        if not entry_ids or not terms:
            return {}
        among = tantivy.Query.term_set_query(_schema(), "entry_id", list(entry_ids))
        clauses = [(tantivy.Occur.Must, tantivy.Query.const_score_query(among, 0.0))]
        clauses += [
            (tantivy.Occur.Should, tantivy.Query.const_score_query(_term("body", term, 1.0), weight))
            for term, weight in terms
        ]
        matches = self._matches(tantivy.Query.boolean_query(clauses), len(entry_ids))
        return {match.entry_id: match.score for match in matches}

    def _matches(self, query: tantivy.Query, k: int) -> list[Match]:
        searcher = self._searcher
        found = []
        for score, address in searcher.search(query, limit=k, count=False).hits:
            stored = searcher.doc(address)
            found.append(Match(stored["entry_id"][0], stored["document_id"][0], float(score)))
        return found

    def document_frequency(self, term: str) -> int:
        """In how many entries' bodies a folded syllable or bigram occurs."""
        return int(self._frequency(term))

    @contextmanager
    def _translated(self) -> Iterator[tantivy.IndexWriter]:
        writer = self._open_writer()
        try:
            yield writer
        except (OSError, ValueError) as error:
            raise LibraryError(
                "Không ghi được chỉ mục tìm kiếm; hãy kiểm tra chỗ trống và quyền ghi trên ổ đĩa rồi chạy lại."
            ) from error

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=_WRITER_HEAP_BYTES, num_threads=1)
            except (OSError, ValueError) as error:
                raise LibraryBusyError(
                    "Kho tri thức đang được một chương trình khác ghi, hãy thử lại sau ít phút."
                ) from error
        return self._writer


def _document(entry: LexicalEntry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("entry_id", entry.entry_id)
    document.add_text("document_id", entry.document_id)
    document.add_text("kind", entry.kind)
    document.add_text("unit", entry.unit)
    document.add_unsigned("year", entry.year)
    document.add_text("title", " ".join(lexical_terms(entry.title)))
    document.add_text("body", " ".join(lexical_terms(entry.body)))
    return document


def _term(field: str, term: str, boost: float) -> tantivy.Query:
    query = tantivy.Query.term_query(_schema(), field, term)
    return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)


def _restricted(query: tantivy.Query, where: LexicalFilter) -> tantivy.Query:
    fields: tuple[tuple[str, Collection[str | int]], ...] = (
        ("kind", where.kinds),
        ("unit", where.units),
        ("year", where.years),
        ("document_id", where.document_ids),
    )
    clauses = [(tantivy.Occur.Must, query)]
    for field, values in fields:
        if values:
            within = tantivy.Query.term_set_query(_schema(), field, list(values))
            # the filter decides who may come, not how high
            clauses.append((tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0)))
    return tantivy.Query.boolean_query(clauses)
