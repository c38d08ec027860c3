"""Users, sessions, uploads and the address of the server, without a browser."""

import zipfile
from pathlib import Path

import pytest

from assistant.errors import AssistantError, InputError, SettingsError, UnreadableFileError, UnsupportedFileError
from assistant.settings import load_settings
from ui.__main__ import main, refuse_open_door
from ui.addresses import is_loopback
from ui.backup import finish_restore, stage_restore, write_backup
from ui.security.files import CHECKABLE, check_upload, safe_name
from ui.security.sessions import ATTEMPTS_PER_NAME, IDLE_SECONDS, LONGEST_SECONDS, WINDOW_SECONDS, SessionStore
from ui.security.users import UserBook


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
        assert store.wait("lan", "10.0.0.1") == 0
        store.failed("Lan", "10.0.0.1")
    assert store.wait("lan", "10.0.0.9") > 0
    assert store.wait("minh", "10.0.0.9") == 0
    clock.now += WINDOW_SECONDS + 1
    assert store.wait("lan", "10.0.0.9") == 0


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


def test_a_backup_comes_back(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "ui").mkdir(parents=True)
    (data / "ui" / "a.json").write_text("1")
    (data / "ui" / "phien.sqlite").write_text("sessions stay here")
    write_backup(data, tmp_path / "b.zip")
    assert "ui/phien.sqlite" not in zipfile.ZipFile(tmp_path / "b.zip").namelist()
    (data / "ui" / "a.json").write_text("2")
    stage_restore(data, tmp_path / "b.zip")
    assert (data / "ui" / "a.json").read_text() == "2"
    assert finish_restore(data)
    assert (data / "ui" / "a.json").read_text() == "1"
    assert not finish_restore(data)


@pytest.mark.parametrize("member", ["../outside.txt", "/etc/x", "a\\..\\b"])
def test_a_hostile_backup_is_refused(tmp_path: Path, member: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("tro-ly-bao-cao.json", "{}")
        archive.writestr(zipfile.ZipInfo(member), "x")
    with pytest.raises(UnreadableFileError):
        stage_restore(tmp_path / "data", tmp_path / "b.zip")


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
