# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Syllables that do not exist or do not fit, usual slips of phrases, words missing in a set phrase."""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from assistant.check.model import Draft, Rule, Severity
from assistant.check.report import Paragraph, Report
from assistant.check.spelling.speller import Suspicion, default_speller
from assistant.check.text_tools import LOWER, UPPER, draft
from assistant.knowledge_files import load_knowledge

# scores of the speller (see Suspicion): what they were tried on stands in knowledge/spelling/README.md
_WARNING, _REMARK = 2.75, 2.3
# with these the counts mislead more often: they stand nearly anywhere
_FUNCTION_WORDS = frozenset(
    "là mà đó này và về vào để từ khi các có cho đã với do theo ở ra sẽ bị thì như nên cũng đều còn cả chỉ rất đang hơn mỗi từng lại"  # noqa: SIM905
    " ấp thôn bản xã tổ hộ kính trình".split()
)
_FUNCTION_PENALTY = 0.8


@dataclass(frozen=True, slots=True)
class Slips:
    """knowledge/spelling/slips.yaml.

    Attributes:
        phrases: first word -> the wrong phrases, in lower case, that begin with it, each with the right one.
        reasons: why, for some of them.
        patterns: expressions with what they are replaced by, and why.
        sound: phrases of everyday speech that are right though the counts, made from laws, do not know them.
    """

    phrases: Mapping[str, list[tuple[str, str]]]
    reasons: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str, str], ...]
    sound: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A slip in a text, with what is right."""

    start: int
    end: int
    right: str
    why: str


_WORD = re.compile(r"\w+")


@functools.cache
def _slips() -> Slips:
    data = load_knowledge("spelling/slips.yaml")
    phrases: dict[str, list[tuple[str, str]]] = {}
    for wrong, right in data["phrases"].items():
        phrases.setdefault(wrong.lower().split()[0], []).append((wrong.lower(), right))
    return Slips(
        phrases,
        data["reasons"],
        tuple(
            (re.compile(rf"(?<!\w)(?:{row['wrong']})(?!\w)", re.IGNORECASE), row["right"], row.get("why", ""))
            for row in data["patterns"]
        ),
        re.compile(rf"(?<!\w)(?:{'|'.join(data['sound'])})(?!\w)", re.IGNORECASE),
    )


def _hits(text: str) -> Iterator[Hit]:
    """Every slip in one line of text."""
    slips = _slips()
    low = text.lower()
    if len(low) == len(text):
        for word in _WORD.finditer(low):
            for wrong, right in slips.phrases.get(word.group(), ()):
                end = word.start() + len(wrong)
                if low.startswith(wrong, word.start()) and not low[end : end + 1].isalnum():
                    yield Hit(word.start(), end, right, slips.reasons.get(wrong, ""))
    for pattern, replacement, why in slips.patterns:
        for match in pattern.finditer(text):
            yield Hit(match.start(), match.end(), match.expand(replacement), why)


_GAP = " \u2029 \u2029 "  # two marks between paragraphs: no syllable has a neighbour in another paragraph


def _joined(report: Report) -> tuple[str, list[Paragraph], list[int]]:
    """The prose of the report as one text, so that it is looked at in one sweep; its paragraphs and where they begin."""
    paragraphs = [p for p in report.paragraphs if p.zone != "signature" and not (p.zone == "head" and p.text.isupper())]
    begins = [0, *accumulate(len(p.text) + len(_GAP) for p in paragraphs)]
    return _GAP.join(p.text for p in paragraphs), paragraphs, begins


# more than this and the letters themselves are broken: hundreds of remarks would help nobody
_BROKEN_AT_LEAST, _BROKEN_SHARE = 60, 0.03


def misspelt(report: Report) -> Iterator[Draft]:
    names = _names(report)
    text, paragraphs, begins = _joined(report)
    suspicions = default_speller().suspicions(text, _REMARK)
    if len(suspicions) > _BROKEN_AT_LEAST and len(suspicions) > _BROKEN_SHARE * len(text.split()):
        message = "Chữ của tệp không đọc đúng (lớp chữ của PDF bị vỡ, hoặc bảng mã cũ); dùng bản Word để kiểm tra."
        yield Draft(None, None, message, category="format", severity="warning", rank=99)
        return
    for found in suspicions:
        n = bisect_right(begins, found.start) - 1
        one = replace(found, start=found.start - begins[n], end=found.end - begins[n])
        if found.text not in names and (found.suggestion or found.kind == "syllable"):
            yield from _judge(paragraphs[n], one)


def _judge(paragraph: Paragraph, found: Suspicion) -> Iterator[Draft]:
    text = paragraph.text
    score = found.score - (_FUNCTION_PENALTY if found.text.lower() in _FUNCTION_WORDS else 0)
    if re.search(rf"\w [{UPPER}][{LOWER}]+ $", text[max(found.start - 24, 0) : found.start]):
        score -= _FUNCTION_PENALTY  # after a name any word may follow
    if found.kind == "context" and (score < _REMARK or _beside_name(text, found.start, found.end)):
        return
    if any(hit.start < found.end and found.start < hit.end for hit in _hits(text)):
        return
    if any(phrase.start() < found.end and found.start < phrase.end() for phrase in _slips().sound.finditer(text)):
        return
    start, end = _phrase(text, found.start, found.end)
    right = text[start : found.start] + found.suggestion + text[found.end : end] if found.suggestion else ""
    if found.kind == "syllable":
        message = f"«{found.text}» không phải là âm tiết tiếng Việt"
        message += f"; có lẽ là «{found.suggestion}»." if found.suggestion else "; hãy xem lại cách gõ."
    else:
        message = f"«{found.text}» không hợp trong «{text[start:end]}»; có lẽ là «{found.suggestion}»."
    sure = found.kind == "syllable" or score >= _WARNING
    severity: Severity = "warning" if sure else "info"
    yield draft(paragraph, start, end, message, right, severity=severity, rank=45 if sure else 20)


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
            yield draft(
                paragraph, hit.start, hit.end, f"Viết «{written}» là sai, đúng là «{right}»{why}.", right, rank=50
            )


def cut_phrase(report: Report) -> Iterator[Draft]:
    """A word missing from a phrase that is nearly always followed by it ("thủ tục hành dịch vụ")."""
    text, paragraphs, begins = _joined(report)
    missing_words = default_speller().missing_words(text)
    if len(missing_words) > _BROKEN_SHARE * len(text.split()) / 3 + 3:
        return
    for start, end, missing in missing_words:
        n = bisect_right(begins, start) - 1
        paragraph, first, last = paragraphs[n], start - begins[n], end - begins[n]
        if paragraph.table is not None or paragraph.zone in ("head", "recipients"):
            continue
        left, right = _phrase(paragraph.text, first, last)
        written = paragraph.text[left:right]
        fixed = paragraph.text[left:last] + f" {missing}" + paragraph.text[last:right]
        message = f"Hình như thiếu «{missing}» sau «{text[start:end]}» trong «{written}»."
        yield draft(paragraph, left, right, message, fixed, rank=40)


RULES = (
    Rule(
        "spelling",
        "spelling",
        "warning",
        "Bộ đếm âm tiết của văn bản luật, bách khoa và hành chính",
        "60.000 từ luật không dùng để đếm: 0,3 báo nhầm trên 1.000 từ; 3 báo cáo xã: 0 báo nhầm; 15 văn bản trung ương và tỉnh (108.000 từ): 7 đúng",
        misspelt,
    ),
    Rule(
        "slip",
        "spelling",
        "warning",
        "Danh mục lỗi hay gặp (knowledge/spelling/slips.yaml)",
        "3 báo cáo xã: 6 đúng; 15 văn bản trung ương và tỉnh (108.000 từ): 4 đúng, 0 báo nhầm",
        usual_slips,
    ),
    Rule(
        "missing_word",
        "spelling",
        "info",
        "Bộ đếm âm tiết: từ gần như luôn đi liền",
        "3 báo cáo xã: 1 đúng; 15 văn bản trung ương và tỉnh (108.000 từ): 1 đúng, 3 báo nhầm, vì vậy chỉ là lưu ý",
        cut_phrase,
    ),
)
