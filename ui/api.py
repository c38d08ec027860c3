"""Endpoints with names, for programs (`gradio_client`, MCP): the JSON of the command line."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.logs import log_unforeseen
from ui.events import user_of
from ui.office import Office
from ui.security.files import CHECKABLE, DOCUMENTS, check_upload, safe_name
from ui.security.sessions import SessionStore
from ui.workspace import desk_of


class Endpoints:
    """The five actions. Files are the caller's own uploads; nobody else's path is read."""

    def __init__(self, office: Office, sessions: SessionStore) -> None:
        self.office = office
        self.sessions = sessions

    def _own(self, file: Any, user: str, allowed: set[str]) -> Path:
        """The caller's upload, copied to their folder and checked.

        Raises:
            InputError: no file, or not the caller's; others as `check_upload`.
        """
        path = str(file.get("path", "")) if isinstance(file, dict) else ""
        if not path or not self.sessions.owns(user, path):
            raise InputError("Chưa gửi tệp, hoặc tệp không phải của phiên này; hãy gửi lại tệp.")
        source = Path(path)
        stored = desk_of(user, self.office.folder).files.place(safe_name(str(file.get("orig_name") or source.name)))
        stored.path.write_bytes(source.read_bytes())
        check_upload(stored.path, allowed=allowed, max_mb=self.office.settings.max_upload_mb)
        return stored.path

    def ask(self, question: str, report_type: str = "", request: gr.Request | None = None) -> dict[str, Any]:
        """Trả lời một câu hỏi, có nguồn; hoặc nói rõ là không tìm thấy."""
        if not question.strip():
            raise InputError("Chưa có câu hỏi.")
        return self.office.ask(question, report_type or None)

    def search(
        self, query: str, k: int = 10, kinds: list[str] | None = None, request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Tìm đoạn văn bản trong kho tri thức."""
        return self.office.search(query, max(1, min(int(k), 100)), kinds)

    def draft(
        self, report_type: str, inputs: dict[str, Any], section: str = "", request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Soạn báo cáo, hoặc một mục của nó, từ số liệu."""
        return self.office.draft_json(report_type, inputs, section or None)

    def check(
        self,
        file: dict[str, Any] | None = None,
        text: str = "",
        report_type: str = "",
        report_date: str = "",
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Kiểm tra một báo cáo: tệp đã gửi, hoặc văn bản dán vào."""
        options = {"report_type": report_type, "report_date": report_date}
        if text.strip() and not file:
            return self.office.check(text, options)
        return self.office.check(self._own(file, user_of(_present(request)), set(CHECKABLE)), options)

    def ingest(
        self, files: list[dict[str, Any]], kind: str = "", unit: str = "", request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Đưa tài liệu đã gửi vào kho tri thức."""
        paths = [self._own(file, user_of(_present(request)), set(DOCUMENTS)) for file in files or []]
        if not paths:
            raise InputError("Chưa có tệp nào.")
        result = self.office.adding(paths, kind or None, unit or None)(lambda _done, _text: None)
        # gradio_client takes every {"path": text} for a file to fetch: the path stays empty, the name says which file
        documents = [{**d, "name": Path(str(d.get("path"))).name, "path": None} for d in result["documents"]]
        return {**result, "documents": documents}


def _present(request: gr.Request | None) -> gr.Request:
    if request is None:
        raise InputError("Yêu cầu không qua trang web.")
    return request


def _told(function: Callable[..., dict[str, Any]], data_dir: Path) -> Callable[..., dict[str, Any]]:
    """The same function, its errors as Gradio hands them to a client: one Vietnamese sentence, never a traceback."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return function(*args, **kwargs)
        except AssistantError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except Exception as error:
            raise gr.Error(log_unforeseen(error, data_dir), print_exception=False) from error

    return run


def add_endpoints(office: Office, sessions: SessionStore) -> None:
    """Add /ask, /search, /draft, /check and /ingest to the Blocks being built."""
    endpoints = Endpoints(office, sessions)
    for name in ("ask", "search", "draft", "check", "ingest"):
        limit = 1 if name == "ingest" else 20
        gr.api(_told(getattr(endpoints, name), office.settings.data_dir), api_name=name, concurrency_limit=limit)
