"""Times whole nights on made cities beside the floor of the same files, and writes docs/performance.md.

    python -m benchmarks.night [--residents 50000 200000] [--seed 1] [--folder build/benchmark] [--threads 2]

The fixed cost of a night is the seconds of a night of 1,000 residents of the same run.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from synth import make_city

NIGHT = date(2021, 12, 31)
SMALL = 1_000
REPORT = Path(__file__).parents[1] / "docs" / "performance.md"
HEDUI = Path(sys.executable).with_name("hedui")


def run_night(city: Path, warehouse: Path, threads: int) -> dict[str, object]:
    """Run one night in a process of its own and return its summary with the seconds of each step."""
    shutil.rmtree(warehouse, ignore_errors=True)
    command = [
        str(HEDUI),
        "run",
        "--night",
        str(NIGHT),
        "--landing",
        str(city / "landing"),
        "--warehouse",
        str(warehouse),
    ]
    command += ["--place", "rugao", "--layout", "jiangsu", "--threads", str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    summary: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    with duckdb.connect(str(summary["database"]), read_only=True) as connection:
        summary["steps"] = connection.execute(
            "SELECT step, seconds FROM audit.step ORDER BY seconds DESC"
        ).fetchall()
    return summary


def run_floor(city: Path) -> dict[str, object]:
    """Measure the floor in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.floor", str(city / "landing"), str(NIGHT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def measure(
    residents: int, seed: int, folder: Path, threads: int
) -> tuple[dict[str, object], dict[str, object]]:
    """Return the summary of a night and its floor, on a city that is made when it is not there."""
    city = folder / f"city-{residents}-{seed}"
    if not (city / "truth" / "city.json").exists():
        make_city(city, residents, seed, night=NIGHT)
    print(f"{residents:,} residents: floor ...", file=sys.stderr)
    floor = run_floor(city)
    print(f"{residents:,} residents: night ...", file=sys.stderr)
    return run_night(city, folder / "warehouse", threads), floor


def report(results: dict[int, tuple[dict[str, object], dict[str, object]]], threads: int) -> str:
    """Return the measurements as Markdown."""
    fixed = float(str(results[SMALL][0]["seconds"]))
    lines = [
        "# Nights beside the floor",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}, by `python -m benchmarks.night --threads {threads}`. One run each: the machines are"
        " noisy, read ratios, not seconds.",
        "",
        "The floor: the same files decoded, read into DuckDB tables and joined to the registry on the exact number"
        " (benchmarks/floor.py).",
        f"A night of {SMALL:,} residents takes {fixed:.1f} s; that fixed cost is subtracted in the ratio.",
        "",
        "| residents | rows read | night, s | floor, s | (night - fixed) / floor | peak memory, MB | floor's peak, MB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for residents, (night, floor) in results.items():
        ratio = (float(str(night["seconds"])) - fixed) / float(str(floor["seconds"]))
        shown = "-" if residents == SMALL else f"{ratio:.1f}"
        lines.append(
            f"| {residents:,} | {night['rows_delivered']:,} | {night['seconds']} | {floor['seconds']} | {shown} |"
            f" {night['peak_memory_mb']:,} | {floor['peak_memory_mb']:,} |"
        )
    largest = max(results)
    steps = results[largest][0]["steps"]
    assert isinstance(steps, list)
    lines += ["", f"The longest steps at {largest:,} residents:", "", "| step | s |", "| --- | ---: |"]
    lines += [f"| {step} | {seconds:.2f} |" for step, seconds in steps[:25]]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--residents", type=int, nargs="+", default=[50_000, 200_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/benchmark"))
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    given = parser.parse_args(arguments)
    sizes = [SMALL, *sorted(set(given.residents) - {SMALL})]
    results = {size: measure(size, given.seed, given.folder, given.threads) for size in sizes}
    text = report(results, given.threads)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
