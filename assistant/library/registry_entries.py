"""The library and the registry: what each tells the other about legal documents."""

import datetime
import functools
from collections.abc import Iterable
from dataclasses import replace

from assistant.legal.documents import RegistryDocument
from assistant.legal.registry import Registry
from assistant.library.models import DocumentRecord, Identity

_KINDS = {"legal", "plan", "guidance"}


def registry_entries(records: Iterable[DocumentRecord]) -> list[RegistryDocument]:
    """One entry for each legal document, plan or guidance that states its own symbol with a number."""
    entries: list[RegistryDocument] = []
    for record in records:
        who = record.identity
        if who.kind not in _KINDS or not who.symbol or not who.symbol[0].isdigit() or not who.type:
            continue
        entries.append(
            RegistryDocument(
                symbol=who.symbol,
                type=who.type,
                date=datetime.date.fromisoformat(who.date) if who.date else None,
                issuer=who.issuer,
                title=who.title,
                level="ingested",
                sources=(record.path,),
                # its own text is the source
                confidence="verified",
                source_document=record.id,
            )
        )
    return entries


@functools.cache
def _shipped() -> Registry:
    return Registry.load()


def complete(identity: Identity) -> Identity:
    """Fill what a document's text does not say of itself from the registry, where its symbol means one entry there.

    Copies taken from the web often lack their letterhead. What the document does say is never changed.
    """
    if identity.kind == "report" or not identity.symbol or (identity.date and identity.issuer and identity.title):
        return identity
    entries = [entry for entry in _shipped().find(identity.symbol) if identity.type in (None, entry.type)]
    if identity.date:
        entries = [entry for entry in entries if entry.date and entry.date.isoformat() == identity.date]
    if len(entries) != 1:
        return identity
    entry = entries[0]
    date = identity.date or (entry.date.isoformat() if entry.date else None)
    return replace(
        identity,
        type=identity.type or entry.type,
        date=date,
        issuer=identity.issuer or entry.issuer,
        title=identity.title or entry.title,
        year=int(date[:4]) if date else identity.year,
    )
