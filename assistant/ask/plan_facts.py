"""Facts about plans and indicator sets (`knowledge/indicators`), each a sentence with the document that states it."""

from collections.abc import Iterator

from assistant.ask.facts import registry_source
from assistant.ask.legal_search import Fact
from assistant.ask.models import Source
from assistant.legal import Registry
from assistant.reports import load_indicator_sets, load_plan_facts


def plan_facts(registry: Registry) -> list[Fact]:
    """Every fact of the plans and the indicator sets, tied to its entry of the registry where there is one."""
    return [_fact(registry, symbol, text) for symbol, text in dict.fromkeys(_sentences())]


def _sentences() -> Iterator[tuple[str, str]]:
    """(symbol, sentence) pairs."""
    for plan_fact in load_plan_facts():
        yield plan_fact.symbol, plan_fact.text
    for indicators in load_indicator_sets():
        if not indicators.symbol:
            continue
        for text in indicators.facts:
            yield indicators.symbol, text
        for group in indicators.groups:
            if group.points is not None:
                yield indicators.symbol, f"Nhóm {group.name} của {indicators.aliases[0]}: tối đa {group.points} điểm."


def _fact(registry: Registry, symbol: str, text: str) -> Fact:
    found = registry.find(symbol)
    said = text.rstrip(".")
    if found:
        return Fact(found[0], symbol, said, registry_source(found[0], said))
    return Fact(None, symbol, said, Source(f"registry:{symbol}", f"Văn bản số {symbol}", "legal", said, symbol=symbol))
