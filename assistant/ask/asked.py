"""What a question wants to know: things to be counted, shares, amounts, names, dates, reasons."""

import functools
import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.ask.matching import phrase_file
from assistant.ask.question import UPPER, Question
from assistant.ask.wording import EMPTY
from assistant.vietnamese.thesaurus import OtherWords, Ways

# where the name of a thing to be counted ends
_NOUN_END = frozenset(
    re.split(
        r"\|",
        "duoc|la|thi|dat|cua|tai|trong|tren|o|va|theo|den|da|dang|khong|so|voi|phai|bi|cho|de|tu|khi|hay|hoac|"
        "thuoc|chiem|tham|gia|trang|phuc|vu|nhu|gom|co|hien|thuc",
    )
)


@functools.cache
def _same() -> tuple[tuple[str, str], ...]:
    table = phrase_file()["same"]
    assert isinstance(table, dict)
    return tuple(sorted(((f" {a} ", f" {b} ") for a, b in table.items()), key=lambda pair: -len(pair[0])))


@functools.lru_cache(maxsize=16384)
def canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded syllables with other words for the same thing read as one."""
    text = f" {' '.join(words)} "
    for variant, usual in _same():
        if variant in text and usual not in text:
            text = text.replace(variant, usual)
    return tuple(text.split())


def called_otherwise(question: Question) -> dict[str, Ways]:
    """For its words of talk, what documents write for them, as `canonical` reads documents."""
    return {word: tuple(map(canonical, ways)) for word, ways in question.called.items()}


@functools.cache
def counted_nouns() -> tuple[tuple[str, ...], ...]:
    """Nouns that answers count, as folded syllables, longest first."""
    nouns = [tuple(noun.split()) for noun in str(phrase_file()["counted"]).replace("\n", "").split("|")]
    return tuple(sorted(nouns, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a question wants to know.

    Attributes:
        kind: "count", "percent", "money", "value" for any of the three, "who", "when", or "text" for anything said.
        noun: folded syllables of what is to be counted; empty where the question does not say.
        words: folded content syllables that an answering statement should have.
        pairs: those of them that stand together in the question.
        typed: folded word -> with its accents as typed; empty for a message without accents.
        light: those of the words that add little.
        focus: those right before what asks ("tập huấn cho bao nhiêu …"): they tell like figures apart.
        naming: pattern of what an answer is likely to have beside the words; empty for none.
        negated: whether what is not, or not yet, is asked for.
        measure: "time" for a value asked for as "bao lâu", "piece" for "mấy cái"; "" for any value.
        near: words of the other parts of the question: a statement that has them too is nearer.
        called: word of talk -> what documents may say for it.
    """

    kind: str
    noun: tuple[str, ...]
    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]] = frozenset()
    typed: Mapping[str, str] = field(default_factory=dict, compare=False)
    light: frozenset[str] = field(default=frozenset(), compare=False)
    focus: frozenset[str] = field(default=frozenset(), compare=False)
    naming: str = field(default="", compare=False)
    negated: bool = field(default=False, compare=False)
    measure: str = field(default="", compare=False)
    near: tuple[str, ...] = ()
    called: OtherWords = field(default_factory=dict, compare=False)


def has_word(own: Collection[str], word: str, asked: Asked) -> bool:
    """Whether some words have one that is asked for, or what documents say for it."""
    return word in own or any(all(part in own for part in other) for other in asked.called.get(word, ()))


# folded, these also begin nouns: "đảng viên", "đoàn viên" …
_ALSO_NOUNS = frozenset(("dang", "dat", "da", "tu", "co", "hien"))
# verbs behind "bao nhiêu": "bao nhiêu nộp tại quầy" does not say what is counted
_VERBS = frozenset(("nop", "giai quyet", "tiep nhan", "xu ly", "thuc hien", "hoan thanh"))
_BEFORE_VERBS = frozenset(("đang", "đã", "đạt"))
_MEASURED = frozenset(("chiem", "dat", "bang", "thieu", "len", "khoang", "muc", "le"))
# "mấy cái", "mấy điều" say nothing of what is counted
_CLASSIFIERS = frozenset(("phan", "cai", "dieu", "chiec", "mon", "con", "viec"))
_MONEY = ("dong", "tien", "trieu", "ty")


_NAMES_NOTHING = frozenset(("truoc", "xong", "hoan", "thanh", "han", "chot"))


def asked_of(question: Question, drop: Iterable[str] = (), beside: Sequence[str] = ()) -> list[Asked]:
    """The things a question wants to know, in order.

    Args:
        drop: folded words that only say where to look.
        beside: content words of what else is asked in the same breath.
    """
    kept = canonical(question.kept)
    dropped = {*drop, EMPTY}
    pairs = {pair for pair in itertools.pairwise(kept) if not dropped & set(pair)}
    common = [word for word in kept if word not in dropped]
    near = tuple(word for word in canonical(tuple(beside)) if word not in dropped)
    called = called_otherwise(question)
    found = _asked(question, common)
    if near and not {word for asked in found for word in asked.words} - _NAMES_NOTHING:
        # "…, mỗi cái bao nhiêu tiền?", "…, xong trước ngày nào?" ask of what was named before
        found, near = [replace(asked, words=tuple(dict.fromkeys(near))) for asked in found], ()
    return [
        replace(
            asked,
            pairs=frozenset(p for p in pairs if set(p) <= set(asked.words)),
            typed=question.typed,
            light=question.light,
            focus=_focus(question),
            naming=_naming(question),
            negated=question.has(r"\b(?:chua|khong|thieu)\b(?! *$)(?! nhi| a\b)"),
            measure=_measure(question),
            near=near,
            called=called,
        )
        for asked in found
    ]


def _asked(question: Question, common: list[str]) -> list[Asked]:
    premise = "yes_no" in question.asks and "count" not in question.asks
    nouns = [] if _some(question) else _nouns_of(question, premise)
    if any(map(_is_kind, nouns)):
        return [Asked("text", (), tuple(common))]
    nouns = [noun for noun in nouns if noun in counted_nouns() or noun[0] not in _CLASSIFIERS]
    kinds = question.asks - {"count"} if _some(question) else question.asks
    found: list[Asked] = []
    if question.has(r"dia chi .*(?:trang|web)|(?:trang|web)\b.*dia chi"):
        return [Asked("address", (), tuple(common))]
    if "symbol" in kinds:
        own = tuple(w for w in common if w not in ("so", "hieu"))
        return [Asked("symbol", (), own or tuple(common))]
    if "why" in kinds:
        own = tuple(w for w in common if w not in ("sao", "nguyen", "nhan", "ly", "vuong"))
        return [Asked("why", (), own or tuple(common))]
    if "percent" in kinds:
        nouns = [noun for noun in nouns if noun != ("phan", "tram")]
        spoken = {word for noun in nouns for word in noun} if nouns else set()
        own = tuple(w for w in common if w not in ("phan", "tram", "ty", "ti", "le") and w not in spoken)
        found.append(Asked("percent", (), own or tuple(common)))
        if not nouns or question.has(r"ty le (?:[a-z]+ ){0,6}la bao nhieu|ti le"):
            return found
    nouns = [noun for noun in nouns if noun[0] not in _MONEY and noun[:2] != ("kinh", "phi")]
    if "money" in kinds and not nouns:
        return [*found, Asked("money", (), tuple(w for w in common if w not in ("tien", "dong", "trieu")))]
    if not nouns and "count" in kinds and (noun := _counted_before(question)):
        return [*found, Asked("count", noun, (*common, *(w for w in noun if w not in common)))]
    if nouns:
        spoken = {word for noun in nouns for word in noun}
        rest = tuple(word for word in common if word not in spoken)
        return [*found, *(Asked("count", noun, (*rest, *noun)) for noun in nouns)]
    if found:
        return found
    # a time may be said in words ("ngay trong ngày")
    kind = next((k for k in ("count", "who", "when") if k in kinds and not question.has("bao lau")), "text")
    return [Asked("value" if kind == "count" else kind, (), tuple(common))]


def _focus(question: Question) -> frozenset[str]:
    words = question.words
    at = next((i for i in range(len(words)) if words[i] in ("may", "bao") and question.kept[i] == "_"), 0)
    return frozenset(w for w in question.kept[max(0, at - 4) : at] if w != "_" and w not in question.light)


_PIECES = r"\b(?:may|bao nhieu) (?:cai|chiec)\b(?! (?:may|loa)\b)"


def _measure(question: Question) -> str:
    """What kind of value is asked for, where the question says it and asks for no other."""
    if len(re.findall(r"\bbao nhieu\b|\bbao lau\b|\bmay (?:cai|chiec)\b", question.folded)) != 1:
        return ""
    if question.has(r"\bbao lau\b"):
        return "time"
    return "piece" if question.has(_PIECES) else ""


_PLACES = {
    "ban": "[Bb]ản",
    "thon": "[Tt]hôn",
    "ap": "[Ấấ]p",
    "xom": "[Xx]óm",
    "khu": "[Kk]hu",
    "to": "[Tt]ổ",
    "phong": "[Pp]hòng",
}


# behind "mấy" ("máy"): machines, and people addressed ("mấy bác hỏi")
_NOT_COUNTED = frozenset(
    [
        "tinh",
        "in",
        "scan",
        "quet",
        "chieu",
        "doc",
        "boc",
        "photocopy",
        "moc",
        "bac",
        "anh",
        "chi",
        "em",
        "co",
        "chu",
        "ong",
        "ba",
        "sep",
    ]
)
# what a document lists rather than counts
_KINDS = frozenset(("loai", "hinh thuc", "truong hop", "nguyen tac", "noi dung", "buoc", "yeu cau", "dieu kien"))
_IN_CHARGE = r"(?<!\w)(?:làm|giao)\s|phụ trách|[Cc]hủ trì:"
_LASTS = r"\d+\s+(?:giờ|ngày|tháng|năm|tuần|phút)|trong (?:ngày|giờ|tuần)|ngay sau"
_DAY = r"\d{1,2}/\d{1,2}/\d{4}|ngày \d{1,2}\b"
_LISTS = "(?:gồm|như sau|sau đây)"


def _naming(question: Question) -> str:
    """What an answer is likely to have beside the words: the name of a place ("bản nào"), a list ("mấy loại")."""
    words = question.words
    if "who" in question.asks:
        return _IN_CHARGE
    if question.has("bao lau"):
        return _LASTS
    if question.has(r"\b(?:ngay|hom) (?:nao|may)\b"):
        return _DAY
    place = next((_PLACES[a] for a, b in itertools.pairwise(words) if b == "nao" and a in _PLACES), "")
    if place:
        return rf"{place}\s+[{UPPER}]"
    several = [words[i + 1 : i + 3] for i in range(len(words) - 1) if words[i] in ("nhung", "cac")]
    return _LISTS if any(_is_kind(noun) for noun in (*several, *_nouns_of(question))) else ""


def _is_kind(noun: Sequence[str]) -> bool:
    return noun[0] in _KINDS or " ".join(noun[:2]) in _KINDS


def _some(question: Question) -> bool:
    """Whether "mấy" only says several: "ai phải sửa mấy cụm loa hỏng?"."""
    return question.has(r"\b(?:ai|(?:don vi|co quan|ben|nguoi|phong) nao)\b.*\bmay\b") and not question.has("bao nhieu")


_NO_COUNT = frozenset((("ke", "hoach"), ("quyet", "dinh"), ("nghi", "quyet"), ("cong", "van")))


def _counted_before(question: Question) -> tuple[str, ...]:
    """The counted noun nearest before "bao nhiêu" ("hồ sơ trực tuyến là bao nhiêu"); () where none is, or where
    something is measured ("đạt tối thiểu bao nhiêu")."""
    words = question.words
    at = next((i for i in range(len(words) - 1) if words[i : i + 2] == ("bao", "nhieu")), len(words))
    if (
        question.has("bao lau")
        or _MEASURED & set(words[max(0, at - 3) : at])
        or question.has(r"\b(?:chi tieu|muc tieu)\b")
    ):
        return ()
    found: tuple[str, ...] = ()
    start = at
    for i in range(at - 1, -1, -1):
        noun = next(
            (n for n in counted_nouns() if words[i : i + len(n)] == n and len(n) > 1 and n not in _NO_COUNT), None
        )
        if noun is None or "_" in question.kept[i : i + 1]:
            continue
        # in "thành viên tổ công nghệ số" the first is counted, the others qualify it
        if found and i + len(noun) < start:
            break
        found, start = noun, i
    # "số hồ sơ … là bao nhiêu" counts; of other things any figure may be asked ("lề trái của văn bản bao nhiêu")
    counted = (start and words[start - 1] in ("so", "luong", "tong")) or question.compares
    return found if counted else ()


def _nouns_of(question: Question, premise: bool = False) -> list[tuple[str, ...]]:
    asking = (frozenset(question.words) - frozenset(question.kept)) | question.light
    asking -= {word for word in _ALSO_NOUNS if question.typed.get(word) not in _BEFORE_VERBS}
    return _counted_phrases(canonical(question.marked), asking, premise)


def _counted_phrases(words: Sequence[str], asking: frozenset[str], premise: bool) -> list[tuple[str, ...]]:
    """What follows "bao nhiêu", "mấy", "số lượng": each counted noun with its qualifiers.

    Args:
        asking: words that only ask and end a noun that the list does not know.
        premise: whether a number given in the question stands for what is asked.
    """
    found: list[tuple[str, ...]] = []
    i = 0
    while i < len(words):
        if tuple(words[i : i + 2]) in (("bao", "nhieu"), ("so", "luong"), ("tong", "so")):
            i += 2
            if words[i - 1] == "so" and tuple(words[i : i + 1]) in (("may",), ("bao",)):
                # "trên tổng số mấy chỉ tiêu": counted is what follows
                continue
        elif premise and words[i].isdigit():
            # "có 30 hồ sơ quá hạn, đúng không?" asks how many there are
            if not _known_noun(words, i + 1):
                i += 1
                continue
            i += 1
        elif (
            words[i] == "may" and i + 1 < len(words) and (words[i + 1] not in _NOT_COUNTED or _known_noun(words, i + 1))
        ):
            i += 1
        else:
            i += 1
            continue
        measured = bool(_MEASURED & set(words[max(0, i - 5) : i - 1]))
        nouns, i = _noun_list(words, i, asking)
        # "chiếm bao nhiêu GDP", "đạt bao nhiêu điểm": of what is measured any figure may be asked
        found.extend(noun for noun in nouns if noun not in found and not (measured and noun not in counted_nouns()))
    return found


def _known_noun(words: Sequence[str], i: int) -> tuple[str, ...] | None:
    """The counted noun of the list that begins at a position."""
    return next((noun for noun in counted_nouns() if tuple(words[i : i + len(noun)]) == noun), None)


def _noun_list(words: Sequence[str], i: int, asking: frozenset[str]) -> tuple[list[tuple[str, ...]], int]:
    """Counted nouns from position `i` on ("máy tính, máy in, máy scan"), and where they end."""
    found: list[tuple[str, ...]] = []
    while i < len(words):
        noun = _known_noun(words, i)
        if noun is None:
            verb = words[i] in _VERBS or " ".join(words[i : i + 2]) in _VERBS
            if not found and not verb and words[i] not in {",", *(_NOUN_END - _ALSO_NOUNS), *asking}:
                # a noun the list does not know: two syllables
                noun = (
                    words[i],
                    *itertools.takewhile(lambda word: word != "," and word not in asking, words[i + 1 : i + 2]),
                )
            else:
                break
        i += len(noun)
        found.append(noun)
        # only a comma or "và" leads to another counted noun: in "hồ sơ thủ tục hành chính" the second qualifies
        if i >= len(words) or words[i] not in (",", "va"):
            break
        while i < len(words) and words[i] in (",", "va"):
            i += 1
    return found, i
