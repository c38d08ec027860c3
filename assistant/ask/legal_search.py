"""Which document or fact of the registry a question is about."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.ask import facts
from assistant.ask.aspects import NAME, called, named_as
from assistant.ask.legal_names import DocumentNames, folded_type, words_of
from assistant.ask.matching import Match, TermIndex, stop_words
from assistant.ask.models import Source
from assistant.ask.question import Question, without_places
from assistant.legal import Registry, RegistryDocument
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.tokens import folded_syllables

_LOCAL = 0.6
_CARRIES_OUT = r"thuc hien|trien khai|huong dan|chi tiet|cu the hoa|mot so dieu"
_ASKS_WHICH = r"(?:van ban|nghi dinh|quyet dinh|nghi quyet|ke hoach|luat|thong tu|chi thi|cong van) nao"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a document sets, with where it says so.

    Attributes:
        document: the entry of the document; None where the registry has none of that symbol.
        symbol: its số ký hiệu.
        text: a sentence without its full stop.
        source: how it is cited.
        about: folded words that a question must all have for the fact to be meant (a group of an indicator set).
        is_target: whether it is a target or a plan's fact (route "target").
    """

    document: RegistryDocument | None
    symbol: str
    text: str
    source: Source
    is_target: bool = True
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LegalMatch:
    """What of the registry a question is about.

    Attributes:
        document: the document; None where only facts fit.
        named: whether the question names it by symbol, short form or customary name.
        coverage: share of the question's content that its words or its best fact have.
        together: the same of its pairs of content words; 0 where the question has too little content to tell.
        score: of the best fitting text, comparable within one question.
        others: further documents that the question names.
        fact: the fact that fits best; `alike`: those, of any document, that fit nearly as well.
    """

    document: RegistryDocument | None
    named: bool
    coverage: float
    score: float
    others: tuple[RegistryDocument, ...] = ()
    fact: Fact | None = None
    alike: tuple[Fact, ...] = ()
    together: float = 1.0


class LegalFinder:
    """The registry and the facts about plans and indicator sets, ready to be asked."""

    def __init__(self, registry: Registry, extra: Iterable[Fact] = ()) -> None:
        """
        Args:
            registry: the documents.
            extra: facts of plans and indicator sets.
        """
        self.registry = registry
        self.documents = list(registry.documents)
        self.names = DocumentNames(registry)
        self.facts = [*extra, *(fact for document in self.documents for fact in _target_facts(document))]
        self.by_symbol: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self.by_symbol.setdefault(symbol_key(fact.symbol), []).append(fact)
        self._document_index = TermIndex([self._document_parts(document) for document in self.documents])
        self._fact_index = TermIndex([fact_parts(fact) for fact in self.facts])

    def texts(self) -> Iterable[str]:
        """Titles and facts, for repairing slips."""
        for document in self.documents:
            yield f"{document.type} {document.title or ''}"
            yield document.issuer or ""
            yield from document.aliases
        yield from (fact.text for fact in self.facts)

    def _document_parts(self, document: RegistryDocument) -> list[tuple[list[str], float]]:
        parts = [
            (words_of(document.symbol), 1.5),
            (words_of(f"{document.type} {document.title or ''}"), 1.6),
            (words_of(document.issuer or ""), 0.6),
            (words_of(document.note or ""), 0.3),
        ]
        parts += [(words_of(alias), 1.5) for alias in document.aliases]
        own = self.by_symbol.get(symbol_key(document.symbol), ())
        parts += [(words_of(fact.text), 0.5) for fact in own if fact.document in (None, document)]
        return parts

    def named(self, question: Question) -> list[RegistryDocument]:
        """Documents that the question names, the likeliest of each symbol first."""
        return self.names.named(question)

    def facts_of(self, document: RegistryDocument) -> list[Fact]:
        """What is known that a document sets."""
        own = self.by_symbol.get(symbol_key(document.symbol), [])
        return [fact for fact in own if fact.document is None or fact.document.date == document.date]

    def facts_near(self, question: Question, n: int = 16) -> list[Fact]:
        """The facts of any document that share most with the question."""
        spoken = frozenset(question.words)
        found = self._fact_index.match(
            question.words, n=n, keep=lambda i: self.facts[i].about <= spoken, called=question.called
        )
        return [self.facts[match.index] for match in found]

    def match(self, question: Question) -> LegalMatch | None:
        """What the question is about, by name or, failing that, by words."""
        named = self._answering(question, self.named(question))
        spoken = frozenset(question.words)
        facts_found = self._fact_index.match(
            question.words, n=12, keep=lambda i: self.facts[i].about <= spoken, called=question.called
        )
        if named:
            document = named[0]
            own = [f for f in facts_found if self.facts[f.index].symbol == document.symbol]
            fact = self.facts[own[0].index] if own else None
            return LegalMatch(document, True, 1.0, own[0].score if own else 0.0, tuple(named[1:]), fact)
        documents = self._document_index.match(
            _subject(question), n=8, keep=self._of_types(self._wanted_types(question)), called=question.called
        )
        documents = self._central_first(question, documents)
        best_fact = facts_found[0] if facts_found else None
        best = documents[0] if documents else None
        # of a value asked for, the fact that states it is nearer than a title that speaks of the subject
        if self._wanted_types(question) and documents:
            best_fact = None
        margin = 0.12 if question.has(r"\b(?:muc tieu|chi tieu)\b|bao nhieu|han chot|thoi han") else -0.08
        if best_fact and (best is None or best_fact.coverage >= best.coverage - margin):
            alike = [self.facts[m.index] for m in facts_found if m.score >= 0.8 * best_fact.score]
            fact = self._in_force(alike)
            return LegalMatch(
                fact.document,
                False,
                best_fact.coverage,
                best_fact.score,
                (),
                fact,
                tuple(alike),
                self._together(question, best_fact),
            )
        if best is None:
            return None
        together = self._together(question, best)
        return LegalMatch(self._preferred(documents), False, best.coverage, best.score, together=together)

    def _central_first(self, question: Question, found: Sequence[Match]) -> list[Match]:
        """The documents of provinces that the question does not name behind nearly equal ones of the centre."""

        def weighed(match: Match) -> float:
            document = self.documents[match.index]
            owner = " ".join(folded_syllables(document.province or document.issuer or ""))
            named = any(word in question.folded for word in (owner, owner.removeprefix("ubnd tinh ")) if word)
            return match.score * (1.0 if not document.local or named else _LOCAL)

        ranked = sorted(found, key=weighed, reverse=True)
        if ranked and weighed(ranked[0]) == ranked[0].score:
            return [match for match in ranked if weighed(match) == match.score]
        return ranked

    @staticmethod
    def _together(question: Question, match: Match) -> float:
        """How far the words of the question meet as pairs; names of places tell nothing of the subject."""
        content = [word for word in without_places(question.folded).split() if word not in stop_words()]
        return match.pairs if len(content) >= 3 else 0.0

    @staticmethod
    def _in_force(found: Sequence[Fact]) -> Fact:
        """The best fact; of nearly equal ones one of a document that is still in force."""
        alive = [f for f in found if f.document is None or f.document.status not in ("replaced", "expired")]
        return (alive or found)[0]

    def _answering(self, question: Question, named: list[RegistryDocument]) -> list[RegistryDocument]:
        """The documents that the question asks about. "Which document carries out X?" asks for another than X."""
        wanted = self._wanted_types(question)
        if not named or not (wanted or question.has(_ASKS_WHICH)):
            return named
        told_of = rf"{NAME}\b.*\b(?:thuc hien|trien khai|cu the hoa|can cu|thay|sua|bo sung)\b.*\bnao\b"
        if named_as(question, named[0]).has(told_of):
            return named
        # a decision that approves a programme is asked for by the programme
        approved = " ".join(called(named[0])[:2])
        other_type = bool(wanted) and not wanted & {folded_type(named[0]), approved}
        if not other_type and not question.has(_CARRIES_OUT):
            return named
        found = self._document_index.match(question.words, n=6, keep=self._of_types(wanted))
        others = [m for m in found if self.documents[m.index] not in named and m.coverage >= 0.55]
        return [self.documents[others[0].index]] if others else named

    @staticmethod
    def _wanted_types(question: Question) -> frozenset[str]:
        """Folded types of the document that the question asks for: "nghị định nào", "Quy chế … số hiệu nào"."""
        wanted = {kind for kind in TYPES if question.has(rf"\b{kind} nao")}
        if not wanted and "symbol" in question.asks:
            wanted = {kind for kind in TYPES if question.has(rf"^(?:\w+ )?{kind}\b(?! (?:so )?\d)")}
        return frozenset(wanted)

    def _of_types(self, wanted: frozenset[str]) -> Callable[[int], bool] | None:
        """Keeps the documents of some types; None keeps all."""
        return (lambda i: folded_type(self.documents[i]) in wanted) if wanted else None

    def _preferred(self, found: Sequence[Match]) -> RegistryDocument:
        """The best match; of nearly equal ones the one in force, then the newer."""
        close = [self.documents[m.index] for m in found if m.score >= 0.93 * found[0].score]

        def rank(document: RegistryDocument) -> tuple[bool, datetime.date]:
            dead = document.status in ("replaced", "expired")
            return not dead, document.date or datetime.date.min

        return max(close, key=rank)


TYPES = {
    "cong van": "công văn", "chuong trinh": "chương trình", "ke hoach": "kế hoạch", "quyet dinh": "quyết định",
    "nghi quyet": "nghị quyết", "nghi dinh": "nghị định", "chi thi": "chỉ thị", "thong bao": "thông báo",
    "ket luan": "kết luận", "quy che": "quy chế", "quy dinh": "quy định", "luat": "luật", "thong tu": "thông tư",
    "huong dan": "hướng dẫn", "de an": "đề án",
}  # fmt: skip


_ASKING = re.compile(
    r"(?:\b(?:duoc|do|da))?(?: (?:ban hanh|quy dinh|phe duyet|huong dan|neu|nam|nhac))* (?:theo|tai|o|trong|bang|la)"
    r" (?:van ban|nghi dinh|quyet dinh|nghi quyet|ke hoach|luat|thong tu|chi thi|cong van) nao\b.*$"
)


def _subject(question: Question) -> list[str]:
    """The words of a question without "… được ban hành theo nghị định nào": they are in every title."""
    subject = _ASKING.sub("", question.folded).split()
    return subject if len(subject) >= 3 else list(question.words)


def _target_facts(document: RegistryDocument) -> Iterable[Fact]:
    for target in document.targets:
        text = facts.target_sentence(target)
        yield Fact(document, document.symbol, text, facts.registry_source(document, text, target.provision))
    for sentence in facts.note_sentences(document):
        yield Fact(document, document.symbol, sentence, facts.registry_source(document, sentence), is_target=False)


def fact_parts(fact: Fact) -> list[tuple[list[str], float]]:
    parts = [(words_of(fact.text), 1.0), (words_of(fact.symbol), 0.5)]
    if fact.document is not None:
        parts.append((words_of(f"{fact.document.type} {fact.document.title or ''} {fact.document.issuer or ''}"), 0.5))
        parts += [(words_of(alias), 0.5) for alias in fact.document.aliases]
    return parts
