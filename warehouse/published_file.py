"""What a published file holds: every table of `core`, `out` and `audit` for one audience, comments, views in Chinese.

Nothing but what the audience may see is ever written to its file. Not here: what a mask leaves (sql/masks.py),
when a file is made and renamed (publication.py, warehouse/commit.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from sources import CONTRACTS
from sql.masks import Shown, select, shown, unmasked
from sql.tables import chinese_view, mask_of
from warehouse import results
from warehouse.comments import comments_of, comments_of_view
from warehouse.paths import quoted
from warehouse.results import HERE, PUBLISHED, STORAGE

IN_CHINESE: Final = "out"
AUDIT: Final = "audit"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the work file: its name and the DuckDB type of each of its columns, in order."""

    schema: str
    name: str
    types: dict[str, str]

    @property
    def qualified(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"


def restricted(table: Table) -> list[Shown]:
    """Return a table's columns as the verification centre sees them: all, whole."""
    return [unmasked(column) for column in table.types]


def for_analysts(table: Table) -> tuple[list[Shown], str]:
    """Return a table as everybody else sees it: each column by its mask.

    Raises:
        MaskError: a column has no mask; nothing is published.
    """
    each = [shown(table.qualified, column, column_mask(table, column)) for column in table.types]
    columns = [column for column in each if column is not None]
    return columns, select(table.qualified, table.types, columns)


def column_mask(table: Table, column: str) -> str | None:
    """Return the mask written beside a column's meaning: its contract's, else its table's own, else the common one."""
    if table.schema == "core" and table.name in CONTRACTS and column in CONTRACTS[table.name].column:
        return CONTRACTS[table.name].column[column].mask
    return mask_of(table.qualified, column)


def published_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return every table of the work file that is published."""
    listing = connection.execute(
        "SELECT schema_name, table_name, list(column_name ORDER BY column_index), list(data_type ORDER BY column_index)"  # noqa: S608 - a constant
        f" FROM duckdb_columns() WHERE {HERE} AND list_contains($schemas, schema_name)"
        " GROUP BY ALL ORDER BY ALL",
        {"schemas": list(PUBLISHED)},
    ).fetchall()
    return [
        Table(schema, table, dict(zip(columns, types, strict=True)))
        for schema, table, columns, types in listing
    ]


def write_for_analysts(
    connection: duckdb.DuckDBPyConnection, target: Path, then: Callable[[], None] = lambda: None
) -> int:
    """Write the analysts' file and return the rows written.

    Args:
        connection: the night's.
        target: the file to be made.
        then: called when `core` and `out` are written: what `audit` says of the run may be known only by now.

    Raises:
        MaskError: nobody has said what an analyst may see of some column; nothing is written.
    """
    target.unlink(missing_ok=True)
    results_of = [table for table in published_tables(connection) if table.schema != AUDIT]
    made = [(table, *for_analysts(table)) for table in results_of]
    connection.execute(f"ATTACH {quoted(target)} AS published (STORAGE_VERSION '{STORAGE}')")
    for schema in PUBLISHED:
        connection.execute(f"CREATE SCHEMA published.{schema}")
    rows = sum(_write(connection, table, query) for table, _, query in made)
    then()
    trust = [(table, *for_analysts(table)) for table in published_tables(connection) if table.schema == AUDIT]
    rows += sum(_write(connection, table, query) for table, _, query in trust)
    _describe(connection, [(table, columns) for table, columns, _ in [*trust, *made]])
    return rows


def _write(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> int:
    """Write one table of the file open as `published` and return its rows."""
    statement = f"CREATE TABLE published.{table.qualified} AS {query}"
    ((written,),) = connection.execute(statement).fetchall()
    return int(written)


def seal(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Close the results' file as the restricted one: comments, views in Chinese, and its staged name.

    After this the connection knows no `core`, `out` or `audit` any more.
    """
    tables = [(table, restricted(table)) for table in published_tables(connection)]
    ((file,),) = connection.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = 'results'"
    ).fetchall()
    results.detach(connection)
    connection.execute(f"ATTACH {quoted(Path(file))} AS published")
    _describe(connection, tables)
    Path(file).replace(target)


def _describe(connection: duckdb.DuckDBPyConnection, tables: list[tuple[Table, list[Shown]]]) -> None:
    """Comment every table and column of the file open as `published`, give it its Chinese views, and close it."""
    connection.execute("BEGIN")  # one commit for a thousand statements: a small night is all comments
    connection.execute("CREATE SCHEMA published.zh")
    for table, columns in tables:
        for statement in comments_of(table.schema, table.name, columns):
            connection.execute(statement)
    with _inside(connection, "published"):
        for table, columns in tables:
            if table.schema == IN_CHINESE:
                names = {each.column: each.name for each in columns}
                connection.execute(chinese_view(table.qualified, names))
                for statement in comments_of_view(table.schema, table.name, columns):
                    connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT published")
    connection.execute("DETACH published")


@contextmanager
def _inside(connection: duckdb.DuckDBPyConnection, database: str) -> Iterator[None]:
    """Let names be found in ``database`` alone, as a reader of the file finds them."""
    ((before,),) = connection.execute("SELECT current_setting('search_path')").fetchall()
    connection.execute(f"USE {database}")
    try:
        yield
    finally:
        connection.execute(f"SET search_path = '{before}'")
