"""Facts about plans and indicator sets (`knowledge/indicators`), each a sentence with the document that states it."""

from collections.abc import Iterator

from assistant.ask.facts import registry_source
from assistant.ask.legal_search import Fact
from assistant.ask.models import Source
from assistant.legal import Registry
from assistant.reports import load_indicator_sets, load_plan_facts
from assistant.vietnamese.tokens import folded_syllables


def plan_facts(registry: Registry) -> list[Fact]:
    """Every fact of the plans and the indicator sets, tied to its entry of the registry where there is one."""
    return [_fact(registry, symbol, text, about) for symbol, text, about in dict.fromkeys(_sentences())]


def _sentences() -> Iterator[tuple[str, str, str]]:
    """(symbol, sentence, name of the group that it is about) triples."""
    for plan_fact in load_plan_facts():
        yield plan_fact.symbol, plan_fact.text, ""
    for indicators in load_indicator_sets():
        if not indicators.symbol:
            continue
        for text in indicators.facts:
            yield indicators.symbol, text, ""
        name = indicators.aliases[0] if indicators.aliases else indicators.name
        for group in indicators.groups:
            if group.indicators is not None:
                yield indicators.symbol, f"Nhóm {group.name} của {name} có {group.indicators} chỉ số.", group.name
            if group.points is not None:
                yield indicators.symbol, f"Nhóm {group.name} của {name}: tối đa {group.points} điểm.", group.name


def _fact(registry: Registry, symbol: str, text: str, about: str) -> Fact:
    found = registry.find(symbol)
    said = text.rstrip(".")
    words = frozenset(folded_syllables(about))
    if found:
        return Fact(found[0], symbol, said, registry_source(found[0], said), about=words)
    source = Source(f"registry:{symbol}", f"Văn bản số {symbol}", "legal", said, symbol=symbol)
    return Fact(None, symbol, said, source, about=words)
