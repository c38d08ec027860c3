"""A real server with the real library, and Debian's Chromium that may speak to nobody but it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tools import require
from tests.ui.driving import ROOT, Server, free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def library_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the knowledge that ships."""
    folder = tmp_path_factory.mktemp("data")
    environment = {**os.environ, "TLBC_DATA_DIR": str(folder)}
    subprocess.run(
        [sys.executable, "ingest.py", "--builtin"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="session")
def server(library_dir: Path) -> Iterator[Server]:
    running = Server(library_dir, free_port()).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def users_server(library_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with three users, their library apart from the other server's."""
    from ui.security.users import UserBook

    folder = tmp_path_factory.mktemp("users-data")
    shutil.copytree(library_dir / "library", folder / "library")
    book = UserBook(folder / "users.yaml")
    for name in ("lan", "minh", "khoa"):
        book.set_password(name, f"mat-khau-cua-{name}")
    running = Server(folder, free_port(), {"TLBC_USERS_FILE": str(folder / "users.yaml")}).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = require(*BROWSERS)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """Opens pages as separate officers would; fails on a request to elsewhere and on a script error."""
    contexts: list[Any] = []
    elsewhere: list[str] = []
    errors: list[str] = []

    def note(request: Any) -> None:
        url = request.url
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            elsewhere.append(url)

    def opener(
        to: Server | None = None, *, width: int = 1366, height: int = 768, dark: bool = False, path: str = "/"
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="vi-VN",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((to or server).url)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not elsewhere, f"the page asked for {elsewhere}"
    assert not errors, f"scripts of the page failed: {errors}"
