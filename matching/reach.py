"""Who can meet anybody at all: a cheap look before names, addresses and telephones are read.

Of a bank's customers most are strangers with a valid number of nobody here. Such a number meets people by few
blocking rules, and by what number and name key alone show, most of them by none. Whoever is left out here has no
candidate (tests/matching/test_reach.py). Not here: the rules themselves (blocking.py).
"""

from typing import Final

import polars as pl

from matching.blocking import RULES
from matching.index import SpineIndex
from matching.repairs import month_and_day_exchanged

OF_A_STRAY: Final = ("numbered", "stray", "exchangeable")
"""Groups of `blocking.groups` that a valid number of nobody belongs to."""
KNOWN: Final = ("id_number", "exchanged", "birth_date", "name_key")
"""What is known of an identity before the rest is read; a name in letters too has its key."""


def reaching(rows: pl.DataFrame, index: SpineIndex, owned: pl.Series) -> pl.DataFrame:
    """Rows that may have a candidate; the others have none.

    Args:
        rows: ``row``, ``id_number``, ``valid``, ``name_key``, ``birth_date`` (as `identities.shown` gives it).
        index: the people.
        owned: those of the rows whose number is somebody's there.
    """
    stray = rows.filter(pl.col("valid") & ~pl.col("row").is_in(owned.implode()))
    turned = pl.col("id_number").str.slice(10, 2) != pl.col("id_number").str.slice(12, 2)
    number = pl.when(turned).then("id_number")
    asking = stray.select(
        "row", "id_number", "birth_date", "name_key",
        exchanged=number.map_batches(month_and_day_exchanged, return_dtype=pl.String),
    )  # fmt: skip
    met = [_met(asking, index, rule.key, rule.whom) for rule in RULES if rule.who in OF_A_STRAY]
    left_out = asking.select("row").join(pl.concat(met).to_frame(), on="row", how="anti")
    return rows.join(left_out, on="row", how="anti", maintain_order="left")


def _met(asking: pl.DataFrame, index: SpineIndex, key: tuple[tuple[str, str], ...], whom: str) -> pl.Series:
    """Rows whose known part of a rule's key is somebody's."""
    known = [(ours, theirs) for ours, theirs in key if ours in KNOWN]
    if not known:
        return asking["row"]
    ours, theirs = [a for a, _ in known], [b for _, b in known]
    block = index.blocks[whom].select(theirs).unique()
    return asking.drop_nulls(ours).join(block, left_on=ours, right_on=theirs, how="semi")["row"]
