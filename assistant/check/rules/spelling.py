"""Syllables that do not exist or do not fit, usual slips of phrases, words missing in a set phrase."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.spelling.speller import default_speller
from assistant.check.text_tools import draft
from assistant.paths import KNOWLEDGE

# log10 odds; tried on 60,000 words of law texts that were not counted: 3 false alarms at 2.4
_WARNING, _REMARK = 2.0, 1.35
# with these the counts mislead more often: they stand nearly anywhere
_FUNCTION_WORDS = frozenset(
    "là mà đó này và về vào để từ khi các có cho đã với do theo ở ra sẽ bị thì như nên cũng".split()
)
_FUNCTION_PENALTY = 0.8


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong phrase, the right one, and why where that is not plain."""

    pattern: re.Pattern[str]
    right: str
    why: str


@functools.cache
def _slips() -> tuple[Slip, ...]:
    """Read from knowledge/spelling/slips.yaml."""
    data = yaml.safe_load((KNOWLEDGE / "spelling" / "slips.yaml").read_text(encoding="utf-8"))
    found = []
    for row in data["slips"]:
        flags = 0 if row.get("case") else re.IGNORECASE
        found.append(Slip(re.compile(rf"(?<!\w)(?:{row['wrong']})(?!\w)", flags), row["right"], row.get("why", "")))
    return tuple(found)


@functools.cache
def _all_slips() -> re.Pattern[str]:
    """One sweep tells whether any slip is there at all."""
    return re.compile("|".join(slip.pattern.pattern for slip in _slips()), re.IGNORECASE)


def misspelt(report: Report) -> Iterator[Draft]:
    speller = default_speller()
    names = _names(report)
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" and paragraph.text.isupper():
            continue
        taken = [match.span() for _, match in _hits(paragraph.text)]
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
        and re.match(r" [A-ZĐ][^\W\d_]", text[end:])
    )


def _phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """The suspect with one word on each side, so that the officer sees it in its place."""
    left = re.search(r"[^\W\d_]+ $", text[:start])
    right = re.match(r" [^\W\d_]+", text[end:])
    return (left.start() if left else start), (end + right.end() if right else end)


def _hits(text: str) -> Iterator[tuple[Slip, re.Match[str]]]:
    if not _all_slips().search(text):
        return
    for slip in _slips():
        for match in slip.pattern.finditer(text):
            yield slip, match


def usual_slips(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        for slip, match in _hits(paragraph.text):
            right = match.expand(slip.right)
            if match.group()[0].isupper():
                right = right[:1].upper() + right[1:]
            why = f" ({slip.why})" if slip.why else ""
            yield draft(
                paragraph, *match.span(), f"Viết «{match.group()}» là sai, đúng là «{right}»{why}.", right, rank=50
            )


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
