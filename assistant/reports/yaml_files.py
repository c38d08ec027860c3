"""Reading and writing YAML: knowledge files fast, inputs files without YAML's guesses about dates and numbers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import UnreadableFileError
from assistant.vietnamese.text import nfc


class _PlainLoader(yaml.SafeLoader):
    """Every plain scalar stays text except null, true and false: `1.941`, `2025-11-31`, `07` and `no` as written."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag == "tag:yaml.org,2002:null" or (tag == "tag:yaml.org,2002:bool" and first in "tTfF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def knowledge_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder in order of name; nothing where it does not exist."""
    return iter(sorted(folder.glob("*.yaml"))) if folder.is_dir() else iter(())


def load_plain(text: str, name: str) -> Any:
    """An officer's YAML with scalars as text, NFC.

    Raises:
        UnreadableFileError: it is no YAML; names the line.
    """
    try:
        return yaml.load(nfc(text), Loader=_PlainLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" ở dòng {mark.line + 1}" if mark is not None else ""
        raise UnreadableFileError(
            f"Tệp {name} viết sai cú pháp YAML{where}; hãy sửa dòng đó (thụt đầu dòng, dấu ngoặc kép) rồi chạy lại."
        ) from error
