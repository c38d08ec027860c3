"""Makes the helpers beside the tests importable; the answerer over the two fictional documents."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ask_shelf import FictionalShelf

from assistant.ask.offline import OfflineAnswerer
from assistant.ask.plan_facts import plan_facts
from assistant.legal import Registry
from assistant.reports import load_report_types


@pytest.fixture(scope="module")
def answerer() -> OfflineAnswerer:
    registry = Registry.load()
    return OfflineAnswerer(registry, load_report_types(), FictionalShelf(), plan_facts(registry))
