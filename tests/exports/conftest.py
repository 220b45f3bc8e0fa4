"""Made cities for the draw and the workbooks: tables with the columns of outputs.md, everybody invented."""

import functools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest

from sql.connection import prepare
from sql.models import ROOT, SqlModel, build, in_order, read_model

NIGHT = date(2021, 12, 31)
DRAW = ("draw.question", "draw.household", "draw.visit", "draw.asked", "out.spot_check")

City = Callable[..., duckdb.DuckDBPyConnection]


def frames(sizes: dict[str | None, int], night: date, reverse: bool) -> dict[str, pl.DataFrame]:
    """Return the input tables of a city with ``sizes`` households by division code.

    Every 10th household has a P02 finding, every 7th a red risk flag with X05, every 11th a red omission flag
    with O04, every 13th a yellow X06; every 5th is a tekun case that is applying.
    """
    places = [place for place, count in sizes.items() for _ in range(count)]
    number = pl.Series("number", range(len(places)), dtype=pl.Int64)
    base = pl.DataFrame({"number": number, "division_code": pl.Series(places, dtype=pl.String)}).with_columns(
        household_id=pl.format("H{}", pl.col("number").cast(pl.String).str.zfill(6)),
        case_no=pl.format("C{}", pl.col("number")),
        program=pl.when(pl.col("number") % 5 == 0).then(pl.lit("tekun")).otherwise(pl.lit("dibao")),
    )
    finding = pl.concat(
        [
            base.filter(pl.col("number") % every == 0).select(
                pl.format("F{}-{}", pl.lit(rule), pl.col("number")).alias("finding_id"),
                pl.lit(rule).alias("rule_id"),
                "household_id",
                pl.lit("open").alias("status"),
                pl.lit(None, dtype=pl.String).alias("held_why"),
            )
            for rule, every in (("P02", 10), ("X05", 7), ("O04", 11), ("X06", 13))
        ]
    )
    flag = base.select(
        "household_id",
        pl.when(pl.col("number") % 7 == 0).then(pl.lit("red")).otherwise(pl.lit("green")).alias("risk_flag"),
        pl.when(pl.col("number") % 11 == 0)
        .then(pl.lit("red"))
        .otherwise(pl.lit("green"))
        .alias("omission_flag"),
        pl.lit("red").alias("care_flag"),
    )
    member = base.select(
        "case_no",
        "program",
        pl.format("P{}", pl.col("number")).alias("person_id"),
        pl.lit("applicant").alias("role"),
        pl.when(pl.col("program") == "tekun")
        .then(pl.lit("applying"))
        .otherwise(pl.lit("active"))
        .alias("status"),
    )
    night_row = pl.DataFrame(
        {
            "night": [night],
            "spot_check_rate": ["0.3"],
            "random_visit_rate": ["0.01"],
            "random_visit_minimum": [3],
            "visit_days": [30],
        }
    ).with_columns(
        pl.col("spot_check_rate", "random_visit_rate").cast(pl.Decimal(9, 4)),
        pl.col("random_visit_minimum", "visit_days").cast(pl.Int32),
    )
    tables = {
        "core.household": base.select("household_id", "case_no", "program", "division_code"),
        "core.case_member": member,
        "out.finding": finding,
        "out.household_flag": flag,
        "policy.night": night_row,
    }
    return {name: frame.reverse() if reverse else frame for name, frame in tables.items()}


@functools.cache
def draw_models() -> list[SqlModel]:
    """Return the draw's models in order, alone: no other layer is needed here."""
    found = [read_model(ROOT / f"{name.replace('.', '/')}.sql") for name in DRAW]
    return in_order({model.name: model for model in found})


def draw(connection: duckdb.DuckDBPyConnection, only: tuple[str, ...] = DRAW) -> None:
    """Build the draw's models on whatever tables the connection holds."""
    for model in (model for model in draw_models() if model.name in only):
        rows, distinct = build(connection, model)
        assert rows == distinct, model.name


@pytest.fixture
def city() -> Iterator[City]:
    """Give a function that makes a city, draws its visits and returns the connection."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def make(
        sizes: dict[str | None, int],
        *,
        night: int = 0,
        reverse: bool = False,
        threads: int = 1,
        drawn: bool = True,
    ) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"threads": threads})
        opened.append(connection)
        prepare(connection, key=b"a key of the tests")
        fill(connection, frames(sizes, NIGHT + timedelta(days=night), reverse))
        if drawn:
            draw(connection)
        return connection

    yield make
    for connection in opened:
        connection.close()


def fill(connection: duckdb.DuckDBPyConnection, tables: dict[str, pl.DataFrame]) -> None:
    """Make each table from its frame."""
    for name, frame in tables.items():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
        connection.register("delivered", frame)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM delivered")
        connection.unregister("delivered")


@pytest.fixture
def rows() -> Callable[[duckdb.DuckDBPyConnection, str], list[dict[str, Any]]]:
    """Give a function that returns a query's rows as dictionaries."""
    return lambda connection, query: connection.sql(query).pl().to_dicts()
