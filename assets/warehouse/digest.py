"""The digest of a night's results: SHA-256 over all `core` and `out` tables, in an order of their own.

Floats enter as DECIMAL(18,6), lists sorted (outputs.md), so that neither the number of threads nor the
order of insertion shows. Not here: which tables are published.
"""

import hashlib
from typing import Final

import duckdb

DIGESTED: Final = ("core", "out")
BATCH: Final = 100_000


def of_results(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the digest of every table of `core` and `out` in the connection's own database."""
    listing = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database()"
        " AND list_contains($schemas, schema_name) ORDER BY ALL",
        {"schemas": list(DIGESTED)},
    ).fetchall()
    whole = hashlib.sha256()
    for schema, table in listing:
        whole.update(f"{schema}.{table}\n{of_table(connection, schema, table)}\n".encode())
    return whole.hexdigest()


def of_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    """Return the digest of one table: the SHA-256 of its rows' sorted SHA-256 values."""
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database()"
        " AND schema_name = $schema AND table_name = $table ORDER BY column_index",
        {"schema": schema, "table": table},
    ).fetchall()
    row = ", ".join(f'{_canonical(name, kind)} AS "{name}"' for name, kind in columns)
    query = (
        f"SELECT sha256(CAST(r AS VARCHAR)) AS digest"  # noqa: S608 - names come from the catalogue
        f" FROM (SELECT {row} FROM {schema}.{table}) AS r ORDER BY digest"
    )
    digest = hashlib.sha256()
    reader = connection.sql(query).to_arrow_reader(BATCH)
    for batch in reader:
        digest.update("".join(batch.column(0).to_pylist()).encode())
    return digest.hexdigest()


def _canonical(column: str, kind: str) -> str:
    """Return the SQL that brings a column to the one form the digest sees."""
    if kind in ("DOUBLE", "FLOAT"):
        return f'CAST("{column}" AS DECIMAL(18, 6))'
    if kind.endswith("[]") and "STRUCT" not in kind:
        return f'list_sort("{column}")'
    return f'"{column}"'
