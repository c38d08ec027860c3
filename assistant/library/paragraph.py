"""A paragraph as a reader sees it, with the way back to the source."""

from dataclasses import dataclass, field, replace

from assistant.library.models import Block


@dataclass(slots=True)
class Paragraph:
    """A paragraph made of one or more lines of the source.

    Attributes:
        text: NFC, whitespace collapsed; table cells joined by " | ".
        start, end: span in the source text.
        anchors: (offset in `text`, offset in the source) of each line it was joined from.
        row: the block, where it is a table row.
        level: heading level that the file itself states.
        sure: whether the file marks all its headings, so that the level counts more than the numbering (Markdown).
    """

    text: str
    start: int
    end: int
    page: int | None
    anchors: list[tuple[int, int]] = field(default_factory=list)
    row: Block | None = None
    level: int | None = None
    sure: bool = False

    def join(self, line: "Paragraph") -> None:
        """Append a wrapped line; a hyphen inside a symbol ("23/QĐ-" + "UBND") takes no space."""
        glued = self.text.endswith("-") and len(self.text) > 1 and not self.text[-2].isspace()
        offset = len(self.text) + (0 if glued else 1)
        self.text = self.text + ("" if glued else " ") + line.text
        self.end = line.end
        self.anchors.extend((offset + at, source) for at, source in line.anchors)

    def copy(self) -> "Paragraph":
        """A copy that can be joined without changing this one."""
        return replace(self, anchors=list(self.anchors))
