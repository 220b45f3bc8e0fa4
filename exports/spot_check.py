"""The list for the door: one workbook a township from a published night.

Here belongs the reading of the published database into the lists of its townships.
Not here: who is drawn (`sql/out/spot_check.sql`), a workbook's look (`workbook`), where a file lies and the record that it
was made (casework).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from exports.errors import ExportError
from exports.text import file_stem, harmless, masked_number
from exports.workbook import write_workbook

QUERY: Final = Path(__file__).with_name("spot_check.sql")
TEXTS: Final = ("township_name", "village_name", "name", "address", "phone")


@dataclass(frozen=True, slots=True)
class VisitList:
    """The list of one township: its file name, which list it is, of which night, with how many households."""

    file: str
    list_id: str
    night: date
    township: str
    rows: pl.DataFrame

    @property
    def households(self) -> int:
        """How many are to be visited."""
        return self.rows.height

    def write(self, file: Path) -> None:
        """Write the workbook. The same list gives the same bytes."""
        write_workbook(file, self.rows)


def visit_lists(database: Path) -> list[VisitList]:
    """Return the list of each township that has one, by code; none where nobody was drawn.

    Args:
        database: a published restricted database; opened read-only.

    Raises:
        ExportError: the database is missing, unreadable or holds no list of the restricted audience.
    """
    return [_of(rows) for rows in read_drawn(database).partition_by("township", maintain_order=True)]


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


def _of(rows: pl.DataFrame) -> VisitList:
    """Return the list of one township."""
    first = rows.row(0, named=True)
    stem = file_stem(first["drawn_on"].isoformat(), first["township"], first["township_name"], "入户走访清单")
    return VisitList(f"{stem}.xlsx", first["list_id"], first["drawn_on"], str(first["township_name"]), rows)
