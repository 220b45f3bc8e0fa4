"""Runs the sample city's two nights, scores the second, and writes the sample's section of docs/quality.md.

    python -m benchmarks.sample [--shared ../shared] [--folder build/sample]

The sample and the scorer lie beside the checkout; without them there is nothing to run.
"""

import argparse
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scored import HOUSE, demand_scorer, run, score, write_section

NIGHTS = ("2021-12-30", "2021-12-31")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, score and write the section."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=HOUSE.parent / "shared")
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "sample")
    given = parser.parse_args(arguments)
    demand_scorer(given.shared)
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    city = given.shared / "sample_city"
    summaries = [run(city, given.folder / "warehouse", night) for night in NIGHTS]
    scored = score(given.shared, city, str(summaries[-1]["database"]))
    seconds = ", ".join(f"{summary['night']} {summary['seconds']} s" for summary in summaries)
    write_section(
        "sample",
        f"## The sample city\n\nMeasured {datetime.now(UTC):%Y-%m-%d} by `make sample`: the night before and"
        f" then the night on the sample city ({seconds}), scored against its truth. The scorer's own output"
        f" follows.\n\n```\n{scored}```\n",
    )
    print(scored)


if __name__ == "__main__":
    main()
