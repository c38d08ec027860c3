"""PDF files: the text layer page by page; OCR where a page has none and tesseract is installed."""

import re
from collections.abc import Callable
from typing import Any

from assistant.errors import EmptyDocumentError, EncryptedFileError, UnreadableFileError
from assistant.library.models import FileFormat, Page, SourceDocument
from assistant.library.reading.pdf_hidden import hidden_texts
from assistant.library.reading.pdf_lines import is_scrambled, rebuilt_text
from assistant.library.reading.plain import line_blocks

# a page with fewer letters than this is taken for a picture of a page
_MIN_LETTERS = 12
_MAX_PAGES = 3000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# bullets of the Symbol and Wingdings fonts, which have no Unicode letter of their own
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf02d\uf076\uf0d8\uf0fc", "-"))


def read(
    data: bytes, name: str, file_format: FileFormat, progress: Callable[[float, str], None] | None = None
) -> SourceDocument:
    """Read a PDF; the text is that of the pages, joined by form feeds."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise EncryptedFileError(f"Tệp «{name}» có mật khẩu; hãy bỏ mật khẩu của PDF rồi thử lại.") from error
        raise UnreadableFileError(f"Tệp PDF «{name}» bị hỏng; hãy xuất lại PDF từ bản gốc.") from error
    try:
        count = len(document)
        if count > _MAX_PAGES:
            raise UnreadableFileError(f"Tệp «{name}» có {count} trang, quá nhiều; hãy tách thành các tệp nhỏ hơn.")
        hidden: list[str] = []
        texts = [_page_text(document, index, hidden) for index in range(count)]
        scanned = [i for i, text in enumerate(texts) if sum(map(str.isalpha, text)) < _MIN_LETTERS]
        printed = list(texts)
        notices = _recognise(document, texts, scanned, name, progress)
    finally:
        document.close()
    text, pages = _joined(texts)
    if hidden:
        notices = (*notices, f"Tệp có {len(hidden)} đoạn chữ trắng hoặc trong suốt, đã bỏ ra ngoài.")
    recognised = texts != printed
    return SourceDocument(
        name, file_format, text, line_blocks(text, paged=True), pages, tuple(hidden), notices, recognised
    )


def _page_text(document: Any, index: int, hidden: list[str]) -> str:
    """The text layer of a page; what nobody sees on it goes to `hidden`."""
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_bounded() if text_page.count_chars() else ""
            if is_scrambled(text):
                text = rebuilt_text(text_page)
            for unseen in hidden_texts(page, text_page) if text else ():
                if unseen.strip() in text:
                    text = text.replace(unseen.strip(), "", 1)
                    hidden.append(" ".join(unseen.split()))
        finally:
            text_page.close()
    finally:
        page.close()
    # PDFium marks a hyphen at a line end with U+FFFE; symbols such as 23/QĐ-UBND need the hyphen itself
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-\n").replace("\x02", "-")
    return _CONTROL.sub("", text.translate(_BULLETS)).replace("\f", "\n")


def _recognise(
    document: Any, texts: list[str], scanned: list[int], name: str, progress: Callable[[float, str], None] | None
) -> tuple[str, ...]:
    """Fill in the pages that are pictures; returns what to tell the officer.

    Raises:
        EmptyDocumentError: every page is a picture and there is no OCR on this machine.
    """
    from assistant.library.reading import ocr

    pictures = [index for index in scanned if ocr.has_picture(document, index)]
    if not pictures:
        return ()
    if not ocr.available():
        if len(pictures) == len(texts):
            raise EmptyDocumentError(
                f"Tệp «{name}» là PDF quét không có lớp chữ; hãy cài tesseract kèm tiếng Việt (vie) rồi thử lại."
            )
        return (f"Có {len(pictures)} trang là ảnh quét chưa đọc được vì máy chưa cài tesseract tiếng Việt.",)
    for done, index in enumerate(pictures):
        if progress is not None:
            progress(done / len(pictures), f"Nhận dạng chữ trang {index + 1} của «{name}»")
        texts[index] = ocr.page_text(document, index)
    return (f"Đã nhận dạng chữ (OCR) {len(pictures)} trang ảnh quét; hãy đối chiếu số liệu với bản gốc.",)


def _joined(texts: list[str]) -> tuple[str, tuple[Page, ...]]:
    pages: list[Page] = []
    offset = 0
    for number, text in enumerate(texts, 1):
        length = len(text) + 1
        pages.append(Page(number, offset, offset + length))
        offset += length
    return "\f".join(texts) + "\n", tuple(pages)
