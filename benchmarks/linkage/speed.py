"""The comparison of speed: 100,000 recipients and a bank file of 1,000,000 rows, this matcher and Splink in turns."""

import statistics
import sys
from dataclasses import dataclass
from typing import Final

import polars as pl

from benchmarks.linkage.cities import Prepared
from benchmarks.linkage.delivered import IDENTITY
from benchmarks.linkage.measure import in_process

ROWS: Final = 1_000_000
RUNS: Final = 5
BANK: Final = ("id_number_raw", "name")
"""What a bank tells of an account's holder."""


@dataclass(frozen=True)
class Speed:
    """Seconds and peak MB of every run, in turns."""

    rows: int
    people: int
    ours: list[dict[str, float]]
    splinks: list[dict[str, float]]

    @property
    def ratio(self) -> float:
        """Median of Splink's seconds over ours, run by run."""
        return statistics.median(
            b["seconds"] / a["seconds"] for a, b in zip(self.ours, self.splinks, strict=True)
        )

    def peak(self, method: str) -> float:
        """Median peak in MB."""
        return statistics.median(run["peak_mb"] for run in (self.ours if method == "hedui" else self.splinks))


def bank_rows(frames: Prepared, rows: int) -> pl.DataFrame:
    """Draw a bank file: distinct pairs of number and name, as delivered by any source of the city."""
    told = pl.read_parquet(frames.rows, columns=list(BANK)).unique().sort(BANK)
    drawn = told.sample(min(rows, len(told)), seed=1, shuffle=True)
    silent = [pl.lit(None, pl.String).alias(name) for name in IDENTITY if name not in BANK]
    return drawn.with_columns(silent).with_row_index("row")


def timed(frames: Prepared, rows: int = ROWS, runs: int = RUNS) -> Speed:
    """Run both in turns."""
    file = frames.folder / "bank.parquet"
    bank = bank_rows(frames, rows)
    bank.write_parquet(file)
    people = pl.read_parquet(frames.people, columns=["person_id"])["person_id"].n_unique()
    found = Speed(len(bank), people, [], [])
    for turn in range(runs):
        print(f"speed: run {turn + 1} of {runs} ...", file=sys.stderr)
        found.ours.append(in_process("hedui", file, frames.people, frames.folder / "bank-hedui.parquet"))
        found.splinks.append(in_process("splink", file, frames.people, frames.folder / "bank-splink.parquet"))
    return found
