"""Parquet: one table a file, read apart batch by batch; values of every type become text.

Not here: what a text means (`values`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers.apart import opened
from sources.readers.batch import LINE, Batch
from sources.readers.header import canonical_names
from sources.readers.tables import batch_of, without_totals
from sources.refusal import Refusal

MOST_ROWS_A_BYTE: Final = 50
"""A file of fewer bytes than that says that it has rows without end; each has a record number of its own, which takes room."""
FEW: Final = 1_000_000


class Parquet:
    """Reads one Parquet file in batches; a line is the row's number from 1."""

    def __init__(self, path: Path, contract: Contract, shape: FileLayout, *, lenient: bool = False) -> None:
        """Prepare to read `path`; nothing is opened before the first batch is asked for."""
        self._path = path
        self._contract = contract
        self._shape = shape
        self._lenient = lenient

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches of the file.

        Raises:
            SnapshotRefused: the file is no Parquet, is cut off, or lacks a needed column.
        """
        name, line = self._path.name, 1
        try:
            size = self._path.stat().st_size
        except OSError as error:
            raise SnapshotRefused(
                Refusal.of("file_unreadable", file=name, error=str(error.strerror))
            ) from None
        if not size:
            raise SnapshotRefused(Refusal.of("file_empty", file=name))
        with opened(self._path, "parquet") as table:
            if table.rows and table.rows > max(FEW, MOST_ROWS_A_BYTE * size):
                raise SnapshotRefused(Refusal.of("packed_too_tightly", file=name, times=table.rows // size))
            names = canonical_names(name, table.names, self._contract, self._shape, lenient=self._lenient)
            for piece in table.pieces():
                frame = _as_text(piece).rename(dict(zip(table.names, names, strict=True)))
                numbers = pl.int_range(line, line + frame.height, dtype=pl.Int64)
                line += frame.height
                numbered = frame.with_columns(numbers.alias(LINE))
                yield batch_of(without_totals(numbered, names, self._shape.totals))


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as text: dates in ISO form, numbers in plain digits; nested values as JSON. What is not there stays null."""
    nested = [pl.col(name) for name, dtype in frame.schema.items() if dtype.is_nested()]
    packed = [
        pl.when(cell.is_not_null()).then(pl.struct(cell).struct.json_encode()).name.keep() for cell in nested
    ]
    times = pl.col(pl.Datetime).dt.strftime("%Y-%m-%d %H:%M:%S")
    spans = pl.col(pl.Duration).dt.to_string()
    return frame.with_columns(*packed, times, spans).cast(pl.String)
