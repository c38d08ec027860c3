"""Every mention of a legal, Party or administrative document in running text: one linear pass over the text.

    symbols -> type word before, date and issuer beside -> lists that share them -> titles -> laws -> short forms

Spans are those of the text as it was given, whatever its Unicode form.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.legal.mentions import (
    CONNECTOR,
    Mention,
    TitleLookup,
    build_reference,
    default_type,
    read_mentions,
    read_titles,
    share_lists,
)
from assistant.legal.models import LegalReference, SelfReference, Span
from assistant.legal.own import own_references
from assistant.legal.prepared import PreparedText
from assistant.legal.shortforms import Antecedents, ShortForm, find_short_forms
from assistant.legal.symbols import parse_symbol, symbol_key
from assistant.legal.unnumbered import Taken, named_laws, short_reference
from assistant.vietnamese.text import nfc


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a text: the references in order of their start, and the text's own number and date."""

    references: tuple[LegalReference, ...]
    own: tuple[SelfReference, ...]


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
    mentions = [m for m in read_mentions(prepared, spans) if not _is_own(m, own)]
    share_lists(prepared, mentions)
    read_titles(prepared, mentions, titles)
    floors = [0, *(m.tail for m in mentions)]
    references = [build_reference(prepared, mention, floor) for mention, floor in zip(mentions, floors, strict=False)]
    taken = Taken([(m.start, m.end) for m in mentions] + [(s.start, s.end) for s in spans])
    references += named_laws(prepared, taken, law_names)
    references.sort(key=lambda reference: reference.start)
    full = list(references)
    forms = list(find_short_forms(prepared))
    own_types = {kind for o in own if (kind := _own_type(o))} | _spoken_of_as_this(prepared, forms, full)
    antecedents = Antecedents(full)
    for form in forms:
        if taken.overlaps(form.start, form.end) or (form.number is None and form.type in own_types):
            continue
        reference = short_reference(prepared, form, antecedents)
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
        if len(gap) < 40 and ";" not in gap and CONNECTOR.match(gap):
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
    return default_type(symbol) if symbol else None


def _nfc_span(prepared: PreparedText, own: SelfReference) -> Span:
    """The span of an own reference in the NFC text."""
    offsets = prepared.mapped.offsets
    if not offsets:
        return Span(own.start, own.end)
    return Span(bisect_left(offsets, own.start), bisect_left(offsets, own.end))


def _is_own(mention: Mention, own: Sequence[SelfReference]) -> bool:
    key = symbol_key(mention.symbol.text)
    return any(o.kind == "number" and o.value and o.value[:1] != "/" and symbol_key(o.value) == key for o in own)


def _mark_nested(references: Sequence[LegalReference]) -> list[LegalReference]:
    marked, reach = [], 0
    for reference in references:
        inside = reference.start < reach
        marked.append(replace(reference, nested=True) if inside else reference)
        if "title" not in reference.shared and reference.title_span and reference.title_span.start >= reference.start:
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
