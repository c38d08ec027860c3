"""Users, sessions, uploads, the guard and the address of the server, without a browser."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from assistant.errors import AssistantError, InputError, SettingsError, UnreadableFileError, UnsupportedFileError
from assistant.settings import load_settings
from ui.__main__ import main, refuse_open_door
from ui.addresses import is_loopback
from ui.security.files import CHECKABLE, check_upload, safe_name
from ui.security.guard import Door, Guard
from ui.security.sessions import (
    ATTEMPTS_PER_ADDRESS,
    ATTEMPTS_PER_NAME,
    IDLE_SECONDS,
    LONGEST_SECONDS,
    WINDOW_SECONDS,
    SessionStore,
)
from ui.security.users import UserBook
from ui.server import asks_for_password


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.9", False),
        ("may-chu", False),
    ],
)
def test_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_no_open_door_without_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="TLBC_USERS_FILE"):
        refuse_open_door("0.0.0.0", load_settings())
    monkeypatch.setenv("TLBC_USERS_FILE", str(tmp_path / "users.yaml"))
    with pytest.raises(SettingsError):
        refuse_open_door("0.0.0.0", load_settings())
    UserBook(tmp_path / "users.yaml").set_password("lan", "mot-mat-khau-dai")
    refuse_open_door("0.0.0.0", load_settings())


def test_the_command_refuses_before_it_loads_gradio(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--host", "0.0.0.0"]) == 1
    assert "TLBC_USERS_FILE" in capsys.readouterr().err


def test_passwords_are_hashed_and_the_first_user_is_in_charge(tmp_path: Path) -> None:
    book = UserBook(tmp_path / "users.yaml")
    assert book.set_password("Lan", "mot-mat-khau-dai").admin
    assert not book.set_password("minh", "hai-mat-khau-dai").admin
    text = book.path.read_text("utf-8")
    assert "$argon2id$" in text
    assert "mot-mat-khau-dai" not in text
    assert book.path.stat().st_mode & 0o077 == 0
    assert book.verify("LAN", "mot-mat-khau-dai") is not None
    assert book.verify("lan", "hai-mat-khau-dai") is None
    assert book.verify("ai-do", "mot-mat-khau-dai") is None
    with pytest.raises(InputError, match="cuối cùng"):
        book.remove("lan")


@pytest.mark.parametrize(("name", "password"), [("lan", "ngan"), ("", "mot-mat-khau-dai"), ("a/b", "mot-mat-khau-dai")])
def test_bad_names_and_short_passwords(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(InputError):
        UserBook(tmp_path / "users.yaml").set_password(name, password)


def test_a_damaged_users_file_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "users.yaml").write_text("users: [1, 2")
    with pytest.raises(SettingsError):
        UserBook(tmp_path / "users.yaml").names()


def test_sessions_expire(tmp_path: Path) -> None:
    clock = Clock()
    store = SessionStore(tmp_path / "s.sqlite", clock)
    token = store.start("lan")
    assert store.user(token) == "lan"
    assert store.user(token + "x") is None
    clock.now += IDLE_SECONDS - 10
    assert store.user(token) == "lan"
    clock.now += IDLE_SECONDS + 10
    assert store.user(token) is None
    token = store.start("lan")
    for _ in range(10):
        clock.now += LONGEST_SECONDS / 9
        store.user(token)
    assert store.user(token) is None
    token = store.start("lan")
    store.end(token)
    assert store.user(token) is None
    assert token.encode() not in (tmp_path / "s.sqlite").read_bytes()


def test_login_attempts_are_limited(tmp_path: Path) -> None:
    clock = Clock()
    store = SessionStore(tmp_path / "s.sqlite", clock)
    for _ in range(ATTEMPTS_PER_NAME):
        assert store.attempt("Lan", "10.0.0.1") == 0
    assert store.attempt("lan", "10.0.0.9") > 0
    assert store.attempt("minh", "10.0.0.9") == 0
    clock.now += WINDOW_SECONDS + 1
    assert store.attempt("lan", "10.0.0.9") == 0


def test_right_passwords_use_up_no_attempts_of_a_shared_address(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "s.sqlite")
    for number in range(2 * ATTEMPTS_PER_ADDRESS):
        assert store.attempt(f"can-bo-{number}", "10.0.0.1") == 0
        store.succeeded(f"can-bo-{number}", "10.0.0.1")


def test_many_attempts_at_once_gain_nothing(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "s.sqlite")
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: store.attempt("lan", "10.0.0.1"), range(24)))
    assert waits.count(0) == ATTEMPTS_PER_NAME


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\may\\bao cao.docx", "bao cao.docx"),
        ("a<b>:c?.txt", "a_b__c_.txt"),
        ("Báo cáo.txt", "Báo cáo.txt"),
        ("...", "tep"),
    ],
)
def test_file_names_cannot_lead_elsewhere(given: str, expected: str) -> None:
    assert safe_name(given) == expected


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", "Báo cáo".encode(), None),
        ("a.txt", "Báo cáo".encode("utf-16"), None),
        ("a.pdf", b"%PDF-1.7 ...", None),
        ("a.pdf", b"<html>", UnreadableFileError),
        ("a.docx", b"PK\x03\x04 broken", UnreadableFileError),
        ("a.txt", b"\x00\x01\x02", UnreadableFileError),
        ("a.zip", b"PK", UnsupportedFileError),
        ("a.txt", b"", UnreadableFileError),
    ],
)
def test_uploads_are_told_by_their_content(
    tmp_path: Path, name: str, content: bytes, error: type[AssistantError] | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if error is None:
        check_upload(path, allowed=set(CHECKABLE), max_mb=25)
    else:
        with pytest.raises(error):
            check_upload(path, allowed=set(CHECKABLE), max_mb=25)


class Guarded:
    """The guard round an application that answers everything with the name of the user."""

    def __init__(self, sessions: SessionStore, users: bool) -> None:
        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            await Response(str(scope.get("tlbc.user")))(scope, receive, send)

        door = Door(sessions, lambda: users, lambda name: True, frozenset(), "")
        self.guard = Guard(inner, door)

    def get(
        self, path: str, token: str = "", kind: str = "http", method: str = "GET", length: str = ""
    ) -> tuple[int, str]:
        """Status and body; 1008 for a websocket that was closed."""
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        headers = [(b"cookie", f"tlbc_phien={token}".encode())] if token else []
        headers += [(b"content-length", length.encode())] if length else []
        scope = {"type": kind, "method": method, "path": path, "headers": headers, "query_string": b""}
        asyncio.run(self.guard(scope, receive, send))
        first = sent[0]
        return int(first.get("status") or first.get("code", 0)), bytes(sent[-1].get("body", b"")).decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gradio_api/info", 200),
        ("/gradio_api/queue/join", 200),
        ("/gradio_api/call/ask", 200),
        ("/gradio_api/run/ingest", 404),
        ("/gradio_api/api/ingest", 404),
        ("/gradio_api/vibe-code", 404),
        ("/gradio_api/dev/reload", 404),
        ("/gradio_api/proxy=http://example.org", 404),
        ("/gradio_api/file=/etc/passwd", 404),
        ("/gradio_api/file/etc/passwd", 404),
        ("/gradio_api/process_recording", 404),
        ("/monitoring", 404),
    ],
)
def test_only_the_doors_that_the_page_uses_are_open(tmp_path: Path, path: str, status: int) -> None:
    sessions = SessionStore(tmp_path / "s.sqlite")
    guarded = Guarded(sessions, users=True)
    assert guarded.get(path)[0] == 401
    assert guarded.get(path, sessions.start("lan"))[0] == status
    assert guarded.get(path, sessions.start("lan"), kind="websocket")[0] == 1008


@pytest.mark.parametrize(("length", "status"), [("2000000", 200), ("20000000", 413), ("", 413)])
def test_a_message_that_would_fill_the_memory_is_refused(tmp_path: Path, length: str, status: int) -> None:
    sessions = SessionStore(tmp_path / "s.sqlite")
    guarded, token = Guarded(sessions, users=True), sessions.start("lan")
    assert guarded.get("/gradio_api/queue/join", token, method="POST", length=length)[0] == status


def test_an_open_page_that_is_not_used_does_not_keep_the_session(tmp_path: Path) -> None:
    clock = Clock()
    sessions = SessionStore(tmp_path / "s.sqlite", clock)
    guarded, token = Guarded(sessions, users=True), sessions.start("lan")
    assert guarded.get("/config", token) == (200, "lan")
    for _ in range(9):
        clock.now += IDLE_SECONDS / 8
        assert guarded.get("/suc-khoe", token)[0] == 200
    assert guarded.get("/config", token)[0] == 401


def test_a_page_open_to_the_network_asks_for_a_password_even_without_a_users_file(tmp_path: Path) -> None:
    book = UserBook(tmp_path / "users.yaml")
    assert asks_for_password(book, "0.0.0.0")
    assert not asks_for_password(book, "127.0.0.1")
    book.set_password("lan", "mot-mat-khau-dai")
    assert asks_for_password(book, "127.0.0.1")
    assert not asks_for_password(None, "127.0.0.1")


def _changeable(path: Path) -> list[str]:
    """Names bound at module level to something that can change, constants (in capitals) left out."""
    import ast

    found = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        if not isinstance(node.value, ast.List | ast.Dict | ast.Set | ast.Call):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        found += [f"{path.name}: {name}" for name in names if not name.strip("_")[0].isupper()]
    return found


def test_nothing_mutable_lives_at_module_level_in_the_page() -> None:
    root = Path(__file__).resolve().parents[2] / "ui"
    assert [name for path in root.rglob("*.py") for name in _changeable(path)] == []
