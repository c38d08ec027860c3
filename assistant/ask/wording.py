"""Which words of a question say how it is asked and not what about.

Where the message carries accents they decide: "chỉ" in "chỉ tiêu" is no "chị", "đầu" in "người đứng đầu" no "đâu".
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.ask.matching import phrase_file
from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import syllables

EMPTY = "_"
_TYPES = {
    "nq": "Nghị quyết", "nđ": "Nghị định", "nd": "Nghị định", "qđ": "Quyết định", "qd": "Quyết định",
    "kh": "Kế hoạch", "ct": "Chỉ thị", "tb": "Thông báo", "cv": "Công văn", "tt": "Thông tư", "kl": "Kết luận",
    "ctr": "Chương trình", "hd": "Hướng dẫn",
}  # fmt: skip
_SHORT_TYPE = re.compile(rf"(?<![\w/-])({'|'.join(_TYPES)})\s*(?=(?:số\s+|so\s+)?\d)", re.IGNORECASE)


def short_types(text: str) -> str:
    """ "KH 144" -> "Kế hoạch 144": right before a number the short forms of document types have one reading."""
    return _SHORT_TYPE.sub(lambda match: f"{_TYPES[match.group(1).lower()]} ", text)


_ARTICLE = re.compile(r"(?<![\w/.-])[Đđ]\.?\s?(\d{1,3})(?=\s+(?:của\s+|cua\s+)?(?:[LNBQT]|luật|luat|nghị|nghi|NĐ|bộ))")
_LAW = re.compile(r"(?<!\w)L\.\s?(?=[^\W\d_]{2})")
_QUARTER = re.compile(r"(?<![\w/.-])[Qq]\.?\s?([1-4]|I{1,3}|IV)(?![\w])")
_MESSAGE_WORD = re.compile(r"(?<![\w/&.-])[^\W\d_]{1,4}(?![\w/&-])")


def written_out(text: str) -> str:
    """`text` with the short forms that are usual in messages only: "Đ23 Luật" -> "Điều 23 Luật", "Q3", "gq", "kp"."""
    text = _LAW.sub("Luật ", text)
    text = _QUARTER.sub(r"quý \1", _ARTICLE.sub(r"Điều \1", text))
    for short, long in _messages().items():
        if " " in short:
            text = re.sub(rf"(?<!\w){short}(?!\w)", long, text, flags=re.IGNORECASE)
    return _MESSAGE_WORD.sub(lambda match: _messages().get(match.group().lower(), match.group()), text)


@functools.cache
def _messages() -> dict[str, str]:
    table = phrase_file()["messages"]
    assert isinstance(table, dict)
    return {str(short): str(long) for short, long in table.items()}


def as_typed(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """For each of `words` the syllable with the accents that were typed; "" where it was repaired."""
    typed = syllables(text)
    if len(typed) != len(words):
        return ("",) * len(words)
    return tuple(mark if fold(mark) == word else "" for mark, word in zip(typed, words, strict=True))


_Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


@functools.cache
def _phrases(key: str) -> _Phrases:
    """First folded syllable -> (folded, accented) phrases of a list that begin with it, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase in listed(key):
        accented = tuple(syllables(phrase))
        folded = tuple(fold(word) for word in accented)
        found.setdefault(folded[0], []).append((folded, accented))
    return {first: tuple(sorted(group, key=lambda pair: -len(pair[0]))) for first, group in found.items()}


def listed(key: str) -> Iterable[str]:
    return (phrase.strip() for phrase in str(phrase_file()[key]).split("|") if phrase.strip())


@functools.cache
def light_words() -> frozenset[str]:
    """Words with their accents that add little to what is asked: "chiếm", "đạt", "quy định"."""
    return frozenset(syllables(str(phrase_file()["light"])))


def kept_words(words: Sequence[str], typed: Sequence[str]) -> tuple[str, ...]:
    """`words` with "_" in the place of each that only asks."""
    kept = list(words)
    i = 0
    while i < len(words):
        if content := _phrase_at(_phrases("keep"), words, typed, i):
            i += content
            continue
        length = _phrase_at(_phrases("asking"), words, typed, i)
        kept[i : i + length] = [EMPTY] * length
        i += length or 1
    return tuple(kept)


_MACHINES = frozenset(
    [
        "tinh",
        "in",
        "scan",
        "chu",
        "boc",
        "photo",
        "photocopy",
        "moc",
        "chieu",
        "quet",
        "vi",
        "nen",
        "lanh",
        "anh",
        "doc",
        "ban",
        "loc",
    ]
)


def counting(words: Sequence[str], meant: Sequence[str]) -> tuple[str, ...]:
    """`meant` with "mấy" for every "máy" that no kind of machine follows."""
    return tuple(
        "mấy" if mark == "máy" and words[i + 1 : i + 2] and words[i + 1] not in _MACHINES else mark
        for i, mark in enumerate(meant)
    )


def asking_positions(words: Sequence[str], typed: Sequence[str]) -> frozenset[int]:
    """Which words were typed, with accents, as asking words: no slips."""
    kept = kept_words(words, typed) if any(typed) else ()
    return frozenset(i for i, word in enumerate(kept) if word == EMPTY and typed[i] and not typed[i].isascii())


def _phrase_at(phrases: _Phrases, words: Sequence[str], typed: Sequence[str], i: int) -> int:
    """How many words from `i` on are one of the phrases; 0 where none begins."""
    for folded, marks in phrases.get(words[i], ()):
        end = i + len(folded)
        if tuple(words[i:end]) == folded and all(
            not mark or mark == wanted for mark, wanted in zip(typed[i:end], marks, strict=True)
        ):
            return len(folded)
    return 0
