"""As much of a model hub as loading a model needs, on this machine."""

import hashlib
import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL, COMMIT = "noi-bo/mo-hinh", "0" * 39 + "1"


class HubServer:
    """Serves the model in `folder` as `MODEL`; any other is unknown. `asked` lists the paths of all requests."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Hub, folder, self.asked))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Hub(BaseHTTPRequestHandler):
    def __init__(self, folder: Path, asked: list[str], *arguments: object) -> None:
        self._folder, self._asked = folder, asked
        super().__init__(*arguments)

    def log_message(self, *arguments: object) -> None:
        """Tests keep their output."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.split("?")[0]
        self._asked.append(path)
        status, data = 404, b""
        if path.startswith(f"/api/models/{MODEL}"):
            files = [str(file.relative_to(self._folder)) for file in self._folder.rglob("*") if file.is_file()]
            siblings = [{"rfilename": name} for name in files]
            status, data = 200, json.dumps({"id": MODEL, "sha": COMMIT, "siblings": siblings}).encode()
        elif path.startswith(f"/{MODEL}/resolve/"):
            file = self._folder / path.split("/", 5)[5]
            if file.is_file():
                status, data = 200, file.read_bytes()
        self.send_response(status)
        for name, value in (
            ("Content-Length", str(len(data))),
            ("ETag", f'"{hashlib.sha256(data).hexdigest()}"'),
            ("X-Repo-Commit", COMMIT),
            *([] if status == 200 else [("X-Error-Code", "RepoNotFound")]),
        ):
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(data)
