"""What outlives a night: person ids with their anchors, findings as last seen and what they rest on, the draw.

Here belong the tables of `state/<night>.duckdb`, their reading into a night's work file (schema `state`)
and their writing at its end (from schema `carry`, models in sql/carry). Not here: when the file is renamed
(commit.py), what an anchor is (matching).
"""

import os
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from warehouse import manifest
from warehouse.commit import before, committed_nights
from warehouse.errors import WarehouseError
from warehouse.paths import WarehousePaths, night_of, quoted

TABLES: Final = {
    "night": "night DATE, run VARCHAR, digest VARCHAR, engine VARCHAR",
    "person": "person_id VARCHAR, minted DATE",
    "person_anchor": "person_id VARCHAR, kind VARCHAR, anchor VARCHAR",
    "claim": "claim_id VARCHAR, person_id VARCHAR, claimed_on DATE",
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


PARTS: Final = 10_000
"""Shares are counted in parts of ten thousand."""


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


def shares(paths: WarehousePaths, night: date, measure: str) -> dict[str, float]:
    """Return a share that is counted of each source, as it stood before ``night``; empty where no state says it."""
    earlier = newest_before(paths, night)
    if earlier is None:
        return {}
    query = "SELECT item, n FROM counted WHERE kind = 'source' AND measure = ?"
    try:
        with duckdb.connect(str(earlier), read_only=True) as connection:
            return {item: n / PARTS for item, n in connection.execute(query, [measure]).fetchall()}
    except duckdb.Error:  # of an earlier version; what is damaged is told where the state is checked
        return {}


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


def check(paths: WarehousePaths, night: date) -> None:
    """Make sure that the state which ``night`` starts from is, to the byte, the one that was committed.

    A state of a version whose manifests did not name its checksum yet is read once through in place of that.

    Raises:
        WarehouseError: it is damaged, or another file than the one that its manifest names.
    """
    earlier = newest_before(paths, night)
    if earlier is None:
        return
    day = night_of(earlier, ".duckdb")
    if (why := _unsound(paths, earlier)) is not None:
        raise WarehouseError(
            f"The state {earlier} {why}. The night of {night} starts from it: from the ids of people, from when each finding"
            " was first seen, from what was drawn. It cannot be made from deliveries, and without it everybody would be"
            f" somebody new. Restore this one file from its backup (docs/operations.md), or run the night of {day} again"
            f" (hedui run --night {day} ...), which makes it anew. Nothing has run."
        )


def run_of(paths: WarehousePaths, night: date) -> str | None:
    """Return the run that wrote a committed night's state; None where it cannot be read."""
    try:
        with duckdb.connect(str(paths.state(night)), read_only=True) as connection:
            ((run,),) = connection.execute("SELECT run FROM night").fetchall()
    except (duckdb.Error, OSError, ValueError):
        return None
    return str(run)


def _unsound(paths: WarehousePaths, file: Path) -> str | None:
    """Return what is wrong with a state; None where nothing is."""
    if file.is_symlink() or not file.is_file():
        return "is no file"
    log_beside = file.with_name(f"{file.name}.wal")
    if os.path.lexists(log_beside):
        return f"has {log_beside.name} beside it, which would be read into it, and which no night leaves"
    manifest_file = paths.manifest(date.fromisoformat(file.stem))
    # A run that was killed between its manifest and its state left both manifests; the state is the earlier one's.
    manifests = [manifest.readable(each) for each in (manifest_file, before(manifest_file))]
    named = [found.get("state_sha256") for found in manifests if found is not None]
    try:
        if manifest.digest_of_file(file) in named:
            return None
        return (
            "is damaged, or not the one that its manifest names"
            if named and all(named)
            else _unreadable(file)
        )
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _unreadable(file: Path) -> str | None:
    """Return why a state cannot be read from its first row to its last; None where it can."""
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            kept = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            for (table,) in kept:
                connection.execute(f'SELECT bit_xor(hash(kept)) FROM "{table}" AS kept').fetchall()  # noqa: S608
    except duckdb.Error:
        return "is damaged: it cannot be read to its end"
    return None if ("night",) in kept else "is none: it does not say which night it is of"
