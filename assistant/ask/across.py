"""Questions over all reports at hand: which there are, which of them speak of a thing, which commune has most of it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.ask.asked import asked_of, canonical
from assistant.ask.comparing import Value, number
from assistant.ask.extract import Finding, says_something
from assistant.ask.models import Answer, Source, Statement
from assistant.ask.past import PastReports, Unit
from assistant.ask.past_wording import capital, short_title
from assistant.ask.question import Ask, Question, asks_in, same_words, spell_out, without_name
from assistant.ask.shelf import Shelf, quote_source, words
from assistant.library.models import DocumentKind, DocumentRecord

_OWNER = "xa|phuong|dac khu|don vi|dia phuong|noi|tinh|thanh pho"
_PAPER = "bao cao|ke hoach|thong bao|van ban|tai lieu"
_WHICH = rf"\b(?:{_OWNER}|{_PAPER}) nao\b"
_ONE_OF_REPORTS = r"\b(?:xa|phuong|dia phuong|bao cao) nao\b"
_SEVERAL = rf"\b(?:nhung|cac|bao nhieu|may) (?:{_OWNER}|{_PAPER})\b"
_STORED = r"\b(?:kho|da nap|duoc nap|dang luu|dang co san)\b"
# words that only ask what is in the library
_ONLY_STORED = frozenset(f"{_OWNER} {_PAPER} kho nap luu tri thuc ky nam quy thang loai san".replace("|", " ").split())
# a report as a form to be filled in is another question
_OF_FORM = r"\b(?:loai bao cao|mau|de cuong|muc|phan|phu luc|can|phai|gui|nop|viet|soan)\b"
# no report says who is best, or what is to come
_JUDGED = r"\b(?:tot|gioi|dep|xuat sac|kem|te|yeu) nhat\b|\bnam (?:toi|sau)\b|\bsap toi\b"
_MOST = r"\b(?:cao|nhieu|lon)\b(?: [a-z]+){0,8} nhat\b"
_LEAST = r"\b(?:thap|it|nho)\b(?: [a-z]+){0,8} nhat\b"
_KINDS: Mapping[DocumentKind, str] = {
    "report": "báo cáo",
    "plan": "kế hoạch",
    "legal": "văn bản",
    "guidance": "tài liệu hướng dẫn",
}
_SHOWN, _LOOKED_INTO, _LONGEST = 12, 40, 40
_COVERAGE, _TOGETHER = 0.75, 0.5


class Across:
    """Answers from the catalogue and from all reports side by side."""

    def __init__(self, past: PastReports, shelf: Shelf, records: Iterable[DocumentRecord]) -> None:
        self._past = past
        self._shelf = shelf
        self._records = {record.id: record for record in records if record.kind != "builtin"}

    def answer(self, question: Question) -> Answer | None:
        """The answer to a question that is about no one document; None where it is not of this kind."""
        which, several = question.has(_WHICH), question.has(_SEVERAL)
        if not which and not several:
            return None
        if question.has(_STORED) and not set(question.said) - _ONLY_STORED - question.light:
            said = self._stored(question)
        elif not question.has(_ONE_OF_REPORTS) or question.has(_OF_FORM) or question.has(_JUDGED):
            return None
        elif question.has(_MOST) or question.has(_LEAST):
            said = self._extreme(question)
        else:
            said = self._speaking(question)
        return Answer(question.raw, "past_report", tuple(said)) if said else None

    # -- what there is -------------------------------------------------------------------------------------------------

    def _stored(self, question: Question) -> list[Statement]:
        kind = next((kind for kind, name in _KINDS.items() if question.has(rf"\b{same_words(name)}\b")), None)
        kind = kind if kind in ("report", "plan") else None
        found = [record for record in self._records.values() if kind in (None, record.kind)]
        if not found:
            name = _KINDS[kind] if kind else "văn bản"
            return [Statement(f"Kho chưa có {name} nào; hãy nạp ở mục Kho tri thức.")]
        if kind is None:
            counted = Counter(record.kind for record in found)
            parts = ", ".join(f"{counted[k]} {name}" for k, name in _KINDS.items() if counted[k])
            return [Statement(f"Kho có {len(found)} văn bản đã nạp, gồm {parts}; xem danh sách ở mục Kho tri thức.")]
        found.sort(key=lambda record: str(record.identity.date or record.identity.year or ""), reverse=True)
        said = [Statement(f"Kho có {len(found)} {_KINDS[kind]}:")]
        said += [Statement(capital(short_title(r)), (self._head(r),), item=True) for r in found[:_SHOWN]]
        if len(found) > _SHOWN:
            said.append(Statement(f"… và {len(found) - _SHOWN} {_KINDS[kind]} khác; xem ở mục Kho tri thức."))
        return said

    def _head(self, record: DocumentRecord) -> Source:
        """The title of a document where it stands in its text, else its first line."""
        passages = self._shelf.passages_of(record.id)
        start = " ".join((record.identity.title or "").split()[:8])
        for passage in passages[:2]:
            if start and (at := passage.text.find(start)) >= 0:
                return quote_source(record, passage, at, at + len(passage.text[at:].split("\n")[0]))
        return quote_source(record, passages[0], 0, len(passages[0].text.split("\n")[0]))

    # -- which say it --------------------------------------------------------------------------------------------------

    def _speaking(self, question: Question) -> list[Statement]:
        """One line for each report that says what is asked, quoted."""
        rest = _without_which(question)
        if not set(rest.said) - rest.light:
            return []
        (asked,) = asked_of(replace(rest, asks=frozenset()))[:1]
        asked = replace(asked, kind="text", noun=())
        said = []
        for record in self._nearest(question):
            hits = self._past.extractor(record).find(asked, n=3)
            if best := next((hit for hit in hits if _plain(hit)), None):
                span = best.statement
                source = quote_source(record, span.passage, span.start, span.end)
                said.append(Statement(f"{capital(short_title(record))}: “{_quoted(source)}”", (source,), item=True))
        if not said:
            return []
        return [Statement(f"Trong kho có {len(said)} báo cáo nêu việc này:"), *said]

    def _nearest(self, question: Question) -> list[DocumentRecord]:
        hits = self._shelf.search(question.text, _LOOKED_INTO, ["report"])
        found = dict.fromkeys(hit.passage.document_id for hit in hits)
        return [self._records[key] for key in found if key in self._records][:_SHOWN]

    # -- who has most --------------------------------------------------------------------------------------------------

    def _extreme(self, question: Question) -> list[Statement]:
        """The same looked up in the reports of every commune, and which figure is largest or smallest."""
        most = question.has(_MOST)
        rest = _without_which(question)
        figure: frozenset[Ask] = frozenset(("percent" if rest.has(r"\bt[yi] le\b|phan tram") else "count",))
        rest = replace(rest, asks=figure)
        values: list[Value] = []
        silent: list[str] = []
        for unit in self._reporting():
            value = next((v for v in self._past.look(rest, unit).values if _plainly(v, rest)), None)
            if value is None:
                silent.append(unit.name)
            else:
                values.append(replace(value, name=unit.name))
        if len(values) < 2:
            return []
        values.sort(key=lambda value: number(value.figure) or 0, reverse=most)
        word = "cao nhất" if most else "thấp nhất"
        lead = f"Trong {len(values)} báo cáo nêu rõ số liệu này, {values[0].name} {word} ({values[0].figure}):"
        said = [Statement(lead, (values[0].source,))]
        said += [Statement(f"{v.name}: {v.figure} (“{_quoted(v.source)}”)", (v.source,), item=True) for v in values]
        unsaid = f" Báo cáo của {', '.join(silent)} không nêu rõ." if silent else ""
        said.append(Statement(f"Các báo cáo có thể khác kỳ; cần đối chiếu kỳ số liệu trước khi so sánh.{unsaid}"))
        return said

    def _reporting(self) -> Sequence[Unit]:
        return [unit for unit in self._past.units if any(r.kind == "report" for r in unit.records)][:_SHOWN]


def _without_which(question: Question) -> Question:
    """The question without what asks for one of many ("xã nào … nhiều nhất")."""
    match = re.search(_WHICH, question.folded)
    names = [match.group()] if match else []
    names += [m.group() for m in re.finditer(r"\b(?:cao|nhieu|lon|thap|it|nho) nhat\b", question.folded)]
    for name in names:
        question = without_name(question, name)
    if question.has(_MOST) or question.has(_LEAST):
        for word in ("nhat", "nhieu", "cao", "it"):
            question = without_name(question, word)
    drop = {"bao", "cao", *(("noi", "neu", "nhac", "cap") if question.has(r"\b(?:noi|neu|nhac|de cap)\b") else ())}
    kept = tuple("_" if word in drop else word for word in question.kept)
    return replace(question, kept=kept, asks=asks_in(question.folded))


def _plainly(value: Value, question: Question) -> bool:
    """Whether a value may stand beside those of other communes: of the kind asked for, and every word that is asked
    stands in what is quoted for it."""
    if ("%" in value.figure) != ("percent" in question.asks) or number(value.figure) is None:
        return False
    have = set(canonical(tuple(same_words(spell_out(value.source.quote)).split())))
    return set(canonical(tuple(question.said))) - question.light <= have


def _plain(hit: Finding) -> bool:
    denied = not hit.asked.negated or re.search(r"(?:chưa|không)\s", hit.statement.text.lower())
    return bool(denied) and hit.coverage >= _COVERAGE and hit.together >= _TOGETHER and says_something(hit)


def _quoted(source: Source) -> str:
    text = " ".join(source.quote.lstrip("-+*• ").split()).replace(" | ", " ").rstrip(".;, ")
    return " ".join(text.split()[:_LONGEST]) + "…" if words(text) > _LONGEST else text
