"""A section in a chat model's words, as far as they say the same: every paragraph passes the gate or stays as it was.

The gate is deterministic. A rewritten paragraph must be borne out by the evidence of the paragraph it replaces
(`grounding.py`), hold every figure, date and symbol of it, keep what is denied denied and what is praised praised, be
Vietnamese and say little that is new. Whatever happens on the wire, the draft that comes back is complete.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.draft.model import Block, Draft, DraftSection, Paragraph
from assistant.draft.prose import environment
from assistant.draft.sources import heading_line
from assistant.draft.values import clean_text
from assistant.legal.references import find_references
from assistant.legal.registry import Registry
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import find_quantities
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import syllables

SECONDS = 60.0
_CODE = re.compile(r"\[\[\s*(\w+)\s*\]\]")
_ACCENTED = re.compile(r"[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]", re.IGNORECASE)
# words that turn a statement round or judge it: none may appear or vanish
_WEIGHTY = frozenset(
    re.findall(
        r"\w+",
        "không chưa vượt tăng giảm quá thiếu hạn dẫn nhất xuất tuyệt sẽ phấn trên dưới hơn kém mất thất vi sai yếu tốt "
        "toàn bộ đầu duy hoàn kịp",
    )
)
_MOST_NEW = 0.34
_LONGEST, _SHORTEST = 1.6, 0.5

REASONS = {
    "unsupported": "có chi tiết không có trong số liệu: {detail}",
    "dropped": "bỏ mất số liệu: {detail}",
    "meaning": "làm đổi ý: {detail}",
    "language": "không viết bằng tiếng Việt",
    "length": "dài hoặc ngắn khác hẳn đoạn gốc",
    "new": "thêm nhiều nội dung mới",
    "absent": "mô hình không trả lời đoạn này",
    "same": "không thay đổi",
}
NOTICES = {
    "timeout": "Mô hình hội thoại trả lời quá lâu; các đoạn chưa xong giữ nguyên bản ngoại tuyến.",
    "silent": "Không nhận được trả lời của mô hình hội thoại; hãy bấm «Thử kết nối» ở Cài đặt. Mục được giữ nguyên.",
    "broken": "Mô hình hội thoại ngắt giữa chừng; các đoạn chưa xong giữ nguyên bản ngoại tuyến.",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one paragraph.

    Attributes:
        before, after: the offline text and the model's; `after` is "" where the model gave none.
        used: whether the model's words stand in the draft.
        reason: why not, in Vietnamese; "" where used.
    """

    key: str
    before: str
    after: str
    used: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A draft with a section rewritten, and what changed in it; `notice` says what went wrong on the wire."""

    draft: Draft
    differences: tuple[Difference, ...]
    notice: str | None
    seconds: float


def rewrite_section(
    draft: Draft, section_id: str, model: Any, registry: Registry | None = None, *, seconds: float = SECONDS
) -> Rewrite:
    """Have a chat model put the prose of one section better; what does not pass the gate stays as it was.

    Args:
        model: a LangChain chat model (anything with `stream(messages)`), opened with a time limit of its own.
        seconds: limit for the whole answer.
    """
    started = time.monotonic()
    section = next((item for item in draft.sections if item.id == section_id), None)
    wanted = {f"d{index}": p for index, p in enumerate(_prose(section), start=1)}
    if section is None or not wanted:
        return Rewrite(draft, (), None, 0.0)
    said, notice = _ask(model, _prompt(section, wanted), started + seconds)
    answers = dict(_split(said, complete=notice is None))
    differences = tuple(_judge(p, answers.get(code), registry) for code, p in wanted.items())
    better = {item.key: item.after for item in differences if item.used}
    return Rewrite(_with_words(draft, section_id, better), differences, notice, time.monotonic() - started)


def _prose(section: DraftSection | None) -> Iterator[Paragraph]:
    """Paragraphs that may be reworded: no lists, and none with a gap or a conflict that must be seen."""
    for paragraph in section.paragraphs if section is not None else ():
        plain = all(span.mark.kind == "figure" for span in paragraph.spans)
        if paragraph.kind == "body" and plain and not paragraph.edited and not paragraph.text.startswith("("):
            yield paragraph


def _prompt(section: DraftSection, wanted: Mapping[str, Paragraph]) -> str:
    shown = [(code, _CODE.sub("", paragraph.text)) for code, paragraph in wanted.items()]
    template = environment().get_template("draft/rewrite.md.j2")
    return template.render(heading=heading_line(section), paragraphs=shown)


def _ask(model: Any, prompt: str, deadline: float) -> tuple[str, str | None]:
    """What the model said until it ended, stalled or broke off, and the notice for the latter two."""
    said: list[str] = []
    try:
        for chunk in model.stream([("user", prompt)]):
            said.append(_text(chunk))
            if time.monotonic() > deadline:
                return "".join(said), NOTICES["timeout"]
    except Exception as error:  # every provider raises its own errors; whatever it is, the offline text stands
        slow = "timeout" in type(error).__name__.lower() or "timed out" in str(error).lower()
        return "".join(said), NOTICES["timeout" if slow else "broken" if said else "silent"]
    return "".join(said), None


def _text(chunk: Any) -> str:
    content = getattr(chunk, "content", chunk)
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in parts)


def _split(said: str, *, complete: bool) -> Iterator[tuple[str, str]]:
    """Code and text of each paragraph; the last one of an answer that broke off is left out."""
    marks = list(_CODE.finditer(said))
    for index, mark in enumerate(marks):
        last = index == len(marks) - 1
        if last and not complete:
            return
        end = len(said) if last else marks[index + 1].start()
        yield mark.group(1), clean_text(said[mark.end() : end])


def _judge(paragraph: Paragraph, after: str | None, registry: Registry | None) -> Difference:
    before = paragraph.text
    if not after:
        return Difference(paragraph.key, before, "", False, REASONS["absent"])
    reason = _objection(paragraph, after, registry)
    return Difference(paragraph.key, before, after, reason is None, reason or "")


def _objection(paragraph: Paragraph, after: str, registry: Registry | None) -> str | None:
    """Why the words cannot stand; None where they can."""
    before = paragraph.text
    if after == before:
        return REASONS["same"]
    if not _is_vietnamese(after):
        return REASONS["language"]
    if not _SHORTEST <= len(after) / len(before) <= _LONGEST:
        return REASONS["length"]
    from assistant.grounding import unsupported

    found = unsupported(after, paragraph.evidence, registry=registry)
    if found:
        return REASONS["unsupported"].format(detail=", ".join(item.text for item in found))
    if lost := _lost(before, after):
        return REASONS["dropped"].format(detail=", ".join(lost))
    if turned := _turned(before, after):
        return REASONS["meaning"].format(detail=", ".join(turned))
    return REASONS["new"] if _new_share(before, after) > _MOST_NEW else None


def _is_vietnamese(text: str) -> bool:
    words = text.split()
    return sum(bool(_ACCENTED.search(word)) for word in words) >= 0.35 * len(words)


def _lost(before: str, after: str) -> list[str]:
    """Figures, dates and symbols of `before` that `after` holds less often."""
    lost: list[str] = []
    for facts in (_figures, _dates, _symbols):
        there, here = facts(before), facts(after)
        lost += [shown for shown, count in there.items() if here[shown] < count]
        # nor may a figure be said more often than it was: what it counts would no longer be sure
        lost += [shown for shown, count in here.items() if there[shown] < count]
    return lost


def _figures(text: str) -> Counter[str]:
    return Counter(f"{item.value.normalize()}{'%' if item.kind == 'percent' else ''}" for item in find_quantities(text))


def _dates(text: str) -> Counter[str]:
    return Counter(str(item.value or item.text) for item in find_dates(text))


def _symbols(text: str) -> Counter[str]:
    return Counter(fold(item.symbol) for item in find_references(text) if item.symbol)


def _turned(before: str, after: str) -> list[str]:
    there = {word for word in syllables(before) if word in _WEIGHTY}
    here = {word for word in syllables(after) if word in _WEIGHTY}
    return sorted(there ^ here)


def _new_share(before: str, after: str) -> float:
    """Share of the syllables of `after` that `before` does not have."""
    known = set(syllables(before))
    said = syllables(after)
    return sum(word not in known for word in said) / max(len(said), 1)


def _with_words(draft: Draft, section_id: str, better: Mapping[str, str]) -> Draft:
    def block(item: Block) -> Block:
        if isinstance(item, Paragraph) and item.key in better:
            return replace(item, text=better[item.key], spans=())
        return item

    sections: Sequence[DraftSection] = [
        replace(section, blocks=tuple(block(item) for item in section.blocks)) if section.id == section_id else section
        for section in draft.sections
    ]
    return replace(draft, sections=tuple(sections))
