"""The one job, which is the whole graph, and its schedule. A night is never part of the graph."""

import dagster as dg

nightly = dg.define_asset_job(
    name="nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="One night: everything, from the landing area to the published database.",
)


@dg.schedule(
    job=nightly,
    cron_schedule="30 1 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="01:30 in Shanghai: the tick of day D+1 runs night D.",
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the night that ended with the day before the tick."""
    ended = context.scheduled_execution_time.date().toordinal() - 1
    night = type(context.scheduled_execution_time.date()).fromordinal(ended).isoformat()
    return dg.RunRequest(run_key=night, partition_key=night)
