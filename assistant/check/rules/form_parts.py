"""The parts of the form against one another: letterhead, number, place, addressee, signature, annexes."""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.form_text import form
from assistant.check.text_tools import draft
from assistant.vietnamese.text import fold

_OWN_NUMBER = re.compile(
    r"Số\s*:?\s*[\d.…_ ]*(?P<gap>\s*)/(?P<gap2>\s*)(?P<code>[A-ZĐa-z]{1,4})\s*-\s*(?P<body>[A-ZĐ]+(?:-[A-ZĐ]+)*)"
)
_PLACE = re.compile(r"^(?P<place>[^,\d]{2,40}),\s*ngày\b.*\btháng\s*(?P<month>\d{1,2})?")
_CODES = {"UBND": "ỦY BAN NHÂN DÂN", "BCĐ": "BAN CHỈ ĐẠO", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
_DEPUTIES = {"CHỦ TỊCH": "PHÓ CHỦ TỊCH", "TRƯỞNG BAN": "PHÓ TRƯỞNG BAN", "BÍ THƯ": "PHÓ BÍ THƯ"}


def _say(paragraph: Paragraph, rule_id: str, right: str = "", end: int | None = None) -> Draft:
    row = form()["parts"][rule_id]
    stop = min(len(paragraph.text), 80) if end is None else end
    return draft(paragraph, 0, stop, f"{row['what']}. ({row['source']})", right, rank=10)


def parts_of_the_form(report: Report) -> Iterator[Draft]:
    head = report.zone("head")
    letterhead = " ".join(p.text for p in head[:6]).upper().replace("UỶ", "ỦY").replace("UBND", "ỦY BAN NHÂN DÂN")
    for paragraph in head:
        if match := _OWN_NUMBER.match(paragraph.text):
            if match["gap"] or match["gap2"] or re.search(r"\s-|-\s", match.group()):
                yield _say(paragraph, "NUM-04", re.sub(r"\s*([/-])\s*", r"\1", match.group()), match.end())
            if match["code"] != "BC" and any(p.text.strip() == "BÁO CÁO" for p in head):
                yield _say(paragraph, "NUM-05", end=match.end())
            name = _CODES.get(match["body"].split("-")[0])
            if name and letterhead and name not in letterhead:
                yield _say(paragraph, "NUM-06", end=match.end())
        elif place := _PLACE.match(paragraph.text):
            if re.match(r"[Xx]ã\s|[Pp]hường\s(?!\d)", place["place"]):
                yield _say(paragraph, "DATE-06", re.sub(r"^\S+\s+", "", place["place"]), place.end("place"))
            if place["month"] in ("1", "2") or ((place["month"] or "").startswith("0") and int(place["month"]) > 2):
                yield _say(paragraph, "DATE-04")
    yield from _signer(report, letterhead)
    yield from _addressee(report)
    yield from _annexes(report)


def _signer(report: Report, letterhead: str) -> Iterator[Draft]:
    signature = report.zone("signature")
    lines = [re.sub(r"\s+", " ", p.text.upper().replace("UỶ", "ỦY").strip()) for p in signature]
    for n, (paragraph, line) in enumerate(zip(signature, lines, strict=True)):
        following = "".join(lines[n + 1 : n + 2])
        stands_for = re.fullmatch(r"TM\. (?P<body>.+)", line)
        deputy = re.fullmatch(r"KT\. (?P<post>CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ)", line)
        if stands_for and letterhead and "BAN CHỈ ĐẠO" in letterhead and stands_for["body"].startswith("ỦY BAN"):
            yield _say(paragraph, "HEAD-09")
        if (
            stands_for
            and letterhead
            and "BAN CHỈ ĐẠO" not in letterhead
            and stands_for["body"].startswith("BAN CHỈ ĐẠO")
        ):
            yield _say(paragraph, "HEAD-09")
        if deputy and not following.startswith(_DEPUTIES[deputy["post"]]):
            yield _say(paragraph, "SIGN-04")


def _addressee(report: Report) -> Iterator[Draft]:
    addressed = any(p.text.startswith("Kính gửi") for p in report.paragraphs[:40])
    items = [p for p in report.zone("recipients") if p.text.startswith(("-", "–"))]
    if addressed and items and "như trên" not in items[0].text.lower():
        yield _say(items[0], "RCPT-04", "- Như trên;")


_HEAD = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s*)?(?P<n>[IVX]{1,5}|\d{1,2}))?\s*$")


def _annexes(report: Report) -> Iterator[Draft]:
    """Annexes that the body never mentions, and the date in their "Kèm theo" line."""
    body = " ".join(p.text for p in report.zone("body", "closing"))
    heads = [(p, m["n"]) for p in report.zone("appendix") if p.table is None and (m := _HEAD.match(p.text))]
    for paragraph, number in heads:
        mentioned = re.search(rf"[Pp]hụ lục[^.;)]{{0,30}}\b{number}\b" if number else r"[Pp]hụ lục|[Bb]iểu", body)
        if not mentioned:
            yield _say(paragraph, "ANX-05")
    for paragraph in report.zone("appendix"):
        match = re.search(
            r"[Kk]èm theo [Bb]áo cáo số[^;)]{0,40}?ngày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", paragraph.text
        )
        day = report.report_date
        if (
            match
            and report.dated
            and (int(match["d"]), int(match["m"]), int(match["y"])) != (day.day, day.month, day.year)
        ):
            row = form()["parts"]["ANX-04"]
            written = f"{match['d']}/{match['m']}/{match['y']}"
            message = f"{row['what']}: phụ lục ghi {written}, báo cáo {day:%d/%m/%Y}. ({row['source']})"
            yield draft(
                paragraph,
                match.start(),
                match.end(),
                message,
                category="citation_mismatch",
                severity="warning",
                rank=66,
            )


_TONED = re.compile(r"(?<![qQ])(?P<old>[òóỏõọ][ae]|[ùúủũụ]y)\b|(?<![qQ])(?P<new>o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b", re.I)


def two_tone_styles(report: Report) -> Iterator[Draft]:
    """ "hòa" and "hoà" in one report: the first place of the rarer way."""
    hits = [(p, m) for p in report.paragraphs for m in _TONED.finditer(p.text)]
    counts = Counter("old" if match["old"] else "new" for _, match in hits)
    if len(counts) < 2 or min(counts.values()) < 0.05 * counts.total():
        return
    rare = min(counts, key=lambda style: counts[style])
    paragraph, match = next((p, m) for p, m in hits if m[rare])
    start = re.search(r"[^\W\d_]*$", paragraph.text[: match.start()])
    row = form()["parts"]["LANG-02"]
    message = (
        f"{row['what']} ({counts[rare]} chỗ một kiểu, {counts.total() - counts[rare]} chỗ kiểu kia). ({row['source']})"
    )
    yield draft(paragraph, start.start() if start else match.start(), match.end(), message, rank=5)


_LEGAL_BASE = re.compile(r"Căn cứ ")


def ends_of_bases(report: Report) -> Iterator[Draft]:
    """Each "Căn cứ …" ends with a semicolon, the last with a full stop or comma before what follows."""
    for paragraph, following in zip(report.paragraphs, report.paragraphs[1:], strict=False):
        if paragraph.zone != "body" or not _LEGAL_BASE.match(paragraph.text) or not _LEGAL_BASE.match(following.text):
            continue
        if fold(paragraph.text.rstrip())[-1:] != ";":
            row = form()["parts"]["BODY-06"]
            begin = max(0, len(paragraph.text) - 40)
            yield draft(
                paragraph,
                begin,
                len(paragraph.text),
                f"{row['what']}. ({row['source']})",
                paragraph.text[begin:].rstrip(" .,") + ";",
                rank=8,
            )


RULES = (
    Rule(
        "form_parts",
        "format",
        "info",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I (knowledge/check/form.yaml)",
        "3 báo cáo xã, 5 bản thảo của chương trình: 0 báo nhầm",
        parts_of_the_form,
    ),
    Rule(
        "form_bases",
        "format",
        "info",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6",
        "3 báo cáo xã: 0 báo nhầm",
        ends_of_bases,
    ),
    Rule("tone_styles", "format", "info", "Thông lệ", "3 báo cáo xã: đúng", two_tone_styles),
)
