"""Citing a document as Decree 30/2020/NĐ-CP asks for (Annex I, II.6.b): in full at first, by type and symbol later."""

import re

from assistant.legal.documents import RegistryDocument
from assistant.vietnamese.dates import format_date


def cited_title(document: RegistryDocument) -> str | None:
    """The title as it follows the issuer; None where it is not confirmed."""
    title = document.title
    if not title or not document.verified("title"):
        return None
    if document.law_name or title.startswith(document.type):
        return None
    return joined_title(title)


# a title that begins with what the document does follows its issuer as it is; any other is what it is about
_DOES = (
    "về", "v/v", "quy định", "ban hành", "phê duyệt", "sửa đổi", "bổ sung", "hướng dẫn", "bãi bỏ", "thành lập",
    "kiện toàn", "công bố", "kết luận", "triển khai", "thực hiện", "cập nhật", "đôn đốc", "gửi", "giao", "điều chỉnh",
)  # fmt: skip
_VERB = re.compile(rf"(?:{'|'.join(_DOES)})\b", re.IGNORECASE)


def joined_title(title: str) -> str:
    """A title as it goes on after the issuer.

    >>> joined_title("thúc đẩy chuyển đổi số")
    'về thúc đẩy chuyển đổi số'
    >>> joined_title("Triển khai Nghị quyết 57")
    'triển khai Nghị quyết 57'
    """
    if _VERB.match(title):
        return title[:1].lower() + title[1:]
    return f"về {title}"


def cite_short(document: RegistryDocument) -> str:
    """Type and symbol ("Nghị quyết số 57-NQ/TW"); a law by its name alone."""
    if document.law_name:
        return document.law_name
    if not document.symbol:
        return document.type
    return f"{document.type} số {document.symbol}"


def cite_full(document: RegistryDocument) -> str:
    """The first mention: type, symbol, date, issuer, title; of a law only its name.

    Fields that no source confirms are left out.
    """
    if document.law_name:
        return document.law_name
    parts = [cite_short(document)]
    if document.date and document.verified("date"):
        parts.append(f"ngày {format_date(document.date)}")
    if document.issuer and document.verified("issuer"):
        parts.append(f"của {document.issuer}")
    title = cited_title(document)
    return " ".join([*parts, title] if title else parts)


def cite_with_date(document: RegistryDocument) -> str:
    """Type, symbol and date ("Nghị quyết số 71/NQ-CP ngày 01/4/2025"); a law with its number."""
    text = f"{document.law_name} số {document.symbol}" if document.law_name else cite_short(document)
    return f"{text} ngày {format_date(document.date)}" if document.date and document.verified("date") else text
