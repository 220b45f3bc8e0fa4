"""The whole decision for one source on one night: which snapshots are used, and which of their rows.

Here belongs `take_in`, the one function the rest of the product calls for a delivery. Not here: reading a
snapshot (`delivery`), adding up what came of it (`account`).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from sources.account import Intake, Refused, Used, account, with_beside
from sources.content import changed_file, looked_at, written
from sources.contract import Contract
from sources.delivery import Delivery
from sources.errors import LandingError, SnapshotRefused
from sources.increments import superseded
from sources.landing import Snapshot, no_snapshots
from sources.layout import SourceLayout
from sources.refusal import Refusal
from sources.sink import SUPERSEDED, Sink

_REJECTED = {"snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64(), "why": pl.String()}

OpenSink = Callable[[date], Sink]


def take_in(
    landing: Path,
    contract: Contract,
    layout: SourceLayout | None,
    night: date,
    *,
    gated: bool,
    open_sink: OpenSink,
    usable_before: float | None = None,
) -> Intake:
    """Read what a source delivered for a night.

    Args:
        landing: the landing area.
        contract: what the table must become.
        layout: how it is delivered; None: this province does not deliver it, so it is absent.
        night: snapshots dated later are not looked at.
        gated: the source may be used only for authorized people: nothing of a row is kept here, and the sink
            keeps some rows and drops the others.
        usable_before: share of usable identity numbers of the delivery that stood before, if one did.
        open_sink: called with the date of each snapshot that is tried; may return one sink for all of them.

    Returns:
        What was used, refused, set aside. The rows themselves went to the sinks.
    """
    if layout is None:
        return account(contract, [], [], gated=gated)
    try:
        found = looked_at(landing, contract.name, layout, night)
    except LandingError as error:
        return replace(account(contract, [], [], gated=gated), unlisted=str(error))
    tried = _Tried(contract, layout, gated=gated, open_sink=open_sink, usable_before=usable_before)
    for snapshot in found:
        if tried.read(snapshot) and layout.delivery == "full":
            break
    return account(contract, tried.finished(), tried.refused, gated=gated)


def beside(landing: Path, contract: Contract, intake: Intake) -> Intake:
    """Return an intake, new or kept from before, with what lies beside the snapshots tonight."""
    try:
        return with_beside(intake, contract.name, no_snapshots(landing, contract.name))
    except OSError:  # the intake says that the folder cannot be listed
        return intake


class _Tried:
    """The snapshots of one source that were looked at, newest first."""

    def __init__(
        self,
        contract: Contract,
        layout: SourceLayout,
        *,
        gated: bool,
        open_sink: OpenSink,
        usable_before: float | None,
    ) -> None:
        self._usable_before = usable_before
        self._contract, self._layout, self._gated, self._open_sink = contract, layout, gated, open_sink
        self._read: list[Delivery] = []
        self.refused: list[Refused] = []
        self._undone: list[pl.DataFrame] = []

    def read(self, snapshot: Snapshot) -> bool:
        """Read a snapshot, once more where it was written meanwhile; whether it can be used."""
        delivery, why, changed = self._try(snapshot)
        if changed and not self._shares_sink(delivery):
            self._undo(delivery)
            delivery, why, changed = self._try(snapshot)
        if changed:
            why = SnapshotRefused(Refusal.of("file_changed", file=changed))
        if why is None:
            self._read.append(delivery)
            return True
        self._undo(delivery)
        delivery.count_unread(why.refusal)
        self.refused.append(Refused(delivery, why.refusal, bool(changed) or _is_passing(why)))
        return False

    def _try(self, snapshot: Snapshot) -> tuple[Delivery, SnapshotRefused | None, str | None]:
        """A reading of a snapshot, why it is refused, and which file was written, came or went meanwhile."""
        before = written(snapshot)
        month_of = self._layout.month_of or self._contract.month_column
        delivery = Delivery(
            snapshot,
            self._contract,
            self._layout,
            self._open_sink(snapshot.date),
            gated=self._gated,
            month_of=month_of if self._layout.replaces == "month" else None,
            usable_before=self._usable_before,
        )
        why = None
        try:
            delivery.read()
        except SnapshotRefused as refused:
            why = refused
        return delivery, why, changed_file(before, written(snapshot))

    def _shares_sink(self, delivery: Delivery) -> bool:
        """Whether a sink holds newer increments too; rows of one place, read twice, could not be told apart in it."""
        return any(other.sink is delivery.sink for other in self._read)

    def _undo(self, refused: Delivery) -> None:
        if not self._shares_sink(refused):
            refused.sink.discard()
            return
        # One sink holds newer increments too, so only this snapshot's rows go.
        self._undone.append(_dated(refused, refused.records.places().with_columns(why=pl.lit("refused"))))

    def finished(self) -> list[Used]:
        """Tell every sink which rows must go after all, and learn what it kept."""
        replaced = superseded(self._read, self._layout.replaces) if self._layout.replaces else []
        gone = [pl.DataFrame(schema=_REJECTED), *self._undone]
        gone += [_dated(delivery, delivery.rejected) for delivery in self._read]
        gone += [_dated(delivery, rows) for delivery, rows in zip(self._read, replaced, strict=False)]
        rejected = pl.concat(gone)
        sinks = list({id(delivery.sink): delivery.sink for delivery in self._read}.values())
        kept = pl.concat([_kept(sink.finish(rejected)) for sink in sinks]) if sinks else None
        return [self._used(delivery, kept, rejected) for delivery in self._read if kept is not None]

    def _used(self, delivery: Delivery, kept: pl.DataFrame, rejected: pl.DataFrame) -> Used:
        mine = pl.col("snapshot_date") == delivery.snapshot.date
        told = kept.filter(mine)
        replaced = dict(told.select("file", "superseded").iter_rows())
        if not self._gated:
            gone = rejected.filter(mine, pl.col("why") == SUPERSEDED)
            replaced = dict(gone.group_by("file").len().iter_rows())
        return Used(delivery, dict(told.select("file", "kept").iter_rows()), replaced)


def _is_passing(refused: SnapshotRefused) -> bool:
    """Tell whether the same bytes may be used another night.

    The operating system could not read a file (a damaged one is an error of its reader), or they were held against the
    delivery before.
    """
    if refused.refusal.code == "numbers_fell":
        return True
    # `raise ... from None` hides what came before from people, not from us.
    before = refused.__context__
    return isinstance(before, OSError) and before.errno is not None


def _kept(told: pl.DataFrame) -> pl.DataFrame:
    if "superseded" not in told.columns:
        told = told.with_columns(superseded=pl.lit(0))
    return told.select(
        pl.col("snapshot_date").cast(pl.Date), "file", pl.col("kept", "superseded").cast(pl.Int64)
    )


def _dated(delivery: Delivery, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(snapshot_date=pl.lit(delivery.snapshot.date)).select(list(_REJECTED))
