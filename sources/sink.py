"""Where accepted rows go: the protocol that whoever keeps them fulfils.

Here belongs only the agreement between this package and its caller. This package knows no database.
"""

from typing import Protocol

import polars as pl

SUPERSEDED = "superseded"


class Sink(Protocol):
    """Takes the rows of one snapshot in batches, and learns at the end which of them must go after all."""

    def write(self, rows: pl.DataFrame) -> None:
        """Take a batch of rows with the columns of `Contract.accepted_schema`."""

    def finish(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Drop the rejected rows and say what is kept.

        Args:
            rejected: `snapshot_date`, `file`, `line`, `why` of rows already written: `duplicate_row`,
                `conflicting_record_no`, or `superseded` (a newer snapshot of an increment has them).

        Returns:
            One row a file: `snapshot_date`, `file`, `kept`. A sink that keeps authorized rows only should add
            `superseded`: how many rows it would have kept but for a newer snapshot; without the column, none.
        """

    def discard(self) -> None:
        """Forget everything written: the snapshot is refused."""
