"""A night's intake without the night: what a source would amount to, with no row kept.

Here belongs a sink that counts. What is used, refused and set aside is decided by `take_in`, as in a night, so that
the two cannot tell two stories. Not here: words for people, the policy's list of gated sources.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from sources.account import Intake
from sources.contract import Contract
from sources.intake import beside, take_in
from sources.layout import Layout, SourceLayout
from sources.sink import SUPERSEDED

_PLACE = ["snapshot_date", "file"]
_COUNTED = {"snapshot_date": pl.Date(), "file": pl.String(), "n": pl.UInt32()}


class CountingSink:
    """Counts the rows it is given by snapshot and file, and forgets them.

    Attributes:
        found: share of the rows whose number is one of the known ones; None where no number is known, or there is no row.
    """

    def __init__(self, contract: Contract, known: pl.Series | None = None) -> None:
        """Begin with nothing counted; `known` are the numbers of registry and roll."""
        self._numbers = [seat.id_number_raw for seat in contract.seats if seat.subject]
        self._known = known
        self.discard()

    def write(self, rows: pl.DataFrame) -> None:
        """Count a batch."""
        self._batches.append(rows.group_by(_PLACE).agg(n=pl.len()))
        if self._known is not None:
            named = [
                _number(rows[column]).is_in(self._known.implode()).fill_null(value=False)
                for column in self._numbers
            ]
            self._seen += rows.height * len(named)
            self._found += sum(int(found.sum()) for found in named)

    @property
    def found(self) -> float | None:
        """See the class."""
        return self._found / self._seen if self._seen else None

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
        self._seen = self._found = 0


class NumbersSink(CountingSink):
    """Keeps the identity numbers, and nothing else."""

    def discard(self) -> None:
        """Forget the numbers."""
        super().discard()
        self.numbers = pl.Series("number", [], dtype=pl.String)

    def write(self, rows: pl.DataFrame) -> None:
        """Take the numbers of a batch."""
        super().write(rows)
        read = [_number(rows[column]) for column in self._numbers]
        self.numbers = (
            pl.concat([self.numbers, *(column.alias("number") for column in read)]).drop_nulls().unique()
        )


def known_numbers(
    landing: Path, contracts: Sequence[Contract], layout: Layout, night: date
) -> pl.Series | None:
    """Return the identity numbers of registry and roll; None where one of them has no usable delivery."""
    found = []
    for contract in contracts:
        sink = NumbersSink(contract)
        intake = take_in(
            landing, contract, layout[contract.name], night, gated=False, open_sink=_always(sink)
        )
        if intake.snapshot_date is None:
            return None
        found.append(sink.numbers)
    return pl.concat(found).unique()


def _always(sink: CountingSink) -> Callable[[date], CountingSink]:
    return lambda _: sink


def _number(cells: pl.Series) -> pl.Series:
    return cells.str.strip_chars().str.to_uppercase()


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
    return rehearsed(landing, contract, layout, night, gated=gated)[0]


def rehearsed(
    landing: Path,
    contract: Contract,
    layout: SourceLayout | None,
    night: date,
    *,
    gated: bool,
    known: pl.Series | None = None,
) -> tuple[Intake, float | None]:
    """As `rehearse`; and the share of rows whose number is one of the `known` ones, None where that cannot be told."""
    sink = CountingSink(contract, known)
    intake = take_in(landing, contract, layout, night, gated=gated, open_sink=lambda _: sink)
    return beside(landing, contract, intake), sink.found
