"""Make knowledge/spelling/counts.npz from the texts beside the project (never copied into it).

    python -m benchmarks.check_spelling_model [SHARED]

Texts: the official codification of laws (outside copyright), Vietnamese Wikipedia paragraphs (CC BY-SA), central
and provincial documents, the project's own knowledge files, and knowledge/spelling/domain.txt (phrases of commune
reports written for this purpose). The sample reports are not read: they measure the checker.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.check.spelling.language_model import BREAK, FIRST_WORD, NUMBER, SIZE, UNKNOWN, pack_counts
from assistant.check.spelling.speller import TOKEN, syllable_of
from assistant.check.spelling.syllables import inventory
from assistant.paths import KNOWLEDGE, PROMPTS, ROOT

MIN_WORD, MIN_FOREIGN, MIN_BIGRAM, MIN_TRIGRAM = 5, 60, 3, 5


def texts(shared: Path) -> Iterator[tuple[str, int]]:
    """Each text with its weight."""
    with gzip.open(shared / "bench" / "legal-articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["src"] == "phapdien":
                yield f"{article['title']}\n{article['text']}", 1
    with gzip.open(shared / "corpus" / "viwiki-paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line), 1
    for folder in ("central", "plans"):
        for path in sorted((shared / "samples" / folder).glob("*.txt")):
            yield re.sub(r"\s*\n\s*", " ", path.read_text(encoding="utf-8-sig")), 3
    for path in sorted((shared / "reference").glob("*.yaml")):
        yield path.read_text(encoding="utf-8"), 1
    for path in sorted(KNOWLEDGE.rglob("*.yaml")) + sorted(PROMPTS.rglob("*.j2")):
        if path.parent.name != "spelling":
            yield path.read_text(encoding="utf-8"), 2
    yield (KNOWLEDGE / "spelling" / "domain.txt").read_text(encoding="utf-8"), 30


def encode(shared: Path) -> tuple[np.ndarray, dict[str, int]]:
    numbering: dict[str, int] = {}
    parts: list[np.ndarray] = []
    for text, weight in texts(shared):
        tokens = [syllable_of(token) for token in TOKEN.findall(text)]
        row = np.array([numbering.setdefault(token, len(numbering)) for token in tokens] + [-1], dtype=np.int32)
        parts.extend([row] * weight)
    return np.concatenate(parts), numbering


def vocabulary(stream: np.ndarray, numbering: dict[str, int]) -> list[str]:
    counts = np.bincount(stream[stream >= 0], minlength=len(numbering))
    known = inventory()
    frequent: Counter[str] = Counter()
    for word, number in numbering.items():
        least = MIN_WORD if word in known else MIN_FOREIGN
        if word.isalpha() and counts[number] >= least and len(word) > 1:
            frequent[word] = int(counts[number])
    singles = [w for w in "aăâeêioôơuưyàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵớờởỡợốồổỗộứừửữựếềểễệ" if w in numbering]
    return [w for w, _ in frequent.most_common(SIZE - FIRST_WORD - len(singles))] + singles


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    stream, numbering = encode(shared)
    words = vocabulary(stream, numbering)
    table = np.full(len(numbering) + 1, UNKNOWN, dtype=np.int64)
    for word, number in numbering.items():
        if not word.isalpha():
            table[number] = NUMBER if word[0].isdigit() else BREAK
    for i, word in enumerate(words):
        table[numbering[word]] = i + FIRST_WORD
    table[-1] = BREAK
    ids = table[stream]
    pairs = ids[:-1] * SIZE + ids[1:]
    bigrams, bigram_counts = np.unique(pairs, return_counts=True)
    trigrams, trigram_counts = np.unique(pairs[:-1] * SIZE + ids[2:], return_counts=True)
    keep2, keep3 = bigram_counts >= MIN_BIGRAM, trigram_counts >= MIN_TRIGRAM
    steps = np.diff(trigrams[keep3], prepend=0)
    out = KNOWLEDGE / "spelling" / "counts.npz"
    np.savez_compressed(
        out,
        words=np.frombuffer(" ".join(words).encode(), dtype=np.uint8),
        unigrams=np.bincount(ids, minlength=SIZE).astype(np.uint32),
        bigram_steps=np.diff(bigrams[keep2], prepend=0).astype(np.uint32),
        bigram_counts=pack_counts(bigram_counts[keep2]),
        trigram_steps=steps.astype(np.uint64),  # a few exceed 32 bits; the zeros compress away
        trigram_counts=pack_counts(trigram_counts[keep3]),
    )
    print(f"{len(stream):,} tokens, {len(words):,} words, {keep2.sum():,} pairs, {keep3.sum():,} triples,", end=" ")
    print(f"{out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
