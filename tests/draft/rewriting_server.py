"""A chat server on this machine that rewrites paragraphs the way real models do: well, inventing, dropping, slowly …"""

import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PARAGRAPH = re.compile(r"^\[\[(d\d+)\]\] (.+)$", re.MULTILINE)


def paragraphs(body: dict[str, Any]) -> list[tuple[str, str]]:
    return _PARAGRAPH.findall(body["messages"][-1]["content"])


def _each(change: Callable[[str], str]) -> Callable[[dict[str, Any]], str]:
    return lambda body: "\n".join(f"[[{code}]] {change(text)}" for code, text in paragraphs(body))


def _reworded(text: str) -> str:
    """Clauses in another order of words, every figure kept."""
    return text.replace("đạt tỷ lệ", "tỷ lệ đạt").replace("Tổng số ", "Số ").replace("trong đó", "trong số này")


PARTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "good": _each(_reworded),
    "invents_figure": _each(lambda text: f"{_reworded(text.rstrip('.'))}, cao hơn 4.321 hồ sơ."),
    "invents_decree": _each(lambda text: f"{text.rstrip('.')} theo Nghị định số 999/2031/NĐ-CP."),
    "drops_figure": _each(lambda text: re.sub(r"\d[\d.,]*", "nhiều", text, count=1)),
    "turns_meaning": _each(lambda text: text.replace("không có", "có").replace("quá hạn", "trước hạn")),
    "praises": _each(lambda text: f"{text.rstrip('.')}, kết quả xuất sắc dẫn đầu toàn tỉnh."),
    "english": _each(lambda text: "The commune received " + " and ".join(re.findall(r"\d[\d.,]*", text)) + " files."),
    "chatty": lambda body: "Vâng, tôi đã viết lại:\n" + _each(_reworded)(body) + "\n[[d99]] Đoạn thừa.",
    "silent": lambda body: "",
    "stalls": _each(_reworded),
    "breaks": _each(_reworded),
}


class RewritingServer:
    """Serves one part over the OpenAI protocol (server-sent events)."""

    def __init__(self, part: str, *, delay: float = 5.0) -> None:
        self.part, self.delay = part, delay
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "RewritingServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=2)


class _Handler(BaseHTTPRequestHandler):
    owner: RewritingServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = PARTS[self.owner.part](body)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = [said[i : i + 40] for i in range(0, len(said), 40)] or [""]
        for number, piece in enumerate(pieces):
            if self.owner.part == "stalls" and number == len(pieces) // 2:
                time.sleep(self.owner.delay)
            if self.owner.part == "breaks" and number == len(pieces) * 2 // 3:
                self.close_connection = True
                self.connection.close()
                return
            try:
                self._event({"content": piece})
            except OSError:
                return
        self._event({}, "stop")
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, delta: dict[str, Any], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "thu", "choices": [choice]}
        self._chunk(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()
