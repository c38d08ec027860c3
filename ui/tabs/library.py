"""Kho tri thức: the documents, adding and removing them, and the registry of legal documents."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.errors import InputError
from ui.events import Act, Handler, Updates, on_open, panel, wire
from ui.jobs import Done, Progress, Report, Stopped
from ui.office import Office
from ui.registry_view import entry_line
from ui.render.html import render, toast
from ui.workspace import Desk

KINDS = {
    "legal": "Văn bản pháp luật, văn bản Đảng",
    "plan": "Kế hoạch",
    "report": "Báo cáo",
    "guidance": "Hướng dẫn",
    "builtin": "Có sẵn trong chương trình",
}
SHORT_KINDS = {"legal": "Văn bản", "plan": "Kế hoạch", "report": "Báo cáo", "guidance": "Hướng dẫn"}
SHOWN = 60


class LibraryTab:
    """The tab's panels and what happens in them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with gr.Column(elem_id="library", elem_classes="page"):
            self.add = panel(elem_id="library-add")
            self.status = panel(elem_id="library-status")
            self.documents = panel(elem_id="library-documents")
            self.registry = panel(elem_id="library-registry")

    def connect(self, blocks: Any, notice: Any) -> None:
        outputs = [self.documents, self.status, self.add, self.registry]
        folder = self.office.folder
        for source in (self.add, self.status, self.documents, self.registry):
            wire(source, self.handle, outputs, folder, notice)
        on_open(blocks, self.opened, outputs, folder, notice)

    def opened(self, desk: Desk) -> Updates:
        return {
            self.add: render("library_add.html.j2", kinds=KINDS, max_mb=self.office.settings.max_upload_mb),
            self.status: _status(),
            self.documents: self.documents_html(""),
            self.registry: self.registry_html("", ""),
        }

    def documents_html(self, words: str, kind: str = "", extra: str = "", view: str = "") -> str:
        documents = self.office.documents()
        counts = {name: sum(d["kind"] == name for d in documents) for name in KINDS}
        found = [d for d in documents if (not kind or d["kind"] == kind) and self.office.matches(words, d)]
        own = [d for d in found if d["kind"] != "builtin"]
        shown = [{**d, "validity": self.office.validity(d), "name": Path(str(d["path"])).name} for d in own[:SHOWN]]
        return render(
            "library_documents.html.j2",
            own=shown,
            own_total=len(own),
            builtin=[{**d, "validity": None, "name": ""} for d in found if d["kind"] == "builtin"],
            all=len(documents),
            passages=sum(int(d.get("passages") or 0) for d in documents),
            counts=counts,
            kinds=KINDS,
            short_kinds=SHORT_KINDS,
            words=words,
            kind=kind,
            text=self.office.document_text(view) if view else None,
            extra=Markup(extra),
        )

    def registry_html(self, words: str, symbol: str) -> str:
        found = self.office.registry_search(words)
        entry = self.office.registry_entry(symbol) if symbol else None
        return render(
            "library_registry.html.j2",
            entries=[entry_line(e) for e in found[:40]],
            total=len(found),
            words=words,
            entry=entry,
        )

    def handle(self, act: Act) -> Updates | Iterator[Updates] | None:
        actions: dict[str, Handler] = {
            "add": self.ingest,
            "stop": self.stop,
            "find": lambda a: {self.documents: self.documents_html(a.text("value"), a.field("kind"))},
            "kind": lambda a: {self.documents: self.documents_html(a.field("words"), a.text("value"))},
            "view": lambda a: {
                self.documents: self.documents_html(a.field("words"), a.field("kind"), view=a.text("id"))
            },
            "close": lambda a: {self.documents: self.documents_html(a.field("words"), a.field("kind"))},
            "remove": self.remove,
            "reread": self.reread,
            "registry-find": lambda a: {self.registry: self.registry_html(a.text("value"), "")},
            "registry-open": lambda a: {self.registry: self.registry_html(a.field("words"), a.text("symbol"))},
        }
        action = actions.get(act.name)
        return action(act) if action else None

    def stop(self, act: Act) -> Updates | None:
        self.office.jobs.stop(act.desk.user, "ingest")
        return None

    def ingest(self, act: Act) -> Iterator[Updates]:
        paths = [act.desk.files.get(str(file.get("id", ""))).path for file in act.data.get("files") or []]
        if not paths:
            raise InputError("Chưa có tệp nào; hãy thả tệp vào khung.")
        work = self.office.adding(paths, act.field("kind") or None, act.field("unit") or None)
        yield from self._read(act, work, [path.name for path in paths])

    def reread(self, act: Act) -> Iterator[Updates]:
        yield from self._read(act, self.office.rereading(act.text("id")), [], act.field("words"), act.field("kind"))

    def _read(
        self, act: Act, work: Callable[[Report], dict[str, Any]], names: list[str], words: str = "", kind: str = ""
    ) -> Iterator[Updates]:
        """Let the library read; `names` are the files to show, each with how far it is.

        Args:
            words, kind: what the list of documents was narrowed to.
        """
        waiting = list(names)
        try:
            for news in self.office.jobs.run(act.desk.user, "ingest", work):
                if isinstance(news, Done):
                    yield {
                        self.status: _status(results=news.result["documents"]),
                        self.documents: self.documents_html(words, kind),
                    }
                    continue
                read = next((name for name in waiting if news.text.endswith(f": {name}")), None)
                if read is not None:
                    waiting.remove(read)
                files = [(name, "waiting" if name in waiting else "read") for name in names]
                yield {self.status: _status(progress=news, files=files)}
        except Stopped:
            stopped = toast("Đã dừng; tệp nào đọc xong thì đã ở trong kho.", "info")
            yield {self.status: _status(), self.documents: self.documents_html(words, kind, stopped)}
        except BaseException:
            yield {self.status: _status()}
            raise

    def remove(self, act: Act) -> Updates:
        self.office.remove_document(act.text("id"))
        found = self.documents_html(act.field("words"), act.field("kind"), toast("Đã xóa khỏi kho."))
        return {self.documents: found, self.status: _status()}


def _status(
    progress: Progress | None = None, files: Sequence[tuple[str, str]] = (), results: Sequence[Mapping[str, Any]] = ()
) -> str:
    failed = [r for r in results if r["status"] == "failed"]
    done = [r for r in results if r["status"] != "failed"]
    return render("library_status.html.j2", progress=progress, files=files, failed=failed, done=done)
