"""Splitting a document along its own structure into passages: a Điều, or the lowest section with a heading.

Two passes. The first finds the markers and makes a tree of them. The second decides, for each group of siblings,
whether they are sections (with headings) or items of a list: what most of them look like counts for all.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.library import markers
from assistant.library.lines import paragraphs
from assistant.library.markers import CAPITAL, RECIPIENTS, Marker, find_marker
from assistant.library.models import Heading, Passage, SourceDocument
from assistant.library.paragraph import Paragraph

MAX_WORDS = 600
MAX_TABLE_WORDS = 300
_TITLE_WORDS = 70
_ANNEX_TITLE_LINES = 4
_QUOTE_REACH = 40
_OPENS_QUOTE = re.compile(r"^[“\"«]\s*(?:Điều|Khoản|Mục|Chương|\d+[.)]|[a-zđ]\))")
_CLOSES_QUOTE = re.compile(r"[”\"»]\s*[.;,]?$")
_ENCLOSED = re.compile(r"^\(?\s*(?:Ban hành )?(?:kèm|đính kèm) theo", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")
_FULL_STOP = re.compile(rf"[.!?]\s+(?=[{CAPITAL}])")
# a heading and the first item of its list on one line, as careless conversions leave them
_RUN_ON = re.compile(rf"^(?P<title>[^.;]{{8,160}}?)\s+(?:[-–+]|a\))\s+(?=[{CAPITAL}])")
_HEADER_CELL = re.compile(r"^(?:s?tt|số tt|stt\.?|#|no\.?)$", re.IGNORECASE)
PREAMBLE = Heading("", "Phần mở đầu", 0)


@dataclass(slots=True)
class _Node:
    """A paragraph with a marker, in the tree of markers."""

    index: int
    marker: Marker
    parent: "_Node | None"
    titled: bool = False
    titled_by_file: bool = False
    is_section: bool = False


@dataclass(slots=True)
class _Section:
    """A section being filled; its first `heading_lines` paragraphs are a heading that its subsections carry on."""

    path: tuple[Heading, ...]
    lines: list[Paragraph] = field(default_factory=list)
    heading_lines: int = 0


def split(source: SourceDocument, key: str) -> tuple[Passage, ...]:
    """The passages of a document; see `split_paragraphs`."""
    return split_paragraphs(paragraphs(source), key)


def split_paragraphs(lines: Sequence[Paragraph], key: str) -> tuple[Passage, ...]:
    """The passages made of a document's paragraphs.

    Args:
        key: prefix of the passage ids ("ID.VERSION"); the document id is what stands before the last dot. With ""
            the ids are the bare ordinals.
    """
    headers = _table_headers(lines)
    document_id = key.rpartition(".")[0] or key
    prefix = f"{key}." if key else ""
    passages: list[Passage] = []
    for unit, section in enumerate(_sections(lines, _section_nodes(lines))):
        for part in _parts(section.lines):
            number = len(passages)
            passages.append(_passage(part, section.path, headers, f"{prefix}{number}", document_id, unit, number))
    return tuple(passages)


def _section_nodes(lines: Sequence[Paragraph]) -> dict[int, _Node]:
    """The paragraphs that open sections, by index."""
    nodes = _tree(lines)
    groups: dict[tuple[int, int], list[_Node]] = {}
    for node in nodes:
        groups.setdefault((id(node.parent), node.marker.rank), []).append(node)
    for (_, rank), group in groups.items():
        parent = group[0].parent
        sectional = (
            rank <= markers.ROMAN
            or group[0].titled_by_file
            or _headed(lines, rank, parent, group)
            or _too_long(lines, group)
        )
        for node in group:
            node.is_section = sectional and (parent is None or parent.is_section)
    return {node.index: node for node in nodes if node.is_section}


def _headed(lines: Sequence[Paragraph], rank: int, parent: _Node | None, group: list[_Node]) -> bool:
    """Numbers and letters: sections where at least half carry a heading; below a Điều they are khoản and điểm."""
    if rank >= markers.DASH or (parent is not None and parent.marker.rank == markers.ARTICLE):
        return False
    if rank == markers.POINT and _span_words(lines, group) <= MAX_WORDS:
        # "a) Nhiệm vụ", "b) Cơ quan thực hiện": parts of one matter, read together
        return False
    return sum(node.titled for node in group) * 2 >= len(group)


def _too_long(lines: Sequence[Paragraph], group: list[_Node]) -> bool:
    """Numbered items without headings that fill more than one passage are told apart by their numbers."""
    parent = group[0].parent
    if group[0].marker.rank != markers.NUMBER or len(group) < 3:
        return False
    if parent is not None and parent.marker.rank == markers.ARTICLE:
        return False
    return _span_words(lines, group) > 2 * MAX_WORDS


def _span_words(lines: Sequence[Paragraph], group: list[_Node]) -> int:
    """Words from the first of the siblings to the next heading after the last."""
    end = group[-1].index + 1
    while end < len(lines) and ((m := find_marker(lines[end].text)) is None or m.rank > group[0].marker.rank):
        end += 1
    return sum(_words(line) for line in lines[group[0].index : end])


def _tree(lines: Sequence[Paragraph]) -> list[_Node]:
    nodes: list[_Node] = []
    stack: list[_Node] = []
    quote_left = 0
    for index, line in enumerate(lines):
        quote_left = _quote_state(line.text, quote_left)
        if line.row is not None or quote_left > 0:
            continue
        letter = next((n.marker.number for n in reversed(stack) if n.marker.rank == markers.LETTER), "")
        marker = _marker(lines, index, letter)
        if marker is None or marker.rank >= markers.DASH:
            continue
        while stack and (stack[-1].marker.rank >= marker.rank or stack[-1].marker.label == RECIPIENTS):
            stack.pop()
        node = _Node(index, marker, stack[-1] if stack else None, _titled(lines, index, marker), line.level is not None)
        nodes.append(node)
        stack.append(node)
    return nodes


def _quote_state(text: str, left: int) -> int:
    """How many more paragraphs may belong to a quoted amendment; its clauses are no sections of this document."""
    if left > 0:
        return 0 if _CLOSES_QUOTE.search(text) and left < _QUOTE_REACH else left - 1
    if _OPENS_QUOTE.match(text) and not _CLOSES_QUOTE.search(text):
        return _QUOTE_REACH
    return 0


def _marker(lines: Sequence[Paragraph], index: int, letter: str) -> Marker | None:
    line = lines[index]
    marker = find_marker(line.text, letter)
    if line.sure and line.level is not None:
        label, length = (marker.label, marker.length) if marker and marker.rank < markers.DASH else ("", 0)
        return Marker(markers.ARTICLE + min(line.level, 8), label, label, length)
    if marker is not None:
        if marker.rank == markers.LETTER and not letter and marker.number != "A":
            return None
        return marker
    if line.level is not None:
        # headings that only the file's own styles show
        return Marker(markers.LETTER + 5 + 10 * min(line.level, 4), "", "", 0)
    if line.text.isupper() and any(_ENCLOSED.match(after.text) for after in lines[index + 1 : index + 4]):
        # "CHƯƠNG TRÌNH HÀNH ĐỘNG … (Ban hành kèm theo …)": a document enclosed with this one
        before = lines[index - 1].text if index else ""
        above = find_marker(before)
        if (above is not None and above.rank == markers.ANNEX) or (before.isupper() and len(before.split()) <= 20):
            return None
        return Marker(markers.ANNEX, "", "", 0)
    return None


def _titled(lines: Sequence[Paragraph], index: int, marker: Marker) -> bool:
    """Whether the paragraph looks like a heading: short, one clause, with text of its own after it."""
    line = lines[index]
    text = line.text[marker.length :].strip()
    if line.level is not None:
        return True
    if index + 1 >= len(lines) or len(text.split()) > _TITLE_WORDS or text.endswith((";", ",")):
        return False
    following = find_marker(lines[index + 1].text) if lines[index + 1].row is None else None
    if following is not None and following.rank <= marker.rank:
        return False
    if _FULL_STOP.search(text) or _RUN_ON.match(text):
        return False
    return not text.endswith(".") or len(text.split()) <= 25


def _sections(lines: Sequence[Paragraph], nodes: dict[int, _Node]) -> Iterator[_Section]:
    """Sections in order: the text before the first heading, then each heading with what stands directly under it."""
    parents = {id(node.parent) for node in nodes.values() if node.parent is not None}
    path: list[Heading] = []
    current = _Section((PREAMBLE,))
    skip_to = 0
    for index, line in enumerate(lines):
        if index < skip_to:
            continue
        node = nodes.get(index)
        if node is None:
            current.lines.append(line)
            continue
        if _worth_keeping(current):
            yield current
        title, skip_to = _title(lines, index, node, nodes)
        while path and (path[-1].rank >= node.marker.rank or path[-1].label == RECIPIENTS):
            path.pop()
        path.append(Heading(_label(node.marker), title, node.marker.rank))
        heading_lines = skip_to - index if title and id(node) in parents else 0
        current = _Section(tuple(path), list(lines[index:skip_to]), heading_lines)
    if _worth_keeping(current):
        yield current


def _worth_keeping(section: _Section) -> bool:
    """A heading alone is carried by the paths of what stands below it."""
    return len(section.lines) > section.heading_lines


def _label(marker: Marker) -> str:
    """How the section is called in paths; a heading of Markdown keeps the number it carries."""
    if marker.rank == markers.LETTER:
        return f"Phần {marker.number}"
    return f"Mục {marker.number}" if marker.rank == markers.ROMAN else marker.label


def _title(lines: Sequence[Paragraph], index: int, node: _Node, nodes: dict[int, _Node]) -> tuple[str, int]:
    """(words of the heading, index of the first paragraph after it)."""
    text = lines[index].text[node.marker.length :].strip()
    rank = node.marker.rank
    if node.marker.label == RECIPIENTS:
        return "", index + 1
    end = index + 1
    if (not text and rank <= markers.ARTICLE) or (rank == markers.ANNEX and node.marker.label == ""):
        limit = index + 1 + (_ANNEX_TITLE_LINES if rank == markers.ANNEX else 2)
        pieces = [text] if text else []
        while end < min(limit, len(lines)) and end not in nodes and lines[end].row is None:
            words = lines[end].text
            if _ENCLOSED.match(words) or (rank != markers.ANNEX and not words.isupper()) or len(words.split()) > 60:
                break
            pieces.append(words)
            end += 1
        return " ".join(pieces), end
    if rank >= markers.NUMBER and not node.titled:
        run_on = _RUN_ON.match(text)
        return (run_on.group("title") if run_on else ""), index + 1
    if rank == markers.ARTICLE and (len(text.split()) > 45 or _FULL_STOP.search(text)):
        # a Điều without a heading: its words are the provision itself
        return "", index + 1
    return text.rstrip(":"), end


def _table_headers(lines: Sequence[Paragraph]) -> dict[int, str]:
    """The header row of each table, by table number; a table cut by the page takes that of the one before."""
    headers: dict[int, str] = {}
    last: Paragraph | None = None
    for line in lines:
        if line.row is None or line.row.table is None or line.row.table in headers:
            continue
        if _is_header(line):
            last = line
        if last is not None and last.row is not None and abs(len(last.row.cells) - len(line.row.cells)) <= 1:
            headers[line.row.table] = last.text
    return headers


def _is_header(line: Paragraph) -> bool:
    cells = [cell.text.strip() for cell in line.row.cells] if line.row is not None else []
    if not cells or len(line.text) > 400:
        return False
    if _HEADER_CELL.match(cells[0]):
        return True
    return all(len(cell) < 80 for cell in cells) and not any(re.match(r"^[\d.,/%]+$", cell) for cell in cells if cell)


def _parts(lines: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Runs of paragraphs of at most `MAX_WORDS` words (tables: `MAX_TABLE_WORDS`), of about equal length."""
    pieces = [piece for line in lines for piece in _cut_long(line)]
    run: list[Paragraph] = []
    for is_table, group in _grouped(pieces):
        limit = MAX_TABLE_WORDS if is_table else MAX_WORDS
        total = sum(_words(line) for line in group)
        if total + sum(_words(line) for line in run) <= limit:
            run.extend(group)
            continue
        if run and not (len(run) <= 3 and is_table and sum(_words(line) for line in run) < 80):
            yield run
            run = []
        target = total / math.ceil(total / limit)
        for line in group:
            if run and sum(_words(other) for other in run) + _words(line) > min(limit, target * 1.15):
                yield run
                run = []
            run.append(line)
    if run:
        yield run


def _grouped(lines: Sequence[Paragraph]) -> Iterator[tuple[bool, list[Paragraph]]]:
    group: list[Paragraph] = []
    for line in lines:
        if group and (group[-1].row is None) != (line.row is None):
            yield group[-1].row is not None, group
            group = []
        group.append(line)
    if group:
        yield group[-1].row is not None, group


def _words(line: Paragraph) -> int:
    return line.text.count(" ") + 1


def _cut_long(line: Paragraph) -> Iterator[Paragraph]:
    """A paragraph of more than `MAX_WORDS` words, cut at the ends of sentences."""
    if _words(line) <= MAX_WORDS:
        yield line
        return
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(line.text)), len(line.text)]
    begin = 0
    for left, right in zip(bounds[1:], [*bounds[2:], len(line.text)], strict=True):
        if left == len(line.text) or line.text.count(" ", begin, right) > MAX_WORDS // 2:
            if left > begin:
                yield _slice(line, begin, left)
            begin = left
    if begin < len(line.text):
        yield _slice(line, begin, len(line.text))


def _slice(line: Paragraph, begin: int, end: int) -> Paragraph:
    inside = [(at - begin, source) for at, source in line.anchors if begin <= at < end]
    before = [(at, source) for at, source in line.anchors if at <= begin]
    if before and (not inside or inside[0][0] > 0):
        inside.insert(0, (0, min(before[-1][1] + begin - before[-1][0], line.end)))
    after = [(at, source) for at, source in line.anchors if at >= end]
    stop = after[0][1] if after else line.end
    return Paragraph(line.text[begin:end].rstrip(), inside[0][1], stop, line.page, inside, line.row)


def _passage(
    part: Sequence[Paragraph],
    path: tuple[Heading, ...],
    headers: dict[int, str],
    passage_id: str,
    document_id: str,
    unit: int,
    ordinal: int,
) -> Passage:
    texts: list[str] = []
    anchors: list[tuple[int, int]] = []
    offset = 0
    for line in part:
        anchors.extend((offset + at, source) for at, source in line.anchors)
        texts.append(line.text)
        offset += len(line.text) + 1
    rows = [line for line in part if line.row is not None]
    header = headers.get(rows[0].row.table) if rows and rows[0].row and rows[0].row.table is not None else None
    return Passage(
        passage_id,
        document_id,
        ordinal,
        unit,
        path,
        "\n".join(texts),
        part[0].start,
        part[-1].end,
        part[0].page,
        "table" if len(rows) == len(part) else "text",
        header if header not in texts else None,
        tuple(anchors),
    )
