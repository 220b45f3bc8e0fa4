"""The pairs of a night for clerks: drawn, shown, written down in the ledger, and the workbook of them.

Here belongs what a draw needs of warehouse, ledger, key and matching. Not here: how is drawn and what is shown
(exports), the answers (`review_answering`), the page (`review_page`), options (`review_cli`).
"""

import getpass
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from assets.warehouse import key as installation_key
from assets.warehouse.book import check_ledger, open_ledger
from assets.warehouse.errors import WarehouseError
from assets.warehouse.manifest import fingerprint_of
from assets.warehouse.paths import WarehousePaths
from exports import (
    DECIDED,
    ExportError,
    Made,
    Wanted,
    draw_pairs,
    printed,
    printed_columns,
    side_by_side,
    write_review,
)
from ledger import (
    DrawnPair,
    Export,
    ExportedFile,
    Ledger,
    ReviewDraw,
    link_decisions,
    record_export,
    record_review_draw,
    review_draws,
)
from matching.claims import claim_texts
from pipelines.review_seats import review_seats
from sql.connection import prepare

DRAW_DIGITS: Final = 6
PAIR_DIGITS: Final = 12
MEMORY: Final = "2GB"
"""Enough for a night of a million residents; review runs beside whatever else the machine does."""
CELL_DIGITS: Final = 4
"""Of a keyed hash: enough to see that a cell was changed, nothing to read it from."""
ITEM: Final = (
    "code", "subject", "identity_id", "claim_id", "person_id", "other_person_id", "source", "stratum",
    "inclusion_probability", "cells",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """The pairs of one draw.

    Attributes:
        pairs: one row a pair, in order by chance: code, the columns of `exports.printed_columns`, and what
            the ledger keeps of a drawn pair.
    """

    paths: WarehousePaths
    night: date
    draw_id: str
    pairs: pl.DataFrame

    def record(self, book: Ledger) -> None:
        """Write the draw into the ledger unless it stands there: an answer is taken for a drawn pair alone."""
        if self.draw_id in set(review_draws(book, book.sequence())["draw_id"]):
            return
        items = tuple(DrawnPair(**item) for item in self.pairs.select(ITEM).iter_rows(named=True))
        record_review_draw(book, ReviewDraw(self.draw_id, self.night, getpass.getuser(), items))


def draw_review(warehouse: Path, night: date | None, wanted: Wanted) -> Review:
    """Draw the pairs of a published night; the same night and wishes give the same draw.

    Args:
        warehouse: the warehouse folder.
        night: a published night; None for the current one.
        wanted: how many pairs.

    Raises:
        ExportError: there is no such night, or its file cannot be read, or it was made with another key.
    """
    os.umask(0o077)  # the pairs hold names and numbers: the owner's alone
    paths = warehouse_of(warehouse)
    database = paths.current("restricted") if night is None else paths.published("restricted", night)
    if not database.is_file():
        named = "night" if night is None else f"night of {night}"
        raise ExportError(f"{warehouse} holds no published {named}. Run it first: hedui run --help.")
    database = database.resolve()
    day = date.fromisoformat(database.stem)
    try:
        pairs, named = _pairs(paths, database, day, wanted)
    except duckdb.Error as error:
        raise ExportError(
            f"{database} cannot be read as a finished night ({type(error).__name__}). Run that night again."
        ) from error
    draw_id = named[1 : 1 + DRAW_DIGITS]
    return Review(paths, day, draw_id, pairs.with_columns(code=pl.lit(f"{draw_id}-") + pl.col("code")))


def _pairs(paths: WarehousePaths, database: Path, night: date, wanted: Wanted) -> tuple[pl.DataFrame, str]:
    """Return the pairs, coded, and a keyed hash of all of them: of what was drawn, with what chance, as printed."""
    with keyed_connection(paths, database) as connection:
        drawn = draw_pairs(connection, night.isoformat(), wanted, _decided_before(connection, paths))
        pairs = _coded(connection, side_by_side(connection, drawn, review_seats()), night)
        parts = pairs.select(
            pl.concat_str("place", "stratum", "inclusion_probability", "cells", separator="|")
        )
        return pairs, str(keyed(connection, "Y", pl.Series([f"{night}|" + "|".join(parts.to_series())]))[0])


def export_review(warehouse: Path, night: date | None, out: Path | None, wanted: Wanted) -> tuple[Path, int]:
    """Write the workbook of a draw and record draw and file.

    Returns:
        the workbook and how many pairs stand in it.

    Raises:
        ExportError: as `draw_review`.
        LedgerError: the ledger cannot be opened or written.
    """
    review = draw_review(warehouse, night, wanted)
    folder = review.paths.root / "exports" / review.night.isoformat()
    path = out or folder / f"{review.night}_身份核对_{review.draw_id}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    check_ledger(review.paths)
    try:
        write_review(part, review.pairs, Made(review.night, review.draw_id))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    file = ExportedFile(review.draw_id, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), 0)
    with open_ledger(review.paths) as book:
        review.record(book)
        record_export(book, Export("review", review.night, "restricted", getpass.getuser(), (file,)))
    return path, review.pairs.height


def warehouse_of(warehouse: Path) -> WarehousePaths:
    """Return the paths of a warehouse that is there.

    Raises:
        ExportError: there is no such folder.
    """
    if not warehouse.is_dir():
        raise ExportError(
            f"--warehouse {warehouse}: there is no such folder. Run a night first: hedui run --help."
        )
    return WarehousePaths(warehouse.resolve())


@contextmanager
def keyed_connection(
    paths: WarehousePaths, database: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published file read-only, or nothing, with the macros that make ids of this installation.

    Raises:
        ExportError: the key or the newest manifest cannot be read, or the warehouse was made with another key.
    """
    try:
        key, _ = installation_key.load()
    except installation_key.KeyError_ as error:
        raise ExportError(str(error)) from error
    try:
        known = fingerprint_of(paths)
    except WarehouseError as error:
        raise ExportError(str(error)) from error
    if known not in (None, installation_key.fingerprint(key)):
        raise ExportError(
            f"The warehouse {paths.root} was made with another installation key than {installation_key.path()}: "
            "its pairs would not be found again. Restore that key (HEDUI_KEY_FILE)."
        )
    with duckdb.connect(str(database or ":memory:"), read_only=database is not None) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        prepare(connection, key)
        yield connection


def keyed(connection: duckdb.DuckDBPyConnection, prefix: str, texts: pl.Series) -> pl.Series:
    """Return keyed ids of texts in their order (HMAC, `sql.connection`); null for null."""
    messages = pl.DataFrame({"row": pl.int_range(len(texts), eager=True), "message": texts.cast(pl.String)})
    connection.register("messages_to_key", messages)
    found: pl.DataFrame = connection.sql(
        "SELECT keyed_id($prefix, message) AS id FROM messages_to_key ORDER BY row", params={"prefix": prefix}
    ).pl()
    connection.unregister("messages_to_key")
    return found["id"]


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


def _coded(connection: duckdb.DuckDBPyConnection, pairs: pl.DataFrame, night: date) -> pl.DataFrame:
    """Add code (without its draw), claim and digests of cells."""
    of_pair = keyed(
        connection, "L", pl.select(pl.concat_str(pl.lit(f"{night}|"), pairs["place"])).to_series()
    )
    coded = pairs.with_columns(code=of_pair.str.slice(1, PAIR_DIGITS))
    claims = keyed(connection, "C", claim_texts(pairs["left_number"], pairs["left_name"]))
    return coded.with_columns(
        claim_id=pl.when(pl.col("subject") == "identity").then(claims),
        cells=cell_digests(connection, printed(coded).rename({"code": "pair"})),
    )


def _decided_before(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> pl.DataFrame:
    """Return what was decided when the night began; what was since does not change the night's draw."""
    ((sequence,),) = connection.execute("SELECT max(ledger_seq) FROM audit.run").fetchall()
    if not sequence:
        return pl.DataFrame(schema=DECIDED)
    with open_ledger(paths) as book:
        decisions = link_decisions(book, int(sequence))
    return decisions.filter("in_force").select(*DECIDED)
