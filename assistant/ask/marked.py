"""A question with a mark in the place of each document that it names, and what its parts ask of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.aspects import NAME, aspects_of, beyond_aspects, named_as, without_owner
from assistant.ask.parts import Part
from assistant.ask.question import Question
from assistant.ask.wording import EMPTY
from assistant.legal import RegistryDocument
from assistant.vietnamese.tokens import folded_syllables

# "Chủ tịch xã bảo NQ 57 …": who said so is not asked about
_HEARD = re.compile(
    rf"^(?:\w+ ){{1,6}}(?:bao|noi|nghe|ke|khang dinh|cho rang|bao la|noi la|noi rang) (?=(?:theo )?{NAME})"
)
# the document that the one spoken of was answered by: "luật mới đó"
POINTS_AT_OTHER = (
    r"\b(?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu|van ban|quy dinh|cai)(?: (?:sua(?: doi)?|thay the|thay))?"
    r" (?:do|nay|ay|moi|sau|thay the|sua doi)\b"
)
# two documents of which the same is asked
SIDE_BY_SIDE = rf"\b{NAME}\d? (?:(?:va|voi|hay|hoac|lan|cung) )?{NAME}\d?\b"


def marked(question: Question, documents: Sequence[RegistryDocument]) -> Question:
    """The question with a mark for the name of each of its documents, and without what else names them."""
    for n, document in enumerate(documents):
        question = without_owner(named_as(question, document, _mark(n)), document)
    question = _without_codes(question, documents)
    if heard := _HEARD.match(question.folded):
        n = len(heard.group().split())
        question = replace(question, kept=(EMPTY,) * n + question.kept[n:])
    # the year in the name of a document is not asked about
    years = tuple(year for year in question.years if str(year) in question.words)
    question = replace(question, years=years)
    if "symbol" in question.asks and "identity" not in aspects_of(question):
        # "NQ 03 … số doanh nghiệp bao nhiêu" counts
        return replace(question, asks=question.asks - {"symbol"})
    return question


def _mark(n: int) -> str:
    return f"{NAME}{n or ''}"


def named_in(piece: Part, documents: Sequence[RegistryDocument]) -> list[RegistryDocument]:
    """The documents that a part of a marked question names."""
    return [document for n, document in enumerate(documents) if _mark(n) in piece.question.words]


def _without_codes(question: Question, documents: Sequence[RegistryDocument]) -> Question:
    """The question without the codes of its documents' symbols that stand apart ("Thông báo 408 của VPCP")."""
    codes = {word for document in documents for word in folded_syllables(document.symbol) if word.isalpha()}
    kept = tuple(EMPTY if word in codes and len(word) > 1 else word for word in question.kept)
    return replace(question, kept=kept)


def content_of(piece: Part, titles: set[str]) -> list[str]:
    """The words of a part that ask for more than what the document is; of a value asked for, also those of its
    title."""
    words = [word for word in beyond_aspects(piece.question) if word not in piece.question.light]
    if piece.question.asks & {"percent", "count", "money", "why", "how"}:
        return words
    return [word for word in words if word not in titles]


def values_asked(piece: Part) -> bool:
    return bool(piece.question.asks & {"count", "percent", "money"}) and not aspects_of(piece.question)


def asks_aspect(piece: Part) -> bool:
    return any(aspect != "identity" for aspect in aspects_of(piece.question))


def compares(question: Question) -> bool:
    return question.compares or question.has(r"\b(?:giong|khac) nhau")


def title_words(document: RegistryDocument) -> set[str]:
    return set(folded_syllables(f"{document.type} {document.title or ''} {document.issuer or ''}"))
