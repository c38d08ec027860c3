# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Indicators rated "Đạt" against their value, against figures elsewhere, and targets written as results."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.reading.figures import Figure, figures, near, same_noun
from assistant.check.report import Paragraph, Report
from assistant.check.rules.counts import rating_of
from assistant.check.text_tools import draft, number
from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.numbers import format_number, format_percent

_P = r"\d{1,3}(?:[.,]\d+)?"
_OVER = re.compile(r"\b(?:[Đđ]ạt|[Vv]ượt|[Hh]oàn thành)\b")
_LESS_IS_BETTER = re.compile(r"giảm|không quá|tối đa|dưới|≤|quá hạn|hộ nghèo|thấp hơn|hạn chế", re.I)


_AIM = r"(?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|nghị quyết)"
_VERDICT = re.compile(
    rf"(?P<no>\b(?:chưa|không)\s+(?:đạt|hoàn thành)\b|:\s*Chưa\b)|(?:(?<=[:;,.(–-]\s)|(?<=\()|\b(?P<sure>đã|nên|đều)\s+)"
    rf"(?P<yes>vượt(?:\s+\d[\d.,]*\s?(?:%|điểm phần trăm)(?:\s+so với)?(?=\s+{_AIM}))?|đạt|hoàn thành)(?:\s+(?:và\s+)?vượt)?"
    rf"(?:(?P<aim>\s+(?:mức\s+)?{_AIM}(?:\s+(?:được\s+)?(?:giao|đề ra))?)|(?!\s+(?:\d|tỷ lệ|được|từ|trên|khoảng|gần|và|[^\W\d_]+\s+\d)))",
    re.I,
)
_AIMED = re.compile(
    rf"(?:{_AIM}|\bgiao|\bKH\b|phấn đấu)(?:[^.;%\d]|20\d\d){{0,60}}$|\b(?:từ|trên|tối thiểu|ít nhất|≥|>=)\s*$", re.I
)
_OTHER_TIME = re.compile(r"(?:cùng kỳ|năm 20\d\d|(?:năm|quý|kỳ|tháng) trước|so với)[^,;.)]*\(?\s*$", re.I)
_LOOK_BACK = 260


def told_targets(report: Report) -> Iterator[Draft]:
    """ "chỉ tiêu giao 80%, đạt 72%, hoàn thành"; "26/40 cuộc, đạt 65%. Chỉ tiêu giao 70%. Xã đã hoàn thành chỉ tiêu"."""
    for paragraph in report.paragraphs:
        if paragraph.zone == "head" or paragraph.table is not None or report.about_the_future(paragraph):
            continue
        known = figures(paragraph.text) if re.search(r"đạt|vượt|hoàn thành", paragraph.text, re.I) else ()
        done = 0
        for verdict in _VERDICT.finditer(paragraph.text) if len(known) >= 2 else ():
            pair = _target_and_value(paragraph.text, near(known, verdict.start()), verdict, done)
            if pair is None:
                continue
            (target, aim), (value, result) = pair
            start, end = min(aim.start, result.start), max(verdict.end(), aim.end if aim.start > verdict.start() else 0)
            done = verdict.end()
            if _LESS_IS_BETTER.search(paragraph.text, max(start - 60, 0), end) or (value >= target) == bool(
                verdict["yes"]
            ):
                continue
            said = (verdict["yes"] or verdict["no"]).strip(" :")
            unit = "%" if aim.kind == "%" else ""
            word = "thấp hơn" if value < target else "không thấp hơn"
            message = f"Thực hiện {format_number(round(value, 2))}{unit} {word} chỉ tiêu {aim.written}{unit}, không thể nói «{said}»."
            yield draft(paragraph, start, end, message, rank=88)


def _target_and_value(
    text: str, known: Sequence[Figure], verdict: re.Match[str], done: int
) -> tuple[tuple[Decimal, Figure], tuple[Decimal, Figure]] | None:
    """What was aimed at and what was reached, of the figures before a verdict (the aim may follow it)."""
    before = [f for f in known if max(done, verdict.start() - _LOOK_BACK) <= f.start < verdict.start()]
    after = [
        f for f in known if verdict.end() <= f.start <= verdict.end() + 45 and "." not in text[verdict.end() : f.start]
    ]
    before = [f for f in before if not f.noun.startswith(("chỉ tiêu", "nhiệm vụ", "mục tiêu"))]
    aims = [f for f in before if f.of is None and _AIMED.search(text[max(f.lead, f.start - 70) : f.start])]
    if (
        not aims
        and verdict["aim"]
        and after
        and not re.search(r"so với|tăng|giảm", text[verdict.end() : after[0].start])
    ):
        aims = after[:1]
    if not aims or (
        not verdict["sure"]
        and not verdict["aim"]
        and verdict["yes"]
        and verdict["yes"][0].islower()
        and not _ends(text, verdict)
    ):
        return None
    aim = aims[-1]
    own = [f for f in before if f not in aims and not _OTHER_TIME.search(text[max(f.start - 40, 0) : f.start])]
    results = [(share, f) for f in own if (share := _reached(f, aim)) is not None]
    return ((aim.value, aim), results[-1]) if results and aim.kind in ("%", "count") else None


def _reached(figure: Figure, aim: Figure) -> Decimal | None:
    """A figure in the unit of the aim: a ratio is a share."""
    if aim.kind == "%":
        return figure.value if figure.kind == "%" else figure.value * 100 / figure.of if figure.of else None
    return figure.value if same_noun(figure, aim) and figure.of is None else None


def _ends(text: str, verdict: re.Match[str]) -> bool:
    return bool(re.match(r"\s*(?:[.;,)!]|$)", text[verdict.end() :]))


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
    """The share of a cell: "từ 85%", "702/936, đạt 75,00%", "05/06 trường"."""
    plain = re.fullmatch(rf"\s*(?P<p>{_P})\s*", text)
    if plain:
        return number(plain["p"])
    known = figures(text)
    shares = [f.value for f in known if f.kind == "%"]
    ratios = [f.value * 100 / f.of for f in known if f.of]
    return shares[0] if len(shares) == 1 else ratios[0] if len(ratios) == 1 and not shares else None


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
        if any(section.parent == paragraph.section for section in report.sections):
            continue  # a summary before the sections of a part tells what is to come too
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
        "So giá trị với chỉ tiêu nêu cạnh",
        "3 báo cáo xã, 15 văn bản, các báo cáo tự viết: 0 báo nhầm",
        told_targets,
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
