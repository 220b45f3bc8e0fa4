"""Snapshots that must be refused as a whole, each with a temptation in it.

Here: a manifest that disagrees, a required column that is missing, too many broken rows; and what a product
that used them would find. Not here: sound snapshots (landing.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from synth.delivery import Delivered, write_file, write_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from synth.flaws import Flaws
    from synth.layout import Layout
    from synth.parts import Part
    from synth.snapshots import Snapshot
    from synth.streams import Streams

REQUIRED = {"public_payroll": "status"}
"""The column that a snapshot of the source lacks."""


@dataclass(frozen=True)
class Refusals:
    """Writes the snapshots of one source that must be refused."""

    streams: Streams
    form: Layout
    snapshot: Snapshot
    rows: pl.DataFrame
    persons: pl.DataFrame

    def write(self, folder: Path, part: Part, broken: Flaws) -> tuple[int, list[pl.DataFrame]]:
        """Writes the snapshot; returns its data rows and findings that must not come of it."""
        kind, form, file, cells = self.snapshot.kind, self.form, part.file, part.cells
        if kind == "column_missing":
            lost = REQUIRED[form.source]
            standing = tuple(c.canonical for c in form.standing(file) if c.canonical != lost)
            count = write_file(folder, form, replace(file, columns=standing), part.name, cells, [])
            return count, []
        if kind == "too_many_bad":
            spoilt, tempted = self._spoilt(cells)
            return write_file(folder, form, file, part.name, spoilt, broken.raw), tempted
        count = write_file(folder, form, file, part.name, cells, broken.raw)
        write_manifest(folder, [Delivered(form.source, self.snapshot.date, part.name, count + 3, "0" * 64)])
        return count, []

    def _spoilt(self, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
        """A third of the kinds and more unreadable, and left-behind children of the base called orphans."""
        base = self.rows.filter((pl.col("plant") < 0) & (pl.col("kind") == "left_behind"))
        called = base.filter(pl.col("removed_on").is_null() & (pl.col("damage") == "none"))
        called = called[: min(8, cells.height // 3)]
        mine = pl.col("record_no").is_in(called["record_no"].implode())
        spoilt = ~mine & ((~mine).cum_sum() % 2 == 1)
        kind = (
            pl.when(mine).then(pl.lit(self.form.codes["kind"]["orphan"]))
            .when(spoilt).then(pl.lit("未填")).otherwise(pl.col("kind"))
        )  # fmt: skip
        known = called.filter(pl.col("pid").is_in(self.persons.filter(pl.col("in_spine"))["pid"].implode()))
        tempted = known.select(
            "pid", rule_id=pl.lit("O07"), kind=pl.lit("omission"), must=pl.lit(-1), plant=pl.lit(-1),
            scenario=pl.lit(f"base:{self.snapshot.kind}"), damaged=pl.lit(value=False),
        )  # fmt: skip
        return cells.with_columns(kind=kind), [tempted]
