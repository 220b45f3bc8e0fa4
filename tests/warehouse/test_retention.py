"""Old nights go after their days: never the newest, never the state that a kept night started from, never a manifest."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.settings import SettingsError, keep_days
from warehouse import commit
from warehouse.paths import WarehousePaths
from warehouse.retention import forget

NEWEST = date(2022, 1, 31)


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    """A warehouse of nine committed nights, one every five days."""
    paths = WarehousePaths(tmp_path)
    for age in range(0, 45, 5):
        night = NEWEST - timedelta(days=age)
        for target in [*commit.published_files(paths, night), paths.state(night)]:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps({"run": str(night)}))
    commit.point_current(paths)
    return paths


def aged(folder: Path) -> list[int]:
    """The ages in days of the nights that lie in a folder."""
    return sorted((NEWEST - date.fromisoformat(file.stem)).days for file in folder.glob("2*"))


def test_nights_past_their_days_go_and_manifests_stay(paths: WarehousePaths) -> None:
    gone = forget(paths, 20, NEWEST)
    assert [(NEWEST - night).days for night in gone] == [40, 35, 30, 25]
    for audience in commit.AUDIENCES:
        assert aged(paths.audience(audience)) == [0, 5, 10, 15, 20]
        assert paths.current(audience).resolve() == paths.published(audience, NEWEST)
    assert aged(paths.manifests) == list(range(0, 45, 5))


def test_the_oldest_night_kept_can_run_again_from_its_state(paths: WarehousePaths) -> None:
    forget(paths, 20, NEWEST)
    assert aged(paths.states) == [0, 5, 10, 15, 20, 25]


def test_nothing_goes_twice_and_the_next_start_repairs_nothing(paths: WarehousePaths) -> None:
    forget(paths, 20, NEWEST)
    assert forget(paths, 20, NEWEST) == []
    runs = {night: str(night) for night in commit.committed_nights(paths)}
    assert commit.repair(paths, runs.get) == []
    assert aged(paths.manifests) == list(range(0, 45, 5))


@pytest.mark.parametrize("days", [0, 400])
def test_every_night_may_stay(paths: WarehousePaths, days: int) -> None:
    assert forget(paths, days, NEWEST) == []


def test_the_newest_night_stays_however_few_the_days(paths: WarehousePaths) -> None:
    forget(paths, 1, NEWEST)
    assert aged(paths.audience("restricted")) == [0]


def test_an_old_night_that_was_asked_for_stays(paths: WarehousePaths) -> None:
    forget(paths, 20, NEWEST - timedelta(days=35))
    assert aged(paths.audience("restricted")) == [0, 5, 10, 15, 20, 35]


def test_a_kill_on_the_way_leaves_committed_nights(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Path.unlink
    left = [4]

    def unlink(path: Path) -> None:
        if not left[0]:
            raise OSError
        left[0] -= 1
        original(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", unlink)
        with pytest.raises(OSError):
            forget(paths, 20, NEWEST)
    runs = {night: str(night) for night in commit.committed_nights(paths)}
    assert commit.repair(paths, runs.get) == []
    forget(paths, 20, NEWEST)
    assert aged(paths.states) == [0, 5, 10, 15, 20, 25]
    assert aged(paths.manifests) == list(range(0, 45, 5))


def test_days_that_are_no_number_are_said_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEDUI_KEEP_DAYS", "a year")
    with pytest.raises(SettingsError, match="HEDUI_KEEP_DAYS"):
        keep_days()
