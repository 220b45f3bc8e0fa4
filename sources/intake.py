"""The whole decision for one source on one night: which snapshots, which rows, and what became of the others.

Here belongs `take_in`, the one function the rest of the product calls for a delivery. For every file that is
used, always: delivered = accepted + quarantined + dropped for want of authorization.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from sources.contract import Contract
from sources.delivery import NO_FILE, NOT_IN_LAYOUT, Delivery
from sources.errors import SnapshotRefused
from sources.increments import superseded, window_start
from sources.landing import Snapshot, snapshots
from sources.layout import SourceLayout
from sources.quarantine import COLUMNS
from sources.sink import SUPERSEDED, Sink

FILES = {
    "source": pl.String(),
    "snapshot_date": pl.Date(),
    "file": pl.String(),
    "refused_why": pl.String(),
    "rows_delivered": pl.Int64(),
    "rows_accepted": pl.Int64(),
    "rows_quarantined": pl.Int64(),
    "rows_dropped_unauthorized": pl.Int64(),
    "rows_superseded": pl.Int64(),
    "sha256": pl.String(),
}
QUARANTINE = {"source": pl.String(), "snapshot_date": pl.Date(), **COLUMNS}
CELLS = {"source": pl.String(), "column_name": pl.String(), "reason": pl.String(), "n": pl.Int64()}
_REJECTED = {"snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64(), "why": pl.String()}

OpenSink = Callable[[date], Sink]


@dataclass(frozen=True)
class Intake:
    """What one source amounts to on one night.

    Attributes:
        snapshot_date: date of the newest snapshot used; None: the source is absent.
        first_month: first month of the contract's month column over all readable rows, before any dropping.
        last_month: the last one.
        files: one row a file looked at, with the columns of `audit.source_snapshot`; a refused file says why.
        quarantine: rows of the used snapshots set aside (of gated sources without record_no and raw).
        cells_refused: unreadable optional cells of the used snapshots: `source`, `column_name`, `reason`, `n`.
        private_use: characters of the private use area by file: rare name characters no standard encodes.
    """

    snapshot_date: date | None
    first_month: date | None
    last_month: date | None
    files: pl.DataFrame
    quarantine: pl.DataFrame
    cells_refused: pl.DataFrame
    private_use: dict[str, int]


def take_in(
    landing: Path,
    contract: Contract,
    layout: SourceLayout | None,
    night: date,
    *,
    gated: bool,
    open_sink: OpenSink,
) -> Intake:
    """Read what a source delivered for a night.

    Args:
        landing: the landing area.
        contract: what the table must become.
        layout: how it is delivered; None: this province does not deliver it, so it is absent.
        night: snapshots dated later are not looked at.
        gated: the source may be used only for authorized people: nothing of a row is kept here, and the sink
            keeps some rows and drops the others.
        open_sink: called with the date of each snapshot that is tried; may return one sink for all of them.

    Returns:
        What was used, refused, set aside. The rows themselves went to the sinks.
    """
    if layout is None:
        return _intake(contract, [], [], gated=gated)
    tried = _Tried(contract, layout, gated=gated, open_sink=open_sink)
    if layout.delivery == "full":
        for snapshot in snapshots(landing, contract.name, night):
            if tried.read(snapshot):
                break
    else:
        start = window_start(night, layout.window_months or 1)
        for snapshot in snapshots(landing, contract.name, night):
            if snapshot.date >= start:
                tried.read(snapshot)
    return _intake(contract, tried.finished(), tried.refused, gated=gated)


@dataclass(frozen=True)
class _Refused:
    delivery: Delivery
    why: str


@dataclass(frozen=True)
class _Used:
    delivery: Delivery
    kept: dict[str, int]
    superseded: dict[str, int]


class _Tried:
    """The snapshots of one source that were looked at, newest first."""

    def __init__(self, contract: Contract, layout: SourceLayout, *, gated: bool, open_sink: OpenSink) -> None:
        self._contract, self._layout, self._gated, self._open_sink = contract, layout, gated, open_sink
        self._read: list[Delivery] = []
        self.refused: list[_Refused] = []
        self._undone: list[pl.DataFrame] = []

    def read(self, snapshot: Snapshot) -> bool:
        """Read a snapshot; whether it can be used."""
        month_of = self._layout.month_of or self._contract.month_column
        delivery = Delivery(
            snapshot,
            self._contract,
            self._layout,
            self._open_sink(snapshot.date),
            gated=self._gated,
            month_of=month_of if self._layout.replaces == "month" else None,
        )
        try:
            delivery.read()
        except SnapshotRefused as refused:
            self._undo(delivery)
            delivery.count_unread()
            self.refused.append(_Refused(delivery, str(refused)))
            return False
        self._read.append(delivery)
        return True

    def _undo(self, refused: Delivery) -> None:
        if all(delivery.sink is not refused.sink for delivery in self._read):
            refused.sink.discard()
            return
        # One sink holds newer increments too, so only this snapshot's rows go.
        self._undone.append(_dated(refused, refused.records.places().with_columns(why=pl.lit("refused"))))

    def finished(self) -> list[_Used]:
        """Tell every sink which rows must go after all, and learn what it kept."""
        replaced = superseded(self._read, self._layout.replaces) if self._layout.replaces else []
        gone = [pl.DataFrame(schema=_REJECTED), *self._undone]
        gone += [_dated(delivery, delivery.rejected) for delivery in self._read]
        gone += [_dated(delivery, rows) for delivery, rows in zip(self._read, replaced, strict=False)]
        rejected = pl.concat(gone)
        sinks = list({id(delivery.sink): delivery.sink for delivery in self._read}.values())
        kept = pl.concat([_kept(sink.finish(rejected)) for sink in sinks]) if sinks else None
        return [self._used(delivery, kept, rejected) for delivery in self._read if kept is not None]

    def _used(self, delivery: Delivery, kept: pl.DataFrame, rejected: pl.DataFrame) -> _Used:
        mine = pl.col("snapshot_date") == delivery.snapshot.date
        told = kept.filter(mine)
        replaced = dict(told.select("file", "superseded").iter_rows())
        if not self._gated:
            gone = rejected.filter(mine, pl.col("why") == SUPERSEDED)
            replaced = dict(gone.group_by("file").len().iter_rows())
        return _Used(delivery, dict(told.select("file", "kept").iter_rows()), replaced)


def _kept(told: pl.DataFrame) -> pl.DataFrame:
    if "superseded" not in told.columns:
        told = told.with_columns(superseded=pl.lit(0))
    return told.select(
        pl.col("snapshot_date").cast(pl.Date), "file", pl.col("kept", "superseded").cast(pl.Int64)
    )


def _dated(delivery: Delivery, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(snapshot_date=pl.lit(delivery.snapshot.date)).select(list(_REJECTED))


def _intake(contract: Contract, used: list[_Used], refused: list[_Refused], *, gated: bool) -> Intake:
    deliveries = [one.delivery for one in used]
    files = [row for one in used for row in _used_files(contract, one, gated=gated)]
    files += [row for one in refused for row in _refused_files(contract, one)]
    firsts = [delivery.first_month for delivery in deliveries if delivery.first_month]
    lasts = [delivery.last_month for delivery in deliveries if delivery.last_month]
    return Intake(
        snapshot_date=deliveries[0].snapshot.date if deliveries else None,
        first_month=min(firsts, default=None),
        last_month=max(lasts, default=None),
        files=pl.DataFrame(files, schema=FILES, orient="row").sort("snapshot_date", "file"),
        quarantine=_gathered(contract, QUARANTINE, [(d, d.quarantine.rows()) for d in deliveries]),
        cells_refused=_summed(contract, deliveries),
        private_use={name: f.private_use for d in deliveries for name, f in d.files.items() if f.private_use},
    )


def _used_files(contract: Contract, used: _Used, *, gated: bool) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    quarantined = used.delivery.quarantine.counts()
    day = used.delivery.snapshot.date
    for name, file in used.delivery.files.items():
        if file.shape is None:
            rows.append((contract.name, day, name, NOT_IN_LAYOUT, None, None, None, None, None, None))
            continue
        delivered, bad = file.rows or 0, quarantined.get(name, 0)
        replaced = used.superseded.get(name, 0)
        accepted = used.kept.get(name, 0) + replaced
        dropped = delivered - bad - accepted
        if dropped < 0 or (dropped and not gated):
            raise RuntimeError(
                f"{contract.name}, {name}: of {delivered} rows {bad} are quarantined and {accepted} accepted; "
                "the sink lost or doubled rows"
            )
        rows.append(
            (contract.name, day, name, None, delivered, accepted, bad, dropped, replaced, file.sha256)
        )
    return rows


def _refused_files(contract: Contract, refused: _Refused) -> list[tuple[object, ...]]:
    day = refused.delivery.snapshot.date
    files = refused.delivery.files
    if not files:
        return [(contract.name, day, NO_FILE, refused.why, *[None] * 6)]
    return [
        (contract.name, day, name, refused.why, f.rows, *[None] * 4, f.sha256) for name, f in files.items()
    ]


def _gathered(
    contract: Contract, schema: dict[str, pl.DataType], parts: list[tuple[Delivery, pl.DataFrame]]
) -> pl.DataFrame:
    whole = [
        rows.with_columns(source=pl.lit(contract.name), snapshot_date=pl.lit(delivery.snapshot.date)).select(
            list(schema)
        )
        for delivery, rows in parts
    ]
    return pl.concat([pl.DataFrame(schema=schema), *whole]).sort("snapshot_date", "file", "line")


def _summed(contract: Contract, deliveries: list[Delivery]) -> pl.DataFrame:
    cells = [
        delivery.cells_refused().with_columns(source=pl.lit(contract.name)).select(list(CELLS))
        for delivery in deliveries
    ]
    whole = pl.concat([pl.DataFrame(schema=CELLS), *cells])
    return (
        whole.group_by("source", "column_name", "reason").agg(pl.col("n").sum()).sort("column_name", "reason")
    )
