"""How long a check takes, and that it grows in line with the length.

    python -m benchmarks.check_speed

The text is one of the fictional reports, its paragraphs repeated with their figures changed until it has 15, 30, 60
and 120 pages of 420 words.
"""

import random
import re
import time
from collections.abc import Mapping

from assistant.check.checker import check_document
from assistant.legal import Registry
from assistant.library.models import SourceDocument
from assistant.library.reading.plain import line_blocks
from assistant.paths import ROOT
from assistant.reports import ReportType, load_report_types

WORDS_A_PAGE = 420


def long_report(pages: int) -> str:
    """A report of about `pages` pages."""
    text = (ROOT / "tests" / "check" / "data" / "an-hoa-9-thang.txt").read_text(encoding="utf-8")
    head, _, rest = text.partition("I. CÔNG TÁC")
    body, closing, end = rest.partition("Trên đây")
    body = "I. CÔNG TÁC" + body
    rng = random.Random(5)
    pieces = [head]
    words = 0
    while words < pages * WORDS_A_PAGE:
        piece = re.sub(r"(?<![\d/.,-])\d{2,3}(?![\d/.,-])", lambda m: str(int(m.group()) + rng.randrange(1, 9)), body)
        pieces.append(piece)
        words += len(piece.split())
    return "".join(pieces) + closing + end


def main() -> None:
    registry, types = Registry.load(), load_report_types()
    check_document(SourceDocument("warm", "txt", "Ấm máy.", ()), registry=registry, report_types=types)
    for pages in (15, 30, 60, 120):
        text = long_report(pages)
        source = SourceDocument("long.txt", "txt", text, line_blocks(text))
        wall, cpu = min(_seconds(source, registry, types) for _ in range(2))
        print(
            f"{pages:4} pages, {len(text.split()):,} words: {wall:.2f} s, {cpu:.2f} s of processor, "
            f"{1000 * cpu / pages:.1f} ms a page"
        )


def _seconds(source: SourceDocument, registry: Registry, types: Mapping[str, ReportType]) -> tuple[float, float]:
    """On the wall, and of the processor (which other programs on the machine do not lengthen)."""
    wall, cpu = time.perf_counter(), time.process_time()
    check_document(source, registry=registry, report_types=types)
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
