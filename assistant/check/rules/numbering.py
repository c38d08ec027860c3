# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Numbers of sections and points that skip, repeat or run backwards; appendices referred to that are not there."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.reading.labels import POINTS, Label, roman
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import draft

_STYLE_RANK = {"part": 0, "letter": 1, "roman": 2, "decimal": 3, "point": 10, "paren": 11}


def _rank(label: Label) -> int:
    return _STYLE_RANK[label.style] + (len(label.numbers) - 1 if label.style == "decimal" else 0)


def wrong_numbers(report: Report) -> Iterator[Draft]:
    """Each number against the one before it on its level."""
    last: dict[int, Label] = {}
    meant: dict[int, int] = {}  # the number that a wrong one should have had: "3.4, 3.4, 3.6" is one slip, not two
    for paragraph in report.paragraphs:
        if paragraph.zone != "body" or paragraph.table is not None:
            if paragraph.zone != "body":
                last.clear()
            continue
        label = paragraph.label
        if label is None:
            continue
        if label.style == "bullet":
            if label.text == "*":  # a starred lead line begins a list of its own
                last = {rank: known for rank, known in last.items() if rank < 10}
            continue
        rank = _rank(label)
        before = last.get(rank)
        last = {known_rank: known for known_rank, known in last.items() if known_rank < rank}
        last[rank] = label
        corrected = meant.pop(rank, None)
        if before and corrected and label.numbers == (*before.numbers[:-1], corrected + 1):
            continue
        found = list(_judge(paragraph, label, before, last))
        if found and before:
            meant[rank] = before.numbers[-1] + 1
        yield from found


def _judge(paragraph: Paragraph, label: Label, before: Label | None, open_: dict[int, Label]) -> Iterator[Draft]:
    number = label.numbers[-1]
    space = paragraph.text.find(" ", max(label.end, 1) + 70)
    end = space if space > 0 else len(paragraph.text)
    parent = open_.get(_rank(label) - 1) if label.style == "decimal" and len(label.numbers) > 1 else None
    if parent and parent.style == "decimal" and parent.numbers != label.numbers[:-1]:
        right = ".".join(map(str, (*parent.numbers, number)))
        yield draft(
            paragraph,
            0,
            end,
            f"Mục «{label.text}» nằm trong mục «{parent.text}», số phải bắt đầu bằng «{parent.text}.».",
            right + paragraph.text[len(label.text) : end],
            rank=70,
        )
        return
    expected = before.numbers[-1] + 1 if before and before.numbers[:-1] == label.numbers[:-1] else 1
    if number == expected or (number == 1 and before is not None):
        return
    if before is None and not (label.style in ("decimal", "roman") and paragraph.heading and number <= 3):
        return  # a list may begin where an extraction lost its head; only short gaps at headings are certain
    if label.style == "point" and (label.text, _name(before)) in (("e", "d"),):
        yield draft(
            paragraph,
            0,
            end,
            "Sau điểm d) là điểm đ) theo bảng chữ cái tiếng Việt, rồi mới đến e).",
            "đ" + paragraph.text[1:end],
            severity="info",
        )
        return
    want = _written(label, expected)
    if before is not None and number == before.numbers[-1]:
        message = f"Hai mục cùng mang số «{label.text}»; mục này phải là «{want}»."
    elif before is not None and number < expected:
        message = f"Mục «{label.text}» đứng sau mục «{_name(before)}»; số phải là «{want}»."
    else:
        after = f" sau mục «{_name(before)}»" if before else ""
        message = f"Đánh số nhảy cóc: mục «{label.text}» đứng{after}, thiếu mục «{want}»."
    yield draft(
        paragraph,
        0,
        end,
        message,
        want + paragraph.text[len(label.text) : end],
        severity=None if paragraph.heading else "warning",
        rank=75,
    )


def _name(label: Label | None) -> str:
    return label.text if label else ""


def _written(label: Label, number: int) -> str:
    if label.style == "roman":
        return roman(number)
    if label.style == "point":
        return POINTS[number - 1] if 0 < number <= len(POINTS) else label.text
    if label.style == "letter":
        return "ABCDĐEGH"[number - 1] if 0 < number <= 8 else label.text
    if label.style == "part":
        return re.sub(r"\S+$", roman(number), label.text)
    return ".".join(map(str, (*label.numbers[:-1], number)))


_REFERRED = re.compile(
    r"[Pp]hụ lục\s+(?:số\s+)?(?P<list>(?:[IVX]{1,5}|\d{1,2})(?:\s*(?:,|và|-|đến)\s*(?:[IVX]{1,5}|\d{1,2}))*)(?![\w/-])"
)
_APPENDIX_HEAD = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s*)?(?P<n>[IVX]{1,5}|\d{1,2}))?\b")
_SOMEONE_ELSES = re.compile(r"\s*(?:của|ban hành|kèm theo|,?\s*(?:Nghị|Quyết|Thông|Kế|Công văn))", re.I)
_ANY = re.compile(
    r"\((?:có\s+)?(?:chi tiết|biểu|phụ lục)[^()]{0,80}(?:gửi kèm|kèm theo|đính kèm)[^()]{0,20}\)|phụ lục (?:chi tiết )?(?:gửi )?kèm(?: theo)?",
    re.I,
)


def missing_appendices(report: Report) -> Iterator[Draft]:
    """An appendix that the body refers to and the file does not hold."""
    told = False
    heads = [m for p in report.zone("appendix") if (m := _APPENDIX_HEAD.match(p.text))]
    present = {m["n"] or "" for m in heads}
    for paragraph in report.zone("body", "closing"):
        for match in _REFERRED.finditer(paragraph.text):
            if _SOMEONE_ELSES.match(paragraph.text, match.end()):
                continue
            named = re.findall(r"[IVX]{1,5}|\d{1,2}", match["list"])
            absent = [name for name in named if name not in present]
            if not absent or (len(heads) == 1 and present == {""}):
                continue
            start, end = _around(paragraph.text, match.start(), match.end())
            yield draft(
                paragraph,
                start,
                end,
                f"Báo cáo dẫn Phụ lục {', '.join(absent)} nhưng tệp không có phụ lục đó; đính kèm hoặc sửa số phụ lục.",
                severity="info" if told or not heads else None,  # all of them may be files of their own
                rank=55,
            )
            told = True
        vague = _ANY.search(paragraph.text)
        if not heads and vague and not _REFERRED.search(paragraph.text):
            yield draft(
                paragraph, *vague.span(), "Báo cáo dẫn phụ lục gửi kèm nhưng tệp không có phụ lục nào.", severity="info"
            )


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """With the "theo" before it and the "gửi kèm" after it."""
    before = re.search(r"(?:theo|tại)\s+$", text[:start])
    after = re.match(r"\s*(?:gửi kèm|kèm theo|đính kèm)", text[end:])
    return (before.start() if before else start), (end + after.end() if after else end)


def appendix_order(report: Report) -> Iterator[Draft]:
    """Appendices numbered without gap and all of them referred to."""
    numbered = [
        (p, m["n"])
        for p in report.zone("appendix")
        if (m := _APPENDIX_HEAD.match(p.text)) and m["n"] and len(p.text) < 60
    ]
    values = [_value(n) for _, n in numbered]
    for (paragraph, _), value, expected in zip(numbered, values, range(1, len(values) + 1), strict=True):
        if value != expected:
            want = roman(expected)
            yield draft(
                paragraph,
                0,
                len(paragraph.text),
                f"Phụ lục đánh số không liên tục, ở đây phải là Phụ lục {want}.",
                f"Phụ lục {want}",
            )
            return


def _value(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next((n for n in range(1, 50) if roman(n) == written), 0)


RULES = (
    Rule(
        "numbering",
        "numbering_gap",
        "error",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6",
        "3 báo cáo xã: 1 đúng, 0 báo nhầm; 15 văn bản trung ương và tỉnh (108.000 từ): 3 báo nhầm ở phụ lục mất thứ tự khi lấy chữ từ PDF",
        wrong_numbers,
    ),
    Rule(
        "appendix",
        "missing_section",
        "warning",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản 1",
        "3 báo cáo xã: 2 chỗ đúng, 0 báo nhầm",
        missing_appendices,
    ),
    Rule(
        "appendix_order",
        "numbering_gap",
        "warning",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản 1",
        "báo cáo tự viết để thử",
        appendix_order,
    ),
)
