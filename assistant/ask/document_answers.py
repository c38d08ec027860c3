"""Answers on a document that a question names, and on what the documents of the library say at all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.ask.asked import asked_of
from assistant.ask.aspects import (
    RELATIONS,
    Aspect,
    aspects_of,
    related,
    told,
)
from assistant.ask.comparing import compared_thing, comparison
from assistant.ask.completing import completed, wish_of
from assistant.ask.documents import ANYWHERE, NAMED, Bar, Pool, named, within
from assistant.ask.extract import VALUES, Finding
from assistant.ask.legal_answers import LegalAnswers, LegalMatch
from assistant.ask.marked import (
    POINTS_AT_OTHER,
    SIDE_BY_SIDE,
    asks_aspect,
    compares,
    content_of,
    marked,
    named_in,
    title_words,
    values_asked,
)
from assistant.ask.matching import word_set
from assistant.ask.models import Answer, Route, Statement
from assistant.ask.parts import Part, parts
from assistant.ask.past_wording import signature
from assistant.ask.premises import as_asked, bearing, claim_of, judged, located
from assistant.ask.provisions import records_of
from assistant.ask.question import Question
from assistant.ask.quoting import with_lists
from assistant.ask.refusal import refuse
from assistant.ask.shelf import Hit, Shelf, quote_source
from assistant.ask.statements import statements, years_of
from assistant.ask.structure import counted_parts, listed, lists, section_named
from assistant.ask.told import Told, lacking, of_each, value_of
from assistant.legal import RegistryDocument
from assistant.library.models import DocumentRecord, Passage

_FOUND = 12
_FOUND_WELL = 0.25
_RELATED = r"quan he|lien quan|khac (?:nhau|gi)"
_DATED: tuple[Aspect, ...] = (*RELATIONS, "in_force", "effective")
_OF_ONE_COMMUNE, _WORDS_OF_ONE_COMMUNE = 0.8, 4
_LEAST_TOLD = 3
# a document that is no longer the one to cite is said to be so, whatever else is asked of it
_STATUS_ASKED = r"\b(?:dan|vien dan|dung|con|het|moi|thay|ke tiep|giai doan)\b"
_OUTLINES = ("builtin:report:", "builtin:topic:", "builtin:guide:", "builtin:rules", "builtin:terms", "builtin:abbrev")


class DocumentAnswers:
    """Answers from the registry and from the text of documents, part by part."""

    def __init__(self, legal: LegalAnswers, shelf: Shelf, records: Mapping[str, DocumentRecord]) -> None:
        self._legal = legal
        self._shelf = shelf
        self._records = records
        self._pools: dict[str, Pool] = {}

    def named(self, question: Question, match: LegalMatch) -> Answer:
        """The answer on the documents that the question names; a refusal where they do not say."""
        assert match.document is not None
        documents = [match.document, *match.others]
        if len(documents) > 1 and question.has(_RELATED) and (both := self._between(documents)):
            return Answer(question.raw, "legal_fact", tuple(within(both)))
        rest = marked(question, documents)
        claim = claim_of(question, documents)
        pieces = [Part(as_asked(rest, claim))] if claim else self._pieces(rest, documents)
        titles = {word for document in documents for word in title_words(document)}
        plain = not any(content_of(piece, titles) or asks_aspect(piece) or values_asked(piece) for piece in pieces)
        plain = plain and len({document.symbol for piece in pieces for document in named_in(piece, documents)}) < 2
        if plain and not any(self._listed(piece.question, records_of(self._records, documents)) for piece in pieces):
            route, statements = self._legal.answer(question, match)
            return Answer(question.raw, route, tuple(statements))
        told_all = list(self._told_of(pieces, documents, titles))
        said = of_each(told_all)
        if not said:
            return self._silent(question, documents, self._other_years(pieces, documents))
        further, settled = ([], []) if compares(question) else self._further(told_all)
        said += further
        quoted = " ".join(source.quote for statement in said for source in statement.sources)
        said = judged(claim, said) if claim else bearing(question, said)
        values = [told_of.value for told_of in told_all if told_of.value is not None]
        if compares(question) and len(values) == 2 and (made := comparison(*values)):
            said.append(made)
        said += [
            statement
            for told_of in told_all
            if not told_of.statements and told_of.piece not in settled
            for statement in lacking(told_of, told_all, quoted)
        ]
        route = "target" if any(told_of.valued for told_of in told_all) else "legal_fact"
        return Answer(question.raw, route, tuple(within(said)))

    def _further(self, told_all: Sequence[Told]) -> tuple[list[Statement], list[Part]]:
        """What stands beside the statements found and answers what they leave open; the parts that are answered so."""
        found = [finding for told_of in told_all for finding in told_of.found]
        if not found or len({tuple(d.symbol for d in told_of.documents) for told_of in told_all}) > 1:
            return [], []
        pool = self._pool(told_all[0].documents)
        wishes = [
            [wish_of(one, t.piece.question) for one in asked_of(t.piece.question, (), t.piece.beside)] for t in told_all
        ]
        unanswered = [(t, own) for t, own in zip(told_all, wishes, strict=True) if not t.statements]
        missing = [wish.asked for _, own in unanswered for wish in own]
        years = told_all[0].piece.question.years
        added, left = completed(
            [wish for own in wishes for wish in own],
            found,
            missing,
            pool.extractor,
            lambda hit: not years or not years_of(hit.statement) or bool(years_of(hit.statement) & {*years}),
        )
        settled = [t.piece for t, own in unanswered if not any(wish.asked in left for wish in own)]
        return self._statements_of(pool, added, lead=False), settled

    @staticmethod
    def _pieces(rest: Question, documents: Sequence[RegistryDocument]) -> list[Part]:
        """The parts of a question; of two documents that it compares the same is asked."""
        if len(documents) == 2 and compares(rest):
            return [Part(compared_thing(rest))]
        if place := located(rest):
            return [Part(place)]
        return parts(rest)

    def _told_of(
        self, pieces: Sequence[Part], documents: Sequence[RegistryDocument], titles: set[str]
    ) -> Iterator[Told]:
        """What answers each part, of the documents that it names, else of those that the part before it is about."""
        about = documents
        before: list[Aspect] = []
        for piece in pieces:
            own = named_in(piece, documents) or self._pointed_at(piece, about, before)
            about = own or about
            aspects = aspects_of(piece.question)
            if before and piece.bare and not own:
                # "thay bằng văn bản nào, từ ngày nào?": what became of a document is told with its dates
                if not {*before} & {*_DATED}:
                    yield Told(piece, about, self._of_aspects(about, aspects))
                continue
            apart = len(about) > 1 and (compares(piece.question) or piece.question.has(SIDE_BY_SIDE))
            told_of = [self._part(piece, group, titles) for group in ([[d] for d in about] if apart else [about])]
            before = aspects if told_of[0].statements and not content_of(piece, titles) else []
            yield from told_of

    def _pointed_at(
        self, piece: Part, about: Sequence[RegistryDocument], before: Sequence[Aspect]
    ) -> list[RegistryDocument]:
        """ "…, luật mới đó có hiệu lực khi nào?": the documents that the part before it was answered by."""
        if not piece.question.has(POINTS_AT_OTHER):
            return []
        symbols = [symbol for aspect in before for symbol in related(about[0], aspect)]
        return [found for symbol in symbols if (found := self._legal.registry.pointed_at(about[0], symbol))]

    def only_aspects(self, question: Question) -> bool:
        """Whether a question names documents and asks nothing but what they are and what became of them."""
        documents = self._legal.named(question)
        titles = {word for document in documents for word in title_words(document)}
        pieces = parts(marked(question, documents)) if documents else []
        return bool(pieces) and all((aspects_of(p.question) and not content_of(p, titles)) or p.bare for p in pieces)

    def claims(self, question: Question) -> bool:
        """Whether a question wants something confirmed that a document sets, and not how the document is cited."""
        documents = self._legal.named(question)
        rest = marked(question, documents)
        titles = {word for document in documents for word in title_words(document)}
        said = [word for word in content_of(Part(rest), titles) if word not in word_set("citing")]
        claim = claim_of(question, documents)
        # nobody cites a document by a percentage
        beyond = len(said) >= _LEAST_TOLD or "effective" in aspects_of(rest) or bool(claim.percents)
        return bool(documents) and beyond and bool(claim)

    def _between(self, documents: Sequence[RegistryDocument]) -> list[Statement]:
        """What the registry says of how documents stand to each other."""
        symbols = {document.symbol for document in documents}
        said = []
        for document in documents:
            for aspect in RELATIONS:
                said += [
                    statement
                    for statement in told(document, [aspect], self._legal.registry)
                    if any(symbol in statement.text for symbol in symbols - {document.symbol})
                ]
        return said

    def _part(self, piece: Part, documents: Sequence[RegistryDocument], titles: set[str]) -> Told:
        """What answers one part."""
        aspects = aspects_of(piece.question)
        content = content_of(piece, titles)
        beyond = [aspect for aspect in aspects if aspect != "identity"]
        if beyond and (said := self._of_aspects(documents, aspects)):
            return Told(piece, documents, said)
        if listing := self._listed(piece.question, records_of(self._records, documents)):
            return Told(piece, documents, listing)
        if content or beyond:
            pool = self._pool(documents)
            if found := pool.find(piece, NAMED):
                said = self._statements_of(pool, found, lead=True)
                return Told(piece, documents, said, *value_of(pool, found[0], documents[0], said), found)
            if content:
                return Told(piece, documents)
        return Told(piece, documents, self._of_aspects(documents, ["identity"]) if "identity" in aspects else [])

    def _listed(self, question: Question, records: Sequence[DocumentRecord]) -> list[Statement]:
        """The list under the heading of a document that a question names; [] where it names none."""
        if not lists(question):
            return []
        for record in records:
            passages = self._shelf.passages_of(record.id)
            if counted := counted_parts(question, record, passages, named(record)):
                return counted
            section = section_named(question, passages, record.title)
            if section is not None and (found := listed(record, section, named(record))):
                return found
        return []

    def _of_aspects(self, documents: Sequence[RegistryDocument], aspects: Sequence[Aspect]) -> list[Statement]:
        said: list[Statement] = []
        for document in documents[:2]:
            own = told(document, aspects, self._legal.registry)
            if "signer" in aspects:
                own += self._signed(document)
            if "in_force" in aspects or (not own and {"replaced_by", "amended_by"} & set(aspects)):
                own += self._legal.fate(document)
            said += own
        return said

    def _signed(self, document: RegistryDocument) -> list[Statement]:
        """Who signed: the block at the end of the text, or a sentence that says so."""
        for record in records_of(self._records, [document]):
            passages = self._shelf.passages_of(record.id)
            if found := signature(record, passages, named(record)):
                return [found]
            for span in (span for passage in passages[:2] for span in statements(passage)):
                if re.search(r"đã ký(?: ban hành)?|ký ban hành", span.text):
                    source = quote_source(record, span.passage, span.start, span.end)
                    return [Statement(f"{named(record)}: “{' '.join(source.quote.split()).rstrip('.')}”.", (source,))]
        return []

    def _other_years(self, pieces: Sequence[Part], documents: Sequence[RegistryDocument]) -> list[int]:
        """The years of which the documents do say what is asked of another one."""
        pool = self._pool(documents)
        asked = [replace(p, question=replace(p.question, years=())) for p in pieces if p.question.years]
        said = {year for piece in asked for finding in pool.find(piece, NAMED) for year in years_of(finding.statement)}
        return sorted(said - {document.date.year for document in documents if document.date})

    def _silent(self, question: Question, documents: Sequence[RegistryDocument], years: Sequence[int]) -> Answer:
        """Declined: what is known of the document is all that can be said."""
        document = documents[0]
        if question.has(_STATUS_ASKED) and (document.replaced_by or document.succeeded_by or document.effective_to):
            return Answer(question.raw, "legal_fact", tuple(self._legal.fate(document)))
        has_text = bool(records_of(self._records, documents))
        name = f"{document.type} số {document.symbol}"
        near = f"{name} (nêu mốc năm {', '.join(map(str, years))})" if years else None
        add = (
            f"Văn bản {name} có trong kho nhưng không nêu nội dung này."
            if has_text
            else f"Kho chưa có toàn văn {name}; hãy nạp văn bản đó rồi hỏi lại."
        )
        return refuse(question, "legal_fact", [name], near=near, add=add)

    def _pool(self, documents: Sequence[RegistryDocument]) -> Pool:
        records = records_of(self._records, documents)
        key = " ".join([*(d.symbol for d in documents), *(f"{r.id}.{r.version}" for r in records)])
        if key not in self._pools:
            known = [fact for document in documents for fact in self._legal.facts_of(document)]
            passages = [passage for record in records for passage in self._shelf.passages_of(record.id)]
            self._pools[key] = Pool(passages, known)
        return self._pools[key]

    # -- no document named -----------------------------------------------------------------------------------------

    def anywhere(
        self, question: Question, route: Route, kinds: Sequence[str] | None = None, bar: Bar = ANYWHERE
    ) -> Answer | None:
        """An answer from the facts and passages nearest to the question, whichever document they are of."""
        hits = self._shelf.search(" ".join(question.text.split()), _FOUND, kinds)
        passages = [hit.passage for hit in hits if self._speaks(hit.passage)]
        pool = Pool(passages, [] if kinds else self._legal.facts_near(question), _found_well(hits))
        said: list[Statement] = []
        values = False
        records = list({p.document_id: self._records[p.document_id] for p in passages}.values())
        for piece in parts(question):
            if len(content_of(piece, set())) < 2:
                continue
            if listing := self._listed(piece.question, [r for r in records if r.kind not in ("builtin", "report")]):
                said += listing
                continue
            found = [finding for finding in pool.find(piece, bar) if self._meant(finding)]
            said += self._statements_of(pool, found, lead=True)
            values = values or (bool(found) and found[0].asked.kind in VALUES)
        if not said:
            return None
        return Answer(question.raw, "target" if values and route == "other" else route, tuple(within(said)))

    def _meant(self, finding: Finding) -> bool:
        """Whether a statement may be meant though nothing is named: what one commune reports only where nearly every
        word of a longer question is in it."""
        record = self._records.get(finding.statement.passage.document_id)
        if record is None or record.kind != "report":
            return True
        return finding.coverage >= _OF_ONE_COMMUNE and len(set(finding.asked.words)) >= _WORDS_OF_ONE_COMMUNE

    def said_of(self, piece: Part, documents: Sequence[RegistryDocument]) -> list[Statement]:
        """What the documents named, else all of the library, say of one part of a question."""
        if documents:
            return list(self._part(piece, documents, set()).statements)
        hits = self._shelf.search(" ".join(piece.question.text.split()), _FOUND, None)
        pool = Pool([hit.passage for hit in hits if self._speaks(hit.passage)])
        found = [finding for finding in pool.find(piece, ANYWHERE) if self._meant(finding)]
        return self._statements_of(pool, found[:2], lead=True)

    def _speaks(self, passage: Passage) -> bool:
        """Whether a passage says something of its own: outlines and how-to texts have their own answers, and who a
        document is sent to says nothing of them."""
        addressed = bool(passage.path) and passage.path[-1].text.startswith("Nơi nhận")
        return passage.document_id in self._records and not passage.document_id.startswith(_OUTLINES) and not addressed

    def _statements_of(self, pool: Pool, found: Sequence[Finding], lead: bool) -> list[Statement]:
        made = [pool.statement(finding, self._records, lead) for finding in with_lists(found)]
        return [statement for statement in made if statement is not None]


def _found_well(hits: Sequence[Hit]) -> dict[str, float]:
    """What each passage found has in advance: the first most, one found half as well half of it."""
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.passage.id: _FOUND_WELL * hit.score / best for hit in hits} if best > 0 else {}
