"""Kho tri thức: the documents, adding and removing them, and the registry of legal documents."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.errors import InputError
from ui.events import Act, Handler, Updates, on_open, panel, wire
from ui.jobs import Done, Stopped
from ui.office import Office
from ui.render.html import render, toast
from ui.workspace import Desk

KINDS = {
    "legal": "Văn bản pháp luật, văn bản Đảng",
    "plan": "Kế hoạch",
    "report": "Báo cáo",
    "guidance": "Hướng dẫn",
    "builtin": "Có sẵn trong chương trình",
}
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
        # one writer at a time: a second officer waits in the queue
        wire(self.add, self.handle, outputs, folder, notice, limit=2)
        for source in (self.status, self.documents, self.registry):
            wire(source, self.handle, outputs, folder, notice)
        on_open(blocks, self.opened, outputs, folder, notice)

    def opened(self, desk: Desk) -> Updates:
        return {
            self.add: render("library_add.html.j2", kinds=KINDS, max_mb=self.office.settings.max_upload_mb),
            self.status: render("library_status.html.j2", progress=None, results=[]),
            self.documents: self.documents_html(""),
            self.registry: self.registry_html("", ""),
        }

    def documents_html(self, words: str, kind: str = "", extra: str = "") -> str:
        documents = self.office.documents()
        counts = {name: sum(d["kind"] == name for d in documents) for name in KINDS}
        found = [d for d in documents if (not kind or d["kind"] == kind) and self.office.matches(words, d)]
        own = [d for d in found if d["kind"] != "builtin"]
        return render(
            "library_documents.html.j2",
            own=own[:SHOWN],
            own_total=len(own),
            builtin=[d for d in found if d["kind"] == "builtin"],
            all=len(documents),
            passages=sum(int(d.get("passages") or 0) for d in documents),
            counts=counts,
            kinds=KINDS,
            words=words,
            kind=kind,
            extra=Markup(extra),
        )

    def registry_html(self, words: str, symbol: str) -> str:
        found = self.office.registry_search(words)
        entry = self.office.registry_entry(symbol) if symbol else None
        return render("library_registry.html.j2", entries=found[:40], total=len(found), words=words, entry=entry)

    def handle(self, act: Act) -> Updates | Iterator[Updates] | None:
        actions: dict[str, Handler] = {
            "add": self.ingest,
            "stop": self.stop,
            "find": lambda a: {self.documents: self.documents_html(a.text("value"), a.field("kind"))},
            "kind": lambda a: {self.documents: self.documents_html(a.field("words"), a.text("value"))},
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
        yield from self._read(act, self.office.keep(paths), act.field("kind") or None, act.field("unit") or None)

    def reread(self, act: Act) -> Iterator[Updates]:
        path = self.office.document_path(act.text("id"))
        yield from self._read(act, [path], None, None)

    def _read(self, act: Act, paths: list[Path], kind: str | None, unit: str | None) -> Iterator[Updates]:
        work = self.office.ingesting(paths, kind, unit)
        try:
            for news in self.office.jobs.run(act.desk.user, "ingest", work):
                if isinstance(news, Done):
                    results = news.result["documents"]
                    yield {
                        self.status: render("library_status.html.j2", progress=None, results=results),
                        self.documents: self.documents_html(""),
                    }
                else:
                    yield {self.status: render("library_status.html.j2", progress=news, results=[])}
        except Stopped:
            stopped = toast("Đã dừng; tệp nào đọc xong thì đã ở trong kho.", "info")
            yield {
                self.status: render("library_status.html.j2", progress=None, results=[]),
                self.documents: self.documents_html("", "", stopped),
            }
        except BaseException:
            yield {self.status: render("library_status.html.j2", progress=None, results=[])}
            raise

    def remove(self, act: Act) -> Updates:
        self.office.remove_document(act.text("id"))
        return {self.documents: self.documents_html("", "", toast("Đã xóa khỏi kho."))}
