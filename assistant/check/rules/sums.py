# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Totals that their parts do not make up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, VALUE, draft, number
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_UNITS = (
    r"hồ sơ|văn bản|thủ tục|TTHC|cuộc họp|cuộc|hội nghị|lớp|buổi|lượt người|lượt|người|hộ|thành viên|đồng chí|cán bộ|công chức|viên chức"
    r"|chữ ký số|chứng thư số|chứng thư|máy tính|máy|tài khoản|tin, bài|tin bài|tin|bài|ấp|thôn|bản|tổ|sản phẩm|nhiệm vụ|chỉ tiêu|thiết bị"
    r"|trạm|điểm|nhóm|mô hình|doanh nghiệp|hợp tác xã|học sinh|giáo viên|trường|triệu đồng|tỷ đồng|đồng|kết quả|dịch vụ"
)
_PART = re.compile(rf"(?P<n>{VALUE})(?:\s+(?P<unit>{_UNITS})\b)?")
_OF_WHICH = "trong đó|bao gồm|gồm|trong số này|trong số đó|chia ra|phân ra|cơ cấu"
# "N hồ sơ (trong đó: …)", "N hồ sơ, gồm …", "N văn bản: a …, b …"
_OPENER = re.compile(
    rf"(?P<n>{VALUE})\s*(?P<unit>{_UNITS})?(?P<tail>(?:\s+[^\W\d_]+){{0,6}}?)\s*"
    rf"(?:,\s*)?(?P<how>\(\s*(?:{_OF_WHICH})?(?:\s+có)?\s*:?|[,;]?\s*(?:{_OF_WHICH})(?:\s+có)?\s*:?|:)\s*",
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
# kinds of which one thing can be only one: where the parts are of these, nothing is counted twice
_EXCLUSIVE = (
    re.compile(
        r"(?:trưởng|phó|phó trưởng|ủy viên|uỷ viên|thành viên|thư ký|tổ viên|chủ tịch|phó chủ tịch|bí thư|chuyên viên)\b.*"
    ),
    re.compile(
        r"(?:quyết định|kế hoạch|báo cáo|công văn|tờ trình|thông báo|giấy mời|nghị quyết|chương trình|hướng dẫn|chỉ thị|biên bản|kết luận|văn bản)\b.*"
    ),
    re.compile(r"(?:nam|nữ)\b.*"),
)
_REST = re.compile(r"\bkhác\b|còn lại", re.I)
_MONEY = ("triệu đồng", "tỷ đồng", "đồng")
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
    exclusive: bool


def breakdowns(text: str) -> Iterator[Breakdown]:
    """Every total with at least two parts of its unit (or without a unit)."""
    for match in _OPENER.finditer(text):
        how = fold(match["how"]).strip(" (,;:")
        if not how and not match["unit"] and "(" not in match["how"]:
            continue
        end = _list_end(text, match.end(), parenthesis="(" in match["how"])
        listed = text[match.end() : end]
        parts, nouns = _parts(listed, match["unit"] or "")
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
                _are_exclusive(listed, nouns, match["unit"] or ""),
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


def _parts(listed: str, unit: str) -> tuple[list[Decimal], list[str]]:
    """One figure and what follows it per item; nothing where an item cannot be read with certainty."""
    found: list[Decimal] = []
    nouns: list[str] = []
    for item in _items(listed):
        item = re.sub(r"\([^()]*\)?", " ", item)
        figures = [m for m in _PART.finditer(item) if not _is_time_or_share(item, m)]
        own = [m for m in figures if not m["unit"] or not unit or _same_unit(m["unit"], unit)]
        if not figures and found and not re.search(r"\d", item):
            continue
        if len(own) != 1:
            return [], []
        found.append(number(own[0]["n"]))
        nouns.append(item[own[0].end("n") :].strip().lower())
    return found, nouns


def _items(listed: str) -> list[str]:
    pieces = re.split(r"(?<!\d)[,;]\s+|(?<=\d)[,;]\s+(?!\d{3}\b)|;\s*", listed)
    # "ngân sách xã 215 triệu đồng và xã hội hóa 55 triệu đồng": two items where each side has its figure
    items: list[str] = []
    for piece in pieces:
        halves = re.split(r"\s+và\s+", piece)
        items.extend(halves if all(re.search(r"\d", half) for half in halves) else [piece])
    return [item for item in items if re.search(r"\d", item)]


def _are_exclusive(listed: str, nouns: list[str], unit: str) -> bool:
    """Whether nothing can be counted in two of the parts."""
    folded = fold(listed)
    return (
        any(all(re.search(rf"\b{word}\b", folded) for word in pair) for pair in _COMPLEMENTS)
        or any(all(kind.match(noun) for noun in nouns) for kind in _EXCLUSIVE)
        or bool(_REST.search(listed))
        or unit.lower() in _MONEY
    )


def _same_unit(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    return a == b or a in b or b in a


def _is_time_or_share(item: str, match: "re.Match[str]") -> bool:
    before, after = item[: match.start()], item[match.end() :]
    level = re.search(r"(?:cấp|mức độ|mức|hạng|loại)\s*$", before, re.I)
    return bool(
        re.match(r"\s?%|\s*(?:ngày|tháng|giờ|năm|sao\b|điểm phần)\b", after)
        or (level and number(match["n"]) <= 5)
        or re.search(r"(?:ngày|tháng|năm|quý|số|khoản|điều|dưới|trên|lần thứ|thứ|từ|/)\s*$", before, re.I)
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
    # what follows the parts in the same sentence may have been taken along
    if one.total in list(accumulate(one.parts))[1:] or (one.total in one.parts and len(one.parts) > 2):
        return
    near = abs(made - one.total) <= max(Decimal(2), one.total / 50)
    stated = one.how in ("gom", "bao gom", "chia ra", "phan ra", "co cau") or (not one.how and one.unit != "")
    if re.search(r"\.\.\.|…|v\.v", one.listed):
        return
    some = bool(_PARTIAL.search(paragraph.text[max(one.start - 30, 0) : one.end]))
    if some and not (made > one.total and one.exclusive):
        return
    if one.exclusive or (near and (stated or one.how)):
        severity = "error"
    elif stated and (len(one.parts) >= 3 or made > one.total):
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
    rf"[,;]?\s+(?:tổng cộng|tổng số|tổng điểm|tất cả|cộng (?:cả hai chiều|chung|lại|dồn))(?:\s+(?:là|có|gồm|đạt|được))?\s+(?P<n>{VALUE})(?:\s+[^\W\d_]+)?",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?:[^\W\d_]+,?\s+){{0,6}}?(?P<n>{VALUE}|\d+(?:,\d+)?(?=/\d+\b))(?:/\d+)?(?:\s+[^\W\d_]+){{0,6}}\s*")
_LIST_LENGTH = 400


def total_at_the_end(report: Report) -> Iterator[Draft]:
    """ "05 máy chủ, 32 máy tính và 10 máy in, tổng cộng 49 thiết bị"; no end of the list may give the total."""
    for paragraph in report.paragraphs:
        for match in _TOTAL_AFTER.finditer(paragraph.text):
            listed = _listed_before(paragraph.text, match.start())
            total = number(match["n"])
            sums = {at: sum((value for _, value in listed[at:]), Decimal(0)) for at in range(len(listed) - 1)}
            if not sums or total in sums.values() or any(value == total for _, value in listed):
                continue
            at = min(sums, key=lambda at: abs(sums[at] - total))
            made, begin = sums[at], listed[at][0]
            if abs(made - total) > total * 15 / 100:
                continue  # the list is of something else
            rows = " + ".join(format_number(value) for _, value in listed[at:])
            message = f"Cộng các thành phần: {rows} = {format_number(made)}, không bằng tổng {format_number(total)}."
            fixed = (
                paragraph.text[begin : match.start("n")]
                + format_number(made)
                + paragraph.text[match.end("n") : match.end()]
            )
            yield draft(paragraph, begin, match.end(), message, fixed, rank=91)


def _listed_before(text: str, end: int) -> list[tuple[int, Decimal]]:
    """The items "a …, b … và c …" that end at `end`: where the figure of each begins, and its value."""
    begin = max(end - _LIST_LENGTH, 0)
    pieces = re.split(r"([,;]\s+(?:và\s+)?|\s+và\s+|:\s+)", text[begin:end])
    found: list[tuple[int, Decimal]] = []
    at = end
    for n, piece in enumerate(reversed(pieces)):
        at -= len(piece)
        if n % 2:
            if piece.startswith(":"):
                break
            continue
        match = _LISTED.fullmatch(piece)
        tail = re.search(rf"(?<=\s)(?P<n>{COUNT})(?:\s+[^\W\d_]+){{1,6}}$", piece) if not match else None
        if not match and (not tail or re.search(r"(?:ngày|tháng|năm|quý|số|mỗi (?:tổ|lớp|thôn|ấp|bản))\s$", piece[: tail.start()])):
            break
        hit = match or tail
        if hit is None or re.search(r"\b(?:ngày|tháng|năm|quý|mỗi)\s+$", piece[: hit.start("n")]):
            break
        found.append((at + hit.start("n"), number(hit["n"])))
        if not match:
            break
    return found[::-1]


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
