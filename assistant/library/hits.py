"""What a search returns, and how near-duplicates are folded and versions ordered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.library.excerpt import best_span
from assistant.library.features import fold_syllable
from assistant.library.models import DocumentRecord, Passage
from assistant.library.ranking import Likeness
from assistant.library.validity import REPEALED

_WORD = re.compile(r"\w+")
# Share of word runs from which two passages count as versions of one text.
_VERSION_LIKENESS = 0.6
_COSINE_GAP = 0.03
# Reports of two quarters or two communes read alike and are no versions of one another.
_VERSIONED_KINDS = frozenset({"legal", "plan", "guidance"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found.

    Attributes:
        passage: the whole Điều or section, or a part of a long one.
        document: the document it stands in.
        score: what hits are ordered by; comparable within one search only.
        lexical: BM25; 0 where it was found by meaning alone.
        cosine: with the question, None where no vector was compared.
        named: the question names its document.
        status: of its document in the registry ("in_force", "replaced" …); "" where the registry has none.
        duplicates: ids of passages with the same words and figures, folded into this one.
        words: folded syllables of the question with their rarity, for `coverage` and `excerpt`.
    """

    passage: Passage
    document: DocumentRecord
    score: float
    lexical: float = 0.0
    cosine: float | None = None
    named: bool = False
    status: str = ""
    duplicates: tuple[str, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def coverage(self) -> float:
        """Share, 0 to 1, of the question's words, weighted by rarity, that the passage, its headings or its document's
        title hold. Made anew at each call."""
        passage = self.passage
        text = "\n".join((self.document.title, passage.heading_text, passage.table_header or "", passage.text))
        # word by word through the cache: several times faster than folding the text
        held = self.words.keys() & set(map(fold_syllable, _WORD.findall(text)))
        return sum(self.words[word] for word in held) / sum(self.words.values()) if self.words else 0.0

    def excerpt(self, limit: int = 480) -> tuple[int, int]:
        """Start and end in `passage.text` of what to show for the question, about `limit` code points."""
        return best_span(self.passage.text, self.words.keys(), limit)


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """One result; `start` and `end` are the passage's span in the document's text, `excerpt` a span of `text`."""
    passage, identity = hit.passage, hit.document.identity
    start, end = hit.excerpt()
    return {
        "rank": rank,
        "score": round(hit.score, 4),
        "passage_id": passage.id,
        "document_id": hit.document.id,
        "document_title": hit.document.title,
        "symbol": identity.symbol,
        "kind": hit.document.kind,
        "unit": identity.unit,
        "location": passage.location,
        "page": passage.page,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "excerpt": {"start": start, "end": end},
        "status": hit.status,
        "duplicates": list(hit.duplicates),
    }


def fold_duplicates(hits: Sequence[Hit], k: int) -> list[Hit]:
    """At most `k` hits: one per Điều or section, near-duplicates folded, the newer of two versions first.

    Args:
        hits: best first.
    """
    kept: list[Hit] = []
    likeness: dict[str, Likeness] = {}
    sections: set[tuple[str, int]] = set()
    for hit in hits:
        if len(kept) >= k:
            break
        section = (hit.document.id, hit.passage.unit)
        if section not in sections:
            sections.add(section)
            _place(hit, kept, likeness)
    return kept


def _place(hit: Hit, kept: list[Hit], likeness: dict[str, Likeness]) -> None:
    """Append `hit`, or fold it into a duplicate, or put it before the older version of its text."""
    for position, other in enumerate(kept):
        if not _comparable(hit, other):
            continue
        mine, others = _likeness(hit, likeness), _likeness(other, likeness)
        if mine.duplicates(others):
            first, second = (hit, other) if _prevails(hit, other) else (other, hit)
            folded = (*other.duplicates, second.passage.id)
            kept[position] = replace(first, score=other.score, duplicates=folded)
            return
        # cheap signs first
        if _versions(hit, other) and _prevails(hit, other) and mine.same_words(others, _VERSION_LIKENESS):
            kept.insert(position, replace(hit, score=other.score))
            return
    kept.append(hit)


def _likeness(hit: Hit, known: dict[str, Likeness]) -> Likeness:
    if hit.passage.id not in known:
        known[hit.passage.id] = Likeness(hit.passage.text)
    return known[hit.passage.id]


def _versions(hit: Hit, other: Hit) -> bool:
    return hit.document.kind == other.document.kind and hit.document.kind in _VERSIONED_KINDS


def _comparable(hit: Hit, other: Hit) -> bool:
    """Cheap signs that two passages may have the same words."""
    shorter, longer = sorted((len(hit.passage.text), len(other.passage.text)))
    near = hit.cosine is None or other.cosine is None or abs(hit.cosine - other.cosine) < _COSINE_GAP
    return hit.document.id != other.document.id and near and shorter > _VERSION_LIKENESS * longer


def _prevails(hit: Hit, other: Hit) -> bool:
    """Whether `hit` is in force and `other` is not, or, where both are or neither is, `hit` is the newer one.

    A document that the question names is never displaced by its successor.
    """
    if hit.named != other.named:
        return hit.named
    if (hit.status in REPEALED) != (other.status in REPEALED):
        return other.status in REPEALED
    return (hit.document.identity.date or "") > (other.document.identity.date or "")
