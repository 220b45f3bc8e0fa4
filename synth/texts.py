"""Cells as departments write them.

Here: every column of a source as text, by the layout's codes, units and formats. Not here: files
(delivery.py).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from synth.layout import Column, Layout

FULLWIDTH = dict(zip("0123456789.,", "０１２３４５６７８９．，", strict=True))
EXCEL_DAY_ZERO = date(1899, 12, 30)
SHANGHAI = 8 * 3_600_000
"""Milliseconds that Shanghai's clock is ahead of UTC."""


def money(column: str, unit: int = 100) -> pl.Expr:
    """Writes fen in a unit of so many fen; yuan have two decimals, larger units as many as they need."""
    fen, digits = pl.col(column), len(str(unit)) - 1
    if digits == 0:
        return fen.cast(pl.String)
    out = (fen // unit).cast(pl.String) + "." + (fen % unit).cast(pl.String).str.zfill(digits)
    return out if unit == 100 else out.str.strip_chars_end("0").str.strip_chars_end(".")


def grouped(text: pl.Expr) -> pl.Expr:
    """Puts a comma between thousands of the whole part."""
    whole = text.str.extract(r"^([0-9]+)", 1)
    parted = (
        whole.str.reverse().str.replace_all(r"([0-9]{3})", "$1,").str.reverse().str.strip_chars_start(",")
    )
    return parted + text.str.extract(r"^[0-9]+(.*)$", 1)


def _day(text: pl.Expr, pattern: str) -> pl.Expr:
    if pattern == "excel":
        return (text - pl.lit(EXCEL_DAY_ZERO)).dt.total_days().cast(pl.String)
    if pattern == "epoch_ms":
        return (text.dt.epoch("ms") - SHANGHAI).cast(pl.String)
    return text.dt.strftime(pattern)


def _cell(layout: Layout, column: Column) -> pl.Expr:
    name = column.canonical
    if column.type == "y":
        out = money(name, column.unit)
        out = grouped(out) if column.grouped else out
        out = out.str.replace_many(list(FULLWIDTH), list(FULLWIDTH.values())) if column.wide else out
    elif column.type == "n":
        true = pl.col(name).round(1)
        true = true if column.scale == 1.0 else (true * column.scale).round(6)
        out = true.cast(pl.String).str.strip_suffix(".0")
    elif column.type in ("d", "m"):
        out = _day(pl.col(name), column.pattern)
    elif column.type == "b":
        out = (
            pl.when(pl.col(name))
            .then(pl.lit(layout.yes_no[0]))
            .when(~pl.col(name))
            .then(pl.lit(layout.yes_no[1]))
        )
    elif column.type == "c" and name in layout.codes:
        out = pl.col(name).replace_strict(layout.codes[name], default=None, return_dtype=pl.String)
    else:
        out = pl.col(name)
    return out.cast(pl.String).alias(name)


def written(layout: Layout, rows: pl.DataFrame) -> pl.DataFrame:
    """Writes all cells of a source: canonical column names, text, null where there is nothing."""
    return rows.select(_cell(layout, column) for column in layout.columns)
