"""One snapshot, read from its first file to its last: into a sink, or refused as a whole.

Here belongs every reason to refuse a snapshot (spec, sources.md) and the counts of its files. Not here: which
snapshot is used (`intake`), nor what a superseded row is (`increments`).
"""

from datetime import date

import polars as pl

from sources.canonical import canonical
from sources.contract import Contract
from sources.duplicates import Records, fingerprints
from sources.errors import SnapshotRefused, refusing
from sources.landing import Snapshot
from sources.layout import FileLayout, SourceLayout
from sources.numbers import Numbers
from sources.promises import Delivered, check_promised_rows, delivered_files, kept_promises, nothing_fits
from sources.quarantine import Quarantine
from sources.readers import LINE, Batch, ahead, count_rows, read
from sources.refusal import Refusal
from sources.sink import Sink
from sources.unread import refuse_unread
from sources.verdicts import judge, unreadable, without_unknown

NO_FILE = "(no file)"
_MONTH = {"file": pl.String(), "line": pl.Int64(), "month": pl.Date()}
_CELL = {"file": pl.String(), "line": pl.Int64(), "column_name": pl.String(), "reason": pl.String()}


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
        usable_before: float | None = None,
    ) -> None:
        """Prepare to read a snapshot.

        Args:
            snapshot: what is read.
            contract: what it must become.
            layout: how it is delivered.
            sink: takes the accepted rows.
            gated: nothing of a row is kept here.
            month_of: the column whose months must be known row by row, if any.
            usable_before: share of usable numbers of the delivery that stood before, if one did.
        """
        self._usable_before = usable_before
        self.snapshot, self.sink = snapshot, sink
        self._contract, self.layout, self._gated, self._month_of = contract, layout, gated, month_of
        listed = delivered_files(snapshot, layout)
        self._listed, self.files = listed is not None, listed or {}
        self.quarantine = Quarantine(gated=gated)
        self.records = Records()
        self.rejected = self.records.rejected()
        self.numbers = Numbers(contract, layout)
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
        if not self._listed:
            raise SnapshotRefused(Refusal.of("folder_unreadable", folder=self.snapshot.folder.name))
        self.snapshot.refuse_irregular()
        if not known:
            raise SnapshotRefused(nothing_fits(self.files, self.layout))
        promises = kept_promises(self.snapshot, self.files)
        refuse_unread(self.files, self._contract, self.layout)
        for name, file in known.items():
            file.rows = 0
            self._read_file(file)
            check_promised_rows(promises.get(name), file)
        self._refuse_empty()
        self.rejected = self.records.rejected()
        self._refuse_too_many_bad()
        self.numbers.check(self._usable_before)
        for (name,), rows in self.rejected.group_by("file", maintain_order=True):
            shape = self.files[str(name)].shape
            if shape is not None:
                self.quarantine.rejected(self.files[str(name)], self._contract, shape, rows)

    def count_unread(self, why: Refusal) -> None:
        """Count the rows of the files of a refused snapshot, where they can be counted, and their checksums."""
        for file in self.files.values():
            if file.shape is not None:
                if why.code == "reader_ended" and why.arguments.get("file") == file.name:
                    continue  # it would end once more
                file.rows = count_rows(file.path, self._contract, file.shape)
                file.note_sha256()

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

    def _read_file(self, file: Delivered) -> None:
        assert file.shape is not None  # noqa: S101 - only files with a shape are read
        with refusing(file.name):
            batches = ahead(read(file.path, self._contract, file.shape))
        while True:
            with refusing(file.name):
                batch = next(batches, None)
            if batch is None:
                return
            file.rows = (file.rows or 0) + batch.delivered
            file.private_use += batch.private_use
            self.quarantine.broken(file.name, batch)
            if batch.rows.height:
                self._take(file, file.shape, batch)

    def _take(self, file: Delivered, shape: FileLayout, batch: Batch) -> None:
        name = file.name
        with refusing(name):
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
        self.numbers.count(typed.rows.filter(accepted), shape)
        lines = lines.alias("line")
        emptied = verdict.cells.filter(pl.col("column_name").is_in(self._contract.optional))
        rows = typed.rows.with_columns(unreadable(emptied, len(lines)))
        if not accepted.all():
            rows, prints, lines = rows.filter(accepted), prints.filter(accepted), lines.filter(accepted)
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
            raise SnapshotRefused(Refusal.of("no_rows", title=self._contract.title_zh))

    def _refuse_too_many_bad(self) -> None:
        delivered = sum(file.rows or 0 for file in self.files.values())
        bad = sum(self.quarantine.counts().values()) + self.rejected.height
        limit = self._contract.max_quarantine_share
        if delivered and bad > limit * delivered:
            doubles = self.rejected.select(reason="why", column_name=pl.lit(None, pl.String))
            worst = pl.concat([self.quarantine.rows().select("reason", "column_name"), doubles])
            share, most = round(bad / delivered * 100), round(limit * 100)
            raise SnapshotRefused(
                Refusal.of(
                    "too_many_bad_rows", *_most(worst), bad=bad, delivered=delivered, share=share, limit=most
                )
            )


def _most(reasons: pl.DataFrame) -> list[Refusal]:
    """The three most frequent reasons, with their columns."""
    counted = reasons.group_by("reason", "column_name").len()
    first = counted.sort("len", "reason", "column_name", descending=[True, False, False]).head(3)
    return [Refusal.of(reason, n=n, column=column) for reason, column, n in first.iter_rows()]
