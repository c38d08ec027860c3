# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Totals that their parts do not make up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import figures
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import VALUE, draft, number
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

UNITS = (
    r"hồ sơ|văn bản|thủ tục|TTHC|cuộc họp|cuộc|hội nghị|lớp|buổi|lượt người|lượt|người|hộ|thành viên|đồng chí|cán bộ, công chức, viên chức|cán bộ, công chức|công chức, viên chức|cán bộ|công chức|viên chức"
    r"|chữ ký số|chứng thư số|chứng thư|máy tính|máy|tài khoản|tin, bài|tin bài|tin|bài|ấp|thôn|bản|tổ|sản phẩm|nhiệm vụ|chỉ tiêu|thiết bị"
    r"|nhân khẩu|khẩu|phiếu|ý kiến|đơn|phản ánh|kiến nghị|sáng kiến|đề tài|giao dịch|hội viên|đoàn viên|học viên|đảng viên|thửa đất|thửa|camera|phiên"
    r"|trạm|điểm|nhóm|mô hình|doanh nghiệp|hợp tác xã|học sinh|giáo viên|trường|triệu đồng|tỷ đồng|đồng|kết quả|dịch vụ"
)
_PART = re.compile(rf"(?P<n>{VALUE})(?:\s+(?P<unit>{UNITS})\b)?")
_OF_WHICH = "trong đó|cụ thể|bao gồm|gồm|trong số này|trong số đó|chia ra|phân ra|cơ cấu"
# "N hồ sơ (trong đó: …)", "N hồ sơ, gồm …", "N văn bản: a …, b …"
_OPENER = re.compile(
    rf"(?P<n>{VALUE}|(?<![\w.,/-])\d+(?:,\d+)?(?=/\d))(?:/\d+)?\s*(?P<unit>{UNITS})?(?P<tail>(?:\s+[^\W\d_]+){{0,6}}?)\s*"
    rf"(?:,?\s*(?:đạt|chiếm|bằng)\s+[\d.,]+\s?%(?:\s+[^\W\d_]+){{0,3}})?"
    rf"(?:,\s*|\)(?=\.\s*[Tt]rong đó))?(?P<how>\(\s*(?:{_OF_WHICH})?(?:\s+có)?\s*:?|[,;.]?\s*(?:{_OF_WHICH})(?:\s+có)?\s*:?|:)\s*",
    re.IGNORECASE,
)
# pairs that leave nothing out: where both stand among the parts, the parts are meant to be all
COMPLEMENTS = tuple(
    tuple(fold(word) for word in pair)
    for pair in (
        ("trực tuyến", "trực tiếp"),
        ("trực tuyến", "tại quầy"),
        ("qua mạng", "trực tiếp"),
        ("qua mạng", "tại quầy"),
        ("trước hạn", "trễ hạn"),
        ("đúng hạn", "trễ hạn"),
        ("đúng hạn", "chậm hạn"),
        ("sớm hạn", "đúng hạn"),
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
        ("hài lòng", "chưa hài lòng"),
        ("hài lòng", "không hài lòng"),
        ("vi phạm", "chấp hành"),
        ("vi phạm", "chấp hành tốt"),
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
_PERSONS = re.compile(r"(?:thành viên|đồng chí|người|cán bộ|công chức|viên chức)\b", re.I)
_MONEY = ("triệu đồng", "tỷ đồng", "đồng")
_PARTIAL = re.compile(r"(?:trong đó|gồm)\s+có|nổi bật|tiêu biểu|như\b|đặc biệt|chủ yếu|ít nhất|riêng", re.I)


_EACH = re.compile(r"(?:bình quân|trung bình|mỗi [^\W\d_]+)(?:\s[^\W\d_]+)?\s+$", re.I)


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
    one_unit: bool


def breakdowns(text: str) -> Iterator[Breakdown]:
    """Every total with at least two parts of its unit (or without a unit)."""
    for match in _OPENER.finditer(text):
        if _EACH.search(text, max(match.start() - 30, 0), match.start()):
            continue  # "1.260 người, bình quân 210 người mỗi lớp, trong đó nữ …": parts of what was told before
        how = fold(match["how"]).strip(" (,;:.")
        if not how and not match["unit"] and "(" not in match["how"]:
            continue
        end = _list_end(text, match.end(), parenthesis="(" in match["how"])
        listed = text[match.end() : end]
        parts, nouns = _parts(listed, match["unit"] or "")
        whole = number(match["n"])
        if ";" in listed and (not parts or sum(parts) > whole * 3 / 2):  # another statement follows the list
            end = match.end() + listed.index(";")
            listed = text[match.end() : end]
            parts, nouns = _parts(listed, match["unit"] or "")
        if match["unit"] and match["unit"].lower() not in _MONEY and not whole % 1 and any(part % 1 for part in parts):
            continue  # "02 mô hình: … 4,5 ha": parts that count nothing
        if not match["unit"] and match["tail"].strip() and any(re.match(UNITS, noun, re.I) for noun in nouns):
            continue  # "03 đợt …, gồm: … 40 người; … 96 người": another thing is counted
        if len(parts) >= 2:
            yield Breakdown(
                whole,
                match["unit"] or "",
                tuple(parts),
                match.start(),
                end,
                match.end("unit") if match["unit"] else match.end("n"),
                listed,
                how,
                _are_exclusive(listed, nouns, match["unit"] or ""),
                bool(match["unit"]) and all(_one_unit(noun, match["unit"].lower()) for noun in nouns),
            )


def _one_unit(noun: str, unit: str) -> bool:
    """ "122 lượt" of "310 lượt người"."""
    return noun.startswith(unit) or bool(noun and unit.startswith(noun.partition(",")[0] + " "))


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
    while "(" in listed and (plain := re.sub(r"\([^()]*\)", " ", listed)) != listed:
        listed = plain  # what stands in brackets divides an item again
    for item in _items(re.sub(r"\([^()]*$", " ", listed)):
        figures = [m for m in _PART.finditer(item) if not _is_time_or_share(item, m)]
        own = [m for m in figures if not m["unit"] or not unit or _same_unit(m["unit"], unit)]
        if not figures and found and ("%" in item or not re.search(r"\d", item)):
            continue  # ", chiếm 62,55%" says more of the item before
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
        any(all(re.search(rf"\b{word}\b", folded) for word in pair) for pair in COMPLEMENTS)
        or any(all(kind.match(noun) for noun in nouns) for kind in _EXCLUSIVE)
        or bool(_REST.search(listed))
        or unit.lower() in _MONEY
    )


def _same_unit(a: str, b: str) -> bool:
    if _PERSONS.match(a) and _PERSONS.match(b):
        return True
    a, b = fold(a), fold(b)
    return a == b or a in b or b in a


def _is_time_or_share(item: str, match: "re.Match[str]") -> bool:
    before, after = item[: match.start()], item[match.end() :]
    level = re.search(r"(?:cấp|mức độ|mức|hạng|loại)\s*$", before, re.I)
    return bool(
        re.match(r"\s?%|\s*(?:ngày|tháng|giờ|năm|sao\b|điểm phần)\b", after)
        or (level and number(match["n"]) <= 5)
        or re.search(r"(?:ngày|tháng|năm|quý|khoản|điều|dưới|trên|lần thứ|thứ|từ|/)\s*$", before, re.I)
        or (not match["unit"] and re.search(r"số\s*$", before, re.I))
    )


def wrong_total(report: Report) -> Iterator[Draft]:
    """ "tổng N (trong đó …)", "N …, gồm …" whose parts are all there and do not add up."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or not re.search(r"\d", paragraph.text):
            continue
        for one in breakdowns(paragraph.text):
            yield from _judge(paragraph, _of_its_sentence(paragraph.text, one))


def _of_its_sentence(text: str, one: Breakdown) -> Breakdown:
    """The list of a new sentence ("… 24 văn bản, bằng 1,2 lần năm trước (20 văn bản). Trong đó: …") may be of an earlier figure."""
    if "." not in text[one.total_end : one.end - len(one.listed)] or not one.unit:
        return one
    start = max(text.rfind(". ", 0, one.start) + 2, 0) if ". " in text[: one.start] else 0
    made = sum(one.parts, Decimal(0))
    head = one.unit.split()[0].lower()
    earlier = [f for f in figures(text) if start <= f.start < one.start and f.head == head and not f.of]
    nearer = [f for f in earlier if abs(f.value - made) < abs(one.total - made)]
    if not nearer:
        return one
    best = min(nearer, key=lambda f: abs(f.value - made))
    return replace(one, total=best.value, start=best.start)


# what one and the same person or thing may be at once
_ATTRIBUTES = re.compile(
    r"\b(?:nữ|đảng viên|dân tộc|đoàn viên|trẻ|kiêm|hộ nghèo|cận nghèo|chuyên trách|đại học|cấp cứu)\b", re.I
)


def _more_than_all(one: Breakdown, made: Decimal) -> bool:
    """Parts of one unit that are a little more than the whole, and nothing that could be counted twice."""
    little = one.total < made <= one.total * 11 / 10
    return little and one.how == "trong do" and one.one_unit and not _ATTRIBUTES.search(one.listed)


def _judge(paragraph: Paragraph, one: Breakdown) -> Iterator[Draft]:
    made = sum(one.parts, Decimal(0))
    # what follows the parts in the same sentence may have been taken along
    if one.total in list(accumulate(one.parts))[1:] or (one.total in one.parts and len(one.parts) > 2):
        return
    if made > one.total * 3 / 2 and any(one.total in accumulate(one.parts[n:]) for n in range(1, len(one.parts))):
        return  # two lists in one
    # "Trưởng ban, 02 Phó Trưởng ban và 18 thành viên": who is named without a figure is one
    if (
        one.total - made
        == len([item for item in re.split(r"[,;]\s+|\s+và\s+", one.listed) if not re.search(r"\d", item)])
        > 0
    ):
        return
    near = abs(made - one.total) <= max(Decimal(2), one.total / 50)
    stated = one.how in ("gom", "bao gom", "chia ra", "phan ra", "co cau") or (not one.how and one.unit != "")
    if re.search(r"\.\.\.|…|v\.v", one.listed):
        return
    some = bool(_PARTIAL.search(paragraph.text[max(one.start - 30, 0) : one.end]))
    # more than all of them: either some were counted twice or a figure is wrong
    if some and not (made > one.total and (one.exclusive or (near and one.one_unit))):
        return
    if one.exclusive or (near and (stated or one.how)):
        severity = "error"
    elif (stated and (len(one.parts) >= 3 or made > one.total)) or _more_than_all(one, made):
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


RULES = (
    Rule(
        "total",
        "arithmetic",
        "error",
        "Phép cộng: tổng bằng các thành phần khi các thành phần được nêu đủ",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm; 15 văn bản trung ương và tỉnh: 0 báo nhầm",
        wrong_total,
    ),
)
