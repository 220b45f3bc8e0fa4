"""What every mask leaves of a value, and that nothing is shown of which nobody said that it may be."""

from datetime import date

import duckdb
import polars as pl
import pytest

from findings.phrase import words
from sql.columns import meanings
from sql.connection import prepare
from sql.masks import MASKS, MaskError, select, shown
from sql.models import build, models
from sql.tables import said


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    prepare(made, b"a made-up key for tests")
    made.execute(
        "CREATE SCHEMA core; CREATE SCHEMA analyst; CREATE TABLE analyst.village (division_code VARCHAR)"
    )
    made.execute("INSERT INTO analyst.village VALUES ('320682101201')")
    return made


def left_of(
    connection: duckdb.DuckDBPyConnection, mask: str, values: list[object], column: str = "cell"
) -> list[object]:
    """What ``mask`` leaves of ``values``."""
    frame = pl.DataFrame({column: values}, strict=False)
    connection.register("given", frame)
    connection.execute("CREATE OR REPLACE TABLE core.made AS SELECT * FROM given")
    ((kind,),) = connection.execute(
        "SELECT data_type FROM duckdb_columns() WHERE table_name = 'made'"
    ).fetchall()
    cut = shown("core.made", column, mask)
    assert cut is not None
    query = select("core.made", {column: kind}, [cut])
    return [value for (value,) in connection.execute(query).fetchall()]


@pytest.mark.parametrize(
    ("mask", "values", "left"),
    [
        ("number6", ["320682195001011234", "32068", "ABCDEF195001011234", None], ["320682", None, None, None]),
        ("surname", ["赵钱孙", " 　赵四", "欧阳春", "阿依·古丽", "", "  ", None], ["赵", "赵", "欧", "阿", None, None, None]),
        ("birth_year", [date(1950, 12, 31), None], [1950, None]),
        ("month", [date(2021, 3, 31), None], [date(2021, 3, 1), None]),
        ("division", ["320682101201", "320682101202", "320682101000", "赵家村", None],
         ["320682101201", "320682101000", "320682101000", None, None]),
        ("diagnosis1", ["E11.900", "f20", "高血压", "", None], ["E", "F", None, None, None]),
        ("common", ["汉族"] * 20 + ["赵四"] + ["回族"] * 19, ["汉族"] * 20 + [None] * 20),
        ("rounded:2", [0.999123, 0.5], [1.0, 0.5]),
        ("presence", ["file 赵四.csv is empty", None], [True, False]),
    ],
)  # fmt: skip
def test_what_is_left(
    connection: duckdb.DuckDBPyConnection, mask: str, values: list[object], left: list[object]
) -> None:
    assert left_of(connection, mask, values) == left


def test_a_pseudonym_is_one_for_one_value_and_kind_and_key(connection: duckdb.DuckDBPyConnection) -> None:
    ids = ["P1", "P2", "P1", None]
    found = left_of(connection, "pseudonym:person", list(ids))
    assert len(set(found)) == 3 and None in found
    assert all(str(value).startswith("p") and len(str(value)) == 21 for value in found if value)
    other_kind = left_of(connection, "pseudonym:household", list(ids))
    assert not {str(value)[1:] for value in found if value} & {
        str(value)[1:] for value in other_kind if value
    }
    prepare(connection, b"the key of another installation")
    assert not set(left_of(connection, "pseudonym:person", list(ids))) & set(found) - {None}


def test_a_list_of_ids_becomes_a_sorted_list_of_pseudonyms(connection: duckdb.DuckDBPyConnection) -> None:
    (both,) = left_of(connection, "pseudonym:finding", [["F1", "F2"]])
    single = left_of(connection, "pseudonym:finding", ["F1", "F2"])
    assert isinstance(both, list) and both == sorted(str(value) for value in single)


def test_dates_that_are_cut_get_another_name() -> None:
    names = {
        column: cut.name
        for column, mask in (
            ("birth_date", "birth_year"),
            ("died_on", "month"),
            ("status_date", "month"),
            ("name", "surname"),
        )
        if (cut := shown("core.person", column, mask))
    }
    assert names == {
        "birth_date": "birth_year", "died_on": "died_month", "status_date": "status_month", "name": "name",
    }  # fmt: skip


@pytest.mark.parametrize(
    "mask", [None, "", "everything", "pseudonym", "pseudonym:dog", "rounded", "rounded:x"]
)
def test_without_a_mask_nothing_is_made(mask: str | None) -> None:
    with pytest.raises(MaskError, match=r"core\.person\.new_column"):
        shown("core.person", "new_column", mask)
    assert shown("core.person", "phone", "drop") is None


@pytest.mark.parametrize(
    ("kind", "method", "rows", "kept"),
    [
        ("all", "all", 20, True),
        ("all", "all", 19, False),
        ("all", "repaired", 20, True),
        ("all", "repaired", 1, False),
        ("ethnicity", "all", 20, True),
        ("ethnicity", "all", 19, False),
        ("ethnicity", "repaired", 5000, False),
    ],
)
def test_link_quality_of_a_few_rows_is_left_out(
    connection: duckdb.DuckDBPyConnection, kind: str, method: str, rows: int, kept: bool
) -> None:
    connection.execute(
        "CREATE SCHEMA audit; CREATE TABLE audit.link_quality (subgroup_kind VARCHAR, method VARCHAR, n BIGINT)"
    )
    connection.execute("INSERT INTO audit.link_quality VALUES (?, ?, ?)", [kind, method, rows])
    cut = shown("audit.link_quality", "n", "keep")
    assert cut is not None
    found = connection.execute(select("audit.link_quality", {"n": "BIGINT"}, [cut])).fetchall()
    assert found == ([(rows,)] if kept else [])


def test_every_mask_that_is_written_exists() -> None:
    own = [column.mask for table in said().values() for column in table.columns.values() if column.mask]
    used = {mask.partition(":")[0] for mask in [*own, *(meaning["mask"] for meaning in meanings().values())]}
    assert used <= set(MASKS)


def test_a_township_alone_never_stands_for_fewer_than_twenty(connection: duckdb.DuckDBPyConnection) -> None:
    living = {
        "320682101201": 19,  # small, alone in its township: the next smallest is shown as township too
        "320682101202": 25,
        "320682101203": 30,
        "320682102201": 20,  # exactly enough
        "320682103201": 10,  # two small ones that hide each other
        "320682103202": 12,
        "320682103203": 20,
        "320682104000": 5,  # no village
    }
    rows = [(code, None, "normal") for code, people in living.items() for _ in range(people)]
    rows += [("320682102202", date(2021, 1, 1), "normal")] * 30 + [("赵家村", None, None)] * 30
    frame = pl.DataFrame(
        rows, schema=["division_code", "died_on", "registry_status"], orient="row", infer_schema_length=None
    )
    connection.register("given", frame)
    connection.execute("CREATE TABLE core.person AS SELECT * FROM given")
    build(connection, models()["analyst.village"])
    found = {code for (code,) in connection.execute("SELECT division_code FROM analyst.village").fetchall()}
    assert found == {"320682101203", "320682102201", "320682103203"}


def test_the_rows_that_tell_of_births_and_deaths_are_those_that_evidence_cuts() -> None:
    """`analyst.evidence` cuts days by source; a new word for a birth or death must come from one of these."""
    born = {what for what, entry in words()["what"].items() if entry.get("show") == "birth"}
    died = {what for what, entry in words()["what"].items() if entry.get("show") == "died"}
    assert born == {"registry:normal"} and died == {
        "registry:death_cancelled",
        "registry:other_cancelled",
        "death",
    }
