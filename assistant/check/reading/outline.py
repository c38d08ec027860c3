"""Sections out of numbered paragraphs."""

from collections.abc import Sequence

from assistant.check.reading.labels import Label
from assistant.check.reading.zones import Zone
from assistant.check.report import Section

_HEADING_LENGTH = 260
_RANKS = {"part": 0, "letter": 1, "roman": 2, "decimal": 3, "point": 10}


def outline(
    texts: Sequence[str],
    labels: Sequence[Label | None],
    zones: Sequence[Zone],
    styled: Sequence[bool | None],
) -> tuple[tuple[Section, ...], list[int], list[bool]]:
    """Sections in order; for each paragraph the section it stands in (-1 for none), and whether it is a heading."""
    open_: list[tuple[int, int]] = []  # (rank, index into sections)
    raw: list[list[int | str]] = []
    of_paragraph: list[int] = []
    headings: list[bool] = []
    for i, (text, label, zone) in enumerate(zip(texts, labels, zones, strict=True)):
        rank = _rank(label)
        is_heading = (
            zone == "body" and rank is not None and label is not None and _looks_like_heading(text, label, styled[i])
        )
        if zone != "body":
            for _, index in open_:
                raw[index][5] = i
            open_ = []
        if is_heading and rank is not None and label is not None:
            while open_ and open_[-1][0] >= rank:
                raw[open_.pop()[1]][5] = i
            parent = open_[-1][1] if open_ else -1
            raw.append([label.text, text[label.end :].strip(), len(open_), parent, i, len(texts)])
            open_.append((rank, len(raw) - 1))
        of_paragraph.append(open_[-1][1] if open_ else -1)
        headings.append(is_heading)
    for row in raw:
        following = int(row[4]) + 1
        if not row[1] and following < len(texts) and labels[following] is None and texts[following].isupper():
            row[1] = texts[following]  # "PHẦN THỨ HAI", and its title on a line of its own
    sections = tuple(
        Section(n, str(r[0]), str(r[1]), int(r[2]), int(r[3]), int(r[4]), int(r[5])) for n, r in enumerate(raw)
    )
    return sections, of_paragraph, headings


def _rank(label: Label | None) -> int | None:
    if label is None or label.style not in _RANKS:
        return None
    return _RANKS[label.style] + (len(label.numbers) - 1 if label.style == "decimal" else 0)


def _looks_like_heading(text: str, label: Label, styled: bool | None) -> bool:
    """Headings are short and end without a full stop; Roman and lettered ones always head a section."""
    if styled:
        return True
    words = text[label.end :]
    if label.style in ("part", "letter", "roman"):
        return len(text) <= _HEADING_LENGTH
    if len(text) > _HEADING_LENGTH or words.endswith((";", ",")):
        return False
    if len(words) <= 90:
        return True
    return not words.rstrip().endswith(".")
