"""The digest of a night's results: SHA-256 over all `core` and `out` tables, in an order of their own.

Floats enter as DECIMAL(18,6), lists sorted (outputs.md), so that neither the number of threads nor the
order of insertion shows. Not here: which tables are published.
"""

import hashlib
from typing import Final

import duckdb
import pyarrow as pa

from warehouse.results import HERE

DIGESTED: Final = ("core", "out")
BATCH: Final = 500_000


def of_results(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the digest of every table of `core` and `out` of the night."""
    listing = connection.execute(
        f"SELECT schema_name, table_name FROM duckdb_tables() WHERE {HERE}"  # noqa: S608 - a constant
        " AND list_contains($schemas, schema_name) ORDER BY ALL",
        {"schemas": list(DIGESTED)},
    ).fetchall()
    whole = hashlib.sha256()
    for schema, table in listing:
        whole.update(f"{schema}.{table}\n{of_table(connection, schema, table)}\n".encode())
    return whole.hexdigest()


def of_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    """Return the digest of one table: SHA-256 over its rows' 128-bit digests in order.

    Rows are put in order by their own digest: no key is needed, and equal tables have equal orders.
    """
    columns = connection.execute(
        f"SELECT database_name, column_name, data_type FROM duckdb_columns() WHERE {HERE}"  # noqa: S608 - a constant
        " AND schema_name = $schema AND table_name = $table ORDER BY column_index",
        {"schema": schema, "table": table},
    ).fetchall()
    digest = hashlib.sha256(", ".join(name for _, name, _ in columns).encode())
    row = ", ".join(_canonical(name, kind) for _, name, kind in columns)
    place = f'"{columns[0][0]}".{schema}.{table}'  # a second connection knows no search path
    query = (
        f"SELECT digest FROM (SELECT md5_number(concat_ws(chr(31), {row})) AS digest FROM {place})"  # noqa: S608
        " ORDER BY digest"
    )
    for batch in connection.sql(query).to_arrow_reader(BATCH):
        digest.update(_bytes(batch.column(0)))
    return digest.hexdigest()


def _bytes(column: pa.Array) -> bytes:
    """Return the 16 bytes of each value of a column of 128-bit integers."""
    data = column.buffers()[1]
    return bytes(data[column.offset * 16 : (column.offset + len(column)) * 16])


def _canonical(column: str, kind: str) -> str:
    """Return the SQL that brings a column to the one text that the digest sees."""
    value = f'"{column}"'
    if kind in ("DOUBLE", "FLOAT"):
        value = f"CAST({value} AS DECIMAL(18, 6))"
    if kind.endswith("[]") and "STRUCT" not in kind:
        value = f"list_sort({value})"
    return f"coalesce(CAST({value} AS VARCHAR), chr(30))"
