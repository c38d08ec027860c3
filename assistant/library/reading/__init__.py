"""Reading files: what is in them, as text with blocks whose offsets lead back to the file."""

from assistant.library.reading.document import SUPPORTED_SUFFIXES, read_bytes, read_document

__all__ = ["SUPPORTED_SUFFIXES", "read_bytes", "read_document"]
