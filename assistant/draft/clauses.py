"""How an officer's own words are built: whether they say something by themselves, and what they repeat.

Values come as noun phrases ("phần mềm diệt virus"), as predicates ("đã phân công 01 công chức") and as whole clauses
("hệ thống hoạt động ổn định"); each is tied to the sentence around it in another way.
"""

import re

from assistant.draft.marks import plain
from assistant.vietnamese.text import fold, nfc

# words that make a predicate wherever they stand after a subject
_MARKERS = (
    "đã đang sẽ được bị chưa không có còn là đạt đều phải cần tăng giảm thiếu cũ yếu chậm thấp gặp khó kém lỗi nối "
    "đáp bảo đảm hoạt vận triển thực duy bố phục giúp góp ít nhiều hạn"
)
_MARKER = re.compile(rf"(?<!\w)(?:{'|'.join(_MARKERS.split())})(?!\w)")
# words that an action or a state without its subject begins with
_STARTS = (
    "áp dụng|bảo đảm|ban hành|báo|bố trí|bổ sung|bồi dưỡng|cài đặt|cấp|cập nhật|chỉ đạo|chưa|chủ động|còn|cơ bản|có|cử|"
    "cung cấp|duy trì|dùng|đã|đang|đảm bảo|đào tạo|đáp ứng|đầu tư|đẩy mạnh|đề xuất|đều|điều chỉnh|đôn đốc|đồng bộ|được|"
    "giao|giảm|giám sát|giữ|gửi|hiện|hoàn thành|hoàn thiện|hoạt động|hỗ trợ|huy động|hướng dẫn|kết nối|khảo sát|"
    "khắc phục|kiểm tra|kiện toàn|lắp|lập|lồng ghép|luôn|mở|mua sắm|nâng|nâng cao|nâng cấp|ngầm hóa|ổn định|phân bổ|"
    "phân công|phát động|phát triển|phối hợp|phổ biến|phủ|quán triệt|quan tâm|quy định|rà soát|ra mắt|sắp xếp|số hóa|"
    "sớm|sử dụng|tạo|tạo điều kiện|tăng|tăng cường|tập huấn|tập trung|tham gia|tham mưu|tháo gỡ|theo dõi|thí điểm|"
    "thiếu|thành lập|thực hiện|thường xuyên|thúc đẩy|tích hợp|tiếp tục|tổ chức|triển khai|trình|trang bị|tuyên truyền|"
    "tuyển dụng|ưu tiên|vận động|vận hành|vẫn|xây dựng|xem xét|xóa|không"
)
_START = re.compile(rf"(?i)(?:{_STARTS})(?!\w)")
_NONE = re.compile(r"(?:không|chưa)(?: có| phát sinh)?(?: gì)?")
# words that carry no subject of their own in a lead-in or a heading
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "ve va cua cac nhung trong cho tai voi de cong tac viec da dang duoc con mot so thuc hien trien khai ket qua "
        "nhu sau den tren theo khi xay ra hoat dong phat qua",
    )
)
# one word for what outlines call by many
_SAME = ((re.compile(r"kho khan|vuong mac|ton tai|han che|bat cap"), "hanche"), (re.compile(r"qua trinh"), " "))


def begins_with_predicate(text: str) -> bool:
    """Whether `text` begins with its verb: "vận hành ổn định", "đã phân công 01 công chức"."""
    return _START.match(nfc(text).strip()) is not None


def is_none(text: str) -> bool:
    """Whether `text` says in words that there is nothing: "không có", "chưa phát sinh"."""
    return _NONE.fullmatch(nfc(text).strip(" .").lower()) is not None


def none_in_full(text: str) -> str:
    """A bare "không", marked or not, with its verb: "không có"."""
    return f"{text} có" if plain(text).strip(" .").lower() in ("không", "chưa") else text


def is_clause(text: str) -> bool:
    """Whether `text` says something by itself, with or without its subject."""
    shown = nfc(text).strip()
    found = _MARKER.search(shown)
    return begins_with_predicate(shown) or (found is not None and found.start() > 0)


def repeats(text: str, lead: str) -> bool:
    """Whether `text` names the subject of `lead` itself, so that the lead-in before it would say it twice."""
    wanted, found = _content(lead), _content(text)
    return 2 * len(wanted & found) >= len(wanted) > 0


def covered(lead: str, heading: str) -> bool:
    """Whether a heading and the lead-in under it name the same subject: reading both, one learns nothing."""
    subject, named = _content(heading), _content(lead)
    return bool(subject) and bool(named) and len(subject & named) >= 0.75 * len(subject | named)


def _content(text: str) -> frozenset[str]:
    shown = re.sub(r"\([^)]*\)|\d+(?:/\d+)?", " ", fold(text))
    for pattern, word in _SAME:
        shown = pattern.sub(word, shown)
    return frozenset(re.findall(r"[^\W\d_]+", shown)) - _EMPTY
