"""What the text of a document says to a question: its own statements and the facts known of it, ranked together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ask import facts
from assistant.ask.asked import Asked, asked_of
from assistant.ask.extract import VALUES, Extractor, Finding, says_something
from assistant.ask.figures import choose
from assistant.ask.legal_search import Fact
from assistant.ask.models import Source, Statement
from assistant.ask.parts import Part
from assistant.ask.question import spell_out
from assistant.ask.shelf import fitting, quote_source
from assistant.ask.statements import StatementSpan, period_above, row_text, years_of
from assistant.library.models import DocumentRecord, Passage
from assistant.vietnamese.tokens import folded_syllables, syllables

_FACT = "fact:"
_REGISTRY = "builtin:documents:"
_SHOWN = 3
_CLOSE, _CLOSE_VALUES = 0.94, 0.84
_LONGEST_ANSWER, _LONGEST_LIST = 120, 180


@dataclass(frozen=True, slots=True)
class Bar:
    """What a statement must reach to answer.

    Attributes:
        coverage: share of the asked words.
        together: share of the asked pairs; a statement with `full` of the words needs none.
        few: whether that holds for one or two words as well.
    """

    coverage: float
    together: float
    full: float = 0.9
    few: bool = False

    def passed(self, finding: Finding) -> bool:
        telling = {word for word in finding.asked.words if word not in finding.asked.light and not word.isdigit()}
        if finding.coverage < (self.coverage if len(telling) > 2 else max(self.coverage, _FEW_WORDS)):
            return False
        if finding.coverage >= self.full and (len(finding.asked.words) >= 3 or self.few):
            return True
        return finding.together >= self.together


# of two words both have to be there
_FEW_WORDS = 0.8
# the document is named; nothing is: the question has to be met more closely
NAMED = Bar(0.55, 0.3, few=True)
ANYWHERE = Bar(0.72, 0.55)
IN_WORDS = Bar(0.75, 0.5)


# what a statement must speak of to answer for a share or a sum that it gives in words
_SAID_IN_WORDS = {
    "count": (
        r"(?<!năm )(?<!ngày )(?<!tháng )(?<!Điều )(?<!số )(?<![\w/.,-])\d[\d.,]*%?(?![\w/-])|:$"
        r"|(?i:(?<!\w)(?:một(?! số)|hai|ba|bốn|sáu|bảy|tám|chín|mười|gồm|sau đây|toàn bộ|tất cả|không|chưa)(?!\w))"
    ),
    "percent": r"[Tt][ỷỉ] lệ|%|phần trăm|số lượng|toàn bộ|tất cả|đa số|nửa",
    "money": r"\d\s*(?:đồng|triệu|tỷ)",
}


class Pool:
    """Statements of passages, and facts of the registry as statements among them."""

    def __init__(
        self, passages: Iterable[Passage], known: Sequence[Fact] = (), prior: Mapping[str, float] | None = None
    ) -> None:
        self._facts = {f"{_FACT}{n}": fact for n, fact in enumerate(known)}
        self.extractor = Extractor(passages, [_fact_span(key, fact) for key, fact in self._facts.items()], prior)

    def find(self, part: Part, bar: Bar, drop: Iterable[str] = ()) -> list[Finding]:
        """The statements that answer a part of a question, the best first; those nearly as good as it among them."""
        chosen: list[Finding] = []
        for asked in asked_of(part.question, drop, part.beside):
            if not self._tells(asked):
                continue
            hits = self._hits(asked, bar, part.question.years)
            if not hits and asked.kind in (*VALUES, "when"):
                # the figure may be said in words, or be the number of things that are listed
                said = _SAID_IN_WORDS.get(asked.kind, "")
                asked = replace(asked, kind="text", noun=())
                hits = [
                    h for h in self._hits(asked, IN_WORDS, part.question.years) if re.search(said, h.statement.text)
                ]
            chosen += self._nearest(hits, asked)
        return chosen

    def _tells(self, asked: Asked) -> bool:
        """Whether there is enough to look for: two words, or one that hardly any statement has."""
        words = {word for word in asked.words if not word.isdigit() and word not in asked.light}
        if len(words) > 1 or (words and asked.near):
            return True
        return bool(words) and self.extractor.rare(next(iter(words)))

    def _hits(self, asked: Asked, bar: Bar, years: Sequence[int]) -> list[Finding]:
        found = [hit for hit in self.extractor.find(asked, n=10) if bar.passed(hit) and says_something(hit)]
        return _of_asked_years(found, years)

    @staticmethod
    def _nearest(hits: Sequence[Finding], asked: Asked) -> list[Finding]:
        best = hits[0].score if hits else 0.0
        least = _CLOSE_VALUES if asked.kind in VALUES else _CLOSE + 0.02
        kept: list[Finding] = []
        for hit in hits:
            if hit.score >= least * best and not any(_same(hit, other) for other in kept):
                kept.append(hit)
        return kept[: 1 if asked.kind in ("when", "who", "why") else _SHOWN]

    def statement(self, finding: Finding, records: Mapping[str, DocumentRecord], lead: bool) -> Statement | None:
        """A finding as a sentence with its source; `lead`: whether it has to name its document."""
        span = finding.statement
        if fact := self._facts.get(span.passage.id):
            named_in = fact.symbol.split("/")[0] in fact.text
            name = f"{facts.short_name(fact.document)}: " if lead and fact.document and not named_in else ""
            return Statement(f"{name}{fact.text}.", (fact.source,))
        record = records.get(span.passage.document_id)
        if record is None:
            return None
        chosen = choose(finding, self.extractor.rarity)
        source = quote_source(record, span.passage, span.start + chosen.start, span.start + chosen.end)
        return Statement(_sentence(record, source, span, lead, finding.asked.kind == "who"), (source,))


def _of_asked_years(found: Sequence[Finding], years: Sequence[int]) -> list[Finding]:
    """The statements of the years asked for; those that name no year only where no better one is of another year."""
    asked = set(years)
    kept = [hit for hit in found if not asked or not (said := years_of(hit.statement)) or said & asked]
    due = [hit for hit in kept if _due(hit) & asked]
    kept = [hit for hit in kept if not due or not _due(hit) or hit in due]
    dated = any(years_of(hit.statement) for hit in kept)
    return [] if kept and asked and not dated and found[0] not in kept else kept


def _due(finding: Finding) -> set[int]:
    """The year by which a known target is to be met."""
    return {int(year) for year in re.findall(r"thời hạn năm (\d{4})", finding.statement.text)}


def _same(one: Finding, other: Finding) -> bool:
    """Whether two findings say the same: most words of the shorter are in the longer."""
    a, b = set(one.statement.words), set(other.statement.words)
    if set(one.figures) != set(other.figures) or _percents(one) != _percents(other):
        return False
    return len(a & b) >= 0.75 * min(len(a), len(b))


def _percents(finding: Finding) -> set[str]:
    """The percentages of a statement that is asked for in words."""
    return set() if finding.figures else set(re.findall(r"\d+(?:,\d+)?(?=\s?%)", finding.statement.text))


def _sentence(record: DocumentRecord, source: Source, span: StatementSpan, lead: bool, who: bool) -> str:
    quoted = " ".join(source.quote.lstrip("-+*• ").split()).rstrip(".;, ")
    if record.kind in ("builtin", "guidance"):
        # a line of the registry's list says nothing without its document
        of = span.passage.path[-1].text if record.id.startswith(_REGISTRY) and span.passage.path else ""
        return f"{quoted}." if of in quoted else f"{of}: {quoted}."
    above = span.under if who and span.under else period_above(span)
    where = place(span.passage) + (f" ({above})" if above else "")
    quoted = row_text(span) if " | " in span.text else quoted
    name = named(record) if lead else ""
    if name and where:
        return f"{name}, {where}: “{quoted}”."
    return f"{name or where or 'Văn bản'}: “{quoted}”."


def named(record: DocumentRecord) -> str:
    """Type and symbol, or the name of a law."""
    who = record.identity
    if who.type in ("Luật", "Bộ luật") and who.title:
        return who.title if who.title.startswith(who.type) else f"{who.type} {who.title}"
    return f"{who.type} số {who.symbol}" if who.type and who.symbol else record.title


def place(passage: Passage) -> str:
    """The heading path by its labels: "mục III.2", "Điều 5", "Phụ lục I"."""
    labels = [heading.label for heading in passage.path if heading.label]
    if not labels:
        return ""
    article = [label for label in labels if label.startswith(("Điều", "Phụ lục"))]
    if article:
        return article[-1]
    text = ".".join(label.removeprefix("Mục ").removeprefix("Phần ") for label in labels)
    return f"mục {text}"


def _fact_span(key: str, fact: Fact) -> StatementSpan:
    """A fact as a statement whose context is the name of its document."""
    passage = Passage(key, fact.source.document_id, 0, 0, (), fact.text, 0, len(fact.text))
    about = facts.identity(fact.document) if fact.document else fact.symbol
    if fact.document:
        about += " " + " ".join(fact.document.aliases)
    context = folded_syllables(spell_out(about))
    spelled = spell_out(fact.text)
    marks = frozenset(syllables(f"{spelled} {about}"))
    return StatementSpan(passage, 0, len(fact.text), tuple(folded_syllables(spelled)), tuple(context), marks=marks)


def within(said: Sequence[Statement]) -> list[Statement]:
    """Each statement once, from the front as far as the limit of words goes, one at least."""
    room = _LONGEST_LIST if any(statement.item for statement in said) else _LONGEST_ANSWER
    return fitting({s.text: s for s in said}.values(), room)
