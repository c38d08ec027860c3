"""Syllables, the words of Vietnamese search: an accented stream and a folded one."""

import itertools
import re

from assistant.vietnamese.text import canonical_tone, fold, nfc

_SYLLABLE = re.compile(r"\w+")


def syllables(text: str) -> list[str]:
    """Syllables and numbers of `text` in lower case, NFC, the tone mark in its canonical place."""
    return _SYLLABLE.findall(canonical_tone(nfc(text).lower()))


def folded_syllables(text: str) -> list[str]:
    """The same without accents, so that a query typed without diacritics meets the text."""
    return _SYLLABLE.findall(fold(text))


def lexical_terms(text: str) -> list[str]:
    """Folded syllables followed by folded bigrams "a_b": the terms of the lexical index."""
    words = folded_syllables(text)
    return words + [f"{first}_{second}" for first, second in itertools.pairwise(words)]
