"""With the network cut off, nothing is asked of it; and nothing is written outside the data directory."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# what is refused is noted: a library that asks "only to check" hides the error
_DAY = """
import json, socket, sys
asked = []
def refuse(self, address):
    asked.append(repr(address))
    raise OSError("no network")
def unknown(host, *rest, **more):
    asked.append(repr(host))
    raise socket.gaierror("no network")
socket.socket.connect, socket.getaddrinfo = refuse, unknown
from pathlib import Path
from assistant.application import Application
from assistant.settings import load_settings
application = Application(load_settings())
documents = application.ingest([Path(sys.argv[1])]).documents
hits = application.search("hồ sơ trực tuyến của xã Giả Định")["results"]
answer = application.ask("Xã Giả Định tiếp nhận bao nhiêu hồ sơ trực tuyến?")
near = application.library.vectors_near(application.library.embedder.embed_query("hồ sơ"), 3)
print(json.dumps([[d.status for d in documents], len(hits), answer.refused, len(near), asked]))
"""


def _network_less() -> list[str]:
    """A prefix that takes the network away from all code, Rust included, where this machine allows it."""
    try:
        allowed = subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0
    except OSError:
        return []
    return ["unshare", "-rn"] if allowed else []


def test_a_day_without_network(tmp_path: Path) -> None:
    report = tmp_path / "bao-cao.txt"
    report.write_text(
        "ỦY BAN NHÂN DÂN\nXÃ GIẢ ĐỊNH\nSố: 12/BC-UBND\nBÁO CÁO\nKết quả chuyển đổi số quý I năm 2026 của xã Giả Định\n"
        "I. KẾT QUẢ\n1. Dịch vụ công trực tuyến\nTiếp nhận 345 hồ sơ trực tuyến.\n",
        encoding="utf-8",
    )
    home, temporary = tmp_path / "home", tmp_path / "tam"
    home.mkdir()
    temporary.mkdir()
    # byte code is Python's own, and kept beside the code
    places = {"HOME": str(home), "TMPDIR": str(temporary), "TLBC_DATA_DIR": str(tmp_path / "data")}
    environment = os.environ | places | {"PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HF_HOME"):
        environment.pop(name, None)
    command = [*_network_less(), sys.executable, "-c", _DAY, str(report)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    statuses, hits, refused, near, asked = json.loads(done.stdout)
    assert (statuses, refused, asked) == (["added"], False, [])
    assert hits
    assert near
    assert [str(path) for folder in (home, temporary) for path in folder.rglob("*")] == []
