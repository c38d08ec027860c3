"""References without a full symbol: laws by name and short forms, after the full mentions are known."""

from collections.abc import Sequence

from assistant.legal.dates_beside import date_beside
from assistant.legal.issuers import issuer_at
from assistant.legal.laws import find_laws
from assistant.legal.models import LegalReference, Span
from assistant.legal.prepared import PreparedText, squeeze
from assistant.legal.provisions import provisions_beside
from assistant.legal.shortforms import Antecedents, ShortForm
from assistant.legal.titles import title_at

_ANAPHORA_REACH = 1500  # code points: "Nghị định này" means a decree named shortly before


class Taken:
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


def named_laws(prepared: PreparedText, taken: Taken, names: frozenset[str]) -> list[LegalReference]:
    """The laws that the text names without a number, where no other mention stands."""
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


def short_reference(prepared: PreparedText, form: ShortForm, full: Antecedents) -> LegalReference | None:
    """The reference that a short form is; None where it means no document that can be told."""
    meant = _meaning(prepared, form, full)
    if meant is None:
        return None
    resolved, candidates = meant
    beside = date_beside(prepared.low, form.end) if form.number else None
    end = beside.whole_end if beside else form.end
    issuer = issuer_at(prepared, end, bare=False)
    title = title_at(prepared, max(issuer.end if issuer else 0, end), (), local=False) if beside or issuer else None
    span = prepared.original(Span(form.start, end))
    return LegalReference(
        text=squeeze(prepared.text[form.start : end]),
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


def _meaning(prepared: PreparedText, form: ShortForm, full: Antecedents) -> tuple[str | None, tuple[str, ...]] | None:
    """(full symbol, candidates) of the antecedent; None where the words need one and there is none."""
    if form.number is None:
        start = prepared.original(Span(form.start, form.end)).start
        there, resolved = full.before(form.type, start, _ANAPHORA_REACH)
        return (resolved, ()) if there else None
    fits = full.numbered(form.number, form.type)
    if not form.confident and not fits:
        return None
    return (fits[0], ()) if len(fits) == 1 else (None, fits)
