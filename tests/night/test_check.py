"""`hedui check` tells before a night what the night then tells, and nothing of anybody."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from pipelines.check_report import as_json
from pipelines.checking import Check, check
from pipelines.commands import app
from tests.night.conftest import NIGHT


@pytest.fixture(scope="module")
def story(landing: Path) -> Check:
    return check(landing, "jiangsu", "rugao", NIGHT, advice=True)


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return sorted(connection.execute(query).fetchall(), key=str)


def test_states_are_those_of_the_night(story: Check, database: Path) -> None:
    found = rows(database, "SELECT source, state, snapshot_date, age_days FROM audit.source")
    told = [(s.contract.name, s.state, s.intake.snapshot_date, s.age_days) for s in story.stories]
    assert sorted(told, key=str) == found
    assert len(found) == 18


def test_files_are_used_and_refused_as_by_the_night(story: Check, database: Path) -> None:
    columns = (
        "source, snapshot_date, file, refused_why, rows_delivered, rows_quarantined, rows_superseded, sha256"
    )
    ends = "rows_accepted + rows_dropped_unauthorized"
    found = rows(database, f"SELECT {columns}, {ends} FROM audit.source_snapshot")
    told = pl.concat([s.intake.files for s in story.stories]).select(
        *columns.split(", "), pl.col("rows_accepted") + pl.col("rows_dropped_unauthorized")
    )
    assert sorted(told.rows(), key=str) == found
    assert sum(row[3] is not None for row in found) >= 2


def test_quarantine_and_refused_cells_are_those_of_the_night(story: Check, database: Path) -> None:
    query = "SELECT source, reason, column_name, count(*) FROM audit.quarantine GROUP BY ALL"
    told = [(s.contract.name, *counted) for s in story.stories for counted in s.quarantined]
    assert sorted(told, key=str) == rows(database, query)
    cells = pl.concat([s.intake.cells_refused for s in story.stories])
    assert sorted(cells.rows(), key=str) == rows(database, "SELECT * FROM audit.cell_refused")


def test_gated_sources_are_the_policys(story: Check) -> None:
    gated = {s.contract.name for s in story.stories if s.gated}
    assert gated == {"bank_accounts", "financial_products", "tax_income"}


def test_nothing_personal_is_told(landing: Path, city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = CliRunner()
    found: list[Check] = []

    def once(*given: Any, **more: Any) -> Check:
        """Look at the landing area the first time, and let both commands tell of that."""
        found.extend([] if found else [check(*given, **more)])
        return found[0]

    monkeypatch.setattr("pipelines.checking.check", once)
    given = ["check", "--landing", str(landing), "--layout", "jiangsu", "--place", "rugao", "--advice"]
    told = runner.invoke(app, given).output + runner.invoke(app, [*given, "--json"]).output
    people = pl.read_parquet(city / "truth" / "canonical" / "household_registry.parquet")
    # A made name may be a part of a word of the report itself; three characters and numbers never are.
    for column, shortest in (("name", 3), ("id_number", 6), ("address", 6), ("former_name", 3)):
        values = people[column].drop_nulls().unique()
        spoken = [v for v in values.filter(values.str.len_chars() >= shortest) if v in told]
        assert not spoken, column


def test_a_missing_roll_blocks_and_the_json_says_why(landing: Path, tmp_path: Path) -> None:
    copy = tmp_path / "landing"
    shutil.copytree(landing, copy)
    shutil.rmtree(copy / "assistance_roll")
    (copy / "bank_acounts").mkdir()
    done = CliRunner().invoke(
        app,
        [
            "check",
            "--landing",
            str(copy),
            "--layout",
            "jiangsu",
            "--place",
            "rugao",
            "--night",
            str(NIGHT),
            "--json",
        ],
    )
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["status"] == "blocked"
    assert "assistance_roll" in found["why"][0] and "nothing was published" in found["why"][0]
    assert found["no_source"] == ["bank_acounts; the nearest is 'bank_accounts'"]
    assert sorted(path.name for path in copy.iterdir()) == sorted(
        {path.name for path in landing.iterdir()} - {"assistance_roll"} | {"bank_acounts"}
    )


def test_a_sound_source_is_fine(landing: Path) -> None:
    given = ["check", "--landing", str(landing), "--layout", "jiangsu", "--source", "vehicles"]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    assert "机动车登记" in done.output


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--place": "atlantis"}, "No profile is called 'atlantis'"),
        ({"--layout": "jiangsuu"}, "Unknown layout 'jiangsuu'"),
        ({"--landing": "/nowhere/at/all"}, "Landing area /nowhere/at/all"),
        ({"--source": "vehicle"}, "no such source; the nearest is 'vehicles'"),
        ({"--night": "1999-01-01"}, "has no value in force"),
    ],
)
def test_wrong_arguments_are_answered(landing: Path, changed: dict[str, str], said: str) -> None:
    given = {
        "--landing": str(landing),
        "--layout": "jiangsu",
        "--place": "rugao",
        "--night": str(NIGHT),
    } | changed
    done = CliRunner().invoke(app, ["check", *(word for pair in given.items() for word in pair)])
    assert done.exit_code == 2
    assert said in done.output.replace("\n", " ")


def test_the_json_has_no_dates_that_json_does_not_know(story: Check) -> None:
    again = json.loads(json.dumps(as_json(story), ensure_ascii=False))
    assert date.fromisoformat(again["night"]) == NIGHT
    assert {one["source"] for one in again["sources"]} == {s.contract.name for s in story.stories}
