"""One kind of chart as SVG text: rows with a label, marks along one axis, a note. Nothing is loaded, nothing runs.

Bars, stacked shares, intervals, waterfalls and distributions are all rows of this kind. Here belongs how a chart is
drawn. Not here: what is shown (quality_*.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 760
LABEL: Final = 230
NOTE: Final = 150
HEIGHT: Final = 22
_INK: Final = "#1a202c"
_FAINT: Final = "#cbd5e0"


@dataclass(frozen=True)
class Span:
    """A bar from one value to another."""

    start: float
    end: float
    colour: str
    tip: str = ""


@dataclass(frozen=True)
class Point:
    """A value with its interval."""

    value: float
    low: float
    high: float
    colour: str
    tip: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a chart; marks lie over each other in their order, ``lanes`` apart side by side."""

    label: str
    marks: Sequence[Span | Point]
    note: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Axis:
    """What the marks are measured on: the ends, and values with their text."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]

    def place(self, value: float) -> float:
        """Return where a value lies, within the ends."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(LABEL + share * (WIDTH - LABEL - NOTE), 1)


SHARES: Final = Axis(0, 1, [(part / 4, f"{part * 25} %") for part in range(5)])


def drawn(rows: Sequence[Row], axis: Axis, title: str, *, lanes: bool = False) -> str:
    """Return a chart as SVG.

    Args:
        rows: from top to bottom.
        axis: of all rows.
        title: what a screen reader says.
        lanes: whether the marks of a row lie below each other in place of over each other.
    """
    bottom = HEIGHT * len(rows) + 4
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 20}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
    ]
    for value, text in axis.ticks:
        x = axis.place(value)
        parts.append(f'<line x1="{x}" x2="{x}" y1="0" y2="{bottom}" stroke="{_FAINT}" stroke-width="1"/>')
        parts.append(_text(x, bottom + 14, text, anchor="middle", size=10))
    for position, row in enumerate(rows):
        parts += _row(row, axis, position * HEIGHT, lanes=lanes)
    return "".join([*parts, "</svg>"])


def _row(row: Row, axis: Axis, top: float, *, lanes: bool) -> list[str]:
    middle = top + HEIGHT / 2
    parts = [
        _text(LABEL - 8, middle + 4, row.label, anchor="end", strong=row.strong),
        _text(WIDTH - NOTE + 8, middle + 4, row.note, strong=row.strong),
    ]
    thick = (HEIGHT - 6) / (len(row.marks) if lanes and row.marks else 1)
    for position, mark in enumerate(row.marks):
        above = top + 3 + (position * thick if lanes else 0)
        parts.append(
            _span(mark, axis, above, thick) if isinstance(mark, Span) else _point(mark, axis, middle)
        )
    return parts


def _span(mark: Span, axis: Axis, top: float, thick: float) -> str:
    left, right = sorted((axis.place(mark.start), axis.place(mark.end)))
    wide = round(max(right - left, 0.8), 1)
    rect = (
        f'<rect x="{left}" y="{round(top, 1)}" width="{wide}" height="{round(thick, 1)}" fill="{mark.colour}"'
    )
    return f"{rect}><title>{escape(mark.tip)}</title></rect>"


def _point(mark: Point, axis: Axis, middle: float) -> str:
    left, right, at = axis.place(mark.low), axis.place(mark.high), axis.place(mark.value)
    return (
        f'<g><title>{escape(mark.tip)}</title><line x1="{left}" x2="{right}" y1="{middle}" y2="{middle}"'
        f' stroke="{mark.colour}" stroke-width="2"/><circle cx="{at}" cy="{middle}" r="4" fill="{mark.colour}"/></g>'
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, strong: bool = False
) -> str:
    weight = ' font-weight="bold"' if strong else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{_INK}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
