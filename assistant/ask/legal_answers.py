"""Answers from the registry: what a document is, what it sets, what became of it, whether a citation is right."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.ask import facts
from assistant.ask.legal_names import words_of
from assistant.ask.legal_search import TYPES, Fact, LegalFinder, LegalMatch, fact_parts
from assistant.ask.matching import TermIndex, word_set
from assistant.ask.models import Route, Statement
from assistant.ask.past_wording import lower_first
from assistant.ask.question import Ask, Question
from assistant.ask.shelf import fitting
from assistant.ask.wording import short_types, written_out
from assistant.legal import Registry, RegistryDocument, verify
from assistant.legal.symbols import symbol_key
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.tokens import folded_syllables

__all__ = ["Fact", "LegalAnswers", "LegalMatch"]

# of the 180 words of an answer, some go to the numbers of citations
LIMIT = 168
_SHOWN_FACTS = 4
_VERIFY = (
    r"(?:\b(?<!ap )(?<!su )(?<!con )dung (?:chua|khong)|\bvay dung|da dung|co dung|ky hieu vay|viet (?:vay|the|nhu)"
    r"|toi (?:viet|ghi|trich)|sai (?:khong|o dau|gi)|(?:da |co )?chuan (?:chua|khong)|chuan xac khong|co sai"
    r"|vay duoc (?:chua|khong)|the duoc (?:chua|khong)|nhu vay (?:co )?duoc)\b"
)
# "ban hành ngày nào", "của ai", "văn bản nào": the document itself is asked for, not what it sets
_ONLY_IDENTITY: frozenset[Ask] = frozenset(("when", "who", "which", "symbol", "yes_no"))
_FATE = r"thay the|thay cho|bai bo|het hieu luc|con hieu luc|hieu luc|sua doi|bo sung|ap dung"


class LegalAnswers(LegalFinder):
    """The registry and the facts about plans and indicator sets, ready to answer."""

    def __init__(self, registry: Registry, extra: Iterable[Fact] = (), today: datetime.date | None = None) -> None:
        """
        Args:
            registry: the documents.
            extra: facts of plans and indicator sets.
            today: the day at which validity is judged.
        """
        super().__init__(registry, extra)
        self._today = today or datetime.date.today()

    def answer(self, question: Question, match: LegalMatch) -> tuple[Route, list[Statement]]:
        """The document's identity, what became of it, and what it sets, the asked first."""
        if match.document is None:
            assert match.fact is not None
            return "target", [Statement(f"{match.fact.text}.", (match.fact.source,))]
        document = match.document
        if match.alike and len({fact.symbol for fact in match.alike}) > 1:
            return "target", self._several(match.alike)
        asked_facts = self._asked_facts(question, match)
        about_value = bool(question.asks & {"percent", "count", "money"}) or question.has(
            r"muc tieu|chi tieu|thoi han|han chot|den nam|may nhom|bao gio xong|yeu cau gi|giao"
        )
        if question.asks and question.asks <= _ONLY_IDENTITY and not about_value:
            asked_facts = []
        fate = question.has(_FATE)
        said = self._identity(question, document)
        fates = self._fate(document, fate)
        sets = [Statement(f"{fact.text}.", (fact.source,), item=len(asked_facts) > 1) for fact in asked_facts]
        if about_value and asked_facts:
            lead = [Statement(f"{facts.name_of(document)} nêu:", (said[0].sources[0],))] if len(sets) > 1 else []
            ordered = [*lead, *sets, *([] if lead else said), *fates]
        else:
            ordered = [*said, *fates, *sets]
        if question.has(r"khac nhau|khac gi|so sanh|giong|\bva\b.*\bkhac"):
            texts = [(other, facts.identity(other)) for other in match.others[:2]]
            ordered += [Statement(f"{text}.", (facts.registry_source(other, text),)) for other, text in texts]
        ordered += self._same_number(question, document)
        route: Route = "target" if about_value and asked_facts and not fate else "legal_fact"
        return route, fitting(ordered, LIMIT)

    @staticmethod
    def _several(found: Sequence[Fact]) -> list[Statement]:
        """The same thing as several documents set it, each with its name."""
        said = [
            Statement(
                f"{facts.name_of(fact.document) if fact.document else fact.symbol}: {fact.text}.", (fact.source,), True
            )
            for fact in found[:4]
        ]
        return fitting(said, LIMIT)

    @staticmethod
    def _identity_of(document: RegistryDocument) -> list[Statement]:
        text = facts.identity(document)
        return [Statement(f"{text}.", (facts.registry_source(document, text),))]

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
        shown = [*lines, *(facts.relations(document) if asked else [])] if asked or dead else []
        said = [Statement(f"{line}.", (facts.registry_source(document, line),)) for line in shown]
        said += self._taken_over(document) if shown else []
        if asked:
            for symbol in (*document.amended_by[:1], *document.replaces[:1]):
                other = self.registry.pointed_at(document, symbol)
                if other:
                    text = facts.identity(other)
                    said.append(Statement(f"{text}.", (facts.registry_source(other, text),)))
        return said

    def _taken_over(self, document: RegistryDocument) -> Iterator[Statement]:
        """What replaced a document or followed it for the next period, and what became of that."""
        for lead, symbols in (("thay thế", document.replaced_by), ("kế tiếp", document.succeeded_by)):
            for newer in (found for symbol in symbols[:1] if (found := self.registry.pointed_at(document, symbol))):
                text = facts.identity(newer)
                yield Statement(f"Văn bản {lead}: {text}.", (facts.registry_source(newer, text),))
                if newer.replaced_by:
                    line = facts.status(newer, self._today)[0]
                    said = f"{facts.short_name(newer)}: {lower_first(line)}"
                    yield Statement(f"{said}.", (facts.registry_source(newer, line),))

    def fate(self, document: RegistryDocument) -> list[Statement]:
        """What became of a document: in force, amended, replaced."""
        return [*self._identity_of(document), *self._fate(document, True)]

    def _asked_facts(self, question: Question, match: LegalMatch) -> list[Fact]:
        """The facts of the document that the question speaks of, the nearest first."""
        document = match.document
        assert document is not None
        own = self.by_symbol.get(symbol_key(document.symbol), [])
        every = frozenset(question.words)
        own = [f for f in own if (f.document is None or f.document.date == document.date) and f.about <= every]
        if not own:
            return []
        about = set(words_of(f"{facts.identity(document)} {' '.join(document.aliases)}"))
        spoken = [word for word in question.words if word not in about]
        index = TermIndex([fact_parts(fact) for fact in own])
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
        """Whether the question asks if a citation is right, and for no figure of the document."""
        return bool(question.references) and question.has(_VERIFY) and "count" not in question.asks

    def verify(self, question: Question) -> list[Statement]:
        """What is right or wrong about the citation in the question."""
        said: list[Statement] = []
        for result in verify(_citation(question), self.registry):
            document = self._right_document(question, result.resolved)
            if result.verdict == "ok" and document is not None:
                text = facts.identity(document)
                lead = "" if _says_more(question, text) else "Đúng: "
                said.append(Statement(f"{lead}{text}.", (facts.registry_source(document, text),)))
                continue
            if document is None:
                said.append(
                    Statement(f"Danh mục chưa có {result.reference.text}, nên chưa xác nhận được là đúng hay sai.")
                )
                continue
            text = facts.identity(document)
            source = facts.registry_source(document, text)
            lead = "Chưa đúng: viết đúng là"
            if not _says_more(question, text):
                lead = _VERDICTS.get(result.verdict, lead)
            wrong = result.message.rstrip(".") if result.message else "chưa khớp với danh mục"
            said.append(Statement(f"{lead} {text}.", (source,)))
            said.append(Statement(f"{wrong[:1].upper()}{wrong[1:]}.", (source,)))
        return said

    def _right_document(self, question: Question, resolved: str | None) -> RegistryDocument | None:
        """The document that was meant: the one of the same date and number, else the one the symbol names."""
        dates = {mention.value for mention in find_dates(question.raw) if mention.value}
        for reference in question.references:
            number = re.match(r"\d+", reference.symbol or "")
            for document in self.documents:
                same = number and re.match(r"0*(\d+)", document.symbol)
                if same and number and same.group(1) == number.group().lstrip("0") and document.date in dates:
                    return document
        found = self.registry.find(resolved) if resolved else []
        return self.names.likeliest(question, found) if found else next(iter(self.named(question)), None)


def _citation(question: Question) -> str:
    """The citation inside the question: what stands in quotation marks, else all of it."""
    text = written_out(short_types(question.raw))
    match = re.search(r"['\"“‘](.{8,}?)['\"”’]", text)
    return match.group(1) if match else text


# what is written is right, but
_VERDICTS = {"incomplete": "Phần đã ghi là đúng; ghi đủ là", "superseded": "Ghi đúng, nhưng cần lưu ý hiệu lực:"}


def _says_more(question: Question, identity: str) -> bool:
    """Whether a message says something of its document that was not compared: nothing to confirm then."""
    known = {word.lstrip("0") for word in words_of(identity)}
    more = {w for w in question.said if w not in question.light and w not in word_set("citing")}
    return any(word.lstrip("0") not in known for word in more)


def _accented_type(folded: str) -> str:
    return next((name for key, name in TYPES.items() if key in folded), "")
