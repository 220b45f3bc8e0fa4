"""The sensors: a night runs again for a late delivery until 07:00, and the operator hears how every night ended.

Here belongs when: what came since the newest night's run began, which runs are told of. Not here: what lies in the landing
area (landed.py), what a notice says and where it goes (notices.py).
"""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import dagster as dg

from pipelines import notices
from pipelines.failures import why_failed
from pipelines.landed import Landed, digest_of, landed
from pipelines.schedules import SHANGHAI, nightly
from pipelines.settings import from_environment
from pipelines.summary import of_published
from warehouse import manifest
from warehouse.commit import committed_nights
from warehouse.paths import WarehousePaths

PARTITION: Final = "dagster/partition"
GOING: Final = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def now() -> datetime:
    """Return the time in Shanghai."""
    return datetime.now(SHANGHAI)


def late_until() -> time:
    """Return until when a night runs again for a late delivery (`HEDUI_LATE_UNTIL`, 07:00)."""
    return time.fromisoformat(os.environ.get("HEDUI_LATE_UNTIL", "07:00"))


@dg.sensor(
    job=nightly,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Runs the newest night again when a whole delivery came in after its run began, until 07:00 in Shanghai.",
)
def late_delivery(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """List the landing area and ask for the newest night once more if something came too late for it."""
    moment = now()
    if moment.time() >= late_until():
        return dg.SkipReason(f"It is past {late_until():%H:%M}: what comes now waits for the next night.")
    night = newest_night(moment)
    if is_going(context.instance):
        return dg.SkipReason("A night is running; what came meanwhile is looked at when it has ended.")
    told = from_environment(night)
    began = last_began(context.instance, WarehousePaths(told.warehouse), night)
    if began is None:
        return dg.SkipReason(f"The night of {night} has not run yet.")
    late = came_since(landed(told.landing, night), began)
    if not late:
        return dg.SkipReason(f"Nothing came since the night of {night} began.")
    if restless := still_coming(late, moment):
        return dg.SkipReason(f"Still coming in: {', '.join(restless)}.")
    mark = f"{night} late {digest_of(late)[:16]}"
    if context.cursor == mark:
        return dg.SkipReason("The night has run again for this delivery already.")
    why = ", ".join(sorted({each.source for each in late}))
    request = dg.RunRequest(run_key=mark, partition_key=night.isoformat(), tags={"hedui/late": why})
    return dg.SensorResult(run_requests=[request], cursor=mark)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[nightly],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells the operator that a night is published (HEDUI_NOTICE_COMMAND, HEDUI_NOTICE_URL).",
)
def night_published(context: dg.RunStatusSensorContext) -> None:
    """Send the counts of a published night."""
    told = from_environment(night_of(context.dagster_run))
    summary = of_published(WarehousePaths(told.warehouse.resolve()), told.night, told.place)
    _tell(notices.published(told.night, told.place, context.dagster_run.run_id, summary))


@dg.run_failure_sensor(
    monitored_jobs=[nightly],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells the operator why a night failed (HEDUI_NOTICE_COMMAND, HEDUI_NOTICE_URL).",
)
def night_failed(context: dg.RunFailureSensorContext) -> None:
    """Send the reason of a failed night."""
    run = context.dagster_run
    events = [entry.dagster_event for entry in context.instance.all_logs(run.run_id) if entry.dagster_event]
    told = from_environment(night_of(run))
    _tell(notices.failed(told.night, told.place, run.run_id, why_failed(events)))


@dg.sensor(
    minimum_interval_seconds=300,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells the operator once a day, after 07:00 in Shanghai, if the newest night is not published.",
)
def night_missing(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Look whether people who come to work find the newest night."""
    moment = now()
    night = newest_night(moment)
    told = from_environment(night)
    done = committed_nights(WarehousePaths(told.warehouse))
    if moment.time() < late_until() or context.cursor == night.isoformat() or is_going(context.instance):
        return dg.SkipReason("It is too early, told already, or running.")
    if not done or done[-1] >= night:
        return dg.SkipReason("The newest night is published, or this warehouse has never had one.")
    for wrong in notices.tell(notices.missing(night, told.place, done[-1])):
        context.log.warning(
            wrong
        )  # no failed tick: the cursor must move, or this would be told every five minutes
    return dg.SensorResult(cursor=night.isoformat())


sensors = [late_delivery, night_published, night_failed, night_missing]


def _tell(notice: notices.Notice) -> None:
    """Send a notice; one that cannot be delivered is a failed tick that the web server shows, never a failed night."""
    if wrong := notices.tell(notice):
        raise notices.NoticeError("; ".join(wrong))


def newest_night(moment: datetime) -> date:
    """Return the night that has ended at ``moment``: the day before."""
    return moment.date() - timedelta(days=1)


def night_of(run: dg.DagsterRun) -> date:
    """Return the night that a run was for."""
    return date.fromisoformat(run.tags[PARTITION])


def is_going(instance: dg.DagsterInstance) -> bool:
    """Tell whether a night runs or waits to."""
    return instance.get_runs_count(dg.RunsFilter(job_name=nightly.name, statuses=GOING)) > 0


def last_began(instance: dg.DagsterInstance, paths: WarehousePaths, night: date) -> datetime | None:
    """Return when the newest run of ``night`` began, by Dagster or by `hedui run`; None if none did."""
    wanted = dg.RunsFilter(job_name=nightly.name, tags={PARTITION: night.isoformat()})
    records = instance.get_run_records(wanted, limit=1)
    began = [
        record.create_timestamp
        if record.start_time is None
        else datetime.fromtimestamp(record.start_time, UTC)
        for record in records
    ]
    # A manifest's times are in UTC and do not say so.
    began += [started.replace(tzinfo=UTC)] if (started := manifest.started(paths, night)) else []
    return max(began, default=None)


def came_since(found: Sequence[Landed], began: datetime) -> list[Landed]:
    """Return what came after a run began: that run may not have seen it whole."""
    return [each for each in found if each.at > began]


def still_coming(late: Sequence[Landed], moment: datetime) -> list[str]:
    """Return the deliveries that are not whole or changed within the last `HEDUI_QUIET_SECONDS` (60)."""
    quiet = timedelta(seconds=float(os.environ.get("HEDUI_QUIET_SECONDS", "60")))
    return [f"{each.source}/{each.snapshot}" for each in late if not each.whole or moment - each.at < quiet]
