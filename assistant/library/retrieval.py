"""Find passages for a question: words and meaning together, the right document first, repealed ones last.

How to wire it: `Retriever(library, lexical_dir, embedder, registry)`. One object serves all threads; it sees what
another process ingests because it asks the catalogue for its generation at each search.
"""

import datetime
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.library.embedding import Embedder, Vectors
from assistant.library.hits import Hit, fold_duplicates
from assistant.library.lexical import LexicalFilter, LexicalIndex, Match
from assistant.library.models import DocumentRecord, Passage
from assistant.library.names import DocumentNames
from assistant.library.query import SearchQuery, prepare_query, rarity
from assistant.library.ranking import Scored, fuse
from assistant.library.validity import REPEALED, RegistryDocuments, StatusBook
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables

__all__ = ["Filters", "Hit", "Retriever"]

DEPTH = 80
_NAMED_DEPTH = 30
# Looking for phrases costs as much as a third of the search; below these it changes nothing.
PHRASE_DEPTH = 20
# Passages read per search: duplicates and further parts of one section fall away.
_SURPLUS = 3
_FEWEST = 20
# From this weight on an embedder is trusted to bring passages that share no words with the question.
_TRUSTED_WEIGHT = 0.3

# Added to the fused score, which lies between 0 and about 2.
_NAMED_BOOST = 2.0
_UNIT_BOOST = 0.6
_PROVISION_BOOST = 0.3
_HEADING_BOOST = 0.1
_REPEALED_FACTOR = 0.5


class PassageStore(Protocol):
    """What retrieval needs of the library."""

    def generation(self) -> int: ...
    def documents(self) -> Sequence[DocumentRecord]: ...
    def passages(self, ids: Sequence[str]) -> Sequence[Passage]: ...
    def vectors(self, ids: Sequence[str]) -> Mapping[str, Vectors]: ...
    def vectors_near(
        self, vector: Vectors, k: int, *, kinds: Collection[str] | None = None
    ) -> Sequence[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to look; an empty field does not narrow the search.

    Attributes:
        kinds: legal, plan, report, guidance, builtin.
        unit: reporting unit, any part of its name made of whole words, with or without accents.
        years: years of documents.
        status: of the document in the registry: in_force, amended, replaced, expired, unknown.
        document_ids: only these documents; None for all.
        on: the day at which validity is judged; None is today.
    """

    kinds: frozenset[str] = frozenset()
    unit: str = ""
    years: frozenset[int] = frozenset()
    status: frozenset[str] = frozenset()
    document_ids: frozenset[str] | None = None
    on: datetime.date | None = None

    @property
    def day(self) -> datetime.date:
        return self.on or datetime.date.today()


@dataclass(frozen=True, slots=True)
class _View:
    """The library as of one generation."""

    generation: int
    lexical: LexicalIndex
    records: Mapping[str, DocumentRecord]
    by_key: Mapping[str, DocumentRecord]
    names: DocumentNames

    def keys(self, ids: Iterable[str]) -> frozenset[str]:
        """The lexical index knows a document by its id and version."""
        return frozenset(self.records[i].key for i in ids if i in self.records)


@dataclass(frozen=True, slots=True)
class _Search:
    """One question on one view of the library.

    Attributes:
        allowed: ids of the documents that may be found; None where only kinds narrow the search.
        named, units: documents and units that the question names.
    """

    view: _View
    query: SearchQuery
    filters: Filters
    allowed: frozenset[str] | None
    named: frozenset[str]
    units: frozenset[str]

    def admits(self, record: DocumentRecord) -> bool:
        of_kind = not self.filters.kinds or record.kind in self.filters.kinds
        return of_kind and (self.allowed is None or record.id in self.allowed)

    def lexical_filters(self) -> Iterable[tuple[LexicalFilter, int]]:
        """Where to look and how deep: everywhere, and closer at what the question names, lest it be crowded out."""
        everywhere = LexicalFilter(kinds=self.filters.kinds, document_ids=self.view.keys(self.allowed or ()))
        yield everywhere, DEPTH
        named = self.named if self.allowed is None else self.named & self.allowed
        if named:
            yield replace(everywhere, document_ids=self.view.keys(named)), _NAMED_DEPTH
        if self.units and self.allowed is None:
            yield replace(everywhere, units=self.units), _NAMED_DEPTH


class Retriever:
    """Search over one library.

    Args:
        store: the library.
        lexical_dir: folder of the lexical index.
        embedder: the one that made the library's vectors.
        registry: says which documents are repealed and what else they are called; None where there is none.
    """

    def __init__(
        self, store: PassageStore, lexical_dir: Path, embedder: Embedder, registry: RegistryDocuments | None = None
    ) -> None:
        self._store = store
        self._lexical_dir = lexical_dir
        self._embedder = embedder
        self._entries = tuple(registry.documents) if registry is not None else ()
        self._statuses = StatusBook(self._entries)
        self._view: _View | None = None
        self._lock = threading.Lock()

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The best `k` passages, best first; none for a question without words."""
        filters = filters or Filters()
        view = self._current()
        prepared = prepare_query(query, view.lexical)
        allowed = self._allowed(view, filters)
        if not prepared.words or k <= 0 or (allowed is not None and not allowed):
            return []
        names = view.names
        search = _Search(view, prepared, filters, allowed, names.documents(prepared), names.named_units(prepared))
        hits = self._hits(search, self._candidates(search), wanted=max(_SURPLUS * k, _FEWEST))
        words = {word: rarity(word, view.lexical) for word in prepared.words}
        return [replace(hit, words=words) for hit in fold_duplicates(hits, k)]

    def _current(self) -> _View:
        generation = self._store.generation()
        view = self._view
        if view is not None and view.generation == generation:
            return view
        with self._lock:
            if self._view is None or self._view.generation != generation:
                records = {record.id: record for record in self._store.documents()}
                names = DocumentNames.of(records.values(), self._entries)
                by_key = {record.key: record for record in records.values()}
                self._view = _View(generation, LexicalIndex(self._lexical_dir), records, by_key, names)
            return self._view

    def _allowed(self, view: _View, filters: Filters) -> frozenset[str] | None:
        if not (filters.unit or filters.years or filters.status or filters.document_ids is not None):
            return None
        unit = _padded(filters.unit)
        return frozenset(
            record.id
            for record in view.records.values()
            if (filters.document_ids is None or record.id in filters.document_ids)
            and (not filters.unit or unit in _padded(record.identity.unit or ""))
            and (not filters.years or record.identity.year in filters.years)
            and (not filters.status or self._statuses.status(record, filters.day) in filters.status)
        )

    def _candidates(self, search: _Search) -> list[Scored]:
        """Entries found by their words, and where the embedder is trusted or words are few by meaning too; fused."""
        query, lexical = search.query, search.view.lexical
        found: dict[str, Match] = {}
        for where, depth in search.lexical_filters():
            found |= {match.entry_id: match for match in lexical.search(query.terms, depth, where)}
        weight = self._embedder.weight_for(query.meaning)
        cosines: dict[str, float] = {}
        if weight > 0 or not found:
            vector = self._embedder.embed_query(query.meaning)
            if vector.any():
                cosines = _cosines(vector, self._store.vectors(list(found)))
                if weight >= _TRUSTED_WEIGHT or len(found) < DEPTH:
                    cosines |= dict(self._store.vectors_near(vector, DEPTH, kinds=search.filters.kinds or None))
        best = sorted(found.values(), key=lambda match: -match.score)
        phrases = lexical.held(query.pairs, [match.entry_id for match in best[:PHRASE_DEPTH]])
        return fuse(best, phrases, cosines, weight)

    def _hits(self, search: _Search, scored: Sequence[Scored], wanted: int) -> list[Hit]:
        """The best `wanted` candidates with their passages, best first."""
        on = search.filters.day
        near = [(candidate, self._by_document(candidate, search, on)) for candidate in scored]
        best = {candidate.id: score for candidate, score in sorted(near, key=lambda pair: -pair[1])[:wanted]}
        by_id = {candidate.id: candidate for candidate in scored}
        hits = []
        for passage in self._store.passages(list(best)):
            record = search.view.records.get(passage.document_id)
            if record is not None and search.admits(record):
                candidate = by_id[passage.id]
                score = best[passage.id] + _by_heading(passage, search.query)
                status, named = self._statuses.status(record, on), record.id in search.named
                hits.append(
                    Hit(passage, record, score, candidate.lexical, candidate.cosine, named=named, status=status)
                )
        return sorted(hits, key=lambda hit: -hit.score)

    def _by_document(self, candidate: Scored, search: _Search, on: datetime.date) -> float:
        """The fused score and what speaks for or against the whole document."""
        record = search.view.by_key.get(candidate.document_id)
        if record is None:
            return candidate.score
        score = candidate.score
        if record.id in search.named:
            score += _NAMED_BOOST
        elif not search.filters.status and self._statuses.status(record, on) in REPEALED:
            score *= _REPEALED_FACTOR
        return score + _UNIT_BOOST * (record.identity.unit in search.units)


def _cosines(vector: Vectors, others: Mapping[str, Vectors]) -> dict[str, float]:
    if not others:
        return {}
    return dict(zip(others, (np.stack(list(others.values())) @ vector).tolist(), strict=True))


def _by_heading(passage: Passage, query: SearchQuery) -> float:
    """What it counts that the question names the provision or the section."""
    score = 0.0
    if query.provisions:
        labels = {fold(heading.label).rstrip(". ") for heading in passage.path}
        score += _PROVISION_BOOST * bool(labels.intersection(query.provisions))
    title = passage.path[-1].title if passage.path else ""
    # cheap first: a heading longer than the question cannot stand in it
    if title and len(title) <= len(query.text):
        heading = folded_syllables(title)
        if len(heading) > 1 and f" {' '.join(heading)} " in f" {' '.join(query.words)} ":
            score += _HEADING_BOOST
    return score


def _padded(text: str) -> str:
    return f" {' '.join(folded_syllables(text))} "
