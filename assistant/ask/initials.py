"""Abbreviations that messages have and no text: "KQ", "CĐĐH", "HNTHTT", read by what stands beside them.

What the usual ones may stand for is listed in `knowledge/ask/phrases.yaml`; longer ones are read by their initials from
the headings and titles at hand.
"""

import functools
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from assistant.ask.matching import phrase_file
from assistant.vietnamese.text import canonical_tone, fold, nfc
from assistant.vietnamese.tokens import syllables

_LEAST, _LONGEST = 4, 7
# a phrase met once may be any words that stand side by side
_OFTEN = 2
_PIECE = re.compile(r"[^,;:.()«»“”\"\n/–-]+")
# capitals, or letters that make no syllable; no symbol around them, no form of signing ("KT. CHỦ TỊCH")
_SHORT = re.compile(
    r"(?<![\w/&.-])(?![IVX]+\b)(?:[A-ZĐ][A-ZĐ&]{1,6}(?!\.\s?[A-ZĐ])|[bcdđghklmnpqrstvx]{2,6}(?!\.))(?![\w/&-])"
)
_JOINING = frozenset(("và", "của", "các", "những", "cho", "theo", "trong", "được", "là", "có", "từ", "đến", "về"))

# how plausible one folded syllable is after another
Follows = Callable[[str, str], float]
# what a reading loses for each one that is more usual
_LESS_USUAL = 0.6
# what the folded syllables weigh beside the accented ones
_FOLDED = 0.4


class Initials:
    """What abbreviations may stand for, and which of it is meant."""

    def __init__(self, texts: Sequence[str], follows: Follows) -> None:
        """
        Args:
            texts: headings, titles …: where longer phrases are found by their initials.
            follows: how well two syllables stand together.
        """
        self._texts = texts
        self._follows = follows

    @functools.cached_property
    def _phrases(self) -> Mapping[str, str]:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for text in self._texts:
            for piece in _PIECE.findall(canonical_tone(nfc(text))):
                words = piece.split()
                for start in range(len(words)):
                    for end in range(start + _LEAST, min(start + _LONGEST, len(words)) + 1):
                        if words[start] not in _JOINING and words[end - 1] not in _JOINING:
                            phrase = " ".join(words[start:end]).lower()
                            counted[_initials(phrase)][phrase] += 1
        best = {key: phrases.most_common(1)[0] for key, phrases in counted.items() if len(key) >= _LEAST}
        return {key: phrase for key, (phrase, times) in best.items() if times >= _OFTEN}

    def write_out(self, text: str) -> str:
        """`text` with its abbreviations written out, each as it goes best with the words beside it."""
        said = ""
        end = 0
        for match in _SHORT.finditer(text):
            said += text[end : match.start()]
            said += self._meant(match.group(), said, text[match.end() :])
            end = match.end()
        return said + text[end:]

    def _meant(self, short: str, before: str, after: str) -> str:
        readings = self._readings(short)
        if len(readings) < 2:
            return readings[0] if readings else short
        last = syllables(before[-30:])[-1:]
        first = syllables(after[:30])[:1]
        goes_on = (not before.rstrip().endswith((",", ".", ";", ":")), after.lstrip()[:1].isalnum())

        def fit(i: int) -> float:
            own = syllables(readings[i])
            left = sum(self._together(word, own[0], goes_on[0]) for word in last)
            right = sum(self._together(own[-1], word, goes_on[1]) for word in first)
            return left + right - _LESS_USUAL * i

        return readings[max(range(len(readings)), key=fit)]

    def _together(self, first: str, second: str, goes_on: bool) -> float:
        """How well two syllables stand side by side: as the texts have them, commas between them or not, and, where the
        sentence goes on, without their accents anywhere."""
        anywhere = _FOLDED * self._follows(fold(first), fold(second)) if goes_on else 0.0
        return math.log1p(self._pairs[first, second]) + anywhere

    @functools.cached_property
    def _pairs(self) -> Counter[tuple[str, str]]:
        return Counter(pair for text in self._texts for pair in itertools.pairwise(syllables(text)))

    def _readings(self, short: str) -> Sequence[str]:
        key = short.replace("&", "").upper()
        if key in _usual():
            return _usual()[key]
        return (self._phrases[key],) if key in self._phrases else ()


@functools.cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    """What the usual abbreviations stand for, the most usual first; without Đ those with Đ as well."""
    table = phrase_file()["initials"]
    assert isinstance(table, dict)
    usual = {str(short): tuple(str(long).split("|")) for short, long in table.items()}
    for short, long in list(usual.items()):
        plain = fold(short).upper()
        if plain != short:
            usual[plain] = (*usual.get(plain, ()), *long)
    return usual


def _initials(phrase: str) -> str:
    """First letters in capitals, "Đ" kept apart from "D", joining words left out."""
    letters = [word[0] if word[0] == "đ" else fold(word[0]) for word in phrase.split() if word not in _JOINING]
    return "".join(letters).upper()
