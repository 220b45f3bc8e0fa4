"""`audit.link_drift`: rows in, rows out."""

import math
from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

import matching
from assets.link_drift import COLUMNS, MOVED, in_words, levels_of
from sql.models import build, models


@pytest.fixture
def night() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for schema in ("link", "core"):
            connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(
            "CREATE TABLE core.person_link (identity_id VARCHAR, decision VARCHAR, method VARCHAR)"
        )
        connection.execute(
            "CREATE TABLE link.evidence (identity_id VARCHAR, rank INTEGER, field VARCHAR, level VARCHAR)"
        )
        yield connection


def link(night: duckdb.DuckDBPyConnection, name: str, n: int, level: str, **other: object) -> None:
    """``n`` linked identities whose name compares at a level, each delivered twice."""
    row = {"decision": "linked", "method": "exact", "rank": 1, "field": "name"} | other
    night.execute(
        "INSERT INTO core.person_link SELECT $name || i, $decision, $method FROM range($n) AS each (i), range(2)",
        {"name": name, "n": n, "decision": row["decision"], "method": row["method"]},
    )
    night.execute(
        "INSERT INTO link.evidence SELECT $name || i, $rank, $field, $level FROM range($n) AS each (i)",
        {"name": name, "n": n, "rank": row["rank"], "field": row["field"], "level": level},
    )


def drift(
    night: duckdb.DuckDBPyConnection, expected: dict[str, float | None]
) -> dict[str, dict[str, object]]:
    """The model's rows, by level, of a comparison with such shares in training."""
    rows = [("name", level, 0.5, 0.5, None, share) for level, share in expected.items()]
    levels = pl.DataFrame([*rows, ("name", "silent", 1.0, 1.0, None, None)], schema=COLUMNS, orient="row")
    night.register("given", levels)
    night.execute("CREATE OR REPLACE TABLE link.model_level AS SELECT * FROM given")
    assert len(set(build(night, models()["audit.link_drift"]))) == 1
    return {row["level"]: row for row in night.sql("SELECT * FROM audit.link_drift").pl().to_dicts()}


def test_shares_are_of_identities_that_the_model_linked_and_compared(
    night: duckdb.DuckDBPyConnection,
) -> None:
    link(night, "a", 90, "same")
    link(night, "b", 10, "pinyin")
    link(night, "c", 50, "silent")
    link(night, "d", 50, "pinyin", decision="review")
    link(night, "e", 50, "pinyin", method="spine")
    link(night, "f", 50, "pinyin", method="clerical")
    link(night, "g", 50, "pinyin", rank=2)
    found = drift(night, {"same": 0.9, "pinyin": 0.1, "cut": None})
    assert "silent" not in found
    assert [found[level]["n"] for level in ("same", "pinyin", "cut")] == [90, 10, 0]
    assert found["same"]["observed"] == 0.9 and found["same"]["compared"] == 100
    assert found["cut"]["expected"] == 0
    assert found["same"]["stability_index"] == 0 and not found["same"]["drifted"]


def test_the_index_is_the_population_stability_index(night: duckdb.DuckDBPyConnection) -> None:
    link(night, "a", 60, "same")
    link(night, "b", 40, "pinyin")
    found = drift(night, {"same": 0.9, "pinyin": 0.1})
    index = (0.6 - 0.9) * math.log(0.6 / 0.9) + (0.4 - 0.1) * math.log(0.4 / 0.1)
    assert {row["stability_index"] for row in found.values()} == {round(index, 6)}
    assert all(row["drifted"] for row in found.values())
    told = in_words(night.sql(MOVED).pl())
    assert "name 0.54" in told and "hedui train" in told


def test_few_links_are_no_drift(night: duckdb.DuckDBPyConnection) -> None:
    link(night, "a", 99, "pinyin")
    found = drift(night, {"same": 1.0, "pinyin": None})
    assert found["same"]["stability_index"] > 0.2 and not found["same"]["drifted"]
    assert in_words(night.sql(MOVED).pl()) == ""


def test_a_model_that_was_not_trained_expects_nothing(night: duckdb.DuckDBPyConnection) -> None:
    link(night, "a", 200, "pinyin")
    found = drift(night, {"same": None, "pinyin": None})
    assert {(row["expected"], row["stability_index"], row["drifted"]) for row in found.values()} == {
        (None, None, False)
    }
    assert found["pinyin"]["observed"] == 1


def test_a_comparison_never_made_says_so(night: duckdb.DuckDBPyConnection) -> None:
    found = drift(night, {"same": 1.0})
    assert found["same"]["observed"] is None and found["same"]["stability_index"] is None
    assert not found["same"]["drifted"]


def test_every_level_of_the_shipped_model_is_a_row() -> None:
    levels = levels_of(matching.shipped())
    assert levels.height == sum(len(each) for each in matching.shipped().comparisons.values())
    assert (
        levels.unique(["field", "level"]).height == levels.height
        and levels["expected"].null_count() == levels.height
    )
