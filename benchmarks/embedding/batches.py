"""Batches of (question-like, document-like) pairs, half of them full of near misses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.embedding.segments import (
    Bags,
    Bools,
    Ints,
    Segments,
    gather,
    hide_overlap,
    join,
    query_noise,
)

# What people put round the words that matter: citizens asking, officers asking the program.
QUESTION_PHRASES = (
    "là gì", "như thế nào", "ra sao", "bao nhiêu", "khi nào", "ở đâu", "bao lâu", "có được không",
    "có phải không", "gồm những gì", "được quy định như thế nào", "theo quy định của pháp luật", "cho tôi hỏi",
    "xin hỏi", "tôi muốn biết", "trường hợp nào", "ai có thẩm quyền", "cần giấy tờ gì", "thủ tục ra sao",
    "bị xử lý thế nào", "mức phạt là bao nhiêu", "hiện nay", "phải báo cáo những gì", "mục này cần nêu gì",
    "số liệu nào cần chuẩn bị", "căn cứ văn bản nào", "chỉ tiêu đến năm nào", "nhờ anh chị hướng dẫn",
    "ạ", "vậy thì sao", "của tôi", "đúng hay sai",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """How batches are made; shares are probabilities.

    Attributes:
        size: pairs per batch.
        wiki: batches wholly of Wikipedia pairs.
        one_group: among the others, batches made of runs of up to `run` documents of one law.
        clusters: among the rest, batches made of runs of documents that LSA finds alike, whatever their law.
        hidden: overlapping features taken from a chunk whose own sentence is the query.
    """

    size: int = 768
    run: int = 64
    wiki: float = 0.15
    one_group: float = 0.5
    clusters: float = 0.2
    hidden: float = 0.35
    drop_accents: float = 0.15
    drop_words: float = 0.25
    phrase: float = 0.5
    max_document: int = 320


class PairSampler:
    """Draws batches from segments.

    Args:
        wiki: which documents are Wikipedia paragraphs.
        cluster: number of the LSA cluster per document; empty where clusters are not used.
    """

    def __init__(
        self,
        segments: Segments,
        plan: BatchPlan,
        *,
        folded: Bools,
        wiki: Bools,
        cluster: Ints,
        phrases: Sequence[Ints],
        random: np.random.Generator,
    ) -> None:
        self._segments = segments
        self._plan = plan
        self._folded = folded
        self._random = random
        self._wiki = np.flatnonzero(wiki)
        self._articles = np.flatnonzero(~wiki)
        self._groups = _members(segments.group, self._articles)
        self._clusters = _members(cluster, self._articles) if len(cluster) else []
        self._phrase_rows = np.concatenate(phrases)
        ends = np.cumsum([len(phrase) for phrase in phrases])
        self._phrases = np.stack([np.concatenate([[0], ends[:-1]]), ends], axis=1)

    def draw(self) -> tuple[Bags, Bags]:
        """Queries and documents of one batch, without pairs that noise left empty."""
        random, plan = self._random, self._plan
        queries, documents = self._pairs(self._documents())
        queries = query_noise(queries, self._folded, random, drop_accents=plan.drop_accents, drop_words=plan.drop_words)
        chosen = self._phrases[random.integers(len(self._phrases), size=queries.count)].copy()
        chosen[random.random(queries.count) > plan.phrase] = 0
        phrased = join(queries, gather(self._phrase_rows, chosen))
        full = (queries.sizes() > 0) & (documents.sizes() > 0)
        return _subset(phrased, full), _subset(documents, full)

    def _documents(self) -> Ints:
        random, plan = self._random, self._plan
        if random.random() < plan.wiki and len(self._wiki):
            return random.choice(self._wiki, plan.size)
        draw = random.random()
        if draw < plan.one_group:
            return self._runs(self._groups)
        if draw < plan.one_group + plan.clusters and self._clusters:
            return self._runs(self._clusters)
        return random.choice(self._articles, plan.size)

    def _runs(self, groups: Sequence[Ints]) -> Ints:
        taken: list[Ints] = []
        while sum(map(len, taken)) < self._plan.size:
            members = groups[int(self._random.integers(len(groups)))]
            taken.append(self._random.permutation(members)[: self._plan.run])
        return np.concatenate(taken)[: self._plan.size]

    def _pairs(self, documents: Ints) -> tuple[Bags, Bags]:
        """40 % title -> chunk, 40 % sentence -> its chunk with the overlap thinned, 20 % sentence -> the next."""
        s, random = self._segments, self._random
        count = len(documents)
        sentences = s.first_sentence[documents + 1] - s.first_sentence[documents]
        titled = s.title[documents, 1] > s.title[documents, 0]
        kind = random.random(count)
        by_title = (titled & (kind < 0.4)) | (sentences == 0)
        by_next = ~by_title & (kind > 0.8) & (sentences > 1)
        last_choice = np.maximum(sentences - by_next, 1)
        sentence = s.first_sentence[documents] + (random.random(count) * last_choice).astype(np.int64)
        sentence = np.minimum(sentence, len(s.sentence) - 1)
        query = np.where(by_title[:, None], s.title[documents], s.sentence[sentence])
        answer = s.chunk[self._chunk_of(documents, sentence, by_title)]
        following = np.minimum(sentence + 1, len(s.sentence) - 1)
        answer = np.where(by_next[:, None], s.sentence[following], answer)
        queries, bags = gather(s.rows, query), self._capped(gather(s.rows, answer))
        hidden = np.where(by_title | by_next, 0.0, self._plan.hidden)
        bags = hide_overlap(bags, queries, hidden, len(self._folded), random)
        headed = ~by_title & ~by_next & (random.random(count) < 0.5)
        heads = np.where(headed[:, None], s.title[documents], 0)
        return queries, join(bags, gather(s.rows, heads))

    def _chunk_of(self, documents: Ints, sentence: Ints, by_title: Bools) -> Ints:
        s, random = self._segments, self._random
        first, end = s.first_chunk[documents], s.first_chunk[documents + 1]
        anywhere = first + (random.random(len(documents)) * (end - first)).astype(np.int64)
        opening = np.where(random.random(len(documents)) < 0.5, first, anywhere)
        around = np.searchsorted(s.chunk[:, 0], s.sentence[sentence, 0], side="right") - 1
        return np.where(by_title, opening, np.clip(around, first, end - 1))

    def _capped(self, bags: Bags) -> Bags:
        sizes = np.maximum(bags.sizes(), 1)
        share = self._plan.max_document / sizes
        return bags.keep(self._random.random(len(bags.rows)) < share[bags.owner])


def _members(label: Ints, documents: Ints, smallest: int = 16) -> list[Ints]:
    """Documents per label, for labels with enough of them."""
    order = documents[np.argsort(label[documents], kind="stable")]
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return [members for members in np.split(order, cuts) if len(members) >= smallest]


def _subset(bags: Bags, wanted: Bools) -> Bags:
    number = np.cumsum(wanted) - 1
    kept = wanted[bags.owner]
    return Bags(bags.rows[kept], number[bags.owner[kept]], int(wanted.sum()))
