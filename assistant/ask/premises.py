"""What a question takes for granted ("… đạt 3% GDP, đúng chưa?"): its figure or date beside what the source says."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.ask.models import Statement
from assistant.ask.question import Question
from assistant.legal import RegistryDocument
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import find_quantities

_CLAIMS = (
    r"\b(?:dung|phai|duoc|chuan|on|vay) (?:khong|chua|chu)\b|dung vay|da dung|co dung|co phai|sai khong|sai o dau"
    r"|(?:vay|the|nhu vay) (?:co )?duoc|\bhay khong\b|co sai"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The figures and dates that a question states and wants confirmed."""

    percents: frozenset[Decimal]
    dates: frozenset[datetime.date]

    def __bool__(self) -> bool:
        return bool(self.percents or self.dates)

    def borne_out(self, text: str) -> bool:
        """Whether all of it stands in a text."""
        return self.percents <= _percents(text) and self.dates <= _dates(text)

    def contradicted(self, text: str) -> bool:
        """Whether a text states figures of the kind, and other ones."""
        return bool((self.percents and _percents(text)) or (self.dates and _dates(text))) and not self.borne_out(text)


def claim_of(question: Question, documents: Sequence[RegistryDocument] = ()) -> Claim:
    """What a question claims beside the dates of its documents; an empty claim where it asks for no confirmation."""
    if not question.has(_CLAIMS):
        return Claim(frozenset(), frozenset())
    own = {document.date for document in documents}
    return Claim(_percents(question.raw), frozenset(day for day in _dates(question.raw) if day not in own))


def as_asked(question: Question, claim: Claim) -> Question:
    """The question that a claim answers: its figures asked for and not given."""
    asks = set(question.asks - {"yes_no"})
    asks |= {"percent"} if claim.percents else {"when"}
    kept = tuple("_" if re.fullmatch(r"\d+", word) and len(word) < 4 else word for word in question.kept)
    return replace(question, asks=frozenset(asks), kept=kept)


def judged(claim: Claim, said: Sequence[Statement]) -> list[Statement]:
    """The statements with a word on whether they bear the claim out, the one that does first."""
    if not claim or not said:
        return list(said)
    quotes = [" ".join(source.quote for source in statement.sources) for statement in said]
    right = next((i for i, quote in enumerate(quotes) if claim.borne_out(quote)), None)
    if right is not None:
        first = replace(said[right], text=f"Đúng. {said[right].text}")
        return [first, *(statement for i, statement in enumerate(said) if i != right)]
    if claim.contradicted(quotes[0]):
        return [replace(said[0], text=f"Chưa đúng, nguồn ghi khác. {said[0].text}"), *said[1:]]
    return list(said)


def _percents(text: str) -> frozenset[Decimal]:
    return frozenset(q.value for q in find_quantities(text) if q.kind == "percent")


def _dates(text: str) -> frozenset[datetime.date]:
    return frozenset(mention.value for mention in find_dates(text) if mention.value)
