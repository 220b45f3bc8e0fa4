"""One snapshot, read from its first file to its last: into a sink, or refused as a whole.

Here belongs every reason to refuse a snapshot (spec, sources.md) and the counts of its files. Not here: which
snapshot is used (`intake`), nor what a superseded row is (`increments`).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from sources.canonical import canonical
from sources.contract import Contract
from sources.duplicates import Records, fingerprints
from sources.errors import SnapshotRefused, nearest
from sources.landing import Promise, Snapshot, manifest, sha256
from sources.layout import FileLayout, SourceLayout
from sources.quarantine import Quarantine
from sources.readers import LINE, Batch, count_rows, read
from sources.sink import Sink
from sources.verdicts import judge, without_unknown

NO_FILE = "(no file)"
NOT_IN_LAYOUT = "no file pattern of the layout fits this file, so it was not read"
_MONTH = {"file": pl.String(), "line": pl.Int64(), "month": pl.Date()}
_CELL = {"file": pl.String(), "line": pl.Int64(), "column_name": pl.String(), "reason": pl.String()}


@dataclass
class Delivered:
    """What is known of one file."""

    path: Path
    shape: FileLayout | None
    sha256: str | None = None
    rows: int | None = None
    private_use: int = 0


class Delivery:
    """The reading of one snapshot. After `read` its facts stand; after a refusal, what was learned till then."""

    def __init__(
        self,
        snapshot: Snapshot,
        contract: Contract,
        layout: SourceLayout,
        sink: Sink,
        *,
        gated: bool,
        month_of: str | None,
    ) -> None:
        """Prepare to read `snapshot`; `month_of` is the column whose months must be known row by row, if any."""
        self.snapshot, self.sink = snapshot, sink
        self._contract, self._layout, self._gated, self._month_of = contract, layout, gated, month_of
        self._listed = True
        try:
            found = snapshot.files()
        except OSError:
            self._listed, found = False, []
        self.files = {path.name: Delivered(path, layout.shape_of(path.name)) for path in found}
        self.quarantine = Quarantine(gated=gated)
        self.records = Records()
        self.rejected = self.records.rejected()
        self.first_month: date | None = None
        self.last_month: date | None = None
        self._months = [pl.DataFrame(schema=_MONTH)]
        self._cells = [pl.DataFrame(schema=_CELL)]

    def read(self) -> None:
        """Read every file into the sink.

        Raises:
            SnapshotRefused: the snapshot cannot be used; rows may have been written by then.
        """
        known = {name: file for name, file in self.files.items() if file.shape is not None}
        if not known:
            raise SnapshotRefused(self._nothing_fits())
        promises = self._kept_promises()
        for name, file in known.items():
            file.rows = 0
            self._read_file(file)
            promised = promises.get(name)
            if promised is not None and promised.rows not in (None, file.rows):
                raise SnapshotRefused(
                    f"the manifest promises {promised.rows} rows in {name}, it has {file.rows}"
                )
        self._refuse_empty()
        self.rejected = self.records.rejected()
        self._refuse_too_many_bad()
        for (name,), rows in self.rejected.group_by("file", maintain_order=True):
            shape = self.files[str(name)].shape
            if shape is not None:
                self.quarantine.rejected(self.files[str(name)].path, self._contract, shape, rows)

    def count_unread(self) -> None:
        """Count the rows of the files of a refused snapshot, where they can be counted, and their checksums."""
        for file in self.files.values():
            if file.shape is not None:
                file.rows = count_rows(file.path, self._contract, file.shape)
                file.sha256 = file.sha256 or _sha256_or_none(file.path)

    def months(self) -> pl.DataFrame:
        """`file`, `line`, `month` of every readable row, accepted or not (only if asked for)."""
        return pl.concat(self._months)

    def cells_refused(self) -> pl.DataFrame:
        """`column_name`, `reason`, `n`: cells of rows that stay accepted."""
        cells = pl.concat(self._cells).join(self.rejected, on=["file", "line"], how="anti")
        return (
            cells.group_by("column_name", "reason")
            .agg(n=pl.len().cast(pl.Int64))
            .sort("column_name", "reason")
        )

    def _nothing_fits(self) -> str:
        names = list(self.files)
        if not self._listed:
            return f"the folder {self.snapshot.folder.name} cannot be read"
        wanted = ", ".join(shape.pattern or shape.regex or "" for shape in self._layout.files)
        if not names:
            return f"the folder {self.snapshot.folder.name} has no file (expected {wanted})"
        return f"no file fits the layout's pattern {wanted}{nearest(wanted, names)}"

    def _kept_promises(self) -> dict[str, Promise]:
        """The manifest, held against names and checksums; rows are held against it once they are counted."""
        promises = manifest(self.snapshot)
        for name, promise in (promises or {}).items():
            if name not in self.files:
                raise SnapshotRefused(
                    f"the manifest names {name}, which is missing{nearest(name, self.files)}"
                )
            if self.files[name].shape is None and promise.rows:
                raise SnapshotRefused(f"the manifest names {name}, which fits no file pattern of the layout")
        for name, file in self.files.items():
            if file.shape is None:
                continue
            if promises is not None and name not in promises:
                raise SnapshotRefused(f"file {name} is not in the manifest{nearest(name, promises)}")
            file.sha256 = _sha256_or_none(file.path)
            promised = None if promises is None else promises[name].sha256
            if promised is not None and promised != file.sha256:
                raise SnapshotRefused(f"file {name} does not have the checksum that the manifest promises")
        return promises or {}

    def _read_file(self, file: Delivered) -> None:
        assert file.shape is not None  # noqa: S101 - only files with a shape are read
        for batch in read(file.path, self._contract, file.shape):
            file.rows = (file.rows or 0) + batch.delivered
            file.private_use += batch.private_use
            self.quarantine.broken(file.path.name, batch)
            if batch.rows.height:
                self._take(file, file.shape, batch)

    def _take(self, file: Delivered, shape: FileLayout, batch: Batch) -> None:
        name = file.path.name
        typed = canonical(batch.rows, name, self._contract, shape)
        verdict = judge(typed, self._contract)
        record_no, lines = typed.rows["record_no"], batch.rows[LINE]
        self.quarantine.judged(name, batch, record_no, verdict)
        self._note_months(name, lines, typed.rows)
        cells = verdict.cells.with_columns(
            pl.lit(name).alias("file"), lines.gather(verdict.cells["at"]).alias("line")
        )
        self._cells.append(cells.select(list(_CELL)))
        accepted = pl.Series(verdict.accepted)
        if not accepted.any():
            return
        delivered = batch.rows.drop(LINE)
        prints = fingerprints(record_no, delivered)
        lines = lines.alias("line")
        if accepted.all():
            rows = typed.rows
        else:
            rows, prints, lines = typed.rows.filter(accepted), prints.filter(accepted), lines.filter(accepted)
        self.records.add(name, lines, prints)
        self.sink.write(self._accepted(rows, name, lines))

    def _accepted(self, rows: pl.DataFrame, file: str, lines: pl.Series) -> pl.DataFrame:
        raw = {seat.id_number: seat.id_number_raw for seat in self._contract.seats}
        placed = (
            without_unknown(rows, self._contract)
            .rename(raw)
            .with_columns(
                pl.lit(self.snapshot.date).alias("snapshot_date"),
                pl.lit(file).alias("file"),
                lines.rename("line"),
            )
        )
        return placed.select(list(self._contract.accepted_schema))

    def _note_months(self, file: str, lines: pl.Series, rows: pl.DataFrame) -> None:
        if self._contract.month_column is not None:
            months = rows[self._contract.month_column]
            first, last = months.min(), months.max()
            if isinstance(first, date) and isinstance(last, date):
                self.first_month = min(self.first_month or first, first)
                self.last_month = max(self.last_month or last, last)
        if self._month_of is not None:
            months = rows[self._month_of].dt.truncate("1mo")
            noted = pl.DataFrame({"line": lines, "month": months}).with_columns(file=pl.lit(file))
            self._months.append(noted.drop_nulls("month").select(list(_MONTH)))

    def _refuse_empty(self) -> None:
        if not self._contract.may_be_empty and not any(file.rows for file in self.files.values()):
            raise SnapshotRefused(f"there is a header and no rows; {self._contract.title_zh} cannot be empty")

    def _refuse_too_many_bad(self) -> None:
        delivered = sum(file.rows or 0 for file in self.files.values())
        bad = sum(self.quarantine.counts().values()) + self.rejected.height
        limit = self._contract.max_quarantine_share
        if delivered and bad > limit * delivered:
            raise SnapshotRefused(
                f"{bad} of {delivered} rows ({bad / delivered:.0%}) would be quarantined, more than {limit:.0%}"
                f": {self._worst_reasons()}"
            )

    def _worst_reasons(self) -> str:
        rows = pl.concat(
            [
                self.quarantine.rows().select("reason", "column_name"),
                self.rejected.select(
                    pl.col("why").alias("reason"), pl.lit(None, pl.String).alias("column_name")
                ),
            ]
        )
        counted = (
            rows.group_by("reason", "column_name")
            .len()
            .sort("len", "reason", "column_name", descending=[True, False, False])
        )
        told = (
            f"{n} {why}{f' in {column}' if column else ''}" for why, column, n in counted.head(3).iter_rows()
        )
        return ", ".join(told)


def _sha256_or_none(path: Path) -> str | None:
    try:
        return sha256(path)
    except OSError:
        return None
