"""Files from officers: told apart by content, limited in size, and stored apart for each user."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from assistant.errors import FileTooLargeError, UnreadableFileError, UnsupportedFileError

MAX_UNPACKED = 300 * 1024 * 1024
MAX_MEMBERS = 5_000
DOCUMENTS = {".pdf", ".docx", ".doc", ".txt", ".md", ".html", ".htm", ".xlsx"}
CHECKABLE = {".pdf", ".docx", ".txt", ".md", ".html", ".htm"}
INPUTS = {".xlsx", ".yaml", ".yml", ".json"}


# Windows opens a device where a file has one of these names, whatever its ending
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


def safe_name(name: str) -> str:
    """The last part of a file name, without characters that a file system or a header could read otherwise."""
    from assistant.vietnamese.text import nfc

    last = re.split(r"[\\/]", nfc(name))[-1]
    clean = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "_", last).strip(" .")
    if clean.partition(".")[0].rstrip().upper() in _DEVICES:
        clean = f"_{clean}"
    stem, dot, suffix = clean.rpartition(".")
    return (stem[:120] + dot + suffix[:10] if dot else clean[:120]) or "tep"


def _is_office(part: str) -> Callable[[Path], bool]:
    def check(path: Path) -> bool:
        if not zipfile.is_zipfile(path):
            return False
        with ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
                raise UnreadableFileError(
                    f"Tệp «{path.name}» giải nén ra quá lớn nên không được nhận; hãy lưu lại tệp từ Word hoặc Excel."
                )
            names = {m.filename for m in members}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise UnsupportedFileError(
                f"Tệp «{path.name}» có macro nên không được nhận; hãy lưu lại dạng .docx hoặc .xlsx không macro."
            )
        return part in names

    return check


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _is_ole(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8) == bytes.fromhex("D0CF11E0A1B11AE1")


def _is_text(path: Path) -> bool:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        return False
    else:
        encodings = ["utf-8", "cp1258"]
    for encoding in encodings:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def check_upload(path: Path, *, allowed: set[str], max_mb: int) -> None:
    """See that a file is what its name says and may come in.

    Args:
        allowed: suffixes that this door takes, with the dot, lower case.
        max_mb: largest size in MB (10^6 bytes counted as 1024²).

    Raises:
        FileTooLargeError, UnsupportedFileError, UnreadableFileError: with the next step.
    """
    suffix = path.suffix.lower()
    if suffix not in allowed:
        raise UnsupportedFileError(
            f"Chưa đọc được tệp «{path.name}»; hãy dùng một trong các dạng: {', '.join(sorted(allowed))}."
        )
    if path.stat().st_size > max_mb * 1024 * 1024:
        raise FileTooLargeError(f"Tệp «{path.name}» lớn hơn {max_mb} MB; hãy tách hoặc nén bớt ảnh rồi gửi lại.")
    if path.stat().st_size == 0:
        raise UnreadableFileError(f"Tệp «{path.name}» rỗng; hãy kiểm tra lại tệp rồi gửi lại.")
    tests: dict[str, Callable[[Path], bool]] = {
        ".pdf": _is_pdf,
        ".doc": _is_ole,
        ".docx": _is_office("word/document.xml"),
        ".xlsx": _is_office("xl/workbook.xml"),
    }
    test = tests.get(suffix, _is_text)
    try:
        fits = test(path)
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise UnreadableFileError(f"Tệp «{path.name}» bị hỏng; hãy lưu lại từ Word hoặc Excel rồi gửi lại.") from error
    if not fits:
        raise UnreadableFileError(
            f"Nội dung tệp «{path.name}» không đúng dạng {suffix}; hãy mở bằng chương trình gốc và lưu lại."
        )
