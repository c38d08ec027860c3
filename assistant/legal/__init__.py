"""Legal references: found in text, read, looked up in the registry and verified. Imported when first used."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.legal.cite import cite_full, cite_short
    from assistant.legal.documents import RegistryDocument
    from assistant.legal.models import LegalReference, SelfReference, Symbol
    from assistant.legal.output import reference_json, self_json
    from assistant.legal.references import Extraction, extract, find_references
    from assistant.legal.registry import Registry
    from assistant.legal.symbols import parse_symbol
    from assistant.legal.verification import VerifiedReference, verify

_HOMES = {
    "Extraction": "references",
    "LegalReference": "models",
    "Registry": "registry",
    "RegistryDocument": "documents",
    "SelfReference": "models",
    "Symbol": "models",
    "VerifiedReference": "verification",
    "cite_full": "cite",
    "cite_short": "cite",
    "extract": "references",
    "find_references": "references",
    "parse_symbol": "symbols",
    "reference_json": "output",
    "self_json": "output",
    "verify": "verification",
}
__all__ = [
    "Extraction",
    "LegalReference",
    "Registry",
    "RegistryDocument",
    "SelfReference",
    "Symbol",
    "VerifiedReference",
    "cite_full",
    "cite_short",
    "extract",
    "find_references",
    "parse_symbol",
    "reference_json",
    "self_json",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"assistant.legal.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
