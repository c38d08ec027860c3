"""A question, read once: its words repaired, what kind of answer it asks for, the figures and documents it names."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.ask.accents import AccentModel
from assistant.ask.initials import Initials
from assistant.ask.matching import phrase_file, terms
from assistant.ask.repair import SyllableModel, by_accents, model_with, repair
from assistant.ask.wording import (
    as_typed,
    asking_positions,
    counting,
    kept_words,
    light_words,
    listed,
    short_types,
    written_out,
)
from assistant.legal import LegalReference, find_references
from assistant.vietnamese.abbreviations import abbreviations, expand
from assistant.vietnamese.places import provinces
from assistant.vietnamese.text import fold, nfc
from assistant.vietnamese.thesaurus import OtherWords, everyday_phrases, written_for
from assistant.vietnamese.tokens import folded_syllables, syllables

Ask = Literal["count", "percent", "who", "when", "money", "yes_no", "which", "what", "columns", "how", "symbol", "why"]

_DOCUMENT_TYPES = (
    r"\b(?:van ban|ke hoach|nghi quyet|nghi dinh|quyet dinh|luat|cong van|chi thi|quy che|thong tu|chuong trinh"
    r"|ket luan|thong bao)\b"
)
# "máy tính" and its like are no "mấy"; "mấy bác" counts nobody
_MACHINES = r"(?:tinh|in|scan|chu|boc|photo|moc|chieu|quet|(?:bac|anh|chi|em|co|ong|ba|sep)(?! (?:tieu|so|quan)))\b"
# "số mấy", no "chuyển đổi số bao nhiêu"
_NUMBER_ASKED = r"(?<!ky )(?<!doi )(?<!te )(?<!hoi )(?<!phu )\bso (?:bao nhieu|may)\b"
# what the folded words ask for; a question may ask for several
_ASKS: Mapping[Ask, re.Pattern[str]] = {
    "columns": re.compile(r"\bcot\b"),
    "percent": re.compile(r"phan tram|\bty (?:le|trong)\b|\bti le\b|\bchiem bao nhieu\b"),
    "money": re.compile(
        r"bao nhieu (?:tien|dong|trieu|ty|kinh phi|von|ngan sach)\b|\bmay (?:trieu|ty|dong|nghin)\b"
        r"|giai ngan (?:duoc )?(?:bao nhieu|may)"
        r"|\b(?:le phi|muc phi|phi cap|phu cap)\b.*bao nhieu"
        r"|\b(?:phat(?! (?:trien|hien|sinh|hanh|song|dong|huy|thanh))|tien phat)\b.*bao nhieu"
        r"|\bgia (?:thue|ban|mua|goi thau|moi)\b.*bao nhieu"
        r"|\bkinh phi\b(?!.*\bchiem\b).*bao nhieu|tong (?:kinh phi|so tien)|tri gia"
        r"|(?<!danh )\bgia (?:[a-z]+ )?bao nhieu"
    ),
    "count": re.compile(rf"bao nhieu|bao lau|\bmay\s+(?!{_MACHINES})[a-z]+|so luong|tong so|con so"),
    "when": re.compile(
        r"khi nao|bao gio|(?:luc|hom|may) gio\b|(?:ngay|nam|thang|quy|thoi diem|luc|hom|hoi|chung) nao"
        r"|\bngay (?:may|bao nhieu)\b"
        r"|thoi han (?!.*bao lau)|thoi han$"
        r"|han chot|\bhan nao|den bao gio|tu ngay"
    ),
    "symbol": re.compile(rf"so (?:ky )?hieu|ky hieu (?:gi|nao|la)|{_DOCUMENT_TYPES}.*{_NUMBER_ASKED}"),
    "why": re.compile(
        r"vi sao|tai sao|^sao (?!luc|y |luu|chep)|nguyen nhan|ly do|do dau|\bvuong (?:gi|cai gi|o dau|cho nao)"
    ),
    "who": re.compile(r"la ai|do ai|\bai\b|(?:nguoi|co quan|don vi|bo phan|bo) nao|ai ky|cap nao ban hanh"),
    "yes_no": re.compile(
        r"co (?:duoc|phai|can|bat buoc|nen|dung|ton tai)\b.*\b(?:khong|chua)"
        r"|\b(?:dung|con|phai|duoc|het hieu luc|co) (?:khong|chua)\b|\bhay (?:la|khong)\b|\b(?:on|duoc) chu\b"
        r"|co sao khong|\bkhong\s*$|\bchua\s*$"
    ),
    "how": re.compile(r"(?:lam|nhu) (?:the nao|sao)|cach (?:nao|lam)|bang cach|\bthe nao\b|ra sao"),
    "which": re.compile(r"\bnao\b|nhung gi|\bcac gi"),
    "what": re.compile(r"la gi|\bgi\b"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read.

    Attributes:
        raw: as typed, NFC.
        text: with abbreviations written out.
        words: folded syllables of `text`, slips repaired.
        marked: the same with the commas between them, as "," words.
        folded: `words` joined by spaces.
        cue: the same, where a word with other accents than a word of reporting is not that word: "mức" is no "mục".
        asks: kinds of answer it asks for.
        references: documents it names by symbol or short form.
        years: years it names.
        kept: `words` with "_" for every word that says how is asked and not what about.
        typed: folded word -> the same as typed, in a message that carries accents; else empty.
        light: the folded words that add little to what is asked.
        called: folded word of talk -> what documents write for it.
    """

    raw: str
    text: str
    words: tuple[str, ...]
    marked: tuple[str, ...]
    folded: str
    cue: str
    asks: frozenset[Ask]
    references: tuple[LegalReference, ...]
    years: tuple[int, ...]
    kept: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    light: frozenset[str] = frozenset()
    called: OtherWords = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        """The words that say what it is about."""
        return [word for word in self.kept if word != "_"]

    @property
    def content(self) -> list[str]:
        """Content syllables and pairs, for matching."""
        return terms(self.words)

    @property
    def compares(self) -> bool:
        """Whether it asks which of two things is larger."""
        return self.has(
            r"(?:cao|nhieu|lon|it|thap|nho)\b[a-z ]{0,60}\bhon\b|so voi(?! (?:gdp|tong|dan so)\b)|hon kem|chenh"
            r"|so sanh|bang nhau|ben nao"
        )

    def cues(self, pattern: str) -> bool:
        """Whether the words of reporting match a regular expression."""
        return re.search(pattern, self.cue) is not None

    def has(self, pattern: str) -> bool:
        """Whether the folded words match a regular expression."""
        return re.search(pattern, self.folded) is not None


def asks_in(folded: str) -> frozenset[Ask]:
    return frozenset(ask for ask, pattern in _ASKS.items() if pattern.search(folded))


# so many words of a title that stand together as there say which document is meant; fewer may be the subject itself
# where they do not begin it
_RUN, _BEGINNING = 4, 3


def without_run(question: Question, title: str) -> Question:
    """The question without the words of a title where four or more of them stand together as there, or the first
    three."""
    words = question.words
    padded = f" {title} "
    kept = list(question.kept)
    i = 0
    while i < len(words):
        least = _BEGINNING if title.startswith(" ".join(words[i : i + _BEGINNING])) else _RUN
        end = i + least
        while end <= len(words) and f" {' '.join(words[i:end])} " in padded:
            end += 1
        found = end - 1 - i if end > i + least else 0
        kept[i : i + found] = ["_"] * found
        i += found or 1
    return replace(question, kept=tuple(kept)) if any(word != "_" for word in kept) else question


def without_name(question: Question, name: str) -> Question:
    """The question without a folded name: the syllables of "Suối Mây" are no "mấy"."""
    wanted = name.split()
    words, kept = list(question.words), list(question.kept)
    i = 0
    while i + len(wanted) <= len(words):
        if words[i : i + len(wanted)] == wanted:
            del words[i : i + len(wanted)], kept[i : i + len(wanted)]
        else:
            i += 1
    folded = " ".join(words)
    marked = tuple(f" {' '.join(question.marked)} ".replace(f" {name} ", " ").split())
    asks = asks_in(folded) | (question.asks - asks_in(question.folded))
    return replace(question, words=tuple(words), kept=tuple(kept), marked=marked, folded=folded, asks=asks)


# how much more often the phrases of questions are met in questions than in the texts of the program
_SPOKEN = 40


class Reader:
    """Reads questions with the vocabulary of the program and of the library."""

    def __init__(self, texts: Sequence[str] = (), handled: Iterable[str] = ()) -> None:
        """
        Args:
            texts: titles, headings, names of communes …: words that belong together.
            handled: the same of the use of the program; they say nothing of the accents of a report.
        """
        phrases = phrase_file()["phrases"]
        assert isinstance(phrases, list)
        same = phrase_file()["same"]
        assert isinstance(same, dict)
        spoken = [*phrases, *listed("asking"), *listed("keep")]
        # words of talk are no slips; that they stand together says nothing ("máy chiếu" is no reading of "mấy triệu")
        talk = [word for phrase in everyday_phrases() for word in syllables(phrase)]
        known = [folded_syllables(text) for text in (*spoken, *same, *talk, *texts, *handled)]
        self._model: SyllableModel = model_with(known)
        self._initials = Initials([*phrases, *texts], self._model.follows)
        self._accents = AccentModel([*spoken * _SPOKEN, *texts])

    def read(self, message: str) -> Question:
        """The question in `message` (in any normal form, with or without accents, with slips)."""
        raw = " ".join(nfc(message).split())
        text = spell_out(written_out(short_types(raw.replace("%", " phần trăm "))), certain=True)
        text = self._initials.write_out(text)
        words = folded_syllables(text)
        plain = raw.isascii()
        marks = ("",) * len(words) if plain else as_typed(text, words)
        asking = asking_positions(words, marks) if any(marks) else frozenset[int]()
        trusted = frozenset(i for i, mark in enumerate(marks) if mark and self._accents.knows(mark))
        meant = {i: by_accents(mark, self._accents) for i, mark in enumerate(marks) if mark}
        words = repair(words, self._model, _symbol_positions(text, words) | asking, trusted, meant)
        folded = " ".join(words)
        typed = ("",) * len(words) if plain else as_typed(text, words)
        accented = counting(words, self._accents.restore(words, typed))
        kept = kept_words(words, accented)
        return Question(
            raw=raw,
            text=text,
            words=tuple(words),
            marked=_with_commas(text, words),
            folded=folded,
            cue=_cue(text, words),
            asks=asks_in(folded),
            references=_references(raw, folded),
            years=tuple(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", raw)),
            kept=kept,
            light=frozenset(word for word, mark in zip(words, accented, strict=True) if mark in light_words()),
            called=_written_for(words, typed, accented, kept),
            typed={} if plain else {word: mark for word, mark in zip(words, accented, strict=True) if mark},
        )


def _written_for(words: Sequence[str], typed: Sequence[str], meant: Sequence[str], kept: Sequence[str]) -> OtherWords:
    """What documents write for the words of talk that say what a message is about."""
    marks = [{one, other} - {""} for one, other in zip(typed, meant, strict=True)]
    found = written_for(words, marks, typed=any(typed))
    return {word: ways for word, ways in found.items() if word in kept}


def _references(raw: str, folded: str) -> tuple[LegalReference, ...]:
    """The documents that a message names; where its type word was mistyped, those that the repaired words name."""
    found = tuple(find_references(_with_accents(written_out(short_types(raw)))))
    if found:
        return found
    short = re.search(rf"\b({'|'.join(_TYPE_WORDS)}) (?:so )?(\d{{1,4}})\b", folded)
    return tuple(find_references(f"{_TYPE_WORDS[short.group(1)]} {short.group(2)}")) if short else ()


_SYMBOL = re.compile(r"\d+(?:/\d{4})?\s?[/-]\s?[^\W\d_][\w&Đđ]*(?:[-/][\w]+)*")
_CAPITALS = re.compile(r"(?<!\w)[A-ZĐ]{2,6}(?!\w)")
_TYPE_WORDS = {
    "nghi quyet": "Nghị quyết", "nghi dinh": "Nghị định", "quyet dinh": "Quyết định", "chi thi": "Chỉ thị",
    "ke hoach": "Kế hoạch", "thong tu": "Thông tư", "ket luan": "Kết luận", "cong van": "Công văn", "luat": "Luật",
    "thong bao": "Thông báo", "huong dan": "Hướng dẫn", "quy dinh": "Quy định", "quy che": "Quy chế",
    "chuong trinh": "Chương trình", "de an": "Đề án", "cong dien": "Công điện",
}  # fmt: skip
_CODES = (
    ("QD", "QĐ"),
    ("ND", "NĐ"),
    ("BCDTW", "BCĐTW"),
    ("BCDCP", "BCĐCP"),
    ("BCD", "BCĐ"),
    ("HDND", "HĐND"),
    ("DU", "ĐU"),
)


# capital letters of Vietnamese: a range such as À-Ỹ would hold small letters too
UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and "LATIN" in unicodedata.name(c, ""))


def _symbol_positions(text: str, words: Sequence[str]) -> frozenset[int]:
    """Which of the folded syllables stand inside a symbol, or are an abbreviation, and must stay as typed."""
    fixed: set[int] = set()
    known = [match for match in _CAPITALS.finditer(text) if match.group() in abbreviations().single]
    for match in (*_SYMBOL.finditer(text), *known):
        before = len(folded_syllables(text[: match.start()]))
        fixed.update(range(before, before + len(folded_syllables(match.group()))))
    return frozenset(position for position in fixed if position < len(words))


def _with_accents(text: str) -> str:
    """`text` with the type words and symbol codes of documents as they are written, typed without accents or not:
    the finder of references reads documents, not messages."""

    accented = _SYMBOL.sub(lambda match: accented_symbol(match.group()), text)
    for plain, written in _TYPE_WORDS.items():
        either = rf"(?<!\w)(?:{plain}|{written})(?=\s+(?:s[ốo]\s+)?\d)"
        accented = re.sub(either, written, accented, flags=re.IGNORECASE)
    return accented


def accented_symbol(symbol: str) -> str:
    """A symbol typed without đ as documents write it: "766/QD-TTg" -> "766/QĐ-TTg"."""
    found = symbol.replace(" ", "")
    if found == found.lower():
        found = found.upper().replace("TTG", "TTg").replace("CTR", "CTr")
    for plain, written in _CODES:
        found = re.sub(rf"(?<![A-Z]){plain}(?![a-z])", written, found)
    return found


_OTHER_WORDS = frozenset(("mức", "mực", "phân", "phản", "phấn", "phán", "băng", "bằng", "lôi", "lối"))


def _cue(text: str, words: Sequence[str]) -> str:
    """The folded words, with "-" for one that carries the accents of another word."""
    typed = syllables(text)
    if len(typed) != len(words):
        return " ".join(words)
    return " ".join("-" if as_typed in _OTHER_WORDS else word for as_typed, word in zip(typed, words, strict=True))


def _with_commas(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """`words`, one for each word of `text`, with its commas, semicolons and ends of sentences as "," between them."""
    repaired = iter(words)
    marks = re.findall(r"\w+|[,;?!]|\.(?=\s)", fold(text))
    return tuple("," if mark in ",;?!." else next(repaired, "") for mark in marks)


# abbreviations that are used as names: everybody writes OCOP, nobody "mỗi xã một sản phẩm"
_AI = re.compile(r"(?<!\w)AI(?!\w)")
_NAMES = re.compile(r"(?<!\w)(OCOP|VNeID|IOC|BTS|DTI|LGSP)(?!\w)")


def spell_out(text: str, certain: bool = False) -> str:
    """`text` with its abbreviations written out, those used as names left alone; `certain`: those of one reading."""
    text = _AI.sub("trí tuệ nhân tạo", text)
    return "".join(piece if i % 2 else expand(piece, certain) for i, piece in enumerate(_NAMES.split(text)))


@functools.cache
def province_names() -> tuple[str, ...]:
    """Folded names of the provinces, longest first."""
    known = provinces()
    names = {same_words(name) for name in (*known.current, *known.former)}
    return tuple(sorted(names, key=len, reverse=True))


def without_places(folded: str) -> str:
    """Folded words without the names of provinces and the words that say what they are."""
    padded = f" {folded} "
    for name in province_names():
        padded = padded.replace(f" {name} ", " ")
    return re.sub(r" (?:tinh|thanh pho|tp)(?= )", " ", padded).strip()


def same_words(text: str) -> str:
    """Folded syllables of `text` joined by spaces: how knowledge and documents are compared with questions."""
    return " ".join(folded_syllables(fold(text)))
