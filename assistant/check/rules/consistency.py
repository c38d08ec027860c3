# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""One quantity with two values, cumulative figures below the period's, and claims that the report itself takes back."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.check.facts import Fact, facts_of
from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.text_tools import COUNT, draft, number
from assistant.vietnamese.numbers import format_number
from assistant.vietnamese.text import fold

_VILLAGE_SHARE = re.compile(
    r"(?<![\w/.,-])(?P<a>\d{1,3})\s?/\s?(?P<b>\d{1,3})\s+(?P<what>ấp|thôn(?:,? bản)?|bản|buôn|khóm|khu phố|tổ dân phố|xóm|trường học|trường)\b"
)


def denominators(report: Report) -> Iterator[Draft]:
    """ "21/21 ấp" in one place and "20/20 ấp" in another."""
    found: dict[str, list[tuple[str, Paragraph, re.Match[str]]]] = {}
    for paragraph in report.zone("body", "closing"):
        for match in _VILLAGE_SHARE.finditer(paragraph.text):
            found.setdefault(fold(match["what"]).replace(",", ""), []).append(
                (match["b"].lstrip("0"), paragraph, match)
            )
    for rows in found.values():
        values = [row[0] for row in rows]
        usual = max(dict.fromkeys(values), key=values.count)  # of two as frequent, the one that came first
        for value, paragraph, match in rows:
            if (
                value != usual
                and values.count(usual) >= values.count(value)
                and values.index(value) > values.index(usual)
            ):
                yield draft(
                    paragraph,
                    *match.span(),
                    f"Tổng số {match['what']} ở đây là {match['b']}, chỗ khác là {usual}.",
                    rank=67,
                )


def two_values(report: Report) -> Iterator[Draft]:
    """The same words with the same unit and two values, in the text, an appendix or a table."""
    first: dict[str, Fact] = {}
    for fact in facts_of(report):
        if len(fact.key.split()) < 4 or report.about_the_future(fact.paragraph):
            continue
        other = first.setdefault(fact.key, fact)
        if other.value == fact.value or (other.unit and fact.unit and other.unit != fact.unit):
            continue
        if _same_place(other, fact) or ("%" in (other.unit + fact.unit) and other.unit != fact.unit):
            continue
        where = _place_of(report, other)
        phrase = fact.paragraph.text[fact.start : fact.end]
        message = f"Cùng «{fact.what}» nhưng {where} ghi {other.written}, ở đây ghi {fact.written}."
        yield draft(fact.paragraph, fact.start, fact.end, message, phrase.replace(fact.written, other.written), rank=70)


def _same_place(a: Fact, b: Fact) -> bool:
    """Two rows of one table, or two items of one section, may bear one name."""
    if a.paragraph.table and b.paragraph.table:
        return a.paragraph.table[0] == b.paragraph.table[0]
    return a.paragraph.table is None and b.paragraph.table is None and a.paragraph.section == b.paragraph.section


def _place_of(report: Report, fact: Fact) -> str:
    if fact.paragraph.table:
        return f"bảng {fact.paragraph.table[0] + 1}"
    return f"mục {report.location(fact.paragraph) or 'trên'}"


_TEAMS = re.compile(
    rf"(?P<n>{COUNT})\s+(?:Tổ|tổ)\s+(?:[Cc]ông nghệ số cộng đồng|CNSCĐ)|(?:Tổ|tổ)\s+(?:[Cc]ông nghệ số cộng đồng|CNSCĐ)[^.;%]{{0,80}}?\b(?:có|gồm|với|thành lập|kiện toàn|duy trì)\s+(?P<n2>{COUNT})\s+tổ\b"
)
_MEMBERS = re.compile(rf"(?:Tổ|tổ)\s+(?:[Cc]ông nghệ số cộng đồng|CNSCĐ)[^.;]{{0,160}}?(?P<n>{COUNT})\s+thành viên")


def team_counts(report: Report) -> Iterator[Draft]:
    """The number of community digital teams, and of their members, wherever they are named."""
    for pattern, what, least in (
        (_TEAMS, "tổ công nghệ số cộng đồng", 2),
        (_MEMBERS, "thành viên tổ công nghệ số cộng đồng", 9),
    ):
        seen: tuple[Decimal, Paragraph] | None = None
        for paragraph in report.zone("body", "appendix"):
            if report.about_the_future(paragraph):
                continue
            for match in pattern.finditer(paragraph.text):
                value = number(match["n"] or match.groupdict().get("n2") or "0")
                lead = paragraph.text[max(match.start() - 30, 0) : match.start()]
                if value < least or re.search(r"mỗi|thêm|mới|tăng|giảm|ít nhất|tối thiểu", lead + match.group()):
                    continue
                if seen is None:
                    seen = (value, paragraph)
                elif value != seen[0]:
                    yield draft(
                        paragraph,
                        *match.span(),
                        f"Số {what} ở đây là {format_number(value)}, ở mục {report.location(seen[1]) or 'trên'} là {format_number(seen[0])}.",
                        rank=69,
                    )


_CUMULATIVE = re.compile(
    rf"(?:[Tt]rong (?:quý|tháng|kỳ|tuần)|[Qq]uý (?:IV|I{{1,3}})|[Pp]hát sinh trong kỳ)[^.;\d]{{0,80}}?(?P<a>{COUNT})\s+(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+)?)[^.]{{0,60}}?"
    rf"[Ll][ũu]y kế[^.;\d]{{0,80}}?(?:\d{{1,2}}/\d{{1,2}}/\d{{4}}[^.;\d]{{0,30}})?(?P<b>{COUNT})\s+(?P<unit2>[^\W\d_]+(?:\s[^\W\d_]+)?)"
)


def cumulative(report: Report) -> Iterator[Draft]:
    """ "trong quý … 120 …; lũy kế … 95 …"."""
    for paragraph in report.prose:
        for match in _CUMULATIVE.finditer(paragraph.text):
            a, b = number(match["a"]), number(match["b"])
            if b < a and fold(match["unit"]).split()[0] == fold(match["unit2"]).split()[0]:
                yield draft(
                    paragraph,
                    match.start(),
                    match.end("b"),
                    f"Lũy kế ({format_number(b)}) không thể nhỏ hơn số trong kỳ ({format_number(a)}).",
                    rank=75,
                )


# a claim that all is covered, and the words by which a report admits that it is not
_CLAIMS = (
    (
        re.compile(
            r"100\s?%\s+(?:số\s+)?(?:các\s+)?(?:hộ|thôn|ấp|bản|khu dân cư|địa bàn|người dân)[^.;:]{0,90}(?:[Ii]nternet|cáp quang|sóng|di động|băng rộng)|(?P<a>\d+)/(?P=a)\s+(?:ấp|thôn|bản)[^.;:]{0,60}(?:phủ|sóng|[Ii]nternet)|[Ii]nternet[^.;:]{0,40}phủ đến\s+(?P<c>\d+)/(?P=c)\s+(?:ấp|thôn|bản)[^.;]{0,30}",
            re.IGNORECASE,
        ),
        re.compile(
            r"lõm sóng|chưa (?:có|được)(?: phủ)?[^.;]{0,30}(?:sóng|[Ii]nternet|cáp quang)|chưa phủ sóng|(?:[Ii]nternet|sóng)[^.;]{0,20}(?:yếu|kém|chưa ổn định)",
            re.IGNORECASE,
        ),
        "phủ sóng, kết nối Internet",
    ),
    (
        re.compile(
            r"(?:máy tính|trang thiết bị)[^.;:]{0,70}(?:đạt\s+)?100\s?%|100\s?%[^.;:]{0,60}(?:trang bị|có)[^.;:]{0,20}máy tính",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:máy tính|[Tt]hiết bị|[Tt]rang thiết bị)[^.;]{0,80}(?:còn thiếu|chưa đủ|chưa được trang bị|thiếu)",
            re.IGNORECASE,
        ),
        "trang bị máy tính",
    ),
    (
        re.compile(
            r"100\s?%[^.;:]{0,60}(?:cán bộ|công chức|CBCC|lãnh đạo)[^.;:]{0,40}(?:chữ ký số|chứng thư số)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:cán bộ|công chức|chuyên viên|CBCC)[^.;]{0,50}chưa (?:được cấp|có)[^.;]{0,20}(?:chữ ký số|chứng thư số)",
            re.IGNORECASE,
        ),
        "cấp chữ ký số",
    ),
    (
        re.compile(
            r"100\s?%[^.;:]{0,50}hồ sơ[^.;:]{0,60}(?:đúng hạn|trước hạn)|hồ sơ[^.;:]{0,60}(?:đúng hạn|trước hạn)[^.;:]{0,30}(?:đạt\s+)?100\s?%",
            re.IGNORECASE,
        ),
        re.compile(
            r"quá hạn\s*:?\s*(?:là\s*)?(?:0*[1-9]\d*)\s+hồ sơ|(?<![\d.])0*[1-9]\d*\s+hồ sơ (?:bị )?(?:quá hạn|trễ hạn)",
            re.IGNORECASE,
        ),
        "giải quyết hồ sơ đúng hạn",
    ),
)


_ALL_BUT = re.compile(
    rf"100\s?%\s+(?P<who>[^.;:\d]{{3,60}}?)\s+(?:được|đã|có)\b[^.]{{0,120}}?\b(?:còn|riêng)\s+(?P<n>{COUNT})\s+"
    r"(?P<noun>[^\W\d_]+\s+[^\W\d_]+)[^.;]{0,40}?\bchưa\b[^.;]{0,40}",
    re.IGNORECASE,
)


def taken_back(report: Report) -> Iterator[Draft]:
    """100 % beside an admitted gap, in the same sentence or elsewhere."""
    for paragraph in report.prose:
        for gapped in _ALL_BUT.finditer(paragraph.text):
            if fold(gapped["noun"]) in fold(gapped["who"]) and not _is_plan(report, paragraph):
                message = f"Ghi 100% {gapped['who']} nhưng cùng câu nêu còn {gapped['n']} {gapped['noun']} chưa có; sửa tỷ lệ."
                yield draft(paragraph, *gapped.span(), message, rank=57)
    for claim, gap, what in _CLAIMS:
        admitted = next(
            ((p, match) for p in report.prose if not _is_plan(report, p) and (match := gap.search(p.text))), None
        )
        if admitted is None:
            continue
        for paragraph in report.prose:
            match = claim.search(paragraph.text)
            if match and not _is_plan(report, paragraph):
                where = report.location(admitted[0]) or "khác"
                yield draft(
                    paragraph,
                    *match.span(),
                    f"Nêu {what} đầy đủ nhưng mục {where} nói «{admitted[1].group().strip()}»; ghi rõ phạm vi hoặc sửa số.",
                    rank=57,
                )
                break


def _is_plan(report: Report, paragraph: Paragraph) -> bool:
    """Among tasks to come; proposals do admit gaps."""
    above = report.headings_above(paragraph)
    return report.about_the_future(paragraph) and not re.search(r"đề xuất|kiến nghị", above)


_EVENT = re.compile(
    rf"(?P<n>{COUNT})\s+(?P<what>(?:lớp|buổi|hội nghị|cuộc|đợt)(?:\s[^\W\d_]+){{1,6}}?)\s+(?:với|cho|thu hút|có|với sự tham gia của)\s+(?P<m>{COUNT})\s+"
    r"(?P<unit>lượt người|lượt|người|học viên|đại biểu)"
)


def events(report: Report) -> Iterator[Draft]:
    """The same number of the same meetings with two attendances."""
    seen: dict[tuple[str, str], tuple[str, Paragraph]] = {}
    for paragraph in report.prose:
        for match in _EVENT.finditer(paragraph.text):
            key = (match["n"], fold(match["what"]))
            written, where = seen.setdefault(key, (match["m"], paragraph))
            if number(written) != number(match["m"]) and where is not paragraph:
                message = f"Cùng {match['n']} {match['what']} nhưng mục {report.location(where) or 'trên'} ghi {written} {match['unit']}."
                yield draft(
                    paragraph, match.start(), match.end(), message, match.group().replace(match["m"], written), rank=68
                )


_NONE = re.compile(
    r"(?P<label>(?:[Ss]ố )?[Hh]ồ sơ quá hạn|[Pp]hản ánh, kiến nghị|[Ss]ự cố(?: an toàn thông tin)?)\s*:?\s*(?:là\s+)?(?P<no>[Kk]hông(?: có)?\b|0(?!\d))"
)
_SOME = {
    "ho so qua han": re.compile(
        r"quá hạn\s*:?\s*(?:là\s*)?(?P<n>0*[1-9]\d*)\s+hồ sơ|(?P<m>0*[1-9]\d*)\s+hồ sơ quá hạn"
    ),
    "phan anh, kien nghi": re.compile(r"tiếp nhận\s+(?P<n>0*[1-9]\d*)\s+(?:phản ánh|kiến nghị|lượt phản ánh)"),
    "su co": re.compile(r"(?:xảy ra|phát hiện|xử lý|ghi nhận)\s+(?P<n>0*[1-9]\d*)\s+sự cố"),
}


def none_and_some(report: Report) -> Iterator[Draft]:
    """ "Không." where figures elsewhere say otherwise."""
    for paragraph in report.prose:
        for match in _NONE.finditer(paragraph.text):
            label = fold(match["label"])
            key = next((known for known in _SOME if known in label), None)
            if key is None:
                continue
            for other in report.prose:
                found = _SOME[key].search(other.text)
                if found:
                    yield draft(
                        paragraph,
                        *match.span(),
                        f"Ghi không có, nhưng mục {report.location(other) or 'khác'} có «{found.group()}».",
                        rank=68,
                    )
                    break


RULES = (
    Rule("events", "inconsistent_figure", "warning", "Hai chỗ của chính báo cáo", "3 báo cáo xã: 0 báo nhầm", events),
    Rule(
        "denominator",
        "inconsistent_figure",
        "warning",
        "Một xã có một tổng số thôn, ấp",
        "3 báo cáo xã: 0 báo nhầm",
        denominators,
    ),
    Rule(
        "two_values",
        "inconsistent_figure",
        "warning",
        "Cùng tên chỉ tiêu, cùng đơn vị tính",
        "3 báo cáo xã: 0 báo nhầm",
        two_values,
    ),
    Rule(
        "team_count",
        "inconsistent_figure",
        "warning",
        "Cùng một tổ chức của xã",
        "3 báo cáo xã: 0 báo nhầm",
        team_counts,
    ),
    Rule("cumulative", "inconsistent_figure", "error", "Lũy kế gồm số trong kỳ", "báo cáo tự viết để thử", cumulative),
    Rule(
        "taken_back",
        "inconsistent_figure",
        "warning",
        "Hai chỗ của chính báo cáo",
        "3 báo cáo xã: 3 chỗ đúng",
        taken_back,
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
