# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""What a report claims in one place and takes back in another."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.counts import rating_of
from assistant.check.text_tools import COUNT, draft, number, sentence_at
from assistant.knowledge_files import load_knowledge
from assistant.vietnamese.text import fold

_NEGATED = re.compile(
    r"\b(?:không|chưa|hết|xóa|xoá)\b(?:\s+(?:còn|có|để|phát sinh|xảy ra|phải|bị|một|ghi nhận|phát hiện))?(?:\s+[^\W\d_]+){0,2}\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim, and the words that admit that it does not hold."""

    what: str
    claim: re.Pattern[str]
    gap: re.Pattern[str]


@functools.cache
def _contradictions() -> tuple[Contradiction, ...]:
    """knowledge/check/contradictions.yaml."""

    def pattern(rows: list[str]) -> re.Pattern[str]:
        return re.compile(
            "|".join(f"(?:{row})" for row in rows).replace("~", r"(?:[^.;:]|\.(?=\d)){0,60}?"), re.IGNORECASE
        )

    rows = load_knowledge("check/contradictions.yaml")["contradictions"]
    return tuple(Contradiction(row["what"], pattern(row["claim"]), pattern(row["gap"])) for row in rows)


def taken_back(report: Report) -> Iterator[Draft]:
    """A claim of all or none beside an admitted gap elsewhere."""
    paragraphs = [p for p in report.prose if not _is_plan(report, p)]
    for one in _contradictions():
        claim = next(((p, m) for p in paragraphs if not rating_of(p.text) and (m := one.claim.search(p.text))), None)
        if claim is None:
            continue
        paragraph, match = claim
        gap = next(
            ((p, m) for p in paragraphs for m in one.gap.finditer(p.text) if _admits(p, m, paragraph, match)), None
        )
        if gap is None:
            continue
        admitted = " ".join(gap[1].group().split())
        message = f"Nêu {one.what} đầy đủ nhưng mục {report.location(gap[0]) or 'khác'} nói «{admitted}»; ghi rõ phạm vi hoặc sửa lại."
        yield draft(paragraph, *match.span(), message, rank=57)
        back = f"Trái với mục {report.location(paragraph) or 'trên'}: «{match.group().strip()}»."
        yield draft(gap[0], *gap[1].span(), back, severity="info", rank=30)


def _admits(place: Paragraph, gap: re.Match[str], claimed: Paragraph, claim: re.Match[str]) -> bool:
    """Whether the gap is asserted, and elsewhere than in the claim itself."""
    start, end = sentence_at(place.text, gap.start())
    if place is claimed and start < claim.end() and claim.start() < end:
        return False  # a sentence that qualifies itself
    return not _NEGATED.search(place.text[max(start, gap.start() - 40) : gap.start()])


_ALL_BUT = re.compile(
    rf"(?:100\s?%|(?<![\d/.,])(?P<a>\d+)/(?P=a))\s+(?P<who>[^.;:\d]{{3,80}})[^.]{{0,120}}?\b(?:còn|riêng|có)\s+(?P<n>{COUNT})\s+"
    r"(?P<noun>[^\W\d_]+\s+[^\W\d_]+)[^.;]{0,40}?\bchưa\b[^.;]{0,40}",
    re.IGNORECASE,
)


def all_but_some(report: Report) -> Iterator[Draft]:
    """ "100% … được cấp; còn 03 … chưa" in one sentence."""
    for paragraph in report.prose:
        for gapped in _ALL_BUT.finditer(paragraph.text):
            if _same_kind(gapped["noun"], gapped["who"]) and not _is_plan(report, paragraph):
                message = f"Ghi đủ 100% nhưng cùng câu nêu còn {gapped['n']} {gapped['noun']} chưa có; sửa tỷ lệ."
                yield draft(paragraph, *gapped.span(), message, rank=57)


_UNIT = r"(?:thôn|làng|bản|ấp|xóm|buôn|khóm|khu phố|khu vực|tổ dân phố|trường học|trường|hộ|cơ quan|đơn vị|doanh nghiệp|chi bộ|nhà văn hóa)"
_ALL_OF = re.compile(
    rf"(?:100\s?%\s+(?:số\s+)?(?:các\s+)?|(?<![\d/.,])(?P<n>\d+)/(?P=n)\s+)(?P<unit>{_UNIT})\b(?P<rest>(?:[^.;,(]|\.(?=\d)){{5,90}})",
    re.I,
)
_SOME_NOT = re.compile(
    rf"(?<![/\d.])(?:[1-9]\d?|0[1-9]|[Hh]ai|[Bb]a|[Bb]ốn|[Mm]ột số|[Nn]hiều)\s+(?P<unit>{_UNIT})\b[^.;]{{0,80}}?\bchưa\s+(?:được\s+|có\s+|thể\s+)*(?P<what>(?:[^\W\d_]+\s*){{1,5}})"
)
_COMMON = frozenset("co da duoc cua cac va cho voi theo tren tai ve den so tinh dat du thoi".split())  # noqa: SIM905


def all_and_some_not(report: Report) -> Iterator[Draft]:
    """ "24/24 xóm thành lập tổ …" here, "tổ … ở 03 xóm chưa được thành lập" there."""
    paragraphs = [p for p in report.prose if not _is_plan(report, p)]
    gaps = [
        (p, m, frozenset(fold(m["what"]).split()) - _COMMON) for p in paragraphs for m in _SOME_NOT.finditer(p.text)
    ]
    for paragraph in paragraphs if gaps else ():
        if rating_of(paragraph.text):
            continue  # what was aimed at, not what is claimed
        for match in _ALL_OF.finditer(paragraph.text):
            words = frozenset(fold(match["rest"]).split())
            for place, gap, what in gaps:
                if (
                    gap["unit"].lower() == match["unit"].lower()
                    and what & words
                    and _admits(place, gap, paragraph, match)
                ):
                    where = report.location(place) or "khác"
                    message = f"Nêu tất cả {match['unit']} đều có, nhưng mục {where} nói «{gap.group().strip()}»."
                    yield draft(paragraph, *match.span(), message, rank=60)
                    back = f"Trái với mục {report.location(paragraph) or 'trên'}: «{match.group().strip()}»."
                    yield draft(place, *gap.span(), back, severity="info", rank=30)
                    break


_PERSONS = re.compile(r"\b(?:đồng chí|cán bộ|công chức|viên chức|người|chuyên viên|giáo viên)\b", re.I)


def _same_kind(noun: str, who: str) -> bool:
    return fold(noun) in fold(who) or bool(_PERSONS.match(noun) and _PERSONS.search(who))


def _is_plan(report: Report, paragraph: Paragraph) -> bool:
    """Among tasks to come; proposals do admit gaps."""
    above = report.headings_above(paragraph)
    return report.about_the_future(paragraph) and not re.search(r"đề xuất|kiến nghị", above)


_DENIAL = re.compile(
    r"\b(?:chưa|không)\s+(?:để\s+)?(?:có|bố trí|thành lập|tổ chức|phát sinh|xảy ra|tiếp nhận|ghi nhận|mở|phát hiện)(?:\s+được)?(?:\s+(?:các|những))?\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){2,9})(?P<rest>[^.;]?)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<what>(?:[Ss]ố )?[Hh]ồ sơ quá hạn|[Pp]hản ánh, kiến nghị|[Ss]ự cố(?: an toàn thông tin)?)\s*:?\s*(?:là\s+)?(?:[Kk]hông(?: có)?\b(?!\s+(?:quá|vượt))|0(?!\d))"
)
_SOME = re.compile(rf"(?P<n>{COUNT})\s+(?:lượt\s+)?(?P<what>[^\W\d_]+(?:,?\s+[^\W\d_]+){{1,9}})")
_LATE = re.compile(r"\bquá hạn\s*(?:là|có|:)?\s*(?!0+\b)\d[\d.]*(?:\s+hồ sơ)?(?!\s*(?:ngày|%|,\d|/))", re.I)
_FEWEST_WORDS = 3


def none_and_some(report: Report) -> Iterator[Draft]:
    """ "chưa có …", "…: Không" where another place counts some of the very same."""
    counted: dict[str, tuple[Paragraph, str]] = {}
    for paragraph in report.prose:
        if not _is_plan(report, paragraph):
            for match in _SOME.finditer(paragraph.text):
                words = fold(match["what"]).replace(",", "").split()
                for n in range(2, len(words) + 1) if number(match["n"]) else ():
                    counted.setdefault(" ".join(words[:n]), (paragraph, match.group()))
            if late := _LATE.search(paragraph.text):
                counted.setdefault("ho so qua han", (paragraph, late.group()))
    for paragraph in report.prose:
        if _is_plan(report, paragraph):
            continue
        for match in _DENIAL.finditer(paragraph.text):
            words = fold(match["what"]).split()
            # the whole phrase up to where the clause ends: "hồ sơ quá hạn kéo dài" is another thing than "hồ sơ quá hạn"
            key = " ".join(words)
            if (
                len(words) >= _FEWEST_WORDS
                and match["rest"] in ("", ",")
                and key in counted
                and counted[key][0] is not paragraph
            ):
                yield _some(report, paragraph, match, counted[key])
        for match in _LABELLED.finditer(paragraph.text):
            key = fold(match["what"]).replace(",", "").removeprefix("so ")
            found = next((counted[known] for known in (key, *key.split(" kien ")[:1]) if known in counted), None)
            if found:
                yield _some(report, paragraph, match, found)


def _some(report: Report, paragraph: Paragraph, match: re.Match[str], found: tuple[Paragraph, str]) -> Draft:
    where = report.location(found[0]) or "khác"
    return draft(paragraph, *match.span(), f"Ghi không có, nhưng mục {where} có «{found[1]}».", rank=68)


RULES = (
    Rule(
        "taken_back",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo (knowledge/check/contradictions.yaml)",
        "3 báo cáo xã: 3 chỗ đúng",
        taken_back,
    ),
    Rule(
        "all_but_some", "inconsistent_figure", "warning", "Hai vế của một câu", "3 báo cáo xã: 0 báo nhầm", all_but_some
    ),
    Rule(
        "all_and_some_not",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo",
        "3 báo cáo xã, 13 báo cáo tự viết: 0 báo nhầm",
        all_and_some_not,
    ),
    Rule(
        "none_and_some",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo",
        "3 báo cáo xã: 0 báo nhầm",
        none_and_some,
    ),
)
