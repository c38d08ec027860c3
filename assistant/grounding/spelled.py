"""Numbers written out in words: "mười hai nhóm" is a figure as much as "12 nhóm".

Small words are ambiguous ("năm" is also a year, "một" an article, "ba" a father), so that a single word counts as a
figure only right before a noun that reports count (`COUNTED`), while a compound ("hai mươi mốt") always does.
"""

import re
from dataclasses import dataclass

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
# "tư", "mốt" and "lăm" are figures only inside a compound; "đầu tư máy tính" counts nothing
_ALONE = frozenset(("hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"))
_WORD = "|".join(sorted({*_UNITS, *_SCALES, "mười", "mươi", "linh", "lẻ"}, key=len, reverse=True))
_RUN = re.compile(rf"(?<![\w]){'(?:' + _WORD + ')'}(?:\s+(?:{_WORD}))*(?![\w])", re.IGNORECASE)

# nouns that a report counts; a lone "hai" … "chín", "mười" before one of them is a figure
COUNTED = (
    "nhóm|nhiệm vụ|chỉ tiêu|chỉ số|tiêu chí|mục tiêu|mục|phụ lục|cột|dòng|bảng|biểu|tổ|thành viên|người|cán bộ|"
    "công chức|hồ sơ|văn bản|hệ thống|cuộc|lớp|xã|phường|thôn|ấp|xóm|tỉnh|máy|bộ|chiếc|điểm|cụm|mô hình|sản phẩm|"
    "giai đoạn|cấp|ngày|tháng|tuần|lượt|tin|bài|điều|khoản|chương|phần|ý|nội dung|bước|lĩnh vực|loại|đơn vị|phòng|"
    "khoản chi|trường|dịch vụ|thủ tục|tài khoản|chữ ký|phản ánh|kiến nghị|sáng kiến|doanh nghiệp|hộ"
)
_COUNTED_NEXT = re.compile(rf"\s+(?:{COUNTED})(?![\w])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpelledNumber:
    """A number in words; `start` and `end` are its code point span."""

    text: str
    start: int
    end: int
    value: int


def find_spelled(text: str) -> list[SpelledNumber]:
    """Every number of two or more that an NFC text writes in words, under the rule of the module."""
    found = []
    for match in _RUN.finditer(text):
        words = match.group().lower().split()
        value = _value(words)
        if value is None or value < 2:
            continue
        if len(words) == 1 and words[0] not in _ALONE:
            continue
        compound = len(words) > 1 and ("mươi" in words or "mười" in words or any(w in _SCALES for w in words[1:]))
        if compound or _COUNTED_NEXT.match(text, match.end()):
            found.append(SpelledNumber(match.group(), match.start(), match.end(), value))
    return found


def _value(words: list[str]) -> int | None:
    """The number that the words are, None where they are no well-formed number."""
    total = group = 0
    pending: int | None = None
    for word in words:
        if word in _SCALES:
            if pending is None and not group:
                return None
            group += pending or 0
            pending = None
            if word == "trăm":
                group *= 100
            else:
                total, group = total + group * _SCALES[word], 0
        elif word == "mười":
            if pending is not None:
                return None
            group, pending = group + 10, 0
        elif word == "mươi":
            if pending is None:
                return None
            group, pending = group + pending * 10, 0
        elif word in ("linh", "lẻ"):
            pending = 0
        else:
            if pending:
                return None
            pending = _UNITS[word]
    return total + group + (pending or 0)
