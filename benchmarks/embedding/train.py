"""Train the embedding that ships: python -m benchmarks.embedding.train ../shared --minutes 9

Reads texts that are not part of the project (see `texts.py`), writes `knowledge/embedding/`. With `--steps` a run can
be repeated; `--minutes` lets the clock decide when the learning rate falls and ends. The settings and the steps done
are written to the model's `config.json`.
"""

import argparse
import dataclasses
import json
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.library.embedding import SHIPPED
from assistant.library.features import feature_names
from benchmarks.embedding.batches import QUESTION_PHRASES, BatchPlan, PairSampler
from benchmarks.embedding.export import save_model
from benchmarks.embedding.lsa import Matrix, clusters, initial_vectors
from benchmarks.embedding.segments import Bags, Bools, Ints, Segments, build_segments, folded_rows
from benchmarks.embedding.texts import TrainingDocument, administrative_sections, law_articles, wiki_paragraphs
from benchmarks.embedding.vocabulary import VocabularySize, build_vocabulary

_COUNTED_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the result, beside the texts.

    Attributes:
        learning_rate: in units of the mean absolute value of the initial vectors.
        scale: of the cosine in the softmax.
        steps: stop after so many; 0 stops by `minutes` alone.
    """

    dimension: int = 256
    wiki_paragraphs: int = 45_000
    svd_chunks: int = 60_000
    cluster_size: int = 48
    learning_rate: float = 0.05
    scale: float = 20.0
    warmup: int = 50
    minutes: float = 9.0
    steps: int = 0
    threads: int = 2
    seed: int = 57
    vocabulary: VocabularySize = field(default_factory=VocabularySize)
    batch: BatchPlan = field(default_factory=BatchPlan)


@dataclass(slots=True)
class Prepared:
    """The texts, turned into numbers."""

    vocabulary: dict[str, int]
    segments: Segments
    wiki: Bools
    initial: Matrix
    cluster: Ints


def prepare(shared: Path, recipe: Recipe) -> Prepared:
    """Vocabulary, feature rows, LSA vectors and clusters."""
    articles = [*law_articles(shared), *administrative_sections(shared)]
    wiki = list(wiki_paragraphs(shared, recipe.wiki_paragraphs))
    vocabulary = build_vocabulary(_counted_texts([*articles, *wiki]), recipe.vocabulary)
    segments = build_segments([*articles, *wiki], vocabulary)
    initial = initial_vectors(segments, len(vocabulary), recipe.dimension, chunks=recipe.svd_chunks, seed=recipe.seed)
    cluster = (
        clusters(segments, initial, size=recipe.cluster_size, seed=recipe.seed)
        if recipe.batch.clusters
        else np.zeros(0, np.int64)
    )
    wiki_group = segments.group[-1] if wiki else -1
    return Prepared(vocabulary, segments, segments.group == wiki_group, initial, cluster)


def _counted_texts(documents: Sequence[TrainingDocument]) -> Iterator[str]:
    """Runs of a few sentences: over whole articles any two frequent syllables seem to go together."""
    for document in documents:
        yield document.title
        for start in range(0, len(document.sentences), _COUNTED_SENTENCES):
            yield "\n".join(document.sentences[start : start + _COUNTED_SENTENCES])


def learn(prepared: Prepared, recipe: Recipe) -> tuple[Matrix, int]:
    """Symmetric in-batch contrastive learning at three nested dimensions; returns the vectors and the steps done."""
    import torch
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    sampler = _sampler(prepared, recipe)
    weights = torch.nn.Parameter(torch.from_numpy(prepared.initial.copy()))
    rate = recipe.learning_rate * float(np.abs(prepared.initial).mean())
    optimiser = torch.optim.Adam([weights], lr=rate)
    dimensions = [recipe.dimension // part for part in (1, 2, 4)]

    def means(bags: Bags) -> torch.Tensor:
        rows, offsets = torch.from_numpy(bags.rows), torch.from_numpy(bags.offsets())
        return functional.embedding_bag(rows, weights, offsets, mode="mean")

    started, running, step = time.monotonic(), 0.0, 0
    while True:
        done = _progress(recipe, step, time.monotonic() - started)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / recipe.warmup) * max(0.02, 1 - done)
        queries, documents = (means(bags) for bags in sampler.draw())
        target = torch.arange(len(queries))
        loss = torch.zeros(())
        for dimension in dimensions:
            q = functional.normalize(queries[:, :dimension], dim=1)
            d = functional.normalize(documents[:, :dimension], dim=1)
            scores = q @ d.T * recipe.scale
            loss = loss + functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        running += (loss.item() / 6 - running) * (0.05 if step else 1.0)
        step += 1
        if step % 100 == 0:
            print(f"step {step}  loss {running:.3f}  {time.monotonic() - started:.0f} s", flush=True)
    return weights.detach().numpy(), step


def _progress(recipe: Recipe, step: int, seconds: float) -> float:
    return step / recipe.steps if recipe.steps else seconds / (60 * recipe.minutes)


def _sampler(prepared: Prepared, recipe: Recipe) -> PairSampler:
    known = prepared.vocabulary
    phrases = [
        np.array([known[name] for name in feature_names(phrase) if name in known], np.int64)
        for phrase in QUESTION_PHRASES
    ]
    return PairSampler(
        prepared.segments,
        recipe.batch,
        folded=folded_rows(known),
        wiki=prepared.wiki,
        cluster=prepared.cluster,
        phrases=phrases,
        random=np.random.default_rng(recipe.seed),
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with bench/, corpus/ and samples/")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED)
    parser.add_argument("--minutes", type=float, default=Recipe().minutes)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--learning-rate", type=float, default=Recipe().learning_rate)
    parser.add_argument("--hidden", type=float, default=BatchPlan().hidden)
    parser.add_argument("--clusters", type=float, default=BatchPlan().clusters)
    parser.add_argument("--cache", type=Path, help="keep the prepared texts here between runs")
    args = parser.parse_args()
    recipe = Recipe(
        minutes=args.minutes,
        steps=args.steps,
        learning_rate=args.learning_rate,
        batch=BatchPlan(hidden=args.hidden, clusters=args.clusters),
    )
    started = time.monotonic()
    prepared = _prepared(args.shared, recipe, args.cache)
    print(f"prepared {len(prepared.vocabulary)} features, {len(prepared.segments.title)} documents, "
          f"{time.monotonic() - started:.0f} s", flush=True)  # fmt: skip
    vectors, steps = learn(prepared, recipe)
    details = dataclasses.asdict(recipe) | {"steps": steps, "documents": len(prepared.segments.title)}
    save_model(args.output, prepared.vocabulary, vectors, details)
    print(json.dumps(details, ensure_ascii=False), f"{time.monotonic() - started:.0f} s")


def _prepared(shared: Path, recipe: Recipe, cache: Path | None) -> Prepared:
    if cache is not None and cache.exists():
        with cache.open("rb") as file:
            prepared: Prepared = pickle.load(file)
        return prepared
    prepared = prepare(shared, recipe)
    if cache is not None:
        with cache.open("wb") as file:
            pickle.dump(prepared, file, protocol=5)
    return prepared


if __name__ == "__main__":
    main()
