"""Letters: NFC at every door, accent folding, and texts that remember where each character came from."""

import re
import unicodedata
from dataclasses import dataclass

# Old and new placement of the tone mark on open oa, oe, uy: hoà/hòa, uỷ/ủy. The new one is canonical here.
_OPEN_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE_PAIRS = _OPEN_TONES | {
    cased(old): cased(new) for old, new in _OPEN_TONES.items() for cased in (str.capitalize, str.upper)
}
_OPEN_TONE = re.compile(
    rf"(?<![qQ])(?:{'|'.join(pair for pair in _TONE_PAIRS if pair[0] in 'uU')})(?!\w)"
    rf"|(?:{'|'.join(pair for pair in _TONE_PAIRS if pair[0] in 'oO')})(?!\w)"
)


_COMBINING = re.compile("[\u0300-\u036f]")
_ENDLESS = re.compile(r"(?<!\S)(?![.…_*=-]+(?!\S))\S{300,}")


def _base(letter: str) -> str:
    """The letter without its accents, in lower case; đ and its look-alike ð are d."""
    if letter in "đĐðÐ":
        return "d"
    stripped = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    # a letter whose lower case takes two code points (İ) stays as it is: folding keeps the length of NFC text
    return stripped.lower() if len(stripped.lower()) == 1 else letter


# Latin letters with accents: Latin-1 Supplement to Latin Extended-B, and Latin Extended Additional
_FOLDED = {code: _base(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()}


def nfc(text: str) -> str:
    """`text` in Unicode normal form C."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def canonical_tone(text: str) -> str:
    """NFC text with the tone mark of open oa, oe, uy syllables where the new spelling puts it (hoà -> hòa)."""
    return _OPEN_TONE.sub(lambda match: _TONE_PAIRS[match.group()], text)


def legible(text: str) -> str:
    """`text` with spaces in place of runs that no writing has: 300 characters and more without a space.

    A picture or a key pasted as text makes them, and looking for words in them takes minutes. Lines of dots stay.
    """
    return _ENDLESS.sub(lambda run: " " * len(run.group()), text)


def fold(text: str) -> str:
    """`text` in lower case without any accent; đ becomes d. "Đề án" -> "de an". NFC text keeps its length."""
    if text.isascii():
        return text.lower()
    # looking for a combining mark costs a tenth of asking whether the text is in NFC
    composed = nfc(text) if _COMBINING.search(text) else text
    return composed.translate(_FOLDED).lower()


@dataclass(frozen=True, slots=True)
class MappedText:
    """An NFC text that knows where each of its characters stood in the text it was made from.

    Attributes:
        text: the NFC text.
        original: the text as it was given, in whatever form.
        offsets: for each code point of `text`, and one past its end, the offset in `original`; empty where
            the two texts are equal.
    """

    text: str
    original: str
    offsets: tuple[int, ...] = ()

    @classmethod
    def of(cls, original: str) -> "MappedText":
        """
        >>> mapped = MappedText.of(unicodedata.normalize("NFD", "Kế hoạch"))
        >>> mapped.text == "Kế hoạch", mapped.span(0, 2)
        (True, (0, 4))
        """
        if unicodedata.is_normalized("NFC", original):
            return cls(original, original)
        pieces: list[str] = []
        offsets: list[int] = []
        start = 0
        for end in _cluster_ends(original):
            composed = unicodedata.normalize("NFC", original[start:end])
            pieces.append(composed)
            # characters that stay apart in a cluster point into it one by one, as far as it reaches
            offsets.extend(min(start + i, end - 1) for i in range(len(composed)))
            start = end
        offsets.append(len(original))
        return cls("".join(pieces), original, tuple(offsets))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in `original` of `text[start:end]`."""
        return (self.offsets[start], self.offsets[end]) if self.offsets else (start, end)


def _cluster_ends(text: str) -> list[int]:
    """Where each run of one base character and its combining marks ends.

    Conjoining jamo, which also compose, do not occur in Vietnamese; a cluster of them stays as it is.
    """
    ends = [i for i in range(1, len(text)) if not unicodedata.combining(text[i])]
    return [*ends, len(text)] if text else []
