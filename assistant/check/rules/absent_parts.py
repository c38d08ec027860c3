"""Parts of the form that are not there (number, date, recipients, signature), and what the title promises."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft
from assistant.vietnamese.text import fold

_NATION = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI")
_NUMBER = re.compile(r"(?<!\w)Số\s*:?\s*[\d.…_\s]*/|(?<!\w)Số\s*:", re.IGNORECASE)
_DATE = re.compile(r"ngày.{0,12}tháng.{0,12}năm", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?[./]")
_POST = re.compile(r"(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|GIÁM ĐỐC)\b")


def parts_absent(report: Report) -> Iterator[Draft]:
    """Only of a text that has the letterhead and the end of a report: a pasted part is not blamed."""
    head, recipients, signature = (report.zone(zone) for zone in ("head", "recipients", "signature"))
    letterhead = " ".join(p.text for p in head)
    title = next((p for p in head if p.text.startswith("BÁO CÁO")), None)
    if not _NATION.search(letterhead) or title is None or not (recipients or signature or report.zone("closing")):
        return
    if not _NUMBER.search(letterhead):
        yield _absent(title, "Báo cáo không có số, ký hiệu («Số: …/BC-…»)")
    if not _DATE.search(letterhead):
        yield _absent(title, "Báo cáo không có địa danh và ngày, tháng, năm ban hành")
    if signature and not recipients:
        yield _absent(signature[0], "Báo cáo không có phần «Nơi nhận»")
    if recipients and not signature:
        yield _absent(recipients[0], "Báo cáo không có phần ký: quyền hạn, chức vụ, họ tên người ký")
    yield from _signer(signature)


def _signer(signature: list[Paragraph]) -> Iterator[Draft]:
    lines = [p for p in signature if p.text.strip()]
    names = [p for p in lines if not p.text.isupper() and re.search(r"[^\W\d_]{2}", p.text)]
    posts = [p for p in lines if p.text.isupper() and not _AUTHORITY.match(p.text) and _POST.search(p.text)]
    if names and not posts and lines[0].text.isupper():
        yield _absent(names[0], "Phần ký không ghi chức vụ của người ký")
    if posts and not names and lines[-1].text.isupper():
        yield _absent(lines[-1], "Phần ký không ghi họ và tên người ký")


def _absent(paragraph: Paragraph, what: str) -> Draft:
    return draft(paragraph, 0, len(paragraph.text), f"{what}.", rank=58)


_PROMISED = re.compile(
    r"(?:và\s+|[;,]\s*)?(?:phương hướng|nhiệm vụ|giải pháp)\b[^()]*?(?:năm|quý|tháng|thời gian tới|tiếp theo)\b[^()]*$",
    re.I,
)
_PART = re.compile(
    r"phuong huong|^(?:mot so |cac )?(?:nhiem vu|giai phap)|ke hoach (?:cong tac|nam|quy|thang)|thoi gian toi"
)
_IN_WORDS = re.compile(
    r"phuong huong|nhiem vu (?:trong tam|chu yeu|nam|quy|thang|\d)|thoi gian toi|giai phap (?:trong tam|chu yeu)"
)


def promised_in_the_title(report: Report) -> Iterator[Draft]:
    """ "… và phương hướng, nhiệm vụ năm 2026" over a report that has no such part."""
    told = re.sub(r"\s*\([^()]*\)\s*$", "", report.title)
    match = _PROMISED.search(told)
    if match is None or report.title_span is None or len(report.sections) < 3:
        return
    headings = [fold(section.heading) for section in report.sections]
    leads = [fold(p.text[:120]) for p in report.prose if not p.heading]
    if any(_PART.search(heading) or _IN_WORDS.search(heading) for heading in headings) or any(
        _IN_WORDS.search(lead) for lead in leads[1:-1]
    ):
        return
    start, end = report.title_span
    words = re.compile(r"\s+".join(re.escape(word) for word in match.group().lstrip(";, ").split()))
    found = words.search(report.source.text, start, end)
    if found:
        message = f"Tiêu đề nêu «{match.group().strip(' ;,')}» nhưng báo cáo không có phần này."
        yield Draft(*found.span(), message, rank=66)


RULES = (
    Rule(
        "parts_absent",
        "missing_field",
        "warning",
        "Nghị định 30/2020/NĐ-CP, Điều 8",
        "3 báo cáo xã, 5 bản thảo của chương trình, các báo cáo tự viết: 0 báo nhầm",
        parts_absent,
    ),
    Rule(
        "promised_part",
        "missing_section",
        "error",
        "Tiêu đề và nội dung của chính báo cáo",
        "3 báo cáo xã, các báo cáo tự viết: 0 báo nhầm",
        promised_in_the_title,
    ),
)
