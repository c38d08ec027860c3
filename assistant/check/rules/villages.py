# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""What the parts of the commune are called: "ấp", "thôn", "bản" … mixed up."""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft

_VILLAGES = re.compile(r"\b(?P<word>ấp|thôn|bản|buôn|khóm|khu phố|tổ dân phố|xóm)\b", re.IGNORECASE)
# kinds of villages that stand side by side in one commune
_TOGETHER = (
    {"thôn", "bản"},
    {"thôn", "buôn"},
    {"thôn", "xóm"},
    {"bản", "xóm"},
    {"ấp", "khóm"},
    {"khu phố", "tổ dân phố"},
    {"thôn", "tổ dân phố"},
    {"bản", "tổ dân phố"},
    {"xóm", "tổ dân phố"},
)
_NOT_VILLAGE = re.compile(
    r"\b(?:nông|văn|phiên|kịch|cơ|toàn|biên|đánh|ấn|bài|một|phổ|thành|lập|tài|căn|nhân|mẫu|dự thảo|lên|tập|điều|chép|in|bảo|nguyên|ban|chính|công)\s+$",
    re.I,
)
_AFTER_BAN = re.compile(
    r"\s+(?:đồ|tin|một|mỗi|trên|chất|thân|quyền|sắc|lĩnh|án|sao|ghi|cam kết|mô tả|vẽ|hợp đồng|kê|tự|đầy đủ|giấy|điện tử|chính)\b"
)


_AFTER_BUON = re.compile(r"\s+(?:bán|lậu|lẻ|chuyến|sỉ)\b")


def mixed_villages(report: Report) -> Iterator[Draft]:
    """ "thôn" where the commune has only "ấp": template wording."""
    hits: list[tuple[Paragraph, re.Match[str]]] = []
    for paragraph in report.zone("body", "closing"):
        for match in _VILLAGES.finditer(paragraph.text):
            if _NOT_VILLAGE.search(paragraph.text[: match.start()]) or (
                match["word"][0].isupper() and match["word"] == "Bản"
            ):
                continue
            if match["word"].lower() == "bản" and _AFTER_BAN.match(paragraph.text, match.end()):
                continue
            if match["word"].lower() == "bản" and not re.search(
                r"(?:thôn,?\s|\bcác |\d\s|trưởng |tại |/)$", paragraph.text[: match.start()], re.I
            ):
                continue
            if match["word"].lower() == "buôn" and _AFTER_BUON.match(paragraph.text, match.end()):
                continue
            hits.append((paragraph, match))
    counts = Counter(match["word"].lower() for _, match in hits)
    if not counts:
        return
    usual, n = counts.most_common(1)[0]
    for paragraph, match in hits:
        word = match["word"].lower()
        if word == usual or n < 3 or counts[word] * 3 > n:
            continue
        if {word, usual} in _TOGETHER and not (word in _OF_TOWNS and counts[word] == 1 and _all_are(report, usual)):
            continue
        if _CITED.search(paragraph.text):
            continue
        start, end = _joined(paragraph.text, match)
        fixed = re.sub(rf"\b{word}\s*[/,]\s*|\s*[/,]\s*{word}\b", "", paragraph.text[start:end]) or usual
        if fixed == paragraph.text[start:end]:
            fixed = fixed.replace(match["word"], usual)
        yield draft(
            paragraph,
            start,
            end,
            f"Trên địa bàn dùng «{usual}» ({n} chỗ); «{match['word']}» là chữ của mẫu hoặc của nơi khác.",
            fixed,
            rank=58,
        )


# a xã that was joined with a town has these too, and then counts them
_OF_TOWNS = frozenset({"tổ dân phố", "khu phố", "khóm"})
_CITED = re.compile(r"(?:Nghị quyết|Nghị định|Thông tư|Quyết định|Kế hoạch|Hướng dẫn|Công văn|Luật)\s+(?:số\s+)?\d")


def _all_are(report: Report, word: str) -> bool:
    """Whether a xã counts all its parts under one name, more than once ("14/14 bản")."""
    whole = re.compile(
        rf"\b(?P<n>\d{{1,3}})\s?/\s?(?P=n)\s+{word}\b|[Ss]ố {word}\s*:\s*\d|/(?P<m>\d{{1,3}})\s+{word}\b"
    )
    return report.unit.kind == "xã" and sum(len(whole.findall(p.text)) for p in report.paragraphs) >= 2


def _joined(text: str, match: re.Match[str]) -> tuple[int, int]:
    """With what is joined to it by a slash or a "các" before it."""
    before = re.search(r"(?:\bcác\s+)?(?:[^\W\d_]+/)*$", text[: match.start()])
    after = re.match(r"(?:/[^\W\d_]+(?:\s[^\W\d_]+){0,3})*", text[match.end() :])
    return (before.start() if before else match.start()), match.end() + (after.end() if after else 0)


RULES = (
    Rule(
        "villages",
        "wrong_admin_unit",
        "warning",
        "Tên gọi thôn, ấp của chính báo cáo",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        mixed_villages,
    ),
)
