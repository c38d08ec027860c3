"""What a named provision of a named document says, and how a document defines a word: read from the library's text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.ask.models import Source, Statement
from assistant.ask.question import Question
from assistant.ask.shelf import Shelf, quote_source, words
from assistant.ask.statements import statements
from assistant.legal import RegistryDocument
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables

_LIMIT = 130
_ARTICLE = re.compile(r"\bdieu (\d+[a-z]?)\b")
_CLAUSE = re.compile(r"\bkhoan (\d{1,2})\b")
_CLAUSE_NUMBER = re.compile(r"^\s*(\d{1,2})\.\s", re.MULTILINE)
_ORDINAL = re.compile(r"^\W*(?:\d+[.)]\s*|[a-zđ]\)\s*)?")


def records_of(records: Mapping[str, DocumentRecord], documents: Sequence[RegistryDocument]) -> list[DocumentRecord]:
    """The library's documents with the symbols of some registry entries."""
    symbols = {document.symbol.lower() for document in documents}
    return [record for record in records.values() if (record.identity.symbol or "").lower() in symbols]


def article(question: Question, shelf: Shelf, records: Sequence[DocumentRecord]) -> tuple[Statement, ...]:
    """The first clauses of the Điều that the question names; () where no document at hand has it, or not the khoản."""
    match = _ARTICLE.search(question.folded)
    if match is None or _missing_clause(question, match.group(1), shelf, records):
        return ()
    label = f"dieu {match.group(1)}"
    for record in records:
        for passage in shelf.passages_of(record.id):
            if any(" ".join(folded_syllables(heading.label)) == label for heading in passage.path):
                return tuple(_clauses(record, passage))
    return ()


def missing_article(question: Question, shelf: Shelf, records: Sequence[DocumentRecord]) -> str | None:
    """The Điều that the question names and that the text at hand, which has others, does not have."""
    match = _ARTICLE.search(question.folded)
    if match is None:
        return None
    if clause := _missing_clause(question, match.group(1), shelf, records):
        return clause
    labels = {h.label for r in records for p in shelf.passages_of(r.id) for h in p.path if h.label.startswith("Điều")}
    return f"Điều {match.group(1)}" if len(labels) > 3 else None


def _missing_clause(question: Question, number: str, shelf: Shelf, records: Sequence[DocumentRecord]) -> str | None:
    """The khoản that the question names and that the article at hand, which has others, does not have."""
    asked = _CLAUSE.search(question.folded)
    if asked is None:
        return None
    own = [
        passage.text
        for record in records
        for passage in shelf.passages_of(record.id)
        if any(" ".join(folded_syllables(heading.label)) == f"dieu {number}" for heading in passage.path)
    ]
    clauses = {found for text in own for found in _CLAUSE_NUMBER.findall(text)}
    return f"khoản {asked.group(1)} Điều {number}" if len(clauses) > 1 and asked.group(1) not in clauses else None


def _clauses(record: DocumentRecord, passage: Passage) -> Iterator[Statement]:
    title = next((heading for heading in reversed(passage.path) if heading.title), None)
    room = _LIMIT
    offset = 0
    if title is not None:
        first = passage.text.split("\n")[0]
        yield Statement(f"{title.text} ({record.title}) quy định:", (_source(record, passage, 0, len(first)),))
    for line in passage.text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        shown = " ".join(line.split())
        if not shown or (
            title is not None and title.title and title.title in shown and len(shown) < len(title.text) + 8
        ):
            continue
        room -= words(shown)
        if room < 0 and room + words(shown) < _LIMIT:
            return
        yield Statement(
            shown.lstrip("-–+• ").rstrip(";"), (_source(record, passage, start, start + len(line)),), item=True
        )


def _source(record: DocumentRecord, passage: Passage, start: int, end: int) -> Source:
    return quote_source(record, passage, start, end)


_NO_TERM = frozenset(("_", "quy", "dinh", "nghia", "khai", "niem", "luat", "viet", "tat", "tu", "cum", "chu"))


def subject(question: Question) -> tuple[str, ...]:
    """The term whose meaning is asked: what is left of the question without the words that ask and without "theo …"."""
    words = list(question.kept)
    marks = list(question.words)
    for i in range(len(marks)):
        if marks[i] in ("theo", "trong", "tai") and words[i] == "_" and i > 0:
            words = words[:i]
            break
    return tuple(word for word in words if word not in _NO_TERM)


def meaning(term: Sequence[str], pairs: Iterable[tuple[DocumentRecord, Passage]]) -> Statement | None:
    """The sentence of a passage that defines a term ("Dữ liệu mở là …"); those of an article on terms first."""
    if not 1 <= len(term) <= 8:
        return None
    begins = re.compile(rf"^(?:\d+ |[a-z] )?{re.escape(' '.join(term))} (?:la|duoc hieu la|bao gom)\b")
    for record, passage in sorted(pairs, key=lambda pair: not explains_terms(pair[1])):
        spans = statements(passage)
        for n, span in enumerate(spans):
            if begins.search(" ".join(span.words)) and len(span.words) > len(term) + 5:
                # a definition that ends with a colon goes on in the list below it
                last = spans[min(n + 3, len(spans) - 1)] if span.text.rstrip().endswith(":") else span
                source = quote_source(record, passage, span.start, last.end)
                quoted = _ORDINAL.sub("", " ".join(source.quote.split())).rstrip(".;,: ")
                quoted = re.sub(r"^([^“”]{1,60})”", r"\1", quoted)
                return Statement(f"{quoted}.", (source,))
    return None


_SHORT = re.compile(r"(?<![\w/.-])[A-ZĐ][A-ZĐa-z&]{1,7}(?![\w/-])")


def short_forms(message: str) -> list[str]:
    """The words of a message that look like abbreviations: two capitals at least."""
    return [word for word in _SHORT.findall(message) if sum(letter.isupper() for letter in word) > 1]


def stands_for(
    question: Question, subject: Sequence[str], shelf: Shelf, records: Mapping[str, DocumentRecord]
) -> Statement | None:
    """The sentence of the library that writes the abbreviation asked for out: "nền tảng … quốc gia (NDXP)"."""
    for short in short_forms(question.raw):
        if not subject or not set(subject) <= set(folded_syllables(short)):
            continue
        for hit in shelf.search(short, 8, None):
            record = records.get(hit.passage.document_id)
            for span in statements(hit.passage) if record is not None and record.kind != "builtin" else ():
                if f"({short})" in span.text and record is not None:
                    source = quote_source(record, hit.passage, span.start, span.end)
                    return Statement(
                        f"{short} ({record.title}): “{' '.join(source.quote.split()).rstrip('.;')}”.", (source,)
                    )
    return None


def explains_terms(passage: Passage) -> bool:
    """Whether a passage belongs to the article of a document that explains its terms."""
    return any("giải thích từ ngữ" in heading.title.lower() for heading in passage.path)
