"""The file that becomes the restricted publication: open under the name `results` from a night's first step.

Tables of `core`, `out` and `audit` are made in it directly, so that publishing them is a rename and not a copy; all
other schemas are the work file's. Not here: comments and views (published_file.py), the rename (commit.py).
"""

from pathlib import Path
from typing import Final

import duckdb

from warehouse.paths import quoted

PUBLISHED: Final = ("core", "out", "audit")
STORAGE: Final = "v1.5.0"  # the oldest version that serves: analysts' older clients open it
FILE: Final = "results.duckdb"
# Where a night's results are: the file open as `results`; a connection without one is the results itself.
HERE: Final = (
    "database_name = coalesce((SELECT database_name FROM duckdb_databases() WHERE database_name = 'results'),"
    " current_database())"
)


def attach(connection: duckdb.DuckDBPyConnection, work: Path) -> None:
    """Make the results' file in the work folder and let `core`, `out` and `audit` mean its schemas."""
    ((own,),) = connection.execute("SELECT current_database()").fetchall()
    connection.execute(f"ATTACH {quoted(work / FILE)} AS results (STORAGE_VERSION '{STORAGE}')")
    for schema in PUBLISHED:
        connection.execute(f"CREATE SCHEMA results.{schema}")
    path = ",".join([f"{own}.main", *(f"results.{schema}" for schema in PUBLISHED)])
    connection.execute(f"SET search_path = '{path}'")


def detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Close the results' file, whole."""
    ((own,),) = connection.execute("SELECT current_database()").fetchall()
    connection.execute("CHECKPOINT results")
    connection.execute(f"SET search_path = '{own}.main'")
    connection.execute("DETACH results")
