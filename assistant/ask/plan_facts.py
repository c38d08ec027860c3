"""Facts about plans and indicator sets (`knowledge/indicators`), each a sentence with the document that states it."""

from collections.abc import Iterable

import assistant.reports as reports
from assistant.ask.facts import registry_source
from assistant.ask.legal_answers import Fact
from assistant.ask.models import Source
from assistant.legal import Registry


def plan_facts(registry: Registry) -> list[Fact]:
    """The facts that `assistant.reports` holds about plans and indicator sets."""
    return [*_facts(registry)]


def _facts(registry: Registry) -> Iterable[Fact]:
    load = getattr(reports, "load_plan_facts", None)
    if load is None:
        return
    for item in load():
        found = registry.find(item.symbol)
        text = item.text.rstrip(".")
        document = found[0] if found else None
        source = (
            registry_source(document, text)
            if document
            else Source(f"registry:{item.symbol}", item.symbol, "legal", text, symbol=item.symbol)
        )
        yield Fact(document, item.symbol, text, source)
