"""Answers on what stands around the sections of a report: whom it goes to, how it opens and ends, who signs it."""

import re
from collections.abc import Callable, Sequence

from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.section_answers import lower_first
from assistant.ask.shelf import BuiltinQuotes
from assistant.reports import ReportType
from assistant.reports.header_facts import header_facts, reporting_unit, signature_lines

# what is asked by, over folded words
_SIGNED = (
    r"\b(?:ai|nguoi|chuc danh|don vi nao) (?:nao )?(?:la nguoi )?(?:dung ten )?ky\b(?! (?:so|truoc|sau|nay|toi))"
    r"|dung ten ky|tham quyen ky|\b(?:khoi|phan|o|cho) ky\b(?! (?:so|bao cao|hieu|khac|truoc|sau|nay))"
    r"|\bky (?:ten|thay|thua|nhay)\b"
    r"|dong dau|\bchu ky\b(?! so| dien tu)|quyen han (?:va )?chuc vu"
    r"|thay mat (?:ubnd|uy ban|ban chi dao)|\b(?:kt|tm) (?:chu tich|truong ban|uy ban|ubnd)\b"
)
_ADDRESSED = r"kinh gui"
_SENT = (
    r"(?:gui|nop|trinh)(?: bao cao)?(?: nay)?(?: cho| ve| den| toi| len)?(?: nhung)? "
    r"(?:ai|dau|co quan nao|don vi nao|so nao|cap nao|noi nao)\b|(?:ai|co quan nao|don vi nao|cap nao|noi nao) nhan\b"
    r"|\bgui(?: \w+){0,2} (?:dang uy|so|tinh|uy ban nhan dan|hoi dong nhan dan)(?: (?:xa|nua|co|duoc))* khong$"
)
_RECEIVED = r"noi nhan"
# "mở đầu" may be the first section: here it is the sentence that cites what the report rests on
_OPENED = (
    r"(?:cau|doan|loi|phan|cho) mo dau|(?:cau|doan|loi) dan\b(?! chung| sang| den| ra)"
    r"|\bmo (?:dau|bai)\b(?: \w+){0,6}? (?:(?<!nhan )dan|can cu|dua|theo|bang)\b|bat dau bang (?:cau|gi)"
)
_CLOSED = r"\b(?:cau|doan|loi) (?:ket(?! qua)|cuoi)\b|ket (?:bai|thuc|bang)\b|tren day la bao cao"
_TRIGGERED = r"van ban (?:nao |gi )?(?:yeu cau|giao)|theo yeu cau (?:nao|cua ai|gi)|(?:ai|co quan nao) yeu cau"
_TIMED = (
    r"\bky (?:cua )?bao cao|\bky cua$|^ky cua\b|\bky so lieu|\b(?:nam|quy) hay (?:la )?(?:6|sau|quy|nam)\b|bao lau"
    r"|dinh ky|may lan|ky hop nao|\bchot (?:so lieu|den|ngay)|\b(?:tinh|lay) tu (?:ngay|bao|khi|moc)"
    r"|so lieu .*\btu (?:ngay|bao gio|khi nao|luc nao|moc|dau nam|thang)|thoi gian (?:nao|so lieu|bao cao)"
    r"|moc (?:ngay|thoi gian|nao|so lieu)|khi nao phai|giai doan nao tiep"
    r"|nhiem vu (?:cua |cho )?(?:giai doan|thang|ky|thoi gian) nao"
)
_PURPOSE = r"muc dich(?! vu)|de lam gi|phuc vu viec gi|dung de"
_ALWAYS = "|".join((_SIGNED, _ADDRESSED, _RECEIVED, _CLOSED))
_UNHEADED = "|".join((_OPENED, _SENT, _TRIGGERED, _TIMED))


def asks_header(question: Question, headed: bool) -> bool:
    """Whether it asks what stands around the sections of a report.

    Args:
        headed: whether it names a section, of which whom to send something to or a time may be asked as well.
    """
    return question.has(_ALWAYS) or (not headed and question.has(_UNHEADED))


class HeaderComposer:
    """Tells the facts of a report type that a question asks for, each quoted from the builtin documents."""

    def __init__(self, quotes: BuiltinQuotes) -> None:
        self._quotes = quotes

    def told(self, question: Question, kind: ReportType) -> list[Statement]:
        """The facts asked for, in the order in which the question asks for them; [] where it asks for none."""
        blocks: tuple[tuple[str, Callable[[ReportType], list[Statement]]], ...] = (
            (_SIGNED, self._signature),
            (f"{_ADDRESSED}|{_SENT}", self._addressed),
            (_RECEIVED, self.distributed),
            (_OPENED, self._opening),
            (_CLOSED, self._closing),
            (_TRIGGERED, self._trigger),
            (_TIMED, self._period),
            (_PURPOSE, self.purpose),
        )
        asked = [(match.start(), block) for pattern, block in blocks if (match := re.search(pattern, question.folded))]
        return [statement for _, block in sorted(asked, key=lambda pair: pair[0]) for statement in block(kind)]

    def addressed(self, kind: ReportType) -> list[Statement]:
        """Whom a report goes to."""
        facts = header_facts(kind)
        to = ", ".join(kind.addressees) or kind.recipient
        if not to:
            return []
        return [self._say(kind, f"{kind.short_name} gửi {to}", [facts["Kính gửi"], kind.recipient])]

    def _addressed(self, kind: ReportType) -> list[Statement]:
        if kind.addressees:
            return [*self.addressed(kind), *self.distributed(kind)]
        line = self._say(kind, f"Đề cương {header_facts(kind)['Kính gửi']}", [header_facts(kind)["Kính gửi"]])
        return [*self.addressed(kind), line, *self.distributed(kind)]

    def distributed(self, kind: ReportType) -> list[Statement]:
        """The list at the foot of a report."""
        return self._fact(kind, "Nơi nhận", "Nơi nhận")

    def _signature(self, kind: ReportType) -> list[Statement]:
        lines = signature_lines(kind)
        who = f"{kind.short_name} do {reporting_unit(kind)} ban hành"
        text = f"{who}; khối ký ghi {len(lines)} dòng: {' / '.join(lines)}"
        return [self._say(kind, text, [header_facts(kind)["Khối ký"]])]

    def _opening(self, kind: ReportType) -> list[Statement]:
        return [
            *self._fact(kind, "Câu mở đầu viện dẫn", "Câu mở đầu viện dẫn"),
            *self._fact(kind, "Mẫu câu mở đầu", "Mẫu"),
        ]

    def _closing(self, kind: ReportType) -> list[Statement]:
        return [*self._fact(kind, "Mẫu câu kết", "Câu kết"), *self._fact(kind, "Lưu ý câu kết", "Ở câu kết")]

    def _trigger(self, kind: ReportType) -> list[Statement]:
        return self._fact(kind, "Khi nào phải báo cáo", "Báo cáo được làm theo")

    def _period(self, kind: ReportType) -> list[Statement]:
        return self._fact(kind, "Kỳ báo cáo", "Kỳ báo cáo")

    def purpose(self, kind: ReportType) -> list[Statement]:
        """What a report is for."""
        return self._fact(kind, "Mục đích", kind.short_name)

    def _fact(self, kind: ReportType, label: str, lead: str) -> list[Statement]:
        fact = header_facts(kind).get(label)
        if not fact:
            return []
        return [self._say(kind, f"{lead}: {lower_first(fact.rstrip('.'))}", [fact])]

    def _say(self, kind: ReportType, text: str, quoted: Sequence[str]) -> Statement:
        source: Source = self._quotes.source(quoted, f"builtin:report:{kind.id}", kind.short_name)
        return Statement(f"{text}.", (source,))
