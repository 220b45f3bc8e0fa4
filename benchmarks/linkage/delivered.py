"""Who the rows of a landing area name: read by the product's own readers, one row a seat.

Here belongs which columns of a source tell of a person. Not here: the truth, who of the city is a recipient.
"""

from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

import sources

LAYOUT: Final = "jiangsu"
CONTEXT: Final[dict[str, tuple[str, ...]]] = {
    "assistance_roll": ("phone", "address", "division_code"),
    "real_estate": ("address", "division_code"),
    "disability_certificates": ("certificate_no",),
}
"""What a source tells of a person beside number and name."""
IDENTITY: Final = (
    "id_number_raw", "name", "phone", "address", "division_code", "certificate_no", "partner_id_number_raw", "partner_name",
    "birth_date", "sex",
)  # fmt: skip
"""Columns of every row, text; null where the source says nothing."""
_PLACE: Final = ["snapshot_date", "file", "line"]


class Kept:
    """A sink that keeps the accepted rows of a source, as far as columns are wanted."""

    def __init__(self, columns: list[str]) -> None:
        """Keep these columns and the place of a row."""
        self._columns = [*columns, *_PLACE]
        self._batches: list[pl.DataFrame] = []
        self.rows = pl.DataFrame()

    def write(self, rows: pl.DataFrame) -> None:
        """Take a batch."""
        self._batches.append(rows.select(self._columns))

    def finish(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Drop what was rejected after all and count what is kept."""
        self.rows = pl.concat(self._batches).join(rejected, on=_PLACE, how="anti")
        return self.rows.group_by("snapshot_date", "file").agg(kept=pl.len().cast(pl.Int64))

    def discard(self) -> None:
        """Forget a refused snapshot."""
        self._batches.clear()


def accepted(landing: Path, source: str, night: date, columns: list[str]) -> pl.DataFrame:
    """Return the accepted rows of a source on a night, with the columns asked for."""
    sinks: list[Kept] = []

    def kept(_: date) -> Kept:
        sinks.append(Kept(columns))
        return sinks[-1]

    layout = sources.load_layout(LAYOUT).sources.get(source)
    sources.take_in(landing, sources.CONTRACTS[source], layout, night, gated=False, open_sink=kept)
    found = [sink.rows for sink in sinks if sink.rows.width]
    if not found:
        raise FileNotFoundError(f"{landing}: no usable snapshot of {source} for {night}.")
    return pl.concat(found)


def named(landing: Path, source: str, night: date) -> pl.DataFrame:
    """Return ``source``, ``record_no``, ``seat`` and `IDENTITY`: one row a person that a row names."""
    contract = sources.CONTRACTS[source]
    context = CONTEXT.get(source, ())
    text = [column for seat in contract.seats for column in (seat.id_number_raw, seat.name)]
    rows = accepted(landing, source, night, ["record_no", *text, *context])
    parts = []
    for seat in contract.seats:
        told = {"id_number_raw": seat.id_number_raw, "name": seat.name}
        others = [other for other in contract.seats if other != seat and other.subject]
        if seat.subject:
            told |= {column: column for column in context}
        if seat.subject and others:
            told |= {"partner_id_number_raw": others[0].id_number_raw, "partner_name": others[0].name}
        before, _, after = seat.id_number.partition("id_number")
        parts.append(
            rows.select(
                pl.lit(source).alias("source"), "record_no",
                pl.lit(before.strip("_") or after.strip("_") or None, pl.String).alias("seat"),
                *(pl.col(told[c]).alias(c) if c in told else pl.lit(None, pl.String).alias(c) for c in IDENTITY),
            )
        )  # fmt: skip
    nobody = pl.all_horizontal(pl.col("id_number_raw", "name").is_null())  # a guardian need not be named
    return pl.concat(parts).filter(~nobody)
