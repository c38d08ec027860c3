"""Speed of the reference finder and of verification, on text without references and on text dense with them.

    python -m benchmarks.legal_references [--write]

Prints characters a second for texts of 25,000 to 2,000,000 code points (best of three runs, CPU time) and the CPU
time in which a fresh process checks a short text; `--write` also writes docs/legal-benchmark.md.
"""

import argparse
import platform
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from assistant.legal import Registry, extract, verify

SIZES = (25_000, 100_000, 400_000, 2_000_000)
ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "legal-benchmark.md"
# fictional prose; the plain one holds no reference, the dense one a reference in each 300 code points
PLAIN = (
    "Trong kỳ báo cáo, xã đã tổ chức 12 buổi tuyên truyền cho người dân tại các thôn về dịch vụ công trực tuyến; "
    "tỷ lệ hồ sơ tiếp nhận trực tuyến đạt 95,6%, tăng 3,2 điểm phần trăm so với cùng kỳ. Tổ công nghệ số cộng đồng "
    "hướng dẫn người dân cài đặt ứng dụng, tạo chữ ký số cá nhân và thanh toán không dùng tiền mặt.\n"
)
DENSE = (
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, "
    "đổi mới sáng tạo và chuyển đổi số quốc gia, cán bộ, công chức xã đã được quán triệt đầy đủ, kịp thời các nội "
    "dung, nhiệm vụ được giao và đăng ký việc làm cụ thể theo từng vị trí công tác.\n"
    "Kế hoạch số 15/KH-UBND ngày 20/8/2025 của UBND xã Suối Mơ về chuyển đổi số năm 2025 giao mỗi thôn một tổ công "
    "nghệ số; đến nay các tổ hoạt động đều, người dân được hướng dẫn nộp hồ sơ trực tuyến và nhận kết quả điện tử "
    "tại nhà, không phải đi lại nhiều lần như trước.\n"
)
SHORT = (
    "Nghị quyết số 57-NQ/TW được quán triệt; thực hiện Nghị quyết 57, Đề án 06 và Kế hoạch 02, các thôn đã tự tổ "
    "chức nhiều buổi hướng dẫn. Nghị quyết này được phổ biến tới người dân; theo Luật Giao dịch điện tử năm 2023, "
    "khoản 2 Điều 5 của luật.\n"
)


def sized(piece: str, size: int) -> str:
    """`piece` repeated to exactly `size` code points."""
    return (piece * (size // len(piece) + 1))[:size]


def best_rate(run: Callable[[str], object], text: str, rounds: int = 3) -> float:
    """Characters a second of CPU time, the best of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run(text)
        times.append(time.process_time() - start)
    return len(text) / min(times)


def start_seconds() -> float:
    """CPU seconds (user and system) of a fresh process that verifies one short text."""
    code = (
        "from assistant.legal import verify; import resource\n"
        "verify('Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị')\n"
        "u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        for _ in range(3)
    ]
    return min(float(run) for run in runs)


def measure() -> list[str]:
    """The lines of the table."""
    registry = Registry.load()
    rows = [
        "| text | code points | references | find, characters/s | find and verify, characters/s |",
        "|---|---|---|---|---|",
    ]
    for name, piece in (
        ("without references", PLAIN),
        ("dense (one in 300)", DENSE),
        ("dense, decomposed (NFD)", unicodedata.normalize("NFD", DENSE)),
        ("short forms and laws by name", SHORT),
    ):
        for size in SIZES:
            text = sized(piece, size)
            found = len(extract(text).references)
            find = best_rate(extract, text, 3 if size < 1_000_000 else 2)
            check = best_rate(lambda t: verify(t, registry), text, 1)
            rows.append(f"| {name} | {size:,} | {found:,} | {find:,.0f} | {check:,.0f} |")
    return [*rows, "", f"Start of a fresh process that verifies one citation: {start_seconds():.2f} s of CPU."]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="also write docs/legal-benchmark.md")
    args = parser.parse_args()
    lines = measure()
    print("\n".join(lines))
    if args.write:
        head = [
            "# Speed of the reference finder",
            "",
            f"`python -m benchmarks.legal_references --write`, Python {platform.python_version()}, one core.",
            "",
        ]
        TABLE.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
