"""What a chat model is shown: the question and quoted excerpts under opaque keys, with hidden characters removed."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ask.models import Answer, Source
from assistant.ask.refusal import REFUSAL
from assistant.paths import PROMPTS

LIMIT = 180
_LONGEST_EXCERPT = 1500
_MARKUP = re.compile(r"</?\s*(?:trich_doan|tham_khao)[^>]*>|\[\[[^\]]*\]\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One excerpt that the model sees.

    Attributes:
        key: opaque; says nothing of order, so that a key the model did not see cannot be guessed.
        text: without hidden characters or anything that looks like our own markup.
    """

    key: str
    title: str
    text: str
    source: Source


def excerpts(sources: Sequence[Source]) -> tuple[Excerpt, ...]:
    """The sources as excerpts, each once."""
    found = {source.key: source for source in sources}
    return tuple(
        Excerpt(_key(source), visible(source.document_title), visible(source.quote)[:_LONGEST_EXCERPT], source)
        for source in found.values()
    )


def _key(source: Source) -> str:
    return hashlib.sha256("\0".join(map(str, source.key)).encode()).hexdigest()[:6]


def visible(text: str) -> str:
    """`text` without characters that a reader does not see, and without our own markup."""
    shown = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs"))
    return _MARKUP.sub(" ", shown)


@functools.cache
def _environment() -> "object":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(PROMPTS / "ask"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def prompt(answer: Answer, shown: Sequence[Excerpt]) -> list[tuple[str, str]]:
    """The messages for the model, (role, text) each."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = _environment()
    assert isinstance(environment, ImmutableSandboxedEnvironment)
    example = shown[0].key if shown else "abc123"
    system = environment.get_template("system.md.j2").render(example=example, limit=LIMIT, refusal=REFUSAL)
    offline = "\n".join(statement.text for statement in answer.statements)
    user = environment.get_template("question.md.j2").render(
        items=shown, offline=visible(offline), question=visible(answer.question)
    )
    return [("system", system), ("user", user)]
