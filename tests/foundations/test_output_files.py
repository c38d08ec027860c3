"""Files are written whole or not at all, and why not is told."""

import errno
import os
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.output_files import make_folder, write_whole


def test_text_keeps_its_line_ends_and_bytes_stay(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "một\r\nhai\n")
    assert (tmp_path / "a.txt").read_bytes() == "một\r\nhai\n".encode()
    write_whole(tmp_path / "a.txt", b"\x00\r\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\x00\r\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_named_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="Ổ đĩa đã đầy"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_stop_midway_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Không có thư mục"):
        write_whole(tmp_path / "khong-co" / "a.txt", "x")
    folder = tmp_path / "thu-muc.docx"
    folder.mkdir()
    with pytest.raises(InputError, match="Không ghi được tệp"):
        write_whole(folder, "x")
    assert list(tmp_path.iterdir()) == [folder]
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="Không tạo được thư mục"):
        make_folder(tmp_path / "tep" / "con")


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, refusals = os.replace, [1, 2]

    def held(old: Path, new: Path) -> None:
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "in use")
        replace(old, new)

    monkeypatch.setattr(os, "replace", held)
    write_whole(tmp_path / "a.json", "{}")
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "users.yaml", "x", private=True)
    assert (tmp_path / "users.yaml").stat().st_mode & 0o077 == 0
