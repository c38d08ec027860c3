"""Are the search's weights fitted to the published questions? python -m benchmarks.retrieval_weights ../shared

Chooses the weights anew on one half of the questions and reports the other half, over many random halves, beside the
weights that ship and BM25. nDCG@10, the mean of the four forms of a question, of the fused ranking before headings and
near-duplicates are looked at.
"""

import argparse
import itertools
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.library.embedding import STATIC_WEIGHT, StaticEmbedder
from assistant.library.lexical import LexicalIndex, Match
from assistant.library.query import prepare_query
from assistant.library.ranking import Weights, fuse
from assistant.library.retrieval import DEPTH, PHRASE_DEPTH
from assistant.vietnamese.tokens import lexical_terms
from benchmarks.retrieval import FORMS, SETS, ArticleStore, entries, ndcg, read_articles, read_questions

Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]

_PHRASES = (0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8)
_COHERENCE = (0.0, 0.05, 0.1, 0.15, 0.2)
_DENSE = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3)
_GRID = tuple(itertools.product(_PHRASES, _COHERENCE, _DENSE))
_SHIPPED = (Weights().phrases, Weights().coherence, STATIC_WEIGHT)
_SPLITS = 200


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to fuse for one form of a question, and the BM25 ranking of the question as typed."""

    relevant: frozenset[str]
    plain: list[str]
    best: list[Match]
    phrases: dict[str, float]
    cosines: dict[str, float]
    familiar: bool

    def score(self, phrases: float, coherence: float, dense: float) -> float:
        """nDCG@10 with these weights."""
        weights = Weights(phrases=phrases, coherence=coherence)
        found = fuse(self.best, self.phrases, self.cosines, dense if self.familiar else 0.0, weights)
        return ndcg([scored.id for scored in found], self.relevant)


def gather(
    index: LexicalIndex, store: ArticleStore, embedder: StaticEmbedder, text: str, relevant: frozenset[str]
) -> Gathered:
    """Search once; what is found does not depend on the weights."""
    query = prepare_query(text, index)
    best = index.search(query.terms, DEPTH)
    vector = embedder.embed_query(query.meaning)
    return Gathered(
        relevant,
        [match.entry_id for match in index.search([(t, 1.0) for t in dict.fromkeys(lexical_terms(text))], 10)],
        best,
        index.held(query.pairs, [match.entry_id for match in best[:PHRASE_DEPTH]]),
        {i: float(vector @ other) for i, other in store.vectors([match.entry_id for match in best]).items()},
        embedder.weight_for(query.meaning) > 0,
    )


def choose(table: Floats, halves: Sequence[Columns]) -> int:
    """The row that is best on these columns, each set counting the same."""
    return int(np.argmax(sum(table[:, half].mean(axis=1) for half in halves)))


def cross_validate(table: Floats, sets: Sequence[Columns], splits: int) -> tuple[Floats, Counter[int]]:
    """Choose on one half of every set and look at the other.

    Args:
        table: one row per choice of weights, one column per question.
        sets: the columns of each set.

    Returns:
        The mean over the splits of what the chosen rows reach on the other half, per set; how often each was chosen.
    """
    generator = np.random.default_rng(57)
    chosen: Counter[int] = Counter()
    reached = np.zeros((splits, len(sets)))
    for split in range(splits):
        mixed = [generator.permutation(columns) for columns in sets]
        row = choose(table, [columns[: len(columns) // 2] for columns in mixed])
        chosen[row] += 1
        reached[split] = [table[row, columns[len(columns) // 2 :]].mean() for columns in mixed]
    means: Floats = reached.mean(axis=0)
    return means, chosen


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with bench/")
    args = parser.parse_args()
    articles, questions, embedder = read_articles(args.shared), read_questions(args.shared), StaticEmbedder()
    store = ArticleStore(articles, embedder)
    with tempfile.TemporaryDirectory() as folder:
        index = LexicalIndex(Path(folder))
        index.add(entries(articles))
        index.commit()
        asked = [[gather(index, store, embedder, q.forms[form], q.relevant) for form in FORMS] for q in questions]
    bm25 = np.array([np.mean([ndcg(form.plain, form.relevant) for form in forms]) for forms in asked])
    table = np.array([[np.mean([form.score(*row) for form in forms]) for forms in asked] for row in _GRID])
    sets = [np.array([i for i, question in enumerate(questions) if question.set == name]) for name in SETS]
    held_out, chosen = cross_validate(table, sets, _SPLITS)
    shipped, best = _GRID.index(_SHIPPED), choose(table, sets)
    print(
        "| set | BM25 | chosen on the other half | as shipped | best on these very questions |\n|---|---|---|---|---|"
    )
    for name, columns, reached in zip(SETS, sets, held_out, strict=True):
        rows = (table[row, columns].mean() for row in (shipped, best))
        print(f"| {name} | {bm25[columns].mean():.1f} | {reached:.1f} | " + " | ".join(f"{r:.1f}" for r in rows) + " |")
    print(f"\nbest of all (phrases, coherence, dense): {_GRID[best]}; chosen most often:")
    for row, times in chosen.most_common(8):
        print(f"  {_GRID[row]}: {times} of {_SPLITS}")


if __name__ == "__main__":
    main()
