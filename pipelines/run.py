"""Runs one night in this process, on the same graph that Dagster schedules, and says how it ended.

Not here: the command line (cli.py), the life of the work folder (resources.py).
"""

import logging
import resource
import time
import uuid
from dataclasses import dataclass, field

from pipelines import notices
from pipelines.definitions import defs
from pipelines.failures import why_failed
from pipelines.instance import instance_of
from pipelines.interruption import ended, listening
from pipelines.resources import NightResource
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
        record: write the run down where the web server shows it; ten seconds and more on SQLite.

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
    night = NightResource(
        landing=str(settings.landing),
        warehouse=str(settings.warehouse),
        place=settings.place,
        layout=settings.layout,
        threads=settings.threads or 0,
        memory_limit=settings.memory_limit,
        use_cache=settings.use_cache,
        model=str(settings.model or ""),
    )
    with instance_of(settings.warehouse) if record else unrecorded() as instance:
        result = (
            defs()
            .resolve_job_def("nightly")
            .execute_in_process(
                partition_key=settings.night.isoformat(),
                resources={"night": night},
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                instance=instance,
                run_id=run,
                raise_on_error=False,
            )
        )
    if not result.success:
        return Outcome(published=False, why=why_failed(result.all_events))
    seconds = round(time.perf_counter() - began, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Outcome(published=True, summary={**of_night(settings), "seconds": seconds, "peak_memory_mb": peak})


__all__ = ["Outcome", "WarehouseBusyError", "run_night"]
