"""Checked reports of one user: what was found and what the officer decided about it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import UnknownNameError
from ui.store.folder import is_id, lock_of, new_id, read_json, write_json

KEPT = 20
DECISIONS = {"accepted", "ignored", ""}


@dataclass(slots=True)
class CheckFile:
    """One checked report.

    Attributes:
        name: of the file, or "Văn bản dán vào".
        file_id: the uploaded file; "" for a pasted text.
        text: the text that the spans count in.
        result: the JSON of the check.
        options: report type and date as chosen by the officer.
        decisions: finding id -> "accepted" or "ignored".
    """

    id: str
    name: str
    file_id: str
    text: str
    result: dict[str, Any]
    options: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    updated: str = ""


class CheckStore:
    """The checks of one user; the latest few are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checks"
        self._lock = lock_of(self.folder)

    def create(self, name: str, file_id: str, text: str, result: dict[str, Any], options: dict[str, str]) -> CheckFile:
        with self._lock:
            check = self._save(CheckFile(new_id(), name, file_id, text, result, options))
            for old in self.all()[KEPT:]:
                self._path(old.id).unlink(missing_ok=True)
        return check

    def get(self, check_id: str) -> CheckFile:
        """Raises UnknownNameError for a check that this user does not have."""
        data = read_json(self._path(check_id)) if is_id(check_id) else None
        if not isinstance(data, dict):
            raise UnknownNameError("lần kiểm tra", check_id)
        known = CheckFile.__dataclass_fields__
        return CheckFile(**{key: value for key, value in data.items() if key in known})

    def all(self) -> list[CheckFile]:
        """Newest first."""
        found = [self.get(path.stem) for path in self.folder.glob("*.json")]
        return sorted(found, key=lambda c: c.updated, reverse=True)

    def decide(self, check_id: str, finding: str, decision: str) -> CheckFile:
        """Keep what the officer decided; an empty decision takes it back."""
        with self._lock:
            check = self.get(check_id)
            if decision in DECISIONS and decision:
                check.decisions[finding] = decision
            else:
                check.decisions.pop(finding, None)
            return self._save(check)

    def _save(self, check: CheckFile) -> CheckFile:
        check.updated = datetime.now().isoformat(timespec="microseconds")
        write_json(self._path(check.id), asdict(check))
        return check

    def _path(self, check_id: str) -> Path:
        return self.folder / f"{check_id}.json"
