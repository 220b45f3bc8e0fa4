"""A row's serial number, as typing, quarantine and the search for doubles all take it."""

import polars as pl

from sources.readers import LINE
from sources.values.text import cleaned, trimmed


def record_numbers(rows: pl.DataFrame, file: str) -> pl.Series:
    """The trimmed record numbers of a batch; `file:line` where the department has no serial numbers."""
    if "record_no" in rows.columns:
        return trimmed(cleaned(rows["record_no"]))
    return rows.select(pl.format(f"{file}:{{}}", pl.col(LINE)).alias("record_no")).to_series()
