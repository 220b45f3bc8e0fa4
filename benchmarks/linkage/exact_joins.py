"""What offices do today: a join on the number, or on that and on name and birth date. No score."""

from typing import Final

import polars as pl

from benchmarks.linkage.keys import normalised

OUTCOME: Final[dict[str, pl.DataType]] = {
    "row": pl.UInt32(),
    "person_id": pl.String(),
    "probability": pl.Float64(),
    "linked": pl.Boolean(),
}
"""What every method returns: the best recipient of a row, how sure it is, and whether it links them as shipped."""


def raw_number(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Link rows whose number is a recipient's, character by character as delivered."""
    held = people.select("id_number_raw", "person_id").drop_nulls()
    return _outcome(rows.select("row", "id_number_raw").join(held, on="id_number_raw"))


def number_or_birth(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Link rows with a recipient's normalised number; the others by equal name and visible birth date."""
    left, right = normalised(rows), normalised(people)
    held = right.select("number", "person_id").drop_nulls()
    first = left.select("row", "number").join(held, on="number")
    born = ["name_key", "birth"]
    known = right.select(*born, "person_id").drop_nulls()
    rest = left.join(first, on="row", how="anti").select("row", *born)
    return _outcome(
        pl.concat([first.select("row", "person_id"), rest.join(known, on=born).select("row", "person_id")])
    )


def _outcome(pairs: pl.DataFrame) -> pl.DataFrame:
    """One recipient a row, the smallest id of several."""
    best = pairs.group_by("row").agg(pl.col("person_id").min())
    return best.with_columns(probability=1.0, linked=True).select(
        pl.col(name).cast(kind) for name, kind in OUTCOME.items()
    )
