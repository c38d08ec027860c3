"""The page's one way into the assistant: calls `Application` and hands on plain values. Decides nothing itself."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.application import Application
from assistant.errors import InputError, LibraryBusyError, UnknownNameError
from assistant.settings import Settings
from ui.drafting import Drafting
from ui.jobs import Jobs, Report
from ui.registry_view import entry_status, entry_view
from ui.store.folder import new_id

if TYPE_CHECKING:
    from datetime import date

    from assistant.legal.documents import RegistryDocument

# what the three boxes of the filter stand for
KIND_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "central": ("Văn bản trung ương", ("legal", "guidance", "builtin")),
    "plans": ("Kế hoạch của tỉnh", ("plan",)),
    "reports": ("Báo cáo của xã", ("report",)),
}
SUGGESTIONS_FOR_ANY = (
    "Báo cáo quý gồm những mục nào?",
    "Nghị quyết 57-NQ/TW do cơ quan nào ban hành, ngày nào?",
    "Mục dịch vụ công trực tuyến phải nêu những số liệu gì?",
    "Tổ công nghệ số cộng đồng là gì?",
)
CONTEXT_CHARACTERS = 1500
REGISTRY_SHOWN = 200
PASSAGES_SHOWN = 200


class Office(Drafting):
    """One for the server; safe to use from many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.jobs = Jobs()
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    @cached_property
    def folder(self) -> Path:
        """Where the page keeps what officers leave."""
        return self.settings.data_dir / "ui"

    @property
    def application(self) -> Application:
        with self._lock:
            return self._application

    @cached_property
    def _application(self) -> Application:
        return Application(self.settings)

    def bring_knowledge(self) -> None:
        """Bring what ships with the program into the library; at once where nothing has changed."""
        # another program that is writing brings it in, or the next start does
        with suppress(LibraryBusyError):
            self.application.library.ingest_builtin()

    def warm_up(self) -> None:
        """Load what the first question needs, so that the first officer does not wait for it."""
        self.report_types()
        self.application.ask("Báo cáo quý gồm những mục nào?")
        self.application.draft(next(iter(self.report_types())), {})

    # ------------------------------------------------------------------ asking
    def suggestions(self, report_type: str) -> list[str]:
        """Questions to start from; of the report type, where one is chosen."""
        chosen = self.report_types().get(report_type)
        if chosen is None:
            return list(SUGGESTIONS_FOR_ANY)
        leaves = [section for section in chosen.leaves if section.requirements and not section.appendix]
        picked = leaves[:: max(1, len(leaves) // 3)][:3]
        questions = [f"{chosen.short_name}: mục «{_plain(s.heading)}» phải nêu những gì?" for s in picked]
        return [f"{chosen.short_name} gồm những mục nào?", *questions]

    def asking(
        self, question: str, turns: Sequence[Mapping[str, Any]], report_type: str | None, kinds: Sequence[str] | None
    ) -> Callable[[Report], dict[str, Any]]:
        """The work of answering, for `Jobs.run`; gives the JSON of an answer."""

        def work(report: Report) -> dict[str, Any]:
            said: list[str] = []

            def on_text(piece: str) -> None:
                said.append(piece)
                report(None, "".join(said))

            answer = self.application.ask(
                question, turns=list(turns), report_type=report_type, kinds=kinds, on_text=on_text
            )
            return dict(answer.to_json())

        return work

    def ask(
        self, question: str, report_type: str | None = None, turns: Sequence[Mapping[str, Any]] = ()
    ) -> dict[str, Any]:
        """The JSON of `ask` for programs."""
        return dict(self.application.ask(question, turns=list(turns), report_type=report_type).to_json())

    def search(self, query: str, k: int, kinds: Sequence[str] | None) -> dict[str, Any]:
        from assistant.library.retrieval import Filters

        return self.application.search(query, k, Filters(kinds=frozenset(kinds or ())))

    def source_of(self, citation: Mapping[str, Any]) -> dict[str, Any]:
        """The passage of a citation: the quoted words with what stands before and after them."""
        symbol = citation.get("symbol")
        source: dict[str, Any] = {
            "symbol": symbol,
            "title": citation.get("document_title", ""),
            "quote": citation.get("quote", ""),
            "before": "",
            "after": "",
            "open_url": self._original_url(str(citation.get("document_id", ""))),
            "facts": self._facts(citation),
        }
        passage = self._passage(citation.get("passage_id"))
        if passage is not None:
            text = str(passage.text)
            start = int(citation.get("start") or 0)
            if not text.startswith(source["quote"], start):
                start = text.find(source["quote"])
            end = start + len(source["quote"])
            if start >= 0:
                source["before"] = ("… " if start > CONTEXT_CHARACTERS else "") + text[
                    max(0, start - CONTEXT_CHARACTERS) : start
                ]
                source["after"] = text[end : end + CONTEXT_CHARACTERS] + (
                    " …" if len(text) > end + CONTEXT_CHARACTERS else ""
                )
        return source

    def _original_url(self, document_id: str) -> str:
        """Address of the original file; empty for what ships with the program."""
        if document_id.startswith(("builtin:", "registry:")):
            return ""
        try:
            self.document_path(document_id)
        except UnknownNameError:
            return ""
        return f"/tai-lieu?id={quote(document_id)}"

    def _passage(self, passage_id: str | None) -> Any:
        if not passage_id:
            return None
        found = self.application.library.passages([passage_id])
        return found[0] if found else None

    def _facts(self, citation: Mapping[str, Any]) -> list[tuple[str, str]]:
        facts = [("Vị trí", str(citation.get("location") or ""))]
        if citation.get("page"):
            facts.append(("Trang", str(citation["page"])))
        entries = self.application.registry.find(str(citation["symbol"])) if citation.get("symbol") else []
        if entries:
            view = entry_view(entries[0], short=True)
            facts += [*view["facts"], ("Hiệu lực", view["status_word"])]
        names = {
            "builtin": "Có sẵn trong chương trình",
            "legal": "Văn bản",
            "plan": "Kế hoạch",
            "report": "Báo cáo",
            "guidance": "Hướng dẫn",
        }
        facts.append(("Thuộc", names.get(str(citation.get("kind")), "")))
        return [(label, value) for label, value in facts if value]

    # ------------------------------------------------------------------ checking
    def checking(
        self, source: "str | Path", options: Mapping[str, str], previous: Path | None = None
    ) -> Callable[[Report], tuple[str, dict[str, Any]]]:
        """The work of checking, for `Jobs.run`; gives the text that the spans count in and the JSON.

        Args:
            options: report type and date as the officer chose them.
            previous: last period's report, to find what was copied unchanged.
        """

        def work(report: Report) -> tuple[str, dict[str, Any]]:
            report(None, "Đang đọc văn bản")
            result = self.application.check(source, previous=previous, progress=report, **_chosen(options))
            return result.text, result.to_json()

        return work

    def check(self, source: "str | Path", options: Mapping[str, str]) -> dict[str, Any]:
        """The JSON of `check` for programs."""
        return self.application.check(source, **_chosen(options)).to_json()

    def annotate(
        self,
        source: "str | Path",
        options: Mapping[str, str],
        ignored: Sequence[str],
        target: Path,
        previous: Path | None = None,
    ) -> None:
        """Write the Word copy with a comment at each place that was not ignored."""
        self.application.annotate(source, target, previous=previous, without=ignored, **_chosen(options))

    # ------------------------------------------------------------------ library
    def documents(self) -> list[dict[str, Any]]:
        """Documents of the library, the office's own first."""
        from assistant.vietnamese.text import fold

        found = [dict(document) for document in self.application.documents()]
        return sorted(found, key=lambda d: (d["kind"] == "builtin", fold(str(d.get("title") or ""))))

    def validity(self, document: Mapping[str, Any]) -> tuple[str, str] | None:
        """Mark and words on whether a legal document or plan is in force, as far as the registry knows."""
        if document["kind"] not in {"legal", "plan"} or not document.get("symbol"):
            return None
        entries = self.application.registry.find(str(document["symbol"]))
        entry = next((e for e in entries if str(e.date or "") == str(document.get("date") or "")), None)
        return entry_status(entry) if entry else None

    def document_text(self, document_id: str) -> dict[str, Any]:
        """A document as the program has read it: title, what was noted on the way, its passages by place.

        Raises:
            UnknownNameError: no such document.
        """
        library = self.application.library
        record = library.document(document_id)
        if record is None:
            raise UnknownNameError("tài liệu trong kho", document_id)
        passages = library.passages_of(document_id)
        parts = [(passage.location, passage.page, passage.text) for passage in passages[:PASSAGES_SHOWN]]
        return {"title": record.title, "notices": record.notices, "parts": parts, "left": len(passages) - len(parts)}

    def matches(self, words: str, document: Mapping[str, Any]) -> bool:
        from assistant.vietnamese.text import fold

        line = fold(" ".join(str(document.get(key) or "") for key in ("title", "symbol", "unit", "issuer", "date")))
        return all(word in line for word in fold(words).split())

    def adding(self, uploads: Sequence[Path], kind: str | None, unit: str | None) -> Callable[[Report], dict[str, Any]]:
        """The work of taking uploads into the library, for `Jobs.run`; gives the JSON of `ingest.py`.

        The library reads copies under `originals/`, so that they can be opened and read again; a copy that it did
        not take in (a duplicate, a file that cannot be read) is not kept.
        """

        def work(report: Report) -> dict[str, Any]:
            kept = [self._keep(path) for path in uploads]
            try:
                with self._turn(report):
                    return dict(self.application.ingest(kept, kind=kind, unit=unit, progress=report).to_json())
            finally:
                listed = {Path(str(document["path"])).resolve() for document in self.documents()}
                for path in kept:
                    if path.resolve() not in listed:
                        shutil.rmtree(path.parent, ignore_errors=True)

        return work

    def rereading(self, document_id: str) -> Callable[[Report], dict[str, Any]]:
        """The work of reading a document's original again.

        Raises:
            UnknownNameError: no such document, or its file is gone.
        """
        path = self.document_path(document_id)

        def work(report: Report) -> dict[str, Any]:
            with self._turn(report):
                return dict(self.application.ingest([path], progress=report).to_json())

        return work

    @contextmanager
    def _turn(self, report: Report) -> Iterator[None]:
        """The library has one writer: a second officer waits here, sees why, and may stop waiting."""
        while not self._writing.acquire(timeout=0.5):
            report(None, "Đang đợi tài liệu của người khác đọc xong")
        try:
            report(0.0, "Đang chuẩn bị")
            yield
        finally:
            self._writing.release()

    @property
    def _originals(self) -> Path:
        return self.folder / "originals"

    def _keep(self, path: Path) -> Path:
        kept = self._originals / new_id() / path.name
        kept.parent.mkdir(parents=True)
        shutil.copyfile(path, kept)
        return kept

    def document_path(self, document_id: str) -> Path:
        """The original of a document that an officer brought.

        Raises:
            UnknownNameError: no such document, or its file is gone.
        """
        for document in self.documents():
            path = Path(str(document.get("path", "")))
            if document["id"] == document_id and document["kind"] != "builtin" and path.is_file():
                return path
        raise UnknownNameError("tệp gốc của tài liệu", document_id)

    def remove_document(self, document_id: str) -> None:
        """Take a document out of the library; the copy that the page kept of it goes too."""
        path = Path(self.application.library.remove(document_id).path)
        if path.parent.parent == self._originals:
            shutil.rmtree(path.parent, ignore_errors=True)

    def registry_search(self, words: str) -> "list[RegistryDocument]":
        registry = self.application.registry
        if not words.strip():
            return sorted(registry.documents, key=lambda d: str(d.date or ""), reverse=True)[:REGISTRY_SHOWN]
        return [*registry.search(words, limit=REGISTRY_SHOWN)]

    def registry_entry(self, symbol: str) -> dict[str, Any] | None:
        found = self.application.registry.find(symbol)
        return entry_view(found[0]) if found else None

    # ------------------------------------------------------------------ models
    def models(self) -> list[tuple[str, str]]:
        settings = self.settings
        return [
            ("Mô hình hội thoại", settings.chat_model or "ngoại tuyến (không dùng)"),
            ("Máy chủ", settings.chat_base_url or "—"),
            ("Mô hình nhúng", settings.embedding_model or "kèm theo chương trình"),
            ("Kho vector", settings.chroma_url or "trên máy này"),
        ]

    def try_chat_model(self) -> str:
        """One sentence on whether the chat model answers."""
        return str(self.application.try_chat_model())


def _plain(heading: str) -> str:
    return heading.split("{")[0].strip().capitalize() if heading.isupper() else heading.split("{")[0].strip()


def _date(text: str | None) -> "date | None":
    """A day as typed (30/9/2025) or as the interface has it (2025-09-30).

    Raises:
        InputError: something is written that is no day.
    """
    from datetime import date

    from assistant.vietnamese.dates import find_dates

    if not (text or "").strip():
        return None
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError:
        found = [mention.value for mention in find_dates(str(text)) if mention.value is not None]
    if not found:
        raise InputError(f"Không có ngày «{text}»; hãy ghi ngày/tháng/năm, ví dụ 30/9/2025.")
    return found[0]


def _chosen(options: Mapping[str, str]) -> dict[str, Any]:
    """Report type and date of a check, as the application takes them."""
    return {"report_type": options.get("report_type") or None, "report_date": _date(options.get("report_date"))}
