# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Which part of the form a paragraph belongs to: head, body, closing, recipients, signature, appendix."""

import re
from collections.abc import Sequence
from typing import Literal

Zone = Literal["head", "body", "closing", "recipients", "signature", "appendix"]
_BODY_BEGINS = re.compile(
    r"(?:Thực hiện|Căn cứ|Ngày|Trong|Triển khai|Để|Nhằm|Tiếp tục|Năm|Quý|Qua|Theo|Sau|Trên cơ sở|UBND|Ủy ban nhân dân|Uỷ ban nhân dân"
    r"|Ban Chỉ đạo|Đảng ủy|Phần|PHẦN|[AI1]\s?[./)]\s)"
)
_CLOSING = re.compile(
    r"(?:Trên đây|Trên đâylà)\s+là\b|Trên đây,|Trên đây (?:là )?(?:toàn bộ )?(?:nội dung |kết quả )?[Bb]áo cáo"
)
_RECIPIENTS = re.compile(r"N[ơƠ][iI] [nN][hH][ậẬ][nN]\b")
_AUTHORITY = re.compile(
    r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?[./]?\s*[A-ZĐỦ]{2}|(?:PHÓ )?(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ)\b"
)
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|BIỂU|PHỤ BIỂU)(?:\s+(?:số\s*)?(?:[IVX]{1,5}|\d{1,2}))?\s*[.:]?(?:\s*$|\s+[^\W\d_])"
)
_APPENDIX_LINE = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s*)?(?:[IVX]{1,5}|\d{1,2}))?\s*[.:]?\s*$")
_NAME_LINE = 60


def zones_of(texts: Sequence[str], in_table: Sequence[bool]) -> list[Zone]:
    """The zone of each paragraph, in order."""
    zones: list[Zone] = []
    begin = _body_start(texts, in_table)
    zone: Zone = "head"
    for i, text in enumerate(texts):
        if i == begin:
            zone = "body"
        zone = _next(zone, text, i >= begin)
        zones.append(zone)
    return zones


def _next(zone: Zone, text: str, in_body: bool) -> Zone:
    if not in_body:
        return "head"
    if zone != "body" and _APPENDIX_LINE.match(text):
        return "appendix"
    if _RECIPIENTS.match(text):
        return "recipients"
    if zone in ("body", "closing"):
        if _CLOSING.match(text):
            return "closing"
        if len(text) < _NAME_LINE and _AUTHORITY.match(text) and text.isupper():
            return "signature"
        return zone
    if zone == "recipients" and len(text) < _NAME_LINE and _AUTHORITY.match(text):
        return "signature"
    if zone == "signature" and (_APPENDIX.match(text) or len(text) > 2 * _NAME_LINE):
        return "appendix"
    return zone


def _body_start(texts: Sequence[str], in_table: Sequence[bool]) -> int:
    """The first paragraph after the title, 0 for a text without the head of a report."""
    limit = min(len(texts), 60)
    title = next((i for i in range(limit) if re.match(r"BÁO CÁO\b", texts[i])), None)
    if title is None:
        return 0
    for i in range(title + 1, len(texts)):
        text = texts[i]
        if not in_table[i] and (_BODY_BEGINS.match(text) or len(text) > 250) and not text.isupper():
            return i
        if re.match(r"(?:[AI]\s?[./)]\s|PHẦN )", text):
            return i
    return title + 1
