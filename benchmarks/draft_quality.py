"""How much of the inputs a draft carries, whether it says more than they do, and how long it takes.

    python -m benchmarks.draft_quality [--inputs FILE ...] [--json]

Without files the examples that ship are measured. For each file: values found / values given (numbers, dates, truth
values and document symbols by their printed form; free text by its words in one paragraph or cell), what was not found,
unsupported statements, rules broken, seconds.
"""

import argparse
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.draft import Draft, docx_bytes, draft_report
from assistant.draft.facts import is_given
from assistant.legal.registry import Registry
from assistant.paths import KNOWLEDGE
from assistant.reports import get_report_type, load_topics, read_inputs
from assistant.reports.inputs import Inputs
from assistant.vietnamese.abbreviations import expand
from assistant.vietnamese.dates import format_date, parse_date
from assistant.vietnamese.numbers import format_number, parse_number
from assistant.vietnamese.text import fold

# words that a share of which must stand in one paragraph for a free text to count as told
_SHARE = 0.9
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Coverage:
    """Values of the inputs found in a draft."""

    found: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.found + len(self.lost)

    @property
    def share(self) -> float:
        return self.found / self.total if self.total else 1.0


def scalars(inputs: Inputs) -> Iterator[tuple[str, Any]]:
    """Every scalar value given, with its path."""
    for name, value in inputs.header.items():
        yield from _walk(f"header.{name}", value)
    for section, values in inputs.sections.items():
        for name, value in values.items():
            yield from _walk(f"{section}.{name}", value)
    for name, value in inputs.flat.items():
        yield from _walk(name, value)


def _walk(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(f"{path}.{key}", item)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _walk(f"{path}[{index}]", item)
    elif is_given(value):
        yield path, value


def pieces(draft: Draft) -> list[str]:
    """The draft in pieces: header lines, headings, paragraphs, cells with their column heading."""
    head = draft.header
    found = [*head.superior, *head.agency, head.number, head.place_date, draft.title, head.signer, *head.addressees,
             *head.recipients, *head.authority, head.attached_to]  # fmt: skip
    found += [paragraph.text for paragraph in draft.paragraphs()]
    for section in draft.sections:
        found.append(section.heading)
        for table in section.tables:
            found.append(table.caption)
            found += [cell.text for row in table.rows for cell in row if cell.text]
    return found


def coverage(inputs: Inputs, draft: Draft) -> Coverage:
    """Which values of the inputs the draft tells."""
    told = pieces(draft)
    whole = "\n".join(told)
    words = [set(_WORD.findall(fold(piece))) for piece in told]
    evidenced = {
        (getattr(item, "section", None) or "header", getattr(item, "field", ""))
        for paragraph in draft.paragraphs()
        for item in paragraph.evidence
    }
    result = Coverage()
    for path, value in scalars(inputs):
        section, _, rest = path.partition(".")
        name = re.split(r"[.\[]", rest)[0]
        if _told(value, whole, words) or (value in (0, False, True) and (section, name) in evidenced):
            result.found += 1
        else:
            result.lost.append(f"{path} = {value}")
    return result


def _told(value: Any, whole: str, words: list[set[str]]) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, date):
        return format_date(value) in whole or format_date(value).split("/")[2] in whole
    if isinstance(value, int | float | Decimal):
        return any(_stands(form, whole) for form in _forms(value))
    text = str(value)
    if (day := parse_date(text)) is not None:
        return format_date(day) in whole
    if (number := parse_number(text)) is not None:
        return any(_stands(form, whole) for form in _forms(number)) or text in whole
    # the draft writes abbreviations out at their first mention
    forms = [set(_WORD.findall(fold(form))) for form in (text, expand(text))]
    return any(len(wanted & piece) >= _SHARE * len(wanted) for wanted in forms for piece in words) or not all(forms)


def _forms(value: int | float | Decimal) -> set[str]:
    shown = format_number(value)
    return {shown, f"{shown}%"} | ({f"{int(value):02d}"} if value == int(value) and 0 <= value < 10 else set())


def _stands(form: str, whole: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d%]|[.,]\d)", whole) is not None or (
        form.endswith("%") and re.search(rf"(?<![\d.,]){re.escape(form)}", whole) is not None
    )


def measure(path: Path, registry: Registry) -> dict[str, Any]:
    """The figures of one inputs file."""
    raw = read_report_type(path)
    report_type = get_report_type(raw)
    inputs = read_inputs(path, report_type)
    started = time.perf_counter()
    draft = draft_report(report_type, load_topics(), inputs, registry)
    document = docx_bytes(draft)
    seconds = time.perf_counter() - started
    found = coverage(inputs, draft)
    return {
        "file": path.name,
        "values": found.total,
        "found": found.found,
        "share": round(found.share, 4),
        "lost": found.lost,
        "unsupported": len(draft.unsupported),
        "missing": sum(len(section.missing) for section in draft.sections),
        "problems": len(draft.problems),
        "docx_bytes": len(document),
        "seconds": round(seconds, 3),
    }


def read_report_type(path: Path) -> str:
    """The report type that an inputs file names."""
    found = re.search(r"^[\"']?report_type[\"']?\s*:\s*[\"']?(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{path}: không ghi report_type")
    return found.group(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=Path, nargs="*", default=sorted((KNOWLEDGE / "examples").glob("*.yaml")))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    registry = Registry.load()
    rows = [measure(path, registry) for path in args.inputs]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print(f"{row['file']}: {row['found']}/{row['values']} = {row['share']:.4f}; unsupported {row['unsupported']}; "
              f"missing {row['missing']}; problems {row['problems']}; {row['seconds']} s")  # fmt: skip
        for lost in row["lost"]:
            print(f"    not found: {lost}")
    values, found = sum(row["values"] for row in rows), sum(row["found"] for row in rows)
    print(f"all: {found}/{values} = {found / max(values, 1):.4f}; slowest {max(row['seconds'] for row in rows)} s")


if __name__ == "__main__":
    main()
