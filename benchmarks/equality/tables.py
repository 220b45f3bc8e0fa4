"""Two published files, table by table: rows that one has and the other has not.

Not here: which files (equal.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

EXEMPT: Final[dict[str, frozenset[str]]] = {
    "out.rule": frozenset({"condition_digest", "parameters"}),
    "zh.规则目录": frozenset({"条件摘要", "参数"}),
    "audit.run": frozenset(
        {"run", "version", "started", "finished", "code_digest", "lock_digest", "state_digest", "digest"}
    ),
    "audit.step": frozenset({"seconds", "step"}),
    "audit.export": frozenset({"exported_at", "sha256"}),
}
"""Columns that say how, when and by which version something was made."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same: where, and what."""

    where: str
    what: str


def differences(label: str, before: Path, after: Path) -> Iterator[Difference]:
    """Yield what a file of the later version lacks, has too much, or tells otherwise; new tables and columns are none."""
    with duckdb.connect() as connection:
        for name, file in (("a", before), ("b", after)):
            connection.execute(f"ATTACH '{file}' AS {name} (READ_ONLY)")
        later = _columns(connection, "b")
        for table, columns in _columns(connection, "a").items():
            kept = [column for column in columns if column not in EXEMPT.get(table, ())]
            missing = [column for column in kept if column not in later.get(table, [])]
            if table not in later or missing:
                yield Difference(f"{label} {table}", f"is gone: {', '.join(missing) or 'the table'}")
            elif kept and (what := _rows(connection, table, kept)):
                yield Difference(f"{label} {table}", what)


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of every table and view of a file, by qualified name."""
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE database_name = $name"
        " AND NOT internal ORDER BY ALL",
        {"name": database},
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> str:
    """Return how many rows differ, and in which columns the first of them."""
    schema, _, name = table.partition(".")
    listed = ", ".join(f'"{column}"' for column in columns)
    sides = [f'SELECT {listed} FROM {file}."{schema}"."{name}"' for file in ("a", "b")]
    ((gone,),) = connection.execute(f"SELECT count(*) FROM ({sides[0]} EXCEPT ALL {sides[1]})").fetchall()
    ((new,),) = connection.execute(f"SELECT count(*) FROM ({sides[1]} EXCEPT ALL {sides[0]})").fetchall()
    if not gone and not new:
        return ""
    unlike = [column for column in columns if _column_differs(connection, table, column)]
    return f"{gone} rows are gone, {new} are new; columns that differ by themselves: {', '.join(unlike) or 'none'}"


def _column_differs(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    schema, _, name = table.partition(".")
    sides = [f'SELECT "{column}" FROM {file}."{schema}"."{name}"' for file in ("a", "b")]
    ((rows,),) = connection.execute(f"SELECT count(*) FROM ({sides[0]} EXCEPT ALL {sides[1]})").fetchall()
    return bool(rows)
