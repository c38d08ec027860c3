"""Letters of a PDF that nobody sees: white on white, or fully transparent. They may carry instructions.

White letters on a coloured ground (heads of tables) are seen; so the ground is looked at, on a small picture of the
page. Invisible letters over a picture are the text layer of a scan and stay.
"""

import ctypes
from typing import Any

_TEXT, _INVISIBLE = 1, 3
_WHITE = 250
_SEEN_SHARE = 0.02
_MAX_OBJECTS = 20_000


def hidden_texts(page: Any, text_page: Any) -> list[str]:
    """The texts of a page (opened with pypdfium2) that its printed form does not show, in order."""
    import pypdfium2.raw as pdfium

    suspects: list[tuple[str, tuple[float, float, float, float]]] = []
    for count, item in enumerate(page.get_objects(filter=[_TEXT], max_depth=4)):
        if count >= _MAX_OBJECTS:
            break
        if not _unseen_colour(pdfium, item.raw) or pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == _INVISIBLE:
            continue
        text = _text_of(pdfium, item.raw, text_page.raw)
        if text.strip():
            suspects.append((text, item.get_bounds()))
    if not suspects:
        return []
    picture = page.render(scale=1, grayscale=True).to_pil()
    height = page.get_height()
    return [text for text, box in suspects if not _stands_out(picture, height, box)]


def _unseen_colour(pdfium: Any, raw: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(raw, red, green, blue, alpha):
        return False
    return alpha.value < 8 or min(red.value, green.value, blue.value) >= _WHITE


def _text_of(pdfium: Any, raw: Any, text_page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(raw, text_page, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFTextObj_GetText(raw, text_page, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="ignore")


def _stands_out(picture: Any, height: float, box: tuple[float, float, float, float]) -> bool:
    """Whether anything darker than white is in the box (left, bottom, right, top in points)."""
    left, bottom, right, top = box
    area = (max(int(left), 0), max(int(height - top), 0), int(right) + 1, int(height - bottom) + 1)
    histogram: list[int] = picture.crop(area).histogram()
    total = sum(histogram) or 1
    return sum(histogram[:240]) / total > _SEEN_SHARE
