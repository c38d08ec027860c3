"""Inputs files on disk: YAML and JSON as mappings whose scalars stay as written."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import EmptyDocumentError, FileTooLargeError, UnreadableFileError, UnsupportedFileError
from assistant.reports.yaml_files import load_plain
from assistant.vietnamese.text import nfc

_MAX_BYTES = 25 * 2**20
_KINDS = "yaml, yml, json, xlsx"


def read_file(path: Path) -> Mapping[str, Any]:
    """The mapping that a YAML or JSON file holds.

    Raises:
        UnreadableFileError: missing, not UTF-8, or wrong syntax (names the line).
        UnsupportedFileError: another kind of file.
        EmptyDocumentError: nothing in it.
        FileTooLargeError: over 25 MB.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".json"):
        raise UnsupportedFileError(
            f"Tệp số liệu {path.name} không thuộc loại đọc được; hãy dùng một trong các loại: {_KINDS}."
        )
    text = _decode(path)
    if not text.strip():
        raise EmptyDocumentError(f"Tệp số liệu {path.name} không có nội dung; hãy điền số liệu rồi chạy lại.")
    content = _load_json(text, path.name) if suffix == ".json" else load_plain(text, path.name)
    if not isinstance(content, Mapping):
        raise UnreadableFileError(
            f"Tệp {path.name} phải gồm các phần report_type, header, sections; hãy tạo biểu mẫu bằng lệnh inputs."
        )
    return content


def _decode(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise FileTooLargeError(f"Tệp số liệu {path.name} lớn hơn 25 MB; hãy kiểm tra lại đúng tệp chưa.")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"Không mở được tệp số liệu {path}; hãy kiểm tra đường dẫn và đóng tệp nếu đang mở."
        ) from error
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"Tệp {path.name} không phải chữ Unicode; hãy lưu lại theo mã UTF-8.") from error


def _load_json(text: str, name: str) -> Any:
    try:
        return json.loads(nfc(text), parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ở dòng {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFileError(f"Tệp {name} viết sai cú pháp JSON{where}; hãy sửa dòng đó rồi chạy lại.") from error
