"""A small made city and its published night, made once for the tests of this folder."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import pipelines.run
from ledger import Ledger
from pipelines.commands import app
from pipelines.run import Outcome
from pipelines.settings import Settings
from synth import make_city
from tests.night.canaries import Person, break_newer, people, plant
from warehouse.paths import WarehousePaths

HEDUI = Path(sys.executable).with_name("hedui")
NIGHT = date(2021, 12, 31)
BEFORE = date(2021, 12, 30)
AFTER = date(2022, 1, 1)


@dataclass(frozen=True)
class Ended:
    """How a `hedui` command ended."""

    code: int
    out: str
    told: str

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


def hedui(*arguments: object, key: Path | None = None, **told: str) -> Ended:
    """Run the command as a scheduler does; ``told`` are more environment variables."""
    environment = os.environ | ({"HEDUI_KEY_FILE": str(key)} if key else {}) | told
    done = subprocess.run(
        [str(HEDUI), *map(str, arguments)], capture_output=True, text=True, env=environment, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def within(*arguments: object) -> Ended:
    """Run the command in this process: what it says and ends with, without the two seconds of a start."""
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return Ended(done.exit_code, done.stdout, done.stderr)


def night_of(
    landing: Path, warehouse: Path, night: date = NIGHT, threads: int | None = 1, *, cache: bool = True
) -> Outcome:
    """Run one night in this process, without the two seconds that Dagster takes to import; on small tables threads only cost."""
    settings = Settings(night, landing, warehouse, "rugao", "jiangsu", threads, use_cache=cache)
    return pipelines.run.run_night(settings)


def run_night(
    landing: Path,
    warehouse: Path,
    night: date = NIGHT,
    *more: object,
    key: Path | None = None,
    **told: str,
) -> Ended:
    """Run one night as a scheduler does."""
    return hedui("run", *options(landing, warehouse, night), "--no-record", *more, key=key, **told)


def options(landing: Path, warehouse: Path, night: date = NIGHT) -> tuple[object, ...]:
    """What `hedui run` is told of one night."""
    of_the_place = ("--place", "rugao", "--layout", "jiangsu")
    return ("--night", night, "--landing", landing, "--warehouse", warehouse, *of_the_place)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made city of 1,500 residents with plants of every rule."""
    folder = tmp_path_factory.mktemp("city")
    make_city(folder, 1_500, 7, night=NIGHT, plants=1)
    return folder


@pytest.fixture(scope="session")
def landing(city: Path) -> Path:
    return city / "landing"


@pytest.fixture(scope="session")
def published(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The night of the made city, run once; its warehouse must not be written to by a test."""
    ended = run_night(landing, tmp_path_factory.mktemp("published") / "warehouse")
    assert ended.code == 0, ended.told
    return ended


@pytest.fixture(scope="session")
def database(published: Ended) -> Path:
    return Path(published.summary["database"])


@dataclass(frozen=True)
class Eve:
    """The night before the city's, in a warehouse that must not be written to by a test."""

    warehouse: Path
    outcome: Outcome

    def copied(self, to: Path) -> Path:
        """A warehouse to go on in."""
        return Path(shutil.copytree(self.warehouse, to, symlinks=True))

    def cache_in(self, to: Path) -> Path:
        """A new warehouse that has what the night kept, and nothing else of it."""
        shutil.copytree(self.warehouse / "cache", to / "cache")
        return to


@pytest.fixture(scope="session")
def eve(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Eve:
    """The night before, run once; the ledger held one entry when it ran."""
    warehouse = tmp_path_factory.mktemp("eve") / "warehouse"
    said = {"what": "spot_check", "night": str(BEFORE), "audience": "restricted", "files": []}
    with Ledger.open(WarehousePaths(warehouse).ledger) as book:
        book.append("export", said)
    outcome = night_of(landing, warehouse, BEFORE)
    assert outcome.published, outcome.why
    return Eve(warehouse, outcome)


@pytest.fixture(scope="session")
def returned(landing: Path, eve: Eve, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of three nights, the second without the vehicle register; it must not be written to by a test."""
    place = tmp_path_factory.mktemp("returned")
    arrived, warehouse = place / "landing", eve.copied(place / "warehouse")
    shutil.copytree(landing, arrived)
    (arrived / "vehicles").rename(place / "vehicles")
    second = night_of(arrived, warehouse, NIGHT)
    (place / "vehicles").rename(arrived / "vehicles")
    third = night_of(arrived, warehouse, AFTER)
    assert second.published and third.published, second.why + third.why
    return warehouse


@dataclass(frozen=True)
class Canary:
    """A night with people nobody could overlook, and everything that was told of it.

    Attributes:
        dagster: Dagster's home, with what `hedui run` showed there and the records of the same night as the daemon runs it.
        notice: what the operator's command was given.
    """

    ended: Ended
    landing: Path
    warehouse: Path
    dagster: Path
    notice: Path


@pytest.fixture(scope="session")
def chosen(database: Path) -> dict[str, Person]:
    """The people that canaries are made of, by number."""
    return {person.number: person for person in people(database)}


@pytest.fixture(scope="session")
def canary(landing: Path, chosen: dict[str, Person], tmp_path_factory: pytest.TempPathFactory) -> Canary:
    """The night of the city with canaries: newer deliveries are broken, older ones stand in."""
    folder = tmp_path_factory.mktemp("canary")
    planted = plant(landing, folder / "landing", chosen)
    assert break_newer(planted, NIGHT.isoformat()) > 8
    keep = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    told = {
        "DAGSTER_HOME": str(folder / "dagster"),
        "HEDUI_NOTICE_COMMAND": f"{sys.executable} -c '{keep}' '{folder / 'notice.json'}'",
    }
    ended = run_night(planted, folder / "warehouse", NIGHT, "--record", **told)
    assert ended.code == 0, ended.told
    scheduled = {
        "HEDUI_LANDING": str(planted), "HEDUI_WAREHOUSE": str(folder / "warehouse"), "NIGHT": NIGHT.isoformat(),
    }  # fmt: skip
    again = subprocess.run(
        [sys.executable, "-m", "tests.night.scheduled"],
        env=os.environ | told | scheduled,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    return Canary(ended, planted, folder / "warehouse", folder / "dagster", folder / "notice.json")
