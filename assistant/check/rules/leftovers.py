# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""What the template or the drafter left: hints, placeholders, blanks, values that never came."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.check.text_tools import draft, sentence_at

_HINT = re.compile(
    r"\(\s*(?:[Nn]êu|[Gg]hi|[Đđ]iền|[Tt]rình bày|[Bb]áo cáo rõ|[Ll]iệt kê|[Mm]ô tả|[Đđ]ề nghị nêu|[Cc]hèn|[Bb]ổ sung|[Tt]hay|[Cc]họn|[Ll]ưu ý|[Xx]óa)\s+"
    r"(?:rõ\s+|tên|cụ thể|số|nội dung|các|những|ngắn|kết quả|đầy đủ|tóm tắt|chi tiết|thêm|ngày|vào|thông tin|tối đa|một|khi|dòng|phần)[^()]{0,160}(?:\)|$)"
)
_FOR_WHOM = re.compile(
    r"\(\s*(?:[Đđ]ối với|[Dd]ành cho|[Áá]p dụng (?:đối với|cho))\s+(?:các |những )(?:đơn vị|xã|phường|cơ quan|địa phương|cấp)[^()]{0,80}\)"
)
# brackets that put something off, or say when a line is to be filled in
_LATER = re.compile(
    r"\([^()]{0,80}\b(?:(?:bổ sung|cập nhật|điền|ghi|nhập|hoàn thiện|tính|thống kê)(?:\s+[^\W\d_]+){0,2}\s+sau|chờ (?:số liệu|bổ sung|xác nhận|cung cấp|tổng hợp)|(?:sẽ|cần) (?:bổ sung|cập nhật|điền) (?:số liệu|tên|thêm|lại))[^()]{0,40}\)"
    r"|\(\s*(?:chỉ\s+)?(?:ghi|nêu|điền|báo cáo|trình bày|liệt kê)(?:\s+[^\W\d_]+){0,4}\s+(?:nếu|khi)\s[^()]{2,80}\)"
    r"|\(\s*(?:nếu|trường hợp) (?:không )?(?:có|phát sinh)\s+(?:thì|ghi|nêu|cần)[^()]{2,80}\)"
    r"|\(\s*(?:mẫu|gợi ý|hướng dẫn)\s*:[^()]{2,120}\)"
    r"|\(\s*(?:tên|họ tên|họ và tên|số lượng|ngày tháng|đơn vị|nội dung|chức vụ)(?:,?\s+(?:đơn vị|chức vụ|số điện thoại|cơ quan|người|xã|thôn|văn bản|mô hình|cán bộ|ký|cụ thể|chủ trì|thực hiện|phụ trách|và chức vụ)){1,4}\s*\)",
    re.IGNORECASE,
)
_IF_ANY = re.compile(r"\([^()]{0,60}\bnếu có\s*\)")
_FIGURE_IF_ANY = re.compile(r"\d\s?(?:%|[^\W\d_]+(?: [^\W\d_]+)?)\s*(?P<hint>\(\s*nếu có\s*\))")
_BRACKETS = re.compile(
    r"\[(?!\d|đã ký|Đã ký)[^\]\[]{0,100}\]|<(?!\s|=|\d)[^<>@]{2,60}>|\{\{[^}]*\}\}|\{%[^%]*%\}|«(?:điền|nhập|ghi|chèn)[^«»]{0,60}»|[Ll]orem ipsum"
)
_MARKS = re.compile(
    r"(?<![\w.])(?:[xX]{2,}(?:[/.,-][xX]{1,4})*%?|TODO|XXX|\?{3,})(?![\w])|(?<!\w)(?:[xX]/[xX]|[Nn]/[Aa])(?!\w)"
)
_ROMAN_X = frozenset({"XX", "XXX"})
_UNIT_AFTER = re.compile(r"\s*(?:%|/|triệu|tỷ|đồng|hồ sơ|văn bản|người|hộ|lượt|tổ|thành viên|máy|thôn|ấp|chỉ tiêu)")
_MARKDOWN = re.compile(
    r"\*\*[^*]{1,80}\*\*|^#{1,6}\s|^```|Dưới đây là (?:bản|nội dung|báo cáo)|Hy vọng (?:báo cáo|bản|nội dung)|[Tt]ôi (?:có thể|đã) (?:giúp|soạn|viết)|với vai trò là (?:một )?(?:mô hình|trợ lý)"
)
_DOTS = re.compile(
    r"(?<![\w)”\"])(?:\.{4,}|…{2,}|…\.+|_{3,})|(?<=\s)(?:\.{3}|…)(?=\s*(?:%|hồ sơ|văn bản|người|hộ|/|tháng|năm\b|đồng|triệu|thành viên|lượt))|(?:\.{3,}|…)\s*/\s*(?:\.{3,}|…|\d)"
)


_DOCUMENT = "Nghị quyết|Nghị định|Quyết định|Kế hoạch|Công văn|Chỉ thị|Thông báo|Kết luận|Chương trình|Thông tư|Tờ trình|Báo cáo|Quy chế"
_BLANK_SYMBOL = re.compile(
    rf"(?:{_DOCUMENT})\s+số:?\s*(?:[.…_]{{2,}}|…)\s*[/-]\s?[A-ZĐ][\wĐ/-]*|(?:{_DOCUMENT})\s+số:?\s*(?:[.…_]{{2,}}|…)(?=\s+(?:ngày|của|về))"
    rf"|(?:{_DOCUMENT})\s+số:?\s*/\s?[A-ZĐ][\wĐ/-]*(?:\s+ngày\s*[/\d]+)?"
    rf"|(?:{_DOCUMENT})\s+số\s+\d[\wĐ/-]*\s+ngày\s*[.…_]+\s*[/ ]\s*(?:tháng\s*)?[.…_\d]*[/ ]*(?:năm\s*)?[.…_\d]*(?<=[.…_\d])"
    rf"|(?:{_DOCUMENT})\s+số\s+\d[\wĐ/-]*\s+ngày\s*(?:[.…_]{{2,}}|…)(?=\s+(?:của|về)\b|[,;])"
)


_BLANK = r"(?:\.{3,}|…[….]*|_{3,})"
# dots where a figure should stand: before a unit, or between a word that leads to a figure and what is counted
_NO_FIGURE = re.compile(
    rf"(?:(?<=:\s)|(?<=\bcó\s)|(?<=\blà\s)|(?<=\bđạt\s)|(?<=\bđược\s)|(?<=\bgồm\s)|(?<=\bvới\s)|(?<=\bcho\s)|(?<=\btổng\s)|(?<=\bkhoảng\s)|(?<=\btrên\s)|(?<=\bchiếm\s))"
    rf"{_BLANK}(?P<unit>\s?%|\s+(?!tháng|năm|ngày|quý|và\b)[a-zà-ỹ]+(?:\s[a-zà-ỹ]+)?)"
    rf"|(?<=\s){_BLANK}\s*(?P<unit2>%|(?:hồ sơ|văn bản|lượt người|lượt|người|hộ|triệu đồng|tỷ đồng|đồng|thành viên|điểm|lớp|buổi|cuộc|máy|tài khoản)(?!\w))"
)
_NO_NAME = re.compile(rf"(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à)\s+(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s+){{0,3}}{_BLANK}")


def template_hints(report: Report) -> Iterator[Draft]:
    """Instructions of the template in brackets."""
    for paragraph in report.paragraphs:
        for pattern, severity, what in (
            (_HINT, "error", "Còn sót lời hướng dẫn của mẫu"),
            (_LATER, "warning", "Còn sót lời hướng dẫn hoặc lời nhắn của người soạn"),
            (_FOR_WHOM, "warning", "Còn sót lời hướng dẫn của mẫu báo cáo"),
        ):
            for match in pattern.finditer(paragraph.text):
                yield draft(
                    paragraph,
                    *match.span(),
                    f"{what}: «{match.group()}»; xóa hoặc thay bằng nội dung thật.",
                    severity=severity,
                    rank=80,
                )
        for match in _FIGURE_IF_ANY.finditer(paragraph.text):
            yield draft(
                paragraph,
                *match.span("hint"),
                "Đã có số liệu thì bỏ chữ «nếu có» của mẫu.",
                severity="warning",
                rank=60,
            )
        if paragraph.heading and (if_any := _IF_ANY.search(paragraph.text)):
            yield draft(paragraph, *if_any.span(), "Đề mục còn chữ «nếu có» của mẫu.", severity="warning", rank=60)


def placeholders(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        if paragraph.zone == "head":
            continue
        for match in _BRACKETS.finditer(paragraph.text):
            if match.group().endswith("chưa có số liệu]"):
                what = match.group().strip("[]").rpartition(":")[0]
                yield draft(paragraph, *match.span(), f"Chưa có số liệu: {what}.", category="missing_figure", rank=79)
                continue
            yield draft(paragraph, *match.span(), f"Chỗ trống của mẫu chưa điền: «{match.group()}».", rank=82)
        for match in _MARKS.finditer(paragraph.text):
            if match.group() not in _ROMAN_X or _UNIT_AFTER.match(paragraph.text, match.end()):
                yield draft(paragraph, *match.span(), f"Chỗ trống chưa điền số liệu: «{match.group()}».", rank=82)
        for match in _MARKDOWN.finditer(paragraph.text) if paragraph.index else ():
            yield draft(
                paragraph, *match.span(), "Còn sót ký hiệu hoặc câu chữ của công cụ soạn thảo tự động.", rank=80
            )
        if paragraph.zone in ("body", "closing") or paragraph.table is not None:
            for match in _BLANK_SYMBOL.finditer(paragraph.text):
                message = "Văn bản viện dẫn còn để trống số hoặc ngày; ghi đủ số, ký hiệu, ngày ban hành."
                yield draft(paragraph, *match.span(), message, category="missing_field", rank=78)
            for match in _NO_NAME.finditer(paragraph.text):
                message = "Tên người còn để trống; ghi đủ họ, tên hoặc bỏ."
                yield draft(paragraph, *match.span(), message, category="missing_field", rank=78)
            for match in _NO_FIGURE.finditer(paragraph.text):
                message = f"Thiếu con số trước «{(match['unit'] or match['unit2']).strip()}»."
                yield draft(paragraph, *match.span(), message, category="missing_figure", rank=79)
            filled = _NO_FIGURE.sub(lambda blank: " " * len(blank.group()), paragraph.text)
            filled = _NO_NAME.sub(lambda blank: " " * len(blank.group()), filled)
            for match in _DOTS.finditer(_BLANK_SYMBOL.sub(lambda blank: " " * len(blank.group()), filled)):
                start, _end = sentence_at(paragraph.text, match.start())
                begin = max(start, match.start() - 60)
                yield draft(paragraph, _word_start(paragraph.text, begin), match.end(), "Chỗ chấm chưa điền.", rank=78)


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at) if at else -1
    return space + 1 if 0 <= space < at + 15 else at


_NO_VALUE = re.compile(
    r"(?P<lead>(?:đạt|là|chiếm|đạt tỷ lệ|tỷ lệ|có|gồm|tổng số|được|số lượng|khoảng)\s*:?)\s+(?P<unit>%|hồ sơ(?:,|;|\.|$)|văn bản(?:,|;|\.|$)|/\s|triệu đồng|tỷ đồng)"
)
_NO_COUNT = re.compile(
    r"\b(?:[Ss]ố|[Tt]ổng số)\s+(?:[^\W\d_]+\s+){1,8}?(?:là|có|đạt|gồm)\s+(?P<unit>người|hồ sơ|lượt|văn bản|hộ|máy|tài khoản|thành viên|triệu đồng|đồng)(?=\s*[,.;]|$)"
)
_TRAILING = re.compile(r"^(?:Tỷ lệ|Tỉ lệ|Số lượng|Số lượt|Tổng số|Số)\b[^\d%]{12,220}(?:…|\.\.\.|:)\s*\.?$")
_OF_WHICH = re.compile(r"\(\s*trong đó:?\s+[^()\d]{3,60}\)")


def missing_values(report: Report) -> Iterator[Draft]:
    """An indicator without its value."""
    for paragraph in report.zone("body"):
        words = paragraph.words
        if _TRAILING.match(words) and not _continues(report, paragraph.index):
            yield draft(
                paragraph,
                paragraph.words_start,
                len(paragraph.text),
                "Chỉ tiêu chưa có số liệu, câu bỏ lửng.",
                words.rstrip(" …:.") + " đạt …%",
                rank=77,
            )
        for match in _NO_VALUE.finditer(paragraph.text):
            if match["unit"] == "%" or (
                match["lead"].rstrip(":") in ("đạt", "là", "chiếm", "đạt tỷ lệ", "tổng số")
                and _followed(paragraph.text, match)
            ):
                message = f"Thiếu con số trước «{match['unit'].strip(' .,;')}»."
                yield draft(paragraph, *match.span(), message, category="missing_figure", rank=76)
        for match in _NO_COUNT.finditer(paragraph.text):
            message = f"Thiếu con số trước «{match['unit']}»."
            yield draft(paragraph, *match.span(), message, category="missing_figure", rank=76)
        for match in _OF_WHICH.finditer(paragraph.text):
            yield draft(paragraph, *match.span(), "«trong đó» mà không có số liệu.", severity="info", rank=30)


def _followed(text: str, match: re.Match[str]) -> bool:
    """ "đạt văn bản" cannot be prose; "là hồ sơ điện tử" can."""
    return match["lead"].startswith(("đạt", "chiếm", "tổng số")) or match["unit"].endswith(("triệu đồng", "tỷ đồng"))


def _continues(report: Report, index: int) -> bool:
    """Whether the items that follow give the values."""
    following = report.paragraphs[index + 1 : index + 2]
    return (
        bool(following)
        and (
            following[0].label is not None
            and following[0].label.style == "bullet"
            and report.paragraphs[index].text.rstrip().endswith(":")
        )
    ) or bool(following and following[0].table)


_BLANK_NUMBER = re.compile(r"(?:[Bb]áo cáo\s+)?[Ss]ố\s*:?\s*[.…_\s]*/\s?(?P<symbol>[A-ZĐ]{2,4}-[A-ZĐ]+)")
_BLANK_DAY = re.compile(r"ngày\s*[.…_]*\s+tháng\s*(?:\d{1,2}|[.…_]*)\s+năm\s+\d{4}|ngày\s+/\d{1,2}/\d{4}")


def blank_number(report: Report) -> Iterator[Draft]:
    """Number and day of the report itself still open."""
    for paragraph in report.zone("head", "appendix"):
        matches = [m for m in (_BLANK_NUMBER.search(paragraph.text), _BLANK_DAY.search(paragraph.text)) if m]
        if matches:
            start, end = min(m.start() for m in matches), max(m.end() for m in matches)
            yield draft(paragraph, start, end, "Số hoặc ngày của báo cáo còn để trống; điền khi ban hành.", rank=15)


_UNNUMBERED = re.compile(
    r"(?:[Bb]an hành|[Tt]ham mưu ban hành)\s+(?P<doc>Quyết định|Kế hoạch|Nghị quyết|Chương trình|Công văn|Thông báo)\s+"
    r"(?P<what>thành lập|kiện toàn|phê duyệt|triển khai|về việc|về|ban hành)(?P<rest>[^.;]{5,140})"
)


def unnumbered_decision(report: Report) -> Iterator[Draft]:
    """ "Ban hành Quyết định thành lập …" without number and date, and no numbered mention of it anywhere."""
    numbered = " ".join(p.text for p in report.prose).lower()
    for paragraph in report.prose:
        if report.about_the_future(paragraph):
            continue
        for match in _UNNUMBERED.finditer(paragraph.text):
            if re.search(r"\bsố\s+\d|\d+/", match.group()):
                continue
            subject = re.match(r"\s*((?:[^\W\d_]+\s?){2,4})", match["rest"])
            key = f"{match['what']} {subject.group(1).strip()}".lower() if subject else ""
            if key and re.search(rf"{match['doc'].lower()} số \d[^;.]{{0,60}}{re.escape(key)}", numbered):
                continue
            end = match.end("rest")
            cut = re.match(r"[^,;.]{5,70}", match["rest"])
            end = match.start("rest") + cut.end() if cut else end
            yield draft(
                paragraph,
                match.start(),
                end,
                f"{match['doc']} nêu không có số, ngày, tháng ban hành.",
                match.group(0)[: match.end("doc") - match.start()]
                + " số …/… ngày …/…/… "
                + paragraph.text[match.start("what") : end],
                rank=48,
            )


RULES = (
    Rule(
        "template_hint",
        "leftover_placeholder",
        "error",
        "Dấu vết mẫu báo cáo",
        "3 báo cáo xã: 2 lỗi đúng, 0 báo nhầm",
        template_hints,
    ),
    Rule(
        "placeholder",
        "leftover_placeholder",
        "error",
        "Dấu vết mẫu báo cáo",
        "3 báo cáo xã: 0 báo nhầm; 15 văn bản trung ương và tỉnh (108.000 từ): chỉ báo ở các mẫu của nghị định",
        placeholders,
    ),
    Rule(
        "missing_value",
        "missing_field",
        "error",
        "Chỉ tiêu phải có số liệu",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        missing_values,
    ),
    Rule(
        "blank_number",
        "missing_field",
        "info",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 3, 4",
        "3 báo cáo xã: 2 chỗ đúng",
        blank_number,
    ),
    Rule(
        "unnumbered",
        "missing_field",
        "warning",
        "Viện dẫn văn bản phải có số, ngày (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6)",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        unnumbered_decision,
    ),
)
