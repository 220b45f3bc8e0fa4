"""Runs a step of a night: says it with rows and seconds, and keeps data out of what it raises.

Exceptions of libraries quote values ("could not convert '3206...'"), and Dagster stores what is raised.
So a foreign exception leaves a step as its kind and place only; our own errors are written for people
and hold nothing personal. `HEDUI_DEBUG=1` shows the original on a developer's machine.
"""

import os
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import dagster as dg

from assets.night import Night

OURS: Final = frozenset(
    {
        "pipelines",
        "assets",
        "casework",
        "linking",
        "warehouse",
        "judging",
        "findings",
        "sources",
        "matching",
        "policy",
        "sql",
        "exports",
        "ledger",
    }
)


DISK_FULL: Final = (
    "{step}: the disk is full. Nothing was published and the last publication stands. Make room where the warehouse lies"
    " (old nights under published/ may go, but for the newest), then run the night again."
)


class StepError(RuntimeError):
    """A step failed for a reason that is a fault of the program, not of the data."""


@dataclass(slots=True)
class Step:
    """What a step reports when it is done."""

    rows: int | None = None
    note: str = ""


@contextmanager
def timed(night: Night, name: str) -> Iterator[Step]:
    """Time the step ``name`` and say one line when it ends well.

    Raises:
        StepError: in place of any exception that is not ours.
    """
    began = time.perf_counter()
    step = Step()
    try:
        yield step
    except Exception as error:
        if isinstance(error, dg.Failure) or _is_ours(error) or os.environ.get("HEDUI_DEBUG"):
            raise
        if "No space left" in str(error):
            raise StepError(DISK_FULL.format(step=name)) from None
        raise StepError(_without_values(name, error)) from None
    spent = time.perf_counter() - began
    night.seconds[name] = round(night.seconds.get(name, 0.0) + spent, 3)
    rows = "" if step.rows is None else f"{step.rows:,} rows"
    night.say(f"{name:<34}{rows:>18}{spent:>8.2f} s  {step.note}".rstrip())


def _is_ours(error: Exception) -> bool:
    """Tell whether the error's text was written by us."""
    return type(error).__module__.split(".")[0] in OURS


def _without_values(name: str, error: Exception) -> str:
    """Return what may be told of a foreign error: its kind and where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f for f in reversed(frames) if any(f"/{part}/" in f.filename for part in OURS)), frames[-1])
    file = "/".join(place.filename.split("/")[-2:])
    return (
        f"{name}: {type(error).__name__} at {file}:{place.lineno}. The text of the error is withheld, because it may quote "
        "a person's data; HEDUI_DEBUG=1 shows it. Nothing was published."
    )
