"""Answers on a document that a question names, and on what the documents of the library say at all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ask.aspects import (
    NAME,
    RELATIONS,
    Aspect,
    aspects_of,
    beyond_aspects,
    named_as,
    related,
    told,
    unknown,
    without_owner,
)
from assistant.ask.comparing import Value, compared_thing, comparison
from assistant.ask.documents import ANYWHERE, NAMED, Bar, Pool, named, within, years_of
from assistant.ask.extract import VALUES, Finding
from assistant.ask.facts import short_name
from assistant.ask.figures import choose
from assistant.ask.legal_answers import LegalAnswers, LegalMatch
from assistant.ask.matching import word_set
from assistant.ask.models import Answer, Route, Statement
from assistant.ask.parts import Part, parts
from assistant.ask.past_wording import signature
from assistant.ask.premises import as_asked, bearing, claim_of, judged, located
from assistant.ask.provisions import records_of
from assistant.ask.question import Question
from assistant.ask.refusal import refuse
from assistant.ask.shelf import Hit, Shelf, quote_source
from assistant.ask.statements import statements
from assistant.ask.structure import counted_parts, listed, lists, section_named
from assistant.legal import RegistryDocument
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables

_FOUND = 12
_FOUND_WELL = 0.25
_RELATED = r"quan he|lien quan|khac (?:nhau|gi)"
# "Chủ tịch xã bảo NQ 57 …": who said so is not asked about
_HEARD = re.compile(
    rf"^(?:\w+ ){{1,6}}(?:bao|noi|nghe|ke|khang dinh|cho rang|bao la|noi la|noi rang) (?=(?:theo )?{NAME})"
)
_POINTS_AT_OTHER = (
    r"\b(?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu|van ban|quy dinh|cai)(?: (?:sua(?: doi)?|thay the|thay))?"
    r" (?:do|nay|ay|moi|sau|thay the|sua doi)\b"
)
_DATED: tuple[Aspect, ...] = (*RELATIONS, "in_force", "effective")
# two documents of which the same is asked
_SIDE_BY_SIDE = rf"\b{NAME}\d? (?:(?:va|voi|hay|hoac|lan|cung) )?{NAME}\d?\b"
_OF_ONE_COMMUNE, _WORDS_OF_ONE_COMMUNE = 0.8, 4
_LEAST_TOLD = 3
# a document that is no longer the one to cite is said to be so, whatever else is asked of it
_STATUS_ASKED = r"\b(?:dan|vien dan|dung|con|het|moi|thay|ke tiep|giai doan)\b"
_OUTLINES = ("builtin:report:", "builtin:topic:", "builtin:guide:", "builtin:rules", "builtin:terms", "builtin:abbrev")


UNSAID = Statement("Nguồn trong kho không nêu phần còn lại của câu hỏi.")


@dataclass(frozen=True, slots=True)
class Told:
    """What answers one part of a question on some documents.

    Attributes:
        value: the figure among it, to be compared; None where it is none.
        valued: whether it is a value at all.
    """

    piece: Part
    documents: Sequence[RegistryDocument]
    statements: Sequence[Statement] = ()
    value: Value | None = None
    valued: bool = False


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
        rest = _marked(question, documents)
        claim = claim_of(question, documents)
        pieces = [Part(as_asked(rest, claim))] if claim else self._pieces(rest, documents)
        titles = {word for document in documents for word in _title_words(document)}
        plain = not any(_content(piece, titles) or _related(piece) or _values_asked(piece) for piece in pieces)
        plain = plain and len({document.symbol for piece in pieces for document in _named_in(piece, documents)}) < 2
        if plain and not any(self._listed(piece.question, records_of(self._records, documents)) for piece in pieces):
            route, statements = self._legal.answer(question, match)
            return Answer(question.raw, route, tuple(statements))
        told_all = list(self._told_of(pieces, documents, titles))
        said = _of_each(told_all)
        if not said:
            return self._silent(question, documents, self._other_years(pieces, documents))
        quoted = " ".join(source.quote for statement in said for source in statement.sources)
        said = judged(claim, said) if claim else bearing(question, said)
        values = [told_of.value for told_of in told_all if told_of.value is not None]
        if _compares(question) and len(values) == 2 and (made := comparison(*values)):
            said.append(made)
        said += [
            statement
            for told_of in told_all
            if not told_of.statements
            for statement in _lacking(told_of, told_all, quoted)
        ]
        route = "target" if any(told_of.valued for told_of in told_all) else "legal_fact"
        return Answer(question.raw, route, tuple(within(said)))

    @staticmethod
    def _pieces(rest: Question, documents: Sequence[RegistryDocument]) -> list[Part]:
        """The parts of a question; of two documents that it compares the same is asked."""
        if len(documents) == 2 and _compares(rest):
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
            own = _named_in(piece, documents) or self._pointed_at(piece, about, before)
            about = own or about
            aspects = aspects_of(piece.question)
            if before and piece.bare and not own:
                # "thay bằng văn bản nào, từ ngày nào?": what became of a document is told with its dates
                if not {*before} & {*_DATED}:
                    yield Told(piece, about, self._of_aspects(about, aspects))
                continue
            apart = len(about) > 1 and (_compares(piece.question) or piece.question.has(_SIDE_BY_SIDE))
            told_of = [self._part(piece, group, titles) for group in ([[d] for d in about] if apart else [about])]
            before = aspects if told_of[0].statements and not _content(piece, titles) else []
            yield from told_of

    def _pointed_at(
        self, piece: Part, about: Sequence[RegistryDocument], before: Sequence[Aspect]
    ) -> list[RegistryDocument]:
        """ "…, luật mới đó có hiệu lực khi nào?": the documents that the part before it was answered by."""
        if not piece.question.has(_POINTS_AT_OTHER):
            return []
        symbols = [symbol for aspect in before for symbol in related(about[0], aspect)]
        return [found[0] for symbol in symbols if (found := self._legal.registry.find(symbol))]

    def only_aspects(self, question: Question) -> bool:
        """Whether a question names documents and asks nothing but what they are and what became of them."""
        documents = self._legal.named(question)
        titles = {word for document in documents for word in _title_words(document)}
        pieces = parts(_marked(question, documents)) if documents else []
        return bool(pieces) and all((aspects_of(p.question) and not _content(p, titles)) or p.bare for p in pieces)

    def claims(self, question: Question) -> bool:
        """Whether a question wants something confirmed that a document sets, and not how the document is cited."""
        documents = self._legal.named(question)
        rest = _marked(question, documents)
        titles = {word for document in documents for word in _title_words(document)}
        said = [word for word in _content(Part(rest), titles) if word not in word_set("citing")]
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
        content = _content(piece, titles)
        beyond = [aspect for aspect in aspects if aspect != "identity"]
        if beyond and (said := self._of_aspects(documents, aspects)):
            return Told(piece, documents, said)
        if listing := self._listed(piece.question, records_of(self._records, documents)):
            return Told(piece, documents, listing)
        if content or beyond:
            pool = self._pool(documents)
            if found := pool.find(piece, NAMED):
                said = self._statements_of(pool, found, lead=True)
                return Told(piece, documents, said, *_value(pool, found[0], documents[0], said))
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
            if own and len(aspects) and aspects[0] not in ("identity", "effective"):
                break
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
        said = {year for piece in asked for finding in pool.find(piece, NAMED) for year in years_of(finding)}
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
            if len(_content(piece, set())) < 2:
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
        made = [pool.statement(finding, self._records, lead) for finding in found]
        return [statement for statement in made if statement is not None]


def _of_each(told_all: Sequence[Told]) -> list[Statement]:
    """What answers the parts, in their order, as far as it goes: the first statement of each has room before others."""
    firsts = [statement for told_of in told_all for statement in told_of.statements[:1]]
    every = [statement for told_of in told_all for statement in told_of.statements]
    kept = within([*firsts, *every])
    return [statement for statement in every if statement in kept]


def _compares(question: Question) -> bool:
    return question.compares or question.has(r"\b(?:giong|khac) nhau")


def _lacking(one: Told, others: Sequence[Told], quoted: str) -> list[Statement]:
    """That nothing was found for a part, where what was quoted for the others does not answer it as well."""
    if any(other.piece is one.piece and other.statements for other in others):
        return [Statement(f"{short_name(one.documents[0])}: nguồn trong kho không nêu nội dung này.")]
    if unstated := unknown(one.documents[0], aspects_of(one.piece.question)):
        return unstated
    return [] if _said_in(one.piece, quoted) else [UNSAID]


def _marked(question: Question, documents: Sequence[RegistryDocument]) -> Question:
    """The question with a mark for the name of each of its documents, and without what else names them."""
    for n, document in enumerate(documents):
        question = without_owner(named_as(question, document, _mark(n)), document)
    question = _without_codes(question, documents)
    if heard := _HEARD.match(question.folded):
        n = len(heard.group().split())
        question = replace(question, kept=("_",) * n + question.kept[n:])
    # the year in the name of a document is not asked about
    years = tuple(year for year in question.years if str(year) in question.words)
    question = replace(question, years=years)
    if "symbol" in question.asks and "identity" not in aspects_of(question):
        # "NQ 03 … số doanh nghiệp bao nhiêu" counts
        return replace(question, asks=question.asks - {"symbol"})
    return question


def _mark(n: int) -> str:
    return f"{NAME}{n or ''}"


def _named_in(piece: Part, documents: Sequence[RegistryDocument]) -> list[RegistryDocument]:
    """The documents that a part of a marked question names."""
    return [document for n, document in enumerate(documents) if _mark(n) in piece.question.words]


def _value(
    pool: Pool, finding: Finding, document: RegistryDocument, said: Sequence[Statement]
) -> tuple[Value | None, bool]:
    """The figure of a finding as a value of its document; whether it is one."""
    if finding.asked.kind not in VALUES or not said:
        return None, False
    figures = choose(finding, pool.extractor.rarity).figures
    return (Value(short_name(document), figures[0], said[0].sources[0]) if figures else None), True


def _found_well(hits: Sequence[Hit]) -> dict[str, float]:
    """What each passage found has in advance: the first most, one found half as well half of it."""
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.passage.id: _FOUND_WELL * hit.score / best for hit in hits} if best > 0 else {}


def _content(piece: Part, titles: set[str]) -> list[str]:
    """The words of a part that ask for more than what the document is; of a value asked for, also those of its
    title."""
    words = [word for word in beyond_aspects(piece.question) if word not in piece.question.light]
    if piece.question.asks & {"percent", "count", "money", "why", "how"}:
        return words
    return [word for word in words if word not in titles]


def _without_codes(question: Question, documents: Sequence[RegistryDocument]) -> Question:
    """The question without the codes of its documents' symbols that stand apart ("Thông báo 408 của VPCP")."""
    codes = {word for document in documents for word in folded_syllables(document.symbol) if word.isalpha()}
    kept = tuple("_" if word in codes and len(word) > 1 else word for word in question.kept)
    return replace(question, kept=kept)


def _values_asked(piece: Part) -> bool:
    return bool(piece.question.asks & {"count", "percent", "money"}) and not aspects_of(piece.question)


def _said_in(piece: Part, quoted: str) -> bool:
    """Whether what was quoted for the other parts holds the words of this one as well."""
    have = set(folded_syllables(quoted))
    words = [word for word in piece.question.said if word not in piece.question.light] or piece.question.said
    return bool(words) and sum(word in have for word in words) >= 0.6 * len(words)


def _related(piece: Part) -> bool:
    return any(aspect != "identity" for aspect in aspects_of(piece.question))


def _title_words(document: RegistryDocument) -> set[str]:
    return set(folded_syllables(f"{document.type} {document.title or ''} {document.issuer or ''}"))
