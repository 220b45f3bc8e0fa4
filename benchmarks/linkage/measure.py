"""One city measured: every method in a process of its own, its outcome held against the truth.

The figures are one long frame, `FIGURES`; report and plot read nothing else.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.linkage.cases import Case, Departments
from benchmarks.linkage.ceiling import keyed
from benchmarks.linkage.cities import SUBGROUPS, Prepared
from benchmarks.linkage.scores import COUNTS, at, best_threshold, calibration, counted, judged

FIGURES: Final = {
    "group": pl.String, "seed": pl.Int64, "method": pl.String, "threshold": pl.Float64, "at": pl.String, "by": pl.String,
    "key": pl.String, **dict.fromkeys(COUNTS, pl.Int64), "seconds": pl.Float64, "peak_mb": pl.Float64,
}  # fmt: skip
"""One row a city, method, threshold (``at``: shipped or best) and slice (``by``: all, source, damage, subgroup)."""

OURS: Final = "hedui"


def in_process(method: str, rows: Path, people: Path, out: Path) -> dict[str, float]:
    """Run a method; return ``seconds`` and ``peak_mb`` of its process."""
    command = [sys.executable, "-m", "benchmarks.linkage.run", method, str(rows), str(people), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{method} on {rows} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def sliced(rows: pl.DataFrame) -> pl.DataFrame:
    """Return counts of judged rows by every slice."""
    parts = [counted(rows).with_columns(by=pl.lit("all"))]
    parts += [counted(rows, by).with_columns(by=pl.lit(by)) for by in ("source", "damage")]
    for group in SUBGROUPS:
        members = counted(rows.filter(group)).with_columns(key=pl.lit(group), by=pl.lit("subgroup"))
        parts.append(members)
    return pl.concat(parts)


def of_outcome(truth: pl.DataFrame, outcome: pl.DataFrame) -> pl.DataFrame:
    """Return the counts of one outcome as shipped and at its best threshold."""
    rows = judged(truth, outcome)
    best = best_threshold(rows)
    shipped = sliced(rows).with_columns(at=pl.lit("shipped"), threshold=pl.lit(None, pl.Float64))
    chosen = sliced(at(rows, best)).with_columns(at=pl.lit("best"), threshold=pl.lit(best))
    return pl.concat([shipped, chosen])


def measured(
    case: Case | Departments, folder: Path, methods: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return `FIGURES` of a city or its departments, and our calibration there, with ``group`` and ``seed``."""
    frames = case.frames(folder / "frames")
    truth = with_keys(frames)
    parts, curves = [], []
    for method in methods:
        out = frames.folder / f"{method}.parquet"
        print(f"{case.name}: {method} ...", file=sys.stderr)
        cost = in_process(method, frames.rows, frames.people, out)
        about = {"group": case.group, "seed": case.seed, "method": method}
        about |= {"seconds": cost["seconds"], "peak_mb": cost["peak_mb"]}
        found = of_outcome(truth, pl.read_parquet(out))
        parts.append(found.with_columns(pl.lit(value).alias(name) for name, value in about.items()))
        if method == OURS:
            curve = calibration(judged(truth, pl.read_parquet(out)))
            curves.append(curve.with_columns(group=pl.lit(case.group), seed=pl.lit(case.seed)))
    return pl.concat(parts).select(pl.col(name).cast(kind) for name, kind in FIGURES.items()), pl.concat(
        curves
    )


def with_keys(frames: Prepared) -> pl.DataFrame:
    """Return the truth with ``intact`` and ``reachable``."""
    truth = pl.read_parquet(frames.truth)
    keys = keyed(truth, pl.read_parquet(frames.rows), pl.read_parquet(frames.people))
    return truth.join(keys, on=["row", "person_id"], how="left", maintain_order="left")
