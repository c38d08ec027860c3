"""What kind of answer a question is for: cues in its words, and how well sections and documents fit it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.ask.legal_search import LegalMatch
from assistant.ask.question import Question
from assistant.ask.sections import SectionMatch
from assistant.reports import ReportType


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below these a question is declined; chosen on the tuning half of `benchmarks/ask_questions`.

    Attributes:
        section: least coverage of the question by a section, where it speaks of a section at all.
        unspoken: the same where it does not.
        section_pairs: least share of pairs of words where the heading is not named.
        together: pairs of words that a document not named must have more of than this.
        legal: least coverage by a document or fact that it does not name.
        passage: least coverage by a passage of the library.
        named: the same by a passage of the document that the question names.
    """

    section: float = 0.5
    unspoken: float = 0.66
    section_pairs: float = 0.4
    legal: float = 0.66
    together: float = 0.5
    passage: float = 0.72
    named: float = 0.5


# Patterns over folded words. Cues of a section: the words for its parts, and for what a report has to do.
_SECTION_WORDS = (
    r"\bmuc\b(?! (?:tieu|chi|do|giao|luong|phi|thu(?! dien)|dat"
    r"|trung|dong|huong|ho tro|phat|vay|thue|tro cap|gia|song)\b)"
    r"|\bphan\b(?! tram)|\b(?:phu luc|bieu|cot|de cuong|bao cao)\b|^bang\b|\bbang (?:nay|phu|chi|so|thong)"
    r"|can (?:tra loi|neu|co|nhung|ghi|bao cao|thong ke|dua|chuan bi)|phai (?:neu|ghi|bao cao|co|viet)"
    r"|can (?:so lieu|gi)\b|loi (?:hay|thuong) gap|viet (?:the nao|gi)|truong thong tin"
)
_OF_REPORTING = (
    r"\b(?:chi tieu|muc tieu|ket qua|so lieu|thong ke|viet|ghi|neu|tieu chi|noi dung|phuong huong|nhiem vu|mo hinh"
    r"|vien dan|danh gia|de xuat|kien nghi|kho khan|tong hop|trinh bay"
    r"|co duoc (?:ke|coi|xem|lay|gop|tinh|viet|ghi|dua))\b"
)
NAMES_SECTION = (
    r"^(?:\w+ ){0,3}(?<!danh )(?:muc|phan|phu luc|bieu)\b(?! (?:tieu|tram|chi|do|mem|anh))"
    r"|\b(?:trong|cua|o) (?:muc|phan|phu luc)\b"
)
# "mấy phần" counts, "một phần" is a share
SECTION_NAMED = (
    r"(?<!danh )(?<!may )(?<!nhieu )(?<!mot )(?<!thanh )(?<!toan )\b(?:muc|phan|phu luc)\b"
    r"(?! (?:tieu|tram|chi|do|mem|anh|loai|dau|lon|nao))"
)
# in a report that is named, these speak of a section too
_PASSAGE_NAMED = r"\b(?:doan|khuc|cho) (?!nay|do\b|em|toi|minh|biet|hoi)"
_WHOLE_REPORT = (
    r"(?:bao nhieu|may|nhung|cac) (?:phu luc|phan|muc|chuong)\b|noi nhan|kinh gui"
    r"|(?:gui|nop)(?: bao cao)?(?: cho| ve| den| toi| len)?(?: nhung)? (?:ai|co quan|don vi|so (?:nao|hay)|dau)"
    r"|(?:ai|chuc danh nao|nguoi nao) (?:la nguoi )?ky|ky (?:the nao|ten)|tham quyen ky|ky bao cao"
    r"|(?:phan|khoi|nguoi) ky\b|chu ky (?!so|dien tu)|ky thay|(?:cau|doan|loi) (?:mo dau|dan)\b"
    r"|mo dau (?:thi |phai )?(?:vien dan|dan|can cu)"
    r"|so lieu .*\b(?:tinh|lay) (?:tu|den)\b|10 linh vuc.*(?:ke ten|ke ra|gom|la nhung|nhung gi)"
    r"|ky so lieu|so lieu (?:duoc )?tinh tu|bo cuc|de cuong|cau truc|ket cau|muc dich(?! vu)"
)
_COUNTS_PARTS = r"(?:bao nhieu|may|nhung) (?:phu luc|chuong|linh vuc)\b|(?:10|muoi) linh vuc\b.* ke ten"
_OF_CONTENT = (
    r"\b(?:viet|ghi|neu|noi dung|so lieu|thong ke|trinh bay|can co|can cu|loi|chuan bi|liet ke|muc|phan|bieu|bang)\b"
)
_CONTENT_ASKED = r"\b(?:ghi|viet|neu|gom|can)\b.*\b(?:gi|nao|sao)\b"
# what a section is divided into, or a degree ("mức")
_OWN_PARTS = r"mo dau (?:gom|co) may y|xep (?:loai|muc)"
_HEADER = (
    r"kinh gui|noi nhan|\bai (?:la nguoi )?ky\b|ky ten|tham quyen ky|chu ky (?!so|dien tu)|ky thay|ky bao cao"
    r"|(?:cau|doan|loi) (?:mo dau|dan|ket)"
)
_HEADED, _SURELY = 0.8, 0.95
# the same where the report is named too
_HEADED_IN_REPORT = 0.6
_VALUE_ASKED = r"\b(?:muc tieu|chi tieu|han chot|thoi han)\b"
WHICH_DOCUMENT = r"\b(?:van ban|nghi dinh|quyet dinh|nghi quyet|ke hoach|luat|thong tu|chi thi|cong van) nao\b"
_OF_DOCUMENT = (
    r"ban hanh (?:ngay|nam|khi)|ngay nao|do ai|co quan nao ban hanh|hieu luc|thay the|sua doi|quy dinh gi|quy dinh ve"
    r"|may nhom|thuoc linh vuc|trich yeu"
)
_THANKS = r"^(?:da |vang |ok )?(?:xin )?cam on\b"
_GREETING = (
    r"^(?:xin )?chao\b|^hello\b|^hi\b|^alo\b|^(?:ban|em|anh|chi|tro ly) (?:la ai|ten (?:la )?gi)"
    r"|^(?:ban|em|tro ly) (?:lam|giup) (?:duoc|toi)\b"
)
_DEFINITION = (
    r"la (?:cai |bo |loai |thu |to |du lieu |nen tang |he thong |van ban )?gi\b|\bla (?:[a-z]+ ){1,3}nao\b"
    r"|dinh nghia|\bhieu\b.*the nao"
    r"|nghia la (?:gi|sao|the nao)|the nao la|duoc hieu (?:la|nhu the nao)|khai niem|viet tat"
)


def speaks_of_section(question: Question) -> bool:
    return question.cues(_SECTION_WORDS)


def greets(question: Question) -> bool:
    return question.has(_GREETING) and len(question.words) <= 6


def asks_for_types(question: Question) -> bool:
    """Whether it asks which types of reports there are."""
    return question.has(r"\b(?:may|bao nhieu|nhung|cac) (?:loai|mau|dang) bao cao\b") and len(question.words) <= 12


def thanks(question: Question) -> bool:
    return question.has(_THANKS) and len(question.words) <= 8


def asks_meaning(question: Question) -> bool:
    """Whether it asks what something is."""
    return question.has(_DEFINITION)


@dataclass(frozen=True, slots=True)
class Routing:
    """Judges how well sections and documents fit a question."""

    thresholds: Thresholds = field(default_factory=Thresholds)

    def about_outline(self, question: Question, kind: ReportType | None, matches: Sequence[SectionMatch]) -> bool:
        """Whether the question is about a report as a whole: its appendices, parts, recipient, signature."""
        if kind is None:
            return False
        whole = question.cues(_WHOLE_REPORT) and not question.has(_OWN_PARTS)
        if question.has(_COUNTS_PARTS):
            return True
        if self.asks_section(question, matches):
            return False
        surely = bool(matches) and matches[0].typed and matches[0].named >= _SURELY
        if surely and not (question.has(_HEADER) and not question.cues(SECTION_NAMED)):
            return False
        named = (
            matches and matches[0].typed and matches[0].heading >= 0.99 and len(matches[0].section.heading.split()) > 2
        )
        return whole and not named

    def prefers_section(
        self, question: Question, matches: Sequence[SectionMatch], legal: LegalMatch | None, kind: ReportType | None
    ) -> bool:
        if not matches:
            return False
        spoken = question.cues(f"{NAMES_SECTION}|{SECTION_NAMED}")
        if kind is None and not spoken and question.years and question.asks & {"count", "percent"}:
            # a target and its year
            return False
        if kind is not None and self.names_section(question) and matches[0].named >= _HEADED_IN_REPORT:
            return True
        if kind is not None and matches[0].typed and matches[0].called > 0 and self.asks_for_content(question):
            return True
        if not self.section_fits(question, matches[0], kind):
            return False
        if not self.asks_for_content(question):
            return False
        if legal is None:
            return True
        of_reports = question.cues(_SECTION_WORDS)
        if not of_reports and self.legal_fits(legal) and question.has(_VALUE_ASKED):
            return False
        if legal.named:
            return (
                of_reports and (kind is not None or matches[0].heading >= 0.6) and not self.asks_of_document(question)
            )
        of_section = kind is not None or question.cues(NAMES_SECTION)
        if question.has(WHICH_DOCUMENT) and not of_section:
            return False
        whole_heading = matches[0].heading >= 0.95 and len(matches[0].section.heading.split()) >= 4
        if of_reports or (whole_heading and not question.has(WHICH_DOCUMENT)):
            return True
        return matches[0].coverage >= legal.coverage + 0.1

    @staticmethod
    def asks_section(question: Question, matches: Sequence[SectionMatch]) -> bool:
        """Whether it names a section by its heading and asks what stands in it."""
        named = bool(matches) and matches[0].heading >= _HEADED
        return named and question.cues(SECTION_NAMED) and question.has(_CONTENT_ASKED)

    @staticmethod
    def asks_for_content(question: Question) -> bool:
        """Whether it asks what stands in a report: no date, person or meaning, unless a section is named."""
        other = bool(question.asks & {"when", "who"}) and not question.asks & {"columns", "why", "yes_no"}
        spoken = question.cues(NAMES_SECTION) or question.has(_OF_CONTENT)
        return spoken or not (other or asks_meaning(question))

    @staticmethod
    def of_report_section(question: Question, matches: Sequence[SectionMatch]) -> bool:
        """Whether a question that names a report speaks of a section of it."""
        spoken = question.cues(f"{NAMES_SECTION}|{SECTION_NAMED}|{_PASSAGE_NAMED}")
        return spoken or (bool(matches) and matches[0].named >= _HEADED)

    @staticmethod
    def knows_section(matches: Sequence[SectionMatch]) -> bool:
        """Whether the best section of a report named may be the one that is asked for."""
        best = matches[0] if matches else None
        if best is None or not best.typed or not (best.spoken_of or best.named >= _HEADED):
            return False
        return best.named >= 0.5 or (best.pairs > 0 and best.coverage >= 0.35)

    @staticmethod
    def names_section(question: Question) -> bool:
        """Whether it speaks of a section, part or appendix of a report."""
        return question.cues(NAMES_SECTION)

    @staticmethod
    def asks_of_document(question: Question) -> bool:
        """Whether what is asked is a fact of the document named: its date, issuer, status, what it sets."""
        return question.has(_OF_DOCUMENT)

    def legal_fits(self, legal: LegalMatch | None) -> bool:
        if legal is None:
            return False
        return legal.named or (legal.coverage >= self.thresholds.legal and legal.together > self.thresholds.together)

    def section_fits(self, question: Question, match: SectionMatch, kind: ReportType | None) -> bool:
        spoken = kind is not None or question.cues(_SECTION_WORDS)
        if not spoken and not question.has(_OF_REPORTING):
            return False
        headed = kind is not None or match.heading >= 0.5 or "columns" in question.asks
        least = self.thresholds.section if spoken and headed else self.thresholds.unspoken
        if match.coverage >= least and (headed or match.pairs >= self.thresholds.section_pairs):
            return True
        if match.heading >= 0.9 and (match.typed or question.has(r"\b(?:muc|phan|phu luc|bieu|bang)\b")):
            return True
        if match.called >= 0.9 and (match.typed or question.cues(SECTION_NAMED)):
            return True
        least = 0.6 if match.heading < 0.9 else 0.4
        return (
            spoken and (match.heading >= 0.75 or kind is not None) and match.coverage >= least * self.thresholds.section
        )
