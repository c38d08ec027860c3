"""The letterhead of an official document (Decree 30/2020/NĐ-CP, Annex I): issuer, symbol, date, type, title."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.truecase import restore_case

_TYPES = (
    "Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Kết luận", "Thông tư",
    "Thông tư liên tịch", "Thông báo", "Thông báo kết luận", "Thông tri", "Quy định", "Quy chế", "Quy chuẩn",
    "Hướng dẫn", "Kế hoạch", "Kế hoạch hành động",
    "Chương trình", "Chương trình hành động", "Đề án", "Phương án", "Dự án", "Chiến lược", "Báo cáo", "Tờ trình",
    "Công điện", "Biên bản", "Điều lệ", "Thông cáo", "Sổ tay", "Công văn", "Tài liệu",
)  # fmt: skip
_TYPE_WORDS = "|".join(sorted((name.upper() for name in _TYPES), key=len, reverse=True))
_TYPE_LINE = re.compile(rf"^(?:DỰ THẢO\s*:?\s*)?(?P<type>{_TYPE_WORDS})\b\s*(?P<rest>.*)$")
_SYMBOL_LINE = re.compile(
    r"(?:^|\s|\|)(?:Luật\s+)?[Ss]ố\s*[:.]?\s*"
    r"(?P<s>(?:\d{1,6}[a-z]?|[.…_\s]*)\s?(?:/\s?\d{4}\s?)?[-–/]\s?[A-ZĐ][\wĐ&]*(?:\s?[-–/,]\s?[A-ZĐ][\wĐ&]*)*)"
)
_DATE_LINE = re.compile(
    r"(?:^|,|[^\W\d]\s)\s*(?P<text>ngày\s*(?P<d>\d{1,2}|[.…_\s]*)\s*tháng\s*(?P<m>\d{1,2}|[.…_\s]*)"
    r"\s*năm\s*(?P<y>\d{4}|20[.…_\s]*))",
    re.IGNORECASE,
)
# "Giả Định, ngày 9/12/2025": not the form of the decree, but common
_SHORT_DATE = re.compile(r",\s*(?P<text>ngày\s*(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}))\s*$", re.IGNORECASE)
_MOTTO = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT(?:\s+NAM)?.*$|ĐỘC LẬP\s*[-–]\s*TỰ DO.*$|ĐẢNG CỘNG SẢN VIỆT NAM$",
    re.I,
)
_STAMP = re.compile(r"^(?:Người ký|Thời gian ký|Ký bởi|Email|Cơ quan\s*:|Ngày ký|Signature|Digitally)", re.IGNORECASE)
_ORGAN = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|BAN|ĐẢNG|TỈNH [ỦU][YỶ]|THÀNH [ỦU][YỶ]|TỈNH ỦY|THÀNH ỦY"
    r"|VĂN PHÒNG|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|TỔ |PHÒNG|TRUNG TÂM|CÔNG AN|MẶT TRẬN|MTTQ"
    r"|THANH TRA|CỤC|CHI CỤC|TÒA ÁN|VIỆN|HỘI |LIÊN ĐOÀN|ĐOÀN"
    r"|KHO BẠC|CHỦ TỊCH|TỔNG CỤC|TRƯỜNG|CHI BỘ)"
)  # fmt: skip
_STOP = re.compile(
    r"^(?:Căn cứ|Kính gửi|Xét|Theo đề nghị|Trên cơ sở|QUYẾT NGHỊ|QUYẾT ĐỊNH\s*:|Nơi nhận|Để\s|Nhằm\s|Ngày\s)"
)
_YEARS = re.compile(r"^[12]\d{3}(?:\s*[-–]\s*[12]\d{3})?$")
_SUBJECT = re.compile(r"^V/v\s*:?\s*(?P<title>.+)$", re.IGNORECASE)
_MAX_TITLE_LINES = 7
_MAX_TITLE_WORDS = 120


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head of a document says; None for what it does not say."""

    type: str | None = None
    symbol: str | None = None
    date: datetime.date | None = None
    date_text: str | None = None
    issuer: str | None = None
    superior: str | None = None
    title: str | None = None


def read_letterhead(lines: Sequence[str]) -> Letterhead:
    """Read the letterhead from the first lines (NFC, one per line or table cell)."""
    kept = [line for line in lines if not _STAMP.match(line)]
    position, kind, title = _type_and_title(kept)
    before = kept[: position if position is not None else 12]
    symbol, symbol_at = _symbol(before)
    found_date, date_text = _date(before)
    issuer, superior = _issuer(before[: symbol_at + 1] if symbol_at is not None else before)
    if title is None:
        subject = next((match for line in before if (match := _SUBJECT.match(line))), None)
        if subject is not None:
            title, kind = subject.group("title"), "Công văn"
    if title and issuer:
        # the authority stands once more between title and text: "… CHÍNH PHỦ SỐ | THỦ TƯỚNG CHÍNH PHỦ"
        title = re.sub(rf"\s*{re.escape(issuer)}$", "", title, flags=re.IGNORECASE) or title
    return Letterhead(kind, symbol, found_date, date_text, issuer, superior, title)


def _type_and_title(lines: Sequence[str]) -> tuple[int | None, str | None, str | None]:
    for index, line in enumerate(lines[:25]):
        match = _TYPE_LINE.match(line)
        if match is None or len(line.split()) > 60 or line.rstrip().endswith(":"):
            continue
        rest = match.group("rest").strip()
        if rest and not rest.isupper() and not re.match(r"[(\d]", rest):
            continue
        name = match.group("type")
        kind = name[0] + name[1:].lower()
        pieces = [rest] if rest else []
        pieces.extend(_title_lines(lines[index + 1 :], pieces))
        title = " ".join(pieces).strip(" :-–")
        return index, kind, title or None
    return None, None, None


def _title_lines(lines: Sequence[str], begun: Sequence[str]) -> list[str]:
    """The lines of the trích yếu: until the legal bases, the addressee or the first paragraph of the body."""
    taken: list[str] = []
    for line in lines[:_MAX_TITLE_LINES]:
        previous = (taken or list(begun) or [""])[-1]
        words = len(line.split())
        if (
            _STOP.match(line)
            or not (re.search(r"[^\W\d_]", line) or (previous and _YEARS.match(line)))
            or re.match(r"^(?:[IVX]+|[A-H]|\d+)[.)-]\s", line)
        ):
            break
        if re.match(r"^\(?(?:Ban hành )?[Kk]èm theo", line) or len(" ".join(taken).split()) + words > _MAX_TITLE_WORDS:
            break
        if previous:
            goes_on = (
                line[:1].islower()
                or line[:1] in "(,0123456789"
                or re.search(r"[,–-]$|\b(?:và|của|về|trên|tại)$", previous)
            )
            same_case = line.isupper() and previous.isupper() and not _ORGAN.match(line)
            short = words <= 16 and not previous.endswith((".", ";", ":")) and not _ORGAN.match(line)
            if not (
                goes_on
                or same_case
                or (short and not line.endswith((";", ".")) and not line.isupper() and not _begins_body(line))
            ):
                break
        elif words > 80 or (line.endswith(";") and words > 25):
            break
        taken.append(line)
    return taken


def _begins_body(line: str) -> bool:
    return (
        re.match(r"^(?:Thực hiện|Triển khai|Phát huy|Tiếp tục|Sau \d|Trong |Hội nghị|Ủy ban|UBND|Thay mặt)", line)
        is not None
    )


def _symbol(lines: Sequence[str]) -> tuple[str | None, int | None]:
    for index, line in enumerate(lines):
        match = _SYMBOL_LINE.search(line)
        if match and (len(line.split()) < 30):
            compact = re.sub(r"[\s.…_]+", "", match.group("s")).replace("–", "-").strip(",")
            return compact, index
    return None, None


def _date(lines: Sequence[str]) -> tuple[datetime.date | None, str | None]:
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        match = _DATE_LINE.search(line) or _DATE_LINE.search(f"{line} {following}") or _SHORT_DATE.search(line)
        if match is None or len(line.split()) > 40:
            continue
        text = " ".join(match.group("text").split())
        try:
            return datetime.date(int(match.group("y")), int(match.group("m")), int(match.group("d"))), text
        except ValueError:
            return None, text
    return None, None


def _issuer(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """(issuer, the authority above it) from the capital lines on the left of the letterhead."""
    organs: list[str] = []
    broken_motto = False
    for line in lines:
        # "… CHỦ NGHĨA VIỆT" and "NAM" on the next line, beside the issuer, in scans and narrow columns
        whole = re.sub(r"(?:^|\s)NAM$", "", line) if broken_motto else line
        broken_motto = re.search(r"NGHĨA\s+VIỆT$", line) is not None
        text = _MOTTO.sub("", re.split(r"\b(?:Luật\s+)?[Ss]ố\s*:?\s", whole)[0]).strip(" -–*|_")
        letters = [c for c in text if c.isalpha()]
        if len(letters) < 2 or sum(c.isupper() for c in letters) < 0.8 * len(letters) or len(text.split()) > 30:
            continue
        if (organs and not _ORGAN.match(text)) or (organs and organs[-1].endswith((",", "VÀ", "-", "CỦA"))):
            organs[-1] = f"{organs[-1]} {text}"
        elif _ORGAN.match(text):
            organs.append(text)
    named = [restore_case(organ) for organ in organs[:4]]
    if not named:
        return None, None
    return named[-1], (named[-2] if len(named) > 1 else None)
