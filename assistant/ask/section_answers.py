"""Answers on what a section of a report must say."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.sections import SectionMatch, relevance
from assistant.ask.shelf import BuiltinQuotes, fitting, words
from assistant.ask.verdicts import Verdict, asks_whether_good, due_elsewhere, rule_on, verdicts
from assistant.reports import Field, ReportType, Section
from assistant.vietnamese.text import fold

# words of an answer, the numbers of its citations among them
LIMIT = 176
_LEAST_NEEDS = 60
_SHOWN_FIELDS, _ASKED_FIELDS, _LEAST_FIELDS, _SHOWN_BASIS, _SHOWN_MISTAKES = 8, 14, 3, 4, 3
_LEAD_WORDS, _STANDS_OUT = 20, 0.3
_ANNEX = re.compile(r"Phụ lục [IVXL]+")
_OF_ANNEX = r"phu luc|\bcot\b|\b(?:bang|bieu)\b"
_WHICH_ANNEX = r"phu luc (?:so )?(?:may|nao|bao nhieu)\b"
_HOW_MANY = r"\b(?:bao nhieu|may) (\w+ \w+)"
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
        r"|(?:nghi dinh|quyet dinh|van ban|nghi quyet|luat|quy che|chi thi|ket luan)"
        r"(?: (?!the |cho |nhu )[a-z]+){0,3} nao"
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
        asking: Question | None = None,
    ) -> tuple[Statement, ...]:
        """What the section must say, its figures, tables, legal basis, mistakes and an example, the asked first.

        Args:
            question: without the name of the report.
            limit: words there is room for.
            asking: the whole question, where `question` is what stands in it of this section.
        """
        section = match.section
        shown = [example] if example is not None and question.has(_ASKED["example"]) else []
        limit -= cost(shown)
        first, blocks = self._asked(question, asking or question, match, limit)
        room = limit - sum(cost(blocks[name]) for name in first)
        blocks["example"] = [example] if example is not None and not shown else []
        chosen = [*shown, *(statement for name in first for statement in blocks[name])]
        for name in ("figures", "table", "basis", "mistakes", "example"):
            if name not in first and cost(blocks[name]) <= room:
                chosen += blocks[name]
                room -= cost(blocks[name])
        for twin in twins:
            more = self._also(question, section, twin)
            if more is not None and cost_of(more) <= room:
                chosen.append(more)
                room -= cost_of(more)
        return tuple(chosen)

    def size(self, question: Question, match: SectionMatch, asking: Question) -> int:
        """How many words the asked part of an answer on a section takes."""
        first, blocks = self._asked(question, asking, match, LIMIT)
        return sum(cost(blocks[name]) for name in first)

    def _asked(
        self, question: Question, asking: Question, match: SectionMatch, limit: int
    ) -> tuple[list[str], dict[str, list[Statement]]]:
        """The names of the blocks of a section that are asked for, in their order, with the requirements always among
        them; and all blocks, those asked for within the limit."""
        kind, section = match.report_type, match.section
        asked = asked_blocks(question, section)
        if asked:
            asking = question
        asked = asked or asked_blocks(asking, section)
        blocks = self._blocks(question, asking, match, asked)
        first = [name for name in asked if name not in ("need", "figures", "example")]
        first.insert(min(asked.index("need"), len(first)) if "need" in asked else len(first), "need")
        first = ["count", "direct", *first]
        least = min(cost(blocks["need"]), _LEAST_NEEDS if "need" in asked else limit // 4)
        room = limit - sum(cost(blocks[name]) for name in first if name != "need")
        if "table" in first and room < least:
            blocks["table"] = self._columns(kind, section, "Bảng")
        while (room := limit - sum(cost(blocks[name]) for name in first if name != "need")) < least:
            shorter = [_shorter(statement) for statement in blocks["mistakes"]]
            if shorter == blocks["mistakes"]:
                break
            blocks["mistakes"] = shorter
        blocks["need"] = self._within(question, blocks["need"], max(room, least))
        room -= cost(blocks["need"])
        if "figures" in asked:
            figures = self._figures(question, kind, section, _ASKED_FIELDS, room)
            if cost(figures) <= room:
                first.append("figures")
                blocks["figures"] = figures
        return first, blocks

    @staticmethod
    def _within(question: Question, needs: Sequence[Statement], room: int) -> list[Statement]:
        """The requirements that there is room for, those the question speaks of before the others; the lead says
        where they are not all."""
        if cost(needs) <= room or len(needs) < 2:
            return list(needs)
        lead = replace(needs[0], text=f"{needs[0].text.rstrip(':')}, trong đó:")
        ranked = sorted(needs[1:], key=lambda need: -relevance(question, need.text))
        kept = fitting([lead, *ranked], room, cost_of)
        return [lead, *(need for need in needs[1:] if need in kept)] if len(kept) > 1 else []

    def _blocks(
        self, question: Question, asking: Question, match: SectionMatch, asked: Sequence[str]
    ) -> dict[str, list[Statement]]:
        kind, section = match.report_type, match.section
        mistakes = self._mistaken(question, kind, section)
        judged = verdicts(question, asking, section, mistakes)
        direct = self._direct(kind, section, judged) or self._elsewhere(question, kind, section)
        direct = direct or self._direct(kind, section, rule_on(question, section, kind.rules))
        said = [text for each in judged if each.mistakes for text in each.texts]
        return {
            "count": self._count(question, kind, section),
            "direct": direct,
            "table": self._tables(question, kind, section),
            "need": self._needs(question, kind, section),
            "figures": self._figures(question, kind, section, _SHOWN_FIELDS),
            "basis": self._basis(kind, section, None if "basis" in asked else _SHOWN_BASIS),
            "mistakes": self._mistakes(
                match, mistakes, len(mistakes) if "mistakes" in asked else _SHOWN_MISTAKES, said
            ),
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

    def _direct(self, kind: ReportType, section: Section, judged: Sequence[Verdict]) -> list[Statement]:
        """What bears on what the officer has written or means to write."""
        found = []
        for each in judged:
            source = self._source(kind, section, each.texts)
            said = "; ".join(lower_first(text.rstrip(".;")) for text in each.texts)
            found.append(Statement(f"{each.lead}: {said}.", (source,)))
        return found

    def _elsewhere(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        """What the same outline asks of another section, where a question asks whether it must stand in this one."""
        found = due_elsewhere(question, section, kind.leaves)
        if found is None:
            return []
        other, need = found
        name, there = shown_heading(kind, section), shown_heading(kind, other)
        point = lower_first(need.rstrip(".;"))
        said = f"Đề cương không đặt yêu cầu này ở mục «{name}»; mục «{there}» mới yêu cầu: {point}."
        return [Statement(said, (self._source(kind, other, [need]),))]

    def _count(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        """The purpose of a section, where it says how many there are of what the question counts, or which annex."""
        counted = re.search(_HOW_MANY, question.folded)
        purpose = section.purpose.rstrip(".")
        told = counted is not None and re.search(rf"\d+ {counted[1]}", fold(purpose))
        if not told and not (question.has(_WHICH_ANNEX) and _ANNEX.search(purpose)):
            return []
        source = self._source(kind, section, [section.purpose])
        return [Statement(f"Mục «{shown_heading(kind, section)}»: {lower_first(purpose)}.", (source,))]

    def _tables(self, question: Question, kind: ReportType, section: Section) -> list[Statement]:
        found = self._columns(kind, section, "Bảng")
        if not found and question.cues(r"\b(?:bang|bieu) nao\b|\bbieu gi\b"):
            text = f"Đề cương không đặt bảng ở mục «{shown_heading(kind, section)}»."
            found.append(Statement(text, (self._source(kind, section, [section.heading]),)))
        if question.has(_OF_ANNEX):
            for annex in self._annexes(kind, section):
                found += self._columns(kind, annex, f"{annex.number}: bảng")
        return found

    @staticmethod
    def _annexes(kind: ReportType, section: Section) -> list[Section]:
        """The annexes that a section has to point to."""
        named = {name for requirement in section.requirements for name in _ANNEX.findall(requirement.text)}
        return [annex for annex in kind.appendices if annex.number in named and annex is not section]

    def _columns(self, kind: ReportType, section: Section, lead: str) -> list[Statement]:
        """The tables of a section with their columns."""
        found = []
        for table in section.tables:
            columns = [column.label for column in table.columns if not column.extra]
            source = self._source(kind, section, [table.caption, "; ".join(columns), ", ".join(columns), *columns])
            text = f"{lead} «{table.caption}» gồm {len(columns)} cột: {'; '.join(columns)}."
            found.append(Statement(text, (source,)))
        return found

    def _figures(
        self, question: Question, kind: ReportType, section: Section, most: int, room: int = LIMIT
    ) -> list[Statement]:
        ranked = sorted(
            (field for field in section.fields if field.type != "table"),
            key=lambda field: (-relevance(question, field.label), not field.required, not field.numeric),
        )[:most]
        while len(ranked) > _LEAST_FIELDS and sum(words(_field(field)) for field in ranked) + 5 > room:
            ranked.pop()
        if not ranked:
            return []
        shown = sorted(ranked, key=lambda field: section.fields.index(field))
        source = self._source(kind, section, [field.label for field in shown])
        return [Statement(f"Số liệu cần chuẩn bị: {'; '.join(map(_field, shown))}.", (source,))]

    def _basis(self, kind: ReportType, section: Section, most: int | None) -> list[Statement]:
        shown = [str(basis) for basis in section.basis[:most]]
        if not shown:
            return []
        source = self._source(kind, section, shown)
        return [Statement(f"Căn cứ: {'; '.join(shown)}.", (source,))]

    def _mistaken(self, question: Question, kind: ReportType, section: Section) -> list[str]:
        """The mistakes of a section, and of its annexes where they are spoken of; the likeliest meant first."""
        annexes = self._annexes(kind, section) if question.has("phu luc") else []
        texts = [mistake.text for each in (section, *annexes) for mistake in each.mistakes]
        return sorted(dict.fromkeys(texts), key=lambda text: -relevance(question, text))

    def _mistakes(
        self, match: SectionMatch, mistakes: Sequence[str], most: int | None, said: Sequence[str]
    ) -> list[Statement]:
        """Mistakes, those said already left out."""
        shown = [text for text in mistakes if text not in said][:most]
        if not shown:
            return []
        source = self._source(match.report_type, match.section, shown)
        lead = "Lỗi khác hay gặp" if said else "Lỗi hay gặp"
        return [Statement(f"{lead}: {'; '.join(lower_first(text.rstrip('.;')) for text in shown)}.", (source,))]

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
    a question that asks whether something will do asks for the mistakes before all."""
    places = {name: match.start() for name, pattern in _ASKED.items() if (match := re.search(pattern, question.folded))}
    if "columns" not in question.asks and ("table" in places) > _asks_for_table(question, section):
        del places["table"]
    if asks_whether_good(question):
        places["mistakes"] = -1
    return sorted(places, key=lambda name: places[name])


def _asks_for_table(question: Question, section: Section) -> bool:
    """Whether "bảng", "biểu" is what is asked for and not a word of the heading."""
    heading = fold(section.heading)
    return any(question.cues(rf"\b{word}\b") and not re.search(rf"\b{word}\b", heading) for word in ("bang", "bieu"))


def cost_of(statement: Statement) -> int:
    """The words of a statement with its dash and the number of its citation."""
    return words(statement.text) + (2 if statement.item else 1)


def _shorter(listing: Statement) -> Statement:
    """A list in one sentence without its last item, where it has several."""
    return replace(listing, text=re.sub(r"; [^;]*$", ".", listing.text))


def cost(statements: Iterable[Statement]) -> int:
    """The words that statements take, the numbers of their citations among them."""
    return sum(map(cost_of, statements))


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


def lower_first(text: str) -> str:
    """With a small first letter, unless the first word is a name or an abbreviation."""
    first = re.match(r"\w+", text)
    if not first or not first.group()[1:].islower() or first.group() in ("Ban", "Ủy", "Sở", "Bộ", "Nghị", "Trung"):
        return text
    return text[:1].lower() + text[1:]
