"""Driving the page in tests: the server as an operator runs it, and what an officer does with mouse and keys."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
# read here: each test removes the TLBC_ variables of the machine
READY_SECONDS = 60
# of a fictional commune
PREVIOUS_REPORT = (
    "BÁO CÁO\nKết quả chuyển đổi số Quý II năm 2025 của xã Mẫu\n"
    "3.6. Kết quả triển khai, cung cấp dịch vụ công trực tuyến\n"
    "Trong quý II năm 2025, xã Mẫu tiếp nhận tổng số 1.102 hồ sơ, trong đó trực tuyến 684 hồ sơ, trực tiếp 388 hồ sơ. "
    "Đã giải quyết 1.048 hồ sơ, trước hạn và đúng hạn 1.034 hồ sơ, quá hạn 14 hồ sơ; đang giải quyết 54 hồ sơ.\n"
)


@dataclass
class Server:
    """`python -m ui` as an operator runs it."""

    data_dir: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    seconds: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        environment = {**os.environ, **self.environment, "TLBC_DATA_DIR": str(self.data_dir)}
        started = time.perf_counter()
        with (self.data_dir / "server.log").open("ab") as log:
            command = [sys.executable, "-m", "ui", "--port", str(self.port), "--host", self.host, *self.options]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        while time.perf_counter() - started < READY_SECONDS:
            try:
                with urllib.request.urlopen(self.url + "/suc-khoe", timeout=2):
                    self.seconds = time.perf_counter() - started
                    return self
            except OSError:
                assert self.process.poll() is None, (self.data_dir / "server.log").read_text()
                time.sleep(0.1)
        raise AssertionError("the server did not answer within a minute")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def open_tab(page: Any, name: str) -> None:
    page.locator("#main > .tab-wrapper [role=tab]:visible", has_text=name).click()


def open_step(page: Any, step: str) -> None:
    page.locator(f'#steps > .tab-wrapper [role=tab][data-tab-id="{step}"]:visible').click()


def ask(page: Any, question: str) -> None:
    """Ask and wait for the finished answer."""
    before = page.locator(".turn .actions").count()
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.locator(".turn .actions").nth(before).wait_for()


def open_example(page: Any) -> None:
    """The filled draft of the fictional commune."""
    open_tab(page, "Soạn báo cáo")
    page.locator('#draft-choose [data-act="tour-draft"]').click()
    page.locator("#draft-form .form-field").first.wait_for()


def log_in(page: Any, name: str) -> None:
    page.fill("#username", name)
    page.fill("#password", f"mat-khau-cua-{name}")
    page.click("button[type=submit]")
    page.wait_for_selector("#ask-talk .welcome")
