"""Measures every method on every city and writes docs/linkage.md and its figure.

    python -m benchmarks.linkage [--quick] [--folder build/linkage] [--shared ../shared] [--no-speed]

In full: the sample, where it lies beside the checkout, made cities of 100,000 residents (five seeds) and of 1,000,000, each
at base and hard damage, and five runs in turns of 100,000 recipients against 1,000,000 bank rows: an hour on 2 cores,
20 GB of disk. Cities and frames stay in the folder and are used again; remove it after changing how they are made.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from benchmarks.linkage import plot, report
from benchmarks.linkage.cases import LARGE, Case, cases
from benchmarks.linkage.cities import prepare
from benchmarks.linkage.measure import measured
from benchmarks.linkage.run import METHODS
from benchmarks.linkage.speed import Speed, timed

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs" / "linkage.md"
PICTURE = "img/linkage.svg"


def speed_of(found: Sequence[Case], folder: Path) -> Speed | None:
    """Compare the speed on the large city, where it is measured."""
    large = [case for case in found if case.residents == LARGE]
    if not large:
        return None
    large[0].make()
    return timed(prepare(large[0].city, folder / "frames" / large[0].name, large[0].seed))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="the sample and cities of 20,000; writes into the folder alone"
    )
    parser.add_argument("--no-speed", action="store_true", help="leave the comparison of speed out")
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "linkage")
    parser.add_argument("--shared", type=Path, default=HOUSE.parent / "shared")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    found = cases(given.folder, given.shared, quick=given.quick)
    speed = None if given.no_speed else speed_of(found, given.folder)
    figures = pl.concat(measured(case, given.folder, METHODS) for case in found)
    figures.write_parquet(given.folder / "figures.parquet")
    text = report.text(figures, speed, "make linkage", PICTURE)
    if given.quick:
        plot.draw(figures, given.folder / PICTURE)
        (given.folder / "linkage.md").write_text(text, encoding="utf-8")
    else:
        plot.draw(figures, PAGE.parent / PICTURE)
        report.write(PAGE, text)
    print(text)


if __name__ == "__main__":
    main()
