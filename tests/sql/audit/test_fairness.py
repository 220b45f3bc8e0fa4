"""Rates by group: who is counted, Wilson's interval, groups that part, and what an analyst may see."""

import math
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from sql.connection import prepare
from sql.models import build, models

TABLES = (
    "CREATE TABLE policy.night AS SELECT DATE '2021-12-31' AS night",
    "CREATE TABLE core.person (person_id VARCHAR, household_id VARCHAR, name VARCHAR, sex VARCHAR, birth_date DATE,"
    " ethnicity VARCHAR, hukou_type VARCHAR, relation VARCHAR)",
    "CREATE TABLE core.case_member (person_id VARCHAR, role VARCHAR, is_open BOOLEAN)",
    "CREATE TABLE core.household_member (household_id VARCHAR, person_id VARCHAR, role VARCHAR, case_no VARCHAR)",
    "CREATE TABLE out.finding (finding_id VARCHAR, rule_id VARCHAR, kind VARCHAR, household_id VARCHAR, person_id VARCHAR,"
    " status VARCHAR, held_why VARCHAR)",
    "CREATE TABLE out.household_flag (household_id VARCHAR, risk_flag VARCHAR, omission_flag VARCHAR, care_flag VARCHAR)",
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        prepare(made, b"a key made up for tests")
        for schema in ("policy", "core", "out"):
            made.execute(f"CREATE SCHEMA {schema}")
        for statement in TABLES:
            made.execute(statement)
        yield made


def people(
    connection: duckdb.DuckDBPyConnection,
    letter: str,
    number: int,
    ethnicity: str | None,
    *,
    hit: int = 0,
    on_case: bool = True,
    status: str = "open",
) -> None:
    """Make ``number`` households of one, ``hit`` of them with a red X01 finding of the person."""
    frame = f"(SELECT '{letter}' || range AS id, range AS place FROM range({number}))"
    case = "'C' || id" if on_case else "NULL"
    connection.execute(
        f"INSERT INTO core.person SELECT id, 'H' || id, 'n', 'male', DATE '1980-01-01', $group, 'rural', '01' FROM {frame}",
        {"group": ethnicity},
    )
    connection.execute(
        f"INSERT INTO core.household_member SELECT 'H' || id, id, 'applicant', {case} FROM {frame}"
    )
    if on_case:
        connection.execute(f"INSERT INTO core.case_member SELECT id, 'applicant', TRUE FROM {frame}")
    connection.execute(
        "INSERT INTO out.finding SELECT 'F' || id, 'X01', 'exclusion', 'H' || id, id, $status, NULL"
        f" FROM {frame} WHERE place < {hit}",
        {"status": status},
    )
    connection.execute(
        f"INSERT INTO out.household_flag SELECT 'H' || id, if(place < {hit}, 'red', 'green'), 'green', 'green' FROM {frame}"
    )


def fairness(connection: duckdb.DuckDBPyConnection, measure: str, **where: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a measure by ethnicity."""
    for name in ("fairness.subject", "audit.fairness", "analyst.fairness"):
        rows, keys = build(connection, models()[name])
        assert rows == keys
    wanted = {"measure": measure, "subgroup_kind": "ethnicity", "unit": "household", "colour": "any"} | where
    told = " AND ".join(f"{column} = '{value}'" for column, value in wanted.items())
    found = connection.sql(f"SELECT * FROM audit.fairness WHERE {told}").pl().rows(named=True)
    return {row["subgroup"]: row for row in found}


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(middle - half, 0), min(middle + half, 1)


def test_rates_and_intervals(connection: duckdb.DuckDBPyConnection) -> None:
    people(connection, "h", 1000, "汉族", hit=100)
    people(connection, "u", 200, "回族", hit=60)
    found = fairness(connection, "X01", unit="person")
    han, hui = found["han"], found["回族"]
    assert (han["n"], han["hits"], hui["n"], hui["hits"]) == (1000, 100, 200, 60)
    assert (hui["rate"], hui["ratio"]) == (0.3, round(0.3 / (160 / 1200), 6))
    for row, rest in ((han, hui), (hui, han)):
        low, high = wilson(row["hits"], row["n"])
        assert (row["rate_low"], row["rate_high"]) == (round(low, 6), round(high, 6))
        assert (row["rest_low"], row["rest_high"]) == (rest["rate_low"], rest["rate_high"])
        assert row["apart"] is True and row["is_small"] is False
    assert fairness(connection, "risk", colour="red")["回族"]["hits"] == 60


def test_the_same_rate_does_not_part(connection: duckdb.DuckDBPyConnection) -> None:
    people(connection, "h", 1000, "汉族", hit=100)
    people(connection, "u", 200, "回族", hit=22)
    assert not any(row["apart"] for row in fairness(connection, "X01").values())


def test_small_groups_are_put_together_and_marked(connection: duckdb.DuckDBPyConnection) -> None:
    people(connection, "h", 300, "汉族", hit=30)
    people(connection, "u", 40, "回族", hit=4)
    people(connection, "m", 30, "苗族", hit=3)
    people(connection, "x", 7, None)
    found = fairness(connection, "X01")
    assert {name: row["n"] for name, row in found.items()} == {"han": 300, "minority_other": 70, "unknown": 7}
    assert {name for name, row in found.items() if row["is_small"]} == {"minority_other", "unknown"}


def test_doubts_are_counted_among_those_who_are_covered(connection: duckdb.DuckDBPyConnection) -> None:
    people(connection, "h", 100, "汉族", hit=10)
    people(connection, "r", 900, "汉族", on_case=False)
    assert fairness(connection, "X01")["han"]["n"] == 100
    connection.execute("UPDATE out.household_flag SET care_flag = 'yellow' WHERE household_id = 'Hr1'")
    care = fairness(connection, "care")["han"]
    assert (care["n"], care["hits"], care["among"]) == (1000, 1, "everybody")


def test_one_group_has_no_rest_and_what_is_refuted_does_not_count(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    people(connection, "h", 200, "汉族", hit=20)
    people(connection, "g", 100, "汉族", hit=50, status="refuted")
    row = fairness(connection, "X01")["han"]
    assert (row["hits"], row["rest_low"], row["apart"]) == (20, None, False)


@pytest.mark.parametrize(
    ("n", "hit", "shown"),
    [(200, 0, True), (200, 4, False), (200, 5, True), (200, 195, True), (200, 196, False), (200, 200, False), (4, 0, False)],
)  # fmt: skip
def test_an_analyst_sees_no_count_under_five(
    connection: duckdb.DuckDBPyConnection, n: int, hit: int, *, shown: bool
) -> None:
    people(connection, "h", 1000, "汉族", hit=100)
    people(connection, "u", n, "回族", hit=hit)
    fairness(connection, "X01")
    seen = connection.execute(
        "SELECT count(*) FROM analyst.fairness WHERE measure = 'X01' AND subgroup_kind = 'ethnicity'"
    ).fetchall()
    assert seen == [(2 if shown else 0,)]  # by person and by household


def test_a_colour_that_follows_by_subtraction_hides_both(connection: duckdb.DuckDBPyConnection) -> None:
    people(connection, "h", 1000, "汉族", hit=100)
    connection.execute(
        "UPDATE out.household_flag SET risk_flag = 'yellow' WHERE household_id IN ('Hh0', 'Hh1')"
    )
    fairness(connection, "risk")
    assert connection.execute("SELECT count(*) FROM analyst.fairness WHERE measure = 'risk'").fetchall() == [
        (0,)
    ]
