"""Whether a delivery's number column holds identity numbers: a column that holds none is read, and links nobody, without a word.

Here belong the share of usable numbers and the refusal where it is too low. Not here: what makes one number usable
(`values.identity_number`), how many rows were linked after all (sql/held).
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from sources.contract import Contract
from sources.errors import SnapshotRefused
from sources.layout import FileLayout, SourceLayout
from sources.refusal import Refusal
from sources.values.identity_number import usable

FEWEST: Final = 20
"""Rows below which a share says nothing."""
FALL: Final = 0.2
"""How far the share may be below that of the delivery before (rules.md 8, "Blind sources")."""


class Numbers:
    """Counts the identity numbers of a snapshot's subjects, and how many of them are usable."""

    def __init__(self, contract: Contract, layout: SourceLayout) -> None:
        """Begin with none."""
        self._columns = [seat.id_number for seat in contract.seats if seat.subject]
        self._said, self._floor = layout.usable_numbers, contract.usable_numbers
        self.rows = self.seen = self.usable = 0

    def count(self, rows: pl.DataFrame, shape: FileLayout) -> None:
        """Count those of a batch of accepted rows; a layout without a number column promises none."""
        self.rows += rows.height
        mapped = {column.to for column in shape.columns}
        for name in self._columns:
            if name in mapped:
                self.seen += rows.height
                self.usable += int(usable(rows[name]).sum())

    @property
    def share(self) -> float | None:
        """Usable numbers as a share of the rows; None where no number is delivered or there is no row."""
        return share_of([self])

    def check(self, before: float | None) -> None:
        """Raise `SnapshotRefused` where the share is under its floor or far under the one before.

        A layout that says which share to expect has looked: then that one is the floor, and nothing is compared with.
        """
        share = self.share
        if share is None or self.rows < FEWEST:
            return
        floor = self._floor if self._said is None else self._said
        if share < floor:
            raise SnapshotRefused(
                Refusal.of("numbers_unusable", share=_percent(share), limit=_percent(floor))
            )
        if self._said is None and fell(before, share):
            raise SnapshotRefused(
                Refusal.of("numbers_fell", share=_percent(share), before=_percent(before or 0))
            )


def share_of(counted: Sequence[Numbers]) -> float | None:
    """The share of usable numbers over several snapshots."""
    seen = sum(each.seen for each in counted)
    return sum(each.usable for each in counted) / seen if seen else None


def fell(before: float | None, share: float | None) -> bool:
    """Whether a share is so far below the one before that what made it is in doubt."""
    return before is not None and share is not None and before - share >= FALL


def _percent(share: float) -> int:
    return round(share * 100)
