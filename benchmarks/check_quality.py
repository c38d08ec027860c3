"""What a check finds of the defects that careful reviewers marked, and what it blames besides.

    python -m benchmarks.check_quality [--verbose]            the samples beside the project, and tests/check/data
    python -m benchmarks.check_quality FOLDER [--verbose]     a folder of reports (NAME.txt) and their gold (NAME.yaml)

The samples (../shared/samples) have a gold that lists every defect with severity and confidence. A gold in YAML holds
`findings`, rows of `quote`, `category`, `severity` (error where left out; info rows explain a finding and are not asked
for) and `occurrence` (which occurrence of the quote, the first where left out), and may hold `report_date`.
A defect is found where a finding (or the verdict on a reference) of the same category overlaps its span; the verdicts
on an issuer and a title cover the words that name them too. An error or warning counts as extra where no defect of its
category in the gold overlaps it.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.check.checker import check_document
from assistant.check.model import CheckResult
from assistant.knowledge_files import load_knowledge
from assistant.legal import Registry
from assistant.library.models import SourceDocument
from assistant.library.reading.plain import line_blocks
from assistant.paths import ROOT
from assistant.reports import load_report_types

VERDICT_CATEGORY = {
    "wrong_title": "citation_mismatch",
    "wrong_date": "citation_mismatch",
    "wrong_number": "citation_mismatch",
    "inconsistent": "citation_mismatch",
    "wrong_issuer": "wrong_issuer",
    "wrong_type": "wrong_doc_type",
    "superseded": "superseded_reference",
    "malformed": "malformed_number",
}
_SPANS = {"wrong_title": "title_span", "wrong_issuer": "issuer_span"}


@dataclass(frozen=True, slots=True)
class Place:
    """A defect or a finding: category, span, severity, what it says."""

    category: str
    start: int
    end: int
    severity: str
    text: str


@dataclass(slots=True)
class Tally:
    """Sums over reports; by category (found, wanted)."""

    words: int = 0
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    extra: list[tuple[str, Place]] = field(default_factory=list)
    missed: list[tuple[str, Place]] = field(default_factory=list)


def findings_of(result: CheckResult) -> list[Place]:
    """Findings with a place, and the verdicts on references under the category they stand for."""
    places = [
        Place(f.category, f.start, f.end, f.severity, " ".join(f.text.split()))
        for f in result.findings
        if f.start is not None and f.end is not None
    ]
    for reference in result.references:
        for verdict in (reference["verdict"], *reference["also"]):
            category = VERDICT_CATEGORY.get(str(verdict))
            if verdict == "wrong_date" and reference["date"] is None:
                category = "impossible_date"
            if category:
                start, end = reference["start"], reference["end"]
                span = reference[_SPANS[str(verdict)]] if verdict in _SPANS else None
                if span:
                    start, end = min(start, span[0]), max(end, span[1])
                severity = str(reference["severity"]) if verdict == reference["verdict"] else "info"
                places.append(Place(category, start, end, severity, str(reference["text"])))
    return places


def overlaps(a: Place, b: Place) -> bool:
    return a.category == b.category and a.start < b.end and b.start < a.end


def count(
    tally: Tally, name: str, words: int, findings: list[Place], wanted: list[Place], explained: list[Place]
) -> None:
    tally.words += words
    for one in wanted:
        tally.wanted[one.category] += 1
        if any(overlaps(one, finding) for finding in findings):
            tally.found[one.category] += 1
        else:
            tally.missed.append((name, one))
    for finding in findings:
        if finding.severity in ("error", "warning") and not any(overlaps(finding, one) for one in explained):
            tally.extra.append((name, finding))


def check_text(name: str, text: str, registry: Any, types: Any, day: date | None = None) -> CheckResult:
    source = SourceDocument(name, "txt", text, line_blocks(text))
    return check_document(source, registry=registry, report_types=types, report_date=day)


def samples(shared: Path, registry: Any, types: Any) -> Tally:
    tally = Tally()
    for path in sorted((shared / "samples" / "reports").glob("*.txt")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
        gold = json.loads((shared / "samples" / "gold" / f"{path.stem}.findings.json").read_text(encoding="utf-8"))[
            "errors"
        ]
        places = [Place(g["category"], g["char_start"], g["char_end"], g["severity"], g["quote"]) for g in gold]
        certain = [g["severity"] in ("error", "warning") and g["confidence"] == "high" for g in gold]
        wanted = [place for place, keep in zip(places, certain, strict=True) if keep]
        count(
            tally,
            path.stem,
            len(text.split()),
            findings_of(check_text(path.name, text, registry, types)),
            wanted,
            places,
        )
    return tally


def folder(path: Path, registry: Any, types: Any) -> Tally:
    """Every report of a folder that has a gold beside it."""
    tally = Tally()
    for report in sorted(path.glob("*.txt")):
        text = report.read_text(encoding="utf-8")
        gold = load_knowledge(report.with_suffix(".yaml").resolve())
        places = [place_of(text, row) for row in gold["findings"]]
        day = date.fromisoformat(str(gold["report_date"])) if gold.get("report_date") else None
        findings = findings_of(check_text(report.name, text, registry, types, day))
        wanted = [place for place in places if place.severity != "info"]
        count(tally, report.stem, len(text.split()), findings, wanted, places)
    return tally


def place_of(text: str, row: dict[str, Any]) -> Place:
    start = -1
    for _ in range(row.get("occurrence") or 1):
        start = text.index(row["quote"], start + 1)
    return Place(row["category"], start, start + len(row["quote"]), row.get("severity", "error"), row["quote"])


def show(title: str, tally: Tally, seconds: float, verbose: bool) -> None:
    found, wanted = tally.found.total(), tally.wanted.total()
    rate = 1000 * len(tally.extra) / max(tally.words, 1)
    print(
        f"{title}: {found}/{wanted} found, recall {found / max(wanted, 1):.2f}; "
        f"{len(tally.extra)} unexplained errors or warnings",
        end=" ",
    )
    print(f"in {tally.words:,} words, {rate:.2f} per 1,000; {seconds:.2f} s")
    for category, n in sorted(tally.wanted.items()):
        print(f"  {category:22} {tally.found[category]:2}/{n}")
    if verbose:
        for name, one in tally.missed:
            print(f"  missed  {name}: {one.category} «{one.text[:90]}»")
        for name, one in tally.extra:
            print(f"  extra   {name}: {one.category} {one.severity} «{one.text[:90]}»")


def main() -> None:
    verbose = "--verbose" in sys.argv
    folders = [Path(argument) for argument in sys.argv[1:] if argument != "--verbose"]
    registry, types = Registry.load(), load_report_types()
    shared = ROOT.parent / "shared"
    began = time.perf_counter()
    if not folders and (shared / "samples" / "gold").is_dir():
        tally = samples(shared, registry, types)
        title = "sample reports (severity error or warning, confidence high)"
        show(title, tally, time.perf_counter() - began, verbose)
    elif not folders:
        print(f"sample reports: not there ({shared})")
    for path in folders or [ROOT / "tests" / "check" / "data"]:
        began = time.perf_counter()
        show(str(path.name), folder(path, registry, types), time.perf_counter() - began, verbose)


if __name__ == "__main__":
    main()
