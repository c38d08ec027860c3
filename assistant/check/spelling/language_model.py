"""Counts of syllable sequences, and how likely a syllable is between its neighbours.

The counts (knowledge/spelling/counts.npz, made by benchmarks/check_spelling_model.py) come from law texts,
encyclopedia paragraphs and administrative prose; only counts are kept, no text. Scores are log10 of a
"stupid back-off" estimate over trigrams, bigrams and unigrams.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.paths import KNOWLEDGE

BREAK, NUMBER, UNKNOWN, FIRST_WORD = 0, 1, 2, 3
SIZE = 8192
_BACKOFF = float(np.log10(0.4))
Ids = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Sorted keys with counts; a key packs 13 bits per syllable id.

    Attributes:
        ids: syllable (lower NFC, canonical tone) -> id.
        unigrams: (8192,) counts by id.
        bigram_keys, bigram_counts: sorted (left << 13 | right) and how often.
        trigram_keys, trigram_counts: the same for three.
    """

    ids: dict[str, int]
    unigrams: Scores
    bigram_keys: Ids
    bigram_counts: Scores
    trigram_keys: Ids
    trigram_counts: Scores

    def id_of(self, syllable: str) -> int:
        return self.ids.get(syllable, UNKNOWN)

    def count(self, syllable: str) -> float:
        found = self.ids.get(syllable)
        return float(self.unigrams[found]) if found is not None else 0.0

    def bigram(self, left: Ids, right: Ids) -> Scores:
        return _look_up(self.bigram_keys, self.bigram_counts, left * SIZE + right)

    def trigram(self, first: Ids, second: Ids, third: Ids) -> Scores:
        return _look_up(self.trigram_keys, self.trigram_counts, (first * SIZE + second) * SIZE + third)

    def log_probability(self, first: Ids, second: Ids, third: Ids) -> Scores:
        """log10 of the estimate of `third` after `first second`; arrays of one shape (n,)."""
        three, two, before = self.trigram(first, second, third), self.bigram(second, third), self.bigram(first, second)
        total = float(self.unigrams.sum())
        with np.errstate(divide="ignore", invalid="ignore"):
            by_three = np.log10(three / np.maximum(before, three))
            by_two = _BACKOFF + np.log10(two / np.maximum(self.unigrams[second], 1.0))
            by_one = 2 * _BACKOFF + np.log10((self.unigrams[third] + 0.5) / total)
        result: Scores = np.where(three > 0, by_three, np.where(two > 0, by_two, by_one))
        return result


def _look_up(keys: Ids, counts: Scores, wanted: Ids) -> Scores:
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Scores = np.where(keys[places] == wanted, counts[places], 0.0)
    return found


def pack_counts(counts: NDArray[Any]) -> NDArray[np.uint8]:
    """Counts in eighths of a power of two, in one byte (error below 5%)."""
    packed: NDArray[np.uint8] = np.minimum(np.rint(8 * np.log2(counts)), 255).astype(np.uint8)
    return packed


def _unpack_counts(packed: NDArray[Any]) -> Scores:
    table: Scores = np.exp2(np.arange(256) / 8.0)
    values: Scores = table[packed]
    return values


def load_model(path: Path) -> LanguageModel:
    """Read a counts file."""
    with np.load(path, allow_pickle=False) as data:
        words = bytes(data["words"]).decode().split()
        unigrams = np.zeros(SIZE)
        stored = data["unigrams"]
        unigrams[: len(stored)] = stored
        return LanguageModel(
            ids={word: i + FIRST_WORD for i, word in enumerate(words)},
            unigrams=unigrams,
            bigram_keys=np.cumsum(data["bigram_steps"].astype(np.int64)),
            bigram_counts=_unpack_counts(data["bigram_counts"]),
            trigram_keys=np.cumsum(data["trigram_steps"].astype(np.int64)),
            trigram_counts=_unpack_counts(data["trigram_counts"]),
        )


@functools.cache
def default_model() -> LanguageModel:
    """The counts that ship with the program (about 30 ms to read)."""
    return load_model(KNOWLEDGE / "spelling" / "counts.npz")
