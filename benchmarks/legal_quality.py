"""How well references are found, read and judged: counts with their denominators.

    python -m benchmarks.legal_quality [--failures N] [--write]

Three measures: the mentions of the sample reports and the verdicts of the sample citations (skipped where ../shared
is not there), and citations composed from the registry itself, right ones and ones with one planted error each.
"""

import argparse
import datetime
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.legal import Registry, RegistryDocument, extract, parse_symbol, verify
from assistant.legal.cite import cited_title
from assistant.vietnamese.dates import format_date

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "samples"
TABLE = ROOT / "docs" / "legal-quality.md"
_LATER = datetime.timedelta(days=3)


@dataclass
class Tally:
    """Hits and tries by name, with what went wrong."""

    right: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, good: bool, what: str) -> None:
        self.tried[name] += 1
        self.right[name] += good
        if not good:
            self.wrong[name].append(what)

    def lines(self) -> list[str]:
        return [
            f"| {name} | {self.right[name]} / {self.tried[name]} | {self.right[name] / self.tried[name]:.3f} |"
            for name in self.tried
        ]


def _same(a: str | None, b: str | None) -> bool:
    def plain(text: str | None) -> str:
        return " ".join(unicodedata.normalize("NFC", text or "").split()).strip(" ,;.").lower()

    return plain(a) == plain(b)


def sample_reports(registry: Registry, tally: Tally) -> None:
    """Recall and precision of mentions by their exact span, and the fields where one is written."""
    for path in sorted((SHARED / "gold").glob("*.references.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SHARED / "reports" / gold["file"]).read_bytes().decode("utf-8")
        found = extract(text, titles=registry.titles_of, law_names=registry.law_names).references
        by_span = {(r.start, r.end): r for r in found}
        spans = {(m["char_start"], m["char_end"]) for m in gold["mentions"]}
        for reference in found:
            tally.add(
                "mentions: precision", (reference.start, reference.end) in spans, f"{path.name}: {reference.text}"
            )
        for mention in gold["mentions"]:
            reference_or_none = by_span.get((mention["char_start"], mention["char_end"]))
            tally.add("mentions: recall", reference_or_none is not None, f"{mention['id']}: {mention['mention']}")
            if reference_or_none is not None:
                _fields(mention, reference_or_none, tally)


def _fields(mention: dict[str, Any], reference: Any, tally: Tally) -> None:
    read = {
        "type": reference.type,
        "symbol": reference.symbol,
        "date": reference.date.isoformat() if reference.date else None,
        "issuer": reference.issuer,
        "title": reference.title,
    }
    for name, value in read.items():
        if mention[name] is not None:
            good = _same(mention[name], value)
            tally.add(f"{name} where written", good, f"{mention['id']}: {mention[name]!r} / {value!r}")
        elif name in ("date", "issuer", "title"):
            tally.add(f"{name} left out where none", value is None, f"{mention['id']}: {value!r}")


def sample_citations(registry: Registry, tally: Tally) -> None:
    """Verdicts of the sample citations; a date that stands alone is no reference and left to the check of dates."""
    data = yaml.safe_load((SHARED / "gold" / "citations.verdicts.yaml").read_text(encoding="utf-8"))
    for citation in data["citations"]:
        verified = verify(citation["text"], registry, datetime.date.fromisoformat(citation["report_date"]))
        expected = citation["expected"]
        if not verified and parse_symbol(citation["text"]) is None and expected["right"][:2].isdigit():
            continue
        got = verified[0].verdict if verified else None
        good = got == expected["verdict"] or got in expected["also"]
        tally.add(f"citation: {expected['verdict']}", good, f"{citation['id']}: {citation['text']} -> {got}")


@dataclass(frozen=True)
class Composed:
    name: str
    text: str
    on: datetime.date
    verdicts: tuple[str, ...]


_OTHER_ISSUER = {
    "Chính phủ": "Thủ tướng Chính phủ",
    "Thủ tướng Chính phủ": "Chính phủ",
    "Bộ Chính trị": "Ban Bí thư",
    "Ban Bí thư": "Bộ Chính trị",
}


def composed(document: RegistryDocument) -> Iterator[Composed]:
    """Right citations of an entry and citations with one error each."""
    date = document.date
    assert date is not None
    on = max(document.effective_from or date, date) + _LATER
    if document.effective_to and on >= document.effective_to:
        return
    law = document.type == "Luật"
    head = f"{document.title if law else document.type} số {document.symbol}"
    issuer = "" if law else f" của {document.issuer}"
    title = "" if law else f" {cited_title(document) or ''}".rstrip()
    day = format_date(date)
    yield Composed("right: in full", f"{head} ngày {day}{issuer}{title}", on, ("ok",))
    yield Composed(
        "right: date in words", f"{head} ngày {date:%d} tháng {date.month} năm {date.year}{issuer};", on, ("ok",)
    )
    yield Composed("right: capitals", f"{head} ngày {day}{issuer}{title}".upper(), on, ("ok",))
    yield Composed("right: no date", f"{head}{issuer}{title}.", on, ("ok", "incomplete"))
    yield from _wrong_dates(head, issuer + title, date, on)
    if not law and "Bộ Chính trị," not in (document.issuer or ""):
        other = _OTHER_ISSUER.get(document.issuer or "", "Bộ Chính trị")
        yield Composed("wrong issuer", f"{head} ngày {day} của {other}{title}", on, ("wrong_issuer",))
    yield from _wrong_symbols(document, f"ngày {day}{issuer}{title}", on)
    if document.effective_to and document.replaced_by:
        after = document.effective_to + datetime.timedelta(days=40)
        yield Composed("superseded", f"{head} ngày {day}{issuer}", after, ("superseded",))


def _wrong_dates(head: str, tail: str, date: datetime.date, on: datetime.date) -> Iterator[Composed]:
    if date.day <= 12 and date.day != date.month:
        text = f"{head} ngày {date.month:02d}/{date.day}/{date.year}{tail}"
        yield Composed("wrong date: day and month swapped", text, on, ("wrong_date",))
    other = date + datetime.timedelta(days=2 if date.day < 20 else -2)
    yield Composed("wrong date: day", f"{head} ngày {format_date(other)}{tail}", on, ("wrong_date",))
    if (date.month, date.day) != (2, 29):
        last_year = format_date(date.replace(year=date.year - 1))
        yield Composed("wrong date: year", f"{head} ngày {last_year}{tail}", on, ("wrong_date",))


def _wrong_symbols(document: RegistryDocument, tail: str, on: datetime.date) -> Iterator[Composed]:
    symbol = parse_symbol(document.symbol)
    assert symbol is not None
    kind = document.type
    year = f"/{symbol.year}" if symbol.year else ""
    if symbol.code:
        other = "Kế hoạch" if not kind.startswith("Kế hoạch") else "Chỉ thị"
        yield Composed("wrong type", f"{other} số {document.symbol} {tail}", on, ("wrong_type",))
    if symbol.system == "state":
        text = f"{kind} số {symbol.number}{year}-{symbol.code}/{'-'.join(symbol.organs)} {tail}"
        yield Composed("malformed: separators", text, on, ("malformed",))
    if symbol.system == "party":
        text = f"{kind} số {symbol.number}/{symbol.code}-{symbol.organ} {tail}"
        yield Composed("malformed: separators", text, on, ("malformed",))
    if symbol.code in ("NĐ", "TT"):
        yield Composed(
            "malformed: no year", f"{kind} số {symbol.number}/{symbol.code}-{symbol.organ} {tail}", on, ("malformed",)
        )
    number = symbol.number
    if (
        symbol.code
        and number.isdigit()
        and number[-2:] != number[-2:][::-1]
        and len((cited_title(document) or "").split()) > 5
    ):
        slip = document.symbol.replace(number, number[:-2] + number[-1] + number[-2], 1)
        yield Composed("wrong number: digits swapped", f"{kind} số {slip} {tail}", on, ("wrong_number",))


def registry_citations(registry: Registry, tally: Tally) -> None:
    """Composed citations of every entry whose date, issuer and symbol are confirmed."""
    for document in registry.documents:
        sure = document.date and all(document.verified(name) for name in ("date", "issuer", "symbol"))
        if document.local or document.confidence == "memory" or not sure:
            continue
        for citation in composed(document):
            verified = verify(citation.text, registry, citation.on)
            got = verified[0].verdict if verified else None
            tally.add(citation.name, got in citation.verdicts, f"{citation.text[:160]} -> {got}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", type=int, default=3, help="failures shown of each kind")
    parser.add_argument("--write", action="store_true", help="also write docs/legal-quality.md")
    args = parser.parse_args()
    registry = Registry.load()
    out = ["| measure | right / tried | share |", "|---|---|---|"]
    tallies = []
    for name, measure in (
        ("Mentions in the sample reports", sample_reports),
        ("Sample citations", sample_citations),
        ("Citations composed from the registry", registry_citations),
    ):
        if measure is not registry_citations and not SHARED.is_dir():
            print(f"{name}: skipped, ../shared is not there")
            continue
        tally = Tally()
        measure(registry, tally)
        out += [f"| **{name}** | | |", *tally.lines()]
        tallies.append(tally)
    print("\n".join(out))
    for tally in tallies:
        for name, failures in tally.wrong.items():
            print("\n".join(f"{name}: {failure}" for failure in failures[: args.failures]))
    if args.write:
        head = ["# References and verdicts: measured", "", "`python -m benchmarks.legal_quality --write`", ""]
        TABLE.write_text("\n".join([*head, *out, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
