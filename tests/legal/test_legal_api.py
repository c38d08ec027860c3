# ruff: noqa: E501  (the rows of the tables stay on one line)
"""The public face of the package: names, import discipline, JSON form, the command, and the examples of the docs."""

import datetime
import doctest
import json
import re
import subprocess
import sys

import pytest

import assistant.legal
from assistant.cli import main
from assistant.legal import Registry, extract, reference_json, self_json, verify
from tests.conftest import ROOT, SHARED

# the keys that INTERFACES names for one reference
KEYS = {
    "text", "start", "end", "page", "paragraph", "type", "symbol", "date", "issuer", "title", "short_form", "verdict",
    "resolved", "message", "suggestion", "also", "severity", "candidates", "date_text", "issuer_span", "title_span",
}  # fmt: skip


def test_every_public_name_is_there_and_no_module_hides_one():
    for name in assistant.legal.__all__:
        value = getattr(assistant.legal, name)
        assert callable(value), name
    assert sorted(assistant.legal.__all__) == assistant.legal.__all__


def test_the_package_loads_nothing_before_it_is_used():
    code = "import sys, assistant.legal; print([m for m in sys.modules if m.startswith('assistant.legal.') or m == 'yaml'])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        == "[]\n"
    )


def test_star_import_gives_functions_in_whatever_order():
    code = "from assistant.legal import reference_json; from assistant.legal import *; print(callable(verify), callable(extract))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout == "True True\n"


def test_json_form_of_a_reference():
    (verified,) = verify("Nghị quyết 71", on=datetime.date(2025, 12, 15))
    data = reference_json(verified, page=1, paragraph=2)
    assert data.keys() >= KEYS
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert (data["symbol"], data["resolved"], data["short_form"], data["page"]) == ("71", None, True, 1)
    assert set(data["candidates"]) == {"71-NQ/TW", "71/NQ-CP"}


def test_json_form_of_a_law_and_of_an_impossible_date():
    law, decision = (
        reference_json(v)
        for v in verify("Luật Dữ liệu; Quyết định số 12/QĐ-UBND ngày 31/11/2025", on=datetime.date(2025, 12, 15))
    )
    assert (law["symbol"], law["title"], law["type"]) == (None, "Luật Dữ liệu", "Luật")
    assert (decision["date"], decision["date_text"], decision["verdict"]) == (None, "31/11/2025", "wrong_date")


def test_json_form_of_the_own_number():
    (own,) = extract("Số: 15/BC-UBND\nBÁO CÁO").own
    assert self_json(own) == {"kind": "number", "text": "Số: 15/BC-UBND", "start": 0, "end": 14, "value": "15/BC-UBND"}


def test_registry_command(capsys):
    assert main(["registry", "show", "57-NQ/TW", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert (document["issuer"], document["date"]) == ("Bộ Chính trị", "2024-12-22")
    assert main(["registry", "list", "dịch vụ công", "--level", "government", "--json"]) == 0
    assert "42/2022/NĐ-CP" in [d["symbol"] for d in json.loads(capsys.readouterr().out)["documents"]]
    assert main(["registry", "show", "193/2025/QH15", "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["repealed_provisions"] == {"Điều 9": "2025-10-01"}
    assert main(["registry", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["documents"]) == len(Registry.load().documents)
    assert main(["registry", "validate"]) == 0
    assert main(["registry", "list", "đề án 06"]) == 0
    assert "07/CT-TTg" in capsys.readouterr().out


def test_registry_command_names_the_nearest(capsys):
    assert main(["registry", "show", "57-NQ/TV"]) == 1
    assert "57-NQ/TW" in capsys.readouterr().err


def test_the_examples_of_the_page_run():
    page = (ROOT / "docs" / "legal.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert blocks
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(parser.get_doctest("\n".join(blocks), {}, "legal.md", None, 0))
    assert runner.tries > 8
    assert runner.failures == 0


@pytest.mark.needs_shared
def test_mentions_of_the_sample_reports_are_all_found_and_no_other():
    registry = Registry.load()
    for path in sorted((SHARED / "samples" / "gold").glob("*.references.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SHARED / "samples" / "reports" / gold["file"]).read_bytes().decode("utf-8")
        found = extract(text, titles=registry.titles_of, law_names=registry.law_names).references
        assert {(r.start, r.end) for r in found} == {(m["char_start"], m["char_end"]) for m in gold["mentions"]}
