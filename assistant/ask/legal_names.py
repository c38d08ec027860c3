"""Which documents of the registry a question names: by symbol, short form, other name, title."""

import datetime
import re
from collections.abc import Iterable, Sequence

from assistant.ask.aspects import NAME, called, named_as, plain_words, titled
from assistant.ask.question import Question, accented_symbol, province_names, spell_out
from assistant.legal import LegalReference, Registry, RegistryDocument
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.tokens import folded_syllables

_AMENDING = r"\b(?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu) sua(?: doi)?(?: bo sung)?(?: mot so dieu)?(?: cua)?"
_NOW = r"\b(?:hien hanh|moi nhat|moi|hien nay|bay gio|dang co hieu luc|con hieu luc)\b"
_NUMBER_AND_YEAR = re.compile(r"(?<![\w/.-])((?:1[3-9]|[2-9]\d|\d{3,4})/(?:19|20)\d\d)(?![\w/-])")
_LEAST_NAME = 5


class DocumentNames:
    """The names of the registry's documents, ready to be met in a question."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._documents = list(registry.documents)
        self._aliases = sorted(
            (
                (" ".join(folded_syllables(alias)), document)
                for document in self._documents
                for alias in document.aliases
                if len(alias) >= 4
            ),
            key=lambda pair: -len(pair[0]),
        )

        self._titled = sorted(_titled(self._documents), key=lambda pair: -len(pair[0]))
        self._laws = [(_law_name(d), d) for d in self._documents if d.title and d.type in ("Luật", "Bộ luật")]

    def named(self, question: Question) -> list[RegistryDocument]:
        """Documents that the question names, the likeliest of each symbol first."""
        found: list[RegistryDocument] = []
        for reference in question.references:
            resolution = self._registry.resolve(reference)
            if resolution.document:
                found.append(resolution.document)
            elif resolution.candidates:
                found.append(self.likeliest(question, resolution.candidates))
            elif known := self._ingested(reference) or self._aliased(f" {' '.join(folded_syllables(reference.text))} "):
                found.append(known)
        for match in re.finditer(r"\d+(?:/\d{4})?[-/][\w&]+(?:[-/][\w&]+)*", question.raw):
            candidates = self._registry.find(accented_symbol(match.group()))
            if candidates:
                found.append(self.likeliest(question, candidates))
        if found:
            found += self._also_aliased(question)
        else:
            found += self._numbered(question)
        if not found:
            padded = f" {question.folded} "
            found += filter(None, [self._aliased(padded)])
            laws = _longest((name, d) for name, d in self._laws if f" {name} " in padded.replace(" va ", " "))
            plain = f" {' '.join(plain_words(question.words))} "
            titled = [document for name, document in self._titled if f" {name} " in plain]
            called = laws or titled
            found += [self._now(question, self.likeliest(question, called))] if called and not found else []
        found = [document for document in found if not _of_another_province(question, document)]
        found = self._amending(question, found) or found
        return list({id(document): document for document in found}.values())

    def _amending(self, question: Question, named: Sequence[RegistryDocument]) -> list[RegistryDocument]:
        """ "Luật sửa đổi Luật Viễn thông": the document that amends the one named; [] where none is meant."""
        padded = f" {question.folded} ".replace(" va ", " ")
        whole = _longest((name, d) for name, d in self._laws if d.amends and f" {name} " in padded)
        if whole:
            return whole
        meant = [d for d in named if d.amended_by and named_as(question, d).has(rf"{_AMENDING} {NAME}\b")]
        return [found for d in meant for symbol in d.amended_by if (found := self._registry.pointed_at(d, symbol))]

    def _now(self, question: Question, document: RegistryDocument) -> RegistryDocument:
        """What is in force in the place of a document that only its name tells, where that is asked for."""
        if not question.has(_NOW) or question.years:
            return document
        newer = (self._registry.pointed_at(document, symbol) for symbol in document.replaced_by)
        alike = [found for found in newer if found is not None and found.type == document.type]
        return self._now(question, alike[0]) if alike else document

    def _aliased(self, padded: str) -> RegistryDocument | None:
        """The document with the longest of the other names that stand in some folded words."""
        return next((document for alias, document in self._aliases if f" {alias} " in padded), None)

    def _also_aliased(self, question: Question) -> Iterable[RegistryDocument]:
        """Documents named by another name with a number ("Nghị quyết 03") that no reference was read from."""
        padded = f" {question.folded} "
        for reference in question.references:
            padded = padded.replace(f" {' '.join(folded_syllables(reference.text))} ", " _ ")
        numbered = ((alias, document) for alias, document in self._aliases if re.search(r" \d+$", alias))
        return (document for alias, document in numbered if f" {alias} " in padded)

    def _numbered(self, question: Question) -> Iterable[RegistryDocument]:
        """The documents of a number and year alone ("73/2019"), which are no month."""
        for match in _NUMBER_AND_YEAR.finditer(question.raw):
            candidates = [d for d in self._documents if d.symbol.startswith(f"{match.group(1)}/")]
            if candidates:
                yield self.likeliest(question, candidates)

    def _ingested(self, reference: LegalReference) -> RegistryDocument | None:
        """The only document of the office's library that a short form ("Kế hoạch 144") may mean."""
        number = re.search(r"\d+", reference.symbol or reference.text)
        if number is None or not reference.short_form:
            return None
        kind = " ".join(folded_syllables(reference.type or ""))
        own = [
            document
            for document in self._documents
            if document.level == "ingested"
            and folded_type(document) == kind
            and (found := re.match(r"0*(\d+)", document.symbol))
            and found.group(1) == number.group().lstrip("0")
        ]
        return own[0] if len(own) == 1 else None

    def likeliest(self, question: Question, candidates: Sequence[RegistryDocument]) -> RegistryDocument:
        """Of several documents of one symbol the one whose date, then words, the question names; else the newest."""
        dates = {mention.value for mention in find_dates(question.raw) if mention.value}
        spoken = set(question.words)

        stated = {match.group(1) for match in _NUMBER_AND_YEAR.finditer(question.raw)}

        def fit(document: RegistryDocument) -> tuple[bool, bool, int, float, bool, datetime.date]:
            own = [word for word in words_of(f"{document.issuer or ''} {document.title or ''}") if len(word) > 2]
            share = sum(word in spoken for word in own) / len(own) if own else 0.0
            sets = max((len(spoken & set(words_of(target.text))) for target in document.targets), default=0)
            named = {_year(document), *map(int, re.findall(r"(?<!\d)20\d\d(?!\d)", document.title or ""))}
            year = len(named & set(question.years))
            # an entry of the same number that only stands there to be told apart sets nothing and has no other name
            known = bool(document.targets or document.aliases)
            whole = document.symbol.rpartition("/")[0] in stated
            return (
                document.date in dates,
                whole,
                year,
                round(share, 1) + sets,
                known,
                document.date or datetime.date.min,
            )

        return max(candidates, key=fit)


def _year(document: RegistryDocument) -> int | None:
    """The year of a document: of its date, else the one in its symbol."""
    stated = re.search(r"/((?:19|20)\d\d)/", document.symbol)
    return document.date.year if document.date else int(stated.group(1)) if stated else None


def _of_another_province(question: Question, document: RegistryDocument) -> bool:
    """Whether a province's document has the number that is asked for, but the question names another province."""
    if not document.local:
        return False
    owner = f" {' '.join(folded_syllables(f'{document.province or str()} {document.issuer or str()}'))} "
    named = [name for name in province_names() if f" {name} " in f" {question.folded} "]
    return bool(named) and not any(f" {name} " in owner for name in named)


def _titled(documents: Sequence[RegistryDocument]) -> Iterable[tuple[str, RegistryDocument]]:
    """What documents are called by their titles ("Nghị định về công tác văn thư"), and the programmes and strategies
    that they approve ("Chương trình phát triển Chính phủ số"), folded."""
    for document in documents:
        for name in (plain_words(called(document)), plain_words(titled(document))):
            if len(name) >= _LEAST_NAME:
                yield " ".join(name), document


def _longest(named: Iterable[tuple[str, RegistryDocument]]) -> list[RegistryDocument]:
    """The documents of the longest of some names: a law that amends others has their names in its own."""
    found = list(named)
    longest = max((len(name) for name, _ in found), default=0)
    return [document for name, document in found if len(name) == longest]


def _law_name(document: RegistryDocument) -> str:
    """The name of a law, folded, without the "và" that messages leave out."""
    title = document.title or ""
    words = words_of(title if title.startswith(document.type) else f"{document.type} {title}")
    return " ".join(word for word in words if word != "va")


def folded_type(document: RegistryDocument) -> str:
    return " ".join(folded_syllables(document.type))


def words_of(text: str) -> list[str]:
    return folded_syllables(spell_out(text))
