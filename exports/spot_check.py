"""The list for the door: one workbook a township from a published night.

Here belong the reading of the published database and the making of the files, whole or not at all.
Not here: who is drawn (`sql/out/spot_check.sql`), a workbook's look (`workbook`), the record in the ledger.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from exports.text import file_stem, harmless, masked_number
from exports.workbook import write_workbook

QUERY: Final = Path(__file__).with_name("spot_check.sql")
TEXTS: Final = ("township_name", "village_name", "name", "address", "phone")

Progress = Callable[[str, int, int], None]
"""Called after each workbook with the township's name, workbooks done and workbooks in all."""


class ExportError(RuntimeError):
    """Nothing can be exported; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class ExportedList:
    """One workbook: where it lies, which list it carries, of which night, with how many households."""

    path: Path
    list_id: str
    night: date
    households: int
    sha256: str


def export_spot_check(database: Path, out: Path, progress: Progress | None = None) -> list[ExportedList]:
    """Write a workbook for each township on the night's list.

    The same database gives the same bytes. Each file is made beside its place and renamed into it.

    Args:
        database: a published restricted database; opened read-only.
        out: folder for the workbooks; created where missing.
        progress: told after each workbook.

    Returns:
        one entry a township, by code; none where nobody was drawn.

    Raises:
        ExportError: the database is missing, unreadable or holds no list of the restricted audience.
    """
    drawn = read_drawn(database)
    out.mkdir(parents=True, exist_ok=True)
    townships = drawn.partition_by("township", maintain_order=True)
    exported: list[ExportedList] = []
    for township in townships:
        exported.append(_write(township, out))
        if progress is not None:
            progress(str(township["township_name"][0]), len(exported), len(townships))
    return exported


def read_drawn(database: Path) -> pl.DataFrame:
    """Return the drawn households as the form prints them: text harmless, numbers masked, in order."""
    if not database.is_file():
        raise ExportError(f"There is no published database at {database}. Run the night first (hedui run).")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            drawn: pl.DataFrame = connection.sql(QUERY.read_text(encoding="utf-8")).pl()
    except duckdb.Error as error:
        raise ExportError(
            f"{database} holds no list for the door that can be read ({type(error).__name__}). "
            "Give the restricted file of a finished night: published/restricted/<night>.duckdb."
        ) from error
    return drawn.with_columns(
        *(harmless(pl.col(column)).alias(column) for column in TEXTS),
        masked_number(pl.col("id_number")).alias("id_number"),
        pl.int_range(1, pl.len() + 1).over("township", "village").cast(pl.String).alias("place"),
    )


def _write(township: pl.DataFrame, out: Path) -> ExportedList:
    """Write one township's workbook under a name of its own, then give it its place."""
    first = township.row(0, named=True)
    stem = file_stem(first["drawn_on"].isoformat(), first["township"], first["township_name"], "入户走访清单")
    path, part = out / f"{stem}.xlsx", out / f".{stem}.part"
    try:
        write_workbook(part, township)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ExportedList(path, first["list_id"], first["drawn_on"], township.height, digest)
