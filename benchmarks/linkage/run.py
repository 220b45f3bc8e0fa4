"""One method on one pair of frames, in a process of its own: seconds and peak memory are its alone.

    python -m benchmarks.linkage.run METHOD ROWS PEOPLE OUT

Reading the two frames is not counted, and neither is writing the outcome. Normalising is, for every method.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.linkage.exact_joins import OUTCOME, number_or_birth, raw_number

METHODS: Final = ("raw_number", "number_or_birth", "splink_as_known", "splink", "hedui")
"""In the order of the tables."""
THREADS: Final = 2
SPLINK: Final = "benchmarks.linkage.splink_model"


def hedui(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Link with this matcher as shipped; what it refuses has no candidate."""
    from matching import link_frames, shipped  # only this method pays for it

    found = link_frames(rows, people, shipped()).links
    return (
        pl.DataFrame(
            [rows["row"], *found.select("person_id", "candidate_person_id", "probability", "decision")]
        )
        .select(
            "row",
            pl.coalesce("person_id", "candidate_person_id").alias("person_id"),
            "probability",
            linked=pl.col("decision") == "linked",
        )
        .filter(pl.col("person_id").is_not_null())
        .select(pl.col(name).cast(kind) for name, kind in OUTCOME.items())
    )


def linked(method: str, rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Run a method."""
    if method.startswith("splink"):
        link = importlib.import_module(SPLINK).link
        found: pl.DataFrame = link(rows, people, THREADS, as_known=method == "splink_as_known")
        return found
    return {"raw_number": raw_number, "number_or_birth": number_or_birth, "hedui": hedui}[method](
        rows, people
    )


def peak_kib() -> int:
    """Return this process's own peak of resident memory.

    Linux keeps in getrusage's figure the peak of whoever started the process, so its own record is asked first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: list[str]) -> None:
    """Run, write the outcome, and print seconds, seconds of processor time (all cores) and peak MB."""
    method, rows, people, out = arguments
    frames = pl.read_parquet(rows), pl.read_parquet(people)
    if method.startswith("splink"):
        importlib.import_module(SPLINK)
    elif method == "hedui":
        importlib.import_module("matching").shipped()
    began, worked = time.perf_counter(), time.process_time()
    outcome = linked(method, *frames)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = peak_kib()
    outcome.write_parquet(Path(out))
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu, "peak_mb": peak / 1024}))


if __name__ == "__main__":
    main(sys.argv[1:])
