"""Drafts on disk: saved at every change, with undo, and untouched by a restart of the server."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import UnknownNameError
from ui.store.folder import is_id, lock_of, new_id, read_json, write_json

MAX_UNDO = 100
HEADER = "header"


@dataclass(slots=True)
class DraftFile:
    """One report in the making.

    Attributes:
        id: name of the file.
        name: what the officer calls it.
        report_type: id of the report type.
        header: values of the whole report.
        sections: values by section id.
        edits: paragraphs written by hand, by paragraph key.
        last: last period's values by section id, shown in grey.
        ignored: findings that the officer chose to leave.
        history: changes that can be taken back, oldest first: [part, section, key, value before].
        created, updated: local time, ISO to the second.
    """

    id: str
    name: str
    report_type: str
    header: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    edits: dict[str, str] = field(default_factory=dict)
    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    history: list[list[Any]] = field(default_factory=list)
    created: str = ""
    updated: str = ""

    def inputs(self) -> dict[str, Any]:
        """The inputs file that these values make."""
        return {
            "report_type": self.report_type,
            "header": dict(self.header),
            "sections": {name: dict(values) for name, values in self.sections.items() if values},
        }

    def value(self, section: str, name: str) -> Any:
        source = self.header if section == HEADER else self.sections.get(section, {})
        return source.get(name)


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    if _is_empty(value):
        values.pop(name, None)
    else:
        values[name] = value


class DraftStore:
    """The drafts of one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "drafts"
        self._lock = lock_of(self.folder)

    def create(self, name: str, report_type: str, header: Mapping[str, Any] | None = None) -> DraftFile:
        draft = DraftFile(new_id(), name, report_type, dict(header or {}), created=_now())
        with self._lock:
            return self._save(draft)

    def get(self, draft_id: str) -> DraftFile:
        """Raises UnknownNameError for a draft that this user does not have."""
        data = read_json(self._path(draft_id)) if is_id(draft_id) else None
        if not isinstance(data, dict):
            raise UnknownNameError("bản nháp", draft_id)
        known = DraftFile.__dataclass_fields__
        return DraftFile(**{key: value for key, value in data.items() if key in known})

    def all(self) -> list[DraftFile]:
        """Newest first."""
        drafts = []
        for path in self.folder.glob("*.json"):
            try:
                drafts.append(self.get(path.stem))
            except (UnknownNameError, TypeError):
                continue
        return sorted(drafts, key=lambda d: d.updated, reverse=True)

    def set_value(self, draft_id: str, section: str, name: str, value: Any) -> DraftFile:
        """Change one value; `section` is a section id or "header". An empty value removes it."""
        with self._lock:
            draft = self.get(draft_id)
            target = draft.header if section == HEADER else draft.sections.setdefault(section, {})
            # an empty box left as it was is no step to undo
            if target.get(name) == value or (name not in target and _is_empty(value)):
                return draft
            self._remember(draft, "value", section, name, target.get(name))
            _put(target, name, value)
            return self._save(draft)

    def set_many(self, draft_id: str, values: list[tuple[str, str, Any]]) -> DraftFile:
        """Change several values as one step of undo: (section, name, value)."""
        with self._lock:
            draft = self.get(draft_id)
            before = [[section, name, draft.value(section, name)] for section, name, _ in values]
            self._remember(draft, "many", "", "", before)
            for section, name, value in values:
                _put(draft.header if section == HEADER else draft.sections.setdefault(section, {}), name, value)
            return self._save(draft)

    def set_edit(self, draft_id: str, key: str, text: str | None) -> DraftFile:
        """Keep a paragraph written by hand; None gives the paragraph back to the program."""
        with self._lock:
            draft = self.get(draft_id)
            self._remember(draft, "edit", "", key, draft.edits.get(key))
            _put(draft.edits, key, text)
            return self._save(draft)

    def forget_edits(self, draft_id: str, keys: list[str]) -> DraftFile:
        """Give several paragraphs back to the program as one step."""
        with self._lock:
            draft = self.get(draft_id)
            self._remember(draft, "edits", "", "", {key: draft.edits.get(key) for key in keys})
            for key in keys:
                draft.edits.pop(key, None)
            return self._save(draft)

    def set_last(self, draft_id: str, last: Mapping[str, Mapping[str, Any]]) -> DraftFile:
        """Keep last period's values beside this period's."""
        with self._lock:
            draft = self.get(draft_id)
            draft.last = {section: dict(values) for section, values in last.items()}
            return self._save(draft)

    def rename(self, draft_id: str, name: str) -> DraftFile:
        with self._lock:
            draft = self.get(draft_id)
            draft.name = name.strip()[:120] or draft.name
            return self._save(draft)

    def undo(self, draft_id: str) -> tuple[DraftFile, str | None]:
        """Take the last change back; the second value names the section it was in, None when nothing was left."""
        with self._lock:
            draft = self.get(draft_id)
            if not draft.history:
                return draft, None
            part, section, name, before = draft.history.pop()
            if part == "value":
                _put(draft.header if section == HEADER else draft.sections.setdefault(section, {}), name, before)
            elif part == "edit":
                _put(draft.edits, name, before)
            elif part == "edits":
                for key, text in before.items():
                    _put(draft.edits, key, text)
            else:
                for sect, field_name, value in before:
                    target = draft.header if sect == HEADER else draft.sections.setdefault(sect, {})
                    _put(target, field_name, value)
            return self._save(draft), section

    def remove(self, draft_id: str) -> None:
        with self._lock:
            self.get(draft_id)
            self._path(draft_id).unlink(missing_ok=True)
            for path in self.folder.glob(f"*/{draft_id}.json"):
                path.unlink(missing_ok=True)

    def beside(self, draft_id: str, what: str) -> Path:
        """Where something about a draft is kept that is no part of it; goes with the draft."""
        return self.folder / what / f"{draft_id}.json"

    @staticmethod
    def _remember(draft: DraftFile, part: str, section: str, name: str, before: Any) -> None:
        draft.history.append([part, section, name, before])
        del draft.history[:-MAX_UNDO]

    def _save(self, draft: DraftFile) -> DraftFile:
        draft.updated = _now()
        write_json(self._path(draft.id), asdict(draft))
        return draft

    def _path(self, draft_id: str) -> Path:
        return self.folder / f"{draft_id}.json"
