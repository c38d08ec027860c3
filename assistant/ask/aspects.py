"""What of a document itself a question asks: when, by whom, in force or not, what it replaces or was replaced by."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

from assistant.ask import facts
from assistant.ask.matching import phrase_file
from assistant.ask.models import Statement
from assistant.ask.question import Question, spell_out, without_name
from assistant.ask.wording import EMPTY
from assistant.legal import Registry, RegistryDocument
from assistant.vietnamese.dates import format_date
from assistant.vietnamese.tokens import folded_syllables

Aspect = Literal[
    "replaced_by", "replaces", "amended_by", "amends", "in_force", "effective", "implements", "signer", "identity"
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
RELATIONS: tuple[Aspect, ...] = ("replaces", "replaced_by", "amends", "amended_by", "implements")
# stands in the words of a question for the name of its document
NAME = "vbnay"


@functools.cache
def _patterns() -> tuple[tuple[Aspect, re.Pattern[str]], ...]:
    """What each aspect is asked by, over the folded words of a question read by `named_as`."""
    table = phrase_file()["aspects"]
    assert isinstance(table, dict)
    return tuple((aspect, re.compile("|".join(table[aspect]).replace("NAME", NAME))) for aspect in ASPECTS)


# with an aspect asked for, these only name the kind of document
_TYPE_WORDS = frozenset(
    [
        "van",
        "ban",
        "nghi",
        "dinh",
        "quyet",
        "luat",
        "thong",
        "tu",
        "ke",
        "hoach",
        "chi",
        "thi",
        "cong",
        "ket",
        "luan",
        "so",
        "ngay",
        "nam",
        "thang",
        "moi",
    ]
)


def named_as(question: Question, document: RegistryDocument) -> Question:
    """The question with the name of a document, however it is called there, as the one word `NAME`."""
    words = list(question.words)
    for form in sorted(_forms(question, document), key=len, reverse=True):
        for i in range(len(words) - len(form) + 1):
            if tuple(words[i : i + len(form)]) == form:
                kept = [*question.kept[:i], EMPTY, *question.kept[i + len(form) :]]
                words[i : i + len(form)] = [NAME]
                marked = f" {' '.join(question.marked)} ".replace(f" {' '.join(form)} ", f" {NAME} ").split()
                folded = " ".join(words)
                return replace(question, words=tuple(words), kept=tuple(kept), folded=folded, marked=tuple(marked))
    return question


def _forms(question: Question, document: RegistryDocument) -> set[tuple[str, ...]]:
    """Ways to write the name of a document, as folded syllables."""
    symbol = folded_syllables(document.symbol)
    kind = folded_syllables(document.type)
    number = symbol[:1]
    # a law named without its number is read on past its name
    texts = [ref.text for ref in question.references if ref.text and re.search(r"\d", ref.text)]
    texts += document.aliases
    if document.title and document.type in ("Luật", "Bộ luật"):
        title = document.title if document.title.startswith(document.type) else f"{document.type} {document.title}"
        texts += [title, *(f"{title} {year}" for year in question.years)]
    forms = {tuple(folded_syllables(spell_out(text))) for text in texts}
    for tail in (symbol, number):
        forms |= {(*kind, *tail), (*kind, "so", *tail)}
    if len(symbol) > 1:
        forms.add(tuple(symbol))
    day = _day_words(document)
    return {form for form in forms if form} | {(*form, "ngay", *d) for form in forms for d in day}


def _day_words(document: RegistryDocument) -> Iterator[tuple[str, ...]]:
    if document.date:
        day = document.date
        yield str(day.day), str(day.month), str(day.year)
        yield f"{day.day:02}", f"{day.month:02}", str(day.year)
        yield f"{day.day:02}", str(day.month), str(day.year)


_KIND_OF_PLACE = re.compile(r"^(?:ubnd|uy ban nhan dan|tinh|thanh pho|xa|phuong) ")


def without_owner(question: Question, document: RegistryDocument) -> Question:
    """The question without who issued its document ("của UBND tỉnh Nghệ An"): it only says which one is meant."""
    owner = " ".join(folded_syllables(document.issuer or ""))
    place = owner
    while (shorter := _KIND_OF_PLACE.sub("", place)) != place:
        place = shorter
    for name in dict.fromkeys((owner, f"uy ban nhan dan {place}", f"tinh {place}", f"thanh pho {place}", place)):
        if name and f" {name} " in f" {question.folded} ":
            question = without_name(question, name)
    return question


def aspects_of(question: Question) -> list[Aspect]:
    """What of its document a question (read by `named_as`) asks, in the order of the list above."""
    found = [aspect for aspect, pattern in _patterns() if pattern.search(question.folded)]
    for strong, weak in (
        ("replaced_by", "replaces"), ("amended_by", "amends"), ("in_force", "effective"), ("implements", "identity")
    ):  # fmt: skip
        if strong in found and weak in found:
            found.remove(weak)
    return found


def beyond_aspects(question: Question) -> list[str]:
    """The content words of a question that ask for more than an aspect of its document."""
    aspects = aspects_of(question)
    asking: set[int] = set()
    for aspect, pattern in _patterns():
        if aspect in aspects and (match := pattern.search(question.folded)):
            start = len(question.folded[: match.start()].split())
            asking |= set(range(start, start + len(match.group().split())))
    return [
        word
        for i, word in enumerate(question.kept)
        if word not in (EMPTY, NAME)
        and i not in asking
        and not word.isdigit()
        and not (aspects and word in _TYPE_WORDS)
    ]


def told(document: RegistryDocument, aspects: Sequence[Aspect], registry: Registry) -> list[Statement]:
    """What the registry says of these aspects, the asked first; [] where it is silent on all of them."""
    said: list[Statement] = []
    for aspect in aspects:
        said += _told(document, aspect, registry)
    return list({statement.text: statement for statement in said}.values())


def _told(document: RegistryDocument, aspect: Aspect, registry: Registry) -> Iterator[Statement]:
    name = facts.name_of(document)
    short = facts.short_name(document)
    related: dict[str, tuple[Sequence[str], str]] = {
        "replaces": (document.replaces, f"{short} thay thế"),
        "replaced_by": (document.replaced_by, f"{short} đã được thay thế bởi"),
        "amends": (document.amends, f"{short} sửa đổi, bổ sung"),
        "amended_by": (document.amended_by, f"{short} được sửa đổi, bổ sung bởi"),
        "implements": (document.implements, f"{short} được ban hành để thực hiện"),
    }
    if aspect in related:
        symbols, lead = related[aspect]
        if symbols:
            listed = "; ".join(_known_as(symbol, registry) for symbol in symbols)
            when = ""
            if aspect == "replaced_by" and document.effective_to:
                when = f"; hết hiệu lực từ {format_date(document.effective_to)}"
            text = f"{lead} {listed}{when}"
            yield Statement(f"{text}.", (facts.registry_source(document, text),))
        elif aspect == "implements" and re.search(r"thực hiện|triển khai", document.title or ""):
            text = facts.identity(document)
            yield Statement(f"{text}.", (facts.registry_source(document, text),))
    elif aspect == "effective" and document.effective_from:
        text = f"{name} có hiệu lực từ ngày {format_date(document.effective_from)}"
        yield Statement(f"{text}.", (facts.registry_source(document, text),))
    elif aspect == "identity":
        text = facts.identity(document)
        yield Statement(f"{text}.", (facts.registry_source(document, text),))


def _known_as(symbol: str, registry: Registry) -> str:
    found = registry.find(symbol)
    return facts.name_of(found[0]) if found else symbol
