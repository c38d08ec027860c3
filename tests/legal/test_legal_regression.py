"""What a change of the grammar gains and loses: the committed list of references of tests/legal/data/sentences.txt.

After a wanted change `python -m tests.legal.test_legal_regression` writes the list anew; commit its diff too.
"""

from pathlib import Path

from assistant.legal import Registry, extract

DATA = Path(__file__).resolve().parent / "data"


def found_references() -> list[str]:
    """One line per reference: line of the text, mention, type, symbol, date, issuer, title."""
    registry = Registry.load()
    rows = []
    for number, line in enumerate((DATA / "sentences.txt").read_text(encoding="utf-8").splitlines(), start=1):
        for r in extract(line, titles=registry.titles_of, law_names=registry.law_names).references:
            values = [str(number), r.text, r.type, r.symbol, r.date or r.date_text, r.issuer, r.title, r.resolved]
            rows.append("\t".join("-" if value is None else str(value) for value in values))
    return rows


def test_no_reference_is_gained_or_lost_unseen():
    committed = (DATA / "references.tsv").read_text(encoding="utf-8").splitlines()
    found = found_references()
    gained, lost = sorted(set(found) - set(committed)), sorted(set(committed) - set(found))
    assert (gained, lost) == ([], [])


if __name__ == "__main__":
    (DATA / "references.tsv").write_text("\n".join(found_references()) + "\n", encoding="utf-8")
