"""An answer's text as HTML: paragraphs, lists, tables, bold words, and each [n] a button that opens its source."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_CITE = re.compile(r"\[(\d{1,3})\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^\s*[-•*–]\s+")
_ORDERED = re.compile(r"^\s*(\d{1,2})[.)]\s+")
_HEADING = re.compile(r"^#{1,6}\s+|^\*\*([^*]+)\*\*:?$")


def _inline(text: str, turn: int) -> Markup:
    safe = str(escape(text))
    safe = _BOLD.sub(r"<strong>\1</strong>", safe)

    def button(match: re.Match[str]) -> str:
        n = match[1]
        return (
            f'<button type="button" class="cite" data-act="source" data-quick data-turn="{turn}" data-n="{n}" '
            f'aria-label="Mở nguồn {n}">{n}</button>'
        )

    return Markup(_CITE.sub(button, safe))


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
        return "table"
    if _HEADING.match(line.strip()):
        return "heading"
    if _BULLET.match(line):
        return "ul"
    return "ol" if _ORDERED.match(line) else "p"


def _runs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of one kind together."""
    kind, lines = "", list[str]()
    for line in text.splitlines():
        this = _kind(line)
        if this != kind and lines:
            yield kind, lines
            lines = []
        kind = this
        lines.append(line)
    if lines:
        yield kind, lines


def _table(lines: list[str], turn: int) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
    head, *body = rows
    top = "".join(f"<th scope='col'>{_inline(cell, turn)}</th>" for cell in head)
    rest = "".join("<tr>" + "".join(f"<td>{_inline(cell, turn)}</td>" for cell in row) + "</tr>" for row in body)
    return (
        f"<div class='table-wrap'><table class='grid'><thead><tr>{top}</tr></thead><tbody>{rest}</tbody></table></div>"
    )


def answer_html(text: str, turn: int) -> Markup:
    """HTML of an answer; everything in it is escaped.

    Args:
        turn: 0-based place of the answer in its conversation, so that a click finds its citations.
    """
    parts = []
    for kind, lines in _runs(text):
        if kind == "blank":
            continue
        if kind == "table":
            parts.append(_table(lines, turn))
        elif kind == "heading":
            parts += [f"<h4>{_inline(re.sub(r'^#{1,6} +', '', line.strip()).strip('*'), turn)}</h4>" for line in lines]
        elif kind in {"ul", "ol"}:
            strip = _BULLET if kind == "ul" else _ORDERED
            first = _ORDERED.match(lines[0])
            start = f' start="{first[1]}"' if kind == "ol" and first else ""
            items = "".join(f"<li>{_inline(strip.sub('', line), turn)}</li>" for line in lines)
            parts.append(f"<{kind}{start}>{items}</{kind}>")
        else:
            parts += [f"<p>{_inline(line, turn)}</p>" for line in lines]
    return Markup("".join(parts))
