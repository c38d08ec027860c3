"""Looking up what a past report (or a plan) of the library says."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz

from assistant.ask.asked import Asked, asked_of, canonical, counted_nouns
from assistant.ask.comparing import Value, comparison, extreme, extreme_row
from assistant.ask.extract import VALUES, Extractor, Finding, answering_figures, says_something
from assistant.ask.figures import Chosen, choose, plainly_said
from assistant.ask.models import Statement
from assistant.ask.parts import parts
from assistant.ask.question import UPPER, Ask, Question, same_words, spell_out, without_name, without_run
from assistant.ask.shelf import Shelf, quote_source
from assistant.ask.statements import StatementSpan, row_text
from assistant.ask.structure import listed, section_named
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.numbers import find_quantities, format_number

ENOUGH = 0.6
_ALL, _ALL_PAIRS = 0.9, 0.6
TOGETHER = 0.33
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NAMED_UNIT = re.compile(
    r"(?:\b[Xx]ã|\b[Xx]a|\b[Pp]hường|\b[Pp]huong|[Đđ]ặc khu)\s+"
    rf"((?:[{UPPER}][^\W\d_]*)(?:\s+[{UPPER}][^\W\d_]*){{0,3}})"
)
_UNIT_KIND = re.compile(r"^(?:xã|phường|đặc khu|thị trấn|tỉnh|thành phố)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune or province that has documents in the library."""

    name: str
    folded: str
    records: tuple[DocumentRecord, ...]

    @property
    def reports(self) -> bool:
        """Whether reports are among its documents, not only plans."""
        return any(record.kind == "report" for record in self.records)


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking into a past report gave.

    Attributes:
        statements: the answer; empty where the report does not say.
        records: the documents looked into.
        near: where the subject is at least spoken of (document title and location), or None.
        missing: whether the report leaves a part of the question open.
        values: the figures found, each with its source.
    """

    statements: tuple[Statement, ...]
    records: tuple[DocumentRecord, ...]
    near: str | None = None
    missing: bool = False
    values: tuple[Value, ...] = ()


class PastReports:
    """The reports and plans of a library, by who wrote them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        records = [record for record in shelf.documents() if record.kind in ("report", "plan")]
        self.units = _units(records)
        self._extractors: dict[str, Extractor] = {}

    def texts(self) -> Iterable[str]:
        """Names of the units, for repairing slips."""
        for unit in self.units:
            yield from (record.identity.unit or "" for record in unit.records)

    def unit_of(self, question: Question) -> Unit | None:
        """The unit that the question names and the library holds documents of."""
        padded = f" {question.folded} "
        named = [unit for unit in self.units if f" {unit.folded} " in padded]
        return max(named, key=lambda unit: len(unit.folded), default=None) or self._nearly(question)

    def units_of(self, question: Question) -> list[Unit]:
        """All units that the question names, in its order: "xã A so với xã B"; those with reports where there are, and
        never the province of a commune beside it."""
        padded = f" {question.folded} "
        named = [unit for unit in self.units if f" {unit.folded} " in padded]
        reporting = [unit for unit in named if unit.reports]
        named = reporting or named
        return sorted(named, key=lambda unit: padded.index(f" {unit.folded} "))

    def compare(self, question: Question, units: Sequence[Unit]) -> Looked:
        """The same asked of several units, with the comparison where both give one figure."""
        rest = question
        for unit in units:
            rest = _without_owner(rest, unit)
        # "so với xã B thì sao?" asks nothing of its own
        own = [part.question for part in parts(rest)]
        rest = own[0] if len({tuple(piece.said) for piece in own}) == 1 else rest
        if rest.compares and not rest.asks & {"percent", "money"}:
            count: frozenset[Ask] = frozenset(("count",))
            rest = replace(rest, asks=rest.asks | count)
        statements: list[Statement] = []
        values: list[Value] = []
        missing = False
        for unit in units:
            looked = self.look(rest, unit)
            missing = missing or not looked.statements
            statements += looked.statements or [Statement(f"Báo cáo của {unit.name} trong kho không nêu nội dung này.")]
            values += [replace(value, name=unit.name) for value in looked.values[:1]]
        if len(values) == 2 and (made := comparison(*values)):
            statements.append(made)
        records = tuple(record for unit in units for record in unit.records)
        return Looked(tuple(statements) if values or not missing else (), records)

    def _nearly(self, question: Question) -> Unit | None:
        match = _NAMED_UNIT.search(question.raw)
        if not match:
            return None
        name = same_words(match.group(1))
        scored = [(fuzz.ratio(name, unit.folded), unit) for unit in self.units]
        score, unit = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return unit if score >= 86 else None

    def unknown_unit(self, question: Question) -> str | None:
        """A commune that the question names and the library has nothing of."""
        match = _NAMED_UNIT.search(question.raw)
        return match.group(0) if match and self.unit_of(question) is None else None

    def extractor(self, record: DocumentRecord) -> Extractor:
        key = f"{record.id}.{record.version}"
        if key not in self._extractors:
            self._extractors[key] = Extractor(self._shelf.passages_of(record.id))
        return self._extractors[key]

    def look(self, question: Question, unit: Unit) -> Looked:
        """What the documents of a unit say to the question; the best document answers."""
        question = _without_owner(question, unit)
        records = _of_period(question, unit.records)
        looked = [self._look(question, unit, record) for record in records]
        looked.sort(key=lambda pair: -pair[0])
        if looked and looked[0][1].statements:
            return looked[0][1]
        near = next((found.near for _, found in looked if found.near), None)
        return Looked((), tuple(records) or unit.records, near)

    def _look(self, question: Question, unit: Unit, record: DocumentRecord) -> tuple[float, Looked]:
        extractor = self.extractor(record)
        question = without_run(question, same_words(record.identity.title or ""))
        drop = {*unit.folded.split(), "xa", "phuong", *_province_words(question, record)}
        drop |= {str(year) for year in question.years if year == record.identity.year} | _period_words(question)
        if question.has(r"\bai ky\b|\bnguoi ky\b|ky ten") and (
            signed := signature(record, self._shelf.passages_of(record.id))
        ):
            return 2.0, Looked((signed,), (record,))
        if (which := extreme(question)) and (most := _extreme(question, record, extractor, which)):
            return 2.0, Looked((most,), (record,))
        if question.asks <= _LISTED and (below := self._listed(question, record)):
            return 2.0, Looked(tuple(below), (record,))
        asked = [one for part in parts(question) for one in asked_of(part.question, drop, part.beside)]
        found: list[Finding] = []
        differing: list[tuple[Finding, str, str]] = []
        missing: list[Asked] = []
        positions: set[int] = set()
        for one in asked:
            hits = extractor.find(one, n=6, prefer=frozenset(positions))
            hits = [
                h
                for h in hits
                if sound(h) and says_something(h) and _period_fits(question, record, h) and not _planned(question, h)
            ]
            if not hits and one.noun and one.noun not in counted_nouns():
                hits = [h for h in _called_otherwise(extractor, one) if _period_fits(question, record, h)]
            if not hits and (same := _in_hand(found, one, extractor)):
                found.append(same)
                continue
            if not hits:
                missing.append(one)
                continue
            found.append(hits[0])
            differing += _said_otherwise(hits, extractor)
            positions.add(extractor.position(hits[0]))
            if question.has(r"(?:tren|trong|so voi) tong\b"):
                found += _whole_of(hits[0], extractor, one)
        if found and found[0].asked.kind == "money" and question.has(r"\btong|tat ca|da chi|chi bao nhieu"):
            found += _total(extractor, found)
        if missing and not found and (row := _bare_row(extractor, missing)):
            found.append(row)
        near = self._near(question, extractor, record, drop) if missing and not found else None
        statements = _statements(record, found, extractor, unit.name)
        statements += [_difference(record, *other) for other in differing[:1]]
        if question.has(_DIFFERENT) and found:
            statements += _elsewhere(record, found[0], extractor)
        values = _values(record, found, extractor)
        if question.compares and len(values) == len(found) == 2 and (made := comparison(*values)):
            statements.append(made)
        score = sum(hit.score for hit in found)
        none = any("không có" in finding.figures for finding in found)
        return score, Looked(tuple(statements), (record,), near, bool(missing) and not none, tuple(values))

    def _listed(self, question: Question, record: DocumentRecord) -> list[Statement]:
        """What stands under the heading of the report that the question names."""
        drop = _period_words(question)
        kept = tuple("_" if word in drop else word for word in question.kept)
        section = section_named(replace(question, kept=kept), self._shelf.passages_of(record.id))
        return listed(record, section, _capital(short_title(record))) if section is not None else []

    @staticmethod
    def _near(question: Question, extractor: Extractor, record: DocumentRecord, drop: set[str]) -> str | None:
        """Where the report speaks of the subject without the figure asked for."""
        hits = extractor.find(replace(asked_of(question, drop)[0], kind="text", noun=()), n=1)
        if not hits or hits[0].coverage < 0.45:
            return None
        return f"{short_title(record)}, mục «{hits[0].statement.passage.location or 'mở đầu'}»"


def _called_otherwise(extractor: Extractor, asked: Asked) -> list[Finding]:
    """Statements that say all the rest of what is asked, though they call the counted thing otherwise ("bao nhiêu công
    dân rút hồ sơ": "rút 06 hồ sơ")."""
    found = extractor.find(replace(asked, kind="value", noun=()), n=3)
    whole = [hit for hit in found if hit.coverage >= _ALL and hit.together >= _ALL_PAIRS and says_something(hit)]
    return [hit for hit in whole if not any("%" in figure for figure in hit.figures)]


def _in_hand(found: Sequence[Finding], asked: Asked, extractor: Extractor) -> Finding | None:
    """A statement already found that answers this too."""
    for finding in found:
        again = extractor.judge(asked, finding.statement)
        if again is not None and again.coverage >= ENOUGH / 2:
            return again
    return None


def _extreme(question: Question, record: DocumentRecord, extractor: Extractor, which: str) -> Statement | None:
    """The row of a table of the report that has most or least of what is asked."""
    found = extreme_row(extractor.spans, canonical(tuple(question.said)), which)
    if found is None:
        return None
    source = quote_source(record, found.span.passage, found.span.start, found.span.end)
    most = "lớn nhất" if which == "most" else "nhỏ nhất"
    text = f"Theo bảng của {_lower_first(short_title(record))}, {found.label} có «{found.head}» {most}: {found.cell}."
    return Statement(text, (source,))


_DIFFERENT = r"khop|giong nhau|giong|hai cho|mau thuan|lech|khong thong nhat|khac nhau|cho khac"


def _elsewhere(record: DocumentRecord, first: Finding, extractor: Extractor) -> list[Statement]:
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


# "những khó khăn gì": nothing but a list is asked for
_LISTED: frozenset[Ask] = frozenset(("what", "which"))


def _values(record: DocumentRecord, found: Sequence[Finding], extractor: Extractor) -> list[Value]:
    """The figure chosen in each finding, with its source."""
    values: list[Value] = []
    for finding in found:
        chosen = choose(finding, extractor.rarity)
        if chosen.figures and chosen.figures[0] != "không có":
            span = finding.statement
            source = quote_source(record, span.passage, span.start + chosen.start, span.start + chosen.end)
            values.append(Value("con số thứ nhất" if not values else "con số thứ hai", chosen.figures[0], source))
    return values


def sound(hit: Finding) -> bool:
    """Whether a statement speaks of what is asked: enough of the words, and of those that stand together. Without
    accents single syllables meet by chance ("dân số" and "dẫn … số"), pairs hardly."""
    if hit.coverage < ENOUGH:
        return False
    return hit.together >= TOGETHER or (hit.coverage >= 0.92 and len(hit.asked.words) >= 4)


def _said_otherwise(hits: Sequence[Finding], extractor: Extractor) -> list[tuple[Finding, str, str]]:
    """Another place of the same report that states what is asked with another value: (finding, value here, there)."""
    here = plainly_said(hits[0], extractor.rarity)
    if len(here) != 1 or hits[0].asked.kind not in VALUES:
        return []
    found = []
    for hit in hits[1:]:
        there = plainly_said(hit, extractor.rarity)
        if len(there) == 1 and _number(there[0]) != _number(here[0]):
            found.append((hit, here[0], there[0]))
    return found


def _number(figure: str) -> Decimal | None:
    quantities = find_quantities(figure)
    return quantities[0].value if quantities else None


def _difference(record: DocumentRecord, finding: Finding, here: str, there: str) -> Statement:
    """Both values and by how much they differ, for the officer to look into."""
    span = finding.statement
    source = quote_source(record, span.passage, span.start, span.end)
    first, second = _number(here), _number(there)
    gap = f", chênh lệch {format_number(abs(first - second))}" if first is not None and second is not None else ""
    quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
    return Statement(f"Chỗ khác của báo cáo ghi {there}{gap}: “{quoted}”; cần đối chiếu lại.", (source,))


_SIGNED = re.compile(
    r"(?:^|\n)[^\n]*(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|TỔNG BÍ THƯ|GIÁM ĐỐC)(?:[^\n]*\n+){1,4}[^\n]*$"
)


def signature(record: DocumentRecord, passages: Sequence[Passage]) -> Statement | None:
    """The signature block at the end of a document, where its text holds it."""
    for passage in reversed(passages):
        text = passage.text.rstrip()
        if match := _SIGNED.search(text):
            start = match.start() + (1 if match.group().startswith("\n") else 0)
            source = quote_source(record, passage, start, len(text))
            lines = " / ".join(line.strip() for line in source.quote.split("\n") if line.strip())
            return (
                Statement(f"{_capital(short_title(record))} có khối ký: “{lines}”.", (source,))
                if len(lines) < 160
                else None
            )
    return None


_PLANNED = re.compile(r"\b(?:phuong huong|nhiem vu trong tam|nhiem vu quy|muc tieu nam|ke hoach nam)\b")
_PLANS_ASKED = r"phuong huong|nhiem vu|muc tieu|phan dau|ke hoach|nam sau|quy sau|ky toi|du kien|chi tieu|se\b|mua sam"


def _planned(question: Question, hit: Finding) -> bool:
    """Whether a figure stands among the plans for the next period while results are asked for."""
    figures = hit.asked.kind in VALUES
    return figures and bool(_PLANNED.search(" ".join(hit.statement.context))) and not question.has(_PLANS_ASKED)


def _whole_of(part: Finding, extractor: Extractor, asked: Asked) -> list[Finding]:
    """For "a on a total of b": the statement beside that gives the total."""
    beside = [
        hit
        for hit in extractor.find(replace(asked, words=(*asked.words, "tong")), n=12)
        if hit.statement.passage.id == part.statement.passage.id and hit.statement.start != part.statement.start
    ]
    return beside[:1]


def _total(extractor: Extractor, found: Sequence[Finding]) -> list[Finding]:
    """The line with the total of a table of amounts, beside the item that was found in it."""
    for span in extractor.spans:
        if span.words[:2] == ("tong", "cong") and span.start != found[0].statement.start:
            figures = answering_figures(span, Asked("money", (), ("tong", "cong")), span.words)
            if figures and span.passage.unit == found[0].statement.passage.unit:
                return [Finding(span, Asked("money", (), ("tong", "cong")), 1.0, 1.0, figures)]
    return []


_ROW = re.compile(r"^\W*\d[\d.,/%]*(?:\s+\d[\d.,/%]*)+(?:\s|$)", re.MULTILINE)


def _bare_row(extractor: Extractor, missing: Sequence[Asked]) -> Finding | None:
    """A table that the text of a PDF has flattened: its heads on lines of their own, its figures in one line. The
    short section that holds it is quoted whole."""
    for one in missing:
        for span in extractor.spans:
            text = span.passage.text
            if len(text.split()) > 90 or not _ROW.search(text):
                continue
            have = {*span.context, *canonical(tuple(same_words(spell_out(text)).split()))}
            whole = sum(map(extractor.rarity, one.words))
            coverage = sum(extractor.rarity(word) for word in one.words if word in have) / whole if whole else 0.0
            pairs = set(itertools.pairwise(canonical(tuple(same_words(spell_out(text)).split()))))
            if coverage >= ENOUGH and (not one.pairs or len(one.pairs & pairs) > TOGETHER * len(one.pairs)):
                entire = StatementSpan(span.passage, 0, len(text), span.words, span.context)
                return Finding(entire, Asked("text", (), one.words), coverage, coverage)
    return None


def _units(records: Sequence[DocumentRecord]) -> tuple[Unit, ...]:
    grouped: dict[str, list[DocumentRecord]] = {}
    for record in records:
        if record.identity.unit:
            grouped.setdefault(record.identity.unit.split(",")[0].strip(), []).append(record)
    units = [Unit(name, same_words(_UNIT_KIND.sub("", name)), tuple(group)) for name, group in grouped.items()]
    return tuple(unit for unit in units if unit.folded)


def _province_words(question: Question, record: DocumentRecord) -> set[str]:
    """Words of the province after the commune ("xã A, tỉnh B") where the question names it: they only say where
    to look."""
    parts = [same_words(part) for part in (record.identity.unit or "").split(",")[1:]]
    return {word for part in parts if part in question.folded for word in part.split()}


def _without_owner(question: Question, unit: Unit) -> Question:
    """The question without the name of the unit and of its committee."""
    for name in (f"xa {unit.folded}", f"phuong {unit.folded}", f"tinh {unit.folded}", unit.folded):
        question = without_name(without_name(question, f"uy ban nhan dan {name}"), name)
    return question


def _period_words(question: Question) -> set[str]:
    """Words of the period that the question names."""
    named = re.findall(r"\bquy (?:i{1,3}|iv|[1-4])\b|\bnam 20\d\d\b", question.folded)
    return {word for period in named for word in period.split()}


def _of_period(question: Question, records: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """The documents of the year that the question names; all where it names none or no document has it."""
    kind = [record for record in records if record.kind == "report"] or list(records)
    if question.has(r"\bke hoach\b") and any(record.kind == "plan" for record in records):
        kind = [record for record in records if record.kind == "plan"]
    years = set(question.years)
    fitting = [record for record in kind if record.identity.year in years]
    return fitting or kind


def _period_fits(question: Question, record: DocumentRecord, hit: Finding) -> bool:
    """Whether a statement speaks of the period asked for: its document's own, or one that it names."""
    title = same_words(f"{record.identity.title or ''} {record.identity.date_text or ''}")
    said = f" {title} {' '.join(hit.statement.context)} {' '.join(hit.statement.words)} "
    for year in question.years:
        if year != record.identity.year and f" {year} " not in said:
            return False
    for quarter in re.findall(r"\bquy (i{1,3}|iv|[1-4])\b", question.folded):
        number = _QUARTERS.get(quarter, quarter)
        roman = {value: key for key, value in _QUARTERS.items()}[number]
        if not re.search(rf"\bquy (?:{roman}|{number})\b", said):
            return False
    return True


def _statements(
    record: DocumentRecord, found: Sequence[Finding], extractor: Extractor, unit_name: str
) -> list[Statement]:
    """One statement for each place of the report, its asked figures first."""
    merged: dict[tuple[str, int], tuple[Finding, list[Chosen]]] = {}
    for finding in found:
        key = (finding.statement.passage.id, finding.statement.start)
        merged.setdefault(key, (finding, []))[1].append(choose(finding, extractor.rarity))
    statements = []
    for number, (finding, chosen) in enumerate(merged.values()):
        span = finding.statement
        start, end = min(c.start for c in chosen), max(c.end for c in chosen)
        source = quote_source(record, span.passage, span.start + start, span.start + end)
        figures = list(dict.fromkeys(figure for c in chosen for figure in c.figures))
        quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
        quoted = row_text(span) if " | " in span.text else quoted
        mixed = 0 < sum("%" in figure for figure in figures) < len(figures)
        said = "" if span.is_row else _said("mixed" if mixed else finding.asked.kind, figures, unit_name)
        name = short_title(record) if number == 0 else "cùng báo cáo"
        text = f"{said}, theo {_lower_first(name)}: “{quoted}”." if said else f"{_capital(name)} ghi: “{quoted}”."
        statements.append(Statement(text, (source,)))
    return statements


def _said(kind: str, figures: Sequence[str], unit_name: str) -> str:
    """The asked figures as the beginning of a sentence; "" where words are asked for or too many figures fit."""
    if not figures or len(figures) > 4:
        return ""
    listed = " và ".join([", ".join(figures[:-1]), figures[-1]]) if len(figures) > 1 else figures[0]
    if listed == "không có":
        return f"{_capital(unit_name)} không có"
    if kind == "count" and not re.fullmatch(r"[\d.,/ ]+", figures[0]):
        return f"{_capital(unit_name)} có {listed}"
    return f"{ {'percent': 'Tỷ lệ', 'money': 'Số tiền'}.get(kind, 'Con số') } của {unit_name} là {listed}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
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
