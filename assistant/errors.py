"""Errors whose text an officer reads.

AssistantError                 anything the officer can be told about
├── InputError                 what was given cannot be used (exit status 1)
│   ├── UnreadableFileError    missing, damaged, or not what its name says
│   ├── UnsupportedFileError   a kind of file the program does not read
│   ├── EncryptedFileError     protected by a password
│   ├── EmptyDocumentError     holds no text
│   ├── FileTooLargeError      over the upload limit
│   └── UnknownNameError       no such report type, section, field, document …
├── LibraryError               the library on disk cannot be used
│   └── LibraryBusyError       another program is writing to it
└── SettingsError              a setting is missing or makes no sense

Each message is one clear Vietnamese sentence that says what to do next. Faces print it and never a traceback.
"""

from collections.abc import Sequence


class AssistantError(Exception):
    """Base of all errors with a message for the officer (Vietnamese, one sentence, the next step in it)."""


class InputError(AssistantError):
    """What the officer gave cannot be used as it is."""


class UnreadableFileError(InputError):
    """The file is missing, damaged, or its content is not what its name says."""


class UnsupportedFileError(InputError):
    """The program does not read this kind of file."""


class EncryptedFileError(InputError):
    """The file is protected by a password."""


class EmptyDocumentError(InputError):
    """The file holds no text."""


class FileTooLargeError(InputError):
    """The file is larger than `TLBC_MAX_UPLOAD_MB`."""


class UnknownNameError(InputError):
    """A name that the program does not know; carries the nearest known ones, best first."""

    def __init__(self, kind_vi: str, given: str, nearest: Sequence[str] = ()) -> None:
        hint = f"; có phải ý là {' hoặc '.join(f'«{name}»' for name in nearest)}?" if nearest else ", hãy xem lại tên."
        super().__init__(f"Không có {kind_vi} «{given}»{hint}")
        self.kind_vi = kind_vi
        self.given = given
        self.nearest = tuple(nearest)


class LibraryError(AssistantError):
    """The library on disk cannot be read or written."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class SettingsError(AssistantError):
    """A setting is missing or makes no sense."""
