"""What an officer's Windows PC does otherwise, tested by standing in for it."""

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from assistant.errors import LibraryError, SettingsError, UnreadableFileError
from assistant.library.files import find_files
from assistant.library.library import Library
from assistant.library.models import Identity, display_title
from assistant.library.reading import read_document
from assistant.library.reading.programs import find_program
from assistant.library.writer import LibraryWriter
from assistant.settings import load_settings
from ui.security.files import safe_name


@pytest.mark.parametrize("path", ["C:\\Van ban\\bao-cao.txt", "/home/xa/bao-cao.txt", "bao-cao.txt"])
def test_a_document_without_a_title_is_called_by_its_file_name(path: str) -> None:
    assert display_title(Identity(kind="report"), path) == "bao-cao.txt"


def test_a_pattern_that_the_console_left_alone_is_expanded(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.bin", "[1] d.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [file.path.name for file in find_files([tmp_path / "?.txt"])] == ["a.txt", "b.txt"]
    assert [file.path.name for file in find_files([tmp_path / "[1] d.txt"])] == ["[1] d.txt"]
    assert [file.path.name for file in find_files([tmp_path / "[1]*.txt"])] == ["[1] d.txt"]
    assert [file.shown for file in find_files([tmp_path / "*.docx"])] == [str(tmp_path / "*.docx")]


def test_a_settings_file_from_notepad_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes("\ufeffTLBC_CHAT_MODEL=openai:mau\r\n".encode())
    assert load_settings().chat_model == "openai:mau"
    (tmp_path / ".env").write_bytes("TLBC_CHAT_MODEL=openai:mẫu".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env"):
        load_settings()


def test_a_file_open_in_word_is_told_from_a_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bao-cao.docx"
    with pytest.raises(UnreadableFileError, match="không có; hãy kiểm tra đường dẫn"):
        read_document(path)
    path.write_bytes(b"x")

    def locked(_: Path) -> NoReturn:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(UnreadableFileError, match="đóng tệp nếu đang mở"):
        read_document(path)


def test_programs_are_found_where_their_installers_put_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "64"))
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path / "32"))
    assert find_program("soffice") is None
    office = tmp_path / "32" / "LibreOffice" / "program" / "soffice.exe"
    office.parent.mkdir(parents=True)
    office.write_bytes(b"")
    assert find_program("soffice") == str(office)
    assert find_program("antiword") is None


def test_an_index_that_an_open_page_holds_is_told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(load_settings(data_dir))
    library.lexical_dir.mkdir(parents=True)
    (library.lexical_dir / "meta.json").write_bytes(b"")

    def held(_: Path, missing_ok: bool = False) -> NoReturn:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(LibraryError, match="tắt trang làm việc"):
        LibraryWriter(library)
    library.close()


@pytest.mark.parametrize(
    ("name", "kept"),
    [("con.docx", "_con.docx"), ("LPT1", "_LPT1"), ("con dau.docx", "con dau.docx"), ("aux .tar.txt", "_aux .tar.txt")],
)
def test_names_of_devices_are_no_names_of_files(name: str, kept: str) -> None:
    assert safe_name(name) == kept
