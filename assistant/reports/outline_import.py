"""A report type from an office's own outline: headings read, matched to topics, written as YAML for correction."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import EmptyDocumentError
from assistant.reports.outline_headings import STYLES, Heading, Outline, read_outline, walk
from assistant.reports.outline_match import ENOUGH, TopicMatch, fullest_use, match_heading
from assistant.reports.topics import load_topics
from assistant.vietnamese.text import fold

# the topic of headings that no other topic is about
FREE = "other_content"


@dataclass(frozen=True, slots=True)
class MatchedHeading:
    """A heading with its section id and topics.

    Attributes:
        number: as the outline has it.
        matches: the topics taken, best first; the nearest ones where none is good enough.
        taken: whether the matches are good enough to be used.
        children: headings under it; a heading with children holds no topics of its own.
    """

    section_id: str
    number: str
    text: str
    level: int
    matches: tuple[TopicMatch, ...]
    taken: bool
    guidance: tuple[str, ...]
    children: tuple["MatchedHeading", ...]


@dataclass(frozen=True, slots=True)
class ImportedType:
    """A report type made from an outline.

    Attributes:
        numbering: style of each level, as the outline numbers them.
    """

    report_type_id: str
    name: str
    numbering: tuple[str, ...]
    headings: tuple[MatchedHeading, ...]
    appendices: tuple[MatchedHeading, ...]

    def yaml(self) -> str:
        """The report type as YAML, each topic with its score in a comment."""
        return "\n".join(_yaml_lines(self)) + "\n"

    def flat(self) -> Iterator[MatchedHeading]:
        """Every heading in the order of the outline."""
        yield from _flat((*self.headings, *self.appendices))


def import_outline(text: str, stem: str, *, report_type_id: str | None = None, name: str | None = None) -> ImportedType:
    """Read an outline's text and match its headings; `stem` of the file names the type where the text does not.

    Raises:
        EmptyDocumentError: the text has no numbered heading.
    """
    outline = read_outline(text)
    if not outline.headings:
        raise EmptyDocumentError(
            "Không thấy đề mục đánh số nào (I, 1, a …) trong đề cương; hãy kiểm tra lại tệp hoặc đánh số đề mục."
        )
    title = name or _sentence(outline.title) or stem
    type_id = slug(report_type_id or re.sub(r"^báo cáo\s+", "", title, flags=re.I)) or "loai_bao_cao_moi"
    namer = _Namer(type_id)
    return ImportedType(
        report_type_id=type_id,
        name=title,
        numbering=_numbering(outline),
        headings=tuple(_matched(heading, namer, ()) for heading in outline.headings),
        appendices=tuple(_appendix(heading, namer) for heading in outline.appendices),
    )


def slug(text: str, length: int = 40) -> str:
    """An id made of a name: "Báo cáo quý" -> "bao_cao_quy"."""
    words = "_".join(re.findall(r"[a-z0-9]+", fold(text)))
    return words if len(words) <= length else words[:length].rsplit("_", 1)[0]


def _sentence(title: str) -> str:
    if title.isupper():
        return title[:1] + title[1:].lower()
    # "BÁO CÁO" on a line of its own above the rest of the title
    return re.sub(r"^BÁO CÁO\s+(\w)", lambda match: f"Báo cáo {match.group(1).lower()}", title)


class _Namer:
    """Section ids of one type, all different."""

    def __init__(self, prefix: str) -> None:
        self.prefix = slug(prefix, 12)
        self.taken: set[str] = set()

    def name(self, heading: str) -> str:
        base = f"{self.prefix}_{slug(heading, 28)}".rstrip("_")
        name, position = base, 2
        while name in self.taken:
            name, position = f"{base}_{position}", position + 1
        self.taken.add(name)
        return name


def _numbering(outline: Outline) -> tuple[str, ...]:
    """The style of each level: that of the first heading on it."""
    styles: list[str] = []

    def look(headings: Sequence[Heading], level: int) -> None:
        for heading in headings:
            if level == len(styles):
                roman = heading.marker == "part" and re.fullmatch("[IVX]+", heading.number)
                styles.append("part_roman" if roman else STYLES[heading.marker])
            look(heading.children, level + 1)

    look(outline.headings, 0)
    return tuple(styles)


def _matched(heading: Heading, namer: _Namer, above: tuple[str, ...]) -> MatchedHeading:
    section_id = namer.name(heading.text)
    children = tuple(_matched(child, namer, (*above, heading.text)) for child in heading.children)
    matches = () if children else tuple(match_heading(heading.text, heading.guidance, above))
    return MatchedHeading(
        section_id=section_id,
        number=_number(heading),
        text=heading.text,
        level=len(above) + 1,
        matches=matches,
        taken=bool(matches) and matches[0].score >= ENOUGH,
        guidance=tuple(heading.guidance),
        children=children,
    )


def _number(heading: Heading) -> str:
    words = {"part": "Phần", "appendix": "Phụ lục"}
    number = heading.number
    if heading.marker == "part" and number.lower() in ("nhất", "hai", "ba", "tư", "năm"):
        number = f"thứ {number.lower()}"
    return f"{words[heading.marker]} {number}".strip() if heading.marker in words else heading.number


def _appendix(heading: Heading, namer: _Namer) -> MatchedHeading:
    """An appendix as one section: what stands under it helps to recognise it."""
    below = [child.text for child in walk(heading.children)]
    text = heading.text or (heading.guidance[0] if heading.guidance else "Biểu số liệu")
    flat = Heading(heading.marker, heading.number, text, [*heading.guidance, *below])
    return _matched(flat, namer, ())


def _flat(headings: Sequence[MatchedHeading]) -> Iterator[MatchedHeading]:
    for heading in headings:
        yield heading
        yield from _flat(heading.children)


def _yaml_lines(imported: ImportedType) -> Iterator[str]:
    committee = "ban chi dao" in fold(imported.name) and "ket qua" not in fold(imported.name)[:8]
    yield "# Tạo từ đề cương. Sửa topics ở từng mục nếu ghép chưa đúng (số sau dấu # là độ khớp, cao nhất là 1)."
    yield f"# Các chủ đề có thể dùng: {', '.join(load_topics())}"
    yield f"id: {imported.report_type_id}"
    yield f"name: {_quoted(imported.name)}"
    yield f"short_name: {_quoted(imported.name[:60])}"
    yield f"unit: {'steering_committee' if committee else 'people_committee'}"
    yield f"numbering: [{', '.join(imported.numbering)}]"
    yield "sections:"
    for heading in imported.headings:
        yield from _section_lines(heading, "")
    yield "appendices:" if imported.appendices else "appendices: []"
    for heading in imported.appendices:
        yield from _section_lines(heading, "")


def _section_lines(heading: MatchedHeading, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {heading.section_id}"
    yield f"{indent}  heading: {_quoted(heading.text)}"
    if heading.children:
        yield f"{indent}  sections:"
        for child in heading.children:
            yield from _section_lines(child, indent + "  ")
    elif heading.taken:
        yield f"{indent}  topics:"
        for match in heading.matches:
            yield f"{indent}  # {match.score:.2f} {load_topics()[match.topic].name} (nhận ra qua «{match.because}»)"
            yield from _use_lines(match.topic, indent + "  ")
    else:
        near = ", ".join(f"{match.topic} {match.score:.2f}" for match in heading.matches)
        yield f"{indent}  # chưa nhận ra chủ đề, tạm để viết tự do{f'; gần nhất: {near}' if near else ''}"
        yield f"{indent}  topics: [{FREE}]"


def _use_lines(topic_id: str, indent: str) -> Iterator[str]:
    use = fullest_use(topic_id)
    yield f"{indent}- topic: {topic_id}"
    for key, items in (
        ("fields", [field.name for field in use.fields]),
        ("requirements", [requirement.id for requirement in use.requirements]),
        ("mistakes", [mistake.id for mistake in use.mistakes]),
        ("tables", [table.id for table in use.tables]),
    ):
        if items or key == "fields":
            yield f"{indent}  {key}: [{', '.join(items)}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def match_text(imported: ImportedType) -> str:
    """The match as lines for the terminal: heading, topics, scores; what was not matched is marked."""
    names = load_topics()
    lines = [f"{imported.report_type_id}: {imported.name}", ""]
    for heading in imported.flat():
        indent = "  " * (heading.level - 1)
        lines.append(f"{indent}{heading.number}. {heading.text}  [{heading.section_id}]")
        if heading.children:
            continue
        if not heading.taken:
            lines.append(f"{indent}    ? chưa nhận ra, tạm để viết tự do ({FREE}); hãy chọn chủ đề trong tệp")
        for match in heading.matches:
            mark = "→" if heading.taken else "  gần nhất:"
            lines.append(f"{indent}    {mark} {match.score:.2f}  {match.topic} ({names[match.topic].name})")
    return "\n".join(lines)


def match_json(imported: ImportedType) -> dict[str, Any]:
    """The match as JSON."""
    return {
        "id": imported.report_type_id,
        "name": imported.name,
        "headings": [
            {
                "id": heading.section_id,
                "number": heading.number,
                "heading": heading.text,
                "level": heading.level,
                "matched": heading.taken or bool(heading.children),
                "topics": [{"id": m.topic, "score": m.score, "because": m.because} for m in heading.matches],
            }
            for heading in imported.flat()
        ],
    }
