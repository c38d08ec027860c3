"""Which strings are Vietnamese syllables: an inventory generated from onsets, rhymes and tones.

The inventory says what *can* be written, not what means something ("đân" is well formed and no word);
the language model says what is in use. Forms are lower-case NFC; both placements of the tone mark on open
oa, oe, uy count as right (the house style rule of the report is another matter).
"""

import functools
import re
import unicodedata

_ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ngh",
    "nh",
    "p",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
# open rhymes and those ending in a glide or nasal take all six tones; those ending in p, t, c, ch two of them
_FREE_RHYMES = [
    "a",
    "ai",
    "ao",
    "au",
    "ay",
    "am",
    "an",
    "ang",
    "anh",
    "ăm",
    "ăn",
    "ăng",
    "âm",
    "ân",
    "âng",
    "âu",
    "ây",
    "e",
    "em",
    "en",
    "eng",
    "eo",
    "ê",
    "êm",
    "ên",
    "ênh",
    "êu",
    "i",
    "ia",
    "im",
    "in",
    "inh",
    "iu",
    "iêm",
    "iên",
    "iêng",
    "iêu",
    "o",
    "oi",
    "om",
    "on",
    "ong",
    "oong",
    "oa",
    "oai",
    "oan",
    "oang",
    "oanh",
    "oao",
    "oay",
    "oăm",
    "oăn",
    "oăng",
    "oe",
    "oen",
    "oeo",
    "ô",
    "ôi",
    "ôm",
    "ôn",
    "ông",
    "ơ",
    "ơi",
    "ơm",
    "ơn",
    "u",
    "ua",
    "ui",
    "um",
    "un",
    "ung",
    "uân",
    "uâng",
    "uây",
    "uê",
    "uên",
    "uênh",
    "uơ",
    "uôi",
    "uôm",
    "uôn",
    "uông",
    "uy",
    "uya",
    "uyên",
    "uynh",
    "uyu",
    "ư",
    "ưa",
    "ưi",
    "ưm",
    "ưn",
    "ưng",
    "ưu",
    "ươi",
    "ươm",
    "ươn",
    "ương",
    "ươu",
    "y",
    "yêm",
    "yên",
    "yêng",
    "yêu",
]
_STOPPED_RHYMES = [
    "ac",
    "ach",
    "ap",
    "at",
    "ăc",
    "ăp",
    "ăt",
    "âc",
    "âp",
    "ât",
    "ec",
    "ep",
    "et",
    "êch",
    "êp",
    "êt",
    "ich",
    "ip",
    "it",
    "iêc",
    "iêp",
    "iêt",
    "oc",
    "ooc",
    "op",
    "ot",
    "oac",
    "oach",
    "oap",
    "oat",
    "oăc",
    "oăt",
    "oet",
    "ôc",
    "ôp",
    "ôt",
    "ơp",
    "ơt",
    "uc",
    "up",
    "ut",
    "uât",
    "uêch",
    "uôc",
    "uôt",
    "uych",
    "uyt",
    "uyêt",
    "uyp",
    "ưc",
    "ưp",
    "ưt",
    "ươc",
    "ươp",
    "ươt",
    "yêt",
    "êc",
]
_TONE_MARKS = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
_FRONT = "iyeê"
# the spelling of an onset that a front vowel excludes or requires
_NOT_BEFORE_FRONT = {"c", "g", "ng"}
_ONLY_BEFORE_FRONT = {"k", "gh", "ngh"}
_VOWELS = "aăâeêioôơuưy"
_NUCLEUS = re.compile(r"[aăâeêioôơuưy]+")


def _fits(onset: str, rhyme: str) -> bool:
    front = rhyme[0] in _FRONT
    if onset in _NOT_BEFORE_FRONT and front and not (onset == "g" and rhyme[0] in "iy"):
        return False
    if onset in _ONLY_BEFORE_FRONT and not front:
        return onset == "k" and rhyme in {"a", "an"}  # Bắc Kạn, Đắk Lắk and a few other names
    return not (onset == "qu" and rhyme[0] in "uưoô" and rhyme not in {"ôc", "ôi"})


def _bodies() -> dict[str, bool]:
    """Toneless syllables; the value tells whether only sắc and nặng are possible."""
    bodies: dict[str, bool] = {}
    for rhymes, stopped in ((_FREE_RHYMES, False), (_STOPPED_RHYMES, True)):
        for rhyme in rhymes:
            bodies.setdefault(rhyme, stopped)
            for onset in _ONSETS:
                if _fits(onset, rhyme):
                    bodies.setdefault(onset + rhyme, stopped)
                if onset == "gi" and rhyme[0] == "i":
                    bodies.setdefault("g" + rhyme, stopped)  # gì, giếng, gìn
                if onset == "qu" and rhyme[0] == "u" and len(rhyme) > 1:
                    bodies.setdefault("q" + rhyme, stopped)  # quy, quyền, quân
    return bodies


def _with_tone(body: str, mark: str) -> set[str]:
    """`body` with the tone mark in each of its accepted places."""
    if not mark:
        return {body}
    offset = 2 if body.startswith("qu") else 2 if body.startswith("gi") and len(body) > 2 else 0
    if offset and (len(body) <= offset or body[offset] not in _VOWELS):
        offset = 1
    nucleus = _NUCLEUS.search(body, offset)
    if nucleus is None:
        return set()
    return {
        unicodedata.normalize("NFC", body[: i + 1] + mark + body[i + 1 :])
        for i in _tone_places(nucleus.group(), nucleus.start(), nucleus.end() < len(body))
    }


def _tone_places(vowels: str, start: int, closed: bool) -> list[int]:
    marked = [i for i, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return [start + marked[-1]]  # ươ carries it on ơ
    if len(vowels) == 1:
        return [start]
    if vowels in {"oa", "oe", "uy"}:
        return [start + 1] if closed else [start, start + 1]
    if closed or len(vowels) == 3:
        return [start + 1]
    return [start]


@functools.cache
def inventory() -> frozenset[str]:
    """Every well-formed syllable, lower case, NFC (about 20,000)."""
    found: set[str] = set()
    for body, stopped in _bodies().items():
        for mark in (_TONE_MARKS[2], _TONE_MARKS[5]) if stopped else _TONE_MARKS:
            found |= _with_tone(body, mark)
    return frozenset(found)


def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) can be a Vietnamese syllable."""
    return word.lower() in inventory()
