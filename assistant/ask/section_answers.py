"""Answers on what a section of a report must say."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.ask.matching import stop_words
from assistant.ask.models import Source, Statement
from assistant.ask.question import Question, spell_out
from assistant.ask.sections import SectionMatch, relevance
from assistant.ask.shelf import BuiltinQuotes, fitting, words
from assistant.reports import Field, ReportType, Section
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import folded_syllables

# of the 180 words of an answer, some go to the numbers of citations
LIMIT = 165
# further words where more than one thing is asked for
_FOR_MORE = 45
_SHOWN_FIELDS, _ASKED_FIELDS, _LEAST_FIELDS, _SHOWN_BASIS, _SHOWN_MISTAKES = 8, 14, 4, 4, 3
_LEAD_WORDS, _STANDS_OUT = 20, 0.3
_LEAST_SPOKEN, _LEAST_SPOKEN_OF_RULE, _CLEAR, _NEARER = 0.2, 0.35, 0.5, 0.1
_WHETHER_GOOD = (
    r"\bco (?:sao|on|sai|dung|duoc|dat) (?:khong|chua)\b|(?:duoc|du|dung|on|dat|sai|sao|hop ly) (?:khong|chua)\b"
    r"|(?:duoc|du|dung|on) (?:a|chu|nhi)\b|hay phai|co phai tach|co can tach|bo (?:trong|qua|muc)|thay (?:the|vay) duoc"
    r"|chap nhan|co duoc (?:gop|nhap|bo|de|ghi|viet|ke|lay|tinh|dua|chep)|co nen\b"
)
_MUST = r"\bco (?:can|phai|bat buoc|nen)\b|bat buoc"
_ASKED = {
    "need": (
        r"(?:can|phai|nen|bat buoc)(?: phai)? (?:neu|viet|ghi|co|gi|nhung|trinh bay|dua|ke|khai|dam bao)"
        r"|\b(?:neu|viet|ghi|ke|gom|(?<!trien )khai|dua) (?:nhung )?(?:gi|sao|the nao|y nao)|y (?:nao|gi)"
        r"|noi dung (?:gi|nao)|may y\b|yeu cau (?:gi|nao|noi dung|cua)"
    ),
    "figures": r"so lieu|con so|chi so nao|thong ke|ty le (?:nao|gi)|so (?:gi|nao)\b|may con",
    "table": r"\bcot\b|\b(?:bang|bieu)\b",
    "basis": (
        r"can cu|vien dan|co so phap ly|dua vao (?:van ban|quy dinh)"
        r"|(?:nghi dinh|quyet dinh|van ban|nghi quyet|luat)(?: (?!the |cho |nhu )[a-z]+){0,3} nao"
    ),
    "mistakes": (
        r"\bloi\b(?! ich)|mac loi|\bsai\b|sai sot|luu y|tranh\b(?! thu)|hay thieu|thieu sot|bi (?:che|tra|nhac|bat|phe)"
        r"|nhac nho|chat van|hay (?:quen|nham|vuong)"
    ),
    "example": r"\b(?:vi du|minh hoa|mau cau|cau mau)\b",
}


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
    ) -> tuple[Statement, ...]:
        """What the section must say, its figures, tables, legal basis, mistakes and an example, the asked first.

        Args:
            question: without the name of the report.
            limit: words there is room for; more where several things are asked for.
        """
        kind, section = match.report_type, match.section
        asked = asked_blocks(question, section)
        blocks = self._blocks(question, kind, section, asked)
        blocks["example"] = [example] if example is not None else []
        first = ["direct", *asked] if "need" in asked else ["direct", *asked, "need"]
        room = limit + _FOR_MORE * max(len(asked) - 1, 0)
        room -= sum(_size(blocks[name]) for name in first if name not in ("need", "figures"))
        if not {"need", "figures"} & set(asked) and _size(blocks["need"]) > room:
            blocks["need"] = self._cut(blocks["need"], room)
        room -= _size(blocks["need"])
        if "figures" in asked:
            # the figures asked for go with all the requirements: as many as there is room for
            most = _ASKED_FIELDS
            while most > _LEAST_FIELDS and _size(blocks["figures"]) > room:
                most -= 1
                blocks["figures"] = self._figures(question, kind, section, most)
            room -= _size(blocks["figures"])
        chosen = [statement for name in first for statement in blocks[name]]
        for name in ("figures", "table", "basis", "mistakes", "example"):
            if name not in first and _size(blocks[name]) <= room:
                chosen += blocks[name]
                room -= _size(blocks[name])
        for twin in twins:
            more = self._also(question, section, twin)
            if more is not None and words(more.text) <= room:
                chosen.append(more)
                room -= words(more.text)
        return tuple(chosen)

    @staticmethod
    def _cut(needs: Sequence[Statement], room: int) -> list[Statement]:
        """As many requirements as there is room for, the lead saying that they are not all."""
        kept = fitting(needs, room)
        if len(kept) < 2:
            return []
        return [replace(kept[0], text=f"{kept[0].text.rstrip(':')}, trong đó:"), *kept[1:]]

    def _blocks(
        self, question: Question, kind: ReportType, section: Section, asked: Sequence[str]
    ) -> dict[str, list[Statement]]:
        return {
            "direct": self._direct(question, kind, section),
            "table": self._tables(question, kind, section),
            "need": self._needs(question, kind, section),
            "figures": self._figures(question, kind, section, _ASKED_FIELDS if "figures" in asked else _SHOWN_FIELDS),
            "basis": self._basis(kind, section, None if "basis" in asked else _SHOWN_BASIS),
            "mistakes": self._mistakes(question, kind, section, None if "mistakes" in asked else _SHOWN_MISTAKES),
        }

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
        """The one line that answers a yes-or-no question, where the section or the rules of reports speak of it."""
        if "yes_no" not in question.asks:
            return []
        told = _told(question, section)
        own = [(requirement.text, "need") for requirement in section.requirements]
        own += [(mistake.text, "mistake") for mistake in section.mistakes]
        # of what may not be good the mistake is nearer than the requirement of the same words
        nearer = _NEARER if asks_whether_good(question) else 0.0
        text, role = max(
            own,
            key=lambda pair: _speaks(question, told, pair[0]) + (nearer if pair[1] == "mistake" else 0.0),
            default=("", ""),
        )
        if not text or _speaks(question, told, text) < _LEAST_SPOKEN:
            if elsewhere := self._asked_elsewhere(question, told, kind, section):
                return elsewhere
            text, role = max(((rule, "rule") for rule in kind.rules), key=lambda pair: _speaks(question, told, pair[0]))
            if _speaks(question, told, text) < _LEAST_SPOKEN_OF_RULE:
                return []
        source = self._source(kind, section, [text])
        return [Statement(f"{_verdict(question, told, text, role)}: {lower_first(text.rstrip('.;'))}.", (source,))]

    def _asked_elsewhere(
        self, question: Question, told: set[str], kind: ReportType, section: Section
    ) -> list[Statement]:
        """What the same outline asks of another section, where a question asks whether it must stand in this one."""
        if not question.has(_MUST):
            return []
        needs = [(need.text, other) for other in kind.leaves if other.id != section.id for need in other.requirements]
        text, other = max(needs, key=lambda pair: _speaks(question, told, pair[0]))
        if _share_told(question, told, text) < _CLEAR:
            return []
        name, there = shown_heading(kind, section), shown_heading(kind, other)
        point = lower_first(text.rstrip(".;"))
        said = f"Đề cương không đặt yêu cầu này ở mục «{name}»; mục «{there}» mới yêu cầu: {point}."
        return [Statement(said, (self._source(kind, other, [text]),))]

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

    def _figures(self, question: Question, kind: ReportType, section: Section, most: int) -> list[Statement]:
        asked = sorted(
            (field for field in section.fields if field.type != "table"),
            key=lambda field: (-relevance(question, field.label), not field.required, not field.numeric),
        )[:most]
        if not asked:
            return []
        shown = sorted(asked, key=lambda field: section.fields.index(field))
        source = self._source(kind, section, [field.label for field in shown])
        return [Statement(f"Số liệu cần chuẩn bị: {'; '.join(map(_field, shown))}.", (source,))]

    def _basis(self, kind: ReportType, section: Section, most: int | None) -> list[Statement]:
        shown = [str(basis) for basis in section.basis[:most]]
        if not shown:
            return []
        source = self._source(kind, section, shown)
        return [Statement(f"Căn cứ: {'; '.join(shown)}.", (source,))]

    def _mistakes(self, question: Question, kind: ReportType, section: Section, most: int | None) -> list[Statement]:
        texts = [mistake.text for mistake in section.mistakes]
        if not texts:
            return []
        shown = sorted(texts, key=lambda text: -relevance(question, text))[:most]
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


def asked_blocks(question: Question, section: Section) -> list[str]:
    """What of a section a question asks for, in its order: "need", "figures", "table", "basis", "mistakes", "example";
    a question that asks whether something will do asks for the mistakes too."""
    places = {name: match.start() for name, pattern in _ASKED.items() if (match := re.search(pattern, question.folded))}
    if "columns" not in question.asks and ("table" in places) > _asks_for_table(question, section):
        del places["table"]
    if asks_whether_good(question):
        places.setdefault("mistakes", len(question.folded))
    return sorted(places, key=lambda name: places[name])


def _asks_for_table(question: Question, section: Section) -> bool:
    """Whether "bảng", "biểu" is what is asked for and not a word of the heading."""
    heading = fold(section.heading)
    return any(question.cues(rf"\b{word}\b") and not re.search(rf"\b{word}\b", heading) for word in ("bang", "bieu"))


def asks_whether_good(question: Question) -> bool:
    """Whether it tells what was or will be written and asks if that will do."""
    return question.has(_WHETHER_GOOD)


def _told(question: Question, section: Section) -> set[str]:
    """The content words of a question that do not only name the section."""
    naming = set(folded_syllables(spell_out(" ".join((section.heading, *section.aliases)))))
    said = {word for word in question.said if word not in stop_words()}
    return said - naming or said


def _speaks(question: Question, told: set[str], text: str) -> float:
    """How far a text is what a question tells of, 0-1: shares of the text in the question and of the told in it."""
    return (relevance(question, text) + _share_told(question, told, text)) / 2


def _share_told(question: Question, told: set[str], text: str) -> float:
    """How much of what a question tells is in a text: its words and those of them that stand together."""
    own = folded_syllables(spell_out(text))
    pairs = [pair for pair in itertools.pairwise(question.words) if told & set(pair)]
    known = set(itertools.pairwise(own))
    whole = len(told) + len(pairs)
    return (len(told & set(own)) + sum(pair in known for pair in pairs)) / whole if whole else 0.0


def _verdict(question: Question, told: set[str], text: str, role: str) -> str:
    """How a line is introduced that answers a yes-or-no question; a plain yes or no only where it is clear."""
    clear = _share_told(question, told, text) >= _CLEAR
    permission = question.has(r"\bco (?:duoc|nen|the)\b|duoc (?:viet|ghi|ke|tinh|dua|lay|gop|khong|chua)|co sao")
    if role == "mistake":
        return "Không nên; đây là lỗi hay gặp" if permission and clear else "Lưu ý lỗi hay gặp"
    if permission and clear and _forbids(text):
        return "Không"
    if clear and question.has(_MUST):
        return "Có"
    return "Theo yêu cầu của mục" if role == "need" else "Theo quy tắc chung của báo cáo"


def _size(statements: Iterable[Statement]) -> int:
    return sum(words(statement.text) for statement in statements)


def shown_heading(kind: ReportType, section: Section) -> str:
    """Number and heading as an officer reads them, without the places for periods."""
    return f"{section.number} {section_title(section)}".strip()


def section_title(section: Section) -> str:
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
