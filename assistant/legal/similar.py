"""How much of one title stands in another: words in common, order aside, abbreviations written out."""

import functools
import re

from assistant.vietnamese.text import fold

_WORD = re.compile(r"\w+")
_LEAD = re.compile(r"^\s*[“\"]?(?:về\s+việc|về|v/v|ban\s+hành|phê\s+duyệt|quy\s+định)\s+", re.IGNORECASE)
_WRITTEN_OUT = {
    "kh&cn": "khoa học công nghệ",
    "khcn": "khoa học công nghệ",
    "kh": "khoa học",
    "cn": "công nghệ",
    "đmst": "đổi mới sáng tạo",
    "cđs": "chuyển đổi số",
    "cntt": "công nghệ thông tin",
    "tthc": "thủ tục hành chính",
    "dvctt": "dịch vụ công trực tuyến",
    "cchc": "cải cách hành chính",
    "vbqppl": "văn bản quy phạm pháp luật",
    "ntm": "nông thôn mới",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
}
_COMMON = frozenset(
    [
        "ve",
        "viec",
        "va",
        "cua",
        "cho",
        "trong",
        "cac",
        "mot",
        "so",
        "tai",
        "den",
        "theo",
        "nam",
        "ngay",
        "giai",
        "doan",
        "thuc",
        "hien",
        "trien",
        "khai",
        "ban",
        "hanh",
        "quy",
        "dinh",
    ]
)


@functools.lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[str, ...]:
    """Folded words of a title, abbreviations written out, the opening "về" left out."""
    text = title.lower()
    for short, full in _WRITTEN_OUT.items():
        text = re.sub(rf"(?<![\w&]){re.escape(short)}(?![\w&])", full, text)
    while (cut := _LEAD.sub("", text)) != text:
        text = cut
    return tuple(_WORD.findall(fold(text)))


def title_similarity(written: str, known: str) -> float:
    """Share (0 to 1) of the weighty words of the shorter title that the other one has.

    A shortened title scores 1; two titles on different matters score near 0.
    """
    a, b = title_words(written), title_words(known)
    first, second = {w for w in a if w not in _COMMON}, {w for w in b if w not in _COMMON}
    if not first or not second:
        return 1.0 if set(a) & set(b) else 0.0
    small, large = sorted((first, second), key=len)
    return len(small & large) / len(small)
