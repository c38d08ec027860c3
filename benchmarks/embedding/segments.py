"""The training texts as one long array of feature rows, and ranges of it that stand for titles, sentences, chunks.

A chunk is a run of whole sentences, so nothing is stored twice. Everything that happens to a batch (noise,
hiding, capping) is done on whole arrays: making a batch must not cost more than learning from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.library.features import FOLDED, feature_names
from benchmarks.embedding.texts import TrainingDocument

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.floating]

CHUNK_FEATURES = 320  # about 110 syllables of accented text
_MIN_SENTENCE_FEATURES = 16


@dataclass(slots=True)
class Segments:
    """Feature rows of all documents.

    Attributes:
        rows: feature rows of all sentences, one after the other.
        title: (start, end) in `rows` per document; empty range where there is none.
        first_sentence, first_chunk: per document, where its own begin in `sentence` and `chunk`; one past the
            last document too.
        sentence, chunk: (start, end) in `rows`.
        group: number of the law or file per document.
    """

    rows: Ints
    title: Ints
    first_sentence: Ints
    sentence: Ints
    first_chunk: Ints
    chunk: Ints
    group: Ints


@dataclass(slots=True)
class _Builder:
    rows: list[npt.NDArray[np.int32]] = field(default_factory=list)
    length: int = 0

    def append(self, text: str, vocabulary: Mapping[str, int]) -> tuple[int, int]:
        found = [row for name in feature_names(text) if (row := vocabulary.get(name)) is not None]
        self.rows.append(np.array(found, np.int32))
        start, self.length = self.length, self.length + len(found)
        return start, self.length


def build_segments(documents: Iterable[TrainingDocument], vocabulary: Mapping[str, int]) -> Segments:
    """Turn texts into feature rows; documents without any known feature are left out."""
    builder = _Builder()
    groups: dict[str, int] = {}
    title, sentence, chunk, group = [], [], [], []
    first_sentence, first_chunk = [0], [0]
    for document in documents:
        title_range = builder.append(document.title, vocabulary)
        ranges = [builder.append(text, vocabulary) for text in document.sentences]
        chunks = _chunks(ranges)
        if not chunks:
            continue
        title.append(title_range)
        sentence += [(a, b) for a, b in ranges if b - a >= _MIN_SENTENCE_FEATURES]
        chunk += chunks
        group.append(groups.setdefault(document.group, len(groups)))
        first_sentence.append(len(sentence))
        first_chunk.append(len(chunk))
    as_pairs = [np.array(pairs, np.int64).reshape(-1, 2) for pairs in (title, sentence, chunk)]
    return Segments(
        np.concatenate(builder.rows).astype(np.int64),
        as_pairs[0],
        np.array(first_sentence),
        as_pairs[1],
        np.array(first_chunk),
        as_pairs[2],
        np.array(group),
    )


def _chunks(sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    chunks: list[tuple[int, int]] = []
    start = sentences[0][0] if sentences else 0
    for _, end in sentences:
        if end - start >= CHUNK_FEATURES:
            chunks.append((start, end))
            start = end
    if sentences and sentences[-1][1] > start:
        chunks.append((start, sentences[-1][1]))
    return chunks


@dataclass(slots=True)
class Bags:
    """Several bags of feature rows: `rows` one after the other, `owner` the bag of each (ascending)."""

    rows: Ints
    owner: Ints
    count: int

    def keep(self, mask: Bools) -> "Bags":
        return Bags(self.rows[mask], self.owner[mask], self.count)

    def offsets(self) -> Ints:
        """Where each bag begins, as `EmbeddingBag` wants it."""
        return np.searchsorted(self.owner, np.arange(self.count))

    def sizes(self) -> Ints:
        return np.bincount(self.owner, minlength=self.count)


def gather(rows: Ints, ranges: Ints) -> Bags:
    """The bags that `ranges` (start, end) cut from `rows`."""
    sizes = ranges[:, 1] - ranges[:, 0]
    owner = np.repeat(np.arange(len(ranges)), sizes)
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return Bags(rows[np.repeat(ranges[:, 0], sizes) + within], owner, len(ranges))


def join(first: Bags, second: Bags) -> Bags:
    """Bag by bag, the features of both."""
    owner = np.concatenate([first.owner, second.owner])
    order = np.argsort(owner, kind="stable")
    return Bags(np.concatenate([first.rows, second.rows])[order], owner[order], first.count)


def query_noise(
    bags: Bags, folded: Bools, random: np.random.Generator, *, drop_accents: float, drop_words: float
) -> Bags:
    """What typing does to a question: some bags lose all accented features, some a part of their words."""
    accentless = random.random(bags.count) < drop_accents
    thinned = (random.random(bags.count) < drop_words) & (bags.sizes() > 2 * _MIN_SENTENCE_FEATURES)
    keep = ~accentless[bags.owner] | folded[bags.rows]
    keep &= ~thinned[bags.owner] | (random.random(len(bags.rows)) > 0.15)
    return bags.keep(keep)


def hide_overlap(documents: Bags, queries: Bags, share: Floats, size: int, random: np.random.Generator) -> Bags:
    """Drop from each document a share of the features its query has too, so that the rest must speak for it.

    Args:
        share: per pair.
        size: number of features in the vocabulary.
    """
    wanted = np.unique(queries.owner * size + queries.rows)
    wanted = wanted[random.random(len(wanted)) < share[wanted // size]]
    return documents.keep(~np.isin(documents.owner * size + documents.rows, wanted))


def folded_rows(vocabulary: Mapping[str, int]) -> Bools:
    """Which rows are folded features."""
    mask = np.zeros(len(vocabulary), np.bool_)
    mask[[row for name, row in vocabulary.items() if name.startswith(FOLDED)]] = True
    return mask
