"""Form rules that a Word file shows: page, letters, layout of each part. One remark per rule, at its first place."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.form_text import form
from assistant.check.word_format import ParagraphFormat, W, WordFormats
from assistant.library.reading.package import OfficePackage

_MM = 25.4 / 1440
_LEGACY = re.compile(r"^(?:\.Vn|VNI-|VnTime)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _File:
    """The file's formats, and the report's paragraphs by index of their `w:p`."""

    formats: WordFormats
    paragraphs: tuple[ParagraphFormat, ...]
    zones: dict[int, Paragraph]

    def of(self, *zones: str) -> list[ParagraphFormat]:
        return [
            p for p in self.paragraphs if p.index in self.zones and self.zones[p.index].zone in zones and p.text.strip()
        ]


def word_form(report: Report) -> Iterator[Draft]:
    path = getattr(report.source, "path", None)
    if report.source.format != "docx" or path is None:
        return
    try:
        formats = WordFormats(OfficePackage(path.read_bytes(), report.source.name))
    except OSError:
        return
    zones: dict[int, Paragraph] = {}
    for paragraph in report.paragraphs:
        at = report.source.paragraph_at(paragraph.whole[0])
        if at is not None:
            zones.setdefault(at, paragraph)
    file = _File(formats, tuple(formats.paragraphs()), zones)
    for check in _CHECKS:
        for rule_id, place, count in check(file):
            yield _draft(report, file, rule_id, place, count)


Hit = tuple[str, ParagraphFormat | None, int]


def _draft(report: Report, file: _File, rule_id: str, place: ParagraphFormat | None, count: int) -> Draft:
    row = form()["word"][rule_id]
    times = f" ({count} chỗ)" if count > 1 else ""
    message = f"{row['what']}{times}. ({row['source']})"
    paragraph = file.zones.get(place.index) if place is not None else None
    if paragraph is None:
        return Draft(None, None, message, rank=7)
    text = paragraph.text
    shown = text if len(text) <= 60 else text[:60].rpartition(" ")[0] or text[:60]
    start, end = paragraph.span(0, len(shown))
    return Draft(start, end, message, rank=7)


def _first(rule_id: str, wrong: Sequence[ParagraphFormat]) -> Iterator[Hit]:
    if wrong:
        yield rule_id, wrong[0], len(wrong)


def _page(file: _File) -> Iterator[Hit]:
    limits = form()["limits"]
    for section in file.formats.sections()[-1:]:
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is not None:
            sides = sorted(round(int(size.get(W + k, 0)) * _MM) for k in ("w", "h"))
            if any(abs(a - b) > 1 for a, b in zip(sides, limits["page_mm"], strict=True)):
                yield "PAGE-01", None, 1
        if margins is not None and (size is None or size.get(W + "orient") != "landscape"):
            for rule_id, side in (("PAGE-03", "top"), ("PAGE-04", "bottom"), ("PAGE-05", "left"), ("PAGE-06", "right")):
                low, high = limits["margins_mm"][side]
                if not low - 0.5 <= int(margins.get(W + side, 0)) * _MM <= high + 0.5:
                    yield rule_id, None, 1
        numbers = section.find(W + "pgNumType")
        if numbers is not None and numbers.get(W + "fmt", "decimal") != "decimal":
            yield "PAGE-10", None, 1
    yield from _page_numbers(file)


def _page_numbers(file: _File) -> Iterator[Hit]:
    """PAGE fields in headers and footers."""
    in_header, centred, in_footer = False, False, False
    for name in file.formats.package.names:
        match = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        root = file.formats.package.xml(name) if match else None
        if root is None or match is None:
            continue
        for paragraph in root.iter(W + "p"):
            if _has_page_field(paragraph):
                jc = paragraph.find(f"{W}pPr/{W}jc")
                if match.group(1) == "footer":
                    in_footer = True
                else:
                    in_header, centred = True, centred or jc is None or jc.get(W + "val") == "center"
    long = len(file.paragraphs) > 40
    if in_footer or (long and not in_header) or (in_header and not centred):
        yield "PAGE-07", None, 1
    if (in_header or in_footer) and not any(s.find(W + "titlePg") is not None for s in file.formats.sections()):
        yield "PAGE-08", None, 1


def _has_page_field(paragraph: Any) -> bool:
    codes = [e.get(W + "instr", "") for e in paragraph.iter(W + "fldSimple")] + [
        e.text or "" for e in paragraph.iter(W + "instrText")
    ]
    return any(re.match(r"\s*PAGE\b", code) for code in codes)


def _letters(file: _File) -> Iterator[Hit]:
    limits = form()["limits"]
    fonts, colors = [], []
    for paragraph in file.paragraphs:
        runs = [r for r in paragraph.runs if r.text.strip()]
        if any(r.font and r.font != limits["font"] for r in runs):
            fonts.append(paragraph)
        if any(r.color not in (None, "auto", "000000") and not r.highlighted for r in runs):
            colors.append(paragraph)
    legacy = [p for p in fonts if any(r.font and _LEGACY.match(r.font) for r in p.runs)]
    yield from _first("FONT-04", legacy)
    yield from _first("FONT-01", [p for p in fonts if p not in legacy])
    yield from _first("FONT-02", colors)
    yield from _first("FONT-03", [p for p in file.paragraphs if not unicodedata.is_normalized("NFC", p.text)])
    body = [p for p in file.of("body") if not p.in_table]
    sizes: Counter[float] = Counter()
    for paragraph in body:
        for run in paragraph.runs:
            if run.size_pt:
                sizes[run.size_pt] += len(run.text)
    if sizes:
        usual, n = sizes.most_common(1)[0]
        low, high = limits["body_pt"]
        odd = [p for p in body if any(s != usual for s in p.sizes())]
        if not low <= usual <= high or n < 0.95 * sizes.total():
            yield "FONT-05", (odd or body)[0], max(len(odd), 1)


def _between(paragraph: ParagraphFormat, low: float, high: float) -> bool:
    return all(low <= size <= high for size in paragraph.sizes())


def _head(file: _File) -> Iterator[Hit]:
    for paragraph in file.of("head"):
        text = " ".join(paragraph.text.split())
        if re.match(r"CỘNG\s*H", text, re.I):
            if not re.fullmatch(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM", text):
                yield "HEAD-01", paragraph, 1
            if not _between(paragraph, 12, 13) or not paragraph.all_bold():
                yield "HEAD-02", paragraph, 1
        elif re.match(r"Độc lập", text, re.I):
            if text != "Độc lập - Tự do - Hạnh phúc":
                yield "HEAD-03", paragraph, 1
            if not _between(paragraph, 13, 14) or not paragraph.all_bold():
                yield "HEAD-04", paragraph, 1
        elif re.match(r"Số\s*:", text):
            yield from _number(paragraph, text)
        elif re.search(r",\s*ngày\b.*\btháng\b.*\bnăm\b", text):
            if not paragraph.all_italic() or not _between(paragraph, 13, 14):
                yield "DATE-02", paragraph, 1
            if re.search(r"ngày [1-9] tháng|tháng [12] năm", text):
                yield "DATE-03", paragraph, 1


def _number(paragraph: ParagraphFormat, text: str) -> Iterator[Hit]:
    if re.match(r"Số:\s*[1-9]/", text):
        yield "NUM-03", paragraph, 1
    if re.search(r"\d+/20\d{2}/BC-", text):
        yield "NUM-09", paragraph, 1
    elif not re.match(r"Số:\s*[\d.…_]*\s*/BC-[A-ZĐ]+(?:-[A-ZĐ]+)*\s*$", text) and not re.search(r"-BC/", text):
        yield "NUM-02", paragraph, 1


def _title(file: _File) -> Iterator[Hit]:
    head = file.of("head")
    for i, paragraph in enumerate(head):
        if paragraph.text.strip().upper() != "BÁO CÁO":
            continue
        if (
            paragraph.text.strip() != "BÁO CÁO"
            or not paragraph.all_bold()
            or paragraph.align != "center"
            or not _between(paragraph, 13, 14)
        ):
            yield "TYPE-01", paragraph, 1
        if i + 1 < len(head):
            subject = head[i + 1]
            if subject.text.isupper() or not subject.all_bold() or subject.align != "center":
                yield "TYPE-02", subject, 1
            if subject.text.strip().endswith((".", ";", ":")) or subject.text.strip()[:1].islower():
                yield "TYPE-03", subject, 1


def _body(file: _File) -> Iterator[Hit]:
    limits = form()["limits"]
    body = [p for p in file.of("body") if not p.in_table]
    long = [p for p in body if len(p.text) > 110]
    yield from _first("BODY-01", [p for p in long if p.align not in ("both", "distribute")])
    indents = [cm * 28.35 for cm in limits["indent_cm"]]
    yield from _first("BODY-02", [p for p in long if all(abs(p.first_line_pt - wanted) > 2 for wanted in indents)])
    tight = [a for a, b in pairwise(body) if a.after_pt + b.before_pt < limits["gap_pt"] - 0.1]
    yield from _first("BODY-03", tight if len(tight) > len(body) / 4 else [])
    yield from _first("BODY-04", [p for p in long if not _line_spacing_fits(p, limits["line_spacing"])])
    bases = [p for p in body if p.text.strip().startswith("Căn cứ ")]
    yield from _first("BODY-05", [p for p in bases if not p.all_italic()])
    inside = [p.index for p in body]
    if inside:
        spacers = _spacers(file)
        blank = [p for p in file.paragraphs if inside[0] < p.index < inside[-1] and p.index in spacers]
        if len(blank) > 2:
            yield "BODY-13", body[0], len(blank)


def _spacers(file: _File) -> set[int]:
    """Blank paragraphs of the body that do not keep two tables apart."""
    found = set()
    for index, element in enumerate(file.formats.body.iter(W + "p")):
        around = (element.getprevious(), element.getnext())
        beside_table = any(e is not None and e.tag == W + "tbl" for e in around)
        if element.getparent() is file.formats.body and not beside_table and next(element.iter(W + "r"), None) is None:
            found.add(index)
    return found


def _line_spacing_fits(paragraph: ParagraphFormat, limits: Sequence[float]) -> bool:
    if paragraph.line is None:
        return True
    if paragraph.line_rule == "auto":
        return limits[0] - 0.01 <= paragraph.line / 240 <= limits[1] + 0.01
    size = max(paragraph.sizes(), default=14.0)
    return 1.1 * size <= paragraph.line / 20 <= 1.8 * size


def _end(file: _File) -> Iterator[Hit]:
    for paragraph in file.of("recipients"):
        text = paragraph.text.strip()
        if text.startswith("Nơi nhận"):
            if not (paragraph.all_bold() and paragraph.all_italic()) or not _between(paragraph, 12, 12):
                yield "RCPT-01", paragraph, 1
        elif text.startswith(("-", "–")) and (not _between(paragraph, 11, 11) or paragraph.all_italic()):
            yield "RCPT-02", paragraph, 1
            break
    capitals = [p for p in file.of("signature") if p.text.strip().isupper()]
    yield from _first("SIGN-02", [p for p in capitals if not p.all_bold() or not _between(p, 13, 14)])
    rows = list(file.formats.body.iter(W + "tr"))
    loose = [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is None]
    if len(rows) > 8 and len(loose) > len(rows) / 2:
        yield "TAB-02", None, len(loose)


def _more_head(file: _File) -> Iterator[Hit]:
    head = file.of("head")
    agency = [p for p in head[:6] if p.text.isupper() and not re.match(r"CỘNG\s*H|BÁO CÁO|SỐ", p.text.strip())]
    if agency and (not agency[-1].all_bold() or agency[-1].align != "center" or not _between(agency[-1], 12, 13)):
        yield "HEAD-06", agency[-1], 1
    to = [p for p in head if p.text.strip().startswith("Kính gửi")]
    yield from _first("TO-02", [p for p in to if ":" not in p.text or p.all_italic() or not _between(p, 13, 14)])


def _headings(file: _File) -> Iterator[Hit]:
    body = [p for p in file.of("body") if not p.in_table and file.zones[p.index].heading]
    labels = [(p, file.zones[p.index].label) for p in body]
    main = [p for p, label in labels if label and label.style == "roman"]
    yield from _first("BODY-08", [p for p in main if not p.text.isupper() or not p.all_bold()])
    short = [p for p, label in labels if label and label.style == "decimal" and len(p.text) < 90]
    plain = [p for p in short if not p.all_bold() and not p.text.rstrip().endswith((".", ";", ":"))]
    yield from _first("BODY-09", plain if len(plain) < len(short) else [])


def _annex(file: _File) -> Iterator[Hit]:
    annex = [p for p in file.of("appendix") if not p.in_table]
    for title, following in pairwise(annex):
        if not re.fullmatch(r"(?:PHỤ LỤC|Phụ lục)(?:\s+[IVX\d]{1,5})?", title.text.strip()):
            continue
        if title.text.isupper() or title.align != "center" or not title.all_bold():
            yield "ANX-01", title, 1
        if not following.text.isupper() or not following.all_bold() or following.align != "center":
            yield "ANX-02", following, 1
        break
    with_report = [p for p in annex if re.match(r"\(?\s*[Kk]èm theo", p.text.strip())]
    yield from _first("ANX-03", [p for p in with_report if not p.all_italic() or p.align != "center"])


def _tables_and_file(file: _File) -> Iterator[Hit]:
    long = [t for t in file.formats.body.iter(W + "tbl") if len(t.findall(W + "tr")) > 12]
    without = [t for t in long if t.find(f"{W}tr/{W}trPr/{W}tblHeader") is None]
    if without:
        yield "TAB-01", None, len(without)
    sections = file.formats.sections()
    first = sections[0].find(W + "pgSz") if sections else None
    if first is not None and first.get(W + "orient") == "landscape":
        yield "PAGE-02", None, 1
    core = file.formats.package.xml("docProps/core.xml")
    titles = (
        [(e.text or "").strip() for e in core.iter("{http://purl.org/dc/elements/1.1/}title")]
        if core is not None
        else []
    )
    named = [t for t in titles if len(t.split()) > 2]
    if named and not any(word in " ".join(p.text for p in file.of("head")).lower() for word in (named[0].lower(),)):
        yield "META-01", None, 1


def _traces(file: _File) -> Iterator[Hit]:
    body = file.formats.body
    marks = ("ins", "del", "moveFrom", "commentReference", "vanish")
    count = sum(1 for tag in marks for _ in body.iter(W + tag))
    if count:
        yield "META-02", None, count


_CHECKS: tuple[Callable[[_File], Iterator[Hit]], ...] = (
    _page,
    _letters,
    _head,
    _more_head,
    _title,
    _body,
    _headings,
    _end,
    _annex,
    _tables_and_file,
    _traces,
)

RULES = (
    Rule(
        "word_form",
        "format",
        "info",
        "Nghị định 30/2020/NĐ-CP, Phụ lục I (knowledge/check/form.yaml)",
        "các bản thảo của chương trình: 0 báo nhầm",
        word_form,
    ),
)
