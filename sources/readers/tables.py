"""What workbooks and Parquet share: files that hold a table already, whose cells become text.

Here belong the batch made of such a table, and totals within it. Not here: sheets (`workbook`), row groups (`parquet`), what a
text means (`values`).
"""

import re
from collections.abc import Sequence

import polars as pl

from sources.readers.batch import LINE, Batch

BATCH_ROWS = 200_000


def without_totals(rows: pl.DataFrame, columns: Sequence[str], totals: Sequence[str]) -> pl.DataFrame:
    """The rows whose text, field after field, does not begin like one of `totals`."""
    if not totals or rows.is_empty():
        return rows
    pattern = re.compile("|".join(f"(?:{total})" for total in totals)).pattern
    return rows.filter(~pl.Series(joined(rows, columns)).str.contains(f"^(?:{pattern})"))


def joined(rows: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """The text of each row, its filled fields separated by tabs."""
    return rows.select(pl.concat_str(columns, separator="\t", ignore_nulls=True)).to_series().to_list()


def batch_of(rows: pl.DataFrame) -> Batch:
    """A batch of rows that hold `LINE` and text columns."""
    cells = [name for name in rows.columns if name != LINE]

    def row_text(positions: Sequence[int]) -> list[str]:
        chosen = rows[list(positions)].select(pl.col(cells).fill_null(""))
        return chosen.select(pl.concat_str(cells, separator="\t")).to_series().to_list()

    return Batch(rows, row_text=row_text)
