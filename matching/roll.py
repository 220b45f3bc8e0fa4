"""The assistance roll's identities that the registry does not know: gathered, each cluster a new person.

One valid number and names that do not disagree, or one name in one case and no contradicting digits.
"""

from typing import Final

import polars as pl

from matching.clusters import connected
from matching.entries import prepared
from matching.registry import number_pairs

_HIDDEN: Final = "*" * 18


def read(roll: pl.DataFrame) -> pl.DataFrame:
    """Roll rows prepared for comparing, with ``node``; birth date and sex are what the number shows."""
    frame = prepared(roll).with_columns(
        node=pl.lit("r") + pl.col("record_no"),
        former_name=pl.lit(None, dtype=pl.String),
        birth_date=pl.col("number_birth_date"),
        sex=pl.col("number_sex"),
    )
    return frame.sort("node")


def founders(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds ``person`` to the rows that no registered person answers to: the smallest node of its cluster."""
    numbers = number_pairs(rows).filter("agree").select(a="node", b="p_node")
    edges = pl.concat([numbers, _cases(rows)])
    joined = connected(edges["a"], edges["b"]).rename({"component": "person"})
    return rows.join(joined, on="node", how="left", maintain_order="left").with_columns(
        person=pl.coalesce("person", "node")
    )


def _cases(rows: pl.DataFrame) -> pl.DataFrame:
    """Edges between rows of one name in one case; where digits contradict, only between equal numbers."""
    known = rows.filter(
        pl.col("name_key").is_not_null() & ~pl.col("unknown") & pl.col("case_no").is_not_null()
    )
    known = known.with_columns(shown=pl.coalesce("id_number", "masked_number", pl.lit(_HIDDEN)))
    digits = [pl.col("shown").str.slice(i, 1) for i in range(18)]
    several = pl.any_horizontal(
        *(
            pl.when(d != "*").then(d).n_unique() - pl.when(d != "*").then(d).is_null().any() > 1
            for d in digits
        )
    )
    group = known.group_by("name_key", "case_no").agg(contradicted=several)
    known = known.join(group, on=["name_key", "case_no"])
    together = pl.when("contradicted").then("shown").otherwise(pl.lit(""))
    known = known.with_columns(b=pl.col("node").min().over("name_key", "case_no", together))
    return known.filter(pl.col("b") != pl.col("node")).select(a="node", b="b")
