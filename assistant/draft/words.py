"""Small rules of Vietnamese administrative prose: capitals, lists, ends of sentences, words of the place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft.marks import first_visible, plain, visible
from assistant.vietnamese.text import canonical_tone, fold, nfc

# a word that keeps its capital inside a sentence: an acronym, a mixed name, a code
_KEEPS_CAPITAL = re.compile(r"[A-ZĐ]{2,}|\w*\d|\w[^\W\d_]*[A-ZĐ]")
_PROPER_STARTS = (
    "Công dân ", "Cổng ", "Đài ", "Đảng", "Đề án", "Facebook", "Hội đồng ", "Hội Nông",
    "Hội Liên", "Kế hoạch ", "Kho bạc", "Luật ", "Mặt trận", "Nghị ", "Nhà nước", "Nhân dân", "Polycom",
    "Quy chế", "Quyết định", "Tỉnh ủy", "Tổ Công", "Tổng Bí", "Trung tâm ", "Trung ương",
    "Ủy ban", "Uỷ ban", "Văn phòng ", "Zalo", "Chủ tịch", "Internet", "Viettel", "Mobifone", "Wifi", "Chính phủ",
    "Thủ tướng", "Thông tư", "Quốc hội", "Chỉ thị", "Công văn", "Bí thư", "Bình dân học vụ", "Công an",
    "Thông báo", "Kết luận", "Phụ lục", "Chương trình", "Hướng dẫn số", "Báo cáo số",
)  # fmt: skip
_PERIODS = frozenset({"Quý", "Năm", "Tháng", "Kỳ"})
# a Vietnamese syllable without its marks; what is none is a name ("Voso.vn", "Polycom", "Zalo")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_SPACES = re.compile(r"[ \u00a0\t]+")
_BEFORE_MARKS = re.compile(r"[ \u00a0]+([,.;:!?)])")


@dataclass(frozen=True, slots=True)
class Place:
    """The words a report uses of its own place.

    Attributes:
        kind: "xã", "phường" or "đặc khu"; None where not given.
        name: "Tân Đoàn"; "" where not given.
        province: name as given ("Lạng Sơn", "Thành phố Hải Phòng"); "" where not given.
        village: "thôn", "ấp", "khu phố" …; None where not given.
    """

    kind: str | None
    name: str
    province: str
    village: str | None

    @property
    def unit(self) -> str:
        """The common noun, or one that fits all three kinds."""
        return self.kind or "địa phương"

    @property
    def full(self) -> str:
        """ "xã Tân Đoàn"; a name that already carries its noun stays as it is ("Phường 1")."""
        if not self.name:
            return self.unit
        if self.kind and self.name.lower().startswith(f"{self.kind} "):
            return self.name
        return f"{self.kind} {self.name}" if self.kind else self.name

    @property
    def villages(self) -> str:
        """The noun for the settlements, or one that fits all kinds."""
        return self.village or "điểm dân cư"


def province_phrase(name: str) -> str:
    """ "tỉnh Lạng Sơn", "thành phố Hải Phòng", "Thành phố Hồ Chí Minh"."""
    if re.match(r"(?i)(tỉnh|thành phố)\s", name):
        return name
    if name in _CITIES:
        return f"{'Thành' if name == 'Hồ Chí Minh' else 'thành'} phố {name}"
    return f"tỉnh {name}"


_CITIES = frozenset({"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"})


def tidy(text: str) -> str:
    """Single spaces, none before a closing mark; the marks of the ledger stay where they are."""
    return _BEFORE_MARKS.sub(r"\1", _SPACES.sub(" ", text)).strip()


def lower_first(text: str) -> str:
    """`text` as it stands inside a sentence: a common word loses its capital, names and acronyms keep it."""
    index = first_visible(text)
    if index is None:
        return text
    shown = plain(text).lstrip()
    first_word = shown.split(" ", 1)[0]
    if first_word.capitalize() in _PERIODS:
        return text[:index] + first_word.lower() + text[index + len(first_word) :]
    if not first_word[:1].isupper() or shown.startswith(_PROPER_STARTS) or _KEEPS_CAPITAL.match(first_word):
        return text
    if len(first_word) == 1 or _SYLLABLE.fullmatch(fold(first_word.rstrip(",;:"))) is None:
        return text
    second = shown.split(" ", 2)[1] if " " in shown else ""
    if second[:1].isupper():
        return text
    return text[:index] + text[index].lower() + text[index + 1 :]


def upper_first(text: str) -> str:
    """`text` with its first letter a capital."""
    for index in visible(text):
        if not text[index].isspace():
            return text[:index] + text[index].upper() + text[index + 1 :]
    return text


def subject_of(title: str) -> str:
    """What a report is about, marked or not: without the "Báo cáo" that stands above it and without a full stop."""
    title = strip_end(title)
    begun = re.match(r"(?i)báo cáo(?: về)? ", plain(title))
    return upper_first(title.replace(begun.group(), "", 1)) if begun else title


def strip_end(text: str) -> str:
    """`text` without full stop, semicolon or comma at its visible end."""
    places = list(visible(text))
    while places and (text[places[-1]] in ".;, \u00a0" and not plain(text).rstrip().endswith("...")):
        text = text[: places[-1]] + text[places[-1] + 1 :]
        places.pop()
    return text


def end_with(text: str, mark: str) -> str:
    """`text` ending with `mark`; a sentence already ended by ".", "!", "?", ":" or ";" keeps its own for "."."""
    shown = plain(text).rstrip()
    if mark == "." and shown.endswith((".", "!", "?", ":", ";", "…")):
        return text
    return strip_end(text) + mark


def join_words(noun: str, text: str) -> str:
    """`text` with the words of `noun` that it lacks: "hệ thống họp trực tuyến" and "họp trực tuyến Polycom" make "hệ
    thống họp trực tuyến Polycom"; "" where it neither goes on with the noun nor begins as it does."""
    words, shown = noun.split(), fold(plain(text)).split()
    if len(words) > 1 and shown[:2] == fold(noun).split()[:2]:
        return text
    for start in range(1, len(words) - 1):
        if shown[: len(words) - start] == fold(noun).split()[start:]:
            return f"{' '.join(words[:start])} {text}"
    return ""


def enumerate_vi(items: Sequence[str]) -> str:
    """ "a", "a và b", "a, b và c"; items that hold commas or "và" themselves are set apart by semicolons."""
    parts = [item for item in items if plain(item).strip()]
    if len(parts) < 2:
        return "".join(parts)
    if any(re.search(r"[,;:]| và ", plain(part)) for part in parts):
        return "; ".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def capitals(text: str) -> str:
    """Capital letters for the letterhead, with the tone marks where the decree's own templates put them."""
    return canonical_tone(nfc(text)).upper()
