"""The other seat of a marriage as evidence: whose booklet holds the partner.

Not here: what such evidence weighs (model.yaml).
"""

import polars as pl

from matching.index import SpineIndex
from matching.normalise import identity_numbers, name_keys


def with_partner(batch: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """The other seat of a marriage: its number if valid, its name, its booklet if it links exactly."""
    if batch["partner_id_number_raw"].null_count() == len(batch) == batch["partner_name"].null_count():
        nothing = ("partner_number", "partner_key", "partner_household")
        return batch.with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in nothing)
    numbers = identity_numbers(batch["partner_id_number_raw"])
    batch = batch.with_columns(
        partner_number=numbers["id_number"].set(numbers["id_class"] != "valid", None),
        partner_key=name_keys(batch["partner_name"]),
    )
    home = index.exact.select("id_number", "name_key", partner_household="household_no")
    return batch.join(
        home, left_on=["partner_number", "partner_key"], right_on=["id_number", "name_key"],
        how="left", maintain_order="left",
    )  # fmt: skip


def with_mate(pairs: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """Whether the candidate's booklet holds the partner: by name, and by number where one was delivered."""
    pairs = pairs.join(
        index.booklets, left_on=["p_household_no", "partner_key"], right_on=["household_no", "name_key"],
        how="left", maintain_order="left",
    )  # fmt: skip
    found = pl.col("mate_share").is_not_null() & (pl.col("partner_key") != pl.col("name_key")).fill_null(
        value=True
    )
    same = (pl.col("partner_number") == pl.col("mate_number")).fill_null(value=False)
    one = pl.when(same).then(1 / max(index.people, 1)).otherwise("mate_share")
    return pairs.with_columns(
        partner_in_booklet=found & (pl.col("partner_number").is_null() | same),
        share_partner=4 * one.fill_null(1.0),  # a booklet holds some four people
    )
