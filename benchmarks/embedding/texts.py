"""The texts the embedding is trained on, as documents of a title and sentences.

Read from the folder that holds `bench/` (law articles), `corpus/` (Wikipedia) and `samples/` (administrative
prose). The laws that the retrieval benchmark asks about are never read.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRAINING_SOURCE = "phapdien"
# Asked about by questions kept for evaluation.
HELD_OUT_LAWS = frozenset({"59/2020/QH14"})

_MAX_SENTENCES = 60
# A title that many articles share ("Phạm vi điều chỉnh") would make each of them the wrong answer to the others.
_MAX_TITLE_USES = 8
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\n+")
_HEADING = re.compile(r"(?:Điều|Chương|Mục|Phần)\s+\w+|[IVX]+\.\s|\d+(?:\.\d+)*\.\s")
# "Điều 35.3.NQ.1.1." says where an article stands in the codification, not what it is about.
_CODIFIED_NUMBER = re.compile(r"Điều [\d.]+\w*[\w.]*")


@dataclass(frozen=True, slots=True)
class TrainingDocument:
    """An article, a section or a paragraph.

    Attributes:
        group: the law or file it belongs to; members of one group are each other's hard negatives.
        title: empty where it has none.
        sentences: sentences and clauses in order.
    """

    group: str
    title: str
    sentences: tuple[str, ...]


def law_articles(shared: Path) -> Iterator[TrainingDocument]:
    """Articles of the official codification, without the laws of the benchmark."""
    rows = [
        row
        for row in _rows(shared / "bench" / "legal-articles.jsonl.gz")
        if row["src"] == TRAINING_SOURCE and row["law"] not in HELD_OUT_LAWS
    ]
    uses = Counter(row["title"].strip().lower() for row in rows)
    for row in rows:
        title = row["title"].strip()
        tells = uses[title.lower()] <= _MAX_TITLE_USES and not _CODIFIED_NUMBER.fullmatch(title)
        yield TrainingDocument(row["law"], title if tells else "", sentences(row["text"]))


def wiki_paragraphs(shared: Path, limit: int) -> Iterator[TrainingDocument]:
    """Wikipedia paragraphs of at least two sentences."""
    for number, text in enumerate(_rows(shared / "corpus" / "viwiki-paragraphs.jsonl.gz")):
        if number >= limit:
            return
        parts = sentences(text)
        if len(parts) > 1:
            yield TrainingDocument("wiki", "", parts)


def administrative_sections(shared: Path) -> Iterator[TrainingDocument]:
    """Sections of central documents and provincial plans, cut at their headings."""
    for path in sorted(p for name in ("central", "plans") for p in (shared / "samples" / name).glob("*.txt")):
        title, body = "", list[str]()
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            if _HEADING.match(line) and len(line) < 200:
                if body:
                    yield TrainingDocument(path.stem, title, sentences("\n".join(body)))
                title, body = line, []
            else:
                body.append(line)
        if body:
            yield TrainingDocument(path.stem, title, sentences("\n".join(body)))


def sentences(text: str) -> tuple[str, ...]:
    """Sentences and clauses of `text`, at most `_MAX_SENTENCES`."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return tuple(part for part in parts if len(part) > 3)[:_MAX_SENTENCES]


def _rows(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
