"""Headings in capitals in normal letters: "ỦY BAN NHÂN DÂN XÃ TÂN ĐOÀN" -> "Ủy ban nhân dân xã Tân Đoàn"."""

import functools
import re
from collections import Counter
from collections.abc import Sequence

from assistant.knowledge_files import load_knowledge
from assistant.library.markers import is_roman
from assistant.library.paragraph import Paragraph
from assistant.vietnamese.abbreviations import abbreviations
from assistant.vietnamese.places import provinces
from assistant.vietnamese.text import canonical_tone, fold

_PLACE_WORDS = ("xã", "phường", "thị trấn", "tỉnh", "thành phố", "đặc khu", "huyện", "quận", "thị xã", "tp")
_WORD = re.compile(r"[^\W_][\w/-]*")
_MAX_PARAGRAPHS = 600


def true_case(title: str, lines: Sequence[Paragraph]) -> str:
    """A title in capitals, written as the body of the same document writes its words; others as they are.

    A word takes the form that it most often has after the same word before it, else the form it most often has.
    """
    if not title.isupper():
        return title
    alone: dict[str, Counter[str]] = {}
    after: dict[tuple[str, str], Counter[str]] = {}
    for line in lines[:_MAX_PARAGRAPHS]:
        if line.text.isupper():
            continue
        words = _WORD.findall(line.text)
        for before, word in zip(["", *words], words, strict=False):
            if not (word.isupper() and len(word) > 12):
                if before:
                    alone.setdefault(word.lower(), Counter())[word] += 1
                after.setdefault((before.lower(), word.lower()), Counter())[word] += 1
    previous = ""

    def written(match: re.Match[str]) -> str:
        nonlocal previous
        word = match.group().lower()
        counts = after.get((previous, word)) if previous else None
        counts = counts or alone.get(word)
        previous = word
        if len(word) > 1 and is_roman(match.group()):
            return match.group()
        return counts.most_common(1)[0][0] if counts else word

    text = _WORD.sub(written, title)
    return text[:1].upper() + text[1:]


def restore_case(text: str) -> str:
    """Capitals of a letterhead in normal letters: known bodies by their name, places by their capitals.

    >>> restore_case("ỦY BAN NHÂN DÂN XÃ TÂN ĐOÀN")
    'Ủy ban nhân dân xã Tân Đoàn'
    """
    if not text.isupper():
        return text
    plain = " ".join(canonical_tone(text.lower()).split())
    plain = re.sub(r"^ubnd\b", "ủy ban nhân dân", plain)
    plain = re.sub(r"^hđnd\b", "hội đồng nhân dân", plain)
    known = _bodies().get(fold(plain))
    if known is not None:
        return known
    for length in range(len(plain.split()), 1, -1):
        head = " ".join(plain.split()[:length])
        known = _bodies().get(fold(head))
        if known is not None:
            rest = _with_places(plain[len(head) :])
            return _with_abbreviations(known + rest)
    return _with_abbreviations(plain[:1].upper() + _with_places(plain)[1:]) if plain else plain


def _with_abbreviations(text: str) -> str:
    """Abbreviations keep their capitals: "phát triển KHCN, ĐMST"."""
    single = abbreviations().single
    return _WORD.sub(lambda match: known if (known := match.group().upper()) in single else match.group(), text)


def _with_places(text: str) -> str:
    words = text.split(" ")
    index = 0
    while index < len(words):
        two = " ".join(words[index : index + 2])
        width = 2 if two in _PLACE_WORDS else 1 if words[index] in _PLACE_WORDS else 0
        if width:
            end = index + width
            while end < len(words) and end - index - width < 4 and words[end] not in ("về", "và", "phát"):
                words[end] = _capital(words[end])
                end += 1
            index = end
        else:
            index += 1
    joined = " ".join(words)
    for name in provinces().current:
        joined = re.sub(rf"\b{re.escape(name.lower())}\b", name, joined)
    return joined


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@functools.cache
def _bodies() -> dict[str, str]:
    """Names of the known bodies by their letters without accents."""
    names: dict[str, str] = {}
    for group in load_knowledge("legal/bodies.yaml").values():
        for entry in group if isinstance(group, list) else ():
            if isinstance(entry, dict):
                for name in (entry.get("name"), *entry.get("written", ())):
                    if isinstance(name, str):
                        names.setdefault(fold(name), name)
    return names
