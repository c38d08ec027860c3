"""Short forms ("Nghị quyết 57", "NQ57", "Đề án 06", "Nghị quyết 57 và 71", "Nghị định này") and what they stand for."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.legal.grammar import grammar
from assistant.legal.models import LegalReference
from assistant.legal.prepared import PreparedText, squeeze
from assistant.legal.typewords import spaced, type_names

# the same after a capital type word and two digits, where a place may follow a name: "Đề án 06 tỉnh …"
_ALWAYS_COUNTED = re.compile(
    r"\s+(?:năm(?!\s+\d{4})|ngày(?!\s+\d)|tháng(?!\s+\d)|tuần|giờ|lần|thủ\s+tục|nhiệm\s+vụ|nội\s+dung|chỉ\s+tiêu|tiêu\s+chí|nhóm|người|cán\s+bộ"
    r"|hộ|đơn\s+vị|cơ\s+quan|văn\s+bản|hồ\s+sơ|đồng|triệu|tỷ|giai\s+đoạn\s+\d(?!\d)|mô\s+hình|lớp|cuộc|buổi|dự\s+án|công\s+trình|trường\s+hợp|%)(?!\w)"
)
# what may follow the number where it counts something instead of naming a document: "Kế hoạch 5 năm", "Báo cáo 6 tháng"
_COUNTED = (
    r"năm|ngày|tháng|tuần|giờ|quý|lần|thủ\s+tục|dịch\s+vụ|nhiệm\s+vụ|nội\s+dung|chỉ\s+tiêu|tiêu\s+chí|nhóm|mục|người|cán\s+bộ|công\s+chức"
    r"|viên\s+chức|hộ|thôn|ấp|tổ|xã|phường|tỉnh|đơn\s+vị|cơ\s+quan|văn\s+bản|hồ\s+sơ|đồng|triệu|tỷ|cấp|bước|giai\s+đoạn|loại|mô\s+hình|lớp|cuộc"
    r"|buổi|phòng|bảng|phiên|kỳ|khóa|vị\s+trí|dự\s+án|công\s+trình|đồng\s+chí|thành\s+viên|trường\s+hợp|khoản|điểm|điều|phần|bản|quyết\s+định"
    r"|kế\s+hoạch|báo\s+cáo|trang|trẻ|học\s+sinh|trường|hệ\s+thống|nền\s+tảng|máy|bộ|chiếc|lượt|tin|bài|phút|km|ha|m2|%|kg"
)
_NUMBER = (
    r"(?P<number>\d{1,4}[a-z]?)(?P<cp>/cp(?!\w))?(?![\w%])(?!\s?[%/]\s?[\w%])(?![.,]\d)(?!\s?[-–]\s?(?:[a-zđ]+\s?/|\d))"
)
_AFTER_COUNT = re.compile(rf"\s+(?:{_COUNTED})(?!\w)")
_MORE = re.compile(
    rf"(?P<join>\s*,\s*(?:và\s+)?|\s+và\s+|\s*&\s*)(?:số\s+)?{_NUMBER}(?!\s+(?:{_COUNTED})(?!\w))(?!\s*[-–/]\s*\w)"
)
_NOT_SHORT = frozenset(
    {"báo cáo", "tờ trình", "biên bản", "giấy mời", "dự án", "hợp đồng", "phương án", "văn bản", "phiếu gửi"}
)
_ANAPHORA = frozenset(
    {
        "nghị quyết",
        "nghị định",
        "quyết định",
        "chỉ thị",
        "kế hoạch",
        "thông tư",
        "kết luận",
        "luật",
        "quy chế",
        "quy định",
        "chương trình",
        "đề án",
        "công văn",
        "thông báo",
        "hướng dẫn",
    }
)


@dataclass(frozen=True, slots=True)
class ShortForm:
    """
    Attributes:
        start, end: span in the NFC text; the bare "71" of "Nghị quyết 57 và 71" has only the number.
        type_written: type word as written, None for a bare number.
        type: document type.
        number: as written ("06"); None for "Nghị định này".
        written: the symbol as written ("06", "06/CP").
        confident: spelt so that it can only be a document (capital or abbreviation); otherwise it needs an antecedent.
        shared_type: the type word belongs to an earlier member of the list.
    """

    start: int
    end: int
    type_written: str | None
    type: str
    number: str | None
    written: str | None
    confident: bool
    shared_type: bool = False


@functools.cache
def _pattern() -> re.Pattern[str]:
    names = [name for name in type_names() if name not in _NOT_SHORT and name != "hiến pháp"]
    words = "|".join(spaced(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<type>{words})\s+(?:(?:số\s*)?{_NUMBER}|(?P<this>này|nói\s+trên|nêu\s+trên|trên\s+đây)(?!\w))"
    )


@functools.cache
def _abbreviated() -> re.Pattern[str]:
    words = "|".join(
        sorted(
            (w for w in grammar().short_words if w not in ("TT", "BC", "TB", "CĐ", "HD", "TTr")), key=len, reverse=True
        )
    )
    return re.compile(rf"(?<![\w/\-])(?P<type>{words})[ \u00a0]?(?:số\s)?{_NUMBER.replace('/cp', '/CP')}")


def find_short_forms(prepared: PreparedText) -> Iterator[ShortForm]:
    """Short forms in the text, in order of their start within each of the two kinds; a full mention is none."""
    for match in _pattern().finditer(prepared.low):
        yield from _named(prepared, match)
    for match in _abbreviated().finditer(prepared.text):
        if not _AFTER_COUNT.match(prepared.low, match.end()):
            name = grammar().short_words[match["type"]]
            yield ShortForm(match.start(), match.end(), match["type"], name, match["number"], _written(match), True)


def _written(match: re.Match[str]) -> str:
    return match["number"] + ("/CP" if match["cp"] else "")


def _named(prepared: PreparedText, match: re.Match[str]) -> Iterator[ShortForm]:
    key = " ".join(match["type"].split())
    written = squeeze(prepared.text[match.start("type") : match.end("type")])
    name = type_names()[key]
    capital = prepared.text[match.start()].isupper()
    if match["this"]:
        if key in _ANAPHORA:
            yield ShortForm(match.start(), match.end(), written, name, None, None, capital)
        return
    number = match["number"]
    confident = capital and len(number) > 1
    counted = _ALWAYS_COUNTED if confident else _AFTER_COUNT
    if counted.match(prepared.low, match.end()) or re.fullmatch(r"(?:19|20)\d\d", number):
        return
    yield ShortForm(match.start(), match.end(), written, name, number, _written(match), confident)
    end = match.end()
    while more := _MORE.match(prepared.low, end):
        if re.fullmatch(r"(?:19|20)\d\d", more["number"]):
            break
        yield ShortForm(more.start("number"), more.end(), None, name, more["number"], _written(more), confident, True)
        end = more.end()


class Antecedents:
    """Full mentions of a text by their serial number and by their type, for looking up what a short form means."""

    def __init__(self, full: Iterable[LegalReference]) -> None:
        self._numbered: dict[str, dict[str, str | None]] = {}
        self._starts: dict[str, list[int]] = {}
        self._symbols: dict[str, list[str | None]] = {}
        for reference in full:
            if reference.parsed and reference.symbol:
                number = reference.parsed.number.lstrip("0")
                self._numbered.setdefault(number, {}).setdefault(reference.parsed.text, reference.type)
            if reference.type:
                self._starts.setdefault(reference.type, []).append(reference.start)
                self._symbols.setdefault(reference.type, []).append(reference.symbol)

    def numbered(self, number: str, kind: str) -> tuple[str, ...]:
        """Symbols of the mentions of this number whose type is `kind` (or not known)."""
        found = self._numbered.get(number.lstrip("0"), {})
        return tuple(symbol for symbol, other in found.items() if other in (None, kind))

    def before(self, kind: str, start: int, reach: int) -> tuple[bool, str | None]:
        """Whether a mention of the type stands within `reach` code points before `start`, and its symbol."""
        starts = self._starts.get(kind, [])
        index = bisect_left(starts, start) - 1
        if index < 0 or starts[index] <= start - reach:
            return False, None
        return True, self._symbols[kind][index]
