"""What a question takes for granted ("… đạt 3% GDP, đúng chưa?"): its figure or date beside what the source says."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.wording import EMPTY
from assistant.legal import RegistryDocument
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import find_quantities

_CLAIMS = (
    r"\b(?:dung|phai|duoc|chuan|on|vay) (?:khong|chua|chu)\b|dung vay|da dung|co dung|co phai|sai khong|sai o dau"
    r"|(?:vay|the|nhu vay) (?:co )?duoc|\bhay khong\b|co sai|\bthat (?:khong|a|chu)\b|co that"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The figures, dates and years that a question states and wants confirmed."""

    percents: frozenset[Decimal] = frozenset()
    dates: frozenset[datetime.date] = frozenset()
    years: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.percents or self.dates or self.years)

    def borne_out(self, text: str) -> bool:
        """Whether all of it stands in a text."""
        return self.percents <= _percents(text) and self.dates <= _dates(text) and self.years <= _years(text)

    def contradicted(self, text: str) -> bool:
        """Whether a text states figures of the kind, and other ones."""
        stated = ((self.percents, _percents(text)), (self.dates, _dates(text)), (self.years, _years(text)))
        return any(claimed and found and not claimed <= found for claimed, found in stated)


def claim_of(question: Question, documents: Sequence[RegistryDocument] = ()) -> Claim:
    """What a question claims beside the dates of its documents; an empty claim where it asks for no confirmation."""
    if not question.has(_CLAIMS):
        return Claim()
    own = {document.date for document in documents}
    dates = frozenset(day for day in _dates(question.raw) if day not in own)
    by = frozenset(int(year) for year in _BY_YEAR.findall(question.folded)) if documents else frozenset[int]()
    return Claim(_percents(question.raw), dates, by)


_BY_YEAR = re.compile(r"(?:toi|den|trong|vao|het|truoc|ngay|cuoi|xong)(?: nam)? (20\d\d)\b")


def as_asked(question: Question, claim: Claim) -> Question:
    """The question that a claim answers: its figures asked for and not given."""
    asks = set(question.asks - {"yes_no"})
    asks |= {"percent"} if claim.percents else {"when"} if claim.dates else set()
    kept = tuple("_" if re.fullmatch(r"\d+", word) and len(word) < 4 else word for word in question.kept)
    return replace(question, asks=frozenset(asks), kept=kept, years=() if claim.years else question.years)


_PART_OF_TEXT = r"(?:muc|dieu|khoan|phan|phu luc|chuong|diem)"
# "ở mức nào" asks how much: typed without accents only "nằm ở muc nao" is clear
_LOCATED = re.compile(
    rf"\b(?:(?:nam|duoc|quy dinh|ghi|neu|noi|dat|viet) )+(?:o|tai|trong|thuoc) {_PART_OF_TEXT} (?:nao|may)\b"
    rf"|\b(?:tai|trong|thuoc) {_PART_OF_TEXT} nao\b"
    rf"|\b{_PART_OF_TEXT.replace('muc|', '')} nao\b(?! (?:bao|gom|dong|dich|do|thu))"
    r"|^muc nao\b"
)


def located(question: Question) -> Question | None:
    """What stands where, of a question for the provision ("chỉ tiêu 3% … nằm ở mục nào?"); None of any other."""
    match = _LOCATED.search(question.folded)
    if match is None or "mức" in question.typed.values():
        return None
    start = len(question.folded[: match.start()].split())
    end = start + len(match.group().split())
    # "3%" stands as figures in the text
    blank = {i for i, word in enumerate(question.kept) if start <= i < end or word in ("phan", "tram")}
    kept = tuple(EMPTY if i in blank else word for i, word in enumerate(question.kept))
    return replace(question, kept=kept, asks=frozenset(), years=())


def bearing(question: Question, said: Sequence[Statement]) -> list[Statement]:
    """The statements with the percentages that a question gives, where there are any; else all."""
    given = _percents(question.raw)
    bear = [s for s in said if given and given <= _percents(" ".join(source.quote for source in s.sources))]
    return bear or list(said)


def judged(claim: Claim, said: Sequence[Statement]) -> list[Statement]:
    """The statements with a word on whether they bear the claim out, the one that does first."""
    if not claim or not said:
        return list(said)
    quotes = [" ".join(f"{source.quote} {_heading_year(source)}" for source in s.sources) for s in said]
    right = next((i for i, quote in enumerate(quotes) if claim.borne_out(quote)), None)
    if right is not None:
        first = replace(said[right], text=f"Đúng. {said[right].text}")
        return [first, *(statement for i, statement in enumerate(said) if i != right)]
    if claim.contradicted(quotes[0]):
        return [replace(said[0], text=f"Chưa đúng, nguồn ghi khác. {said[0].text}"), *said[1:]]
    return list(said)


def _percents(text: str) -> frozenset[Decimal]:
    return frozenset(q.value for q in find_quantities(text) if q.kind == "percent")


def _heading_year(source: Source) -> str:
    """The heading that says of which year a statement is, where the statement does not."""
    return "" if _years(source.quote) else source.location


def _years(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text))


def _dates(text: str) -> frozenset[datetime.date]:
    return frozenset(mention.value for mention in find_dates(text) if mention.value)
