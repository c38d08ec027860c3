"""Lists and counts read from the structure of a document: what stands under the heading that a question names."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.ask.asked import called_otherwise, canonical
from assistant.ask.models import Statement
from assistant.ask.question import Question, spell_out
from assistant.ask.shelf import quote_source, words
from assistant.ask.statements import statements
from assistant.library.models import DocumentRecord, Heading, Passage
from assistant.vietnamese.thesaurus import together
from assistant.vietnamese.tokens import folded_syllables

_LISTING = r"\b(?:may|bao nhieu|nhung|cac|gom|liet ke|ke ra|danh sach|gi|nao)\b"
# words of a question or a heading that name nothing
_EMPTY = frozenset(
    [
        "_",
        "neu",
        "dat",
        "ra",
        "de",
        "co",
        "bao",
        "gom",
        "quy",
        "dinh",
        "dua",
        "xac",
        "yeu",
        "cau",
        "liet",
        "ke",
        "chinh",
        "gap",
        "cac",
        "nhung",
        "trong",
        "va",
        "cua",
        "ve",
        "bi",
        "theo",
        "cho",
        "voi",
        "nhom",
        "nam",
        "thang",
        "quy",
        "hang",
        "het",
    ]
)
_MARKS = (
    re.compile(r"^\s*\d{1,2}[.)-]\s+(?=\S)"),
    re.compile(r"^\s*[a-zđ]\)\s+(?=\S)"),
    re.compile(r"^\s*[-–+*•]\s+(?=\S)"),
)
_CLOSING = re.compile(r"^\s*Trên đây là")
# shares of the question and of a heading that have to meet; a heading that has all of the question may say more
_LEAST_SAID, _LEAST_OF_TITLE, _LEAST_OF_NAMED = 0.8, 0.5, 0.35
_LEAST_OF_LEAF = 0.5
_LONGEST_LABEL = 8
# words of an item: as many as leave room for all
_LENGTHS = (60, 48, 40, 32, 26)
_LEAST_SENTENCE = 6
_SHOWN_PARTS = 12
_ROOM = 165


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list: span of its words in a passage's text."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the passages under it.

    Attributes:
        depth: position of the heading in their paths.
    """

    heading: Heading
    depth: int
    passages: tuple[Passage, ...]

    @property
    def above(self) -> tuple[str, ...]:
        """The titles of the headings it stands under."""
        return tuple(heading.title for heading in self.passages[0].path[: self.depth])


def lists(question: Question) -> bool:
    """Whether a question may be answered by a list."""
    other = question.asks & {"when", "why", "who", "yes_no", "money", "percent"}
    return not other and re.search(_LISTING, question.folded) is not None


def section_named(question: Question, passages: Sequence[Passage], title: str = "") -> Section | None:
    """The section whose heading says what is asked: nearly all of its words, and little else.

    Args:
        title: of the document; its words in a heading say nothing of the section.
    """
    drop = _EMPTY | set(_read(title))
    said = {word for word in canonical(question.kept) if word not in _EMPTY and not word.isdigit()}
    if not said - drop:
        return None
    valued = question.asks & {"count", "percent", "money"}
    return next(
        (found for asked in _ways(said, question) if (found := _best(asked, drop, passages, question, not valued))),
        None,
    )


def _ways(said: set[str], question: Question) -> Iterator[set[str]]:
    """What is asked, then with other names that documents have for it ("khó khăn": "hạn chế")."""
    yield said
    for ways, name in together(called_otherwise(question)).items():
        if name <= said:
            yield from (said - name | set(way) for way in ways)


def _best(
    asked: Set[str], drop: Set[str], passages: Sequence[Passage], question: Question, nested: bool
) -> Section | None:
    """The section whose heading fits best; `nested`: whether the headings above it may say a part of what is asked."""
    best: tuple[tuple[float, float], Section] | None = None
    for section in _sections(passages):
        heading = set(_read(section.heading.title))
        if len(heading) > 30 or len(asked & heading) < _LEAST_OF_LEAF * len(asked):
            continue
        # "mục tiêu gì về xã hội số": a heading below the one that says what it is of
        above = {word for title in section.above if nested for word in _read(title)}
        shared = asked & heading
        said, own = len(asked & (heading | above)) / len(asked), len(shared - drop) / max(len(heading - drop), 1)
        least = _LEAST_OF_TITLE if said < 1 else _LEAST_OF_NAMED
        if said >= _LEAST_SAID and own >= least and (best is None or (said, own) > best[0]):
            best = (said, own), section
    return _of_year(best[1], question.years) if best else None


def _of_year(section: Section, years: Sequence[int]) -> Section:
    """Of a section that is parted by years ("2.1. Đến năm 2030") the part of the year asked for."""
    for depth in range(section.depth + 1, max(len(passage.path) for passage in section.passages)):
        for passage in section.passages:
            heading = passage.path[depth] if depth < len(passage.path) else None
            if heading and any(str(year) in heading.title for year in years):
                below = tuple(p for p in section.passages if heading in p.path)
                return Section(heading, depth, below)
    return section


_PARTS = {"chuong": "Chương", "dieu": "Điều", "phu luc": "Phụ lục", "muc": "Mục", "phan": "Phần"}


def counted_parts(
    question: Question, record: DocumentRecord, passages: Sequence[Passage], name: str
) -> list[Statement]:
    """How many chapters, articles … the text at hand has, where that is asked; [] where it is not."""
    match = re.search(r"(?:may|bao nhieu) (chuong|dieu|phu luc|muc|phan)\b(?! (?:tram|tieu))", question.folded)
    if match is None:
        return []
    kind = _PARTS[match.group(1)]
    found: dict[str, tuple[Heading, Passage]] = {}
    for passage in passages:
        for heading in passage.path:
            if heading.label.startswith(f"{kind} "):
                found.setdefault(heading.label, (heading, passage))
    if not found:
        return []
    sources = tuple(
        quote_source(record, passage, *_title_span(passage, heading)) for heading, passage in list(found.values())[:8]
    )
    headings = [heading for heading, _ in found.values()]
    if len(headings) <= _SHOWN_PARTS:
        shown = "; ".join(map(_short_title, headings))
    else:
        shown = f"từ {headings[0].label} đến {headings[-1].label}"
    return [Statement(f"{name} có {len(found)} {kind.lower()}: {shown}.", sources)]


def _short_title(heading: Heading) -> str:
    title = heading.title.lower() if heading.title.isupper() else heading.title
    cut = " ".join(title.split()[:10])
    return f"{heading.label}. {cut}" if cut else heading.label


def _sections(passages: Sequence[Passage]) -> Iterator[Section]:
    grouped: dict[tuple[tuple[Heading, ...], int], list[Passage]] = {}
    for passage in passages:
        for depth in range(len(passage.path)):
            grouped.setdefault((passage.path[: depth + 1], depth), []).append(passage)
    for (path, depth), members in grouped.items():
        if path[depth].title:
            yield Section(path[depth], depth, tuple(members))


def items(section: Section) -> list[Item]:
    """What stands directly under a heading: the headings below it, or the marked lines of its text."""
    below: dict[Heading, Item] = {}
    for passage in section.passages:
        if len(passage.path) > section.depth + 1:
            heading = passage.path[section.depth + 1]
            at = passage.text.find(heading.title) if heading.title else -1
            if heading not in below and at >= 0:
                below[heading] = Item(passage, at, at + len(heading.title))
    if len(below) > 1:
        return list(below.values())
    for mark in _MARKS:
        found = [item for passage in section.passages for item in _marked(passage, mark, section.heading)]
        if len(found) > 1:
            return found
    return [
        Item(passage, span.start, span.end)
        for passage in section.passages
        for span in statements(passage)
        if len(span.words) >= _LEAST_SENTENCE and section.heading.title not in span.text
    ]


def _marked(passage: Passage, mark: re.Pattern[str], heading: Heading) -> Iterator[Item]:
    """The lines with a mark, each with the lines without any that go on with it."""
    offset = 0
    started: tuple[int, int] | None = None
    for line in passage.text.split("\n"):
        match = mark.match(line)
        shown = line[match.end() :].strip() if match else ""
        over = not line.strip() or line.isupper() or any(other.match(line) for other in (*_MARKS, _CLOSING))
        if started and (match or over):
            yield Item(passage, *started)
            started = None
        if match and shown and shown.rstrip(" :.") != heading.title.rstrip(" :."):
            started = offset + match.end(), offset + len(line.rstrip())
        elif started and not match:
            started = started[0], offset + len(line.rstrip())
        offset += len(line) + 1
    if started:
        yield Item(passage, *started)


def listed(record: DocumentRecord, section: Section, name: str) -> list[Statement]:
    """The list under a heading, counted, as far as the room goes; [] where there is none."""
    found = items(section)
    if not found:
        return []
    title = section.heading.title.strip().rstrip(":.")
    shown_title = title.lower() if title.isupper() else title
    first = section.passages[0]
    source = quote_source(record, first, *_title_span(first, section.heading))
    label = section.heading.label
    part = label if label.startswith(("Điều", "Phụ lục", "Chương")) else "phần"
    said = [Statement(f"{name}, {part} «{shown_title}» có {len(found)} nội dung:", (source,))]
    texts = _fitting(found)
    room = _ROOM
    for n, (item, text) in enumerate(zip(found, texts, strict=True)):
        room -= words(text)
        if room < 0 and n:
            said.append(Statement(f"… và {len(found) - n} nội dung khác ở cùng phần này.", (source,)))
            break
        own = quote_source(record, item.passage, item.start, item.end)
        said.append(Statement(text, (own,), item=True))
    return said


def _fitting(found: Sequence[Item]) -> list[str]:
    """The items as far as all of them have room: whole, else shortened alike."""
    shown: list[str] = []
    for longest in _LENGTHS:
        shown = [_short(item, longest) for item in found]
        if sum(map(words, shown)) <= _ROOM:
            break
    return shown


def _title_span(passage: Passage, heading: Heading) -> tuple[int, int]:
    at = max(passage.text.find(heading.title), 0)
    return at, at + len(heading.title) if passage.text[at:].startswith(heading.title) else len(
        passage.text.split("\n")[0]
    )


def _short(item: Item, longest: int) -> str:
    """A whole item where it is not long; else its first sentences, or the first of them to the end of a clause."""
    lines = item.passage.text[item.start : item.end].split("\n")
    labelled = len(lines) > 1 and len(lines[0].split()) <= _LONGEST_LABEL and lines[0].strip()[-1:].isalpha()
    lead = ": " if labelled else " "
    text = " ".join(f"{lines[0].strip()}{lead}{' '.join(lines[1:])}".split()).rstrip(" :")
    kept = ""
    for sentence in re.split(r"(?<=[^\s.][.;])\s", text):
        if kept and words(f"{kept} {sentence}") > longest:
            break
        kept = f"{kept} {sentence}".strip()
    if words(kept) <= longest:
        return kept.rstrip(".;, ")
    cut = " ".join(kept.split()[:longest])
    clause = max(cut.rfind(mark) for mark in ",;:")
    return f"{cut[:clause] if 3 * clause > 2 * len(cut) else cut}…"


def _read(text: str) -> tuple[str, ...]:
    return canonical(tuple(folded_syllables(spell_out(text))))
