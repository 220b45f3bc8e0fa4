"""A delivery that came after the newest night began makes it run again: once, when it is whole, until 07:00."""

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.models import NIGHTS
from pipelines import sensors
from pipelines.schedules import SHANGHAI
from warehouse import manifest
from warehouse.paths import WarehousePaths

NIGHT = "2021-12-31"
QUIET = timedelta(minutes=2)


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "landing"
    monkeypatch.setenv("HEDUI_LANDING", str(folder))
    monkeypatch.setenv("HEDUI_WAREHOUSE", str(tmp_path / "warehouse"))
    return folder


@pytest.fixture
def instance(tmp_path: Path) -> dg.DagsterInstance:
    return dg.DagsterInstance.ephemeral(str(tmp_path))


def deliver(landing: Path, source: str, day: str, name: str = "a.csv") -> Path:
    """Deliver one file now; its own time of writing is old, as a copy's is."""
    file = landing / source / day / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("1")
    os.utime(file, (0, 0))
    return file


def ran(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, night: str = NIGHT) -> None:
    """Let a run of the night be known."""
    run = dg.DagsterRun(job_name="nightly", tags={"dagster/partition": night}, status=status)
    instance.add_run(run)


def tick(
    instance: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
    hour: str = "03:00",
    cursor: str | None = None,
) -> dg.SensorResult | dg.SkipReason:
    """Evaluate the sensor on the morning after the night, with the clock of the files moved along."""
    moment = datetime.fromisoformat(f"2022-01-01T{hour}:00").replace(tzinfo=SHANGHAI)
    shift = moment.astimezone(UTC) - datetime.now(UTC) - QUIET
    original = sensors.landed
    monkeypatch.setattr(sensors, "now", lambda: moment)
    with monkeypatch.context() as patched:
        patched.setattr(sensors, "landed", lambda *given: [moved(each, shift) for each in original(*given)])
        patched.setattr(sensors, "last_began", lambda *given: shifted(sensors_last_began(*given), shift))
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        found = sensors.late_delivery(context)
    assert isinstance(found, dg.SensorResult | dg.SkipReason)
    return found


sensors_last_began = sensors.last_began


def moved(each: sensors.Landed, by: timedelta) -> sensors.Landed:
    return sensors.Landed(each.source, each.snapshot, each.at + by, each.whole, each.listing)


def shifted(moment: datetime | None, by: timedelta) -> datetime | None:
    return None if moment is None else moment + by


def asked(found: dg.SensorResult | dg.SkipReason) -> list[dg.RunRequest]:
    return list(found.run_requests or []) if isinstance(found, dg.SensorResult) else []


def after_the_night(instance: dg.DagsterInstance, landing: Path) -> Path:
    """A night ran and ended, then a file came."""
    deliver(landing, "vehicles", "2021-12-30")
    time.sleep(0.02)
    ran(instance, dg.DagsterRunStatus.SUCCESS)
    time.sleep(0.02)
    return deliver(landing, "deaths", NIGHT)


def test_a_late_delivery_asks_for_the_newest_night(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_night(instance, landing)
    (request,) = asked(tick(instance, monkeypatch))
    assert request.partition_key == NIGHT
    assert request.tags["hedui/late"] == "deaths"
    assert NIGHTS.has_partition_key(NIGHT)


def published(tmp_path: Path, began: datetime) -> None:
    """Let the night be published, by a run that began at a moment, as its manifest says it."""
    manifest.write(
        WarehousePaths(tmp_path / "warehouse").manifest(date.fromisoformat(NIGHT)),
        {"run": "made", "started": began},
    )


def test_a_late_delivery_asks_for_a_night_that_is_published_too(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    published(tmp_path, datetime.now(UTC).replace(tzinfo=None))
    time.sleep(0.02)
    after_the_night(instance, landing)
    assert asked(tick(instance, monkeypatch))


def test_what_a_night_by_hand_has_seen_asks_for_nothing(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`hedui run` ran the night again after the delivery; Dagster knows only the run before."""
    after_the_night(instance, landing)
    time.sleep(0.02)
    published(tmp_path, datetime.now(UTC).replace(tzinfo=None))
    assert "Nothing came" in str(tick(instance, monkeypatch))


def test_the_same_listing_never_asks_twice(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_night(instance, landing)
    first = tick(instance, monkeypatch)
    assert isinstance(first, dg.SensorResult)
    assert asked(tick(instance, monkeypatch, cursor=first.cursor)) == []
    (again,) = asked(tick(instance, monkeypatch, cursor=None))  # a lost cursor: Dagster knows the run key
    assert again.run_key == asked(first)[0].run_key
    deliver(landing, "deaths", NIGHT, "b.csv")
    assert asked(tick(instance, monkeypatch, cursor=first.cursor))


def test_what_the_night_could_see_asks_for_nothing(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(landing, "deaths", NIGHT)
    time.sleep(0.02)
    ran(instance, dg.DagsterRunStatus.SUCCESS)
    assert "Nothing came" in str(tick(instance, monkeypatch))


def test_a_failed_night_runs_again_when_what_it_wanted_comes(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(instance, dg.DagsterRunStatus.FAILURE)
    time.sleep(0.02)
    deliver(landing, "household_registry", NIGHT)
    assert asked(tick(instance, monkeypatch))


@pytest.mark.parametrize(("hour", "told"), [("07:00", "past 07:00"), ("13:30", "past 07:00")])
def test_after_seven_it_waits_for_the_next_night(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch, hour: str, told: str
) -> None:
    after_the_night(instance, landing)
    assert told in str(tick(instance, monkeypatch, hour))


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
def test_one_run_at_a_time(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch, status: dg.DagsterRunStatus
) -> None:
    after_the_night(instance, landing)
    ran(instance, status)
    assert "running" in str(tick(instance, monkeypatch))


def test_before_the_night_has_run_nothing_is_late(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(instance, dg.DagsterRunStatus.SUCCESS, "2021-12-30")
    deliver(landing, "deaths", NIGHT)
    assert "has not run yet" in str(tick(instance, monkeypatch))


def test_what_is_dated_after_the_night_is_not_of_it(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(instance, dg.DagsterRunStatus.SUCCESS)
    time.sleep(0.02)
    deliver(landing, "deaths", "2022-01-01")
    assert asked(tick(instance, monkeypatch)) == []


@pytest.mark.parametrize("name", ["b.csv.part", ".b.csv.swp", "~$b.xlsx"])
def test_a_delivery_that_is_being_written_is_waited_for(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    after_the_night(instance, landing)
    file = deliver(landing, "deaths", NIGHT, name)
    assert "Still coming in: deaths/2021-12-31" in str(tick(instance, monkeypatch))
    file.unlink()
    assert asked(tick(instance, monkeypatch))


def test_a_delivery_that_lacks_a_promised_file_is_waited_for(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered = after_the_night(instance, landing)
    promise = '{"files": [{"name": "a.csv"}, {"name": "b.csv"}]}'
    delivered.with_name("_manifest.json").write_text(promise)
    assert "Still coming in" in str(tick(instance, monkeypatch))
    deliver(landing, "deaths", NIGHT, "b.csv")
    assert asked(tick(instance, monkeypatch))


def test_a_delivery_must_be_quiet(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_night(instance, landing)
    monkeypatch.setenv("HEDUI_QUIET_SECONDS", "600")
    assert "Still coming in" in str(tick(instance, monkeypatch))


def test_a_folder_moved_into_place_counts_by_its_move(
    instance: dg.DagsterInstance, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = deliver(landing, "deaths", "incoming")
    time.sleep(0.02)
    ran(instance, dg.DagsterRunStatus.SUCCESS)
    time.sleep(0.02)
    file.parent.rename(landing / "deaths" / NIGHT)
    assert asked(tick(instance, monkeypatch))
