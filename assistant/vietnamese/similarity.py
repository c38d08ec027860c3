"""The nearest known names to one that was mistyped."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from assistant.vietnamese.text import fold


def nearest(given: str, names: Iterable[str], n: int = 3, cutoff: float = 60.0) -> list[str]:
    """At most `n` of `names`, nearest first, whose folded form is at least `cutoff` (0-100) alike."""
    found = process.extract(given, list(names), scorer=fuzz.ratio, processor=fold, limit=n, score_cutoff=cutoff)
    return [name for name, _, _ in found]
