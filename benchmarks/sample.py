"""Runs the sample city's two nights, scores the second, and writes docs/quality.md.

    python -m benchmarks.sample [--shared ../shared] [--folder build/sample]

The sample and the scorer lie beside the checkout; without them there is nothing to run.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

HOUSE = Path(__file__).parents[1]
REPORT = HOUSE / "docs" / "quality.md"
HEDUI = Path(sys.executable).with_name("hedui")
NIGHTS = ("2021-12-30", "2021-12-31")


def run(city: Path, warehouse: Path, night: str) -> dict[str, object]:
    """Run one night of the sample and return its summary."""
    command = [
        str(HEDUI),
        "run",
        "--night",
        night,
        "--landing",
        str(city / "landing"),
        "--warehouse",
        str(warehouse),
    ]
    done = subprocess.run(
        [*command, "--place", "rugao", "--layout", "jiangsu"], capture_output=True, text=True, check=True
    )
    summary: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return summary


def score(shared: Path, database: str) -> str:
    """Return the scorer's output on a published database."""
    command = [
        sys.executable,
        str(shared / "score.py"),
        "--db",
        database,
        "--truth",
        str(shared / "sample_city" / "truth"),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, score and write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=HOUSE.parent / "shared")
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "sample")
    given = parser.parse_args(arguments)
    if not (given.shared / "score.py").exists():
        sys.exit(f"{given.shared} does not lie beside the checkout: there is no sample to run.")
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    summaries = [run(given.shared / "sample_city", given.folder / "warehouse", night) for night in NIGHTS]
    scored = score(given.shared, str(summaries[-1]["database"]))
    seconds = ", ".join(f"{summary['night']} {summary['seconds']} s" for summary in summaries)
    text = (
        f"# How right we are: the sample city\n\nMeasured {datetime.now(UTC):%Y-%m-%d} by `make sample`: the night before and"
        f" then the night on the sample city ({seconds}), scored against its truth. The scorer's own output follows.\n\n"
        f"```\n{scored}```\n"
    )
    REPORT.write_text(text, encoding="utf-8")
    print(scored)


if __name__ == "__main__":
    main()
