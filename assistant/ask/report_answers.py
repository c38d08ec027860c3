"""Answers on a report as a whole: its parts and annexes, whom it goes to, who signs it, its period."""

from collections.abc import Iterable, Sequence

from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.section_answers import LIMIT, lower_first, section_title, shown_heading
from assistant.ask.shelf import BuiltinQuotes, fitting
from assistant.reports import ReportType, Section

_SIGNED = (
    r"\b(?:ai|nguoi|chuc danh) (?:nao )?(?:la nguoi )?ky\b|tham quyen ky|(?:khoi|phan) ky|ky (?:ten|thay|the nao)"
    r"|dong dau|chu ky(?! so| dien tu)"
)
_WHICH_APPENDICES = (
    r"\b(?:may|bao nhieu|nhung|cac|gom|danh sach|ten) (?:[a-z]+ )?phu luc|phu luc (?:gi|nao|la gi|gom|ra sao)"
)
_SENT = r"gui|nhan bao cao|kinh gui|noi nhan|cho ai|co quan nao (?:nhan|yeu cau)"
_TIMED = r"\bky bao cao|thoi gian|ky so lieu|moc|bao lau|dinh ky|thang nao|may thang|tinh tu|tu ngay|chot"
_OPENED = r"(?:cau|doan|loi) (?:mo dau|dan)|mo dau (?:dan|ghi|bang)|van ban (?:nao )?yeu cau|can cu vao yeu cau"
_PARTS = (
    r"may (?:phan|muc|chuong)|bao nhieu (?:phan|muc)|gom (?:nhung )?(?:phan|muc)|de cuong|bo cuc|ket cau|cau truc"
    r"|nhung (?:phan|muc) (?:nao|gi)"
)
# of these a question on a section may ask in passing
_BESIDE_SENT = r"\b(?:gui|nop) (?:[a-z]+ ){0,3}(?:ai|dau|so nao|co quan nao|don vi nao)\b|kinh gui|noi nhan"
_BESIDE_SIGNED = r"\bai (?:la nguoi )?ky\b|ky ten"
_FEW_PARTS = 3


class ReportComposer:
    """Builds answers from the outlines, each line quoted from the builtin documents."""

    def __init__(self, quotes: BuiltinQuotes) -> None:
        self._quotes = quotes

    def outline(self, question: Question, kind: ReportType) -> tuple[Statement, ...]:
        """The report as a whole: appendices, parts, recipient, signature, period, purpose."""
        parts: list[Statement] = []
        signed = question.has(_SIGNED)
        appendices = question.has(_WHICH_APPENDICES)
        for asked, block in (
            (appendices, self._appendices),
            (question.has(r"linh vuc") and not question.has(r"phu luc"), self._largest_part),
            (signed, self._signature),
            (question.has(_SENT), self._recipients),
            (question.has(_OPENED), self._opening),
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
        return tuple(fitting(parts, LIMIT))

    def kinds(self, kinds: Iterable[ReportType]) -> tuple[Statement, ...]:
        """The types of reports that are known, each by its name."""
        items = [Statement(f"{kind.name}.", self._whole(kind, [kind.name]), item=True) for kind in kinds]
        sources = tuple(source for item in items for source in item.sources)
        return (Statement(f"Chương trình có đề cương của {len(items)} loại báo cáo:", sources), *items)

    def beside(self, question: Question, kind: ReportType) -> list[Statement]:
        """What a question on a section asks of its report in passing: whom it goes to, who signs it."""
        found = self._recipients(kind)[:1] if question.has(_BESIDE_SENT) else []
        return [*found, *(self._signature(kind) if question.has(_BESIDE_SIGNED) else ())]

    def part(self, kind: ReportType, sections: Sequence[Section]) -> tuple[Statement, ...]:
        """A part of a report by the sections under it; several parts that bear one number by their headings."""
        if len(sections) == 1:
            below = kind.children(sections[0].id)
            what = f"Phần «{shown_heading(kind, sections[0])}» ({kind.short_name}) có {len(below)} mục:"
        else:
            below = tuple(sections)
            what = f"{kind.short_name} có {len(below)} mục mang số này; hãy hỏi kèm tên mục:"
        lead = Statement(what, self._whole(kind, [section.heading for section in below]))
        return tuple(fitting([lead, *(self._entry(kind, section) for section in below)], LIMIT))

    def _entry(self, kind: ReportType, section: Section) -> Statement:
        """One section of a list: its heading, what is above it where the number alone is not enough, its purpose."""
        purpose = f": {lower_first(section.purpose.rstrip('.'))}" if section.purpose else ""
        source = self._whole(kind, [text for text in (section.heading, section.purpose) if text])
        return Statement(f"{shown_heading(kind, section)}{purpose}.", source, item=True)

    @staticmethod
    def headings(kind: ReportType) -> list[str]:
        """The headings of the top of an outline, annexes left out; of few parts those below them."""
        top = [section for section in kind.children(None) if not section.appendix]
        if len(top) <= _FEW_PARTS:
            top = [below for section in top for below in kind.children(section.id) or (section,)]
        return [shown_heading(kind, section) for section in top]

    def _whole(self, kind: ReportType, texts: Sequence[str]) -> tuple[Source, ...]:
        return (self._quotes.source(texts, f"builtin:report:{kind.id}", kind.short_name),)

    def _appendices(self, kind: ReportType) -> list[Statement]:
        names = [f"{section.number} {section_title(section)}".strip() for section in kind.appendices]
        if not names:
            text = f"{kind.short_name} không có phụ lục trong đề cương."
            return [Statement(text, self._whole(kind, [kind.name]))]
        source = self._whole(
            kind, [text for section in kind.appendices for text in (section.heading, section_title(section))]
        )
        lead = Statement(f"{kind.short_name} có {len(names)} phụ lục:", source)
        return [lead, *(Statement(f"{name}.", source, item=True) for name in names)]

    def _parts(self, kind: ReportType) -> list[Statement]:
        top = [section for section in kind.children(None) if not section.appendix]
        source = self._whole(kind, [section.heading for section in top])
        lead = Statement(f"{kind.short_name} có {len(top)} phần chính:", source)
        items = []
        for section in top:
            below = [section_title(child) for child in kind.children(section.id)]
            inside = f" ({len(below)} mục: {'; '.join(below)})" if 1 < len(below) <= 7 else ""
            items.append(Statement(f"{section.number} {section_title(section)}{inside}.".strip(), source, item=True))
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
        return [lead, *(Statement(f"{section_title(child)}.", source, item=True) for child in children)]

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

    def _opening(self, kind: ReportType) -> list[Statement]:
        if not kind.trigger:
            return []
        text = f"Câu mở đầu dẫn văn bản yêu cầu báo cáo: {kind.trigger.rstrip('.')}."
        return [Statement(text, self._whole(kind, [kind.trigger]))]

    def _purpose(self, kind: ReportType) -> list[Statement]:
        if not kind.purpose:
            return []
        return [
            Statement(f"{kind.short_name}: {lower_first(kind.purpose.rstrip('.'))}.", self._whole(kind, [kind.purpose]))
        ]
