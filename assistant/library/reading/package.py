"""Office files are zip archives of XML: opened without trust in either.

Sizes are bounded before anything is unpacked, entities and DTDs are refused, nothing outside the archive is fetched.
"""

import io
import zipfile
from typing import Any

from assistant.errors import EncryptedFileError, UnreadableFileError

# the largest genuine reports unpack to a few MB; a bomb declares thousands
_MAX_PART = 64 * 1_048_576
_MAX_TOTAL = 512 * 1_048_576
_MAX_RATIO = 200
_RATIO_FROM = 8 * 1_048_576
_MAX_PARTS = 20_000


class OfficePackage:
    """An opened Office file.

    Raises:
        UnreadableFileError: damaged, or unpacking to more than a document can hold.
        EncryptedFileError: protected by a zip password.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError) as error:
            raise self._damaged() from error
        parts = self._archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise EncryptedFileError(f"Tệp «{name}» có mật khẩu; hãy bỏ mật khẩu rồi thử lại.")
        total = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if len(parts) > _MAX_PARTS or total > _MAX_TOTAL or (total > _RATIO_FROM and total / packed > _MAX_RATIO):
            raise self._bomb()
        self.names = frozenset(part.filename for part in parts)

    def _damaged(self) -> UnreadableFileError:
        return UnreadableFileError(f"Tệp «{self.name}» bị hỏng; hãy mở bằng phần mềm gốc và lưu lại.")

    def _bomb(self) -> UnreadableFileError:
        return UnreadableFileError(
            f"Tệp «{self.name}» khi giải nén lớn bất thường nên không được mở; hãy tạo lại tệp từ bản gốc."
        )

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty where there is none. Never more than the limit, whatever the header says."""
        if part not in self.names:
            return b""
        try:
            with self._archive.open(part) as stream:
                data = stream.read(_MAX_PART + 1)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise self._damaged() from error
        except Exception as error:  # zlib.error is no subclass of the above
            raise self._damaged() from error
        if len(data) > _MAX_PART:
            raise self._bomb()
        return data

    def xml(self, part: str) -> Any:
        """The root element of a part; None where there is none.

        Raises:
            UnreadableFileError: not well-formed, or with a DTD (Office writes none; attacks need one).
        """
        data = self.read(part)
        return parse_xml(data, self.name) if data else None


def parse_xml(data: bytes, name: str) -> Any:
    """Parse XML that may be hostile: no entities, no DTD, no network, bounded depth."""
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<!\x00D\x00O\x00C" in data:
        raise UnreadableFileError(f"Tệp «{name}» chứa khai báo không an toàn nên không được mở; hãy tạo lại tệp.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(f"Tệp «{name}» bị hỏng; hãy mở bằng phần mềm gốc và lưu lại.") from error
