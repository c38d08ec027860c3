"""The rules, one module per family. A rule yields places; `assistant.check.checker` gives them ids and order."""

import importlib

from assistant.check.model import Rule

_FAMILIES = (
    "ratios",
    "sums",
    "listed_parts",
    "end_totals",
    "states",
    "series",
    "changes",
    "products",
    "remainders",
    "means",
    "numbers",
    "counts",
    "targets",
    "rated_lines",
    "document_targets",
    "documents",
    "identity",
    "period_labels",
    "consistency",
    "quantities",
    "same_figure",
    "claims",
    "subsets",
    "tables",
    "content",
    "absent_parts",
    "vague",
    "numbering",
    "dates",
    "deadlines",
    "leftovers",
    "units",
    "villages",
    "language",
    "abbreviations",
    "spelling",
    "form_text",
    "form_parts",
    "form_word",
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they run."""
    found: list[Rule] = []
    for family in _FAMILIES:
        found.extend(importlib.import_module(f"assistant.check.rules.{family}").RULES)
    return tuple(found)
