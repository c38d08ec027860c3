"""One document cited two ways in one text: with two dates, or with two issuers on one date."""

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from assistant.legal.issuers import read_body
from assistant.legal.issues import Difference, Issue
from assistant.legal.models import LegalReference
from assistant.legal.near import near_date
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.dates import format_date


def inconsistencies(references: Sequence[LegalReference]) -> dict[int, Issue]:
    """Index of a mention -> the issue, for each that differs from most of its kind; the first wins a tie.

    The same number in another year, or of another place, is another document.
    """
    groups: dict[tuple[Hashable, ...], list[int]] = {}
    for index, reference in enumerate(references):
        if reference.parsed and reference.date and not reference.shared & {"date", "issuer"}:
            groups.setdefault((symbol_key(reference.parsed.text), _issuer_key(reference)), []).append(index)
    issues = _two_dates(references, groups.values())
    issues.update(_two_issuers(references, groups))
    return issues


def _issuer_key(reference: LegalReference) -> Hashable:
    if reference.issuer is None:
        return None
    body = read_body(reference.issuer)
    return (body.body.id if body.body else reference.issuer.lower(), body.place)


def _usual(values: Sequence[Hashable]) -> Hashable:
    """The value that occurs most; of several the first."""
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], -values.index(value)))


def _two_dates(references: Sequence[LegalReference], groups: Iterable[list[int]]) -> dict[int, Issue]:
    issues: dict[int, Issue] = {}
    for members in groups:
        usual = _usual([references[i].date for i in members])
        assert isinstance(usual, datetime.date)
        for i in members:
            date = references[i].date
            if date is None or date == usual or not (date.year == usual.year or near_date(date, usual)):
                continue
            both = f"{format_date(usual)} và {format_date(date)}"
            text = f"Cùng văn bản {references[i].symbol} nhưng trong báo cáo ghi hai ngày: {both}."
            issues[i] = Issue("inconsistent", text, Difference("date", format_date(date), format_date(usual)))
    return issues


def _two_issuers(
    references: Sequence[LegalReference], groups: dict[tuple[Hashable, ...], list[int]]
) -> dict[int, Issue]:
    """Mentions of one symbol and date whose bodies cannot be one ("UBND xã" and "Đảng ủy xã")."""
    same_day: dict[tuple[Hashable, datetime.date | None], list[int]] = {}
    for (symbol, issuer), members in groups.items():
        if issuer is not None:
            for i in members:
                same_day.setdefault((symbol, references[i].date), []).append(i)
    issues: dict[int, Issue] = {}
    for members in same_day.values():
        known = [i for i in sorted(members) if read_body(references[i].issuer or "").body]
        if len(known) < 2:
            continue
        bodies = {i: read_body(references[i].issuer or "").body for i in known}
        usual = _usual([body.id if body else None for body in bodies.values()])
        right = next(i for i in known if (body := bodies[i]) and body.id == usual)
        for i in known:
            body, first = bodies[i], bodies[right]
            if body is None or first is None or body.id == usual or set(body.codes) & set(first.codes):
                continue
            both = f"{references[right].issuer} và {references[i].issuer}"
            text = f"Cùng văn bản {references[i].symbol} nhưng trong báo cáo ghi hai cơ quan ban hành: {both}."
            issues[i] = Issue(
                "inconsistent", text, Difference("issuer", references[i].issuer, references[right].issuer)
            )
    return issues
