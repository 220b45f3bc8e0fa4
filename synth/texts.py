"""Cells as departments write them.

Here: every column of a source as text, by the layout's codes and formats. Not here: files (delivery.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from synth.layout import Column, Layout


def money(column: str) -> pl.Expr:
    """Writes fen as yuan with two decimals."""
    fen = pl.col(column)
    return (fen // 100).cast(pl.String) + "." + (fen % 100).cast(pl.String).str.zfill(2)


def _cell(layout: Layout, column: Column) -> pl.Expr:
    name = column.canonical
    if column.type == "y":
        out = money(name)
    elif column.type == "n":
        out = pl.col(name).round(1).cast(pl.String).str.strip_suffix(".0")
    elif column.type in ("d", "m"):
        out = pl.col(name).dt.strftime(layout.date if column.type == "d" else layout.month)
    elif column.type == "b":
        out = (
            pl.when(pl.col(name))
            .then(pl.lit(layout.yes_no[0]))
            .when(~pl.col(name))
            .then(pl.lit(layout.yes_no[1]))
        )
    elif column.type == "c":
        out = pl.col(name).replace_strict(layout.codes[name], default=None, return_dtype=pl.String)
    else:
        out = pl.col(name)
    return out.cast(pl.String).alias(name)


def written(layout: Layout, rows: pl.DataFrame) -> pl.DataFrame:
    """Writes all cells of a source: canonical column names, text, null where there is nothing."""
    return rows.select(_cell(layout, column) for column in layout.columns)
