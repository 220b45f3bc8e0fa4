"""One kind of chart as SVG text: rows with a label, marks along one axis, a note. Nothing is loaded, nothing runs.

Bars, stacked shares, intervals, waterfalls and distributions are all rows of this kind. Here belongs where everything of
a chart is; chart.svg draws it. Not here: what is shown (quality_*.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from exports.templates import rendered

TEMPLATE: Final = Path(__file__).with_name("chart.svg")
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


def drawn(rows: Sequence[Row], axis: Axis, title: str, *, lanes: bool = False) -> Markup:
    """Return a chart as SVG.

    Args:
        rows: from top to bottom.
        axis: of all rows.
        title: what a screen reader says.
        lanes: whether the marks of a row lie below each other in place of over each other.
    """
    return rendered(
        TEMPLATE,
        width=WIDTH,
        bottom=HEIGHT * len(rows) + 4,
        title=title,
        ink=_INK,
        faint=_FAINT,
        ticks=[(axis.place(value), text) for value, text in axis.ticks],
        rows=[_row(row, axis, position * HEIGHT, lanes=lanes) for position, row in enumerate(rows)],
    )


def _row(row: Row, axis: Axis, top: float, *, lanes: bool) -> dict[str, object]:
    """Return where a row's words and marks are."""
    middle = top + HEIGHT / 2
    thick = (HEIGHT - 6) / (len(row.marks) if lanes and row.marks else 1)
    marks = [
        _span(mark, axis, top + 3 + (position * thick if lanes else 0), thick)
        if isinstance(mark, Span)
        else _point(mark, axis, middle)
        for position, mark in enumerate(row.marks)
    ]
    return {
        "label": row.label,
        "label_x": LABEL - 8,
        "note": row.note,
        "note_x": WIDTH - NOTE + 8,
        "base": middle + 4,
        "strong": row.strong,
        "marks": marks,
    }


def _span(mark: Span, axis: Axis, top: float, thick: float) -> dict[str, object]:
    left, right = sorted((axis.place(mark.start), axis.place(mark.end)))
    return {
        "left": left,
        "top": round(top, 1),
        "wide": round(max(right - left, 0.8), 1),
        "thick": round(thick, 1),
        "colour": mark.colour,
        "tip": mark.tip,
    }


def _point(mark: Point, axis: Axis, middle: float) -> dict[str, object]:
    left, right, at = axis.place(mark.low), axis.place(mark.high), axis.place(mark.value)
    return {"left": left, "right": right, "at": at, "middle": middle, "colour": mark.colour, "tip": mark.tip}
