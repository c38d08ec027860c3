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
from assistant.legal import LegalReference, Registry, RegistryDocument
from assistant.vietnamese.dates import format_date
from assistant.vietnamese.tokens import folded_syllables

Aspect = Literal[
    "replaced_by", "replaces", "amended_by", "amends", "in_force", "effective", "implements", "signer", "identity"
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
RELATIONS: tuple[Aspect, ...] = ("replaces", "replaced_by", "amends", "amended_by", "implements")
# stands in the words of a question for the name of its document; further documents are NAME1, NAME2
NAME = "vbnay"
_NAMED = rf"{NAME}\d?"


@functools.cache
def _patterns() -> tuple[tuple[Aspect, re.Pattern[str]], ...]:
    """What each aspect is asked by, over the folded words of a question read by `named_as`."""
    table = phrase_file()["aspects"]
    assert isinstance(table, dict)
    return tuple((aspect, re.compile("|".join(table[aspect]).replace("NAME", _NAMED))) for aspect in ASPECTS)


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


def named_as(question: Question, document: RegistryDocument, mark: str = NAME) -> Question:
    """The question with the name of a document, however it is called there, as the one word `mark`."""
    words = list(question.words)
    for form in sorted(_forms(question, document), key=len, reverse=True):
        for i in range(len(words) - len(form) + 1):
            if tuple(words[i : i + len(form)]) == form:
                kept = [*question.kept[:i], EMPTY, *question.kept[i + len(form) :]]
                words[i : i + len(form)] = [mark]
                marked = f" {' '.join(question.marked)} ".replace(f" {' '.join(form)} ", f" {mark} ").split()
                folded = " ".join(words)
                return replace(question, words=tuple(words), kept=tuple(kept), folded=folded, marked=tuple(marked))
    return question


def _forms(question: Question, document: RegistryDocument) -> set[tuple[str, ...]]:
    """Ways to write the name of a document, as folded syllables."""
    symbol = folded_syllables(document.symbol)
    kind = folded_syllables(document.type)
    number = symbol[:1]
    # a law named without its number is read on past its name; another document is no name of this one
    texts = [ref.text for ref in question.references if ref.text and _may_name(ref, document)]
    texts += document.aliases
    if document.title and document.type in ("Luật", "Bộ luật"):
        title = document.title if document.title.startswith(document.type) else f"{document.type} {document.title}"
        texts += [title, f"{title} {document.symbol}", f"{title} số {document.symbol}"]
        texts += [f"{title} {year}" for year in question.years]
    forms = {tuple(folded_syllables(spell_out(text))) for text in texts}
    for name in (called(document), titled(document)):
        forms |= {tuple(words) for words in (name, plain_words(name)) if len(words) > 2}
        # "nghị định về …"
        forms |= {(*kind, "ve", *name[len(kind) :])} if name[: len(kind)] == kind else set()
    year = re.match(r"\d+/(\d{4})/", document.symbol)
    tails = [symbol, number, *([[*number, year[1]], [*number, "nam", year[1]]] if year else [])]
    for tail in tails:
        forms |= {(*kind, *tail), (*kind, "so", *tail)}
    forms |= {tuple(tail) for tail in tails if len(tail) > 1}
    day = _day_words(document)
    return {form for form in forms if form} | {(*form, "ngay", *d) for form in forms for d in day}


_CALLED = re.compile(
    r"^(?:về )?(?:việc )?(?:phê duyệt|ban hành) [“\"]?"
    r"((?:Chương trình|Chiến lược|Đề án|Kế hoạch|Khung|Bộ chỉ số|Bộ tiêu chí|Quy chế)\b.*)"
)
_CALLED_UNTIL = re.compile(r" (?:giai đoạn|đến năm|năm 20|định hướng|tầm nhìn|trong giai|do |của )|[”\",]")


_LONGEST_TITLE = 14


def called(document: RegistryDocument) -> list[str]:
    """What the programme, strategy or the like is called that a document approves, folded."""
    match = _CALLED.match(document.title or "")
    return folded_syllables(spell_out(_CALLED_UNTIL.split(match.group(1))[0])) if match else []


def titled(document: RegistryDocument) -> list[str]:
    """The type and title of a document whose title is short enough to be said, folded; [] where it is not."""
    title = re.sub(r"^(?:về|quy định|quy định về)\b", "", (document.title or "").strip())
    words = folded_syllables(spell_out(f"{document.type} {title}"))
    return words if title and len(words) <= _LONGEST_TITLE and document.type not in ("Luật", "Bộ luật") else []


def plain_words(words: Sequence[str]) -> list[str]:
    """The words of a name without those that messages leave out."""
    plain = " ".join(words).replace("quoc gia", "").replace("quy dinh ve", "").replace("quy dinh", "")
    return [word for word in plain.split() if word != "ve"]


def _may_name(reference: LegalReference, document: RegistryDocument) -> bool:
    """Whether a reference with a number in it may be one to this document: its own number, or the year of a law."""
    number = re.search(r"\d+", reference.text)
    own = re.match(r"\d+", document.symbol)
    if number is None or document.type in ("Luật", "Bộ luật"):
        return number is not None
    return own is None or number.group().lstrip("0") == own.group().lstrip("0")


def _day_words(document: RegistryDocument) -> Iterator[tuple[str, ...]]:
    if document.date:
        day = document.date
        yield str(day.day), str(day.month), str(day.year)
        yield f"{day.day:02}", f"{day.month:02}", str(day.year)
        yield f"{day.day:02}", str(day.month), str(day.year)


_KIND_OF_PLACE = re.compile(r"^(?:ubnd|uy ban nhan dan|tinh|thanh pho|xa|phuong) ")


# "hội nghị trung ương 6 khóa XI", "khóa XIII": when a document of the Party was passed
_OCCASION = re.compile(r"\bhoi nghi (?:lan thu )?(?:\w+ ){1,6}?khoa [ivx]+\b|\bkhoa [ivx]+\b")


def without_owner(question: Question, document: RegistryDocument) -> Question:
    """The question without who issued its document ("của UBND tỉnh Nghệ An"): it only says which one is meant."""
    if occasion := _OCCASION.search(question.folded):
        question = without_name(question, occasion.group())
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
    # words lent by the part before stand in front
    lent = len(question.kept) - len(question.folded.split())
    for aspect, pattern in _patterns():
        if aspect in aspects and (match := pattern.search(question.folded)):
            start = lent + len(question.folded[: match.start()].split())
            asking |= set(range(start, start + len(match.group().split())))
    return [
        word
        for i, word in enumerate(question.kept)
        if word != EMPTY and i not in asking and not word.isdigit() and not (aspects and word in _TYPE_WORDS)
    ]


def told(document: RegistryDocument, aspects: Sequence[Aspect], registry: Registry) -> list[Statement]:
    """What the registry says of these aspects, the asked first; [] where it is silent on all of them."""
    said: list[Statement] = []
    for aspect in aspects:
        said += _told(document, aspect, registry)
    return list({statement.text: statement for statement in said}.values())


_SAID = {
    "replaces": "thay thế",
    "replaced_by": "đã được thay thế bởi",
    "amends": "sửa đổi, bổ sung",
    "amended_by": "được sửa đổi, bổ sung bởi",
    "implements": "được ban hành để thực hiện",
}


def related(document: RegistryDocument, aspect: Aspect) -> tuple[str, ...]:
    """The symbols of the documents that a document stands to so."""
    symbols: tuple[str, ...] = getattr(document, aspect) if aspect in RELATIONS else ()
    return symbols


def _told(document: RegistryDocument, aspect: Aspect, registry: Registry) -> Iterator[Statement]:
    name = facts.name_of(document)
    short = facts.short_name(document)
    if aspect in RELATIONS:
        if symbols := related(document, aspect):
            names = _known_as if aspect in ("replaced_by", "implements") else _name
            listed = "; ".join(names(symbol, registry.pointed_at(document, symbol)) for symbol in symbols)
            text = f"{short} {_SAID[aspect]} {listed}{_since(document, aspect)}"
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


def _since(document: RegistryDocument, aspect: Aspect) -> str:
    """From when a document replaces or is replaced."""
    if aspect == "replaced_by" and document.effective_to:
        return f"; hết hiệu lực từ {format_date(document.effective_to)}"
    if aspect == "replaces" and document.effective_from:
        return f", có hiệu lực từ ngày {format_date(document.effective_from)}"
    return ""


_UNKNOWN = {
    "replaced_by": "Danh mục không ghi văn bản nào thay thế {}",
    "replaces": "Danh mục không ghi {} thay thế văn bản nào",
    "amended_by": "Danh mục không ghi văn bản nào sửa đổi, bổ sung {}",
    "amends": "Danh mục không ghi {} sửa đổi, bổ sung văn bản nào",
    "effective": "Danh mục chưa có ngày có hiệu lực của {}",
    "implements": "Danh mục chưa ghi {} được ban hành để thực hiện văn bản nào",
    "signer": "Kho chưa có thông tin ai ký {}",
}


def unknown(document: RegistryDocument, aspects: Sequence[Aspect]) -> list[Statement]:
    """That the registry does not have what is asked of a document."""
    name = facts.short_name(document)
    return [Statement(f"{_UNKNOWN[aspect].format(name)}.") for aspect in aspects if aspect in _UNKNOWN]


def _name(symbol: str, found: RegistryDocument | None) -> str:
    return facts.name_of(found) if found else symbol


def _known_as(symbol: str, found: RegistryDocument | None) -> str:
    """Its name; with what is to be cited now, where it is itself no longer in force."""
    newer = ", ".join(found.replaced_by) if found else ""
    return _name(symbol, found) + (f" (nay đã được thay thế bởi {newer})" if newer else "")
