"""Abbreviations that no list has ("CĐĐH", "ATHTTT"): read by their initials from the headings and titles at hand."""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from assistant.vietnamese.text import canonical_tone, fold, nfc

_LONGEST = 7
_PIECE = re.compile(r"[^,;:.()«»“”\"\n/–-]+")
# capitals only, no symbol around them
_SHORT = re.compile(r"(?<![\w/&-])[A-ZĐ&]{4,7}(?![\w/&-])")
_JOINING = frozenset(("và", "của", "các", "những", "cho", "theo", "trong", "được", "là", "có", "từ", "đến", "về"))


class Initials:
    """The phrases of the program by their initials."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @functools.cached_property
    def _phrases(self) -> Mapping[str, str]:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for text in self._texts:
            for piece in _PIECE.findall(canonical_tone(nfc(text))):
                words = piece.split()
                for start in range(len(words)):
                    for end in range(start + 4, min(start + _LONGEST, len(words)) + 1):
                        if words[start] not in _JOINING and words[end - 1] not in _JOINING:
                            phrase = " ".join(words[start:end]).lower()
                            counted[_initials(phrase)][phrase] += 1
        # a phrase met once may be any words that stand side by side
        return {
            key: phrases.most_common(1)[0][0] for key, phrases in counted.items() if phrases.most_common(1)[0][1] > 1
        }

    def write_out(self, text: str) -> str:
        """`text` with the abbreviations in capitals that a phrase fits written out."""
        return _SHORT.sub(lambda match: self._phrases.get(match.group().replace("&", ""), match.group()), text)


def _initials(phrase: str) -> str:
    """First letters in capitals, "Đ" kept apart from "D", joining words left out."""
    letters = [word[0] if word[0] == "đ" else fold(word[0]) for word in phrase.split() if word not in _JOINING]
    return "".join(letters).upper()
