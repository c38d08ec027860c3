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


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ([], "còn thiếu LỆNH"),
        (["khong-co"], "LỆNH không nhận «khong-co», chỉ nhận "),
        (["search"], "còn thiếu CÂU_HỎI"),
        (["search", "x", "-k", "ba"], "-k phải là số nguyên, không phải «ba»"),
        (["search", "x", "--kind", "loai-la"], "--kind không nhận «loai-la», chỉ nhận "),
        (["search", "x", "--unit"], "--unit cần một giá trị đi kèm"),
        (["settings", "--la"], "không có tham số --la"),
        (["check", "a.txt", "--text", "x"], "--text không dùng cùng với TỆP"),
        (["registry", "list", "--level", "xa"], "--level không nhận «xa», chỉ nhận "),
    ],
)
def test_wrong_usage_is_2_and_one_sentence(command: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(command)
    assert stop.value.code == 2
    message = capsys.readouterr().err
    assert message.startswith(f"Sai cách dùng lệnh: {told}")
    assert message.count("\n") == 1
    assert "--help" in message


def _told(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main(list(command)) == 1
    message = capsys.readouterr().err.strip()
    assert "\n" not in message
    return message


@pytest.mark.parametrize("row", [b'{"question": "B\xe1o c\xe1o"}', b'{"question": null}', b'{"id": 1}', b"[1]", b"{"])
def test_a_batch_names_the_line_that_is_no_question(
    tmp_path: Path, row: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "hoi.jsonl"
    batch.write_bytes(b"\n" + row + b"\n")
    assert "Dòng 2 " in _told(capsys, "ask", "--batch", str(batch), "--json")


def test_a_picture_pasted_as_text_does_not_hold_the_program_up(capsys: pytest.CaptureFixture[str]) -> None:
    # 20,000 letters made the speller fill the memory, 5,000 digits no number
    text = f"Báo cáo {'a' * 20_000} {'1' * 5_000} tiếp nhận 100 hồ sơ, đúng hạn 90/100 hồ sơ, đạt 95%."
    assert main(["check", "--text", text, "--json"]) == 0
    (finding,) = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["category"] == "arithmetic"]
    assert text[finding["start"] : finding["end"]] == finding["text"]


def test_a_report_is_not_written_under_another_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = str(tmp_path / "khong-doc-toi.yaml")
    draft = ("draft", "quy_khcn_dmst_cds", "--inputs", inputs)
    assert "«a.txt» phải có đuôi .docx" in _told(capsys, *draft, "-o", str(tmp_path / "a.txt"))
    assert "«b.csv» phải có đuôi .xlsx" in _told(capsys, *draft, "--evidence", str(tmp_path / "b.csv"))


def test_a_short_text_is_checked_against_the_last_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "ky-truoc.docx" in _told(capsys, "check", "--text", "x", "--previous", str(tmp_path / "ky-truoc.docx"))


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


def test_a_closed_data_folder_is_told_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file where the folder of the log should be", encoding="utf-8")

    def fail(_: Settings) -> int:
        raise ZeroDivisionError

    assert guarded(fail, tmp_path) == 1
    message = capsys.readouterr().err
    assert "TLBC_DATA_DIR" in message
    assert message.count("\n") == 1


def test_interrupting_while_a_command_loads_is_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_: str | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.cli._parser", stop)
    assert main(["settings"]) == 130
    assert "Đã dừng" in capsys.readouterr().err


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
