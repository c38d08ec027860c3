"""What a section says of something that an officer has written or means to write."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ask.matching import stop_words
from assistant.ask.parts import parts
from assistant.ask.question import Question, spell_out
from assistant.ask.sections import relevance
from assistant.reports import Section
from assistant.vietnamese.tokens import folded_syllables

_WHETHER_GOOD = (
    r"\b(?:duoc|du|dung|on|dat|sai|sao|hop ly) (?:khong|chua|roi chu)\b|(?:duoc|du|dung|on) (?:a|chu|nhi)\b|hay phai"
    r"|(?<!noi )bo (?:trong|qua|muc)|thay (?:the|vay) duoc|chap nhan|co nen\b"
    r"|co duoc (?:gop|nhap|bo|de|ghi|viet|ke|lay|tinh|dua|chep)|\bhop (?:le|tham quyen)\b.*\b(?:khong|chua)\b"
    r"|(?<!hay )(?<!thuong )bi (?:coi|bat|tra|che|phe|nhac|xem)|co (?:bat loi|phe binh|che khong)|vuong loi"
    r"|co phai (?:la )?loi|co (?:van de|lam) (?:gi |sao )?khong"
    r"|(?:thi|vay|the) sao\b|(?<!hay )thieu (?:gi|mat|so nao|y nao)"
)
_PERMISSION = (
    r"\b(?:duoc|on|du|dat|hop ly|dung|hop le|hop tham quyen|chap nhan)\b.{0,12}\b(?:khong|chua|chu|a|nhi)\b"
    r"|co (?:duoc|nen|the)\b|duoc (?:viet|ghi|ke|tinh|dua|lay|gop)"
)
_DUTY = r"\bco (?:can|phai|bat buoc|nen)\b(?! (?:la )?loi)|bat buoc .*\bkhong\b|\bphai .{0,40}\bkhong\b"
# how far a line must be what the officer tells of to be said of it, and how much of what is told it must hold
_BEARS, _BEARS_MISTAKE, _BEARS_RULE, _HOLDS = 0.2, 0.15, 0.35, 0.1
# so near to the mistake meant most are others that are meant; so much must be clear for a plain yes or no
_BESIDE, _CLEAR = 0.65, 0.5
# a mistake of leaving something out is no answer to whether that has to be
_LEAVES_OUT = re.compile(r"\b(?:không|thiếu|bỏ)\b", re.IGNORECASE)
# a mistake is nearer to what may not be good than the requirement of the same words
_NEARER = 0.1


def asks_whether_good(question: Question) -> bool:
    """Whether it tells what was or will be written and asks if that will do."""
    return question.has(_WHETHER_GOOD)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What bears on the officer's words.

    Attributes:
        lead: how the lines are introduced.
        texts: lines of the outline.
        mistakes: whether they are mistakes.
    """

    lead: str
    texts: tuple[str, ...]
    mistakes: bool = False


def verdicts(question: Question, asking: Question, section: Section, mistaken: Sequence[str]) -> list[Verdict]:
    """What a section requires of that which the question asks to have to be, and the mistakes in what it tells.

    Args:
        asking: the whole, where the question is what stands in it of this section and asks nothing.
        mistaken: mistakes that may be made.
    """
    judged, due = _judged(question, asking), _due(question, asking)
    if not judged and not due:
        return []
    mistaken = mistaken if judged else [text for text in mistaken if not _LEAVES_OUT.search(text)]
    mistakes = _bearing(question, judged or due, section, mistaken, _BEARS_MISTAKE, 0.0)
    # a duty is looked for in its own piece of the question alone: another may speak of another requirement
    asked = due[0] if len(due) == 1 else question
    needs = _bearing(asked, due or judged, section, [need.text for need in section.requirements])
    need_score, need = needs[0] if needs else (0.0, "")
    worst = mistakes[0][0] if mistakes else 0.0
    found = []
    if mistakes and (judged or worst > need_score):
        texts = tuple(text for score, text in mistakes if score >= _BESIDE * worst)
        permission = any(piece.has(_PERMISSION) for piece in (*judged, asking))
        found.append(Verdict(_lead_of_mistakes(worst, permission or not judged), texts, mistakes=True))
    if needs and not (found and need_score < worst + _NEARER):
        clear = share_told(question, _told(due or judged, section), need) >= _CLEAR
        if due or clear:
            found.append(Verdict(_lead(need, clear, due=bool(due)), (need,)))
    return found


def rule_on(question: Question, section: Section, rules: Sequence[str]) -> list[Verdict]:
    """The rule of all reports on what is judged or asked to have to be."""
    pieces = _judged(question, question) or _due(question, question)
    told = _bearing(question, pieces, section, rules, _BEARS_RULE) if pieces else []
    return [Verdict("Theo quy tắc chung của báo cáo", (text,)) for _, text in told[:1]]


def due_elsewhere(question: Question, section: Section, sections: Sequence[Section]) -> tuple[Section, str] | None:
    """The section of the same outline that requires what a question asks to have to be in this one."""
    due = _due(question, question)
    if not due:
        return None
    told = _told(due, section)
    if told <= _naming(section):
        return None
    needs = [(need.text, other) for other in sections if other.id != section.id for need in other.requirements]
    text, other = max(needs, key=lambda pair: _speaks(question, told, pair[0]))
    return (other, text) if share_told(question, told, text) >= _CLEAR else None


def _judged(question: Question, asking: Question) -> list[Question]:
    """The pieces of a question that ask whether something will do."""
    pieces = [part.question for part in parts(question)]
    return [piece for piece in pieces if asks_whether_good(piece)] or [question] * asks_whether_good(asking)


def _due(question: Question, asking: Question) -> list[Question]:
    """The pieces of a question that ask whether something has to be."""
    pieces = [part.question for part in parts(question)]
    return [piece for piece in pieces if piece.has(_DUTY)] or [question] * asking.has(_DUTY)


def _lead_of_mistakes(score: float, permission: bool) -> str:
    """An officer's words are called a mistake only where they are surely meant."""
    if score < _BEARS:
        return "Lưu ý lỗi hay gặp"
    return "Không nên; đây là lỗi hay gặp" if permission else "Đây là lỗi hay gặp"


def _lead(need: str, clear: bool, due: bool) -> str:
    """A plain yes or no only where the requirement is clearly what is asked about."""
    forbids = re.match(r"Không\b(?! có)", need) or "tách riêng" in need
    if clear and forbids:
        return "Không"
    return "Có" if clear and due else "Theo yêu cầu của mục"


def _bearing(
    question: Question,
    pieces: Sequence[Question],
    section: Section,
    texts: Sequence[str],
    least: float = _BEARS,
    holds: float = _HOLDS,
) -> list[tuple[float, str]]:
    """The lines that pieces of a question speak of, and how far, those spoken of most first."""
    told = _told(pieces or [question], section)
    scored = [(_speaks(question, told, text), text) for text in texts if share_told(question, told, text) > holds]
    return sorted(((score, text) for score, text in scored if score >= least), reverse=True)


def _told(pieces: Sequence[Question], section: Section) -> set[str]:
    """The content words of pieces of a question that do not only name the section."""
    naming = _naming(section)
    said = {word for piece in pieces for word in piece.said if word not in stop_words()}
    return said - naming or said


def _naming(section: Section) -> set[str]:
    return set(_words(" ".join((section.number, section.heading, *section.aliases))))


def _speaks(question: Question, told: set[str], text: str) -> float:
    """How far a text is what a question tells of, 0-1: shares of the text in the question and of the told in it."""
    return (relevance(question, text) + share_told(question, told, text)) / 2


def share_told(question: Question, told: set[str], text: str) -> float:
    """How much of what a question tells is in a text: its words and those of them that stand together."""
    own = _words(text)
    pairs = [pair for pair in itertools.pairwise(question.words) if told & set(pair)]
    known = set(itertools.pairwise(own))
    whole = len(told) + len(pairs)
    return (len(told & set(own)) + sum(pair in known for pair in pairs)) / whole if whole else 0.0


def _words(text: str) -> list[str]:
    return folded_syllables(spell_out(text))
