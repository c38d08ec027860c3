"""What the whole program keeps: free imports, telemetry off, floors, errors in Vietnamese."""

import ast
import doctest
import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from assistant.paths import ROOT

HEAVY = ("torch", "chromadb", "gradio", "sentence_transformers", "langchain", "transformers", "pandas")

# a room may import only from rooms below it
FLOORS = [
    {"vietnamese"},
    {"legal"},
    {"reports"},
    {"library"},
    {"grounding"},
    {"ask", "draft", "check"},
    {"conversation"},
    {"application"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--text", "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "--json"],
        ["reports"],
        ["settings"],
        ["registry", "show", "57-NQ/TW"],
    ],
)
def test_light_commands_import_nothing_heavy(command: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from assistant.cli import main; status = main(sys.argv[1:]); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    result = python("-c", code, *command, "--data-dir", str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert result.stderr.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize("face", [["-m", "ui", "--help"], ["ingest.py", "--help"], ["-m", "assistant", "--help"]])
def test_a_help_text_imports_nothing_heavy(face: list[str]) -> None:
    result = python("-X", "importtime", *face)
    assert result.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "assistant.errors" in imported
    assert imported.isdisjoint({*HEAVY, "numpy", "docx", "openpyxl"})


def test_importing_the_package_costs_nothing() -> None:
    result = python("-c", "import sys, time; t = time.perf_counter(); import assistant; print(time.perf_counter() - t)")
    assert float(result.stdout) < 0.2


def test_telemetry_is_off_before_any_library_is_imported() -> None:
    result = python(
        "-c", "import assistant, os, json; print(json.dumps(dict(os.environ)))", ANONYMIZED_TELEMETRY="True"
    )
    environment = json.loads(result.stdout)
    assert environment["ANONYMIZED_TELEMETRY"] == "False"  # chromadb
    assert environment["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environment["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert environment["LANGSMITH_TRACING"] == "false"


def _rooms(tree: ast.AST) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
            if node.module == "assistant":
                modules |= {f"assistant.{alias.name}" for alias in node.names}
    return {module.split(".")[1] for module in modules if module.startswith("assistant.")}


def test_a_room_imports_only_from_floors_below() -> None:
    wrong = []
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        relative = path.relative_to(ROOT / "assistant")
        room = relative.parts[0].removesuffix(".py")
        if room not in FLOOR_OF:
            continue
        used = _rooms(ast.parse(path.read_text(encoding="utf-8"))) & set(FLOOR_OF) - {room}
        wrong += [f"{relative} imports {name}" for name in used if FLOOR_OF[name] >= FLOOR_OF[room]]
    assert wrong == []


def test_floors_below_the_faces_read_no_environment() -> None:
    pure = ("vietnamese", "legal", "reports", "check")
    wrong = [
        str(path)
        for room in pure
        for path in (ROOT / "assistant" / room).rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8") or "getenv" in path.read_text(encoding="utf-8")
    ]
    assert wrong == []


def _modules() -> Iterator[tuple[str, str]]:
    """Name and source of every module of the program."""
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [name for name, source in _modules() if ">>> " in source])
def test_examples_in_docstrings_run(module: str) -> None:
    failures, tried = doctest.testmod(importlib.import_module(module))
    assert tried
    assert failures == 0


def _dependencies() -> dict[str, str]:
    """What the program says it runs on: name -> requirement."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[=>\[]", requirement)[0]: requirement for requirement in project["dependencies"]}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    imported: set[str] = set()
    for path in [*(ROOT / "assistant").rglob("*.py"), *(ROOT / "ui").rglob("*.py"), ROOT / "ingest.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    imported -= {*sys.stdlib_module_names, "assistant", "ui"}
    providers = packages_distributions()
    used = {providers[module][0].lower().replace("_", "-") for module in imported}
    # named in a setting and imported by LangChain; what sentence-transformers runs on
    assert set(_dependencies()) - used == {"langchain-ollama", "langchain-openai", "torch"}
    assert used - set(_dependencies()) == set()


def test_every_direct_dependency_is_locked_with_its_version() -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, requirement in _dependencies().items():
        version = requirement.partition("==")[2]
        if name == "torch":
            assert requirement in (ROOT / "Makefile").read_text(encoding="utf-8")
        else:
            assert f"\n{name}=={version}" in f"\n{locked}", name


def test_lock_files_name_no_index_and_no_path() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert " @ " not in text
