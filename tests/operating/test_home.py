"""Dagster's home: the operator's own file stands, and what a stopped machine left open does not keep nights waiting."""

from pathlib import Path

import dagster as dg
import pytest
from typer.testing import CliRunner

from pipelines.commands import app
from pipelines.instance import end_stale_runs, home, instance_of
from warehouse import lock
from warehouse.manifest import HOUSE
from warehouse.paths import WarehousePaths


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse whose Dagster knows one run that began and never ended."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    folder = tmp_path / "warehouse"
    with instance_of(folder) as instance:
        instance.add_run(dg.DagsterRun(job_name="nightly", status=dg.DagsterRunStatus.STARTED))
    return folder


def statuses(warehouse: Path) -> list[dg.DagsterRunStatus]:
    with instance_of(warehouse) as instance:
        return [run.status for run in instance.get_runs()]


def test_a_run_left_open_is_closed(warehouse: Path) -> None:
    assert end_stale_runs(warehouse) == 1
    assert statuses(warehouse) == [dg.DagsterRunStatus.FAILURE]
    assert end_stale_runs(warehouse) == 0


def test_a_night_that_runs_is_left_alone(warehouse: Path) -> None:
    with lock.take(WarehousePaths(warehouse).lock):
        assert end_stale_runs(warehouse) == 0
    assert statuses(warehouse) == [dg.DagsterRunStatus.STARTED]


def test_our_home_gets_our_file_anew_and_the_operators_own_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    ours = home(tmp_path / "warehouse") / "dagster.yaml"
    ours.write_text("old")
    assert home(tmp_path / "warehouse") == ours.parent
    assert ours.read_text() == (HOUSE / "dagster.yaml").read_text()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "own"))
    own = home(tmp_path / "warehouse") / "dagster.yaml"
    assert own == tmp_path / "own" / "dagster.yaml"
    own.write_text("storage: elsewhere")
    home(tmp_path / "warehouse")
    assert own.read_text() == "storage: elsewhere"


def test_the_version_is_said() -> None:
    ended = CliRunner().invoke(app, ["--version"])
    assert (ended.exit_code, ended.stdout) == (0, "hedui 0.1.0\n")
