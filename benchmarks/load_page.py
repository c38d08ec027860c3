"""Twenty officers asking at once: `python -m benchmarks.load_page [--users 20] [--questions 5] [--url URL]`.

Starts the page on a data directory of its own with the knowledge that ships (unless --url names a running page),
lets every user ask its questions one after another through the endpoint `/ask`, each with a session of its own, and
prints the times from sending to the last byte of the answer, with the memory of the server.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    "Báo cáo quý gồm những mục nào?",
    "Mục dịch vụ công trực tuyến phải nêu những số liệu gì?",
    "Nghị quyết 57-NQ/TW do cơ quan nào ban hành, ngày nào?",
    "Tổ công nghệ số cộng đồng là gì?",
    "Chỉ tiêu hồ sơ trực tuyến đến năm 2030 là bao nhiêu?",
    "Mục an toàn thông tin hay sai chỗ nào?",
    "Cách tính tỷ lệ giải quyết hồ sơ đúng hạn?",
)
LIMIT_SECONDS = 2.0


async def ask(client: httpx.AsyncClient, question: str) -> float:
    """Ask once; seconds until the whole answer is there."""
    started = time.perf_counter()
    call = await client.post("/gradio_api/call/ask", json={"data": [question, ""]})
    call.raise_for_status()
    event = call.json()["event_id"]
    complete = False
    async with client.stream("GET", f"/gradio_api/call/ask/{event}") as stream:
        async for line in stream.aiter_lines():
            complete = complete or line == "event: complete"
            if complete and line.startswith("data:"):
                assert json.loads(line[5:])[0]["answer"], question
                break
    assert complete, question
    return time.perf_counter() - started


async def one_user(url: str, number: int, questions: int) -> list[float]:
    """One officer: a browser's worth of cookies, questions one after another."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        await client.get("/config")
        return [await ask(client, QUESTIONS[(number + i) % len(QUESTIONS)]) for i in range(questions)]


async def all_users(url: str, users: int, questions: int) -> list[float]:
    rounds = await asyncio.gather(*(one_user(url, number, questions) for number in range(users)))
    return sorted(second for user in rounds for second in user)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_page(data_dir: Path) -> tuple[subprocess.Popen[bytes], str, float]:
    """The page on a fresh data directory: (process, address, seconds until it answered)."""
    environment = {**os.environ, "TLBC_DATA_DIR": str(data_dir)}
    subprocess.run(
        [sys.executable, "ingest.py", "--builtin"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    port, started = _free_port(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "--port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    while True:
        try:
            httpx.get(url + "/suc-khoe", timeout=2).raise_for_status()
            return process, url, time.perf_counter() - started
        except httpx.HTTPError:
            time.sleep(0.1)


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of the server in MB (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def report(seconds: Sequence[float], users: int) -> bool:
    """Print the times; True when the bar is met."""
    p95 = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    print(f"{users} users, {len(seconds)} questions: median {statistics.median(seconds):.2f} s, ", end="")
    print(f"p95 {p95:.2f} s, longest {seconds[-1]:.2f} s (bar: p95 under {LIMIT_SECONDS:.0f} s)")
    return p95 < LIMIT_SECONDS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--questions", type=int, default=5, help="questions of each user")
    parser.add_argument("--url", help="a page that is already running")
    args = parser.parse_args()
    if args.url:
        return 0 if report(asyncio.run(all_users(args.url, args.users, args.questions)), args.users) else 1
    with tempfile.TemporaryDirectory() as folder:
        process, url, start = start_page(Path(folder))
        try:
            asyncio.run(one_user(url, 0, 2))
            met = report(asyncio.run(all_users(url, args.users, args.questions)), args.users)
            print(f"start {start:.1f} s, memory {memory_mb(process):.0f} MB")
        finally:
            process.terminate()
            process.wait()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
