"""The numbering that Vietnamese documents carry: Phần, Chương, Mục, Điều, A, I, 1, 1.1, a), -, +.

A marker is what stands at the beginning of a paragraph. Whether it opens a section or only an item of a list is
decided in `structure`, which sees its siblings.
"""

import re
from dataclasses import dataclass

# smaller is higher; a section closes every open one of its own rank or a lower one
ANNEX, PART, CHAPTER, SECTION, SUBSECTION, ARTICLE = 0, 10, 20, 30, 35, 40
LETTER, ROMAN, NUMBER, POINT, DASH, PLUS = 50, 60, 70, 90, 100, 110
# the letters of Vietnamese; ranges such as À-Ỹ mix capitals and small letters
CAPITAL = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SMALL = "a-z" + CAPITAL[3:].lower()
_HEADLINE = rf"(?=\s*$|\s*[.:–-]?\s*[(\"“{CAPITAL}])"
_NAMED: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (re.compile(pattern + _HEADLINE), rank, name)
    for pattern, rank, name in (
        (
            r"^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?(?:\s+(?P<n>[IVXLC]+|\d+[a-z]?|[A-HK])\b(?!\s*,)|(?!\s+[IVXLC\d]))",
            ANNEX,
            "Phụ lục",
        ),
        (r"^(?:PHẦN|Phần)\s+(?P<n>[IVXLC]+|\d+|[A-HK]|(?:THỨ|thứ)\s+\w+)\b", PART, "Phần"),
        (r"^(?:CHƯƠNG|Chương)\s+(?P<n>[IVXLC]+|\d+)\b", CHAPTER, "Chương"),
        (r"^(?:MỤC|Mục)\s+(?P<n>\d+|[IVXLC]+|[A-HK])\b", SECTION, "Mục"),
        (r"^(?:TIỂU MỤC|Tiểu mục)\s+(?P<n>\d+|[IVXLC]+)\b", SUBSECTION, "Tiểu mục"),
    )
)
_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+(?P<n>\d+[a-zđ]?)\s*(?:[.:]|$)")
RECIPIENTS = "Nơi nhận"
_NAMED_INITIALS = frozenset("PCMTĐN")
_RECIPIENTS = re.compile(r"^Nơi nhận\s*(?::|$)", re.IGNORECASE)
_LETTER_OR_ROMAN = re.compile(
    rf"^(?P<n>[IVXLCDM]+|[A-ZĐ])\s?(?P<c>[.)]|/(?=\s|[{CAPITAL}][{SMALL}])|\s?[-–](?=\s))\s*(?=\S)"
)
_NUMBERS = re.compile(r"^(?P<n>\d{1,2}(?:\.\d{1,2}){0,4})\s?(?P<c>[.)]|/(?=\s)|[-–](?=\s))?\s*(?=\S)")
_COMPOUND = re.compile(r"^(?P<n>[IVX]+(?:\.\d{1,2}){1,3})\.?(?=\s|$)\s*")
_BARE_NUMBERS = re.compile(r"^(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})\.$")
_POINT = re.compile(r"^[-–]?\s?(?P<n>[a-zđ]|[a-zđ]\.\d{1,2}|[a-zđ]{2}(?=\)))\s?[).]\s*(?=\S)")
_BULLET = re.compile(r"^(?P<n>[-–—•+*○])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering at the head of a paragraph.

    Attributes:
        rank: see the constants; numbers with more parts rank lower.
        label: short name for paths: "Phần I", "Điều 3", "A", "II", "1.1", "a".
        number: the number as written, without punctuation.
        length: code points of the paragraph that the marker takes, punctuation and space included.
    """

    rank: int
    label: str
    number: str
    length: int


def find_marker(text: str, previous_letter: str = "") -> Marker | None:
    """The marker at the head of an NFC paragraph.

    Args:
        previous_letter: the last A, B, C … label in force, to tell the letters C, D, I from Roman numerals.
    """
    if text[:1] in _NAMED_INITIALS and (named := _named(text)) is not None:
        return named
    return _capital(text, previous_letter) or _number(text) or _small(text)


def _named(text: str) -> Marker | None:
    for pattern, rank, name in _NAMED:
        match = pattern.match(text)
        if match:
            number = match.group("n") or ""
            rest = text[match.end() :]
            return Marker(rank, f"{name} {number}".strip(), number, match.end() + len(rest) - len(rest.lstrip(" .:–-")))
    match = _ARTICLE.match(text)
    if match:
        return Marker(ARTICLE, f"Điều {match.group('n')}", match.group("n"), match.end())
    match = _RECIPIENTS.match(text)
    if match:
        return Marker(ANNEX, RECIPIENTS, "", match.end())
    return None


def _capital(text: str, previous_letter: str) -> Marker | None:
    compound = _COMPOUND.match(text)
    if compound:
        number = compound.group("n")
        return Marker(NUMBER + 3 * (number.count(".") - 1), number, number, compound.end())
    match = _LETTER_OR_ROMAN.match(text)
    if not match:
        return None
    number = match.group("n")
    follows = len(number) == 1 and previous_letter and _letter_after(previous_letter) == number
    if follows or (len(number) == 1 and number not in "IVX"):
        return Marker(LETTER, number, number, match.end())
    return Marker(ROMAN, number, number, match.end()) if is_roman(number) else None


def _letter_after(letter: str) -> str:
    order = "ABCDĐEGHIKLMNOPQRSTUVXY"
    index = order.find(letter) + 1
    # D may be followed by Đ or E
    return order[index] if 0 < index < len(order) else ""


def _number(text: str) -> Marker | None:
    bare = _BARE_NUMBERS.match(text)
    match = bare or _NUMBERS.match(text)
    if not match:
        return None
    number = match.group("n")
    depth = number.count(".")
    closed = bare is not None or match.group("c") is not None
    # "1.1 Tên mục" may lack its full stop; "12 hồ sơ", "3.000 lượt" and "98.5%" are figures
    if not closed and (depth == 0 or not text[match.end() :][:1].isupper()):
        return None
    if not bare and re.match(r"[\d/]", text[match.end() :]):
        return None
    return Marker(NUMBER + 3 * depth, number, number, match.end())


def _small(text: str) -> Marker | None:
    match = _POINT.match(text)
    if match:
        return Marker(POINT, match.group("n"), match.group("n"), match.end())
    match = _BULLET.match(text)
    if match:
        return Marker(PLUS if match.group("n") in "+○" else DASH, "", "", match.end())
    return None


def is_roman(number: str) -> bool:
    """A well-formed Roman numeral up to 89 (I … LXXXIX)."""
    return re.fullmatch(r"(?:L?X{0,3}|XL)(?:IX|IV|V?I{0,3})", number) is not None and bool(number)


def starts_item(text: str) -> bool:
    """True where a line begins with a marker, so that it does not go on with the line before."""
    marker = find_marker(text)
    return marker is not None and not (marker.rank == LETTER and marker.number not in "ABCDĐE")
