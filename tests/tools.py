"""Programs of the machine that some tests drive. Where one is missing the test is skipped, saying so; with
TLBC_TEST_REQUIRE_ALL, as in CI, it fails instead."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRE_ALL = bool(os.environ.get("TLBC_TEST_REQUIRE_ALL"))


def require(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is not None:
        return found
    message = f"none of {', '.join(names)} is installed"
    if REQUIRE_ALL:
        pytest.fail(f"{message}, and TLBC_TEST_REQUIRE_ALL is set")
    pytest.skip(message)


def to_pdf(path: Path) -> Path:
    """`path` converted by LibreOffice, beside it."""
    office = require("soffice")
    profile = (path.parent / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120)
    return path.with_suffix(".pdf")
