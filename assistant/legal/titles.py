"""The subject (trích yếu) beside a mention: where it starts and, harder, where it ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.legal.models import Span
from assistant.legal.prepared import PreparedText, squeeze
from assistant.vietnamese.text import fold

_MOST = 900  # code points that a title may have
_START = re.compile(
    r"\s*,?\s*(?P<title>[“\"]?(?:về\s+việc|về|v/v|thực\s+hiện|triển\s+khai|ban\s+hành|phê\s+duyệt|quy\s+định|sửa\s+đổi|bổ\s+sung"
    r"|hướng\s+dẫn|bãi\s+bỏ|công\s+bố|thành\s+lập|kiện\s+toàn|giao|đôn\s+đốc|tăng\s+cường|thúc\s+đẩy|đẩy\s+mạnh|phát\s+triển|điều\s+chỉnh"
    r"|tổ\s+chức|thí\s+điểm|kết\s+luận|tiếp\s+tục|cụ\s+thể\s+hóa|phân\s+công|quản\s+lý|hành\s+động|chuyển\s+đổi\s+số|nâng\s+cao|xây\s+dựng"
    r"|đánh\s+giá|kiểm\s+tra|giám\s+sát|tuyên\s+truyền|phát\s+động|phối\s+hợp|trích\s+yếu)(?!\w))"
)
_AFTER_COMMA = re.compile(r"về|v/v|ban\s+hành|phê\s+duyệt|quy\s+định|sửa\s+đổi|hướng\s+dẫn")
_BODY = (
    r"(?:ubnd|ủy\s+ban|uỷ\s+ban|hđnd|hội\s+đồng\s+nhân\s+dân|đảng\s+(?:ủy|uỷ|bộ)|ban\s+chỉ\s+đạo|ban\s+thường\s+vụ|thường\s+trực|chi\s+bộ"
    r"|phòng\s+văn|trung\s+tâm\s+phục|tổ\s+công\s+tác|công\s+an\s+xã|lãnh\s+đạo|xã(?!\w)|phường(?!\w)|tỉnh(?!\w))"
)
# a body that starts a new clause: its verb follows within a few words
_SUBJECT = (
    rf"{_BODY}(?:\s+\w+){{0,7}}?\s+(?:đã|báo\s+cáo|ban\s+hành|chỉ\s+đạo|tổ\s+chức|xây\s+dựng|đề\s+nghị|yêu\s+cầu|thông\s+báo|trân\s+trọng|kính"
    r"|tiếp\s+tục|tập\s+trung|luôn|cơ\s+bản|kịp\s+thời|triển\s+khai)(?!\w)"
)
_STOP = re.compile(
    r"(?P<hard>;|\t|\s\|\s|\./\.|\.(?=\s|$|[”\")])|…)"
    r"|(?P<colon>\s*:)"
    r"|(?P<open>\()"
    r"|(?P<close>\))"
    r"|(?P<quote>[”“\"])"
    rf"|(?P<line>\s*\n\s*(?=[-+•*–·]\s|\d{{1,2}}[.)]\s|[ivx]{{1,5}}\.\s|[a-zđ]\)\s|{_SUBJECT}|căn\s+cứ|trên\s+đây|nơi\s+nhận|kính\s+gửi|\d[\d.]{{5,}}\s*\n|phần\s+[ivx]|phụ\s+lục|bảng\s+\d|stt))"
    rf"|(?P<clause>\s*,\s*(?={_SUBJECT}|cụ\s+thể|trong\s+đó|theo\s+đó|đến\s+nay|nhằm(?!\w)|để(?!\w)|đồng\s+thời|qua\s+đó|từ\s+đó|góp\s+phần|bao\s+gồm"
    r"|gồm(?!\w)|đơn\s+vị|cơ\s+quan|trên\s+cơ\s+sở|trong\s+(?:thời|năm|tháng|quý)|sau\s+khi|đã(?!\w)"
    r"|hiện\s+nay|tính\s+đến|ngay\s+sau|toàn\s+xã|địa\s+phương|trên\s+địa\s+bàn|báo\s+cáo\s+(?:kết|như|cụ|với|ủy|ubnd|hđnd|tỉnh|cấp|tình)|gửi(?!\w)|thay\s+thế|có\s+hiệu\s+lực|ngày\s+\d))"
    r"|(?P<verb>\s+(?=như\s+sau|cụ\s+thể\s+như|đã\s+(?:được|ban|chỉ|triển|tổ|đạt|có|góp|xác|nêu|đề|đặt|giao)|được\s+(?:triển|ban|thực|quan|cụ|tổ)|có\s+hiệu\s+lực|đạt\s+\d|nêu\s+rõ|xác\s+định\s+rõ|đề\s+ra|hết\s+hiệu\s+lực"
    r"|trong\s+đó|thay\s+thế\s+cho))"
    r"|(?P<local>\s+(?=trên\s+địa\s+bàn|tại\s+(?:xã|phường|tỉnh|địa\s+phương|đơn\s+vị|cơ\s+sở)|và\s+phương\s+hướng|năm\s+\d{4}\s+(?:và|của|trên)|của\s+(?:xã|phường|tỉnh|địa\s+phương)"
    r"|gắn\s+với\s+thực|cho\s+nhiệm\s+vụ|làm\s+căn\s+cứ|theo\s+hướng\s+dẫn|tới\s+(?:toàn|cán)|đến\s+(?:toàn|cán|từng|đảng)))"
)
_BRACKET_ENDS = re.compile(
    r"\(\s*(?:sau\s+đây|gọi|viết\s+tắt|được|đã|ban\s+hành|kèm|số|thay|sửa|bổ\s+sung|nghị|kế\s+hoạch|quyết|đề\s+án|luật|chỉ\s+thị|nq|kh|qđ|nđ|ngày|có\s+hiệu|hết|nêu|b/c|theo|từ|đạt|\d)"
)
_SIBLING = re.compile(
    r"(?:,|;|\s+và|\s+cùng(?:\s+với)?|\s+cũng\s+như|\s+hoặc)\s*(?:và\s+|theo\s+|các\s+|tại\s+|triển\s+khai\s+|thực\s+hiện\s+)*$"
)
_COLON_ENDS = re.compile(r"\s*:\s*(?:\n|$|[-–“\"])")
_WORD = re.compile(r"\w+")
_FILLERS = {"ve", "viec", "so", "ngay", "cua"}


@dataclass(frozen=True, slots=True)
class Head:
    """What the title finder must know of a mention: where it starts, where its symbol, date and issuer end."""

    start: int
    end: int
    organ: str = ""


def _title_start(prepared: PreparedText, position: int) -> tuple[int, bool] | None:
    """(where the title starts, whether a keyword opens it)."""
    match = _START.match(prepared.low, position)
    if match:
        start = match.start("title")
        lead = prepared.low[position:start]
        if "," in lead and not _AFTER_COMMA.match(prepared.low, start):
            return None
        if re.compile(r"(?:về\s+việc|về|v/v)\s*[(…:]").match(prepared.low, start):
            return None
        if "\n" in lead and prepared.text[start].isupper() and re.search(r"[.;:]\s*$", prepared.text[:position]):
            return None
        return start, True
    bare = re.compile(r"[ \u00a0]+(?=[“\"]?\w)").match(prepared.low, position)
    if bare is None:
        return None
    start = bare.end()
    word = _WORD.match(prepared.text, start if prepared.text[start] not in '“"' else start + 1)
    if word is None or not word.group()[0].isupper() or (word.group().isupper() and len(word.group()) > 1):
        return None
    if re.compile(rf"{_BODY}|sở(?!\w)|bộ(?!\w)|ban(?!\w)|chủ\s+tịch|chính\s+phủ|quốc\s+hội|thủ\s+tướng|\d").match(
        prepared.low, start
    ):
        return None
    return start, False


def aligned_end(low: str, start: int, limit: int, known: str) -> int | None:
    """Where the known title ends that the text at `start` repeats, in its own words; None where it does not.

    The words must come in the order of the known title; a few may be missing or other.
    """
    wanted = [fold(word) for word in _WORD.findall(known)]
    if len(wanted) < 4:
        return None
    here, end, matched, missed = 0, None, 0, 0
    for word in _WORD.finditer(low, start, limit):
        token = fold(word.group())
        ahead = wanted[here : here + 4]
        if token in ahead:
            here += ahead.index(token) + 1
            matched += 1
            missed = 0
            if here == len(wanted):
                end = word.end()
                break
        elif token not in _FILLERS:
            missed += 1
            if missed > 4:
                return None
    return end if end is not None and matched >= 0.7 * len(wanted) else None


def _heading_limit(text: str, start: int, limit: int) -> int:
    """A title in capitals ends where the next line is no longer in capitals."""
    if not text[start : start + 20].isupper():
        return limit
    for line in re.compile(r"\n[^\S\n]*(?=\S)").finditer(text, start, limit):
        following = text[line.end() : line.end() + 12]
        if not following.isupper() and any(c.isalpha() for c in following):
            return line.start()
    return limit


def _balanced(low: str, position: int, limit: int) -> int:
    close = low.find(")", position, min(limit, position + 200))
    return close + 1 if close >= 0 else position + 1


def generic_end(
    prepared: PreparedText, start: int, heads: Sequence[Head], *, local: bool, limit: int, organ: str = ""
) -> int:
    """Where a title that starts at `start` ends, judged by the text alone.

    Args:
        heads: mentions that start after `start`, in order; they may be nested in the title or follow it.
        local: the document is one of a province or commune: "trên địa bàn xã …" belongs to its title.
        organ: code of its body; a mention of the same body after "và" is its sibling.
    """
    low = prepared.low
    position, nested, head_index = start, 0, 0
    while True:
        stop = _STOP.search(low, position, limit)
        edge = stop.start() if stop else limit
        if head_index < len(heads) and heads[head_index].start <= edge:
            head = heads[head_index]
            sibling = _SIBLING.search(low, max(start, head.start - 40), head.start)
            if sibling and not (nested and local and "và" in sibling.group() and head.organ != organ):
                return sibling.start()
            nested += 1
            position = max(head.end, position + 1)
            head_index += 1
            continue
        if stop is None:
            return limit
        after = _beyond(low, start, stop, limit, local=local)
        if after is None:
            return edge
        position = after
        while head_index < len(heads) and heads[head_index].start < position:
            head_index += 1


def _beyond(low: str, start: int, stop: re.Match[str], limit: int, *, local: bool) -> int | None:
    """Where to go on after a stop that does not end the title; None where it does."""
    kind, edge = stop.lastgroup, stop.start()
    if kind == "open":
        return None if _BRACKET_ENDS.match(low, edge) else _balanced(low, edge, limit)
    if kind == "quote":  # a closing quote ends a title that stands in quotation marks opened before it
        closes = stop.group() == "”" and low.rfind("“", start, edge) <= low.rfind("”", start, edge)
        return None if closes else stop.end()
    if kind == "local":
        return max(stop.end(), edge + 1) if local else None
    if kind == "close":
        return stop.end() if low.rfind("(", start, edge) > low.rfind(")", start, edge) else None
    if kind == "colon" and edge - start > 25 and "như sau" not in low[edge - 8 : edge]:
        return None if _COLON_ENDS.match(low, edge) else stop.end()
    return None


def title_at(
    prepared: PreparedText,
    position: int,
    heads: Sequence[Head],
    *,
    local: bool,
    organ: str = "",
    known: Sequence[str] = (),
) -> tuple[str, Span] | None:
    """The title of the document whose symbol, date and issuer end at `position`, with its span."""
    if heads and heads[0].start <= position + 1:
        return None
    begun = _title_start(prepared, position)
    if begun is None:
        return None
    start, keyword = begun
    if heads and heads[0].start <= start:
        return None
    limit = _heading_limit(prepared.text, start, min(len(prepared.low), start + _MOST))
    end = generic_end(prepared, start, heads, local=local, limit=limit, organ=organ)
    for title in known:
        exact = aligned_end(prepared.low, start, limit, title)
        if exact is not None:
            end = max(end, exact) if local else exact
            if prepared.text[end : end + 1] in ("”", '"') and set(prepared.text[start:end]) & {"“", '"'}:
                end += 1
            break
    text = prepared.text[start:end].rstrip(" \t\n\u00a0,;.:-–")
    end = start + len(text)
    if len(text.split()) < (2 if keyword else 3):
        return None
    return squeeze(text), Span(start, end)
