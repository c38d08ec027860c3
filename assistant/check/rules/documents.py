# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Cited documents against one another: numbers against dates, a document against the one it carries out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import Levenshtein

from assistant.check.model import Draft, Rule
from assistant.check.report import Report
from assistant.vietnamese.dates import make_date
from assistant.vietnamese.text import canonical_tone, fold, nfc

_CARRIES_OUT = re.compile(
    r"^\W*(?:,?\s*của [^;.]{3,90}?\s)?(?:về việc\s+|về\s+|V/v\s+)?(?:tổ chức\s+)?(?:triển khai\s+)?(?:thực hiện|triển khai|cụ thể hóa|hướng dẫn thi hành|quy định chi tiết)\b[^;.]{0,30}$",
    re.I,
)
_NUMBER = re.compile(r"^(?P<n>\d{1,5})(?P<rest>[-/].+)$")


def _date(reference: Mapping[str, Any]) -> date | None:
    written = reference.get("date")
    return date.fromisoformat(str(written)) if written else None


def out_of_order(report: Report) -> Iterator[Draft]:
    """Of one issuer's documents of one kind and year, a higher number with an earlier date."""
    series: dict[tuple[str, str, int], dict[tuple[int, date], Mapping[str, Any]]] = {}
    for reference in report.references:
        day = _date(reference)
        match = _NUMBER.match(str(reference.get("symbol") or ""))
        if day is None or match is None or reference.get("short_form"):
            continue
        if re.match(r"/\d{4}/", match["rest"]):
            continue  # numbers of normative documents are given by another desk
        issuer = fold(str(reference.get("issuer") or ""))
        if not issuer and not match["rest"].endswith(("UBND", "ĐU", "HĐND", "BCĐ")):
            continue
        key = (match["rest"], _own(report, issuer), day.year)
        series.setdefault(key, {}).setdefault((int(match["n"]), day), reference)
    for found in series.values():
        ordered = sorted(found.items())
        for ((low, low_day), first), ((high, high_day), second) in pairwise(ordered):
            if high > low and high_day < low_day:
                message = f"Số và ngày ngược nhau: số {high} ngày {high_day:%d/%m/%Y} lại ra trước số {low} ngày {low_day:%d/%m/%Y}"
                for one, other, severity in ((second, first, None), (first, second, "info")):
                    words = " ".join(str(other["text"]).split())
                    yield Draft(
                        int(one["start"]),
                        int(one["end"]),
                        f"{message} («{words}»); một số hoặc một ngày đã ghi sai.",
                        severity=severity,  # type: ignore[arg-type]
                        rank=66,
                    )


def _own(report: Report, issuer: str) -> str:
    """One key for the reporting commune, however it is named or left out."""
    name = fold(report.unit.name)
    return (
        ""
        if not issuer or (name and name in issuer) or issuer in ("ubnd xa", "uy ban nhan dan xa", "dang uy xa")
        else issuer
    )


def before_its_basis(report: Report) -> Iterator[Draft]:
    """A document dated before the one that it carries out."""
    references = report.references
    for outer, inner in pairwise(references):
        a, b = _date(outer), _date(inner)
        if a is None or b is None or a >= b or outer.get("short_form"):
            continue
        between = " ".join(report.source.text[int(outer["end"]) : int(inner["start"])].split())
        if ";" in between:
            continue  # two items of a list of legal grounds
        if len(between) <= 140 and _CARRIES_OUT.match(between) and not re.search(r"\bvà\s*$|đã\b", between):
            yield Draft(
                int(outer["start"]),
                int(outer["end"]),
                f"Văn bản ngày {a:%d/%m/%Y} không thể triển khai văn bản ban hành sau nó, ngày {b:%d/%m/%Y}"
                f" («{' '.join(str(inner['text']).split())}»).",
                rank=66,
            )


def title_wording(report: Report) -> Iterator[Draft]:
    """A title quoted nearly right: a word left out, one too many, commas elsewhere."""
    outer = [
        (*one["title_span"], fold(str(one.get("registered_title"))))
        for one in report.references
        if one.get("title_span")
    ]
    for reference in report.references:
        span, registered = reference.get("title_span"), reference.get("registered_title")
        if not span or not registered or "wrong_title" in (reference["verdict"], *reference["also"]):
            continue
        written = " ".join(report.source.text[span[0] : span[1]].split())
        if any(a < reference["start"] < b and fold(written) in title for a, b, title in outer):
            continue  # a title inside another title is worded as that one words it
        reason = _difference(nfc(written), str(registered))
        if reason:
            lead = "về " if written.lower().startswith("về ") and not str(registered).lower().startswith("về ") else ""
            right = lead + str(registered)
            if written[0].islower():
                right = right[0].lower() + right[1:]
            yield Draft(
                int(span[0]),
                int(span[1]),
                f"Trích yếu ghi chưa đúng nguyên văn ({reason}): «{registered}».",
                right,
                rank=62,
            )


_MARKS = re.compile(r"[^\w\s]+")


def _words(title: str) -> list[str]:
    words = _MARKS.sub(" ", canonical_tone(title).lower()).split()
    while words[:2] == ["về", "việc"] or words[:1] == ["về"]:
        words = words[2:] if words[:2] == ["về", "việc"] else words[1:]
    return words


def _words_lost(have: list[str], want: list[str]) -> str:
    """Several words left out of the middle of a title whose beginning and end are quoted."""
    lost = len(want) - len(have)
    if not 3 <= lost <= 8 or len(have) < 8:
        return ""
    for kept in range(4, len(have) - 1):
        if have[:kept] == want[:kept] and have[kept:] == want[kept + lost :]:
            return " ".join(want[kept : kept + lost])
    return ""


def _difference(written: str, registered: str) -> str | None:
    """What is wrong with `written`; None where it is right, cut short, abbreviated, or another text."""
    have, want = _words(written), _words(registered)
    if 4 <= len(want) < 8 and len(have) == len(want):
        other = [n for n, (a, b) in enumerate(zip(have, want, strict=True)) if a != b]
        return (
            "khác chữ"
            if 1 <= len(other) <= 2 and other[-1] - other[0] < 2 and not re.search(r"[A-ZĐ]{2,}", written)
            else None
        )
    if lost := _words_lost(have, want):
        return None if re.search(r"[A-ZĐ]{2,}", written) else f"thiếu «{lost}»"
    if len(want) < 6 or len(have) < len(want) - 2 or re.search(r"[A-ZĐ]{2,}", written):
        return None
    if have[: len(want)] == want:
        return _comma_difference(written, registered)
    if have == want[: len(have)]:
        return None
    best = have[: len(want) + 2]
    changes = [op for op in Levenshtein.editops(best, want) if op.tag != "equal"]
    inner = [op for op in changes if op.dest_pos < len(want) - 1 or op.tag == "replace"]
    if 1 <= len(inner) <= 2 and len(want) >= 8:
        missing = [want[op.dest_pos] for op in inner if op.tag == "insert"]
        names = re.findall(r"(?:tỉnh|thành phố|huyện)((?:\s[A-ZĐ][^\W\d_]*)+)", registered)
        if missing and " ".join(missing) in " ".join(names).lower():
            return None  # the own province's name is left out as a matter of course
        return f"thiếu «{' '.join(missing)}»" if missing else "khác chữ"
    return None


def _comma_difference(written: str, registered: str) -> str | None:
    def pattern(text: str) -> list[int]:
        pieces = text.split(",")
        counts = [len(_MARKS.sub(" ", piece).split()) for piece in pieces]
        return [sum(counts[: n + 1]) for n in range(len(counts) - 1)]

    want, have = pattern(_no_lead(registered)), pattern(_no_lead(written))
    total = len(_words(registered))
    have = [n for n in have if n < total]
    return "dấu phẩy đặt sai chỗ" if have != want and len(set(have) ^ set(want)) >= 2 else None


def _no_lead(title: str) -> str:
    return re.sub(r"^về\s+(?:việc\s+)?", "", title.strip(), flags=re.IGNORECASE)


_FOUNDED = re.compile(
    r"(?:được\s+)?thành lập(?:\s+và\s+đi vào hoạt động)?\s+(?:từ\s+|kể từ\s+|vào\s+)*(?:ngày\s+)(?P<d>\d{1,2}/\d{1,2}/\d{4})|đi vào hoạt động từ\s+(?:ngày\s+)?(?P<d2>\d{1,2}/\d{1,2}/\d{4})"
)
_PLAN_YEAR = re.compile(r"\bnăm (20\d\d)\b")


def before_its_time(report: Report) -> Iterator[Draft]:
    """The unit's own document dated before the unit was founded, or long before the year that it is for."""
    founded = _founding(report)
    for reference in report.references:
        day, symbol = _date(reference), str(reference.get("symbol") or "")
        if day is None or reference.get("short_form") or not re.search(r"[-/](?:UBND|HĐND|ĐU|BCĐ)\b", symbol):
            continue
        issuer = fold(str(reference.get("issuer") or ""))
        if issuer and _own(report, issuer) and not re.search(r"\b(?:xa|phuong)$", issuer):
            continue
        years = {int(year) for year in _PLAN_YEAR.findall(str(reference.get("title") or ""))}
        kind, name = report.unit.kind, report.unit.name
        if (
            years
            and min(years) - day.year == 1
            and day.month <= 9
            and re.search(r"[Kk]ế hoạch", str(reference["text"]))
        ):
            message = f"Kế hoạch của năm {min(years)} mà ghi ngày {day:%d/%m/%Y}; có lẽ năm phải là {min(years)}."
        elif founded and day < founded and not re.search(r"tinh|huyen|cu\b", issuer):
            message = f"Văn bản của {kind} {name} ghi ngày {day:%d/%m/%Y}, trước ngày thành lập {founded:%d/%m/%Y}."
        else:
            continue
        yield Draft(int(reference["start"]), int(reference["end"]), message, rank=67)


def _founding(report: Report) -> date | None:
    """The day on which the report says that the unit was founded."""
    for paragraph in report.prose[:12]:
        match = _FOUNDED.search(paragraph.text)
        if match and re.search(
            rf"(?:{report.unit.kind or 'xã'}|{re.escape(report.unit.name) or 'Xã'})\b",
            paragraph.text[: match.start()],
            re.I,
        ):
            day, month, year = (int(part) for part in (match["d"] or match["d2"]).split("/"))
            return make_date(year, month, day)
    return None


RULES = (
    Rule(
        "before_its_time",
        "wrong_period",
        "warning",
        "Ngày thành lập nêu trong báo cáo; năm của kế hoạch",
        "3 báo cáo xã: 0 báo nhầm",
        before_its_time,
    ),
    Rule(
        "title_wording",
        "citation_mismatch",
        "warning",
        "Danh mục văn bản",
        "3 báo cáo xã: 2 lỗi đúng, 0 báo nhầm",
        title_wording,
    ),
    Rule(
        "document_order",
        "inconsistent_figure",
        "warning",
        "Số văn bản lấy theo thứ tự thời gian trong năm (Nghị định 30/2020/NĐ-CP, Điều 15)",
        "3 báo cáo xã: 1 lỗi đúng, 0 báo nhầm",
        out_of_order,
    ),
    Rule(
        "before_basis",
        "inconsistent_figure",
        "warning",
        "Văn bản triển khai ra sau văn bản được triển khai",
        "3 báo cáo xã, 15 văn bản: 0 báo nhầm",
        before_its_basis,
    ),
)
