"""Answers from the registry: what a document is, what it sets, what became of it, whether a citation is right."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.ask import facts
from assistant.ask.matching import Match, TermIndex, stop_words
from assistant.ask.models import Route, Source, Statement
from assistant.ask.question import Question, accented_symbol, spell_out, without_places
from assistant.ask.shelf import words
from assistant.legal import Registry, RegistryDocument, verify
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.tokens import folded_syllables

LIMIT = 180
_SHOWN_FACTS = 4
_VERIFY = (
    r"\b(?:dung (?:chua|khong)|vay dung|da dung|co dung|ky hieu vay|viet (?:vay|the|nhu)|toi (?:viet|ghi|trich)"
    r"|sai (?:khong|o dau|gi))\b"
)
_ASKS_WHICH = r"(?:van ban|nghi dinh|quyet dinh|nghi quyet|ke hoach|luat|thong tu|chi thi|cong van) nao"
_CARRIES_OUT = r"thuc hien|trien khai|huong dan|chi tiet|cu the hoa|mot so dieu"
_FATE = r"thay the|thay cho|bai bo|het hieu luc|con hieu luc|hieu luc|sua doi|bo sung|ap dung"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a document sets, with where it says so.

    Attributes:
        document: the entry of the document; None where the registry has none of that symbol.
        symbol: its số ký hiệu.
        text: a sentence without its full stop.
        source: how it is cited.
        is_target: whether it is a target or a plan's fact (route "target").
    """

    document: RegistryDocument | None
    symbol: str
    text: str
    source: Source
    is_target: bool = True


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


class LegalAnswers:
    """The registry and the facts about plans and indicator sets, ready to be asked."""

    def __init__(self, registry: Registry, extra: Iterable[Fact] = (), today: datetime.date | None = None) -> None:
        """
        Args:
            registry: the documents.
            extra: facts of plans and indicator sets.
            today: the day at which validity is judged.
        """
        self.registry = registry
        self._today = today or datetime.date.today()
        self._documents = list(registry.documents)
        self._facts = [*extra, *(fact for document in self._documents for fact in _target_facts(document))]
        self._by_symbol: dict[str, list[Fact]] = {}
        for fact in self._facts:
            self._by_symbol.setdefault(symbol_key(fact.symbol), []).append(fact)
        self._document_index = TermIndex([self._document_parts(document) for document in self._documents])
        self._fact_index = TermIndex([_fact_parts(fact) for fact in self._facts])
        self._aliases = sorted(
            (
                (" ".join(folded_syllables(alias)), document)
                for document in self._documents
                for alias in document.aliases
                if len(alias) >= 4
            ),
            key=lambda pair: -len(pair[0]),
        )

        self._laws = [
            (" ".join(_words(d.title if d.title.startswith(d.type) else f"{d.type} {d.title}")), d)
            for d in self._documents
            if d.title and d.type in ("Luật", "Bộ luật")
        ]

    def texts(self) -> Iterable[str]:
        """Titles and facts, for repairing slips."""
        for document in self._documents:
            yield f"{document.type} {document.title or ''}"
            yield document.issuer or ""
            yield from document.aliases
        yield from (fact.text for fact in self._facts)

    def _document_parts(self, document: RegistryDocument) -> list[tuple[list[str], float]]:
        parts = [
            (_words(document.symbol), 1.5),
            (_words(f"{document.type} {document.title or ''}"), 1.6),
            (_words(document.issuer or ""), 0.6),
            (_words(document.note or ""), 0.3),
        ]
        parts += [(_words(alias), 1.5) for alias in document.aliases]
        own = self._by_symbol.get(symbol_key(document.symbol), ())
        parts += [(_words(fact.text), 0.5) for fact in own if fact.document in (None, document)]
        return parts

    # -- finding -------------------------------------------------------------------------------------------------

    def named(self, question: Question) -> list[RegistryDocument]:
        """Documents that the question names, the likeliest of each symbol first."""
        found: list[RegistryDocument] = []
        for reference in question.references:
            resolution = self.registry.resolve(reference)
            if resolution.document:
                found.append(resolution.document)
            elif resolution.candidates:
                found.append(self._likeliest(question, resolution.candidates))
        for match in re.finditer(r"\d+(?:/\d{4})?[-/][\w&]+(?:[-/][\w&]+)*", question.raw):
            candidates = self.registry.find(accented_symbol(match.group()))
            if candidates:
                found.append(self._likeliest(question, candidates))
        if not found:
            padded = f" {question.folded} "
            found += [document for alias, document in self._aliases if f" {alias} " in padded][:1]
            laws = [document for name, document in self._laws if f" {name} " in padded]
            found += [self._likeliest(question, laws)] if laws and not found else []
        return list({id(document): document for document in found}.values())

    def _likeliest(self, question: Question, candidates: Sequence[RegistryDocument]) -> RegistryDocument:
        """Of several documents of one symbol the one whose date, then words, the question names; else the newest."""
        dates = {mention.value for mention in find_dates(question.raw) if mention.value}
        spoken = set(question.words)

        def fit(document: RegistryDocument) -> tuple[bool, bool, float, bool, datetime.date]:
            own = [word for word in _words(f"{document.issuer or ''} {document.title or ''}") if len(word) > 2]
            share = sum(word in spoken for word in own) / len(own) if own else 0.0
            sets = max((len(spoken & set(_words(target.text))) for target in document.targets), default=0)
            year = document.date is not None and document.date.year in question.years
            # an entry of the same number that only stands there to be told apart sets nothing and has no other name
            known = bool(document.targets or document.aliases)
            return document.date in dates, year, round(share, 1) + sets, known, document.date or datetime.date.min

        return max(candidates, key=fit)

    def match(self, question: Question) -> LegalMatch | None:
        """What the question is about, by name or, failing that, by words."""
        named = self._answering(question, self.named(question))
        facts_found = self._fact_index.match(question.words, n=12)
        if named:
            document = named[0]
            own = [f for f in facts_found if self._facts[f.index].symbol == document.symbol]
            fact = self._facts[own[0].index] if own else None
            return LegalMatch(document, True, 1.0, own[0].score if own else 0.0, tuple(named[1:]), fact)
        documents = self._document_index.match(
            _subject(question), n=8, keep=self._of_types(self._wanted_types(question))
        )
        best_fact = facts_found[0] if facts_found else None
        best = documents[0] if documents else None
        # of a value asked for, the fact that states it is nearer than a title that speaks of the subject
        if self._wanted_types(question) and documents:
            best_fact = None
        margin = 0.12 if question.has(r"\b(?:muc tieu|chi tieu)\b|bao nhieu|han chot|thoi han") else -0.08
        if best_fact and (best is None or best_fact.coverage >= best.coverage - margin):
            alike = [self._facts[m.index] for m in facts_found if m.score >= 0.8 * best_fact.score]
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
        other_type = bool(wanted) and _folded_type(named[0]) not in wanted
        if not other_type and not question.has(_CARRIES_OUT):
            return named
        found = self._document_index.match(question.words, n=6, keep=self._of_types(wanted))
        others = [m for m in found if self._documents[m.index] not in named and m.coverage >= 0.55]
        return [self._documents[others[0].index]] if others else named

    @staticmethod
    def _wanted_types(question: Question) -> frozenset[str]:
        """Folded types of the document that the question asks for: "nghị định nào", "Quy chế … số hiệu nào"."""
        wanted = {kind for kind in _TYPES if question.has(rf"\b{kind} nao")}
        if not wanted and "symbol" in question.asks:
            wanted = {kind for kind in _TYPES if question.has(rf"^(?:\w+ )?{kind}\b(?! (?:so )?\d)")}
        return frozenset(wanted)

    def _of_types(self, wanted: frozenset[str]) -> Callable[[int], bool] | None:
        """Keeps the documents of some types; None keeps all."""
        return (lambda i: _folded_type(self._documents[i]) in wanted) if wanted else None

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
        if not named or not question.has(_ASKS_WHICH):
            return named
        wanted = [kind for kind in _TYPES if question.has(rf"\b{kind} nao")]
        other_type = bool(wanted) and " ".join(folded_syllables(named[0].type)) not in wanted
        if not other_type and not question.has(_CARRIES_OUT):
            return named
        found = self._document_index.match(question.words, n=4)
        others = [m for m in found if self._documents[m.index] not in named and m.coverage >= 0.6]
        return [self._documents[others[0].index]] if others else named

    def _preferred(self, found: Sequence[Match]) -> RegistryDocument:
        """The best match; of nearly equal ones the one in force, then the newer."""
        close = [self._documents[m.index] for m in found if m.score >= 0.93 * found[0].score]

        def rank(document: RegistryDocument) -> tuple[bool, datetime.date]:
            dead = document.status in ("replaced", "expired")
            return not dead, document.date or datetime.date.min

        return max(close, key=rank)

    # -- composing -----------------------------------------------------------------------------------------------

    def answer(self, question: Question, match: LegalMatch) -> tuple[Route, list[Statement]]:
        """The document's identity, what became of it, and what it sets, the asked first."""
        if match.document is None:
            assert match.fact is not None
            return "target", [Statement(f"{match.fact.text}.", (match.fact.source,))]
        document = match.document
        if match.alike and len({fact.symbol for fact in match.alike}) > 1:
            return "target", self._several(match.alike)
        asked_facts = self._facts_for(question, match)
        about_value = bool(question.asks & {"percent", "count", "money"}) or question.has(
            r"muc tieu|chi tieu|thoi han|han chot|den nam|may nhom|bao gio xong|yeu cau gi|giao"
        )
        fate = question.has(_FATE)
        said = self._identity(question, document)
        fates = self._fate(document, fate)
        sets = [Statement(f"{fact.text}.", (fact.source,), item=len(asked_facts) > 1) for fact in asked_facts]
        if about_value and asked_facts:
            lead = [Statement(f"{facts.name_of(document)} nêu:", (said[0].sources[0],))] if len(sets) > 1 else []
            ordered = [*lead, *sets, *([] if lead else said), *fates]
        else:
            ordered = [*said, *fates, *sets]
        ordered += self._same_number(question, document)
        route: Route = "target" if about_value and asked_facts and not fate else "legal_fact"
        return route, _within(ordered)

    @staticmethod
    def _several(found: Sequence[Fact]) -> list[Statement]:
        """The same thing as several documents set it, each with its name."""
        said = [
            Statement(
                f"{facts.name_of(fact.document) if fact.document else fact.symbol}: {fact.text}.", (fact.source,), True
            )
            for fact in found[:4]
        ]
        return _within(said)

    def _identity(self, question: Question, document: RegistryDocument) -> list[Statement]:
        text = facts.identity(document)
        source = facts.registry_source(document, text)
        asked_type = re.search(r"la (.+?) hay (?:la )?(.+)$", question.folded)
        if asked_type:
            kind = " ".join(folded_syllables(document.type))
            other = [name for name in asked_type.groups() if kind not in name]
            spoken = f" (không phải {_accented_type(other[0])})" if len(other) == 1 and _accented_type(other[0]) else ""
            return [Statement(f"{document.symbol} là {document.type}{spoken}: {text}.", (source,))]
        said = [Statement(f"{text}.", (source,))]
        if unconfirmed := facts.unconfirmed(document):
            said.append(Statement(f"{unconfirmed}.", (facts.registry_source(document, unconfirmed),)))
        elif document.confidence == "memory":
            said.append(
                Statement("Thông tin này chưa được đối chiếu với văn bản gốc, cần kiểm tra trước khi viện dẫn.")
            )
        return said

    def _fate(self, document: RegistryDocument, asked: bool) -> list[Statement]:
        lines = facts.status(document, self._today)
        dead = bool(document.replaced_by) or document.status in ("replaced", "expired")
        if asked or dead or document.effective_from or document.amended_by:
            lines = [*lines, *(facts.relations(document) if asked else [])]
        else:
            lines = []
        said = [Statement(f"{line}.", (facts.registry_source(document, line),)) for line in lines]
        for symbol in document.replaced_by[:1]:
            newer = self.registry.find(symbol)
            if newer:
                text = facts.identity(newer[0])
                said.append(Statement(f"Văn bản thay thế: {text}.", (facts.registry_source(newer[0], text),)))
        if asked:
            for symbol in (*document.amended_by[:1], *document.replaces[:1]):
                other = self.registry.find(symbol)
                if other:
                    text = facts.identity(other[0])
                    said.append(Statement(f"{text}.", (facts.registry_source(other[0], text),)))
        return said

    def _facts_for(self, question: Question, match: LegalMatch) -> list[Fact]:
        """The facts of the document that the question speaks of, the nearest first."""
        document = match.document
        assert document is not None
        own = self._by_symbol.get(symbol_key(document.symbol), [])
        own = [fact for fact in own if fact.document is None or fact.document.date == document.date]
        if not own:
            return []
        about = set(_words(f"{facts.identity(document)} {' '.join(document.aliases)}"))
        spoken = [word for word in question.words if word not in about]
        index = TermIndex([_fact_parts(fact) for fact in own])
        ranked = index.match(spoken, n=_SHOWN_FACTS) or index.match(question.words, n=_SHOWN_FACTS)
        if not ranked:
            return own[:_SHOWN_FACTS]
        best = ranked[0].score
        chosen = [own[m.index] for m in ranked if m.score >= 0.45 * best]
        if question.has(r"nhung (?:muc tieu|chi tieu|gi|noi dung)|cac (?:muc tieu|chi tieu)|quy dinh gi|yeu cau gi"):
            chosen += [fact for fact in own if fact not in chosen][: _SHOWN_FACTS - len(chosen)]
        return chosen

    def _same_number(self, question: Question, document: RegistryDocument) -> list[Statement]:
        """A word of warning where the symbol belongs to several documents and no date was named."""
        others = [d for d in self.registry.find(document.symbol) if d is not document]
        if not others or find_dates(question.raw):
            return []
        names = "; ".join(facts.name_of(other) for other in others[:2])
        sources = tuple(facts.registry_source(other, facts.identity(other)) for other in others[:2])
        return [Statement(f"Lưu ý cùng số này còn có {names}.", sources)]

    def unknown_symbol(self, question: Question) -> str | None:
        """A full symbol in the question that no entry has; None where there is none or one is known."""
        written = [reference.symbol for reference in question.references if reference.parsed is not None]
        if not written or self.named(question):
            return None
        return written[0]

    def is_verification(self, question: Question) -> bool:
        """Whether the question asks if a citation is right."""
        return bool(question.references) and question.has(_VERIFY)

    def verify(self, question: Question) -> list[Statement]:
        """What is right or wrong about the citation in the question."""
        said: list[Statement] = []
        for result in verify(_citation(question), self.registry):
            document = self._right_document(question, result.resolved)
            if result.verdict == "ok" and document is not None:
                text = facts.identity(document)
                said.append(Statement(f"Đúng: {text}.", (facts.registry_source(document, text),)))
                continue
            if document is None:
                said.append(
                    Statement(f"Danh mục chưa có {result.reference.text}, nên chưa xác nhận được là đúng hay sai.")
                )
                continue
            text = facts.identity(document)
            source = facts.registry_source(document, text)
            wrong = result.message.rstrip(".") if result.message else "chưa khớp với danh mục"
            said.append(Statement(f"Chưa đúng: viết đúng là {text}.", (source,)))
            said.append(Statement(f"{wrong[:1].upper()}{wrong[1:]}.", (source,)))
        return said

    def _right_document(self, question: Question, resolved: str | None) -> RegistryDocument | None:
        """The document that was meant: the one of the same date and number, else the one the symbol names."""
        dates = {mention.value for mention in find_dates(question.raw) if mention.value}
        for reference in question.references:
            number = re.match(r"\d+", reference.symbol or "")
            for document in self._documents:
                same = number and re.match(r"0*(\d+)", document.symbol)
                if same and same.group(1) == number.group().lstrip("0") and document.date in dates:
                    return document
        found = self.registry.find(resolved) if resolved else []
        return self._likeliest(question, found) if found else next(iter(self.named(question)), None)


def _citation(question: Question) -> str:
    """The citation inside the question: what stands in quotation marks, else all of it."""
    match = re.search(r"['\"“‘](.{8,}?)['\"”’]", question.raw)
    return match.group(1) if match else question.raw


_TYPES = {
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


def _folded_type(document: RegistryDocument) -> str:
    return " ".join(folded_syllables(document.type))


def _accented_type(folded: str) -> str:
    return next((name for key, name in _TYPES.items() if key in folded), "")


def _words(text: str) -> list[str]:
    return folded_syllables(spell_out(text))


def _target_facts(document: RegistryDocument) -> Iterable[Fact]:
    for target in document.targets:
        text = facts.target_sentence(target)
        yield Fact(document, document.symbol, text, facts.registry_source(document, text, target.provision))
    for sentence in facts.note_sentences(document):
        yield Fact(document, document.symbol, sentence, facts.registry_source(document, sentence), is_target=False)


def _fact_parts(fact: Fact) -> list[tuple[list[str], float]]:
    parts = [(_words(fact.text), 1.0), (_words(fact.symbol), 0.5)]
    if fact.document is not None:
        parts.append((_words(f"{fact.document.type} {fact.document.title or ''} {fact.document.issuer or ''}"), 0.5))
        parts += [(_words(alias), 0.5) for alias in fact.document.aliases]
    return parts


def _within(statements: Sequence[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    room = LIMIT
    for statement in statements:
        room -= words(statement.text)
        if room < 0 and kept:
            break
        kept.append(statement)
    return kept
