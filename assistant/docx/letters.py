"""Which characters a document may hold. Needs no library, so that drafts and checks share it."""

import re

from assistant.vietnamese.text import nfc

# what XML 1.0 cannot hold, lone surrogates, the two non-characters, and private-use letters (no Vietnamese letter)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
_DIRECTION = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BREAKS = re.compile(r"[\r\n\t\u2028\u2029\u0085]+")


def clean(text: str) -> str:
    """One line of printable NFC text: control, direction and private-use characters dropped, breaks made spaces."""
    return nfc(_DIRECTION.sub("", _FORBIDDEN.sub("", _BREAKS.sub(" ", text))))
