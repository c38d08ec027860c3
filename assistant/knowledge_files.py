"""Reading the knowledge files that ship with the program."""

from pathlib import Path
from typing import Any

import yaml

from assistant.paths import KNOWLEDGE
from assistant.vietnamese.text import nfc

# libyaml reads ten times faster than the pure Python loader; a wheel without it still works
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_knowledge(path: Path | str) -> Any:
    """The content of a YAML file in NFC; a relative path is one below `knowledge/`."""
    return yaml.load(nfc((KNOWLEDGE / path).read_text(encoding="utf-8")), Loader=_Loader)
