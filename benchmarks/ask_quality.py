"""How many questions are answered right: `python -m benchmarks.ask_quality [QUESTIONS.yaml …]`.

Without arguments the sample questions beside the project are asked; then `benchmarks/ask_questions/*.yaml`. The
library is the built-in knowledge and the sample documents (`--samples FOLDER`), ingested into a temporary folder
unless `--data-dir` names one that is kept between runs.

A question is right where every `must_include` is in the answer (`||` parts alternatives, case and Unicode form do not
matter, 1.941 and 1941 are one number), none of `must_not_include` is, and it is declined exactly where it has to be.
"""

import argparse
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.application import Application
from assistant.settings import load_settings
from benchmarks.ask_noise import variants

ROOT = Path(__file__).resolve().parent
SAMPLES = ROOT.parent.parent / "shared" / "samples"
FORMS = ("clean", "no_diacritics", "abbreviated", "typo")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question in one form: what was missing from the answer, what should not have been in it."""

    category: str
    form: str
    question_id: str
    question: str
    answer: str
    refused: bool
    should_refuse: bool
    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    bad_citations: int
    milliseconds: float

    @property
    def right(self) -> bool:
        return not self.missing and not self.wrong and self.refused == self.should_refuse


def plain(text: str) -> str:
    """NFC, lower case, thousands without their dot."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", lowered)


def includes(answer: str, alternatives: object) -> bool:
    """Whether one of the alternatives is in the answer; a bare number only as a whole one."""
    for wanted in str(alternatives).split("||"):
        text = plain(wanted.strip())
        pattern = rf"(?<![\d,]){re.escape(text)}(?![\d])" if text[:1].isdigit() else re.escape(text)
        if re.search(pattern, answer):
            return True
    return False


def forms(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The question in each of its forms."""
    yield "clean", str(question["question"])
    yield from ((question.get("variants") or variants(str(question["question"]))).items())


def judge(question: Mapping[str, Any], form: str, text: str, application: Application) -> Outcome:
    """Ask and compare."""
    started = time.perf_counter()
    answer = application.ask(text)
    took = (time.perf_counter() - started) * 1000
    said = plain(answer.text)
    return Outcome(
        str(question["category"]),
        form,
        str(question["id"]),
        text,
        answer.text,
        answer.refused,
        bool((question.get("expected") or {}).get("decline")),
        tuple(str(m) for m in question.get("must_include") or () if not includes(said, m)),
        tuple(str(m) for m in question.get("must_not_include") or () if includes(said, m)),
        bad_citations(answer, application),
        took,
    )


def bad_citations(answer: Any, application: Application) -> int:
    """Citations whose quote is not a verbatim span of the passage; citations of a refusal count too."""
    if answer.refused:
        return len(answer.sources)
    bad = 0
    for source in answer.sources:
        if source.passage_id is not None:
            passages = application.library.passages([source.passage_id])
            bad += not passages or passages[0].text[source.start : source.end] != source.quote
    return bad


def table(outcomes: Sequence[Outcome]) -> str:
    """Right of all, by category and form."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for outcome in outcomes:
        for category in (outcome.category, "all"):
            counts[category, outcome.form].append(outcome.right)
    names = [form for form in FORMS if any(f == form for _, f in counts)]
    lines = ["| category | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for category in sorted({c for c, _ in counts}, key=lambda c: (c == "all", c)):
        cells = [f"{sum(counts[category, f])}/{len(counts[category, f])}" for f in names]
        lines.append(f"| {category} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def summary(outcomes: Sequence[Outcome]) -> str:
    """Declines, citations, speed."""
    due = [o for o in outcomes if o.should_refuse]
    answerable = [o for o in outcomes if not o.should_refuse]
    times = sorted(o.milliseconds for o in outcomes)
    return (
        f"unanswerable declined {sum(o.refused for o in due)}/{len(due)}; "
        f"answerable declined {sum(o.refused for o in answerable)}/{len(answerable)}; "
        f"bad citations {sum(o.bad_citations for o in outcomes)}; "
        f"ms p50 {times[len(times) // 2]:.0f}, p95 {times[int(len(times) * 0.95)]:.0f}, max {times[-1]:.0f}"
    )


def run(questions: Iterable[Mapping[str, Any]], application: Application) -> list[Outcome]:
    """Ask every question in every form."""
    return [judge(question, form, text, application) for question in questions for form, text in forms(question)]


def report(name: str, outcomes: Sequence[Outcome], show: bool) -> None:
    print(f"\n## {name}\n{table(outcomes)}\n{summary(outcomes)}")
    for outcome in outcomes if show else ():
        if not outcome.right:
            print(f"\n[{outcome.question_id} {outcome.form}] {outcome.question}")
            print(f"  missing {list(outcome.missing)} wrong {list(outcome.wrong)} refused {outcome.refused}")
            print("  " + outcome.answer.replace("\n", "\n  "))


def load(path: Path) -> list[Mapping[str, Any]]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return list(data["questions"] if isinstance(data, dict) else data)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", type=Path)
    parser.add_argument("--samples", type=Path, default=SAMPLES)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--show", action="store_true", help="print the answers that are not right")
    parser.add_argument("--only", help="only questions whose id begins so")
    parser.add_argument("--json", type=Path, help="write every outcome")
    args = parser.parse_args(argv)
    paths = args.questions or [
        p
        for p in (args.samples / "gold" / "questions.yaml", *sorted((ROOT / "ask_questions").glob("*.yaml")))
        if p.exists()
    ]
    with tempfile.TemporaryDirectory() as folder:
        application = Application(load_settings(args.data_dir or Path(folder)))
        if not application.library.documents():
            application.library.ingest_builtin()
            folders = [args.samples / name for name in ("reports", "central", "plans")]
            application.ingest([folder for folder in folders if folder.exists()])
            application.ingest([ROOT / "ask_questions" / "documents"])
        everything: list[Outcome] = []
        for path in paths:
            chosen = [q for q in load(path) if not args.only or str(q["id"]).startswith(args.only)]
            outcomes = run(chosen, application)
            everything += outcomes
            report(path.stem, outcomes, args.show)
        if args.json:
            rows = [{"right": o.right, "id": o.question_id, "form": o.form, "answer": o.answer} for o in everything]
            args.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        application.library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
