# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Results told without a figure where what was done can be counted: "đã tiếp nhận nhiều hồ sơ"."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import figures
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft

_NOUNS = r"hồ sơ|văn bản|lượt người|lượt|cuộc họp|hội nghị|lớp|buổi|tin, bài|tin bài|tài khoản|chữ ký số|chứng thư số|thủ tục|hộ kinh doanh|sản phẩm|camera|máy tính|phản ánh|kiến nghị"
_DONE = r"tiếp nhận|giải quyết|xử lý|ban hành|phát hành|tổ chức|mở|đăng tải|đăng|cấp|số hóa|lắp đặt|hướng dẫn|hỗ trợ|kích hoạt|ký số|thanh toán"
_VAGUE = re.compile(
    rf"\b(?P<verb>(?:đã|được)\s+(?:[^\W\d_]+\s+){{0,2}}?(?:{_DONE}))(?:\s+được)?\s+(?:rất\s+)?(?P<how>nhiều|hàng trăm|hàng nghìn|hàng chục|khá nhiều|một số lượng lớn|không ít|một số|phần lớn|hầu hết|đa số)\s+(?:số\s+|các\s+)?(?P<noun>{_NOUNS})\b",
    re.I,
)


def counted_by_nothing(report: Report) -> Iterator[Draft]:
    """Only where no figure of the same thing stands in the section, and only in what was done."""
    for paragraph in report.prose:
        if paragraph.section < 0 or report.about_the_future(paragraph) or _about_troubles(report, paragraph):
            continue
        for match in _VAGUE.finditer(paragraph.text):
            head = match["noun"].split()[0].lower()
            section = report.sections[paragraph.section]
            if any(f.head == head for p in report.text_of(section) for f in figures(p.text)):
                continue
            message = f"Nêu «{match['how']} {match['noun']}» mà không có con số; ghi rõ số lượng trong kỳ."
            yield draft(paragraph, *match.span(), message, rank=55)


def _about_troubles(report: Report, paragraph: Paragraph) -> bool:
    return bool(
        re.search(
            r"khó khăn|hạn chế|tồn tại|vướng mắc|thuận lợi|đánh giá|nguyên nhân|bài học",
            report.headings_above(paragraph),
        )
    )


RULES = (
    Rule(
        "counted_by_nothing",
        "missing_figure",
        "warning",
        "Kết quả đếm được phải có số liệu (knowledge/topics)",
        "3 báo cáo xã, các báo cáo tự viết: 0 báo nhầm",
        counted_by_nothing,
    ),
)
