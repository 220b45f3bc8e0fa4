"""Runs one night in this process, on the same graph that Dagster schedules, and says how it ended.

Not here: the command line (cli.py), the life of the work folder (resources.py).
"""

import logging
import resource
import time
from dataclasses import dataclass, field

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from assets.timing import OURS
from assets.warehouse import key
from assets.warehouse.lock import WarehouseBusyError
from pipelines.definitions import defs
from pipelines.resources import NightResource
from pipelines.settings import Settings, check
from pipelines.summary import of_night

log = logging.getLogger("hedui")
PACKAGES = tuple(f"{package}." for package in sorted(OURS))


@dataclass(slots=True)
class Outcome:
    """How a night ended: published, or why not; and the summary line's content."""

    published: bool
    why: str = ""
    summary: dict[str, object] = field(default_factory=dict)


def run_night(settings: Settings) -> Outcome:
    """Run the whole graph for one night.

    Raises:
        SettingsError: an argument or configuration cannot be used; nothing has run.
    """
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
    )
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            defs()
            .resolve_job_def("nightly")
            .execute_in_process(
                partition_key=settings.night.isoformat(),
                resources={"night": night},
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                instance=instance,
                raise_on_error=False,
            )
        )
    if not result.success:
        return Outcome(published=False, why=_why(result))
    seconds = round(time.perf_counter() - began, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Outcome(published=True, summary={**of_night(settings), "seconds": seconds, "peak_memory_mb": peak})


def _why(result: dg.ExecuteInProcessResult) -> str:
    """Return the sentence of the first failure: our own words, never a library's."""
    broken = [
        _check_in_words(check)
        for check in result.get_asset_check_evaluations()
        if check.blocking and not check.passed
    ]
    if broken:
        return " ".join(broken)
    for event in result.all_events:
        failure = event.event_specific_data if event.is_failure else None
        error = getattr(failure, "error", None)
        told = getattr(getattr(failure, "user_failure_data", None), "description", None)
        if told:
            return str(told)
        if error is not None:
            return _plain(_ours_or_last(error))
    return "The night failed before its first step."


def _check_in_words(check: dg.AssetCheckEvaluation) -> str:
    """Return a failed blocking check as a sentence: what, where, why it matters, what to do."""
    told = {name: value.value for name, value in check.metadata.items()}
    table = ".".join(check.asset_key.path)
    if check.check_name == "grain_is_unique":
        what = f"{told['rows']:,} rows have only {told['keys']:,} different keys ({told['grain']})"
    else:
        what = "; ".join(f"{name} {value}" for name, value in told.items()) or "it failed"
    return (
        f"{table} did not pass the check {check.check_name}: {what}. What rests on it could be said twice or wrongly, so"
        " nothing was published and the last publication stands. Report it with the night's deliveries: audit.quarantine of"
        " the last published night and `hedui run` with HEDUI_DEBUG=1 help to find the source."
    )


def _ours_or_last(error: SerializableErrorInfo) -> str:
    """Return the message of the first error in the chain of causes that is ours, else of the last."""
    while not error.message.startswith(PACKAGES) and error.cause is not None:
        error = error.cause
    return error.message


def _plain(message: str) -> str:
    """Drop the exception's class name from the head of its sentence."""
    head, separator, rest = message.strip().partition(": ")
    return rest if separator and " " not in head else message.strip()


__all__ = ["Outcome", "WarehouseBusyError", "run_night"]
