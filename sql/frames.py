"""Frames into DuckDB and out of it: tables made of frames, queries as frames, keyed ids of a column.

Here belongs what every user of a connection would else write again. Not here: macros (connection.py), any table's meaning.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb
import polars as pl


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **frames: pl.DataFrame) -> Iterator[None]:
    """Let SQL read frames by name."""
    for name, frame in frames.items():
        connection.register(name, frame)
    try:
        yield
    finally:
        for name in frames:
            connection.unregister(name)


def store(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> int:
    """Make ``table`` of a schema that is there, of a frame, and return its row count."""
    with registered(connection, frame_to_store=rows):
        connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM frame_to_store")  # noqa: S608
    return rows.height


def frame(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, object] | None = None
) -> pl.DataFrame:
    """Return the result of ``query`` as a frame."""
    found: pl.DataFrame = connection.sql(query, params=dict(parameters or {})).pl()
    return found


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Return the number of rows of ``table``."""
    ((rows,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
    return int(rows)


def keyed(connection: duckdb.DuckDBPyConnection, prefix: str, messages: pl.Series) -> pl.Series:
    """Return keyed ids of messages in their order, null for null: HMAC-SHA256 with the installation's key.

    Args:
        connection: one that was prepared with the key (`sql.connection.prepare`).
        prefix: the kind of id, one letter.
        messages: texts, or what can be cast to text.
    """
    numbered = pl.DataFrame(
        {"row": pl.int_range(len(messages), eager=True), "message": messages.cast(pl.String)}
    )
    with registered(connection, messages_to_key=numbered):
        query = "SELECT keyed_id($prefix, message) AS id FROM messages_to_key ORDER BY row"
        return frame(connection, query, {"prefix": prefix})["id"]
