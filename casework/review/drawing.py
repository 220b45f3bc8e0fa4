"""The pairs of a night for clerks: drawn, written down in the ledger, and the workbook of them.

Here belongs what a draw needs of warehouse, ledger and matching. Not here: how is drawn and what is shown (exports), codes
(codes.py), the answers (answers.py), the page (page).
"""

import getpass
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from casework.handing import handing_out
from casework.published import Published, published
from casework.review.codes import DRAW_DIGITS, coded, keyed_connection
from casework.review.seats import review_seats
from exports import DECIDED, Made, Wanted, draw_pairs, side_by_side, write_review
from ledger import DrawnPair, Ledger, ReviewDraw, link_decisions, record_review_draw, review_draws
from sql.frames import keyed
from warehouse.book import open_ledger
from warehouse.paths import WarehousePaths

ITEM: Final = (
    "code", "subject", "identity_id", "claim_id", "person_id", "other_person_id", "source", "stratum",
    "inclusion_probability", "cells",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """The pairs of one draw.

    Attributes:
        of: the night.
        pairs: one row a pair, in order by chance: code, the columns of `exports.printed_columns`, and what
            the ledger keeps of a drawn pair.
    """

    of: Published
    draw_id: str
    pairs: pl.DataFrame

    @property
    def paths(self) -> WarehousePaths:
        """The warehouse of the night."""
        return self.of.paths

    @property
    def night(self) -> date:
        """The night's date."""
        return self.of.night

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
        CaseworkError: there is no such night, or its file cannot be read, or it was made with another key.
        ExportError: the file is not the restricted one.
    """
    chosen = published(warehouse, night)
    chosen.check_version()
    with chosen.reading():
        pairs, named = _pairs(chosen, wanted)
    draw_id = named[1 : 1 + DRAW_DIGITS]
    return Review(chosen, draw_id, pairs.with_columns(code=pl.lit(f"{draw_id}-") + pl.col("code")))


def _pairs(chosen: Published, wanted: Wanted) -> tuple[pl.DataFrame, str]:
    """Return the pairs, coded, and a keyed hash of all of them: of what was drawn, with what chance, as printed."""
    with keyed_connection(chosen.paths, chosen.database) as connection:
        before = _decided_before(connection, chosen.paths)
        drawn = draw_pairs(connection, chosen.night.isoformat(), wanted, before)
        pairs = coded(connection, side_by_side(connection, drawn, review_seats()), chosen.night)
        parts = pairs.select(
            pl.concat_str("place", "stratum", "inclusion_probability", "cells", separator="|")
        )
        whole = pl.Series([f"{chosen.night}|" + "|".join(parts.to_series())])
        return pairs, str(keyed(connection, "Y", whole)[0])


def export_review(warehouse: Path, night: date | None, out: Path | None, wanted: Wanted) -> tuple[Path, int]:
    """Write the workbook of a draw and record draw and file.

    Returns:
        the workbook and how many pairs stand in it.

    Raises:
        CaseworkError: as `draw_review`, or the workbook cannot be written.
        LedgerError: the ledger cannot be opened or written.
    """
    review = draw_review(warehouse, night, wanted)
    file = out or review.of.exports / f"{review.night}_身份核对_{review.draw_id}.xlsx"
    with handing_out(review.of, "review") as handing:
        made = Made(review.night, review.draw_id)
        handing.file(file, lambda part: write_review(part, review.pairs, made), about=review.draw_id)
        review.record(handing.book)
    return file, review.pairs.height


def _decided_before(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> pl.DataFrame:
    """Return what was decided when the night began; what was since does not change the night's draw."""
    ((sequence,),) = connection.execute("SELECT max(ledger_seq) FROM audit.run").fetchall()
    if not sequence:
        return pl.DataFrame(schema=DECIDED)
    with open_ledger(paths) as book:
        decisions = link_decisions(book, int(sequence))
    return decisions.filter("in_force").select(*DECIDED)
