"""Answers on what a section of a report must say, and on a report as a whole."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.sections import SectionMatch, relevance
from assistant.ask.shelf import BuiltinQuotes, fitting, words
from assistant.reports import Field, ReportType, Section

# of the 180 words of an answer, some go to the numbers of citations
LIMIT = 165
_SIGNED = (
    r"\b(?:ai|nguoi|chuc danh) (?:nao )?(?:la nguoi )?ky\b|tham quyen ky|(?:khoi|phan) ky|ky (?:ten|thay|the nao)"
    r"|dong dau"
)
_WHICH_APPENDICES = (
    r"\b(?:may|bao nhieu|nhung|cac|gom|danh sach|ten) (?:[a-z]+ )?phu luc|phu luc (?:gi|nao|la gi|gom|ra sao)"
)
_SENT = r"gui|nhan bao cao|kinh gui|noi nhan|cho ai|co quan nao (?:nhan|yeu cau)"
_TIMED = r"\bky bao cao|thoi gian|ky so lieu|moc|bao lau|dinh ky|thang nao|may thang"
_PARTS = (
    r"may (?:phan|muc|chuong)|bao nhieu (?:phan|muc)|gom (?:nhung )?(?:phan|muc)|de cuong|bo cuc|ket cau|cau truc"
    r"|nhung (?:phan|muc) (?:nao|gi)"
)
_SHOWN_FIELDS = 8
_LEAD_WORDS, _STANDS_OUT = 20, 0.3


@dataclass(frozen=True, slots=True)
class SectionAnswer:
    """Statements on a section, with what they are about."""

    statements: tuple[Statement, ...]
    report_type: str
    sections: tuple[str, ...]


class SectionComposer:
    """Builds answers from the outlines and topics, each line quoted from the builtin documents."""

    def __init__(self, quotes: BuiltinQuotes) -> None:
        self._quotes = quotes

    def section(
        self,
        question: Question,
        match: SectionMatch,
        twins: Sequence[SectionMatch] = (),
        example: Statement | None = None,
        limit: int = LIMIT,
    ) -> SectionAnswer:
        """What the section must say, its figures, tables, legal basis, mistakes and an example, the asked first.

        Args:
            limit: words there is room for.
        """
        kind, section = match.report_type, match.section
        blocks = self._blocks(question, kind, section)
        chosen: list[Statement] = []
        order = _order(question)
        first_asked = order[1] if order[1] != "need" else ""
        if first_asked:
            # what is asked comes first; of the requirements as many as there is room for
            blocks["need"] = fitting(blocks["need"], limit - sum(words(s.text) for s in blocks[first_asked]))
        if example is not None and question.has(r"\b(?:vi du|minh hoa)\b"):
            chosen, example = [example], None
            blocks["need"] = fitting(blocks["need"], limit - words(chosen[0].text))
        room = limit - sum(words(statement.text) for statement in [*chosen, *blocks["need"]])
        for name in order:
            block = blocks[name]
            size = 0 if name == "need" else sum(words(statement.text) for statement in block)
            if name in ("direct", "need", first_asked) or size <= room:
                chosen += block
                room -= size
        if example is not None and words(example.text) <= room:
            chosen.append(example)
            room -= words(example.text)
        for twin in twins:
            more = self._also(question, section, twin)
            if more is not None and words(more.text) <= room:
                chosen.append(more)
                room -= words(more.text)
        return SectionAnswer(tuple(chosen), kind.id, (section.id,))

    def _blocks(self, question: Question, kind: ReportType, section: Section) -> dict[str, list[Statement]]:
        blocks: dict[str, list[Statement]] = {
            "direct": self._direct(question, kind, section),
            "table": self._tables(question, kind, section),
            "need": self._needs(question, kind, section),
            "figures": self._figures(question, kind, section),
            "basis": self._basis(kind, section),
            "mistakes": self._mistakes(question, kind, section),
        }
        return blocks

    def _source(self, kind: ReportType, section: Section, texts: Sequence[str]) -> Source:
        path = " > ".join(shown_heading(kind, parent) for parent in kind.path(section.id))
        return self._quotes.source(texts, f"builtin:report:{kind.id}", kind.short_name, path)

    def _needs(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        texts = [requirement.text for requirement in section.requirements]
        name = shown_heading(kind, section)
        if not texts:
            purpose = section.purpose or kind.purpose
            if not purpose:
                return []
            return [
                Statement(f"Mục «{name}» ({kind.short_name}): {purpose}", (self._source(kind, section, [purpose]),))
            ]
        source = self._source(kind, section, texts)
        ordered = _asked_first(question, texts)
        many = len(texts)
        lead = Statement(f"Mục «{name}» ({kind.short_name}) cần nêu {many} ý:", (source,))
        return [lead, *(Statement(f"{text.rstrip('.;')}.", (source,), item=True) for text in ordered)]

    def _direct(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        """The one line that answers a yes-or-no question."""
        if "yes_no" not in question.asks:
            return []
        candidates = [(requirement.text, "need") for requirement in section.requirements]
        candidates += [(mistake.text, "mistake") for mistake in section.mistakes]
        candidates += [(rule, "rule") for rule in kind.rules]
        text, role = max(candidates, key=lambda pair: relevance(question, pair[0]), default=("", ""))
        if not text or relevance(question, text) < 0.12:
            return []
        source = self._source(kind, section, [text])
        text = text.rstrip(".;")
        if role == "mistake" and not question.has(r"co (?:duoc|nen|the)\b|duoc (?:viet|ghi|ke|tinh)"):
            return [Statement(f"Lưu ý lỗi hay gặp: {lower_first(text)}.", (source,))]
        if role == "mistake":
            return [Statement(f"Không nên; đây là lỗi hay gặp: {lower_first(text)}.", (source,))]
        if question.has(r"\bco duoc\b|duoc (?:viet|ghi|tinh|dua|lay|gop)") and _forbids(text):
            return [Statement(f"Không: {lower_first(text)}.", (source,))]
        answer = "Có" if question.has(r"co (?:can|phai|bat buoc|nen)|bat buoc") else "Theo yêu cầu của mục"
        return [Statement(f"{answer}: {lower_first(text)}.", (source,))]

    def _tables(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        found = []
        if not section.tables and question.has(r"\b(?:bang|bieu) (?:nao|gi)\b"):
            name = shown_heading(kind, section)
            found.append(
                Statement(f"Đề cương không đặt bảng ở mục «{name}».", (self._source(kind, section, [section.heading]),))
            )
        for table in section.tables:
            columns = [column.label for column in table.columns if not column.extra]
            source = self._source(kind, section, [table.caption, "; ".join(columns), ", ".join(columns), *columns])
            found.append(Statement(f"Bảng «{table.caption}» gồm {len(columns)} cột: {'; '.join(columns)}.", (source,)))
        return found

    def _figures(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        asked = sorted(
            (field for field in section.fields if field.type != "table"),
            key=lambda field: (-relevance(question, field.label), not field.required, not field.numeric),
        )[:_SHOWN_FIELDS]
        if not asked:
            return []
        shown = sorted(asked, key=lambda field: section.fields.index(field))
        source = self._source(kind, section, [field.label for field in shown])
        return [Statement(f"Số liệu cần chuẩn bị: {'; '.join(map(_field, shown))}.", (source,))]

    def _basis(self, kind: ReportType, section: Section) -> list[Statement]:
        shown = [str(basis) for basis in section.basis[:4]]
        if not shown:
            return []
        source = self._source(kind, section, shown)
        return [Statement(f"Căn cứ: {'; '.join(shown)}.", (source,))]

    def _mistakes(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        texts = [mistake.text for mistake in section.mistakes]
        if not texts:
            return []
        shown = sorted(texts, key=lambda text: -relevance(question, text))[:3]
        source = self._source(kind, section, shown)
        return [Statement(f"Lỗi hay gặp: {'; '.join(lower_first(text.rstrip('.;')) for text in shown)}.", (source,))]

    def _also(self, question: Question, section: Section, twin: SectionMatch) -> Statement | None:
        """What the section of another report type asks beyond this one."""
        said = {requirement.text for requirement in section.requirements}
        more = [requirement.text for requirement in twin.section.requirements if requirement.text not in said]
        if not more:
            return None
        more = sorted(more, key=lambda text: -relevance(question, text))[:4]
        source = self._source(twin.report_type, twin.section, more)
        name = shown_heading(twin.report_type, twin.section)
        points = "; ".join(lower_first(text.rstrip(".;")) for text in more)
        return Statement(f"Nếu là {lower_first(twin.report_type.short_name)}, mục «{name}» cần: {points}.", (source,))

    def outline(self, question: Question, kind: ReportType) -> SectionAnswer:
        """The report as a whole: appendices, parts, recipient, signature, period, purpose."""
        parts: list[Statement] = []
        signed = question.has(_SIGNED)
        appendices = question.has(_WHICH_APPENDICES)
        for asked, block in (
            (appendices, self._appendices),
            (question.has(r"linh vuc") and not question.has(r"phu luc"), self._largest_part),
            (signed, self._signature),
            (question.has(_SENT), self._recipients),
            (not signed and question.has(_TIMED), self._period),
            (question.has(r"muc dich(?! vu)|de lam gi|phuc vu|tai sao|vi sao"), self._purpose),
            (question.has(_PARTS), self._parts),
        ):
            if asked:
                parts += block(kind)
        if not parts and question.has(r"phu luc"):
            parts = self._appendices(kind)
        if not parts:
            parts = [*self._purpose(kind), *self._parts(kind), *self._recipients(kind)]
        return SectionAnswer(tuple(fitting(parts, LIMIT)), kind.id, ())

    def kinds(self, kinds: Iterable[ReportType]) -> tuple[Statement, ...]:
        """The types of reports that are known, each by its name."""
        items = [Statement(f"{kind.name}.", self._whole(kind, [kind.name]), item=True) for kind in kinds]
        sources = tuple(source for item in items for source in item.sources)
        return (Statement(f"Chương trình có đề cương của {len(items)} loại báo cáo:", sources), *items)

    def _whole(self, kind: ReportType, texts: Sequence[str]) -> tuple[Source, ...]:
        return (self._quotes.source(texts, f"builtin:report:{kind.id}", kind.short_name),)

    def _appendices(self, kind: ReportType) -> list[Statement]:
        names = [f"{section.number} {_title(section)}".strip() for section in kind.appendices]
        if not names:
            text = f"{kind.short_name} không có phụ lục trong đề cương."
            return [Statement(text, self._whole(kind, [kind.name]))]
        source = self._whole(kind, [text for section in kind.appendices for text in (section.heading, _title(section))])
        lead = Statement(f"{kind.short_name} có {len(names)} phụ lục:", source)
        return [lead, *(Statement(f"{name}.", source, item=True) for name in names)]

    def _parts(self, kind: ReportType) -> list[Statement]:
        top = [section for section in kind.children(None) if not section.appendix]
        source = self._whole(kind, [section.heading for section in top])
        lead = Statement(f"{kind.short_name} có {len(top)} phần chính:", source)
        items = []
        for section in top:
            below = [_title(child) for child in kind.children(section.id)]
            inside = f" ({len(below)} mục: {'; '.join(below)})" if 1 < len(below) <= 7 else ""
            items.append(Statement(f"{section.number} {_title(section)}{inside}.".strip(), source, item=True))
        return [lead, *items]

    def _largest_part(self, kind: ReportType) -> list[Statement]:
        """The headings of the part with most of them: the fields that the report goes through one by one."""
        groups = {s.parent: kind.children(s.parent) for s in kind.sections if s.parent and not s.appendix}
        children = max(groups.values(), key=len, default=())
        if not children or children[0].parent is None:
            return []
        source = self._whole(kind, [child.heading for child in children])
        part = shown_heading(kind, kind.section(children[0].parent))
        lead = Statement(f"Phần «{part}» của {lower_first(kind.short_name)} có {len(children)} lĩnh vực:", source)
        return [lead, *(Statement(f"{_title(child)}.", source, item=True) for child in children)]

    def _recipients(self, kind: ReportType) -> list[Statement]:
        to = ", ".join(kind.addressees) or kind.recipient
        texts = [*kind.addressees, kind.recipient, *kind.recipients]
        found = [Statement(f"{kind.short_name} gửi {to}.", self._whole(kind, texts))] if to else []
        if kind.recipients:
            shown = "; ".join(recipient.rstrip(".;") for recipient in kind.recipients)
            found.append(Statement(f"Nơi nhận: {shown}.", self._whole(kind, list(kind.recipients))))
        return found

    def _signature(self, kind: ReportType) -> list[Statement]:
        sign = kind.signature
        lines = " / ".join(line for line in (sign.capacity, sign.title, sign.post) if line)
        unit = "Ban Chỉ đạo" if kind.unit == "steering_committee" else "Ủy ban nhân dân xã"
        source = self._whole(kind, [sign.capacity, sign.title])
        return [Statement(f"{kind.short_name} do {unit} ban hành, khối ký ghi {lines}.", source)]

    def _period(self, kind: ReportType) -> list[Statement]:
        if not kind.period:
            return []
        return [Statement(f"Kỳ báo cáo: {lower_first(kind.period.rstrip('.'))}.", self._whole(kind, [kind.period]))]

    def _purpose(self, kind: ReportType) -> list[Statement]:
        if not kind.purpose:
            return []
        return [
            Statement(f"{kind.short_name}: {lower_first(kind.purpose.rstrip('.'))}.", self._whole(kind, [kind.purpose]))
        ]


def _asked_first(question: Question, texts: Sequence[str]) -> list[str]:
    """Requirements in the order of the outline, one that clearly is the asked one first; where there are too many to
    be shown, by how far the question speaks of them."""
    ranked = sorted(texts, key=lambda text: -relevance(question, text))
    if sum(map(words, texts)) > LIMIT - _LEAD_WORDS:
        return ranked
    first, second = (relevance(question, text) for text in (*ranked[:2], *ranked[:1])[:2])
    if len(texts) > 1 and first >= _STANDS_OUT and first >= 2 * second:
        return [ranked[0], *(text for text in texts if text != ranked[0])]
    return list(texts)


def _order(question: Question) -> tuple[str, ...]:
    """The blocks of a section's answer, the asked before the others."""
    order = ["direct", "table", "need", "figures", "basis", "mistakes"]
    if question.has(r"can cu|vien dan|co so phap ly|(?:nghi dinh|quyet dinh|van ban|nghi quyet|luat) nao"):
        order.remove("basis")
        order.insert(1, "basis")
    if question.has(r"\bloi\b|mac loi|\bsai\b|luu y|tranh|hay thieu|thieu sot|bi che|bi tra lai|nhac nho"):
        order.remove("mistakes")
        order.insert(1, "mistakes")
    if "columns" not in question.asks and not question.has(r"\b(?:bang|bieu)\b"):
        order.remove("table")
        order.insert(order.index("need") + 1, "table")
    return tuple(order)


def shown_heading(kind: ReportType, section: Section) -> str:
    """Number and heading as an officer reads them, without the places for periods."""
    return f"{section.number} {_title(section)}".strip()


def _title(section: Section) -> str:
    title = re.sub(r"\s*\{\w+\}", "", section.heading).strip()
    letters = [letter for letter in title if letter.isalpha()]
    if letters and sum(letter.isupper() for letter in letters) > 0.8 * len(letters):
        return _sentence_case(title)
    return title


_KEEP = {
    "cđs", "khcn", "đmst", "tthc", "dvctt", "hđnd", "ubnd", "csdl", "cntt", "nq", "kh", "cn", "pl", "bcđ", "tw",
}  # fmt: skip


def _sentence_case(title: str) -> str:
    """A heading in capitals as a sentence; abbreviations and Roman numbers stay."""
    pieces = re.split(r"(\W+)", title)
    lowered = [
        piece if not piece.isalpha() or piece.lower() in _KEEP or re.fullmatch(r"[IVX]{2,}", piece) else piece.lower()
        for piece in pieces
    ]
    text = "".join(lowered)
    return text[:1].upper() + text[1:]


def _field(field: Field) -> str:
    unit = field.unit_label
    return (
        f"{lower_first(field.label)} ({unit})" if unit and unit not in field.label.lower() else lower_first(field.label)
    )


def _forbids(text: str) -> bool:
    return bool(re.search(r"\bkhông\b|\btách\b|riêng khỏi|\btránh\b|\bchưa\b", text.lower()))


def lower_first(text: str) -> str:
    """With a small first letter, unless the first word is a name or an abbreviation."""
    first = re.match(r"\w+", text)
    if not first or not first.group()[1:].islower() or first.group() in ("Ban", "Ủy", "Sở", "Bộ", "Nghị", "Trung"):
        return text
    return text[:1].lower() + text[1:]
