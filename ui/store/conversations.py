"""Conversations of one user on disk, and what was thought of the answers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import UnknownNameError
from ui.store.folder import is_id, lock_of, new_id, read_json, write_json

TITLE_LENGTH = 70


@dataclass(slots=True)
class Conversation:
    """Turns in the order they were said.

    Attributes:
        turns: {"question", "answer" (the JSON of an answer), "at", "verdict" ("right", "wrong" or ""), "note"}.
    """

    id: str
    title: str = "Hội thoại mới"
    turns: list[dict[str, Any]] = field(default_factory=list)
    updated: str = ""


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


class ConversationStore:
    """The conversations of one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "conversations"
        self._lock = lock_of(self.folder)

    def create(self) -> Conversation:
        """A new conversation; it reaches the disk with its first turn."""
        return Conversation(new_id())

    def get(self, conversation_id: str) -> Conversation:
        """Raises UnknownNameError for a conversation that this user does not have."""
        data = read_json(self._path(conversation_id)) if is_id(conversation_id) else None
        if not isinstance(data, dict):
            raise UnknownNameError("hội thoại", conversation_id)
        known = Conversation.__dataclass_fields__
        return Conversation(**{key: value for key, value in data.items() if key in known})

    def find(self, conversation_id: str | None) -> Conversation:
        """The conversation, or a new one of that id (or a new id) where it is not there."""
        try:
            return self.get(conversation_id or "")
        except UnknownNameError:
            return Conversation(conversation_id) if is_id(conversation_id or "") else self.create()  # type: ignore[arg-type]

    def all(self) -> list[Conversation]:
        """Newest first."""
        found = [self.find(path.stem) for path in self.folder.glob("*.json")]
        return sorted(found, key=lambda c: c.updated, reverse=True)

    def add(self, conversation_id: str, question: str, answer: dict[str, Any]) -> Conversation:
        with self._lock:
            conversation = self.find(conversation_id)
            if not conversation.turns:
                conversation.title = question.strip()[:TITLE_LENGTH]
            turn = {"question": question, "answer": answer, "at": _now(), "verdict": "", "note": ""}
            conversation.turns.append(turn)
            return self._save(conversation)

    def judge(self, conversation_id: str, turn: int, verdict: str, note: str = "") -> Conversation:
        """Keep what the officer thought of an answer.

        Raises:
            UnknownNameError: no such conversation or turn.
        """
        with self._lock:
            conversation = self.get(conversation_id)
            if not 0 <= turn < len(conversation.turns):
                raise UnknownNameError("câu trả lời", str(turn + 1))
            conversation.turns[turn]["verdict"] = verdict if verdict in {"right", "wrong"} else ""
            conversation.turns[turn]["note"] = note.strip()[:2000]
            return self._save(conversation)

    def remove(self, conversation_id: str) -> None:
        with self._lock:
            if is_id(conversation_id):
                self._path(conversation_id).unlink(missing_ok=True)

    def _save(self, conversation: Conversation) -> Conversation:
        conversation.updated = _now()
        write_json(self._path(conversation.id), asdict(conversation))
        return conversation

    def _path(self, conversation_id: str) -> Path:
        return self.folder / f"{conversation_id}.json"


def source_name(citation: Mapping[str, Any]) -> str:
    """What a source is called: its number, or its title where it has none yet ("/BC-UBND")."""
    symbol = str(citation.get("symbol") or "")
    return symbol if symbol and not symbol.startswith("/") else str(citation.get("document_title") or symbol)


def citation_text(citation: Mapping[str, Any]) -> str:
    """A citation as it is pasted into a report."""
    where = ", ".join(part for part in (source_name(citation), str(citation.get("location") or "")) if part)
    return f"[{citation.get('n')}] {where}: «{citation.get('quote', '')}»"


def with_sources(answer: Mapping[str, Any]) -> str:
    """The text of an answer with its sources below."""
    lines = [str(answer.get("answer", ""))]
    citations = answer.get("citations") or []
    if citations:
        lines += ["", "Nguồn:", *(citation_text(c) for c in citations)]
    return "\n".join(lines)


def as_text(conversation: Conversation) -> str:
    """A conversation as a plain text to keep: questions, answers, and the sources of each."""
    parts = []
    for turn in conversation.turns:
        asked = datetime.fromisoformat(turn["at"])
        parts.append(f"HỎI ({asked:%H:%M ngày %d/%m/%Y}): {turn['question']}\n\n{with_sources(turn['answer'])}\n")
    return f"\n{'-' * 40}\n\n".join(parts)


def note_feedback(path: Path, record: dict[str, Any]) -> None:
    """Add one line to the office's file of judgements (JSON lines)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**record, "at": _now()}, ensure_ascii=False) + "\n")
