"""From the paths an officer names to the files to read."""

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.library.reading import SUPPORTED_SUFFIXES
from assistant.vietnamese.text import nfc


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    Attributes:
        path: absolute, links in it resolved.
        shown: as the officer named it, for messages.
    """

    path: Path
    shown: str


def find_files(paths: Iterable[Path | str]) -> list[FoundFile]:
    """The files themselves, and the readable ones below folders, each once, in a stable order.

    Links inside a folder that lead out of it are not followed; neither are hidden files and Office's lock files.

    Raises:
        InputError: folders were named and nothing readable is below any path.
    """
    found: dict[Path, FoundFile] = {}
    folders: list[str] = []
    for given in (name for path in paths for name in _expanded(path)):
        path = Path(given)
        if path.is_dir():
            folders.append(str(given))
            for file in _below(path):
                found.setdefault(file.path, file)
        else:
            # a missing file is reported when it is read, beside the others
            resolved = path.resolve() if path.exists() else Path(os.path.abspath(path))
            found.setdefault(resolved, FoundFile(resolved, str(given)))
    if not found:
        names = ", ".join(f"«{name}»" for name in folders) or "đường dẫn đã cho"
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES - {".htm", ".markdown"}))
        raise InputError(f"Trong {names} không có văn bản nào đọc được; hãy chọn thư mục có tệp {kinds}.")
    return list(found.values())


def _expanded(given: Path | str) -> list[Path | str]:
    """The command line of Windows leaves `*.docx` to the program."""
    if os.path.exists(given) or not any(sign in str(given) for sign in "*?"):
        return [given]
    return [*sorted(glob.glob(str(given).replace("[", "[[]")))] or [given]


def _below(folder: Path) -> list[FoundFile]:
    root = folder.resolve()
    found: list[FoundFile] = []
    for current, directories, names in os.walk(folder, followlinks=False):
        directories[:] = sorted(d for d in directories if not d.startswith("."))
        for name in sorted(names, key=nfc):
            path = Path(current) / name
            if name.startswith((".", "~$")) or path.suffix.lower() not in SUPPORTED_SUFFIXES:
                continue
            resolved = path.resolve()
            if resolved.is_relative_to(root) and resolved.is_file():
                found.append(FoundFile(resolved, str(path)))
    return found
