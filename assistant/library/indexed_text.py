"""What the indexes hold of a passage: its own heading and the document's title, then the heading path and the text."""

from assistant.library.models import Passage


def title_field(document_title: str, passage: Passage) -> str:
    """The passage's own heading and the document's title."""
    heading = passage.path[-1].text if passage.path else ""
    return f"{heading} {document_title}".strip()


def body_field(passage: Passage) -> str:
    """Heading path, header row of the table, text."""
    return "\n".join(part for part in (passage.heading_text, passage.table_header, passage.text) if part)


def embedded_text(document_title: str, passage: Passage) -> str:
    """What is embedded of a passage."""
    return f"{title_field(document_title, passage)}\n{body_field(passage)}"
