"""The frames that the modules of a city hand to each other.

Here: how rows of a source look before they have a record number, and the small conversions of columns.
Not here: what is in them.

A source's frame has `pid` (and `pid2` where the row has a second seat), the contract's columns but
`record_no` and the identities, `plant` (-1: nobody's), `key` (a plant rests on the row), `hurt` (null, or a
kind of damage that a plant asks for) and `firm` (never damaged). Money is Int64 in fen, months and dates are
Date, yes and no Boolean, everything else String or Float64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from datetime import date

    from synth.streams import Flags, Floats, Ints

MARKS = {"plant": pl.Int32, "key": pl.Boolean, "hurt": pl.String, "firm": pl.Boolean}
"""Columns that every source's frame has beside its contract's."""


def days(values: Ints, *, zero_is_null: bool = True) -> pl.Series:
    """Turns days since 1970-01-01 into dates; 0 is null."""
    out = pl.Series(values).cast(pl.Int32).cast(pl.Date)
    if not zero_is_null:
        return out
    return out.zip_with(
        pl.Series(values != 0), pl.Series([None], dtype=pl.Date).new_from_index(0, len(values))
    )


def fen(yuan: Floats) -> Ints:
    """Turns yuan into whole fen."""
    return np.round(yuan * 100).astype(np.int64)


def chosen(texts: tuple[str, ...] | list[str], at: Ints) -> pl.Series:
    """Gathers texts by position."""
    return pl.Series(list(texts), dtype=pl.String).gather(at)


def month_starts(first: date, months: int) -> list[date]:
    """Lists the first days of `months` months from the month of `first`."""
    start = first.year * 12 + first.month - 1
    return [first.replace(year=(start + k) // 12, month=(start + k) % 12 + 1, day=1) for k in range(months)]


def months_before(day: date, months: int) -> date:
    """Gives the first day of the month that lies `months` months before the month of `day`."""
    at = day.year * 12 + day.month - 1 - months
    return day.replace(year=at // 12, month=at % 12 + 1, day=1)


def year_before(day: date) -> date:
    """Gives the same day a year earlier; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def mark(frame: pl.DataFrame, *, firm: pl.Expr | Flags | bool = False) -> pl.DataFrame:
    """Adds the marks of rows that belong to no plant."""
    sure = (
        firm
        if isinstance(firm, pl.Expr)
        else pl.lit(pl.Series(firm) if isinstance(firm, np.ndarray) else firm)
    )
    return frame.with_columns(
        pl.lit(-1, pl.Int32).alias("plant"),
        pl.lit(value=False).alias("key"),
        pl.lit(None, pl.String).alias("hurt"),
        sure.cast(pl.Boolean).alias("firm"),
    )
