"""What outlives a night is read as it was written, and a state of an earlier version is read as far as it goes."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse import state
from warehouse.paths import WarehousePaths

NIGHT = date(2021, 12, 30)


def carrying(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill schema `carry` with one row a table."""
    connection.execute("CREATE SCHEMA carry")
    for table, columns in state.TABLES.items():
        connection.execute(f"CREATE TABLE carry.{table} ({columns})")
        ((width,),) = connection.execute(
            f"SELECT count(*) FROM duckdb_columns() WHERE schema_name = 'carry' AND table_name = '{table}'"
        ).fetchall()
        connection.execute(f"INSERT INTO carry.{table} VALUES ({', '.join(['NULL'] * width)})")


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "state" / "night.duckdb"
    with duckdb.connect() as connection:
        carrying(connection)
        state.write(connection, file, NIGHT, "r1", "d1")
    with duckdb.connect() as connection:
        state.read_into(connection, file)
        assert connection.execute(
            "SELECT night, run, digest, engine = version() FROM state.night"
        ).fetchall() == [(NIGHT, "r1", "d1", True)]
        for table in state.TABLES:
            assert connection.execute(f"SELECT count(*) FROM state.{table}").fetchall() == [(1,)], table


def test_a_state_of_an_earlier_version_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "earlier.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "CREATE TABLE night AS SELECT DATE '2021-12-30' AS night, 'r1' AS run, 'd1' AS digest"
        )
        connection.execute("CREATE TABLE person AS SELECT 'P1' AS person_id, DATE '2021-12-30' AS minted")
        connection.execute(
            "CREATE TABLE finding AS SELECT 'F1' AS finding_id, 'X05' AS rule_id, 'open' AS status"
        )
        connection.execute("CREATE TABLE forgotten AS SELECT 1 AS one")
    with duckdb.connect() as connection:
        assert state.read_into(connection, file) == 1
        found = connection.execute("SELECT finding_id, rule_id, lowered_by FROM state.finding").fetchall()
        assert found == [("F1", "X05", None)]
        for table in ("content", "rule", "source", "finding_person", "draw"):
            assert connection.execute(f"SELECT count(*) FROM state.{table}").fetchall() == [(0,)]


@pytest.mark.parametrize(("night", "seen"), [(29, None), (30, None), (31, 30)])
def test_a_night_starts_from_the_newest_before_it_and_not_from_later_ones(
    tmp_path: Path, night: int, seen: int | None
) -> None:
    paths = WarehousePaths(tmp_path)
    for day in (30, 31):
        target = paths.state(date(2021, 12, day))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    found = state.newest_before(paths, date(2021, 12, night))
    assert found == (None if seen is None else paths.state(date(2021, 12, seen)))
