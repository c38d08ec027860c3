"""What an officer is expected to know: terms with their legal meaning, and rules of form and reporting.

Read from `knowledge/practice`: `terms-*.yaml` and `rules-*.yaml`. Everything is said in our own words and names the
provision that it rests on.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.knowledge_files import load_knowledge
from assistant.paths import KNOWLEDGE


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it means.

    Attributes:
        name: as it stands at the beginning of its sentence, small first letter.
        also: other names of it, short forms among them.
        text: the sentence that explains it, with its provision.
        symbol: số ký hiệu of the document it is from; None where it is no document's own.
        topic: heading under which it is shown.
    """

    name: str
    also: tuple[str, ...]
    text: str
    symbol: str | None
    topic: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for the form of a document, for reporting or for government in a commune.

    Attributes:
        title: what it is about.
        asked: other words that officers ask for it by.
        says: its sentences, each with its provision.
        topic: heading under which it is shown.
        computes: whether it says how a figure is computed, and nothing of what it is.
    """

    title: str
    asked: tuple[str, ...]
    says: tuple[str, ...]
    topic: str
    computes: bool = False


@functools.cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the files: of two meanings of a word the first is the usual one."""
    return tuple(term for data in _files("terms") for source in data["sources"] for term in _terms(data, source))


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Every rule."""
    return tuple(
        Rule(row["title"], _split(row.get("asked", "")), tuple(_said(row, data)), data["topic"])
        for data in _files("rules")
        for row in data["rules"]
    )


def _files(kind: str) -> Iterator[Any]:
    for path in sorted((KNOWLEDGE / "practice").glob(f"{kind}-*.yaml")):
        yield load_knowledge(path)


def _terms(data: Any, source: Any) -> Iterator[Term]:
    for row in source["terms"]:
        where = f" ({row['at']} {source['name']})" if row.get("at") else f" ({source['name']})"
        name = row["term"]
        text = f"{name[:1].upper()}{name[1:]} {row.get('verb', 'là')} {row['means'].rstrip('.')}{where}."
        yield Term(name, _split(row.get("also", "")), text, source.get("symbol"), data["topic"])


def _said(row: Any, data: Any) -> Iterator[str]:
    says = [row["says"]] if isinstance(row["says"], str) else row["says"]
    at = row.get("at") or data.get("at")
    for text in says:
        yield f"{text.rstrip('.')} ({at})." if at and not text.rstrip(".").endswith(")") else f"{text.rstrip('.')}."


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
