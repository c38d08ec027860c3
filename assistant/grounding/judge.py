"""The judge: compares the pieces of one sentence with what its evidence says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.evidence import Evidence
from assistant.grounding.figures import Figure, Span, find_figures, free
from assistant.grounding.names import find_names
from assistant.grounding.pool import PROVISION, EvidencePool, plain
from assistant.legal import Registry, find_references
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.text import nfc

Kind = Literal["figure", "date", "symbol", "provision", "name"]

_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d%]|[.,/]\d)")
_DATE_PART = re.compile(r"(?<!\w)(?:ngày\s+(\d{1,2})/(\d{1,2})|tháng\s+(\d{1,2}))(?![\d/])", re.IGNORECASE)
# amounts without a figure
_SHARE = re.compile(
    r"(?<!\w)(?:(?:một|hơn|quá|gần) nửa|gấp (?:đôi|ba|rưỡi|nhiều lần)|hàng (?:chục|trăm|nghìn|ngàn|vạn|triệu))(?!\w)"
    r"|[¼-¾⅐-⅞]",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r";|\n|\(\d+\)|(?:^|\s)[-•–]\s")
_COUNTS_LIST = re.compile(r"\s+(?:ý|mục|nội dung|cột|điểm|phụ lục|nhóm|văn bản|nguồn|yêu cầu|chỗ|giá trị)(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A piece of a sentence that its evidence does not bear out.

    Attributes:
        kind: what it is.
        text: as written.
        start, end: code point span in the NFC sentence.
    """

    kind: Kind
    text: str
    start: int
    end: int


def unsupported(sentence: str, evidence: Sequence[Evidence], *, registry: Registry | None = None) -> list[Unsupported]:
    """What of `sentence` its evidence does not bear out, in order; empty for a sound sentence.

    Args:
        sentence: one sentence or a short paragraph, in any normal form.
        evidence: what it rests on.
        registry: where given, the date, issuer, title and aliases of documents that the evidence names count too.
    """
    return judge(sentence, EvidencePool.of(evidence, registry))


def judge(sentence: str, pool: EvidencePool) -> list[Unsupported]:
    """As `unsupported`, over evidence taken apart before: for many sentences over the same evidence."""
    text = nfc(sentence)
    taken: list[Span] = []
    found: list[Unsupported] = []
    for check in (_symbols, _dates, _provisions, _years, _figures, _names):
        for start, end, kind in check(text, pool, taken):
            found.append(Unsupported(kind, text[start:end], start, end))
    return sorted(found, key=lambda item: item.start)


Finding = tuple[int, int, Kind]


def _symbols(text: str, pool: EvidencePool, taken: list[Span]) -> Iterator[Finding]:
    for reference in find_references(text):
        if reference.symbol:
            taken.append((reference.start, _symbol_end(text, reference.start, reference.end)))
            if not (pool.cites(reference.symbol) and pool.agrees(reference)):
                yield reference.start, reference.end, "symbol"
        elif reference.title and not pool.cites_law(reference.title):
            yield reference.start, reference.end, "symbol"


def _symbol_end(text: str, start: int, end: int) -> int:
    """The end of the reference without the date beside its symbol, which is judged on its own."""
    dates = find_dates(text[start:end])
    return start + dates[0].start if dates else end


def _dates(text: str, pool: EvidencePool, taken: list[Span]) -> Iterator[Finding]:
    for mention in find_dates(text):
        taken.append((mention.start, mention.end))
        known = (
            mention.value in pool.dates
            if mention.value
            else mention.day is None and (mention.month, mention.year) in pool.months
        )
        # a date that does not exist may only repeat the source
        if not known and not pool.says(mention.text):
            yield mention.start, mention.end, "date"
    for match in _DATE_PART.finditer(text):
        if not free(match.start(), match.end(), taken):
            continue
        taken.append(match.span())
        if not _date_part_known(match, pool):
            yield match.start(), match.end(), "date"


def _date_part_known(match: re.Match[str], pool: EvidencePool) -> bool:
    day, month, alone = match.groups()
    if alone:
        known = any(m == int(alone) for m, _ in pool.months)
    else:
        known = any((d.day, d.month) == (int(day), int(month)) for d in pool.dates)
    return known or pool.says(match.group())


def _provisions(text: str, pool: EvidencePool, taken: list[Span]) -> Iterator[Finding]:
    for match in PROVISION.finditer(text):
        if not free(match.start(), match.end(), taken):
            continue
        taken.append(match.span())
        # the unit word may be left out in a heading path ("II > 3.6"): its number must still stand there
        number = plain(match["number"])
        in_path = re.search(rf"(?<![\w.]){re.escape(number)}(?![\w]|\.\d)", pool.places)
        if not pool.says(match.group()) and not in_path:
            yield match.start(), match.end(), "provision"


def _years(text: str, pool: EvidencePool, taken: list[Span]) -> Iterator[Finding]:
    for match in _YEAR.finditer(text):
        if not free(match.start(), match.end(), taken):
            continue
        # a figure such as 2000 hồ sơ also looks like a year: either reading may bear it out
        value = Decimal(match.group())
        taken.append(match.span())
        if int(value) not in pool.years and not any(figure.value == value for figure in pool.figures):
            yield match.start(), match.end(), "date"


def _figures(text: str, pool: EvidencePool, taken: list[Span]) -> Iterator[Finding]:
    for figure in find_figures(text, taken):
        if any(known.bears_out(figure) for known in pool.figures):
            continue
        if _counts_a_list(text, figure.end, figure.value, pool) or _names_a_symbol(text, figure, pool):
            continue
        yield figure.start, figure.end, "figure"
    for match in _SHARE.finditer(text):
        if not pool.says(match.group()):
            yield match.start(), match.end(), "figure"


_NUMBERED = re.compile(
    r"(?:số|đề án|nghị quyết|quyết định|kế hoạch|nghị định|chỉ thị|kết luận|thông báo|luật|NQ|QĐ|KH|NĐ|và|,)\s*$",
    re.IGNORECASE,
)


def _names_a_symbol(text: str, figure: Figure, pool: EvidencePool) -> bool:
    """Whether a bare number is the short form of a document of the evidence ("Bộ chỉ số 766")."""
    number = text[figure.start : figure.end]
    before = text[max(0, figure.start - 16) : figure.start]
    return number.isdigit() and bool(_NUMBERED.search(before)) and pool.cites(number)


def _counts_a_list(text: str, end: int, value: Decimal, pool: EvidencePool) -> bool:
    """Whether a small figure counts items that the sentence lists, or the pieces of evidence under it."""
    if not 2 <= value <= 30 or not _COUNTS_LIST.match(text, end):
        return False
    items = len([part for part in _LIST_ITEM.split(text[end:]) if part.strip(" :,.")])
    commas = text[end:].split(":", 1)[-1].count(",") + 1 if ":" in text[end:] else 0
    return value in (items, commas, pool.count)


def _names(text: str, pool: EvidencePool, taken: list[Span]) -> Iterator[Finding]:
    for start, end in find_names(text):
        if free(start, end, taken) and not pool.names(text[start:end]):
            yield start, end, "name"
