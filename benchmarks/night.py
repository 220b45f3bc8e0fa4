"""Times whole nights on made cities beside the floor of the same files, and writes the figures into docs/performance.md.

    python -m benchmarks.night [--residents 200000 1000000] [--seed 1] [--folder build/benchmark] [--threads 2]

Of each city: the floor; a night on an empty warehouse; the night after, which finds everybody known; and one more on
which sources with one row in a hundred are delivered anew, with what earlier nights kept and without. Every night is a
process of its own. The fixed cost of a night is the seconds of a night of 1,000 residents of the same run.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from synth import make_city

NIGHT = date(2021, 12, 31)
SMALL = 1_000
SHARE = 0.01
MEMORY = "4GiB"
REPORT = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEDUI = Path(sys.executable).with_name("hedui")
Row = dict[str, object]


@dataclass(slots=True)
class Measured:
    """What one city took; seconds and MB as the runs said them."""

    floor: Row
    full: Row
    steps: list[tuple[str, float]]
    made: float | None = None
    changed: Row = field(default_factory=dict)
    anew: Row = field(default_factory=dict)


def run_night(landing: Path, warehouse: Path, night: date, threads: int, *more: str) -> Row:
    """Run one night in a process of its own and return its summary."""
    named = {"--night": night, "--landing": landing, "--warehouse": warehouse, "--threads": threads}
    named |= {"--place": "rugao", "--layout": "jiangsu", "--memory-limit": MEMORY}
    command = [str(HEDUI), "run", *(str(word) for pair in named.items() for word in pair), *more]
    print(f"{landing}: night {night} {' '.join(more)} ...", file=sys.stderr)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    summary: Row = json.loads(done.stdout.splitlines()[-1])
    return summary


def run_floor(city: Path) -> Row:
    """Measure the floor in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.floor", str(city / "landing"), str(NIGHT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Row = json.loads(done.stdout)
    return found


def asked(summary: Row, query: str) -> list[tuple[str, float]]:
    """Return what a published night says."""
    with duckdb.connect(str(summary["database"]), read_only=True) as connection:
        return connection.execute(query).fetchall()


def deliver_again(city: Path, summary: Row, night: date) -> Path:
    """Return a landing area with new snapshots of the smallest sources that have one row in a hundred."""
    landing = city / f"landing-{night}"
    shutil.rmtree(landing, ignore_errors=True)
    shutil.copytree(city / "landing", landing, copy_function=os.link)
    sizes = asked(
        summary,
        "SELECT source, sum(rows_delivered) AS n FROM audit.source_snapshot WHERE refused_why IS NULL GROUP BY ALL ORDER BY n",
    )
    left = SHARE * sum(n for _, n in sizes)
    for source, rows in sizes:
        left -= rows
        if left < 0:
            break
        newest = max(path for path in (landing / source).iterdir() if path.name <= str(NIGHT))
        shutil.copytree(newest, landing / source / str(night), copy_function=os.link)
    return landing


def measure(residents: int, seed: int, folder: Path, threads: int) -> Measured:
    """Return the figures of a city, which is made when it is not there."""
    city, warehouse = folder / f"city-{residents}-{seed}", folder / "warehouse"
    made = None
    if not (city / "truth" / "city.json").exists():
        began = time.perf_counter()
        make_city(city, residents, seed, night=NIGHT)
        made = time.perf_counter() - began
    shutil.rmtree(warehouse, ignore_errors=True)
    floor = run_floor(city)
    full = run_night(city / "landing", warehouse, NIGHT, threads)
    steps = asked(full, "SELECT step, seconds FROM audit.step ORDER BY seconds DESC")
    found = Measured(floor, full, steps, made)
    if residents > SMALL:
        run_night(city / "landing", warehouse, NIGHT + timedelta(days=1), threads)
        later = NIGHT + timedelta(days=2)
        landing = deliver_again(city, full, later)
        found.changed = run_night(landing, warehouse, later, threads)
        found.anew = run_night(landing, warehouse, later, threads, "--no-cache")
    return found


def number(row: Row, name: str) -> float:
    """Return a figure of a run."""
    return float(str(row[name]))


def report(results: dict[int, Measured], threads: int) -> str:
    """Return the measurements as Markdown."""
    fixed = number(results[SMALL].full, "seconds")
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}, by `python -m benchmarks.night --threads {threads}` with `--memory-limit {MEMORY}`."
        " One run each: the machines are noisy, read ratios, not seconds. Memory is the peak of the process in MiB.",
        "",
        f"A night of {SMALL:,} residents takes {fixed:.1f} s: the fixed cost.",
        "",
        "| residents | rows read | night, s | floor, s | night / floor | (night - fixed) / floor | peak memory | floor's peak |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for residents, each in results.items():
        if residents == SMALL:
            continue
        night, floor = number(each.full, "seconds"), number(each.floor, "seconds")
        lines.append(
            f"| {residents:,} | {each.full['rows_delivered']:,} | {night:.1f} | {floor:.1f} | {night / floor:.1f} |"
            f" {(night - fixed) / floor:.1f} | {each.full['peak_memory_mb']:,} | {each.floor['peak_memory_mb']:,} |"
        )
    lines += [
        "",
        "One row in a hundred delivered anew, with what earlier nights kept and with `--no-cache`:",
        "",
        "| residents | with, s | without, s | share | same digest | peak memory with |",
        "| ---: | ---: | ---: | ---: | --- | ---: |",
    ]
    for residents, each in results.items():
        if each.changed:
            kept, anew = number(each.changed, "seconds"), number(each.anew, "seconds")
            same = "yes" if each.changed["digest"] == each.anew["digest"] else "NO"
            lines.append(
                f"| {residents:,} | {kept:.1f} | {anew:.1f} | {kept / anew:.0%} | {same} | {each.changed['peak_memory_mb']:,} |"
            )
    made = [
        f"Made in this run: {residents:,} residents in {each.made:.0f} s."
        for residents, each in results.items()
        if each.made and residents > SMALL
    ]
    largest = max(results)
    lines += ["", *made, f"The longest steps at {largest:,} residents:", "", "| step | s |", "| --- | ---: |"]
    lines += [f"| {step} | {seconds:.2f} |" for step, seconds in results[largest].steps[:25]]
    lines += [
        "",
        *rules_one_by_one(results[largest].steps, number(results[largest].full, "seconds"), largest),
    ]
    return "\n".join(lines) + "\n"


def rules_one_by_one(steps: list[tuple[str, float]], night: float, residents: int) -> list[str]:
    """Return a table of what each rule's model took, and what all took of the night.

    Args:
        steps: step and seconds, as `audit.step` has them.
        night: the night's seconds.
        residents: residents of the city.
    """

    def taken(*schemas: str) -> float:
        return sum(seconds for step, seconds in steps if step.split(".")[0] in schemas)

    rules = taken("rule") + sum(seconds for step, seconds in steps if step == "out.finding")
    facts = rules + taken("fact", "means")
    lines = [
        f"The rules one by one at {residents:,} residents. All of them with their gathering, lowering and `out.finding`:"
        f" {rules:.1f} s, {rules / night:.1%} of the night (target: at most 20 %). With the facts and the means test that"
        f" they read (`fact.*`, `means.*`): {facts:.1f} s, {facts / night:.1%}.",
        "",
        "| model | s | of the night |",
        "| --- | ---: | ---: |",
    ]
    of_rules = sorted((step, seconds) for step, seconds in steps if step.startswith("rule."))
    return lines + [f"| {step} | {seconds:.2f} | {seconds / night:.2%} |" for step, seconds in of_rules]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--residents", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/benchmark"))
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    given = parser.parse_args(arguments)
    sizes = [SMALL, *sorted(set(given.residents) - {SMALL})]
    results = {size: measure(size, given.seed, given.folder, given.threads) for size in sizes}
    text = report(results, given.threads)
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    REPORT.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
