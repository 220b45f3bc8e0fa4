"""Runs one night in this process, on the same graph that Dagster schedules, and says how it ended.

Not here: the command line (cli.py), the life of the work folder (resources.py).
"""

import logging
import resource
import time
import uuid
from dataclasses import dataclass, field
from functools import cache

import dagster as dg
import duckdb

from assets.night import NightInputs
from pipelines import notices, recording
from pipelines.definitions import defs
from pipelines.failures import why_failed
from pipelines.interruption import ended, listening
from pipelines.loading import uncollected
from pipelines.resources import open_night
from pipelines.settings import Settings, SettingsError, check
from pipelines.summary import of_night
from pipelines.unrecorded import unrecorded
from warehouse import key
from warehouse.lock import WarehouseBusyError
from warehouse.paths import WarehousePaths
from warehouse.state import run_of

log = logging.getLogger("hedui")


@dataclass(slots=True)
class Outcome:
    """How a night ended: published, or why not; and the summary line's content."""

    published: bool
    why: str = ""
    summary: dict[str, object] = field(default_factory=dict)


def run_night(settings: Settings, *, record: bool = False) -> Outcome:
    """Run the whole graph for one night and tell the operator how it ended.

    Args:
        settings: what the night is told.
        record: show the night on Dagster's page too.

    Raises:
        SettingsError: an argument or configuration cannot be used; nothing has run.
    """
    run = str(uuid.uuid4())
    with listening() as heard:
        try:
            outcome = _run(settings, run, record=record)
        except KeyboardInterrupt:  # before Dagster's first step, or after its last
            outcome = Outcome(published=False, why=ended())
        except SettingsError as error:
            notices.tell(notices.failed(settings.night, settings.place, run, str(error)))
            raise
        by = heard()
    if not outcome.published:
        outcome = _truth(settings, run, outcome, by)
    if outcome.published:
        notices.tell(notices.published(settings.night, settings.place, run, outcome.summary))
    else:
        notices.tell(notices.failed(settings.night, settings.place, run, outcome.why))
    return outcome


def _truth(settings: Settings, run: str, failed: Outcome, by: str | None) -> Outcome:
    """Return how a run ended that did not say "published": ended from outside, perhaps after its commit, or failed."""
    if run_of(WarehousePaths(settings.warehouse.resolve()), settings.night) == run[:8]:
        return Outcome(published=True, summary=of_night(settings))
    # A library that is interrupted in the midst of a call fails in words of its own.
    return Outcome(published=False, why=ended(by)) if by else failed


def _run(settings: Settings, run: str, *, record: bool) -> Outcome:
    """Run the night under an id."""
    inputs = check(settings)
    if inputs.key_made:
        log.warning(
            "A new installation key was made: %s. Back it up; with another one nobody's id is found again.",
            key.path(),
        )
    began = time.perf_counter()
    try:
        result = _executed(inputs, run)
    except WarehouseBusyError as error:
        return Outcome(published=False, why=str(error))
    except (
        OSError,
        duckdb.IOException,
    ) as error:  # before the first step or after the last: a step says so itself
        return Outcome(published=False, why=_not_opened(inputs, error))
    if record:
        recording.record(inputs.paths.root, result.all_events, published=result.success)
    if not result.success:
        return Outcome(published=False, why=why_failed(result.all_events))
    seconds = round(time.perf_counter() - began, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Outcome(published=True, summary={**of_night(settings), "seconds": seconds, "peak_memory_mb": peak})


def _not_opened(inputs: NightInputs, error: Exception) -> str:
    """Return why a night could not begin, or not tidy up; a library's own words may quote a person's data."""
    why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else type(error).__name__
    return (
        f"The work folder of {inputs.paths.root} cannot be used ({why}). Look whether the disk is full and whether this user may"
        " write there, then run the night again. The last publication stands."
    )


def _executed(inputs: NightInputs, run: str) -> dg.ExecuteInProcessResult:
    """Run the whole graph on an open night."""
    with open_night(inputs, run[:8]) as night, unrecorded() as instance:
        return _nightly().execute_in_process(
            partition_key=inputs.date.isoformat(),
            resources={"night": night},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            instance=instance,
            run_id=run,
            raise_on_error=False,
        )


@cache
def _nightly() -> dg.JobDefinition:
    """Return the graph of a night: what a process runs first, it runs again."""
    with uncollected():
        return defs().resolve_job_def("nightly")


__all__ = ["Outcome", "WarehouseBusyError", "run_night"]
