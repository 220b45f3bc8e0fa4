"""The one job, which is the whole graph, and its schedule. A night is never part of the graph."""

import os
from datetime import timedelta
from zoneinfo import ZoneInfo

import dagster as dg

SHANGHAI = ZoneInfo("Asia/Shanghai")

nightly = dg.define_asset_job(
    name="nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="One night: everything, from the landing area to the published database.",
)


@dg.schedule(
    job=nightly,
    cron_schedule=os.environ.get("HEDUI_SCHEDULE", "30 1 * * *"),
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="01:30 in Shanghai (HEDUI_SCHEDULE): the tick of day D+1 runs night D.",
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the night that ended with the day before the tick."""
    ended = context.scheduled_execution_time.astimezone(SHANGHAI).date() - timedelta(days=1)
    return dg.RunRequest(run_key=ended.isoformat(), partition_key=ended.isoformat())
