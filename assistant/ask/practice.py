"""Answers from what an officer is expected to know: what a term means, how two differ, what a rule of form says."""

import re
from collections.abc import Sequence

from assistant.ask.matching import TermIndex, word_set
from assistant.ask.models import Source, Statement
from assistant.ask.provisions import short_forms
from assistant.ask.question import Question, spell_out
from assistant.ask.routing import NAMES_SECTION, WHICH_DOCUMENT
from assistant.ask.shelf import BuiltinQuotes, words
from assistant.ask.wording import EMPTY, kept_words
from assistant.legal import Registry
from assistant.legal.practice import Rule, Term, terms
from assistant.reports.formulas import every_rule
from assistant.vietnamese.abbreviations import abbreviations
from assistant.vietnamese.tokens import folded_syllables, syllables

_DIFFERENCE = (
    r"\bkhac\b(?! (?:de|nua|ngoai|trong|cua xa|voi muc))|phan biet|giong (?:nhau|voi|gi)|so sanh"
    r"|co phai la mot|la mot khong"
)
_COMPUTED = r"\b(?:tinh|chia|cong thuc|mau so|tu so|cong lai|cong nhung)\b"
# shares of the question that a rule has, fewer words needing more, and of a phrase of the rule that the question has
_LEAST, _LEAST_OF_FEW, _LEAST_OF_PHRASE = 0.68, 0.85, 0.66
_LEAST_BESIDE_SECTION = 0.8
_LIMIT = 130


class Practice:
    """Terms and rules, found by their names and by the words that officers use for them."""

    def __init__(self, registry: Registry, quotes: BuiltinQuotes) -> None:
        self._registry = registry
        self._quotes = quotes
        self._terms = [(tuple(_read(name)), term) for term in terms() for name in (term.name, *term.also)]
        self._terms.sort(key=lambda pair: -len(pair[0]))
        self._rules = every_rule()
        self._index = TermIndex([_parts(rule) for rule in self._rules])
        self._phrases = [[_content(text) for text in (rule.title, *rule.asked)] for rule in self._rules]

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
        beside = [
            word for i, word in enumerate(question.kept) if word != "_" and kept[i] and word not in word_set("defining")
        ]
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

    def rule(self, question: Question, of_section: bool = False) -> tuple[Statement, ...]:
        """What the rule that a question is about says; () where it is about none.

        Args:
            of_section: whether a section that it names is one of a report it names.
        """
        asked = [word for word in question.kept if word != "_"]
        elsewhere = bool(question.asks & {"columns", "money"}) or question.has(WHICH_DOCUMENT)
        section = question.cues(NAMES_SECTION)
        if len(asked) < 2 or elsewhere or (section and of_section):
            return ()
        least = _LEAST if len(asked) > 3 else _LEAST_OF_FEW
        computed = question.has(_COMPUTED)
        keep = self._index.match(asked, n=6, keep=lambda i: computed or not self._rules[i].computes)
        found = [match for match in keep if match.coverage >= least]
        shares = {match.index: self._phrase_share(match.index, set(asked)) for match in found}
        best = max(found, key=lambda match: (round(shares[match.index], 1), match.score), default=None)
        if best is None or shares[best.index] < (_LEAST_BESIDE_SECTION if section else _LEAST_OF_PHRASE):
            return ()
        chosen = self._rules[best.index]
        said: list[Statement] = []
        room = _LIMIT
        spoken = set(asked)
        ordered = sorted(chosen.says, key=lambda text: -len(spoken & set(_read(text))) if len(chosen.says) > 2 else 0)
        for text in ordered:
            room -= words(text)
            if room < 0 and said:
                break
            said.append(Statement(text, (self._source("builtin:rules", "Quy định cần nhớ", text, chosen.title),)))
        return tuple(said if len(said) == 1 else [_item(statement) for statement in said])

    def _phrase_share(self, index: int, asked: set[str]) -> float:
        """How much of one of the ways to ask for a rule, by rarity, is in a question: the nearest of them."""
        best = 0.0
        for phrase in self._phrases[index]:
            if len(phrase) < 2:
                continue
            whole = sum(map(self._index.idf, phrase))
            if whole:
                best = max(best, sum(self._index.idf(word) for word in phrase if word in asked) / whole)
        return best

    def _source(self, document_id: str, title: str, text: str, place: str = "") -> Source:
        return self._quotes.source([text], document_id, title, place)


def _item(statement: Statement) -> Statement:
    return Statement(statement.text, statement.sources, item=True)


def _content(text: str) -> frozenset[str]:
    """The words of a phrase that say what it is about."""
    spelled = spell_out(text)
    return frozenset(w for w in kept_words(folded_syllables(spelled), syllables(spelled)) if w != EMPTY)


def _parts(rule: Rule) -> list[tuple[list[str], float]]:
    parts = [(_read(rule.title), 3.0)]
    parts += [(_read(text), 2.0) for text in rule.asked]
    parts += [(_read(re.sub(r"\([^()]*\)\.?$", "", text)), 1.0) for text in rule.says]
    return parts


def _read(text: str) -> list[str]:
    return folded_syllables(spell_out(text))
