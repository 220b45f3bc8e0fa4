"""The sink of an ungated source: accepted rows into a Parquet file, and beside it which of them must go after all.

Not here: what makes a row acceptable (sources), what the file is called (warehouse/cache.py).
"""

from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from sources import Contract
from warehouse.cache import COMPRESSION, Entry
from warehouse.paths import quoted

PLACE: Final = ["snapshot_date", "file", "line"]
REJECTED: Final = "rejected"
GROUP: Final = 100_000
"""Rows written at once: small groups read slowly."""


class RowsFile:
    """Writes accepted rows as they come; the rejected are known last and stand in a file of their own."""

    def __init__(self, contract: Contract, entry: Entry) -> None:
        """Start with no rows."""
        self._entry, self._empty = entry, contract.empty()
        self._begin()

    def write(self, rows: pl.DataFrame) -> None:
        """Append a batch."""
        self._waiting.append(rows)
        if sum(batch.height for batch in self._waiting) >= GROUP:
            self._flush()

    def finish(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Set the rejected rows aside and return the rows kept by snapshot_date and file."""
        self._flush()
        self._writer.close()
        gone = rejected.select(PLACE).unique(maintain_order=True)
        self._entry.write({REJECTED: gone})
        places = pl.scan_parquet(self._entry.path()).select(PLACE)
        kept = places.join(gone.lazy(), on=PLACE, how="anti") if gone.height else places
        return kept.group_by("snapshot_date", "file").agg(kept=pl.len().cast(pl.Int64)).collect()

    def discard(self) -> None:
        """Forget a refused snapshot."""
        self._writer.close()
        self._begin()

    def close(self) -> None:
        """Leave a whole file where no snapshot could be used, too."""
        if self._writer.is_open:
            self.finish(self._empty)

    def _begin(self) -> None:
        self._waiting: list[pl.DataFrame] = []
        schema = _arrow(self._empty).schema
        self._writer = pq.ParquetWriter(self._entry.path(), schema, compression=COMPRESSION)

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(_arrow(pl.concat(self._waiting)))
            self._waiting = []


def rows_of(entry: Entry) -> str:
    """Return the SELECT of a file's rows but for the rejected."""
    files = [f"read_parquet({quoted(entry.path(part))})" for part in ("", REJECTED)]
    return f"SELECT whole.* FROM {files[0]} AS whole ANTI JOIN {files[1]} AS gone USING ({', '.join(PLACE)})"  # noqa: S608


def _arrow(rows: pl.DataFrame) -> pa.Table:
    """Return rows in a form that every reader of Parquet knows."""
    return rows.to_arrow(compat_level=pl.CompatLevel.oldest())
