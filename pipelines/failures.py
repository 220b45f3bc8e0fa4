"""Why a night failed, in one sentence that an operator can act on: our own words, never a library's.

Not here: who is told (notices.py), how a step hides what a foreign error quotes (assets/timing.py).
"""

from collections.abc import Iterable

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from assets.timing import OURS
from pipelines.interruption import ended

PACKAGES = tuple(f"{package}." for package in sorted(OURS))


def why_failed(events: Iterable[dg.DagsterEvent]) -> str:
    """Return the sentence of the first failure among the events of a run."""
    listed = list(events)
    broken = [
        _check_in_words(check)
        for check in (
            event.asset_check_evaluation_data
            for event in listed
            if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        )
        if check.blocking and not check.passed
    ]
    if broken:
        return " ".join(broken)
    for event in listed:
        failure = event.event_specific_data if event.is_failure else None
        error = getattr(failure, "error", None)
        if error is not None and error.cls_name == dg.DagsterExecutionInterruptedError.__name__:
            return ended()
        told = getattr(getattr(failure, "user_failure_data", None), "description", None)
        if told:
            return str(told)
        if error is not None:
            return _plain(_ours_or_last(error))
    return "The night ended before its first step could say why: the machine stopped, or the run was ended from outside."


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
