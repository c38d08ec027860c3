"""How many typing slips the speller finds, and how many words it blames wrongly.

    python -m benchmarks.check_spelling [SHARED]

Texts that were not counted for the model: law articles of the retrieval benchmark's question half and the three sample
reports with their known misspellings set aside. One syllable in about 80 is replaced by one that a single slip of the
keyboard, a wrong mark or a wrong tone makes of it (the slip may give a syllable that exists, or one that does not).
"""

import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.check.spelling.edits import Confusions
from assistant.check.spelling.speller import default_speller, tokens_of
from assistant.check.spelling.syllables import inventory
from assistant.paths import ROOT
from assistant.vietnamese.text import nfc

WARNING, REMARK, EVERY = 2.75, 2.3, 80


def law_paragraphs(shared: Path, words: int) -> Iterator[str]:
    """Paragraphs of articles that the counts do not hold."""
    with gzip.open(shared / "bench" / "legal-articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [a for line in lines if (a := json.loads(line))["src"] != "phapdien"]
    random.Random(7).shuffle(articles)
    for article in articles:
        for paragraph in nfc(article["text"]).split("\n"):
            if len(paragraph.split()) > 15:
                words -= len(paragraph.split())
                yield " ".join(paragraph.split())
        if words < 0:
            return


def report_paragraphs(shared: Path) -> Iterator[str]:
    """Paragraphs of the sample reports without the ones in which a reviewer found a misspelling."""
    from assistant.check.build import build_report
    from assistant.library.models import SourceDocument
    from assistant.library.reading.plain import line_blocks

    for path in sorted((shared / "samples" / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        gold = json.loads((shared / "samples" / "gold" / f"{path.stem}.findings.json").read_text())["errors"]
        bad = [g["char_start"] for g in gold if g["category"] in ("spelling", "duplicated_text")]
        for paragraph in build_report(SourceDocument(path.name, "txt", text, line_blocks(text))).prose:
            start, end = paragraph.whole
            if len(paragraph.text.split()) > 15 and not any(start <= at < end for at in bad):
                yield paragraph.text


def spoil(paragraph: str, rng: random.Random, confusions: Confusions) -> tuple[str, list[tuple[int, int]]]:
    """The paragraph with slips, and where they stand."""
    out, spans, at = "", [], 0
    for token in tokens_of(paragraph):
        if rng.random() * EVERY >= 1 or not token.prose or not token.text.islower() or len(token.text) < 2:
            continue
        wrong = [w for w in confusions.near(token.text) if w != token.text]
        if wrong:
            out += paragraph[at : token.start] + (slip := rng.choice(sorted(wrong)))
            spans.append((len(out) - len(slip), len(out)))
            at = token.end
    return out + paragraph[at:], spans


def measure(name: str, paragraphs: list[str]) -> None:
    speller, rng = default_speller(), random.Random(11)
    confusions = Confusions.of(inventory())
    counts = dict.fromkeys(("words", "slips", "warned", "remarked", "false", "false_remarks"), 0)
    began = time.perf_counter()
    for paragraph in paragraphs:
        counts["words"] += len(paragraph.split())
        for found in speller.suspicions(paragraph, REMARK):
            counts["false" if found.score >= WARNING or found.kind == "syllable" else "false_remarks"] += 1
        spoilt, spans = spoil(paragraph, rng, confusions)
        hits = speller.suspicions(spoilt, REMARK)
        for start, end in spans:
            counts["slips"] += 1
            best = [h for h in hits if h.start < end and start < h.end]
            counts["remarked"] += bool(best)
            counts["warned"] += any(h.score >= WARNING or h.kind == "syllable" for h in best)
    seconds = time.perf_counter() - began
    slips, words = max(counts["slips"], 1), counts["words"]
    print(
        f"{name}: {counts['warned']}/{slips} slips warned of ({counts['warned'] / slips:.2f}), "
        f"{counts['remarked']}/{slips} with remarks "
        f"({counts['remarked'] / slips:.2f}); false warnings {counts['false']} and remarks "
        f"{counts['false_remarks']} in {words:,} words "
        f"({1000 * counts['false'] / words:.2f} warnings per 1,000); {2 * words / seconds:,.0f} words/s"
    )


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    measure("law articles not counted", list(law_paragraphs(shared, 40_000)))
    measure("sample reports", list(report_paragraphs(shared)))


if __name__ == "__main__":
    main()
