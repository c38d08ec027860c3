"""Which statements of a report answer: sound ones, of the period asked for, results and not plans."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.asked import Asked, canonical, counted_nouns, has_word
from assistant.ask.comparing import number
from assistant.ask.extract import NONE, VALUES, Extractor, Finding, answering_figures, says_something
from assistant.ask.figures import plainly_said
from assistant.ask.question import Question, same_words, spell_out
from assistant.ask.statements import StatementSpan
from assistant.library.models import DocumentRecord
from assistant.vietnamese.dates import QUARTERS, quarter_number

# share of the asked words that a statement has; with most of the pairs as well, the least share is lower
ENOUGH, LEAST, _OF_PAIRS = 0.6, 0.5, 0.25
IN_WORDS, _WORDS_TOGETHER = 0.75, 0.5
TOGETHER = 0.33
_ALMOST, _WHOLLY = 0.92, 0.99
_ALL, _ALL_PAIRS = 0.9, 0.6


def counted_otherwise(extractor: Extractor, asked: Asked) -> list[Finding]:
    """Statements that say all the rest of what is asked, though they call the counted thing otherwise ("bao nhiêu công
    dân rút hồ sơ": "rút 06 hồ sơ")."""
    found = extractor.find(replace(asked, kind="value", noun=()), n=3)
    if len(set(asked.words)) < 2:
        return []
    whole = [hit for hit in found if hit.coverage >= _ALL and hit.together >= _ALL_PAIRS and says_something(hit)]
    return [hit for hit in whole if not any("%" in figure for figure in hit.figures)]


def counted_as_times(extractor: Extractor, asked: Asked) -> list[Finding]:
    """ "bao nhiêu người theo dõi" where the statement counts "8.800 lượt theo dõi"."""
    rest = tuple(word for word in asked.words if word not in asked.noun)
    found = extractor.find(replace(asked, noun=("luot",), words=rest), n=2) if asked.noun == ("nguoi",) and rest else []
    return [hit for hit in found if hit.coverage >= _ALL and hit.together >= _ALL_PAIRS / 2 and says_something(hit)]


def in_hand(found: Sequence[Finding], asked: Asked, extractor: Extractor) -> Finding | None:
    """A statement already found that answers this too."""
    for finding in found:
        again = extractor.judge(asked, finding.statement)
        if again is not None and again.coverage >= ENOUGH / 2:
            return again
    return None


def sound(hit: Finding) -> bool:
    """Whether a statement speaks of what is asked: enough of the words, and of those that stand together. Without
    accents single syllables meet by chance ("dân số" and "dẫn … số"), pairs hardly."""
    if hit.asked.measure == "piece" and hit.figures and hit.coverage >= _ALMOST:
        # "kiosk mấy cái": "… 02 kiosk"
        return True
    whole = len(hit.asked.words) >= (4 if hit.coverage < _WHOLLY else 3)
    if hit.together >= TOGETHER:
        return hit.coverage >= max(LEAST, ENOUGH - _OF_PAIRS * (hit.together - TOGETHER))
    return whole and hit.coverage >= ENOUGH + (_ALMOST - ENOUGH) * (TOGETHER - hit.together) / TOGETHER


_COUNTED = re.compile(r"\d[\d.]*((?:\s+[^\W\d_]+){1,6})")


def of_one_kind(hit: Finding) -> bool:
    """Whether a count is of one kind of the thing asked ("14 hồ sơ đất đai; 03 hồ sơ hộ tịch"): the line goes on to
    count another kind, and the question names neither."""
    noun, asked = hit.asked.noun, set(hit.asked.words)
    if hit.asked.kind != "count" or not noun or hit.statement.is_row:
        return False
    line = hit.statement.passage.text[hit.statement.start :].split("\n")[0]
    counted = [canonical(tuple(same_words(words).split())) for words in _COUNTED.findall(line)]
    kinds = {words[len(noun) :][:2] for words in counted if words[: len(noun)] == noun}
    return len(kinds) > 1 and all(kind and not (set(kind) - set(noun)) & asked for kind in kinds)


def in_words(extractor: Extractor, asked: Asked) -> list[Finding]:
    """Statements that say nearly all that is asked though the figure, date or name is not where it was looked for: it
    may be said in words, in a cell of a table, or denied."""
    if asked.kind == "text":
        return []
    found = extractor.find(replace(asked, kind="text", noun=()), n=3)
    return [
        hit for hit in found if hit.coverage >= IN_WORDS and hit.together >= _WORDS_TOGETHER and says_something(hit)
    ]


def said_otherwise(hits: Sequence[Finding], extractor: Extractor) -> list[tuple[Finding, str, str]]:
    """Another place of the same report that states what is asked with another value: (finding, value here, there)."""
    here = plainly_said(hits[0], extractor.rarity)
    if len(here) != 1 or hits[0].asked.kind not in VALUES:
        return []
    found = []
    for hit in hits[1:]:
        there = plainly_said(hit, extractor.rarity)
        # a share is no other value of a count, nor is the whole of "27/31"
        alike = len(there) == 1 and ("%" in there[0]) == ("%" in here[0])
        of_whole = alike and re.search(rf"\d\s*/\s*{re.escape(there[0])}", hit.statement.text)
        if alike and not of_whole and number(there[0]) != number(here[0]):
            found.append((hit, here[0], there[0]))
    return found


def only_shares(asked: Asked, figures: Sequence[str]) -> bool:
    """Whether a number of things is asked for and only shares are given: "kiện toàn 100% Tổ" does not say how many."""
    counted = asked.kind == "count" and asked.noun in counted_nouns()
    return counted and bool(figures) and all("%" in figure for figure in figures)


def leans(asked: Asked) -> bool:
    """Whether a part of a question says hardly anything of its own ("là trường nào", "bao nhiêu người"): what was named
    before it says what it is about."""
    own = {word for word in asked.words if not word.isdigit()} - asked.light
    bare = len(own) < _FEW or asked.words in counted_nouns()
    return asked.kind in ("text", "when", *VALUES) and bool(asked.near) and bare


def of_subject(hit: Finding, extractor: Extractor, answered: bool) -> bool:
    """Whether a statement speaks of what was named before; of nearly all of it where nothing else answers."""
    i = extractor.position(hit)
    have = {*extractor.own(i), *extractor.context(i)}
    near = {word: extractor.weight(word, hit.asked.light) for word in set(hit.asked.near)}
    share = sum(weight for word, weight in near.items() if word in have)
    return share >= (0.5 if answered else ENOUGH_ALONE) * sum(near.values())


def said_first(hits: Sequence[Finding], extractor: Extractor) -> list[Finding]:
    """The findings; where only the words above the best have what is asked, one that says it itself comes first."""

    def says(hit: Finding) -> bool:
        own = set(extractor.own(extractor.position(hit)))
        return any(has_word(own, word, hit.asked) for word in {*hit.asked.words} - hit.asked.light - {*hit.asked.noun})

    if not hits or hits[0].asked.kind not in VALUES or hits[0].statement.is_row or says(hits[0]):
        return list(hits)
    return sorted(hits, key=lambda hit: not says(hit))


def unknown_here(asked: Asked, extractor: Extractor) -> bool:
    """Whether two words that stand together in what is asked are nowhere in a document, nor others for them: a slip
    spoils one word, a matter that the document leaves out lacks both."""

    def absent(word: str) -> bool:
        ways = asked.called.get(word, ())
        return not extractor.places(word) and not any(all(map(extractor.places, way)) for way in ways)

    telling = {*asked.words} - asked.light
    return any({*pair} <= telling and all(map(absent, pair)) for pair in asked.pairs)


def denied(hit: Finding) -> bool:
    """Whether a statement says of what is asked that there is none: "chưa hồ sơ nào quá hạn"."""
    if hit.asked.negated or hit.figures == NONE:
        return False
    words = {*hit.asked.words} - hit.asked.light - set(hit.asked.noun)
    for match in _NONE_OF.finditer(" ".join(hit.statement.words)):
        said = set(canonical(tuple(match.group(1).split())))
        if words and all(has_word(said, word, hit.asked) for word in words):
            return True
    return False


_NONE_OF = re.compile(r"\b(?:chua|khong) ((?:[a-z]+ ){0,2}nao(?: [a-z]+){1,4})")
ENOUGH_ALONE = 0.7
_FEW = 2
_FIELD = r"\blinh vuc ((?!nao\b|gi\b|khac\b|[a-z]+ (?:nao|gi)\b)[a-z]+ [a-z]+)\b"
_CLASS = r"\b(nhom|muc|cap|loai|hang|giai doan|chang) (\d{1,2}|i{1,3}|iv)\b"


_TODAY = re.compile(r"\b(?:Hiện nay|Hiện tại|Hiện có|Đến nay|Tính đến nay)\b")
_LATER_ASKED = r"\b(?:dat|den) (?:ke hoach|muc tieu|chi tieu|(?:nam )?20\d\d)\b|\bgiai doan 20\d\d\b|\bmuc tieu\b"


def of_today(question: Question, record: DocumentRecord, hit: Finding) -> bool:
    """Whether a figure of a plan tells what there is today while what it aims at is asked."""
    span = hit.statement
    line = span.passage.text.rfind("\n", 0, span.start) + 1
    today = _TODAY.search(span.passage.text[line : span.end])
    later = question.has(_LATER_ASKED) and not question.has(
        r"(?<!thuc )(?<!the )(?<!phat )(?<!bieu )\bhien\b|\bdang co\b"
    )
    return record.kind == "plan" and hit.asked.kind in VALUES and later and today is not None


def of_class(question: Question, hit: Finding) -> bool:
    """Whether a statement is not of another class than the question names ("nhóm 3", not "nhóm 2 từ 70%"; "lĩnh vực hộ
    tịch", not "lĩnh vực đất đai")."""
    said = " ".join(hit.statement.words)
    fields = re.findall(_FIELD, question.folded)
    if fields and re.search(_FIELD, said) and not any(f" {field} " in f" {said} " for field in fields):
        return False
    for name, asked in re.findall(_CLASS, question.folded):
        told = {n for other, n in re.findall(_CLASS, said) if other == name}
        if told and asked not in told:
            return False
    return True


_PLANNED = re.compile(r"\b(?:phuong huong|nhiem vu trong tam|nhiem vu quy|muc tieu nam|ke hoach nam)\b")
_PLANS_ASKED = r"phuong huong|nhiem vu|muc tieu|phan dau|ke hoach|nam sau|quy sau|ky toi|du kien|chi tieu|se\b|mua sam"


def planned(question: Question, record: DocumentRecord, hit: Finding) -> bool:
    """Whether a figure stands among the plans for the next period while results are asked for."""
    if any(year > (record.identity.year or year) for year in question.years):
        return False
    figures = hit.asked.kind in VALUES
    return figures and bool(_PLANNED.search(" ".join(hit.statement.context))) and not question.has(_PLANS_ASKED)


def whole_of(part: Finding, extractor: Extractor, asked: Asked) -> list[Finding]:
    """For "a on a total of b": the statement beside that gives the total."""
    beside = [
        hit
        for hit in extractor.find(replace(asked, words=(*asked.words, "tong")), n=12)
        if hit.statement.passage.id == part.statement.passage.id and hit.statement.start != part.statement.start
    ]
    return beside[:1]


def total(extractor: Extractor, found: Sequence[Finding]) -> list[Finding]:
    """The line with the total of a table of amounts, beside the item that was found in it."""
    for span in extractor.spans:
        if span.words[:2] == ("tong", "cong") and span.start != found[0].statement.start:
            figures = answering_figures(span, Asked("money", (), ("tong", "cong")), span.words)
            if figures and span.passage.unit == found[0].statement.passage.unit:
                return [Finding(span, Asked("money", (), ("tong", "cong")), 1.0, 1.0, figures)]
    return []


_ROW = re.compile(r"^\W*\d[\d.,/%]*(?:\s+\d[\d.,/%]*)+(?:\s|$)", re.MULTILINE)


def bare_row(extractor: Extractor, missing: Sequence[Asked]) -> Finding | None:
    """A table that the text of a PDF has flattened: its heads on lines of their own, its figures in one line. The
    short section that holds it is quoted whole."""
    for one in missing:
        for span in extractor.spans:
            text = span.passage.text
            if len(text.split()) > 90 or not _ROW.search(text):
                continue
            have = {*span.context, *canonical(tuple(same_words(spell_out(text)).split()))}
            whole = sum(map(extractor.rarity, one.words))
            coverage = sum(extractor.rarity(word) for word in one.words if word in have) / whole if whole else 0.0
            pairs = set(itertools.pairwise(canonical(tuple(same_words(spell_out(text)).split()))))
            if coverage >= ENOUGH and (not one.pairs or len(one.pairs & pairs) > TOGETHER * len(one.pairs)):
                entire = StatementSpan(span.passage, 0, len(text), span.words, span.context)
                return Finding(entire, Asked("text", (), one.words), coverage, coverage)
    return None


def province_words(question: Question, record: DocumentRecord) -> set[str]:
    """Words of the province after the commune ("xã A, tỉnh B") where the question names it: they only say where
    to look."""
    parts = [same_words(part) for part in (record.identity.unit or "").split(",")[1:]]
    return {word for part in parts if part in question.folded for word in part.split()}


_MONTHS = {"hai": "2", "ba": "3", "sau": "6", "tam": "8", "chin": "9", "muoi mot": "11"}
# a span of months that reports are made for, no term of so many months
_SPAN = rf"\b(\d{{1,2}}|{'|'.join(_MONTHS)}) thang (?:dau nam|cuoi nam|nam 20|qua\b|vua qua|nay\b)"
_REPORT_OF = rf"\bbao cao (?:ket qua )?(\d{{1,2}}|{'|'.join(_MONTHS)}) thang\b|^(\d{{1,2}}) thang\b"


def _months(folded: str) -> str | None:
    """Of how many months a report is asked for."""
    match = re.search(_SPAN, folded) or re.search(_REPORT_OF, folded)
    named = next((group for group in match.groups() if group), None) if match else None
    return _MONTHS.get(named, named.lstrip("0")) if named else None


def period_words(question: Question) -> set[str]:
    """Words of the period that the question names."""
    named = [match.group() for match in re.finditer(_PERIOD, question.folded)]
    return {word for period in named for word in period.split()}


NAMED_PERIOD = r"\bquy (?:i{1,3}|iv|[1-4])\b|\bnam 20\d\d\b"
_PERIOD = (
    rf"{NAMED_PERIOD}|\b(?:ca|dau|cuoi|nua dau|nua cuoi) nam\b"
    rf"|\b(?:\d{{1,2}}|{'|'.join(_MONTHS)}) thang(?: (?:dau nam|cuoi nam|vua qua|qua|nay))?\b"
)


def of_period(question: Question, records: Sequence[DocumentRecord]) -> list[list[DocumentRecord]]:
    """The documents to look into, in turn: those of the type and the year that the question names; else the reports,
    then the others."""
    typed = [record for record in records if _names_type(question, record)]
    reports = [record for record in records if record.kind == "report"]
    groups = [typed] if typed else [reports, [record for record in records if record.kind != "report"]]
    return [_of_years(question, group) for group in groups if group]


def _names_type(question: Question, record: DocumentRecord) -> bool:
    """Whether a document is called by its type ("thông báo"), and its number where the question has one."""
    kind, number = same_words(record.identity.type or ""), (record.identity.symbol or "").split("/")[0]
    if record.kind == "report" or not kind or not question.has(rf"\b{kind}\b"):
        return False
    named = re.search(rf"\b{kind} (?:so )?(\d+)", question.folded)
    return named is None or named.group(1).lstrip("0") == number.lstrip("0")


def _of_years(question: Question, records: list[DocumentRecord]) -> list[DocumentRecord]:
    return [record for record in records if record.identity.year in set(question.years)] or records


def period_fits(question: Question, record: DocumentRecord, hit: Finding) -> bool:
    """Whether a statement speaks of the period asked for: its document's own, or one that it names."""
    title = same_words(f"{record.identity.title or ''} {record.identity.date_text or ''}")
    if record.kind == "report" and not question.has(_PLANS_ASKED):
        # "kết quả quý III; phương hướng quý IV" reports on the third quarter only
        title = re.split(r"\b(?:phuong huong|nhiem vu)\b", title)[0]
    said = f" {title} {' '.join(hit.statement.context)} {' '.join(hit.statement.words)} "
    for year in question.years:
        if year != record.identity.year and f" {year} " not in said:
            return False
    for quarter in re.findall(r"\bquy (i{1,3}|iv|[1-4])\b", question.folded):
        number = quarter_number(quarter)
        roman = QUARTERS[number - 1].lower()
        if not re.search(rf"\bquy (?:{roman}|{number})\b", said):
            return False
    for month in re.findall(r"\bthang (\d{1,2})\b(?! thang)", question.folded):
        # as a month, or in a date
        if not re.search(rf"\bthang 0?{int(month)}\b|\b\d{{1,2}} 0?{int(month)} 20\d\d\b", said):
            return False
    months = _months(question.folded)
    spoken = {months, *(word for word, number in _MONTHS.items() if number == months)}
    return months is None or any(re.search(rf"\b0?{span} thang\b", said) for span in spoken)
