"""Refusals: one constant sentence, what was searched, what is nearest, what to add. Never a citation."""

import functools
import re
from collections.abc import Mapping, Sequence

from assistant.ask.models import Answer, Route, Statement
from assistant.ask.question import Question
from assistant.ask.routing import SECTION_NAMED
from assistant.knowledge_files import load_knowledge

REFUSAL = "Không tìm thấy căn cứ trong kho tri thức để trả lời câu hỏi này."

_WHY = {
    "personal": "Trợ lý không cung cấp thông tin cá nhân.",
    "forecast": "Trợ lý không dự báo; chỉ trả lời điều đã có trong văn bản.",
    "other_field": (
        "Câu hỏi nằm ngoài phạm vi hỗ trợ: báo cáo cấp xã về khoa học, công nghệ, đổi mới sáng tạo "
        "và chuyển đổi số."
    ),
}  # fmt: skip

# what a section of a report is to say of people is no question for one of them
_REPORTED = r"\b(?:ghi|neu|viet|dua|ke|khai)\b"


@functools.cache
def _scope() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    data = load_knowledge("ask/scope.yaml")
    return {
        reason: tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in patterns)
        for reason, patterns in data.items()
        if isinstance(patterns, list)
    }


@functools.cache
def _drafting() -> re.Pattern[str]:
    data = load_knowledge("ask/scope.yaml")
    return re.compile(data["drafting"])


def out_of_scope(question: Question) -> str | None:
    """Why a question is never answered ("personal", "forecast", "other_field"); None for the others."""
    of_reporting = question.cues(SECTION_NAMED) and question.has(_REPORTED)
    for reason, patterns in _scope().items():
        if reason == "personal" and of_reporting:
            continue
        if any(pattern.search(question.folded) for pattern in patterns):
            return reason
    return None


def asks_for_text(question: Question) -> bool:
    """Whether the message asks for something to be written, not how that is done."""
    if not _drafting().search(question.folded):
        return False
    how = question.has(r"kieu gi|the nao\b|lam sao|o dau\b|\bcach\b|duoc khong\b|xong (?:thi|roi)")
    asks = bool(question.asks & {"what", "which", "count", "columns", "why", "yes_no"})
    return ":" in question.raw or not (how or asks)


def refuse(
    question: Question,
    route: Route,
    searched: Sequence[str] = (),
    near: str | None = None,
    add: str | None = None,
    reason: str | None = None,
) -> Answer:
    """The refusal of a question.

    Args:
        searched: where was looked, as an officer would name it.
        near: the nearest source and what it does say, without figures.
        add: what to put into the library so that the question can be answered.
        reason: as `out_of_scope` gives it.
    """
    lines = [REFUSAL]
    if reason:
        lines.append(_WHY[reason])
    else:
        lines.append(
            f"Đã tìm trong: {'; '.join(searched) if searched else 'kiến thức kèm theo và các văn bản đã nạp'}."
        )
        if near:
            lines.append(f"Nguồn gần nhất: {near}, nhưng không nêu điều được hỏi.")
        lines.append(add or "Hãy nạp vào Kho tri thức văn bản hoặc báo cáo có nội dung này rồi hỏi lại.")
    return Answer(question.raw, route, tuple(Statement(line) for line in lines), refused=True)
