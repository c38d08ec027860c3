"""How fast and at what cost the library takes documents in.

    python -m benchmarks.ingest_scale --documents 2000            text, with progress, removal and replacement
    python -m benchmarks.ingest_scale --formats                   documents a second by format
    python -m benchmarks.ingest_scale --passages 10000 100000     seconds, disk, memory, removal and query time by size
    python -m benchmarks.ingest_scale --search DATA               query time of the library of a data directory

Prints Markdown tables for docs/scale.md. Documents are made up (`benchmarks.generated_documents`).
"""

import argparse
import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from benchmarks.generated_documents import FORMATS, report_lines, write_documents

# of each format: starting the processes costs what some 80 documents do
_OF_EACH = 500


def main(argv: Sequence[str] | None = None) -> int:
    """Run the measurements asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, help="text documents to take in")
    parser.add_argument("--formats", action="store_true", help="documents a second by format")
    parser.add_argument("--passages", type=int, nargs="+", help="sizes of libraries to build")
    parser.add_argument("--search", type=Path, help="an existing data directory to search")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args(argv)
    if args.search:
        _search(args.search)
        return 0
    with tempfile.TemporaryDirectory(prefix="ingest-scale-") as folder:
        if args.documents:
            _text(Path(folder), args.documents, args.workers)
        if args.formats:
            _formats(Path(folder), args.workers)
        if args.passages:
            _sizes(Path(folder), args.passages)
    return 0


def _ingest(data: Path, target: Path, workers: int) -> tuple[float, str]:
    """Run ingest.py in a process of its own; returns (seconds, last line of its output)."""
    began = time.perf_counter()
    command = [sys.executable, "ingest.py", str(target), "--data-dir", str(data), "--workers", str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return time.perf_counter() - began, done.stdout.splitlines()[-1]


def _peak_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _cpu_seconds(who: int = resource.RUSAGE_CHILDREN) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _disk_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _text(folder: Path, count: int, workers: int) -> None:
    files = write_documents(folder / "txt", count)
    data = folder / "data"
    cpu = _cpu_seconds()
    seconds, summary = _ingest(data, folder / "txt", workers)
    cpu = _cpu_seconds() - cpu
    print(f"\n{summary}")
    print(f"{count} documents in {seconds:.1f} s: {count / seconds:.1f} a second with {workers} workers")
    # on a machine that others use, the processor time says more than the clock
    print(f"processor time {cpu:.1f} s: {1000 * cpu / count:.1f} ms a document")
    print(f"largest process {_peak_mb(resource.RUSAGE_CHILDREN):.0f} MB, disk {_disk_mb(data):.0f} MB")
    again, _ = _ingest(data, folder / "txt", workers)
    print(f"once more, nothing changed: {again:.1f} s")
    _changes(data, files)


def _changes(data: Path, files: Sequence[Path]) -> None:
    """Replacing and removing one document, start of the program left out."""
    from assistant.library.library import Library
    from assistant.settings import load_settings

    library = Library(load_settings(data))
    library.vectors_near(library.embedder.embed_query("khởi động"), 1)
    replaced, removed = [], []
    for file in files[:: max(1, len(files) // 10)][:10]:
        file.write_text(file.read_text(encoding="utf-8") + "\nBổ sung một dòng.\n", encoding="utf-8")
        began = time.perf_counter()
        result = library.ingest([file])
        replaced.append(time.perf_counter() - began)
        record = result.documents[0].record
        assert record is not None
        assert result.documents[0].status == "updated"
        began = time.perf_counter()
        library.remove(record.id)
        removed.append(time.perf_counter() - began)
    library.close()
    print(f"replacing one document {median(replaced):.2f} s, removing one {median(removed):.2f} s (medians of 10)")


def _formats(folder: Path, workers: int) -> None:
    print("\n| format | documents | seconds | a second | processor ms a document |\n|---|---|---|---|---|")
    made = {suffix: (write_documents(folder / suffix, _OF_EACH, suffix)) for suffix in FORMATS}
    made["pdf"] = _pdfs(folder, made["docx"][:10], _OF_EACH)
    for suffix, files in made.items():
        data = folder / f"data-{suffix}"
        cpu = _cpu_seconds()
        seconds, _ = _ingest(data, files[0].parent, workers)
        cost = 1000 * (_cpu_seconds() - cpu) / len(files)
        print(f"| {suffix} | {len(files)} | {seconds:.1f} | {len(files) / seconds:.0f} | {cost:.0f} |", flush=True)
        shutil.rmtree(data)


def _pdfs(folder: Path, sources: Sequence[Path], count: int) -> list[Path]:
    """PDFs by LibreOffice; copies differ by a comment at their end."""
    if shutil.which("soffice") is None:
        return []
    target = folder / "pdf"
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(target), *map(str, sources)]
    subprocess.run(command, capture_output=True, check=True)
    made = sorted(target.glob("*.pdf"))
    copies = list(made)
    for number in range(count - len(made)):
        copy = target / f"copy-{number:04d}.pdf"
        copy.write_bytes(made[number % len(made)].read_bytes() + f"\n% {number}\n".encode())
        copies.append(copy)
    return copies


def _sizes(folder: Path, sizes: Sequence[int]) -> None:
    """Build one library up to each size; take one document out, and search in a process of its own."""
    from assistant.library.library import Library
    from assistant.settings import load_settings

    data = folder / "sizes"
    library = Library(load_settings(data))
    written, number, clock, making, start = 0, 0, 0.0, 0.0, _cpu_seconds(resource.RUSAGE_SELF)
    print(
        "\n| passages | documents | seconds | of processor | catalogue MB | Chroma MB | lexical MB | writer MB "
        "| removing one, s | reader MB | first search ms | dense p50 / p95 ms | search p50 / p95 ms | of processor |"
    )
    print("|---" * 14 + "|", flush=True)
    for size in sorted(sizes):
        while written < size:
            began = time.process_time()
            files = write_documents(folder / "batch", 500, first=number)
            making += time.process_time() - began
            began = time.perf_counter()
            result = library.ingest(files, workers=os.cpu_count() or 1)
            clock += time.perf_counter() - began
            number += len(files)
            written += sum(d.record.passages for d in result.documents if d.record)
            shutil.rmtree(folder / "batch")
        processor = _cpu_seconds(resource.RUSAGE_SELF) + _cpu_seconds() - start - making
        record = result.documents[-1].record
        assert record is not None
        began = time.perf_counter()
        library.remove(record.id)
        removed = time.perf_counter() - began
        library.close()
        kept = data / "library"
        catalogue = sum(file.stat().st_size for file in kept.glob("catalogue.sqlite*")) / 1e6
        read = [sys.executable, "-m", "benchmarks.ingest_scale", "--search", str(data)]
        print(
            f"| {written:,} | {number:,} | {clock:.0f} | {processor:.0f} | {catalogue:.0f} "
            f"| {_disk_mb(kept / 'chroma'):.0f} | {_disk_mb(kept / 'lexical'):.0f} "
            f"| {_peak_mb(resource.RUSAGE_SELF):.0f} | {removed:.2f} "
            f"| {subprocess.run(read, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()} |",
            flush=True,
        )


def _search(data: Path) -> None:
    """Search an existing library as an open page does; prints the last columns of the table of sizes."""
    from assistant.legal.registry import Registry
    from assistant.library.library import Library
    from assistant.library.retrieval import Retriever
    from assistant.settings import load_settings

    library = Library(load_settings(data))
    retriever = Retriever(library, library.lexical_dir, library.embedder, Registry.load())
    rng = random.Random(1)
    questions = [" ".join(rng.choice(report_lines(n)[10:]).split()[:12]) for n in range(220)]
    # the first search reads the list of documents, as does the first one after each change
    first = _timed(lambda: retriever.search(questions[0]))[0]
    dense, whole = [], []
    for question in questions:
        vector = library.embedder.embed_query(question)
        dense.append(_timed(lambda vector=vector: library.vectors_near(vector, 50)))  # type: ignore[misc]
        whole.append(_timed(lambda question=question: retriever.search(question, k=10)))  # type: ignore[misc]
    columns = [_shown(dense[20:], 0), _shown(whole[20:], 0), _shown(whole[20:], 1)]
    # not getrusage: its peak is handed down from the process that started this one
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    print(f"{int(peak.group(1)) / 1024 if peak else math.nan:.0f} | {first:.0f} | {' | '.join(columns)}")
    library.close()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """(clock, processor) in milliseconds."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def _shown(times: Sequence[tuple[float, float]], part: int) -> str:
    values = [pair[part] for pair in times]
    return f"{median(values):.1f} / {quantiles(values, n=20)[-1]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
