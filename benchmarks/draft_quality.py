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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.draft import Draft, docx_bytes, draft_report
from assistant.draft.facts import is_given
from assistant.evidence import Evidence, InputFigure
from assistant.legal.registry import Registry
from assistant.paths import KNOWLEDGE
from assistant.reports import get_report_type, load_topics, read_inputs
from assistant.reports.fields import DOCUMENT_COLUMNS
from assistant.reports.inputs import HEADER, Inputs
from assistant.vietnamese.abbreviations import expand
from assistant.vietnamese.dates import format_date, parse_date
from assistant.vietnamese.numbers import format_number, parse_number
from assistant.vietnamese.text import fold

# words that a share of which must stand in one paragraph for a free text to count as told
_SHARE = 0.9
_OF_DOCUMENTS = frozenset(column.name for column in DOCUMENT_COLUMNS)
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
        yield from _walk(f"flat.{name}", value)


def _walk(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            # rows are numbered anew
            if key != "stt":
                yield from _walk(f"{path}.{key}", item)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _walk(f"{path}[{index}]", item)
    elif is_given(value):
        yield path, value


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, cell or line of the header: its text, its words, its section, the fields it is evidence of."""

    text: str
    words: frozenset[str]
    section: str = HEADER
    fields: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, section: str = HEADER, evidence: Sequence[Evidence] = ()) -> "Piece":
        fields = frozenset(item.field for item in evidence if isinstance(item, InputFigure))
        # the draft writes abbreviations out at their first mention
        return cls(text, _words(text) | _words(expand(text)), section, fields)


def pieces(draft: Draft) -> list[Piece]:
    """The draft in pieces: lines above and below the body, headings, paragraphs, cells."""
    head = draft.header
    lines = [*head.superior, *head.agency, head.number, head.place_date, draft.title, head.signer, *head.addressees,
             *head.recipients, " ".join(head.authority), head.attached_to]  # fmt: skip
    found = [Piece.of(line) for line in (*lines, *(section.heading for section in draft.sections))]
    found += [Piece.of(p.text, HEADER, p.evidence) for p in (*draft.opening, *draft.closing)]
    for section in draft.sections:
        found += [Piece.of(p.text, section.id, p.evidence) for p in section.paragraphs]
        cells = (cell for table in section.tables for row in table.rows for cell in row if cell.text)
        found += [Piece.of(cell.text, section.id, cell.evidence) for cell in cells]
    return found


def coverage(inputs: Inputs, draft: Draft) -> Coverage:
    """Which values of the inputs the draft tells: a section's values in the section or where their field is the
    evidence; those of the header, and of documents, which are cited in full once, anywhere."""
    told = pieces(draft)
    result = Coverage()
    for path, value in scalars(inputs):
        section, name, key = (*re.split(r"[.\[]", path.replace("].", "."), maxsplit=2), "")[:3]
        if path == "header.report_date" and isinstance(value, str):
            # "(ngày để trống)" is a remark to whoever fills the form
            value = re.sub(r"\s*\(.*\)", "", value)
        own = [piece for piece in told if name in piece.fields]
        places = [piece for piece in told if name in piece.fields or piece.section == section]
        if section == HEADER or key.rpartition(".")[2] in _OF_DOCUMENTS:
            places = told
        if any(_told(value, piece) for piece in places) or (value in (0, False, True) and own):
            result.found += 1
        else:
            result.lost.append(f"{path} = {value}")
    return result


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _told(value: Any, piece: Piece) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, date):
        return format_date(value) in piece.text or f"tháng {value.month:d} năm {value.year:d}" in piece.text
    if isinstance(value, int | float | Decimal):
        return any(_stands(form, piece.text) for form in _forms(value))
    text = str(value)
    if (day := parse_date(text)) is not None:
        return format_date(day) in piece.text
    if (number := parse_number(text)) is not None:
        return any(_stands(form, piece.text) for form in _forms(number)) or text in piece.text
    forms = [_words(form) for form in (text, expand(text))]
    return any(len(wanted & piece.words) >= _SHARE * len(wanted) for wanted in forms) or not all(forms)


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
    found = re.search(r"^\s*[\"']?report_type[\"']?\s*:\s*[\"']?(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
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
