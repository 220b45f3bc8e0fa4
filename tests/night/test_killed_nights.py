"""A night killed at any boundary leaves yesterday's publication, and the next run comes to what an undisturbed one does.

The fast test is killed four times in a row and then runs through. The long one takes every boundary by itself:
`HEDUI_KILL_EVERY=20 pytest -m soak tests/night/test_killed_nights.py` takes every twentieth of some 220 (all: an hour
and more), `HEDUI_KILL_AT=after:link.person,commit:3` these two.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.night.conftest import BEFORE, NIGHT, Eve, night_of, options, within
from warehouse.commit import AUDIENCES, published_files
from warehouse.paths import WarehousePaths

KILLED = Path(__file__).with_name("killed.py")
UNTIMED = ("publish for analysts", "publish")  # the steps that audit.step is published by
FIRST = "cache:3"  # in the middle of taking in
FAST = ("after:link.person", "after:rule.x19", "commit:3")


@dataclass(frozen=True)
class Undisturbed:
    """A warehouse of two nights, how it was after the first, and what both came to."""

    yesterday: Path
    warehouse: Path
    digests: dict[object, object]


@pytest.fixture(scope="module")
def undisturbed(landing: Path, eve: Eve, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    warehouse = eve.copied(tmp_path_factory.mktemp("undisturbed") / "warehouse")
    second = night_of(landing, warehouse, NIGHT)
    digests = {BEFORE: eve.outcome.summary["digest"], NIGHT: second.summary["digest"]}
    return Undisturbed(eve.warehouse, warehouse, digests)


def kill(boundary: str, landing: Path, warehouse: Path) -> None:
    """Run the night and see it killed."""
    given = [sys.executable, str(KILLED), boundary, str(NIGHT), str(landing), str(warehouse)]
    done = subprocess.run(given, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, f"{boundary} was not reached: {done.stderr[-2000:]}"


def contents(paths: WarehousePaths, night: object = BEFORE) -> dict[str, str]:
    """The bytes of everything a night left, by digest."""
    files = [*published_files(paths, night), paths.state(night)]  # type: ignore[arg-type]
    return {
        str(file.relative_to(paths.root)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def wrong_after_a_kill(boundary: str, warehouse: Path, yesterday: dict[str, str]) -> list[str]:
    """What of yesterday does not stand."""
    paths = WarehousePaths(warehouse)
    wrong = [] if contents(paths) == yesterday else ["a file of yesterday changed"]
    wrong += (
        [] if committed(warehouse) or list_of(paths) == [BEFORE.isoformat()] else ["not yesterday's state"]
    )
    for audience in AUDIENCES:
        named = paths.current(audience).readlink().name
        if named != f"{BEFORE}.duckdb" and not committed(warehouse):
            wrong.append(f"current of {audience} names {named}")
        with duckdb.connect(str(paths.current(audience)), read_only=True) as connection:
            ((found,),) = connection.execute("SELECT night FROM audit.run").fetchall()
        if f"{found}.duckdb" != named:
            wrong.append(f"current of {audience} holds the night of {found}")
    return [f"{boundary}: {each}" for each in wrong]


def committed(warehouse: Path) -> bool:
    """Tell whether the killed night had committed: its state is in place."""
    return WarehousePaths(warehouse).state(NIGHT).exists()


def list_of(paths: WarehousePaths) -> list[str]:
    return sorted(path.stem for path in paths.states.glob("????-??-??.duckdb"))


def wrong_after_the_next(boundary: str, landing: Path, warehouse: Path, was: Undisturbed) -> list[str]:
    """Run the night to its end; what is not as if nothing had happened."""
    outcome = night_of(landing, warehouse)
    paths = WarehousePaths(warehouse)
    wrong = [] if outcome.published else [outcome.why]
    wrong += [] if outcome.summary.get("digest") == was.digests[NIGHT] else ["another digest"]
    wrong += [
        f"current of {audience} is not the night"
        for audience in AUDIENCES
        if paths.current(audience).readlink().name != f"{NIGHT}.duckdb"
    ]
    wrong += [f"left behind: {name}" for name in sorted(names(warehouse) ^ names(was.warehouse))]
    wrong += (
        [] if contents(paths) == contents(WarehousePaths(was.yesterday)) else ["yesterday's files changed"]
    )
    return [f"{boundary}: {each}" for each in wrong]


def names(warehouse: Path) -> set[str]:
    """Every file and folder of a warehouse but the cache's, which are compared by their use alone."""
    return {
        str(path.relative_to(warehouse))
        for path in warehouse.rglob("*")
        if "cache" not in path.relative_to(warehouse).parts or path.name.startswith(".")
    }


def steps_of(database: Path) -> list[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        listed = connection.execute("SELECT step FROM audit.step ORDER BY rowid").fetchall()
    return [*(step for (step,) in listed), *UNTIMED]


def copied(was: Undisturbed, to: Path, *, cache: bool = True) -> Path:
    """Yesterday's warehouse, with what that night kept or without."""
    ignored = None if cache else shutil.ignore_patterns("cache")
    shutil.copytree(was.yesterday, to, symlinks=True, ignore=ignored)
    return to


def test_killed_again_and_again_and_then_run_through(
    landing: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    warehouse = copied(undisturbed, tmp_path / "warehouse", cache=False)
    yesterday = contents(WarehousePaths(undisturbed.yesterday))
    wrong = []
    for boundary in (FIRST, *FAST):
        kill(boundary, landing, warehouse)
        wrong += wrong_after_a_kill(boundary, warehouse, yesterday)
    assert wrong + wrong_after_the_next("the last", landing, warehouse, undisturbed) == []


def test_a_night_run_again_after_a_later_one_leaves_the_later_alone(
    landing: Path, undisturbed: Undisturbed
) -> None:
    warehouse = undisturbed.warehouse
    later = contents(WarehousePaths(warehouse), NIGHT)
    again = within("run", *options(landing, warehouse, BEFORE), "--no-record")
    assert again.summary["digest"] == undisturbed.digests[BEFORE]
    assert again.summary["is_current"] is False and "later night" in again.told
    assert contents(WarehousePaths(warehouse), NIGHT) == later
    for audience in AUDIENCES:
        assert WarehousePaths(warehouse).current(audience).readlink() == Path(f"{NIGHT}.duckdb")


@pytest.mark.soak
def test_killed_at_every_boundary(landing: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    steps = steps_of(WarehousePaths(undisturbed.warehouse).published("restricted", NIGHT))
    assert len(steps) > 150
    # Between the end of one step and the beginning of the next nothing touches the warehouse.
    boundaries = [
        f"before:{steps[0]}",
        *(f"after:{step}" for step in steps),
        *(f"before:{s}" for s in UNTIMED),
    ]
    boundaries += [f"commit:{done}" for done in range(13)] + [f"cache:{done}" for done in range(0, 60, 5)]
    chosen = os.environ.get("HEDUI_KILL_AT", "").split(",")
    every = int(os.environ.get("HEDUI_KILL_EVERY", "1"))
    yesterday = contents(WarehousePaths(undisturbed.yesterday))
    wrong = []
    for boundary in [*filter(None, chosen)] or boundaries[::every]:
        # A cache that is cold is killed while it fills; a warm one lets the night come quickly to later steps.
        warehouse = copied(undisturbed, tmp_path / "warehouse", cache=not boundary.startswith("cache"))
        kill(boundary, landing, warehouse)
        wrong += wrong_after_a_kill(boundary, warehouse, yesterday)
        wrong += wrong_after_the_next(boundary, landing, warehouse, undisturbed)
        shutil.rmtree(warehouse)
    assert wrong == []
