"""Measures every method on every city and writes docs/linkage.md and its figure.

    python -m benchmarks.linkage [--quick] [--folder build/linkage] [--shared ../shared] [--part all|cities|speed|page]

In full: the sample, where it lies beside the checkout, made cities of 100,000 residents (five seeds) and of 1,000,000, each
at base and hard damage, badly kept departments with and without birth dates (three levels, four seeds), and five runs in
turns of 100,000 recipients against 1,000,000 bank rows: an hour on 2 cores, 20 GB of disk; the parts may be measured one
after another. Cities and frames stay in the folder and are used again: remove it after changing how they are made.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import polars as pl

from benchmarks.linkage import plot, report
from benchmarks.linkage.cases import Case, Departments, cases
from benchmarks.linkage.measure import measured
from benchmarks.linkage.run import METHODS
from benchmarks.linkage.speed import Speed, timed

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs" / "linkage.md"
PICTURE = "img/linkage.svg"
FIGURES, CALIBRATION, SPEED = "figures.parquet", "calibration.parquet", "speed.json"


def speed_of(found: Sequence[Case | Departments], folder: Path) -> Speed | None:
    """Compare the speed on the large city, where it is measured."""
    large = [case for case in found if case.is_large]
    if not large:
        return None
    return timed(large[0].frames(folder / "frames"))


def methods_of(case: Case | Departments) -> tuple[str, ...]:
    """Return what is measured on a city: Splink's slower settings on the first seed of the smaller ones alone."""
    all_of_them = case.seed == 1 and not case.is_large
    return tuple(method for method in METHODS if all_of_them or method != "splink_as_known")


def measure(found: Sequence[Case | Departments], folder: Path, part: str) -> None:
    """Measure cities or speed and keep the figures in the folder."""
    if part in ("cities", "all"):
        figures, curves = zip(*(measured(case, folder, methods_of(case)) for case in found), strict=True)
        pl.concat(figures).write_parquet(folder / FIGURES)
        pl.concat(curves).write_parquet(folder / CALIBRATION)
    if part in ("speed", "all") and (speed := speed_of(found, folder)):
        (folder / SPEED).write_text(json.dumps(asdict(speed)), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="the sample and cities of 20,000; writes into the folder alone"
    )
    parser.add_argument(
        "--part", choices=("all", "cities", "speed", "page"), default="all", help="what to do of it"
    )
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "linkage")
    parser.add_argument("--shared", type=Path, default=HOUSE.parent / "shared")
    given = parser.parse_args(arguments)
    folder = given.folder / "quick" if given.quick else given.folder
    folder.mkdir(parents=True, exist_ok=True)
    measure(cases(folder, given.shared, quick=given.quick), folder, given.part)
    figures, kept = pl.read_parquet(folder / FIGURES), folder / SPEED
    speed = Speed(**json.loads(kept.read_text(encoding="utf-8"))) if kept.exists() else None
    page = folder / "linkage.md" if given.quick else PAGE
    plot.draw(figures, page.parent / PICTURE)
    text = report.text(figures, pl.read_parquet(folder / CALIBRATION), speed, "make linkage", PICTURE)
    report.write(page, text)
    print(text)


if __name__ == "__main__":
    main()
