"""The door: every request passes here before Gradio sees it.

Says who is asking (scope["tlbc.user"]), turns away strangers, keeps one user's temporary files from another,
and takes out of Gradio's page what would leave this machine.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.security.sessions import LONGEST_SECONDS, SessionStore

SESSION_COOKIE = "tlbc_phien"
BROWSER_COOKIE = "tlbc_may"
LOGIN_PATH = "/dang-nhap"
OPEN_PATHS = (LOGIN_PATH, "/login", "/tinh/", "/favicon.ico", "/manifest.json", "/suc-khoe")
# of Gradio's own doors those that the page, gradio_client and MCP use; its others stay shut: the direct calls that go
# round the queue, the proxy, run history, code editing, recordings …
GRADIO = "/gradio_api/"
GRADIO_PATHS = tuple(
    GRADIO + name
    for name in (
        "info", "openapi.json", "queue/", "call/", "cancel", "reset", "heartbeat/", "startup-events", "app_id",
        "upload", "file=", "file/", "theme.css", "user", "login_check", "mcp",
    )
)  # fmt: skip
CLOSED_PATHS = ("/monitoring", "/proxy=")
FILE_PATHS = (GRADIO + "file=", GRADIO + "file/", "/file=", "/file/")
MAX_MESSAGE = 16 * 1024 * 1024
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Door:
    """How the door is set.

    Attributes:
        sessions: who is logged in.
        users_configured: whether a name and password are asked for; asked at each request, as users may be added.
        still_a_user: whether a session's user is still in the users file.
        hosts: host names that the page answers to; empty for any (a page open to the network).
        head: HTML put at the start of the page's <head>.
    """

    sessions: SessionStore
    users_configured: Callable[[], bool]
    still_a_user: Callable[[str], bool]
    hosts: frozenset[str]
    head: str


def cookies_of(scope: Scope) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    jar.load(Headers(scope=scope).get("cookie", ""))
    return {name: morsel.value for name, morsel in jar.items()}


def _host_of(value: str) -> str:
    return (urlsplit(f"//{value}").hostname or "").lower()


def set_cookie(headers: MutableHeaders, scope: Scope, name: str, value: str, age: int) -> None:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    headers.append("set-cookie", f"{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")


class Guard:
    """ASGI middleware round the whole application."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            # nothing here speaks over websockets
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self._wrong_host(scope)
        # what anyone may open does not count as use: the page asks every few seconds whether the server lives
        is_open = scope["path"].startswith(OPEN_PATHS)
        user, fresh = (None, None) if refusal or is_open else self._who(scope)
        if refusal is None and user is None and not is_open:
            refusal = self._ask_to_log_in(scope)
        if refusal is None and user is not None:
            refusal = self._not_theirs(scope, user) or self._too_large(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope["tlbc.user"] = user
        await self._pass_on(scope, receive, send, user, fresh)

    def _wrong_host(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.door.hosts and _host_of(host) not in self.door.hosts:
            return Response("Hãy mở trang bằng địa chỉ 127.0.0.1.", 403, media_type="text/plain; charset=utf-8")
        origin = headers.get("origin")
        if scope["method"] not in {"GET", "HEAD", "OPTIONS"} and origin and urlsplit(origin).netloc != host:
            return Response("Yêu cầu đến từ trang khác.", 403, media_type="text/plain; charset=utf-8")
        return None

    def _who(self, scope: Scope) -> tuple[str | None, str | None]:
        """The user, and the value of a new browser cookie where one is due."""
        cookies = cookies_of(scope)
        if self.door.users_configured():
            user = self.door.sessions.user(cookies.get(SESSION_COOKIE, ""))
            return (user if user and self.door.still_a_user(user) else None), None
        token, fresh = cookies.get(BROWSER_COOKIE, ""), None
        if not re.fullmatch(r"[0-9a-f]{32}", token):
            token = fresh = secrets.token_hex(16)
        # each browser has its own desk where nobody logs in
        return "may:" + hashlib.sha256(token.encode()).hexdigest()[:24], fresh

    def _ask_to_log_in(self, scope: Scope) -> Response:
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        if scope["method"] == "GET" and wants_page:
            return RedirectResponse(LOGIN_PATH + "?ve=" + quote(scope["path"]), 303)
        return JSONResponse({"detail": "Phiên làm việc đã hết; hãy đăng nhập lại."}, 401)

    def _not_theirs(self, scope: Scope, user: str) -> Response | None:
        path = scope["path"]
        gone = JSONResponse({"detail": "Không có tệp hoặc trang này."}, 404)
        if path.startswith(CLOSED_PATHS) or (path.startswith(GRADIO) and not path.startswith(GRADIO_PATHS)):
            return gone
        prefix = next((p for p in FILE_PATHS if path.startswith(p)), None)
        if prefix is not None and not self.door.sessions.owns(user, path[len(prefix) :]):
            return gone
        return None

    @staticmethod
    def _too_large(scope: Scope) -> Response | None:
        """Uploads are sized by their own doors; what else is sent to Gradio is read into memory whole."""
        path = scope["path"]
        if scope["method"] != "POST" or not path.startswith(GRADIO) or path.startswith(GRADIO + "upload"):
            return None
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) <= MAX_MESSAGE:
            return None
        return JSONResponse({"detail": "Nội dung gửi quá lớn; hãy gửi dưới dạng tệp."}, 413)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, user: str | None, fresh: str | None) -> None:
        path, reads_body = scope["path"], False
        is_page = path == "/" and scope["method"] == "GET"
        is_upload = path.rstrip("/") == "/gradio_api/upload" and scope["method"] == "POST"
        if is_page or is_upload:
            reads_body = True
            # the body is read below: it must not come compressed
            scope["headers"] = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        held: list[Message] = []
        body = bytearray()

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._add_headers(headers, scope, fresh)
                if reads_body:
                    held.append(message)
                    return
            elif reads_body and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                content = self._page(bytes(body)) if is_page else bytes(body)
                if is_upload and user is not None:
                    self._note_owner(user, content)
                MutableHeaders(scope=held[0])["content-length"] = str(len(content))
                await send(held[0])
                await send({"type": "http.response.body", "body": content})
                return
            await send(message)

        await self.app(scope, receive, watch)

    @staticmethod
    def _add_headers(headers: MutableHeaders, scope: Scope, fresh: str | None) -> None:
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "same-origin"
        headers["x-frame-options"] = "DENY"
        headers["content-security-policy"] = POLICY
        if fresh is not None:
            set_cookie(headers, scope, BROWSER_COOKIE, fresh, 400 * 24 * 3600)

    def _page(self, body: bytes) -> bytes:
        """Gradio's page in Vietnamese, with our style first and without what names other hosts."""
        text = body.decode("utf-8", "replace")
        text = re.sub(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>', "", text)
        text = text.replace('lang="en"', 'lang="vi" class="tlbc"', 1)
        return text.replace("<head>", "<head>" + self.door.head, 1).encode()

    def _note_owner(self, user: str, body: bytes) -> None:
        try:
            paths = json.loads(body)
        except ValueError:
            return
        if isinstance(paths, list):
            self.door.sessions.own(user, [str(path) for path in paths])


def session_cookie(headers: MutableHeaders, scope: Scope, token: str) -> None:
    """Give the browser its session; it ends on the server however long the cookie lasts."""
    set_cookie(headers, scope, SESSION_COOKIE, token, LONGEST_SECONDS)
