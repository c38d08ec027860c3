# ruff: noqa: E501 (a row of a table stays on one line)
"""`python -m assistant check` from outside: keys, spans, files, baseline, what it imports."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.paths import ROOT
from tests.conftest import SHARED

DATA = ROOT / "tests" / "check" / "data"


def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", "check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, encoding="utf-8")
    assert done.returncode == code, done.stderr
    return done


def result_of(*arguments: str | Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return data


def test_a_pasted_sentence() -> None:
    text = "Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị"
    result = result_of("--text", text, "--report-date", "2025-12-15")
    (reference,) = result["references"]
    assert (reference["verdict"], reference["resolved"], reference["start"]) == ("wrong_date", "57-NQ/TW", 0)
    assert result["report_date"] == "2025-12-15"
    assert set(result) >= {"file", "report_date", "self", "references", "findings", "summary", "milliseconds"}
    assert result["summary"]["by_verdict"] == {"wrong_date": 1}


def test_spans_count_the_file_as_it_is(tmp_path: Path) -> None:
    text = (DATA / "phu-thuong-nam.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
    path = tmp_path / "báo cáo.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    out = tmp_path / "text.txt"
    result = result_of(path, "--text-out", out)
    assert out.read_bytes().decode("utf-8") == text
    for finding in result["findings"]:
        keys = {"id", "category", "severity", "text", "start", "end", "page", "paragraph", "message", "suggestion"}
        assert keys <= set(finding)
        if finding["start"] is None:
            assert finding["end"] is None
        else:
            assert text[finding["start"] : finding["end"]] == finding["text"]
    assert result["summary"]["by_category"]["arithmetic"] >= 3


def test_files_and_baseline(tmp_path: Path) -> None:
    path = DATA / "an-hoa-9-thang.txt"
    page, word, baseline = tmp_path / "a.html", tmp_path / "a.docx", tmp_path / "accepted.json"
    before = result_of(path, "--html", page, "-o", word)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert word.stat().st_size > 5000
    first = before["findings"][0]["id"]
    run("--accept", first, "--baseline", baseline)
    after = result_of(path, "--baseline", baseline)
    assert first not in {finding["id"] for finding in after["findings"]}
    assert after["accepted"] == [first]
    assert len(after["findings"]) == len(before["findings"]) - 1


def test_ids_outlive_changes_elsewhere(tmp_path: Path) -> None:
    text = (DATA / "an-hoa-9-thang.txt").read_text(encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_text(
        text.replace("II. KẾT QUẢ ĐẠT ĐƯỢC", "Việc này đã làm xong.\nII. KẾT QUẢ ĐẠT ĐƯỢC"), encoding="utf-8"
    )
    ids = [{f["id"] for f in result_of(p)["findings"]} for p in (DATA / "an-hoa-9-thang.txt", path)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["không có.txt"], "không có.txt"),
        (["--text", "   "], "trống"),
        (["--text", "Một câu.", "--report-date", "2025-02-30"], "2025-02-30"),
        ([DATA / "an-hoa-9-thang.txt", "--report-type", "quy_khcn"], "quy_khcn_dmst_cds"),
        ([DATA / "an-hoa-9-thang.txt", "-o", "a.pdf"], ".docx"),
        ([], "Chưa có gì"),
    ],
)
def test_bad_input_is_one_sentence(arguments: list[str | Path], words: str) -> None:
    done = run(*arguments, code=1)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_imports_nothing_heavy() -> None:
    code = (
        "import sys; from assistant.cli import main; main(['check', '--text', 'Đạt 5/10 hồ sơ, đạt 60%.']);"
        "bad = {'torch', 'chromadb', 'gradio', 'transformers', 'langchain'} & set(sys.modules); sys.exit(f'imported {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "50%" in done.stdout


@pytest.mark.needs_shared
def test_sample_reports() -> None:
    """Recall on what careful reviewers marked, and nothing unexplained besides: see benchmarks/check_quality.py."""
    from assistant.legal import Registry
    from assistant.reports import load_report_types
    from benchmarks.check_quality import samples

    tally = samples(SHARED, Registry.load(), load_report_types())
    assert tally.found.total() / tally.wanted.total() >= 0.96
    assert [place.text for _, place in tally.extra] == []
    assert tally.words > 11_000


def test_fictional_reports() -> None:
    from assistant.legal import Registry
    from assistant.reports import load_report_types
    from benchmarks.check_quality import folder

    tally = folder(DATA, Registry.load(), load_report_types())
    assert tally.found.total() / tally.wanted.total() >= 0.97
    assert 1000 * len(tally.extra) / tally.words < 0.2


def test_a_long_report_is_checked_in_linear_time() -> None:
    import time

    from assistant.check.checker import check_document
    from benchmarks.check_speed import long_report

    from .conftest import source_of

    check_document(source_of("Ấm máy."))
    seconds = []
    for pages in (20, 80):
        source = source_of(long_report(pages))
        began = time.process_time()
        check_document(source)
        seconds.append(time.process_time() - began)
    assert seconds[1] < 4 * 1.8 * seconds[0]
