"""From compared pairs to probabilities: Fellegi-Sunter weights, then one posterior an identity.

A pair's score is the prior plus the weights of its fields, in bits. Among the candidates of one
identity, "none of them" always stands too with a score of 0: probabilities sum to one, so that two people
whom the evidence fits equally share it and neither is certain.
"""

import polars as pl

from matching.comparisons import FIELDS
from matching.model import Model


def scored(pairs: pl.DataFrame, model: Model, people: int) -> pl.DataFrame:
    """Adds ``weight_<field>`` and ``score`` (bits), keeping each person's best entry.

    ``people``: number of people on the spine; over them the prior is spread.
    """
    prior = pl.lit(model.prior / max(people, 1)).log(2).round(6)
    pairs = pairs.with_columns(share_spine=pl.lit(1 / max(people, 1)))
    pairs = pairs.with_columns(model.weight(field).alias(f"weight_{field}") for field in FIELDS)
    pairs = pairs.with_columns(weight_birth_date=_no_more_than_namesakes_allow(model, people))
    pairs = pairs.with_columns(score=prior + pl.sum_horizontal(f"weight_{field}" for field in FIELDS))
    return pairs.sort(
        "row", "score", "rank", "person_id", "entry", descending=[False, True, False, False, False]
    ).unique(["row", "person_id"], keep="first", maintain_order=True)


def _no_more_than_namesakes_allow(model: Model, people: int) -> pl.Expr:
    """The weight of an equal birth date, so that name and birth date together weigh no more than one namesake in so many allows.

    Their shares multiplied make a rare name and a day almost a number; but people of one name and birthday are more
    than chance would have it: twins registered twice, children named by fashion, one person in two registers.
    """
    most = pl.lit(max(people, 1) / model.namesakes).log(2).round(6)
    weight, name = pl.col("weight_birth_date"), pl.col("weight_name")
    capped = pl.min_horizontal(weight, pl.max_horizontal(most - name, pl.lit(0.0)))
    return pl.when((pl.col("level_birth_date") == "same") & (name > 0)).then(capped).otherwise(weight)


def ranked(pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds ``probability`` of each person, and of his cluster of ``same_as``.

    ``somebody_probability``: that it is one of them; ``cluster_probability``, and ``place``: among the clusters of the
    identity, 1 the best.
    """
    odds = pl.lit(2.0).pow(pl.col("score").clip(-200, 200))
    pairs = pairs.with_columns(odds=odds).with_columns(
        probability=pl.col("odds") / (1 + pl.col("odds").sum().over("row"))
    )
    pairs = pairs.with_columns(somebody_probability=pl.col("probability").sum().over("row"))
    clusters = (
        pairs.group_by("row", "cluster", maintain_order=True)
        .agg(
            cluster_probability=pl.col("probability").sum().clip(0, 1),
            cluster_score=pl.col("score").max(),
            first=pl.col("person_id").first(),
        )
        .sort("row", "cluster_score", "first", descending=[False, True, False])
        .with_columns(place=pl.int_range(1, pl.len() + 1).over("row"))
    )
    return pairs.join(clusters.drop("first"), on=["row", "cluster"], maintain_order="left")
