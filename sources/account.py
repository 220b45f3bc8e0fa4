"""What a source amounts to on a night: every file's rows added up, quarantine and refused cells gathered.

Here belongs the conservation of rows: for every file that is used, always, delivered = accepted + quarantined +
dropped for want of authorization. Not here: any decision about a row or a snapshot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from sources.contract import Contract
from sources.delivery import NO_FILE, Delivery
from sources.numbers import share_of
from sources.quarantine import COLUMNS
from sources.refusal import Refusal
from sources.refusal_words import in_words

FILES = {
    "source": pl.String(),
    "snapshot_date": pl.Date(),
    "file": pl.String(),
    "refused_why": pl.String(),
    "refusal": pl.String(),
    "rows_delivered": pl.Int64(),
    "rows_accepted": pl.Int64(),
    "rows_quarantined": pl.Int64(),
    "rows_dropped_unauthorized": pl.Int64(),
    "rows_superseded": pl.Int64(),
    "sha256": pl.String(),
}
QUARANTINE = {"source": pl.String(), "snapshot_date": pl.Date(), **COLUMNS}
CELLS = {"source": pl.String(), "column_name": pl.String(), "reason": pl.String(), "n": pl.Int64()}


@dataclass(frozen=True)
class Intake:
    """What one source amounts to on one night.

    Attributes:
        snapshot_date: date of the newest snapshot used; None: the source is absent.
        first_month: first month of the contract's month column over all readable rows, before any dropping.
        last_month: the last one.
        files: one row a file looked at, with the columns of `audit.source_snapshot`; a refused file says why, in
            words and as a `Refusal` in JSON.
        quarantine: rows of the used snapshots set aside (of gated sources without record_no and raw).
        cells_refused: unreadable optional cells of the used snapshots: `source`, `column_name`, `reason`, `n`.
        private_use: characters of the private use area by file: rare name characters no standard encodes.
        usable_numbers: share of the accepted rows whose identity number somebody could be found by, before any dropping; None
            where no number is delivered, or no row.
        unlisted: why the folder of the source could not be looked into; None when it could, or is not there.
        passing: a snapshot was refused for a fault of disk or network: the same bytes may be read tomorrow.
    """

    snapshot_date: date | None
    first_month: date | None
    last_month: date | None
    files: pl.DataFrame
    quarantine: pl.DataFrame
    cells_refused: pl.DataFrame
    private_use: dict[str, int]
    usable_numbers: float | None = None
    unlisted: str | None = None
    passing: bool = False


@dataclass(frozen=True)
class Refused:
    """A snapshot that could not be used, why, and whether disk or network is to blame."""

    delivery: Delivery
    why: Refusal
    passing: bool


@dataclass(frozen=True)
class Used:
    """A snapshot that was used: rows by file that its sink kept, and that a newer snapshot replaced."""

    delivery: Delivery
    kept: dict[str, int]
    superseded: dict[str, int]


def account(contract: Contract, used: list[Used], refused: list[Refused], *, gated: bool) -> Intake:
    """Add up what was used and what was refused.

    Args:
        contract: the source.
        used: the snapshots that were used, newest first.
        refused: the snapshots that were not.
        gated: whether a sink may keep fewer rows than it was given.
    """
    deliveries = [one.delivery for one in used]
    files = [row for one in used for row in _used_files(contract, one, gated=gated)]
    files += [row for one in refused for row in _refused_files(contract, one)]
    files += _shapes_without_file(contract, deliveries)
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
        usable_numbers=share_of([delivery.numbers for delivery in deliveries]),
        passing=any(one.passing for one in refused),
    )


def with_beside(intake: Intake, source: str, names: Sequence[str]) -> Intake:
    """Return the intake with a row for everything that lies beside the snapshots and is none; it has no date."""
    if not names:
        return intake
    rows = [(source, None, name, *_told(Refusal.of("no_day", name=name)), *[None] * 6) for name in names]
    return replace(intake, files=pl.concat([pl.DataFrame(rows, schema=FILES, orient="row"), intake.files]))


def _used_files(contract: Contract, used: Used, *, gated: bool) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    quarantined = used.delivery.quarantine.counts()
    day = used.delivery.snapshot.date
    for name, file in used.delivery.files.items():
        if file.shape is None:
            rows.append((contract.name, day, name, *_told(Refusal.of("not_in_layout")), *[None] * 6))
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
            (contract.name, day, name, None, None, delivered, accepted, bad, dropped, replaced, file.sha256)
        )
    return rows


def _refused_files(contract: Contract, refused: Refused) -> list[tuple[object, ...]]:
    day, why = refused.delivery.snapshot.date, _told(refused.why)
    files = refused.delivery.files
    if not files:
        return [(contract.name, day, NO_FILE, *why, *[None] * 6)]
    return [(contract.name, day, name, *why, f.rows, *[None] * 4, f.sha256) for name, f in files.items()]


def _shapes_without_file(contract: Contract, used: list[Delivery]) -> list[tuple[object, ...]]:
    """The shapes of file that the layout names beside others and no used snapshot has: a bank that did not answer."""
    if not used or len(used[0].layout.files) == 1:
        return []
    found = [file.shape for delivery in used for file in delivery.files.values()]
    lacking = [
        shape
        for shape in used[0].layout.files
        if not shape.optional and not any(shape is one for one in found)
    ]
    names = [shape.pattern or shape.regex or "" for shape in lacking]
    day = used[0].snapshot.date
    return [
        (contract.name, day, name, *_told(Refusal.of("shape_without_file", pattern=name)), *[None] * 6)
        for name in names
    ]


def _told(why: Refusal) -> tuple[str, str]:
    """A refusal as two columns have it: for whoever reads the audit, and for what works with it."""
    return in_words(why, "en"), why.as_json()


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
