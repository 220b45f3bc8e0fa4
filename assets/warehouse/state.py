"""What outlives a night: person ids with their anchors, findings as last seen and what they rest on, the draw.

Here belong the tables of `state/<night>.duckdb`, their reading into a night's work file (schema `state`)
and their writing at its end (from schema `carry`, models in sql/carry). Not here: when the file is renamed
(commit.py), what an anchor is (matching).
"""

from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from assets.warehouse.commit import committed_nights
from assets.warehouse.paths import WarehousePaths, quoted

TABLES: Final = {
    "night": "night DATE, run VARCHAR, digest VARCHAR, engine VARCHAR",
    "person": "person_id VARCHAR, minted DATE",
    "person_anchor": "person_id VARCHAR, kind VARCHAR, anchor VARCHAR",
    "frequency": "kind VARCHAR, key VARCHAR, share DOUBLE",
    "finding": "finding_id VARCHAR, rule_id VARCHAR, household_id VARCHAR, case_no VARCHAR, person_id VARCHAR,"
    " program VARCHAR, severity VARCHAR, lowered_by VARCHAR, status VARCHAR, first_seen DATE",
    "finding_person": "finding_id VARCHAR, person_id VARCHAR",
    "finding_row": "finding_id VARCHAR, source VARCHAR, identity_id VARCHAR, decision VARCHAR, person_id VARCHAR",
    "content": "pair UBIGINT, content UBIGINT",
    "unlinked": "source VARCHAR, identity_id VARCHAR, decision VARCHAR, person_id VARCHAR",
    "source": "source VARCHAR, state VARCHAR, delivery VARCHAR",
    "figure": "name VARCHAR, key VARCHAR, value VARCHAR, effective_from DATE, in_force BOOLEAN, unconfirmed BOOLEAN",
    "rule": "rule_id VARCHAR, condition_digest VARCHAR",
    "authorization": "person_id VARCHAR, authorized BOOLEAN",
    "counted": "kind VARCHAR, item VARCHAR, measure VARCHAR, n BIGINT, counted_on DATE",
    "held": "finding_id VARCHAR, change VARCHAR, cause VARCHAR",
    "draw": "household_id VARCHAR, drawn_on DATE, why VARCHAR",
}


def newest_before(paths: WarehousePaths, night: date) -> Path | None:
    """Return the state of the newest committed night before ``night``."""
    earlier = [other for other in committed_nights(paths) if other < night]
    return paths.state(earlier[-1]) if earlier else None


def read_into(connection: duckdb.DuckDBPyConnection, state: Path | None) -> int:
    """Fill schema `state` of the work file from ``state``, or leave it empty; returns the known people.

    A state that an earlier version of hedui wrote may lack tables and columns: those stay empty, and what rests on
    them says so (an alert without a cause) in place of guessing.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS state")
    for table, columns in TABLES.items():
        connection.execute(f"CREATE OR REPLACE TABLE state.{table} ({columns})")
    if state is not None:
        connection.execute(f"ATTACH {quoted(state)} AS earlier (READ_ONLY)")
        kept = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'earlier'")
        for (table,) in kept.fetchall():
            if table in TABLES:
                connection.execute(f"INSERT INTO state.{table} BY NAME SELECT * FROM earlier.{table}")  # noqa: S608
        connection.execute("DETACH earlier")
    ((people,),) = connection.execute("SELECT count(*) FROM state.person").fetchall()
    return int(people)


def write(connection: duckdb.DuckDBPyConnection, target: Path, night: date, run: str, digest: str) -> None:
    """Write the state that the next night starts from: the work file's `carry.*` tables and who made it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    connection.execute(f"ATTACH {quoted(target)} AS later (STORAGE_VERSION 'v1.5.0')")
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE later.{table} ({columns})")
        if table != "night":
            connection.execute(f"INSERT INTO later.{table} BY NAME SELECT * FROM carry.{table} ORDER BY ALL")  # noqa: S608
    connection.execute("INSERT INTO later.night VALUES (?, ?, ?, version())", [night, run, digest])
    connection.execute("CHECKPOINT later")
    connection.execute("DETACH later")


def runs(paths: WarehousePaths) -> dict[date, str]:
    """Return the run that wrote each committed night's state."""
    found = {}
    for night in committed_nights(paths):
        with duckdb.connect(str(paths.state(night)), read_only=True) as connection:
            ((found[night],),) = connection.execute("SELECT run FROM night").fetchall()
    return found
