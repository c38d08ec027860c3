"""Findings that an officer accepted, kept as a small JSON file, so that the next check does not repeat them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnreadableFileError
from assistant.output_files import make_folder, write_whole


@dataclass(frozen=True, slots=True)
class Baseline:
    """path: the file; ids: what it holds."""

    path: Path
    ids: frozenset[str]

    @classmethod
    def at(cls, path: Path | None, data_dir: Path) -> "Baseline":
        """Read `path`, or the one in the data directory; a file that is not there yet holds nothing.

        Raises:
            UnreadableFileError: it is no list of ids.
        """
        where = path or data_dir / "check" / "accepted.json"
        if not where.exists():
            return cls(where, frozenset())
        try:
            data = json.loads(where.read_text(encoding="utf-8"))
            return cls(where, frozenset(str(one) for one in data["accepted"]))
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise UnreadableFileError(
                f"Tệp «{where}» không phải danh sách phát hiện đã chấp nhận; xóa hoặc chọn tệp khác."
            ) from error

    def accept(self, ids: Iterable[str]) -> "Baseline":
        """Add ids and write the file.

        Raises:
            InputError: it cannot be written.
        """
        together = self.ids | frozenset(ids)
        make_folder(self.path.parent)
        write_whole(self.path, json.dumps({"accepted": sorted(together)}, ensure_ascii=False, indent=1) + "\n")
        return Baseline(self.path, together)
