"""The real models on made rows, in memory.

Here belongs the way from a place to a connection on which everything up to the lists has been built.
Not here: what a case means (tests/rules/place.py).
"""

from datetime import date, timedelta
from functools import cache

import duckdb
import polars as pl

from judging import judge, steps
from ledger import Ledger, acceptances
from policy import load_profile, night_tables
from sources import CONTRACTS
from sources.account import FILES
from sql.connection import prepare
from tests.rules.place import Place, Row, add_marriages, add_people, add_rows
from warehouse import state

EXTRA = {
    "id_number_raw": pl.String(), "snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64(),
    "identity_id": pl.String(), "person_id": pl.String(), "candidate_person_id": pl.String(),
    "method": pl.String(), "decision": pl.String(), "standing": pl.String(), "probability": pl.Float64(),
    "runner_up_probability": pl.Float64(), "by_number": pl.Boolean(),
}  # fmt: skip
MADE = ("core", "means", "fact", "rule", "lists", "out")
NOT_HERE = (
    "core.person_link", "core.link_evidence",  # tests/matching
    "out.alert", "out.spot_check",  # tests/sql/change, tests/exports
)  # fmt: skip
PERSON = {
    "person_id": pl.String(), "id_number": pl.String(), "name": pl.String(), "former_name": pl.String(),
    "sex": pl.String(), "birth_date": pl.Date(), "number_birth_date": pl.Date(), "number_sex": pl.String(),
    "ethnicity": pl.String(), "hukou_type": pl.String(), "marital_status": pl.String(),
    "registry_status": pl.String(), "status_date": pl.Date(), "division_code": pl.String(), "address": pl.String(),
    "phone": pl.String(), "household_no": pl.String(), "relation": pl.String(), "in_registry": pl.Boolean(),
    "on_roll": pl.Boolean(),
}  # fmt: skip


def source_frame(place: Place, source: str) -> pl.DataFrame:
    """Return `core.<source>` with the columns that linking adds."""
    contract = CONTRACTS[source]
    schema: dict[str, pl.DataType] = {column.name: column.dtype for column in contract.columns}
    if source == "marriages":
        seats = {f"{name}_{seat}": kind for seat in "ab" for name, kind in EXTRA.items()}
        schema |= {"snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64(), **seats}
    else:
        schema |= EXTRA
    if source == "children_care":
        schema |= {f"guardian_{name}": kind for name, kind in EXTRA.items()}
    schema["unreadable"] = pl.List(pl.String())
    snapshot = place.night - timedelta(days=200 if source in place.stale else 0)
    usual = {**dict.fromkeys(schema), "unreadable": [], "snapshot_date": snapshot}
    rows = [{**usual, **row} for row in place.rows[source]]
    # Text first, so that 100 and date(2021, 1, 1) of a YAML file become what the contract says.
    return pl.DataFrame(rows, schema_overrides=None, schema=schema, orient="row", strict=False)


def states(place: Place) -> pl.DataFrame:
    """Return `raw.source_state`: everything fresh but what the case says is late."""
    rows = [
        {
            "source": source,
            "state": "absent" if f"absent:{source}" in place.stale else "stale" if source in place.stale else "fresh",
            "snapshot_date": place.night - timedelta(days=200 if source in place.stale else 0),
            "age_days": 200 if source in place.stale else 0,
            "gated": source in ("bank_accounts", "financial_products", "tax_income"),
            "first_month": date(2019, 1, 1) if source == "tax_income" else None,
            "last_month": date(2021, 11, 1) if source == "tax_income" else None,
            **dict.fromkeys(("usable_numbers", "with_candidate", "linked"), 1.0),
        }
        for source in CONTRACTS
    ]  # fmt: skip
    return pl.DataFrame(rows)


@cache
def nothing_accepted() -> pl.DataFrame:
    """Return `ledger.acceptance` of a ledger in which nobody has written."""
    with Ledger.open("sqlite://") as book:
        return acceptances(book, book.sequence())


def run(place: Place) -> duckdb.DuckDBPyConnection:
    """Run every model of households, means, rules and lists on a place."""
    con = duckdb.connect(config={"threads": 1})  # a few hundred rows: threads only cost
    prepare(con, b"tests")
    for schema in ("raw", "link", "policy", "state", "core", "ledger"):
        con.execute(f"CREATE SCHEMA {schema}")

    def put(table: str, frame: pl.DataFrame) -> None:
        con.register("given", frame)
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM given")
        con.unregister("given")

    for table, frame in night_tables(load_profile("rugao"), place.night).items():
        put(table, frame)
    for source in CONTRACTS:
        put(f"core.{source}", source_frame(place, source))
    put("link.person", pl.DataFrame(place.people, schema=PERSON))
    put("raw.source_state", states(place))
    pair = dict.fromkeys(("person_id", "other_person_id", "why"), pl.String())
    put("core.person_same_as", pl.DataFrame(place.same_as, schema=pair))
    con.execute(
        "CREATE TABLE core.division (division_code VARCHAR, name_zh VARCHAR, level VARCHAR, parent_code VARCHAR)"
    )
    for table, columns in state.TABLES.items():
        con.execute(f"CREATE TABLE state.{table} ({columns})")
    put("raw.delivery_file", pl.DataFrame(schema=FILES))
    put("ledger.acceptance", nothing_accepted())
    judge(con, [name for name in steps() if name.split(".")[0] in MADE and name not in NOT_HERE])
    return con


def run_all(cases: list[Row], night: date, stale: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """Run cases in one place of their own."""
    place = Place(night=night, stale=stale)
    for case in cases:
        add_people(place, case["number"], case)
        add_rows(place, case["number"], case)
        add_marriages(place, case["number"], case)
    return run(place)
