"""Is the number a slip for another document? Date, issuer and title of a mention may all point to another symbol."""

from assistant.legal.cite import cite_with_date
from assistant.legal.documents import LAW_TYPES, RegistryDocument
from assistant.legal.issuers import read_body
from assistant.legal.issues import Case, Difference, Issue, source_of
from assistant.legal.models import Symbol
from assistant.legal.near import digit_slip
from assistant.legal.similar import title_similarity, title_words
from assistant.legal.symbols import parse_symbol


def wrong_number(case: Case) -> Issue | None:
    """Another document of the registry is meant, by everything that is written but its number."""
    symbol = case.reference.parsed
    if symbol is None:
        return None
    law = _by_law_name(case, symbol)
    if law:
        return law
    document = case.document
    if document is not None and (document.local or case.reference.date in (document.date, *document.other_dates)):
        return None
    best = _meant(case, symbol)
    if best is None or best.symbol in (symbol.text, symbol.expected):
        return None
    own = [document] if document else list(case.resolution.candidates)
    if any(_agrees(case, entry, best) for entry in own):
        return None
    return _issue(case, best, f"số, ký hiệu của văn bản này là {best.symbol}")


def _issue(case: Case, right: RegistryDocument, reason: str) -> Issue:
    written = case.reference.symbol or ""
    text = (
        f"Sai số, ký hiệu: ngày, cơ quan ban hành hoặc trích yếu đã ghi là của {cite_with_date(right)}; "
        f"{reason}, không phải {written}."
    )
    return Issue("wrong_number", text, Difference("symbol", written, right.symbol, source_of(right)), right)


def _by_law_name(case: Case, symbol: Symbol) -> Issue | None:
    """A law is named, and the number is not that law's."""
    title = case.reference.title or ""
    if symbol.system != "law" or not title.startswith(LAW_TYPES):
        return None
    laws = [d for d in case.registry.laws_named(title) if d.verified("symbol")]
    if not laws or any(d.symbol in (symbol.text, symbol.expected) for d in case.registry.laws_named(title)):
        return None
    right = [d for d in laws if d.date and (d.date == case.reference.date or d.date.year == symbol.year)]
    if len(right) > 1:
        right = [
            d for d in right if d.date == case.reference.date or digit_slip(symbol.number, d.symbol.partition("/")[0])
        ]
    if len(right) != 1:
        return None
    entry = right[0]
    text = f"Sai số, ký hiệu: {entry.title} mang số {entry.symbol}, không phải {symbol.text}."
    return Issue("wrong_number", text, Difference("symbol", symbol.text, entry.symbol, source_of(entry)), entry)


def _agrees(case: Case, entry: RegistryDocument, best: RegistryDocument) -> bool:
    """Whether what is written speaks rather for `entry`, whose number it is, than for `best`."""
    reference = case.reference
    if reference.date and reference.date == entry.date:
        return True
    if not reference.title or len(title_words(reference.title)) < 3:
        return reference.date is None
    own, other = (title_similarity(reference.title, d.title or "") for d in (entry, best))
    return own >= 0.5 and own > other - 0.15


def _meant(case: Case, symbol: Symbol) -> RegistryDocument | None:
    """The one entry that the rest of the mention points to."""
    scored = [(score, entry) for entry in case.registry.documents if (score := _score(case, symbol, entry)) >= 3]
    scored.sort(key=lambda pair: pair[0], reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _score(case: Case, symbol: Symbol, entry: RegistryDocument) -> float:
    """How much speaks for `entry`: 2 for the date, up to 2 for the title, 1 for a slip of digits; 0 where it is out."""
    reference = case.reference
    if entry.local or entry.basis or not entry.date or not entry.verified("symbol"):
        return 0
    dated = reference.date == entry.date and entry.verified("date")
    if not dated and reference.date is not None:
        return 0
    other = parse_symbol(entry.symbol)
    if other is None or ((other.code, other.organ) != (symbol.code, symbol.organ) and not dated):
        return 0
    if reference.issuer and entry.issuer:
        written, known = read_body(reference.issuer).body, read_body(entry.issuer).body
        if written and known and written.id != known.id and known.id not in written.covers:
            return 0
    same_code = (other.code, other.organ) == (symbol.code, symbol.organ)
    similar = _title_points(reference.title, entry)
    slip = 1.0 if same_code and other.year == symbol.year and digit_slip(symbol.number, other.number) else 0.0
    if other.number == symbol.number and (not same_code or other.year != symbol.year):
        slip = 1.0
    if not dated and (symbol.organ not in ("TW", "BCĐTW") or similar < 2):
        return 0
    if not same_code and (other.number != symbol.number or (similar == 0 and reference.issuer is None)):
        return 0
    return (2.0 if dated else 1.0) + similar + slip


def _title_points(title: str | None, entry: RegistryDocument) -> float:
    if not title or not entry.title or len(title_words(title)) < 3:
        return 0.0
    similarity = title_similarity(title, entry.title)
    if similarity >= 0.8:
        return 2.0
    return 1.0 if similarity >= 0.6 else -1.0
