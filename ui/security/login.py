"""The login page, kept apart from Gradio: it must open when nothing else may."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ui.render.page import login_page
from ui.security.guard import LOGIN_PATH, SESSION_COOKIE, session_cookie
from ui.security.sessions import SessionStore
from ui.security.users import UserBook

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng; hãy nhập lại."
MAX_BODY = 4096


def _here(target: str) -> str:
    """Where to go after the login: a path of this page only."""
    return target if target.startswith("/") and not target.startswith(("//", "/\\", LOGIN_PATH)) else "/"


def too_many(seconds: int) -> str:
    """What to tell who has tried too often."""
    return f"Đã nhập sai nhiều lần; hãy thử lại sau {max(1, round(seconds / 60))} phút."


async def _form(request: Request) -> dict[str, str]:
    from urllib.parse import parse_qsl

    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace")))


def _attempt(book: UserBook, sessions: SessionStore, form: dict[str, str], address: str) -> tuple[str, str]:
    """(token, "") after a right password, else ("", what to tell the officer)."""
    name = form.get("username", "").strip()
    wait = sessions.attempt(name, address)
    if wait:
        return "", too_many(wait)
    record = book.verify(name, form.get("password", ""))
    if record is None:
        return "", WRONG
    sessions.succeeded(name, address)
    return sessions.start(record.name), ""


def add_login(app: FastAPI, users_file: Path | None, sessions: SessionStore) -> None:
    """Add the routes; without users they lead straight to the page."""
    book = UserBook(users_file) if users_file else None

    @app.get(LOGIN_PATH, response_model=None)
    async def show(request: Request) -> Response:
        if book is None:
            return RedirectResponse("/", 303)
        return HTMLResponse(login_page(_here(request.query_params.get("ve", "/")), ""))

    @app.post(LOGIN_PATH, response_model=None)
    async def submit(request: Request) -> Response:
        form = await _form(request)
        if book is None:
            return RedirectResponse("/", 303)
        address = request.client.host if request.client else ""
        token, message = await run_in_threadpool(_attempt, book, sessions, form, address)
        target = _here(form.get("ve", "/"))
        if not token:
            return HTMLResponse(login_page(target, message), 401 if message == WRONG else 429)
        response = RedirectResponse(target, 303)
        session_cookie(response.headers, request.scope, token)
        return response

    @app.post("/login", response_model=None)
    async def for_clients(request: Request) -> Response:
        """What `gradio_client.Client(url, auth=(name, password))` calls."""
        form = await _form(request)
        address = request.client.host if request.client else ""
        answer: dict[str, Any] = {"success": True}
        if book is None:
            return JSONResponse(answer)
        token, message = await run_in_threadpool(_attempt, book, sessions, form, address)
        if not token:
            return JSONResponse({"detail": message}, 401 if message == WRONG else 429)
        response = JSONResponse(answer)
        session_cookie(response.headers, request.scope, token)
        return response

    @app.post("/dang-xuat", response_model=None)
    async def leave(request: Request) -> Response:
        sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse(LOGIN_PATH if book else "/", 303)
        response.delete_cookie(SESSION_COOKIE, path="/")
        return response
