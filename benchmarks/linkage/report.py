"""Writes what was measured between the markers of docs/linkage.md."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.linkage import tables, targets
from benchmarks.linkage.speed import METHODS, Speed

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_CALIBRATION: Final = (
    "What the matcher said of the best candidate of a row, linked or not, beside how often it was so; every city and seed"
    " together."
)
_SEEDS: Final = "mean ± half of Student's 95 % interval over the seeds"


def text(figures: pl.DataFrame, curves: pl.DataFrame, speed: Speed | None, command: str, plot: str) -> str:
    """Return the measurements as Markdown."""
    seeds = figures.group_by("group", maintain_order=True).agg(pl.col("seed").n_unique())
    cities = ", ".join(f"{group} ({n} seeds)" if n > 1 else group for group, n in seeds.iter_rows())
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}, by `{command}`. Cities: {cities}. Where there are several seeds: {_SEEDS}; seconds and"
        " memory are medians. The machine was not idle: read ratios, not seconds.",
        "", "### Goals", "", *targets.lines(figures, curves, speed),
        "", "### All sources together", "", *tables.whole(figures),
        "", f"![Precision and recall by source]({plot})",
    ]  # fmt: skip
    if speed:
        lines += ["", "### Speed", "", *_speed(speed)]
    lines += ["", "### Calibration", "", _CALIBRATION, "", *tables.calibrated(curves)]
    for group in tables.groups(figures):
        lines += ["", f"### By source: {group}", "", *tables.by_source(figures, group)]
    for group in _told_by_damage(figures):
        lines += ["", f"### By damage, as shipped: {group}", "", *tables.by_damage(figures, group)]
    lines += ["", "### Subgroups", "", "Recall as shipped, seeds together.", "", *tables.by_subgroup(figures)]
    return "\n".join(lines) + "\n"


def _told_by_damage(figures: pl.DataFrame) -> list[str]:
    """The groups with several seeds, or all where there is none such."""
    several = (
        figures.group_by("group", maintain_order=True)
        .agg(n=pl.col("seed").n_unique())
        .filter(pl.col("n") > 1)
    )
    return several["group"].to_list() or tables.groups(figures)


def _speed(speed: Speed) -> list[str]:
    head = ["run", "method", "seconds", "processor seconds", "peak, MB"]
    rows = [
        [
            str(turn),
            tables.NAMES[method],
            *(f"{run[name]:,.1f}" for name in ("seconds", "cpu_seconds")),
            f"{run['peak_mb']:,.0f}",
        ]
        for method in METHODS
        for turn, run in enumerate(speed.runs[method], start=1)
    ]
    ratios = [
        f"{words} {speed.ratio(method):.1f} in seconds, {speed.ratio(method, 'cpu_seconds'):.1f} in processor seconds"
        for method, words in (("splink", "best settings"), ("splink_as_known", "settings as known"))
    ]
    return [
        f"{speed.people:,} recipients and a bank file of {speed.rows:,} rows (number and name), in turns. Median of Splink's over"
        f" ours: {'; '.join(ratios)}. Processor seconds (all cores) say more where other work runs beside.",
        "",
        *tables.table(head, sorted(rows), left=2),
    ]


def write(page: Path, measured: str) -> None:
    """Put the measurements between the markers of the page."""
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    before, _, rest = old.partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{measured}\n{END}{after}", encoding="utf-8")
