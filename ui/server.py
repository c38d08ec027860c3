"""The web server: our doors, Gradio behind them."""

import json
import logging
import os
import secrets
import shutil
import socket
import threading
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from assistant.errors import SettingsError
from assistant.settings import Settings
from ui.addresses import is_loopback
from ui.backup import finish_restore
from ui.office import Office
from ui.render.page import STATIC, head_html
from ui.security.guard import Door, Guard
from ui.security.login import add_login
from ui.security.sessions import SessionStore
from ui.security.users import UserBook, in_charge
from ui.transfer import add_transfer

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


def page_folder(settings: Settings) -> Path:
    """Where the page keeps what officers leave: `ui/` of the data directory."""
    folder = settings.data_dir / "ui"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make_server(
    settings: Settings, office: Office, *, host: str = "127.0.0.1", port: int = 7860, mcp: bool = False
) -> FastAPI:
    """The whole application, ready to be served.

    Args:
        mcp: also answer as an MCP server (Gradio's own) at /gradio_api/mcp.
    """
    folder = page_folder(settings)
    # Gradio's own temporary files stay inside the data directory, and are dropped with each start
    shutil.rmtree(folder / "gradio", ignore_errors=True)
    os.environ["GRADIO_TEMP_DIR"] = str(folder / "gradio")
    sessions = SessionStore(folder / "phien.sqlite")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _add_small_routes(app)
    add_login(app, settings.users_file, sessions)
    book = UserBook(settings.users_file) if settings.users_file else None
    add_transfer(app, folder, settings.max_upload_mb, office.document_path, lambda user: in_charge(book, user))
    _mount_page(app, office, sessions, host=host, port=port, mcp=mcp)
    door = Door(
        sessions=sessions,
        users_configured=lambda: asks_for_password(book, host),
        still_a_user=lambda name: book is not None and book.find(name) is not None,
        hosts=LOOPBACK_NAMES | {host} if is_loopback(host) else frozenset(),
        head=head_html(),
    )
    app.add_middleware(Guard, door=door)
    return app


def asks_for_password(book: UserBook | None, host: str) -> bool:
    """Whether one must log in; a page open to the network asks even where its users file has gone."""
    return book is not None and (not is_loopback(host) or bool(book.names()))


def _add_small_routes(app: FastAPI) -> None:
    start = secrets.token_hex(4)
    app.mount("/tinh", StaticFiles(directory=STATIC), name="tinh")

    @app.get("/suc-khoe")
    def health() -> dict[str, str]:
        """That it runs, and since which start: an open page sees that it was restarted."""
        return {"status": "ok", "start": start}

    @app.get("/manifest.json", response_model=None)
    def manifest() -> Response:
        return JSONResponse({"name": "Trợ lý báo cáo", "icons": [{"src": "/tinh/icon.svg", "sizes": "any"}]})


def _mount_page(app: FastAPI, office: Office, sessions: SessionStore, *, host: str, port: int, mcp: bool) -> None:
    """Put Gradio behind our doors: who asks comes from the guard, never from Gradio."""
    import gradio as gr

    from ui.app import build
    from ui.theme import theme

    page = build(office, sessions)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=host,
        server_port=port,
        footer_links=[],
        run_history=False,
        auth_dependency=lambda request: request.scope.get("tlbc.user"),
        theme=theme(),
        max_file_size=f"{office.settings.max_upload_mb}mb",
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=mcp,
        show_error=False,
    )
    if page.mcp_server_obj is not None:
        _answer_in_json(page.mcp_server_obj)


def _answer_in_json(mcp: Any) -> None:
    """Let MCP tools give the JSON of the endpoints; of a dict Gradio alone prints the Python value."""
    as_content = mcp.postprocess_output_data
    mcp.postprocess_output_data = lambda data, root_url: as_content(
        [json.dumps(item, ensure_ascii=False) for item in data], root_url
    )


def _free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":
            # a port of a moment ago is free again; on Windows the option would share one that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise SettingsError(
                f"Không mở được cổng {port} trên {host}; hãy đóng chương trình đang dùng cổng đó hoặc đổi --port."
            ) from error


def serve(settings: Settings, *, host: str, port: int, mcp: bool) -> int:
    """Serve until interrupted.

    Raises:
        SettingsError: the port is taken or the address is not this machine's.
    """
    _free(host, port)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if finish_restore(settings):
        print("Đã khôi phục dữ liệu từ bản sao lưu.", flush=True)
    office = Office(settings)
    office.bring_knowledge()
    app = make_server(settings, office, host=host, port=port, mcp=mcp)
    threading.Thread(target=office.warm_up, name="warm-up", daemon=True).start()
    print(f"Trang đã sẵn sàng: http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}", flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)
    return 0
