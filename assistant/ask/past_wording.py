"""What a report says, in words: figures first, the place quoted behind them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.asked import canonical, has_word
from assistant.ask.comparing import Value, extreme_row, number
from assistant.ask.extract import DENIED, Extractor, Finding
from assistant.ask.figures import Chosen, choose
from assistant.ask.models import Source, Statement
from assistant.ask.past_search import of_one_kind, sound
from assistant.ask.question import Question
from assistant.ask.shares import Share, of_target
from assistant.ask.shelf import quote_source
from assistant.ask.statements import period_above, row_text
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.numbers import format_number

_LEAST_NEAR = 0.34


def difference(record: DocumentRecord, finding: Finding, here: str, there: str) -> Statement:
    """Both values and by how much they differ, for the officer to look into."""
    span = finding.statement
    source = quote_source(record, span.passage, span.start, span.end)
    first, second = number(here), number(there)
    gap = f", chênh lệch {format_number(abs(first - second))}" if first is not None and second is not None else ""
    quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
    return Statement(f"Chỗ khác của báo cáo ghi {there}{gap}: “{quoted}”; cần đối chiếu lại.", (source,))


def as_statements(
    record: DocumentRecord, found: Sequence[Finding], extractor: Extractor, unit_name: str
) -> list[Statement]:
    """One statement for each place of the report, its asked figures first."""
    merged: dict[tuple[str, int], list[tuple[Finding, Chosen]]] = {}
    for finding in found:
        key = (finding.statement.passage.id, finding.statement.start)
        merged.setdefault(key, []).append((finding, choose(finding, extractor.rarity)))
    statements = []
    for n, pairs in enumerate(merged.values()):
        finding, chosen = pairs[0][0], [one for _, one in pairs]
        span = finding.statement
        start, end = min(c.start for c in chosen), max(c.end for c in chosen)
        source = quote_source(record, span.passage, span.start + start, span.start + end)
        meant = [one for asking, one in pairs if _sure(one, asking)]
        figures = list(dict.fromkeys(figure for one in meant for figure in one.figures))
        quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
        quoted = row_text(span) if " | " in span.text else quoted
        mixed = 0 < sum("%" in figure for figure in figures) < len(figures)
        kind = "mixed" if mixed else finding.asked.kind
        plain = span.is_row or of_target(finding) or not figures
        name = short_title(record) if n == 0 else f"cùng {(record.identity.type or 'báo cáo').lower()}"
        above = period_above(span)
        later = bool(above) and str(record.identity.year) not in above
        # what is planned for another period is quoted, not said to be so
        said = "" if plain or later else _said(kind, figures, unit_name)
        if later:
            name = f"{name}, phần «{lower_caps(above)}»"
        text = f"{said}, theo {lower_first(name)}: “{quoted}”." if said else f"{capital(name)} ghi: “{quoted}”."
        if figures and kind == "count" and all("%" in figure for figure in figures):
            text = f"{capital(name)} không nêu con số, chỉ nêu tỷ lệ: “{quoted}”."
        statements.append(Statement(text, (source,)))
    return statements


def _sure(chosen: Chosen, finding: Finding) -> bool:
    """Whether the figures chosen may be said for the document, not only quoted: what is asked stands beside them."""
    text = finding.statement.text
    if finding.asked.negated and not DENIED.search(text):
        # how many have something is no answer to how many have not
        return False
    said = canonical(finding.statement.words)
    telling = {*finding.asked.words} - {*finding.asked.noun} - finding.asked.light
    if finding.asked.noun and telling and not any(has_word(said, word, finding.asked) for word in telling):
        # only the noun is here: "mỗi loại mấy hồ sơ" is no total
        return False
    return chosen.near >= (0.0 if finding.asked.noun else _LEAST_NEAR) and not of_one_kind(finding)


def computed(record: DocumentRecord, share: Share) -> Statement:
    """A share that the document does not state, with the two counts it is made of."""
    text = f"Tính từ hai số này, tỷ lệ là {share.part}/{share.whole} = {share.percent} (văn bản không ghi tỷ lệ này)."
    return Statement(text, (_share_source(record, share),))


def share_value(record: DocumentRecord, share: Share) -> Value:
    """A computed share as a value to compare."""
    return Value("tỷ lệ tính được", share.percent, _share_source(record, share))


def _share_source(record: DocumentRecord, share: Share) -> Source:
    span = share.finding.statement
    return quote_source(record, span.passage, span.start, span.end)


# two figures of a row that its table has lost ("50.000.000 100%"); a year
_NO_VALUE = re.compile(r"\d\s+\d|^(?:19|20)\d\d$")


def _said(kind: str, figures: Sequence[str], unit_name: str) -> str:
    """The asked figures as the beginning of a sentence; "" where words are asked for or too many figures fit."""
    if not figures or len(figures) > 4:
        return ""
    listed = " và ".join([", ".join(figures[:-1]), figures[-1]]) if len(figures) > 1 else figures[0]
    if listed == "không có":
        return f"{capital(unit_name)} không có"
    if kind == "count" and not re.fullmatch(r"[\d.,/ ]+", figures[0]):
        return f"{capital(unit_name)} có {listed}"
    if any(map(_NO_VALUE.search, figures)):
        return ""
    return f"{ {'percent': 'Tỷ lệ', 'money': 'Số tiền'}.get(kind, 'Con số') } của {unit_name} là {listed}"


def lower_caps(title: str) -> str:
    """A heading in capitals as words."""
    return title.capitalize() if title.isupper() else title


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def short_title(record: DocumentRecord) -> str:
    """ "Báo cáo quý III năm 2025 của xã Suối Mây": kind, period and unit, as an officer would say it."""
    who = record.identity
    unit = (who.unit or "").split(",")[0].strip()
    kind = who.type or {"report": "Báo cáo", "plan": "Kế hoạch"}.get(record.kind, "Văn bản")
    if record.kind == "plan" and who.symbol:
        return f"{kind} số {who.symbol}" + (f" của {unit}" if unit else "")
    periods = [period.text for period in find_periods(who.title or "")]
    period = f" {periods[0]}" if periods else (f" năm {who.year}" if who.year else "")
    if period and who.year and str(who.year) not in period:
        period += f" năm {who.year}"
    if not unit:
        return record.title
    return f"{kind}{period} của {unit}"


_SIGNED = re.compile(
    r"(?:^|\n)[^\n]*(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|TỔNG BÍ THƯ|GIÁM ĐỐC)(?:[^\n]*\n+){1,4}[^\n]*$"
    r"|(?:^|\n)(?:T/M|TM\.) [^\n]{5,120}$"
)


def signature(record: DocumentRecord, passages: Sequence[Passage], name: str = "") -> Statement | None:
    """The signature block at the end of a document, where its text holds it; `name`: how the document is called."""
    for passage in reversed(passages):
        text = passage.text.rstrip()
        if match := _SIGNED.search(text):
            start = match.start() + (1 if match.group().startswith("\n") else 0)
            source = quote_source(record, passage, start, len(text))
            lines = " / ".join(line.strip() for line in source.quote.split("\n") if line.strip())
            return (
                Statement(f"{name or capital(short_title(record))} có khối ký: “{lines}”.", (source,))
                if len(lines) < 160
                else None
            )
    return None


_SENT = re.compile(r"Kính gửi:\s*(?:[^\n]+|(?:\n+\s*[-–][^\n]+)+)")


def addressees(record: DocumentRecord, passages: Sequence[Passage]) -> Statement | None:
    """To whom a document is sent, as its "Kính gửi" says."""
    for passage in passages[:2]:
        if match := _SENT.search(passage.text):
            source = quote_source(record, passage, match.start(), match.end())
            lines = [line.strip(" -–;.") for line in source.quote.split("\n")]
            text = f"{capital(short_title(record))} ghi: “{' '.join(line for line in lines if line)}”."
            return Statement(text, (source,))
    return None


def extreme_told(question: Question, record: DocumentRecord, extractor: Extractor, which: str) -> Statement | None:
    """The row of a table of the report that has most or least of what is asked."""
    found = extreme_row(extractor.spans, canonical(tuple(question.said)), which)
    if found is None:
        return None
    source = quote_source(record, found.span.passage, found.span.start, found.span.end)
    most = "lớn nhất" if which == "most" else "nhỏ nhất"
    text = f"Theo bảng của {lower_first(short_title(record))}, {found.label} có «{found.head}» {most}: {found.cell}."
    return Statement(text, (source,))


DIFFERENT = r"khop|giong nhau|giong|hai cho|mau thuan|lech|khong thong nhat|khac nhau|cho khac"


def elsewhere(record: DocumentRecord, first: Finding, extractor: Extractor) -> list[Statement]:
    """Other places of the report that state the same with another figure, where the question doubts that they agree."""
    asked = replace(first.asked, kind="value", noun=())
    said = set(first.figures)
    found = []
    for hit in extractor.find(asked, n=8):
        other = hit.statement.passage.id, hit.statement.start
        if other == (first.statement.passage.id, first.statement.start) or not sound(hit) or said & set(hit.figures):
            continue
        chosen = choose(hit, extractor.rarity)
        span = hit.statement
        source = quote_source(record, span.passage, span.start + chosen.start, span.start + chosen.end)
        quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
        found.append(Statement(f"Chỗ khác của báo cáo ghi: “{quoted}”; cần đối chiếu lại.", (source,)))
    return found[:2]


def values_of(record: DocumentRecord, found: Sequence[Finding], extractor: Extractor) -> list[Value]:
    """The figure chosen in each finding, with its source."""
    values: list[Value] = []
    for finding in found:
        chosen = choose(finding, extractor.rarity)
        if chosen.figures and chosen.figures[0] != "không có":
            span = finding.statement
            source = quote_source(record, span.passage, span.start + chosen.start, span.start + chosen.end)
            values.append(Value("con số thứ nhất" if not values else "con số thứ hai", chosen.figures[0], source))
    return values
