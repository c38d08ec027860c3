# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Indicators rated "Đạt" against their value, against figures elsewhere, and targets written as results."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.counts import rating_of
from assistant.check.text_tools import draft, number
from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.numbers import format_number, format_percent

_P = r"\d{1,3}(?:[.,]\d+)?"
_TARGET = rf"(?:chỉ tiêu|kế hoạch|mục tiêu|KH|yêu cầu)(?: (?:giao|đề ra|năm|tỉnh giao|được giao|20\d\d)){{0,2}}\s*(?:là|đạt|:|≥|>=|từ|trên|tối thiểu)*\s*(?P<t>{_P})\s?%"
_VALUE_TARGET = re.compile(
    rf"(?:đạt|thực hiện|kết quả|:)\s*(?:tỷ lệ|là|:|được)?\s*(?P<v>{_P})\s?%[^%.;]{{0,25}}?[(/,]?\s*{_TARGET}", re.I
)
_TARGET_VALUE = re.compile(
    rf"{_TARGET}[^%.;]{{0,40}}?(?:thực hiện|kết quả|đạt|hiện đạt|thực tế)\s*(?:tỷ lệ|là|:|được)?\s*(?P<v>{_P})\s?%",
    re.I,
)
_OVER_TARGET = re.compile(
    rf"(?:đạt|thực hiện|chiếm|bằng|:)\s*(?:tỷ lệ\s*)?(?P<v>{_P})\s?%\s*[,(]?\s*(?:đã\s+)?(?P<r>vượt|đạt|hoàn thành)\s+(?:\d[\d.,]*\s?%\s+)?(?:so với\s+)?(?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu)"
    rf"[^%.;:]{{0,40}}?(?P<t>{_P})\s?%(?!\s*(?:so với|kế hoạch))",
    re.I,
)
_GOAL_FIRST = re.compile(
    rf"(?:giao|chỉ tiêu|mục tiêu|kế hoạch|yêu cầu)[^.;%]{{0,90}}?(?:từ|trên|tối thiểu|ít nhất|≥|là|đạt)\s+(?P<t>{_P})\s?%(?:\s+trở lên)?[^.;%]{{0,40}}?"
    rf"(?:đạt|thực hiện|kết quả)\s+(?:được\s+|là\s+)?(?P<v>{_P})\s?%\s*[,(–-]?\s*(?:đã\s+)?(?P<r>hoàn thành|vượt|đạt)(?:\s+(?:và\s+)?(?:vượt\s+)?(?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu))",
    re.I,
)
_OVER = re.compile(r"\b(?:[Đđ]ạt|[Vv]ượt|[Hh]oàn thành)\b")
_LESS_IS_BETTER = re.compile(r"giảm|không quá|tối đa|dưới|≤|quá hạn|hộ nghèo|thấp hơn|hạn chế", re.I)


def value_below_target(report: Report) -> Iterator[Draft]:
    """ "đạt 72% (chỉ tiêu 80%): Đạt"."""
    for paragraph in report.prose:
        if report.about_the_future(paragraph) or _LESS_IS_BETTER.search(paragraph.text):
            continue
        for pattern in (_VALUE_TARGET, _TARGET_VALUE):
            for match in pattern.finditer(paragraph.text):
                value, target = number(match["v"]), number(match["t"])
                rest = paragraph.text[match.end() :]
                rated = re.match(
                    r"[^.;]{0,12}?[):;,.–-]+\s*(?P<r>Đạt|Vượt|Hoàn thành|đạt chỉ tiêu|vượt chỉ tiêu|hoàn thành)\b(?!\s+\d)",
                    rest,
                )
                if rated and value < target:
                    yield draft(
                        paragraph,
                        match.start(),
                        match.end() + rated.end(),
                        f"Thực hiện {format_percent(value)} thấp hơn chỉ tiêu {format_percent(target)}, không thể đánh giá «{rated['r']}».",
                        paragraph.text[match.start() : match.end() + rated.start("r")] + "Chưa đạt",
                        rank=88,
                    )


def below_its_claim(report: Report) -> Iterator[Draft]:
    """ "đạt 78,5%, vượt chỉ tiêu giao (80%)"."""
    for paragraph in report.prose:
        if report.about_the_future(paragraph) or _LESS_IS_BETTER.search(paragraph.text):
            continue
        for match in (*_OVER_TARGET.finditer(paragraph.text), *_GOAL_FIRST.finditer(paragraph.text)):
            value, target = number(match["v"]), number(match["t"])
            if value < target:
                message = f"Thực hiện {format_percent(value)} thấp hơn chỉ tiêu {format_percent(target)}, không thể nói «{match['r']}»."
                fixed = (
                    paragraph.text[match.start() : match.start("r")]
                    + "chưa đạt"
                    + paragraph.text[match.end("r") : match.end()]
                )
                yield draft(paragraph, match.start(), match.end(), message, fixed, rank=88)


def rated_rows(report: Report) -> Iterator[Draft]:
    """Table rows: the value under "Thực hiện" against the one under "Chỉ tiêu" and the rating."""
    for table in report.tables:
        if len(table.rows) < 2:
            continue
        columns = _columns(table.rows)
        if columns is None:
            continue
        target_at, value_at, rating_at = columns
        for row in table.rows[1:]:
            cells: Mapping[int, Paragraph] = {cell.table[2]: cell for cell in row if cell.table}
            if not {target_at, value_at, rating_at} <= cells.keys():
                continue
            target, value = (_percent(cells[at].text) for at in (target_at, value_at))
            rating = cells[rating_at]
            row_text = " ".join(cell.text for cell in row)
            if target is None or value is None or _LESS_IS_BETTER.search(row_text):
                continue
            good = bool(_OVER.match(rating.text.strip()))
            bad = bool(re.match(r"\s*(?:[Cc]hưa|[Kk]hông)\s+(?:đạt|hoàn thành)", rating.text))
            if (good and value < target) or (bad and value >= target):
                word = "Chưa đạt" if good else "Đạt"
                yield draft(
                    rating,
                    0,
                    len(rating.text),
                    f"Thực hiện {format_number(value)} so với chỉ tiêu {format_number(target)}: phải là «{word}».",
                    word,
                    rank=88,
                )


def _columns(rows: tuple[tuple[Paragraph, ...], ...]) -> tuple[int, int, int] | None:
    """Columns of target, value and rating: the rating where the cells say so, whatever it is called."""
    rated = Counter(
        cell.table[2] for row in rows[1:] for cell in row if cell.table and _RATING_CELL.match(cell.text.strip())
    )
    found: dict[str, int] = {}
    if rated and rated.most_common(1)[0][1] * 2 >= len(rows) - 1:
        found["rating"] = rated.most_common(1)[0][0]
    for cell in rows[0]:
        at = cell.table[2] if cell.table else 0
        text = cell.text.lower()
        if at == found.get("rating"):
            continue
        if "rating" not in found and re.search(r"đánh giá|xếp loại|kết luận|mức độ hoàn thành", text):
            found["rating"] = at
        elif re.search(r"thực hiện|kết quả|đạt được|thực tế", text):
            found.setdefault("value", at)
        elif re.search(r"mục tiêu|kế hoạch|giao|chỉ tiêu", text):
            found["target"] = at  # the last such column: the first may be the indicator's name
    return (found["target"], found["value"], found["rating"]) if len(found) == 3 else None


_RATING_CELL = re.compile(r"(?:(?:chưa|không) )?(?:đạt|vượt|hoàn thành)\b(?!\s*\d)", re.I)


def _percent(text: str) -> Decimal | None:
    match = re.fullmatch(
        rf"\s*(?:(?:≥|>=|>|trên|tối thiểu|từ|đạt|ít nhất)\s*)*(?P<p>{_P})\s?%?\s*(?:trở lên)?\s*(?:\([^()]*\))?\s*",
        text,
        re.I,
    )
    return number(match["p"]) if match else None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share that a report can be held to: what its line says, and the figures it is made of."""

    name: str
    line: re.Pattern[str]
    unless: re.Pattern[str] | None
    numerator: re.Pattern[str]
    denominator: re.Pattern[str]


@functools.cache
def indicators() -> tuple[Indicator, ...]:
    """From knowledge/check/indicators.yaml."""
    data = load_knowledge("check/indicators.yaml")
    count = r"(?P<n>(?<![\w.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?![\w/]|[.,]\d|\s?%))"
    return tuple(
        Indicator(
            row["name"],
            re.compile(row["line"], re.I),
            re.compile(row["unless"], re.I) if row.get("unless") else None,
            re.compile(row["numerator"].replace("#", count), re.I),
            re.compile(row["denominator"].replace("#", count), re.I),
        )
        for row in data["indicators"]
    )


_BOUND = re.compile(
    rf"(?:đạt|trên|từ|tối thiểu|ít nhất|≥|>=|tỷ lệ)\s*(?:tỷ lệ\s*)?(?:trên|từ|tối thiểu|≥)?\s*(?P<p>{_P})\s?%|^[-+*\s]*(?:Duy trì |Bảo đảm |Đảm bảo )?(?:tối thiểu |trên |từ )?(?P<p2>{_P})\s?%"
)


def rated_against_figures(report: Report) -> Iterator[Draft]:
    """ "… qua dịch vụ công trực tuyến đạt trên 95%: Đạt" where the report's own counts give another share."""
    shares = _own_shares(report)
    if not shares:
        return
    for paragraph in report.prose:
        if rating_of(paragraph.text) != "đạt":
            continue
        for indicator in indicators():
            share = shares.get(indicator.name)
            if (
                share is None
                or not indicator.line.search(paragraph.text)
                or (indicator.unless and indicator.unless.search(paragraph.text))
            ):
                continue
            bound = _BOUND.search(paragraph.text)
            if not bound:
                continue
            target = number(bound["p"] or bound["p2"])
            actual = share[0] * 100 / share[1]
            if actual < target:
                yield draft(
                    paragraph,
                    paragraph.words_start,
                    len(paragraph.text),
                    f"Đánh giá «Đạt» với mức {format_percent(target)}, nhưng số liệu ở mục {share[2]} là {format_number(share[0])}/{format_number(share[1])} = {format_percent(actual)}.",
                    re.sub(
                        r"Đạt(\s+\d[\d.,]*%)?\s*\.?\s*$",
                        f"Chưa đạt ({format_number(share[0])}/{format_number(share[1])}, {format_percent(actual)}).",
                        paragraph.words,
                    ),
                    rank=89,
                )
                break


def _own_shares(report: Report) -> dict[str, tuple[Decimal, Decimal, str]]:
    """What the report's own counts make of each indicator: numerator, denominator, where."""
    found: dict[str, tuple[Decimal, Decimal, str]] = {}
    texts: dict[int, str] = {}
    for paragraph in report.prose:
        if not report.about_the_future(paragraph):
            texts[paragraph.section] = texts.get(paragraph.section, "") + " " + paragraph.text
    for indicator in indicators():
        for section, text in texts.items():
            bottom = indicator.denominator.search(text)
            whole = number(bottom["n"]) if bottom else Decimal(0)
            tops = [n for m in indicator.numerator.finditer(text) if (n := number(m["n"])) <= whole]
            if whole and tops:
                where = report.sections[section].label if section >= 0 else "mở đầu"
                found[indicator.name] = (tops[0], whole, where)
                break
    return found


_AIMS = re.compile(r"^(?:[-+*]\s*)?(?:Phấn đấu|Mục tiêu (?:đến|năm)|(?:Đến|Tới) năm (?P<y>20\d\d))\b")


def aims_among_results(report: Report) -> Iterator[Draft]:
    """ "Phấn đấu … đạt 80%" under results, not rated."""
    for paragraph in report.prose:
        above = report.headings_above(paragraph)
        if "kết quả" not in above or report.about_the_future(paragraph) or paragraph.heading:
            continue
        match = _AIMS.match(paragraph.text)
        if not match or rating_of(paragraph.text) or not re.search(r"\d\s?%", paragraph.text):
            continue
        if match["y"] and int(match["y"]) <= report.report_date.year:
            continue
        end = min(len(paragraph.text), 120)
        yield draft(
            paragraph,
            0,
            end,
            "Mục kết quả mà viết mục tiêu sắp tới; nêu kết quả đã đạt, chuyển mục tiêu sang phần phương hướng.",
            rank=45,
        )


RULES = (
    Rule(
        "below_claim",
        "target_mismatch",
        "error",
        "So giá trị với chỉ tiêu cùng câu",
        "3 báo cáo xã: 0 báo nhầm",
        below_its_claim,
    ),
    Rule(
        "below_target",
        "target_mismatch",
        "error",
        "So giá trị với chỉ tiêu cùng câu",
        "báo cáo tự viết để thử; 3 báo cáo xã: 0 báo nhầm",
        value_below_target,
    ),
    Rule(
        "rated_row", "target_mismatch", "error", "So cột thực hiện với cột chỉ tiêu", "bảng tự viết để thử", rated_rows
    ),
    Rule(
        "rated_against_figures",
        "target_mismatch",
        "error",
        "So với số liệu chính báo cáo nêu (knowledge/check/indicators.yaml)",
        "3 báo cáo xã: 2 lỗi đúng, 0 báo nhầm",
        rated_against_figures,
    ),
    Rule(
        "aims_among_results",
        "target_mismatch",
        "warning",
        "Mục tiêu không phải là kết quả",
        "3 báo cáo xã: 0 báo nhầm",
        aims_among_results,
    ),
)
