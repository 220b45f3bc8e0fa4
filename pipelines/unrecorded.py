"""A Dagster instance that writes nothing down: what a night runs on when nobody will look its run up.

Dagster's own ephemeral instance keeps every event in an SQLite database in memory and asks it, before each step, what
was materialized before: a third of a small night's time, for records that end with the process. Here they are not
kept. What the night did stands in `audit.step` and in the events that the run itself returns. Not here: the instance
that the web server shows (instance.py).
"""

from typing import Any

import dagster as dg

from pipelines.private_dagster import (
    DefaultRunCoordinator,
    InMemoryEventLogStorage,
    InMemoryRunStorage,
    InstanceType,
    NoOpComputeLogManager,
    SyncInMemoryRunLauncher,
    TemporaryLocalArtifactStorage,
)


class NoEvents(InMemoryEventLogStorage):
    """An event log that keeps nothing, and so knows of no asset."""

    def store_event(self, event: dg.EventLogEntry) -> None:
        """Forget the event."""

    def get_asset_records(self, *_: object, **__: object) -> list[Any]:
        """Know of no materialization, without asking the database."""
        return []

    def fetch_materializations(self, *_: object, **__: object) -> dg.EventRecordsResult:
        """Find none, without asking the database."""
        return dg.EventRecordsResult([], "", has_more=False)

    fetch_observations = fetch_materializations


class NoPlans(InMemoryRunStorage):
    """A run storage that is told of a run's plan and does not write it down."""

    def has_execution_plan_snapshot(self, execution_plan_snapshot_id: str) -> bool:  # noqa: ARG002 - any
        """Have every plan, so that none is put into words to be kept."""
        return True


def unrecorded() -> dg.DagsterInstance:
    """Return an instance like `dagster.DagsterInstance.ephemeral()` that keeps no events; the caller closes it."""
    return dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),  # type: ignore[no-untyped-call]
        run_storage=NoPlans(),
        event_storage=NoEvents(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )
