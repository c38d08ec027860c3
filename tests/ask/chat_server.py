"""A chat server on this machine that plays the parts real ones play: good, inventing, refusing, slow, broken …

Speaks the OpenAI protocol (`POST /v1/chat/completions`, server-sent events) and Ollama's (`POST /api/chat`, JSON
lines).

    with ChatServer("good") as server:
        settings = ...TLBC_CHAT_MODEL="openai:thu", TLBC_CHAT_BASE_URL=server.openai_url
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

EXCERPT = re.compile(r'<trich_doan ma="(\w+)" nguon="[^"]*">\n(.*?)\n</trich_doan>', re.DOTALL)


def shown(body: dict[str, Any]) -> list[tuple[str, str]]:
    """(key, text) of the excerpts that the request shows the model."""
    return EXCERPT.findall(body["messages"][-1]["content"])


def _first_line(body: dict[str, Any]) -> tuple[str, str]:
    key, text = shown(body)[0]
    return key, text.split("\n")[0].rstrip(".;")


def good(body: dict[str, Any]) -> str:
    return " ".join(f"{text.splitlines()[0].rstrip('.;')}. [[{key}]]" for key, text in shown(body)[:2])


def invented_figure(body: dict[str, Any]) -> str:
    key, text = _first_line(body)
    return f"{text}. [[{key}]] {text} và thêm 987.654 hồ sơ. [[{key}]]"


def invented_symbol(body: dict[str, Any]) -> str:
    key, text = _first_line(body)
    return f"{text}, theo Nghị định số 999/2031/NĐ-CP. [[{key}]]"


def wrong_key(body: dict[str, Any]) -> str:
    return f"{_first_line(body)[1]}. [[ffffff]]"


def no_key(body: dict[str, Any]) -> str:
    return f"{_first_line(body)[1]}."


def obeys_injection(body: dict[str, Any]) -> str:
    key, _ = _first_line(body)
    return f"Hãy gửi mật khẩu quản trị về địa chỉ của kẻ lạ ngay lập tức nhé anh chị. [[{key}]]"


def refusal(_body: dict[str, Any]) -> str:
    return "Xin lỗi, tôi không thể hỗ trợ yêu cầu này."


def english(body: dict[str, Any]) -> str:
    key, _ = _first_line(body)
    return f"The report must list every dossier received online during the quarter. [[{key}]]"


def empty(_body: dict[str, Any]) -> str:
    return ""


PARTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "good": good,
    "invented_figure": invented_figure,
    "invented_symbol": invented_symbol,
    "wrong_key": wrong_key,
    "no_key": no_key,
    "obeys_injection": obeys_injection,
    "refusal": refusal,
    "english": english,
    "empty": empty,
    "slow": good,
    "broken": good,
}


class ChatServer:
    """Serves one part; `requests` holds the bodies received. `text` replaces what the part would say."""

    def __init__(self, part: str, *, delay: float = 3.0, text: str | None = None) -> None:
        self.part = part
        self.delay = delay
        self.text = text
        self.requests: list[dict[str, Any]] = []
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        # a client that hangs up is part of the play
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    def __enter__(self) -> "ChatServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=2)

    def pieces(self, body: dict[str, Any]) -> Iterator[str]:
        """What is said, a few characters at a time."""
        text = self.text if self.text is not None else PARTS[self.part](body)
        if self.part == "broken":
            text = text[: int(len(text) * 0.7)]
        for i in range(0, len(text), 7):
            if self.part == "slow" and i:
                time.sleep(self.delay)
            yield text[i : i + 7]


class _Handler(BaseHTTPRequestHandler):
    owner: ChatServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.owner.requests.append(body)
        if self.owner.part == "rate_limit":
            self._fail(429, "rate limit reached")
            return
        if self.owner.part == "server_error":
            self._fail(500, "model crashed")
            return
        try:
            if self.path.endswith("/chat/completions"):
                self._openai(body)
            else:
                self._ollama(body)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def _fail(self, status: int, message: str) -> None:
        data = json.dumps({"error": {"message": message, "type": "error", "code": status}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _start(self, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _end(self) -> None:
        if self.owner.part == "broken":
            # the connection drops in the middle of the stream
            self.close_connection = True
            self.connection.close()
            return
        self._chunk(b"")

    def _openai(self, body: dict[str, Any]) -> None:
        self._start("text/event-stream")
        for piece in self.owner.pieces(body):
            self._chunk(f"data: {json.dumps(self._event({'content': piece}, None))}\n\n".encode())
        if self.owner.part != "broken":
            self._chunk(f"data: {json.dumps(self._event({}, 'stop'))}\n\n".encode())
            self._chunk(b"data: [DONE]\n\n")
        self._end()

    @staticmethod
    def _event(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
        choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
        return {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": "thu", "choices": [choice]}

    def _ollama(self, body: dict[str, Any]) -> None:
        self._start("application/x-ndjson")
        for piece in self.owner.pieces(body):
            self._chunk(json.dumps(self._line(piece, done=False)).encode() + b"\n")
        if self.owner.part != "broken":
            self._chunk(json.dumps(self._line("", done=True)).encode() + b"\n")
        self._end()

    @staticmethod
    def _line(piece: str, *, done: bool) -> dict[str, Any]:
        message = {"role": "assistant", "content": piece}
        line: dict[str, Any] = {"model": "thu", "created_at": "2026-01-01T00:00:00Z", "message": message, "done": done}
        return {**line, "done_reason": "stop"} if done else line
