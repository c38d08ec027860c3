"""Every mention of a legal, Party or administrative document in running text: one linear pass over the text.

    symbols -> type word before, date and issuer beside -> lists that share them -> titles -> laws by name -> short forms

Spans are those of the text as it was given, whatever its Unicode form.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.legal.dates_beside import DateBeside, date_beside
from assistant.legal.grammar import grammar
from assistant.legal.issuers import IssuerBeside, issuer_at
from assistant.legal.laws import find_laws
from assistant.legal.models import LegalReference, SelfReference, Span, Symbol
from assistant.legal.own import own_references
from assistant.legal.prepared import PreparedText, squeeze
from assistant.legal.provisions import provisions_beside
from assistant.legal.shortforms import Antecedents, ShortForm, find_short_forms
from assistant.legal.symbols import FoundSymbol, find_symbols, is_party_organ, parse_symbol, symbol_key
from assistant.legal.titles import Head, title_at
from assistant.legal.typewords import TypeWord, type_before
from assistant.vietnamese.text import nfc

TitleLookup = Callable[[str], Sequence[str]]
_ANAPHORA_REACH = 1500  # code points: "Nghị định này" means a decree named shortly before
_CONNECTOR = re.compile(r"[\s,&]*(?:và|hoặc|cùng\s+với|cùng|;)?[\s,]*(?:các\s+)?(?:số\s*:?\s*)?$")
_LOCAL = re.compile(r"(?:UBND|HĐND|CTUBND|TU|ĐU|HU|QU|BCĐ|VP|S[A-ZĐ]{2,}|MTTQ)")


@dataclass(slots=True)
class _Mention:
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


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a text: the references in order of their start, and the text's own number and date."""

    references: tuple[LegalReference, ...]
    own: tuple[SelfReference, ...]


def _default_type(symbol: Symbol) -> str | None:
    if symbol.system == "dispatch":
        return "Công văn"
    if symbol.code is None:
        return "Nghị quyết" if symbol.organ.startswith("UBTVQH") else None
    names = grammar().names_of(symbol.code, "party" if is_party_organ(symbol.organ) else "state")
    return names[0] if names else None


def _read_heads(prepared: PreparedText, own: Sequence[Span]) -> list[_Mention]:
    """Symbols with their type words, dates and issuers."""
    mentions: list[_Mention] = []
    floor = 0
    for found in find_symbols(prepared.text):
        if any(span.start <= found.start < span.end for span in own):
            continue
        word = type_before(prepared, found.start, law=found.symbol.system == "law", floor=floor)
        listed = bool(mentions) and _CONNECTOR.match(prepared.low[floor : found.start]) is not None
        if word is None and not found.known_body:
            continue
        if word is None and found.symbol.system == "dispatch" and not listed and not _dispatch_alone(prepared, found):
            continue
        mention = _Mention(found, word, word.start if word else found.start, found.end)
        mention.type = word.name if word else _default_type(found.symbol)
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


def _read_beside(prepared: PreparedText, mention: _Mention) -> None:
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


def _share_lists(prepared: PreparedText, mentions: list[_Mention]) -> None:
    """An issuer or a date behind the last member of a list belongs to each member of the same body."""
    for last in range(len(mentions) - 1, 0, -1):
        here, before = mentions[last], mentions[last - 1]
        gap = prepared.low[before.tail : here.start]
        if len(gap) > 40 or ";" in gap or not _CONNECTOR.match(gap):
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


def _read_titles(prepared: PreparedText, mentions: list[_Mention], titles: TitleLookup) -> None:
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


def _style(mention: _Mention) -> tuple[str, ...]:
    remarks = []
    if mention.word and not mention.word.with_so and mention.word.law_name is None:
        remarks.append("missing_so")
    if mention.found.spaced:
        remarks.append("spaces")
    if mention.found.letters:
        remarks.append("letters")
    return tuple(remarks)


def _build(prepared: PreparedText, mention: _Mention, floor: int) -> LegalReference:
    span = prepared.original(Span(mention.start, mention.end))
    beside, issuer, title = mention.date, mention.issuer, mention.title
    return LegalReference(
        text=squeeze(prepared.text[mention.start : mention.end]),
        start=span.start,
        end=span.end,
        type=mention.type or _default_type(mention.symbol),
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


def _laws(prepared: PreparedText, taken: "_Taken", names: frozenset[str]) -> list[LegalReference]:
    found = []
    for law in find_laws(prepared, names):
        if taken.overlaps(law.start, law.end):
            continue
        beside = date_beside(prepared.low, law.end)
        end = beside.whole_end if beside else law.end
        span = prepared.original(Span(law.start, end))
        issuer = issuer_at(prepared, end, bare=False)
        found.append(
            LegalReference(
                text=squeeze(prepared.text[law.start : end]),
                start=span.start,
                end=span.end,
                type=law.kind,
                type_written=law.kind,
                date=beside.value if beside else None,
                date_text=beside.text if beside else (f"năm {law.year}" if law.year else None),
                date_span=prepared.original(Span(beside.start, beside.end)) if beside else None,
                issuer=issuer.text if issuer else None,
                issuer_span=prepared.original(issuer.span) if issuer else None,
                title=law.name,
                title_span=prepared.original(Span(law.start, law.name_end)),
                provisions=provisions_beside(prepared, law.start, end, 0),
            )
        )
        taken.add(law.start, end)
    return found


class _Taken:
    """Spans of the NFC text that already belong to a mention."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        for bucket in range(start // 256, end // 256 + 1):
            self._starts.setdefault(bucket, []).append((start, end))

    def overlaps(self, start: int, end: int) -> bool:
        return any(
            start < other_end and other_start < end
            for bucket in range(start // 256, end // 256 + 1)
            for other_start, other_end in self._starts.get(bucket, ())
        )


def _short(prepared: PreparedText, form: ShortForm, full: Antecedents) -> LegalReference | None:
    span = prepared.original(Span(form.start, form.end))
    issuer = issuer_at(prepared, form.end, bare=False)
    candidates: tuple[str, ...] = ()
    if form.number is None:
        there, resolved = full.before(form.type, span.start, _ANAPHORA_REACH)
        if not there:
            return None
    else:
        fits = full.numbered(form.number, form.type)
        resolved = fits[0] if len(fits) == 1 else None
        candidates = fits if len(fits) > 1 else ()
        if not form.confident and not fits:
            return None
    beside = date_beside(prepared.low, form.end) if form.number else None
    if beside:
        span = prepared.original(Span(form.start, beside.whole_end))
        issuer = issuer_at(prepared, beside.whole_end, bare=False)
    title = (
        title_at(prepared, max(issuer.end if issuer else 0, beside.whole_end if beside else form.end), (), local=False)
        if beside or issuer
        else None
    )
    return LegalReference(
        text=squeeze(prepared.text[form.start : beside.whole_end if beside else form.end]),
        start=span.start,
        end=span.end,
        type=form.type,
        type_written=form.type_written,
        symbol=form.written,
        symbol_span=prepared.original(Span(form.end - len(form.written), form.end)) if form.written else None,
        date=beside.value if beside else None,
        date_text=beside.text if beside else None,
        date_span=prepared.original(Span(beside.start, beside.end)) if beside else None,
        issuer=issuer.text if issuer else None,
        issuer_span=prepared.original(issuer.span) if issuer else None,
        title=title[0] if title else None,
        title_span=prepared.original(title[1]) if title else None,
        provisions=provisions_beside(prepared, form.start, form.end, 0),
        short_form=True,
        resolved=resolved,
        candidates=candidates,
        shared=frozenset({"type"}) if form.shared_type else frozenset(),
    )


def _no_titles(symbol: str) -> Sequence[str]:
    return ()


def extract(
    text: str,
    *,
    titles: TitleLookup = _no_titles,
    law_names: frozenset[str] = frozenset(),
) -> Extraction:
    """The references in `text` and the text's own number and date.

    Args:
        titles: for a symbol, titles that the registry knows: they tell where a title ends.
        law_names: names of laws that the registry knows.
    """
    prepared = PreparedText.of(text)
    own = own_references(prepared)
    spans = [_nfc_span(prepared, o) for o in own]
    mentions = [m for m in _read_heads(prepared, spans) if not _is_own(m, own)]
    _share_lists(prepared, mentions)
    _read_titles(prepared, mentions, titles)
    floors = [0, *(m.tail for m in mentions)]
    references = [_build(prepared, mention, floor) for mention, floor in zip(mentions, floors, strict=False)]
    taken = _Taken([(m.start, m.end) for m in mentions] + [(s.start, s.end) for s in spans])
    references += _laws(prepared, taken, law_names)
    references.sort(key=lambda reference: reference.start)
    full = list(references)
    forms = list(find_short_forms(prepared))
    own_types = {kind for o in own if (kind := _own_type(o))} | _spoken_of_as_this(prepared, forms, full)
    antecedents = Antecedents(full)
    for form in forms:
        if taken.overlaps(form.start, form.end) or (form.number is None and form.type in own_types):
            continue
        reference = _short(prepared, form, antecedents)
        if reference:
            references.append(reference)
            taken.add(form.start, form.end)
    references.sort(key=lambda reference: reference.start)
    references = _share_issuers(text, references)
    return Extraction(tuple(_mark_nested(references)), tuple(own))


def _share_issuers(text: str, references: Sequence[LegalReference]) -> list[LegalReference]:
    """An issuer behind a list of short forms belongs to each of them ("Nghị quyết 57, 59 và 66 của Bộ Chính trị")."""
    shared = list(references)
    for index in range(len(shared) - 1, 0, -1):
        here, before = shared[index], shared[index - 1]
        if not (
            here.short_form and before.short_form and here.issuer and before.issuer is None and here.type == before.type
        ):
            continue
        gap = nfc(text[before.end : here.start]).lower()
        if len(gap) < 40 and ";" not in gap and _CONNECTOR.match(gap):
            names = before.shared | {"issuer"}
            shared[index - 1] = replace(before, issuer=here.issuer, issuer_span=here.issuer_span, shared=names)
    return shared


def _spoken_of_as_this(prepared: PreparedText, forms: Sequence[ShortForm], full: Sequence[LegalReference]) -> set[str]:
    """Types that "… này" names before any other document of the type: there the text speaks of itself."""
    types: set[str] = set()
    first = {r.type: r.start for r in reversed(full)}
    for form in forms:
        if form.number is None:
            start = prepared.original(Span(form.start, form.end)).start
            if start < first.get(form.type, start + 1):
                types.add(form.type)
    return types


def _own_type(own: SelfReference) -> str | None:
    """The document type that the text's own number tells: there "Kế hoạch này" is the text itself."""
    symbol = parse_symbol("1" + own.value.lstrip("0123456789")) if own.kind == "number" and own.value else None
    return _default_type(symbol) if symbol else None


def _nfc_span(prepared: PreparedText, own: SelfReference) -> Span:
    """The span of an own reference in the NFC text."""
    offsets = prepared.mapped.offsets
    if not offsets:
        return Span(own.start, own.end)
    return Span(bisect_left(offsets, own.start), bisect_left(offsets, own.end))


def _is_own(mention: _Mention, own: Sequence[SelfReference]) -> bool:
    key = symbol_key(mention.symbol.text)
    return any(o.kind == "number" and o.value and o.value[:1] != "/" and symbol_key(o.value) == key for o in own)


def _mark_nested(references: Sequence[LegalReference]) -> list[LegalReference]:
    marked, reach = [], 0
    for reference in references:
        inside = reference.start < reach
        marked.append(replace(reference, nested=True) if inside else reference)
        if reference.title_span and reference.title_span.start >= reference.start:
            own_title = reference.title_span
            if own_title.start >= reference.end or not inside:
                reach = max(reach, own_title.end if own_title.start >= reference.end else 0)
    return marked


def find_references(
    text: str, *, titles: TitleLookup = _no_titles, law_names: frozenset[str] = frozenset()
) -> list[LegalReference]:
    """Every mention of a document in `text`, in order, with spans in `text` itself.

    >>> [r.symbol for r in find_references("Nghị quyết số 57- NQ/TW, ngày 22/12/2024 của Bộ Chính trị")]
    ['57-NQ/TW']
    """
    return list(extract(text, titles=titles, law_names=law_names).references)
