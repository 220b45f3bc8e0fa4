"""Cells as a person sees them: what a formula failed to give, days that were read as numbers, merged cells.

Not here: where these are (`sheet_facts`), what a text means (`values`).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from sources.readers.batch import LINE
from sources.readers.sheet_facts import Area, SheetFacts
from sources.values.text import MERGED, SHOWN_ERROR


def as_seen(cells: pl.DataFrame, errors: Iterable[tuple[int, int]], facts: SheetFacts) -> pl.DataFrame:
    """Show an error where a formula failed or was never computed, and days where a number shows one.

    Args:
        cells: the sheet from its first row and column on, as text.
        errors: row and column of the cells that hold an error.
        facts: where there are formulas without a value, and days.
    """
    shown: dict[int, dict[int, str]] = {}
    for row, column in [*errors, *facts.without_value]:
        shown.setdefault(column, {})[row] = SHOWN_ERROR
    for (row, column), day in facts.days.items():
        shown.setdefault(column, {})[row] = SHOWN_ERROR if day is None else f"{day} 00:00:00"
    for column, values in shown.items():
        if column < cells.width:
            within = {row: value for row, value in values.items() if row < cells.height}
            whole = cells.to_series(column).cast(pl.String)
            cells = cells.with_columns(whole.scatter(list(within), list(within.values())))
    return cells


def with_merged(rows: pl.DataFrame, areas: Sequence[Area], fills_down: Sequence[bool]) -> pl.DataFrame:
    """Fill the cells that a merged cell covers: with its value in columns that fill down, else with `MERGED`.

    Only of rows that hold something beside: what was merged in a footer makes no row.

    Args:
        rows: `LINE`, then the cells, after the header.
        areas: merged cells by row and column from 0.
        fills_down: for each column of cells whether a merged cell stands for all it covers.
    """
    if not areas:
        return rows
    lines = rows[LINE].to_numpy()
    top, left, bottom, right = np.array(areas, np.int64).T
    first, last = np.searchsorted(lines, top + 1), np.searchsorted(lines, bottom + 2)
    holds = lines[np.minimum(first, len(lines) - 1)] == top + 1 if len(lines) else first > 0
    for column in range(min(rows.width - 1, int(right.max()) + 1)):
        over = (left <= column) & (column <= right) & (first < last)
        own = holds[over] & (left[over] == column)
        start = first[over] + own
        height = last[over] - start
        hidden = np.repeat(start - np.concatenate(([0], np.cumsum(height)[:-1])), height) + np.arange(
            height.sum()
        )
        if not len(hidden):
            continue
        cells = rows.to_series(column + 1).cast(pl.String)
        values = pl.Series([MERGED]).new_from_index(0, len(hidden))
        if fills_down[column]:
            above = cells.gather(np.repeat(first[over], height))
            values = above.zip_with(pl.Series(np.repeat(own, height)), values)
        rows = rows.with_columns(cells.scatter(hidden, values))
    return rows
