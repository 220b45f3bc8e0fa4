"""Which pairs are put before clerks: the queue, and a sample by chance from which errors are estimated.

The queue (identities in review, suspected pairs of people) is taken by the urgency of what rests on it. The
sample is stratified by decision and probability over everything else that was decided; each pair carries its chance.
Both come in one order by chance, so that nobody can tell why a pair stands where it stands.
Not here: what a pair looks like (`review_pairs`), who may decide (`pipelines`), the record (`ledger`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from exports.errors import ExportError

FRAME: Final = Path(__file__).with_name("review_frame.sql")
QUEUED: Final = ("review", "founded", "pair")
"""Decisions that ask for a clerk; the others are asked about by chance alone."""
QUEUE: Final = "queue"
"""The stratum that is taken whole: its pairs are in the draw for certain."""
BANDS: Final = (0.5, 0.9, 0.99, 0.999, 0.99999)
"""Where probability bands end. Errors sit in the doubtful ones, which are small: each is a stratum of its own."""
LEAST: Final = 2
"""Pairs of a stratum at least, where it has them: one alone would show no variance."""
DECIDED: Final = {
    "subject": pl.String,
    "identity_id": pl.String,
    "person_id": pl.String,
    "other_person_id": pl.String,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many pairs: of the queue at most ``limit`` (None: all), by chance ``sample``."""

    limit: int | None = None
    sample: int = 200


def draw_pairs(
    connection: duckdb.DuckDBPyConnection, night: str, wanted: Wanted, decided: pl.DataFrame
) -> pl.DataFrame:
    """Draw the pairs of a night. The same night, key and wishes give the same pairs in the same order.

    Args:
        connection: on a published restricted database, with the macro ``quick_id`` of `sql.connection`.
        night: its date; with the installation's key it makes the order by chance.
        wanted: how many.
        decided: what clerks had decided before this night; columns of `DECIDED`.

    Returns:
        one row a pair, in order by chance: subject (``identity``/``pair``), identity_id, person_id,
        other_person_id, source, seat, stratum, inclusion_probability (Float64, in (0, 1]), place (String).

    Raises:
        ExportError: the database is not of the restricted audience, or of no finished night.
    """
    turned = decided.filter(pl.col("subject") == "pair").select(
        "subject",
        "identity_id",
        pl.col("other_person_id").alias("person_id"),
        pl.col("person_id").alias("other_person_id"),
    )
    connection.register("decided_by_clerks", pl.concat([decided.select(*DECIDED), turned]))
    try:
        connection.execute("CREATE OR REPLACE TEMP TABLE review_decided AS FROM decided_by_clerks")
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE review_frame AS {FRAME.read_text(encoding='utf-8')}",
            {"night": night},
        )
    except duckdb.Error as error:
        raise ExportError(
            f"The published file of {night} holds no links that can be reviewed ({type(error).__name__}). "
            "Give a warehouse with the restricted file of a finished night."
        ) from error
    finally:
        connection.unregister("decided_by_clerks")
    return _drawn(connection, wanted)


def _drawn(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> pl.DataFrame:
    """Take the queue, then the sample from what the queue left."""
    listed = ", ".join(f"'{decision}'" for decision in QUEUED)
    most = "" if wanted.limit is None else f"LIMIT {int(wanted.limit)}"
    queue: pl.DataFrame = connection.sql(
        f"SELECT * FROM review_frame WHERE decision IN ({listed}) ORDER BY priority, place {most}"  # noqa: S608 - our own words
    ).pl()
    connection.register("taken", queue.select("place"))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE review_rest AS SELECT rest.*, {_stratum()} AS stratum "  # noqa: S608
        "FROM review_frame AS rest ANTI JOIN taken ON rest.place = taken.place WHERE rest.subject = 'identity'"
    )
    connection.unregister("taken")
    strata: pl.DataFrame = connection.sql(
        "SELECT stratum, count(*) AS pairs FROM review_rest GROUP BY stratum ORDER BY stratum"
    ).pl()
    sizes = allocated(dict(strata.select("stratum", "pairs").iter_rows()), wanted.sample)
    connection.register(
        "allotted", strata.with_columns(drawn=pl.col("stratum").replace_strict(sizes, return_dtype=pl.Int64))
    )
    sample: pl.DataFrame = connection.sql(
        "SELECT rest.*, allotted.drawn / allotted.pairs AS inclusion_probability FROM review_rest AS rest "
        "JOIN allotted USING (stratum) "
        "QUALIFY row_number() OVER (PARTITION BY stratum ORDER BY place) <= allotted.drawn"
    ).pl()
    connection.unregister("allotted")
    queue = queue.with_columns(stratum=pl.lit(QUEUE), inclusion_probability=pl.lit(1.0))
    both = pl.concat([queue, sample.select(queue.columns)])
    # A place in the sample is low by design; turned round, the order tells nothing of it.
    return both.sort(pl.col("place").str.reverse()).drop("decision", "probability", "priority")


def allocated(pairs: dict[str, int], sample: int) -> dict[str, int]:
    """Share a sample among strata by the square root of their size, `LEAST` at least, never more than there are.

    Between equal shares, which serve each stratum, and proportional ones, which serve the whole (power
    allocation: Bankier 1988, The American Statistician 42). Exact where the strata hold enough.
    """
    drawn = (
        {stratum: min(size, LEAST) for stratum, size in pairs.items()} if sample else dict.fromkeys(pairs, 0)
    )
    while sum(drawn.values()) < min(sample, sum(pairs.values())):
        open_ = [stratum for stratum, size in pairs.items() if drawn[stratum] < size]
        # The stratum that is furthest behind its share; by name where two are as far.
        behind = min(open_, key=lambda stratum: (drawn[stratum] / pairs[stratum] ** 0.5, stratum))
        drawn[behind] += 1
    return drawn


def _stratum() -> str:
    """Return the SQL of a stratum's name: the decision and the band of its probability."""
    bands = " ".join(f"WHEN probability < {end} THEN 'below {end}'" for end in BANDS)
    return f"decision || ' ' || CASE WHEN probability IS NULL THEN 'unknown' {bands} ELSE 'to 1' END"
