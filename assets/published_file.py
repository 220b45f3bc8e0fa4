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

from assets.comments import comments_of, comments_of_view
from assets.warehouse.paths import quoted
from sources import CONTRACTS
from sql.masks import Shown, select, shown, unmasked
from sql.tables import chinese_view, mask_of

PUBLISHED: Final = ("core", "out", "audit")
STORAGE: Final = "v1.5.0"  # the oldest version that serves: analysts' older clients open it
IN_CHINESE: Final = "out"


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


Cut = Callable[[Table], tuple[list[Shown], str]]
"""What an audience sees of a table: its columns, and the SELECT that gives them."""


def restricted(table: Table) -> tuple[list[Shown], str]:
    """Return a table as the verification centre sees it: whole."""
    return [unmasked(column) for column in table.types], f"SELECT * FROM {table.qualified}"  # noqa: S608 - our own names


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
        "SELECT schema_name, table_name, list(column_name ORDER BY column_index), list(data_type ORDER BY column_index)"
        " FROM duckdb_columns() WHERE database_name = current_database() AND list_contains($schemas, schema_name)"
        " GROUP BY ALL ORDER BY ALL",
        {"schemas": list(PUBLISHED)},
    ).fetchall()
    return [
        Table(schema, table, dict(zip(columns, types, strict=True)))
        for schema, table, columns, types in listing
    ]


def write(connection: duckdb.DuckDBPyConnection, target: Path, cut: Cut) -> int:
    """Write one audience's file and return the rows written.

    Raises:
        MaskError: the audience may not see everything and nobody has said what it may see of some column.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    made = [(table, *cut(table)) for table in published_tables(connection)]
    connection.execute(f"ATTACH {quoted(target)} AS published (STORAGE_VERSION '{STORAGE}')")
    connection.execute("BEGIN")  # one commit for a thousand statements: a small night is all comments
    for schema in (*PUBLISHED, "zh"):
        connection.execute(f"CREATE SCHEMA published.{schema}")
    rows = 0
    for table, columns, query in made:
        made_of_it = f"CREATE TABLE published.{table.qualified} AS {query}"
        ((written,),) = connection.execute(made_of_it).fetchall()
        rows += int(written)
        for statement in comments_of(table.schema, table.name, columns):
            connection.execute(statement)
    with _inside(connection, "published"):
        for table, columns, _ in made:
            if table.schema == IN_CHINESE:
                connection.execute(
                    chinese_view(table.qualified, {each.column: each.name for each in columns})
                )
                for statement in comments_of_view(table.schema, table.name, columns):
                    connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT published")
    connection.execute("DETACH published")
    return rows


@contextmanager
def _inside(connection: duckdb.DuckDBPyConnection, database: str) -> Iterator[None]:
    """Let names be found in ``database`` alone, as a reader of the file finds them."""
    ((before,),) = connection.execute("SELECT current_database()").fetchall()
    connection.execute(f"USE {database}")
    try:
        yield
    finally:
        connection.execute(f'USE "{before}"')
