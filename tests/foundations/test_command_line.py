"""The command line as a whole: exit statuses, one sentence per error, settings."""

import argparse
import json
from pathlib import Path

import pytest

from assistant import errors
from assistant.cli import COMMANDS, main
from assistant.errors import AssistantError, UnknownNameError
from assistant.face import guarded
from assistant.settings import Settings, load_settings


def test_wrong_usage_is_2() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["khong-co"])
    assert stop.value.code == 2


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_every_command_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([verb, "--help"])
    assert stop.value.code == 0
    assert "--data-dir" in capsys.readouterr().out


def test_settings_show_no_secret(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TLBC_CHAT_API_KEY", "bi-mat-123")
    monkeypatch.setenv("TLBC_CHAT_MODEL", "openai:mau")
    assert main(["settings", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["TLBC_CHAT_MODEL"] == "openai:mau"
    assert "bi-mat-123" not in str(shown)
    assert set(shown) == {f"TLBC_{name.upper()}" for name in Settings.model_fields}


def test_a_senseless_setting_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TLBC_MAX_UPLOAD_MB", "nhiều")
    assert main(["settings"]) == 1
    assert "TLBC_MAX_UPLOAD_MB" in capsys.readouterr().err


def test_the_data_dir_of_the_command_line_wins(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "x").data_dir == tmp_path / "x"


def test_an_error_is_one_sentence_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: Settings) -> int:
        raise UnknownNameError("loại báo cáo", "quy_khcn", ["quy_khcn_dmst_cds"])

    assert guarded(fail, None) == 1
    assert capsys.readouterr().err == "Không có loại báo cáo «quy_khcn»; có phải ý là «quy_khcn_dmst_cds»?\n"


def test_an_unforeseen_error_is_logged_without_the_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words_of_the_document = " ".join(["lời", "trong", "văn", "bản", "mật"])

    def fail(_: Settings) -> int:
        raise ZeroDivisionError(words_of_the_document)

    assert guarded(fail, tmp_path) == 1
    message = capsys.readouterr().err
    assert "Traceback" not in message
    log = (tmp_path / "logs" / "assistant.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert words_of_the_document not in log + message


def test_interrupting_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    def stop(_: Settings) -> int:
        raise KeyboardInterrupt

    assert guarded(stop, None) == 130
    assert "Đã dừng" in capsys.readouterr().err


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    classes = {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, AssistantError)
    }
    assert all(name in (errors.__doc__ or "") for name in classes)


def test_commands_have_the_two_functions() -> None:
    import importlib

    for verb in COMMANDS:
        module = importlib.import_module(f"assistant.commands.{verb}")
        module.add_arguments(argparse.ArgumentParser())
        assert callable(module.run)
