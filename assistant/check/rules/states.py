# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Files and tasks by what became of them: solved, under way, withdrawn … must make up what came in."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, draft, number, sentence_at
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import format_number

_RECEIVED = re.compile(
    rf"(?:tiếp nhận|nhận được)[^.;()\d]{{0,90}}?\s*(?P<n>{COUNT})\s+(?:hồ sơ|TTHC|thủ tục)"
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
            rf"(?P<m>{COUNT})\s+hồ sơ (?:đang |chờ |yêu cầu )?(?:tạm dừng|bổ sung)|(?:tạm dừng|(?:chờ|yêu cầu) bổ sung)[^\d%;.(]{{0,20}}?:?\s*(?P<n>{COUNT})",
            re.I,
        ),
    ),
)


def states_of_files(report: Report) -> Iterator[Draft]:
    """Files received against solved + under way + withdrawn … in one section."""
    for section_paragraphs in _by_section(report):
        received: Decimal | None = None
        for paragraph in section_paragraphs:
            text = _without_dates(paragraph.text)
            found = _states(text)
            before = min((start for _, _, start, _ in found), default=len(text))
            match = _RECEIVED.search(text, 0, before) or (_RECEIVED.search(text) if not found else None)
            if match:
                received = number(match["n"] or match["m"])
            if received is None:
                continue
            if {"đã giải quyết", "đang giải quyết"} <= {name for name, _, _, _ in found}:
                made = sum((value for _, value, _, _ in found), Decimal(0))
                told = {number(m.group()) for p in section_paragraphs for m in re.finditer(COUNT, p.text)}
                if made != received and made not in told:
                    start, end = _states_span(found)
                    rows = " + ".join(f"{format_number(v)} ({name})" for name, v, _, _ in found)
                    message = f"Hồ sơ tiếp nhận {format_number(received)} nhưng các trạng thái cộng lại: {rows} = {format_number(made)} (chênh {format_number(abs(received - made))})."
                    yield draft(paragraph, start, end, message, rank=91)
                break


def _without_dates(text: str) -> str:
    """Dates blanked out, so that a figure after them can be found across them."""
    for mention in find_dates(text):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _states_span(found: list[tuple[str, Decimal, int, int]]) -> tuple[int, int]:
    """From the first rarer state to the last, or the last state: that is where the difference is looked for."""
    ordered = sorted(found, key=lambda row: row[2])
    rare = [row for row in ordered if row[0] not in ("đã giải quyết", "đang giải quyết")]
    chosen = rare or ordered[-1:]
    return chosen[0][2], chosen[-1][3]


def _states(text: str) -> list[tuple[str, Decimal, int, int]]:
    found = []
    for name, pattern in _STATES:
        if match := pattern.search(text):
            groups = match.groupdict()
            found.append((name, number(groups.get("n") or groups.get("m") or "0"), match.start(), match.end()))
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


_ON_TIME = r"(?:(?:trước|sớm|đúng)(?: và |, ))?(?:trước|sớm|đúng|quá|trễ|chậm) hạn"
_TIMELY = re.compile(
    rf"(?P<l>{_ON_TIME}(?:\s*(?:,|và)\s*{_ON_TIME})*)(?:\s+trở lên)?\s*(?:là|:|có|đạt)?\s*(?P<n>{COUNT})(?:\s+hồ sơ)?|(?P<n2>{COUNT})\s+hồ sơ\s+(?:giải quyết\s+|trả\s+)?(?P<l2>{_ON_TIME}(?:\s*(?:,|và)\s*{_ON_TIME})*)",
    re.I,
)
_SOLVED = re.compile(
    rf"(?:(?<!đang )(?:[Gg]iải quyết|đã trả)|kết quả đã trả)[^.;\d]{{0,30}}?(?P<n>{COUNT})\s+(?:hồ sơ|kết quả)", re.I
)


def solved_on_time(report: Report) -> Iterator[Draft]:
    """ "đã giải quyết 1.866 hồ sơ, đúng hạn và trước hạn 1.851 hồ sơ, quá hạn 13 hồ sơ"."""
    for paragraph in report.prose:
        for solved in _SOLVED.finditer(paragraph.text):
            _, end = sentence_at(paragraph.text, solved.start())
            found = list(_TIMELY.finditer(paragraph.text, solved.end(), end))
            labels = [word for match in found for word in re.findall(_ON_TIME, (match["l"] or match["l2"]).lower())]
            late = [word for word in labels if word.startswith(("quá", "trễ", "chậm"))]
            if len(found) < 2 or len(late) != 1 or len(set(labels)) < len(labels):
                continue
            whole, made = number(solved["n"]), sum((number(match["n"] or match["n2"]) for match in found), Decimal(0))
            if made == whole or abs(made - whole) > whole / 10:
                continue
            rows = " + ".join(match["n"] or match["n2"] for match in found)
            message = f"Đã giải quyết {format_number(whole)} nhưng cộng theo hạn: {rows} = {format_number(made)}."
            yield draft(paragraph, solved.start("n"), found[-1].end(), message, rank=90)


_TASK = r"(?:nhiệm vụ|chỉ tiêu|đầu việc)"
_ALL_TASKS = re.compile(rf"(?P<n>{COUNT})\s+(?P<noun>{_TASK})\b")
_STATE_WORDS = r"(?:đã hoàn thành|hoàn thành|đang (?:triển khai|thực hiện|làm)|chưa (?:triển khai|thực hiện|hoàn thành|đạt)|quá hạn|trễ hạn|chậm(?: tiến độ)?)"
_TASK_STATE = re.compile(
    rf"(?P<s>\b{_STATE_WORDS})(?:\s+trong hạn|\s+đúng hạn)?\s*:?\s*(?:là\s+|được\s+)?(?P<n>{COUNT})\s+{_TASK}\b"
    rf"|(?P<n2>{COUNT})\s+{_TASK}\s+(?:đã\s+|còn\s+|bị\s+)?(?P<s2>{_STATE_WORDS})(?!\w)",
    re.I,
)


def states_of_tasks(report: Report) -> Iterator[Draft]:
    """ "32 nhiệm vụ … hoàn thành 25 nhiệm vụ, đang triển khai 05 nhiệm vụ, chưa triển khai 01 nhiệm vụ"."""
    for paragraph in report.prose:
        states = list(_TASK_STATE.finditer(paragraph.text))
        names = [_state(match) for match in states]
        if len(states) < 3 or len(set(names)) < len(names) or "hoàn thành" not in names:
            continue
        whole = _ALL_TASKS.search(paragraph.text, 0, states[0].start())
        made = sum((number(match["n"] or match["n2"]) for match in states), Decimal(0))
        if (
            whole is None
            or number(whole["n"]) == made
            or not 0 < abs(number(whole["n"]) - made) <= number(whole["n"]) / 5
        ):
            continue
        rows = " + ".join(f"{match['n'] or match['n2']} ({name})" for match, name in zip(states, names, strict=True))
        message = f"Có {whole['n']} {whole['noun']} nhưng cộng lại: {rows} = {format_number(made)}."
        yield draft(paragraph, states[0].start(), states[-1].end(), message, rank=88)


def _state(match: re.Match[str]) -> str:
    return (
        (match["s"] or match["s2"])
        .lower()
        .removeprefix("đã ")
        .replace("thực hiện", "triển khai")
        .replace("làm", "triển khai")
    )


def one_state_two_counts(report: Report) -> Iterator[Draft]:
    """ "đang triển khai 05 nhiệm vụ" here, "06 nhiệm vụ đang triển khai" there; done is told of several wholes."""
    seen: dict[str, tuple[Decimal, Paragraph, re.Match[str]]] = {}
    for paragraph in report.zone("body"):
        for match in _TASK_STATE.finditer(paragraph.text) if paragraph.table is None else ():
            name, value = _state(match), number(match["n"] or match["n2"])
            first = seen.setdefault(name, (value, paragraph, match))
            if name == "hoàn thành" or first[0] == value or first[1].section == paragraph.section:
                continue
            where = report.location(first[1]) or "trên"
            yield draft(
                paragraph, *match.span(), f"Ở đây ghi «{match.group()}», mục {where} ghi «{first[2].group()}».", rank=64
            )


RULES = (
    Rule(
        "solved_on_time",
        "arithmetic",
        "error",
        "Hồ sơ đã giải quyết = trước hạn + đúng hạn + quá hạn",
        "3 báo cáo xã, 10 báo cáo tự viết: 0 báo nhầm",
        solved_on_time,
    ),
    Rule(
        "states",
        "arithmetic",
        "error",
        "Hồ sơ tiếp nhận = đã giải quyết + đang giải quyết + hủy, rút, trả lại, tạm dừng",
        "3 báo cáo xã: 1 lỗi đúng, 1 mục khớp không báo",
        states_of_files,
    ),
    Rule(
        "task_states",
        "arithmetic",
        "error",
        "Tổng nhiệm vụ bằng các trạng thái cộng lại",
        "3 báo cáo xã, 10 báo cáo tự viết: 0 báo nhầm",
        states_of_tasks,
    ),
    Rule(
        "task_counts",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo",
        "3 báo cáo xã, 10 báo cáo tự viết: 0 báo nhầm",
        one_state_two_counts,
    ),
)
