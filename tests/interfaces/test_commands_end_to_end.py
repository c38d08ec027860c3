"""The command lines and JSON that others rely on, run as an officer or a script would run them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.paths import KNOWLEDGE, ROOT

REPORT_TYPES = {
    "tong_ket_nam_bcd_chinh_phu",
    "quy_khcn_dmst_cds",
    "nq57_n_thang_phu_luc",
    "nq57_trinh_hdnd",
    "bcd_cuoi_nam_10_linh_vuc",
}
PLAN = """ỦY BAN NHÂN DÂN
TỈNH VÍ DỤ
Số: 901/KH-UBND
Ví Dụ, ngày 15 tháng 8 năm 2025
KẾ HOẠCH
Chuyển đổi số tỉnh Ví Dụ giai đoạn 2025 - 2027
I. MỤC TIÊU
1. Đến hết năm 2026, 77% hồ sơ cấp xã được tiếp nhận trực tuyến.
2. Mỗi xã có ít nhất 03 điểm hỗ trợ người dân dùng dịch vụ công.
II. NHIỆM VỤ
1. Ủy ban nhân dân cấp xã báo cáo kết quả trước ngày 20 của tháng cuối quý.
"""


class Program:
    """Runs the program on one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def run(self, *command: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        head = ["ingest.py"] if command[0] == "ingest" else ["-m", "assistant", command[0]]
        return subprocess.run(
            [sys.executable, *head, *command[1:], "--data-dir", str(self.data_dir)],
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            input=stdin,
            timeout=180,
        )

    def json(self, *command: str) -> Any:
        result = self.run(*command, "--json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def refusal(self, *command: str) -> str:
        """The one sentence on stderr of a command that must end with status 1."""
        result = self.run(*command)
        assert result.returncode == 1, (result.returncode, result.stdout, result.stderr)
        message = result.stderr.strip()
        assert "Traceback" not in message
        assert message
        assert "\n" not in message, message
        return message


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with its built-in knowledge and one fictional provincial plan."""
    folder = tmp_path_factory.mktemp("library")
    program = Program(folder / "data")
    assert program.run("ingest", "--builtin").returncode == 0
    plan = folder / "ke-hoach.txt"
    plan.write_text(PLAN, encoding="utf-8")
    report = program.json("ingest", str(plan))
    assert [document["status"] for document in report["documents"]] == ["added"]
    return program


def test_an_ingested_document_is_identified_from_its_header(program: Program) -> None:
    documents = program.json("ingest", "--list")["documents"]
    (plan,) = [document for document in documents if document["kind"] != "builtin"]
    assert plan["kind"] == "plan"
    assert plan["symbol"] == "901/KH-UBND"
    assert plan["date"] == "2025-08-15"
    assert plan["passages"] >= 2


def test_built_in_knowledge_is_idempotent(program: Program) -> None:
    before = program.json("ingest", "--list")["documents"]
    assert program.run("ingest", "--builtin").returncode == 0
    assert program.json("ingest", "--list")["documents"] == before


def test_search_gives_the_passage_and_its_span(program: Program) -> None:
    found = program.json("search", "tỷ lệ hồ sơ tiếp nhận trực tuyến tỉnh Ví Dụ", "-k", "3", "--kind", "plan")
    assert set(found) == {"query", "results", "milliseconds"}
    first = found["results"][0]
    assert first["symbol"] == "901/KH-UBND"
    assert "77%" in first["text"]
    keys = {"rank", "score", "passage_id", "document_id", "document_title", "symbol", "kind", "unit", "location"}
    assert keys | {"page", "text", "start", "end"} <= set(first)


def test_an_answer_quotes_the_passage_word_for_word(program: Program) -> None:
    answer = program.json("ask", "Kế hoạch 901/KH-UBND đặt mục tiêu bao nhiêu phần trăm hồ sơ tiếp nhận trực tuyến?")
    assert not answer["refused"]
    assert answer["model"] == "offline"
    assert "77%" in answer["answer"]
    quotes = [" ".join(citation["quote"].split()) for citation in answer["citations"]]
    assert any("77% hồ sơ cấp xã" in quote for quote in quotes)
    source = " ".join(PLAN.split())
    assert all(quote in source for quote, c in zip(quotes, answer["citations"], strict=True) if c["kind"] == "plan")


def test_what_the_library_does_not_hold_is_declined_without_citation(program: Program) -> None:
    answer = program.json("ask", "Giá vàng ngày mai là bao nhiêu?")
    assert answer["refused"] is True
    assert answer["citations"] == []


def test_a_batch_answers_line_by_line(program: Program, tmp_path: Path) -> None:
    questions = tmp_path / "hoi.jsonl"
    rows = [
        {"id": "a", "question": "Nghị quyết 57-NQ/TW ban hành ngày nào?"},
        {"id": "b", "question": "Số điện thoại riêng của chủ tịch xã?"},
    ]
    questions.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    result = program.run("ask", "--batch", str(questions), "--json")
    assert result.returncode == 0, result.stderr
    answers = {answer["id"]: answer for answer in map(json.loads, result.stdout.splitlines())}
    assert "22/12/2024" in answers["a"]["answer"]
    assert answers["b"]["refused"]


def test_reports_lists_the_five_types(program: Program) -> None:
    listed = program.run("reports").stdout
    assert all(name in listed for name in REPORT_TYPES)


@pytest.mark.parametrize("report_type", sorted(REPORT_TYPES))
def test_each_type_shows_its_outline(program: Program, report_type: str) -> None:
    outline = program.json("reports", report_type)
    text = json.dumps(outline, ensure_ascii=False)
    assert '"requirements"' in text
    assert '"basis"' in text


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
def test_blank_inputs_read_back_and_draft(program: Program, tmp_path: Path, suffix: str) -> None:
    blank = tmp_path / f"so-lieu.{suffix}"
    assert program.run("inputs", "quy_khcn_dmst_cds", "-o", str(blank)).returncode == 0
    draft = program.json("draft", "quy_khcn_dmst_cds", "--inputs", str(blank))
    assert draft["missing"] if "missing" in draft else any(section["missing"] for section in draft["sections"])
    assert draft["unsupported"] == []


def _example(report_type: str) -> Path:
    (path,) = [
        path for path in (KNOWLEDGE / "examples").glob("*.yaml") if report_type in path.read_text(encoding="utf-8")
    ]
    return path


@pytest.mark.parametrize("report_type", sorted(REPORT_TYPES))
def test_the_example_of_each_type_becomes_a_report(program: Program, tmp_path: Path, report_type: str) -> None:
    inputs, output = _example(report_type), tmp_path / "bao-cao.docx"
    evidence = tmp_path / "phieu.xlsx"
    draft = program.json(
        "draft", report_type, "--inputs", str(inputs), "-o", str(output), "--evidence", str(evidence), "--comments"
    )
    assert draft["report_type"] == report_type
    assert draft["unsupported"] == []
    assert output.stat().st_size > 10_000
    assert evidence.exists()
    evidence_kinds = {
        item["kind"] for section in draft["sections"] for p in section["paragraphs"] for item in p["evidence"]
    }
    assert "input" in evidence_kinds
    checked = program.json("check", str(output), "--report-type", report_type)
    errors = [finding for finding in checked["findings"] if finding["severity"] == "error"]
    assert errors == []


def _check_text(program: Program, text: str, date: str = "2025-12-15") -> Mapping[str, Any]:
    result: Mapping[str, Any] = program.json("check", "--text", text, "--report-date", date)
    return result


def test_a_wrong_date_is_told_with_its_place(program: Program) -> None:
    text = "Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị"
    (reference,) = _check_text(program, text)["references"]
    assert reference["verdict"] == "wrong_date"
    assert text[reference["start"] : reference["end"]] == "Nghị quyết số 57-NQ/TW ngày 24/12/2024"
    assert "22/12/2024" in reference["suggestion"]


def test_the_office_own_documents_are_in_the_registry(program: Program) -> None:
    text = "Kế hoạch số 901/KH-UBND ngày 16/8/2025 của Ủy ban nhân dân tỉnh Ví Dụ"
    (reference,) = _check_text(program, text)["references"]
    assert reference["verdict"] == "wrong_date"


def test_figures_that_do_not_agree_are_found(program: Program) -> None:
    text = "Tiếp nhận 1.000 hồ sơ, giải quyết 900/1.000 hồ sơ, đạt 95%."
    findings = _check_text(program, text)["findings"]
    assert [finding["category"] for finding in findings if finding["severity"] == "error"] == ["arithmetic"]


def test_offsets_count_the_text_as_it_is(program: Program, tmp_path: Path) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Căn cứ Nghị quyết số 57-NQ/TW\r\nngày 22/12/2024 của Bộ Chính trị;\r\n")
    path = tmp_path / "bao-cao.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    checked = program.json("check", str(path), "--report-date", "2025-12-15")
    (reference,) = checked["references"]
    written = unicodedata.normalize("NFC", text[reference["start"] : reference["end"]])
    assert " ".join(written.split()) == "Nghị quyết số 57-NQ/TW ngày 22/12/2024"


def test_bad_input_is_one_sentence_and_leaves_nothing(program: Program, tmp_path: Path) -> None:
    empty = tmp_path / "trong.txt"
    empty.write_text("", encoding="utf-8")
    damaged = tmp_path / "hong.docx"
    damaged.write_bytes(b"PK\x03\x04 khong phai tep Word")
    misnamed = tmp_path / "anh.pdf"
    misnamed.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    output = tmp_path / "ra.docx"
    for path in (empty, damaged, misnamed, tmp_path / "khong-co.txt"):
        program.refusal("check", str(path), "-o", str(output))
    assert not output.exists()
    assert "quy_khcn_dmst_cds" in program.refusal("reports", "quy_khcn_dmst")
    assert "quy_khcn_dmst_cds" in program.refusal("inputs", "quy_khcn_dmst_cd", "-o", str(output))
    program.refusal("ingest", "--remove", "khong-co")
    folder = tmp_path / "rong"
    folder.mkdir()
    program.refusal("ingest", str(folder))


def test_a_misspelt_field_names_the_nearest_and_does_not_stop(program: Program, tmp_path: Path) -> None:
    inputs = tmp_path / "so-lieu.yaml"
    inputs.write_text(
        "report_type: quy_khcn_dmst_cds\nheader:\n  period_end: 2025-09-31\nsections:\n  q_dvctt:\n    rec_totl: 10\n",
        encoding="utf-8",
    )
    result = program.run("draft", "quy_khcn_dmst_cds", "--inputs", str(inputs), "--json")
    assert result.returncode == 0
    problems = {problem["field"]: problem for problem in json.loads(result.stdout)["problems"]}
    assert problems["q_dvctt.rec_totl"]["severity"] == "warning"
    assert "rec_total" in problems["q_dvctt.rec_totl"]["message"]
    (date_problem,) = [p for name, p in problems.items() if name.endswith("period_end")]
    assert date_problem["severity"] == "error"
    strict = program.run("draft", "quy_khcn_dmst_cds", "--inputs", str(inputs), "--strict")
    assert strict.returncode == 1


def test_removing_a_document_removes_it_everywhere(program: Program) -> None:
    (plan,) = [d for d in program.json("ingest", "--list")["documents"] if d["kind"] == "plan"]
    assert program.run("ingest", "--remove", plan["id"]).returncode == 0
    found = program.json("search", "tỷ lệ hồ sơ tiếp nhận trực tuyến tỉnh Ví Dụ", "-k", "5")["results"]
    assert all(hit["document_id"] != plan["id"] for hit in found)
    (reference,) = _check_text(program, "Kế hoạch số 901/KH-UBND ngày 16/8/2025 của UBND tỉnh Ví Dụ")["references"]
    assert reference["verdict"] == "unknown"
