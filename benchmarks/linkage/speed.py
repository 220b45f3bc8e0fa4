"""The comparison of speed: 100,000 recipients and a bank file of 1,000,000 rows, this matcher and Splink in turns.

Splink twice: with its best settings, and with those it was known by.
"""

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


METHODS: Final = ("hedui", "splink", "splink_as_known")
ONCE: Final = "splink_as_known"
"""Run in the first turn alone: it is slow, and further from the goal."""


@dataclass(frozen=True)
class Speed:
    """Seconds, processor seconds and peak MB of every run, by method, in turns."""

    rows: int
    people: int
    runs: dict[str, list[dict[str, float]]]

    def ratio(self, method: str = "splink", figure: str = "seconds") -> float:
        """Median of another method's seconds (or ``cpu_seconds``) over ours, turn by turn."""
        pairs = zip(self.runs["hedui"], self.runs[method], strict=False)
        return statistics.median(theirs[figure] / ours[figure] for ours, theirs in pairs)

    def peak(self, method: str) -> float:
        """Median peak in MB."""
        return statistics.median(run["peak_mb"] for run in self.runs[method])


def bank_rows(frames: Prepared, rows: int) -> pl.DataFrame:
    """Draw a bank file: distinct pairs of number and name, as delivered by any source of the city."""
    told = pl.read_parquet(frames.rows, columns=list(BANK)).unique().sort(BANK)
    drawn = told.sample(min(rows, len(told)), seed=1, shuffle=True)
    silent = [pl.lit(None, pl.String).alias(name) for name in IDENTITY if name not in BANK]
    return drawn.with_columns(silent).with_row_index("row")


def timed(frames: Prepared, rows: int = ROWS, runs: int = RUNS) -> Speed:
    """Run all in turns."""
    file = frames.folder / "bank.parquet"
    bank = bank_rows(frames, rows)
    bank.write_parquet(file)
    people = pl.read_parquet(frames.people, columns=["person_id"])["person_id"].n_unique()
    found = Speed(len(bank), people, {method: [] for method in METHODS})
    for turn in range(runs):
        for method in METHODS:
            if method == ONCE and turn:
                continue
            print(f"speed: run {turn + 1} of {runs}, {method} ...", file=sys.stderr)
            out = frames.folder / f"bank-{method}.parquet"
            found.runs[method].append(in_process(method, file, frames.people, out))
    return found
