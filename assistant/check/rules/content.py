# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""What the report should hold and does not: empty and missing sections, figures its topic asks for, copied text."""

import re
from collections.abc import Iterator

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report, Section
from assistant.check.text_tools import draft, sentences
from assistant.vietnamese.text import fold

# words of a sentence that is not repeated by chance: anywhere, and in one section
_MIN_WORDS, _MIN_WORDS_NEAR = 14, 8
# of a statement of its own, neither led in ("Đơn vị chủ trì: …") nor a task to come: in one section; elsewhere where it has a figure
_SHORT_NEAR, _SHORT_WITH_FIGURE = 5, 7
_SAYS_ALL = re.compile(r"phụ lục|biểu|kèm theo|không phát sinh|: *không|không có|\d|:\s*\S", re.I)


def empty_sections(report: Report) -> Iterator[Draft]:
    """A heading with nothing under it."""
    for section in report.sections:
        inside = report.paragraphs[section.first + 1 : section.last]
        if inside or (section.last >= len(report.paragraphs) and not report.zone("closing")):
            continue
        if _is_list_item(report, section) or _opens_a_list(report, section):
            continue
        heading = report.paragraphs[section.first]
        if (
            not heading.words.strip()
            or _SAYS_ALL.search(heading.words)
            or heading.words.rstrip().endswith((".", ";"))
            or len(heading.words.split()) > 16
        ):
            continue
        yield draft(heading, 0, len(heading.text), f"Mục «{section.label}» chỉ có tiêu đề, không có nội dung.", rank=64)


_FIRST = re.compile(r"\(?(?:1|a|i)[).](?!\d)")


def _opens_a_list(report: Report, section: Section) -> bool:
    """Whether the first of a list follows, in whatever way it is numbered."""
    following = report.paragraphs[section.last] if section.last < len(report.paragraphs) else None
    return following is not None and following.label is not None and bool(_FIRST.match(following.text))


def _is_list_item(report: Report, section: Section) -> bool:
    """Whether its neighbours have nothing under them either: points of a list, not headings."""
    siblings = [
        s for s in report.sections if s.parent == section.parent and s.depth == section.depth and s is not section
    ]
    bare = [s for s in siblings if s.last == s.first + 1]
    return len(siblings) >= 2 and 2 * len(bare) >= len(siblings)


def missing_main_parts(report: Report) -> Iterator[Draft]:
    """Difficulties without any proposal or way out."""
    if not report.sections or len(report.prose) < 8:
        return
    headings = [(section, section.heading.lower()) for section in report.sections]
    leads = " ".join(p.text.lower() for p in report.prose if len(p.text) < 60)
    troubles = [s for s, text in headings if re.search(r"khó khăn|tồn tại|hạn chế|vướng mắc", text)]
    answers = any(re.search(r"kiến nghị|đề xuất|giải pháp|đề nghị", text) for _, text in headings) or re.search(
        r"đề xuất|kiến nghị", leads
    )
    ahead = any(re.search(r"phương hướng|nhiệm vụ|thời gian tới", text) for _, text in headings)
    if troubles and not answers:
        heading = report.paragraphs[troubles[0].first]
        yield draft(
            heading,
            0,
            len(heading.text),
            "Nêu khó khăn, vướng mắc nhưng báo cáo không có mục đề xuất, kiến nghị.",
            severity="info" if ahead else "warning",
            category="missing_section",
            rank=50,
        )


def unmet_requirements(report: Report) -> Iterator[Draft]:
    """Required sections and figures of the report type that the report does not have."""
    if report.report_type is None:
        return
    matched = {section.id for section in report.matches.values()}
    starts = fold(" | ".join(p.words[:160] for p in report.prose))
    for wanted in report.report_type.leaves:
        if wanted.id not in matched and not wanted.optional and not wanted.appendix and not _spoken_of(starts, wanted):
            name = re.sub(r"\s*\{[^}]*\}\s*", " ", wanted.heading).strip()
            yield Draft(
                None,
                None,
                f"Không thấy mục «{name}» mà loại báo cáo này cần có.",
                severity="info",
                category="missing_section",
                rank=35,
            )
    told = _told(report)
    for index, wanted in report.matches.items():
        yield from _missing_figures(report, report.sections[index], wanted, told)


def _spoken_of(starts: str, wanted: object) -> bool:
    """Whether the words of a section are used in any heading or opening of a paragraph (`starts`, folded)."""
    names = [
        getattr(wanted, "heading", ""),
        *getattr(wanted, "aliases", ()),
        *(use.topic.name for use in getattr(wanted, "topics", ())),
    ]
    for name in names:
        words = fold(re.sub(r"\{[^}]*\}", " ", str(name))).strip()
        if len(words) > 5 and words in starts:
            return True
    return False


def _missing_figures(report: Report, section: Section, wanted: object, told: dict[str, str]) -> Iterator[Draft]:
    """The figures that the section's topic asks for and that no sentence of the report gives (`told`: see _told)."""
    fields = [f for f in getattr(wanted, "fields", ()) if f.required and f.numeric]
    paragraphs = report.text_of(section)
    text = " ".join(p.words for p in paragraphs)
    if not fields or len(text.split()) < 12 or any(s.parent == section.index for s in report.sections):
        return
    plain = re.sub(r"\d{1,2}/\d{1,2}/\d{4}|\d+[-/][A-ZĐ]\S*|năm 20\d\d|quý [IV]+", " ", text)
    missing = [f for f in fields if not re.search(r"\d", plain) or not _is_told(f, told)]
    if not missing:
        return
    labels = "; ".join(f.label[0].lower() + f.label[1:] if f.label[1:2].islower() else f.label for f in missing[:3])
    more = f" và {len(missing) - 3} số liệu khác" if len(missing) > 3 else ""
    heading = paragraphs[0]
    lead = "Mục này chưa thấy số liệu" if re.search(r"\d", plain) else "Mục này chưa có số liệu nào; cần có"
    message = f"{lead}: {labels}{more}."
    yield draft(heading, 0, len(heading.text), message, severity="info", category="missing_figure", rank=34)


def _told(report: Report) -> dict[str, str]:
    """Sentences with a figure, folded; table rows with the header of their table."""
    found: dict[str, str] = {}
    for paragraph in report.zone("body", "appendix"):
        if paragraph.table is None:
            for start, end in sentences(paragraph.text):
                if re.search(r"\d", paragraph.text[start:end]):
                    found[f" {_key(paragraph.text[start:end])} "] = paragraph.text[start:end]
    for table in report.tables:
        header = " ".join(cell.text for cell in table.rows[0])
        for row in table.rows[1:]:
            line = f"{header} {' '.join(cell.text for cell in row)}"
            found[f" {_key(line)} "] = line
    return found


_WEAK = frozenset("so tong ty le luong cua cac va duoc da co trong ky tren ve theo tai cho nguoi xa o voi la".split())  # noqa: SIM905


def _is_told(field: object, told: dict[str, str]) -> bool:
    """Whether a sentence with a figure has most of the words of the field's name, or of one of its other names."""
    for name in (getattr(field, "label", ""), *getattr(field, "aliases", ())):
        words = [word for word in _key(str(name)).split() if word not in _WEAK]
        needed = max(1, round(0.6 * len(words)))
        if not words or any(sum(f" {word} " in line for word in words) >= needed for line in told):
            return True
    return False


def repeated_text(report: Report) -> Iterator[Draft]:
    """The same paragraph, or the same sentence, twice."""
    seen: dict[str, Paragraph] = {}
    for paragraph in report.prose:
        if paragraph.heading:
            continue
        whole = _key(paragraph.words)
        if len(whole.split()) >= _MIN_WORDS and whole in seen:
            where = report.location(seen[whole]) or "trên"
            yield draft(paragraph, 0, len(paragraph.text), f"Đoạn này lặp nguyên văn đoạn ở mục {where}.", rank=56)
            continue
        if len(whole.split()) >= _MIN_WORDS:
            seen.setdefault(whole, paragraph)
        for start, end, led in _statements(paragraph):
            key = _key(paragraph.text[start:end])
            length = len(key.split())
            known = seen.get(key)
            near = known is not None and known.section == paragraph.section
            plain = not led and not report.about_the_future(paragraph)
            least = _MIN_WORDS_NEAR if near else _MIN_WORDS
            if plain:
                least = _SHORT_NEAR if near else _SHORT_WITH_FIGURE if re.search(r"\d", key) else least
            if known is not None and (key != whole or length < _MIN_WORDS) and length >= least:
                where = "ngay trên" if near else f"ở mục {report.location(known) or 'trên'}"
                # a fact in few words may stand under both topics that it belongs to
                severity = "info" if not near and length < _MIN_WORDS else None
                yield draft(paragraph, start, end, f"Câu này lặp nguyên văn câu {where}.", severity=severity, rank=56)
            elif length >= _SHORT_NEAR:
                seen.setdefault(key, paragraph)


_BEFORE_FIGURE = re.compile(r"(?<=[\w%][.;]) (?=\d)")
_LEAD = re.compile(r"[^.;:\d]{2,60}:\s+(?=\S)")


def _statements(paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    """Its sentences without number and lead words ("Thứ tư, về công khai:"), and whether there were such words."""
    for begin, end in sentences(paragraph.text):
        start = max(begin, paragraph.words_start)
        for stop in (*(m.start() for m in _BEFORE_FIGURE.finditer(paragraph.text, start, end)), end):
            lead = _LEAD.match(paragraph.text, start, stop)
            yield (lead.end() if lead else start), stop, ":" in paragraph.text[start:stop]
            start = stop + 1


def repeated_headings(report: Report) -> Iterator[Draft]:
    """Two sections of one level with the same heading."""
    seen: dict[tuple[int, str], Section] = {}
    for section in report.sections:
        key = (section.parent, _key(section.heading))
        length = len(key[1].split())
        if not 2 <= length <= 40 or (section.heading.endswith(".") and length < _MIN_WORDS_NEAR):
            continue
        if key in seen:
            heading = report.paragraphs[section.first]
            yield draft(
                heading, 0, len(heading.text), f"Mục «{section.label}» trùng tên với mục «{seen[key].label}».", rank=54
            )
        else:
            seen[key] = section


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def unchanged(report: Report) -> Iterator[Draft]:
    """Paragraphs that the last report already had, word for word."""
    if report.previous is None:
        return
    before = {key for p in report.previous.prose if len((key := _key(p.words)).split()) >= _MIN_WORDS}
    for paragraph in report.prose:
        if paragraph.heading or _key(paragraph.words) not in before or paragraph.zone == "closing":
            continue
        if paragraph.section < 0 and report.sections:
            continue  # the opening is the same every time
        with_figures = bool(
            re.search(r"\d", re.sub(r"\d{1,2}/\d{1,2}/\d{4}|\d+[-/][A-ZĐ]\S*|20\d\d", "", paragraph.words))
        )
        message = "Đoạn này giữ nguyên văn của báo cáo kỳ trước"
        message += ", cả số liệu; cập nhật số liệu kỳ này." if with_figures else "; cập nhật tình hình kỳ này."
        severity = "warning" if with_figures and not report.about_the_future(paragraph) else "info"
        yield draft(paragraph, 0, len(paragraph.text), message, severity=severity, rank=53)


RULES = (
    Rule(
        "empty_section",
        "missing_section",
        "warning",
        "Mục phải có nội dung",
        "3 báo cáo xã: 0 báo nhầm; 15 văn bản trung ương và tỉnh (108.000 từ): 3 báo nhầm ở bảng mất khung khi lấy chữ từ PDF",
        empty_sections,
    ),
    Rule(
        "no_proposal",
        "missing_section",
        "warning",
        "Khó khăn đi với đề xuất, kiến nghị",
        "3 báo cáo xã",
        missing_main_parts,
    ),
    Rule(
        "requirement",
        "missing_section",
        "info",
        "Đề cương của loại báo cáo (knowledge/reports, knowledge/topics)",
        "3 báo cáo xã",
        unmet_requirements,
    ),
    Rule(
        "repeated_text",
        "duplicated_text",
        "warning",
        "Cách viết",
        "3 báo cáo xã: 0 báo nhầm; 15 văn bản trung ương và tỉnh (108.000 từ): 3 đoạn luật lặp có chủ ý",
        repeated_text,
    ),
    Rule("repeated_heading", "duplicated_text", "warning", "Bố cục", "3 báo cáo xã: 0 báo nhầm", repeated_headings),
    Rule("unchanged", "duplicated_text", "info", "So với báo cáo kỳ trước", "hai báo cáo tự viết để thử", unchanged),
)
