"""Which rows stand in which file of a snapshot, and in which delivery of a source that comes by the month.

Here: sharing rows out. Not here: bytes (delivery.py), dates of snapshots (snapshots.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from synth.frames import months_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synth.layout import File, Increments, Layout

WRONG_BY = 3_000_000
"""Fen by which a settlement is too high before it is corrected: it would make an illness costly."""
TOLD_FIRST = 7
"""Of a month that comes in part first: every so many rows."""
CORRECTED = 29
"""Every so many rows come wrong first."""


@dataclass(frozen=True)
class Part:
    """A file of a snapshot and its rows."""

    file: File
    name: str
    cells: pl.DataFrame


def here(layout: Layout, file: File) -> pl.Expr:
    """Whether a row of cells stands in the file."""
    out = pl.lit(value=True)
    for rule, wanted in ((file.only, True), (file.without, False)):
        if rule is not None:
            column, values = rule
            words = layout.codes.get(column, {})
            found = pl.col(column).is_in([words.get(value, value) for value in values])
            out = out & (found if wanted else ~found.fill_null(value=False))
    return out


def parts(layout: Layout, day: date, cells: pl.DataFrame) -> Iterator[Part]:
    """The files of a snapshot with their rows."""
    stamp = day.strftime("%Y%m%d")
    for file in layout.files:
        mine = cells.filter(here(layout, file))
        if file.each is None:
            yield Part(file, file.name.format(d=stamp), mine)
            continue
        column, signs = file.each
        sign = mine[column].str.head(signs)
        for value in sign.unique().sort():
            yield Part(file, file.name.format(d=stamp, part=value), mine.filter(sign == value))


def increments(said: Increments, newest: date, rows: pl.DataFrame) -> list[tuple[date, pl.DataFrame]]:
    """The deliveries of a source that comes by the month, newest first: date and rows.

    Each holds its month's rows, the oldest what came before as well. Every third month but the newest comes in
    part first and whole with the next, or some rows come wrong first and right with the next, as the layout says.
    """
    ends = [months_before(newest, back) - timedelta(days=1) for back in range(said.months - 1)]
    days = [newest, *ends]
    month = rows[said.column].dt.truncate("1mo").alias("month")
    at = pl.Series([0] * rows.height)
    for place in range(1, len(days)):
        later = days[place - 1].replace(day=1)
        at = at.zip_with(month >= later, pl.Series([place]).new_from_index(0, rows.height))
    share = _in_months if said.restates == "month" else _in_rows
    of_month = [rows.filter(at == place) for place in range(len(days))]
    return [(day, share(of_month, place)) for place, day in enumerate(days)]


def _in_months(of_month: list[pl.DataFrame], place: int) -> pl.DataFrame:
    """A month in part where the next delivery has it whole; and that whole month in the next."""
    oldest = len(of_month) - 1
    if place % 3 == 1 and place < oldest:
        return of_month[place][::TOLD_FIRST]
    if place % 3 == 0 and place + 1 < oldest:
        return pl.concat([of_month[place], of_month[place + 1]])
    return of_month[place]


def _in_rows(of_month: list[pl.DataFrame], place: int) -> pl.DataFrame:
    """Some rows too high, and right with the next delivery."""
    wrong = pl.when(pl.int_range(pl.len()) % CORRECTED == 0).then(WRONG_BY).otherwise(0)
    mine = of_month[place]
    if place:
        mine = mine.with_columns(pl.col("total_amount") + wrong, pl.col("self_paid_in_scope") + wrong)
    return pl.concat([mine, *(earlier[::CORRECTED] for earlier in of_month[place + 1 : place + 2])])
