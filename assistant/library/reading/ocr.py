"""Optical character recognition of scanned pages, where tesseract with Vietnamese is installed."""

import functools
from typing import Any

from assistant.library.reading.programs import find_program

_DPI = 300
_MAX_PIXELS = 40_000_000
_SECONDS_PER_PAGE = 120
# kinds of page objects in PDFium
_IMAGE = 3


@functools.cache
def available() -> bool:
    """True where tesseract and its Vietnamese data can be used."""
    import pytesseract

    program = find_program("tesseract")
    if program is None:
        return False
    pytesseract.pytesseract.tesseract_cmd = program
    try:
        return "vie" in pytesseract.get_languages(config="")
    except (pytesseract.TesseractNotFoundError, OSError, RuntimeError):
        return False


def has_picture(document: Any, index: int) -> bool:
    """True where page `index` (0-based) shows an image."""
    page = document[index]
    try:
        return any(True for _ in page.get_objects(filter=[_IMAGE], max_depth=3))
    finally:
        page.close()


def page_text(document: Any, index: int) -> str:
    """The words recognised on page `index` (0-based); "" where recognition fails or takes too long."""
    import pytesseract

    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        image = bitmap.to_pil()
        bitmap.close()
    finally:
        page.close()
    try:
        # OMP threads of tesseract only get in each other's way when files are read in parallel
        text: str = pytesseract.image_to_string(image, lang="vie", config="--psm 6", timeout=_SECONDS_PER_PAGE)
    except (pytesseract.TesseractError, RuntimeError):
        return ""
    return text.replace("\f", "").strip()
