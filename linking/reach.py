"""How far the links of a source reach: of the rows that it delivered, how many have a candidate, are linked, and how surely.

Counted before anything is dropped for want of authorization: a source that suddenly names nobody looks the same as one whose people
authorized nothing, and what was missed among dropped rows was missed. Not here: what a fall of these shares holds (sql/held), how
many rows the matcher misses by them (sql/link/recall.sql).
"""

from typing import Final

import duckdb
import polars as pl

from linking.seats import link_column
from sources import Contract
from sql.frames import frame

EXACT: Final = pl.Decimal(38, 9)
"""Sums of probabilities that no order of summation shows in."""
KEYS: Final = ["number_kind", "decision"]
REACH: Final[dict[str, pl.DataType]] = {
    "number_kind": pl.String(), "decision": pl.String(), "rows": pl.Int64(), "with_candidate": pl.Int64(), "hits": EXACT,
    "variance": EXACT,
}  # fmt: skip
"""Of each kind of number and decision: rows, those linked or with a candidate for a clerk, the sum of their best candidates'
probabilities, and the variance of that sum, were the probabilities right."""


def none() -> pl.DataFrame:
    """Return the reach of no rows."""
    return pl.DataFrame(schema=REACH)


def reach_of_links(rows_of: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return the reach of identities as matched.

    Args:
        rows_of: `identity_id`, `rows`: in how many delivered rows an identity stands.
        links: one row an identity, as matching gives it.
    """
    n, p = pl.col("rows"), pl.col("probability").fill_null(0.0).round(9)
    someone = pl.coalesce("person_id", "candidate_person_id").is_not_null()
    weighed = rows_of.join(links, on="identity_id", how="left").with_columns(
        with_candidate=pl.when(someone).then(n).otherwise(0),
        hits=(n * p).cast(EXACT),
        variance=(n * n * p * (1 - p)).round(9).cast(EXACT),
    )
    return summed(weighed)


def summed(reach: pl.DataFrame) -> pl.DataFrame:
    """Return parts of a reach as one row a kind of number and decision."""
    values = [name for name in REACH if name not in KEYS]
    whole = reach.group_by(KEYS).agg(pl.col(values).sum()).sort(KEYS)
    return whole.select(pl.col(name).cast(kind) for name, kind in REACH.items())


def reach_of_rows(connection: duckdb.DuckDBPyConnection, contract: Contract) -> pl.DataFrame:
    """Return the reach of an ungated source: `core.<source>`, every seat for itself that names somebody."""
    names = (
        "number_kind",
        "decision",
        "person_id",
        "candidate_person_id",
        "method",
        "probability",
        "runner_up_probability",
    )
    seats = [{name: link_column(seat, name) for name in names} for seat in contract.seats]
    counted = " UNION ALL ".join(
        f"SELECT {seat['number_kind']} AS number_kind, if({seat['method']} = 'spine', 'founded', {seat['decision']}) AS decision,"  # noqa: S608
        f" if({seat['method']} = 'spine', {seat['runner_up_probability']}, {seat['probability']}) AS p,"
        f" coalesce({seat['person_id']}, {seat['candidate_person_id']}) AS someone FROM core.{contract.name}"
        for seat in seats
    )
    probability = "CAST(coalesce(p, 0) AS DECIMAL(10, 9))"
    query = (
        f"SELECT number_kind, decision, count(*) AS rows, count(someone) AS with_candidate, sum({probability}) AS hits,"  # noqa: S608
        f" sum(CAST({probability} * (1 - {probability}) AS DECIMAL(18, 9))) AS variance FROM ({counted})"
        " WHERE number_kind IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    return frame(connection, query).select(pl.col(name).cast(kind) for name, kind in REACH.items())
