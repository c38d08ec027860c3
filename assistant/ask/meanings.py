"""What a term means, how terms differ, what an abbreviation stands for: as the law at hand says it, else as we do."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.ask.aspects import named_as
from assistant.ask.document_answers import DocumentAnswers
from assistant.ask.models import Answer, Statement
from assistant.ask.parts import Part, parts
from assistant.ask.practice import Practice
from assistant.ask.provisions import explains_terms, meaning, stands_for, subject
from assistant.ask.question import Question
from assistant.ask.routing import WHICH_DOCUMENT, asks_meaning
from assistant.ask.shelf import Shelf
from assistant.ask.told import UNSAID
from assistant.legal import RegistryDocument
from assistant.legal.practice import Term
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables

_SHOWN = 3
# a terse message is its term and a few words
_TERSE = 3


class Meanings:
    """Terms explained, from the library's own articles on terms and from the glossary that ships."""

    def __init__(
        self,
        practice: Practice,
        shelf: Shelf,
        records: Mapping[str, DocumentRecord],
        documents: DocumentAnswers,
    ) -> None:
        self._practice = practice
        self._shelf = shelf
        self._records = records
        self._documents = documents

    def answer(
        self, question: Question, documents: Sequence[RegistryDocument], named: Sequence[DocumentRecord]
    ) -> Answer | None:
        """What a question for meanings wants to know; None where it asks for something else.

        Args:
            documents, named: the documents that it names, and those of them whose text is at hand.
        """
        rest = question
        for document in documents:
            rest = named_as(rest, document)
        said = self._by_part(question, rest, documents, named)
        if not said and rest is not question and not question.has(WHICH_DOCUMENT):
            # what a document sets up may be a term itself: "Bộ chỉ số 766"
            said = self._defined(question, question, (), (), 2)
        if not said and asks_meaning(question):
            term = subject(rest)
            found = stands_for(question, term, self._shelf, self._records) or self._practice.short_form(question, term)
            found = found or meaning(term, self._to_read(question, named))
            said = [found] if found is not None else []
        return Answer(question.raw, "definition", tuple(said)) if said else None

    def _by_part(
        self,
        question: Question,
        rest: Question,
        documents: Sequence[RegistryDocument],
        named: Sequence[DocumentRecord],
    ) -> list[Statement]:
        """The meaning of the terms that the first part asks for, then what the library says to the others."""
        symbols = [document.symbol for document in documents]
        pieces = parts(rest)
        said: list[Statement] = []
        together = len(pieces) < 2 or (self._practice.differs(rest) and not asks_meaning(rest))
        for piece in [Part(rest)] if together else pieces:
            found = self._defined(piece.question, question, symbols, named, 1 if said else 2)
            if not found and not said:
                return []
            said += found or self._documents.said_of(piece, documents) or [UNSAID]
        return said

    def _defined(
        self,
        asked: Question,
        question: Question,
        symbols: Sequence[str],
        named: Sequence[DocumentRecord],
        compared: int,
    ) -> list[Statement]:
        """What the terms mean that a part of a question asks for, or `compared` of them that it sets beside each
        other; [] where it asks for something else."""
        terms, beside = self._practice.named_terms(asked, symbols)
        differ = self._practice.differs(asked)
        terse = len(asked.words) <= max((len(term.name.split()) for term in terms), default=0) + _TERSE
        alone = terse and not beside and not asked.asks - {"what", "which"}
        meant = asks_meaning(asked) or (differ and len(terms) >= compared) or alone
        if not terms or not meant or (beside and not differ):
            return []
        if asked.has(r"\bviet tat\b") and (short := self._practice.short_form(question, subject(asked))):
            return [short]
        return [statement for term in terms[:_SHOWN] for statement in self._explained(term, question, named)]

    def _explained(self, term: Term, question: Question, named: Sequence[DocumentRecord]) -> list[Statement]:
        said = meaning(tuple(folded_syllables(term.name)), self._to_read(question, named))
        return [said] if said is not None else self._practice.meaning(term)

    def _to_read(self, question: Question, named: Sequence[DocumentRecord]) -> Iterator[tuple[DocumentRecord, Passage]]:
        """The passages of the documents named, then those found by words and the articles that explain terms."""
        for record in named:
            yield from ((record, passage) for passage in self._shelf.passages_of(record.id))
        if named:
            return
        for hit in self._shelf.search(question.text, 10, None):
            found = self._records.get(hit.passage.document_id)
            if found is not None and found.kind != "builtin":
                yield found, hit.passage
        for hit in self._shelf.search(f"giải thích từ ngữ {question.text}", 10, ["legal"]):
            found = self._records.get(hit.passage.document_id)
            if found is not None and explains_terms(hit.passage):
                yield found, hit.passage
