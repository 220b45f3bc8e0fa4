"""A night's intake without the night: what a source would amount to, with no row kept.

Here belongs a sink that counts. What is used, refused and set aside is decided by `take_in`, as in a night, so that
the two cannot tell two stories. Not here: words for people, the policy's list of gated sources.
"""

from datetime import date
from pathlib import Path

import polars as pl

from sources.account import Intake
from sources.contract import Contract
from sources.intake import beside, take_in
from sources.layout import SourceLayout
from sources.sink import SUPERSEDED

_PLACE = ["snapshot_date", "file"]
_COUNTED = {"snapshot_date": pl.Date(), "file": pl.String(), "n": pl.UInt32()}


class CountingSink:
    """Counts the rows it is given by snapshot and file, and forgets them."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.discard()

    def write(self, rows: pl.DataFrame) -> None:
        """Count a batch."""
        self._batches.append(rows.group_by(_PLACE).agg(n=pl.len()))

    def finish(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Say by snapshot and file how many rows would be kept, and how many a newer snapshot replaces."""
        written = pl.concat(self._batches).group_by(_PLACE).agg(pl.col("n").sum())
        places = rejected.unique([*_PLACE, "line"])
        gone = places.group_by(_PLACE).agg(
            gone=pl.len(), superseded=(pl.col("why") == SUPERSEDED).sum().cast(pl.Int64)
        )
        left = written.join(gone, on=_PLACE, how="left").with_columns(
            pl.col("gone", "superseded").fill_null(0)
        )
        kept = (pl.col("n").cast(pl.Int64) - pl.col("gone").cast(pl.Int64)).alias("kept")
        return left.select(*_PLACE, kept, "superseded")

    def discard(self) -> None:
        """Forget the counts."""
        self._batches = [pl.DataFrame(schema=_COUNTED)]


def rehearse(
    landing: Path, contract: Contract, layout: SourceLayout | None, night: date, *, gated: bool
) -> Intake:
    """Read what a source delivered for a night as the night will, and keep nothing.

    Args:
        landing: the landing area.
        contract: what the table must become.
        layout: how it is delivered; None: this province does not deliver it.
        night: snapshots dated later are not looked at.
        gated: whether the night will keep rows of authorized people only. Who they are is not known here: of a gated
            source `rows_accepted` counts every acceptable row, and none is dropped for want of authorization.
    """
    sink = CountingSink()
    intake = take_in(landing, contract, layout, night, gated=gated, open_sink=lambda _: sink)
    return beside(landing, contract, intake)
