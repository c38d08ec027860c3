"""Small charts as SVG: no library, no script, colours from the style sheet so that both themes hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from ui.render.html import number

WIDTH, LABEL, ROW, GAP = 680, 250, 44, 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a value and what it is measured against, with the words to print for each, and whether it is met."""

    label: str
    value: float
    other: float
    value_text: str
    other_text: str
    met: bool = False


def _fit(text: str, characters: int = 32) -> list[str]:
    """A label on at most two lines."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > characters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], lines[1][: characters - 1] + "…"]
    return lines


def _short(text: str, characters: int = 10) -> str:
    return text if len(text) <= characters else text[: characters - 1] + "…"


def _label(text: str, y: float) -> str:
    lines = _fit(text)
    start = y + ROW / 2 + 5 - 8 * (len(lines) - 1)
    spans = "".join(
        f'<tspan x="{LABEL - 12}" y="{start + 17 * i:.0f}">{escape(line)}</tspan>' for i, line in enumerate(lines)
    )
    return f'<text text-anchor="end">{spans}</text>'


def _frame(height: float, title: str, body: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">{body}</svg>'


def target_bars(bars: Sequence[Bar]) -> str:
    """Result as a bar, target as an upright line; each row has its own scale, as the units differ."""
    parts, room = [], WIDTH - LABEL - 96
    for index, bar in enumerate(bars):
        y, top = index * (ROW + GAP), max(bar.value, bar.other, 1e-9)
        width, at = room * bar.value / top, LABEL + room * bar.other / top
        parts.append(_label(bar.label, y))
        parts.append(f'<rect class="track" x="{LABEL}" y="{y + 8}" width="{room}" height="{ROW - 16}" rx="3"/>')
        parts.append(
            f'<rect class="{"met" if bar.met else "now"}" x="{LABEL}" y="{y + 8}" width="{max(width, 2):.1f}" '
            f'height="{ROW - 16}" rx="3"/>'
        )
        parts.append(f'<line class="target" x1="{at:.1f}" x2="{at:.1f}" y1="{y + 2}" y2="{y + ROW - 2}"/>')
        parts.append(
            f'<text x="{LABEL + room + 8}" y="{y + ROW / 2 + 5:.0f}">'
            f"{'✓' if bar.met else '▲'} {escape(bar.value_text)}</text>"
        )
    return _frame(len(bars) * (ROW + GAP), "Kết quả so với chỉ tiêu", "".join(parts))


def paired_bars(bars: Sequence[Bar]) -> str:
    """This period above the last; each row has its own scale."""
    parts, room = [], WIDTH - LABEL - 96
    for index, bar in enumerate(bars):
        y, top = index * (ROW + GAP), max(bar.value, bar.other, 1e-9)
        parts.append(_label(bar.label, y))
        for offset, name, value, text in (
            (4, "now", bar.value, bar.value_text),
            (23, "then", bar.other, bar.other_text),
        ):
            width = max(room * value / top, 2)
            parts.append(f'<rect class="{name}" x="{LABEL}" y="{y + offset}" width="{width:.1f}" height="16" rx="2"/>')
            parts.append(f'<text class="soft" x="{LABEL + width + 6:.1f}" y="{y + offset + 13}">{escape(text)}</text>')
    return _frame(len(bars) * (ROW + GAP), "Kỳ này so với kỳ trước", "".join(parts))


def line_chart(points: Sequence[tuple[str, float]], title: str) -> str:
    """A line through the periods, from zero, with the value at each point."""
    width, height, left, bottom = 330, 150, 14, 118
    top = max((value for _, value in points), default=1) or 1
    step = (width - 2 * left - 30) / max(1, len(points) - 1)
    places = [(left + 15 + i * step, bottom - 84 * value / top) for i, (_, value) in enumerate(points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts = [
        f'<line class="axis" x1="{left}" x2="{width - left}" y1="{bottom}" y2="{bottom}"/>',
        f'<polyline class="line-now" points="{path}"/>',
    ]
    for index, ((x, y), (name, value)) in enumerate(zip(places, points, strict=True)):
        anchor = "start" if index == 0 else "end" if index == len(points) - 1 else "middle"
        shift = -15 if anchor == "start" else 15 if anchor == "end" else 0
        parts.append(f'<circle class="now" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        parts.append(
            f'<text x="{x + shift:.1f}" y="{y - 11:.1f}" text-anchor="{anchor}">{escape(number(value))}</text>'
        )
        parts.append(
            f'<text class="soft" x="{x + shift:.1f}" y="{bottom + 20}" text-anchor="{anchor}">{escape(name)}</text>'
        )
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)} qua các kỳ">{"".join(parts)}</svg>'
    )
