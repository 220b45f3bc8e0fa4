"""The quarantine of one snapshot: rows that were delivered and cannot be accepted, with the reason.

Here belongs what is kept of such a row. Of a gated source that is file, line, reason and column, never the
row (rules.md 3); of the others also the record number and the text as delivered.
"""

import numpy as np
import polars as pl

from sources.canonical import UNREADABLE
from sources.contract import Contract
from sources.layout import FileLayout
from sources.promises import Delivered
from sources.readers import LINE, Batch, read
from sources.record_no import record_numbers
from sources.verdicts import Verdict

COLUMNS = {
    "file": pl.String(),
    "line": pl.Int64(),
    "record_no": pl.String(),
    "reason": pl.String(),
    "column_name": pl.String(),
    "raw": pl.String(),
}


class Quarantine:
    """Collects what is set aside while a snapshot is read."""

    def __init__(self, *, gated: bool) -> None:
        """Begin empty."""
        self._gated = gated
        self._parts = [pl.DataFrame(schema=COLUMNS)]

    def broken(self, file: str, batch: Batch) -> None:
        """Set aside the lines that are no record at all."""
        if not len(batch.broken):
            return
        raw = None if self._gated else batch.broken_text(range(len(batch.broken)))
        lines = pl.DataFrame({"line": batch.broken}).with_columns(
            reason=pl.lit(UNREADABLE), record_no=None, column_name=None
        )
        self._add(file, lines, raw)

    def judged(self, file: str, batch: Batch, record_no: pl.Series, verdict: Verdict) -> None:
        """Set aside the rows of a batch that its verdict does not accept."""
        if verdict.quarantined.is_empty():
            return
        at = verdict.quarantined["at"]
        rows = verdict.quarantined.with_columns(
            batch.rows[LINE].gather(at).alias("line"), record_no.gather(at).alias("record_no")
        )
        self._add(file, rows, None if self._gated else batch.row_text(at.to_list()))

    def rejected(self, file: Delivered, contract: Contract, shape: FileLayout, rows: pl.DataFrame) -> None:
        """Set aside rows (`line`, `why`) that were accepted before their doubles were seen.

        Their text is read again, only where they stand: keeping every row's text until the end would hold the
        whole file in memory.
        """
        rows = rows.select("line", pl.col("why").alias("reason")).sort("line")
        if self._gated or rows.is_empty():
            self._add(file.name, rows.with_columns(record_no=None, column_name=None), None)
            return
        found = [pl.DataFrame(schema={"line": pl.Int64, "record_no": pl.String, "raw": pl.String})]
        wanted = rows["line"].to_numpy()
        for batch in read(file.path, contract, shape, wanted=wanted):
            at = np.flatnonzero(np.isin(batch.rows[LINE].to_numpy(), wanted))
            numbers = record_numbers(batch.rows, file.name).gather(at)
            text = pl.Series(batch.row_text(at.tolist()), dtype=pl.String)
            found.append(
                pl.DataFrame({"line": batch.rows[LINE].gather(at), "record_no": numbers, "raw": text})
            )
            if batch.rows.height and batch.rows[LINE].item(-1) >= wanted[-1]:
                break
        told = rows.join(pl.concat(found), on="line", how="left", maintain_order="left")
        self._add(file.name, told.with_columns(column_name=None).drop("raw"), told["raw"].to_list())

    def rows(self) -> pl.DataFrame:
        """Everything set aside, by file and line."""
        return pl.concat(self._parts).sort("file", "line")

    def counts(self) -> dict[str, int]:
        """How many rows of each file."""
        counted = pl.concat(self._parts).group_by("file").len()
        return dict(counted.iter_rows())

    def _add(self, file: str, rows: pl.DataFrame, raw: list[str] | None) -> None:
        text = pl.Series("raw", [None] * rows.height if raw is None else raw, dtype=pl.String)
        number = pl.lit(None, pl.String) if self._gated else pl.col("record_no")
        whole = rows.with_columns(file=pl.lit(file), record_no=number).with_columns(text)
        self._parts.append(whole.select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items()))
