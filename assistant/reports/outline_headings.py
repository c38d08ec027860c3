"""The numbered headings of an office's outline (đề cương), read from its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.vietnamese.text import fold, nfc

_ROMAN = r"[IVX]{1,5}"
# marker kinds in the order in which they are tried; the text of the heading follows
_MARKERS = (
    (
        "appendix",
        re.compile(
            rf"(?:phụ\s+lục|biểu(?:\s+mẫu)?)(?:\s+số)?\s*({_ROMAN}|\d{{1,2}})?(?:\s*[.:)/–-]\s*|\s+|$)(.*)", re.I
        ),
    ),
    (
        "part",
        re.compile(
            rf"phần\s+(?:thứ\s+)?({_ROMAN}|\d{{1,2}}|[A-E]|nhất|hai|ba|tư|năm)(?:\s*[.:)/–-]\s*|\s+|$)(.*)", re.I
        ),
    ),
    ("roman", re.compile(rf"({_ROMAN})\s*[.)/–-]\s*(\D.*)")),
    ("alpha", re.compile(r"([A-EG-HK])\s*[.)/–-]\s*(\D.*)")),
    ("nested3", re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?\s+(\D.*)")),
    ("nested2", re.compile(r"(\d{1,2}\.\d{1,2})[.)]?\s+(\D.*)")),
    ("arabic", re.compile(r"(\d{1,2})\s*[.)/]\s*(\D.*)")),
    ("letter", re.compile(r"([a-zđ])\s*[.)]\s+(.*)")),
)
_DASH = re.compile(r"[-–+•*]\s+(.*)")
_END = re.compile(r"nơi nhận\s*:|(?:tm|kt|tl|tuq)\s*\.\s", re.I)
_START = re.compile(r"đề\s+cương(?:\s+báo\s+cáo)?\b", re.I)
# styles of `numbering.STYLES`
STYLES = {
    "part": "part",
    "roman": "roman",
    "alpha": "upper_alpha",
    "arabic": "arabic",
    "nested2": "nested",
    "nested3": "nested",
    "letter": "lower_alpha",
}
_HEADING_LENGTH = 160


@dataclass(slots=True)
class Heading:
    """One heading of an outline.

    Attributes:
        marker: kind of its number ("roman", "arabic" …; "appendix").
        number: as written.
        text: without the number and without the guidance that follows a colon.
        guidance: what the outline says about it: after the colon, and the dashes below.
        children: headings under it.
    """

    marker: str
    number: str
    text: str
    guidance: list[str] = field(default_factory=list)
    children: list["Heading"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline read: its title ("" where it has none) and its top headings, appendices apart."""

    title: str
    headings: tuple[Heading, ...]
    appendices: tuple[Heading, ...]


def read_outline(text: str) -> Outline:
    """The headings of an outline's text (NFC or not, hard line ends or not)."""
    lines = [" ".join(line.split()) for line in nfc(text).splitlines()]
    start = next((i for i, line in enumerate(lines) if _START.match(line)), None)
    title = _title(lines[start:]) if start is not None else _first_title(lines)
    body = _joined(lines[start + 1 :] if start is not None else lines)
    headings, appendices = _tree(body)
    return Outline(title, tuple(headings), tuple(appendices))


def _title(lines: list[str]) -> str:
    parts: list[str] = []
    for line in lines:
        if not line or line.startswith("(") or (parts and _marker(line, None)) or re.fullmatch(r"[-_*=\s]+", line):
            if parts:
                break
            continue
        parts.append(line)
        if len(parts) == 4:
            break
    return re.sub(r"^đề\s+cương\s*:?\s*", "", " ".join(parts), flags=re.I).strip()


def _first_title(lines: list[str]) -> str:
    """A line "BÁO CÁO" with what follows it, where no đề cương is announced."""
    for position, line in enumerate(lines):
        if fold(line).startswith("bao cao") and not _marker(line, None):
            return _title(lines[position:])
    return ""


def _joined(lines: list[str]) -> list[str]:
    """Lines with the continuation of a broken heading joined to it."""
    result: list[str] = []
    for line in lines:
        if not line:
            result.append("")
            continue
        last = result[-1] if result else ""
        if last and not _marker(line, None) and not _DASH.match(line) and _continues(last, line):
            result[-1] = f"{last} {line}"
        else:
            result.append(line)
    return result


def _continues(last: str, line: str) -> bool:
    found = _marker(last, None)
    if found and not found[2]:
        return True
    if not (found or _DASH.match(last)) or last.endswith((".", ";", ":", "!", "?")):
        return False
    return line[0].islower() or (line.isupper() and last.isupper())


def _marker(line: str, previous: str | None) -> tuple[str, str, str] | None:
    """Kind, number and text of a heading line; a single letter that could be either is Roman unless its
    predecessor in the alphabet was the last one."""
    for kind, pattern in _MARKERS:
        match = pattern.fullmatch(line)
        if match is None:
            continue
        number, text = match.group(1) or "", match.group(2).strip()
        if kind == "roman" and len(number) == 1 and previous and ord(number) == ord(previous) + 1 and number != "I":
            kind = "alpha"
        if kind == "letter" and len(line) > 400:
            return None
        return (kind, number, text) if text or kind in ("appendix", "part") else None
    return None


def heading_line(line: str) -> str | None:
    """The text of a line that is a numbered heading, without its number; None for any other line."""
    found = _marker(line, None)
    return found[2].partition(":")[0] if found and found[2] else None


def _tree(lines: list[str]) -> tuple[list[Heading], list[Heading]]:
    top: list[Heading] = []
    appendices: list[Heading] = []
    stack: list[Heading] = []
    last_alpha: str | None = None
    for line in lines:
        if _END.match(line):
            stack = []
            continue
        found = _marker(line, last_alpha)
        if found is None:
            _note(stack, line)
            continue
        kind, number, text = found
        last_alpha = number if kind == "alpha" else last_alpha
        heading = _heading(kind, number, text)
        if kind == "appendix":
            appendices.append(heading)
            stack = [heading]
            continue
        _place(heading, stack, appendices if stack and stack[0].marker == "appendix" else top)
    return top, appendices


def _place(heading: Heading, stack: list[Heading], top: list[Heading]) -> None:
    """Put a heading under the last one of a higher kind: a kind seen on the stack closes what is below it."""
    kinds = [above.marker for above in stack]
    if heading.marker in kinds:
        del stack[kinds.index(heading.marker) :]
    if stack:
        stack[-1].children.append(heading)
    else:
        top.append(heading)
    stack.append(heading)


def _heading(kind: str, number: str, text: str) -> Heading:
    name, colon, rest = text.partition(":")
    guidance = [rest.strip()] if colon and rest.strip() else []
    if len(name) > _HEADING_LENGTH:
        cut = re.split(r"[(;]|\.\s", name, maxsplit=1)[0]
        guidance.insert(0, name[len(cut) :].strip())
        name = cut if len(cut) <= _HEADING_LENGTH else cut[:_HEADING_LENGTH].rsplit(" ", 1)[0]
    return Heading(kind, number, name.strip(" .;"), guidance)


def _note(stack: list[Heading], line: str) -> None:
    dash = _DASH.match(line)
    text = dash.group(1) if dash else line
    if stack and text and not re.fullmatch(r"[-_*=\s]+", text):
        stack[-1].guidance.append(text)


def walk(headings: tuple[Heading, ...] | list[Heading]) -> Iterator[Heading]:
    """Every heading, each before those under it."""
    for heading in headings:
        yield heading
        yield from walk(heading.children)
