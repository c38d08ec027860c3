"""Retrieval over 63,000 law articles: python -m benchmarks.retrieval ../shared [--rows OUT.json]

Prints nDCG@10 of BM25 (the question as typed), the embedding alone, and the search of the program, for clean,
undiacritised, abbreviated and mistyped questions, with paired bootstrap intervals of the gain over BM25; then
latency, memory and disk. The questions are research data and are never part of the program.
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
        scores = self.vectors_matrix @ vector.astype(np.float16)
        best = np.argpartition(-scores, k)[:k]
        return [(self.ids[i], float(scores[i])) for i in best[np.argsort(-scores[best])]]


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


def searches(index: LexicalIndex, store: ArticleStore, embedder: Embedder, retriever: Retriever) -> dict[str, Search]:
    """What is compared."""

    def bm25(question: str) -> list[str]:
        terms = [(term, 1.0) for term in dict.fromkeys(lexical_terms(question))]
        return [match.entry_id for match in index.search(terms, _DEPTH)]

    def dense(question: str) -> list[str]:
        return [i for i, _ in store.vectors_near(embedder.embed_query(question), _DEPTH)]

    def fused(question: str) -> list[str]:
        return [hit.passage.id for hit in retriever.search(question, _DEPTH)]

    return {"BM25": bm25, "dense": dense, "fused": fused}


def compare(
    questions: Sequence[Question], systems: dict[str, Search]
) -> tuple[list[dict[str, Any]], dict[str, Floats]]:
    """One row per form and set, and the seconds each search took."""
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    rows = []
    for form in FORMS:
        for name in SETS:
            asked = [question for question in questions if question.set == name]
            scores: dict[str, Floats] = {}
            for system, search in systems.items():
                values = []
                for question in asked:
                    started = time.perf_counter()
                    found = search(question.forms[form])
                    seconds[system].append(time.perf_counter() - started)
                    values.append(ndcg(found, question.relevant))
                scores[system] = np.array(values)
            low, high = interval(scores["fused"] - scores["BM25"])
            means = {system: float(values.mean()) for system, values in scores.items()}
            rows.append({"form": form, "set": name, "n": len(asked), **means, "low": low, "high": high})
    return rows, {system: 1000 * np.array(values) for system, values in seconds.items()}


def _print_rows(rows: Sequence[dict[str, Any]], times: dict[str, Floats]) -> None:
    print("| questions | set | n | BM25 | dense | fused | fused - BM25 (95 %) |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        gain = f"{row['fused'] - row['BM25']:+.1f} ({row['low']:+.1f} to {row['high']:+.1f})"
        scores = " | ".join(f"{row[system]:.1f}" for system in times)
        print(f"| {row['form']} | {row['set']} | {row['n']} | {scores} | {gain} |")
    print()
    for system, values in times.items():
        p50, p95 = np.percentile(values, [50, 95])
        print(f"{system}: {p50:.1f} ms at the median, {p95:.1f} ms at p95")


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found.group(1)) / 1024 if found else math.nan


def _entries(articles: Sequence[dict[str, str]]) -> list[LexicalEntry]:
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
            index.add(_entries(articles))
            index.commit()
        between = time.perf_counter()
        store = ArticleStore(articles, embedder)
        print(
            f"{len(articles)} articles: lexical index {between - before:.0f} s, "
            f"embedding {time.perf_counter() - between:.0f} s"
        )
        retriever = Retriever(store, path, embedder)
        retriever.search("khởi động", 1)
        rows, times = compare(read_questions(args.shared), searches(index, store, embedder, retriever))
        _print_rows(rows, times)
        disk = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        print(
            f"lexical index on disk {disk / 1e6:.0f} MB, vectors {store.vectors_matrix.nbytes / 1e6:.0f} MB (float16), "
            f"resident {_resident_mb():.0f} MB with all article texts in memory"
        )
        if args.rows:
            args.rows.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
