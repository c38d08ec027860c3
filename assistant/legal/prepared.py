"""The text as the finder reads it: NFC, with a lower-case twin of the same length, and the way back to the original."""

from dataclasses import dataclass

from assistant.legal.models import Span
from assistant.vietnamese.text import MappedText


@dataclass(frozen=True, slots=True)
class PreparedText:
    """
    Attributes:
        text: NFC text.
        low: `text` in lower case, code point for code point.
    """

    text: str
    low: str
    mapped: MappedText

    @classmethod
    def of(cls, original: str) -> "PreparedText":
        mapped = MappedText.of(original)
        low = mapped.text.lower()
        if len(low) != len(mapped.text):  # a few foreign letters grow in lower case
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in mapped.text)
        return cls(mapped.text, low, mapped)

    def original(self, span: Span) -> Span:
        """The span in the text as it was given."""
        return Span(*self.mapped.span(*span))


def squeeze(text: str) -> str:
    """One space for each run of white space, none at the ends."""
    return " ".join(text.split())
