"""Other versions of a delivery: as it stood the night before, and as it will stand after the night.

Here: planted rows put back to what they were, or added. Not here: which plants change (plants/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from synth.plants import Book, changed_rows, later_rows
from synth.texts import written

if TYPE_CHECKING:
    from synth.layout import Layout


def before_the_night(
    source: str, form: Layout, rows: pl.DataFrame, cells: pl.DataFrame, book: Book
) -> pl.DataFrame:
    """The cells of the night before: planted rows that changed are put back, new ones left out."""
    out = cells
    for marker, old in changed_rows(book, source):
        at = rows["earlier_mark"].eq_missing(marker)
        if old is None:
            out, rows = out.filter(~at), rows.filter(~at)
            continue
        texts = written(
            form, rows.filter(at).with_columns(**{k: pl.lit(v, rows.schema[k]) for k, v in old.items()})
        )
        both = [
            pl.when(at).then(pl.lit(texts[name][0], pl.String)).otherwise(pl.col(name)).alias(name)
            for name in old
        ]
        out = out.with_columns(both)
    return out


def after_the_night(
    source: str, form: Layout, cells: pl.DataFrame, book: Book, everybody: pl.DataFrame
) -> pl.DataFrame:
    """The cells of the day after: planted rows that were not there yet."""
    later = later_rows(book, source)
    number, name, _ = form.seats[0]
    rows = later.with_columns(
        everybody["id_number"].gather(later["pid"]).alias(number),
        everybody["name"].gather(later["pid"]).alias(name),
        record_no=pl.lit("SW81") + pl.int_range(later.height).cast(pl.String).str.zfill(7),
    )
    return pl.concat([cells, written(form, rows)])
