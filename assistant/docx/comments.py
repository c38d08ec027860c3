"""Word comments, as Word itself writes them."""

from collections.abc import Sequence
from typing import Any

from assistant.docx.letters import clean

AUTHOR, INITIALS = "Trợ lý báo cáo", "TLBC"


def add_comment(document: Any, runs: Sequence[Any], lines: Sequence[str]) -> None:
    """Attach a comment with one paragraph per line to the stretch of `runs` (at least one)."""
    texts = [clean(line) for line in lines]
    comment = document.add_comment(runs=list(runs), text=texts[0] if texts else "", author=AUTHOR, initials=INITIALS)
    for text in texts[1:]:
        comment.add_paragraph(text)
