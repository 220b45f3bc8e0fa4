"""How far the links of a source reach: of the rows that it delivered, how many have a candidate and how many are linked.

Counted before anything is dropped for want of authorization: a source that suddenly names nobody looks the same as one whose people
authorized nothing. Not here: what a fall of these shares holds (sql/held).
"""

from typing import Final

import duckdb
import polars as pl

from linking.seats import link_column
from sources import Contract
from sql.frames import frame

REACH: Final = {"rows": pl.Int64(), "with_candidate": pl.Int64(), "linked": pl.Int64()}


def none() -> pl.DataFrame:
    """Return the reach of no rows."""
    return pl.DataFrame({name: [0] for name in REACH}, schema=REACH)


def reach_of_links(rows_of: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return the reach of identities as matched.

    Args:
        rows_of: `identity_id`, `rows`: in how many delivered rows an identity stands.
        links: one row an identity, as matching gives it.
    """
    who = pl.coalesce("person_id", "candidate_person_id")
    weighed = rows_of.join(links, on="identity_id", how="left")
    return weighed.select(
        pl.col("rows").sum().cast(pl.Int64),
        pl.col("rows").filter(who.is_not_null()).sum().cast(pl.Int64).alias("with_candidate"),
        pl.col("rows").filter(pl.col("decision") == "linked").sum().cast(pl.Int64).alias("linked"),
    )


def reach_of_rows(connection: duckdb.DuckDBPyConnection, contract: Contract) -> pl.DataFrame:
    """Return the reach of an ungated source: `core.<source>`, every seat of a subject for itself."""
    seats = [
        {name: link_column(seat, name) for name in ("person_id", "candidate_person_id", "decision")}
        for seat in contract.seats
        if seat.subject
    ]
    counted = " UNION ALL ".join(
        f"SELECT count(*) AS n, count(coalesce({seat['person_id']}, {seat['candidate_person_id']})) AS with_candidate,"  # noqa: S608
        f" count(*) FILTER ({seat['decision']} = 'linked') AS linked FROM core.{contract.name}"
        for seat in seats
    )
    query = f"SELECT sum(n) AS rows, sum(with_candidate) AS with_candidate, sum(linked) AS linked FROM ({counted})"  # noqa: S608
    return frame(connection, query).cast(REACH)  # type: ignore[arg-type]
