"""What every test shares: no network, a data directory of its own, the reference material where it is."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

import assistant  # noqa: F401  (switches telemetry off before any other library is imported)

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ["HF_HUB_OFFLINE"] = "1"
hypothesis_settings.register_profile("tests", deadline=None, max_examples=150, derandomize=True)
hypothesis_settings.load_profile("tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the reference material (../shared) is not beside the project")
    for item in items:
        if item.get_closest_marker("needs_shared"):
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("TLBC_") and not name.startswith("TLBC_TEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TLBC_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails where it does."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if not (host.startswith("127.") or host in ("::1", "localhost", "0.0.0.0")):
                pytest.fail(f"a test reached for {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The data directory of this test."""
    return tmp_path / "data"
