# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Totals that their parts do not make up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, draft, number
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_UNITS = (
    r"hồ sơ|văn bản|thủ tục|TTHC|cuộc họp|cuộc|hội nghị|lớp|buổi|lượt người|lượt|người|hộ|thành viên|đồng chí|cán bộ|công chức|viên chức"
    r"|chữ ký số|chứng thư số|chứng thư|máy tính|máy|tài khoản|tin, bài|tin bài|tin|bài|ấp|thôn|bản|tổ|sản phẩm|nhiệm vụ|chỉ tiêu|thiết bị"
    r"|trạm|điểm|nhóm|mô hình|doanh nghiệp|hợp tác xã|học sinh|giáo viên|trường|triệu đồng|tỷ đồng|đồng|kết quả|dịch vụ"
)
_PART = re.compile(rf"(?P<n>{COUNT})(?:\s+(?P<unit>{_UNITS})\b)?")
# "N hồ sơ (trong đó: …)", "N hồ sơ, gồm …", "N văn bản: a …, b …"
_OPENER = re.compile(
    rf"(?P<n>{COUNT})\s*(?P<unit>{_UNITS})?(?P<tail>(?:\s+[^\W\d_]+){{0,6}}?)\s*"
    rf"(?:,\s*)?(?P<how>\(\s*(?:trong đó|gồm|bao gồm)?\s*:?|[,;]?\s*(?:trong đó|bao gồm|gồm)(?:\s+có)?\s*:?|:)\s*",
    re.IGNORECASE,
)
# pairs that leave nothing out: where both stand among the parts, the parts are meant to be all
_COMPLEMENTS = tuple(
    tuple(fold(word) for word in pair)
    for pair in (
        ("trực tuyến", "trực tiếp"),
        ("trước hạn", "quá hạn"),
        ("đúng hạn", "quá hạn"),
        ("nam", "nữ"),
        ("đã giải quyết", "đang giải quyết"),
        ("văn bản đi", "văn bản đến"),
        ("cũ", "mới"),
        ("lãnh đạo", "chuyên viên"),
        ("lãnh đạo", "công chức"),
        ("cá nhân", "tổ chức"),
        ("đạt", "chưa đạt"),
        ("toàn trình", "một phần"),
        ("đã hoàn thành", "đang thực hiện"),
        ("với tỉnh", "trung ương"),
        ("cấp tỉnh", "cấp xã"),
        ("trong nước", "nước ngoài"),
        ("thường xuyên", "không thường xuyên"),
    )
)
_PARTIAL = re.compile(r"(?:trong đó|gồm)\s+có|nổi bật|tiêu biểu|như\b|đặc biệt|chủ yếu|ít nhất|riêng", re.I)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and what is listed as its parts; spans in the paragraph's text."""

    total: Decimal
    unit: str
    parts: tuple[Decimal, ...]
    start: int
    end: int
    total_end: int
    listed: str
    how: str


def breakdowns(text: str) -> Iterator[Breakdown]:
    """Every total with at least two parts of its unit (or without a unit)."""
    for match in _OPENER.finditer(text):
        how = fold(match["how"]).strip(" (,;:")
        if not how and not match["unit"] and "(" not in match["how"]:
            continue
        end = _list_end(text, match.end(), parenthesis="(" in match["how"])
        listed = text[match.end() : end]
        parts = _parts(listed, match["unit"] or "")
        if len(parts) >= 2:
            yield Breakdown(
                number(match["n"]),
                match["unit"] or "",
                tuple(parts),
                match.start(),
                end,
                match.end("unit") if match["unit"] else match.end("n"),
                listed,
                how,
            )


def _list_end(text: str, start: int, parenthesis: bool) -> int:
    depth = 1 if parenthesis else 0
    for i in range(start, len(text)):
        char = text[i]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < (1 if parenthesis else 0):
                return i
        elif depth <= (1 if parenthesis else 0):
            if char == "." and (i + 1 == len(text) or text[i + 1] == " "):
                return i
            if char == ";" and not parenthesis and re.match(r";\s+(?:tổng số|tổng|số)\b", text[i:], re.I):
                return i
    return len(text)


def _parts(listed: str, unit: str) -> list[Decimal]:
    """One figure per item of the list; nothing where an item cannot be read with certainty."""
    found: list[Decimal] = []
    for item in _items(listed):
        item = re.sub(r"\([^()]*\)?", " ", item)
        figures = [m for m in _PART.finditer(item) if not _is_time_or_share(item, m)]
        own = [m for m in figures if not m["unit"] or not unit or _same_unit(m["unit"], unit)]
        if not figures and found and not re.search(r"\d", item):
            continue
        if len(own) != 1:
            return []
        found.append(number(own[0]["n"]))
    return found


def _items(listed: str) -> list[str]:
    pieces = re.split(r"[,;]\s+(?!\d{3}\b)|\s+và\s+(?=\d)|;\s*", listed)
    return [piece for piece in pieces if re.search(r"\d", piece)]


def _same_unit(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    return a == b or a in b or b in a


def _is_time_or_share(item: str, match: "re.Match[str]") -> bool:
    before, after = item[: match.start()], item[match.end() :]
    return bool(
        re.match(r"\s?%|\s*(?:ngày|tháng|giờ|năm|điểm phần)\b", after)
        or re.search(
            r"(?:ngày|tháng|năm|quý|số|khoản|điều|cấp|mức độ|mức|dưới|trên|lần thứ|thứ|từ|/)\s*$", before, re.I
        )
    )


def wrong_total(report: Report) -> Iterator[Draft]:
    """ "tổng N (trong đó …)", "N …, gồm …" whose parts are all there and do not add up."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or not re.search(r"\d", paragraph.text):
            continue
        for one in breakdowns(paragraph.text):
            yield from _judge(paragraph, one)


def _judge(paragraph: Paragraph, one: Breakdown) -> Iterator[Draft]:
    made = sum(one.parts, Decimal(0))
    if made == one.total or (any(part == one.total for part in one.parts) and len(one.parts) > 2):
        return
    folded = fold(one.listed)
    complete = any(all(re.search(rf"\b{word}\b", folded) for word in pair) for pair in _COMPLEMENTS)
    near = abs(made - one.total) <= max(Decimal(2), one.total / 50) and len(one.parts) >= 2
    stated = one.how in ("gom", "bao gom") or (not one.how and one.unit != "")
    if _PARTIAL.search(paragraph.text[max(one.start - 30, 0) : one.end]) or re.search(r"\.\.\.|…|v\.v", one.listed):
        return
    if made > one.total and (complete or stated or one.how == "trong do"):
        severity = "error" if complete or near else "warning"
    elif complete or (near and (stated or one.how)):
        severity = "error"
    elif stated and len(one.parts) >= 3:
        severity = "warning"
    else:
        return
    rows = " + ".join(format_number(part) for part in one.parts)
    yield draft(
        paragraph,
        one.start,
        one.end,
        f"Cộng các thành phần: {rows} = {format_number(made)}, không bằng tổng {format_number(one.total)}"
        f" (chênh {format_number(abs(made - one.total))}).",
        f"{format_number(made)}{paragraph.text[one.total_end - len(one.unit) - 1 : one.end] if one.unit else paragraph.text[one.total_end : one.end]}",
        severity=severity,
        rank=92,
    )


_TOTAL_AFTER = re.compile(
    rf",?\s+(?:tổng cộng|tổng số|tất cả)(?:\s+(?:là|có|gồm))?\s+(?P<n>{COUNT})(?:\s+[^\W\d_]+)?", re.IGNORECASE
)
_LISTED_ITEM = re.compile(rf"(?P<n>{COUNT})\s+(?:[^\W\d_]+\s?){{1,5}}")
_LIST_LENGTH = 160


def total_at_the_end(report: Report) -> Iterator[Draft]:
    """ "05 máy chủ, 32 máy tính và 10 máy in, tổng cộng 49 thiết bị"."""
    for paragraph in report.paragraphs:
        for match in _TOTAL_AFTER.finditer(paragraph.text):
            begin = _listed_before(paragraph.text, match.start())
            parts = [number(m["n"]) for m in _LISTED_ITEM.finditer(paragraph.text, begin, match.start())]
            total, made = number(match["n"]), sum(parts, Decimal(0))
            if len(parts) < 2 or made == total:
                continue
            rows = " + ".join(format_number(part) for part in parts)
            message = f"Cộng các thành phần: {rows} = {format_number(made)}, không bằng tổng {format_number(total)}."
            fixed = (
                paragraph.text[begin : match.start("n")]
                + format_number(made)
                + paragraph.text[match.end("n") : match.end()]
            )
            yield draft(paragraph, begin, match.end(), message, fixed, rank=91)


def _listed_before(text: str, end: int) -> int:
    """Where the list "a …, b … và c …" that ends at `end` begins; `end` where there is none."""
    begin = end
    pieces = re.split(r"(,\s+(?:và\s+)?|\s+và\s+)", text[max(end - _LIST_LENGTH, 0) : end])
    at = end
    for n, piece in enumerate(reversed(pieces)):
        at -= len(piece)
        if n % 2:
            continue
        if _LISTED_ITEM.fullmatch(piece):
            begin = at
            continue
        # the first item may follow other words: "Toàn xã có 05 máy chủ"
        last = list(re.finditer(rf"(?<=\s){COUNT}\s+(?:[^\W\d_]+\s?){{1,5}}$", piece))
        if last and not re.search(r"(?:ngày|tháng|năm|quý|số)\s$", piece[: last[0].start()]):
            begin = at + last[0].start()
        break
    return begin


_RECEIVED = re.compile(
    rf"(?:tiếp nhận|nhận được)[^.;()\d]{{0,40}}?\s*(?P<n>{COUNT})\s+(?:hồ sơ|TTHC|thủ tục)"
    rf"|tổng số hồ sơ[^.;()\d]{{0,40}}?\s*(?P<m>{COUNT})(?!\s+(?:văn bản|người))",
    re.I,
)
_STATES = (
    (
        "đã giải quyết",
        re.compile(rf"(?:đã|hoàn thành) (?:giải quyết|xử lý|trả)(?: xong)?[^\d%;:.(]{{0,30}}:?\s*(?P<n>{COUNT})", re.I),
    ),
    ("đang giải quyết", re.compile(rf"đang (?:được )?(?:giải quyết|xử lý)[^\d%;:.(]{{0,30}}:?\s*(?P<n>{COUNT})", re.I)),
    (
        "hủy, rút",
        re.compile(
            rf"(?:hồ sơ )?(?:bị |xin )?(?:hủy|huỷ|rút)(?:,? (?:rút|hồ sơ))?[^\d%;.(]{{0,12}}?:?\s*(?P<n>{COUNT})", re.I
        ),
    ),
    (
        "trả lại, từ chối",
        re.compile(
            rf"(?:trả lại|từ chối)[^\d%;.(]{{0,20}}?:?\s*(?P<n>{COUNT})|(?P<m>{COUNT})\s+hồ sơ (?:bị )?(?:từ chối|trả lại)",
            re.I,
        ),
    ),
    (
        "không đủ điều kiện",
        re.compile(
            rf"(?P<m>{COUNT})\s+hồ sơ không đủ điều kiện|không đủ điều kiện[^\d%;.(]{{0,20}}?:?\s*(?P<n>{COUNT})", re.I
        ),
    ),
    (
        "tạm dừng, bổ sung",
        re.compile(
            rf"(?P<m>{COUNT})\s+hồ sơ (?:đang |chờ |yêu cầu )?(?:tạm dừng|bổ sung)"
            rf"|(?:tạm dừng|(?:chờ|yêu cầu) bổ sung)[^\d%;.(]{{0,20}}?:?\s*(?P<n>{COUNT})",
            re.I,
        ),
    ),
)


def states_of_files(report: Report) -> Iterator[Draft]:
    """Files received against solved + under way + withdrawn … in one section."""
    for section_paragraphs in _by_section(report):
        received: Decimal | None = None
        for paragraph in section_paragraphs:
            found = _states(paragraph.text)
            before = min((start for _, _, start, _ in found), default=len(paragraph.text))
            match = _RECEIVED.search(paragraph.text, 0, before) or (
                _RECEIVED.search(paragraph.text) if not found else None
            )
            if match:
                received = number(match["n"] or match["m"])
            if received is None:
                continue
            if {"đã giải quyết", "đang giải quyết"} <= {name for name, _, _, _ in found}:
                made = sum((value for _, value, _, _ in found), Decimal(0))
                if made != received:
                    start, end = _states_span(paragraph.text, found)
                    rows = " + ".join(f"{format_number(v)} ({name})" for name, v, _, _ in found)
                    yield draft(
                        paragraph,
                        start,
                        end,
                        f"Hồ sơ tiếp nhận {format_number(received)} nhưng các trạng thái cộng lại: {rows} = {format_number(made)}"
                        f" (chênh {format_number(abs(received - made))}).",
                        rank=91,
                    )
                break


def _states_span(text: str, found: list[tuple[str, Decimal, int, int]]) -> tuple[int, int]:
    """From the first rarer state to the last, or the last two states: that is where the difference is looked for."""
    ordered = sorted(found, key=lambda row: row[2])
    rare = [row for row in ordered if row[0] not in ("đã giải quyết", "đang giải quyết")]
    chosen = rare or ordered[-1:]
    return chosen[0][2], chosen[-1][3]


def _states(text: str) -> list[tuple[str, Decimal, int, int]]:
    found = []
    for name, pattern in _STATES:
        if match := pattern.search(text):
            groups = match.groupdict()
            written = groups.get("n") or groups.get("m") or "0"
            found.append((name, number(written), match.start(), match.end()))
    return found


def _by_section(report: Report) -> Iterator[list[Paragraph]]:
    current: list[Paragraph] = []
    at = -2
    for paragraph in report.prose:
        if paragraph.section != at:
            if current:
                yield current
            current, at = [], paragraph.section
        current.append(paragraph)
    if current:
        yield current


RULES = (
    Rule(
        "total_at_end",
        "arithmetic",
        "error",
        "Phép cộng: tổng nêu sau các thành phần",
        "3 báo cáo xã, 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        total_at_the_end,
    ),
    Rule(
        "total",
        "arithmetic",
        "error",
        "Phép cộng: tổng bằng các thành phần khi các thành phần được nêu đủ",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm; 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        wrong_total,
    ),
    Rule(
        "states",
        "arithmetic",
        "error",
        "Hồ sơ tiếp nhận = đã giải quyết + đang giải quyết + hủy, rút, trả lại, tạm dừng",
        "3 báo cáo xã: 1 lỗi đúng, 1 mục khớp không báo",
        states_of_files,
    ),
)
