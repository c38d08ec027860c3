"""Answers from what an officer is expected to know: what a term means, how two differ, what a rule of form says."""

import re
from collections.abc import Sequence

from assistant.ask.matching import word_set
from assistant.ask.models import Source, Statement
from assistant.ask.phrasing import Entry, PhraseIndex, read
from assistant.ask.provisions import short_forms
from assistant.ask.question import Question
from assistant.ask.routing import NAMES_SECTION, SECTION_NAMED, WHICH_DOCUMENT
from assistant.ask.shelf import BuiltinQuotes, words
from assistant.ask.wording import EMPTY
from assistant.legal import Registry
from assistant.legal.practice import Rule, Term, terms
from assistant.reports.formulas import every_rule
from assistant.vietnamese.abbreviations import abbreviations
from assistant.vietnamese.tokens import folded_syllables

_DIFFERENCE = (
    r"\bkhac\b(?! (?:de|nua|ngoai|trong|cua xa|voi muc|thi|co|duoc|phai|la)\b)|phan biet|giong (?:nhau|voi|gi)|so sanh"
    r"|co phai la mot|la mot khong"
)
_COMPUTED = (
    r"\b(?:cach tinh|tinh (?:the nao|nhu the nao|ra sao|sao|bang|kieu)|tinh$|chia|cong thuc|mau so|tu so"
    r"|cong (?:lai|nhung|gi))\b"
)
_THAT_SECTION = r"\bmuc (?:do|nay|tren|ay)\b"
# where something else may be meant, the question has to be nearer to a rule
_LEAST_CLOSELY = 0.8
_LIMIT = 130


class Practice:
    """Terms and rules, found by their names and by the words that officers use for them."""

    def __init__(self, registry: Registry, quotes: BuiltinQuotes) -> None:
        self._registry = registry
        self._quotes = quotes
        self._terms = [(tuple(read(name)), term) for term in terms() for name in (term.name, *term.also)]
        self._terms.sort(key=lambda pair: -len(pair[0]))
        self._rules = every_rule()
        self._index = PhraseIndex(Entry(rule.title, rule.asked, _bare(rule)) for rule in self._rules)

    def texts(self) -> list[str]:
        """Names and titles, for repairing slips."""
        named = [name for _, term in self._terms for name in (term.name, *term.also)]
        asked = [text for rule in self._rules for text in (rule.title, *rule.asked, *rule.says)]
        return [*named, *asked]

    # -- terms ---------------------------------------------------------------------------------------------------

    def named_terms(self, question: Question, symbols: Sequence[str] = ()) -> tuple[list[Term], list[str]]:
        """The terms that a question names, in its order, and the content words beside them.

        Args:
            symbols: of the documents it names: their own meaning of a term comes first.
        """
        kept = list(question.words)
        found: list[tuple[int, Term]] = []
        for name, term in sorted(self._terms, key=lambda pair: (-len(pair[0]), pair[1].symbol not in symbols)):
            for i in range(len(kept) - len(name) + 1):
                if tuple(kept[i : i + len(name)]) == name:
                    kept[i : i + len(name)] = [""] * len(name)
                    found.append((i, term))
        said = [word for i, word in enumerate(question.kept) if word != EMPTY and kept[i] and not word.isdigit()]
        beside = [word for word in said if word not in word_set("defining")]
        ordered = [term for _, term in sorted(found, key=lambda pair: pair[0])]
        return list(dict.fromkeys(ordered)), beside

    def differs(self, question: Question) -> bool:
        """Whether it asks how things differ."""
        return question.has(_DIFFERENCE)

    def meaning(self, term: Term) -> list[Statement]:
        """What a term means; with a word of warning where its document has been replaced."""
        source = self._source("builtin:terms", "Từ ngữ thường dùng", term.text)
        said = [Statement(term.text, (source,))]
        document = next(iter(self._registry.find(term.symbol)), None) if term.symbol else None
        if document is not None and document.replaced_by:
            newer = ", ".join(document.replaced_by)
            text = f"{document.type} số {document.symbol} nay đã được thay thế bởi {newer}"
            said.append(Statement(f"{text}; cần đối chiếu với văn bản mới.", (source,)))
        return said

    def short_form(self, question: Question, subject: Sequence[str]) -> Statement | None:
        """What an abbreviation stands for, where a message asks for nothing else."""
        for short in short_forms(question.raw):
            long = abbreviations().single.get(short)
            if long and list(subject) in (folded_syllables(long), folded_syllables(short)):
                text = f"{short}: {long}"
                return Statement(
                    f"{short} là chữ viết tắt của “{long}”.",
                    (self._source("builtin:abbreviations", "Chữ viết tắt", text),),
                )
        return None

    # -- rules ---------------------------------------------------------------------------------------------------

    def rule(self, question: Question, of_section: bool = False, closely: bool = False) -> tuple[Statement, ...]:
        """What the rule that a question is about says; () where it is about none.

        Args:
            of_section: whether it is on a section of a report.
            closely: whether it has to be asked for nearly word by word.
        """
        elsewhere = bool(question.asks & {"columns", "money"}) or question.has(WHICH_DOCUMENT)
        if elsewhere or of_section:
            return ()
        section = question.cues(f"{NAMES_SECTION}|{SECTION_NAMED}|{_THAT_SECTION}")
        computed = question.has(_COMPUTED)
        least = {"least_of_phrase": _LEAST_CLOSELY} if section or closely else {}
        best = self._index.best(question, **least, keep=lambda i: computed or not self._rules[i].computes)
        if best is None:
            return ()
        chosen = self._rules[best]
        said: list[Statement] = []
        room = _LIMIT
        spoken = set(question.said)
        ordered = sorted(chosen.says, key=lambda text: -len(spoken & set(read(text))) if len(chosen.says) > 2 else 0)
        for text in ordered:
            room -= words(text)
            if room < 0 and said:
                break
            said.append(Statement(text, (self._source("builtin:rules", "Quy định cần nhớ", text, chosen.title),)))
        return tuple(said if len(said) == 1 else [_item(statement) for statement in said])

    def _source(self, document_id: str, title: str, text: str, place: str = "") -> Source:
        return self._quotes.source([text], document_id, title, place)


def _item(statement: Statement) -> Statement:
    return Statement(statement.text, statement.sources, item=True)


def _bare(rule: Rule) -> str:
    """What a rule says without the provisions it names."""
    return " ".join(re.sub(r"\([^()]*\)\.?$", "", text) for text in rule.says)
