"""Full mentions in the making: symbol, type word, date, issuer, what a list shares, and title."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.legal.dates_beside import DateBeside, date_beside
from assistant.legal.grammar import grammar
from assistant.legal.issuers import IssuerBeside, issuer_at
from assistant.legal.models import LegalReference, Span, Symbol
from assistant.legal.prepared import PreparedText, squeeze
from assistant.legal.provisions import provisions_beside
from assistant.legal.symbols import FoundSymbol, find_symbols, is_party_organ
from assistant.legal.titles import Head, title_at
from assistant.legal.typewords import TypeWord, type_before

TitleLookup = Callable[[str], Sequence[str]]
CONNECTOR = re.compile(r"[\s,&]*(?:và|hoặc|cùng\s+với|cùng|;)?[\s,]*(?:các\s+)?(?:số\s*:?\s*)?$")
# the number of a form, a file or an annex is no symbol of a document
_FORM_NUMBER = re.compile(r"(?<!\w)(?:mẫu|biểu|phụ\s+lục|phiếu|hồ\s+sơ|mã)(?:\s+(?:số|biểu))?\s*:?\s*$")
_LOCAL = re.compile(r"(?:UBND|HĐND|CTUBND|TU|ĐU|HU|QU|BCĐ|VP|S[A-ZĐ]{2,}|MTTQ)")


@dataclass(slots=True)
class Mention:
    """A mention in the making; offsets in the NFC text."""

    found: FoundSymbol
    word: TypeWord | None
    start: int
    end: int
    date: DateBeside | None = None
    issuer: IssuerBeside | None = None
    title: tuple[str, Span] | None = None
    type: str | None = None
    shared: set[str] = field(default_factory=set)

    @property
    def symbol(self) -> Symbol:
        return self.found.symbol

    @property
    def tail(self) -> int:
        """Where symbol, date and issuer end."""
        return max(self.end, self.date.whole_end if self.date else 0, self.issuer.end if self.issuer else 0)


def default_type(symbol: Symbol) -> str | None:
    if symbol.system == "dispatch":
        return "Công văn"
    if symbol.code is None:
        return "Nghị quyết" if symbol.organ.startswith("UBTVQH") else None
    names = grammar().names_of(symbol.code, "party" if is_party_organ(symbol.organ) else "state")
    return names[0] if names else None


def read_mentions(prepared: PreparedText, own: Sequence[Span]) -> list[Mention]:
    """Symbols with their type words, dates and issuers."""
    mentions: list[Mention] = []
    floor = 0
    for found in find_symbols(prepared.text):
        if any(span.start <= found.start < span.end for span in own):
            continue
        word = type_before(prepared, found.start, law=found.symbol.system == "law", floor=floor)
        listed = bool(mentions) and CONNECTOR.match(prepared.low[floor : found.start]) is not None
        if word is None and (
            not found.known_body or _FORM_NUMBER.search(prepared.low, max(0, found.start - 24), found.start)
        ):
            continue
        if word is None and found.symbol.system == "dispatch" and not listed and not _dispatch_alone(prepared, found):
            continue
        mention = Mention(found, word, word.start if word else found.start, found.end)
        mention.type = word.name if word else default_type(found.symbol)
        if word is None and listed and _may_share(mentions[-1].type, found.symbol):
            mention.type = mentions[-1].type
            mention.shared.add("type")
        _read_beside(prepared, mention)
        mentions.append(mention)
        floor = mention.tail
    return mentions


def _may_share(kind: str | None, symbol: Symbol) -> bool:
    """Whether the type word of a list may stand for this symbol too."""
    if symbol.system == "dispatch":
        return kind in ("Công văn", "Văn bản")
    if symbol.code is None:
        return True
    return kind in grammar().generic or kind in grammar().names_of(symbol.code, "both")


def _dispatch_alone(prepared: PreparedText, found: FoundSymbol) -> bool:
    """A công văn without a type word: only where "số" stands before it, or the body is one of the grammar."""
    return (found.known_body and found.symbol.organ not in ("BC", "KH")) or prepared.low[: found.start].endswith("số ")


def _read_beside(prepared: PreparedText, mention: Mention) -> None:
    mention.date = date_beside(prepared.low, mention.found.end)
    if mention.date:
        mention.end = mention.date.whole_end
    mention.issuer = issuer_at(
        prepared, mention.end, joint=len(mention.symbol.organs) > 1 and mention.symbol.system == "state"
    )
    if mention.issuer is None and mention.word and mention.word.between:
        mention.issuer = issuer_at(prepared, mention.word.between[0], bare=False)
        if mention.issuer and mention.issuer.end > mention.found.start:
            mention.issuer = None
    if mention.date is None and mention.issuer and mention.issuer.end > mention.end:
        later = date_beside(prepared.low, mention.issuer.end)  # "… của Bộ Chính trị ngày 22/12/2024"
        if later:
            mention.date = later


def share_lists(prepared: PreparedText, mentions: list[Mention]) -> None:
    """An issuer or a date behind the last member of a list belongs to each member of the same body."""
    for last in range(len(mentions) - 1, 0, -1):
        here, before = mentions[last], mentions[last - 1]
        gap = prepared.low[before.tail : here.start]
        if len(gap) > 40 or ";" in gap or not CONNECTOR.match(gap):
            continue
        same_body = before.symbol.organs == here.symbol.organs
        if here.issuer and before.issuer is None and same_body:
            before.issuer = here.issuer
            before.shared.add("issuer")
        bare = "type" in here.shared
        if here.date and before.date is None and (bare or here.date.same) and same_body:
            before.date = here.date
            before.shared.add("date")


def _is_local(symbol: Symbol) -> bool:
    return symbol.system == "dispatch" or any(_LOCAL.fullmatch(organ) for organ in symbol.organs)


def read_titles(prepared: PreparedText, mentions: list[Mention], titles: TitleLookup) -> None:
    heads = [Head(m.start, m.tail, m.symbol.organ) for m in mentions]
    for index, mention in enumerate(mentions):
        if mention.word and mention.word.law_name:
            start = mention.word.start
            mention.title = (mention.word.law_name, Span(start, mention.word.name_end))
            continue
        known = titles(mention.symbol.text)
        mention.title = title_at(
            prepared,
            mention.tail,
            heads[index + 1 : index + 12],
            local=_is_local(mention.symbol),
            organ=mention.symbol.organ,
            known=known,
        )
    for index in range(len(mentions) - 1, 0, -1):
        here, before = mentions[index], mentions[index - 1]
        if "issuer" in before.shared and before.issuer is here.issuer and here.title and before.title is None:
            before.title = here.title
            before.shared.add("title")


def _style(mention: Mention) -> tuple[str, ...]:
    remarks = []
    if mention.word and not mention.word.with_so and mention.word.law_name is None:
        remarks.append("missing_so")
    if mention.found.spaced:
        remarks.append("spaces")
    if mention.found.letters:
        remarks.append("letters")
    return tuple(remarks)


def build_reference(prepared: PreparedText, mention: Mention, floor: int) -> LegalReference:
    span = prepared.original(Span(mention.start, mention.end))
    beside, issuer, title = mention.date, mention.issuer, mention.title
    return LegalReference(
        text=squeeze(prepared.text[mention.start : mention.end]),
        start=span.start,
        end=span.end,
        type=mention.type or default_type(mention.symbol),
        type_written=mention.word.written if mention.word else None,
        symbol=mention.symbol.text,
        parsed=mention.symbol,
        symbol_span=prepared.original(Span(mention.found.start, mention.found.end)),
        date=beside.value if beside else None,
        date_text=squeeze(prepared.text[beside.start : beside.end]) if beside else None,
        date_span=prepared.original(Span(beside.start, beside.end)) if beside else None,
        issuer=issuer.text if issuer else None,
        issuer_span=prepared.original(issuer.span) if issuer else None,
        title=title[0] if title else None,
        title_span=prepared.original(title[1]) if title else None,
        provisions=provisions_beside(prepared, mention.start, mention.end, floor),
        shared=frozenset(mention.shared),
        style=_style(mention),
    )
