# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Doubled words, brackets left open, sentences run together, names of bodies written in several ways."""

import functools
import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.spelling.speller import default_speller
from assistant.check.text_tools import LOWER, draft
from assistant.knowledge_files import load_knowledge

_WORD = r"[^\W\d_]+"
_DOUBLE_ONE = re.compile(rf"(?<![\w-])(?P<w>{_WORD}) (?P=w)(?![\w-])", re.IGNORECASE)
_DOUBLE_MORE = re.compile(rf"(?<![\w-])(?P<w>{_WORD} {_WORD}(?: {_WORD}){{0,4}}) (?P=w)(?![\w-])", re.IGNORECASE)
_DOUBLE_LISTED = re.compile(
    rf"(?<![\w-])(?P<w>{_WORD}(?: {_WORD}){{1,5}}, {_WORD}(?:,? {_WORD}){{1,5}}), (?P=w)(?![\w-])", re.IGNORECASE
)
_DOUBLE_CLAUSE = re.compile(rf"(?<![\w-])(?P<w>{_WORD}(?: {_WORD}){{4,7}})[,;] (?P=w)(?=\s*[.;]|$)", re.IGNORECASE)
_NEAR = re.compile(rf"(?<![\w-])(?P<w>{_WORD} {_WORD}) (?P<m>{_WORD}(?: {_WORD})?) (?P=w)(?![\w-])", re.IGNORECASE)
_NEAR_ONE = re.compile(rf"(?<![\w-])(?P<w>{_WORD}) (?P<m>các|những) (?P=w)(?![\w-])", re.IGNORECASE)
# doubled on purpose
_REDUPLICATIONS = frozenset(
    [
        "xanh",
        "đỏ",
        "luôn",
        "dần",
        "mãi",
        "ngày",
        "người",
        "nhà",
        "nơi",
        "từng",
        "hay",
        "rất",
        "càng",
        "thường",
        "đời",
        "lần",
        "hằng",
        "đều",
        "chung",
        "khác",
        "ngành",
        "cấp",
        "ai",
        "đâu",
        "gì",
        "nào",
        "hằng",
        "khe",
        "song",
        "kha",
        "đa",
        "đo",
        "nho",
        "nhỏ",
        "to",
        "lâu",
        "xa",
        "gần",
        "sâu",
        "cao",
        "thấp",
        "nhanh",
        "chầm",
        "từ",
        "tí",
        "chút",
        "vừa",
        "mới",
        "đôi",
        "hàng",
        "nhiều",
        "riêng",
        "sơ",
        "ba",
        "bé",
        "đằng",
        "đủ",
        "rộng",
    ]
)
_ORDINARY_NEAR = re.compile(
    r"^(?:ngày|năm|từng|tỉnh|xã|cấp|nơi|hộ|người|lớp|văn bản|số|mức|đời|tháng|quý|vòng)\b", re.I
)


def doubled_words(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        text = paragraph.text
        if paragraph.zone in ("head", "signature"):
            continue
        taken: list[tuple[int, int]] = []
        for pattern in (_DOUBLE_MORE, _DOUBLE_ONE, _DOUBLE_LISTED, _DOUBLE_CLAUSE):
            for match in pattern.finditer(text):
                word = match["w"]
                if any(a < match.end() and match.start() < b for a, b in taken) or _on_purpose(text, match):
                    continue
                taken.append(match.span())
                yield draft(paragraph, *match.span(), f"Lặp từ «{word}».", word, rank=50)
        for pattern in (_NEAR, _NEAR_ONE):
            for match in pattern.finditer(text):
                if any(a < match.end() and match.start() < b for a, b in taken) or _ORDINARY_NEAR.match(match["w"]):
                    continue
                if match["m"].lower() in (
                    "và",
                    "hoặc",
                    "hay",
                    "với",
                    "của",
                    "là",
                    "theo",
                    "đến",
                    "trong",
                    "thì",
                    "ra",
                    "mà",
                    "/",
                ):
                    continue
                taken.append(match.span())
                yield draft(paragraph, *match.span(), f"«{match['w']}» nhắc lại liền nhau.", severity="info", rank=20)


def _on_purpose(text: str, match: re.Match[str]) -> bool:
    word = match["w"]
    if " " not in word:
        if default_speller().bound(word, word) >= _REDUPLICATED:
            return True  # "chôm chôm", "chuồn chuồn": hardly a word but doubled
        if word.lower() in _REDUPLICATIONS or len(word) == 1 or (not word[-1].islower() and word.isupper()):
            return True
        if _between_compounds(text, match) or (word.lower() == "số" and re.match(r" \d", text[match.end() :])):
            return True
        second = match.group()[len(word) + 1 :]
        # "Đảng ủy xã Xã …": a capital may begin a name; "tại xã xã" and "các các" are slips
        return word[0].islower() and second[0].isupper()
    if match.group()[len(word) + 1].isupper():
        return True  # a heading or a table's column run into the next
    first, *_ = word.split()
    return bool(re.fullmatch(r"(\w+) \1", word)) or first.lower() in ("từng", "ngày", "đời")


# words that hold others together; no compound ends and another begins with the same of these
_LINKS = frozenset("các của và những là được cho trong với tại về từ để đã có thì mà do theo đến".split())  # noqa: SIM905
_COMPOUND, _REDUPLICATED = 0.004, 0.1


def _between_compounds(text: str, match: re.Match[str]) -> bool:
    """ "phân công công chức", "giao thông thông minh": the end of one compound and the beginning of the next."""
    word = match["w"].lower()
    before, after = re.search(rf"({_WORD}) $", text[: match.start()]), re.match(rf" ({_WORD})", text[match.end() :])
    if word in _LINKS or not before or not after:
        return False
    bound = default_speller().bound
    return bound(before.group(1), word) >= _COMPOUND and bound(word, after.group(1)) >= _COMPOUND


_PAIRS = {")": "(", "]": "[", "”": "“"}


def open_brackets(report: Report) -> Iterator[Draft]:
    """Brackets and quotation marks without their other half, paragraph by paragraph."""
    for paragraph in report.paragraphs:
        if paragraph.table is not None or paragraph.zone in ("head", "signature"):
            continue
        stack: list[tuple[str, int]] = []
        for i, char in enumerate(paragraph.text):
            if char in "([“":
                stack.append((char, i))
            elif char in _PAIRS:
                if (
                    char == ")"
                    and re.search(r"(?:^|[\s;,(])(?:[a-zđ]|\d{1,2}|[ivx]{1,4})$", paragraph.text[max(i - 5, 0) : i])
                    and not any(c == "(" for c, _ in stack)
                ):
                    continue  # "a)" of a list
                if stack and stack[-1][0] == _PAIRS[char]:
                    stack.pop()
                elif any(c == _PAIRS[char] for c, _ in stack):
                    while stack and stack[-1][0] != _PAIRS[char]:
                        stack.pop()
                    stack.pop()
                else:
                    start = _words_back(paragraph.text, i, 6)
                    yield draft(
                        paragraph,
                        start,
                        i + 1,
                        f"Dấu «{char}» thừa: không có dấu mở.",
                        paragraph.text[start:i],
                        severity="info",
                    )
        for char, i in stack:
            end = _words_on(paragraph.text, i, 6)
            yield draft(paragraph, i, end, f"Dấu «{char}» mở mà không đóng.", severity="info")


def _words_back(text: str, at: int, words: int) -> int:
    match = re.search(rf"(?:\S+\s+){{0,{words - 1}}}\S*$", text[:at])
    return match.start() if match else at


def _words_on(text: str, at: int, words: int) -> int:
    match = re.match(rf"\S*(?:\s+\S+){{0,{words - 1}}}", text[at:])
    return at + (match.end() if match else 1)


_OPENERS = (
    r"Thực trạng này|Tuy nhiên|Tuy vậy|Ngoài ra|Đồng thời|Bên cạnh đó|Hiện nay|Hiện tại|Từ đó|Do đó|Do vậy|Vì vậy|Qua đó|Đến nay|Mặt khác|Cụ thể|Trong đó|Nhờ đó"
    r"|Theo đó|Nhìn chung|Việc này|Điều này|Công tác này|Công tác (?:tự kiểm|kiểm tra|tuyên truyền|chỉ đạo|phối hợp|đào tạo|bảo đảm|quản lý)|Những (?:khó khăn|hạn chế|kết quả) này|Các (?:khó khăn|hạn chế|nội dung) này|Trong thời gian|Trên cơ sở đó|Một số|Nguyên nhân"
)
_RUN_ON = re.compile(rf"(?P<before>(?:[{LOWER}]+ )?[{LOWER}]{{2,}}) (?P<opener>(?:{_OPENERS}))(?= [{LOWER}]|[,:])")


def run_on(report: Report) -> Iterator[Draft]:
    """A sentence that begins without the full stop of the one before."""
    for paragraph in report.zone("body", "closing"):
        for match in _RUN_ON.finditer(paragraph.text):
            if re.search(r"(?:là|mục|phần|biểu|bảng|về)$", match["before"]):
                continue
            end = match.end()
            yield draft(
                paragraph,
                match.start(),
                end,
                "Thiếu dấu chấm giữa hai câu.",
                f"{match['before']}. {match['opener']}",
                rank=35,
            )


@functools.cache
def _terms() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Names written wrongly, from knowledge/check/terms.yaml: pattern, official name, whether only where mixed."""
    data = load_knowledge("check/terms.yaml")
    return tuple(
        (re.compile(rf"(?<!\w)(?:{variant})(?!\w)"), row["name"], bool(row.get("mixed")))
        for row in data["terms"]
        for variant in row["variants"]
    )


def names_of_things(report: Report) -> Iterator[Draft]:
    """Another name than the official one; a warning where the report uses both."""
    whole = "\n".join(p.text for p in report.paragraphs).lower()
    for pattern, name, mixed in _terms():
        both = name.lower() in whole
        if mixed and not both:
            continue
        for paragraph in report.paragraphs:
            for match in pattern.finditer(paragraph.text):
                start = match.start()
                lead = re.search(r"(?:các|những)\s+$", paragraph.text[:start])
                right = name[0].lower() + name[1:] if match.group()[0].islower() else name
                yield draft(
                    paragraph,
                    lead.start() if lead else start,
                    match.end(),
                    f"Tên gọi đúng là «{name}»" + ("; trong báo cáo dùng cả hai cách gọi." if both else "."),
                    (lead.group() if lead else "") + right,
                    severity="warning" if both else "info",
                    rank=30,
                )


RULES = (
    Rule(
        "doubled",
        "duplicated_text",
        "warning",
        "Cách viết",
        "3 báo cáo xã: 2 đúng; 15 văn bản trung ương và tỉnh (108.000 từ): 8 đúng, 0 báo nhầm",
        doubled_words,
    ),
    Rule("bracket", "format", "info", "Kỹ thuật trình bày", "3 báo cáo xã: 3 lỗi đúng", open_brackets),
    Rule("run_on", "style", "warning", "Cách viết", "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm", run_on),
    Rule(
        "term",
        "style",
        "warning",
        "Tên gọi trong văn bản chỉ đạo (knowledge/check/terms.yaml)",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        names_of_things,
    ),
)
