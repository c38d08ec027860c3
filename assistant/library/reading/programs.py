"""Programs of the machine that help with reading: LibreOffice, antiword, tesseract."""

import os
import shutil
from pathlib import Path

# Windows installers leave the search path as it is
_ON_WINDOWS = {
    "soffice": "LibreOffice/program/soffice.exe",
    "tesseract": "Tesseract-OCR/tesseract.exe",
}


def find_program(name: str) -> str | None:
    """Where a program is: on the search path, or where its Windows installer puts it."""
    found = shutil.which(name)
    if found is not None or name not in _ON_WINDOWS:
        return found
    folders = [os.environ[variable] for variable in ("ProgramFiles", "ProgramFiles(x86)") if variable in os.environ]
    places = (Path(folder) / _ON_WINDOWS[name] for folder in folders)
    return next((str(place) for place in places if place.is_file()), None)
