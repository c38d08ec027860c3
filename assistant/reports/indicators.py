"""Indicator sets and facts about plans (`knowledge/indicators`): what communes are measured by, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.knowledge_files import load_knowledge
from assistant.paths import KNOWLEDGE

_FOLDER = KNOWLEDGE / "indicators"


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """A group of an indicator set, with its highest score or its number of indicators where known."""

    name: str
    points: int | None = None
    indicators: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """An indicator set.

    Attributes:
        symbol: of the document that sets it; None where no single one does.
        date: ISO.
        facts: what one may say about it, one Vietnamese sentence each.
        confidence: "public_page", "reports", "inferred" or "memory".
        sources: addresses of the pages the facts were read on.
    """

    id: str
    name: str
    symbol: str | None
    date: str | None
    issuer: str | None
    aliases: tuple[str, ...]
    groups: tuple[IndicatorGroup, ...]
    total_points: int | None
    total_indicators: int | None
    facts: tuple[str, ...]
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanFact:
    """One fact about a plan: `text` is a whole Vietnamese sentence; `symbol` is "" where no document states it."""

    id: str
    symbol: str
    text: str
    topics: tuple[str, ...]
    deadline: str | None
    value: float | None
    unit: str | None
    confidence: str
    sources: tuple[str, ...]


@lru_cache(maxsize=1)
def load_indicator_sets() -> tuple[IndicatorSet, ...]:
    """The indicator sets that ship."""
    return tuple(_set(raw) for raw in load_knowledge(_FOLDER / "sets.yaml")["sets"])


@lru_cache(maxsize=1)
def load_plan_facts() -> tuple[PlanFact, ...]:
    """The facts about plans, and those of the indicator sets, that name a document."""
    plans = [_fact(raw) for raw in load_knowledge(_FOLDER / "plan_facts.yaml")["facts"]]
    sets = [
        PlanFact(f"{s.id}_{n}", s.symbol, text, (), None, None, None, s.confidence, s.sources)
        for s in load_indicator_sets()
        if s.symbol
        for n, text in enumerate(s.facts, start=1)
    ]
    return tuple(fact for fact in (*plans, *sets) if fact.symbol)


@lru_cache(maxsize=1)
def load_general_facts() -> tuple[PlanFact, ...]:
    """Facts that no document states: figures for comparison, habits of reporting."""
    facts = (_fact(raw) for raw in load_knowledge(_FOLDER / "plan_facts.yaml")["facts"])
    return tuple(fact for fact in facts if not fact.symbol)


def _set(raw: Mapping[str, Any]) -> IndicatorSet:
    groups = (IndicatorGroup(g["name"], g.get("points"), g.get("indicators")) for g in raw.get("groups") or ())
    return IndicatorSet(
        id=raw["id"],
        name=raw["name"],
        symbol=raw.get("symbol"),
        date=raw.get("date"),
        issuer=raw.get("issuer"),
        aliases=tuple(raw.get("aliases") or ()),
        groups=tuple(groups),
        total_points=raw.get("total_points"),
        total_indicators=raw.get("total_indicators"),
        facts=tuple(raw.get("facts") or ()),
        confidence=raw["confidence"],
        sources=tuple(raw.get("sources") or ()),
    )


def _fact(raw: Mapping[str, Any]) -> PlanFact:
    return PlanFact(
        id=raw["id"],
        symbol=raw.get("symbol") or "",
        text=raw["text"],
        topics=tuple(raw.get("topics") or ()),
        deadline=raw.get("deadline"),
        value=raw.get("value"),
        unit=raw.get("unit"),
        confidence=raw["confidence"],
        sources=tuple(raw.get("sources") or ()),
    )
