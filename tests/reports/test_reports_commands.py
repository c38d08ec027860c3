"""The verbs `reports` and `inputs`: keys of the JSON, exit status, what they import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.reports import get_report_type, read_inputs
from tests.conftest import ROOT


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == sorted(line.split("\t")[0] for line in lines)
    assert len(lines) == 5
    assert main(["reports", "--json"]) == 0
    assert {t["id"] for t in json.loads(capsys.readouterr().out)["report_types"]} == {x.split("\t")[0] for x in lines}


def test_the_keys_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "quy_khcn_dmst_cds", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    section = next(s for s in report["sections"] if s["id"] == "q_dvctt")
    assert (section["number"], section["level"], section["parent"]) == ("3.6", 4, "q_chinh_quyen_so")
    assert section["topics"] == ["dossiers", "data_scope"]
    assert all(set(r) == {"text", "basis"} and r["basis"] for r in section["requirements"])
    total = next(f for f in section["fields"] if f["name"] == "rec_total")
    assert total["label"] == "Tổng hồ sơ tiếp nhận"
    assert (total["type"], total["unit"], total["required"]) == ("int", "hồ sơ", True)
    mail = next(s for s in report["sections"] if s["id"] == "q_thu_cong_vu")
    assert [c["label"] for c in mail["tables"][0]["columns"]] == [
        "Số hộp thư đã cấp", "Số hộp thư dùng thường xuyên", "Tỷ lệ sử dụng", "Ghi chú",
    ]  # fmt: skip


def test_an_unknown_type_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "quy_khcn"]) == 1
    assert "«quy_khcn_dmst_cds»" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.yaml", "a.xlsx"])
def test_forms(tmp_path: Path, name: str) -> None:
    assert main(["inputs", "nq57_trinh_hdnd", "-o", str(tmp_path / name)]) == 0
    report_type = get_report_type("nq57_trinh_hdnd")
    assert not read_inputs(tmp_path / name, report_type).sections.get("hd_trien_khai")


def test_a_form_filled_from_another_file(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("sections:\n  hd_to_chuc:\n    cdt_teams: 12\n", "utf-8")
    target = tmp_path / "b.xlsx"
    assert main(["inputs", "nq57_trinh_hdnd", "-o", str(target), "--inputs", str(source)]) == 0
    assert read_inputs(target, get_report_type("nq57_trinh_hdnd")).value("hd_to_chuc", "cdt_teams") == 12


def test_a_form_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inputs", "nq57_trinh_hdnd", "-o", str(tmp_path / "a.pdf")]) == 1
    assert "\n" not in capsys.readouterr().err.strip()
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_verbs_import_nothing_heavy() -> None:
    code = (
        "import sys; from assistant.cli import main; main(['reports', 'quy_khcn_dmst_cds', '--json']);"
        "heavy = [m for m in ('torch', 'chromadb', 'gradio', 'sentence_transformers', 'langchain', 'pandas',"
        " 'openpyxl', 'docx') if m in sys.modules]; print(heavy, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
