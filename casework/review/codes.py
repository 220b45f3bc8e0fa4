"""Codes of pairs and digests of printed cells: keyed, so that a filled sheet is known again and tells nothing by itself.

Not here: which pairs (drawing.py), what an answer must say (answers.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from casework.published import key_of
from exports import printed, printed_columns
from matching.claims import claim_texts
from sql.connection import prepare
from sql.frames import keyed
from warehouse.paths import WarehousePaths

DRAW_DIGITS: Final = 6
PAIR_DIGITS: Final = 12
MEMORY: Final = "2GB"
"""Enough for a night of a million residents; review runs beside whatever else the machine does."""
CELL_DIGITS: Final = 4
"""Of a keyed hash: enough to see that a cell was changed, nothing to read it from."""


@contextmanager
def keyed_connection(
    paths: WarehousePaths, database: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published file read-only, or nothing, with the macros that make ids of this installation.

    Raises:
        CaseworkError: the key or the newest manifest cannot be read, or the warehouse was made with another key.
    """
    key = key_of(paths)
    with duckdb.connect(str(database or ":memory:"), read_only=database is not None) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        prepare(connection, key)
        yield connection


def cell_digests(connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame) -> pl.Series:
    """Return of each row the digests of its printed cells, one after the other, each bound to its pair.

    Args:
        connection: of `keyed_connection`.
        rows: pair (the code without its draw) and the columns of `exports.printed_columns`.
    """
    cells = [
        keyed(
            connection,
            "D",
            pl.select(pl.concat_str(rows["pair"], pl.lit(name), rows[name], separator="|")).to_series(),
        )
        for name in printed_columns()
    ]
    cut = [cell.str.slice(1, CELL_DIGITS) for cell in cells]
    return pl.select(pl.concat_str(cut)).to_series().alias("cells")


def coded(connection: duckdb.DuckDBPyConnection, pairs: pl.DataFrame, night: date) -> pl.DataFrame:
    """Add code (without its draw), claim and digests of cells."""
    of_pair = keyed(
        connection, "L", pl.select(pl.concat_str(pl.lit(f"{night}|"), pairs["place"])).to_series()
    )
    named = pairs.with_columns(code=of_pair.str.slice(1, PAIR_DIGITS))
    claims = keyed(connection, "C", claim_texts(pairs["left_number"], pairs["left_name"]))
    return named.with_columns(
        claim_id=pl.when(pl.col("subject") == "identity").then(claims),
        cells=cell_digests(connection, printed(named).rename({"code": "pair"})),
    )
