"""Who loses more than he gains: the help of a household on both sides of its line, made by hand."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import casework.whatif
from sql.models import build, read_model

FOLDER = Path(casework.whatif.__file__).parent
TABLES = (
    "CREATE TABLE core.household_member (household_id VARCHAR, person_id VARCHAR)",
    "CREATE TABLE fact.roll (case_no VARCHAR, program VARCHAR, person_id VARCHAR, monthly_amount DECIMAL(14,2), paid BOOLEAN)",
    "CREATE TABLE fact.income_line (household_id VARCHAR, case_no VARCHAR, program VARCHAR, counted INTEGER,"
    " line_year DECIMAL(14,2), likely_12 DECIMAL(14,2))",
    "CREATE TABLE means.household_unit (household_id VARCHAR, case_no VARCHAR, program VARCHAR, division_code VARCHAR,"
    " standard DECIMAL(14,2), one_person_cover BOOLEAN)",
    "CREATE TABLE means.household_income (household_id VARCHAR, counted_members INTEGER, likely_12 DECIMAL(14,2))",
    "CREATE TABLE policy.night (marginal_multiple DECIMAL(9,4))",
    "CREATE TABLE policy.standard (program VARCHAR, hukou_type VARCHAR, amount DECIMAL(14,2))",
    "CREATE TABLE link.person (person_id VARCHAR, hukou_type VARCHAR, division_code VARCHAR)",
)
ALLOWANCE = Decimal(260)


def world(
    connection: duckdb.DuckDBPyConnection, name: str, standard: int, income: int, program: str = "dibao"
) -> None:
    """Make a world of one household of two people with a disabled member, and its payments and help."""
    connection.execute(f"ATTACH ':memory:' AS {name}")
    connection.execute(f"USE {name}")
    for schema in ("core", "fact", "means", "policy", "link", "world"):
        connection.execute(f"CREATE SCHEMA {schema}")
    for statement in TABLES:
        connection.execute(statement)
    line = standard * 12 * (Decimal("1.5") if program == "marginal" else 1)
    connection.execute("INSERT INTO core.household_member VALUES ('H', 'a'), ('H', 'b')")
    connection.execute(
        "INSERT INTO fact.roll VALUES ('C', $program, 'a', 100, TRUE), ('C', $program, 'b', 100, TRUE),"
        " ('D', 'disability_living', 'b', 260, TRUE)",
        {"program": program},
    )
    connection.execute(
        "INSERT INTO fact.income_line VALUES ('H', 'C', ?, 2, ?, ?)", [program, line, 12 * income]
    )
    connection.execute(
        "INSERT INTO means.household_unit VALUES ('H', 'C', ?, '320682101201', ?, FALSE)", [program, standard]
    )
    connection.execute("INSERT INTO means.household_income VALUES ('H', 2, ?)", [12 * income])
    connection.execute("INSERT INTO policy.night VALUES (1.5)")
    connection.execute(
        "INSERT INTO link.person VALUES ('a', 'urban', '320682101201'), ('b', 'rural', '320682101201')"
    )
    for model in ("world/payment", "world/help"):
        build(connection, read_model(FOLDER / f"{model}.sql"))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("CREATE SCHEMA compared")
        yield made


def loss(connection: duckdb.DuckDBPyConnection) -> dict[str, Any] | None:
    connection.execute("USE memory")
    build(connection, read_model(FOLDER / "compared" / "loss.sql"))
    rows = connection.sql("SELECT * FROM compared.loss").pl().rows(named=True)
    return rows[0] if rows else None


@pytest.mark.parametrize(
    ("standards", "income", "program", "wanted"),
    [
        # (lost, gained, category after, cliff); the line is for both people.
        ((750, 700), 1000, "dibao", (100, 0, "dibao", False)),
        ((750, 700), 1400, "dibao", (100, 0, "dibao", False)),  # exactly at the new line: dibao with nought
        ((750, 700), 1401, "dibao", (99, 0, "marginal", False)),  # falls to marginal: the allowance stays
        (
            (750, 450),
            1400,
            "dibao",
            (360, 0, "none", False),
        ),  # over the marginal line 1350 too, 500 over dibao's
        ((750, 600), 1801, "marginal", (260, 0, "none", True)),  # one yuan over costs 260
        ((750, 600), 2100, "marginal", (260, 0, "none", False)),
        ((750, 800), 1000, "dibao", None),
        ((750, 750), 1000, "dibao", None),
        ((600, 700), 1500, "dibao", None),  # already out before, and still
    ],
)
def test_help_on_both_sides_of_the_line(
    connection: duckdb.DuckDBPyConnection,
    standards: tuple[int, int],
    income: int,
    program: str,
    wanted: tuple[int, int, str, bool] | None,
) -> None:
    world(connection, "as_is", standards[0], income, program)
    world(connection, "as_if", standards[1], income, program)
    found = loss(connection)
    if wanted is None:
        assert found is None
    else:
        assert found is not None
        assert (found["lost"], found["gained"], found["category_after"], found["cliff"]) == wanted
        assert found["help_before"] - found["help_after"] == found["lost"] - found["gained"]


def test_more_income_counted_can_cost_more_than_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    """The same standard, 30 yuan more counted: over the marginal line, and an allowance of 260 is gone."""
    world(connection, "as_is", 600, 1790, "marginal")
    world(connection, "as_if", 600, 1820, "marginal")
    found = loss(connection)
    assert found is not None
    assert (found["lost"], found["over_line"], found["cliff"]) == (ALLOWANCE, 20, True)
