"""Width of a line in bold Times New Roman, so that the rules of the letterhead have the length the decree asks for."""

import unicodedata

# advance widths in thousandths of the font size; letters with tone marks are as wide as their base
_WIDTHS = {
    letter: width
    for width, letters in {
        250: " ,.",
        278: "il/",
        333: "fjt-:()",
        389: "sI",
        444: "cerz",
        500: "agovxyJ0123456789–",
        556: "bdhknpquS",
        611: "FP",
        667: "BELTZ",
        722: "wACDNRUVXY",
        778: "GHKOQ",
        833: "m&",
        944: "M",
        1000: "W",
    }.items()
    for letter in letters
} | {"Đ": 722, "đ": 556}
_USUAL = 556


def line_width_pt(text: str, size_pt: float) -> float:
    """Width in points of `text` set in bold Times New Roman of `size_pt`; about 2 % exact."""
    bases = (unicodedata.normalize("NFD", letter)[:1] for letter in text)
    return sum(_WIDTHS.get(base, _USUAL) for base in bases) * size_pt / 1000
