"""The report back in Word: the officer's own file, or the text of another format, with a comment at each place."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.check.build import build_report
from assistant.check.model import CATEGORY_NAMES, SEVERITY_NAMES, CheckResult
from assistant.check.render import VERDICT_NAMES, bad_references, counts_line, most_important
from assistant.errors import InputError, UnreadableFileError
from assistant.library.models import SourceDocument
from assistant.output_files import write_whole

_ORDER = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one place: span in the checked text, severity, lines."""

    start: int
    end: int
    severity: str
    lines: tuple[str, ...]


def annotate(source: SourceDocument, result: CheckResult, target: Path, *, original: Path | None = None) -> None:
    """Write a .docx with the comments to `target`, wholly or not at all.

    Args:
        original: the file that `source` was read from; a Word file is copied, untouched but for the comments.

    Raises:
        InputError: `target` is no .docx, or cannot be written.
    """
    if target.suffix.lower() != ".docx":
        raise InputError(f"Tệp ghi chú phải có đuôi .docx, không phải «{target.name}».")
    from assistant.check.word_comments import Mark, add_comments, visible_lengths

    notes = merge(notes_of(result))
    if source.format == "docx" and original is not None:
        try:
            data = original.read_bytes()
        except OSError as error:
            raise UnreadableFileError(f"Không đọc lại được tệp «{original}».") from error
        lengths = visible_lengths(data, source.name)
        placed = [(note, _place_in_word(source, lengths, note)) for note in notes]
    else:
        data, places = _plain_document(source)
        placed = [(note, places.find(note)) for note in notes]
    marks = [Mark(p, a, b, note.lines) for note, place in placed if place for p, a, b in [place]]
    first = _first_paragraph(source)
    taken = any(mark.paragraph == first for mark in marks)
    # where the first paragraph has remarks of its own, the summary stands at a point before its first letter
    marks.insert(0, Mark(first, -1 if taken else 0, -1 if taken else 0, summary_lines(result)))
    write_whole(target, add_comments(data, source.name, marks))


def notes_of(result: CheckResult) -> list[Note]:
    """Everything that has a place, findings and references."""
    notes = []
    for finding in result.findings:
        if finding.start is None or finding.end is None:
            continue
        lines = [f"[{SEVERITY_NAMES[finding.severity]}] {CATEGORY_NAMES[finding.category]}", finding.message]
        if finding.suggestion:
            lines.append(f"Đề nghị: {finding.suggestion}")
        notes.append(Note(finding.start, finding.end, finding.severity, tuple(lines)))
    for reference in bad_references(result):
        if reference["verdict"] == "unknown":
            continue
        severity = str(reference.get("severity") or "info")
        verdict = VERDICT_NAMES.get(str(reference["verdict"]), "")
        lines = [f"[{SEVERITY_NAMES[severity]}] Viện dẫn: {verdict}", str(reference["message"] or "")]  # type: ignore[index]
        if reference.get("suggestion"):
            lines.append(f"Đề nghị: {reference['suggestion']}")
        notes.append(Note(int(reference["start"]), int(reference["end"]), severity, tuple(lines)))
    return notes


def merge(notes: Sequence[Note]) -> list[Note]:
    """At most one comment a place: notes whose spans overlap become one, the gravest first."""
    merged: list[list[Note]] = []
    end = -1
    for note in sorted(notes, key=lambda n: (n.start, n.end)):
        if merged and note.start < end:
            merged[-1].append(note)
        else:
            merged.append([note])
        end = max(end if len(merged[-1]) > 1 else 0, note.end)
    out = []
    for group in merged:
        ranked = sorted(group, key=lambda n: _ORDER.get(n.severity, 3))
        lines = tuple(line for note in ranked for line in note.lines)
        # the words of the gravest: a remark on the whole paragraph must not draw the comment away from them
        out.append(Note(ranked[0].start, ranked[0].end, ranked[0].severity, lines))
    return out


def summary_lines(result: CheckResult) -> tuple[str, ...]:
    """The one-page summary: counts, the ten that matter most, what has no place."""
    lines = [f"TÓM TẮT KIỂM TRA: {counts_line(result)}"]
    if result.report_type_name:
        lines.append(f"Đọc như: {result.report_type_name}.")
    lines.append(f"Xét hiệu lực văn bản tại ngày {result.report_date:%d/%m/%Y}.")
    top = most_important(result)
    if top:
        lines.append("Cần xem trước:")
        for n, (severity, words, message) in enumerate(top, 1):
            lines.append(f"{n}. [{SEVERITY_NAMES[severity]}] " + (f"«{words}»: " if words else "") + message)  # type: ignore[index]
    homeless = [f for f in result.findings if f.start is None]
    if homeless:
        lines.append("Còn thiếu trong báo cáo:")
        lines.extend(f"- [{SEVERITY_NAMES[f.severity]}] {f.message}" for f in homeless)
    lines.extend(result.notices)
    return tuple(lines)


def _place_in_word(source: SourceDocument, lengths: Sequence[int], note: Note) -> tuple[int, int, int] | None:
    """(paragraph, start, end) in the Word file; a note over several paragraphs is put on the first."""
    block = source.block_at(note.start)
    if block is None:
        return None
    if not block.cells:
        if block.paragraph is None:
            return None
        base = block.start + block.prefix
        start, end = max(note.start - base, 0), min(note.end, block.end) - base
        return (block.paragraph, start, end) if end > start else (block.paragraph, 0, 0)
    for cell in reversed(block.cells):
        if cell.start <= note.start:
            places = [*cell.paragraphs, (cell.end + 1, -1)]
            for (begin, paragraph), (following, _) in pairwise(places):
                if begin <= note.start < following:
                    # a number that Word generates in a cell is not marked off from its text: then count from the end
                    stop = following - 1
                    prefix = max(stop - begin - lengths[paragraph], 0)
                    start, end = note.start - begin - prefix, min(note.end, stop) - begin - prefix
                    return (paragraph, max(start, 0), end) if end > max(start, 0) else (paragraph, 0, 0)
    return None


def _first_paragraph(source: SourceDocument) -> int:
    """The first paragraph of the Word file that holds text."""
    if source.format != "docx":
        return 0
    return next((b.paragraph for b in source.blocks if b.paragraph is not None), 0)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the paragraphs of the checked text stand in the Word file made of it."""

    report: Any
    index: dict[int, int]

    def find(self, note: Note) -> tuple[int, int, int] | None:
        paragraph = self.report.paragraph_at(note.start)
        if paragraph is None:
            return None
        flat = paragraph.flat
        inside = [
            i for i, (a, b) in enumerate(zip(flat.starts, flat.ends, strict=True)) if a < note.end and note.start < b
        ]
        at = self.index[paragraph.index]
        return (at, inside[0], inside[-1] + 1) if inside else (at, 0, 0)


def _plain_document(source: SourceDocument) -> tuple[bytes, _Places]:
    """A Word file of the text: paragraphs and tables as read."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    report = build_report(source)
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    elements: dict[int, Any] = {}
    tables: dict[int, Any] = {}
    for paragraph in report.paragraphs:
        if paragraph.table is not None:
            elements[paragraph.index] = _cell(document, tables, report, paragraph)
            continue
        line = document.add_paragraph()
        run = line.add_run(_printable(paragraph.text))
        run.bold = paragraph.heading or (paragraph.zone == "head" and paragraph.text.isupper()) or None
        if paragraph.zone == "body":
            line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        elements[paragraph.index] = line._p
    out = io.BytesIO()
    document.save(out)
    order = {element: i for i, element in enumerate(document.element.body.iter(qn("w:p")))}
    return out.getvalue(), _Places(report, {index: order[element] for index, element in elements.items()})


def _cell(document: Any, tables: dict[int, Any], report: Any, paragraph: Any) -> Any:
    """The `w:p` of a table cell, its table made when its first cell comes."""
    number, row, column = paragraph.table
    if number not in tables:
        rows = report.tables[next(i for i, t in enumerate(report.tables) if t.index == number)].rows
        last_row = max(cell.table[1] for cells in rows for cell in cells)
        last_column = max(cell.table[2] for cells in rows for cell in cells)
        tables[number] = document.add_table(last_row + 1, last_column + 1, style="Table Grid")
    line = tables[number].cell(row, column).paragraphs[0]
    line.add_run(_printable(paragraph.text))
    return line._p


def _printable(text: str) -> str:
    """What XML cannot hold becomes a space, so that no offset moves."""
    return "".join(char if char.isprintable() else " " for char in text)
