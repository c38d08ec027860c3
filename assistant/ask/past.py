"""Looking up what a past report (or a plan) of the library says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from assistant.ask.asked import asked_of, canonical
from assistant.ask.comparing import Value, comparison, extreme
from assistant.ask.extract import Extractor
from assistant.ask.models import Statement
from assistant.ask.parts import parts
from assistant.ask.past_search import (
    NAMED_PERIOD,
    of_period,
    period_words,
    province_words,
)  # fmt: skip
from assistant.ask.past_wording import (
    DIFFERENT,
    addressees,
    as_statements,
    capital,
    computed,
    difference,
    elsewhere,
    extreme_told,
    share_value,
    short_title,
    signature,
    values_of,
)  # fmt: skip
from assistant.ask.question import UPPER, Ask, Question, same_words, without_name, without_run
from assistant.ask.reading import read
from assistant.ask.repair import legal_model
from assistant.ask.shelf import Hit, Shelf
from assistant.ask.structure import listed, section_named
from assistant.library.models import DocumentRecord

_NAMED_UNIT = re.compile(
    r"(?:\b[Xx]ã|\b[Xx]a|\b[Pp]hường|\b[Pp]huong|[Đđ]ặc khu)\s+"
    rf"((?:[{UPPER}][^\W\d_]*)(?:\s+[{UPPER}][^\W\d_]*){{0,3}})"
)
_COMMUNE = re.compile(r"^(?:xã|phường|đặc khu|thị trấn)\s", re.IGNORECASE)
# a name inside a commune: "ấp Cầu Trắng"
_PROPER = re.compile(
    r"\b(?i:thôn|ấp|bản|xóm|khu phố|tổ dân phố|buôn|làng|chợ|trường|mô hình|ở|tại)\s+[“\"]?"
    rf"(?!(?:Sở|Bộ|Ủy|Ban|Hội|Chính|Quốc|Trung|Đảng|Thủ|Văn|Phòng)\b)([{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*)+)",
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
        """Whether its documents tell of itself: of a commune all do, of a province its reports, not its plans."""
        return _COMMUNE.match(self.name) is not None or any(record.kind == "report" for record in self.records)


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
        records = [record for record in shelf.documents() if record.kind != "builtin"]
        self.units = _units(records)
        self._extractors: dict[str, Extractor] = {}

    def texts(self) -> Iterable[str]:
        """Names of the units, for repairing slips."""
        for unit in self.units:
            yield from (record.identity.unit or "" for record in unit.records)

    def titles(self, n: int) -> list[str]:
        """Short titles of the first documents, reports before the others."""
        records = [record for unit in self.units for record in unit.records]
        return [short_title(record) for record in sorted(records, key=lambda record: record.kind != "report")[:n]]

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

    def without_units(self, question: Question) -> Question:
        """The question without the names of all units."""
        for unit in self.units_of(question):
            question = without_name(question, unit.folded)
        return question

    def compare(self, question: Question, units: Sequence[Unit]) -> Looked:
        """The same asked of several units, with the comparison where both give one figure."""
        rest = question
        for unit in units:
            for joint in ("va", "voi", "hay", "so voi"):
                for kind in ("xa ", "phuong ", "tinh ", ""):
                    rest = without_name(rest, f"{joint} {kind}{unit.folded}")
            rest = _without_owner(rest, unit)
        # "so với xã B thì sao?" asks nothing of its own
        own = [part.question for part in parts(rest)]
        rest = own[0] if len({tuple(piece.said) for piece in own}) == 1 else rest
        # "nhiều … hơn" says which way, not what
        rest = replace(rest, kept=tuple("_" if word in _WHICH_WAY else word for word in rest.kept))
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

    def implied(self, question: Question) -> Unit | None:
        """The unit whose report alone speaks of what is asked, though the question names none: nearly all of its words
        stand in one passage, some of them side by side, or it alone has a name that the question has."""
        names = [match.group(1) for match in _PROPER.finditer(question.raw)]
        said = canonical(tuple(question.said))
        hits = [(self._unit_with(hit.passage.document_id), hit.passage) for hit in self._search(question)]
        found: dict[str, Unit] = {}
        for unit, passage in hits:
            if unit is None:
                continue
            others = {word for other, near in hits if other != unit for word in same_words(near.text).split()}
            own = {word for word in said if word in same_words(passage.text).split() and word not in others}
            named = any(name in passage.text for name in names)
            record = next(r for r in unit.records if r.id == passage.document_id)
            if named or (own and self.extractor(record).speaks(passage.id, said)):
                found[unit.name] = unit
        return next(iter(found.values())) if len(found) == 1 else None

    def _search(self, question: Question) -> Sequence[Hit]:
        return self._shelf.search(question.text, _NEAREST, ["report", "legal", "plan"])

    def _unit_with(self, document_id: str) -> Unit | None:
        return next((unit for unit in self.units if any(r.id == document_id for r in unit.records)), None)

    def _nearly(self, question: Question) -> Unit | None:
        match = _NAMED_UNIT.search(question.raw)
        if not match:
            return None
        name = same_words(match.group(1)).split()
        return next((unit for unit in self.units if _is_slip(name, unit.folded.split())), None)

    def unknown_unit(self, question: Question) -> str | None:
        """A commune that the question names and the library has nothing of."""
        for match in _NAMED_UNIT.finditer(question.raw):
            name = same_words(match.group(1))
            known = any(f" {unit.folded} " in f" {name} " for unit in self.units)
            if not known and not any(_is_slip(name.split(), unit.folded.split()) for unit in self.units):
                return match.group(0)
        return None

    def extractor(self, record: DocumentRecord) -> Extractor:
        key = f"{record.id}.{record.version}"
        if key not in self._extractors:
            self._extractors[key] = Extractor(self._shelf.passages_of(record.id))
        return self._extractors[key]

    def look(self, question: Question, unit: Unit) -> Looked:
        """What the documents of a unit say to the question; the best document answers."""
        question = _without_owner(question, unit)
        groups = of_period(question, unit.records)
        near = None
        for records in groups:
            looked = [self._look(question, unit, record) for record in records]
            best = max(looked, key=lambda pair: pair[0])
            if best[1].statements:
                return best[1]
            near = near or next((found.near for _, found in looked if found.near), None)
        return Looked((), tuple(record for records in groups for record in records), near)

    def _look(self, question: Question, unit: Unit, record: DocumentRecord) -> tuple[float, Looked]:
        extractor = self.extractor(record)
        question = without_run(question, same_words(record.identity.title or ""))
        drop = {*unit.folded.split(), "xa", "phuong", *province_words(question, record)}
        if unit.name.lower().startswith("đặc khu"):
            drop |= {"dac", "khu"}
        if question.has(rf"\b{same_words(kind := record.identity.type or 'báo cáo')}\b"):
            drop |= set(same_words(kind).split())
        drop |= {str(year) for year in question.years if year == record.identity.year} | period_words(question)
        if question.has(_SIGNED) and (signed := signature(record, self._shelf.passages_of(record.id))):
            others = [part.question for part in parts(question) if not part.question.has(_SIGNED)]
            further = [statement for other in others for statement in self._look(other, unit, record)[1].statements]
            return 2.0, Looked((signed, *further), (record,), missing=bool(others) and not further)
        if question.has(_SENT_TO) and (sent := addressees(record, self._shelf.passages_of(record.id))):
            return 2.0, Looked((sent,), (record,))
        if (which := extreme(question)) and (most := extreme_told(question, record, extractor, which)):
            return 2.0, Looked((most,), (record,))
        if question.asks <= _LISTED and (below := self._listed(question, record)):
            return 2.0, Looked(tuple(below), (record,))
        looked = read(question, record, extractor, drop)
        found, missing = looked.found, looked.missing
        near = self._near(question, extractor, record, drop) if missing and not found else None
        statements = as_statements(record, found, extractor, unit.name)
        statements += [computed(record, share) for share in looked.shares]
        statements += [difference(record, *other) for other in looked.differing[:1]]
        if question.has(DIFFERENT) and found:
            statements += elsewhere(record, found[0], extractor)
        values = [share_value(record, share) for share in looked.shares] or values_of(record, found, extractor)
        if question.compares and len(values) == len(found) == 2 and (made := comparison(*values)):
            statements.append(made)
        score = sum(hit.score for hit in found)
        none = any("không có" in finding.figures for finding in found)
        return score, Looked(tuple(statements), (record,), near, bool(missing) and not none, tuple(values))

    def _listed(self, question: Question, record: DocumentRecord) -> list[Statement]:
        """What stands under the heading of the report that the question names."""
        drop = {word for named in re.findall(NAMED_PERIOD, question.folded) for word in named.split()}
        kept = tuple("_" if word in drop else word for word in question.kept)
        section = section_named(replace(question, kept=kept), self._shelf.passages_of(record.id))
        return listed(record, section, capital(short_title(record))) if section is not None else []

    @staticmethod
    def _near(question: Question, extractor: Extractor, record: DocumentRecord, drop: set[str]) -> str | None:
        """Where the report speaks of the subject without the figure asked for."""
        hits = extractor.find(replace(asked_of(question, drop)[0], kind="text", noun=()), n=1)
        if not hits or hits[0].coverage < 0.45:
            return None
        return f"{short_title(record)}, mục «{hits[0].statement.passage.location or 'mở đầu'}»"


_SIGNED = r"\bai ky\b|\bnguoi ky\b|ky ten"
_SENT_TO = r"\b(?:gui|nop|trinh)\b(?: bao cao)?(?: cho| den| len| toi| ve)? (?:ai|dau|noi nao|co quan nao|nhung ai)\b"
_WHICH_WAY = frozenset(("nhieu", "it", "hon", "lon", "nho"))
# passages looked at for a question that names no commune
_NEAREST = 12
# "những khó khăn gì": nothing but a list is asked for
_LISTED: frozenset[Ask] = frozenset(("what", "which"))


def _is_slip(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name was meant but mistyped: each syllable that differs is no syllable at all as typed, and near the
    one meant. "Hòa Bình Thượng" is another commune than "Thạnh Bình Thượng"."""
    if len(typed) != len(name):
        return False
    wrong = [(a, b) for a, b in zip(typed, name, strict=True) if a != b]
    return bool(wrong) and all(a not in legal_model().alone and OSA.distance(a, b) <= 2 for a, b in wrong)


def _units(records: Sequence[DocumentRecord]) -> tuple[Unit, ...]:
    grouped: dict[str, list[DocumentRecord]] = {}
    for record in records:
        if record.identity.unit:
            grouped.setdefault(record.identity.unit.split(",")[0].strip(), []).append(record)
    units = [Unit(name, same_words(_UNIT_KIND.sub("", name)), tuple(group)) for name, group in grouped.items()]
    return tuple(unit for unit in units if unit.folded)


def _without_owner(question: Question, unit: Unit) -> Question:
    """The question without the name of the unit and of its committee."""
    for name in (f"xa {unit.folded}", f"phuong {unit.folded}", f"tinh {unit.folded}", unit.folded):
        question = without_name(without_name(question, f"uy ban nhan dan {name}"), name)
    return question
