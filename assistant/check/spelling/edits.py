"""The slips of Vietnamese typing: which syllables one wrong key, mark or tone turns into another."""

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from assistant.vietnamese.text import fold

_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
_KEYS = "abcdeghiklmnopqrstuvxy"
# "nghieng" with a key too many; the slips of a pasted line of code would fill the memory
_LONGEST = 8
# log10 of how much rarer a slip is than the next commoner one
TONE_OR_MARK, BOTH, LETTER = 1.0, 1.5, 1.5


@functools.lru_cache(maxsize=16384)
def split_tone(syllable: str) -> tuple[str, str]:
    """`syllable` without its tone (marks of ă â ê ô ơ ư đ kept), and the tone's combining mark."""
    letters, tone = "", ""
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = char
        else:
            letters += char
    return unicodedata.normalize("NFC", letters), tone


def _one_key_away(letters: str) -> set[str]:
    found: set[str] = set()
    for i in range(len(letters) + 1):
        head, tail = letters[:i], letters[i:]
        found.update(head + key + tail for key in _KEYS)
        if tail:
            found.add(head + tail[1:])
            found.update(head + key + tail[1:] for key in _KEYS)
        if len(tail) > 1:
            found.add(head + tail[1] + tail[0] + tail[2:])
    found.discard(letters)
    return found


@dataclass(frozen=True, slots=True)
class Confusions:
    """Known syllables by their letters without accents."""

    by_letters: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, syllables: Iterable[str]) -> "Confusions":
        table: dict[str, list[str]] = {}
        for syllable in syllables:
            table.setdefault(fold(syllable), []).append(syllable)
        return cls({letters: tuple(found) for letters, found in table.items()})

    def near(self, syllable: str) -> dict[str, float]:
        """Known syllables one slip away from `syllable` (lower case), with the cost of the slip."""
        letters, tone = split_tone(syllable)
        plain = fold(syllable)
        costs: dict[str, float] = {}
        for other in self.by_letters.get(plain, ()):
            if other != syllable:
                other_letters, other_tone = split_tone(other)
                both = other_letters != letters and other_tone != tone
                costs[other] = BOTH if both else TONE_OR_MARK
        for changed in _one_key_away(plain) if len(plain) <= _LONGEST else ():
            for other in self.by_letters.get(changed, ()):
                other_letters, other_tone = split_tone(other)
                if other_tone == tone and OSA.distance(other_letters, letters) <= 1:
                    costs.setdefault(other, LETTER)
        return costs
