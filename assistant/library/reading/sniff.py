"""What a file is by its content, whatever its name says."""

import io
import re
import zipfile

from assistant.errors import EncryptedFileError, UnreadableFileError, UnsupportedFileError
from assistant.library.models import FileFormat

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)


def content_format(data: bytes, name: str) -> FileFormat:
    """The format of `data`; "txt" stands for every kind of plain text.

    Raises:
        EncryptedFileError: an Office file with a password.
        UnsupportedFileError: a format that is known and not read.
        UnreadableFileError: bytes that are no known format and no text.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data, name)
    if data.startswith(_OLE):
        return _in_compound_file(data, name)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_IMAGES[:4]):
        raise UnsupportedFileError(f"Tệp «{name}» là ảnh; hãy lưu ảnh chụp văn bản thành PDF rồi thử lại.")
    head = data[:4096]
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFileError(f"Tệp «{name}» không phải văn bản; hãy mở bằng phần mềm gốc và lưu thành .docx.")
    return "html" if _HTML.search(head.lstrip()[:512]) else "txt"


def _in_zip(data: bytes, name: str) -> FileFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(f"Tệp «{name}» bị hỏng; hãy mở lại bằng phần mềm gốc và lưu lại.") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise UnsupportedFileError(
        f"Tệp «{name}» là tệp nén hoặc loại Office chưa hỗ trợ; hãy giải nén, hoặc lưu thành .docx hay .xlsx."
    )


def _in_compound_file(data: bytes, name: str) -> FileFormat:
    """Old Office files: the directory of the compound file names its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFileError(f"Tệp «{name}» có mật khẩu; hãy bỏ mật khẩu trong Word hoặc Excel rồi thử lại.")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise UnsupportedFileError(f"Tệp «{name}» là tệp Office đời cũ; hãy lưu thành .docx hoặc .xlsx rồi thử lại.")
