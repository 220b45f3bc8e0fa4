"""What the schedule's tick asks for is a night that runs and publishes: the request is taken as the daemon takes it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines import notices, sensors
from pipelines.definitions import defs
from pipelines.failures import why_failed
from pipelines.notices import Notice
from synth import make_city
from warehouse.paths import WarehousePaths

TICK = datetime.fromisoformat("2021-12-31T17:30:00").replace(tzinfo=UTC)  # 01:30 in Shanghai on 1 January
NIGHT = date(2021, 12, 31)


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WarehousePaths:
    """A tiny city and its empty warehouse, named as `hedui serve` names them to the code location."""
    make_city(tmp_path / "city", 300, 5, night=NIGHT)
    monkeypatch.setenv("HEDUI_LANDING", str(tmp_path / "city" / "landing"))
    monkeypatch.setenv("HEDUI_WAREHOUSE", str(tmp_path / "warehouse"))
    return WarehousePaths(tmp_path / "warehouse")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    found: list[Notice] = []
    monkeypatch.setattr(notices, "tell", lambda notice: found.append(notice) or [])
    return found


def ticked(instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    """Evaluate the tick and run what it asks for, with the code location's own resources."""
    location = defs()
    context = dg.build_schedule_context(
        instance=instance, scheduled_execution_time=TICK, repository_def=location.get_repository_def()
    )
    (request,) = location.resolve_schedule_def("every_night").evaluate_tick(context).run_requests or []
    return location.resolve_job_def("nightly").execute_in_process(
        partition_key=request.partition_key, tags=request.tags, instance=instance, raise_on_error=False
    )


def test_a_tick_publishes_and_is_told_of(warehouse: WarehousePaths, told: list[Notice]) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        done = ticked(instance)
        assert done.success, why_failed(done.all_events)
        assert warehouse.current("restricted").resolve() == warehouse.published("restricted", NIGHT)
        context = dg.build_run_status_sensor_context(
            "night_published", done.get_run_success_event(), instance, done.dagster_run
        )
        sensors.night_published(context)
    (notice,) = told
    assert (notice.outcome, notice.night) == ("published", NIGHT)
    assert notice.counts["rows_delivered"] > 0


def test_a_failed_tick_is_told_with_its_reason(warehouse: WarehousePaths, told: list[Notice]) -> None:
    for snapshot in (warehouse.root.parent / "city" / "landing" / "household_registry").iterdir():
        snapshot.rename(snapshot.with_name(f"gone-{snapshot.name}"))
    with dg.DagsterInstance.ephemeral() as instance:
        done = ticked(instance)
        assert not done.success
        context = dg.build_run_status_sensor_context(
            "night_failed", done.get_run_failure_event(), instance, done.dagster_run
        ).for_run_failure()
        sensors.night_failed(context)
    (notice,) = told
    assert (notice.outcome, notice.night) == ("failed", NIGHT)
    assert "household_registry" in notice.why and "last publication stands" in notice.why


def test_a_night_that_is_not_there_at_seven_is_told_once(
    warehouse: WarehousePaths, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.states.mkdir(parents=True)
    warehouse.state(NIGHT - timedelta(days=1)).touch()
    seven = datetime(2022, 1, 1, 7, 5, tzinfo=sensors.SHANGHAI)

    def tick(moment: datetime, cursor: str | None = None) -> str | None:
        monkeypatch.setattr(sensors, "now", lambda: moment)
        with dg.DagsterInstance.ephemeral() as instance:
            found = sensors.night_missing(dg.build_sensor_context(instance=instance, cursor=cursor))
        return found.cursor if isinstance(found, dg.SensorResult) else None

    assert tick(seven - timedelta(minutes=10)) is None
    cursor = tick(seven)
    assert tick(seven + timedelta(minutes=5), cursor) is None
    assert [(notice.outcome, notice.night) for notice in told] == [("missing", NIGHT)]
    warehouse.state(NIGHT).touch()
    assert tick(seven) is None
