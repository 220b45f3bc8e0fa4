"""A small made city's published night, and copies of it that a test may spoil."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from exports.report import Fonts, Objection, Report, fonts_of, report_of
from findings.phrase import words
from pipelines.run import run_night
from pipelines.settings import Settings
from synth import make_city

NIGHT = date(2021, 12, 31)


@dataclass(frozen=True)
class Night:
    """A warehouse with one night, and questions to its restricted file."""

    warehouse: Path
    database: Path

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query, list(parameters)).fetchall()

    def change(self, query: str, *parameters: object) -> None:
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(query, list(parameters))

    def report(self, household: str, objection: Objection | None = None) -> Report:
        return report_of(self.database, household, words(), objection)


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The night of a made city with plants of every rule; its warehouse must not be written to by a test."""
    folder = tmp_path_factory.mktemp("report")
    make_city(folder / "city", 800, 11, night=NIGHT, plants=1)
    outcome = run_night(Settings(NIGHT, folder / "city/landing", folder / "w", "rugao", "jiangsu", None))
    assert outcome.published, outcome.why
    return Night(folder / "w", folder / "w/published/restricted/2021-12-31.duckdb")


@pytest.fixture
def copy(night: Night, tmp_path: Path) -> Night:
    """The same night in a warehouse of the test's own."""
    warehouse = Path(shutil.copytree(night.warehouse, tmp_path / "w", symlinks=True))
    return Night(warehouse, warehouse / "published/restricted/2021-12-31.duckdb")


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return fonts_of()


@pytest.fixture(scope="session")
def by_rule(night: Night) -> dict[str, str]:
    """One household a rule that fired."""
    found = night.rows("SELECT rule_id, min(household_id) FROM out.finding GROUP BY rule_id ORDER BY rule_id")
    return dict(found)


@pytest.fixture(scope="session")
def reported(night: Night) -> Callable[[str], Report]:
    """Reports made once a household."""
    made: dict[str, Report] = {}

    def report(household: str) -> Report:
        if household not in made:
            made[household] = night.report(household)
        return made[household]

    return report
