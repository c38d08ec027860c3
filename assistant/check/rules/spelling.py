"""Syllables that do not exist or do not fit, usual slips of phrases, words missing in a set phrase."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.spelling.speller import default_speller
from assistant.check.text_tools import LOWER, UPPER, draft
from assistant.knowledge_files import load_knowledge

# log10 odds; tried on 60,000 words of law texts that were not counted: 3 false alarms at 2.4
_WARNING, _REMARK = 2.1, 1.35
# with these the counts mislead more often: they stand nearly anywhere
_FUNCTION_WORDS = frozenset(
    "là mà đó này và về vào để từ khi các có cho đã với do theo ở ra sẽ bị thì như nên cũng".split()
)
_FUNCTION_PENALTY = 0.8


@dataclass(frozen=True, slots=True)
class Slips:
    """knowledge/spelling/slips.yaml.

    Attributes:
        phrases: wrong phrase in lower case -> the right one.
        reasons: why, for some of them.
        patterns: expressions with what they are replaced by, and why.
    """

    phrases: Mapping[str, str]
    reasons: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str, str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A slip in a text, with what is right."""

    start: int
    end: int
    right: str
    why: str


@functools.cache
def _slips() -> Slips:
    data = load_knowledge("spelling/slips.yaml")
    return Slips(
        {wrong.lower(): right for wrong, right in data["phrases"].items()},
        data["reasons"],
        tuple(
            (re.compile(rf"(?<!\w)(?:{row['wrong']})(?!\w)", re.IGNORECASE), row["right"], row.get("why", ""))
            for row in data["patterns"]
        ),
    )


def _hits(text: str) -> Iterator[Hit]:
    """Every slip in one line of text."""
    slips = _slips()
    low = text.lower()
    if len(low) == len(text):
        for wrong, right in slips.phrases.items():
            at = low.find(wrong)
            while at >= 0:
                end = at + len(wrong)
                if not low[at - 1 : at].isalnum() and not low[end : end + 1].isalnum():
                    yield Hit(at, end, right, slips.reasons.get(wrong, ""))
                at = low.find(wrong, end)
    for pattern, replacement, why in slips.patterns:
        for match in pattern.finditer(text):
            yield Hit(match.start(), match.end(), match.expand(replacement), why)


def misspelt(report: Report) -> Iterator[Draft]:
    speller = default_speller()
    names = _names(report)
    for paragraph in report.paragraphs:
        if paragraph.zone == "signature" or (paragraph.zone == "head" and paragraph.text.isupper()):
            continue
        taken = [(hit.start, hit.end) for hit in _hits(paragraph.text)]
        for found in speller.suspicions(paragraph.text, _REMARK):
            if any(a < found.end and found.start < b for a, b in taken):
                continue
            score = found.score - (_FUNCTION_PENALTY if found.text.lower() in _FUNCTION_WORDS else 0)
            if found.kind == "context" and (score < _REMARK or _beside_name(paragraph.text, found.start, found.end)):
                continue
            if found.text in names or not found.suggestion and found.kind == "context":
                continue
            start, end = _phrase(paragraph.text, found.start, found.end)
            phrase = paragraph.text[start:end]
            right = phrase.replace(found.text, found.suggestion, 1) if found.suggestion else ""
            if found.kind == "syllable":
                message = f"«{found.text}» không phải là âm tiết tiếng Việt"
                message += f"; có lẽ là «{found.suggestion}»." if found.suggestion else "; hãy xem lại cách gõ."
            else:
                message = f"«{found.text}» không hợp trong «{phrase}»; có lẽ là «{found.suggestion}»."
            sure = found.kind == "syllable" or score >= _WARNING
            yield draft(paragraph, start, end, message, right, severity="warning" if sure else "info",
                        rank=45 if sure else 20)  # fmt: skip


def _names(report: Report) -> frozenset[str]:
    """Syllables of the unit's own names: no dictionary knows them."""
    unit = report.unit
    return frozenset(f"{unit.name} {unit.province}".split())


def _beside_name(text: str, start: int, end: int) -> bool:
    """A capital right after in mid-sentence: probably part of a name ("Miến dong Phú Lương")."""
    before = re.search(r"([^\W\d_]+) $", text[:start])
    return bool(
        before
        and before.group(1)[0].isupper()
        and before.group(1)[1:].islower()
        and re.match(rf" [{UPPER}][{LOWER}]", text[end:])
    )


def _phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """The suspect with one word on each side, so that the officer sees it in its place."""
    left = re.search(r"[^\W\d_]+ $", text[:start])
    right = re.match(r" [^\W\d_]+", text[end:])
    return (left.start() if left else start), (end + right.end() if right else end)


def usual_slips(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        for hit in _hits(paragraph.text):
            written = paragraph.text[hit.start : hit.end]
            right = hit.right[:1].upper() + hit.right[1:] if written[0].isupper() else hit.right
            why = f" ({hit.why})" if hit.why else ""
            yield draft(paragraph, hit.start, hit.end, f"Viết «{written}» là sai, đúng là «{right}»{why}.", right, rank=50)


def cut_phrase(report: Report) -> Iterator[Draft]:
    """A word missing from a phrase that is nearly always followed by it ("thủ tục hành dịch vụ")."""
    speller = default_speller()
    for paragraph in report.paragraphs:
        if paragraph.table is not None or paragraph.zone in ("head", "recipients", "signature"):
            continue
        for start, end, missing in speller.missing_words(paragraph.text):
            left, right = _phrase(paragraph.text, start, end)
            written = paragraph.text[left:right]
            fixed = paragraph.text[left:end] + f" {missing}" + paragraph.text[end:right]
            yield draft(
                paragraph,
                left,
                right,
                f"Hình như thiếu «{missing}» sau «{paragraph.text[start:end]}» trong «{written}».",
                fixed,
                rank=40,
            )


RULES = (
    Rule("spelling", "spelling", "warning", "Bộ đếm âm tiết của văn bản luật, bách khoa và hành chính",
         "60.000 từ luật không dùng để đếm: 3 báo nhầm; 5 kế hoạch tỉnh: 1 báo nhầm", misspelt),
    Rule("slip", "spelling", "warning", "Danh mục lỗi hay gặp (knowledge/spelling/slips.yaml)",
         "15 văn bản trung ương và tỉnh: 0 báo nhầm", usual_slips),
    Rule("missing_word", "spelling", "warning", "Bộ đếm âm tiết: từ gần như luôn đi liền",
         "15 văn bản trung ương và tỉnh: 0 báo nhầm", cut_phrase),
)  # fmt: skip
