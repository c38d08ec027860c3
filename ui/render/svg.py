"""Small charts as SVG: no library, no script, colours from the style sheet so that both themes hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

from ui.render.html import number

# heights in pixels; widths are shares of the room there is, so that letters keep their size on a phone
LINE, BAR, GAP = 19, 28, 16
# the share of the width for bars; figures stand in what is left
ROOM = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a value and what it is measured against, with the words to print for each, and whether it is met."""

    label: str
    value: float
    other: float
    value_text: str
    other_text: str
    met: bool = False


def _fit(text: str, characters: int = 38) -> list[str]:
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


def _rows(bars: Sequence[Bar]) -> Iterator[tuple[Bar, float, int, str]]:
    """Each bar with its own scale (the units differ), the top of its drawing, and its label above it."""
    y = 0
    for bar in bars:
        lines = _fit(bar.label)
        label = "".join(f'<text x="0" y="{y + LINE * i + 14}">{escape(line)}</text>' for i, line in enumerate(lines))
        y += LINE * len(lines)
        yield bar, ROOM / max(bar.value, bar.other, 1e-9), y, label
        y += BAR + GAP


def _frame(bars: Sequence[Bar], title: str, body: str) -> str:
    height = sum(LINE * len(_fit(bar.label)) + BAR + GAP for bar in bars)
    return f'<svg style="height:{height}px" role="img" aria-label="{escape(title)}">{body}</svg>'


def target_bars(bars: Sequence[Bar]) -> str:
    """Result as a bar, target as an upright line."""
    parts = []
    for bar, scale, y, label in _rows(bars):
        at = bar.other * scale
        parts.append(label)
        parts.append(f'<rect class="track" x="0" y="{y}" width="{ROOM}%" height="{BAR}" rx="3"/>')
        parts.append(
            f'<rect class="{"met" if bar.met else "now"}" x="0" y="{y}" width="{max(bar.value * scale, 0.5):.1f}%" '
            f'height="{BAR}" rx="3"/>'
        )
        parts.append(f'<line class="target" x1="{at:.1f}%" x2="{at:.1f}%" y1="{y - 3}" y2="{y + BAR + 3}"/>')
        sign = "✓" if bar.met else "▲"
        parts.append(f'<text x="{ROOM}%" dx="8" y="{y + BAR / 2 + 5:.0f}">{sign} {escape(bar.value_text)}</text>')
    return _frame(bars, "Kết quả so với chỉ tiêu", "".join(parts))


def paired_bars(bars: Sequence[Bar]) -> str:
    """This period above the last."""
    parts = []
    for bar, scale, y, label in _rows(bars):
        parts.append(label)
        for offset, name, value, text in (
            (0, "now", bar.value, bar.value_text),
            (15, "then", bar.other, bar.other_text),
        ):
            width = max(value * scale, 0.5)
            parts.append(f'<rect class="{name}" x="0" y="{y + offset}" width="{width:.1f}%" height="13" rx="2"/>')
            parts.append(f'<text class="soft" x="{width:.1f}%" dx="6" y="{y + offset + 12}">{escape(text)}</text>')
    return _frame(bars, "Kỳ này so với kỳ trước", "".join(parts))


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
