"""The landing area of a city, filled source by source, and the truth about what was delivered.

Here: every snapshot of a source (to be used, older, after the night, to be refused), manifests, the expected
quarantine. Not here: bytes (delivery.py), damage, broken rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from synth import assemble, damage, flaws, truth
from synth.delivery import Delivered, sha256, write_file, write_manifest
from synth.descriptions import layouts
from synth.parts import increments, parts
from synth.refusals import Refusals
from synth.snapshots import WITHOUT_MANIFEST, Snapshot, snapshots
from synth.texts import written
from synth.versions import after_the_night, before_the_night

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from synth.layout import Layout
    from synth.plants import Book
    from synth.streams import Streams


USED = ("newest", "increment")
"""Kinds of snapshots that the night is to use."""


class Landing:
    """What lands, and what the truth says about it.

    Attributes:
        rows: data rows by source of the snapshots to be used.
        snapshots: rows of the truth's `snapshots`.
        quarantine: rows of `quarantine_expected`.
        refused_cells: rows of `cells_refused_expected`.
        tempted: findings that only a refused snapshot would give, and that must not be.
    """

    def __init__(
        self,
        folder: Path,
        truth_folder: Path,
        streams: Streams,
        night: date,
        layout: str,
        *,
        previous_night: bool,
    ) -> None:
        """Prepares an empty landing area."""
        self.forms = layouts(layout)
        self.folder, self.truth, self.streams, self.night = folder, truth_folder, streams, night
        self.previous_night = previous_night
        self.rows: dict[str, int] = {}
        self.snapshots: list[dict[str, object]] = []
        self.quarantine: list[dict[str, object]] = []
        self.refused_cells: list[dict[str, object]] = []
        self.tempted: list[pl.DataFrame] = []

    def reference(self, divisions: pl.DataFrame) -> None:
        """Writes the table of divisions."""
        (self.folder / "_reference").mkdir(parents=True, exist_ok=True)
        divisions.write_csv(self.folder / "_reference" / "divisions.csv")

    def deliver(
        self, source: str, frame: pl.DataFrame, everybody: pl.DataFrame, persons: pl.DataFrame,
        planted: pl.DataFrame, book: Book, level: str,
    ) -> pl.DataFrame:  # fmt: skip
        """Delivers all snapshots of a source; returns its links, and writes its canonical table."""
        form = self.forms[source]
        rows = assemble.assemble(self.streams, source, frame, everybody)
        rows = damage.damaged(self.streams, source, rows, everybody, level)
        (self.truth / "canonical").mkdir(parents=True, exist_ok=True)
        assemble.canonical(source, rows).write_parquet(self.truth / "canonical" / f"{source}.parquet")
        delivered = sent(form, rows)
        cells = written(form, delivered)
        link = truth.links(source, rows, persons, planted)
        told = snapshots(source, self.night, previous_night=self.previous_night)
        if form.increments is not None:
            (_, latest), *earlier = increments(form.increments, told[0].date, delivered)
            cells = written(form, latest)
            for day, part in earlier:
                self._deliver_one(form, Snapshot(source, day, "increment"), written(form, part), None)
        broken = flaws.make_flaws(self.streams, form, cells)
        for snapshot in told:
            if snapshot.kind == "newest":
                self._deliver_one(form, snapshot, cells, broken)
            elif snapshot.kind == "older":
                old = before_the_night(source, form, rows, cells, book)
                self._deliver_one(form, snapshot, old, broken)
            elif snapshot.kind == "after_night":
                self._deliver_one(
                    form, snapshot, after_the_night(source, form, cells, book, everybody), broken
                )
            else:
                self._refuse(form, snapshot, rows, cells, broken, persons)
        return link

    def _deliver_one(
        self, form: Layout, snapshot: Snapshot, cells: pl.DataFrame, broken: flaws.Flaws | None
    ) -> None:
        """Writes one sound snapshot with its broken rows, which only the one to be used is held to."""
        whole = cells
        if broken is not None and broken.cells.height:
            whole = pl.concat([cells, broken.cells])
            whole = whole[self.streams.of(f"mix:{form.source}").permutation(whole.height)]
        place, done = self._place(snapshot), []
        where: list[pl.DataFrame] = []
        for at, part in enumerate(parts(form, snapshot.date, whole)):
            mine = broken.raw if broken is not None and not at else []
            count = write_file(place, form, part.file, part.name, part.cells, mine)
            done.append(Delivered(form.source, snapshot.date, part.name, count, sha256(place / part.name)))
            where.append(part.cells.select("record_no", file=pl.lit(part.name)))
        if form.source not in WITHOUT_MANIFEST:
            write_manifest(place, done)
        self.note(snapshot, done)
        if snapshot.kind in USED:
            self.rows[form.source] = self.rows.get(form.source, 0) + sum(d.rows for d in done)
        if snapshot.kind == "newest" and broken is not None:
            here = {"source": form.source, "snapshot": snapshot.date.isoformat()}
            self.quarantine += [{**here, **row} for row in _placed(broken.expected, where, done[0].file)]
            self.refused_cells += broken.refused

    def _refuse(
        self, form: Layout, snapshot: Snapshot, rows: pl.DataFrame, cells: pl.DataFrame, broken: flaws.Flaws,
        persons: pl.DataFrame,
    ) -> None:  # fmt: skip
        """Writes a snapshot that must be refused, with something in it that would tell if it were not."""
        refusal = Refusals(self.streams, form, snapshot, rows, persons)
        whole = pl.concat([cells, broken.cells])
        (part,) = parts(form, snapshot.date, whole)
        count, tempted = refusal.write(self._place(snapshot), part, broken)
        self.tempted += tempted
        self.note(snapshot, [Delivered(form.source, snapshot.date, part.name, count, "")])

    def _place(self, snapshot: Snapshot) -> Path:
        return self.folder / snapshot.source / snapshot.date.isoformat()

    def note(self, snapshot: Snapshot, files: list[Delivered]) -> None:
        """Records delivered files for the truth."""
        self.snapshots += [
            {
                "source": snapshot.source, "snapshot": snapshot.date.isoformat(), "kind": snapshot.kind,
                "file": f.file, "rows": f.rows, "used": snapshot.kind in USED,
            }
            for f in files
        ]  # fmt: skip


def _placed(
    expected: list[dict[str, object]], where: list[pl.DataFrame], first: str
) -> list[dict[str, object]]:
    """Expected rows with their file; the rows that contradict each other may stand in several files."""
    numbers = pl.Series([str(row["record_no"]) for row in expected], dtype=pl.String).implode()
    standing = pl.concat(where).filter(pl.col("record_no").is_in(numbers))
    out: list[dict[str, object]] = []
    for row in expected:
        files = standing.filter(pl.col("record_no") == row["record_no"]).group_by("file").len().sort("file")
        if row["reason"] == "conflicting_record_no":
            out += [{**row, "file": file, "rows": n} for file, n in files.iter_rows()]
        else:
            out.append({**row, "file": files["file"][0] if files.height else first})
    return out


def sent(form: Layout, rows: pl.DataFrame) -> pl.DataFrame:
    """Puts the identities as delivered in place of the true ones."""
    names = [name for seat in form.seats for name in seat[:2]]
    return rows.with_columns(
        pl.col(f"sent_{name}").alias(name) for name in names if f"sent_{name}" in rows.columns
    )
