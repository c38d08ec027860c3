"""Retrieval over 63,000 law articles: python -m benchmarks.retrieval ../shared [--rows OUT.json]

Prints nDCG@10 of BM25 (the question as typed), the embedding alone, and the search of the program, for clean,
undiacritised, abbreviated and mistyped questions, with paired bootstrap intervals of the gain over BM25 and the
time of a whole search; then memory and disk. The questions are research data and are never part of the program.
"""

import argparse
import gzip
import json
import math
import re
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.library.embedding import Embedder, StaticEmbedder
from assistant.library.lexical import LexicalEntry, LexicalIndex
from assistant.library.models import DocumentRecord, Heading, Identity, Passage
from assistant.library.retrieval import Retriever
from assistant.vietnamese.tokens import lexical_terms

Floats = npt.NDArray[np.float64]

FORMS = ("clean", "nodia", "abbr", "typo")
SETS = ("drill", "alqac")
_RESAMPLES = 10_000
_DEPTH = 10
_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Question:
    """One question in its four forms, and the articles that answer it."""

    id: str
    set: str
    forms: dict[str, str]
    relevant: frozenset[str]


class ArticleStore:
    """The articles as a library: one document per law, one passage per article."""

    def __init__(self, articles: Sequence[dict[str, str]], embedder: Embedder) -> None:
        self._records = {law: _record(law) for law in dict.fromkeys(_law(article) for article in articles)}
        self._passages = {article["id"]: _passage(article, number) for number, article in enumerate(articles)}
        self.ids = list(self._passages)
        texts = [f"{article['title']}\n{article['text']}" for article in articles]
        self.vectors_matrix = embedder.embed_documents(texts).astype(np.float16)
        self._embedder = embedder
        self._row = {identifier: row for row, identifier in enumerate(self.ids)}

    def generation(self) -> int:
        return 1

    def documents(self) -> list[DocumentRecord]:
        return list(self._records.values())

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        return [self._passages[i] for i in ids]

    def vectors(self, ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        rows = self.vectors_matrix[[self._row[i] for i in ids]].astype(np.float32)
        return dict(zip(ids, rows, strict=True))

    def vectors_near(
        self, vector: npt.NDArray[np.float32], k: int, *, kinds: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        scores = self.vectors_matrix.astype(np.float32) @ vector
        best = np.argsort(-scores)[:k]
        return [(self.ids[i], float(scores[i])) for i in best]

    def nearest(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """For each text the articles nearest in meaning, over all of them; in blocks, for speed."""
        queries = np.stack([self._embedder.embed_query(text) for text in texts])
        scores = np.empty((len(texts), 0), np.float32)
        rows = np.empty((len(texts), 0), np.int64)
        for start in range(0, len(self.ids), _BLOCK):
            block = queries @ self.vectors_matrix[start : start + _BLOCK].astype(np.float32).T
            scores = np.hstack([scores, block])
            rows = np.hstack([rows, np.broadcast_to(np.arange(start, start + block.shape[1]), block.shape)])
            best = np.argsort(-scores, axis=1, kind="stable")[:, :_DEPTH]
            scores, rows = np.take_along_axis(scores, best, 1), np.take_along_axis(rows, best, 1)
        return {text: [self.ids[row] for row in found] for text, found in zip(texts, rows, strict=True)}


def _law(article: dict[str, str]) -> str:
    return f"{article['src']}:{article['law']}"


def _record(law: str) -> DocumentRecord:
    identity = Identity("legal", symbol=law.split(":", 1)[1])
    return DocumentRecord(law, law, identity, 0, None, "", 1, "", "")


def _passage(article: dict[str, str], number: int) -> Passage:
    text = article["text"]
    path = (Heading("Điều", article["title"], 1),)
    return Passage(article["id"], _law(article), number, number, path, text, 0, len(text))


def read_articles(shared: Path) -> list[dict[str, str]]:
    """The 63,042 articles."""
    with gzip.open(shared / "bench" / "legal-articles.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_questions(shared: Path) -> list[Question]:
    """The questions in all forms."""
    forms: dict[str, dict[str, str]] = {}
    with gzip.open(shared / "bench" / "legal-questions-noisy.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            forms.setdefault(row["qid"], {})[row["set"]] = row["q"]
    with gzip.open(shared / "bench" / "legal-questions.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Question(row["qid"], row["set"], {"clean": row["q"], **forms[row["qid"]]}, frozenset(row["rel"]))
        for row in rows
    ]


def ndcg(found: Sequence[str], relevant: frozenset[str]) -> float:
    """nDCG@10 of one ranking, 0 to 100."""
    gain = sum(1 / math.log2(rank + 2) for rank, i in enumerate(found[:_DEPTH]) if i in relevant)
    return 100 * gain / sum(1 / math.log2(rank + 2) for rank in range(min(len(relevant), _DEPTH)))


def interval(differences: Floats, seed: int = 57) -> tuple[float, float]:
    """The 95 % interval of the mean of paired differences, by bootstrap."""
    random = np.random.default_rng(seed)
    picks = random.integers(len(differences), size=(_RESAMPLES, len(differences)))
    low, high = np.percentile(differences[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


Search = Callable[[str], list[str]]


def searches(index: LexicalIndex, retriever: Retriever) -> dict[str, Search]:
    """What is compared, beside the embedding alone."""

    def bm25(question: str) -> list[str]:
        terms = [(term, 1.0) for term in dict.fromkeys(lexical_terms(question))]
        return [match.entry_id for match in index.search(terms, _DEPTH)]

    def fused(question: str) -> list[str]:
        # what was folded into a hit is shown with it
        hits = retriever.search(question, _DEPTH)
        return [i for hit in hits for i in (hit.passage.id, *hit.duplicates)]

    return {"BM25": bm25, "fused": fused}


@dataclass(slots=True)
class Measured:
    """nDCG@10 of each question per system, and milliseconds of each whole search.

    Attributes:
        wall: as a clock on the wall has it, other work of the machine included.
        processor: of this thread alone.
    """

    scores: dict[str, list[float]]
    wall: list[float]
    processor: list[float]


def measure(
    questions: Sequence[Question], form: str, systems: dict[str, Search], dense: dict[str, list[str]]
) -> Measured:
    """Ask every question in one form."""
    measured = Measured({name: [] for name in ("BM25", "dense", "fused")}, [], [])
    for question in questions:
        text = question.forms[form]
        measured.scores["dense"].append(ndcg(dense[text], question.relevant))
        for name, search in systems.items():
            wall, processor = time.perf_counter(), time.thread_time()
            found = search(text)
            if name == "fused":
                measured.wall.append(1000 * (time.perf_counter() - wall))
                measured.processor.append(1000 * (time.thread_time() - processor))
            measured.scores[name].append(ndcg(found, question.relevant))
    return measured


def compare(
    questions: Sequence[Question], systems: dict[str, Search], dense: dict[str, list[str]]
) -> list[dict[str, Any]]:
    """One row per form and set, printed as they come."""
    print("| questions | set | n | BM25 | dense | fused | fused - BM25 (95 %) | p50 / p95 ms | of processor |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = []
    for form in FORMS:
        for name in SETS:
            asked = [question for question in questions if question.set == name]
            measured = measure(asked, form, systems, dense)
            means = {system: float(np.mean(values)) for system, values in measured.scores.items()}
            gains = np.array(measured.scores["fused"]) - np.array(measured.scores["BM25"])
            low, high = interval(gains)
            wall, processor = (np.percentile(times, [50, 95]) for times in (measured.wall, measured.processor))
            print(
                f"| {form} | {name} | {len(asked)} | {means['BM25']:.1f} | {means['dense']:.1f} | {means['fused']:.1f} "
                f"| {gains.mean():+.1f} ({low:+.1f} to {high:+.1f}) "
                f"| {wall[0]:.1f} / {wall[1]:.1f} | {processor[0]:.1f} / {processor[1]:.1f} |"
            )
            rows.append(
                {"form": form, "set": name, "n": len(asked), **means, "low": low, "high": high, "p95": float(wall[1])}
            )
    return rows


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="utf-8")) if status.exists() else None
    return int(found.group(1)) / 1024 if found else math.nan


def entries(articles: Sequence[dict[str, str]]) -> list[LexicalEntry]:
    """The articles as the lexical index takes them."""
    return [
        # the document's key in the index carries its version
        LexicalEntry(a["id"], f"{_law(a)}.1", a["title"], f"{a['title']}\n{a['text']}", kind="legal")
        for a in articles
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with bench/")
    parser.add_argument("--model", type=Path, help="another folder of the embedding that ships")
    parser.add_argument("--index", type=Path, help="keep the lexical index here between runs")
    parser.add_argument("--rows", type=Path, help="write the rows as JSON")
    args = parser.parse_args()
    embedder = StaticEmbedder(args.model) if args.model else StaticEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        path = args.index or Path(folder)
        articles = read_articles(args.shared)
        index = LexicalIndex(path)
        before = time.perf_counter()
        if not len(index):
            index.add(entries(articles))
            index.commit()
        between = time.perf_counter()
        store = ArticleStore(articles, embedder)
        print(
            f"{len(articles)} articles: lexical index {between - before:.0f} s, "
            f"embedding {time.perf_counter() - between:.0f} s"
        )
        retriever = Retriever(store, path, embedder)
        retriever.search("khởi động", 1)
        questions = read_questions(args.shared)
        dense = store.nearest(sorted({text for question in questions for text in question.forms.values()}))
        rows = compare(questions, searches(index, retriever), dense)
        disk = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        print(
            f"lexical index on disk {disk / 1e6:.0f} MB, vectors {store.vectors_matrix.nbytes / 1e6:.0f} MB (float16), "
            f"resident {_resident_mb():.0f} MB with all article texts in memory"
        )
        if args.rows:
            args.rows.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
