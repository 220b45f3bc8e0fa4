"""The one job, which is the whole graph, and its schedule. A night is never part of the graph."""

import os
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.settings import SettingsError

SHANGHAI = ZoneInfo("Asia/Shanghai")
TICK: Final = "30 1 * * *"

nightly = dg.define_asset_job(
    name="nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="One night: everything, from the landing area to the published database.",
)


def cron() -> str:
    """Return when a night runs, as cron has it, by Shanghai's clock (`HEDUI_SCHEDULE`, 01:30).

    Raises:
        SettingsError: it is no line of cron.
    """
    told = os.environ.get("HEDUI_SCHEDULE", "").strip() or TICK
    try:
        dg.ScheduleDefinition(job=nightly, cron_schedule=told, execution_timezone=SHANGHAI.key)
    except dg.DagsterInvalidDefinitionError as error:
        raise SettingsError(
            f"HEDUI_SCHEDULE={told!r} is no time that ever comes, as cron writes it (minute hour day month weekday)."
            f' Write "{TICK}" for 01:30 every night in Shanghai, or leave it out.'
        ) from error
    return told


@dg.schedule(
    job=nightly,
    cron_schedule=cron(),
    execution_timezone=SHANGHAI.key,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="01:30 in Shanghai (HEDUI_SCHEDULE): the tick of day D+1 runs night D.",
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the night that ended with the day before the tick."""
    ended = context.scheduled_execution_time.astimezone(SHANGHAI).date() - timedelta(days=1)
    return dg.RunRequest(run_key=ended.isoformat(), partition_key=ended.isoformat())
